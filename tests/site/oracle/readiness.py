"""Readiness: which parts of its plan a record's status wants, and which of them are in place.

What is wanted from which status on is a table, by the kind and type of the plan; a site's settings replace its rows. A
part of an earlier status is wanted later too. Rolled back wants what in progress does, cancelled nothing.
"""

import re

from pages import safe
from plans import planned_day
from records import FORWARD, listed

LABELS = {
    "description": "Description",
    "initiator": "Initiator",
    "release_manager": "Release manager",
    "business_case": "Business case",
    "changes": "Changes delivered",
    "effects.business_areas": "Effects on business areas",
    "effects.interfacing_systems": "Effects on interfacing systems",
    "effects.subcontractors": "Effects on subcontractors",
    "effects.external_parties": "Effects on external parties",
    "configuration_items": "Configuration items",
    "impact.security": "Security review",
    "impact.operational": "Operational review",
    "raci": "Stakeholders (RACI)",
    "escalation": "Escalation channel",
    "approvals": "Approvals",
    "planned_date": "Planned date",
    "windows": "Maintenance window",
    "notifications": "Customer notifications",
    "implementation_plan": "Implementation plan",
    "deployment_plan": "Deployment plan",
    "rollback_plan": "Rollback plan",
    "test_plan": "Test plan",
    "tests.pre": "Tests before the release",
    "tests.post": "Tests after the release",
    "release_notes": "Release notes",
    "review": "Post-implementation review",
}
FULL = {
    "assessment": "description initiator business_case changes configuration_items",
    "approved": "release_manager effects.business_areas effects.interfacing_systems effects.subcontractors "
    "effects.external_parties impact.security impact.operational raci escalation implementation_plan "
    "deployment_plan rollback_plan test_plan",
    "scheduled": "planned_date windows approvals notifications",
    "deployed": "tests.pre release_notes",
    "closed": "tests.post review",
}
EMERGENCY = {
    "scheduled": "planned_date approvals",
    "deployed": "windows rollback_plan",
    "closed": "impact.security impact.operational tests.post review",
}
TABLE = {
    ("release", "major"): FULL,
    ("release", "minor"): FULL,
    ("release", "patch"): {
        "assessment": "description initiator changes configuration_items",
        "approved": "release_manager rollback_plan test_plan",
        "scheduled": "planned_date windows approvals",
        "deployed": "tests.pre release_notes",
        "closed": "tests.post",
    },
    ("release", "emergency"): {"approved": "description initiator business_case configuration_items"} | EMERGENCY,
    ("change", "normal"): {
        "assessment": "description initiator configuration_items",
        "approved": "impact.security impact.operational rollback_plan test_plan",
        "scheduled": "planned_date windows approvals",
        "deployed": "tests.pre",
        "closed": "tests.post review",
    },
    ("change", "emergency"): {"approved": "description initiator configuration_items"} | EMERGENCY,
    ("change", "standard"): {"assessment": "description configuration_items", "scheduled": "planned_date"},
    ("delivered-change", "normal"): {"assessment": "description initiator configuration_items"},
    ("delivered-change", "emergency"): {"assessment": "description initiator configuration_items"},
    ("delivered-change", "standard"): {"assessment": "description configuration_items"},
}
# The headings of parts that are sections of the body, or may be.
HEADINGS = {
    "description": {"description"},
    "business_case": {"business case", "reason for change"},
    "implementation_plan": {"implementation plan"},
    "deployment_plan": {"deployment plan"},
    "rollback_plan": {"rollback plan", "backout plan"},
    "test_plan": {"test plan"},
    "release_notes": {"release notes"},
}


def headings(body):
    """The headings of a text that have something under them, in lower case; none for the text above all headings."""
    found, open_ones, fence = set(), [(0, "")], None
    for line in body.splitlines():
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark:
            fence = None if fence else mark[1]
        title = None if fence or mark else re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
        if title:
            open_ones = [each for each in open_ones if 0 < each[0] < len(title[1])]
            open_ones.append((len(title[1]), title[2].lower()))
        elif line.strip():
            found.update(name for _, name in open_ones)
    return found


def kind_of(site, plan):
    if plan.kind == "releases":
        return "release"
    return "delivered-change" if plan.id in site.delivered_by else "change"


def wanted(site, plan):
    """The parts that the status wants."""
    kind = kind_of(site, plan)
    rows = dict(TABLE.get((kind, plan.type), {}))
    rows |= site.settings.get("process", {}).get(kind, {}).get(plan.type, {})
    status = "in-progress" if plan.status == "rolled-back" else plan.status
    if status not in FORWARD:
        return set()
    reached = FORWARD[: FORWARD.index(status) + 1]
    parts = (rows[each].split() if isinstance(rows[each], str) else rows[each] for each in reached if each in rows)
    return {part for row in parts for part in row}


def present(site, plan):
    """The parts that the record has."""
    sections = headings(plan.body)
    found = {part for part, names in HEADINGS.items() if names & sections}
    impact, tests = plan.get("impact") or {}, listed(plan.get("tests"))
    artefacts = {artefact.get("kind") for artefact in listed(plan.get("artefacts"))}
    keys = ["initiator", "release_manager", "business_case", "configuration_items", "raci", "escalation", "windows"]
    has = {key: bool(plan.get(key)) for key in keys + ["notifications", "review"]}
    has["description"] = bool(plan.get("summary")) or "" in sections
    has["changes"] = bool(site.delivers.get(plan.id)) and plan.kind == "releases"
    # A list that says `none` says something: that nobody and nothing belongs there.
    has |= {f"effects.{key}": bool(listed(of)) for key, of in (plan.get("effects") or {}).items()}
    has["impact.security"], has["impact.operational"] = bool(impact.get("security")), bool(impact.get("operational"))
    has["approvals"] = any(approval.get("decision") == "approved" for approval in listed(plan.get("approvals")))
    has["planned_date"] = planned_day(plan) is not None
    has["tests.pre"] = any(test.get("phase") == "pre" and test.get("result") == "passed" for test in tests)
    has["tests.post"] = any(test.get("phase") == "post" and test.get("result") != "pending" for test in tests)
    has["release_notes"] = "release-notes" in artefacts
    return found | {part for part, is_there in has.items() if is_there}


def labels(parts):
    return sorted(LABELS[part] for part in parts)


def compared(site, built):
    for plan in site.plans:
        if plan.type is None or plan.status is None:
            continue
        route = f"{plan.kind}/{safe(plan.name)}.html"
        parts, has = wanted(site, plan), present(site, plan)
        panel = built.section(route, "readiness")
        if panel is None:
            yield "readiness", f"{route} is missing something unsaid", [], labels(parts - has)
            continue
        numbers = re.search(r"(\d+) of (\d+) parts", panel.text())
        said = (int(numbers[1]), int(numbers[2])) if numbers else None
        yield "readiness", route, (len(parts & has), len(parts)) if parts else None, said
        missing = next(panel.all("ul", "check"), None)
        is_missing = missing is not None and "in" not in missing.classes
        told = [entry.text() for entry in missing.all("li")] if is_missing else []
        yield "readiness", f"{route} missing", labels(parts - has), sorted(told)
