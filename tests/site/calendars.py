"""Reads every calendar of a site by programs that relbook's makers did not write: icalendar, vobject, recurring_ical_events and
zoneinfo. Usage: calendars.py SITE

Each calendar is parsed and written, its zones are held against the IANA data, and its events are expanded over the years that
the site's own list of entries (`api/v1/calendar.json`) has: both must come to the same stretches of time."""

import bisect
import datetime
import json
import os
import sys
import zoneinfo

import icalendar
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr

UTC = datetime.timezone.utc


def calendars(site):
    for folder, _, names in sorted(os.walk(site)):
        for name in sorted(names):
            if name.endswith(".ics"):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    yield os.path.relpath(path, site), file.read()


def onsets(component, end):
    """From when on each observance of a zone counts (RFC 5545, 3.6.5): the moment in UTC with the offset behind it."""
    found = []
    for observance in component.subcomponents:
        before, behind = observance["TZOFFSETFROM"].td, observance["TZOFFSETTO"].td
        starts = [observance["DTSTART"].dt]
        if "RRULE" in observance:
            rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=starts[0])
            starts = rule.between(starts[0], end.replace(tzinfo=None), inc=True)
        found += [((start - before).replace(tzinfo=UTC), behind) for start in starts]
    return sorted(found)


def zone_faults(calendar, path):
    """Where a zone of a calendar shows another time than the IANA data, from its first event on for nine years."""
    faults = []
    events = calendar.walk("VEVENT")
    for component in calendar.walk("VTIMEZONE"):
        name = str(component["TZID"])
        starts = [event["DTSTART"].dt for event in events if event["DTSTART"].params.get("TZID") == name]
        starts = [start.astimezone(UTC) for start in starts]
        theirs = zoneinfo.ZoneInfo(name)
        # A calendar without events has the zone of its site, from 2020 on.
        starts = starts or [datetime.datetime(2020, 1, 1, tzinfo=UTC)]
        at = min(starts)
        end = max(starts) + datetime.timedelta(days=9 * 366)
        ours = onsets(component, end)
        while at < end:
            place = bisect.bisect_right(ours, at, key=lambda onset: onset[0]) - 1
            offset = ours[place][1] if place >= 0 else None
            if offset != at.astimezone(theirs).utcoffset():
                faults.append(f"{path}: {name} at {at}: {offset}, and not {at.astimezone(theirs).utcoffset()}")
                break
            at += datetime.timedelta(hours=5)
    return faults


def stretches(calendar, first, last):
    """From when to when the events of a calendar are, by their summary's beginning."""
    found = set()
    for event in recurring_ical_events.of(calendar).between(first, last):
        start = event["DTSTART"].dt
        end = event["DTEND"].dt if "DTEND" in event else start
        found.add((str(event["UID"]), moment(start), moment(end)))
    return found


def moment(at):
    if isinstance(at, datetime.datetime):
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return at.isoformat()


def entries(site):
    """The site's own list: whose each entry is, with its stretch; of days alone the days."""
    items, part = [], "calendar"
    while part:
        with open(os.path.join(site, f"api/v1/{part}.json"), encoding="utf-8") as file:
            document = json.load(file)
        items += document["items"]
        part = document["next"] and document["next"].split("api/v1/")[1].removesuffix(".json")
    for entry in items:
        if entry["kind"] == "planned":
            continue
        start, end = (datetime.datetime.fromisoformat(entry[edge]) for edge in ("start", "end"))
        part = f".window-{entry['window']}" if "window" in entry else ""
        yield f"{entry['record']['kind']}.{entry['record']['id']}{part}@relbook", start, end


def hold(site):
    faults, events, count = [], 0, 0
    whole = None
    for path, raw in calendars(site):
        calendar = icalendar.Calendar.from_ical(raw)
        if not calendar.subcomponents:
            faults.append(f"{path}: no component")
        count += 1
        events += len(calendar.walk("VEVENT"))
        faults += [f"{path}: {error}" for component in calendar.walk() for error in component.errors]
        faults += [f"{path}: a line of {len(line)} bytes" for line in raw.split(b"\r\n") if len(line) > 75]
        if b"\n" in raw.replace(b"\r\n", b""):
            faults.append(f"{path}: a line ends without a carriage return")
        names = [(str(event["UID"]), str(event.get("RECURRENCE-ID"))) for event in calendar.walk("VEVENT")]
        if len(set(names)) != len(names):
            faults.append(f"{path}: a name twice")
        for read in vobject.readComponents(raw.decode("utf-8")):
            read.serialize()
        faults += zone_faults(calendar, path)
        if path == "calendar.ics":
            whole = calendar
    listed = list(entries(site))
    if not listed and not events:
        print(f"{count} calendars without events, {len(faults)} faults")
        return bool(faults) or count == 0
    first = min(start for _, start, _ in listed) - datetime.timedelta(days=1)
    last = max(end for _, _, end in listed) + datetime.timedelta(days=1)
    ours = {(name, moment(start), moment(end)) for name, start, end in listed}
    theirs = stretches(whole, first, last)
    by_name = {name for name, _, _ in ours}
    # What began before the years that the site lists is told by the calendar, and not by the list.
    begun = min(start for _, start, _ in listed).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    days = {of for of in theirs if len(of[1]) == 10}
    timed = {of for of in theirs - days if of[1] >= begun}
    known = {of for of in ours if not any(name == of[0] for name, _, _ in days)}
    faults += [f"only listed: {of}" for of in sorted(known - timed)]
    faults += [f"only in the calendar: {of}" for of in sorted(timed - known) if of[0] in by_name]
    for name, start, end in sorted(days):
        alike = [of for of in ours if of[0] == name and of[1] <= f"{start}T23:59" and of[2] >= f"{start}T00:00"]
        if not alike:
            faults.append(f"days that are not listed: {name} {start} {end}")
    for fault in faults[:40]:
        print(fault)
    print(f"{count} calendars, {events} events, {len(timed) + len(days)} times, {len(faults)} faults")
    return bool(faults) or count == 0


if __name__ == "__main__":
    sys.exit(hold(sys.argv[1]))
