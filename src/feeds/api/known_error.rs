//! What follows for a known error: what ends it, and which releases have it.

use schemars::JsonSchema;
use serde::Serialize;

use super::reference::Named;
use crate::book::{self, Direction, RecordIndex};
use crate::pages::Context;
use crate::record::{Relation, Standing};

/// The releases that have a known error since one that introduced it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Range {
    /// The release that introduced it.
    introduced: Named,
    /// How many releases have it.
    total: usize,
    /// The live releases that fixed it.
    fixed: Vec<Named>,
    /// The newest live release of the service.
    latest: Option<Named>,
    /// Whether that one has it.
    is_in_latest: Option<bool>,
}

/// A release that is said to resolve a known error.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Fix {
    /// Whether the record says that it resolves it (`fixed-in`) or that it should (`planned-fix`).
    relation: &'static str,
    /// The release.
    release: Named,
    /// What became of it: `live`, `ahead`, `taken-back`, `called-off`, or `unknown`.
    standing: &'static str,
}

/// What follows for a known error.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct KnownErrorFacts {
    /// The releases that are said to resolve it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    /// Which releases have it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ranges: Vec<Range>,
}

impl KnownErrorFacts {
    /// What follows for a known error.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> KnownErrorFacts {
        let edition = context.edition;
        let range = |of: &book::Range| Range {
            introduced: Named::new(context, of.introduced),
            total: of.count,
            fixed: of.fixed.iter().map(|release| Named::new(context, *release)).collect(),
            latest: of.latest.map(|(latest, _)| Named::new(context, latest)),
            is_in_latest: of.latest.map(|(_, is_in)| is_in),
        };
        let fixes = [Relation::FixedIn, Relation::PlannedFix].into_iter().flat_map(|relation| {
            let releases = edition.connections.others(index, relation, Direction::Forward);
            releases.iter().map(move |of| Fix {
                relation: relation.word(),
                release: Named::new(context, of.other),
                standing: standing(edition.carry_forward.lineage.standing(of.other)),
            })
        });
        KnownErrorFacts {
            fixes: fixes.collect(),
            ranges: edition.carry_forward.of_known_error(index).iter().map(range).collect(),
        }
    }
}

/// What became of a release, in a word.
pub(super) fn standing(of: Standing) -> &'static str {
    match of {
        Standing::Live => "live",
        Standing::Ahead => "ahead",
        Standing::TakenBack => "taken-back",
        Standing::CalledOff => "called-off",
        Standing::Unknown => "unknown",
    }
}
