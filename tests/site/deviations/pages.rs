//! The pages of deviations: all, of a year, the releases of a year; a record's own; and that no edition has any.

use std::fmt::Write as _;

use super::super::harness::{readable_tree, site, site_with};
use super::{WHOLE, with};

const SETTINGS: &str = "-- relbook.toml --\ntime_zone = \"Europe/Amsterdam\"\n[editions.customer]\n\
    types = [\"release\", \"change\"]\nkeys = [\"title\", \"summary\", \"status\", \"windows\", \"approvals\", \"tests\", \"planned_date\"]\n";

/// A release with a deviation of nearly every kind of its plan.
fn otherwise() -> String {
    let files = with("releases/REL-1.md", "kind: the day, result: passed", "kind: <b>the day</b>, result: failed");
    let files = files
        .replace("by: C. Chair, on: 2026-10-07", "by: I. Initiator, on: 2026-10-09")
        .replace("sent: 2026-10-07", "due: 2026-10-07")
        .replace("review: {on: 2026-10-14, by: R. Manager, outcome: successful}\n", "")
        .replace("  operational: {outcome: accepted, by: S. Safe, on: 2026-10-02}\n", "")
        .replace(
            "title: Rounds once\n",
            "title: Rounds <i>once</i>\naudience: customer\nallow: {RB310: \"<script>later</script>\"}\n",
        )
        .replace(
            "{start: 2026-10-07T20:00, end: 2026-10-07T22:00",
            "{start: 2026-10-09T20:00, end: 2026-10-10T01:00, actual_start: 2026-10-09T19:00",
        );
    format!("{SETTINGS}{files}")
}

#[test]
fn a_year_tells_each_with_its_day_and_leads_to_what_shows_it() {
    let site = site(&otherwise());
    let year = site.page("deviations/2026.html").main();
    let text = year.text();
    for said in [
        "Inside a freeze 9 Oct 2026 Peak",
        "Outside the maintenance times 9 Oct 2026 ledger-db",
        "Outside its own window 9 Oct 2026 Planned and actual times",
        "Approved by those involved alone 9 Oct 2026 Approvals",
        "Not reviewed 9 Oct 2026 Operational review",
        "Not told 9 Oct 2026 Customer notifications",
        "Not reviewed after 9 Oct 2026 Post-implementation review",
        "A failed test after 8 Oct 2026 <b>the day</b> 8 Oct 2026",
        "A waived finding 9 Oct 2026 RB310: <script>later</script>",
    ] {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{said}: {text}");
    }
    let targets = year.targets();
    for target in ["calendar/2026/10.html", "configuration-items/ledger-db.html", "checks/waivers.html"] {
        assert!(targets.iter().any(|of| of == target), "{target}: {targets:?}");
    }
    let own = site.page("releases/REL-1.html").part("deviations").text();
    assert!(own.contains("Not told") && own.contains("Inside a freeze"), "{own}");
    assert!(!site.page("changes/CHG-3.html").has_part("deviations"));
    let of_months = site.page("metrics/2026.html").part("deviations").text();
    let of_months = of_months.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(of_months.contains("Oct 2026 9 1"), "{of_months}");
}

#[test]
fn an_auditor_reads_days_and_words() {
    let site = site(&otherwise());
    let text = site.page("deviations/2026/releases.html").main().text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let row = "9 Oct 2026 by those involved alone 9 Oct 2026 security 7 Oct 2026 operational not reviewed 7 Oct 2026 not told \
               not reviewed 9";
    assert!(text.contains(row), "{text}");
    let whole = super::super::harness::site(&format!("{SETTINGS}{WHOLE}"));
    let text = whole.page("deviations/2026/releases.html").main().text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let row = "Rounds once 7 Oct 2026 7 Oct 2026 security 7 Oct 2026 operational 2 Oct 2026 7 Oct 2026 7 Oct 2026 14 Oct 2026 0";
    assert!(text.contains(row), "{text}");
}

#[test]
fn nothing_otherwise_is_said_and_nothing_carried_out_has_no_page() {
    let whole = site(&format!("{SETTINGS}{WHOLE}"));
    assert!(whole.page("deviations/2026.html").main().text().contains("No deviation is recorded."));
    assert!(whole.text("index.html").contains("deviations/index.html"));
    let ahead = site(
        "-- relbook.toml --\n-- releases/REL-1.md --\n---\ntitle: To come\nstatus: scheduled\nrelease_type: minor\nplanned_date: 2026-10-01\n---\n",
    );
    assert!(ahead.tree_below("deviations/").is_empty());
    assert!(!ahead.text("index.html").contains("deviations/"));
}

#[test]
fn what_has_no_day_stands_apart() {
    let site = site(
        "-- relbook.toml --\n-- releases/REL-1.md --\n---\ntitle: Some day\nstatus: deployed\nrelease_type: minor\n---\n",
    );
    let text = site.page("deviations/undated.html").main().text();
    assert!(text.contains("Not approved") && text.contains("not recorded"), "{text}");
    let releases = site.page("deviations/undated/releases.html").main().text();
    assert!(releases.contains("not approved") && releases.contains("not wanted"), "{releases}");
}

#[test]
fn no_edition_has_a_trace_of_them() {
    let site = site_with(&otherwise(), |request| request.edition = Some("customer".to_owned()));
    assert!(site.has("releases/REL-1.html"));
    for (path, bytes) in readable_tree(&site.out()) {
        assert!(!path.starts_with("deviations"), "{path}");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let is_page = path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".txt");
        assert!(!is_page || !text.contains("deviations"), "{path}");
    }
}

#[test]
fn long_lists_go_on_and_no_page_grows() {
    const RELEASES: usize = 120;
    let mut files = "-- relbook.toml --\n".to_owned();
    for number in 0..RELEASES {
        let day = 1 + number % 28;
        write!(
            files,
            "-- releases/REL-{number:03}.md --\n---\ntitle: Release {number}\nstatus: deployed\nrelease_type: patch\n"
        )
        .unwrap();
        writeln!(files, "service: Service {number}\nplanned_date: 2026-10-{day:02}\n---").unwrap();
    }
    let site = site(&files);
    // Each is not approved and untested.
    let pages = site.tree_below("deviations/2026/page/");
    assert_eq!(pages.len() + 1, (2 * RELEASES).div_ceil(50), "{pages:?}");
    let matrix = site.tree_below("deviations/2026/releases/page/");
    assert_eq!(matrix.len() + 1, RELEASES.div_ceil(50), "{matrix:?}");
    let text = site.page("deviations/index.html").main().text();
    assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains("100 more services with fewer"), "{text}");
    for route in site.tree_below("deviations/") {
        assert!(site.text(&route).len() < 60_000, "{route}: {}", site.text(&route).len());
    }
}
