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
