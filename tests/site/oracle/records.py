"""The records of a site's folder as their authors wrote them: front matter, days, moments, statuses."""

import datetime
import pathlib
import re
import tomllib
import unicodedata
from zoneinfo import ZoneInfo

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)

# ServiceNow's words for the statuses of a release or change.
STATUSES = {
    "new": "draft",
    "assess": "assessment",
    "authorize": "approved",
    "implement": "in-progress",
    "review": "deployed",
    "canceled": "cancelled",
}
# How far a plan has come.
FORWARD = ["draft", "assessment", "approved", "scheduled", "in-progress", "deployed", "closed"]


class Text(str):
    """A value with the line on which it stands."""

    line = 0


def plain(node):
    """A YAML node as lists, maps and texts."""
    if isinstance(node, yaml.MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(value) for value in node.value]
    text = Text(node.value)
    text.line = node.start_mark.line + 2
    return None if node.style is None and text in ("", "null", "~", "Null", "NULL") else text


def toml(value):
    """A TOML value in the same shape; its lines are not known."""
    if isinstance(value, dict):
        return {key: toml(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [toml(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return Text(value.isoformat())
    return Text(str(value).lower() if isinstance(value, bool) else value)


def front_matter(text):
    """The front matter of a file and the text below it; neither where there is none."""
    lines = text.lstrip("\ufeff").splitlines()
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return None, ""
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        return None, ""
    head, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    if fence == "+++":
        return toml(tomllib.loads(head)), body
    node = yaml.compose(head, Loader=LOADER)
    return (plain(node) if node else {}) or {}, body


def fold(identifier):
    """Ids are compared without regard to case."""
    return unicodedata.normalize("NFC", str(identifier)).casefold()


def listed(value):
    """A list; one value alone is a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def named(entries):
    """The ids of a list whose entries are ids or maps with one."""
    found = (entry.get("id") if isinstance(entry, dict) else entry for entry in listed(entries))
    return [fold(identifier) for identifier in found if identifier]


def is_true(value):
    return value is not None and value.lower() == "true"


def day(value):
    """The day of a date or of a moment, as it stands there."""
    return datetime.date.fromisoformat(value[:10]) if value else None


MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?\s*(Z|[+-]\d\d:?\d\d)?(?:\[([^]]+)\])?)?$"
)


def moment(value, zone, ends=False):
    """A point in time in UTC. A day alone is its first moment; as an end it includes the day."""
    date, hour, minute, second, offset, bracket = MOMENT.match(value).groups()
    at = datetime.datetime.fromisoformat(date)
    if hour is None:
        at += DAY if ends else 0 * DAY
    else:
        at += datetime.timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0))
    if offset == "Z":
        return at.replace(tzinfo=UTC)
    if offset:
        sign = -1 if offset[0] == "-" else 1
        away = datetime.timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])) * sign
        return at.replace(tzinfo=datetime.timezone(away)).astimezone(UTC)
    return at.replace(tzinfo=ZoneInfo(bracket or zone)).astimezone(UTC)


def has_clock(value):
    """Whether a value says a time of day and not a day alone."""
    return value is not None and len(value) > 10


class Record:
    """One record: its id in comparable form, its front matter, the text below it and where it stands."""

    def __init__(self, kind, path, stem, front, body):
        self.kind, self.path, self.front, self.body = kind, path, front, body
        self.name = str(front.get("id") or stem)
        self.id = fold(self.name)
        status = front.get("status")
        self.status = STATUSES.get(status, status)

    def get(self, key):
        return self.front.get(key)

    @property
    def items(self):
        return named(self.get("configuration_items"))

    @property
    def windows(self):
        return listed(self.get("windows"))

    @property
    def type(self):
        return self.get("release_type") if self.kind == "releases" else self.get("change_type")


class Site:
    """All records of a folder, and the settings that figures depend on."""

    def __init__(self, folder, today, with_drafts=False):
        self.with_drafts = with_drafts
        self.folder = pathlib.Path(folder)
        self.today = datetime.date.fromisoformat(today)
        self.settings = tomllib.loads((self.folder / "relbook.toml").read_text(encoding="utf-8"))
        self.zone = self.settings.get("time_zone", "UTC")
        kinds = ["releases", "changes", "known-errors", "configuration-items", "calendar", "standard-changes"]
        self.releases, self.changes, self.known, self.items, self.calendar, self.models = map(self.read, kinds)
        self.delivers = {release: set(named(self.releases[release].get("changes"))) for release in self.releases}
        for change in self.changes.values():
            for release in named(change.get("releases")):
                if release in self.delivers:
                    self.delivers[release].add(change.id)
        self.delivered_by = {}
        for release, changes in self.delivers.items():
            for change in changes:
                self.delivered_by.setdefault(change, set()).add(release)

    def read(self, kind):
        found = {}
        for path in sorted((self.folder / self.settings.get("content", "") / kind).rglob("*.md")):
            front, body = front_matter(path.read_text(encoding="utf-8"))
            if front is None or is_true(front.get("draft")) and not self.with_drafts:
                continue
            stem = path.parent.name if path.name == "index.md" else path.stem
            record = Record(kind, path.relative_to(self.folder).as_posix(), stem, front, body)
            found[record.id] = record
        return found

    @property
    def plans(self):
        return [*self.releases.values(), *self.changes.values()]

    @property
    def morning(self):
        """The first moment of the day of the build, in the site's zone."""
        return moment(self.today.isoformat(), self.zone)
