//! Absent is not no: of what no record says, no page and no search says that it is not so.

use super::harness::{Site, relbook, site};
use super::search::found;

/// Known errors that say of a workaround: nothing, that there is none, that there is one, and how much it helps. All
/// are open but for the last but one.
const WORKAROUNDS: &str = r#"
-- releases/REL-1.md --
---
title: Next
status: scheduled
configuration_items: [shop]
planned_date: 2026-12-01
known_errors: [KE-1]
---
-- known-errors/KE-1.md --
---
title: Silent
status: confirmed
configuration_items: [shop]
---
-- known-errors/KE-2.md --
---
title: Nothing helps
status: confirmed
workaround_status: none
---
-- known-errors/KE-3.md --
---
title: In the front matter
status: confirmed
workaround: Press twice
---
-- known-errors/KE-4.md --
---
title: In the body
status: confirmed
---
## Workaround

Press thrice.
-- known-errors/KE-5.md --
---
title: Heading alone
status: confirmed
---
## Workaround

## Cause

Rust.
-- known-errors/KE-6.md --
---
title: Nothing helped
status: resolved
workaround_status: none
---
-- known-errors/KE-7.md --
---
title: Word alone
status: confirmed
workaround_status: partial
---
"#;

fn main_text(site: &Site, route: &str) -> String {
    site.page(route).main().text()
}

#[test]
fn a_known_error_without_a_word_of_a_workaround_has_none_recorded() {
    let site = site(WORKAROUNDS);
    let page = |id: &str| main_text(&site, &format!("known-errors/{id}.html"));
    for id in ["KE-1", "KE-5"] {
        assert!(page(id).contains("Workaround None is recorded."), "{}", page(id));
        assert!(!page(id).contains("o workaround"), "{}", page(id));
    }
    assert!(page("KE-2").contains("There is no workaround."), "{}", page("KE-2"));
    assert!(page("KE-6").contains("There was no workaround."), "{}", page("KE-6"));
    assert!(page("KE-7").contains("Partial workaround What it is, is not recorded."), "{}", page("KE-7"));
    for id in ["KE-3", "KE-4"] {
        assert!(!page(id).contains("None is recorded") && !page(id).contains("o workaround"), "{}", page(id));
    }
}

/// What the small line of a record's row says behind its id.
fn behind_id(site: &Site, route: &str, id: &str) -> String {
    let html = site.text(route);
    let (_, behind) =
        html.split_once(&format!("<code>{id}</code>")).unwrap_or_else(|| panic!("{id} is not in {route}"));
    behind.split_once("</small>").expect("a row has a small line").0.to_owned()
}

#[test]
fn lists_and_the_search_say_of_a_workaround_what_the_page_says() {
    let site = site(WORKAROUNDS);
    for (title, id, state) in [
        ("Silent", "KE-1", "No workaround recorded"),
        ("Nothing helps", "KE-2", "No workaround"),
        ("In the front matter", "KE-3", "Workaround"),
        ("In the body", "KE-4", "Workaround"),
        ("Heading alone", "KE-5", "No workaround recorded"),
        ("Word alone", "KE-7", "Partial workaround"),
    ] {
        assert_eq!(behind_id(&site, "known-errors/index.html", id), format!(" \u{b7} {state}"), "{id}");
        let hits = found(&site.out(), title).hits;
        let hit = hits.iter().find(|hit| hit.card.id == id).unwrap_or_else(|| panic!("{title} is found"));
        assert_eq!(hit.card.workaround_state, state, "{id}");
        let printed = relbook(site.folder(), &["search", title]).output().expect("relbook runs").stdout;
        let printed = String::from_utf8(printed).expect("UTF-8");
        let line = printed.lines().find(|line| line.trim().starts_with(state)).map(str::trim).unwrap_or_default();
        let is_said = line == state || line.starts_with(&format!("{state}: "));
        assert!(is_said, "{id}: {printed}");
    }
    // Home, before a deployment, and on the page of what is broken.
    for route in ["index.html", "releases/REL-1.html", "configuration-items/shop.html"] {
        assert_eq!(behind_id(&site, route, "KE-1"), " \u{b7} No workaround recorded", "{route}");
    }
}

/// What ends a known error is said by what became of the release that its record names.
#[test]
fn a_fix_is_said_to_be_there_only_where_its_release_is() {
    let release = |id: &str, more: &str| {
        format!("-- releases/{id}.md --\n---\ntitle: {id}\nconfiguration_items: [shop]\n{more}---\n")
    };
    let error =
        |id: &str, more: &str| format!("-- known-errors/{id}.md --\n---\ntitle: {id}\nstatus: confirmed\n{more}---\n");
    let files = [
        release("LIVE", "status: deployed\nplanned_date: 2026-11-01\n"),
        release("NEXT", "status: scheduled\nplanned_date: 2026-12-01\n"),
        release("BACK", "status: rolled-back\nplanned_date: 2026-11-02\n"),
        release("OFF", "status: cancelled\nplanned_date: 2026-11-03\n"),
        release("MUTE", ""),
        error("KE-1", ""),
        error("KE-2", "fixed_in: [LIVE]\n"),
        error("KE-3", "fixed_in: [NEXT]\n"),
        error("KE-4", "fixed_in: [BACK]\n"),
        error("KE-5", "planned_fix: OFF\n"),
        error("KE-6", "planned_fix: NEXT\n"),
        error("KE-7", "planned_fix: LIVE\n"),
        error("KE-8", "fixed_in: [MUTE]\n"),
        error("KE-9", "").replace("confirmed", "resolved"),
        error("KE-10", "").replace("confirmed", "wont-fix"),
        error("KE-11", "resolved: 2026-12-24\n"),
    ];
    let site = site(&files.concat());
    for (id, said) in [
        ("KE-1", "No fix is recorded."),
        ("KE-2", "Fixed in LIVE (1 Nov 2026)."),
        ("KE-3", "A fix is planned in NEXT (1 Dec 2026)."),
        ("KE-4", "Rolled back, with its fix: BACK (2 Nov 2026)."),
        ("KE-5", "Cancelled, with its fix: OFF (3 Nov 2026)."),
        ("KE-6", "A fix is planned in NEXT (1 Dec 2026)."),
        ("KE-7", "A fix was planned in LIVE (1 Nov 2026), now live; whether it is fixed there is not recorded."),
        ("KE-8", "Fixed in MUTE."),
        ("KE-9", "Resolved."),
        ("KE-10", "It was decided not to fix it."),
        ("KE-11", "It is to be resolved on 24 Dec 2026."),
    ] {
        let text = main_text(&site, &format!("known-errors/{id}.html"));
        let (_, behind) = text.split_once("None is recorded.").unwrap_or_else(|| panic!("{text}"));
        assert!(behind.trim_start().starts_with(&format!("{said} Facts")), "{id}: {behind}");
    }
}

/// Keys of a plan that say nothing, and keys that speak of a day to come; the day of the build is 22 November.
const PLANS: &str = r#"
-- releases/REL-1.md --
---
title: Silent
status: rolled-back
service: Shop
audience: customer
configuration_items: [shop]
impact: {security: {by: Sec, on: 2026-11-02}}
approvals: [{role: Board, by: Chair, on: 2026-11-03}]
notifications: [{audience: Past, due: 2026-11-04}, {audience: Future, due: 2026-12-04}, {audience: Undated}]
tests: [{phase: pre, kind: load, on: 2026-11-05}, {phase: post, kind: smoke}]
windows: [{start: 2026-11-10T22:00, end: 2026-11-10T23:00, outcome: rolled-back}, {start: 2026-11-12T22:00, end: 2026-11-12T23:00}]
rollback: {trigger: Slow}
review: {by: Board, lessons: [{lesson: Learned, actions: [{action: Act}, {action: Act late, due: 2026-11-01}]}]}
---
-- releases/REL-2.md --
---
title: Tomorrow
status: scheduled
configuration_items: [shop]
impact: {security: {outcome: accepted, on: 2026-12-01}}
approvals: [{role: Board, decision: approved, on: 2026-12-02}]
notifications: [{audience: All, sent: 2026-12-03}]
tests: [{phase: pre, kind: load, result: passed, on: 2026-12-04}]
review: {on: 2026-12-05, outcome: successful}
---
"#;

/// The text of the cell that is labelled so in the row of a table that begins so.
fn cell(site: &Site, route: &str, row: &str, label: &str) -> String {
    let html = site.text(route);
    let mut rows = html.split("<th scope=\"row\"").filter_map(|row| row.split_once('>').map(|(_, text)| text));
    let behind = rows.find(|text| text.starts_with(row)).unwrap_or_else(|| panic!("{row} is not in {route}"));
    let (_, behind) = behind.split_once(&format!("data-l=\"{label}\"")).unwrap_or_else(|| panic!("{label}: {behind}"));
    let cell = behind.split_once("</td>").expect("a cell ends").0;
    cell.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text)).collect()
}

#[test]
fn keys_that_say_nothing_are_not_recorded() {
    let site = site(PLANS);
    let route = "releases/REL-1.html";
    assert_eq!(cell(&site, route, "Past", "Sent"), "Due, not recorded as sent");
    assert_eq!(cell(&site, route, "Future", "Sent"), "not recorded");
    assert_eq!(cell(&site, route, "Undated", "Sent"), "not recorded");
    assert_eq!(cell(&site, route, "Board", "Decision"), "not recorded");
    assert_eq!(cell(&site, route, "smoke", "Result"), "not recorded");
    assert_eq!(cell(&site, route, "Act<", "Status"), "not recorded");
    assert_eq!(cell(&site, "lessons/actions.html", "Act late", "Status"), "Overdue");
    let text = main_text(&site, route);
    for said in [
        "Security review, no outcome recorded",
        "Approval, no decision recorded",
        "Load, no result recorded",
        "Further window No. 2, Thu 12 Nov 2026, 22:00 – 23:00 UTC, no approval recorded",
        "A further window followed.",
    ] {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    for unsaid in ["Pending", "Not sent", "not approved", "is planned", "Downtime", "planning"] {
        assert!(!text.contains(unsaid), "{unsaid} is in: {text}");
    }
    assert!(!site.has("lessons/themes/planning.html") && !main_text(&site, "lessons/index.html").contains("By theme"));
}

#[test]
fn what_is_dated_tomorrow_has_not_happened() {
    let site = site(PLANS);
    let text = main_text(&site, "releases/REL-2.html");
    for said in [
        "1 Dec 2026 Planned: Security review: accepted",
        "2 Dec 2026 Planned: Approved",
        "3 Dec 2026 Planned: Message to customers",
        "4 Dec 2026 Planned: Load: passed",
        "5 Dec 2026 Planned: Post-implementation review",
        "To be held 5 Dec 2026",
    ] {
        assert!(text.contains(said), "{said} is not in: {text}");
    }
    assert_eq!(cell(&site, "releases/REL-2.html", "All", "Sent"), "To be sent 3 Dec 2026");
}

/// A text to customers says of a rollback that it happened, and that the service is back only where that is recorded.
#[test]
fn a_notice_says_of_a_rollback_what_the_record_says() {
    let listed = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\", \"service\", \"windows\", \"rollback\"]\n";
    let text = |files: &str| {
        let site = site(&format!("{listed}{files}"));
        site.page("releases/REL-1/notice.html").main().text()
    };
    let silent = text(PLANS);
    let said = "We have taken Silent back. We will try again: Thu 12 Nov 2026, 22:00 – 23:00 (UTC)";
    assert!(silent.contains(said), "{silent}");
    assert!(silent.contains("Silent is in service. If something"), "{silent}");
    let told = text(&PLANS.replace("trigger: Slow", "restored_at: 2026-11-10T23:30"));
    assert!(told.contains("back. Shop is as it was before since Tue 10 Nov 2026, 23:30 (UTC)."), "{told}");
}

/// The home page speaks of what it holds, and says of nothing more than that nothing is recorded.
#[test]
fn the_home_page_speaks_of_what_is_there() {
    let empty = site("-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\n---\n");
    let text = main_text(&empty, "index.html");
    assert!(text.contains("Releases. As of 22 Nov 2026."), "{text}");
    assert!(!text.contains("Latest releases"), "it has no day: {text}");
    let nothing = "Nothing is recorded as on or ahead up to 2 Jan 2027, maintenance times aside.";
    assert!(text.contains(nothing), "{text}");
    assert!(!text.contains("known error"), "{text}");
    let resolved = site("-- known-errors/KE-1.md --\n---\ntitle: Error\nstatus: resolved\nresolved: 2026-11-01\n---\n");
    let text = main_text(&resolved, "index.html");
    assert!(text.contains("None is open, of 1 on record."), "{text}");
}
