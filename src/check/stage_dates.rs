//! RB314: stages of a rollout that end before they begin, begin too soon, or lie in no window.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::date_order::impossible;
use super::subject::Subject;
use crate::diag::Finding;
use crate::read::Moment;
use crate::record::{Plan, Window};

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(plan) = subject.record.plan().filter(|plan| !plan.stages.is_empty()) else { return Vec::new() };
    let zone = plan.time_zone(&subject.context.settings.time_zone);
    let windows = Windows::new(plan);
    let mut findings = Vec::new();
    // The stage that ends last of those so far, by its first possible end.
    let mut before: Option<(Timestamp, usize)> = None;
    for (number, stage) in plan.stages.iter().enumerate() {
        let [start, end] = [&stage.start, &stage.end].map(|at| at.as_ref().map(|at| (known(at, zone), at.span)));
        if let (Some((start, _)), Some((end, span))) = (start, end)
            && end.last <= start.first
        {
            let message = format!("stage {} ends before it begins", number + 1);
            findings.push(impossible(subject.at(span), message, "earlier than it can be"));
            continue;
        }
        if stage.is_off() {
            continue;
        }
        let times: Vec<Known> = [start, end].into_iter().flatten().map(|(at, _)| at).collect();
        if let (Some((start, span)), Some((ended, other))) = (start, before)
            && start.last < ended
        {
            let message = format!("stage {} begins before stage {} is over", number + 1, other + 1);
            findings.push(impossible(subject.at(span), message, "earlier than it can be"));
        } else if let Some((_, span)) = start.or(end)
            && !windows.have(&times)
        {
            let message = format!("stage {} lies in no window of its plan", number + 1);
            findings.push(impossible(subject.at(span), message, "in none of the windows from beginning to end"));
        }
        before = before.max(end.map(|(end, _)| (end.first, number)));
    }
    findings
}

/// The first and the last point in time that a moment may mean: a day alone is any of its hours.
fn known(moment: &Moment, zone: &TimeZone) -> Known {
    let first = moment.timestamp(zone);
    let next = moment.date.tomorrow().ok().filter(|_| moment.time.is_none());
    let last = next.and_then(|next| moment.zone.as_ref().unwrap_or(zone).to_timestamp(next.at(0, 0, 0, 0)).ok());
    Known { first, last: last.unwrap_or(first) }
}

/// When something was, as far as that is written.
#[derive(Clone, Copy)]
struct Known {
    first: Timestamp,
    last: Timestamp,
}

/// The windows of a plan with the time that they took: the earliest start first, each with the latest end up to there.
struct Windows(Vec<(Timestamp, Timestamp)>);

impl Windows {
    fn new(plan: &Plan) -> Windows {
        let taken = |window: &Window| {
            let [start, end] = [&window.start, &window.end].map(|at| at.timestamp());
            let began = window.actual_start.as_ref().map_or(start, |at| at.timestamp());
            let ended = window.actual_end.as_ref().map_or(end, |at| at.timestamp());
            (start.min(began), end.max(ended))
        };
        let mut windows: Vec<(Timestamp, Timestamp)> = plan.windows.iter().map(taken).collect();
        windows.sort_unstable();
        let mut latest = Timestamp::MIN;
        for (_, end) in &mut windows {
            latest = latest.max(*end);
            *end = latest;
        }
        Windows(windows)
    }

    /// Whether one of them can have all of what is known of a stage; a plan without windows has nothing to lie in.
    fn have(&self, known: &[Known]) -> bool {
        let (Some(before), Some(behind)) =
            (known.iter().map(|at| at.last).min(), known.iter().map(|at| at.first).max())
        else {
            return true;
        };
        let begun = self.0.partition_point(|(start, _)| *start <= before);
        self.0.is_empty() || self.0[..begun].last().is_some_and(|(_, latest)| behind <= *latest)
    }
}
