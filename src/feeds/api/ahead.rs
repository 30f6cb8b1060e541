//! What is ahead of a configuration item or a service, and what runs.

use schemars::JsonSchema;
use serde::Serialize;

use super::card::Card;
use super::reference::Named;
use crate::book::{Brought, RecordIndex};
use crate::pages::{Context, stages_on, windows_ahead};
use crate::record::{Data, Record, data_of};

/// A window that is still to come.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WindowAhead {
    /// Whose it is.
    record: Card,
    /// Its keys, under their own names.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    window: Option<Data>,
    /// Which stages of the rollout are on in it on the day of the build.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
}

/// The next windows of some records, the first at first.
pub(super) fn ahead(context: &Context<'_>, records: &[RecordIndex]) -> Vec<WindowAhead> {
    let window = |(index, number): (RecordIndex, usize)| {
        let plan = context.edition.get(index).plan()?;
        let of = &plan.windows[number];
        let stretch = [of.start.timestamp(), of.end.timestamp()];
        Some(WindowAhead {
            record: Card::new(context, index),
            window: data_of(of),
            stage: stages_on(plan, stretch, context.today, &context.settings.time_zone),
        })
    };
    windows_ahead(context, records).into_iter().filter_map(window).collect()
}

/// A version that runs on a configuration item.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Running {
    /// The configuration item.
    item: Named,
    /// The version.
    version: Option<String>,
    /// What identifies its bytes: a checksum with its algorithm, or a commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// The release that brought it.
    release: Named,
    /// The day on which it did, in the site's zone (ISO 8601).
    since: String,
}

impl Running {
    /// What was brought to an item.
    pub(super) fn new(context: &Context<'_>, item: RecordIndex, brought: Brought) -> Option<Running> {
        let Record::Release(release) = context.edition.get(brought.release) else { return None };
        let component = release.components.get(brought.component as usize)?;
        Some(Running {
            item: Named::new(context, item),
            version: component.version.clone(),
            digest: component.digest.as_ref().map(|digest| digest.text().to_owned()),
            release: Named::new(context, brought.release),
            since: brought.at.to_zoned(context.settings.time_zone.clone()).date().to_string(),
        })
    }
}
