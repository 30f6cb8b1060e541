//! Random small sites, held against what the words say of freezes, collisions, maintenance times and free windows.
//!
//! The words are worked out here on a grid of ten minutes: a stretch of time is the set of its cells, what an item needs
//! is found by going round until nothing is new. Nothing of it is the book's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use relbook::book::{Book, Conflict, Input, NextFree, OccurrenceIndex, OccurrenceKind, RecordIndex, link};
use relbook::diag::Sink;
use relbook::record::{Defaults, Kind, read};
use relbook::source::{Source, Sources};

use super::harness::{TODAY, parts};

const ITEMS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const SERVICES: [&str; 3] = ["North", "South", "East"];
/// The first cell is the midnight two days before that of the build.
const FIRST: &str = "2026-11-20T00:00:00Z";
const CELL_SECONDS: i64 = 600;
const CELLS_A_DAY: u64 = 144;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn some<'a>(&mut self, of: &[&'a str], one_in: u64) -> BTreeSet<&'a str> {
        of.iter().copied().filter(|_| self.one_in(one_in)).collect()
    }

    fn cells(&mut self) -> Cells {
        let from = self.below(6 * CELLS_A_DAY);
        let length = if self.one_in(12) { 0 } else { 1 + self.below(70) };
        Cells { from, to: from + length }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cells {
    from: u64,
    to: u64,
}

impl Cells {
    fn set(self) -> BTreeSet<u64> {
        (self.from..self.to).collect()
    }

    fn shares_time(self, other: Cells) -> bool {
        self.set().intersection(&other.set()).next().is_some()
    }

    fn written(cell: u64) -> String {
        let first: Timestamp = FIRST.parse().unwrap();
        (first + jiff::SignedDuration::from_secs(cell as i64 * CELL_SECONDS)).strftime("%Y-%m-%dT%H:%MZ").to_string()
    }

    fn of(at: Timestamp) -> u64 {
        let first: Timestamp = FIRST.parse().unwrap();
        u64::try_from((at.as_second() - first.as_second()) / CELL_SECONDS).unwrap()
    }
}

/// An item with a file, or one that others only name.
#[derive(Default)]
struct Item {
    has_file: bool,
    service: Option<&'static str>,
    depends_on: BTreeSet<&'static str>,
    part_of: BTreeSet<&'static str>,
}

/// A release or a change.
struct Record {
    id: String,
    is_release: bool,
    service: Option<&'static str>,
    items: BTreeSet<&'static str>,
    is_off: bool,
    windows: Vec<(Cells, bool)>,
    delivers: BTreeSet<String>,
}

/// A freeze or a maintenance time.
struct Times {
    id: String,
    is_freeze: bool,
    services: BTreeSet<&'static str>,
    items: BTreeSet<&'static str>,
    nights: Vec<Cells>,
    lets_through: BTreeSet<String>,
}

/// A site as data, with the text of its files.
struct Words {
    items: BTreeMap<&'static str, Item>,
    records: Vec<Record>,
    times: Vec<Times>,
    files: String,
}

fn list<T: AsRef<str>>(of: impl IntoIterator<Item = T>) -> String {
    of.into_iter().map(|one| one.as_ref().to_owned()).collect::<Vec<_>>().join(", ")
}

impl Words {
    fn new(seed: u64) -> Words {
        let mut dice = Dice(seed);
        let mut words = Words { items: BTreeMap::new(), records: Vec::new(), times: Vec::new(), files: String::new() };
        for (number, id) in ITEMS.into_iter().enumerate() {
            words.add_item(&mut dice, number, id);
        }
        for number in 0..4 {
            let id = if number < 2 { format!("CHG-{number}") } else { format!("REL-{number}") };
            words.add_record(&mut dice, id, number >= 2);
        }
        for number in 0..5 {
            words.add_times(&mut dice, number);
        }
        words
    }

    fn add_item(&mut self, dice: &mut Dice, number: usize, id: &'static str) {
        let later = &ITEMS[number + 1..];
        let item = match dice.one_in(5) {
            true => Item::default(),
            false => Item {
                has_file: true,
                service: SERVICES.get(dice.below(5) as usize).copied(),
                depends_on: dice.some(later, 3),
                part_of: dice.some(later, 6),
            },
        };
        if item.has_file {
            write!(self.files, "-- configuration-items/{id}.md --\n---\nname: Item {id}\n").unwrap();
            if let Some(service) = item.service {
                // Names are compared without regard to case.
                let service = if dice.one_in(3) { service.to_uppercase() } else { service.to_owned() };
                writeln!(self.files, "service: {service}").unwrap();
            }
            writeln!(self.files, "depends_on: [{}]\npart_of: [{}]\n---", list(&item.depends_on), list(&item.part_of))
                .unwrap();
        }
        self.items.insert(id, item);
    }

    fn add_record(&mut self, dice: &mut Dice, id: String, is_release: bool) {
        let folder = if is_release { "releases" } else { "changes" };
        let record = Record {
            service: SERVICES.get(dice.below(5) as usize).copied(),
            items: dice.some(&ITEMS, 4),
            is_off: dice.one_in(8),
            windows: (0..1 + dice.below(2)).map(|_| (dice.cells(), dice.one_in(6))).collect(),
            delivers: match is_release {
                true => dice.some(&["CHG-0", "CHG-1"], 3).into_iter().map(str::to_owned).collect(),
                false => BTreeSet::new(),
            },
            id,
            is_release,
        };
        let status = if record.is_off { "cancelled" } else { ["scheduled", "deployed"][dice.below(2) as usize] };
        write!(self.files, "-- {folder}/{}.md --\n---\ntitle: {0}\nstatus: {status}\n", record.id).unwrap();
        if let Some(service) = record.service {
            writeln!(self.files, "service: {service}").unwrap();
        }
        writeln!(self.files, "configuration_items: [{}]", list(&record.items)).unwrap();
        if record.is_release {
            writeln!(self.files, "changes: [{}]", list(&record.delivers)).unwrap();
        }
        if dice.one_in(3) {
            // What is learned about an item is no work on it.
            let about = ITEMS[dice.below(6) as usize];
            writeln!(self.files, "review: {{lessons: [{{lesson: Look twice, configuration_items: [{about}]}}]}}")
                .unwrap();
        }
        self.files += "windows:\n";
        for (cells, is_off) in &record.windows {
            let outcome = match is_off {
                true => ["postponed", "cancelled"][dice.below(2) as usize],
                false => ["deployed", "rolled-back"][dice.below(2) as usize],
            };
            let outcome = if *is_off || dice.one_in(3) { format!(", outcome: {outcome}") } else { String::new() };
            let [start, end] = [cells.from, cells.to].map(Cells::written);
            writeln!(self.files, "  - {{start: '{start}', end: '{end}'{outcome}}}").unwrap();
        }
        self.files += "---\n";
        self.records.push(record);
    }

    fn add_times(&mut self, dice: &mut Dice, number: u64) {
        let is_freeze = number < 3;
        let is_for_all = dice.one_in(6);
        let (services, items) = match is_for_all {
            true => Default::default(),
            false => (dice.some(&SERVICES, 4), dice.some(&ITEMS, 4)),
        };
        let first = dice.cells();
        let nights = if dice.one_in(2) { 1 } else { 2 + dice.below(3) };
        let nights = (0..nights).map(|night| night * CELLS_A_DAY);
        let is_hard = dice.one_in(5);
        let mut lets_through = BTreeSet::new();
        let mut exceptions = Vec::new();
        for record in &self.records {
            let (written, lets) = match dice.below(6) {
                0 => (format!("{{id: {}, approved_by: Ilse}}", record.id), true),
                1 => (record.id.to_lowercase(), false),
                2 => (format!("{{id: {}, approved_by: ' '}}", record.id), false),
                _ => continue,
            };
            exceptions.push(written);
            if lets && !is_hard {
                lets_through.insert(record.id.clone());
            }
        }
        let times = Times {
            id: format!("T{number}"),
            is_freeze,
            nights: nights.map(|by| Cells { from: first.from + by, to: first.to + by }).collect(),
            services,
            items,
            lets_through,
        };
        let kind = if is_freeze { "freeze" } else { "maintenance" };
        let [start, end] = [first.from, first.to].map(Cells::written);
        write!(self.files, "-- calendar/{}.md --\n---\ntitle: {0}\nkind: {kind}\n", times.id).unwrap();
        writeln!(self.files, "start: '{start}'\nend: '{end}'\nhard: {is_hard}").unwrap();
        if times.nights.len() > 1 {
            writeln!(self.files, "repeats: FREQ=DAILY;COUNT={}", times.nights.len()).unwrap();
        }
        let scope = (list(&times.services), list(&times.items));
        writeln!(self.files, "applies_to: {{services: [{}], configuration_items: [{}]}}", scope.0, scope.1).unwrap();
        writeln!(self.files, "exceptions: [{}]\n---", exceptions.join(", ")).unwrap();
        self.times.push(times);
    }

    /// An item and all that it needs, going round until nothing is new.
    fn behind(&self, item: &'static str, with_wholes: bool) -> BTreeSet<&'static str> {
        let mut all = BTreeSet::from([item]);
        loop {
            let mut more = all.clone();
            for item in &all {
                more.extend(&self.items[item].depends_on);
                if with_wholes {
                    more.extend(&self.items[item].part_of);
                }
            }
            if more == all {
                return all;
            }
            all = more;
        }
    }

    fn hang_together(&self, one: &'static str, other: &'static str) -> bool {
        self.behind(one, true).contains(other) || self.behind(other, true).contains(one)
    }

    /// A record and the changes that it delivers: one piece of work.
    fn parts<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Record> {
        self.records.iter().filter(|other| record.id == other.id || record.delivers.contains(&other.id))
    }

    /// The same without the changes that were called off.
    fn worked_on<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Record> {
        self.parts(record).filter(|part| part.id == record.id || !part.is_off)
    }

    fn items_of(&self, record: &Record) -> BTreeSet<&'static str> {
        self.worked_on(record).flat_map(|of| of.items.clone()).collect()
    }

    fn services_of(&self, record: &Record) -> BTreeSet<&'static str> {
        self.worked_on(record).filter_map(|of| of.service).collect()
    }

    fn is_for_all(times: &Times) -> bool {
        times.services.is_empty() && times.items.is_empty()
    }

    /// The items that a freeze or a maintenance time names, itself or by their service.
    fn named(&self, times: &Times) -> BTreeSet<&'static str> {
        let by_service = |item: &&str| self.items[item].service.is_some_and(|service| times.services.contains(service));
        ITEMS.into_iter().filter(|item| times.items.contains(item) || by_service(item)).collect()
    }

    fn frozen(&self, times: &Times) -> BTreeSet<&'static str> {
        match Words::is_for_all(times) {
            true => ITEMS.into_iter().collect(),
            false => self.named(times).into_iter().flat_map(|item| self.behind(item, false)).collect(),
        }
    }

    fn has_maintenance(&self, times: &Times, item: &str) -> bool {
        Words::is_for_all(times) || self.named(times).contains(item)
    }

    /// The windows that count: whose, which, when.
    fn windows(&self) -> Vec<(&Record, usize, Cells)> {
        let mut windows = Vec::new();
        for record in self.records.iter().filter(|record| !record.is_off) {
            for (number, (cells, is_off)) in record.windows.iter().enumerate() {
                if !is_off && cells.from < cells.to {
                    windows.push((record, number, *cells));
                }
            }
        }
        windows
    }

    fn conflicts(&self) -> BTreeSet<String> {
        let windows = self.windows();
        let mut found = BTreeSet::new();
        for (record, number, cells) in &windows {
            let name = format!("{}#{number}", record.id);
            let (items, services) = (self.items_of(record), self.services_of(record));
            for times in self.times.iter().filter(|times| times.is_freeze) {
                let applies = Words::is_for_all(times)
                    || !services.is_disjoint(&times.services)
                    || !items.is_disjoint(&self.frozen(times));
                let lets_through = times.lets_through.contains(&record.id);
                for night in times.nights.iter().filter(|night| applies && cells.shares_time(**night)) {
                    let word = if lets_through { "is let through" } else { "in" };
                    found.insert(format!("{name} {word} {}@{}", times.id, night.from));
                }
            }
            for item in items.iter().filter(|item| self.is_outside(item, *cells)) {
                found.insert(format!("{name} outside {item}"));
            }
            for (other, number, other_cells) in &windows {
                let of_one = |release: &Record| {
                    let parts: Vec<&str> = self.parts(release).map(|part| part.id.as_str()).collect();
                    parts.contains(&record.id.as_str()) && parts.contains(&other.id.as_str())
                };
                let is_one_work = self.records.iter().any(of_one);
                let others = self.items_of(other);
                let hang = items.iter().any(|one| others.iter().any(|other| self.hang_together(one, other)));
                if !is_one_work && hang && cells.shares_time(*other_cells) {
                    let mut pair = [name.clone(), format!("{}#{number}", other.id)];
                    pair.sort();
                    found.insert(pair.join(" + "));
                }
            }
        }
        found
    }

    fn is_outside(&self, item: &str, window: Cells) -> bool {
        let of_item = self.times.iter().filter(|times| !times.is_freeze && self.has_maintenance(times, item));
        let nights: Vec<Cells> = of_item.flat_map(|times| times.nights.clone()).filter(|n| n.from < n.to).collect();
        let inside: BTreeSet<u64> = nights.iter().flat_map(|night| night.set()).collect();
        nights.iter().any(|night| night.from < window.to) && !window.set().is_subset(&inside)
    }

    /// `from..to` of the next free window, or `not before …`; nothing without maintenance times ahead.
    fn next_free(&self, item: &'static str) -> Option<String> {
        let today = 2 * CELLS_A_DAY;
        let mut taken = BTreeSet::new();
        for times in self.times.iter().filter(|times| times.is_freeze && self.frozen(times).contains(item)) {
            taken.extend(times.nights.iter().flat_map(|night| night.set()));
        }
        for (record, _, cells) in self.windows() {
            if self.items_of(record).iter().any(|other| self.hang_together(item, other)) {
                taken.extend(cells.set());
            }
        }
        let of_item = self.times.iter().filter(|times| !times.is_freeze && self.has_maintenance(times, item));
        let mut nights: Vec<Cells> =
            of_item.flat_map(|times| times.nights.clone()).filter(|n| n.from < n.to && n.to > today).collect();
        nights.sort();
        for night in &nights {
            let from = night.from.max(today);
            let enough = (night.to - from).min(6);
            let mut run = 0;
            for cell in from..=night.to {
                if cell < night.to && !taken.contains(&cell) {
                    run += 1;
                    continue;
                }
                if run >= enough {
                    return Some(format!("{}..{cell}", cell - run));
                }
                run = 0;
            }
        }
        nights.iter().map(|night| night.to).max().map(|end| format!("not before {end}"))
    }
}

fn book(files: &str) -> Book {
    let (mut sources, mut records) = (Sources::default(), Vec::new());
    let defaults = Defaults::new(TimeZone::UTC);
    for (path, text) in parts(files) {
        let id = sources.add(Source::new(path, text));
        let sink = Sink::new(id);
        records.push(read(&sources[id], &defaults, &sink).expect("a record"));
        assert_eq!(sink.into_findings(), []);
    }
    let today = TODAY.parse().unwrap();
    let (levels, unread) = (None, Vec::new());
    link(Input { records, files: Vec::new(), sources, time_zone: TimeZone::UTC, today, levels, unread }).0
}

fn told(book: &Book) -> BTreeSet<String> {
    let id = |index: RecordIndex| book.get(index).header().id.as_str();
    let window = |index: OccurrenceIndex| {
        let of = book.schedule.get(index);
        let OccurrenceKind::Attempt(number) = of.kind else { panic!("no window: {of:?}") };
        format!("{}#{number}", id(of.record))
    };
    let freeze = |index: OccurrenceIndex| {
        let of = book.schedule.get(index);
        format!("{}@{}", id(of.record), Cells::of(of.from))
    };
    let mut found: BTreeSet<String> = book
        .conflicts
        .all()
        .iter()
        .map(|conflict| match conflict {
            Conflict::Overlap { one, other, .. } => {
                let mut pair = [window(*one), window(*other)];
                pair.sort();
                pair.join(" + ")
            }
            Conflict::Freeze { window: of, freeze: in_freeze } => format!("{} in {}", window(*of), freeze(*in_freeze)),
            Conflict::OutsideMaintenance { window: of, item } => format!("{} outside {}", window(*of), id(*item)),
        })
        .collect();
    for (index, _) in book.schedule.iter() {
        found.extend(
            book.conflicts.exceptions(index).map(|of| format!("{} is let through {}", window(index), freeze(of))),
        );
    }
    found
}

#[test]
fn the_book_says_what_the_words_say() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..400 {
        let words = Words::new(seed);
        let book = book(&words.files);
        let (found, expected) = (told(&book), words.conflicts());
        assert_eq!(found, expected, "site {seed}:\n{}", words.files);
        for line in &expected {
            let kind = [" in ", " let through ", " outside ", " + "].into_iter().find(|word| line.contains(word));
            *seen.entry(kind.unwrap()).or_default() += 1;
        }
        for item in ITEMS {
            let index = book.tables.find(Kind::ConfigurationItem, item);
            let free = index.and_then(|index| book.next_free(index)).map(|free| match free {
                NextFree::Stretch { from, to, .. } => format!("{}..{}", Cells::of(from), Cells::of(to)),
                NextFree::NotBefore(end) => format!("not before {}", Cells::of(end)),
            });
            // An item that nothing names has no page.
            let expected = index.and_then(|_| words.next_free(item));
            assert_eq!(free, expected, "{item} of site {seed}:\n{}", words.files);
            *seen.entry(if free.is_some_and(|free| free.contains("..")) { "free" } else { "not free" }).or_default() +=
                1;
        }
    }
    assert!(seen.len() == 6 && seen.values().all(|count| *count > 40), "each kind is there often enough: {seen:?}");
}
