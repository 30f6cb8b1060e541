//! References: said once, from whichever side, and shown on both pages.

use super::harness::site;

const ITEM: &str = "configuration_items: [ledger-db]";

#[test]
fn a_release_and_its_change_are_linked_whichever_side_says_so() {
    let site = site(&format!(
        r#"
-- releases/REL-1.md --
---
title: One
changes: [CHG-1]
{ITEM}
release_type: minor
---
-- releases/REL-2.md --
---
title: Two
{ITEM}
release_type: minor
---
-- changes/CHG-1.md --
---
title: Said by the release
{ITEM}
change_type: normal
---
-- changes/CHG-2.md --
---
title: Said by the change
releases: [rel-2]
{ITEM}
change_type: normal
---
"#
    ));
    for (release, change) in [("REL-1", "CHG-1"), ("REL-2", "CHG-2")] {
        let (release, change) = (format!("releases/{release}.html"), format!("changes/{change}.html"));
        assert_eq!(site.listed(&release, "changes"), [change.as_str()]);
        assert_eq!(site.listed(&change, "releases"), [release.as_str()]);
    }
    assert!(
        site.page("changes/CHG-2.html").part("releases").text().contains("REL-2"),
        "ids show as their record has them"
    );
    assert_eq!(site.findings(), [""; 0]);
}

#[test]
fn a_known_error_and_its_releases_know_each_other() {
    let site = site(&format!(
        r#"
-- releases/REL-1.md --
---
title: One
{ITEM}
release_type: minor
---
-- releases/REL-2.md --
---
title: Two
{ITEM}
release_type: minor
---
-- releases/REL-3.md --
---
title: Three
{ITEM}
release_type: minor
---
-- releases/REL-4.md --
---
title: Four
known_errors: [KE-2]
{ITEM}
release_type: minor
---
-- changes/CHG-1.md --
---
title: A change
known_errors: [KE-1]
{ITEM}
change_type: normal
---
-- known-errors/KE-1.md --
---
title: Rounding
introduced_in: [REL-1]
affects: [REL-2]
fixed_in: [REL-3]
planned_fix: REL-4
---
-- known-errors/KE-2.md --
---
title: Shipped with four
---
"#
    ));
    let known_error = "known-errors/KE-1.html";
    for (part, release, back) in [
        ("introduced-in", "releases/REL-1.html", "introduced"),
        ("affected-releases", "releases/REL-2.html", "known-errors-shipped"),
        ("fixed-in", "releases/REL-3.html", "fixed"),
        ("planned-fix", "releases/REL-4.html", "planned-fixes"),
        ("affected-changes", "changes/CHG-1.html", "known-errors-shipped"),
    ] {
        assert_eq!(site.listed(known_error, part), [release], "{part}");
        assert_eq!(site.listed(release, back), [known_error], "{release} {back}");
    }
    assert_eq!(site.listed("releases/REL-4.html", "known-errors-shipped"), ["known-errors/KE-2.html"]);
    assert_eq!(site.listed("known-errors/KE-2.html", "affected-releases"), ["releases/REL-4.html"]);
}

#[test]
fn problems_configuration_items_and_services_get_a_page_without_a_file() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
service: Parcel Tracking
problems: [PRB-1]
configuration_items: [ledger-db]
release_type: minor
---
"#,
    );
    for (page, part) in
        [("problems/PRB-1.html", "problems"), ("configuration-items/ledger-db.html", "configuration-items")]
    {
        assert_eq!(site.listed(page, "releases"), ["releases/REL-1.html"], "{page}");
        assert_eq!(site.listed("releases/REL-1.html", part), [page]);
    }
    assert_eq!(site.listed("services/Parcel-Tracking.html", "releases"), ["releases/REL-1.html"]);
    assert!(site.page("services/Parcel-Tracking.html").main().text().contains("Parcel Tracking"));
    let targets = site.page("releases/REL-1.html").main().targets();
    assert!(targets.contains(&"services/Parcel-Tracking.html".to_owned()), "{targets:?}");
    for list in ["problems", "configuration-items", "services"] {
        assert!(site.has(&format!("{list}/index.html")), "{list}");
    }
}

#[test]
fn configuration_items_know_what_they_need_and_what_needs_them() {
    let site = site(
        r#"
-- configuration-items/shop.md --
---
name: The shop
depends_on: [ledger-db]
part_of: [web]
---
-- configuration-items/ledger-db.md --
---
class: database
---
"#,
    );
    assert_eq!(site.listed("configuration-items/shop.html", "depends-on"), ["configuration-items/ledger-db.html"]);
    assert_eq!(site.listed("configuration-items/shop.html", "part-of"), ["configuration-items/web.html"]);
    assert_eq!(site.listed("configuration-items/ledger-db.html", "dependants"), ["configuration-items/shop.html"]);
    assert_eq!(site.listed("configuration-items/web.html", "parts"), ["configuration-items/shop.html"]);
    assert!(site.page("configuration-items/ledger-db.html").part("dependants").text().contains("The shop"));
}

#[test]
fn releases_replace_and_follow_each_other() {
    let site = site(&format!(
        r#"
-- releases/REL-1.md --
---
title: Taken back
status: rolled-back
rollback:
  trigger: totals differed
  follow_up: REL-2
{ITEM}
release_type: minor
---
-- releases/REL-2.md --
---
title: Done better
supersedes: REL-1
{ITEM}
release_type: minor
---
"#
    ));
    assert_eq!(site.listed("releases/REL-2.html", "supersedes"), ["releases/REL-1.html"]);
    assert_eq!(site.listed("releases/REL-1.html", "superseded-by"), ["releases/REL-2.html"]);
    assert_eq!(site.listed("releases/REL-2.html", "follows"), ["releases/REL-1.html"]);
    assert_eq!(site.listed("releases/REL-1.html", "follow-up"), ["releases/REL-2.html"]);
    let rollback = site.page("releases/REL-1.html").part("rollback");
    assert!(rollback.text().contains("totals differed"), "{}", rollback.text());
    assert_eq!(rollback.targets(), ["releases/REL-2.html"]);
}

#[test]
fn a_freeze_lets_releases_and_changes_through() {
    let site = site(&format!(
        r#"
-- releases/REL-1.md --
---
title: Let through
{ITEM}
release_type: minor
---
-- changes/CHG-1.md --
---
title: Let through too
{ITEM}
change_type: normal
---
-- releases/REL-2.md --
---
title: Named by nobody who may
{ITEM}
release_type: minor
---
-- calendar/peak.md --
---
title: Peak season
kind: freeze
start: 2026-11-20T00:00
end: 2026-11-30T00:00
exceptions:
  - {{id: REL-1, approved_by: Board}}
  - {{id: CHG-1, approved_by: Board}}
  - REL-2
---
"#
    ));
    for page in ["releases/REL-1.html", "changes/CHG-1.html"] {
        let freezes = site.page(page).part("freezes");
        assert!(freezes.text().contains("Peak season"), "{page}: {}", freezes.text());
        assert_eq!(freezes.targets(), ["calendar/2026/11.html"], "{page}");
    }
    assert!(!site.text("releases/REL-2.html").contains("id=\"freezes\""), "nobody approved that exception");
}

#[test]
fn bodies_link_by_wiki_link_by_bare_id_and_by_path() {
    let site = site(&format!(
        r#"
-- releases/2026/REL-1.md --
---
title: One
{ITEM}
release_type: minor
---
## Description

Wiki: [[CHG-1]]; with a type: [[change:chg-2|the second]]; bare: CHG-3 and `CHG-4` and REL-1 itself;
by path: [the fifth](../../changes/CHG-5.md), [how it goes back](../../changes/CHG-5.md#rollback-plan),
[here](#description), [all](/changes/index.html).
-- changes/CHG-1.md --
---
title: First
{ITEM}
change_type: normal
---
-- changes/CHG-2.md --
---
title: Second
{ITEM}
change_type: normal
---
-- changes/CHG-3.md --
---
title: Third
{ITEM}
change_type: normal
---
-- changes/CHG-4.md --
---
title: Fourth
{ITEM}
change_type: normal
---
-- changes/CHG-5.md --
---
title: Fifth
{ITEM}
change_type: normal
---
## Backout plan

Do it backwards.
"#
    ));
    let links = site.page("releases/REL-1.html").part("description").links();
    let of_text = |href: &str, text: &str| (href.to_owned(), text.to_owned());
    let expected = [
        of_text("../changes/CHG-1.html", "CHG-1"),
        of_text("../changes/CHG-2.html", "the second"),
        of_text("../changes/CHG-3.html", "CHG-3"),
        of_text("../changes/CHG-5.html", "the fifth"),
        of_text("../changes/CHG-5.html#rollback-plan", "how it goes back"),
        of_text("#description", "here"),
        of_text("../changes/index.html", "all"),
    ];
    let in_text: Vec<_> = links.into_iter().filter(|(_, text)| text != "#" && text != "Description").collect();
    assert_eq!(in_text, expected);
    assert_eq!(
        site.listed("releases/REL-1.html", "mentions-changes"),
        ["CHG-1", "CHG-2", "CHG-3", "CHG-5"].map(|id| format!("changes/{id}.html")),
    );
    assert_eq!(site.listed("changes/CHG-3.html", "mentioned-in-releases"), ["releases/REL-1.html"]);
    assert!(!site.page("changes/CHG-4.html").has_part("mentioned-in-releases"), "code is no mention");
}

#[test]
fn a_mention_of_what_is_linked_anyway_is_listed_once() {
    let site = site(&format!(
        r#"
-- releases/REL-1.md --
---
title: One
changes: [CHG-1]
{ITEM}
release_type: minor
---
It delivers CHG-1.
-- changes/CHG-1.md --
---
title: First
{ITEM}
change_type: normal
---
"#
    ));
    assert!(!site.page("releases/REL-1.html").has_part("mentions-changes"));
    assert_eq!(site.listed("releases/REL-1.html", "changes"), ["changes/CHG-1.html"]);
}

/// Every heading here asks for an id that the page has for a part of its own.
#[test]
fn anchors_of_headings_never_clash() {
    let headings = [
        "Main",
        "Facts",
        "Windows",
        "Effects",
        "RACI",
        "Approvals",
        "Changes",
        "Rollback",
        "Review",
        "Lessons",
        "Lesson 1",
        "Related",
        "Known errors",
        "Known errors",
        "Mentions: changes",
        "Mentions changes",
        "Mentioned in releases",
        "Business case",
        "Reason for change",
        "Rollback plan",
        "Backout plan",
        "Description",
        "Root cause",
        "Workaround",
        "Symptoms",
        "Attempt 1",
        "Search",
        "Top",
    ];
    let body: String = headings.iter().map(|heading| format!("## {heading}\n\nText with CHG-2.\n\n")).collect();
    let header = format!(
        "title: One\nbusiness_case: Money\nstatus: deployed\nchanges: [CHG-1]\nreview: {{lessons: [{{lesson: Look}}]}}\n{ITEM}"
    );
    let site = site(&format!(
        "-- releases/REL-1.md --\n---\n{header}\nrelease_type: minor\n---\n{body}\n\
         -- releases/REL-2.md --\n---\ntitle: Two\n{ITEM}\nrelease_type: minor\n---\n{body}\nREL-1\n\
         -- changes/CHG-1.md --\n---\ntitle: First\n{ITEM}\nchange_type: normal\n---\n{body}\n\
         -- changes/CHG-2.md --\n---\ntitle: Second\n{ITEM}\nchange_type: normal\n---\n{body}\n\
         -- known-errors/KE-1.md --\n---\ntitle: Error\ncause: A\nworkaround: B\nsymptoms: C\nintroduced_in: [REL-1]\n{ITEM}\nproblems: [PRB-1]\n---\n{body}\n\
         -- problems/PRB-1.md --\n---\ntitle: Problem\ncause: A\n---\n{body}\n\
         -- configuration-items/ledger-db.md --\n---\nname: Ledger\n---\n{body}\n\
         -- pages/policy.md --\n---\ntitle: Policy\n---\n{body}\n"
    ));
    // The harness has held every page against ids that stand twice.
    let plan = site.page("releases/REL-1.html").part("rollback-plan");
    assert!(plan.text().starts_with("Text with") || plan.text().starts_with("Rollback plan"), "{}", plan.text());
}
