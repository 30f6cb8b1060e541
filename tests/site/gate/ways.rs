//! Ways around the gate: what somebody might do so that work which nobody approved, tested, reviewed or announced goes
//! through `strict` without a word. None may.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use relbook::diag::{Level, Profile};
use relbook::pipeline;

use super::super::harness::{check, folder, parts, request};
use super::super::html::Page;
use super::{WHOLE, in_freeze};

/// A way around the gate: what it is, and the site that somebody would commit.
struct Way {
    name: String,
    files: String,
}

/// The keys of the record that was released, each with all its lines.
fn keys(record: &str) -> Vec<(String, String)> {
    let matter = record.split("---\n").nth(1).expect("front matter");
    let mut keys: Vec<(String, String)> = Vec::new();
    for line in matter.split_inclusive('\n') {
        match (line.starts_with(' '), keys.last_mut()) {
            (true, Some((_, lines))) => lines.push_str(line),
            _ => keys.push((line.split(':').next().unwrap_or_default().to_owned(), line.to_owned())),
        }
    }
    keys
}

/// The sections of its body, each with its heading.
fn sections(record: &str) -> Vec<(String, String)> {
    let body = record.splitn(3, "---\n").nth(2).expect("a body");
    let starts: Vec<usize> = body.match_indices("## ").map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| {
            let section = &body[*from..to];
            (section.lines().next().unwrap_or_default().to_owned(), section.to_owned())
        })
        .collect()
}

/// What a record may do without: it says less then, and opens nothing. The reason stands beside each.
fn is_free(path: &str, key: &str) -> bool {
    match key {
        // What is still to come may be a draft: when its window begins, it has to say more.
        "status" => path == "releases/REL-2.md",
        // Tests are wanted of what is deployed, release notes too.
        "tests" | "## Release notes" => path == "releases/REL-2.md",
        // The summary says what it is.
        "## Description" => path != "changes/CHG-3.md",
        // What the built-in table wants of releases, and of a change that ships alone only where a site says so.
        "business_case" | "## Implementation plan" => path == "changes/CHG-3.md",
        // What it is called, and who may read it.
        "title" | "summary" | "version" | "service" => true,
        // A window says when, and the day of the plan is the window's where none is written.
        "planned_date" => true,
        // No problem need be behind a change; a change that a release delivers has its risk there.
        "problems" | "risk" => true,
        // The release manager answers where no owner is named, and the other way round.
        "owner" => path == "changes/CHG-3.md",
        _ => false,
    }
}

/// The whole site with another text of one of its files.
fn with_file(path: &str, text: &str) -> String {
    let files =
        parts(WHOLE).into_iter().map(|(of, old)| format!("-- {of} --\n{}", if of == path { text } else { &old }));
    files.collect()
}

const RECORDS: [&str; 3] = ["releases/REL-1.md", "releases/REL-2.md", "changes/CHG-3.md"];

fn record(path: &str) -> String {
    parts(WHOLE).into_iter().find(|(of, _)| of == path).expect("a record of the site").1
}

/// Every key and section left out, emptied, misspelt, one at a time.
fn of_keys() -> Vec<Way> {
    let mut ways = Vec::new();
    for path in RECORDS {
        let text = record(path);
        let mut way = |what: &str, key: &str, changed: String| {
            assert_ne!(changed, text, "{what} {key}");
            ways.push(Way { name: format!("{path}: {what} {key}"), files: with_file(path, &changed) });
        };
        for (key, lines) in keys(&text) {
            let misspelt = format!("{}x", &key[..key.len() - 1]);
            way("misspell", &key, text.replacen(&lines, &lines.replacen(&key, &misspelt, 1), 1));
            if is_free(path, &key) {
                continue;
            }
            way("leave out", &key, text.replacen(&lines, "", 1));
            for empty in ["", " \"\"", " []", " {}", " \" \"", " n/a", " TBD"] {
                way(&format!("empty ({empty})"), &key, text.replacen(&lines, &format!("{key}:{empty}\n"), 1));
            }
        }
        for (heading, section) in sections(&text).into_iter().filter(|(heading, _)| !is_free(path, heading)) {
            way("leave out", &heading, text.replacen(&section, "", 1));
            way("empty", &heading, text.replacen(&section, &format!("{heading}\n\n"), 1));
            way("put off", &heading, text.replacen(&section, &format!("{heading}\n\nTBD\n\n"), 1));
            way("misspell", &heading, text.replacen(&heading, &format!("{heading}x"), 1));
        }
    }
    ways
}

/// One text for another in a record.
#[rustfmt::skip]
const EDITS: &[(&str, &str, &str, &str)] = &[
    ("an approval of tomorrow", "releases/REL-2.md", "by: Cato Wind, on: 2026-11-18", "by: Cato Wind, on: 2026-11-23"),
    ("approvals after the work", "changes/CHG-3.md", "by: Cato Wind, on: 2026-10-29", "by: Cato Wind, on: 2026-11-05"),
    ("an approval without a day", "changes/CHG-3.md", "by: Cato Wind, on: 2026-10-29, ", "by: Cato Wind, "),
    ("an approval without a word", "changes/CHG-3.md", ", decision: approved", ""),
    ("an approval that says no", "changes/CHG-3.md", "decision: approved", "decision: rejected"),
    ("an approval that says something else", "changes/CHG-3.md", "decision: approved", "decision: noted"),
    ("an approval by who asked for it", "changes/CHG-3.md", "by: Cato Wind", "by: Ines Vos"),
    ("an approval by who asked for it, in capitals", "changes/CHG-3.md", "by: Cato Wind", "by: \" INES  VOS \""),
    ("an approval of nobody", "changes/CHG-3.md", "role: Change advisory board, by: Cato Wind, ", ""),
    ("an approval of nobody in words", "changes/CHG-3.md", "role: Change advisory board, by: Cato Wind", "role: n/a, by: nobody"),
    ("an approval that is to be named", "changes/CHG-3.md", "by: Cato Wind", "by: TBD"),
    ("a review of nobody in words", "releases/REL-2.md", "by: Sem Bos", "by: n/a"),
    ("a review afterwards of nobody in words", "releases/REL-1.md", "  by: Rik Maas\n", "  by: none\n"),
    ("a review of tomorrow", "releases/REL-2.md", "by: Sem Bos, on: 2026-11-10", "by: Sem Bos, on: 2026-12-01"),
    ("a review that says no", "releases/REL-2.md", "security: {outcome: accepted", "security: {outcome: rejected"),
    ("a review that says nothing", "releases/REL-2.md", "security: {outcome: accepted, ", "security: {"),
    ("a test that was not made", "releases/REL-1.md", "kind: totals of a year, result: passed", "kind: totals of a year, result: pending"),
    ("a test that failed", "releases/REL-1.md", "kind: totals of a year, result: passed", "kind: totals of a year, result: failed"),
    ("a test of tomorrow", "releases/REL-1.md", "result: passed, on: 2026-10-02", "result: passed, on: 2026-11-30"),
    ("a test after it of tomorrow", "releases/REL-1.md", "result: passed, on: 2026-10-08", "result: passed, on: 2026-11-30"),
    ("a message of tomorrow", "releases/REL-1.md", "sent: 2026-10-01", "sent: 2026-11-30"),
    ("a message after the work", "releases/REL-1.md", "due: 2026-10-02, sent: 2026-10-01", "due: 2026-10-02, sent: 2026-10-08"),
    ("nobody is told", "releases/REL-1.md", "due: 2026-10-02, sent: 2026-10-01", "due: 2026-10-02"),
    ("no downtime is said where parties notice it", "releases/REL-1.md", "notifications:\n  - {audience: Auditors, channel: mail, due: 2026-10-02, sent: 2026-10-01}\n", ""),
    ("a review afterwards of tomorrow", "releases/REL-1.md", "  on: 2026-10-14\n", "  on: 2026-12-14\n"),
    ("called a patch", "releases/REL-1.md", "release_type: minor", "release_type: ptach"),
    ("called no type", "releases/REL-1.md", "release_type: minor\n", ""),
    ("called a type that is none", "changes/CHG-3.md", "change_type: normal", "change_type: trivial"),
    ("called a standard change", "changes/CHG-3.md", "change_type: normal", "change_type: standard"),
    ("called an emergency, without an incident", "changes/CHG-3.md", "change_type: normal\nstatus: closed\ninitiator: Ines Vos\nowner: Rik Maas\nproblems: [PRB-7]\n", "change_type: emergency\nstatus: closed\ninitiator: Ines Vos\nowner: Rik Maas\n"),
    ("a draft that was carried out", "changes/CHG-3.md", "status: closed", "status: draft"),
    ("assessed, and carried out", "changes/CHG-3.md", "status: closed", "status: assessment"),
    ("approved, and carried out", "changes/CHG-3.md", "status: closed", "status: approved"),
    ("scheduled, and carried out", "changes/CHG-3.md", "status: closed", "status: scheduled"),
    ("called off, and carried out", "changes/CHG-3.md", "status: closed", "status: cancelled"),
    ("no status, and carried out", "changes/CHG-3.md", "status: closed\n", ""),
    ("hidden as a draft of the site", "changes/CHG-3.md", "status: closed", "status: closed\ndraft: true\napprovals: []\n#"),
    ("a window that was called off, and used", "changes/CHG-3.md", "outcome: deployed", "outcome: cancelled"),
    ("a window that was put off, and used", "changes/CHG-3.md", "outcome: deployed", "outcome: postponed"),
    ("a window without a result", "changes/CHG-3.md", "    outcome: deployed\n", ""),
    ("rolled back without a reason", "changes/CHG-3.md", "outcome: deployed", "outcome: rolled-back"),
    ("a page in place of a release", "releases/REL-1.md", "release_type: minor", "type: page"),
    ("a change in place of a release", "releases/REL-1.md", "release_type: minor", "type: change"),
    ("a window in the hard freeze", "releases/REL-2.md", "2026-12-02T20:00\n    end: 2026-12-02T21:00", "2026-12-29T20:00\n    end: 2026-12-29T21:00"),
    ("a window in the freeze", "releases/REL-2.md", "2026-12-02T20:00\n    end: 2026-12-02T21:00", "2026-11-30T20:00\n    end: 2026-11-30T21:00"),
    ("delivered by a release that is a draft", "changes/CHG-3.md", "owner: Rik Maas\n", "owner: Rik Maas\nreleases: [REL-9]\napprovals: []\n#"),
];

/// What takes the place of the approval of CHG-3 in the site, in files of its own.
fn of_files() -> Vec<Way> {
    let unapproved = record("changes/CHG-3.md").replace("decision: approved", "decision: rejected");
    let without = |path: &str, text: &str| {
        let kept = parts(WHOLE).into_iter().filter(|(of, _)| of != "changes/CHG-3.md");
        let kept: String = kept.map(|(of, text)| format!("-- {of} --\n{text}")).collect();
        format!("{kept}-- {path} --\n{text}")
    };
    let mut ways = Vec::new();
    for path in [
        "changes/CHG-3.txt",
        "changes/CHG-3.markdwn",
        "change/CHG-3.md",
        "chagnes/CHG-3.md",
        "CHG-3.md",
        "Changes/CHG-3.md",
    ] {
        ways.push(Way { name: format!("put at {path}"), files: without(path, &unapproved) });
    }
    let twice = format!(
        "{}-- changes/more/CHG-3.md --\n{}",
        with_file("changes/CHG-3.md", &unapproved),
        record("changes/CHG-3.md")
    );
    ways.push(Way { name: "approved in another file of the same id".to_owned(), files: twice });
    let draft = "-- releases/REL-9.md --\n---\ntitle: Some time\nrelease_type: minor\nstatus: draft\nconfiguration_items: [ledger-db]\nchanges: [CHG-3]\n---\n\n## Description\n\nText.\n";
    for (status, more) in [("draft", ""), ("cancelled", ""), ("assessment", "")] {
        let release = draft.replace("status: draft", &format!("status: {status}{more}"));
        ways.push(Way {
            name: format!("delivered by a release that is {status}"),
            files: with_file("changes/CHG-3.md", &unapproved) + &release,
        });
    }
    for code in [
        "RB304",
        "not-approved",
        "RB312",
        "RB301",
        "RB305",
        "RB307",
        "RB310",
        "RB317",
        "RB318",
        "RB320",
        "RB008",
        "RB102",
    ] {
        for reason in [
            format!("allow: {{{code}: it must}}\n"),
            format!("allow: {{{code}: {{reason: it must, by: Ines Vos, until: 2026-12-31}}}}\n"),
        ] {
            let allowed = unapproved.replacen("---\n", &format!("---\n{reason}"), 1);
            ways.push(Way { name: reason.trim().to_owned(), files: with_file("changes/CHG-3.md", &allowed) });
        }
    }
    ways
}

/// A record with more keys at its head.
fn with_keys(text: &str, keys: &str) -> String {
    text.replacen("---\n", &format!("---\n{keys}"), 1)
}

/// CHG-3 as nobody approved it, with something that looks like an approval to whoever is in a hurry.
fn of_disguises() -> Vec<Way> {
    let path = "changes/CHG-3.md";
    let text = record(path);
    let approval = "  - {role: Change advisory board, by: Cato Wind, on: 2026-10-29, decision: approved}\n";
    let approvals = format!("approvals:\n{approval}");
    let without = text.replace(&approvals, "");
    assert_ne!(without, text);
    let unapproved = text.replace("decision: approved", "decision: rejected");
    let indented = approvals.replace("\n  ", "\n    ");
    let copy =
        |id: &str, keys: &str| WHOLE.to_owned() + &format!("-- changes/{id}.md --\n{}", with_keys(&unapproved, keys));
    let in_place = |text: &str| with_file(path, text);
    let release = |keys: &str| {
        format!(
            "-- releases/REL-9.md --\n---\ntitle: Some time\nrelease_type: patch\nstatus: closed\ninitiator: Ines Vos\n\
             configuration_items: [ledger-app]\n{keys}windows: [{{start: 2026-11-04T20:00, end: 2026-11-04T21:00, outcome: deployed}}]\n\
             ---\n\n## Description\n\nText.\n"
        )
    };
    let front_matter = without.split("---\n").nth(1).expect("front matter");
    let body = without.splitn(3, "---\n").nth(2).expect("a body");
    let ways: Vec<(&str, String)> = vec![
        ("approvals under `extra`", in_place(&with_keys(&without, &format!("extra:\n  {indented}")))),
        ("approvals of another's key", in_place(&with_keys(&without, &approvals.replace("approvals", "x_approvals")))),
        ("approvals in capitals", in_place(&with_keys(&without, &approvals.replace("approvals", "APPROVALS")))),
        ("approvals in a comment", in_place(&with_keys(&without, &format!("# {}", approvals.replace("\n ", "\n# "))))),
        ("approvals in the body", in_place(&format!("{without}\n## Approvals\n\n{approvals}"))),
        (
            "approvals in a second front matter",
            in_place(&format!("---\n{front_matter}---\n---\n{approvals}---\n{body}")),
        ),
        ("approvals in the review", in_place(&with_keys(&without, "review_approvals: Cato Wind\n"))),
        ("approvals from elsewhere", in_place(&with_keys(&without, "approvals: *board\n"))),
        ("no front matter", in_place(body)),
        ("front matter that is a comment", in_place(&format!("<!--\n---\n{front_matter}---\n-->\n{body}"))),
        ("front matter that does not end", in_place(&format!("---\n{front_matter}\n{body}"))),
        ("front matter that does not begin", in_place(&format!("\u{200b}---\n{front_matter}---\n{body}"))),
        ("another id, with the former one", in_place(&with_keys(&unapproved, "id: CHG-30\nformer_ids: [CHG-3]\n"))),
        ("the former id of an approved one", copy("CHG-4", "former_ids: [CHG-3]\n")),
        ("the id of an approved one", copy("CHG-4", "id: CHG-3\n")),
        ("the id of an approved one, in small letters", copy("CHG-4", "id: chg-3\n")),
        ("a second record of the same work", copy("CHG-4", "")),
        ("a second record that supersedes it", copy("CHG-4", "supersedes: CHG-3\n")),
        ("a second record that is closed as of it", copy("CHG-4", "releases: [REL-1]\n")),
        ("a record for customers alone", in_place(&with_keys(&unapproved, "audience: customer\n"))),
        ("a record for nobody", in_place(&with_keys(&unapproved, "audience: nobody\n"))),
        ("a record of an edition", in_place(&with_keys(&unapproved, "edition: customer\n"))),
        ("a kind of another folder", in_place(&with_keys(&unapproved, "type: release\n"))),
        ("a kind that is none", in_place(&with_keys(&unapproved, "type: note\n"))),
        ("a draft that was carried out", in_place(&with_keys(&unapproved, "draft: true\n"))),
        (
            "a draft that a release delivered",
            with_file("changes/CHG-1.md", &with_keys(&record("changes/CHG-1.md"), "draft: true\n")),
        ),
        ("a release that delivers what was approved", WHOLE.to_owned() + &release("changes: [CHG-1]\n")),
        ("a release that delivers nothing", WHOLE.to_owned() + &release("changes: []\n")),
        (
            "a release of a standard change alone",
            WHOLE.to_owned() + &release("changes: [CHG-3]\nstandard_change: SC-1\n"),
        ),
    ];
    let named = |(name, files): (&str, String)| Way { name: format!("CHG-3, unapproved: {name}"), files };
    ways.into_iter().map(named).collect()
}

/// Where CHG-3 may lie, unapproved, so that nobody looks at it.
fn of_places() -> Vec<Way> {
    let unapproved = record("changes/CHG-3.md").replace("decision: approved", "decision: rejected");
    let kept = parts(WHOLE).into_iter().filter(|(of, _)| of != "changes/CHG-3.md");
    let kept: String = kept.map(|(of, text)| format!("-- {of} --\n{text}")).collect();
    [
        "changes/CHG-3.MD",
        "changes/CHG-3.markdown",
        "changes/CHG-3.mdx",
        "changes/CHG-3.md.txt",
        "changes/CHG-3",
        "changes/2026/CHG-3.md",
        "changes/2026/11/CHG-3.md",
        "changes/CHG-3/index.md",
        "changes/CHG-3/CHG-3.md",
        "releases/CHG-3.md",
        "known-errors/CHG-3.md",
        "problems/CHG-3.md",
        "calendar/CHG-3.md",
        "configuration-items/CHG-3.md",
        "standard-changes/CHG-3.md",
        "pages/CHG-3.md",
        "change-requests/CHG-3.md",
        "changes-2026/CHG-3.md",
        "CHANGES/CHG-3.md",
        "index.md",
    ]
    .into_iter()
    .map(|path| Way { name: format!("unapproved, at {path}"), files: format!("{kept}-- {path} --\n{unapproved}") })
    .collect()
}

/// All ways that a finding ends.
fn all() -> Vec<Way> {
    let mut ways = of_keys();
    for (name, path, from, to) in EDITS {
        let text = record(path);
        assert!(text.contains(from), "{name}: {from}");
        ways.push(Way { name: format!("{path}: {name}"), files: with_file(path, &text.replace(from, to)) });
    }
    ways.extend(of_exceptions());
    ways.extend(of_files());
    ways.extend(of_disguises());
    ways.extend(of_places());
    ways
}

/// What the freeze of the end of November lets through, while REL-2 is planned in it.
fn of_exceptions() -> Vec<Way> {
    [
        "[REL-2]",
        "[{id: REL-2}]",
        "[{id: REL-2, approved_by: }]",
        "[{id: REL-2, approved_by: \"\"}]",
        "[{id: REL-2, approved_by: TBD}]",
        "[{id: REL-2, approved_by: n/a}]",
        "[{id: REL-2, approved: true}]",
        "[{id: CHG-2, approved_by: Cato Wind}]",
        "[{id: REL-1, approved_by: Cato Wind}]",
        "[{id: \"REL-*\", approved_by: Cato Wind}]",
        "{id: REL-2}",
        "all",
    ]
    .into_iter()
    .map(|exceptions| Way { name: format!("exceptions: {exceptions}"), files: in_freeze(exceptions) })
    .collect()
}

/// A record that silences all that is found of it, by somebody and until some day; nothing where that cannot be silenced.
fn silenced(way: &Way) -> Option<Way> {
    let folder = folder(&way.files);
    let checked = check(folder.path(), Some(Profile::Strict));
    let findings: Vec<_> = checked.report.findings().iter().map(|(_, finding)| finding).collect();
    let path = &checked.sources[findings.first()?.place.source].path;
    let is_plan = path.starts_with("releases/") || path.starts_with("changes/");
    let is_one = findings.iter().all(|of| checked.sources[of.place.source].path == *path);
    let text = parts(&way.files).into_iter().find(|(of, text)| of == path && text.starts_with("---\n"));
    let (_, text) = text.filter(|_| is_plan && is_one)?;
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.lint.code).collect();
    let waiver = |code: &&str| format!("{code}: {{reason: it must, by: Ines Vos, until: 2026-12-31}}");
    let waivers: Vec<String> = codes.iter().map(waiver).collect();
    let allowed = with_keys(&text, &format!("allow: {{{}}}\n", waivers.join(", ")));
    let files = parts(&way.files).into_iter();
    let files = files.map(|(of, old)| format!("-- {of} --\n{}", if of == *path { &allowed } else { &old }));
    Some(Way { name: format!("{path}: {} [{}]", way.name, waivers.join(", ")), files: files.collect() })
}

/// How a way ends.
#[derive(Debug, PartialEq)]
enum End {
    /// An error: exit code 1.
    Found(Vec<&'static str>),
    /// Exit code 0, and what the pages list that they do not list of the whole site.
    Listed { deviations: Vec<String>, waivers: Vec<String> },
    /// Exit code 0, and not a word.
    Through,
}

/// The rows of a page's tables.
fn rows(out: &Path, page: &str) -> Vec<String> {
    let Ok(html) = fs::read_to_string(out.join(page)) else { return Vec::new() };
    html.split("<tr").skip(1).map(|row| Page::new("", format!("<p{row}</p>")).text()).collect()
}

fn end(files: &str) -> End {
    let folder = folder(files);
    let checked = check(folder.path(), Some(Profile::Strict));
    if checked.report.has_errors() {
        let errors = checked.report.findings().iter().filter(|(level, _)| *level == Level::Error);
        return End::Found(errors.map(|(_, finding)| finding.lint.code).collect());
    }
    let request = request(folder.path());
    pipeline::build(&request, &|_, _| ()).unwrap_or_else(|error| panic!("{error:#}"));
    let out = folder.path().join("site");
    let deviations = rows(&out, "deviations/index.html");
    let waivers = rows(&out, "checks/waivers.html");
    let is_told = |row: &&String| row.contains("CHG-") || row.contains("REL-");
    let told = |rows: &[String]| rows.iter().filter(is_told).cloned().collect::<Vec<String>>();
    match (told(&deviations), told(&waivers)) {
        (deviations, waivers) if deviations.is_empty() && waivers.is_empty() => End::Through,
        (deviations, waivers) => End::Listed { deviations, waivers },
    }
}

#[test]
fn no_way_leads_around_the_gate() {
    assert_eq!(end(WHOLE), End::Through, "the whole site has neither a finding nor a deviation");
    let ways = all();
    assert!(ways.len() > 500, "{}", ways.len());
    let is_open = |way: &&Way| !matches!(end(&way.files), End::Found(_));
    let open: Vec<&str> = ways.par_iter().filter(is_open).map(|way| way.name.as_str()).collect();
    assert!(open.is_empty(), "{} of {} ways are open:\n{}", open.len(), ways.len(), open.join("\n"));
}

/// What is silenced goes through, and stands on the pages: with the waivers, and of what was carried out among the deviations.
#[test]
fn what_is_waived_is_listed() {
    let ends: Vec<(End, Way)> = all().par_iter().filter_map(silenced).map(|way| (end(&way.files), way)).collect();
    let mut missed = Vec::new();
    let mut listed = 0;
    for (end, way) in &ends {
        let of = |rows: &[String]| rows.iter().any(|row| row.contains("it must"));
        match end {
            End::Found(_) => {}
            // Work to come is no deviation yet: it becomes one when it begins.
            End::Listed { deviations, waivers } if of(waivers) => {
                listed += 1;
                let is_to_come = way.name.starts_with("releases/REL-2.md");
                if !is_to_come && !deviations.iter().any(|row| row.contains("A waived finding")) {
                    missed.push(format!("{}: among the deviations {deviations:?}", way.name));
                }
            }
            other => missed.push(format!("{}: {other:?}", way.name)),
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), ends.len(), missed.join("\n"));
    assert!(listed > 50, "{listed} of {} are let through by what their records say", ends.len());
}
