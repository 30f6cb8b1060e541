//! RB306: customers who are told late or not at all: of work that they will notice, of a window that was put off, of work
//! that was called off.

use std::borrow::Cow;

use jiff::civil::Date;

use super::subject::{Context, Subject};
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Message, MessageStage, Noticed, Part, Plan, Status, fold_name};

/// Customers who are told late or not at all.
pub const CUSTOMERS_NOT_TOLD: Lint = Lint::process(
    "RB306",
    "customers-not-told",
    "downtime or effects on external parties, and somebody outside is told late or not at all",
    include_str!("customers_not_told.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    let Context { book, settings, today } = subject.context;
    let messages = plan.messages(&settings.process, book.is_noticed(subject.index), *today);
    let mut findings: Vec<Finding> = match status {
        Status::Draft | Status::Assessment => return Vec::new(),
        Status::Cancelled => messages
            .iter()
            .filter(|of| of.stage == MessageStage::Cancelled)
            .filter_map(|of| called_off(subject, of))
            .collect(),
        _ => {
            let mut findings = before(subject, plan, status, &messages);
            findings.extend(messages.iter().filter_map(|of| moved(subject, plan, of)));
            findings
        }
    };
    findings.extend(no_such_window(subject, plan));
    findings
}

/// What is wrong with the messages of work to come, of work that somebody outside notices.
fn before(subject: &Subject<'_>, plan: &Plan, status: Status, messages: &[Message<'_>]) -> Vec<Finding> {
    let Some(why) = reason(subject, plan) else { return Vec::new() };
    let start = match plan.windows.is_empty() {
        true => plan.planned_date,
        false => plan.attempts().map(|(_, window)| window.start_day()).min(),
    };
    let is_meant = |of: &&Message<'_>| of.stage == MessageStage::Before && (of.number.is_some() || of.after.is_none());
    let messages: Vec<&Message<'_>> = messages.iter().filter(is_meant).collect();
    let Some(start) = start else {
        let none = messages.iter().find(|of| of.number.is_none() && plan.windows.is_empty());
        return none.and_then(|none| unplanned(subject, status, none, None, &why)).into_iter().collect();
    };
    let numbered = messages.iter().filter_map(|message| Some((message.number?, *message)));
    let mut findings: Vec<Finding> = match (messages.iter().find(|of| of.number.is_none()), status.has_begun()) {
        (Some(none), _) => unplanned(subject, status, none, Some(start), &why).into_iter().collect(),
        (None, true) => unsent(subject, plan, &messages, start, &why),
        (None, false) => Vec::new(),
    };
    if findings.is_empty() {
        findings.extend(numbered.clone().filter_map(|(number, of)| overdue(subject, number, of)));
    }
    if findings.is_empty() {
        findings.extend(numbered.filter_map(|(number, of)| late(subject, plan, number, of)));
    }
    findings
}

/// Nobody is to be told, although the work has begun or is near.
fn unplanned(
    subject: &Subject<'_>,
    status: Status,
    message: &Message<'_>,
    start: Option<Date>,
    why: &Reason,
) -> Option<Finding> {
    let is_said_elsewhere =
        subject.readiness().is_some_and(|readiness| readiness.missing.contains(&Part::Notifications));
    let is_near = message.due.is_some_and(|due| due <= subject.context.today);
    if is_said_elsewhere || !(status.has_begun() || is_near) {
        return None;
    }
    let by = |word: &str| start.map_or_else(|| word.to_owned(), |start| format!("{word} {start},"));
    let message = match status.has_begun() {
        true => format!("{}, and no notification was sent {} when the work began", why.sentence, by("by")),
        false => format!("{}, and nobody is to be told {} when the work begins", why.sentence, by("before")),
    };
    let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &why.path, message);
    Some(finding.label("those who notice it should know before").help(
        "add `notifications: [{audience: …, channel: …, due: …}]`, and `sent` with the day on which the message left",
    ))
}

/// Audiences of which none of the messages left before the work began, nor by the day that the plan gives it: those who
/// notice a later part of the work are told later. Somebody is told before it begins.
fn unsent(subject: &Subject<'_>, plan: &Plan, messages: &[&Message<'_>], start: Date, why: &Reason) -> Vec<Finding> {
    let today = subject.context.today;
    let audience = |message: &Message<'_>| message.audience.map(fold_name);
    let is_in_time = |message: &Message<'_>| {
        let written = message.number.and_then(|number| plan.notifications.get(number));
        written.is_some_and(|written| plan.is_told_in_time(written, Some(start), today))
    };
    let is_told =
        |message: &Message<'_>| messages.iter().any(|other| audience(other) == audience(message) && is_in_time(other));
    let mut untold: Vec<&&Message<'_>> = messages.iter().filter(|message| !is_told(message)).collect();
    if untold.is_empty() && !messages.iter().any(|message| message.sent.is_some_and(|sent| sent <= start)) {
        untold.extend(messages.first());
    }
    let mut named = Vec::new();
    untold.retain(|message| {
        let is_new = !named.contains(&audience(message));
        named.push(audience(message));
        is_new
    });
    let finding = |message: &&&Message<'_>| {
        let (key, label) = if message.sent.is_some() { (".sent", "later than that") } else { ("", "not sent yet") };
        let to = message.audience.map_or_else(|| "no notification".to_owned(), |to| format!("nothing to {to}"));
        let path = format!("notifications.{}{key}", message.number.unwrap_or_default());
        let text = format!("{}, and {to} was sent by {start}, when the work began", why.sentence);
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &path, text).label(label);
        finding.help("under `notifications`, give the day on which the message left as `sent`")
    };
    untold.iter().map(finding).collect()
}

/// A message that should have left by now. One that gives no day leaves today at the latest, and nothing says that it will.
fn overdue(subject: &Subject<'_>, number: usize, message: &Message<'_>) -> Option<Finding> {
    let today = subject.context.today;
    let is_over = |due: &Date| *due < today || (message.is_due_by_rule && *due == today);
    let due = message.due.filter(is_over).filter(|_| message.sent.is_none())?;
    let (key, had) = (if message.is_due_by_rule { "" } else { ".due" }, if due < today { "had" } else { "has" });
    let text = format!("the message{} {had} to leave by {due}, and is not sent", to(message));
    let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("notifications.{number}{key}"), text);
    Some(finding.label("not sent yet").help("send it, and give the day on which it left as `sent`"))
}

/// A message that leaves later than the site wants its audience to be told, or than the window begins that takes another's
/// place.
fn late(subject: &Subject<'_>, plan: &Plan, number: usize, message: &Message<'_>) -> Option<Finding> {
    let days = subject.context.settings.process.own_notice_days(message.audience);
    let (key, leaves) = match (message.sent, message.due) {
        (Some(sent), _) => ("sent", sent),
        (None, due) => ("due", due?),
    };
    let start = message.window.map_or(plan.planned_date, |window| Some(plan.windows[window].start_day()))?;
    let ahead = leaves.until(start).map_or(0, |span| i64::from(span.get_days()));
    let (text, label) = match days {
        Some(days) if ahead < i64::from(days) => {
            let audience = message.audience.unwrap_or_default();
            let text = format!(
                "{audience} have to be told {days} days before {start}, and this is {} before it",
                ahead.max(0)
            );
            (text, "too late for this audience")
        }
        None | Some(_) if ahead < 0 && message.after.is_some() => (
            format!("the message{} leaves after {start}, when the window begins of which it tells", to(message)),
            "too late",
        ),
        _ => return None,
    };
    let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("notifications.{number}.{key}"), text);
    Some(finding.label(label).help("send it earlier, or move the work"))
}

/// A window that came to nothing after customers had been told of it, and which another follows: who was told hears of that.
fn moved(subject: &Subject<'_>, plan: &Plan, message: &Message<'_>) -> Option<Finding> {
    let from = message.after?;
    let is_back = message.stage != MessageStage::Postponed;
    let Some(number) = message.number else {
        let day = plan.windows[from].start.date();
        let is_near = message.due.is_some_and(|due| due <= subject.context.today);
        if is_back && !is_near {
            return None;
        }
        let (audience, next) = (message.audience.unwrap_or("customers"), message.window);
        let next = next.map_or_else(String::new, |next| format!(" of {}", plan.windows[next].start.date()));
        let (text, help) = match is_back {
            true => (
                format!(
                    "{audience} were told of the window of {day}, which was rolled back, and not of the next{next}"
                ),
                "add a notification to them of the next window, and send it",
            ),
            false => (
                format!("{audience} were told of the window of {day}, and not that it was put off"),
                "add a notification to them with `stage: postponed`, and send it",
            ),
        };
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("windows.{from}.outcome"), text);
        return Some(finding.label("told of before").help(help));
    };
    if message.stage == MessageStage::Before {
        return None;
    }
    overdue(subject, number, message).or_else(|| late(subject, plan, number, message))
}

/// Work that was called off after customers had been told of it.
fn called_off(subject: &Subject<'_>, message: &Message<'_>) -> Option<Finding> {
    let Some(number) = message.number else {
        let text =
            format!("{} were told of this, and not that it was called off", message.audience.unwrap_or("customers"));
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, "status", text);
        let help = "add a notification to them with `stage: cancelled`, and send it";
        return Some(finding.label("told of before").help(help));
    };
    overdue(subject, number, message)
}

/// Messages that name a window which the plan has not.
fn no_such_window(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let named = plan.notifications.iter().enumerate().filter(|(_, message)| plan.names_no_window(message));
    let finding = |(number, _)| {
        let path = format!("notifications.{number}.window");
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &path, "no window of this plan begins on that day");
        finding.label("of which window?").help("write the day on which the window begins of which the message tells")
    };
    named.map(finding).collect()
}

/// `to` whom a message goes, where it says so.
fn to(message: &Message<'_>) -> String {
    message.audience.map_or_else(String::new, |to| format!(" to {to}"))
}

struct Reason {
    path: String,
    sentence: Cow<'static, str>,
}

/// Why customers have to be told.
fn reason(subject: &Subject<'_>, plan: &Plan) -> Option<Reason> {
    let Some(noticed) = plan.noticed() else {
        let book = subject.context.book;
        let change = &book.get(book.noticed_change(subject.index)?).header().id;
        let sentence = format!("{change} says that somebody outside will notice it").into();
        return Some(Reason { path: subject.first_of(&["changes", "status"]).to_owned(), sentence });
    };
    Some(match noticed {
        Noticed::ExternalParties => {
            Reason { path: "effects.external_parties".to_owned(), sentence: "external parties will notice it".into() }
        }
        Noticed::Downtime(number) => {
            Reason { path: format!("windows.{number}.downtime"), sentence: "the service is away for a time".into() }
        }
    })
}
