//! What the pages of an edition say beside what its records say: nothing of a key, a section or a kind that it does not
//! list, and no heading, column or link with nothing behind it.

use std::collections::{BTreeMap, BTreeSet};

use relbook::config::showable;
use relbook::record::Shape;

use super::harness::{Site, TODAY, folder, parts, relbook, site_with};
use super::html::{Token, tokens};
use super::planted::{Planted, plant};

/// Every key that an edition can show, with a value.
const RECORDS: &str = r#"
-- releases/REL-1.md --
---
title: One
audience: customer
summary: Summed up.
owner: Owner
service: Shop
tags: [label]
links: [{title: Document, url: "https://docs.example.com/"}]
extra: {cost_centre: field}
version: "1.0"
release_type: minor
status: closed
planned_date: 2026-11-01
initiator: Initiator
release_manager: Manager
business_case: Money.
configuration_items: [till]
problems: [PRB-1]
changes: [CHG-1]
known_errors: [KE-1]
effects: {business_areas: [Sales]}
impact: {security: {outcome: accepted, by: Guard, on: 2026-10-20}}
raci: [{activity: Deploy, responsible: Ops, accountable: Lead}]
escalation: [{contact: Duty, channel: phone}]
approvals: [{role: Board, by: Chair, on: 2026-10-25, decision: approved}]
notifications: [{audience: Shops, channel: mail, due: 2026-10-28}]
tests: [{phase: pre, kind: load, result: passed, on: 2026-10-26}]
windows: [{start: 2026-11-01T22:00, end: 2026-11-01T23:00, downtime: partial, actual_start: 2026-11-01T22:00, actual_end: 2026-11-01T23:00, outcome: deployed, approved_by: Chair, approved_on: 2026-10-25}]
review: {on: 2026-11-05, by: Board, outcome: successful, lessons: [{lesson: Learned, theme: testing, actions: [{action: Act, owner: Ops, due: 2026-11-10}]}]}
---
Described.

## Rollback plan

Back.
-- releases/REL-2.md --
---
title: Two
audience: customer
service: Shop
version: "1.1"
release_type: patch
status: rolled-back
planned_date: 2026-11-15
supersedes: REL-1
windows: [{start: 2026-11-15T22:00, end: 2026-11-15T23:00, outcome: rolled-back}, {start: 2026-12-15T22:00, end: 2026-12-15T23:00}]
rollback: {at: 2026-11-15T22:30, trigger: Slow, root_cause: Lock, resolution: Smaller, restored_at: 2026-11-15T22:50}
---
-- known-errors/KE-1.md --
---
title: Error
audience: customer
service: Shop
status: confirmed
severity: high
symptoms: It fails.
error_codes: [E-1]
cause: Rust.
workaround: Press twice.
workaround_status: partial
detected: 2026-10-01
introduced_in: [REL-1]
affects: [REL-2]
planned_fix: REL-2
problems: [PRB-1]
---
-- known-errors/KE-2.md --
---
title: Old
audience: customer
service: Shop
status: resolved
resolved: 2026-03-07
workaround_status: none
fixed_in: [REL-1]
---
-- changes/CHG-1.md --
---
title: Change
audience: customer
change_type: normal
status: closed
risk: low
priority: low
configuration_items: [till]
incidents_fixed: [INC-1]
incidents_caused: [INC-2]
releases: [REL-1]
---
-- problems/PRB-1.md --
---
title: Problem
audience: customer
status: open
priority: low
cause: Rust.
---
-- configuration-items/till.md --
---
name: Till
audience: customer
class: application
criticality: high
support_group: Group
depends_on: [net]
part_of: [shop]
escalation: [{contact: Duty, channel: phone}]
---
-- calendar/freeze.md --
---
title: Freeze
audience: customer
kind: freeze
start: 2026-12-20
end: 2026-12-31
reason: Sales
---
"#;

fn edition(types: &[&str], keys: &[&str]) -> Site {
    let list = |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    let settings = format!(
        "-- relbook.toml --\ntitle = \"Shop news\"\n[editions.customer]\ntypes = [{}]\nkeys = [{}]\n",
        list(types),
        list(keys)
    );
    site_with(&format!("{settings}{RECORDS}"), |request| request.edition = Some("customer".to_owned()))
}

/// The pages of a site.
fn pages(site: &Site) -> Vec<String> {
    site.tree().into_iter().filter(|path| path.ends_with(".html")).collect()
}

/// Every text of a page that somebody reads or hears: its own, and those in attributes.
fn texts(html: &str) -> Vec<String> {
    const READ: [&str; 5] = ["aria-label", "placeholder", "alt", "title", "content"];
    let mut texts = Vec::new();
    for (_, token) in tokens(html) {
        match token {
            Token::Text(text) => texts.push(text),
            Token::Start(name, attributes) => {
                let is_metadata =
                    name == "meta" && !attributes.contains(&("name".to_owned(), "description".to_owned()));
                let read = attributes.into_iter().filter(|(name, _)| !is_metadata && READ.contains(&name.as_str()));
                texts.extend(read.map(|(_, value)| value));
            }
            Token::End(_) => {}
        }
    }
    let texts = texts.into_iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    texts.filter(|text| text.contains(char::is_alphabetic)).collect()
}

/// What an edition of titles may say, beside the titles and ids of its records. What the search page says is the same
/// everywhere, and is not here.
const ALLOWED: &[&str] = &[
    // The frame.
    "Skip to content",
    "Shop news",
    "Site",
    "Menu",
    "Search",
    "Breadcrumbs",
    "Home",
    "Known errors",
    "Releases",
    "Made with relbook \u{b7} customer edition",
    "As data:",
    "JSON",
    "CSV",
    "Markdown",
    "Known errors \u{b7} Shop news",
    "Releases \u{b7} Shop news",
    // The home page and the lists.
    "Known errors and releases. As of",
    "22 Nov 2026",
    "All known errors",
    "All releases",
    "2 in all.",
    // The records.
    "Known error",
    "Release",
    "KE-1 Error \u{b7} Shop news",
    "KE-2 Old \u{b7} Shop news",
    "REL-1 One \u{b7} Shop news",
    "REL-2 Two \u{b7} Shop news",
    // Where nothing is.
    "Page not found \u{b7} Shop news",
    "No page has this address",
    "Records keep their addresses, so the id may be mistyped, or the record is not part of this site.",
    "Look it up in the lists:",
    "Or begin at",
    "the home page",
];

#[test]
fn an_edition_of_titles_says_nothing_else() {
    let site = edition(&["release", "known-error"], &["title"]);
    let of_records = ["KE-1", "KE-2", "REL-1", "REL-2", "Error", "Old", "One", "Two"];
    for page in pages(&site).iter().filter(|page| *page != "search/index.html") {
        for text in texts(&site.text(page)) {
            let is_allowed = ALLOWED.contains(&text.as_str()) || of_records.contains(&text.as_str());
            assert!(is_allowed, "{page} says {text:?}");
        }
        assert_nothing_is_empty(page, &site.text(page));
    }
    let llms = site.text("llms.txt");
    assert_eq!(
        llms.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        [
            "# Shop news",
            "> Release records, in these parts:",
            "- [Releases](releases/index.html)",
            "- [Known errors](known-errors/index.html)",
            "## Releases",
            "- [REL-1 One](releases/REL-1.md)",
            "- [REL-2 Two](releases/REL-2.md)",
            "## Known errors",
            "- [KE-1 Error](known-errors/KE-1.md)",
            "- [KE-2 Old](known-errors/KE-2.md)"
        ]
    );
}

/// Panics where a page has a list, a section, a column or a box with nothing in it.
fn assert_nothing_is_empty(page: &str, html: &str) {
    const HOLDERS: [&str; 12] =
        ["ul", "ol", "dl", "dd", "table", "thead", "tbody", "aside", "section", "details", "nav", "form"];
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut said = 0;
    for (_, token) in tokens(html) {
        match token {
            Token::Start(name, _) if HOLDERS.contains(&name.as_str()) => open.push((name, said)),
            Token::Start(name, _) => said += usize::from(["input", "img", "path", "rect"].contains(&name.as_str())),
            Token::Text(text) => said += usize::from(!text.trim().is_empty()),
            Token::End(name) if HOLDERS.contains(&name.as_str()) => {
                let (opened, before) = open.pop().unwrap_or_else(|| panic!("{page}: {name} ends"));
                assert_eq!(opened, name, "{page}");
                assert!(before < said, "{page} has an empty {name}");
            }
            Token::End(_) => {}
        }
    }
}

/// Keys, and words of pages that speak of them alone.
const SPEAK: &[(&[&str], &[&str])] = &[
    (&["status"], &["Confirmed", "Closed", "pen known error", "these stand first", "that are open"]),
    (&["workaround"], &["not recorded."]),
    (&["workaround_status"], &["o workaround", "Partial workaround", "None is recorded", "no workaround"]),
    (&["workaround", "workaround_status"], &["orkaround"]),
    (&["planned_fix"], &["No fix", "planned in", "Fix planned", "Rolled back, with its fix"]),
    (&["fixed_in"], &["Fixed", "No fix", "by 1.0", "still in the latest"]),
    (&["introduced_in"], &["Introduced", "Since", "since"]),
    (&["resolved"], &["7 Mar 2026", "No fix"]),
    (&["detected"], &["Detected"]),
    (&["severity"], &["Severity", "High"]),
    (&["symptoms"], &["Symptoms"]),
    (&["error_codes"], &["Error codes"]),
    (&["cause"], &["Cause", "cause of"]),
    (&["windows"], &["window", "Window", "Attempt", "owntime"]),
    (&["planned_date"], &["Planned date", "atest releases"]),
    (&["planned_date", "windows"], &["Calendar"]),
    (&["approvals"], &["pprov"]),
    (&["notifications"], &["to be told", "Sent", "Customers told"]),
    (&["tests"], &["Tests", "test before"]),
    (&["review"], &["esson", "ction", "Post-implementation", "verdue"]),
    (&["rollback"], &["Trigger", "Decided", "restored", "decided"]),
    (&["impact"], &["ecurity"]),
    (&["raci"], &["Who does what", "Responsible"]),
    (&["escalation"], &["Escalation"]),
    (&["effects"], &["Effects"]),
    (&["business_case"], &["Reason for change", "Business case"]),
    (&["version"], &["Version", "1.0", "1.1"]),
    (&["release_type"], &["Release type", "Minor", "Patch"]),
    (&["change_type"], &["Change type", "Normal"]),
    (&["risk"], &["Risk"]),
    (&["priority"], &["Priority"]),
    (&["service"], &["of Shop"]),
    (&["owner", "review"], &["Owner"]),
    (&["tags"], &["Tags"]),
    (&["links"], &["Links"]),
    (&["extra"], &["cost_centre"]),
    (&["initiator"], &["Initiator"]),
    (&["release_manager"], &["Release manager"]),
    (&["configuration_items"], &["Configuration item"]),
    (&["problems"], &["Problem"]),
    (&["changes", "releases"], &["Delivered", "delivered"]),
    (&["incidents_fixed"], &["Incidents fixed"]),
    (&["incidents_caused"], &["Incidents caused"]),
    (&["supersedes"], &["upersede"]),
    (&["known_errors", "affects"], &["known error in it", "has it", "Releases that have it"]),
];

#[test]
fn no_page_speaks_of_a_key_that_its_edition_does_not_list() {
    let mut faults = Vec::new();
    for (hidden, words) in SPEAK {
        let keys: Vec<&str> = showable().iter().filter(|key| !hidden.contains(key)).copied().collect();
        let site = edition(&["release", "known-error", "change"], &keys);
        for page in pages(&site).iter().filter(|page| *page != "search/index.html") {
            for text in texts(&site.text(page)) {
                let spoken = words.iter().filter(|word| text.contains(**word));
                faults.extend(spoken.map(|word| format!("without {hidden:?}, {page} says {word:?} in {text:?}")));
            }
            assert_nothing_is_empty(page, &site.text(page));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn an_edition_of_all_keys_has_nothing_empty_and_nothing_of_the_house() {
    let site = edition(&["release", "known-error", "change", "problem", "configuration-item", "window"], showable());
    let mut said = BTreeSet::new();
    for page in pages(&site).iter().filter(|page| *page != "search/index.html") {
        assert_nothing_is_empty(page, &site.text(page));
        said.extend(texts(&site.text(page)));
    }
    // The words that the test before looks for are there when their keys are.
    let unsaid = ["not recorded.", "No fix", "no workaround", "None is recorded", "Since", "still in the latest"];
    for (keys, words) in SPEAK {
        let is_said = words.iter().any(|word| said.iter().any(|text| text.contains(word)));
        assert!(is_said || words.iter().all(|word| unsaid.contains(word)), "{keys:?}: {words:?} in {said:#?}");
    }
    for of_house in ["State of the records", "Progress", "Readiness", "Internal", "Figures", "Checks", "Metrics"] {
        assert!(said.iter().all(|text| !text.contains(of_house)), "{of_house}");
    }
}

/// Two releases of a service and an error that the first brought; `more` stands in the second, in `error`, and in the
/// settings' list of keys.
fn ranged(more: &str, error: &str, keys: &str) -> Site {
    let files = format!(
        "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"known-error\"]\n\
         keys = [\"title\", \"service\", \"version\", \"status\", \"planned_date\", \"introduced_in\", \"fixed_in\"{keys}]\n\
         -- releases/REL-1.md --\n---\ntitle: One\naudience: customer\nservice: Shop\nversion: \"1.0\"\nstatus: closed\nplanned_date: 2026-01-10\n---\n\
         -- releases/REL-2.md --\n---\ntitle: Two\naudience: customer\nservice: Shop\nversion: \"1.1\"\nstatus: closed\nplanned_date: 2026-02-10\n{more}---\n\
         -- releases/SECRET.md --\n---\ntitle: Secret\nservice: Shop\nversion: \"1.0.5\"\nstatus: closed\nplanned_date: 2026-01-20\n---\n\
         -- known-errors/KE-1.md --\n---\ntitle: Error\naudience: customer\nstatus: confirmed\nintroduced_in: [REL-1]\n{error}---\n"
    );
    site_with(&files, |request| request.edition = Some("customer".to_owned()))
}

/// Which release has an error follows from keys and releases; where one of them is hidden, an edition does not say.
#[test]
fn an_edition_tells_a_range_only_where_it_shows_all_that_decides_it() {
    let is_told = |site: &Site| {
        let has = [
            site.page("known-errors/KE-1.html").has_part("ranges"),
            site.page("releases/REL-2.html").has_part("carried"),
        ];
        assert_eq!(has[0], has[1], "the known error and the release say the same");
        has[0]
    };
    assert!(is_told(&ranged("", "", "")));
    assert!(!is_told(&ranged("", "fixed_in: [SECRET]\n", "")), "it was fixed in a release that is hidden");
    assert!(!is_told(&ranged("supersedes: SECRET\n", "", "")), "it follows a release that is hidden");
    assert!(!is_told(&ranged("supersedes: REL-1\n", "", "")), "what it follows is hidden");
    assert!(is_told(&ranged("supersedes: REL-1\n", "", ", \"supersedes\"")));
    assert!(!is_told(&ranged("", "affects: [REL-2]\n", "")), "where else it is, is hidden");
    assert!(is_told(&ranged("", "affects: [REL-2]\n", ", \"affects\"")));
    let back = "windows: [{start: 2026-02-10T22:00, end: 2026-02-10T23:00, outcome: rolled-back}]\n";
    assert!(!is_told(&ranged(back, "", "")), "that it was taken back is hidden");
}

/// Texts under keys of a release, each naming a change that customers do not see, with the key that an edition lists.
/// As long as a planted word, so that all places stay.
const HIDDEN: &str = "CHG-77";

#[test]
fn an_internal_id_is_found_in_every_text_that_an_edition_shows() {
    let planted = plant();
    let texts = planted.words.iter().filter(|of| of.shape == Shape::Text && of.path[0] != "body");
    let texts: Vec<&Planted> = texts.collect();
    assert!(texts.len() > 100, "{}", texts.len());
    let mut files = planted.files.clone();
    let mut places = BTreeMap::new();
    for (path, text) in parts(&planted.files) {
        for (number, line) in text.lines().enumerate() {
            for of in &texts {
                if let Some(at) = line.find(&of.word) {
                    places.insert(format!("{path}:{}:{}", number + 1, at + 1), *of);
                }
            }
        }
    }
    assert_eq!(places.len(), texts.len());
    texts.iter().for_each(|of| files = files.replace(&of.word, HIDDEN));
    files += &format!("-- changes/{HIDDEN}.md --\n---\ntitle: Round once\n---\n");
    let names: BTreeSet<&str> = texts.iter().flat_map(|of| of.wanted.iter().copied()).collect();
    for half in 0..2 {
        let listed: BTreeSet<&str> =
            names.iter().enumerate().filter(|(number, _)| number % 2 == half).map(|(_, name)| *name).collect();
        let keys: Vec<String> = listed.iter().map(|key| format!("\"{key}\"")).collect();
        let settings = format!(
            "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"change\", \"known-error\", \"problem\", \
             \"standard-change\", \"configuration-item\", \"window\", \"page\"]\nkeys = [{}]\n[lints]\nleaks-reference = \"error\"\n",
            keys.join(", ")
        );
        let folder = folder(&format!("{settings}{files}"));
        let output = relbook(folder.path(), &["check", "--format", "short", "--today", TODAY]).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout);
        let found: BTreeSet<&str> = output
            .lines()
            .filter(|line| line.contains("RB701"))
            .filter_map(|line| line.match_indices(':').nth(2).map(|(at, _)| &line[..at]))
            .collect();
        for (place, of) in &places {
            let is_name = of.path == ["name"] && (listed.contains("title") || listed.contains("name"));
            let is_shown = is_name || of.wanted.iter().all(|key| listed.contains(key));
            assert!(
                found.contains(place.as_str()) == is_shown,
                "{place}, {} of {}: shown {is_shown}",
                of.path.join("."),
                of.record
            );
        }
        assert!(!found.is_empty());
    }
}
