//! The release plan on its page: carry-forward, what is missing, drafts, and records that were called off.

use super::harness::{Site, site, site_with};

/// Releases of one service in the order of their dates, and known errors that run through them.
const CARRIED: &str = r#"
-- releases/REL-1.md --
---
title: One
service: Shop
version: 1.9
planned_date: 2026-01-10
configuration_items: [shop]
---
-- releases/REL-2.md --
---
title: Two
service: Shop
version: 1.10
planned_date: 2026-02-10
configuration_items: [shop]
---
-- releases/REL-3.md --
---
title: Called off
service: Shop
planned_date: 2026-03-10
status: cancelled
configuration_items: [shop]
---
-- releases/REL-4.md --
---
title: Four
service: Shop
planned_date: 2026-04-10
configuration_items: [shop]
---
-- releases/REL-5.md --
---
title: Five
service: Shop
planned_date: 2026-05-10
configuration_items: [shop]
---
-- releases/REL-6.md --
---
title: Of another service
service: Depot
planned_date: 2026-03-01
configuration_items: [depot]
---
-- known-errors/KE-1.md --
---
title: Rounding
introduced_in: [REL-2]
fixed_in: [REL-5]
---
-- known-errors/KE-2.md --
---
title: Never fixed
introduced_in: [REL-4]
---
"#;

#[test]
fn known_errors_are_carried_forward_to_the_release_that_fixes_them() {
    let site = site(CARRIED);
    // Known errors stand under the release that introduced them.
    let carried = |release: &str| {
        let page = site.page(&format!("releases/{release}.html"));
        let targets = if page.has_part("carried") { page.part("carried").targets() } else { Vec::new() };
        let (mut since, mut carried) = (String::new(), Vec::new());
        for target in targets {
            match target.starts_with("releases/") {
                true => since = target,
                false => carried.push(format!("{target} since {since}")),
            }
        }
        carried
    };
    let [ke1, ke2] =
        ["known-errors/KE-1.html since releases/REL-2.html", "known-errors/KE-2.html since releases/REL-4.html"];
    assert_eq!(carried("REL-1"), [""; 0]);
    assert_eq!(carried("REL-2"), [ke1]);
    assert_eq!(carried("REL-3"), [ke1], "a cancelled release would have had it");
    assert_eq!(carried("REL-4"), [ke2, ke1], "the newest release first");
    assert_eq!(carried("REL-5"), [ke2], "it is fixed in this one");
    assert_eq!(carried("REL-6"), [""; 0]);
}

#[test]
fn a_service_says_what_is_known_to_be_wrong_with_each_version() {
    let said = |title: &str, status: &str| (format!("title: {title}\n"), format!("title: {title}\nstatus: {status}\n"));
    let [fixed, open] = [said("Rounding", "resolved"), said("Never fixed", "confirmed")];
    let site = site(&CARRIED.replace(&fixed.0, &fixed.1).replace(&open.0, &open.1));
    let versions = site.page("services/Shop.html").part("versions");
    let of = |release: &str, links: usize| {
        let mut targets = vec![format!("releases/{release}.html")];
        targets.extend(vec![format!("releases/{release}.html#carried"); links]);
        targets
    };
    assert_eq!(versions.targets(), [of("REL-5", 1), of("REL-4", 1), of("REL-2", 1), of("REL-1", 0)].concat());
    let text = versions.text();
    assert_eq!((text.matches("1 open").count(), text.matches("none open").count()), (2, 1), "{text}");
    assert_eq!(text.matches("none known").count(), 1, "{text}");
    assert!(!site.page("services/Depot.html").has_part("versions"), "no known error is tied to any of its releases");
}

#[test]
fn a_known_error_says_which_releases_have_it() {
    let site = site(CARRIED);
    let fixed = site.page("known-errors/KE-1.html").part("ranges");
    assert_eq!(fixed.targets(), ["releases/REL-2.html", "services/Shop.html", "releases/REL-5.html"]);
    let said = "Since 1.10 (10 Feb 2026) of Shop, in 2 releases, fixed in REL-5 (10 May 2026).";
    assert_eq!(fixed.text(), said);
    let open = site.page("known-errors/KE-2.html").part("ranges");
    assert_eq!(open.targets(), ["releases/REL-4.html", "services/Shop.html", "releases/REL-5.html"]);
}

#[test]
fn more_carried_known_errors_than_a_page_lists_are_all_on_the_services_page() {
    let mut files =
        "-- releases/REL-1.md --\n---\ntitle: One\nservice: Shop\nconfiguration_items: [shop]\n---\n".to_owned();
    for number in 1..=51 {
        files +=
            &format!("-- known-errors/KE-{number:02}.md --\n---\ntitle: Error {number}\nintroduced_in: [REL-1]\n---\n");
    }
    let site = site(&files);
    let page = site.page("releases/REL-1.html");
    let listed = page.part("carried").targets();
    assert_eq!(listed.iter().filter(|target| target.starts_with("known-errors/")).count(), 50, "{listed:?}");
    assert!(page.part("carried").text().contains("51"), "{}", page.part("carried").text());
}

/// What the readiness panel of REL-1 says is missing.
fn missing(site: &Site) -> String {
    let text = site.page("releases/REL-1.html").part("readiness").text();
    let (_, missing) = text.split_once("Missing ").unwrap_or_else(|| panic!("nothing is missing: {text}"));
    missing.split_once(" in place").expect("what is there follows").0.to_owned()
}

/// What a minor release wants in its status is data of the process; what is missing is named.
#[test]
fn a_plan_names_what_is_missing_from_it() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
release_type: minor
status: scheduled
initiator: A. Person
release_manager: B. Person
configuration_items: [shop]
changes: [CHG-1]
impact: {security: {outcome: accepted}}
approvals: [{role: Board, by: C. Person, on: 2026-11-20, decision: approved}]
windows: [{start: 2026-11-28T22:00, end: 2026-11-28T23:00}]
---
## Description

New totals.

## Rollback plan

## Test plan

Count.
-- releases/REL-2.md --
---
title: Nothing is wanted of a draft
status: draft
release_type: minor
configuration_items: [shop]
---
-- changes/CHG-1.md --
---
title: First
configuration_items: [shop]
---
"#,
    );
    let missing = missing(&site);
    for part in [
        "Business case",
        "Effects",
        "Operational review",
        "Stakeholders (RACI)",
        "Escalation channel",
        "Customer notifications",
        "Implementation plan",
        "Deployment plan",
        "Rollback plan",
    ] {
        assert!(missing.contains(part), "{part} is missing, and is not named in: {missing}");
    }
    for part in [
        "Description",
        "Initiator",
        "Release manager",
        "Changes delivered",
        "Security review",
        "Approvals",
        "Maintenance window",
        "Test plan",
        "Release notes",
        "Post-implementation review",
    ] {
        assert!(!missing.contains(part), "{part} is named in: {missing}");
    }
    let ready = site.page("releases/REL-1.html").part("readiness").text();
    assert!(
        ready.contains(
            "Wanted later 4 Tests before the release Tests after the release Release notes Post-implementation review"
        ),
        "{ready}"
    );
    let draft = site.page("releases/REL-2.html").main().text();
    assert!(draft.contains("Readiness nothing is wanted while draft"), "{draft}");
}

#[test]
fn a_site_says_itself_what_its_plans_want() {
    let site = site(
        r#"
-- relbook.toml --
[process.release.patch]
scheduled = ["escalation"]
-- releases/REL-1.md --
---
title: One
release_type: patch
status: scheduled
summary: Described.
initiator: A. Person
owner: B. Person
configuration_items: [shop]
---
"#,
    );
    let missing = missing(&site);
    for (part, is_named) in
        [("Escalation channel", true), ("Rollback plan", true), ("Maintenance window", false), ("Approvals", false)]
    {
        assert_eq!(missing.contains(part), is_named, "{part}: {missing}");
    }
}

#[test]
fn the_whole_plan_is_on_the_page() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
version: 1.10
release_type: major
status: deployed
initiator: Ina Initiator
release_manager: Rex Manager
summary: What it is about.
business_case: It saves money.
configuration_items: [shop]
effects:
  business_areas: [Accounting]
  external_parties: [{name: Bank, effect: late files, contact: bank@example.com}]
impact:
  security: {outcome: accepted-with-conditions, by: Sec, on: 2026-11-01, notes: rotate keys}
raci: [{activity: Deploy, responsible: [Ops, Dev], accountable: Lead}]
escalation: [{contact: Duty manager, channel: phone, after: 30 minutes}]
approvals: [{role: Board, by: Chair, on: 2026-11-02, decision: approved, comment: go on}]
windows:
  - {start: 2026-11-10T22:00, end: 2026-11-10T23:00, time_zone: Europe/Amsterdam, outcome: rolled-back, downtime: full}
  - {start: 2026-11-17T22:00, end: 2026-11-18T01:00, time_zone: Europe/Amsterdam, outcome: deployed, approved_by: Chair}
notifications: [{audience: All shops, channel: mail, due: 2026-11-05}]
tests: [{phase: pre, kind: load, result: passed, evidence: "https://ci.example.com/1"}]
rollback: {at: 2026-11-10T22:40, trigger: totals, root_cause: a lock, resolution: smaller batches}
review: {on: 2026-11-20, by: Board, outcome: successful-with-issues, went_well: fast, went_wrong: [late]}
links: [{title: The ticket, url: "https://tickets.example.com/1"}]
tags: [quarter-end]
extra: {cost_centre: 4711}
---
Words before any heading.

## Installation guide

Run it.
"#,
    );
    let main = site.page("releases/REL-1.html").main();
    let text = main.text();
    for expected in [
        "One",
        "1.10",
        "Major",
        "Deployed",
        "Ina Initiator",
        "Rex Manager",
        "What it is about.",
        "It saves money.",
        "Accounting",
        "Bank",
        "late files",
        "bank@example.com",
        "Accepted with conditions",
        "rotate keys",
        "Deploy",
        "Ops, Dev",
        "Lead",
        "Duty manager",
        "30 minutes",
        "Chair",
        "go on",
        "Rolled back",
        "Full downtime",
        "22:00",
        "21:00 UTC",
        "Europe/Amsterdam",
        "All shops",
        "load",
        "Passed",
        "totals",
        "a lock",
        "smaller batches",
        "fast",
        "late",
        "The ticket",
        "quarter-end",
        "cost_centre",
        "4711",
        "Words before any heading.",
        "Run it.",
        "Successful with issues",
    ] {
        assert!(text.contains(expected), "{expected} is not in: {text}");
    }
    assert!(main.html().contains("2026-11-10T22:00:00+01:00"), "times are there for machines");
    for href in ["https://ci.example.com/1", "https://tickets.example.com/1"] {
        assert!(main.links().iter().any(|(to, _)| to == href), "{href}");
    }
}

const DRAFT: &str = r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
changes: [CHG-1]
---
-- changes/CHG-1.md --
---
title: Not ready
draft: true
configuration_items: [secret-box]
---
"#;

#[test]
fn drafts_are_left_out_with_all_that_only_they_name() {
    let site = site(DRAFT);
    assert_eq!(site.tree_below("changes/"), [""; 0]);
    assert_eq!(
        site.tree_below("configuration-items/"),
        ["configuration-items/index.html", "configuration-items/shop.html"]
    );
    assert!(!site.page("releases/REL-1.html").html().contains("CHG-1"));
}

#[test]
fn drafts_are_in_when_they_are_asked_for() {
    let site = site_with(DRAFT, |request| request.with_drafts = true);
    assert_eq!(site.listed("releases/REL-1.html", "changes"), ["changes/CHG-1.html"]);
    assert!(site.has("configuration-items/secret-box.html"));
}

#[test]
fn a_known_error_says_first_how_to_live_with_it_and_what_ends_it() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
service: Shop
version: "4.1"
planned_date: 2026-01-10
---
-- releases/REL-2.md --
---
title: Two
service: Shop
version: "4.2"
planned_date: 2026-11-28
---
-- known-errors/KE-1.md --
---
title: Planned
status: confirmed
introduced_in: [REL-1]
planned_fix: REL-2
workaround: Press twice
---
-- known-errors/KE-2.md --
---
title: Open
status: confirmed
---
-- known-errors/KE-3.md --
---
title: Done
status: resolved
resolved: 2026-02-01
fixed_in: [REL-1]
---
"#,
    );
    let text = |id: &str| site.page(&format!("known-errors/{id}.html")).main().text();
    let planned = text("KE-1");
    assert!(planned.contains("A fix is planned in 4.2 (28 Nov 2026)."), "{planned}");
    let since = "Since 4.1 (10 Jan 2026) of Shop, in 2 releases; still in the latest, 4.1 (10 Jan 2026).";
    assert!(planned.contains(since), "{planned}");
    assert!(site.text("known-errors/KE-1.html").contains("data-copy=\"both\""));
    assert!(!site.text("known-errors/KE-1.html").contains("<button class=\"copy\""), "the script makes the button");
    let open = text("KE-2");
    assert!(open.contains("Workaround None is recorded. No fix is recorded."), "{open}");
    assert!(!site.text("known-errors/KE-2.html").contains("data-copy"), "there is nothing to copy");
    let done = text("KE-3");
    assert!(done.contains("Resolved on 1 Feb 2026 by 4.1"), "{done}");
}

const TAKEN_BACK: &str = r#"
-- releases/REL-1.md --
---
title: One
status: closed
configuration_items: [shop]
windows:
  - {start: 2026-06-01T22:00, end: 2026-06-01T23:00, outcome: rolled-back}
rollback: {at: 2026-06-01T22:30, trigger: It was slow}
---

## Installation guide

Run the installer.

### On Windows

Run it twice.

## Release notes

Faster.
-- releases/REL-2.md --
---
title: Two
status: scheduled
configuration_items: [shop]
windows:
  - {start: 2026-07-01T22:00, end: 2026-07-01T23:00, outcome: rolled-back}
  - {start: 2026-12-01T22:00, end: 2026-12-01T23:00}
---

## Installation guide

Run the other installer.
"#;

#[test]
fn a_release_that_was_taken_back_hides_its_installation_guide_and_is_marked_in_lists() {
    let site = site(TAKEN_BACK);
    let page = site.page("releases/REL-1.html").main().text();
    assert!(page.contains("its installation guide is withdrawn"), "{page}");
    assert!(!page.contains("Run the installer") && !page.contains("Run it twice"), "{page}");
    assert!(page.contains("Faster."), "the rest of the text stays: {page}");
    let again = site.page("releases/REL-2.html").main().text();
    assert!(again.contains("Run the other installer"), "a further window makes the guide good again: {again}");
    for list in ["releases/index.html", "configuration-items/shop.html"] {
        let text = site.page(list).main().text();
        assert!(text.contains("Closed Rolled back") || text.contains("ClosedRolled back"), "{list}: {text}");
        assert!(text.contains("Rolled back before"), "{list}: {text}");
    }
}
