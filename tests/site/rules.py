"""Holds a table of rules against dateutil; one rule a line, its fields between tabs.

The start, the rule, and the first six times within six years.
"""

import itertools
import sys
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

agreed = 0
for line in sys.stdin:
    start, rule, expected = line.rstrip("\n").split("\t")
    start = datetime.fromisoformat(start)
    end = start + timedelta(days=6 * 365)
    times = itertools.takewhile(lambda at: at <= end, rrulestr(rule, dtstart=start))
    found = " ".join(f"{at:%Y-%m-%dT%H:%M:%S}" for at in itertools.islice(times, 6))
    if found != expected:
        sys.exit(print(f"{rule}\n  expected {expected}\n  found    {found}") or 1)
    agreed += 1
print(f"{agreed} agree")
