//! RB306: customers who are told late or not at all: of work that they will notice, of a window that was put off, of work
//! that was called off.

use jiff::civil::Date;

use super::subject::Subject;
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
    let messages = plan.messages(&subject.context.settings.process, subject.context.today);
    let of_stage = |stage| messages.iter().filter(move |message: &&Message<'_>| message.stage == stage);
    match status {
        Status::Draft | Status::Assessment => Vec::new(),
        Status::Cancelled => of_stage(MessageStage::Cancelled).filter_map(|of| called_off(subject, plan, of)).collect(),
        _ => {
            let mut findings = before(subject, plan, status, &messages);
            findings.extend(of_stage(MessageStage::Postponed).filter_map(|of| put_off(subject, plan, of)));
            findings
        }
    }
}

/// What is wrong with the messages of work to come, of work that somebody outside notices.
fn before(subject: &Subject<'_>, plan: &Plan, status: Status, messages: &[Message<'_>]) -> Vec<Finding> {
    let (Some(start), Some(why)) = (plan.attempts().map(|(_, window)| window.start_day()).min(), reason(plan)) else {
        return Vec::new();
    };
    let messages: Vec<&Message<'_>> = messages.iter().filter(|message| message.stage == MessageStage::Before).collect();
    let numbered = messages.iter().filter_map(|message| Some((message.number?, *message)));
    let mut findings: Vec<Finding> = match (messages.iter().find(|of| of.number.is_none()), status.has_begun()) {
        (Some(none), _) => unplanned(subject, status, none, start, &why).into_iter().collect(),
        (None, true) => unsent(subject, plan, &messages, start, &why),
        (None, false) => numbered.clone().filter_map(|(number, of)| overdue(subject, number, of)).collect(),
    };
    if findings.is_empty() {
        findings.extend(numbered.filter_map(|(number, of)| late(subject, number, of, start)));
    }
    findings
}

/// Nobody is to be told, although the work has begun or is near.
fn unplanned(
    subject: &Subject<'_>,
    status: Status,
    message: &Message<'_>,
    start: Date,
    why: &Reason,
) -> Option<Finding> {
    let is_said_elsewhere =
        subject.readiness().is_some_and(|readiness| readiness.missing.contains(&Part::Notifications));
    let is_near = message.due.is_some_and(|due| due <= subject.context.today);
    if is_said_elsewhere || !(status.has_begun() || is_near) {
        return None;
    }
    let message = match status.has_begun() {
        true => format!("{}, and no notification was sent by {start}, when the work began", why.sentence),
        false => format!("{}, and nobody is to be told before {start}, when the work begins", why.sentence),
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

/// A message that should have left by now.
fn overdue(subject: &Subject<'_>, number: usize, message: &Message<'_>) -> Option<Finding> {
    let due = message.due.filter(|due| *due < subject.context.today && message.sent.is_none())?;
    let key = if message.is_due_by_rule { "" } else { ".due" };
    let to = message.audience.map_or_else(String::new, |to| format!(" to {to}"));
    let text = format!("the message{to} had to leave by {due}, and is not sent");
    let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("notifications.{number}{key}"), text);
    Some(finding.label("not sent yet").help("send it, and give the day on which it left as `sent`"))
}

/// A message that leaves later than the site wants its audience to be told.
fn late(subject: &Subject<'_>, number: usize, message: &Message<'_>, start: Date) -> Option<Finding> {
    let days = subject.context.settings.process.own_notice_days(message.audience)?;
    let (key, leaves) = match (message.sent, message.due) {
        (Some(sent), _) => ("sent", sent),
        (None, due) => ("due", due?),
    };
    let ahead = leaves.until(start).map_or(0, |span| i64::from(span.get_days()));
    if ahead >= i64::from(days) {
        return None;
    }
    let to = message.audience.unwrap_or_default();
    let text = format!("{to} have to be told {days} days before the work, and this is {} before it", ahead.max(0));
    let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("notifications.{number}.{key}"), text);
    Some(finding.label("too late for this audience").help("send it earlier, or move the work"))
}

/// A window that was put off after customers had been told of it.
fn put_off(subject: &Subject<'_>, plan: &Plan, message: &Message<'_>) -> Option<Finding> {
    let window = plan.window_put_off(subject.context.today)?;
    let Some(number) = message.number else {
        let day = plan.windows[window].start.date();
        let text = format!("customers were told of the window of {day}, and not that it was put off");
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, &format!("windows.{window}.outcome"), text);
        return Some(finding.label("told of before").help("add a notification with `stage: postponed`, and send it"));
    };
    overdue(subject, number, message)
}

/// Work that was called off after customers had been told of it.
fn called_off(subject: &Subject<'_>, plan: &Plan, message: &Message<'_>) -> Option<Finding> {
    let told = plan.told_by(None, subject.context.today)?;
    let Some(number) = message.number else {
        let text = format!("customers were told of this on {told}, and not that it was called off");
        let finding = subject.finding(&CUSTOMERS_NOT_TOLD, "status", text);
        return Some(finding.label("told of before").help("add a notification with `stage: cancelled`, and send it"));
    };
    overdue(subject, number, message)
}

struct Reason {
    path: String,
    sentence: &'static str,
}

/// Why customers have to be told.
fn reason(plan: &Plan) -> Option<Reason> {
    Some(match plan.noticed()? {
        Noticed::ExternalParties => {
            Reason { path: "effects.external_parties".to_owned(), sentence: "external parties will notice it" }
        }
        Noticed::Downtime(number) => {
            Reason { path: format!("windows.{number}.downtime"), sentence: "the service is away for a time" }
        }
    })
}
