"""What `check` and the calendar's pages say of windows: overlaps, freezes, maintenance times, next free windows."""

import re

from pages import safe, stem
from records import fold, has_clock, moment
from windows import Calendar

# Of one window the check names so many overlaps, and counts the rest in one more finding.
NAMED = 3


# From the least to the farthest. What was rolled back goes back to `approved` with its further window.
FAR = [None, "draft", "assessment", "rolled-back", "approved", "scheduled", "in-progress"]


def is_easier_to_move(one, other):
    """The window of the record that is less far, else of the one with the later id."""
    far = [FAR.index(work.plan.status) for work in (one, other)]
    return far[0] < far[1] if far[0] != far[1] else one.plan.id > other.plan.id


def place(at):
    return at["path"], at["start"]["line"]


def overlaps(calendar, findings):
    """RB401: each pair once, at the window that is easier to move."""
    wanted, said, rest = {}, {}, set()
    for pair in calendar.overlaps([work for work in calendar.works if work.is_to_come]):
        one, other = sorted(pair, key=lambda work: is_easier_to_move(work, pair[0] if work is pair[1] else pair[1]))
        wanted.setdefault(other.place, set()).add(one.place)
    for finding in findings:
        if finding["code"] == "RB401":
            partners = {place(related) for related in finding["related"]}
            said.setdefault(place(finding), set()).update(partners)
            if not partners:
                rest.add(place(finding))
    for at in sorted(wanted.keys() | said.keys()):
        partners, told = wanted.get(at, set()), said.get(at, set())
        if len(partners) <= NAMED:
            yield "overlaps (RB401)", spot(at), sorted(map(spot, partners)), sorted(map(spot, told))
        else:
            is_right = len(told) == NAMED and told < partners and at in rest
            yield "overlaps (RB401)", f"{spot(at)} of many", True, is_right


def spot(at):
    return f"{at[0]}:{at[1]}"


def freezes(calendar, findings):
    """RB402, RB405 of an exception that nobody approved, RB406 of a freeze that is hard: each window with each such freeze."""
    code = lambda work, freeze: "RB406" if freeze.is_hard else "RB405" if work.plan.id in freeze.named else "RB402"
    wanted = {
        (work.place, freeze.record.path, code(work, freeze))
        for work in calendar.works
        if work.is_to_come
        for freeze in calendar.broken_freezes(work)
    }
    said = {
        (place(finding), related["path"], finding["code"])
        for finding in findings
        if finding["code"] in ("RB402", "RB405", "RB406")
        for related in finding["related"]
    }
    for each in sorted(wanted | said):
        at, freeze, lint = each
        yield f"freezes ({lint})", f"{spot(at)} in {freeze}", each in wanted, each in said


def outside(calendar, findings):
    """RB403: each window with the items whose maintenance times it leaves."""
    wanted = {work.place: set(calendar.items_outside(work)) for work in calendar.works if work.is_to_come}
    wanted = {at: items for at, items in wanted.items() if items}
    said = {}
    for finding in findings:
        if finding["code"] == "RB403":
            items = re.search(r"maintenance times of (.*)$", finding["message"])[1]
            said.setdefault(place(finding), set()).update(map(fold, re.split(r", | and ", items)))
    for at in sorted(wanted.keys() | said.keys()):
        yield "outside maintenance (RB403)", spot(at), sorted(wanted.get(at, ())), sorted(said.get(at, ()))


def told_on_pages(built):
    """What weeks and days say of each window: by record and start, the kind of trouble and with what."""
    found = {}
    for route in built.routes("calendar/*/W*.html") + built.routes("calendar/*/*/*.html"):
        page = built.html(route)
        if 'class="clash"' not in page:
            continue
        main = built.main(route)
        # What goes on from a day before stands in a bar.
        for entry in [*main.all("li"), *main.all("div", "bar")]:
            link, time = entry.first("a"), entry.first("time")
            to = link.attributes.get("href", "") if link else ""
            if "releases/" not in to and "changes/" not in to:
                continue
            # Whole days stand there without a time of day.
            at = utc(time) if time and has_clock(time.attributes["datetime"]) else None
            marks, has_more = found.setdefault((stem(link.attributes["href"]), at), (set(), []))
            for line in entry.all("p", "clash"):
                mark = kind_of(line)
                marks.add(mark) if mark else has_more.append(route)
    return found


def utc(time):
    at = time.attributes["datetime"]
    return moment(at, "UTC")


def span(times, zone):
    """From when to when; whole days are named, the last of them included."""
    first, last = times[0].attributes["datetime"], times[min(1, len(times) - 1)].attributes["datetime"]
    return [moment(first, zone), moment(last, zone, ends=True)]


def kind_of(line):
    text, link = line.text(), line.first("a")
    if text.startswith("Collides with"):
        return "collides with", stem(link.attributes["href"])
    if text.startswith("Falls into the freeze"):
        return "in the freeze", link.text()
    if text.startswith("Outside the maintenance times"):
        return "outside", stem(link.attributes["href"])
    return None


def on_the_calendar(calendar, built):
    wanted = {}
    for one, other in calendar.overlaps(calendar.works):
        for work, partner in ((one, other), (other, one)):
            wanted.setdefault(work, set()).add(("collides with", fold(safe(partner.plan.name))))
    for work in calendar.works:
        marks = wanted.setdefault(work, set())
        marks.update(("in the freeze", freeze.title) for freeze in calendar.broken_freezes(work))
        marks.update(("outside", fold(safe(item))) for item in calendar.items_outside(work))
    told = told_on_pages(built)
    # Whole days stand on the pages without a time of day, so that those of one plan are told together.
    places = {}
    for work, marks in wanted.items():
        name = fold(safe(work.plan.name))
        places.setdefault((name, work.start if (name, work.start) in told else None), set()).update(marks)
    for at in sorted(places.keys() | told.keys(), key=str):
        said, more = told.get(at, (set(), []))
        marks, where = places.get(at, set()), f"{at[0]} {at[1] or 'whole days'}"
        if more:
            yield "marks on the calendar", f"{where} (some)", True, said <= marks
        else:
            yield "marks on the calendar", where, sorted(marks), sorted(said)


def planned_times(calendar, built):
    """The planned times of every window on the page of its plan, whatever came of it."""
    for plan in calendar.site.plans:
        part = built.section(f"{plan.kind}/{safe(plan.name)}.html", "windows")
        cells = part.all("td", **{"data-l": "Planned"}) if part else ()
        zones = [window.get("time_zone") or calendar.site.zone for window in plan.windows]
        wanted = [
            [moment(window["start"], zone), moment(window["end"], zone, ends=True)]
            for window, zone in zip(plan.windows, zones)
        ]
        said = [span([*cell.all("time")][:2], zone) for cell, zone in zip(cells, zones)]
        yield "planned times", plan.path, wanted, said


def breakers(calendar, built):
    """What weeks and days say of each freeze: which plans break it, by its title and the first day or moment of it."""
    wanted, said = {}, {}
    for work in calendar.works:
        for freeze in calendar.broken_freezes(work):
            for begins, ends in freeze.spans:
                if begins < work.end and work.start < ends:
                    wanted.setdefault((freeze.title, begins), set()).add(fold(safe(work.plan.name)))
    for route in built.routes("calendar/*/W*.html") + built.routes("calendar/*/*/*.html"):
        for bar in built.main(route).all("div", "freeze") if "Broken by" in built.html(route) else ():
            title, time = bar.first("a").text(), bar.first("time")
            lines = [line for line in bar.all("p", "clash")]
            by = {stem(line.first("a").attributes["href"]) for line in lines if line.first("a")}
            said.setdefault((title, utc(time) if time and has_clock(time.attributes["datetime"]) else None), []).append((by, len(by) < len(lines)))
    for title, begins in sorted(wanted.keys() | said.keys(), key=str):
        told = said.get((title, begins)) or said.get((title, None)) or []
        by = set().union(*(each for each, _ in told)) if told else set()
        expected = wanted.get((title, begins), set())
        if begins is None:
            expected = set().union(*(each for (of, _), each in wanted.items() if of == title))
        is_right = by <= expected if any(has_more for _, has_more in told) else by == expected
        yield "broken freezes on the calendar", f"{title} {begins or 'whole days'}", sorted(expected), sorted(expected if is_right else by)


def next_free(calendar, built):
    names = {fold(safe(item)): item for plan in calendar.site.plans for item in plan.items}
    names |= {fold(safe(item.name)): item.id for item in calendar.site.items.values()}
    for route in built.routes("configuration-items/*.html"):
        item = names.get(fold(stem(route)))
        if item is None:
            continue
        stretches, has_times = calendar.next_free(item)
        part = built.section(route, "next-free")
        yield "next free window", f"{route} is told", has_times, part is not None
        times = [*part.all("time")] if part else []
        if not times or not has_times:
            continue
        is_none = part.text().find("None in") >= 0
        # The page says up to which day it has looked.
        if is_none:
            stretches = [stretch for stretch in stretches if stretch[0] < utc(times[-1])]
        wanted = [f"{start:%Y-%m-%dT%H:%MZ}/{end:%Y-%m-%dT%H:%MZ}" for start, end in stretches]
        stretch = part.first(of_class="when")
        start, end = span([*stretch.all("time")], calendar.site.zone) if stretch else (None, None)
        said = f"{start:%Y-%m-%dT%H:%MZ}/{end:%Y-%m-%dT%H:%MZ}" if stretch else "none"
        yield "next free window", route, said if said in wanted else " or ".join(wanted) or "none", said


def found(site, findings):
    """What `check` finds; it looks at drafts too."""
    calendar = Calendar(site)
    yield from overlaps(calendar, findings)
    yield from freezes(calendar, findings)
    yield from outside(calendar, findings)


def shown(site, built):
    """What the pages show."""
    calendar = Calendar(site)
    yield from on_the_calendar(calendar, built)
    yield from planned_times(calendar, built)
    yield from breakers(calendar, built)
    yield from next_free(calendar, built)
