"""What was done otherwise in a generated site: approvals, reviews, tests and messages around the day of the work, of nobody,
of no day and of tomorrow; actual times that leave their windows; findings that are silenced.

It throws dice of its own, so that whatever else a site has stays as it is.
"""

import datetime
import random
import re

from dice import TODAY

PEOPLE = ["F. Finance", "f. finance", "R. Manager", "O. Peters", "S. Safe", "C. Chair", "Operations", ""]
ROLES = ["Board", "Owner", ""]
SAID = ("approvals:", "impact:", "tests:", "notifications:")


def first_day(lines):
    """The day of the first window, else the planned date."""
    days = [match[1] for line in lines if (match := re.search(r"(?:- \{start|planned_date): \"?(\d{4}-\d\d-\d\d)", line))]
    return datetime.date.fromisoformat(min(days)) if days else None


def entry(dice, day, **said):
    """A map with a day that may be around the work, missing, or tomorrow; with an hour at times."""
    on = day + datetime.timedelta(days=dice.choice([-9, -2, -1, 0, 0, 0, 1, 2, 3, 4, 9]))
    on = min(on, TODAY + datetime.timedelta(days=1))
    key = said.pop("key", "on")
    hour = dice.choice(["", "", "T06:00", "T14:30", "T22:00"]) if said.pop("has_hour", False) else ""
    if dice.random() < 0.85:
        said[key] = f"{on}{hour}"
    return "{" + ", ".join(f"{name}: {value}" for name, value in said.items() if value) + "}"


def approvals(dice, day):
    decisions = ["approved"] * 5 + ["rejected", ""]
    found = [
        entry(dice, day, role=dice.choice(ROLES), by=dice.choice(PEOPLE), decision=dice.choice(decisions), has_hour=True)
        for _ in range(dice.randint(1, 3))
    ]
    return f"approvals: [{', '.join(each for each in found if each != '{}')}]"


def reviews(dice, day):
    halves = [half for half in ("security", "operational") if dice.random() < 0.9]
    outcomes = ["accepted", "accepted", "rejected", ""]
    found = [f"{half}: {entry(dice, day, by='S. Safe', outcome=dice.choice(outcomes))}" for half in halves]
    return f"impact: {{{', '.join(found)}}}" if found else ""


def tests(dice, day):
    results = ["passed", "passed", "failed", "partial", "pending"]
    found = [
        entry(dice, day, phase=dice.choice(["pre", "post"]), kind="rehearsal", result=dice.choice(results))
        for _ in range(dice.randint(1, 4))
    ]
    return f"tests: [{', '.join(found)}]"


def messages(dice, day):
    found = []
    for _ in range(dice.randint(1, 4)):
        due = f"{day + datetime.timedelta(days=dice.choice([-5, 0, 2, 30]))}" if dice.random() < 0.5 else ""
        stage = dice.choice(["", "", "before", "start", "completion"])
        found.append(entry(dice, day, audience=dice.choice(["Shops", "shops", "Bank"]), stage=stage, due=due, key="sent"))
    return f"notifications: [{', '.join(found)}]"


def window(dice, line):
    """A window with downtime, and with actual times where it has none."""
    if dice.random() < 0.3:
        line = line[:-1] + f", downtime: {dice.choice(['none', 'partial', 'full'])}}}"
    times = re.search(r"start: (\d{4}-\d\d-\d\d)T(\d\d:\d\d)[,}]", line)
    if not times or "actual" in line or dice.random() < 0.6:
        return line
    start = datetime.datetime.fromisoformat(f"{times[1]}T{times[2]}")
    if start.date() > TODAY:
        return line
    for key, hours in (("actual_start", [-24, -1, 0, 0, 1]), ("actual_end", [0, 1, 2, 6, 30])):
        at = start + datetime.timedelta(hours=dice.choice(hours))
        # Between six and eighteen o'clock no clock is put forward or back.
        at = at.replace(hour=min(max(at.hour, 6), 18))
        if dice.random() < 0.8:
            said = f"{at:%Y-%m-%dT%H:%M}" if dice.random() < 0.7 else f"{at:%Y-%m-%d}"
            line = line[:-1] + f", {key}: {said}}}"
    return line


def otherwise(seed, name, lines):
    """The lines of a release or change, with what was done otherwise."""
    dice = random.Random(f"{seed} {name}")
    day = first_day(lines)
    if day is None or dice.random() < 0.3:
        return lines
    lines = [window(dice, line) if line.startswith("  - {start") else line for line in lines]
    for key, made in zip(SAID, (approvals, reviews, tests, messages)):
        if dice.random() < 0.7:
            lines = [line for line in lines if not line.startswith((key, "  - {audience"))] if key == SAID[-1] else lines
            lines = [line for line in lines if not line.startswith(key)] + [made(dice, day)]
    # An owner would stand for a release manager whom nobody names.
    if dice.random() < 0.4 and any(line.startswith("release_manager:") for line in lines):
        lines.append(f"owner: {dice.choice(PEOPLE)}")
    if dice.random() < 0.1:
        lines.append("allow: {no-lesson: the board met later}")
    return lines
