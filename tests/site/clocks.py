"""Holds tables of windows against zoneinfo and dateutil; one window a line, its fields between tabs.

Zone, start, `end` or `duration`, its value, rule, days to skip, and what is expected: starts and ends in UTC.
"""

import re
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr


def moment(text, zone, is_end=False):
    at = datetime.fromisoformat(text)
    if is_end and len(text) == 10:
        at += timedelta(days=1)
    return at if at.tzinfo else at.replace(tzinfo=zone)


def utc(at):
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")


def windows(zone, start, key, length, rule, skips):
    zone = ZoneInfo(zone)
    first = moment(start, zone)
    starts = list(rrulestr(rule, dtstart=first)) if rule else [first]
    for at in starts:
        if at.date().isoformat() in skips.split():
            continue
        if key == "duration":
            hours = int(re.fullmatch(r"PT(\d+)H", length).group(1))
            yield at, at.astimezone(timezone.utc) + timedelta(hours=hours)
        elif rule:
            on_the_wall = moment(length, zone, True).replace(tzinfo=None) - first.replace(tzinfo=None)
            yield at, (at.replace(tzinfo=None) + on_the_wall).replace(tzinfo=zone)
        else:
            yield at, moment(length, zone, True)


agreed = 0
for line in sys.stdin:
    *case, expected = line.rstrip("\n").split("\t")
    found = " ".join(f"{utc(start)}/{utc(end)}" for start, end in windows(*case))
    if found != expected:
        sys.exit(print(f"{case}\n  expected {expected}\n  found    {found}") or 1)
    agreed += 1
print(f"{agreed} agree")
