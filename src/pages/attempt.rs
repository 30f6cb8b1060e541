//! Attempts and rollbacks: what was planned, what happened, what came of it.

use jiff::civil::Date;
use serde::Serialize;

use super::Context;
use super::row::{Badge, Link, link_to};
use super::time::{Day, Time};
use super::timeline::deviation;
use crate::record::{Kind, Plan, Window, WindowOutcome};

/// One attempt.
#[derive(Debug, Serialize)]
pub struct WindowView {
    /// Which attempt, from 1.
    pub attempt: usize,
    /// When it should start.
    pub start: Time,
    /// When it should end.
    pub end: Time,
    /// How long the service is away.
    pub downtime: Option<&'static str>,
    /// When it began.
    pub actual_start: Option<Time>,
    /// When it was over.
    pub actual_end: Option<Time>,
    /// How the two compare.
    pub deviation: Option<String>,
    /// What came of it.
    pub outcome: Option<Badge>,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<Day>,
}

/// A rollback and what came of it.
#[derive(Debug, Serialize)]
pub struct RollbackView {
    /// When it was decided.
    pub at: Option<Time>,
    /// What made it necessary.
    pub trigger: Option<String>,
    /// Why that happened.
    pub root_cause: Option<String>,
    /// What was done about it.
    pub resolution: Option<String>,
    /// When the service was back.
    pub restored_at: Option<Time>,
    /// The release that does it better.
    pub follow_up: Option<Link>,
    /// A window after the rolled-back one, if there is one.
    pub further_window: Option<WindowView>,
}

pub(super) fn window((number, window): (usize, &Window)) -> WindowView {
    WindowView {
        attempt: number + 1,
        start: Time::new(&window.start),
        end: Time::new(&window.end),
        downtime: window.downtime.map(|downtime| downtime.label()),
        actual_start: window.actual_start.as_ref().map(Time::new),
        actual_end: window.actual_end.as_ref().map(Time::new),
        deviation: deviation(window),
        outcome: window.outcome.map(|outcome| Badge {
            word: outcome.word(),
            label: outcome.label(),
            tone: match outcome {
                WindowOutcome::Deployed => "good",
                WindowOutcome::RolledBack => "bad",
                WindowOutcome::Postponed => "idle",
                WindowOutcome::Cancelled => "off",
            },
        }),
        approved_by: window.approved_by.clone(),
        approved_on: window.approved_on.map(Day::new),
    }
}

/// What came of the attempts behind the one that was taken back last: one `worked`, one is still `planned`, or some
/// `followed`; nothing where there are none.
pub(super) fn further(plan: &Plan, today: Date) -> Option<&'static str> {
    let taken_back = plan.attempt_taken_back()?;
    let behind = || plan.attempts().filter(|(number, _)| *number > taken_back).map(|(_, window)| window);
    let is_ahead = |window: &Window| window.outcome.is_none() && window.last_day() >= today;
    behind().next()?;
    if behind().any(|window| window.outcome == Some(WindowOutcome::Deployed)) {
        return Some("worked");
    }
    Some(if behind().any(is_ahead) { "planned" } else { "followed" })
}

pub(super) fn rollback(context: &Context<'_>, plan: &Plan) -> Option<RollbackView> {
    let of = plan.rollback.as_ref()?;
    let zone = plan.time_zone(&context.settings.time_zone);
    Some(RollbackView {
        at: of.at.as_ref().map(|at| Time::of_moment(at, zone)),
        trigger: of.trigger.clone(),
        root_cause: of.root_cause.clone(),
        resolution: of.resolution.clone(),
        restored_at: of.restored_at.as_ref().map(|at| Time::of_moment(at, zone)),
        follow_up: of.follow_up.as_ref().map(|release| link_to(context, Kind::Release, &release.id)),
        further_window: plan.further_attempt().map(window),
    })
}
