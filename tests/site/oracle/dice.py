"""The dice of a generated site: choices, days, moments as people type them, and the files that it is made of."""

import datetime
import random
from zoneinfo import ZoneInfo

TODAY = datetime.date(2026, 11, 22)
ZONES = ["Europe/Amsterdam", "Europe/London", "America/New_York", "Australia/Adelaide", "America/St_Johns", "Asia/Kolkata", "UTC"]
SERVICES = ["Ledger", "Shop", "Track and Trace", "Müllabfuhr"]
HOURS = [0, 5, 6, 10, 14, 18, 20, 21, 22, 23]


def exists_once(at, zone):
    """Whether a clock on the wall shows a time exactly once."""
    shown = at.replace(tzinfo=zone)
    back = shown.astimezone(datetime.timezone.utc).astimezone(zone).replace(tzinfo=None)
    return back == at and shown.utcoffset() == shown.replace(fold=1).utcoffset()


class Site:
    """One site while it is made."""

    def __init__(self, seed):
        self.seed = seed
        self.dice = random.Random(seed)
        self.zone = self.pick(ZONES)
        self.files = {}
        self.services = self.dice.sample(SERVICES, self.dice.randint(1, 3))
        self.items = [f"item-{number}" for number in range(self.dice.randint(3, 7))]
        self.releases = {}
        # Work gathers on a few nights, and so do the freezes and maintenance times around them.
        self.nights = [TODAY + datetime.timedelta(days=self.dice.randint(0, 25)) for _ in range(3)]

    def pick(self, choices):
        return self.dice.choice(choices)

    def chance(self, percent):
        return self.dice.random() * 100 < percent

    def some(self, choices, most):
        choices = list(choices)
        return sorted(self.dice.sample(choices, self.dice.randint(0, min(most, len(choices)))))

    def days_from_today(self, first, last):
        if last >= 60 and self.chance(45):
            return self.pick(self.nights)
        return TODAY + datetime.timedelta(days=self.dice.randint(first, last))

    def local(self, day, zone, hours=HOURS):
        """A time on a day that the zone's clocks show once."""
        at = datetime.datetime.combine(day, datetime.time(self.pick(hours), self.pick([0, 0, 30])))
        while not exists_once(at, ZoneInfo(zone)):
            at += datetime.timedelta(hours=3)
        return at

    def written(self, at, zone):
        """A moment as somebody types it."""
        if self.chance(12):
            offset = at.replace(tzinfo=ZoneInfo(zone)).strftime("%z")
            at = f"{at:%Y-%m-%dT%H:%M}{offset[:3]}:{offset[3:]}"
            return f'"{at}[{zone}]"' if self.chance(25) else at
        return f"{at:%Y-%m-%dT%H:%M}"

    def file(self, path, front, body=""):
        self.files[path] = "---\n" + "".join(f"{line}\n" for line in front if line) + f"---\n{body}"

    def key(self, name, values):
        return f"{name}: [{', '.join(values)}]" if values else ""
