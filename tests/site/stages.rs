//! Stages of a rollout: what is found in them, and what the pages say of which are on.

use relbook::diag::Profile;

use super::harness::{Site, check, folder, places, site_with};

/// A release with two windows over the nights in which the clocks change, and stages from line 11 on.
fn files(status: &str, stages: &[&str]) -> String {
    let stages: String = stages.iter().map(|stage| format!("  - {{{stage}}}\n")).collect();
    format!(
        "-- relbook.toml --\ntime_zone = \"Europe/Amsterdam\"\n-- releases/R-1.md --\n---\ntitle: One\nstatus: {status}\n\
         release_type: minor\nservice: Shop\nconfiguration_items: [till]\nwindows:\n  \
         - {{start: 2026-03-28T22:00, end: 2026-03-29T06:00, outcome: rolled-back}}\n  \
         - {{start: 2026-10-24T22:00, end: 2026-10-26T06:00, outcome: deployed, actual_end: 2026-10-26T07:00}}\nstages:\n\
         {stages}---\n"
    )
}

/// What is found in the stages, under a profile.
fn found(files: &str, profile: Profile) -> Vec<String> {
    let places = places(&check(folder(files).path(), Some(profile)));
    let is_of_stages = |place: &String| ["RB314", "RB325", "RB102", "RB105"].iter().any(|code| place.starts_with(code));
    let short = |place: String| place.replace("releases/R-1.md:", "");
    places.into_iter().filter(is_of_stages).map(short).collect()
}

/// Status, stages, and what is found: code and line. The first stage stands on line 11.
#[rustfmt::skip]
const STAGES: &[(&str, &[&str], &[&str])] = &[
    // Without a fault.
    ("deployed", &["share: 10 %, start: 2026-10-24T22:00, end: 2026-10-25T04:00", "share: 100, start: 2026-10-25T04:00, end: 2026-10-26T06:00"], &[]),
    ("closed", &["share: 10 %", "share: 100 %"], &[]),
    ("closed", &["name: North", "name: South"], &[]),
    ("deployed", &["share: 10 %", "share: 10 %"], &[]),
    ("deployed", &["{}", "start: 2026-10-24, end: 2026-10-24", "start: 2026-10-24, end: 2026-10-26"], &[]),
    ("deployed", &["start: 2026-10-26T06:30, end: 2026-10-26T07:00"], &[]),
    ("deployed", &["share: 50 %, outcome: postponed", "share: 10 %", "share: 5 %, outcome: cancelled", "share: 10.5"], &[]),
    ("deployed", &["share: 50 %, outcome: rolled-back, start: 2026-03-28T23:00", "share: 10 %, outcome: deployed, start: 2026-10-24T23:00"], &[]),
    ("rolled-back", &["share: 10 %", "share: 50 %, outcome: rolled-back"], &[]),
    // The clocks show this hour twice, and the second time is later.
    ("deployed", &["start: 2026-10-25T02:30+02:00, end: 2026-10-25T02:30+01:00"], &[]),
    ("deployed", &["start: 2026-10-25T02:30+01:00, end: 2026-10-25T02:30+02:00"], &["RB314 11"]),
    ("deployed", &["start: 2026-10-25T02:30"], &["RB105 11"]),
    ("deployed", &["end: 2026-03-29T02:30"], &["RB105 11"]),
    // In the order of time.
    ("deployed", &["start: 2026-10-24T23:00, end: 2026-10-24T23:00"], &["RB314 11"]),
    ("deployed", &["start: 2026-10-25, end: 2026-10-24"], &["RB314 11"]),
    ("deployed", &["start: 2026-10-25, end: 2026-10-24T23:00"], &["RB314 11"]),
    ("deployed", &["start: 2026-10-24T22:00, end: 2026-10-25T05:00", "start: 2026-10-25T04:59"], &["RB314 12"]),
    ("deployed", &["start: 2026-10-24T22:00, end: 2026-10-25T05:00", "name: B", "start: 2026-10-25T04:59"], &["RB314 13"]),
    ("deployed", &["start: 2026-10-24T22:00, end: 2026-10-25T05:00, outcome: cancelled", "start: 2026-10-25T04:59"], &[]),
    ("deployed", &["start: 2026-10-24T22:00, end: 2026-10-25T05:00", "start: 2026-10-25"], &[]),
    ("deployed", &["start: 2026-10-24T22:00, end: 2026-10-26T05:00", "start: 2026-10-25"], &["RB314 12"]),
    // In a window, from beginning to end.
    ("deployed", &["start: 2026-10-24T21:59"], &["RB314 11"]),
    ("deployed", &["start: 2026-10-24T23:00, end: 2026-10-26T07:01"], &["RB314 11"]),
    ("deployed", &["end: 2026-10-27"], &["RB314 11"]),
    ("deployed", &["start: 2026-03-29T05:00, end: 2026-10-24T23:00"], &["RB314 11"]),
    ("deployed", &["start: 2026-05-01, outcome: postponed"], &[]),
    ("deployed", &["name: One", "\"name\": Two, \"start\": 2026-12-24"], &["RB314 12"]),
    // A share is a part of the whole.
    ("deployed", &["share: 101 %"], &["RB102 11"]),
    ("deployed", &["share: most of it"], &["RB102 11"]),
    ("deployed", &["share: -1"], &["RB102 11"]),
    // A rollout grows, stops where it was taken back, and comes to its end.
    ("deployed", &["share: 50 %", "share: 49.99 %"], &["RB325 12"]),
    ("deployed", &["share: 50 %", "name: Whoever", "share: 0"], &["RB325 13"]),
    ("deployed", &["outcome: rolled-back", "outcome: deployed"], &["RB325 12"]),
    ("deployed", &["outcome: rolled-back", "outcome: postponed", "name: C", "outcome: deployed", "outcome: deployed"], &["RB325 14"]),
    ("deployed", &["outcome: rolled-back, start: 2026-10-24T23:00", "outcome: deployed, start: 2026-10-25T01:00"], &["RB325 12"]),
    ("deployed", &["outcome: rolled-back, start: 2026-03-28T23:00", "outcome: deployed"], &["RB325 12"]),
    ("closed", &["share: 10 %", "share: 99.99 %"], &["RB325 12"]),
    ("closed", &["share: 10 %", "name: The rest"], &["RB325 12"]),
    ("closed", &["share: 10 %", "share: 100 %, outcome: cancelled"], &["RB325 11"]),
    ("closed", &["share: 10 %", "share: 100 %, outcome: rolled-back"], &["RB325 11"]),
    ("closed", &["share: 100 %, outcome: rolled-back"], &["RB325 11"]),
];

#[test]
fn what_is_wrong_with_a_stage_is_found_once_and_at_its_line() {
    let mut wrong = Vec::new();
    for (status, stages, expected) in STAGES {
        for profile in [Profile::Standard, Profile::Strict] {
            let found = found(&files(status, stages), profile);
            if found != *expected {
                wrong.push(format!("{status} {stages:?}: expected {expected:?}, found {found:?}"));
            }
        }
        let in_history = found(&files(status, stages), Profile::Records);
        assert!(in_history.iter().all(|place| !place.starts_with("RB3")), "{stages:?}: {in_history:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plan_without_windows_has_none_to_lie_in() {
    let files = files("draft", &["start: 2026-12-01, end: 2026-12-02"]);
    let (head, tail) = files.split_once("windows:\n").unwrap();
    let files = format!("{head}{}", &tail[tail.find("stages:").unwrap()..]);
    assert_eq!(found(&files, Profile::Strict), [""; 0]);
}

fn on(files: &str, today: &str) -> Site {
    site_with(files, |request| request.today = today.parse().unwrap())
}

/// The second attempt in three stages, one from one day to the next, and one without an end.
fn rollout(status: &str) -> String {
    files(
        status,
        &[
            "name: North <b>, start: 2026-10-24T22:30, end: 2026-10-25T02:30+01:00, share: 10 %, outcome: deployed",
            "name: Never, share: 20 %, outcome: cancelled, start: 2026-10-25, end: 2026-10-25",
            "name: South, start: 2026-10-25T02:30+01:00, end: 2026-10-25T23:00, share: 62.5, hold_if: \"a till <i> stands\"",
            "name: Islands, start: 2026-10-26T00:00",
        ],
    )
}

/// Days of the build or of the calendar, and the stages that are on, in words.
const ON: &[(&str, &str)] = &[
    ("2026-10-24", "stage 1 of 4: 10 %"),
    ("2026-10-25", "2 of 4 stages: up to 62.5 %"),
    ("2026-10-26", "stage 4 of 4: Islands"),
];

#[test]
fn the_calendar_says_of_each_day_which_stages_are_on() {
    let site = on(&rollout("in-progress"), "2026-11-22");
    let month = site.page("calendar/2026/10.html").main().text();
    for (day, stages) in ON {
        assert!(month.contains(stages), "{day}: {stages}: {month}");
    }
    let (week, next) =
        (site.page("calendar/2026/W43.html").main().text(), site.page("calendar/2026/W44.html").main().text());
    assert!(week.contains(ON[0].1) && week.contains(ON[1].1) && !week.contains("Islands"), "{week}");
    assert!(next.contains(ON[2].1) && !next.contains("62.5"), "{next}");
    let march = site.page("calendar/2026/03.html").main().text();
    assert!(!march.contains("stage"), "stages are those of the window in which they lie: {march}");
}

#[test]
fn home_services_and_items_say_what_is_on_on_the_day_of_the_build() {
    let files = rollout("in-progress").replace("outcome: deployed, actual_end", "actual_end");
    for (today, stages) in ON {
        let site = on(&files, today);
        for page in ["index.html", "services/Shop.html", "configuration-items/till.html"] {
            let text = site.page(page).main().text();
            assert!(text.contains(stages), "{today}: {page}: {text}");
        }
    }
    assert!(!on(&files, "2026-10-23").page("services/Shop.html").main().text().contains(" of 4"));
}

#[test]
fn the_page_has_each_stage_with_its_times_and_how_far_it_is() {
    let of = |status: &str, today: &str| on(&rollout(status), today).page("releases/R-1.html").part("stages").text();
    let text = of("in-progress", "2026-10-25");
    for words in [
        "1. North <b>",
        "Sat 24 Oct 2026, 22:30 \u{2013} Sun 25 Oct 2026, 02:30",
        "20:30 \u{2013} 01:30 UTC",
        "10 %",
        "Deployed",
        "2. Never",
        "Cancelled",
        "62.5 %",
        "on today",
        "a till <i> stands",
        "4. Islands",
        "from Mon 26 Oct 2026, 00:00",
        "to come",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(of("in-progress", "2026-11-01").contains("not recorded"));
    assert!(of("cancelled", "2026-10-01").contains("called off") && !of("cancelled", "2026-10-01").contains("to come"));
    let line = on(&rollout("in-progress"), "2026-10-25").page("releases/R-1.html").part("timeline").text();
    assert!(line.contains("Stage 1 of 4: deployed") && line.contains("Planned: Stage 3 of 4"), "{line}");
}

/// An edition has the stages where it lists them, and says of none how far it is where it does not tell the status.
#[test]
fn an_edition_has_stages_where_it_lists_them() {
    let of = |keys: &str, status: &str| {
        let files = rollout(status).replace("title: One", "title: One\naudience: customer").replace(
            "-- releases",
            &format!("[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\", {keys}]\n-- releases"),
        );
        let site = site_with(&files, |request| {
            request.today = "2026-10-01".parse().unwrap();
            request.edition = Some("customer".to_owned());
        });
        (site.text("releases/R-1.html"), site.text("index.html"))
    };
    let (page, _) = of("\"status\", \"windows\"", "in-progress");
    assert!(!page.contains("North") && !page.contains("stage"), "{page}");
    let (page, _) = of("\"stages\"", "cancelled");
    assert!(page.contains("South") && page.contains("02:30") && page.contains("Europe/Amsterdam"), "{page}");
    assert!(!page.contains("to come") && !page.contains("called off"), "{page}");
    let (page, _) = of("\"stages\", \"status\"", "in-progress");
    assert!(page.contains("to come"), "{page}");
}

#[test]
fn a_thousand_stages_make_no_page_large() {
    let stages: Vec<String> = (0..1000).map(|number| format!("name: Ring {number}, start: 2026-10-25")).collect();
    let stages: Vec<&str> = stages.iter().map(String::as_str).collect();
    let site = on(&files("in-progress", &stages), "2026-10-25");
    let page = site.page("releases/R-1.html");
    let text = page.main().text();
    assert!(text.contains("50. Ring 49") && !text.contains("Ring 50"), "{text}");
    assert!(text.contains("The first 50 of 1000 stages."), "{text}");
    assert!(site.text("releases/R-1.html").len() < 150_000);
    assert!(site.text("calendar/2026/W43.html").contains("stages 1 to 1000 of 1000"));
}
