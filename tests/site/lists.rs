//! Lists: their order, their years, and how they go on at fifty.

use super::harness::{Site, site};

/// 120 changes of one item and one problem, three of them without a date, the rest by day through 2025 and 2026.
fn many() -> Site {
    let mut files = String::new();
    for number in 1..=120 {
        let date = match number {
            1..=3 => String::new(),
            4..=63 => format!("planned_date: 2025-{:02}-{:02}\n", number % 12 + 1, number % 18 + 10),
            _ => format!("planned_date: 2026-{:02}-{:02}\n", number % 12 + 1, number % 18 + 10),
        };
        files += &format!(
            "-- changes/CHG-{number:03}.md --\n---\ntitle: Change {number}\n{date}problems: [PRB-1]\nconfiguration_items: [ledger-db]\n---\n"
        );
    }
    site(&files)
}

/// The changes that a page leads to.
fn changes(site: &Site, route: &str) -> Vec<String> {
    let targets = site.page(route).main().targets();
    let mut changes: Vec<String> = targets.into_iter().filter(|t| t.starts_with("changes/CHG-")).collect();
    changes.dedup();
    changes
}

#[test]
fn lists_go_on_at_fifty_with_every_record_once() {
    let site = many();
    let pages = ["changes/index.html", "changes/page/2.html", "changes/page/3.html"].map(|route| changes(&site, route));
    assert_eq!(pages.each_ref().map(Vec::len), [50, 50, 20]);
    let mut all: Vec<&String> = pages.iter().flatten().collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 120);
    assert!(!site.has("changes/page/4.html") && !site.has("changes/page/1.html"));
    for (route, neighbours) in [
        ("changes/index.html", vec!["changes/page/2.html"]),
        ("changes/page/2.html", vec!["changes/index.html", "changes/page/3.html"]),
        ("changes/page/3.html", vec!["changes/page/2.html"]),
    ] {
        let targets = site.page(route).main().targets();
        for neighbour in neighbours {
            assert!(targets.contains(&neighbour.to_owned()), "{route} leads to {neighbour}: {targets:?}");
        }
    }
}

#[test]
fn each_year_has_its_own_list() {
    let site = many();
    let of_2026 = [changes(&site, "changes/2026/index.html"), changes(&site, "changes/2026/page/2.html")];
    let of_2025 = [changes(&site, "changes/2025/index.html"), changes(&site, "changes/2025/page/2.html")];
    assert_eq!((of_2026.concat().len(), of_2025.concat().len()), (57, 60));
    let targets = site.page("changes/index.html").main().targets();
    for year in ["2025", "2026"] {
        assert!(targets.contains(&format!("changes/{year}/index.html")), "{targets:?}");
    }
}

#[test]
fn lists_of_related_records_go_on_beneath_the_records_page() {
    let site = many();
    for (record, of_kind) in [("ledger-db", "configuration-items"), ("PRB-1", "problems")] {
        let own = format!("{of_kind}/{record}.html");
        let mut first = site.listed(&own, "changes");
        let second = format!("{of_kind}/{record}/changes/page/2.html");
        assert!(first.contains(&second), "{own} leads to its second page: {first:?}");
        first.retain(|target| target.starts_with("changes/"));
        assert_eq!(first.len(), 50, "{own}");
        assert_eq!(changes(&site, &second).len(), 50);
        assert_eq!(changes(&site, &format!("{of_kind}/{record}/changes/page/3.html")).len(), 20);
        assert!(site.page(&second).main().targets().contains(&own), "{second} leads back");
    }
}

#[test]
fn newest_first_then_by_id_and_undated_ones_last() {
    let site = site(
        r#"
-- releases/b.md --
---
title: B
planned_date: 2026-05-01
configuration_items: [shop]
---
-- releases/A.md --
---
title: A
planned_date: 2026-05-01
configuration_items: [shop]
---
-- releases/new.md --
---
title: Newest
windows: [{start: 2026-06-01T00:00, end: 2026-06-01T01:00}]
configuration_items: [shop]
---
-- releases/none.md --
---
title: Undated
configuration_items: [shop]
---
"#,
    );
    let mut targets = site.page("releases/index.html").main().targets();
    targets.retain(|target| target.starts_with("releases/") && target.matches('/').count() == 1);
    targets.retain(|target| target != "releases/index.html");
    assert_eq!(targets, ["new", "A", "b", "none"].map(|id| format!("releases/{id}.html")));
}

#[test]
fn open_known_errors_stand_before_resolved_ones() {
    let site = site(
        r#"
-- known-errors/KE-1.md --
---
title: Old and open
status: confirmed
detected: 2025-01-01
workaround: Restart it
---
-- known-errors/KE-2.md --
---
title: New and resolved
status: resolved
detected: 2026-01-01
---
-- known-errors/KE-3.md --
---
title: It stays
status: wont-fix
detected: 2024-01-01
workaround_status: none
---
"#,
    );
    let mut targets = site.page("known-errors/index.html").main().targets();
    targets.retain(|target| target.starts_with("known-errors/KE"));
    assert_eq!(targets, ["KE-1", "KE-3", "KE-2"].map(|id| format!("known-errors/{id}.html")));
    let home = site.page("index.html").main();
    assert!(home.text().contains("Old and open") && !home.text().contains("New and resolved"), "{}", home.text());
}

#[test]
fn the_home_page_shows_what_is_coming_and_what_went_live() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: Went live
status: deployed
planned_date: 2026-11-01
configuration_items: [shop]
---
-- releases/REL-2.md --
---
title: Comes next
status: scheduled
windows: [{start: 2026-11-28T22:00, end: 2026-11-28T23:00}]
configuration_items: [shop]
---
-- releases/REL-3.md --
---
title: Far away
status: approved
planned_date: 2027-08-01
configuration_items: [shop]
---
"#,
    );
    let main = site.page("index.html").main();
    for (title, is_there) in [("Went live", true), ("Comes next", true), ("Far away", false)] {
        assert_eq!(main.text().contains(title), is_there, "{title}: {}", main.text());
    }
}
