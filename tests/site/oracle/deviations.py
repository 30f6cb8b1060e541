"""Deviations: what was done otherwise than the process and the calendar say, in work that was carried out.

Written from the chapter of the manual: what was carried out, and each kind with when it applies, its day and its evidence.
What is wanted, and when freezes, maintenance times and other work meet a time, is asked of the modules that say so.
"""

import collections
import datetime
import re
import zoneinfo

import readiness
from pages import rows, safe, stem
from plans import attempts, planned_day
from records import DAY, FORWARD, day, fold, has_clock, is_true, listed, moment
from windows import Work

HAS_BEGUN = ("in-progress", "deployed", "closed", "rolled-back")
PRESUMED = {"release": "minor", "change": "normal", "delivered-change": "normal"}


def starts(window):
    """Where an attempt starts, as it is written."""
    return window.get("actual_start") or window["start"]


def begun(site, plan):
    """The attempts that began."""
    says = plan.status in HAS_BEGUN

    def began(window):
        told = window.get("outcome") in ("deployed", "rolled-back")
        told = told or window.get("actual_start") or window.get("actual_end")
        return told or says and day(starts(window)) <= site.today

    found = [window for window in attempts(plan) if began(window)]
    return found or (attempts(plan)[:1] if says else [])


def was_carried_out(site, plan):
    says_when = any(window.get("actual_start") or window.get("actual_end") for window in plan.windows)
    return bool(begun(site, plan)) or plan.status in HAS_BEGUN and (says_when or not plan.windows)


def zone_of(site, window):
    return window.get("time_zone") or site.zone


def time_of(site, window):
    """From the actual start to the actual end, where both have an hour and the end is later; else the window."""
    start, end = window.get("actual_start"), window.get("actual_end")
    zone = zone_of(site, window)
    if has_clock(start) and has_clock(end) and moment(start, zone) < moment(end, zone):
        return moment(start, zone), moment(end, zone)
    return moment(window["start"], zone), moment(window["end"], zone, ends=True)


def first_of(site, plan):
    """The earliest attempt that began."""
    found = begun(site, plan)
    return min(found, key=lambda window: moment(starts(window), zone_of(site, window))) if found else None


def start_of(site, plan):
    """The day on which the work began."""
    first = first_of(site, plan)
    if first:
        return day(starts(first))
    own = planned_day(plan)
    releases = [site.releases[release] for release in site.delivered_by.get(plan.id, ())] if plan.kind == "changes" else []
    days = [each for each in map(planned_day, releases) if each]
    return own or min(days, default=None)


def is_outside_its_window(site, window):
    zone = zone_of(site, window)
    first, last = moment(window["start"], zone), moment(window["end"], zone, ends=True)
    for key in ("actual_start", "actual_end"):
        at = window.get(key)
        if has_clock(at) and not first <= moment(at, zone) <= last:
            return True
        if at and not has_clock(at):
            # A day alone: some of it has to be within.
            begins, ends = moment(at, zone), moment(at, zone, ends=True)
            if not (begins < last and first < ends):
                return True
    return False


class CarriedOut:
    """All attempts that began, each at its time."""

    def __init__(self, site, calendar):
        self.site, self.calendar = site, calendar
        self.works = []
        for plan in site.plans:
            for window in begun(site, plan):
                work = Work(site, calendar.items, plan, window)
                work.start, work.end = time_of(site, window)
                if work.start < work.end:
                    self.works.append(work)

    def found(self):
        """Each attempt with the kind, and the pages that may be its evidence."""
        beside = {}
        for one, other in self.calendar.overlaps(self.works):
            beside.setdefault(one, set()).add(other.plan.id)
            beside.setdefault(other, set()).add(one.plan.id)
        for work in self.works:
            broken = list(self.calendar.broken_freezes(work))
            hard = [freeze for freeze in broken if is_true(freeze.record.get("hard"))]
            if broken:
                yield work, "Inside a hard freeze" if hard else "Inside a freeze", {each.title for each in hard or broken}
            items = list(self.calendar.items_outside(work))
            if items:
                yield work, "Outside the maintenance times", set(items)
            if work in beside:
                yield work, "Beside other work on the same items", beside[work]


def wanted(site, plan, status):
    kind = readiness.kind_of(site, plan)
    of_type = plan.type or PRESUMED[kind]
    table = dict(readiness.TABLE.get((kind, of_type), {}))
    table |= site.settings.get("process", {}).get(kind, {}).get(of_type, {})
    reached = FORWARD[: FORWARD.index(status) + 1]
    found = (table[each].split() if isinstance(table[each], str) else table[each] for each in reached if each in table)
    return {part for row in found for part in row}


def reached(plan):
    if plan.status in ("deployed", "closed"):
        return plan.status
    return "deployed" if any(window.get("outcome") == "deployed" for window in attempts(plan)) else "in-progress"


def name(text):
    return fold(text.strip()) if text else ""


def dated(site, entries, key="on"):
    """The days of entries that are there by the day of the build."""
    return [day(entry[key]) for entry in entries if entry.get(key) and day(entry[key]) <= site.today]


def approvals(site, plan, start, parts, before):
    if "approvals" not in parts:
        return
    given = [each for each in listed(plan.get("approvals")) if each.get("decision") == "approved"]
    given = [each for each in given if name(each.get("by")) or name(each.get("role"))]
    given = [each for each in given if dated(site, [each])]
    is_emergency = plan.type == "emergency"
    days = site.settings.get("process", {}).get("days", {}).get("emergency_approval", 3) if is_emergency else 0
    last = start + days * DAY if start else None
    if not given:
        if not (is_emergency and days and last and site.today <= last):
            yield "Not approved", None
        return
    first = first_of(site, plan)

    def is_in_time(approval):
        on = day(approval["on"])
        if last is None or on < last:
            return True
        if on > last:
            return False
        if days or not first or not has_clock(approval["on"]):
            return True
        begins = starts(first)
        ends = first["end"]
        is_known = has_clock(begins) and (begins is first.get("actual_start") or has_clock(ends))
        zone = zone_of(site, plan.windows[0])
        return not is_known or moment(approval["on"], zone) <= moment(begins, zone_of(site, first))

    if "approvals" in before and not any(map(is_in_time, given)):
        yield "Emergency approved too late" if is_emergency else "Approved late", min(dated(site, given))
    involved = [plan.get("initiator"), plan.get("owner"), plan.get("release_manager")]
    involved += [each for row in listed(plan.get("raci")) for each in listed(row.get("responsible"))]
    by = {name(each.get("by")) for each in given} - {""}
    if by and by <= {name(each) for each in involved}:
        yield "Approved by those involved alone", None


def over(site, plan):
    """The last day that an attempt touches, or on which a stage begins that is not off."""
    days = [day(stage.get("start")) for stage in listed(plan.get("stages")) if stage.get("outcome") not in ("postponed", "cancelled")]
    for window in attempts(plan):
        end, zone = window.get("actual_end") or window["end"], zone_of(site, window)
        last = moment(end, zone, ends=True) - datetime.timedelta(microseconds=1)
        days.append(last.astimezone(zoneinfo.ZoneInfo(zone)).date())
    return max((each for each in days if each), default=None)


def given(site, plan, message):
    """The day that a message gives, if it is not after the work, nor after the start of the window that it names."""
    due, names = day(message.get("due")), day(message.get("window"))
    starting = {day(each) for window in plan.windows for each in (window["start"], window.get("actual_start")) if each}
    last = names if names in starting else over(site, plan)
    return None if due and last and due > last else due


def telling(site, plan, start):
    """Audiences that nobody told by the start, nor by the day that a message to them gives."""
    audiences = {}
    for message in listed(plan.get("notifications")):
        if message.get("stage", "before") == "before":
            audiences.setdefault(fold((message.get("audience") or "").strip()), []).append(message)
    days = {to: dated(site, messages, "sent") for to, messages in audiences.items()}
    is_told_before = any(start is None or sent <= start for sent in sum(days.values(), []))
    late = []
    for to, messages in audiences.items():
        is_told = any(start is None or sent <= start for sent in days[to])
        for message in messages:
            due, sent = given(site, plan, message), dated(site, [message], "sent")
            is_told |= bool(due and sent and sent[0] <= due)
            is_told |= bool(due and not sent and due >= site.today and plan.status == "in-progress")
        if not (is_told and is_told_before):
            late.append(min(days[to], default=None))
    if None in late or not audiences:
        yield "Not told", "notifications", None
    elif late:
        yield "Told late", "notifications", max(late)


def of_plan(site, plan):
    """What deviates of the plan of what was carried out: the kind, its part of the page, and its day."""
    start = start_of(site, plan)
    parts, before = wanted(site, plan, reached(plan)), wanted(site, plan, "in-progress")
    for kind, on in approvals(site, plan, start, parts, before):
        yield kind, "approvals", on
    for half, part in (("security", "impact.security"), ("operational", "impact.operational")):
        review = (plan.get("impact") or {}).get(half) or {}
        on = next(iter(dated(site, [review])), None) if review.get("outcome") else None
        if part in parts and on is None:
            yield "Not reviewed", half, None
        elif part in before and start and on > start:
            yield "Reviewed late", half, on
    external = [one for one in listed((plan.get("effects") or {}).get("external_parties")) if one != "none"]
    if external or any(window.get("downtime") in ("partial", "full") for window in begun(site, plan)):
        yield from telling(site, plan, start)
    if "tests.pre" in parts:
        passed = [test for test in listed(plan.get("tests")) if (test.get("phase"), test.get("result")) == ("pre", "passed")]
        last = min(start or site.today, site.today)
        if not any(not test.get("on") or day(test["on"]) <= last for test in passed):
            yield "Untested before", "tests", None
    if "review" in parts and not dated(site, [plan.get("review") or {}]):
        yield "Not reviewed after", "review", None


def expected(site, calendar):
    """Every deviation: record, kind, day, and the days or names that its evidence may say."""
    for work, kind, names in CarriedOut(site, calendar).found():
        yield work.plan, kind, day(starts(work.window)), names
    for plan in site.plans:
        if not was_carried_out(site, plan):
            continue
        start = start_of(site, plan)
        for window in begun(site, plan):
            if is_outside_its_window(site, window):
                yield plan, "Outside its own window", day(starts(window)), None
        if readiness.kind_of(site, plan) != "delivered-change":
            for kind, _, on in of_plan(site, plan):
                yield plan, kind, start, {on}
        for test in listed(plan.get("tests")):
            if (test.get("phase"), test.get("result")) == ("post", "failed"):
                yield plan, "A failed test after", day(test.get("on")) or start, {day(test.get("on"))}
        for lint in plan.get("allow") or {}:
            yield plan, "A waived finding", start, {lint}


def time_in(cell):
    time = cell.first("time")
    return datetime.date.fromisoformat(time.attributes["datetime"]) if time else None


def told(table, offset):
    """The rows of a table of deviations: kind, day, evidence."""
    for cells in rows(table):
        kind, at, evidence = cells[offset : offset + 3]
        yield kind.first("span", "st").text(), time_in(at), evidence


def is_shown(kind, evidence, may_be):
    """Whether the evidence is one of those that there may be."""
    link = evidence.first("a")
    if kind.startswith("Inside"):
        return evidence.first("bdi").text() in may_be
    if kind in ("Outside the maintenance times", "Beside other work on the same items"):
        return fold(evidence.first("bdi").text()) in may_be
    if kind == "A waived finding":
        return any(link.text().startswith(f"{lint}:") for lint in may_be)
    return may_be is None or time_in(evidence) in may_be


def cell(words):
    """A day or the words of one of the auditor's cells."""
    return re.sub(r"\s+", " ", words).strip()


def compared(site, built, calendar):
    wanted_rows = list(expected(site, calendar))
    carried_out = [plan for plan in site.plans if was_carried_out(site, plan)]
    yield "deviations", "is there a page", bool(carried_out), built.has("deviations/index.html")
    if not carried_out:
        return
    # On the page of each record.
    by_plan = collections.defaultdict(list)
    for plan, *row in wanted_rows:
        by_plan[plan.path].append(row)
    for plan in site.plans:
        route = f"{plan.kind}/{safe(plan.name)}.html"
        part = built.section(route, "deviations")
        said = list(told(part.first("table"), 0)) if part else []
        expected_here = by_plan[plan.path]
        key = lambda row: (row[0], str(row[1]))
        yield (
            "deviations of a record",
            route,
            sorted((kind, str(at)) for kind, at, _ in expected_here),
            sorted((kind, str(at)) for kind, at, _ in said),
        )
        fits = all(
            any(kind == of and at == on and is_shown(kind, evidence, may_be) for of, on, may_be in expected_here)
            for kind, at, evidence in said
        )
        yield "evidence of deviations", route, True, fits
    # On the pages of the years, each as often as there.
    counts = collections.Counter((at.year if at else None) for _, _, at, _ in wanted_rows)
    said = collections.Counter()
    for route in built.routes("deviations/*.html") + built.routes("deviations/*/page/*.html"):
        if route == "deviations/index.html":
            continue
        main = built.main(route)
        for table in main.all("table"):
            for cells in rows(table):
                at = time_in(cells[2])
                of = cells[0].first("a").attributes["href"]
                said[at.year if at else None] += 1
                yield "deviations link to their record", f"{route} {of}", True, of.endswith("#deviations")
    yield "deviations of years", "", sorted(counts.items(), key=str), sorted(said.items(), key=str)
    # In the index.
    kinds = collections.Counter(kind for _, kind, *_ in wanted_rows)
    table = built.section("deviations/index.html", "kinds").first("table")
    numbers = {cells[0].text(): int(cells[2].text()) for cells in rows(table)}
    yield "deviations by kind", "", sorted(kinds.items()), sorted((kind, number) for kind, number in numbers.items() if number)
    yield from matrix(site, built, by_plan)


def matrix(site, built, by_plan):
    """The releases, each with the days and words of its parts."""
    releases = {
        fold(safe(plan.name)): plan for plan in site.releases.values() if was_carried_out(site, plan)
    }
    seen = {}
    for route in built.routes("deviations/*/releases.html") + built.routes("deviations/*/releases/page/*.html"):
        for cells in rows(built.main(route).first("table")):
            seen[stem(cells[0].first("a").attributes["href"])] = (route, cells)
    yield "releases that were carried out", "", sorted(releases), sorted(seen)
    for key, (route, cells) in seen.items():
        plan = releases[key]
        kinds = {kind for kind, *_ in by_plan[plan.path]}
        start = start_of(site, plan)
        yield "auditor: began", plan.path, start, time_in(cells[1])
        yield "auditor: year", plan.path, str(start.year) if start else "undated", route.split("/")[1]
        is_alone = "Approved by those involved alone" in kinds
        is_late = kinds & {"Approved late", "Emergency approved too late"}
        marks = [
            ("approved", cells[2], "Not approved" in kinds, bool(is_late) and not is_alone),
            ("reviewed", cells[3], "Not reviewed" in kinds, "Reviewed late" in kinds),
            ("tested", cells[4], "Untested before" in kinds, False),
            ("told", cells[5], "Not told" in kinds, "Told late" in kinds),
            ("reviewed", cells[6], "Not reviewed after" in kinds, False),
        ]
        for done, text, is_missing, is_late in marks:
            words = cell(text.text())
            said = (bool(re.search(rf"\bnot {done}\b(?! yet)", words)), bool(re.search(r"\blate\b", words)))
            yield f"auditor: {done}", plan.path, (is_missing, is_late), said
        parts = wanted(site, plan, reached(plan))
        idle = [
            (cells[4], "tests.pre" in parts),
            (cells[6], "review" in parts),
        ]
        for text, is_wanted in idle:
            if is_wanted:
                yield "auditor: wanted", plan.path, False, "not wanted" in text.text()
        yield "auditor: deviations", plan.path, len(by_plan[plan.path]), int(cells[7].text())
