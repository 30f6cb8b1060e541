//! Notices to customers: what they hold, and what they must not.

use super::harness::{check, folder, places, relbook, said, site, site_with};

const RELEASE: &str = r#"
-- releases/REL-1.md --
---
title: Cards <b>& more</b>
summary: Cards are booked at once.
version: "4.2"
service: Billing
status: rolled-back
initiator: SECRET-INITIATOR
effects: {external_parties: [SECRET-PARTY]}
rollback: {at: 2026-11-20T23:00, root_cause: SECRET-CAUSE, trigger: SECRET-TRIGGER}
notifications:
  - {audience: Shops, channel: e-mail, due: 2026-11-13}
windows:
  - {start: 2026-11-20T22:00, end: 2026-11-21T02:00, time_zone: Europe/Berlin, downtime: full, outcome: rolled-back}
  - {start: 2026-11-27T22:00, end: 2026-11-27T23:30, time_zone: Europe/Berlin, downtime: partial}
---
## Description

SECRET-BODY
"#;

#[test]
fn a_notice_says_when_and_what_and_nothing_else() {
    let site = site(RELEASE);
    let page = site.page("releases/REL-1/notice.html");
    let [before, rollback] = ["before", "rollback"].map(|part| page.part(part).html().to_owned());
    assert!(!before.is_empty() && !rollback.is_empty());
    let text = page.main().text();
    for said in [
        "Planned work on Billing, Fri 27 Nov 2026, 22:00",
        "Fri 27 Nov 2026, 22:00 \u{2013} 23:30 (Europe/Berlin); that is 21:00 \u{2013} 22:30 UTC",
        "parts of Billing may not be available",
        "We will try again: Fri 27 Nov 2026, 22:00",
        "Cards <b>& more</b> (version 4.2)",
        "Shops",
    ] {
        assert!(text.contains(said), "{said} is not in:\n{text}");
    }
    assert!(!text.contains("SECRET"), "{text}");
    assert!(site.page("releases/REL-1.html").main().targets().contains(&"releases/REL-1/notice.html".to_owned()));
}

/// Whether a window says that it was taken back, or the release tells of a rollback, the next attempt is the one behind.
#[test]
fn a_rollback_without_the_outcome_of_a_window_leads_to_the_further_one() {
    let told = RELEASE.replace(", outcome: rolled-back", "");
    let text = site(&told).page("releases/REL-1/notice.html").main().text();
    assert!(text.contains("Planned work on Billing, Fri 27 Nov 2026, 22:00"), "{text}");
    assert!(text.contains("We will try again: Fri 27 Nov 2026, 22:00"), "{text}");
    let approved = told.replace("downtime: partial", "approved_by: The board, approved_on: 2026-11-21");
    let codes = |files: &str| {
        let mut found = places(&check(folder(files).path(), None));
        found.retain(|place| place.starts_with("RB309"));
        found
    };
    assert_eq!(codes(&told), ["RB309 releases/REL-1.md:14"]);
    assert_eq!(codes(&approved), [""; 0]);
}

#[test]
fn the_customers_edition_decides_what_a_notice_may_say() {
    let keys = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"service\", \"windows\"]\n";
    let site = site(&format!("{keys}{RELEASE}"));
    let text = site.page("releases/REL-1/notice.html").part("before").text();
    assert!(!text.contains("Cards") && !text.contains("4.2"), "{text}");
    let page = site.page("releases/REL-1/notice.html").main().text();
    assert!(page.contains("We are going to bring REL-1 into service for Billing."), "{page}");
}

#[test]
fn only_releases_that_customers_notice_have_one_and_no_edition_has_any() {
    let quiet = "-- releases/REL-2.md --\n---\ntitle: Quiet\nwindows: [{start: 2026-11-27T22:00, end: 2026-11-27T23:00, \
                 downtime: none}]\n---\n-- releases/REL-3.md --\n---\ntitle: No window\naudience: customer\n---\n";
    let settings = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\", \"windows\"]\n";
    let all = site(&format!("{settings}{RELEASE}{quiet}"));
    assert!(all.has("releases/REL-1/notice.html"));
    assert!(!all.has("releases/REL-2/notice.html") && !all.has("releases/REL-3/notice.html"));
    let released = RELEASE.replace("service: Billing", "service: Billing\naudience: customer");
    let edition = site_with(&format!("{settings}{released}{quiet}"), |request| {
        request.edition = Some("customer".to_owned());
    });
    assert!(edition.has("releases/REL-1.html"));
    assert!(!edition.tree().iter().any(|path| path.contains("notice")), "{:?}", edition.tree());
}

#[test]
fn a_site_writes_its_own_texts_and_the_terminal_prints_them_unescaped() {
    let own = "-- theme/templates/notice/start.txt --\nSubject: Now\n\nWe begin with {{ title }}.\n";
    let folder = folder(&format!("{own}{RELEASE}"));
    let printed = relbook(folder.path(), &["notice", "REL-1", "."]).output().unwrap();
    let text = String::from_utf8(printed.stdout.clone()).unwrap();
    assert_eq!(printed.status.code(), Some(0), "{}", said(&printed));
    assert!(text.contains("# When the work starts\n\nSubject: Now\n\nWe begin with Cards <b>& more</b>.\n"), "{text}");
    assert!(!text.contains("SECRET"), "{text}");
    let unknown = relbook(folder.path(), &["notice", "REL-2026-1", "."]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown).contains("there is no release `REL-2026-1`"), "{}", said(&unknown));
}
