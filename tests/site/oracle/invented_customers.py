"""Changes of a generated site of which customers were told: windows that were put off, called off or rolled back, one after
another, and messages of every stage to several audiences, before and after they could know."""

import datetime
import random

from dice import TODAY

AUDIENCES = ["Shops", "shops", "Bank", "Bank", "Depots  North", ""]
STAGES = ["", "", "", "before", "postponed", "postponed", "rollback", "cancelled", "start", "completion"]
STATUSES = ["approved", "scheduled", "scheduled", "in-progress", "rolled-back", "cancelled"]
NOTICE = '\n[process.notice]\nSHOPS = 9\n"Depots North" = 2\n[process.days]\nnotice = 4\n'


def near(dice, day, most):
    return day + datetime.timedelta(days=dice.randint(-most, most))


def change(dice, item):
    starts = [near(dice, TODAY, 22) for _ in range(dice.randint(0, 4))]
    if dice.random() < 0.7:
        starts.sort()
    windows = []
    for start in starts:
        outcomes = ["postponed", "postponed", "cancelled", ""] + (["rolled-back", "deployed"] if start < TODAY else [])
        outcome, downtime = dice.choice(outcomes), dice.choice(["none", "partial", "full", ""])
        said = [f"start: {start}T10:00", f"end: {start}T12:00"]
        if outcome in ("rolled-back", "deployed") and dice.random() < 0.3:
            later = start + datetime.timedelta(days=1)
            said += [f"actual_start: {later}T10:00", f"actual_end: {later}T11:00"]
        said += [f"outcome: {outcome}"] * bool(outcome) + [f"downtime: {downtime}"] * bool(downtime)
        windows.append(f"  - {{{', '.join(said)}}}")
    messages = []
    for _ in range(dice.randint(0, 7)):
        around = dice.choice(starts or [TODAY]) - datetime.timedelta(days=dice.randint(0, 9))
        audience, stage = dice.choice(AUDIENCES), dice.choice(STAGES)
        said = [f'audience: "{audience}"'] * bool(audience) + [f"stage: {stage}"] * bool(stage) + ["channel: mail"]
        said += [f"due: {near(dice, around, 3)}"] * (dice.random() < 0.6) + [f"sent: {near(dice, around, 4)}"] * (dice.random() < 0.6)
        said += [f"window: {dice.choice(starts or [TODAY])}"] * (bool(starts) and dice.random() < 0.15)
        messages.append(f"  - {{{', '.join(said)}}}")
    return [
        "title: Told of",
        "change_type: normal",
        f"status: {dice.choice(STATUSES)}",
        f"planned_date: {near(dice, TODAY, 9)}" if dice.random() < 0.4 else "",
        f"configuration_items: [{item}]",
        "effects: {external_parties: [Shops]}" if dice.random() < 0.4 else "",
        *(["windows:", *windows] if windows else []),
        *(["notifications:", *messages] if messages else []),
    ]


def told(site):
    """Some changes, and what the site wants its audiences to be told; of dice of their own."""
    dice = random.Random(f"told {site.seed}")
    for number in range(dice.randint(2, 6)):
        site.file(f"changes/TOLD-{number}.md", change(dice, site.items[0]))
    return NOTICE if dice.random() < 0.7 else ""
