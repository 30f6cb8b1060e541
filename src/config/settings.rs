//! What a site sets. Everything has a default; an empty file is a site.

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::calendar::CalendarSettings;
use super::editions::EditionSettings;
use super::editor::Editor;
use super::references::References;
use super::tickets::Tickets;
use crate::diag::{Level, Profile};
use crate::record::{Lifecycle, Process};
use crate::source::{Ignore, Span};

/// What a site sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// What the home page says of the site, in a sentence or two.
    pub lead: Option<String>,
    /// Where it will be published, with a slash at its end.
    pub base_url: Option<String>,
    /// The zone of windows that name none, and of the calendar.
    pub time_zone: TimeZone,
    /// Language of the records (BCP 47).
    pub language: String,
    /// Folder of the records below the site's.
    pub content: String,
    /// Where `content` stands.
    pub content_span: Span,
    /// What of the site's folder is as if it were not there.
    pub ignore: Ignore,
    /// Where a record is edited; `{path}` is its path.
    pub edit_url: Option<String>,
    /// The editor that a preview opens sources in.
    pub editor: Option<Editor>,
    /// Whether images may come from other hosts.
    pub remote_images: bool,
    /// The set of levels.
    pub profile: Profile,
    /// Levels that differ from the profile's, as written.
    pub lints: Vec<(String, Span, Level)>,
    /// The codes of the lints that no record can silence; those of the profile where the site names none.
    pub never_allow: Option<Vec<String>>,
    /// Systems of record.
    pub tickets: Vec<Tickets>,
    /// What records may name only where the site knows it.
    pub references: References,
    /// What stands in the calendars that other programs subscribe to.
    pub calendar: CalendarSettings,
    /// Which parts a plan wants.
    pub process: Process,
    /// Which status may follow which.
    pub lifecycle: Lifecycle,
    /// Editions by name.
    pub editions: FxHashMap<String, EditionSettings>,
}

impl Settings {
    /// Takes what an edition sets for itself: its name, its address, and what its home page says. What the whole site's says
    /// is for the company's own staff.
    pub fn take_edition(&mut self, edition: &EditionSettings) {
        if let Some(title) = &edition.title {
            self.title.clone_from(title);
        }
        self.lead.clone_from(&edition.lead);
        if edition.base_url.is_some() {
            self.base_url.clone_from(&edition.base_url);
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: "Release records".to_owned(),
            lead: None,
            base_url: None,
            time_zone: TimeZone::UTC,
            language: "en".to_owned(),
            content: String::new(),
            content_span: Span::default(),
            ignore: Ignore::default(),
            edit_url: None,
            editor: None,
            remote_images: false,
            profile: Profile::default(),
            lints: Vec::new(),
            never_allow: None,
            tickets: Vec::new(),
            references: References::default(),
            calendar: CalendarSettings::default(),
            process: Process::default(),
            lifecycle: Lifecycle::default(),
            editions: FxHashMap::default(),
        }
    }
}
