//! The search: what a query finds in a built site, the same from the terminal and from the browser's script.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use relbook::search::{Found, Searcher, each_word, fold, spell};

use super::harness::{Site, build, folder, program, relbook, root, site, site_with, use_in_browser};

const RECORDS: &str = r#"
-- known-errors/KE-101.md --
---
title: Labels come out <b>blank</b> & "wrong"
status: resolved
service: Shipping
detected: 2026-03-01
error_codes: ["E-417: spooler refused the page at 0x7F00"]
problems: [PRB-3302]
configuration_items: [label-printer]
tags: [printing]
workaround: Switch the printer off and on.
---
The tray is empty although paper was put in, says Åsa Lindström.
-- known-errors/KE-102.md --
---
title: Twin error
status: confirmed
service: Shipping
detected: 2026-02-01
---
A quorum of replicas was lost.

## Workaround

Start the witness by hand.

## Details

Not of interest.
-- known-errors/KE-103.md --
---
title: Twin error
status: resolved
service: Shipping
detected: 2026-05-01
---
A quorum of replicas was lost.
-- releases/REL-133.md --
---
title: Browser 133.0
version: "133.0"
status: closed
planned_date: 2025-11-26
service: Browser
problems: [PRB-3302]
configuration_items: [label-printer, browser]
---
The paper tray handling was connected anew; the printer spooler keeps its page.
-- releases/REL-134.md --
---
title: Browser 134
version: "134.0"
status: scheduled
planned_date: 2026-12-01
service: Browser
configuration_items: [browser]
---
Nothing about trays of paper.
-- configuration-items/label-printer.md --
---
name: Zebra in hall four
---
"#;

/// The ids that a query finds in a built site, best first.
fn ids(site: &Site, query: &str) -> Vec<String> {
    found(&site.out(), query).hits.into_iter().map(|hit| hit.card.id).collect()
}

pub(crate) fn found(out: &Path, query: &str) -> Found {
    found_among(out, query, 10)
}

/// The same, more of them.
pub(crate) fn found_among(out: &Path, query: &str, limit: usize) -> Found {
    let fetch = |path: &str| Ok(std::fs::read(out.join(path))?);
    Searcher::open(&root_of(out), &fetch)
        .and_then(|searcher| searcher.search(query, limit))
        .expect("the index is whole")
}

pub(crate) fn root_of(out: &Path) -> String {
    let mut names = std::fs::read_dir(out.join("search")).expect("an index").map(|entry| entry.unwrap().file_name());
    let root = names.find(|name| name.to_string_lossy().starts_with("root-")).expect("a root");
    format!("search/{}", root.to_string_lossy())
}

#[test]
fn words_are_found_whole_and_by_part_without_regard_to_case_and_accents() {
    let site = site(RECORDS);
    for (query, expected) in [
        ("E-417", "KE-101"),
        ("417", "KE-101"),
        ("0x7f00", "KE-101"),
        ("asa LINDSTROM", "KE-101"),
        ("Lindström", "KE-101"),
        ("133.0", "REL-133"),
        ("ke-102", "KE-102"),
        ("hall four", "label-printer"),
    ] {
        assert_eq!(ids(&site, query).first().map(String::as_str), Some(expected), "{query}");
    }
}

#[test]
fn the_record_whose_number_is_typed_is_first_and_those_of_a_problem_follow_it() {
    let site = site(RECORDS);
    assert_eq!(ids(&site, "PRB-3302")[..1], ["PRB-3302"]);
    let mut others = ids(&site, "prb-3302")[1..3].to_vec();
    others.sort();
    assert_eq!(others, ["KE-101", "REL-133"]);
    assert_eq!(ids(&site, "REL-134"), ["REL-134"]);
}

#[test]
fn all_words_are_wanted_and_most_of_them_where_no_record_has_all() {
    let site = site(RECORDS);
    assert_eq!(ids(&site, "paper tray handling"), ["REL-133"]);
    let pasted = found(&site.out(), "2026-11-01 ERROR E-417: spooler refused the page at 0x7F00 (job 88812, host x9)");
    assert!(pasted.has_most && pasted.hits[0].card.id == "KE-101", "{pasted:?}");
    let nothing = found(&site.out(), "zzz qqq");
    assert!(nothing.hits.is_empty());
}

#[test]
fn a_typing_error_is_forgiven_and_the_beginning_of_the_last_word_is_enough() {
    let site = site(RECORDS);
    for typed in ["handlng", "handlign", "hanndling", "xandling", "ahndling", "spooelr", "witnes", "quo", "conected"] {
        assert!(!found(&site.out(), typed).hits.is_empty(), "{typed}");
    }
    assert_eq!(ids(&site, "paper hanlding"), ["REL-133"]);
    assert!(ids(&site, "qu of").is_empty() || found(&site.out(), "qu of ").has_most, "only the last word is open");
}

#[test]
fn open_known_errors_come_before_resolved_ones_at_equal_points() {
    let site = site(RECORDS);
    let hits = found(&site.out(), "quorum of replicas").hits;
    let of = |id: &str| hits.iter().position(|hit| hit.card.id == id).unwrap();
    assert!(of("KE-102") < of("KE-103"), "{hits:?}");
}

#[test]
fn quoted_words_must_follow_one_another() {
    let site = site(RECORDS);
    assert_eq!(ids(&site, "\"paper tray\""), ["REL-133"]);
    assert_eq!(ids(&site, "\"trays of paper\""), ["REL-134"]);
    assert_eq!(ids(&site, "\"Start the witness\""), ["KE-102"], "a phrase that only the page has");
}

#[test]
fn a_result_shows_the_workaround_of_a_known_error() {
    let site = site(RECORDS);
    let hits = found(&site.out(), "quorum lost").hits;
    let card = &hits.iter().find(|hit| hit.card.id == "KE-102").unwrap().card;
    assert_eq!(card.workaround, "Start the witness by hand.");
    assert_eq!(card.text, "A quorum of replicas was lost. Not of interest.");
    let hit = &found(&site.out(), "E-417").hits[0];
    assert_eq!((hit.kind.as_str(), hit.status.as_str(), hit.service.as_str()), ("Known error", "Resolved", "Shipping"));
    assert_eq!(hit.date(), Some(jiff::civil::date(2026, 3, 1)));
    assert_eq!(hit.card.workaround, "Switch the printer off and on.");
}

#[test]
fn an_edition_finds_nothing_of_what_it_leaves_out() {
    let files = "\
-- relbook.toml --
[editions.customer]
types = [\"release\"]
keys = [\"title\", \"changes\"]
sections = [\"Release notes\"]
-- releases/REL-1.md --
---
title: Shown one
audience: customer
owner: Hiddenowner
changes: [CHG-9]
configuration_items: [hiddenitem]
---
Hiddenbefore

## Release notes

Shown notes<!-- hiddencomment -->, [[change:CHG-9|label]], [link](../changes/CHG-9.md).

## Rollback plan

Hiddenplan
-- changes/CHG-9.md --
---
title: Hiddenchange
configuration_items: [hiddenitem]
---
Hiddenbody
";
    let edition = site_with(files, |request| request.edition = Some("customer".to_owned()));
    assert_eq!(ids(&edition, "shown notes"), ["REL-1"]);
    for hidden in ["owner", "item", "before", "comment", "plan", "change", "body"] {
        let query = format!("hidden{hidden}");
        assert!(ids(&edition, &query).is_empty(), "{query}");
        let bytes = super::harness::readable_tree(&edition.out());
        let is_there = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(&query);
        assert_eq!(bytes.iter().find(|(_, bytes)| is_there(bytes)).map(|(path, _)| path), None, "{query}");
    }
    assert!(ids(&edition, "CHG-9").is_empty());
}

#[test]
fn the_command_prints_what_is_found() {
    let site = site(RECORDS);
    let run = |arguments: &[&str]| relbook(site.folder(), arguments).output().expect("relbook runs");
    let told = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let output = run(&["search", "E-417"]);
    assert_eq!(output.status.code(), Some(0));
    let expected = "KE-101  Labels come out <b>blank</b> & \"wrong\"\n    Known error \u{b7} Resolved \u{b7} 2026-03-01 \
                    \u{b7} Shipping \u{b7} known-errors/KE-101.html\n    Workaround: Switch the printer off and on.\n";
    assert!(told(&output).starts_with(expected), "{}", told(&output));
    assert_eq!(run(&["search", "E-417", "site"]).stdout, output.stdout);
    assert_eq!(run(&["search", "zzzz"]).status.code(), Some(1));
    let nowhere = run(&["search", "x", "releases"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("run `relbook build` first"));
}

#[test]
fn an_id_is_found_first_without_its_zeros_and_with_other_separators() {
    let records = "\
-- known-errors/KE-0118.md --\n---\ntitle: Spooler\n---\nSee KE-0119.\n\
-- known-errors/KE-0119.md --\n---\ntitle: Twin\n---\nKE-0118 KE-0118 KE-0118 KE 118 ke118\n\
-- releases/REL-2026-028.md --\n---\ntitle: Winter\nstatus: closed\n---\nText.\n\
-- releases/REL-2026-280.md --\n---\ntitle: Other\nproblems: [PRB-0042]\n---\nText.\n\
-- changes/CHG-7.md --\n---\ntitle: Seven\n---\nText.\n\
-- changes/CHG-007.md --\n---\ntitle: Bond\n---\nText.\n";
    let site = site(records);
    for (typed, expected) in [
        ("KE-0118", "KE-0118"),
        ("ke 118", "KE-0118"),
        ("KE-118", "KE-0118"),
        ("ke118", "KE-0118"),
        ("KE_0118", "KE-0118"),
        ("REL-2026-28", "REL-2026-028"),
        ("rel 2026 28", "REL-2026-028"),
        ("rel2026028", "REL-2026-028"),
        ("REL-2026-280", "REL-2026-280"),
        ("prb 42", "PRB-0042"),
        ("CHG-007", "CHG-007"),
        ("chg-7", "CHG-7"),
    ] {
        let output = relbook(site.folder(), &["search", typed]).output().expect("relbook runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            printed.starts_with(&format!("{expected}  ")) || printed.starts_with(&format!("{expected}\n")),
            "{typed}: {printed}"
        );
    }
    // Two records are as much like it: both come first.
    let mut both = ids(&site, "chg 07")[..2].to_vec();
    both.sort();
    assert_eq!(both, ["CHG-007", "CHG-7"]);
    assert_eq!(ids(&site, "prb 42")[1], "REL-2026-280", "a record of the problem comes behind it");
    assert!(ids(&site, "ke 18").is_empty() || found(&site.out(), "ke 18").has_most);
}

#[test]
fn what_was_rolled_back_says_so_whatever_its_status() {
    let records = "\
-- changes/CHG-1.md --\n---\ntitle: Valve one\nstatus: closed\nrollback: {at: 2026-01-10T21:00}\n---\nText.\n\
-- changes/CHG-2.md --\n---\ntitle: Valve two\nstatus: rolled-back\n---\nText.\n\
-- changes/CHG-3.md --\n---\ntitle: Valve three\nstatus: closed\n---\nText.\n\
-- changes/CHG-4.md --\n---\ntitle: Valve four\nrollback: {at: 2026-01-10T21:00}\n---\nText.\n";
    let site = site(records);
    let hits = found(&site.out(), "valve").hits;
    let mut told: Vec<String> =
        hits.iter().map(|hit| format!("{} {} {}", hit.card.id, hit.status, hit.was_rolled_back)).collect();
    told.sort();
    assert_eq!(told, ["CHG-1 Closed true", "CHG-2 Rolled back false", "CHG-3 Closed false", "CHG-4  true"]);
    let output = relbook(site.folder(), &["search", "valve one"]).output().expect("relbook runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        printed.starts_with("CHG-1  Valve one\n    Change \u{b7} Closed \u{b7} Was rolled back \u{b7} "),
        "{printed}"
    );
}

#[test]
fn what_a_terminal_would_obey_is_not_printed() {
    let records = "\
-- known-errors/KE-1.md --\n---\ntitle: Bell\nservice: \"Tower\\e[31m\\nKE-2  Forged\\u009b2J\"\nstatus: confirmed\n\
workaround: \"Ring \\e]0;owned\\a twice \\u202e\"\n---\nText.\n";
    let site = site(records);
    let output = relbook(site.folder(), &["search", "bell"]).output().expect("relbook runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.contains("Tower") && printed.contains("Ring"), "{printed}");
    let is_plain = |letter: char| letter == '\n' || !(letter.is_control() || letter == '\u{202e}');
    assert!(printed.chars().all(is_plain), "{printed:?}");
    assert_eq!(printed.lines().count(), 3, "{printed}");
}

#[test]
fn the_terminal_says_how_records_were_found() {
    let site = site(RECORDS);
    let said = |query: &str| {
        let output = relbook(site.folder(), &["search", query]).output().expect("relbook runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).trim_end().to_owned())
    };
    for (query, code, expected) in [
        ("paper tray handling", 0, "1 record"),
        ("paper hanlding", 0, "no record has all of these words as typed; 1 record with words spelled nearly so"),
        ("paper tray handling zzzz", 0, "no record has all of these words; 1 record nearest to it"),
        ("zzzz", 1, "no record has any of these words"),
        ("?!", 1, "there is nothing to look for: a query has letters or digits"),
    ] {
        assert_eq!(said(query), (Some(code), expected.to_owned()), "{query}");
    }
    let long: Vec<String> = (0..40).map(|number| format!("word{number}")).collect();
    assert!(said(&long.join(" ")).1.ends_with("\nonly the first words of the query were looked for"));
    // A word that every record has is found like any other.
    assert_eq!(super::phrases::records(&["one word", "word two"], "word"), 2);
}

/// What is typed, and the words that both find in it.
const SPELLINGS: &[(&str, &str)] = &[
    ("E-417 PRB-3302", "e 417 e-417 prb 3302 prb-3302"),
    ("133.0 v1.2.3-rc1", "133 0 133.0 v1 2 3 rc1 v1.2.3-rc1"),
    ("read-only snake_case a--b -x-", "read only snake case a b x"),
    ("Don't O\u{2019}Neill 'quoted'", "dont oneill quoted"),
    (
        "M\u{fc}nchen Mu\u{308}nchen u\u{323}\u{308} \u{d6}l \u{d8}l \u{c4}\u{e5} na\u{ef}ve \u{1d6}",
        "munchen munchen u ol ol aa naive u",
    ),
    (
        "\u{c5}ngstr\u{f6}m Stra\u{df}e \u{141}\u{f3}d\u{17a} \u{152}uvre \u{130}zmir",
        "angstrom strasse lodz oeuvre izmir",
    ),
    ("\u{fb01}le \u{2460} \u{bd} CHG\u{2011}2041 5\u{2013}7", "file 1 1 2 chg 2041 chg-2041 5 7 5-7"),
    (
        "\u{39f}\u{394}\u{39f}\u{3a3} \u{3bf}\u{3b4}\u{3cc}\u{3c2}",
        "\u{3bf}\u{3b4}\u{3bf}\u{3c3} \u{3bf}\u{3b4}\u{3bf}\u{3c3}",
    ),
    ("\u{969c}\u{5bb3}\u{5831}\u{544a}v2 \u{706b}", "\u{969c}\u{5bb3} \u{5bb3}\u{5831} \u{5831}\u{544a} v2 \u{706b}"),
    ("\u{1d400}\u{1d401} \u{10428}x \u{1f600}a", "ab \u{10428}x a"),
    ("<b>x</b> a/b c:d 1,000.5", "b x b a b c d 1 000 5 000.5"),
];

#[test]
fn words_are_taken_from_a_text_by_one_rule() {
    for (text, expected) in SPELLINGS {
        assert_eq!(words(text), *expected, "{text}");
    }
}

fn words(text: &str) -> String {
    let folded = fold(text);
    let mut words = Vec::new();
    each_word(&folded, |word| words.push(word));
    words.join(" ")
}

const QUERIES: &[&str] = &[
    "E-417",
    "label printer",
    "PRB-3302",
    "prb-3302",
    "prb 03302",
    "quorum of replicas",
    "conected",
    "xandling",
    "qu",
    "paper tray ",
    "2026-11-01 ERROR E-417: spooler refused the page at 0x7F00 (job 88812, host x9)",
    "zzz",
    "!!!",
    "Lindstr\u{f6}m",
    "Lindstroem",
    "133.0",
    "label",
    "Releas",
    "billing credit notes",
    "invoice twise",
    "sorter zwolle",
    "time-out",
    "timeout",
    "time out",
    "rollback",
    "roll-back",
    "e417",
    "printer",
    "print",
    "tray",
    "REL-2026-014",
    "rel 2026 14",
    "ke0101",
    "ke 101",
    "chg 7",
    "the",
    "\"paper tray\"",
    "\"tray paper\"",
    "\"paper tray handling was\"",
    "\"the paper tray\" label",
    "\"a label printer\"",
    "\"Not much else. Not much\"",
    "\"not much not else\"",
    "\"the quorum\" \"of replicas\"",
    "\"spooler\" \"refused the page\"",
    "\"spooelr refused\"",
    "\"E-417\"",
    "\u{201e}\u{c5}sa Lindstr\u{f6}m\u{201c}",
    "\u{ab}aasa lindstroem\u{bb}",
];

/// The browser's script answers as the program does, word for word and point for point.
#[test]
fn the_script_of_the_page_finds_the_same() {
    let Some(node) = program("RELBOOK_NODE", "node") else {
        eprintln!("SKIPPED: the_script_of_the_page_finds_the_same, for there is no node");
        return;
    };
    let example = tempfile::tempdir().unwrap();
    let copied = Command::new("cp").arg("-r").arg(root().join("content-example/.")).arg(example.path()).status();
    assert!(copied.unwrap().success());
    for site in [site(RECORDS), site(&many_records()), build(example, |_| ())] {
        let script = site.folder().join("search.mjs");
        std::fs::copy(site.out().join("assets/search.js"), &script).unwrap();
        let questions: Vec<String> = SPELLINGS
            .iter()
            .map(|(text, _)| format!("words {text}"))
            .chain(QUERIES.iter().map(|query| format!("search {query}")))
            .collect();
        let both = |text: &str| format!("{} | {}", words(text), words(&spell(text)));
        let expected = SPELLINGS.iter().map(|(text, _)| both(text)).chain(QUERIES.iter().map(|query| {
            let found = found(&site.out(), query);
            let hits = found.hits.iter().map(|hit| format!(" {}:{}", hit.card.id, hit.points));
            let how = format!("{} {} {}", found.has_most, found.is_corrected, found.lacks_phrase);
            format!("{} {how}{}", found.total, hits.collect::<String>())
        }));
        let answers = ask(&node, &script, &site.out(), &questions.join("\n"));
        for ((question, expected), answer) in questions.iter().zip(expected).zip(answers.lines()) {
            assert_eq!(answer, expected, "{question}");
        }
        assert_eq!(answers.lines().count(), questions.len());
    }
}

/// So many that the commonest words are written with fewer steps of how well they describe a record.
fn many_records() -> String {
    let record = |number: u32| {
        let more = ["tray", "paper tray", "tray of a label printer"][number as usize % 3];
        let text = "label ".repeat(number as usize % 7) + &"Not much else. ".repeat(number as usize % 30);
        let day = format!("20{}-0{}-1{}", 20 + number % 5, 1 + number % 9, number % 10);
        let status = if number.is_multiple_of(4) { "closed" } else { "scheduled" };
        format!(
            "-- changes/CHG-{number}.md --\n---\ntitle: The {more}\nstatus: {status}\nservice: Edge {}\n\
             planned_date: {day}\n---\n{text}\n",
            number % 60
        )
    };
    (1..=1400).map(record).collect()
}

fn ask(node: &Path, script: &Path, site: &Path, questions: &str) -> String {
    let mut child = Command::new(node)
        .arg(root().join("tests/browser/search.mjs"))
        .args([script, site])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    child.stdin.take().unwrap().write_all(questions.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the script fails");
    String::from_utf8(output.stdout).unwrap()
}

/// The page in a browser: typing, facets, address, way back, keyboard, nothing found, hostile titles, scripts off.
#[test]
fn the_page_works_in_a_browser() {
    let mut records = RECORDS.to_owned();
    for number in 1..=25 {
        records += &format!(
            "-- changes/CHG-{number}.md --\n---\ntitle: Change {number} of the gateway\nstatus: {}\nservice: Edge\n\
             planned_date: 20{}-01-0{}\nconfiguration_items: [gateway]\ntags: [\"n{}\"]\n---\nText.\n",
            if number % 2 == 0 { "closed" } else { "scheduled" },
            24 + number % 3,
            1 + number % 9,
            number % 4,
        );
    }
    records += "\
-- changes/CHG-007.md --\n---\ntitle: Valve one\nstatus: closed\nrollback: {at: 2026-01-10T21:00}\n---\nText.\n\
-- changes/CHG-031.md --\n---\ntitle: Valve two\nstatus: rolled-back\n---\nText.\n\
-- changes/CHG-032.md --\n---\ntitle: Valve three\nstatus: closed\n---\nA time-out.\n";
    let site = build(folder(&records), |_| ());
    use_in_browser("page.mjs", &site);
}
