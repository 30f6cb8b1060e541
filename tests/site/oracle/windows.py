"""Windows of plans, freezes and maintenance times: which of them are open at once, and on what.

A freeze of a service holds for its configuration items; a freeze of items, named or of a service, also for what they
depend on, directly or through others. Two windows collide where they are open at once on one item, or on one and another
that it depends on or is part of, directly or through others. Maintenance times hold for the items that they list.
"""

import datetime
import re
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from plans import attempts
from records import DAY, UTC, fold, is_true, listed, moment, named

AHEAD = 800 * DAY
HOUR = datetime.timedelta(hours=1)


class Items:
    """What configuration items need: what they depend on and are part of, directly or through others."""

    def __init__(self, site):
        self.site = site
        self.known = {}

    def below(self, item, keys):
        if (item, keys) not in self.known:
            found, left = set(), [item]
            while left:
                record = self.site.items.get(left.pop())
                for key in keys if record else ():
                    for other in named(record.get(key)):
                        if other not in found:
                            found.add(other)
                            left.append(other)
            self.known[item, keys] = found
        return self.known[item, keys]

    def hang_together(self, one, other):
        keys = ("depends_on", "part_of")
        return one == other or other in self.below(one, keys) or one in self.below(other, keys)

    def of_services(self, services):
        return {item.id for item in self.site.items.values() if fold(item.get("service") or "") in services}

    def of_plan(self, plan):
        """What a plan works on: its items, and of a release those of the changes that it delivers."""
        return {item for each in parts(self.site, plan) for item in each.items}


def parts(site, plan):
    """A plan with the changes that it delivers; one that was called off is not delivered."""
    changes = [site.changes[change] for change in site.delivers.get(plan.id, ()) if change in site.changes]
    return [plan, *(change for change in changes if change.status != "cancelled")] if plan.kind == "releases" else [plan]


def duration(text):
    weeks, days, hours, minutes = re.match(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$", text).groups()
    return datetime.timedelta(
        weeks=int(weeks or 0), days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0)
    )


def occurrences(record, zone, last):
    """Every time that a window of the calendar comes, in UTC, up to a last moment."""
    zone = record.get("time_zone") or zone
    start, end, rule = record.get("start"), record.get("end"), record.get("repeats")
    first = moment(start, zone)
    if not rule:
        yield first, moment(end, zone, ends=True) if end else first + duration(record.get("duration"))
        return
    zone = ZoneInfo(zone)
    local = first.astimezone(zone).replace(tzinfo=None)
    until = re.search(r";?UNTIL=([0-9TZ]+)", rule)
    if until:
        rule, text = rule.replace(until[0], ""), until[1]
        at = datetime.datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")
        at += 0 * DAY if "T" in text else DAY - datetime.timedelta(seconds=1)
        last = min(last, at.replace(tzinfo=UTC if text.endswith("Z") else zone).astimezone(UTC))
    skipped = set(listed(record.get("skips")))
    on_the_wall = moment(end, str(zone), ends=True).astimezone(zone).replace(tzinfo=None) - local if end else None
    for at in rrulestr(rule, dtstart=local):
        begins = at.replace(tzinfo=zone).astimezone(UTC)
        if begins > last:
            return
        if at.date().isoformat() not in skipped:
            ends = (at + on_the_wall).replace(tzinfo=zone).astimezone(UTC) if end else begins + duration(record.get("duration"))
            yield begins, ends


class Times:
    """A freeze or maintenance times: when, and for what."""

    def __init__(self, site, items, record, last):
        self.record, self.title = record, record.get("title") or record.name
        self.spans = list(occurrences(record, site.zone, last))
        applies = record.get("applies_to") or {}
        self.services = set(map(fold, listed(applies.get("services"))))
        of_items = set(named(applies.get("configuration_items")))
        self.is_for_all = not (self.services or of_items)
        self.items = of_items | items.of_services(self.services)
        if record.get("kind") == "freeze":
            self.items |= {below for item in self.items for below in items.below(item, ("depends_on",))}
        exceptions = listed(record.get("exceptions"))
        approved = [each for each in exceptions if isinstance(each, dict) and each.get("approved_by")]
        self.is_hard = is_true(record.get("hard"))
        self.named = set(named(exceptions))
        self.exceptions = set() if self.is_hard else set(named(approved))

    def holds_for_item(self, item):
        return self.is_for_all or item in self.items

    def holds_for(self, work):
        return self.is_for_all or bool(self.services & work.services) or bool(self.items & work.items)

    def meets(self, start, end):
        return any(begins < end and start < ends for begins, ends in self.spans)


class Work:
    """A window of a plan in which work is done, or will be."""

    def __init__(self, site, items, plan, window):
        zone = window.get("time_zone") or site.zone
        self.plan, self.window = plan, window
        self.start, self.end = moment(window["start"], zone), moment(window["end"], zone, ends=True)
        self.items = items.of_plan(plan)
        self.services = {fold(part.get("service")) for part in parts(site, plan) if part.get("service")}
        self.place = (plan.path, window["start"].line)
        is_done = window.get("outcome") is not None or plan.status in ("deployed", "closed")
        self.is_to_come = not is_done and self.end > site.morning


class Calendar:
    """All work, freezes and maintenance times of a site, and what stands in whose way."""

    def __init__(self, site):
        self.site, self.items = site, Items(site)
        self.works = [
            Work(site, self.items, plan, window)
            for plan in site.plans
            if plan.status != "cancelled"
            for window in attempts(plan)
        ]
        # A window that ends as it starts has no time, and meets nothing.
        self.works = [work for work in self.works if work.start < work.end]
        last = max([work.end for work in self.works] + [site.morning + AHEAD])
        by_kind = {"freeze": [], "maintenance": []}
        for record in site.calendar.values():
            by_kind[record.get("kind") or "maintenance"].append(Times(site, self.items, record, last))
        self.freezes, self.maintenance = by_kind["freeze"], by_kind["maintenance"]

    def are_one_work(self, one, other):
        """A release and the changes that it delivers are one piece of work."""
        wholes = []
        for plan in (one, other):
            own = {plan.id} if plan.kind == "releases" else set()
            wholes.append(own | (self.site.delivered_by.get(plan.id, set()) if plan.kind == "changes" else set()))
        return one is other or bool(wholes[0] & wholes[1])

    def overlaps(self, works):
        """The pairs of windows that collide."""
        works = sorted(works, key=lambda work: work.start)
        for number, one in enumerate(works):
            for other in works[number + 1 :]:
                if other.start >= one.end:
                    break
                if one.start < other.end and not self.are_one_work(one.plan, other.plan):
                    pairs = ((a, b) for a in one.items for b in other.items)
                    if any(self.items.hang_together(a, b) for a, b in pairs):
                        yield one, other

    def broken_freezes(self, work):
        for freeze in self.freezes:
            is_let_through = work.plan.id in freeze.exceptions
            if not is_let_through and freeze.holds_for(work) and freeze.meets(work.start, work.end):
                yield freeze

    def items_outside(self, work):
        """The items of a window that have maintenance times by then and are not worked on within them."""
        for item in sorted(work.items):
            spans = [span for times in self.maintenance if times.holds_for_item(item) for span in times.spans]
            if spans and min(spans)[0] < work.end and not is_within(work.start, work.end, spans):
                yield item

    def next_free(self, item):
        """The first stretches of an item's maintenance times without a freeze and without a window on what hangs on it.

        And whether it has maintenance times that are not over: without them there is nothing to say.
        """
        blocked = [span for freeze in self.freezes if freeze.holds_for_item(item) for span in freeze.spans]
        blocked += [
            (work.start, work.end)
            for work in self.works
            if any(self.items.hang_together(item, each) for each in work.items)
        ]
        ahead = [
            [span for span in times.spans if span[1] > self.site.morning]
            for times in self.maintenance
            if times.holds_for_item(item)
        ]
        found = [stretch for spans in ahead if (stretch := first_free(spans, blocked, self.site.morning))]
        return [stretch for stretch in found if stretch[0] == min(found)[0]], any(ahead)


def is_within(start, end, spans):
    """Whether a time is covered by spans, one of them or several that join."""
    at = start
    for begins, ends in sorted(spans):
        if begins <= at < ends:
            at = ends
        if at >= end:
            return True
    return False


def first_free(spans, blocked, morning):
    """The first stretch of an hour or more, or as long as what is left of the time that it is a part of."""
    for begins, ends in sorted(spans):
        at = max(begins, morning)
        least = min(HOUR, ends - at)
        for from_, to in sorted(blocked) + [(ends, ends)]:
            until = min(from_, ends)
            if at < until and until - at >= least:
                return at, until
            at = max(at, to)
    return None

