"""Customers: whom to tell, by when, of which window, and who has to be told again.

Written from the chapter of the manual on editions: what a message's window is, which windows came to nothing, who is told of
that, by which day a message leaves, and in which part of the page it stands.
"""

import datetime
import unicodedata

from pages import rows, stem
from plans import attempts
from records import DAY, day, fold, listed

SOON = 7 * DAY
STAGES = {
    "before": "Before the release",
    "start": "When the work starts",
    "completion": "When it is done",
    "rollback": "If it is rolled back",
    "postponed": "When it was put off",
    "cancelled": "When it was called off",
}
PARTS = ("overdue", "now", "to-come", "sent")
LATEST = datetime.date.max


def begins(window):
    """The day of the actual start, else of the start."""
    return day(window.get("actual_start") or window["start"])


def is_off(window):
    return window.get("outcome") in ("postponed", "cancelled")


def name(text):
    """A name in small letters, without doubled spaces."""
    return " ".join(unicodedata.normalize("NFC", text or "").lower().split())


class Message:
    """A notification as it is written."""

    def __init__(self, site, number, entry):
        self.number, self.audience, self.channel = number, entry.get("audience"), entry.get("channel")
        self.stage = entry.get("stage") or "before"
        self.due, self.names = day(entry.get("due")), day(entry.get("window"))
        sent = day(entry.get("sent"))
        self.sent = sent if sent and sent <= site.today else None
        self.instead_of = None


def follow(plan, after):
    """The numbers of the windows that stand behind one or begin later."""
    start = begins(plan.windows[after])
    return [number for number, window in enumerate(plan.windows) if number > after or begins(window) > start]


def window_of(plan, message, among=None):
    """The number of the window of which a message tells, among some."""
    among = range(len(plan.windows)) if among is None else among
    numbers = [each for each in among if message.sent or not is_off(plan.windows[each])]
    order = sorted(numbers, key=lambda each: (begins(plan.windows[each]), each))
    for number in numbers:
        window = plan.windows[number]
        if message.names and message.names in (day(window["start"]), begins(window)):
            return number
    for date in (message.due, message.sent):
        for number in order:
            if date and begins(plan.windows[number]) >= date:
                return number
    if not order:
        return None
    return order[-1] if message.due or message.sent else order[0]


def nothings(plan):
    """The windows that came to nothing."""
    live = [number for number, window in enumerate(plan.windows) if not is_off(window)]
    came = [n for n, w in enumerate(plan.windows) if w.get("outcome") in ("postponed", "cancelled", "rolled-back")]
    return [number for number in came if set(live) & set(follow(plan, number))]


def tells_again(plan, message, number, told):
    """Whether a message tells an audience what became of a window of which it was told on a day."""
    window = plan.windows[number]
    earliest, fits = told, message.stage == "postponed"
    if not is_off(window):
        earliest = max(told, begins(window))
        own = window_of(plan, message)
        later = message.stage == "before" and own is not None and own != number and own in follow(plan, number)
        fits = fits or message.stage == "rollback" or later
    return fits and (message.sent is None or message.sent >= earliest)


def told_again(plan, messages):
    """What is missing: the audience, the window that came to nothing and the next. A message that is there gets its window."""
    nothing, missing, audiences = nothings(plan), [], {}
    for message in messages:
        audiences.setdefault(name(message.audience) if message.audience else None, []).append(message)
    for own in audiences.values():
        free = sorted(own, key=lambda each: (each.sent is None, each.sent or LATEST, each.number))
        seen = set()
        for first in own:
            known = (first.sent, window_of(plan, first)) if first.stage == "before" and first.sent else None
            while known and known[1] in nothing and known[1] not in seen:
                told, number = known
                seen.add(number)
                fitting = [each for each in free if each is not first and tells_again(plan, each, number, told)]
                if not fitting:
                    live = [each for each in follow(plan, number) if not is_off(plan.windows[each])]
                    missing.append((first.audience, number, live[0]))
                    break
                again = fitting[0]
                free.remove(again)
                again.instead_of = window_of(plan, again, follow(plan, number))
                known = (again.sent, again.instead_of) if again.sent else None
    return missing


def last_day(site, plan, stage, audience, number):
    """The last day on which the days of notice let a message leave."""
    process = site.settings.get("process", {})
    own = {name(each): days for each, days in process.get("notice", {}).items()}
    days = own.get(name(audience), process.get("days", {}).get("notice", 5)) if audience else process.get("days", {}).get("notice", 5)
    planned = day(plan.get("planned_date")) or (day(plan.windows[0]["start"]) if plan.windows else None)
    start = planned if number is None else begins(plan.windows[number])
    return start - days * DAY if start and stage in ("before", "postponed") else None


def notices(plan):
    """Whether somebody outside notices what a plan says."""
    parties = [one for one in listed((plan.get("effects") or {}).get("external_parties")) if one != "none"]
    return bool(parties) or any(window.get("downtime") in ("partial", "full") for window in attempts(plan))


def is_noticed(site, plan):
    of_changes = [site.changes[each] for each in site.delivers.get(plan.id, ()) if plan.kind == "releases" and each in site.changes]
    return notices(plan) or any(notices(change) for change in of_changes if change.status != "cancelled")


def is_ahead(plan):
    if plan.status == "rolled-back":
        back = [number for number, window in enumerate(plan.windows) if window.get("outcome") == "rolled-back"]
        behind = [each for number, each in enumerate(plan.windows) if back and number > back[-1] and not is_off(each)]
        return bool(behind) and not behind[0].get("outcome")
    return plan.status in ("approved", "scheduled", "in-progress", "cancelled")


def messages(site, plan):
    """Rows of a plan: its part of the page, its day, audience, stage, state, and the planned day of its window."""
    written = [Message(site, number, entry) for number, entry in enumerate(listed(plan.get("notifications")))]
    is_cancelled = plan.status == "cancelled"
    missing = [] if is_cancelled else told_again(plan, written)
    found = []
    for each in written:
        number = each.instead_of if each.instead_of is not None else window_of(plan, each)
        found.append((each.audience, each.stage, number, each.due, each.sent, True))
    if is_noticed(site, plan) and not is_cancelled and not any(each.stage == "before" for each in written):
        live = [number for number, window in enumerate(plan.windows) if not is_off(window)]
        found.append((None, "before", min(live, key=lambda each: (begins(plan.windows[each]), each), default=None), None, None, False))
    for audience, number, then in missing:
        found.append((audience, "postponed" if is_off(plan.windows[number]) else "before", then, None, None, False))
    if is_cancelled:
        for to in {name(each.audience) if each.audience else None: 0 for each in written}:
            own = [each for each in written if (name(each.audience) if each.audience else None) == to]
            told = max((each.sent for each in own if each.sent and each.stage in ("before", "postponed")), default=None)
            ends = [each for each in own if each.stage == "cancelled" and (each.sent is None or told and each.sent >= told)]
            if told and not ends:
                found.append((own[0].audience, "cancelled", None, None, None, False))
        found = [each for each in found if each[1] == "cancelled" and not each[4]]
    for audience, stage, number, due, sent, is_written in found:
        due = due or last_day(site, plan, stage, audience, number)
        if sent:
            part, state = "sent", "Sent"
        elif due and due < site.today:
            part, state = "overdue", "Overdue"
        else:
            is_later = is_written and due and due > site.today + SOON
            part, state = ("to-come" if is_later else "now"), "To be sent"
        yield part, sent or due, " ".join((audience or "Customers").split()), STAGES[stage], state if is_written else "Not planned"


def compared(site, built):
    """Which messages stand in which part of the page, each with its day."""
    wanted = {part: [] for part in PARTS}
    for plan in site.plans:
        if is_ahead(plan) and not (plan.kind == "changes" and (site.delivered_by.get(plan.id) or plan.get("releases"))):
            for part, date, *said in messages(site, plan):
                wanted[part].append((str(date or ""), plan.id, *said))
    told = {part: [] for part in PARTS}
    for route in sorted(built.routes("customers/**/*.html"), key=len):
        for part in PARTS:
            section = built.section(route, part)
            for cells in rows(section.first("table")) if section else ():
                told[part].append(row(cells))
    for part in PARTS:
        days = [date or "9999" for date, *_ in told[part]]
        yield "customers in order", part, sorted(days), days
        yield f"customers: {part}", "customers", sorted(wanted[part]), sorted(told[part])
    now = sum(len(wanted[part]) for part in ("overdue", "now"))
    section = built.section("index.html", "customers")
    said = int(section.first("a").text().split()[0]) if section else 0
    yield "customers on the home page", "index.html", now, said


def row(cells):
    audience, by, stage, record, state = cells
    who = " ".join("".join(each for each in audience.inner if isinstance(each, str)).split())
    tells = " ".join("".join(each for each in stage.inner if isinstance(each, str)).split())
    word = state.first("span").text()
    when = state.first("time") if word.startswith("Sent") else by.first("time")
    word = "Sent" if word.startswith("Sent") else word
    return (when.attributes["datetime"] if when else "", fold(stem(record.first("a").attributes["href"])), who, tells, word)
