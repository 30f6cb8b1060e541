//! RB325: stages of a rollout that do not follow from one another.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Plan, Share, Stage, Status, Window, WindowOutcome};

/// Stages of a rollout that do not follow from one another.
pub const STAGE_ORDER: Lint = Lint::process(
    "RB325",
    "stage-order",
    "a rollout that shrinks, that goes on past a stage taken back, or that was closed before all had it",
    include_str!("stage_order.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(plan) = subject.record.plan().filter(|plan| !plan.stages.is_empty()) else { return Vec::new() };
    let finding = |stage: &Stage, message: String| Finding::new(&STAGE_ORDER, subject.at(stage.span), message);
    let mut findings = Vec::new();
    let mut reached: Option<(&Share, usize)> = None;
    let mut taken_back: Option<(&Stage, usize)> = None;
    for (number, stage) in plan.stages.iter().enumerate().filter(|(_, stage)| !stage.is_off()) {
        if stage.outcome == Some(WindowOutcome::RolledBack) {
            (reached, taken_back) = (None, Some((stage, number)));
            continue;
        }
        if let Some((back, of)) = taken_back.take_if(|_| stage.outcome == Some(WindowOutcome::Deployed))
            && !is_further_attempt(plan, back, stage)
        {
            let message = format!("stage {} was deployed, and stage {} before it was rolled back", number + 1, of + 1);
            findings.push(
                finding(stage, message)
                    .label("goes on in the same attempt")
                    .help("a rollout that was taken back goes on in a further window, which wants its own approval"),
            );
        }
        let Some(share) = &stage.share else { continue };
        if let Some((before, of)) = reached.filter(|(before, _)| share < *before) {
            let message = format!(
                "stage {} ends with {}, and stage {} with {} before it",
                number + 1,
                share.text(),
                of + 1,
                before.text()
            );
            findings.push(
                finding(stage, message)
                    .label("less than had it before")
                    .help("`share` counts what had it before in: write the sum, or `outcome: rolled-back` where it was taken back"),
            );
        }
        reached = Some((share, number));
    }
    findings.extend(unfinished(plan).map(|(number, stage)| {
        let message = match &stage.share {
            _ if !is_done(stage) => "closed as live, and none of its stages was deployed".to_owned(),
            Some(share) => format!("closed after stage {}, when {} had it", number + 1, share.text()),
            None => format!("closed after stage {}, which does not say its share", number + 1),
        };
        finding(stage, message)
            .label("not the whole")
            .help("add the stages that came after it, up to `share: 100 %`, or close the record when all have it")
    }));
    findings
}

/// Whether a stage lies in a window that begins after another stage began.
fn is_further_attempt(plan: &Plan, back: &Stage, stage: &Stage) -> bool {
    let (Some(back), Some(begins)) = (&back.begins, &stage.begins) else { return false };
    let is_between = |window: &Window| {
        let start = window.start.timestamp().min(window.begins().timestamp());
        back.timestamp() < start && start <= begins.timestamp()
    };
    plan.attempts().any(|(_, window)| is_between(window))
}

/// Whether nothing says that a stage was put off, called off or taken back.
fn is_done(stage: &Stage) -> bool {
    !stage.is_off() && stage.outcome != Some(WindowOutcome::RolledBack)
}

/// The last stage of what was closed and is live, where stages say their shares and this is not known to be the whole.
fn unfinished(plan: &Plan) -> Option<(usize, &Stage)> {
    if plan.status != Some(Status::Closed) || !plan.is_live() || plan.stages.iter().all(|stage| stage.share.is_none()) {
        return None;
    }
    let stages = || plan.stages.iter().enumerate();
    let last = stages().rfind(|(_, stage)| is_done(stage)).or_else(|| stages().next_back());
    last.filter(|(_, stage)| !is_done(stage) || !stage.share.as_ref().is_some_and(Share::is_whole))
}
