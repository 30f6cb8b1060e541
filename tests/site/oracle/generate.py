"""Small random sites of release records: the same seed gives the same bytes.

They are what people write, with nothing that stops a build: plans in every status with windows and what came of them,
rollbacks, incidents, versions of many shapes, known errors with ranges, freezes and maintenance times in several zones.
"""

import datetime
import random
import re

from dice import TODAY, Site
from invented_audit import otherwise
from invented_calendar import calendar
from invented_customers import told
from invented_plans import plan, status_on


def configuration_items(site):
    for number, item in enumerate(site.items):
        before = site.items[:number]
        if site.chance(80):
            site.file(
                f"configuration-items/{item}.md",
                [
                    f"name: Item {number}",
                    f"service: {site.pick(site.services)}" if site.chance(60) else "",
                    site.key("depends_on", site.some(before, 2)) if site.chance(60) else "",
                    site.key("part_of", site.some(before, 1)) if site.chance(25) else "",
                ],
            )


def versions(site, number):
    """Versions of a service in the order of its releases."""
    way = site.dice.randint(0, 5)
    major, minor, patch, found = site.dice.randint(1, 9), 0, 0, []
    for each in range(number):
        if way == 0:
            found.append(site.pick(["Aurora", "Borealis", "Cirrus", "Dawn", "Ember", "Fjord"]) + str(each))
            continue
        step = site.dice.randint(0, 9)
        major, minor, patch = (major + 1, 0, 0) if step < 2 else (major, minor + 1, 0) if step < 6 else (major, minor, patch + 1)
        version = f"{major}.{minor}.{patch}"
        if way == 1 and site.chance(30):
            version = f"{max(major - 1, 0)}.{site.dice.randint(5, 12)}.{patch}"
        if way == 2:
            version = f"v{major}" if minor == patch == 0 and site.chance(30) else f"{site.pick(['v', ''])}{version}"
        if way == 3 and site.chance(50):
            version = f"{major}.0.0-rc{site.pick(['.', ''])}{each + 7}"
        if way == 4 and site.chance(40):
            version += f"+build.{each}"
        if way == 5 and site.chance(25):
            version = site.pick(["Hotfix", "spring"]) + f"-{each}"
        found.append(version)
    return found


def releases(site):
    number = 0
    for service in site.services:
        days = sorted(site.days_from_today(-200, 60) for _ in range(site.dice.randint(1, 7)))
        days = [TODAY if site.chance(4) else day for day in days]
        before = []
        for version, day in zip(versions(site, len(days)), days):
            number += 1
            name = f"REL-{number}"
            status = status_on(site, day)
            is_dated = site.chance(95) or day <= TODAY
            lines, body = plan(site, status, day if is_dated else None, ["major", "minor", "patch", "emergency"], "release_type")
            supersedes = site.pick(before) if before and site.chance(8) else None
            head = [
                f"title: Release {number}",
                f"service: {service}" if site.chance(97) else "",
                f'version: "{version}"' if site.chance(95) else "",
                f"supersedes: {supersedes}" if supersedes else "",
            ]
            site.releases[name] = {"service": service, "status": status, "lines": head + lines, "body": body}
            before.append(name)


def changes(site):
    for number in range(1, site.dice.randint(3, 10)):
        name = f"CHG-{number}"
        by = site.some(site.releases, 2) if site.chance(60) else []
        day = site.days_from_today(-200, 60)
        is_dated = not by or site.chance(20)
        status = status_on(site, day)
        lines, body = plan(site, status, day if is_dated else None, ["standard", "normal", "emergency"], "change_type")
        lines = [line for line in lines if not line.startswith("artefacts")]
        said_here = [release for release in by if site.chance(40)]
        for release in by:
            if release not in said_here or site.chance(30):
                site.releases[release].setdefault("changes", []).append(name if site.chance(90) else name.lower())
        service = f"service: {site.pick(site.services)}" if site.chance(80) else ""
        draft = "draft: true" if not by and site.chance(8) else ""
        lines = otherwise(site.seed, name, [f"title: Change {number}", draft, service, site.key("releases", said_here), *lines])
        site.file(f"changes/{name}.md", lines, body)


def known_errors(site):
    for number in range(1, site.dice.randint(3, 9)):
        name = f"KE-{number}"
        of_service = [release for release, each in site.releases.items() if each["service"] == site.pick(site.services)]
        names = of_service or list(site.releases)
        at = site.dice.randrange(len(names))
        introduced = [names[at]] if site.chance(80) else []
        introduced += site.some(names[at + 1 :], 1) if introduced and site.chance(10) else []
        fixed = site.some([each for each in names[at + 1 :] if each not in introduced], 2) if site.chance(60) else []
        affects = site.some([each for each in site.releases if each not in introduced + fixed], 2) if site.chance(25) else []
        planned = site.pick(list(site.releases)) if site.chance(25) else ""
        for release in site.some(site.releases, 1) if site.chance(25) else []:
            site.releases[release].setdefault("known_errors", []).append(name)
        statuses = ["reported", "investigating", "confirmed", "open", "mitigated", "wont-fix"] * 2 + ["resolved"] * 6
        detected = site.days_from_today(-220, -1)
        site.file(
            f"known-errors/{name}.md",
            [
                f"title: Known error {number}",
                f"status: {site.pick(statuses)}" if site.chance(95) else "",
                f"detected: {detected}" if site.chance(80) else "",
                f"resolved: {TODAY}" if site.chance(5) else "",
                site.key("configuration_items", site.some(site.items, 2)),
                site.key("introduced_in", introduced),
                site.key("fixed_in", fixed),
                site.key("affects", affects),
                f"planned_fix: {planned}" if planned else "",
            ],
        )


def standard_changes(site, dice):
    """A catalogue, and changes that name its models; approvals of some days later here and there."""
    models = [f"SC-{number}" for number in range(1, dice.randint(1, 4))]
    for model in models:
        site.file(f"standard-changes/{model}.md", [f"title: Model {model}", "approved_by: O. Peters", "approved_on: 2025-01-07"])
    for path in [path for path in site.files if path.startswith("changes/")]:
        if models and dice.random() < 0.7:
            model = dice.choice(models)
            named = model.lower() if dice.random() < 0.1 else model
            site.files[path] = site.files[path].replace("\n", f"\nstandard_change: {named}\n", 1)
    later = lambda found: f"on: {datetime.date.fromisoformat(found[1]) + datetime.timedelta(days=dice.randint(0, 14))}, decision: approved"
    for path in [path for path in site.files if path.startswith(("changes/", "releases/"))]:
        site.files[path] = re.sub(r"on: (\S+), decision: approved", later, site.files[path])


def made(seed):
    """The files of a site, by path."""
    site = Site(seed)
    configuration_items(site)
    releases(site)
    changes(site)
    known_errors(site)
    calendar(site)
    for name, release in site.releases.items():
        release["lines"] = otherwise(seed, name, release["lines"])
        links = [site.key("changes", release.get("changes", [])), site.key("known_errors", release.get("known_errors", []))]
        site.file(f"releases/{name}.md", release["lines"] + links, release["body"])
    standard_changes(site, random.Random(f"models {seed}"))
    site.files["relbook.toml"] = f'title = "Site {seed}"\ntime_zone = "{site.zone}"\n' + told(site)
    return site.files


def write(seed, folder):
    for path, text in made(seed).items():
        path = folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
