//! Incidents that work caused: when they can have been detected, what they make of the time to restore, where they stand.

use relbook::diag::Profile;

use super::harness::{check, folder, places, site, site_with};

/// A release of two attempts, the first taken back, with the change that it delivers.
fn files(incidents: &str, of_change: &str) -> String {
    format!(
        "-- relbook.toml --\ntime_zone = \"Europe/Amsterdam\"\n-- releases/R-1.md --\n---\ntitle: One\nstatus: closed\n\
         release_type: minor\nservice: Shop\nconfiguration_items: [till]\nchanges: [C-1]\n\
         incidents_caused:\n  - {incidents}\nrollback: {{at: 2026-10-24T23:00, restored_at: 2026-10-25T03:30}}\nwindows:\n  \
         - {{start: 2026-10-24T22:00, end: 2026-10-25T04:00, outcome: rolled-back, actual_start: 2026-10-24T22:10}}\n  \
         - {{start: 2026-10-31T22:00, end: 2026-10-31T23:00, outcome: deployed}}\n---\n\
         -- changes/C-1.md --\n---\ntitle: In it\nstatus: closed\nchange_type: normal\nconfiguration_items: [till]\n\
         incidents_caused:\n  - {of_change}\n---\n"
    )
}

fn misdated(files: &str, profile: Profile) -> Vec<String> {
    let places = places(&check(folder(files).path(), Some(profile)));
    places.into_iter().filter(|place| place.starts_with("RB314")).collect()
}

fn incident(detected: &str) -> String {
    format!("{{id: INC-1, detected_at: {detected}}}")
}

/// When it was detected, and whether it can have been. The clocks go back on 25 October at three.
const DETECTED: &[(&str, bool)] = &[
    ("2026-10-24T22:09", false),
    ("2026-10-24T22:10", true),
    ("2026-10-24T20:10Z", true),
    ("2026-10-24T20:09Z", false),
    ("2026-10-23", false),
    ("2026-10-24", true),
    ("2026-10-25T02:15+02:00", true),
    ("2026-10-25T03:30", true),
    ("2026-10-25T03:31", false),
    ("2026-10-25T02:30Z", true),
    ("2026-10-25T02:31Z", false),
    ("2026-10-26", false),
    ("2026-10-31T21:59", false),
    ("2026-10-31T22:00", true),
    ("2026-11-05", true),
];

#[test]
fn an_incident_from_before_the_work_or_after_it_was_not_caused_by_it() {
    for (detected, can_be) in DETECTED {
        for profile in [Profile::Standard, Profile::Strict] {
            let wanted = |line: &str| if *can_be { Vec::new() } else { vec![format!("RB314 {line}")] };
            let of_release = misdated(&files(&incident(detected), "INC-2"), profile);
            assert_eq!(of_release, wanted("releases/R-1.md:9"), "{detected}");
            let of_change = misdated(&files("INC-2", &incident(detected)), profile);
            assert_eq!(of_change, wanted("changes/C-1.md:7"), "{detected} of a change in a release");
        }
    }
    let blank = files(&format!("\"\"\n  - {}", incident("2026-10-20")), "INC-2");
    assert_eq!(misdated(&blank, Profile::Strict), ["RB314 releases/R-1.md:10"], "its line is its own");
    assert_eq!(
        misdated(&files("INC-1", "INC-2"), Profile::Strict),
        [""; 0],
        "without a day nothing is held against it"
    );
}

/// The clocks go back, and half past two comes twice.
#[test]
fn a_service_is_not_restored_before_it_is_taken_back() {
    let of = |at: &str, restored: &str| {
        let told = format!("at: {at}, restored_at: {restored}");
        let files = files("INC-1", "INC-2").replace("at: 2026-10-24T23:00, restored_at: 2026-10-25T03:30", &told);
        misdated(&files, Profile::Strict)
    };
    for (at, restored) in [
        ("2026-10-25T02:45+02:00", "2026-10-25T02:15+01:00"),
        ("2026-10-25T02:45+02:00", "2026-10-25T02:45+02:00"),
        ("2026-10-25T02:45+02:00", "2026-10-25"),
        ("2026-10-25", "2026-10-25T00:05"),
    ] {
        assert_eq!(of(at, restored), [""; 0], "{at} {restored}");
    }
    for (at, restored) in [
        ("2026-10-25T02:15+01:00", "2026-10-25T02:45+02:00"),
        ("2026-10-25T03:00", "2026-10-25T01:59Z"),
        ("2026-10-25T03:00", "2026-10-24"),
        ("2026-10-25", "2026-10-24T23:59"),
    ] {
        assert_eq!(of(at, restored), ["RB314 releases/R-1.md:10"], "{at} {restored}");
    }
}

/// Incidents of the release and of its change, and how long it took. By hand: from 23:00 to 3:30 are five hours and a half
/// in the night of the clocks.
#[test]
fn restoring_counts_from_the_harm() {
    for (of_release, of_change, said) in [
        ("INC-1".to_owned(), "INC-2".to_owned(), "5 h 30 min"),
        (incident("2026-10-24T22:40"), "INC-2".to_owned(), "5 h 50 min"),
        ("INC-1".to_owned(), incident("2026-10-24T22:20"), "6 h 10 min"),
        (incident("2026-10-24T22:40"), incident("2026-10-24T22:20"), "6 h 10 min"),
        (incident("2026-10-24T23:40"), "INC-2".to_owned(), "5 h 30 min"),
        (incident("2026-10-24T22:05"), "INC-2".to_owned(), "5 h 30 min"),
        (incident("2026-10-24"), incident("2026-11-02T09:00"), "5 h 30 min"),
    ] {
        let files = files(&of_release, &of_change);
        let restored = site(&files).page("metrics/index.html").part("restored").text();
        assert!(restored.contains(&format!("{said}, known for 1 of 1")), "{of_release} {of_change}: {restored}");
        let undecided = site(&files.replace("at: 2026-10-24T23:00, ", "trigger: Slow, "));
        let restored = undecided.page("metrics/index.html").part("restored").text();
        let is_noticed = said != "5 h 30 min" || of_release.contains("T23:40");
        let known = if is_noticed { "known for 1 of 1" } else { "known for 0 of 1" };
        assert!(restored.contains(known), "{of_release} {of_change}, no decision told: {restored}");
    }
}

#[test]
fn what_names_an_incident_it_caused_has_failed_and_is_restored_only_where_that_is_said() {
    let files = files("INC-1", "INC-2");
    let (head, tail) = files.split_once("rollback: {").unwrap();
    let files =
        format!("{head}{}", tail.split_once("}\n").unwrap().1).replace("outcome: rolled-back", "outcome: deployed");
    let site = site(&files);
    let metrics = site.page("metrics/index.html");
    assert!(metrics.part("failures").text().contains("Failed: 1 of 1"), "{}", metrics.part("failures").text());
    assert!(metrics.part("restored").text().contains("no deployment was rolled back"));
    for page in ["configuration-items/till.html", "services/Shop.html"] {
        let figures = site.page(page).part("figures").text();
        let count = if page.starts_with("services") { "1" } else { "2" };
        assert!(figures.contains(&format!("known to have caused incidents {count}")), "{page}: {figures}");
    }
}

#[test]
fn the_line_of_time_has_the_detection() {
    let site = site(&files(&incident("2026-10-24T22:40"), "{id: INC-2, detected_at: 2026-12-24}"));
    let text = site.page("releases/R-1.html").part("timeline").text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("began") < at("Incident INC-1 detected") && at("Incident INC-1 detected") < at("Rollback decided"));
}

/// Whoever sees the rollback and not the window that names the zone is told the same hours as everybody.
#[test]
fn an_edition_without_the_windows_tells_the_same_times() {
    let files = files(&incident("2026-10-24T22:40"), "INC-2")
        .replace("outcome: rolled-back,", "outcome: rolled-back, time_zone: America/New_York,")
        .replace("title: One", "title: One\naudience: customer")
        .replace(
            "-- releases",
            "[editions.customer]\ntypes = [\"release\"]\n\
             keys = [\"title\", \"status\", \"rollback\", \"incidents_caused\"]\n-- releases",
        );
    for edition in [None, Some("customer".to_owned())] {
        let site = site_with(&files, |request| request.edition = edition);
        let text = site.page("releases/R-1.html").main().text();
        for words in ["22:40 America/New_York, Sun 25 Oct, 02:40 UTC", "23:00 America/New_York, Sun 25 Oct, 03:00 UTC"]
        {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
