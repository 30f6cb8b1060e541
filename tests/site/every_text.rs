//! Every text of a record is found by the search, and in an edition every text that it lists and none else.

use std::collections::{BTreeMap, BTreeSet};

use super::harness::{Site, parts, root, site, site_with};
use super::search::found_among;

/// A record of each kind, with a word of its own in every text.
const RECORDS: &str = r#"
-- releases/zqrelease.md --
---
title: zqreltitle
audience: customer
summary: zqrelsummary
status: rolled-back
owner: zqrelowner
service: zqservice
configuration_items: [zqitem]
problems: [zqproblem]
tags: [zqtag]
links: [{title: zqlinktitle, url: "https://zqlinkhost.example/zqlinkpath"}]
aliases: [zqalias/old.html]
extra: {zqextrakey: zqextravalue}
version: zqversion
initiator: zqinitiator
release_manager: zqmanager
business_case: zqbusiness
changes: [zqchange]
known_errors: [zqknown]
incidents_fixed: [zqrelfixed]
incidents_caused: [{id: zqrelcaused, detected_at: 2026-01-10T20:30}]
supersedes: zqbefore
effects:
  business_areas: [{name: zqareaname, effect: zqareaeffect, contact: zqareacontact}]
  interfacing_systems: [{name: zqsystemname, effect: zqsystemeffect, contact: zqsystemcontact}]
  subcontractors: [{name: zqsubname, effect: zqsubeffect, contact: zqsubcontact}]
  external_parties: [zqparty]
impact:
  security: {outcome: accepted, by: zqsecurityby, notes: zqsecuritynotes}
  operational: {outcome: accepted, by: zqoperationalby, notes: zqoperationalnotes}
raci: [{activity: zqactivity, responsible: zqresponsible, accountable: zqaccountable, consulted: zqconsulted, informed: [zqinformed]}]
escalation: [{level: zqlevel, contact: zqcontact, channel: zqchannel, after: zqafter}]
approvals: [{role: zqrole, by: zqapprover, on: 2026-01-02, decision: approved, comment: zqcomment}]
windows: [{start: 2026-01-10T20:00, end: 2026-01-10T22:00, outcome: rolled-back}]
notifications: [{audience: zqaudience, channel: zqmail}]
tests: [{phase: pre, kind: zqtestkind, result: passed, evidence: zqevidence}]
artefacts: [{kind: additional, title: zqartefact, url: "https://zqarthost.example/"}, {kind: additional, file: zqfile.txt}]
rollback: {trigger: zqtrigger, root_cause: zqrootcause, resolution: zqresolution, follow_up: zqfollow}
review:
  by: zqreviewer
  planned_vs_actual: zqplanned
  went_well: zqwell
  went_wrong: [zqwrong]
  lessons:
    - lesson: zqlesson
      theme: zqtheme
      configuration_items: [zqlessonitem]
      actions: [{action: zqaction, owner: zqactionowner, ticket: zqticket, verified: zqverified}]
---
## Release notes

zqbody **zqstrong** [zqanchor](https://example.com/) `zqcode` ![zqalternative](https://example.com/a.png)

| zqhead |
|--------|
| zqcell |
-- releases/zqbefore.md --
---
title: Before
audience: customer
---
-- releases/zqfollow.md --
---
title: Behind
audience: customer
---
-- changes/zqchange.md --
---
short_description: zqchangetitle
audience: customer
version: zqchangeversion
releases: [zqrelease]
known_errors: [zqknown]
incidents_fixed: [zqfixedincident]
incidents_caused: [zqcausedincident]
windows: [{start: 2026-01-10T20:00, end: 2026-01-10T22:00, approved_by: zqwindowapprover}]
---
-- known-errors/zqknown.md --
---
title: zqknowntitle
audience: customer
symptoms: zqsymptoms
error_codes: [zqerrorcode]
cause: zqcause
workaround: zqworkaround
introduced_in: [zqbefore]
fixed_in: [zqrelease]
affects: [zqfollow]
planned_fix: zqfollow
---
-- problems/zqproblem.md --
---
title: zqproblemtitle
audience: customer
cause: zqproblemcause
url: https://zqproblemhost.example/
---
-- configuration-items/zqitem.md --
---
name: zqitemname
audience: customer
support_group: zqsupport
depends_on: [zqdependence]
part_of: [zqwhole]
escalation: [{contact: zqitemcontact}]
---
-- configuration-items/zqlessonitem.md --
---
title: zqlessonitemtitle
audience: customer
---
-- calendar/zqwindow.md --
---
title: zqwindowtitle
audience: customer
kind: freeze
start: 2026-12-24T00:00
end: 2026-12-26T00:00
applies_to: {services: [zqservice], configuration_items: [zqitem]}
reason: zqreason
exceptions: [{id: zqchange, approved_by: zqexception}]
---
-- pages/zqpage.md --
---
title: zqpagetitle
audience: customer
---
zqpagebody
-- releases/zqfile.txt --
Text.
"#;

/// Texts that are no words for a reader: how a window comes again.
const RULES: [&str; 2] = ["duration", "repeats"];

/// A word of a record, and the key or the section that it stands under.
struct Planted {
    word: String,
    record: String,
    key: String,
}

fn planted() -> Vec<Planted> {
    let mut all = Vec::new();
    for (path, text) in parts(RECORDS).iter().filter(|(path, _)| path.ends_with(".md")) {
        let record = path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned();
        let (head, body) = text.trim_start_matches("---\n").split_once("---\n").unwrap();
        let mut key = String::new();
        for (line, is_head) in head.lines().map(|line| (line, true)).chain(body.lines().map(|line| (line, false))) {
            match line.split_once(':') {
                Some((of_line, _)) if is_head && line.starts_with(char::is_alphabetic) => {
                    key = match of_line {
                        "short_description" => "title",
                        other => other,
                    }
                    .to_owned();
                }
                _ if !is_head => key = "body".to_owned(),
                _ => {}
            }
            let words = line.split(|letter: char| !letter.is_ascii_lowercase()).filter(|word| word.starts_with("zq"));
            let of = |word: &str| Planted { word: word.to_owned(), record: record.clone(), key: key.clone() };
            all.extend(words.map(of));
        }
    }
    all
}

/// Whether a word itself, and none like it, finds a record.
fn finds(site: &Site, planted: &Planted) -> bool {
    let found = found_among(&site.out(), &format!("\"{}\"", planted.word), 100);
    !found.lacks_phrase && found.hits.iter().any(|hit| hit.card.id == planted.record)
}

#[test]
fn every_text_is_found() {
    let site = site(RECORDS);
    let all = planted();
    assert!(all.len() > 100, "{}", all.len());
    let missing = all.iter().filter(|planted| !finds(&site, planted));
    let missing: Vec<String> = missing.map(|of| format!("{} under {} of {}", of.word, of.key, of.record)).collect();
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
}

/// What reads a value that is no text, or says something of a key: words of a closed set, days, numbers, maps.
const NO_TEXTS: [&str; 14] = [
    "date",
    "dates",
    "day_of_moment",
    "flag",
    "items",
    "map",
    "maps",
    "moment",
    "node",
    "require",
    "strip_prefix",
    "term",
    "time_zone",
    "trim_end_matches",
];

/// The keys whose values are read as texts, from the code that reads them: a new one wants its word above.
#[test]
fn every_key_of_a_text_has_its_word() {
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let mut keys = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("src/record")).unwrap() {
        let code = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap().to_owned();
        for (at, _) in code.match_indices("(") {
            let reader = code[..at].rsplit(|letter: char| !is_name(letter)).next().unwrap();
            let inside = &code[at + 1..];
            let behind = ["fields, ", "&fields, ", "scope, ", "&scope, "].iter().find_map(|of| inside.strip_prefix(of));
            let is_method = code[..at - reader.len()].ends_with('.');
            let Some(rest) = behind.or(is_method.then_some(inside)).and_then(|rest| rest.strip_prefix('"')) else {
                continue;
            };
            let key = rest.split('"').next().unwrap();
            if !NO_TEXTS.contains(&reader) && !key.is_empty() && key.chars().all(is_name) {
                keys.insert(key.to_owned());
            }
        }
    }
    assert!(keys.contains("comment") && keys.contains("went_wrong"), "{keys:?}");
    let is_there = |key: &String| RECORDS.contains(&format!("{key}: ")) || RECORDS.contains(&format!("{key}:\n"));
    let missing: Vec<&String> = keys.iter().filter(|key| !is_there(key) && !RULES.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "keys of texts without a word: {missing:?}");
}

/// An edition lists one half of the keys, and then the other half.
#[test]
fn an_edition_has_the_texts_that_it_lists_and_none_else() {
    let all = planted();
    let mut keys: BTreeMap<&str, usize> = all.iter().map(|planted| (planted.key.as_str(), 0)).collect();
    keys.values_mut().enumerate().for_each(|(number, half)| *half = number % 2);
    for half in 0..2 {
        let is_listed_key = |key: &str| keys[key] == half;
        let listed: Vec<String> =
            keys.keys().filter(|key| is_listed_key(key)).map(|key| format!("\"{key}\"")).collect();
        let settings = format!(
            "-- relbook.toml --\n[editions.customer]\n\
             types = [\"release\", \"change\", \"known-error\", \"problem\", \"configuration-item\", \"window\", \"page\"]\n\
             keys = [{}]\nsections = [{}]\n",
            listed.iter().filter(|key| *key != "\"body\"").cloned().collect::<Vec<_>>().join(", "),
            if is_listed_key("body") { "\"Release notes\", \"Description\"" } else { "" },
        );
        let files = format!("{settings}{}", RECORDS.trim_start());
        let edition = site_with(&files, |request| request.edition = Some("customer".to_owned()));
        for of in &all {
            let is_found = finds(&edition, of);
            // Who approved a window is one of the approvals; an id is in its record whatever is listed.
            let is_listed =
                |of: &Planted| is_listed_key(&of.key) && (of.word != "zqwindowapprover" || is_listed_key("approvals"));
            let is_same = |other: &&Planted| other.word == of.word && other.record == of.record;
            // The title of a configuration item is its name.
            let is_name = matches!(of.key.as_str(), "name" | "title")
                && of.word.starts_with("zqitem") | of.word.starts_with("zqlessonitem")
                && ["name", "title"].iter().any(|key| is_listed_key(key));
            let is_said = is_name || all.iter().filter(is_same).any(is_listed);
            assert!(
                is_found == is_said,
                "{} under {} of {}: found {is_found}, listed {is_said}",
                of.word,
                of.key,
                of.record
            );
        }
    }
}
