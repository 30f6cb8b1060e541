"""Holds a table of moments against zoneinfo; one a line, its fields between tabs.

The zone beside it, what is written, `start` or `end`, and the point in time that is expected, in UTC.
"""

import re
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

SHAPE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<rest>\d\d(?::\d\d(?:\.\d+)?)?) ?(?P<offset>Z|[+-]\d\d(?::?\d\d)?)?)?"
    r"(?:\[!?(?P<zone>[^\]]+)\])?"
)


def point(zone, written, edge):
    found = SHAPE.fullmatch(written)
    zone = ZoneInfo(found["zone"] or zone)
    day = datetime.fromisoformat(found["day"])
    if found["hour"] is None:
        # The wall clock of a midnight that is skipped is, without fold, that of the offset before: the same point.
        if edge == "end":
            day += timedelta(days=1)
        return day.replace(tzinfo=zone).astimezone(timezone.utc)
    hour, *rest = [found["hour"], *found["rest"].split(":")]
    parts = timedelta(hours=int(hour), minutes=int(rest[0]), seconds=float(rest[1]) if rest[1:] else 0)
    at = day + parts
    offset = found["offset"]
    if offset == "Z":
        return at.replace(tzinfo=timezone.utc)
    if offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return at.replace(tzinfo=timezone(away if offset[0] == "+" else -away)).astimezone(timezone.utc)
    return at.replace(tzinfo=zone).astimezone(timezone.utc)


agreed = 0
for line in sys.stdin:
    *case, expected = line.rstrip("\n").split("\t")
    found = point(*case).isoformat()
    if datetime.fromisoformat(found) != datetime.fromisoformat(expected.replace("Z", "+00:00")):
        sys.exit(print(f"{case}\n  expected {expected}\n  found    {found}") or 1)
    agreed += 1
print(f"{agreed} agree")
