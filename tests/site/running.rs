//! What runs where after many releases, and which of them say otherwise, held against the definition in words: what runs is
//! what the live release that ended last brought; a release takes the place of what the last live one before it brought,
//! and, where it is not live itself, of what any that may still come brings in between.

use relbook::diag::Profile;
use relbook::pipeline::{Compared, compare_components};

use super::harness::{TODAY, check, folder, places, put};
use super::previews::Numbers;

const SEQUENCES: usize = 200;

/// How a release tells when it was. Each is over, or planned to be, on the day `day`.
const TIMES: [&str; 7] = [
    "windows: [{start: DAYT20:MIN, end: DAYT21:MIN, OUTCOME}]",
    "windows: [{start: EVET20:MIN, end: EVET21:MIN, outcome: postponed}, {start: DAYT20:MIN, end: DAYT21:MIN, OUTCOME}]",
    "windows: [{start: EVET20:MIN, end: EVET20:59, actual_start: DAYT20:MIN, actual_end: DAYT21:MIN, OUTCOME}]",
    "windows: [{start: EVET20:MIN, end: EVET21:MIN, outcome: rolled-back}, {start: DAYT20:MIN, end: DAYT21:MIN, OUTCOME}]",
    "planned_date: DAY",
    "windows: [{start: DAYT20:MIN, end: DAYT21:MIN, OUTCOME}, {start: LATT20:00, end: LATT21:00, outcome: postponed}]",
    "windows: [{start: DAYT20:MIN, end: DAYT21:MIN, outcome: rolled-back}]",
];
const TAKEN_BACK_AT_FIRST: usize = 3;
const DAY_ALONE: usize = 4;
const TAKEN_BACK: usize = 6;

struct Released {
    number: usize,
    day: usize,
    time: usize,
    status: &'static str,
    item: &'static str,
    version: Option<String>,
    before: Option<String>,
}

impl Released {
    fn new(numbers: &mut Numbers, number: usize) -> Released {
        Released {
            number,
            day: numbers.below(20) + 3,
            time: numbers.below(TIMES.len()),
            status: ["deployed", "closed", "deployed", "rolled-back", "draft", "scheduled", "cancelled", ""]
                [numbers.below(8)],
            item: ["app", "db"][numbers.below(2)],
            version: (numbers.below(8) > 0).then(|| format!("{number}.0")),
            before: None,
        }
    }

    /// When it is over: a day alone is its first moment.
    fn ends(&self) -> (usize, usize) {
        (self.day, if self.time == DAY_ALONE { 0 } else { self.number })
    }

    fn is_live(&self) -> bool {
        ["deployed", "closed"].contains(&self.status) && self.time != TAKEN_BACK
    }

    fn may_come(&self) -> bool {
        let is_taken_back = [TAKEN_BACK_AT_FIRST, TAKEN_BACK].contains(&self.time);
        ["draft", "scheduled"].contains(&self.status) || (self.status.is_empty() && !is_taken_back)
    }

    fn is_before(&self, other: &Released) -> bool {
        (self.ends(), self.number) < (other.ends(), other.number)
    }

    fn text(&self) -> String {
        let day = |day: usize| format!("2026-11-{day:02}");
        let outcome = if self.is_live() { "outcome: deployed" } else { "downtime: none" };
        let times = TIMES[self.time].replace("DAY", &day(self.day)).replace("EVE", &day(self.day - 1));
        let times = times.replace("LAT", &day(self.day + 2)).replace("MIN", &format!("{:02}", self.number));
        let told =
            |name: &str, text: Option<&str>| text.map(|text| format!(", {name}: \"{text}\"")).unwrap_or_default();
        let status = if self.status.is_empty() { String::new() } else { format!("status: {}\n", self.status) };
        format!(
            "-- releases/REL-{}.md --\n---\ntitle: A release\nrelease_type: patch\ncomponents:\n  - {{item: {}{}{}}}\n{status}{}\n---\n",
            self.number,
            self.item,
            told("version", self.version.as_deref()),
            told("before", self.before.as_deref()),
            times.replace("OUTCOME", outcome),
        )
    }
}

/// What runs on an item before a release, or in the end.
fn runs<'a>(all: &'a [Released], item: &str, until: Option<&Released>) -> Option<&'a Released> {
    let brought = all.iter().filter(|of| of.item == item && of.is_live() && of.version.is_some());
    let brought = brought.filter(|of| until.is_none_or(|until| of.is_before(until)));
    brought.max_by_key(|of| (of.ends(), of.number))
}

/// Whether what a release says that it takes the place of can be.
fn fits(all: &[Released], of: &Released) -> bool {
    let (Some(_), Some(last)) = (&of.before, runs(all, of.item, Some(of))) else { return true };
    let in_between = |other: &&Released| {
        other.item == of.item && other.may_come() && last.is_before(other) && other.is_before(of) && !of.is_live()
    };
    let may_be = all.iter().filter(in_between).chain([last]);
    may_be.into_iter().any(|other| other.version == of.before)
}

#[test]
fn what_runs_is_what_was_brought_last() {
    let mut numbers = Numbers(7);
    let (mut found_in_all, mut fitting_in_all) = (0, 0);
    for sequence in 0..SEQUENCES {
        let mut all: Vec<Released> = (1..=8).map(|number| Released::new(&mut numbers, number)).collect();
        for number in 0..all.len() {
            let of_item = || all.iter().filter(|of| of.item == all[number].item && of.version.is_some());
            all[number].before = match numbers.below(3) {
                0 => None,
                1 => of_item().nth(numbers.below(of_item().count())).and_then(|of| of.version.clone()),
                _ => runs(&all, all[number].item, Some(&all[number])).and_then(|last| last.version.clone()),
            };
        }
        let files: String = all.iter().map(Released::text).collect();
        let folder = folder(&files);
        let is_wrong = |of: &&Released| of.status != "cancelled" && (of.version.is_none() || !fits(&all, of));
        let wanted: Vec<String> =
            all.iter().filter(is_wrong).map(|of| format!("RB322 releases/REL-{}.md:5", of.number)).collect();
        let mut found = places(&check(folder.path(), Some(Profile::Standard)));
        found.retain(|place| place.starts_with("RB322"));
        assert_eq!(found, wanted, "sequence {sequence}:\n{files}");
        found_in_all += found.len();
        fitting_in_all += all.iter().filter(|of| of.before.is_some() && fits(&all, of)).count();
        let listed =
            ["app", "db"].into_iter().filter_map(|item| Some((item, runs(&all, item, None)?.version.clone()?)));
        let list: String = listed.map(|(item, version)| format!("{item},{version}\n")).collect();
        put(folder.path(), "runs.csv", format!("item,version\n{list}").as_bytes());
        let list_file = folder.path().join("runs.csv");
        match compare_components(folder.path().to_owned(), &list_file, TODAY.parse().unwrap()).unwrap() {
            Compared::Differences(differences, known) => {
                assert!(differences.is_empty(), "sequence {sequence}: {differences:?}\n{files}\n{list}");
                assert_eq!(known, list.lines().count());
            }
            Compared::Faulty(_) => panic!("sequence {sequence} is faulty:\n{files}"),
        }
    }
    assert!(found_in_all > 100 && fitting_in_all > 300, "found {found_in_all}, fitting {fitting_in_all}");
}
