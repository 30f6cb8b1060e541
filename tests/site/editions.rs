//! What an edition leaves out leaves no trace: a word that stands in all that is left out is in no byte of the
//! output.

use super::harness::{Site, readable_tree, site, site_with};
use super::search::found;

/// Panics where the word is in a path or in a byte of the output, or the search knows a word that begins with it.
fn assert_no_canary(site: &Site) {
    assert_eq!(found(&site.out(), "canary").total, 0, "the search knows the word");
    for (path, bytes) in readable_tree(&site.out()) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!path.to_lowercase().contains("canary"), "the path {path}");
        if let Some(at) = text.find("canary") {
            let from = (0..=at.saturating_sub(200)).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(0);
            panic!("{path}: …{}…", text[from..].chars().take(400).collect::<String>());
        }
    }
}

/// Records of every kind with the word in every key, section, comment, file and file name.
/// `more` stands in each front matter.
fn canaries(more: &str) -> String {
    let header = |id: &str| {
        format!(
            "id: {id}\ntitle: CANARY title\nsummary: CANARY summary\nowner: CANARY owner\nservice: CANARY service\n\
             tags: [CANARY]\nlinks: [{{title: CANARY, url: \"https://canary.example.com/\"}}]\naliases: [canary/{id}.html]\n\
             extra: {{CANARY: CANARY}} # CANARY\n{more}"
        )
    };
    let plan = "initiator: CANARY\nrelease_manager: CANARY\nbusiness_case: CANARY\nstatus: rolled-back\n\
        effects: {business_areas: [CANARY], interfacing_systems: [CANARY], subcontractors: [CANARY], external_parties: [{name: CANARY, effect: CANARY, contact: CANARY}]}\n\
        impact: {security: {outcome: accepted, by: CANARY, notes: CANARY}, operational: {by: CANARY}}\n\
        raci: [{activity: CANARY, responsible: CANARY, accountable: CANARY, consulted: [CANARY], informed: [CANARY]}]\n\
        escalation: [{level: CANARY, contact: CANARY, channel: CANARY, after: CANARY}]\n\
        approvals: [{role: CANARY, by: CANARY, decision: approved, comment: CANARY}]\n\
        notifications: [{audience: CANARY, channel: CANARY, due: 2026-11-01}]\n\
        tests: [{phase: pre, kind: CANARY, result: passed, evidence: CANARY}]\n\
        windows: [{start: 2031-06-01T10:00, end: 2031-06-01T11:00, approved_by: CANARY}]\n\
        rollback: {trigger: CANARY, root_cause: CANARY, resolution: CANARY}\n\
        incidents_fixed: [CANARY]\nincidents_caused: [{id: CANARY, detected_at: 2026-06-01T11:00}]\n\
        review: {by: CANARY, planned_vs_actual: CANARY, went_well: CANARY, went_wrong: CANARY, lessons: [{lesson: CANARY, theme: canary, actions: [{action: CANARY, owner: CANARY, ticket: CANARY, due: 2026-01-01}]}]}\n";
    let body = "CANARY before any heading <!-- CANARY -->\n\n## Release notes\n\nCANARY\n\n## CANARY heading\n\n\
        CANARY [file](CANARY-log.txt)\n\n## Workaround\n\nCANARY\n";
    let items = "configuration_items: [CANARY-item]\nproblems: [CANARY-problem]\n";
    format!(
        "-- releases/CANARY-release/index.md --\n---\n{release}version: CANARY\nrelease_type: major\n{items}{plan}\
         artefacts: [{{kind: release-notes, title: CANARY, file: CANARY-notes.txt}}]\n---\n{body}\n\
         -- releases/CANARY-release/CANARY-notes.txt --\nCANARY\n\
         -- releases/CANARY-release/CANARY-log.txt --\nCANARY\n\
         -- changes/CANARY-change.md --\n---\n{change}version: CANARY\n{items}{plan}releases: [REL-INTERNAL]\n---\n{unlinked}\n\
         -- known-errors/CANARY-error.md --\n---\n{known_error}{items}symptoms: CANARY\nerror_codes: [CANARY]\ncause: CANARY\n\
         workaround: CANARY\nstatus: confirmed\ndetected: 2026-01-01\nintroduced_in: [REL-INTERNAL]\naffects: [REL-1]\n---\n{unlinked}\n\
         -- problems/CANARY-p.md --\n---\n{problem}cause: CANARY\nurl: https://canary.example.com/\n---\n{unlinked}\n\
         -- configuration-items/CANARY-i.md --\n---\n{item}support_group: CANARY\ndepends_on: [CANARY-other]\n---\n{unlinked}\n\
         -- calendar/CANARY-w.md --\n---\n{window}kind: freeze\nstart: 2031-06-01\nend: 2031-06-02\nreason: CANARY\n\
         applies_to: {{services: [CANARY service], configuration_items: [CANARY-item]}}\nexceptions: [REL-1]\n---\n{unlinked}\n\
         -- pages/CANARY-g.md --\n---\n{page}---\n{unlinked}\n",
        release = header("REL-INTERNAL"),
        change = header("CHG-INTERNAL"),
        known_error = header("KE-INTERNAL"),
        problem = header("PRB-INTERNAL"),
        item = header("ITEM-INTERNAL"),
        window = header("WINDOW-INTERNAL"),
        page = header("PAGE-INTERNAL"),
        unlinked = body.replace("[file](CANARY-log.txt)", ""),
    )
}

const CUSTOMER: &str = r#"
-- relbook.toml --
title = "For customers"
edit_url = "https://git.canary.example.com/{path}"
[[tickets]]
pattern = "PRB-{number}"
url = "https://itsm.canary.example.com/{id}"
[editions.customer]
types = ["release", "known-error"]
keys = ["title", "summary", "version", "status", "planned_date", "windows", "workaround", "fixed_in", "changes"]
sections = ["Release notes", "Installation guide"]
"#;

/// Customer records that refer to what is left out, and have the word in every key that is not listed.
const CUSTOMER_RECORDS: &str = r#"
-- releases/REL-1.md --
---
title: Shown title
summary: Shown summary
version: 4.2
status: deployed
planned_date: 2026-11-10
audience: customer
changes: [CHG-INTERNAL]
owner: CANARY
initiator: CANARY
service: CANARY service
business_case: CANARY
tags: [CANARY]
links: [{title: CANARY, url: "https://canary.example.com/"}]
extra: {CANARY: CANARY}
release_type: major
known_errors: [KE-INTERNAL]
configuration_items: [ITEM-INTERNAL, CANARY-item]
problems: [PRB-INTERNAL, CANARY-problem]
supersedes: REL-INTERNAL
approvals: [{role: CANARY, by: CANARY}]
review: {by: CANARY, lessons: [{lesson: CANARY, theme: canary}]}
rollback: {trigger: CANARY, follow_up: REL-INTERNAL}
artefacts: [{kind: additional, title: CANARY, file: CANARY-attached.txt}]
windows: [{start: 2026-11-10T22:00, end: 2026-11-10T23:00, approved_by: CANARY, approved_on: 2026-11-09}]
---
CANARY before any heading.

## Business case

CANARY

## Release notes

Shown notes<!-- CANARY -->, [[release:REL-INTERNAL|shown label]], [shown link](CANARY-release/index.md).

### Below the notes

Shown below.

## Rollback plan

CANARY

### Installation guide

Shown guide.
-- releases/CANARY-attached.txt --
CANARY
-- known-errors/KE-1.md --
---
title: Shown error
audience: customer
workaround: Shown workaround
cause: CANARY
symptoms: CANARY
introduced_in: [REL-INTERNAL]
fixed_in: [REL-1]
---
## Root cause

CANARY
-- known-errors/KE-2.md --
---
title: Draft for customers, CANARY
audience: customer
draft: true
---
"#;

fn customer_site() -> Site {
    let files = [CUSTOMER, CUSTOMER_RECORDS, &canaries("")].concat();
    site_with(&files, |request| request.edition = Some("customer".to_owned()))
}

#[test]
fn what_an_edition_leaves_out_is_in_no_byte_of_it() {
    assert_no_canary(&customer_site());
}

#[test]
fn what_an_edition_lists_is_on_its_pages() {
    let site = customer_site();
    let release = site.page("releases/REL-1.html").main();
    for shown in [
        "Shown title",
        "Shown summary",
        "4.2",
        "Deployed",
        "10 Nov 2026",
        "22:00",
        "Shown notes",
        "shown label",
        "shown link",
        "Shown below.",
        "Shown guide.",
    ] {
        assert!(release.text().contains(shown), "{shown} is not in {}", release.text());
    }
    assert!(release.text().contains("CHG-INTERNAL"), "the key is listed, so its id stands there as text");
    assert!(release.links().iter().all(|(href, _)| !href.contains("INTERNAL")), "{:?}", release.links());
    let known_error = site.page("known-errors/KE-1.html").main();
    assert!(known_error.text().contains("Shown workaround"), "{}", known_error.text());
    assert_eq!(site.listed("known-errors/KE-1.html", "fixed-in"), ["releases/REL-1.html"]);
}

#[test]
fn what_an_edition_does_not_list_is_not_on_its_pages() {
    let site = customer_site();
    for (path, bytes) in readable_tree(&site.out()) {
        // The schemas are those of all records, and the manifest names the records as Markdown.
        let is_of_program = path.starts_with("api/v1/schema/") || path == "api/v1/openapi.json";
        if is_of_program || path == ".relbook/manifest" {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned().replace("/REL-1.md", "").replace("/KE-1.md", "");
        for hidden in
            ["KE-INTERNAL", "REL-INTERNAL", "ITEM-INTERNAL", "PRB-INTERNAL", "Major", "Internal", ".md", "2031"]
        {
            assert!(!text.contains(hidden), "{hidden} is in {path}");
        }
    }
    let tree: Vec<String> = site.tree().into_iter().filter(|path| !path.starts_with("assets/")).collect();
    let tree: Vec<String> = tree.into_iter().filter(|path| !path.ends_with(".bin")).collect();
    assert_eq!(
        tree,
        [
            "404.html",
            "_headers",
            "api/v1/calendar.csv",
            "api/v1/calendar.json",
            "api/v1/index.json",
            "api/v1/known-errors.csv",
            "api/v1/known-errors.json",
            "api/v1/known-errors/KE-1.json",
            "api/v1/openapi.json",
            "api/v1/releases.csv",
            "api/v1/releases.json",
            "api/v1/releases/REL-1.json",
            "api/v1/schema/change.json",
            "api/v1/schema/configuration-item.json",
            "api/v1/schema/known-error.json",
            "api/v1/schema/page.json",
            "api/v1/schema/problem.json",
            "api/v1/schema/release.json",
            "api/v1/schema/standard-change.json",
            "api/v1/schema/window.json",
            "calendar.ics",
            "calendar/2026.html",
            "calendar/2026/11.html",
            "calendar/2026/W46.html",
            "calendar/index.html",
            "index.html",
            "known-errors/KE-1.html",
            "known-errors/KE-1.md",
            "known-errors/index.html",
            "llms.txt",
            "releases/2026/index.html",
            "releases/REL-1.html",
            "releases/REL-1.md",
            "releases/index.html",
            "robots.txt",
            "search/index.html",
        ]
    );
}

/// Former addresses are a key like the others: they may bear the name of a secret project.
#[test]
fn former_addresses_are_left_out_with_their_key() {
    let files = format!(
        "{CUSTOMER}-- releases/REL-1.md --\n---\ntitle: Shown\naudience: customer\naliases: [canary/project.html]\nconfiguration_items: [shop]\n---\n"
    );
    assert_no_canary(&site_with(&files, |request| request.edition = Some("customer".to_owned())));
}

/// The address of the company's own ticket system is no key that an edition lists.
#[test]
fn links_to_ticket_systems_are_left_out() {
    let files = format!(
        "{}-- releases/PRB-7.md --\n---\ntitle: Shown\naudience: customer\nconfiguration_items: [shop]\n---\n",
        CUSTOMER
    );
    assert_no_canary(&site_with(&files, |request| request.edition = Some("customer".to_owned())));
}

/// Records that everybody may see, and that refer to drafts from every key that can.
const REFER_TO_DRAFTS: &str = r#"
-- releases/REL-1.md --
---
title: One
service: Shop
planned_date: 2026-11-10
changes: [CHG-INTERNAL, CHG-1]
known_errors: [KE-INTERNAL]
supersedes: REL-INTERNAL
configuration_items: [shop, ITEM-INTERNAL]
problems: [PRB-INTERNAL]
rollback: {follow_up: REL-INTERNAL}
---
[[release:REL-INTERNAL|the next one]], [its file](CANARY-release/index.md), [its notes](CANARY-release/index.md#canary-heading).
-- changes/CHG-1.md --
---
title: First
releases: [REL-INTERNAL]
configuration_items: [shop]
---
-- known-errors/KE-1.md --
---
title: Known
introduced_in: [REL-1]
fixed_in: [REL-INTERNAL]
affects: [REL-INTERNAL]
planned_fix: REL-INTERNAL
---
-- configuration-items/shop.md --
---
name: The shop
depends_on: [ITEM-INTERNAL]
---
-- calendar/freeze.md --
---
title: Freeze
kind: freeze
start: 2026-11-23
end: 2026-11-25
applies_to: {configuration_items: [ITEM-INTERNAL]}
exceptions: [REL-INTERNAL, CHG-1]
---
"#;

#[test]
fn drafts_are_in_no_byte_of_a_default_build() {
    let site = site(&[REFER_TO_DRAFTS, &canaries("draft: true\n")].concat());
    assert_no_canary(&site);
    for (path, bytes) in readable_tree(&site.out()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("-INTERNAL"), "the id of a draft is in {path}");
    }
    assert!(site.page("releases/REL-1.html").main().text().contains("the next one"));
    assert_eq!(site.listed("releases/REL-1.html", "changes"), ["changes/CHG-1.html"]);
    assert!(!site.has("calendar/2031.html"));
}

#[test]
fn drafts_are_there_when_they_are_asked_for() {
    let files = [REFER_TO_DRAFTS, &canaries("draft: true\n")].concat();
    let site = site_with(&files, |request| request.with_drafts = true);
    assert!(site.page("releases/REL-INTERNAL.html").main().text().contains("CANARY title"));
    assert!(site.has("releases/REL-INTERNAL/files/CANARY-notes.txt") && site.has("calendar/2031.html"));
}

/// Whatever an edition leaves out might as well not be there: its site is the same, byte for byte, also for other programs.
#[test]
fn an_edition_is_the_same_without_the_records_that_it_leaves_out() {
    let files = super::harness::tree(&super::harness::root().join("content-example"));
    let folder = |keep: &dyn Fn(&str) -> bool| {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            let is_record = path.ends_with(".md") && (text.starts_with("---\n") || text.starts_with("+++\n"));
            if path == "relbook.toml" {
                // What is left out cannot be found there, which is no fault here.
                let lines =
                    text.lines().filter(|line| !line.starts_with("listed = ") && !line.starts_with("profile = "));
                let settings =
                    lines.collect::<Vec<_>>().join("\n").replace("[lints]", "[lints]\nunknown-reference = \"off\"");
                super::harness::put(folder.path(), path, settings.as_bytes());
            } else if !is_record || keep(&text) {
                super::harness::put(folder.path(), path, bytes);
            }
        }
        super::harness::build(folder, |request| request.edition = Some("customer".to_owned()))
    };
    let whole = folder(&|_| true);
    let part = folder(&|text| {
        ["\naudience: customer\n", "\naudience = \"customer\"\n"].iter().any(|line| text.contains(line))
    });
    let [whole, part] = [&whole, &part].map(|site| super::harness::tree(&site.out()));
    super::harness::assert_same_trees(&whole, &part, "an edition with and without internal records");
    assert!(whole.keys().any(|path| path.ends_with(".ics")) && whole.keys().any(|path| path.ends_with(".json")));
}
