//! Standard changes of a catalogue, and emergencies that are approved afterwards: what is found, and until when nothing is.

use relbook::diag::Profile;

use super::super::harness::{check, folder, parts, places, site, site_with};

/// A catalogue of one model, two changes by it, and an emergency that began yesterday.
const SITE: &str = r#"
-- relbook.toml --
time_zone = "Europe/Amsterdam"
-- configuration-items/ledger-db.md --
---
name: Ledger database
---
-- configuration-items/shop-db.md --
---
name: Shop database
---
-- standard-changes/SC-1.md --
---
title: Minor update of a database
configuration_items: [ledger-db]
approved_by: Change advisory board
approved_on: 2026-06-02
valid_until: 2027-05-31
risk: low
---

## Implementation plan

The standby first.

## Rollback plan

The former packages.
-- changes/CHG-1.md --
---
title: From 16.8 to 16.9
status: closed
change_type: standard
standard_change: SC-1
configuration_items: [ledger-db]
planned_date: 2026-09-02
windows:
  - {start: 2026-09-02T20:00, end: 2026-09-02T21:00, outcome: deployed}
---

## Description

The standby first.
-- changes/CHG-2.md --
---
title: From 16.9 to 16.10
status: scheduled
change_type: standard
standard_change: SC-1
configuration_items: [ledger-db]
risk: low
planned_date: 2026-12-02
---

## Description

The standby first.
-- changes/CHG-3.md --
---
title: A full disk
status: in-progress
change_type: emergency
initiator: Ines Vos
configuration_items: [shop-db]
incidents_fixed: [INC-4711]
planned_date: 2026-11-21
windows:
  - {start: 2026-11-21T20:00, end: 2026-11-24T20:00, actual_start: 2026-11-21T20:30}
---

## Description

A larger disk.
"#;

/// The site with one text of one file in another's place, which is there once.
fn with(files: &str, path: &str, from: &str, to: &str) -> String {
    let mut found = 0;
    let files = parts(files).into_iter().map(|(of, mut text)| {
        if of == path {
            found += text.matches(from).count();
            text = text.replace(from, to);
        }
        format!("-- {of} --\n{text}")
    });
    let files = files.collect();
    assert_eq!(found, 1, "{path} has this once: {from}");
    files
}

fn found(files: &str, profile: Profile) -> Vec<String> {
    places(&check(folder(files).path(), Some(profile)))
}

/// What is wrong, in which file, what stands in whose place, and what is found.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("nothing", "changes/CHG-2.md", "risk: low", "risk: high", &[]),
    ("no model", "changes/CHG-2.md", "standard_change: SC-1\n", "", &["RB323 changes/CHG-2.md:4"]),
    ("an empty model", "changes/CHG-2.md", "standard_change: SC-1", "standard_change: \"\"", &["RB202 changes/CHG-2.md:5"]),
    ("a model of blanks", "changes/CHG-2.md", "standard_change: SC-1", "standard_change: \" \"", &["RB202 changes/CHG-2.md:5"]),
    ("no model, and no value", "changes/CHG-2.md", "standard_change: SC-1", "standard_change:", &["RB323 changes/CHG-2.md:5"]),
    ("another model", "changes/CHG-2.md", "standard_change: SC-1", "standard_change: SC-7", &["RB202 changes/CHG-2.md:5"]),
    ("another model, with leave", "changes/CHG-2.md", "standard_change: SC-1", "allow: {RB202: {reason: R, by: B, until: 2027-01-01}}\nstandard_change: SC-7", &["RB323 changes/CHG-2.md:6"]),
    ("a change for a model", "changes/CHG-2.md", "standard_change: SC-1", "standard_change: CHG-1", &["RB203 changes/CHG-2.md:5"]),
    ("a change of another type", "changes/CHG-3.md", "change_type: emergency", "change_type: emergency\nstandard_change: SC-1", &["RB323 changes/CHG-3.md:5"]),
    ("a model of nobody", "standard-changes/SC-1.md", "approved_by: Change advisory board\n", "", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("a model that no name approved", "standard-changes/SC-1.md", "approved_by: Change advisory board", "approved_by: \" \"", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("a model of no day", "standard-changes/SC-1.md", "approved_on: 2026-06-02\n", "", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("a model of tomorrow", "standard-changes/SC-1.md", "approved_on: 2026-06-02", "approved_on: 2026-11-23", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("a model that is a draft", "standard-changes/SC-1.md", "risk: low", "risk: low\ndraft: true", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("run out today", "standard-changes/SC-1.md", "valid_until: 2027-05-31", "valid_until: 2026-11-21", &["RB323 changes/CHG-2.md:5"]),
    ("run out on the day", "standard-changes/SC-1.md", "valid_until: 2027-05-31", "valid_until: 2026-12-01", &["RB323 changes/CHG-2.md:5"]),
    ("valid on the day", "standard-changes/SC-1.md", "valid_until: 2027-05-31", "valid_until: 2026-12-02", &[]),
    ("run out long ago", "standard-changes/SC-1.md", "valid_until: 2027-05-31", "valid_until: 2026-09-01", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("another item", "changes/CHG-2.md", "configuration_items: [ledger-db]", "configuration_items: [ledger-db, shop-db]", &["RB323 changes/CHG-2.md:6"]),
    ("a model of any item", "standard-changes/SC-1.md", "configuration_items: [ledger-db]\n", "", &[]),
    ("a critical change", "changes/CHG-2.md", "risk: low", "risk: critical", &["RB323 changes/CHG-2.md:7"]),
    ("a critical model", "standard-changes/SC-1.md", "risk: low", "risk: critical", &["RB323 changes/CHG-1.md:5", "RB323 changes/CHG-2.md:5"]),
    ("the last one failed", "changes/CHG-1.md", "planned_date: 2026-09-02", "planned_date: 2026-09-02\nreview: {on: 2026-09-03, by: B, outcome: unsuccessful, lessons: [{lesson: L}]}", &["RB323 changes/CHG-2.md:5"]),
    ("an emergency of nothing", "changes/CHG-3.md", "incidents_fixed: [INC-4711]\n", "", &["RB324 changes/CHG-3.md:4"]),
    ("an emergency of an empty problem", "changes/CHG-3.md", "incidents_fixed: [INC-4711]", "problems: [\" \"]", &["RB324 changes/CHG-3.md:7", "RB202 changes/CHG-3.md:7"]),
    ("an emergency of a problem", "changes/CHG-3.md", "incidents_fixed: [INC-4711]", "problems: [PRB-1]", &[]),
    ("an emergency that began four days ago", "changes/CHG-3.md", "actual_start: 2026-11-21T20:30", "actual_start: 2026-11-18T20:30", &["RB304 changes/CHG-3.md:3"]),
    ("an emergency that began three days ago", "changes/CHG-3.md", "actual_start: 2026-11-21T20:30", "actual_start: 2026-11-19T20:30", &[]),
    ("an emergency that is to begin", "changes/CHG-3.md", "start: 2026-11-21T20:00, end: 2026-11-24T20:00, actual_start: 2026-11-21T20:30", "start: 2026-11-23T20:00, end: 2026-11-24T20:00", &["RB304 changes/CHG-3.md:3"]),
    ("an emergency that is scheduled", "changes/CHG-3.md", "status: in-progress", "status: scheduled", &["RB304 changes/CHG-3.md:3", "RB313 changes/CHG-3.md:3"]),
    ("an emergency that was refused", "changes/CHG-3.md", "planned_date: 2026-11-21", "planned_date: 2026-11-21\napprovals: [{role: R, by: B, on: 2026-11-22, decision: rejected}]", &["RB304 changes/CHG-3.md:9"]),
    ("an emergency that waits for somebody", "changes/CHG-3.md", "planned_date: 2026-11-21", "planned_date: 2026-11-21\napprovals: [{role: R, by: B}]", &[]),
    ("an emergency approved without a day", "changes/CHG-3.md", "planned_date: 2026-11-21", "planned_date: 2026-11-21\napprovals: [{role: R, by: B, decision: approved}]", &["RB304 changes/CHG-3.md:9"]),
    ("a window approved the day after", "changes/CHG-3.md", "actual_start: 2026-11-21T20:30", "actual_start: 2026-11-21T20:30, approved_by: B, approved_on: 2026-11-22", &[]),
    ("a window approved four days after", "changes/CHG-3.md", "actual_start: 2026-11-21T20:30", "actual_start: 2026-11-16T20:30, approved_by: B, approved_on: 2026-11-20", &["RB304 changes/CHG-3.md:3", "RB314 changes/CHG-3.md:10"]),
];

#[test]
fn each_fault_is_found_at_its_line_in_both_profiles() {
    let mut missed = Vec::new();
    for (name, path, from, to, wanted) in FAULTS {
        let files = with(SITE, path, from, to);
        for profile in [Profile::Strict, Profile::Standard] {
            let found = found(&files, profile);
            if found != *wanted {
                missed.push(format!("{name} ({profile:?}): expected {wanted:?}, found {found:?}"));
            }
        }
        // The structure alone knows nothing of it.
        let found = found(&files, Profile::Records);
        if found.iter().any(|of| of.contains("RB3")) {
            missed.push(format!("{name}: found in an imported history: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), FAULTS.len(), missed.join("\n"));
}

#[test]
fn a_model_that_failed_holds_again_once_it_is_approved_again() {
    let failed = with(SITE, "changes/CHG-1.md", "outcome: deployed", "outcome: rolled-back");
    let failed = with(&failed, "changes/CHG-1.md", "status: closed", "status: rolled-back");
    let of_models = |files: &str| {
        let found = found(files, Profile::Strict);
        found.into_iter().filter(|of| of.starts_with("RB323")).collect::<Vec<_>>()
    };
    assert_eq!(of_models(&failed), ["RB323 changes/CHG-2.md:5"]);
    let approved = |on: &str| of_models(&with(&failed, "standard-changes/SC-1.md", "2026-06-02", on));
    assert_eq!(
        approved("2026-09-02"),
        ["RB323 changes/CHG-2.md:5"],
        "on the day of the failure it may have been before it"
    );
    assert_eq!(approved("2026-09-03"), [""; 0]);
    let between = |begins: &str, outcome: &str| {
        let window = format!(
            "windows: [{{start: {begins}T20:00, end: {begins}T21:00, outcome: {outcome}}}]\nplanned_date: {begins}"
        );
        let more = with(&failed, "changes/CHG-2.md", "planned_date: 2026-12-02", &window);
        of_models(&with(&more, "changes/CHG-2.md", "status: scheduled", "status: closed"))
    };
    assert_eq!(between("2026-08-02", "deployed"), [""; 0], "it began before the other failed");
    assert_eq!(between("2026-09-04", "deployed"), ["RB323 changes/CHG-2.md:5"]);
    let later = "-- changes/CHG-4.md --\n---\ntitle: A\nstatus: scheduled\nchange_type: standard\nstandard_change: SC-1\n\
                 configuration_items: [ledger-db]\nplanned_date: 2026-12-03\n---\n\n## Description\n\nText.\n";
    assert_eq!(
        of_models(&(failed.clone() + later)),
        ["RB323 changes/CHG-2.md:5", "RB323 changes/CHG-4.md:5"],
        "each that is to come"
    );
    let after = with(
        &failed,
        "changes/CHG-2.md",
        "status: scheduled",
        "status: closed\nwindows: [{start: 2026-09-04T20:00, end: 2026-09-04T21:00, outcome: deployed}]",
    );
    assert_eq!(of_models(&(after + later)), ["RB323 changes/CHG-2.md:6"], "the last one went well");
}

#[test]
fn a_draft_and_what_was_called_off_untried_may_be_silent() {
    let of = |status: &str, more: &str| {
        let files = with(SITE, "changes/CHG-2.md", "standard_change: SC-1\n", more);
        let files = with(&files, "changes/CHG-2.md", "status: scheduled\n", status);
        let found = found(&files, Profile::Strict);
        found.into_iter().filter(|of| of.starts_with("RB323")).collect::<Vec<_>>()
    };
    assert_eq!(of("status: draft\n", ""), [""; 0]);
    assert_eq!(of("status: cancelled\n", ""), [""; 0]);
    let tried = "windows: [{start: 2026-09-04T20:00, end: 2026-09-04T21:00, outcome: deployed}]\n";
    assert_eq!(of("status: draft\n", tried), ["RB323 changes/CHG-2.md:4"]);
    assert_eq!(of("status: cancelled\n", tried), ["RB323 changes/CHG-2.md:4"]);
    assert_eq!(of("", ""), ["RB323 changes/CHG-2.md:3"], "without a status nothing says that it is a draft");
}

#[test]
fn a_model_has_a_page_with_what_came_of_its_changes() {
    let built = site(SITE);
    let page = built.page("standard-changes/SC-1.html");
    let facts = page.part("facts").text();
    assert_eq!(
        facts,
        "Risk Low Approved by Change advisory board Approved on 2 Jun 2026 Valid until 31 May 2027 Audience Internal"
    );
    assert_eq!(
        page.part("figures").text(),
        "changes by it 2 of those that are over, deployed and never rolled back 1 of 1"
    );
    assert_eq!(
        built.listed("standard-changes/SC-1.html", "changes-of-model"),
        ["changes/CHG-2.html", "changes/CHG-1.html"]
    );
    assert!(page.has_part("implementation-plan") && page.has_part("rollback-plan"));
    assert!(built.page("changes/CHG-2.html").part("facts").text().contains("Standard change SC-1"));
    assert!(built.page("standard-changes/index.html").main().text().contains("Minor update of a database"));
    let run_out = site(&with(SITE, "standard-changes/SC-1.md", "2027-05-31", "2026-11-21"));
    assert!(run_out.page("standard-changes/SC-1.html").main().text().contains("This model has run out"));
    assert!(!page.main().text().contains("run out"));
    let (before, _) = SITE.split_once("-- standard-changes").expect("a model");
    let none = site(before);
    assert!(!none.has("standard-changes/index.html") && !none.text("index.html").contains("tandard change"));
}

#[test]
fn an_emergency_says_until_when_it_can_be_approved() {
    let built = site(SITE);
    let due = "pproval due by 24 Nov 2026";
    for page in ["changes/CHG-3.html", "changes/index.html", "index.html", "configuration-items/shop-db.html"] {
        assert!(built.page(page).main().text().contains(due), "{page}");
    }
    assert!(built.text("changes/CHG-3.html").contains("<time datetime=\"2026-11-24\">"));
    let said = |from: &str, to: &str| {
        let built = site(&with(SITE, "changes/CHG-3.md", from, to));
        ["changes/CHG-3.html", "index.html"].map(|page| built.page(page).main().text().contains("pproval due by"))
    };
    assert_eq!(said("title: A full disk", "title: Another disk"), [true; 2]);
    assert_eq!(said("20:30}", "20:30}\napprovals: [{role: R, by: B, on: 2026-11-22, decision: approved}]"), [false; 2]);
    assert_eq!(said("actual_start: 2026-11-21T20:30", "actual_start: 2026-11-18T20:30"), [false; 2], "the day is over");
    assert_eq!(said("status: in-progress", "status: scheduled"), [false; 2]);
    assert_eq!(said("change_type: emergency", "change_type: normal"), [false; 2]);
}

#[test]
fn many_emergencies_stand_in_order_of_their_day_and_lead_to_the_lists() {
    let mut files = SITE.to_owned();
    for number in 10..20 {
        let day = if number % 2 == 0 { 20 } else { 22 };
        files += &format!(
            "-- changes/CHG-{number}.md --\n---\ntitle: A\nstatus: in-progress\nchange_type: emergency\n\
             configuration_items: [shop-db]\nplanned_date: 2026-11-{day}\n---\n"
        );
    }
    let built = site(&files);
    let part = built.page("index.html").part("approvals").text();
    let days: Vec<&str> =
        part.matches("23 Nov 2026").chain(part.matches("24 Nov 2026")).chain(part.matches("25 Nov 2026")).collect();
    assert_eq!(
        days,
        ["23 Nov 2026"; 5].into_iter().chain(["24 Nov 2026"]).chain(["25 Nov 2026"; 2]).collect::<Vec<_>>()
    );
    let at = |day: &str| part.find(day).expect("a day");
    assert!(at("23 Nov 2026") < at("24 Nov 2026") && at("24 Nov 2026") < at("25 Nov 2026"), "{part}");
    assert!(
        part.starts_with("Emergencies to approve 11") && part.ends_with("All are marked in the lists: Changes"),
        "{part}"
    );
}

/// An edition that lists neither approvals nor types must not say from their absence that one is missing.
#[test]
fn an_edition_says_nothing_of_what_it_does_not_list() {
    let settings = "time_zone = \"Europe/Amsterdam\"\n[editions.customer]\ntypes = [\"change\", \"standard-change\"]\n\
                    keys = [\"title\", \"status\", \"change_type\", \"windows\", \"planned_date\", \"standard_change\"]\n";
    let files =
        SITE.replace("time_zone = \"Europe/Amsterdam\"\n", settings).replace("title:", "audience: customer\ntitle:");
    let built = site_with(&files, |request| request.edition = Some("customer".to_owned()));
    for page in built.tree().into_iter().filter(|page| page.ends_with(".html")) {
        assert!(!built.text(&page).contains("pproval due"), "{page}");
    }
    let page = built.page("standard-changes/SC-1.html");
    let text = page.main().text();
    assert!(
        !page.has_part("figures") && !text.contains("advisory") && !text.contains("2027") && !text.contains("ledger"),
        "{text}"
    );
    let hidden = files.replace(", \"standard-change\"]", "]");
    let built = site_with(&hidden, |request| request.edition = Some("customer".to_owned()));
    let text = built.text("changes/CHG-2.html");
    assert!(!built.has("standard-changes/index.html") && !text.contains("standard-changes") && text.contains("SC-1"));
}
