//! Records: front matter in YAML and in TOML, read, linked with others and held against the process; and rules that repeat.

use jiff::civil::date;
use jiff::tz::TimeZone;
use relbook::authoring::format;
use relbook::book::{Input, link};
use relbook::check::check;
use relbook::config::Settings;
use relbook::diag::{Levels, Report, Sink};
use relbook::read::split;
use relbook::record::{Defaults, Record, read};
use relbook::source::{Source, SourceId, Sources};

use super::inputs::{Numbers, text};
use super::runner::Target;

const YAML: &[&str] = &[
    "---\ntitle: First\nservice: Shop\nstatus: deployed\nversion: \"1.10\"\nplanned_date: 2026-11-22\nchanges: [CHG-1]\nproblems: [PRB-1, PRB-2]\nconfiguration_items: [till]\nsupersedes: REL-2\naliases: [old/rel-1.html]\nextra: {a: [1, {b: c}]}\n---\n## Description\n\nSee CHG-1.\n",
    "---\nid: REL-1\ntitle: >-\n  First\n  of all\nwindows:\n  - {start: 2026-11-22T22:00, end: 2026-11-23T02:00, time_zone: Europe/London, outcome: rolled-back}\n  - start: 2026-11-28T22:00+01:00\n    duration: PT3H\nrollback:\n  cause: a lock\n  further_window: approved\nreview:\n  on: 2026-11-30\n  lessons:\n    - lesson: Ask first\n      configuration_items: [till]\n      actions: [{action: Ask, owner: A, due: 2026-12-01, status: open}]\n---\n",
    "---\ntitle: Stakes\nstakeholders:\n  - {name: A, role: responsible, contact: a@example.com}\napprovals:\n  - {by: B, on: 2026-11-01, decision: approved, comment: fine}\neffects:\n  business_areas: [{name: Sales, effect: slow}]\n  interfacing_systems: [ERP]\nescalation:\n  - {level: 1, contact: C, after: PT30M}\ntests:\n  - {kind: smoke, phase: before, result: passed, evidence: https://example.com/x}\nartefacts:\n  - {kind: installation-guide, path: guide.pdf}\nimpacts: {security: low}\n---\n",
    "---\ntitle: Known\nstatus: confirmed\nintroduced_in: [REL-1]\nfixed_in: [REL-2]\nworkaround: available\naffects: \">= 1.0, < 2\"\ndetected: 2026-11-01\n---\n## Workaround\n\nTurn it off.\n",
    "---\ntitle: Freeze\nkind: freeze\nstart: 2026-12-20\nend: 2027-01-03\napplies_to: [Shop]\nexceptions: [REL-1]\n---\n",
    "---\ntitle: Night\nkind: maintenance\nstart: 2026-11-01T22:00\nduration: PT4H\nrepeats: FREQ=WEEKLY;BYDAY=SA;UNTIL=20271231\ntime_zone: America/New_York\n---\n",
];

const TOML: &[&str] = &[
    "+++\ntitle = \"First\"\nservice = \"Shop\"\nstatus = \"deployed\"\nversion = \"1.10\"\nplanned_date = 2026-11-22\nchanges = [\"CHG-1\"]\n[[windows]]\nstart = 2026-11-22T22:00:00\nend = 2026-11-23T02:00:00Z\n[extra]\na.b = [1, 2.5]\n+++\n## Description\n",
    "+++\ntitle = '''x'''\nwindows = [{start = 2026-11-22T22:00:00+01:00, duration = \"PT3H\"}]\n[review]\non = 2026-11-30\n[[review.lessons]]\nlesson = \"Ask\"\n+++\n",
    "+++\ntitle = \"Night\"\nkind = \"maintenance\"\nstart = 2026-11-01T22:00:00\nduration = \"PT4H\"\nrepeats = \"FREQ=MONTHLY;BYDAY=2TU,-1FR;COUNT=30\"\n+++\n",
];

const RULES: &[&str] = &[
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2",
    "FREQ=MONTHLY;BYDAY=2TU,-1FR;COUNT=30",
    "FREQ=MONTHLY;BYMONTHDAY=31,-1;UNTIL=20301231T235959Z",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;WKST=SU",
    "FREQ=YEARLY;BYYEARDAY=1,366,-1",
    "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30;BYSETPOS=-1",
    "RRULE:FREQ=HOURLY;INTERVAL=5",
    "DTSTART:20260101T000000Z\nRRULE:FREQ=DAILY\nEXDATE:20260102T000000Z",
    "FREQ=SECONDLY;COUNT=5",
    "FREQ=MINUTELY;BYSECOND=59",
];

const FOLDERS: &[&str] = &[
    "releases/REL-1.md",
    "changes/CHG-1.md",
    "known-errors/KE-1.md",
    "problems/PRB-1.md",
    "configuration-items/till.md",
    "services/Shop.md",
    "calendar/W-1.md",
    "pages/p.md",
];

const OTHERS: &[(&str, &str)] = &[
    (
        "changes/CHG-2.md",
        "---\ntitle: Second\nconfiguration_items: [till]\nplanned_date: 2026-11-22\n---\n[it](../releases/REL-1.md#rollback-plan)\n",
    ),
    ("known-errors/KE-2.md", "---\ntitle: Other\nintroduced_in: [REL-2]\nservice: Shop\n---\n"),
    (
        "releases/REL-2.md",
        "---\ntitle: Before\nservice: Shop\nversion: \"1.9\"\nstatus: closed\nplanned_date: 2026-10-01\n---\n",
    ),
];

/// Reads a record at a path, links it with others, and holds the process against all.
fn whole(path: &str, text: &str) {
    let (levels, settings) = (Levels::default(), Settings::default());
    let (mut sources, mut records, mut findings) = (Sources::default(), Vec::<Record>::new(), Vec::new());
    sources.add(Source::new("relbook.toml", String::new()));
    let files = OTHERS.iter().copied().chain([(path, text)]).collect::<std::collections::BTreeMap<_, _>>();
    for (path, text) in files {
        let id = sources.add(Source::new(path, text.to_owned()));
        let sink = Sink::with_levels(id, &levels);
        records.extend(read(&sources[id], &Defaults::new(TimeZone::UTC), &sink));
        findings.extend(sink.into_findings());
    }
    let today = date(2026, 11, 22);
    let unread = Vec::new();
    let input = Input {
        records,
        files: Vec::new(),
        sources,
        time_zone: TimeZone::UTC,
        today,
        levels: Some(levels.clone()),
        unread,
    };
    let (book, found) = link(input);
    findings.extend(found);
    findings.extend(check(&book, &settings, &levels, today));
    for finding in &findings {
        let source = &book.sources[finding.place.source];
        let range = finding.place.span.range();
        assert!(
            source.text.get(range.clone()).is_some(),
            "{} points to {range:?} of {}",
            finding.lint.code,
            source.path
        );
    }
    let report = Report::new(findings, &levels, &book.sources);
    assert!(report.findings().iter().all(|(_, finding)| finding.place.source != SourceId(u32::MAX)));
}

fn run(name: &'static str, seeds: &'static [&'static str]) {
    Target {
        name,
        share: 1,
        make: &|numbers: &mut Numbers| (numbers.of_all(FOLDERS).to_owned(), text(seeds, numbers)),
        from_line: &|line| {
            let (path, text) = line.split_once(' ').expect("a path and a text");
            (path.to_owned(), text.to_owned())
        },
        attempt: &|(path, text)| whole(path, text),
    }
    .run();
}

#[test]
fn front_matter_in_yaml() {
    run("yaml", YAML);
}

#[test]
fn front_matter_in_toml() {
    run("toml", TOML);
}

#[test]
fn rules_that_repeat() {
    Target {
        name: "rule",
        share: 1,
        make: &|numbers: &mut Numbers| {
            let rule = text(RULES, numbers);
            let duration = numbers.of_all(&["PT1S", "PT4H", "P1D", "P40D", "P500Y", "-PT1H"]);
            let start = numbers.of_all(&["2000-01-01T00:00", "2026-11-01T22:00", "0001-01-01T00:00", "9999-12-30T23:00", "2026-03-29T01:30"]);
            let zone = numbers.of_all(&["UTC", "Europe/London", "Pacific/Apia", "Asia/Kathmandu"]);
            format!("---\ntitle: W\nkind: maintenance\nstart: {start}\nduration: {duration}\nrepeats: {rule:?}\ntime_zone: {zone}\n---\n")
        },
        from_line: &str::to_owned,
        attempt: &|text| whole("calendar/W-1.md", text),
    }
    .run();
}

/// What stands behind the front matter.
fn body(path: &str, text: &str) -> Option<String> {
    let source = Source::new(path, text.to_owned());
    let parts = split(&source, &Sink::new(SourceId(0)))?;
    Some(source.text[parts.body.range()].to_owned())
}

#[test]
fn front_matter_in_one_shape() {
    Target {
        name: "shape",
        share: 1,
        make: &|numbers: &mut Numbers| {
            let seeds = if numbers.below(3) == 0 { TOML } else { YAML };
            (numbers.of_all(FOLDERS).to_owned(), text(seeds, numbers))
        },
        from_line: &|line| {
            let (path, text) = line.split_once(' ').expect("a path and a text");
            (path.to_owned(), text.to_owned())
        },
        attempt: &|(path, text)| {
            let once = format(path, text);
            assert_eq!(format(path, &once), once, "a second time nothing changes");
            assert_eq!(body(path, text), body(path, &once), "bodies stay");
        },
    }
    .run();
}
