"""Known errors by version: the predecessor of every release of a service, and what is carried from one to the next.

A release's predecessor is the one that its `supersedes` names, else, among those that went live before it and stayed, the
one with the greatest version below its own (the same version, shipped again, follows the first one); where versions
cannot be compared, the one before it by date: of one day those that can be compared come first, in the order of their versions,
as they stand on the service's page, and behind them the others in the order of their ids. Going back from a release, a known error is in it where one comes to a
release that introduced it before one comes to a live one that fixed it; and where `affects` or the release's own
`known_errors` says so.
"""

import datetime
import re

from pages import rows, safe, stem
from plans import day_live, is_live
from records import fold, named

# What stands directly behind a number and is before the final version all the same: 1.2b3, 1.2rc1.
CANDIDATES = re.compile(
    r"(alpha|a|beta|b|cr|c|rc|preview|pre|dev|snapshot|milestone|m|ea|nightly|canary|next|test|draft|experimental)(?![a-z])",
    re.IGNORECASE,
)


def pieces(text):
    """Numbers and words; a number comes before a word, and `rc9` before `rc10`."""
    tokens = re.findall(r"\d+|[^\d.\-_ ]+", text)
    return [(0, int(each), "") if each.isdigit() else (1, 0, each) for each in tokens]


def order(version):
    """A key that puts versions which begin with a number in their order; none for others."""
    begins = re.match(r"[vV]?(\d+(?:\.\d+)*)(.*)$", version or "", re.DOTALL)
    if not begins:
        return None
    numbers = [int(number) for number in begins[1].split(".")]
    tail = begins[2].split("+")[0]
    # SemVer compares what stands between dots, one with the other: `rc` is before `rc9`, and so is `rc.10`.
    is_semantic = len(numbers) == 3 and tail.startswith("-")
    parts = [pieces(part) for part in tail.split(".")] if is_semantic else [[piece] for piece in pieces(tail)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    is_before = tail.startswith("-") or CANDIDATES.match(tail.lstrip("._ "))
    return numbers, 1 if not parts else 0 if is_before else 2, parts


class Service:
    """The releases of one service, each with its order, its day and whether it is live."""

    def __init__(self, site, releases):
        self.rows = [(release, order(release.get("version")), day_live(release)) for release in releases]
        self.live = [row for row in self.rows if is_live(row[0], site.zone)]

    def predecessor(self, release, version, day):
        # What supersedes a release comes after it, whenever it went live.
        before = [row for row in self.live if row[0] is not release and release.id not in named(row[0].get("supersedes"))]
        before = [row for row in before if not (day and row[2] and row[2] > day)]
        comparable = [row for row in before if row[1]]
        if version and comparable:
            below = [row for row in comparable if row[1] < version or row[1] == version and is_first(row, release, day)]
            latest = lambda row: (row[1], row[2] or datetime.date.min, row[0].id)
            return max(below, key=latest)[0].id if below else None
        by_date = lambda row: (row[2], row[1] is None, row[1] or (), row[0].id)
        dated = [row for row in before if row[2] and day and by_date(row) < by_date((release, version, day))]
        return max(dated, key=by_date)[0].id if dated else None


def is_first(row, release, day):
    """Of two releases with one version the one of the earlier day, else of the smaller id."""
    days = (row[2] or datetime.date.min, day or datetime.date.min)
    return days[0] < days[1] if days[0] != days[1] else row[0].id < release.id


def predecessors(site):
    """The predecessor of each release, by id."""
    services, found = {}, {}
    for release in site.releases.values():
        if release.get("service"):
            services.setdefault(fold(release.get("service")), []).append(release)
    for releases in services.values():
        service = Service(site, releases)
        for row in service.rows:
            found[row[0].id] = service.predecessor(*row)
    for release in site.releases.values():
        supersedes = named(release.get("supersedes"))
        if supersedes and supersedes[0] in site.releases:
            found[release.id] = supersedes[0]
    return found


def origin(site, before, known, release):
    """The first release, going back, since which a known error is in this one; none where it is not in it."""
    introduced, fixed = set(named(known.get("introduced_in"))), set(named(known.get("fixed_in")))
    at, since, seen = release, None, set()
    while at and at not in seen:
        seen.add(at)
        since = at if at in introduced else since
        if at in fixed and is_live(site.releases[at], site.zone):
            return since
        at = before.get(at)
    return since


def carried(site):
    """The known errors of each release, by ids: which release brought them, or the release itself."""
    before = predecessors(site)
    found = {release: {} for release in site.releases}
    for known in site.known.values():
        for release in named(known.get("affects")):
            if release in found:
                found[release][known.id] = release
        if known.get("introduced_in"):
            for release in site.releases:
                since = origin(site, before, known, release)
                if since:
                    found[release][known.id] = since
    for release in site.releases.values():
        for known in named(release.get("known_errors")):
            if known in site.known:
                found[release.id].setdefault(known, release.id)
    return found


def is_open(known):
    return known.status != "resolved" and not (known.status is None and known.get("resolved"))


def route_of(kind, record):
    return f"{kind}/{safe(record.name)}.html"


def listed_on_page(built, route):
    """How many known errors a release's page says are in it, and which it lists under which release."""
    part = built.section(route, "carried")
    if part is None:
        return 0, {}, False
    number = part.first("span", "n")
    since, listed = None, {}
    for element in part.all():
        if element.tag == "h3":
            link = element.first("a")
            since = fold(stem(link.attributes["href"])) if link and "href" in link.attributes else element.text()
        elif element.tag == "li":
            link = element.first("a")
            listed[fold(stem(link.attributes["href"]))] = since
    return int(number.text()) if number else len(listed), listed, part.first("p", "more") is not None


def known_errors(site, built, found):
    for release in site.releases.values():
        route = route_of("releases", release)
        wanted = {fold(safe(site.known[known].name)): since for known, since in found[release.id].items()}
        count, listed, has_more = listed_on_page(built, route)
        yield "known errors of a release", route, len(wanted), count
        if not has_more:
            yield "known errors of a release", f"{route} which", sorted(wanted), sorted(listed)
            names = {known: fold(safe(site.releases[since].name)) for known, since in wanted.items()}
            carried_on = {known for known in wanted if names[known] != fold(safe(release.name))}
            said = {known: listed.get(known) for known in carried_on}
            yield "known errors of a release", f"{route} since", {known: names[known] for known in carried_on}, said


def in_my_version(site, built, found):
    by_page = {fold(safe(release.name)): release for release in site.releases.values()}
    for service in sorted({release.get("service") for release in site.releases.values() if release.get("service")}):
        route = f"services/{safe(service)}.html"
        part = built.section(route, "versions")
        order_on_page = []
        for cells in rows(part.first("table")) if part else ():
            release = by_page[stem(next(cells[1].all("a")).attributes["href"])]
            order_on_page.append(release)
            open_ones = sum(is_open(site.known[known]) for known in found[release.id])
            number = re.search(r"(\d+) open", cells[3].text())
            where = f"{route} {release.name}"
            yield "is it in my version", where, open_ones, int(number[1]) if number else 0
            resolved = re.search(r"\d+", cells[4].text())
            yield "is it in my version", f"{where} resolved", len(found[release.id]) - open_ones, int(resolved.group()) if resolved else 0
        yield from in_order(route, order_on_page)


def ranges(site, built, found):
    """What a known error's page says of the releases that have it: since which, how many, and whether the latest does."""
    pages = {fold(safe(release.name)): release for release in site.releases.values()}
    for known in site.known.values():
        route = route_of("known-errors", known)
        introduced = named(known.get("introduced_in"))
        wanted = {fold(site.releases[release].get("service") or release): 0 for release in introduced}
        for release, carried_here in found.items():
            since = carried_here.get(known.id)
            if since in introduced and site.releases[release].status != "cancelled":
                wanted[fold(site.releases[since].get("service") or since)] += 1
        part = built.section(route, "ranges")
        said = {}
        for entry in part.all("li") if part else ():
            releases = [pages.get(stem(link.attributes["href"])) for link in entry.all("a") if "releases/" in link.attributes.get("href", "")]
            number = re.search(r"in (\d+) release", entry.text())
            service = fold(releases[0].get("service") or releases[0].id)
            said[service] = said.get(service, 0) + (int(number[1]) if number else 0)
            latest = re.search(r"(still|not) in the latest", entry.text())
            if latest:
                yield "known error's ranges", f"{route} latest", known.id in found[releases[-1].id], latest[1] == "still"
                yield "known error's ranges", f"{route} latest is live", True, is_live(releases[-1], site.zone)
        yield "known error's ranges", route, {service: number for service, number in wanted.items() if number}, said


def in_order(route, releases):
    """The newest first: those whose versions can be compared by them, the others by their day."""
    comparable = [release for release in releases if order(release.get("version"))]
    others = [release for release in releases if not order(release.get("version")) and day_live(release)]
    for listed, key in ((comparable, lambda release: order(release.get("version"))), (others, day_live)):
        newest = sorted(listed, key=key, reverse=True)
        yield "versions in order", route, [key(release) for release in newest], [key(release) for release in listed]


def compared(site, built):
    found = carried(site)
    yield from known_errors(site, built, found)
    yield from in_my_version(site, built, found)
    yield from ranges(site, built, found)
