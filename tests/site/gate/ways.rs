//! Ways around the gate: what somebody might do so that work which nobody approved, tested, reviewed or announced goes
//! through `strict` without a word. None may.

use relbook::diag::Profile;

use super::super::harness::{check, folder, parts};
use super::WHOLE;

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

#[test]
fn no_way_leads_around_the_gate() {
    let mut ways = of_keys();
    for (name, path, from, to) in EDITS {
        let text = record(path);
        assert!(text.contains(from), "{name}: {from}");
        ways.push(Way { name: format!("{path}: {name}"), files: with_file(path, &text.replace(from, to)) });
    }
    ways.extend(of_files());
    assert!(ways.len() > 100, "{}", ways.len());
    let is_stopped = |way: &Way| check(folder(&way.files).path(), Some(Profile::Strict)).report.has_errors();
    let open: Vec<&str> = ways.iter().filter(|way| !is_stopped(way)).map(|way| way.name.as_str()).collect();
    assert!(open.is_empty(), "{} of {} ways are open:\n{}", open.len(), ways.len(), open.join("\n"));
}
