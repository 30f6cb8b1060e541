//! The book: all records, cross-linked, with everything that follows from the whole of them.

use rustc_hash::FxHashMap;

use super::availability::{Availability, NextFree};
use super::body::Body;
use super::carry_forward::CarryForward;
use super::conflicts::Conflicts;
use super::connections::Connections;
use super::experience::Experiences;
use super::files::Files;
use super::fragments::BodyFragments;
use super::lessons::{LessonIndex, LessonPlace};
use super::running::Running;
use super::schedule::Schedule;
use super::scope::Work;
use super::tables::{RecordIndex, Tables};
use super::target::{Resolver, Target, body_text};
use super::{body, files};
use crate::record::{Action, Kind, Lesson, Record};
use crate::route::Route;
use crate::source::{SiteFile, Sources};

/// All records, cross-linked.
#[derive(Debug, Default)]
pub struct Book {
    /// The records.
    pub tables: Tables,
    /// Every reference, from both ends.
    pub connections: Connections,
    /// What is in each body, by record.
    pub bodies: Vec<Body>,
    /// Where the fragments of bodies lead.
    pub fragments: BodyFragments,
    /// Which release has which known error.
    pub carry_forward: CarryForward,
    /// What runs on which configuration item.
    pub running: Running,
    /// When what happens.
    pub schedule: Schedule,
    /// Windows that collide with others, with freezes or with maintenance times.
    pub conflicts: Conflicts,
    /// When items are free.
    pub availability: Availability,
    /// What was learned.
    pub lessons: LessonIndex,
    /// What each configuration item has taught.
    pub experiences: Experiences,
    /// Files beside the records.
    pub files: Files,
    /// Which of them a record names: record, path.
    pub named_files: Vec<(RecordIndex, String)>,
    /// Ids that are printed as plain text, for want of a record that may be shown: by record, key and id.
    pub plain: FxHashMap<RecordIndex, Vec<(&'static str, String)>>,
    /// The texts.
    pub sources: Sources,
}

impl Book {
    /// A record.
    pub fn get(&self, index: RecordIndex) -> &Record {
        self.tables.get(index)
    }

    /// The body of a record in Markdown; empty where it has no file.
    pub fn body(&self, index: RecordIndex) -> &str {
        body_text(&self.tables, &self.sources, index).unwrap_or_default()
    }

    /// A record's page. A window of the calendar has none of its own: it stands in its first month.
    pub fn route(&self, index: RecordIndex) -> Route {
        let record = self.get(index);
        match record {
            Record::Window(_) => match self.schedule.first_day(index) {
                Some(day) => Route::month(day.first_of_month()),
                None => Route::root("calendar/index.html"),
            },
            _ => Route::record(record.kind(), &record.header().id),
        }
    }

    /// Where a link of a record's body leads.
    pub fn target(&self, from: RecordIndex, destination: &str) -> Target {
        let Book { tables, files, sources, fragments, .. } = self;
        Resolver { tables, files, sources, fragments }.target(from, destination)
    }

    /// The record that a wiki link names.
    pub fn wiki(&self, kind: Option<&str>, id: &str) -> Option<RecordIndex> {
        body::wiki(&self.tables, kind, id)
    }

    /// The record that a bare id in a record's text names.
    pub fn mentioned(&self, from: RecordIndex, token: &str) -> Option<RecordIndex> {
        body::mentioned(&self.tables, from, token)
    }

    /// Where a file beside a record is published, by the file's path below the site's folder.
    pub fn file_route(&self, record: RecordIndex, path: &str) -> Option<(Route, &SiteFile)> {
        let file = self.files.at(path).filter(|file| file.withheld.is_none())?;
        let of_record = self.get(record);
        let source = of_record.header().source?;
        Some((files::route(of_record, &self.sources[source].path, file), file))
    }

    /// The file that a record's artefact names.
    pub fn artefact(&self, record: RecordIndex, relative: &str) -> Option<(Route, &SiteFile)> {
        let of_record = self.get(record);
        let path = &self.sources[of_record.header().source?].path;
        let file = self.files.find(path, relative).filter(|file| file.withheld.is_none())?;
        Some((files::route(of_record, path, file), file))
    }

    /// Whether two records are one piece of work: the same, or two of a release and the changes that it delivers.
    pub fn is_one_work(&self, one: RecordIndex, other: RecordIndex) -> bool {
        super::conflicts::is_one_work(&self.connections, one, other)
    }

    /// The services and items that a record works on.
    pub fn work(&self, record: RecordIndex) -> Work {
        Work::of(&self.tables, &self.connections, record)
    }

    /// When a configuration item is next free; nothing where it has no maintenance times ahead.
    pub fn next_free(&self, item: RecordIndex) -> Option<NextFree> {
        self.availability.next_free(&self.connections, &self.schedule, item)
    }

    /// The service that a record belongs to.
    pub fn service(&self, name: &str) -> Option<RecordIndex> {
        self.tables.find(Kind::Service, name)
    }

    /// The lesson at a place of the index.
    pub fn lesson(&self, place: LessonPlace) -> &Lesson {
        super::lessons::lesson(&self.tables, place)
    }

    /// The action with this number in a lesson.
    pub fn action(&self, place: LessonPlace, number: u32) -> &Action {
        super::lessons::action(&self.tables, place, number)
    }
}
