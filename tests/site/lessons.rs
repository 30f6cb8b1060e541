//! Lessons learned: the index, its themes, and the register of actions.

use super::harness::{Site, site_with};

const FILES: &str = r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [ledger-db]
review:
  on: 2026-10-01
  lessons:
    - lesson: Test with the load of a Monday
      theme: testing
      actions:
        - {action: Record a Monday, owner: Ops, due: 2026-11-20}
        - {action: Replay it, owner: Dev, due: 2026-12-20, status: in-progress}
        - {action: Buy a machine, owner: Ops, due: 2026-01-01, status: done}
    - lesson: Call the bank first
      theme: Bank holidays
      configuration_items: [bank-link]
---
-- configuration-items/bank-link.md --
---
name: The line to the bank
---
-- changes/CHG-1.md --
---
title: First
configuration_items: [ledger-db]
review:
  on: 2026-11-01
  lessons: [{lesson: Lock less, theme: testing}]
---
"#;

fn on(today: &str) -> Site {
    site_with(FILES, |request| request.today = today.parse().unwrap())
}

/// The lessons in a page's order, by the fragments that its links lead to.
fn lessons(site: &Site, route: &str) -> Vec<String> {
    let mut targets = site.page(route).main().targets();
    targets.retain(|target| target.contains("#lesson-"));
    targets
}

#[test]
fn every_lesson_is_in_the_index_newest_first_and_in_its_theme() {
    let site = on("2026-11-22");
    let [newest, first, second] =
        ["changes/CHG-1.html#lesson-1", "releases/REL-1.html#lesson-1", "releases/REL-1.html#lesson-2"];
    assert_eq!(lessons(&site, "lessons/index.html"), [newest, first, second]);
    assert_eq!(lessons(&site, "lessons/testing.html"), [newest, first]);
    assert_eq!(lessons(&site, "lessons/bank-holidays.html"), [second]);
    assert!(site.page("lessons/index.html").main().text().contains("Call the bank first"));
    let targets = site.page("lessons/index.html").main().targets();
    for target in ["lessons/testing.html", "lessons/bank-holidays.html", "lessons/actions.html"] {
        assert!(targets.contains(&target.to_owned()), "{target}: {targets:?}");
    }
}

#[test]
fn a_lesson_is_on_the_page_of_its_record_and_of_its_configuration_items() {
    let site = on("2026-11-22");
    let lesson = site.page("releases/REL-1.html").part("lesson-1").text();
    assert!(lesson.contains("Test with the load of a Monday"), "{lesson}");
    let [ledger, bank] =
        ["ledger-db", "bank-link"].map(|item| lessons(&site, &format!("configuration-items/{item}.html")));
    assert_eq!(ledger, ["changes/CHG-1.html#lesson-1", "releases/REL-1.html#lesson-1"]);
    assert_eq!(bank, ["releases/REL-1.html#lesson-2"]);
}

#[test]
fn an_action_is_overdue_from_the_day_after_its_own() {
    let overdue = |today: &str| {
        let site = on(today);
        let marks = |route: &str| site.page(route).main().text().matches("Overdue").count();
        let is_on_home_page = site.page("index.html").main().text().contains("Record a Monday");
        (marks("lessons/actions.html"), marks("releases/REL-1.html"), is_on_home_page)
    };
    assert_eq!(overdue("2026-11-20"), (0, 0, false));
    assert_eq!(overdue("2026-11-21"), (1, 1, true));
    assert_eq!(overdue("2026-12-21"), (2, 2, true), "what is done is never overdue");
}

#[test]
fn open_actions_come_first_by_their_day() {
    let site = on("2026-11-22");
    let text = site.page("lessons/actions.html").main().text();
    let at = |action: &str| text.find(action).unwrap_or_else(|| panic!("{action} is not in {text}"));
    assert!(at("Record a Monday") < at("Replay it") && at("Replay it") < at("Buy a machine"), "{text}");
}

#[test]
fn a_site_without_lessons_has_no_pages_for_them() {
    let site = super::harness::site("-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\n---\n");
    assert_eq!(site.tree_below("lessons/"), [""; 0]);
}

/// A theme may be called as a page of the index is.
#[test]
fn themes_do_not_take_the_addresses_of_the_index() {
    let site = super::harness::site(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
review: {lessons: [{lesson: A, theme: index}, {lesson: B, theme: Actions}]}
---
"#,
    );
    assert_eq!(
        site.tree_below("lessons/"),
        [
            "lessons/actions-theme.html",
            "lessons/actions.html",
            "lessons/index-theme.html",
            "lessons/index.html",
            "lessons/items/shop.html"
        ]
    );
}

/// As wherever else a configuration item is named.
#[test]
fn the_configuration_item_of_a_lesson_needs_no_file() {
    let site = super::harness::site(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
review: {lessons: [{lesson: Call first, configuration_items: [bank-link]}]}
---
"#,
    );
    assert_eq!(lessons(&site, "configuration-items/bank-link.html"), ["releases/REL-1.html#lesson-1"]);
}

#[test]
fn before_a_deployment_stands_what_its_items_and_those_below_them_have_taught() {
    let files = format!(
        "{FILES}{}",
        r#"
-- configuration-items/shop.md --
---
name: The shop
depends_on: [ledger-db]
---
-- releases/REL-2.md --
---
title: Two
status: approved
configuration_items: [shop]
---
-- releases/REL-3.md --
---
title: Three
status: deployed
configuration_items: [shop]
---
-- releases/REL-4.md --
---
title: Four
status: rolled-back
configuration_items: [ledger-db]
planned_date: 2026-09-01
---
-- known-errors/KE-1.md --
---
title: Slow
status: confirmed
configuration_items: [ledger-db]
---
-- known-errors/KE-2.md --
---
title: Slower
status: resolved
configuration_items: [ledger-db]
---
"#
    );
    let site = site_with(&files, |request| request.today = "2026-11-22".parse().unwrap());
    let mut targets = site.page("releases/REL-2.html").part("before").targets();
    targets.sort();
    targets.dedup();
    let lessons = ["changes/CHG-1.html#lesson-1", "releases/REL-1.html#lesson-1"];
    let expected = [
        lessons[0],
        lessons[1],
        "changes/CHG-1.html",
        "known-errors/KE-1.html",
        "lessons/testing.html",
        "releases/REL-1.html",
        "releases/REL-4.html",
    ];
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(targets, expected);
    let text = site.page("releases/REL-2.html").main().text();
    assert!(text.contains("Record a Monday") && text.contains("Overdue"), "{text}");
    assert!(!text.contains("Call the bank first"), "the line to the bank is not touched: {text}");
    assert!(!site.page("releases/REL-3.html").has_part("before"), "it is live");
    assert!(site.page("releases/REL-4.html").main().text().contains("Before you deploy"));
}

#[test]
fn lessons_are_found_by_item_year_and_outcome_with_counts() {
    let files = FILES.replacen("review:\n  on: 2026-10-01", "review:\n  outcome: unsuccessful\n  on: 2025-10-01", 1);
    let site = site_with(&files, |request| request.today = "2026-11-22".parse().unwrap());
    let [of_change, first, second] =
        ["changes/CHG-1.html#lesson-1", "releases/REL-1.html#lesson-1", "releases/REL-1.html#lesson-2"];
    assert_eq!(lessons(&site, "lessons/items/ledger-db.html"), [of_change, first]);
    assert_eq!(lessons(&site, "lessons/items/bank-link.html"), [second]);
    assert_eq!(lessons(&site, "lessons/years/2026.html"), [of_change]);
    assert_eq!(lessons(&site, "lessons/years/2025.html"), [first, second]);
    assert_eq!(lessons(&site, "lessons/outcomes/unsuccessful.html"), [first, second]);
    let index = site.page("lessons/index.html").main();
    for (target, text) in [
        ("lessons/items/ledger-db.html", "ledger-db 2"),
        ("lessons/items/bank-link.html", "The line to the bank 1"),
        ("lessons/years/2025.html", "2025 2"),
        ("lessons/outcomes/unsuccessful.html", "Unsuccessful 2"),
    ] {
        assert!(index.targets().contains(&target.to_owned()), "{target}");
        assert!(index.text().contains(text), "{text}: {}", index.text());
    }
    assert!(
        site.page("configuration-items/bank-link.html").targets().contains(&"lessons/items/bank-link.html".to_owned())
    );
}

#[test]
fn the_index_leads_to_the_items_with_the_most_lessons() {
    let mut files = FILES.to_owned();
    for number in 0..60 {
        files += &format!(
            "-- changes/CHG-1{number}.md --\n---\ntitle: A\nconfiguration_items: [node-{number:02}, ledger-db]\n\
             review: {{on: 2026-11-02, lessons: [{{lesson: One, theme: testing}}]}}\n---\n"
        );
    }
    let site = site_with(&files, |request| request.today = "2026-11-22".parse().unwrap());
    let index = site.page("lessons/index.html").main();
    let items = index.targets().iter().filter(|target| target.starts_with("lessons/items/")).count();
    assert_eq!(items, 40);
    assert!(index.text().contains("ledger-db 62"));
    assert!(index.text().contains("and 22 more"));
    assert!(site.has("lessons/items/node-59.html"));
}
