//! RB306: effects on external parties or downtime, and no notification sent before the work began.

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Downtime, Part, Plan};

/// Effects on external parties or downtime, and no notification sent before the work began.
pub const CUSTOMERS_NOT_TOLD: Lint = Lint::process(
    "RB306",
    "customers-not-told",
    "downtime or effects on external parties, and nobody outside was told before",
    include_str!("customers_not_told.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, _)) = own_plan(subject).filter(|(_, status)| status.has_begun()) else { return Vec::new() };
    let (Some(start), Some(why)) = (plan.attempts().map(|(_, window)| window.start_day()).min(), reason(plan)) else {
        return Vec::new();
    };
    let is_told = plan.notifications.iter().any(|told| told.sent.is_some_and(|sent| sent <= start));
    let is_said_elsewhere = plan.notifications.is_empty()
        && subject.readiness().is_some_and(|readiness| readiness.missing.contains(&Part::Notifications));
    if is_told || is_said_elsewhere {
        return Vec::new();
    }
    let first_sent = plan.notifications.iter().enumerate().find(|(_, told)| told.sent.is_some());
    let (path, label) = match first_sent {
        Some((number, _)) => (format!("notifications.{number}.sent"), "later than that"),
        None if plan.notifications.is_empty() => (why.path, "those who notice it should know before"),
        None => ("notifications.0".to_owned(), "not sent yet"),
    };
    let message = format!("{}, and no notification was sent by {start}, when the work began", why.sentence);
    vec![
        subject
            .finding(&CUSTOMERS_NOT_TOLD, &path, message)
            .label(label)
            .help("under `notifications`, give the day on which the message left as `sent`"),
    ]
}

struct Reason {
    path: String,
    sentence: &'static str,
}

/// Why customers have to be told.
fn reason(plan: &Plan) -> Option<Reason> {
    if !plan.effects.external_parties.is_empty() {
        let path = "effects.external_parties".to_owned();
        return Some(Reason { path, sentence: "external parties will notice it" });
    }
    let is_away = |down: Option<Downtime>| matches!(down, Some(Downtime::Partial | Downtime::Full));
    let (number, _) = plan.attempts().find(|(_, window)| is_away(window.downtime))?;
    Some(Reason { path: format!("windows.{number}.downtime"), sentence: "the service is away for a time" })
}
