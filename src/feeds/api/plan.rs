//! What follows from the whole of the records for the plan of a release or change.

use schemars::JsonSchema;
use serde::Serialize;

use super::audit::Audit;
use super::card::Card;
use super::conflict::{Conflict, conflicts};
use super::deviation::Deviation;
use super::known_error::standing;
use super::reference::Named;
use super::taught::Taught;
use crate::book::RecordIndex;
use crate::pages::{Context, Recording};
use crate::record::{Kind, Part, Plan, Status};

/// A plan held against the process.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Readiness {
    /// The parts that the status wants, by their words: `approvals`, `impact.security`, and so on.
    wanted: Vec<&'static str>,
    /// Those of them that are not there.
    missing: Vec<&'static str>,
    /// The parts that a later status wants.
    later: Vec<&'static str>,
    /// Every part that is there, wanted or not.
    present: Vec<&'static str>,
}

/// The commit that wrote an approval.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ApprovalRecorded {
    /// The commit, by its whole name.
    commit: String,
    /// Who made it.
    author: String,
    /// When (RFC 3339); null where the commit does not say so.
    at: Option<String>,
}

/// A known error that a release has.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CarriedError {
    /// The known error.
    #[serde(flatten)]
    known_error: Card,
    /// The release that introduced it; null where this release, or the known error, says so itself.
    since: Option<Named>,
}

/// The known errors that a release has.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Carried {
    /// How many there are.
    total: usize,
    /// How many of them are still open.
    open: usize,
    /// The first of them; all of them are among the known errors of the release's service.
    items: Vec<CarriedError>,
}

/// What follows for a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PlanFacts {
    /// The plan held against the process; not there for what is cancelled, and in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    readiness: Option<Readiness>,
    /// What speaks against its windows, and freezes that let it through; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    conflicts: Option<Vec<Conflict>>,
    /// What was done otherwise than the process and the calendar say; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    deviations: Option<Vec<Deviation>>,
    /// How it was kept to the process, where it was carried out and no release delivers it; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<Audit>,
    /// What its configuration items have taught, where it is still to be carried out; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    taught: Option<Taught>,
    /// Of a release: `live`, `ahead`, `taken-back`, `called-off` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<&'static str>,
    /// The commit that wrote each approval, in the order of `approvals`; null where it is not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    approvals_recorded: Vec<Option<ApprovalRecorded>>,
    /// Of a release: the known errors that it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_errors: Option<Carried>,
}

impl PlanFacts {
    /// What follows for the plan of a record.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> PlanFacts {
        let whole = context.edition.name().is_none();
        PlanFacts {
            readiness: readiness(context, index, plan),
            conflicts: whole.then(|| conflicts(context, index, plan)),
            deviations: whole.then(|| context.deviations.of(index).map(|of| Deviation::new(context, of)).collect()),
            audit: whole.then(|| Audit::new(context, index)).flatten(),
            taught: Taught::new(context, index, plan),
            standing: standing_of(context, index),
            approvals_recorded: recorded(context, index),
            known_errors: carried(context, index),
        }
    }
}

fn readiness(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Option<Readiness> {
    // An edition shows a part of the plan only: what is not in it may be there all the same.
    if context.edition.name().is_some() || plan.status == Some(Status::Cancelled) {
        return None;
    }
    let of = context.edition.readiness(index, &context.settings.process)?;
    let words = |parts: &[Part]| parts.iter().map(|part| part.word()).collect();
    Some(Readiness {
        wanted: words(&of.wanted),
        missing: words(&of.missing),
        later: words(&of.later),
        present: words(&of.present),
    })
}

fn standing_of(context: &Context<'_>, index: RecordIndex) -> Option<&'static str> {
    let is_release = context.edition.get(index).kind() == Kind::Release;
    // Without its status and windows an edition would say `unknown` of what is known.
    let is_seen = context.edition.shows_all(&["status", "windows"], &[]);
    (is_release && is_seen).then(|| standing(context.edition.carry_forward.lineage.standing(index)))
}

fn recorded(context: &Context<'_>, index: RecordIndex) -> Vec<Option<ApprovalRecorded>> {
    if context.edition.name().is_some() {
        return Vec::new();
    }
    let source = context.edition.get(index).header().source;
    let path = source.map(|source| context.edition.sources[source].path.as_str());
    let all = path.and_then(|path| context.recordings.of.get(path)).map_or(&[][..], Vec::as_slice);
    let one = |of: &Recording| ApprovalRecorded {
        commit: of.commit.clone(),
        author: of.author.clone(),
        at: of.at.map(|at| at.to_string()),
    };
    all.iter().map(|of| of.as_ref().map(one)).collect()
}

fn carried(context: &Context<'_>, index: RecordIndex) -> Option<Carried> {
    let of = context.edition.carry_forward.of_release(index)?;
    let item = |(known, since): &(RecordIndex, Option<RecordIndex>)| CarriedError {
        known_error: Card::new(context, *known),
        since: since.map(|since| Named::new(context, since)),
    };
    Some(Carried { total: of.count, open: of.open, items: of.first.iter().map(item).collect() })
}
