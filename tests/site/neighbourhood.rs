//! The drawing of what is around a record: two steps, a few of each kind, and no word that is not safe.

use super::harness::{Site, site};
use super::html::tokens;

const RECORDS: &str = "\
-- releases/REL-1.md --
---
title: Card scheme <b>&\"limits\"
changes: [CHG-1, CHG-2]
service: Payments
configuration_items: [shop]
---
-- changes/CHG-1.md --
---
title: One
configuration_items: [ledger, web]
---
-- changes/CHG-2.md --
---
title: Two
configuration_items: [ledger]
---
-- known-errors/KE-1.md --
---
title: Totals differ
status: reported
affects: [REL-1]
problems: [PRB-1]
---
";

/// The drawing on a page.
fn drawing(site: &Site, route: &str) -> Option<String> {
    let html = site.text(route);
    let start = html.find("<svg class=\"graph\"")?;
    Some(html[start..start + html[start..].find("</svg>").expect("it ends")].to_owned())
}

/// The texts of a drawing, in order.
fn texts(drawing: &str) -> Vec<&str> {
    drawing.split("<text ").skip(1).filter_map(|part| part.split(['>', '<']).nth(1)).collect()
}

#[test]
fn a_record_is_drawn_with_its_neighbours_and_what_is_behind_them() {
    let site = site(RECORDS);
    let of_release = drawing(&site, "releases/REL-1.html").expect("a drawing");
    let around = "REL-1 CHG-1 delivered with it CHG-2 delivered with it KE-1 known error in it shop affected by it";
    let behind = "ledger affected by it web affected by it PRB-1 its problem";
    assert_eq!(texts(&of_release).join(" "), format!("{around} {behind}"));
    assert_eq!(of_release.matches("<a ").count(), 7);
    let curves = of_release.split("class=\"curve\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert_eq!(curves.matches('M').count(), 4, "four lines to three records: two changes share one");
    assert!(of_release.contains("class=\"care\""), "the known error is open");
    assert!(site.text("releases/REL-1.html").contains("<a href=\"#neighbourhood\">"));
    let of_problem = drawing(&site, "problems/PRB-1.html").expect("a drawing");
    assert_eq!(texts(&of_problem).join(" "), "PRB-1 KE-1 belongs to it REL-1 has it");
    assert!(drawing(&site, "services/Payments.html").is_none(), "what all have in common tells nothing");
}

#[test]
fn the_words_of_a_record_are_no_markup_of_the_drawing() {
    let of_change = drawing(&site(RECORDS), "changes/CHG-1.html").expect("a drawing");
    assert!(of_change.contains("<title>Release: Card scheme &lt;b&gt;&amp;\"limits\"</title>"), "{of_change}");
}

/// However much a record is connected with, its drawing has a few of each kind, and says how many are left out.
#[test]
fn a_drawing_has_bounds() {
    let mut records = RECORDS.to_owned();
    for number in 10..70 {
        records += &format!(
            "-- changes/CHG-{number}.md --\n---\ntitle: {long} {number}\nconfiguration_items: [ledger, node-{number}]\n---\n",
            long = "A long title ".repeat(30),
        );
    }
    let site = site(&records);
    for route in ["configuration-items/ledger.html", "changes/CHG-20.html", "releases/REL-1.html"] {
        let drawing = drawing(&site, route).expect(route);
        assert!(drawing.matches("<a ").count() <= 10, "{route}");
        assert!(drawing.len() < 6_000, "{route}: {} bytes", drawing.len());
        let places = tokens(&drawing);
        assert!(!places.is_empty());
    }
    assert!(site.text("configuration-items/ledger.html").contains("and 57 more, in the lists above"));
}
