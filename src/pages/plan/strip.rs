//! The status strip: the way from draft to closed, with the days that the record has of it.

use jiff::civil::Date;
use serde::Serialize;

use crate::pages::parts::context::Context;
use crate::pages::parts::fragments::Key;
use crate::pages::parts::time::Day;
use crate::record::{Decision, Plan, Status, Window, WindowOutcome};

/// The view of `partials/strip.html`.
#[derive(Debug, Serialize)]
struct StripView {
    steps: Vec<Step>,
}

/// A step of the status strip.
#[derive(Debug, Serialize)]
struct Step {
    /// `draft`, …
    word: &'static str,
    /// `Draft`, …
    label: &'static str,
    /// `done`, which has its day; `now`; `unknown`, passed on a day that is not recorded; or `ahead`.
    state: &'static str,
    /// The day that the record has of it, up to the day of the build.
    day: Option<Day>,
}

/// The strip as HTML; nothing for a record without a status, for a cancelled one, and in an edition: the way that a plan
/// takes in the house is none of its readers' business.
pub(in crate::pages) fn strip(context: &Context<'_>, plan: &Plan) -> String {
    let mut html = String::new();
    let is_inside = context.edition.name().is_none();
    let Some(status) = plan.status.filter(|status| is_inside && *status != Status::Cancelled) else { return html };
    let view = StripView { steps: steps(plan, status, context.today) };
    let key = |part: &mut Key| {
        for step in &view.steps {
            part.push(step.word);
            part.push(step.state);
            part.push(step.day.as_ref().map_or("", |day| &day.iso));
        }
    };
    context.fragments.push(&mut html, context, "partials/strip.html", key, || &view);
    html
}

fn steps(plan: &Plan, status: Status, today: Date) -> Vec<Step> {
    use Status::{Approved, Assessment, Closed, Deployed, Draft, InProgress, RolledBack, Scheduled};
    let tried = if plan.is_rolled_back() { RolledBack } else { Deployed };
    let way = [Draft, Assessment, Approved, Scheduled, InProgress, tried, Closed];
    let is_current = |step: &Status| *step == status || (*step == tried && status == Deployed);
    let current = way.iter().position(is_current).unwrap_or_default();
    let step = |(place, step): (usize, Status)| {
        let day = reached_on(plan, status, step).filter(|day| place <= current && *day <= today);
        let state = match place {
            _ if place == current => "now",
            _ if place > current => "ahead",
            _ if day.is_some() => "done",
            _ => "unknown",
        };
        Step { word: step.word(), label: step.label(), state, day: day.map(Day::new) }
    };
    way.into_iter().enumerate().map(step).collect()
}

/// The day on which a plan came to a step, where the record has it; of several attempts the one that its status is of.
fn reached_on(plan: &Plan, status: Status, step: Status) -> Option<Date> {
    let last = |is_it: &dyn Fn(Option<WindowOutcome>) -> bool| plan.windows.iter().rev().find(|w| is_it(w.outcome));
    let deployed = || last(&|outcome| outcome == Some(WindowOutcome::Deployed));
    let taken_back = || last(&|outcome| outcome == Some(WindowOutcome::RolledBack));
    let attempt: Option<&Window> = match status {
        _ if plan.is_rolled_back() => taken_back(),
        status if status.is_ahead() => last(&|outcome| outcome.is_none()),
        _ => deployed(),
    };
    match step {
        Status::Assessment => {
            [&plan.impact.security, &plan.impact.operational].into_iter().flatten().filter_map(|half| half.on).max()
        }
        Status::Approved => {
            let is_given = plan.approvals.iter().all(|of| of.decision == Some(Decision::Approved) && of.on.is_some());
            plan.approvals.iter().filter_map(|approval| approval.on).max().filter(|_| is_given)
        }
        Status::Scheduled => attempt?.approved_on,
        Status::InProgress => Some(attempt?.actual_start.as_ref()?.date()),
        Status::Deployed => Some(deployed()?.actual_end.as_ref()?.date()),
        Status::RolledBack => {
            let decided = plan.rollback.as_ref().and_then(|rollback| Some(rollback.at.as_ref()?.date));
            decided.or_else(|| Some(taken_back()?.actual_end.as_ref()?.date()))
        }
        Status::Draft | Status::Closed | Status::Cancelled => None,
    }
}
