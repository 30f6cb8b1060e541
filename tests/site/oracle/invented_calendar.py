"""Freezes and maintenance times of a generated site, once and again, in several zones."""

import datetime
import itertools
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from dice import TODAY, ZONES, exists_once


def applies_to(site):
    services = site.key("services", site.some(site.services, 1))
    items = site.key("configuration_items", site.some(site.items, 2))
    said = [each for each in (services, items) if each]
    return f"applies_to: {{{', '.join(said)}}}" if said and site.chance(90) else ""


def rule(site, first):
    name = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][first.weekday()]
    rules = [f"FREQ=WEEKLY;BYDAY={name}", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", f"FREQ=WEEKLY;COUNT={site.dice.randint(2, 30)}"]
    until = max(first.date(), TODAY) + datetime.timedelta(days=site.dice.randint(5, 90))
    rules += [f"FREQ=WEEKLY;UNTIL={until:%Y%m%d}T120000Z", f"FREQ=DAILY;INTERVAL=3;UNTIL={until:%Y%m%d}T235900Z"]
    chosen = site.pick(rules)
    starts = [f"{at:%Y-%m-%d}" for at in itertools.islice(rrulestr(chosen.replace("Z", ""), dtstart=first), 20)]
    return [f"repeats: {chosen}", site.key("skips", site.some(starts[1:], site.pick([0, 0, 2])))]


def repeated(site, zone):
    """Hours that come again, at times that no clock change takes away."""
    first = site.local(site.days_from_today(-80, 20), zone, [19, 20, 21, 22, 23])
    if site.chance(50):
        length = [f"duration: {site.pick(['PT8H', 'PT7H30M', 'PT2H', 'P1D', 'PT45M'])}"]
    else:
        end = datetime.datetime.combine(first.date() + datetime.timedelta(days=1), datetime.time(site.pick([4, 5, 6, 12])))
        length = [f"end: {end:%Y-%m-%dT%H:%M}"]
    return [f"start: {first:%Y-%m-%dT%H:%M}", *length, *rule(site, first)]


def once(site, zone):
    day = site.days_from_today(-60, 60)
    if site.chance(40):
        return [f"start: {day}", f"end: {day + datetime.timedelta(days=site.pick([0, 1, 3, 14]))}"]
    start = site.local(day, zone)
    end = start + datetime.timedelta(hours=site.pick([4, 24, 90, 300]))
    while not exists_once(end, ZoneInfo(zone)):
        end += datetime.timedelta(hours=3)
    return [f"start: {site.written(start, zone)}", f"end: {site.written(end, zone)}"]


def calendar(site):
    plans = list(site.releases) + [f"CHG-{number}" for number in range(1, 4)]
    known = {path.split("/")[-1].removesuffix(".md") for path, text in site.files.items() if "draft: true" not in text}
    known |= set(site.releases)
    for kind, most, percent in (("freeze", 4, 20), ("maintenance", 4, 75)):
        for number in range(site.dice.randint(1, most)):
            zone = site.zone if site.chance(70) else site.pick(ZONES)
            times = repeated(site, zone) if site.chance(percent) else once(site, zone)
            lines = [f"title: {kind.capitalize()} {number}", f"kind: {kind}", *times]
            lines += [f"time_zone: {zone}" if zone != site.zone else "", applies_to(site)]
            if kind == "freeze":
                lines.append("hard: true" if site.chance(25) else "")
                ids = [each for each in site.some(plans, 3) if each in known]
                through = [f"{{id: {each}, approved_by: C. Chair}}" if site.chance(70) else site.pick([each, f"{{id: {each}}}"]) for each in ids]
                lines.append(site.key("exceptions", through))
            site.file(f"calendar/{kind}-{number}.md", lines)
