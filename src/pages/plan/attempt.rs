//! Attempts and rollbacks: what was planned, what happened, what came of it.

use jiff::civil::Date;
use serde::Serialize;

use super::timeline::deviation;
use crate::book::RecordIndex;
use crate::pages::calendar::{Exempt, exemptions};
use crate::pages::parts::context::Context;
use crate::pages::parts::row::{Badge, Link, Term, link_to};
use crate::pages::parts::time::{Day, When};
use crate::record::{Kind, Plan, Window, WindowOutcome, last_day};

/// One attempt.
#[derive(Debug, Serialize)]
pub struct WindowView {
    /// Which attempt, from 1.
    pub attempt: usize,
    /// Its own name.
    pub name: Option<String>,
    /// When it should be.
    pub planned: When,
    /// How long the service is away.
    pub downtime: Option<Term>,
    /// When it was, where both its ends are known alike: to the minute, or by the day.
    pub actual: Option<When>,
    /// Else when it began.
    pub began: Option<When>,
    /// And when it was over.
    pub over: Option<When>,
    /// How the two compare.
    pub deviation: Option<String>,
    /// What came of it.
    pub outcome: Option<Badge>,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<Day>,
    /// The freezes that it stands in and that let it through.
    pub exemptions: Vec<Exempt>,
}

/// A rollback and what came of it.
#[derive(Debug, Serialize)]
pub struct RollbackView {
    /// When it was decided.
    pub at: Option<When>,
    /// What made it necessary.
    pub trigger: Option<String>,
    /// Why that happened.
    pub root_cause: Option<String>,
    /// What was done about it.
    pub resolution: Option<String>,
    /// When the service was back.
    pub restored_at: Option<When>,
    /// The release that does it better.
    pub follow_up: Option<Link>,
    /// A window after the rolled-back one, if there is one.
    pub further_window: Option<WindowView>,
}

pub(in crate::pages) fn window(
    context: &Context<'_>,
    record: RecordIndex,
    (number, window): (usize, &Window),
) -> WindowView {
    let [actual, began, over] = actual(window);
    let attempt = context.edition.schedule.attempt(record, number as u32, window, &context.settings.time_zone);
    WindowView {
        attempt: number + 1,
        name: window.id.clone(),
        planned: When::stretch(&window.start, &window.end),
        downtime: window.downtime.map(Term::new),
        actual,
        began,
        over,
        deviation: deviation(window),
        outcome: window.outcome.map(Badge::new),
        approved_by: window.approved_by.clone(),
        approved_on: window.approved_on.map(Day::new),
        exemptions: attempt.map(|attempt| exemptions(context, attempt, None)).unwrap_or_default(),
    }
}

/// What came of the attempts behind the one that was taken back last: one `worked`, one is still `planned`, or some
/// `followed`; nothing where there are none.
pub(in crate::pages) fn further(plan: &Plan, today: Date) -> Option<&'static str> {
    let taken_back = plan.attempt_taken_back()?;
    let behind = || plan.attempts().filter(|(number, _)| *number > taken_back).map(|(_, window)| window);
    let is_ahead = |window: &Window| window.outcome.is_none() && window.last_day() >= today;
    behind().next()?;
    if behind().any(|window| window.outcome == Some(WindowOutcome::Deployed)) {
        return Some("worked");
    }
    Some(if behind().any(is_ahead) { "planned" } else { "followed" })
}

/// When an attempt was; else when it began, and when it was over. A day alone has no hour.
fn actual(window: &Window) -> [Option<When>; 3] {
    let days = window.days;
    let began = window.actual_start.as_ref().map(|at| match days.actual_start {
        true => When::day(at.date()),
        false => When::point(at),
    });
    let over = window.actual_end.as_ref().map(|at| match days.actual_end {
        true => When::day(last_day(at)),
        false => When::point(at),
    });
    match (&window.actual_start, &window.actual_end) {
        (Some(start), Some(end)) if days.actual_start == days.actual_end => {
            [Some(When::stretch(start, end)), None, None]
        }
        _ => [None, began, over],
    }
}

pub(in crate::pages) fn rollback(context: &Context<'_>, record: RecordIndex, plan: &Plan) -> Option<RollbackView> {
    let of = plan.rollback.as_ref()?;
    let zone = plan.time_zone(&context.settings.time_zone);
    Some(RollbackView {
        at: of.at.as_ref().map(|at| When::of_moment(at, zone)),
        trigger: of.trigger.clone(),
        root_cause: of.root_cause.clone(),
        resolution: of.resolution.clone(),
        restored_at: of.restored_at.as_ref().map(|at| When::of_moment(at, zone)),
        follow_up: of.follow_up.as_ref().map(|release| link_to(context, Kind::Release, &release.id)),
        further_window: plan.further_attempt().map(|of| window(context, record, of)),
    })
}
