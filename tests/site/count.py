"""Counts over the front matter of a site's folder, with a parser and code of its own.

Writes what the built pages must say: page, fragment (or `-`), text, between tabs. Usage: count.py FOLDER TODAY
"""

import datetime
import pathlib
import sys
import tomllib

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LIVE = {"deployed", "closed", "review"}
CANCELLED = {"cancelled", "canceled"}


def records(folder, kind):
    found = {}
    for path in sorted((folder / kind).rglob("*.md")):
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        fence = lines[0].strip()
        if fence not in ("---", "+++"):
            continue
        end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == fence)
        text = "\n".join(lines[1:end])
        front = yaml.load(text, Loader=LOADER) or {} if fence == "---" else tomllib.loads(text)
        stem = path.parent.name if path.name == "index.md" else path.stem
        if not front.get("draft"):
            found.setdefault(str(front.get("id", stem)).lower(), front)
    return found


def day(value):
    if value is None:
        return None
    return datetime.date.fromisoformat(str(value)[:10])


def rate(part, whole):
    if whole == 0:
        return "no data"
    if whole < 10:
        return f"{part} of {whole}"
    return f"{(part * 100 + whole // 2) // whole} % ({part} of {whole})"


def own_date(record):
    windows = record.get("windows") or []
    return day(record.get("planned_date") or (windows[0]["start"] if windows else None))


def outcomes(record):
    return [window.get("outcome") for window in record.get("windows") or []]


def taken_back(record):
    """At least once: by the status, by what is told of a rollback, or by what came of a window."""
    told = any(value not in (None, "") for value in (record.get("rollback") or {}).values())
    return record.get("status") == "rolled-back" or told or "rolled-back" in outcomes(record)


def given_up(record):
    """Taken back, and nothing says that it went live afterwards: the end of the matter."""
    known = [outcome for outcome in outcomes(record) if outcome in ("deployed", "rolled-back")]
    if known:
        return known[-1] == "rolled-back"
    tried = [outcome for outcome in outcomes(record) if outcome not in ("cancelled", "postponed")]
    return record.get("status") == "closed" and taken_back(record) and len(tried) < 2


def live(record):
    said = record.get("status")
    return (said in LIVE or said is None and "deployed" in outcomes(record)) and not given_up(record)


def unsuccessful(record):
    return (record.get("review") or {}).get("outcome") == "unsuccessful"


class Count:
    def __init__(self, folder, today):
        self.today = today
        self.releases = records(folder, "releases")
        self.changes = records(folder, "changes")
        self.known = records(folder, "known-errors")
        self.delivered_by = {}
        for key, release in self.releases.items():
            for change in release.get("changes") or []:
                self.delivered_by.setdefault(str(change).lower(), set()).add(key)
        for key, change in self.changes.items():
            for release in change.get("releases") or []:
                if str(release).lower() in self.releases:
                    self.delivered_by.setdefault(key, set()).add(str(release).lower())
        self.plans = [("release", None, record) for record in self.releases.values()]
        self.plans += [("change", key, record) for key, record in self.changes.items()]
        dated = [(kind, key, record, self.date(key, record)) for kind, key, record in self.plans]
        self.counted = [
            row for row in dated if row[3] and row[3] <= today and row[2].get("status") not in CANCELLED
        ]
        alone = [row for row in dated if row[0] == "release" or row[1] not in self.delivered_by]
        tried = [row for row in alone if live(row[2]) or taken_back(row[2])]
        self.deployments = [(record, date) for _, _, record, date in tried if date and date <= today]
        untried = [(record, date) for _, _, record, date in alone if not (live(record) or taken_back(record))]
        self.left_out = [("without a date", None) for _, _, _, date in tried if not date]
        self.left_out += [("dated after the day of the build", date) for _, _, _, date in tried if date and date > today]
        for record, date in untried:
            status = record.get("status")
            if status in CANCELLED:
                self.left_out.append(("cancelled", date))
            elif status in ("in-progress", "implement"):
                self.left_out.append(("in progress", date))
            elif status is None:
                self.left_out.append(("that do not say how far they are", date))
        self.brought = {id(record): list(record.get("incidents_caused") or []) for _, _, record in self.plans}
        for change, releases in self.delivered_by.items():
            for release in releases & self.releases.keys():
                of_change = self.changes.get(change, {}).get("incidents_caused") or []
                self.brought[id(self.releases[release])] += of_change

    def failed(self, record):
        return taken_back(record) or bool(self.brought[id(record)]) or unsuccessful(record)

    def harmed(self, record):
        """Minutes from the decision to roll back, or an incident if one was noticed before, to the service being back."""
        told = record.get("rollback") or {}
        tried = [one for one in record.get("windows") or [] if one.get("outcome") not in ("postponed", *CANCELLED)]
        begun = min((moment(one.get("actual_start") or one["start"]) for one in tried), default=None)
        over = moment(told.get("restored_at"))
        noticed = [moment(one.get("detected_at")) for one in self.brought[id(record)] if isinstance(one, dict)]
        harm = [at for at in noticed if at and not (begun and at < begun)]
        harm = [at for at in [*harm, moment(told.get("at"))] if at and over and at <= over]
        return int((over - min(harm)).total_seconds()) // 60 if harm else None

    def date(self, key, record):
        own = own_date(record)
        if own or key is None:
            return own
        dates = [own_date(self.releases[release]) for release in self.delivered_by.get(key, ())]
        return min([date for date in dates if date], default=None)

    def actions(self):
        for _, _, record in self.plans:
            for lesson in (record.get("review") or {}).get("lessons") or []:
                yield from lesson.get("actions") or []


def by_month(count, page, last):
    months = [((last[0] * 12 + last[1] - 1 - back) // 12, (last[0] * 12 + last[1] - 1 - back) % 12 + 1)
              for back in range(11, -1, -1)]
    kinds = [("release", "releases", "release_type", ["major", "minor", "patch", "emergency", None]),
             ("change", "changes", "change_type", ["standard", "normal", "emergency", None])]
    months = [month for month in months if month <= (count.today.year, count.today.month)]
    for kind, fragment, key, types in kinds:
        table = {month: [0] * len(types) for month in months}
        for of, _, record, date in count.counted:
            if of == kind and (date.year, date.month) in table:
                table[date.year, date.month][types.index(record.get(key))] += 1
        shown = [place for place in range(len(types)) if any(row[place] for row in table.values())]
        for (year, month), row in table.items():
            if shown:
                numbers = [row[place] for place in shown] + [sum(row)]
                yield page, fragment, f"{MONTHS[month - 1]} {year} " + " ".join(map(str, numbers))


def outcome(count, deployments):
    whole = len(deployments)
    back = sum(taken_back(record) for record, _ in deployments)
    emergencies = sum("emergency" in (r.get("release_type"), r.get("change_type")) for r, _ in deployments)
    return rate(sum(count.failed(record) for record, _ in deployments), whole), rate(back, whole), rate(emergencies, whole)


def failures(count, page, deployments, left_out):
    one, two, three = outcome(count, deployments)
    noun = "deployment" if len(deployments) == 1 else "deployments"
    yield page, "failures", f"{len(deployments)} {noun}. Failed: {one}. Rolled back at least once: {two}. Emergencies: {three}."
    order = ["without a date", "dated after the day of the build", "cancelled", "in progress", "that do not say how far they are"]
    counts = [f"{left_out.count(why)} {why}" for why in order if why in left_out]
    if counts:
        yield page, "failures", f"Releases, and changes that no release delivers, that are left out: {', '.join(counts)}."


def spread(values, unit):
    values = sorted(values)
    if not values:
        return "no data"
    if len(values) == 1:
        return unit(values[0])
    if len(values) < 5:
        return f"{unit(values[0])} to {unit(values[-1])}"
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    return f"Median {unit(int(middle) if middle == int(middle) else middle)}, from {unit(values[0])} to {unit(values[-1])}"


def minutes(count):
    if count < 120:
        return f"{count} min"
    hours = int(count // 60)
    rest = count - 60 * hours
    return f"{hours} h {rest:02} min" if rest == int(rest) else f"{hours} h {rest:04.1f} min"


def days(count):
    return "1 day" if count == 1 else f"{count} days"


def moment(value):
    """A moment with a time of day; one without an offset is taken as it stands."""
    if value is None or len(str(value)) <= 10:
        return None
    return datetime.datetime.fromisoformat(str(value).replace(" ", "T"))


def times(count):
    page, whole = "metrics/index.html", len(count.deployments)
    back = [record for record, _ in count.deployments if taken_back(record)]
    restored = [length for length in (count.harmed(record) for record in back) if length is not None]
    if back:
        yield page, "restored", f"{spread(restored, minutes)}, known for {len(restored)} of {len(back)}"
    notice = []
    for record, date in count.deployments:
        windows = record.get("windows") or []
        sent = [day(message.get("sent")) for message in record.get("notifications") or []]
        sent = [one for one in sent if one and one <= count.today]
        if sent:
            notice.append(((day(windows[0]["start"]) if windows else date) - min(sent)).days)
    if whole:
        yield page, "notice", f"{spread(notice, days)}, known for {len(notice)} of {whole} deployments"


def expected(count):
    today = count.today
    yield from by_month(count, "metrics/index.html", (today.year, today.month))
    yield from failures(count, "metrics/index.html", count.deployments, [why for why, _ in count.left_out])
    yield from times(count)
    years = sorted({date.year for _, _, _, date in count.counted})
    for year in years:
        page = f"metrics/{year}.html"
        of_year = [row for row in count.deployments if row[1].year == year]
        yield from by_month(count, page, (year, 12))
        of_left_out = [why for why, date in count.left_out if date and date.year == year]
        yield from failures(count, page, of_year, of_left_out)
        if year in years[-15:]:
            yield "metrics/index.html", "failures", " ".join((str(year), str(len(of_year)), *outcome(count, of_year)))
    items = {}
    for record, _ in count.deployments:
        for item in {str(item).lower() for item in record.get("configuration_items") or []}:
            items[item] = items.get(item, 0) + 1
    for item, number in sorted(items.items(), key=lambda row: (-row[1], row[0]))[:15]:
        yield "metrics/index.html", "items", f"{item} {number}"
    still_open = [known for known in count.known.values() if known.get("status") != "resolved"]
    if still_open:
        dated = sum(known.get("detected") is not None for known in still_open)
        yield "metrics/index.html", "known-errors", f"{len(still_open)} open; since when is known for {dated} of them"
    actions = list(count.actions())
    to_do = [action for action in actions if action.get("status", "open") in ("open", "in-progress")]
    late = [action for action in to_do if action.get("due") and day(action["due"]) < today]
    if to_do:
        due = sum(action.get("due") is not None for action in to_do)
        yield "metrics/index.html", "actions", f"Overdue: {rate(len(late), len(to_do))}. {due} of {len(to_do)} have a due date"
    if actions:
        yield "lessons/actions.html", "-", f"{len(to_do)} still open, {len(late)} of them overdue"
    for folder, found in (("releases", count.releases), ("changes", count.changes), ("known-errors", count.known)):
        if found:
            tail = f", {len(still_open)} still open" if folder == "known-errors" else ""
            yield f"{folder}/index.html", "-", f"{len(found)} in all{tail}"
            yield "index.html", "-", f"{folder.replace('-', ' ')} {len(found)}"


def main():
    count = Count(pathlib.Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2]))
    for row in expected(count):
        print("\t".join(row))


main()
