//! The page of checks: all findings by rule and by record, for the company's own staff alone.

use super::harness::{site, site_with};

const RULE: &str = "checks/RB207.html";

/// Releases without a configuration item, each with its title.
fn releases(numbers: std::ops::RangeInclusive<usize>) -> String {
    numbers
        .map(|n| format!("-- releases/REL-{n:03}.md --\n---\ntitle: Release <{n}>\nrelease_type: minor\n---\n"))
        .collect()
}

#[test]
fn findings_are_listed_by_rule_and_by_record() {
    let site = site(&format!(
        "{}-- relbook.toml --\n[lints]\nprofile = \"records\"\nno-configuration-item = \"warn\"\nunknown-field = \"warn\"\n\
         -- changes/CHG-1.md --\n---\ntitle: One\nowners: x\n---\n",
        releases(1..=1)
    ));
    let text = site.page("checks/index.html").main().text();
    for expected in ["errors 0 warnings 3 of 2 records with findings 2", "RB207 no-configuration-item", "Warning"] {
        assert!(text.contains(expected), "{expected} is not in: {text}");
    }
    let page = site.page("checks/records.html").main().text();
    let places: Vec<usize> =
        ["CHG-1 One", "RB005", "changes/CHG-1.md, line 3", "REL-001 Release <1>", "releases/REL-001.md, line 1"]
            .iter()
            .map(|expected| page.find(expected).unwrap_or_else(|| panic!("{expected} is not in: {page}")))
            .collect();
    assert!(places.is_sorted(), "{places:?}: {page}");
    assert_eq!(site.listed(RULE, "main").iter().filter(|target| target.starts_with("releases/REL")).count(), 1);
    let rule = site.page(RULE).main().text();
    assert!(rule.contains("Why it matters") && rule.contains("2 findings"), "{rule}");
    assert!(site.page("index.html").main().text().contains("findings of the checks 3"));
}

#[test]
fn long_lists_go_on() {
    let site = site(&releases(1..=101));
    for first in ["checks/RB207.html", "checks/records.html"] {
        let stem = first.trim_end_matches(".html");
        let pages = [first.to_owned(), format!("{stem}/page/2.html"), format!("{stem}/page/3.html")];
        let counts = pages.map(|page| site.text(&page).matches("a release names no configuration item").count());
        assert_eq!(counts, [50, 50, 1], "{first}");
        assert!(!site.has(&format!("{stem}/page/4.html")));
    }
}

#[test]
fn a_clean_site_says_so() {
    let site =
        site("-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n");
    assert_eq!(site.tree_below("checks/"), ["checks/index.html"]);
    assert!(site.page("checks/index.html").main().text().contains("No rule that is on has a finding."));
}

#[test]
fn an_edition_has_no_trace_of_the_checks() {
    let files = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\", \"status\"]\n\
                 -- releases/REL-1.md --\n---\ntitle: One\naudience: customer\nrelease_type: minor\nstatus: scheduled\n---\n";
    let is_trace = |site: &super::harness::Site| {
        let pages = ["index.html", "releases/REL-1.html"].map(|page| site.text(page).to_lowercase());
        let words = ["checks", "finding", "readiness", "missing"];
        !site.tree_below("checks/").is_empty() || words.iter().any(|word| pages.iter().any(|page| page.contains(word)))
    };
    assert!(is_trace(&site(files)), "the staff see them");
    assert!(!is_trace(&site_with(files, |request| request.edition = Some("customer".to_owned()))));
}

/// What a finding says may name a draft, which leaves no trace.
#[test]
fn drafts_leave_no_trace_in_the_checks() {
    let files = "-- relbook.toml --\n[lints]\nunknown-reference = \"warn\"\nwrong-kind = \"warn\"\nunknown-field = \"warn\"\n\
                 -- releases/CANARY-1.md --\n---\ntitle: CANARY-2\ndraft: true\nCANARY-3: x\nchanges: [CANARY-4]\n---\n\
                 -- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nchanges: [CANARY-1]\nowners: x\nrelease_type: minor\n---\n";
    let hidden = site(files);
    for (path, bytes) in super::harness::tree(&hidden.out()) {
        assert!(!bytes.windows(6).any(|window| window == b"CANARY"), "{path}");
    }
    assert_eq!(hidden.page("checks/index.html").part("rules").text().matches("RB").count(), 1, "RB005 alone");
    let shown = site_with(files, |request| request.with_drafts = true);
    assert!(shown.text("checks/records.html").contains("CANARY-3"));
}
