//! A plan in time: approvals, messages to customers, tests, attempts, a rollback and the review, in the order of time.

use jiff::Zoned;
use jiff::civil::Date;
use serde::Serialize;

use super::line::{Event, Line};
use super::stages;
use crate::pages::parts::chart::{Span, spans};
use crate::pages::parts::context::Context;
use crate::pages::parts::time::{days, minutes, zone_name};
use crate::record::{
    Approval, Decision, Notification, Phase, Plan, ReviewOutcome, Rollback, Status, Test, TestResult, Window,
    WindowOutcome, last_day,
};

/// Fewer events than this tell no more than the tables that they stand in.
const FEWEST: usize = 3;

/// The view of `partials/timeline.html`.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// The zone of all times: that of the first window, else that of the site.
    pub zone: String,
    /// What happened and what is planned, the earliest first.
    pub events: Vec<Event>,
}

/// The line of time of a plan that has more than status, people and dates; `None` where it has too few dates for one.
pub(crate) fn timeline(context: &Context<'_>, plan: &Plan) -> Option<TimelineView> {
    let zone = plan.time_zone(&context.settings.time_zone);
    let is_off = plan.status == Some(Status::Cancelled);
    let today = context.today;
    let mut line = Line { zone, today, is_off, events: Vec::new() };
    for (name, half) in [("Security review", &plan.impact.security), ("Operational review", &plan.impact.operational)] {
        line.extend(
            half.as_ref().and_then(|half| half.on.map(|on| (on, reviewed(name, half, on > today)))),
            Line::morning,
        );
    }
    for approval in &plan.approvals {
        match &approval.at {
            Some(at) => line.at(at, false, approved(approval, at.date() > today)),
            None => line.extend(approval.on.map(|on| (on, approved(approval, on > today))), Line::morning),
        }
    }
    for notification in &plan.notifications {
        let told = told(notification, plan, today);
        line.extend(notification.sent.or(notification.due).zip(told), Line::morning);
    }
    for test in &plan.tests {
        let place = if test.phase == Some(Phase::Post) { Line::evening } else { Line::morning };
        line.extend(test.on.map(|on| (on, tested(test, on > today))), place);
    }
    for (number, window) in plan.windows.iter().enumerate() {
        let name = match plan.windows.len() {
            1 => "Maintenance window".to_owned(),
            _ => format!("Attempt {}", number + 1),
        };
        attempt(&mut line, &name, window);
    }
    stages::events(&mut line, plan);
    if let Some(rollback) = &plan.rollback {
        rolled_back(&mut line, rollback);
    }
    for incident in &plan.incidents_caused {
        if let Some(detected) = incident.detected_at.as_ref().filter(|detected| detected.date <= today) {
            line.moment(detected, Event::done(format!("Incident {} detected", incident.id)));
        }
    }
    if let Some(review) = &plan.review {
        let held = || Event::done("Post-implementation review").detail(review.by.clone());
        line.extend(review.on.map(|on| (on, held())), Line::evening);
    }
    (line.events.len() >= FEWEST).then(|| TimelineView { zone: zone_name(zone).to_owned(), events: line.into_events() })
}

/// Planned against actual times, drawn; `None` where no attempt has both.
pub(crate) fn planned_and_actual(plan: &Plan) -> Option<String> {
    let attempts: Vec<(usize, &Window, &Zoned, &Zoned)> = plan
        .windows
        .iter()
        .enumerate()
        .filter_map(|(number, window)| {
            window.planned()?;
            Some((number, window, window.began()?, window.ended()?))
        })
        .collect();
    // All attempts on one scale: minutes since the planned start.
    let first = attempts.iter().map(|(_, window, start, _)| between(&window.start, start)).min()?.min(0);
    let last = |window: &Window, end| between(&window.start, &window.end).max(between(&window.start, end));
    let whole = attempts.iter().map(|(_, window, _, end)| last(window, end)).max()? - first;
    let span = |is_planned: bool, number: usize, window: &Window, from: &Zoned, to: &Zoned| {
        let label = if is_planned { "Planned" } else { "Actual" };
        let hours = format!("{label} {} \u{2013} {}", from.strftime("%H:%M"), to.strftime("%H:%M"));
        Span {
            label: if plan.windows.len() > 1 { format!("{}. {hours}", number + 1) } else { hours },
            number: minutes(between(from, to)),
            from: extent(between(&window.start, from) - first),
            length: extent(between(from, to)),
            is_planned,
        }
    };
    let rows: Vec<Span> = attempts
        .into_iter()
        .flat_map(|(number, window, start, end)| {
            [span(true, number, window, &window.start, &window.end), span(false, number, window, start, end)]
        })
        .collect();
    Some(spans("Planned and actual times", extent(whole), &rows))
}

/// How an attempt went compared with its plan: `began 5 min late, took 12 min longer than planned`.
pub(crate) fn deviation(window: &Window) -> Option<String> {
    let began = began(window).map(|began| format!("began {began}"));
    match (began, took(window)) {
        (Some(began), Some(took)) => Some(format!("{began}, {took}")),
        (began, _) => began,
    }
}

fn began(window: &Window) -> Option<String> {
    Some(match between(window.planned()?.0, window.began()?) {
        0 => "on time".to_owned(),
        late @ 1.. => format!("{} late", minutes(late)),
        early => format!("{} early", minutes(-early)),
    })
}

fn took(window: &Window) -> Option<String> {
    let (from, to) = window.planned()?;
    Some(match between(window.began()?, window.ended()?) - between(from, to) {
        0 => "took as long as planned".to_owned(),
        longer @ 1.. => format!("took {} longer than planned", minutes(longer)),
        shorter => format!("took {} less than planned", minutes(-shorter)),
    })
}

/// Whole minutes from one time to another.
fn between(from: &Zoned, to: &Zoned) -> i64 {
    to.timestamp().duration_since(from.timestamp()).as_mins()
}

fn extent(minutes: i64) -> usize {
    usize::try_from(minutes).unwrap_or(0)
}

fn reviewed(name: &str, half: &ReviewOutcome, is_ahead: bool) -> Event {
    let event = match half.outcome {
        Some(outcome) => Event::done(format!("{name}: {}", lower(outcome.label()))),
        None if is_ahead => Event::planned(name),
        None => Event::done(format!("{name}, no outcome recorded")),
    };
    event.detail(half.by.clone())
}

fn approved(approval: &Approval, is_ahead: bool) -> Event {
    let event = match approval.decision {
        Some(Decision::Approved) => Event::done("Approved"),
        Some(Decision::Rejected) => Event::done("Rejected"),
        None if is_ahead => Event::planned("Approval"),
        None => Event::done("Approval, no decision recorded"),
    };
    event.detail(approval.by.clone()).detail(approval.role.clone())
}

/// What became of a message to customers; nothing where it has no date.
fn told(notification: &Notification, plan: &Plan, today: Date) -> Option<Event> {
    let event = match (notification.sent, notification.due) {
        (Some(sent), _) if sent > today => Event::planned("Message to customers"),
        (Some(sent), due) => {
            let starts = plan.windows.iter().map(|window| window.start.date());
            let next = starts.filter(|start| *start >= sent).min();
            let late = due.map(|due| days_between(due, sent)).filter(|late| *late > 0);
            Event::done("Customers told")
                .detail(next.map(|start| notice(days_between(sent, start))))
                .detail(late.map(|late| format!("{} after it was due", days(late))))
        }
        (None, Some(due)) if due < today && plan.status != Some(Status::Cancelled) => {
            Event::new("late", "Message to customers due, not recorded as sent")
        }
        (None, Some(_)) => Event::planned("Message to customers"),
        (None, None) => return None,
    };
    Some(event.detail(notification.audience.clone()).detail(notification.channel.clone()))
}

fn notice(before: i64) -> String {
    match before {
        0 => "on the day of the window".to_owned(),
        before => format!("{} before the window", days(before)),
    }
}

fn tested(test: &Test, is_ahead: bool) -> Event {
    let name = test.kind.as_deref().unwrap_or("Test");
    let event = match test.result {
        Some(result) if result != TestResult::Pending => {
            Event::done(format!("{}: {}", capital(name), lower(result.label())))
        }
        None if !is_ahead => Event::done(format!("{}, no result recorded", capital(name))),
        _ => Event::planned(capital(name)),
    };
    event.detail(test.phase.map(|phase| match phase {
        Phase::Pre => "test before the release",
        Phase::Post => "test after the release",
    }))
}

fn attempt(line: &mut Line<'_>, name: &str, window: &Window) {
    if let Some(on) = window.approved_on {
        line.morning(on, Event::done(format!("{name} approved")).detail(window.approved_by.clone()));
    }
    let ended = match window.outcome {
        Some(outcome) => format!("{name}: {}", lower(outcome.label())),
        None => format!("{name} ended"),
    };
    match (&window.actual_start, &window.actual_end) {
        (None, None) => {
            let length = window.planned().map(|(from, to)| minutes(between(from, to)));
            let event = match window.outcome {
                None => Event::planned(name),
                Some(WindowOutcome::Postponed | WindowOutcome::Cancelled) => Event::new("off", ended),
                Some(_) => Event::done(ended),
            };
            line.at(&window.start, window.days.planned(), event.detail(length));
        }
        (start, end) => {
            if let Some(start) = start {
                line.at(start, window.days.actual_start, Event::done(format!("{name} began")).detail(began(window)));
            }
            if let Some(end) = end {
                let event = Event::done(ended).detail(took(window));
                match window.days.actual_end {
                    true => line.evening(last_day(end), event),
                    false => line.at(end, false, event),
                }
            }
        }
    }
}

fn rolled_back(line: &mut Line<'_>, rollback: &Rollback) {
    if let Some(at) = &rollback.at {
        line.moment(at, Event::done("Rollback decided"));
    }
    if let Some(restored) = &rollback.restored_at {
        let decided = rollback.at.as_ref().filter(|at| at.time.is_some() && restored.time.is_some());
        let after = decided.map(|at| restored.timestamp(line.zone).duration_since(at.timestamp(line.zone)).as_mins());
        let after = after.filter(|after| *after >= 0).map(|after| format!("{} after the decision", minutes(after)));
        line.moment(restored, Event::done("Service restored").detail(after));
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn lower(label: &str) -> String {
    label.to_lowercase()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
