//! RB501: confirmed for longer than the policy's days, and neither a workaround nor `none` said.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{KnownErrorStatus, PlanSection, Record, WorkaroundStatus};

/// Confirmed for longer than the policy's days, and neither a workaround nor `none` said.
pub const NO_WORKAROUND: Lint = Lint::process(
    "RB501",
    "no-workaround",
    "confirmed for long, and neither a workaround nor `none` said",
    include_str!("no_workaround.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::KnownError(known) = subject.record else { return Vec::new() };
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let is_workaround = |section: &PlanSection| matches!(section, PlanSection::Workaround | PlanSection::Workarounds);
    let has_heading =
        body.sections.iter().any(is_workaround) || body.empty.iter().any(|(section, _)| is_workaround(section));
    let is_confirmed = matches!(known.status, Some(KnownErrorStatus::Confirmed | KnownErrorStatus::Mitigated));
    let is_said = known.workaround.is_some() || known.workaround_status == Some(WorkaroundStatus::None) || has_heading;
    let (true, false, Some(detected)) = (is_confirmed, is_said, known.detected) else { return Vec::new() };
    let days = subject.days_since(detected);
    if days <= i64::from(subject.context.settings.process.days.workaround) {
        return Vec::new();
    }
    vec![
        subject
            .finding(
                &NO_WORKAROUND,
                subject.first_of(&["workaround_status", "status"]),
                format!("this has been known for {days} days, and nobody says how to live with it"),
            )
            .label("a workaround is wanted, or the word that there is none")
            .help("add `workaround: …` or a section `## Workaround`; where nothing helps, `workaround_status: none`"),
    ]
}
