//! One record in the place of its former text, where nothing but it, and what is worked out of all records, can have
//! changed by that. Reading and linking the rest anew takes most of the time there is.
//!
//! With another date it may come to stand before or behind others, which then have other numbers.
//!
//! What one record refers to depends on its own text and on the names of all others. So long as no name comes or goes,
//! and the record refers to the same others, every other record's references stand.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

use super::availability::Availability;
use super::carry_forward::CarryForward;
use super::conflicts::Conflicts;
use super::connections::Direction;
use super::experience::Experiences;
use super::fragments::BodyFragments;
use super::lessons::LessonIndex;
use super::link::{Row, implied, resolve_record};
use super::model::Book;
use super::references::Guide;
use super::running::Running;
use super::schedule::Schedule;
use super::tables::{Move, RecordIndex};
use super::target::Resolver;
use crate::diag::{Finding, Levels};
use crate::record::{Kind, Record, fold};
use crate::source::Source;

/// What is known beside the book.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The site's zone.
    pub time_zone: TimeZone,
    /// The day of the build.
    pub today: Date,
    /// The site's levels.
    pub levels: Levels,
    /// Kinds and ids of files that could not be read.
    pub unread: Vec<(Kind, String)>,
}

/// What an exchange came to.
#[derive(Debug)]
pub struct Exchanged {
    /// What was found before, and is so no more.
    pub former: Vec<Finding>,
    /// What is found now.
    pub found: Vec<Finding>,
    /// Whether the front matter is what it was, and only the body is another.
    pub is_of_body: bool,
    /// Where it stands in the order of lists now; those between have other numbers too.
    pub moved: Move,
}

impl Book {
    /// Puts a record with its text in the place of one, if nothing else has to be linked anew for it. Else nothing is
    /// changed. What was found of other records must not depend on the order of records, or it must stay.
    pub fn exchange(
        &mut self,
        index: RecordIndex,
        record: Record,
        text: Source,
        surroundings: &Surroundings,
        may_move: bool,
    ) -> Option<Exchanged> {
        let before = self.get(index);
        let source = before.header().source?;
        let of = self.tables.move_of(index, &record)?;
        if !(of.is_none() || may_move) || !self.implies_the_same(before, &record) {
            return None;
        }
        let is_of_body = is_same_but_for_body(before, &record);
        let row_before = self.resolve(index, surroundings);
        let schedule_before = if is_of_body { Vec::new() } else { self.reschedule(surroundings) };
        let record_before = self.tables.replace(index, record);
        let text_before = self.sources.replace(source, text);
        let row = self.resolve(index, surroundings);
        let is_asked = self.connections.of(index).iter().any(|of| of.direction == Direction::Backward);
        if !row.refers_to_the_same(&row_before) || (is_asked && self.fragments_differ(index)) {
            self.tables.replace(index, record_before);
            self.sources.replace(source, text_before);
            return None;
        }
        let (mut former, mut found) = (row_before.resolved.findings, row.resolved.findings);
        self.bodies[index.0 as usize] = row.body;
        self.fragments.forget(index);
        if !of.is_none() {
            self.move_record(of);
        }
        if !is_of_body {
            former.extend(schedule_before);
            found.extend(self.reschedule(surroundings));
            self.follow(&surroundings.time_zone, surroundings.today, &FxHashSet::default());
        }
        Some(Exchanged { former, found, is_of_body, moved: of })
    }

    /// Gives a record another place in whatever is by number and is not worked out anew.
    fn move_record(&mut self, of: Move) {
        let Book { tables, connections, bodies, fragments, named_files, .. } = self;
        tables.move_record(of);
        connections.move_record(of);
        of.rotate(bodies);
        fragments.move_record(of);
        named_files.iter_mut().for_each(|(record, _)| *record = of.number(*record));
        named_files.sort();
    }

    fn resolve(&self, index: RecordIndex, surroundings: &Surroundings) -> Row {
        let Surroundings { levels, unread, .. } = surroundings;
        // What links of this one record lead to is asked anew: its own fragments may be others now.
        let fragments = BodyFragments::new(self.tables.len());
        let Book { tables, files, sources, .. } = self;
        let guide = Guide::new(tables, sources, Some(levels.clone()), unread.clone());
        resolve_record(&Resolver { tables, files, sources, fragments: &fragments }, &guide, index)
    }

    /// Whether each name that one of two records implies, and the other does not, is that of a record with a file.
    fn implies_the_same(&self, one: &Record, other: &Record) -> bool {
        let (one, other) = (implied(one), implied(other));
        let has_file = |(kind, id): &(Kind, &str)| {
            self.tables.find(*kind, id).is_some_and(|index| self.get(index).header().source.is_some())
        };
        let differs = |name: &&(Kind, &str)| !(one.contains(name) && other.contains(name));
        one.iter().chain(&other).filter(differs).all(has_file)
    }

    /// Whether a link of another record asked for a fragment of this one's, and would get another answer now.
    fn fragments_differ(&self, index: RecordIndex) -> bool {
        self.fragments.known(index).is_some_and(|known| {
            let Book { tables, files, sources, .. } = self;
            let fragments = BodyFragments::new(tables.len());
            let anew = Resolver { tables, files, sources, fragments: &fragments };
            anew.fragments_of(index) != known
        })
    }

    /// Plans the calendar anew, and gives what was found.
    fn reschedule(&mut self, surroundings: &Surroundings) -> Vec<Finding> {
        let mut findings = Vec::new();
        let Surroundings { time_zone, today, .. } = surroundings;
        self.schedule = Schedule::new(&self.tables, &self.connections, time_zone, *today, &mut findings);
        findings
    }

    /// Works out what follows from all records, once it is known when what happens. Of what is untold, by kind and folded
    /// id, it is not worked out which release has what.
    pub(super) fn follow(&mut self, time_zone: &TimeZone, today: Date, untold: &FxHashSet<(Kind, String)>) {
        let Book { tables, connections, schedule, .. } = self;
        let is_untold =
            |index: RecordIndex| untold.contains(&(tables.get(index).kind(), fold(&tables.get(index).header().id)));
        self.running = Running::new(tables, time_zone, today);
        self.carry_forward = CarryForward::new(tables, connections, today, is_untold);
        self.conflicts = Conflicts::new(tables, connections, schedule);
        self.availability = Availability::new(tables, connections, schedule, time_zone, today);
        self.lessons = LessonIndex::new(tables);
        self.experiences = Experiences::new(tables, connections, &self.lessons, today);
    }
}

/// Whether two records differ in nothing but their bodies.
fn is_same_but_for_body(one: &Record, other: &Record) -> bool {
    let mut one = one.clone();
    one.header_mut().body = other.header().body;
    one == *other
}

impl Row {
    /// Whether two rows lead to the same records and files, and to nothing unknown.
    fn refers_to_the_same(&self, other: &Row) -> bool {
        let sorted = |row: &Row| {
            let (mut references, mut named) = (row.resolved.references.clone(), row.named.clone());
            references.sort_unstable();
            references.dedup();
            named.sort();
            named.dedup();
            (references, named)
        };
        let knows_all = |row: &Row| row.resolved.unknown.is_empty();
        knows_all(self) && knows_all(other) && sorted(self) == sorted(other)
    }
}
