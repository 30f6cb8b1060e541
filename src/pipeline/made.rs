//! What a preview shows, read and linked for its audience.

use anyhow::Result;
use jiff::civil::Date;

use super::examine::{link_records, settle};
use super::texts::{Former, Loaded, Texts};
use super::themed::engine;
use crate::book::Surroundings;
use crate::check::check as hold_process;
use crate::diag::Found;
use crate::edition::{Audience, Edition};
use crate::theme::{Engine, Layers};

/// What was read and linked for an audience.
pub(super) struct Made {
    pub loaded: Loaded,
    pub edition: Edition,
    /// What was found in all records, where the audience does not see them all: later nobody could tell.
    pub of_all: Option<Found>,
    /// All records, in that case.
    pub former: Option<Former>,
}

impl Made {
    /// Reads and links.
    pub(super) fn new(texts: Texts, former: Former, audience: &Audience, today: Date) -> Made {
        let mut loaded = texts.into_records(None, former);
        let book = link_records(&mut loaded, today);
        let hides = audience.edition.is_some()
            || (!audience.with_drafts && book.tables.iter().any(|(_, record)| record.header().draft));
        let (mut of_all, mut former) = (None, None);
        if hides {
            let mut all = loaded.found.clone();
            all.extend(hold_process(&book, &loaded.settings, loaded.found.levels(), today));
            settle(&book, today, &mut all);
            of_all = Some(all);
            let records = book.tables.iter().map(|(_, record)| record.clone()).collect();
            former = Some(Former::new(records, &book.sources, loaded.found.findings()));
        }
        let edition = Edition::new(book, loaded.files.clone(), audience, &loaded.settings.time_zone, today);
        Made { loaded, edition, of_all, former }
    }

    /// What a record that is read anew is read with.
    pub(super) fn surroundings(&self, today: Date) -> Surroundings {
        Surroundings {
            time_zone: self.loaded.settings.time_zone.clone(),
            today,
            levels: self.loaded.found.levels().clone(),
            unread: self.loaded.unread.clone(),
        }
    }
}

/// The built-in theme, for a site.
pub(super) fn built_in(made: &Made, today: Date) -> Result<Engine> {
    engine(&Layers::default(), &made.edition, &made.loaded.settings, today)
        .map_err(|unmade| anyhow::anyhow!("{}: {}", unmade.what, unmade.fault.message))
}
