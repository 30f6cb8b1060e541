//! What the checks found: all of it by rule, and by record.
//!
//! These pages are for the company's own staff. An edition has none of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::row::{Link, Pager, slice};
use super::parts::time::Day;
use crate::book::RecordIndex;
use crate::diag::{Finding, Level, Lint, Report, harmless};
use crate::edition::Edition;
use crate::read::markdown::{self, Options, Resolution};
use crate::route::Route;
use crate::source::{Place, SourceId};

/// What was found, in order of path, and the same by lint.
#[derive(Debug)]
pub struct Checks {
    report: Report,
    records: FxHashMap<SourceId, RecordIndex>,
    rules: BTreeMap<&'static str, Vec<u32>>,
    with_findings: usize,
    /// What the records silence, each with the number of its entry: what ends first comes first, and last what never does.
    waivers: Vec<(RecordIndex, usize)>,
}

impl Checks {
    /// Sorts what was found in the records of an edition.
    pub fn new(report: Report, edition: &Edition) -> Checks {
        let source = |(index, record): (RecordIndex, &crate::record::Record)| Some((record.header().source?, index));
        let mut rules: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        for (number, (_, finding)) in report.findings().iter().enumerate() {
            rules.entry(finding.lint.code).or_default().push(number as u32);
        }
        let of_record = |(index, record): (RecordIndex, &crate::record::Record)| {
            (0..record.header().allow.len()).map(move |number| (index, number))
        };
        let mut waivers: Vec<_> = edition.tables.iter().flat_map(of_record).collect();
        waivers.sort_by_key(|(index, number)| {
            let until = edition.get(*index).header().allow[*number].waiver.until;
            (until.is_none(), until, *index, *number)
        });
        let with_findings = report.findings().chunk_by(|(_, one), (_, other)| one.place.source == other.place.source);
        Checks {
            with_findings: with_findings.count(),
            records: edition.tables.iter().filter_map(source).collect(),
            rules,
            report,
            waivers,
        }
    }

    /// What the records silence, or would: the record, and the number of the entry of its `allow`.
    pub(super) fn silenced(&self) -> &[(RecordIndex, usize)] {
        &self.waivers
    }

    /// How many findings the records silence, or would.
    pub fn waivers(&self) -> usize {
        self.waivers.len()
    }

    /// How many findings there are.
    pub fn count(&self) -> usize {
        self.report.findings().len()
    }

    /// The lints that found something, by code, each with how much.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.rules.iter().map(|(code, numbers)| (*code, numbers.len()))
    }

    /// All that was found, in order of path, each with how much it weighs.
    pub fn findings(&self) -> &[(Level, Finding)] {
        self.report.findings()
    }

    /// The record of a text.
    pub fn record(&self, source: SourceId) -> Option<RecordIndex> {
        self.records.get(&source).copied()
    }

    fn finding(&self, number: u32) -> &(Level, Finding) {
        &self.report.findings()[number as usize]
    }
}

/// A level: a word for style, a word for people.
fn level_view(level: Level) -> LevelView {
    let word = if level == Level::Error { "failed" } else { "pending" };
    LevelView { word, label: if level == Level::Error { "Error" } else { "Warning" } }
}

/// The level of a finding.
#[derive(Debug, Serialize)]
pub struct LevelView {
    /// A word for style.
    pub word: &'static str,
    /// A word for people.
    pub label: &'static str,
}

/// A lint with what it found.
#[derive(Debug, Serialize)]
pub struct RuleRow {
    /// Where all of it is.
    pub link: Link,
    /// `RB301`
    pub code: &'static str,
    /// What it finds.
    pub summary: &'static str,
    /// How much its findings weigh.
    pub level: LevelView,
    /// How many there are.
    pub count: usize,
}

/// The view of `checks.html`.
#[derive(Debug, Serialize)]
pub struct ChecksView {
    /// What stands around it.
    pub page: Frame,
    /// The day of the checks.
    pub today: Day,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many records have any.
    pub records: usize,
    /// How many records have files of their own.
    pub all_records: usize,
    /// All findings, record by record.
    pub by_record: String,
    /// What the records silence.
    pub waivers: String,
    /// How much that is.
    pub waiver_count: usize,
    /// The lints that found something, by code.
    pub rules: Vec<RuleRow>,
}

/// The page of checks: how many findings there are, and of which lints.
pub fn checks(context: &Context<'_>, checks: &Checks) -> ChecksView {
    let row = |(code, numbers): (&&'static str, &Vec<u32>)| {
        let (level, finding) = checks.finding(numbers[0]);
        RuleRow {
            link: Link::new(context.href(&Route::rule(code)), finding.lint.name),
            code: finding.lint.code,
            summary: finding.lint.summary,
            level: level_view(*level),
            count: numbers.len(),
        }
    };
    ChecksView {
        page: Frame::new(context, "Checks", "checks"),
        today: Day::new(context.today),
        errors: checks.report.count(Level::Error),
        warnings: checks.report.count(Level::Warn),
        records: checks.with_findings,
        all_records: checks.records.len(),
        by_record: context.href(&Route::checked_records()),
        waivers: context.href(&Route::waivers()),
        waiver_count: checks.waivers(),
        rules: checks.rules.iter().map(row).collect(),
    }
}

/// A finding in a list.
#[derive(Debug, Serialize)]
pub struct FindingRow {
    /// The record's page, or the file that it stands in.
    pub record: Link,
    /// The record's title, where it is not its id.
    pub title: Option<String>,
    /// Whether the finding before is the same record's.
    pub is_same_record: bool,
    /// The lint, with its page.
    pub rule: Link,
    /// `RB301`
    pub code: &'static str,
    /// How much it weighs.
    pub level: LevelView,
    /// What is wrong.
    pub message: Vec<Words>,
    /// Words at the marked place.
    pub label: Vec<Words>,
    /// What is expected, and what to do.
    pub help: Vec<Vec<Words>>,
    /// `releases/REL-1.md, line 3`
    pub place: String,
    /// Other places that belong to it.
    pub related: Vec<RelatedRow>,
}

/// Some words of a finding.
#[derive(Debug, Serialize)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Whether they are to be written as they are.
    pub is_code: bool,
}

/// A sentence in parts: what stands between backticks is code.
fn words(sentence: &str) -> Vec<Words> {
    let is_paired = sentence.matches('`').count().is_multiple_of(2);
    let parts = harmless(sentence);
    let parts: Vec<&str> = if is_paired { parts.split('`').collect() } else { vec![&parts] };
    let part = |(number, text): (usize, &&str)| Words { text: (*text).to_owned(), is_code: number % 2 == 1 };
    parts.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(part).collect()
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize)]
pub struct RelatedRow {
    /// The record there.
    pub record: Link,
    /// Words at that place.
    pub label: Vec<Words>,
}

/// The view of `checks-rule.html`.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// What stands around it.
    pub page: Frame,
    /// `RB301`
    pub code: &'static str,
    /// `plan-incomplete`
    pub name: &'static str,
    /// What it finds.
    pub summary: &'static str,
    /// Why it matters and what to write instead, as HTML; on the first page.
    pub explanation: String,
    /// How many findings there are.
    pub count: usize,
    /// This page's findings.
    pub rows: Vec<FindingRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of a lint's findings.
pub fn checks_rule(context: &Context<'_>, checks: &Checks, code: &str, page: usize) -> Option<RuleView> {
    let numbers = checks.rules.get(code)?;
    let lint = checks.finding(numbers[0]).1.lint;
    let route = Route::rule(lint.code);
    let title = format!("{} {}", lint.code, lint.name);
    Some(RuleView {
        page: Frame::new(context, title, "checks").below(context, &[(&Route::checks(), "Checks")]),
        code: lint.code,
        name: lint.name,
        summary: lint.summary,
        explanation: if page == 1 { explanation(lint) } else { String::new() },
        count: numbers.len(),
        rows: rows(context, checks, slice(numbers, page)),
        pager: Pager::new(context, numbers.len(), page, |page| route.page(page)),
    })
}

/// The explanation of a lint as HTML.
fn explanation(lint: &Lint) -> String {
    let options = Options { top_level: 3, ..Options::default() };
    let html = |section: markdown::Section| match section.level {
        0 => section.html,
        level => format!("<h{level}>{}</h{level}>\n{}", section.title_html, section.html),
    };
    markdown::render(lint.explanation, &options, |_, _| Resolution::Text).into_iter().map(html).collect()
}

/// The view of `checks-records.html`.
#[derive(Debug, Serialize)]
pub struct RecordsView {
    /// What stands around it.
    pub page: Frame,
    /// How many findings there are.
    pub count: usize,
    /// How many records have any.
    pub records: usize,
    /// This page's findings, in order of path.
    pub rows: Vec<FindingRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of all findings, record by record.
pub fn checks_records(context: &Context<'_>, checks: &Checks, page: usize) -> RecordsView {
    let numbers: Vec<u32> = (0..checks.count() as u32).collect();
    RecordsView {
        page: Frame::new(context, "Findings by record", "checks").below(context, &[(&Route::checks(), "Checks")]),
        count: checks.count(),
        records: checks.with_findings,
        rows: rows(context, checks, slice(&numbers, page)),
        pager: Pager::new(context, checks.count(), page, |page| Route::checked_records().page(page)),
    }
}

fn rows(context: &Context<'_>, checks: &Checks, numbers: &[u32]) -> Vec<FindingRow> {
    let mut before = None;
    let row = |number: &u32| {
        let (level, finding) = checks.finding(*number);
        let is_same_record = before.replace(finding.place.source) == Some(finding.place.source);
        FindingRow { is_same_record, ..row(context, checks, *level, finding) }
    };
    numbers.iter().map(row).collect()
}

fn row(context: &Context<'_>, checks: &Checks, level: Level, finding: &Finding) -> FindingRow {
    let lint = finding.lint;
    let source = &context.edition.sources[finding.place.source];
    let header = checks.records.get(&finding.place.source).map(|index| context.edition.get(*index).header());
    let replacement = finding.replacement.iter().map(|text| format!("write this instead: `{text}`"));
    FindingRow {
        record: record_link(context, checks, finding.place),
        title: header.filter(|header| header.title != header.id).map(|header| header.title.clone()),
        is_same_record: false,
        rule: Link::new(context.href(&Route::rule(lint.code)), lint.name),
        code: lint.code,
        level: level_view(level),
        message: words(&finding.message),
        label: words(&finding.label),
        help: finding.help.iter().cloned().chain(replacement).map(|text| words(&text)).collect(),
        place: format!("{}, line {}", source.path, source.position(finding.place.span.start).line),
        related: finding
            .related
            .iter()
            .filter(|(place, _)| place.source != finding.place.source)
            .map(|(place, label)| RelatedRow { record: record_link(context, checks, *place), label: words(label) })
            .collect(),
    }
}

/// A link to the record at a place; the file's path where it is none.
fn record_link(context: &Context<'_>, checks: &Checks, place: Place) -> Link {
    match checks.records.get(&place.source) {
        Some(index) => Link { href: context.href_of(*index), text: context.edition.get(*index).header().id.clone() },
        None => Link { href: None, text: context.edition.sources[place.source].path.clone() },
    }
}
