//! RB314: incidents that work caused, detected before it began or after the service was back.

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::date_order::impossible;
use super::subject::Subject;
use crate::book::Direction;
use crate::diag::Finding;
use crate::read::Moment;
use crate::record::{Plan, Relation, Window};

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(plan) = subject.record.plan().filter(|plan| !plan.incidents_caused.is_empty()) else { return Vec::new() };
    let of_site = &subject.context.settings.time_zone;
    let carried_out = carried_out(subject, plan);
    let attempts = carried_out.iter().flat_map(|plan| plan.attempts().map(|(_, attempt)| attempt));
    let first = attempts.map(Window::begins).min_by_key(|begins| begins.timestamp());
    let mut findings = Vec::new();
    for incident in &plan.incidents_caused {
        let Some(detected) = &incident.detected_at else { continue };
        let noticed = Noticed { at: detected, zone: plan.time_zone(of_site) };
        let place = subject.at(detected.span);
        let id = &incident.id;
        if let Some(first) = first.filter(|first| !noticed.is_since(first)) {
            let message = format!(
                "`{id}` was detected before the work that caused it began, on {}",
                first.strftime("%Y-%m-%d at %H:%M")
            );
            findings.push(impossible(place, message, "earlier than it can be"));
        } else if carried_out.iter().all(|plan| noticed.is_behind(plan, of_site)) {
            let message = format!("`{id}` was detected after the service was back from what caused it");
            findings.push(impossible(place, message, "later than it can be"));
        }
    }
    findings
}

/// The plans by which it was carried out: its own, or, of a change without windows, those of the releases that deliver it.
fn carried_out<'a>(subject: &Subject<'a>, plan: &'a Plan) -> Vec<&'a Plan> {
    let book = subject.context.book;
    let releases = book.connections.others(subject.index, Relation::Delivers, Direction::Backward).iter();
    let releases: Vec<&Plan> = releases.filter_map(|release| book.get(release.other).plan()).collect();
    if releases.is_empty() || !plan.windows.is_empty() { vec![plan] } else { releases }
}

/// When an incident was noticed, in the zone of the record that names it.
struct Noticed<'a> {
    at: &'a Moment,
    zone: &'a TimeZone,
}

impl Noticed<'_> {
    /// Whether it was noticed at a point in time or later; of a day alone, whether that can be.
    fn is_since(&self, begins: &Zoned) -> bool {
        match self.at.time {
            Some(_) => begins.timestamp() <= self.at.timestamp(self.zone),
            None => begins.date() <= self.at.date,
        }
    }

    /// Whether the service was back before from what a plan did, and no further attempt had begun.
    fn is_behind(&self, plan: &Plan, of_site: &TimeZone) -> bool {
        let Some(restored) = plan.rollback.as_ref().and_then(|rollback| rollback.restored_at.as_ref()) else {
            return false;
        };
        let back = restored.timestamp(plan.time_zone(of_site));
        let is_after = match (self.at.time, restored.time) {
            (Some(_), Some(_)) => back < self.at.timestamp(self.zone),
            _ => restored.date < self.at.date,
        };
        let is_further = |attempt: &Window| back < attempt.begins().timestamp() && self.is_since(attempt.begins());
        is_after && !plan.attempts().any(|(_, attempt)| is_further(attempt))
    }
}
