//! An edition: a book linked anew from what its audience may see.

use std::ops::Deref;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

use super::audience::Audience;
use super::select::{Selection, select};
use crate::book::{Availability, Book, Conflicts, Input, RecordIndex, link_but};
use crate::config::EditionSettings;
use crate::diag::Finding;
use crate::read::markdown::SearchableText;
use crate::record::{Kind, PlanSection, Record};
use crate::route::Route;
use crate::source::{SiteFile, Sources};

/// A book that holds nothing but what its audience may see.
///
/// Pages, and whatever else is published, are made from this type alone: records, keys, sections, references and
/// files that are left out were taken away before it was linked, so that nothing that follows from them is left.
#[derive(Debug)]
pub struct Edition {
    book: Book,
    shown: Option<(String, EditionSettings)>,
    pageless: Vec<Kind>,
    found_anew: Option<Vec<Finding>>,
}

impl Deref for Edition {
    type Target = Book;

    fn deref(&self) -> &Book {
        &self.book
    }
}

impl Edition {
    /// The book as an audience may see it.
    pub fn new(book: Book, files: Vec<SiteFile>, audience: &Audience, zone: &TimeZone, today: Date) -> Edition {
        let hides_drafts = !audience.with_drafts && book.tables.iter().any(|(_, record)| record.header().draft);
        if audience.edition.is_none() && !hides_drafts {
            return Edition { book, shown: None, pageless: Vec::new(), found_anew: None };
        }
        let known = book.running.said(&book.tables, zone);
        let Book { tables, sources, .. } = book;
        Edition::part(tables.into_records(), sources, &known, files, audience, zone, today)
    }

    /// The same of a book from which more is made: its records are copied, and its texts shared.
    pub fn of(book: &Book, files: Vec<SiteFile>, audience: &Audience, zone: &TimeZone, today: Date) -> Edition {
        let known = book.running.said(&book.tables, zone);
        let records = book.tables.iter().map(|(_, record)| record.clone()).collect();
        Edition::part(records, book.sources.clone(), &known, files, audience, zone, today)
    }

    fn part(
        records: Vec<Record>,
        sources: Sources,
        known: &FxHashSet<(String, String, Date)>,
        files: Vec<SiteFile>,
        audience: &Audience,
        zone: &TimeZone,
        today: Date,
    ) -> Edition {
        let Selection { records, sources, plain, untold } = select(records, sources, audience);
        let (levels, unread) = (None, Vec::new());
        let input = Input { records, files, sources, time_zone: zone.clone(), today, levels, unread };
        let (mut book, found) = link_but(input, &untold);
        for (kind, id, rows) in plain {
            if let Some(index) = book.tables.find(kind, &id) {
                book.plain.insert(index, rows);
            }
        }
        // What an outsider does not see may have come last: what runs is told where it is what runs.
        book.running.keep(known, &book.tables, zone);
        // What a freeze applies to and whom it lets through may be hidden: an outsider's conflicts would be wrong ones.
        if audience.edition.is_some() {
            book.conflicts = Conflicts::default();
            book.availability = Availability::default();
        }
        let pageless = match &audience.edition {
            Some((_, settings)) => {
                let shown = |kind: &&Kind| settings.types.contains(kind);
                Kind::ALL.iter().filter(|kind| !shown(kind)).copied().collect()
            }
            None => Vec::new(),
        };
        Edition { book, shown: audience.edition.clone(), pageless, found_anew: Some(found) }
    }

    /// The book, where the audience sees all of it.
    pub fn whole(&mut self) -> Option<&mut Book> {
        self.found_anew.is_none().then_some(&mut self.book)
    }

    /// The records and texts, when nothing else is wanted any more.
    pub fn into_records(self) -> (Vec<Record>, Sources) {
        let Book { tables, sources, .. } = self.book;
        (tables.into_records(), sources)
    }

    /// The edition's name; `None` for the company's own staff.
    pub fn name(&self) -> Option<&str> {
        self.shown.as_ref().map(|(name, _)| name.as_str())
    }

    /// Whether this audience sees a key of the front matter. Where it does not, nothing may be said of its absence.
    pub fn shows(&self, key: &str) -> bool {
        self.shown.as_ref().is_none_or(|(_, settings)| settings.shows_key(key))
    }

    /// Whether this audience sees all of some keys and sections.
    pub fn shows_all(&self, keys: &[&str], sections: &[PlanSection]) -> bool {
        let shows_section = |section: &PlanSection| {
            self.shown.as_ref().is_none_or(|(_, settings)| settings.shows_section(section.label()))
        };
        keys.iter().all(|key| self.shows(key)) && sections.iter().all(shows_section)
    }

    /// What linking found when records were left out; `None` where none was.
    pub fn found_anew(&self) -> Option<&[Finding]> {
        self.found_anew.as_deref()
    }

    /// The words of all bodies, by record.
    pub fn texts(&self) -> Vec<SearchableText> {
        self.book.bodies.iter().map(|body| body.text.clone()).collect()
    }

    /// The words of all bodies, by record; they are not kept, for nobody but the search wants them.
    pub fn take_texts(&mut self) -> Vec<SearchableText> {
        self.book.bodies.iter_mut().map(|body| std::mem::take(&mut body.text)).collect()
    }

    /// The texts, when nothing else is wanted any more. The rest is given back to the memory while the program goes on.
    pub fn into_sources(mut self) -> Sources {
        let sources = std::mem::take(&mut self.book.sources);
        rayon::spawn(move || drop(self));
        sources
    }

    /// Whether records of a kind have pages.
    pub fn has_pages(&self, kind: Kind) -> bool {
        !self.pageless.contains(&kind)
    }

    /// Whether a record has a page: its kind has pages in this edition, and a window stands on a day of the calendar.
    pub fn has_page(&self, index: RecordIndex) -> bool {
        let kind = self.book.get(index).kind();
        let has_address = kind != Kind::Window || self.book.schedule.first_day(index).is_some();
        self.has_pages(kind) && has_address
    }

    /// A record's page, if it has one.
    pub fn page_of(&self, index: RecordIndex) -> Option<Route> {
        self.has_page(index).then(|| self.book.route(index))
    }
}
