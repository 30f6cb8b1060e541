"""Releases and changes of a generated site: status, windows and what came of them, and what makes their plans ready."""

import datetime
from zoneinfo import ZoneInfo

from dice import TODAY, ZONES, exists_once

PEOPLE = ["R. Manager", "O. Peters", "S. Safe"]
SECTIONS = ["Description", "Business case", "Implementation plan", "Deployment plan", "Rollback plan", "Test plan", "Release notes"]
SYNONYMS = {"Business case": "Reason for change", "Rollback plan": "Backout plan"}
SERVICE_NOW = {
    "draft": "new",
    "assessment": "assess",
    "approved": "authorize",
    "in-progress": "implement",
    "deployed": "review",
    "cancelled": "canceled",
}


# Whether a rollback is told: never, perhaps, always, or as decided after the last window.
NO, PERHAPS, YES, LATER = range(4)
# What came of the windows of a plan, and whether a rollback is told, by its status.
LIVE = [(["deployed"], NO)] * 5 + [([], NO), ([""], NO), (["deployed"], LATER), (["", "deployed"], YES)]
LIVE += [(["rolled-back", "deployed"], PERHAPS), (["postponed", "deployed"], NO)]
CLOSED = LIVE + [(["rolled-back"], PERHAPS), ([""], YES), ([], YES)]
BACK = [(["rolled-back"], PERHAPS), ([], YES), ([""], YES), (["rolled-back", ""], PERHAPS), ([], NO), (["deployed"], LATER)]
RUNNING = [(["deployed", ""], NO), ([""], NO), (["rolled-back", ""], PERHAPS)]
CALLED_OFF = [(["cancelled"], NO), ([""], NO), ([], NO), (["rolled-back"], PERHAPS)]
AHEAD = [([""], NO)] * 4 + [([], NO), (["rolled-back", ""], PERHAPS), (["postponed", ""], NO)]
WAYS = {"deployed": LIVE, "closed": CLOSED, "rolled-back": BACK, "in-progress": RUNNING, "cancelled": CALLED_OFF}


def ends(site, start, zone, **more):
    """Some time later, at a time that the zone's clocks show once."""
    end = start + datetime.timedelta(minutes=30 * site.dice.randint(1, 14), **more)
    while not exists_once(end, ZoneInfo(zone)):
        end += datetime.timedelta(hours=3)
    return end


def window(site, day, zone, outcome=""):
    start = site.local(day, zone)
    end = ends(site, start, zone, days=site.pick([0] * 12 + [1, 5]))
    starts, until = site.written(start, zone), site.written(end, zone)
    if site.chance(6):
        starts, until = f"{day}", f"{day + datetime.timedelta(days=site.pick([0, 0, 1, 2]))}"
    elif site.chance(4):
        until = f"{start:%Y-%m-%d}T24:00"
    elif site.chance(1):
        until = starts
    said = [f"start: {starts}", f"end: {until}"]
    said += [f"time_zone: {zone}"] if zone != site.zone else []
    said += [f"outcome: {outcome}"] if outcome else []
    if outcome in ("deployed", "rolled-back") and site.chance(30):
        actual = ends(site, start, zone)
        said += [f"actual_start: {start:%Y-%m-%dT%H:%M}", f"actual_end: {actual:%Y-%m-%dT%H:%M}"]
    return f"  - {{{', '.join(said)}}}"


def rollback(site, day):
    at = site.local(day, site.zone)
    restored = at + datetime.timedelta(minutes=site.pick([10, 30, 31, 45, 120, 121, 300, 481, 900]))
    while not exists_once(restored, ZoneInfo(site.zone)):
        restored += datetime.timedelta(hours=2)
    said = ["trigger: Totals were wrong", "root_cause: Old rows are rounded twice"]
    if site.chance(70):
        said.append(f"at: {at:%Y-%m-%dT%H:%M}" if site.chance(85) else f"at: {day}")
        if site.chance(70):
            said.append(f"restored_at: {restored:%Y-%m-%dT%H:%M}")
    return f"rollback: {{{', '.join(said)}}}"


def attempts(site, status, day):
    """The windows of a plan in its status, and its rollback."""
    zone = site.zone if site.chance(70) else site.pick(ZONES)
    outcomes, told = site.pick(WAYS.get(status, AHEAD))
    tried = min(day, TODAY - datetime.timedelta(days=site.dice.randint(2, 20)))
    soon = TODAY + datetime.timedelta(days=site.dice.randint(0, 20))
    days = [day] if len(outcomes) < 2 else [tried, min(day + datetime.timedelta(days=site.dice.randint(2, 12)), TODAY)]
    if outcomes[-1:] == [""] and len(outcomes) > 1:
        days[1] = max(day, soon)
    windows = [window(site, min(at, tried) if came == "rolled-back" else at, zone, came) for at, came in zip(days, outcomes)]
    if told == LATER:
        return windows, rollback(site, days[-1] + datetime.timedelta(days=9))
    if told == YES or told == PERHAPS and site.chance(50):
        return windows, rollback(site, tried)
    return windows, "rollback: {}" if site.chance(3) else ""


def status_on(site, day):
    if day > TODAY:
        return site.pick(["draft", "assessment", "approved", "scheduled", "scheduled", "in-progress", "cancelled", ""])
    if day == TODAY:
        return site.pick(["in-progress", "scheduled", "deployed"])
    return site.pick(["deployed"] * 4 + ["closed"] * 6 + ["rolled-back"] * 3 + ["cancelled", "in-progress", "scheduled"])


def notifications(site, day):
    if not site.chance(60):
        return []
    said = []
    for _ in range(site.dice.randint(1, 3)):
        due = day - datetime.timedelta(days=site.dice.randint(0, 30))
        sent = f", sent: {due + datetime.timedelta(days=site.pick([0, -1, 2, 20]))}" if site.chance(70) and due < TODAY else ""
        said.append(f"  - {{audience: Shops, channel: mail, due: {due}{sent}}}")
    return ["notifications:", *said]


def plan_parts(site, day):
    """What makes a plan ready, here and there."""
    on = day - datetime.timedelta(days=site.dice.randint(3, 9))
    parts = [
        "initiator: F. Finance",
        f"release_manager: {site.pick(PEOPLE)}",
        "business_case: Finance corrects every total by hand.",
        "effects: {business_areas: [Finance], external_parties: [{name: Bank, effect: a short stop}]}",
        "effects: {business_areas: [none], interfacing_systems: [Ledger], subcontractors: [none], external_parties: [none]}",
        f"impact: {{security: {{outcome: accepted, by: S. Safe, on: {on}}}}}",
        f"impact: {{security: {{outcome: accepted, by: S. Safe, on: {on}}}, operational: {{outcome: accepted, by: O. Peters, on: {on}}}}}",
        "raci: [{activity: Deploy, responsible: [Operations], accountable: R. Manager}]",
        "escalation: [{level: L1, contact: Desk, channel: pager}]",
        f"approvals: [{{role: Owner, by: O. Peters, on: {on}, decision: approved}}]",
        f"approvals: [{{role: Owner, by: O. Peters{site.pick(['', ', decision: rejected'])}}}]",
        f"tests: [{{phase: pre, kind: rehearsal, result: {site.pick(['passed', 'failed', 'pending'])}, on: {on}}}]",
        f"tests: [{{phase: pre, kind: rehearsal, result: passed, on: {on}}}, {{phase: post, kind: totals, result: {site.pick(['passed', 'pending'])}}}]",
        "artefacts: [{kind: release-notes, title: Notes, url: 'https://example.com/notes'}]",
        "summary: Totals are rounded once.",
    ]
    most = site.pick([3, 6, len(parts)])
    chosen = {}
    for part in site.dice.sample(parts, site.dice.randint(0, most)):
        chosen.setdefault(part.split(":")[0], part)
    body = ""
    for section in site.dice.sample(SECTIONS, site.dice.randint(0, len(SECTIONS))):
        title = SYNONYMS.get(section, section) if site.chance(30) else section
        body += f"\n{'#' * site.pick([2, 2, 3])} {title}\n\nIt takes ten minutes.\n"
    return list(chosen.values()), body


def noticed(site, day):
    """When an incident was noticed: on the day of the build, or about the time of the work."""
    if not day or site.chance(20):
        return f"{TODAY}"
    at = site.local(day, site.zone) + datetime.timedelta(minutes=site.pick([-45, 0, 5, 20, 90, 600]))
    while not exists_once(at, ZoneInfo(site.zone)):
        at += datetime.timedelta(hours=2)
    return f"{at:%Y-%m-%dT%H:%M}"


def incidents(site, key, percent, day):
    if not site.chance(percent):
        return ""
    numbers = [f"INC-{site.dice.randint(1, 99)}" for _ in range(site.dice.randint(1, 2))]
    told = [f"{{id: {number}, detected_at: {noticed(site, day)}}}" if site.chance(60) else number for number in dict.fromkeys(numbers)]
    return site.key(key, told)


def plan(site, status, day, types, key):
    """The lines that releases and changes share, and the text below them."""
    windows, back = attempts(site, status, day) if day else ([], "")
    parts, body = plan_parts(site, day or TODAY)
    typed = SERVICE_NOW.get(status, status) if site.chance(10) else status
    lines = [
        f"status: {typed}" if status else "",
        f"{key}: {site.pick(types)}" if site.chance(90) else "",
        f"planned_date: {day}" if day and (not windows or site.chance(50)) else "",
        site.key("configuration_items", site.some(site.items, 3) or [site.items[0]]),
        *(["windows:", *windows] if windows else []),
        back,
        incidents(site, "incidents_caused", 30, min(day, TODAY) if day else day),
        incidents(site, "incidents_fixed", 10, day),
        *(notifications(site, day) if day else []),
        *parts,
    ]
    if status in ("closed", "rolled-back") and site.chance(60):
        outcome = site.pick(["successful", "successful-with-issues", "unsuccessful"])
        lines.append(f"review: {{on: {(day or TODAY) + datetime.timedelta(days=9)}, by: R. Manager, outcome: {outcome}}}")
    return lines, body
