//! How a plan that was carried out was kept to the process, as an auditor asks for it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{self, Keeping, RecordIndex};
use crate::pages::Context;

/// How a part of the process was kept.
#[derive(Debug, Serialize, JsonSchema)]
struct Kept {
    /// `in-time`, `late`, `ahead` where there is time still, `missing`, or `not-wanted`.
    state: &'static str,
    /// The day on which it was done (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
}

impl From<Keeping> for Kept {
    fn from(of: Keeping) -> Kept {
        let (state, day) = match of {
            Keeping::NotWanted(day) => ("not-wanted", day),
            Keeping::InTime(day) => ("in-time", day),
            Keeping::Late(day) => ("late", Some(day)),
            Keeping::Ahead => ("ahead", None),
            Keeping::Missing => ("missing", None),
        };
        Kept { state, day: day.map(|day| day.to_string()) }
    }
}

/// How a plan that was carried out was kept to the process.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Audit {
    /// The day on which the first attempt began (ISO 8601); null where none is recorded.
    start: Option<String>,
    /// The approval that was first.
    approved: Kept,
    /// Whether whoever approved, as far as that is named, asked for the work or did it.
    approved_by_involved: bool,
    /// The security review.
    security: Kept,
    /// The operational review.
    operational: Kept,
    /// A passed test before.
    tested: Kept,
    /// The message that was sent first.
    told: Kept,
    /// The post-implementation review.
    reviewed_after: Kept,
}

impl Audit {
    /// How a release, or a change that ships alone, was kept; nothing where none of it was carried out.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> Option<Audit> {
        let of = book::Audit::new(context.edition, index, &context.settings.process, context.today)?;
        Some(Audit {
            start: of.start.map(|day| day.to_string()),
            approved: of.approved.into(),
            approved_by_involved: of.is_by_involved,
            security: of.security.into(),
            operational: of.operational.into(),
            tested: of.tested.into(),
            told: of.told.into(),
            reviewed_after: of.reviewed_after.into(),
        })
    }
}
