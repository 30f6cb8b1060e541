"""Metrics: deployments, change failure rate, rollbacks, emergencies, time to restore, notice, approval of emergencies; the
tries of an item; and how the changes of a standard change went.

A deployment is a release, or a change that no release delivers, that went live or was taken back. It failed where it was
taken back, where it or a change that it delivers caused incidents, or where its review found it unsuccessful. It stands on
its planned date, else on the day of its first window; a change without either on the first date of its releases.
"""

import datetime
import re
import statistics

from pages import rows, safe
from plans import attempts, is_back_for_good, is_live, planned_day, told_rollback, was_taken_back
from records import FORWARD, MOMENT, day, fold, has_clock, listed, moment

RESTORED = [("up to 30 minutes", 30), ("up to 2 hours", 120), ("up to 8 hours", 480), ("longer", None)]
NOTICE = [("after the start", -1), ("less than a day", 0), ("1 to 6 days", 6), ("7 to 13 days", 13), ("14 days or more", None)]
APPROVED = [("before the start", -1), ("on the day of the start", 0), ("1 to 3 days later", 3), ("later", None)]
AHEAD = FORWARD[: FORWARD.index("deployed")]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day_of(site, plan):
    """The day on which a plan counts."""
    own = planned_day(plan)
    if own or plan.kind == "releases":
        return own
    days = [planned_day(site.releases[release]) for release in site.delivered_by.get(plan.id, ())]
    return min((each for each in days if each), default=None)


def failed(site, plan):
    parts = [plan, *(site.changes[change] for change in site.delivers.get(plan.id, ()) if change in site.changes)]
    parts = parts if plan.kind == "releases" else [plan]
    caused = any(listed(part.get("incidents_caused")) for part in parts)
    unsuccessful = (plan.get("review") or {}).get("outcome") == "unsuccessful"
    return was_taken_back(plan) or caused or unsuccessful


def deployments(site):
    """Every deployment up to the day of the build, with its day."""
    for plan in site.plans:
        is_delivered = plan.kind == "changes" and plan.id in site.delivered_by
        at = day_of(site, plan)
        if not is_delivered and at and at <= site.today and (is_live(plan, site.zone) or was_taken_back(plan)):
            yield plan, at


def zone_of(site, plan):
    """The zone of a plan's times that name none: that of its first window's start, else the site's."""
    first = plan.windows[0] if plan.windows else {}
    return MOMENT.match(first.get("start") or "0000-00-00")[6] or first.get("time_zone") or site.zone


def detections(site, plan):
    """When the incidents that a deployment caused were noticed: its own, and those of the changes that it delivers."""
    parts = [plan]
    if plan.kind == "releases":
        parts += [site.changes[change] for change in site.delivers.get(plan.id, ()) if change in site.changes]
    for part in parts:
        for incident in listed(part.get("incidents_caused")):
            noticed = incident.get("detected_at") if isinstance(incident, dict) else None
            if noticed and has_clock(noticed):
                yield moment(noticed, zone_of(site, part))


def restored(site, plan):
    """Minutes from the harm to the service being back.

    The harm begins with the decision to roll back or with the first detection of an incident that the work caused. What is
    after the service was back is no beginning of it, and an incident from before the work began was not caused by it.
    """
    back = told_rollback(plan)
    if not has_clock(back.get("restored_at")):
        return None
    zone = zone_of(site, plan)
    over = moment(back["restored_at"], zone)
    starts = [
        moment(window.get("actual_start") or window["start"], window.get("time_zone") or site.zone)
        for window in attempts(plan)
    ]
    harm = [noticed for noticed in detections(site, plan) if not starts or noticed >= min(starts)]
    if has_clock(back.get("at")):
        harm.append(moment(back["at"], zone))
    harm = [each for each in harm if each <= over]
    return (over - min(harm)) // datetime.timedelta(minutes=1) if harm else None


def notice(site, plan, at):
    """Days from the first message that was sent to the day of the first window, or the planned date without one."""
    sent = [day(message.get("sent")) for message in listed(plan.get("notifications")) if message.get("sent")]
    sent = [each for each in sent if each <= site.today]
    start = day(plan.windows[0].get("start")) if plan.windows else at
    return (start - min(sent)).days if sent else None


def approved(site, plan):
    """Days from the start of the first attempt, or the planned date without one, to the first approval that was given."""
    starts = [day(window.get("actual_start") or window.get("start")) for window in attempts(plan)]
    start = min(starts) if starts else planned_day(plan)
    given = [each for each in listed(plan.get("approvals")) if each.get("decision") == "approved" and each.get("on")]
    days = [day(each["on"]) for each in given if day(each["on"]) <= site.today]
    return (min(days) - start).days if days and start else None


def steps(values, table):
    """How many values stand on each step; a step ends with its number."""
    counts = []
    below = None
    for name, last in table:
        within = [each for each in values if (below is None or each > below) and (last is None or each <= last)]
        counts.append((name, len(within)))
        below = last
    return counts


def rates(site, plans):
    """Failed, rolled back, emergencies."""
    counts = [
        sum(failed(site, plan) for plan in plans),
        sum(was_taken_back(plan) for plan in plans),
        sum(plan.type == "emergency" for plan in plans),
    ]
    return counts


def rate(text):
    """A share as a pair, `None` for no data."""
    found = re.search(r"(\d+) of (\d+)", text)
    return (int(found[1]), int(found[2])) if found else None


def share(part, whole):
    return (part, whole) if whole else None


def lengths(text):
    """The lengths of time in a sentence, in minutes or days as they stand."""
    units = {"min": 1, "h": 60, "day": 1, "days": 1}
    number = r"[-−]?\d+(?:\.\d+)?"
    found = re.findall(rf"{number} (?:min|h|days?)\b(?: \d+ min\b)?", text)
    return [
        sum(float(each.replace("−", "-")) * units[unit] for each, unit in re.findall(rf"({number}) (min|h|days?)", length))
        for length in found
    ]


def outcome(site, built, route, plans, periods):
    part = built.section(route, "failures")
    said = part.text() if part else ""
    number = re.search(r"(\d+) deployments?\b", said)
    count = len(plans)
    yield "deployments", route, count, int(number[1]) if number else 0
    expected = [share(each, count) for each in rates(site, plans)]
    labels = [("change failure rate", "Failed"), ("rollbacks", "Rolled back at least once"), ("emergencies", "Emergencies")]
    for (figure, label), wanted in zip(labels, expected):
        found = re.search(rf"{label}: ([^.]*)\.", said)
        yield figure, route, wanted, rate(found[1]) if found else None
    table = part.first("table") if part else None
    for cells in rows(table) if table else ():
        name = cells[0].text()
        within = [plan for plan, at in periods if name in (str(at.year), MONTHS[at.month - 1])]
        where = f"{route} {name}"
        yield "deployments", where, len(within), int(cells[1].text())
        for (figure, _), wanted, cell in zip(labels, rates(site, within), cells[2:]):
            yield figure, where, share(wanted, len(within)), rate(cell.text())


def spread(figure, built, route, fragment, values, whole, table):
    """A figure of many values: how many are known, from where to where, and its steps."""
    part = built.section(route, fragment)
    said = part.first("strong").text() if part and part.first("strong") else ""
    known = re.search(r"known for (\d+) of (\d+)", said)
    yield figure, route, (len(values), whole) if whole else None, (int(known[1]), int(known[2])) if known else None
    if values and known:
        found = lengths(said.split(", known")[0])
        yield figure, f"{route} from and to", (min(values), max(values)), (min(found), max(found)) if found else None
        if "Median" in said:
            # Every value between the two in the middle is a median.
            least, most = statistics.median_low(values), statistics.median_high(values)
            yield figure, f"{route} median", True, least <= found[0] <= most
        told = part.first("table")
        counts = [(cells[0].text(), int(cells[1].text())) for cells in rows(told)] if told else []
        yield figure, f"{route} steps", steps(values, table), counts


def page(site, built, route, pairs):
    plans = [plan for plan, _ in pairs]
    if not built.section(route, "failures"):
        yield "deployments", route, len(plans), 0
        return
    yield from outcome(site, built, route, plans, pairs)
    back = [plan for plan in plans if was_taken_back(plan)]
    minutes = [each for each in (restored(site, plan) for plan in back) if each is not None]
    yield from spread("time to restore", built, route, "restored", minutes, len(back), RESTORED)
    days = [each for each in (notice(site, plan, at) for plan, at in pairs) if each is not None]
    yield from spread("notice", built, route, "notice", days, len(plans), NOTICE)
    emergencies = [plan for plan in plans if plan.type == "emergency"]
    days = [each for each in (approved(site, plan) for plan in emergencies) if each is not None]
    yield from spread("approval of emergencies", built, route, "emergency-approvals", days, len(emergencies), APPROVED)


def left_out(site, built):
    """What is no deployment and is said to be none, beside the figure."""
    plans = [plan for plan in site.plans if plan.kind == "releases" or plan.id not in site.delivered_by]
    plans = [plan for plan in plans if not (is_live(plan, site.zone) or was_taken_back(plan))]
    if not built.has("metrics/index.html"):
        return
    part = built.section("metrics/index.html", "failures")
    said = re.search(r"left out: ([^.]*)\.", part.text() if part else "")
    for status, word in (("cancelled", "cancelled"), ("in-progress", "in progress")):
        number = re.search(rf"(\d+) {word}", said[1]) if said else None
        wanted = sum(plan.status == status for plan in plans)
        yield "deployments", f"left out, {word}", wanted, int(number[1]) if number else 0


def metrics(site, built):
    pairs = list(deployments(site))
    yield from left_out(site, built)
    yield from page(site, built, "metrics/index.html", pairs)
    for year in sorted({at.year for _, at in pairs}):
        yield from page(site, built, f"metrics/{year}.html", [pair for pair in pairs if pair[1].year == year])
    for service in sorted({plan.get("service") for plan, _ in pairs if plan.get("service")}):
        of_service = [pair for pair in pairs if pair[0].get("service") == service]
        yield from page(site, built, f"metrics/services/{safe(service)}.html", of_service)


def tries(site, built):
    """What an item's page says of its releases and changes: tried, and of them rolled back."""
    by_item = {}
    for plan in site.plans:
        for item in set(plan.items):
            by_item.setdefault(item, []).append(plan)
    routes = {fold(route.rsplit("/", 1)[-1].removesuffix(".html")): route for route in built.routes("configuration-items/*.html")}
    for item, plans in sorted(by_item.items()):
        route = routes.get(fold(safe(item)))
        figures = built.html(route) if route else ""
        said = dict(re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", figures))
        back = sum(was_taken_back(plan) for plan in plans)
        told = [int(number) for label, number in said.items() if "rolled back" in label]
        yield "rollbacks", f"{route} of its tries", back, told[0] if told else 0


def models(site, built):
    """Of the changes of a model that are over, how many are live, neither they nor a release of theirs ever taken back."""
    for model in site.models.values():
        changes = [change for change in site.changes.values() if fold(change.get("standard_change") or "") == model.id]
        # What is still to come or going on is not over, whatever came of a former attempt.
        done = [change for change in changes if change.status not in AHEAD]
        over = [change for change in done if is_live(change, site.zone) or is_back_for_good(change, site.zone)]
        good = 0
        for change in over:
            parts = [change, *(site.releases[release] for release in site.delivered_by.get(change.id, ()))]
            good += is_live(change, site.zone) and not any(was_taken_back(part) for part in parts)
        route = f"standard-changes/{safe(model.name)}.html"
        part = built.section(route, "figures")
        said = part.text() if part else ""
        number = re.search(r"by it (\d+)", said)
        yield "standard changes", route, len(changes), int(number[1]) if number else None
        yield "standard changes that went well", route, share(good, len(over)), rate(said)


def compared(site, built):
    yield from metrics(site, built)
    yield from tries(site, built)
    yield from models(site, built)
