//! What follows for a standard change: how its changes went.

use schemars::JsonSchema;
use serde::Serialize;

use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::StandardChange;

/// How the changes of a standard change went.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ModelFacts {
    /// How many changes are made by it.
    changes: usize,
    /// How many of them are over.
    over: usize,
    /// How many of those were deployed and never taken back.
    successful: usize,
    /// Whether its last day is over.
    has_run_out: bool,
}

impl ModelFacts {
    /// How the changes of a standard change went; nothing in an edition, which need not have them.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex, model: &StandardChange) -> Option<ModelFacts> {
        let of = context.edition.name().is_none().then(|| context.edition.model_record(index))?;
        Some(ModelFacts {
            changes: context.edition.changes_of_model(index).count(),
            over: of.over,
            successful: of.successful,
            has_run_out: model.valid_until.is_some_and(|last| last < context.today),
        })
    }
}
