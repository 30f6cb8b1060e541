//! The release calendar: years, months and weeks in the site's zone.

use super::harness::{Site, site, use_in_browser};
use super::html::Page;

/// What stands in one day's cell of a month.
fn day(site: &Site, month: &str, iso: &str) -> String {
    let html = site.page(month).main().html().to_owned();
    let cell = html.split("<td").find(|cell| cell.contains(&format!("datetime=\"{iso}\"")));
    let cell = cell.unwrap_or_else(|| panic!("{month} has no cell for {iso}"));
    Page::new(month, format!("<td{cell}")).text()
}

#[test]
fn a_window_over_midnight_stands_on_both_days() {
    let site = site(
        r#"
-- relbook.toml --
time_zone = "Europe/Amsterdam"
-- releases/REL-1.md --
---
title: Night work
configuration_items: [shop]
windows: [{start: 2026-11-28T22:00, end: 2026-11-29T02:00}]
---
"#,
    );
    assert_eq!(
        site.tree_below("calendar/"),
        ["calendar/2026.html", "calendar/2026/11.html", "calendar/2026/W48.html", "calendar/index.html"]
    );
    for (iso, expected) in [("2026-11-27", false), ("2026-11-28", true), ("2026-11-29", true), ("2026-11-30", false)] {
        assert_eq!(day(&site, "calendar/2026/11.html", iso).contains("Night work"), expected, "{iso}");
    }
    let week = site.page("calendar/2026/W48.html").main();
    let list = week.html().split("<div class=\"week\">").nth(1).expect("the days below the drawing");
    assert_eq!(list.matches("../../releases/REL-1.html").count(), 2, "{list}");
    assert_eq!(list.matches("Release goes on: ").count(), 1, "on Sunday it goes on: {list}");
    assert!(week.text().contains("Sat 28 Nov, 22:00 \u{2013} Sun 29 Nov, 02:00"), "{}", week.text());
    let year = site.page("calendar/2026.html").main().targets();
    assert!(year.contains(&"calendar/2026/11.html".to_owned()), "{year:?}");
    assert!(!year.contains(&"calendar/2026/12.html".to_owned()), "a month without anything has no page: {year:?}");
}

#[test]
fn a_window_that_ends_at_midnight_ends_the_day_before() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: Evening work
configuration_items: [shop]
windows: [{start: 2026-11-30T22:00, end: 2026-12-01T00:00}]
---
"#,
    );
    assert!(!site.has("calendar/2026/12.html"), "{:?}", site.tree_below("calendar/"));
    assert!(day(&site, "calendar/2026/11.html", "2026-11-30").contains("Evening work"));
}

#[test]
fn the_calendar_is_in_the_sites_zone_and_a_record_in_its_own() {
    let site = site(
        r#"
-- relbook.toml --
time_zone = "America/New_York"
-- releases/REL-1.md --
---
title: Far away
configuration_items: [shop]
windows: [{start: 2026-12-01T08:00, end: 2026-12-01T09:00, time_zone: Asia/Tokyo}]
---
"#,
    );
    assert!(day(&site, "calendar/2026/11.html", "2026-11-30").contains("18:00 \u{2013} 19:00"));
    let windows = site.page("releases/REL-1.html").part("windows").text();
    assert!(
        windows.contains("08:00") && windows.contains("Asia/Tokyo") && windows.contains("23:00 \u{2013} 24:00 UTC"),
        "{windows}"
    );
}

#[test]
fn planned_days_without_a_window_are_in_the_calendar_once() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: Planned
planned_date: 2026-12-03
changes: [CHG-1]
configuration_items: [shop]
---
-- changes/CHG-1.md --
---
title: Comes with the release
planned_date: 2026-12-03
configuration_items: [shop]
---
-- changes/CHG-2.md --
---
title: Ships alone
planned_date: 2026-12-03
configuration_items: [shop]
---
"#,
    );
    let text = day(&site, "calendar/2026/12.html", "2026-12-03");
    assert!(text.contains("Planned") && text.contains("Ships alone") && !text.contains("Comes with"), "{text}");
}

#[test]
fn a_freeze_is_marked_on_every_day_of_it() {
    let site = site(
        r#"
-- calendar/peak.md --
---
title: Peak season
kind: freeze
start: 2026-11-20T00:00
end: 2026-12-02T12:00
reason: Everybody orders
---
"#,
    );
    assert!(!day(&site, "calendar/2026/11.html", "2026-11-19").contains("Peak"));
    for (month, iso) in [("11", "2026-11-20"), ("11", "2026-11-30"), ("12", "2026-12-02")] {
        let text = day(&site, &format!("calendar/2026/{month}.html"), iso);
        assert!(text.contains("Peak season"), "{iso}: {text}");
    }
    assert!(!day(&site, "calendar/2026/12.html", "2026-12-03").contains("Peak"));
    assert!(site.page("index.html").main().text().contains("Peak season"), "it is on the home page while it is on");
}

/// The clocks go back on 25 October 2026: work at two in the morning stays at two.
#[test]
fn weekly_maintenance_keeps_its_hour_when_the_clocks_change() {
    let files = |zone: &str| {
        format!(
            r#"
-- relbook.toml --
time_zone = "{zone}"
-- calendar/weekly.md --
---
title: Weekly maintenance
start: 2026-10-18T03:00
duration: 2h
repeats: FREQ=WEEKLY;BYDAY=SU;UNTIL=20261115T235959Z
time_zone: Europe/Amsterdam
applies_to: {{configuration_items: [ledger-db]}}
---
"#
        )
    };
    let local = site(&files("Europe/Amsterdam"));
    for iso in ["2026-10-18", "2026-10-25"] {
        assert!(day(&local, "calendar/2026/10.html", iso).contains("Weekly maintenance"), "{iso}");
    }
    for (week, local_hours) in
        [("W42", "03:00 \u{2013} 05:00"), ("W43", "03:00 \u{2013} 05:00"), ("W46", "03:00 \u{2013} 05:00")]
    {
        let text = local.page(&format!("calendar/2026/{week}.html")).main().text();
        assert!(text.contains(local_hours), "{week}: {text}");
    }
    assert!(!local.has("calendar/2026/W47.html"), "the rule has an end");
    let utc = site(&files("UTC"));
    for (week, hours) in
        [("W42", "01:00 \u{2013} 03:00"), ("W43", "02:00 \u{2013} 04:00"), ("W44", "02:00 \u{2013} 04:00")]
    {
        let text = utc.page(&format!("calendar/2026/{week}.html")).main().text();
        assert!(text.contains(hours), "{week}: {text}");
    }
    assert_eq!(utc.listed("configuration-items/ledger-db.html", "calendar"), ["calendar/2026/10.html"]);
}

#[test]
fn a_rule_without_an_end_goes_on_for_the_next_two_months() {
    let site = site(
        r#"
-- calendar/weekly.md --
---
title: Weekly maintenance
start: 2026-11-01T03:00
end: 2026-11-01T05:00
repeats: FREQ=WEEKLY
---
"#,
    );
    // Built on 22 November: beyond January nothing is written, and nothing near.
    assert!(
        site.has("calendar/2026/12.html") && site.has("calendar/2027/01.html") && !site.has("calendar/2027/03.html")
    );
    assert!(day(&site, "calendar/2026/12.html", "2026-12-27").contains("Weekly"));
    assert!(day(&site, "calendar/2027/01.html", "2027-01-31").contains("Weekly"));
}

#[test]
fn a_freeze_of_several_months_has_all_the_pages_that_lead_to_it() {
    let site = site(
        r#"
-- calendar/long.md --
---
title: Long freeze
kind: freeze
start: 2026-10-15T00:00
end: 2027-01-10T00:00
---
"#,
    );
    assert!(day(&site, "calendar/2026/10.html", "2026-10-31").contains("Long freeze"));
}

/// In Tokyo the month has begun, at home it has not.
#[test]
fn a_window_of_another_zone_leads_to_the_month_that_shows_it() {
    let site = site(
        r#"
-- relbook.toml --
time_zone = "America/New_York"
-- calendar/tokyo.md --
---
title: Freeze in Tokyo
kind: freeze
start: 2026-12-01T08:00
end: 2026-12-01T09:00
time_zone: Asia/Tokyo
---
"#,
    );
    assert!(day(&site, "calendar/2026/11.html", "2026-11-30").contains("Freeze in Tokyo"));
}

/// The start is a Saturday, the rule speaks of Sundays: the first Sunday is in the next month.
#[test]
fn a_window_leads_to_the_month_of_its_first_occurrence() {
    let site = site(
        r#"
-- calendar/sundays.md --
---
title: Sundays
kind: freeze
start: 2026-10-31T03:00
end: 2026-10-31T05:00
repeats: FREQ=WEEKLY;BYDAY=SU
---
"#,
    );
    assert!(site.page("calendar/2026/11.html").main().text().contains("Sundays"));
}

#[test]
fn many_freezes_on_one_day_are_all_found() {
    let freezes: String = (1..=7)
        .map(|number| {
            format!("-- calendar/freeze-{number}.md --\n---\ntitle: Freeze {number}\nkind: freeze\nstart: 2026-11-24\nend: 2026-11-25\n---\n")
        })
        .collect();
    let site = site(&freezes);
    let week = site.page("calendar/2026/W48.html").main().text();
    assert!((1..=7).all(|number| week.contains(&format!("Freeze {number}"))), "{week}");
}

/// Fifty-five on one day and five on another: the one has its own pages, the other stands in its week.
#[test]
fn a_full_day_has_pages_of_its_own_with_every_entry_once() {
    let mut files = String::new();
    for number in 1..=60 {
        let day = if number <= 55 { "2026-11-23" } else { "2026-11-25" };
        files += &format!(
            "-- releases/REL-{number:02}.md --\n---\ntitle: Release {number}\nplanned_date: {day}\nconfiguration_items: [shop]\n---\n"
        );
    }
    let site = site(&files);
    assert_eq!(
        site.tree_below("calendar/"),
        [
            "calendar/2026.html",
            "calendar/2026/11.html",
            "calendar/2026/11/23.html",
            "calendar/2026/11/23/page/2.html",
            "calendar/2026/W48.html",
            "calendar/index.html"
        ]
    );
    let releases = |route: &str| {
        let targets = site.page(route).main().targets();
        targets.into_iter().filter(|target| target.starts_with("releases/")).collect::<Vec<_>>()
    };
    let mut of_day = releases("calendar/2026/11/23.html");
    assert_eq!(of_day.len(), 50);
    of_day.extend(releases("calendar/2026/11/23/page/2.html"));
    of_day.sort();
    assert_eq!(of_day, (1..=55).map(|number| format!("releases/REL-{number:02}.html")).collect::<Vec<_>>());
    assert_eq!(releases("calendar/2026/W48.html").len(), 12 + 5, "the first of the full day, all of the other");
    for route in ["calendar/2026.html", "calendar/2026/11.html", "calendar/2026/W48.html"] {
        let page = site.page(route).main();
        assert!(page.targets().contains(&"calendar/2026/11/23.html".to_owned()), "{route}");
        assert!(page.text().contains("55"), "{route} says how many: {}", page.text());
    }
}

/// ISO weeks of the turn of the year belong to the year of their Thursday.
#[test]
fn the_turn_of_the_year_has_its_week() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: New year
planned_date: 2027-01-01
configuration_items: [shop]
---
"#,
    );
    assert_eq!(
        site.tree_below("calendar/"),
        ["calendar/2026/W53.html", "calendar/2027.html", "calendar/2027/01.html", "calendar/index.html"]
    );
}

/// What the page of the shop's item says of the next free window, on 22 November.
fn next_free(more: &str) -> String {
    let site = site(&format!(
        r#"
-- relbook.toml --
time_zone = "Europe/Amsterdam"
-- configuration-items/shop.md --
---
name: Shop
depends_on: [ledger]
---
-- calendar/saturdays.md --
---
title: Saturdays
start: 2026-11-07T22:00
end: 2026-11-08T06:00
repeats: FREQ=WEEKLY;UNTIL=20261206
applies_to: {{configuration_items: [shop]}}
---
{more}
"#
    ));
    site.page("configuration-items/shop.html").part("next-free").text()
}

#[test]
fn the_next_free_window_is_the_first_stretch_without_freeze_and_window() {
    let window = |id: &str, item: &str, start: &str, end: &str| {
        format!(
            "-- releases/{id}.md --\n---\ntitle: {id}\nconfiguration_items: [{item}]\nwindows: [{{start: {start}, end: {end}}}]\n---\n"
        )
    };
    let freeze = |end: &str| {
        format!(
            "-- calendar/freeze.md --\n---\ntitle: Freeze\nkind: freeze\nstart: 2026-11-20T00:00\nend: {end}\n---\n"
        )
    };
    let free = next_free("");
    assert!(free.contains("Sun 22 Nov 2026, 00:00 \u{2013} 06:00"), "what is left of the night that is on: {free}");
    assert!(free.contains("05:00 UTC") && free.contains("seen from 22 Nov 2026"), "{free}");
    let free = next_free(&freeze("2026-11-29T01:00"));
    assert!(free.contains("Sun 29 Nov 2026, 01:00 \u{2013} 06:00"), "the freeze ends in the middle of it: {free}");
    let busy = [
        window("C", "shop", "2026-11-21T23:00", "2026-11-22T06:00"),
        window("A", "ledger", "2026-11-28T22:30", "2026-11-29T03:00"),
        window("B", "shop", "2026-11-29T03:30", "2026-11-29T06:00"),
    ];
    let free = next_free(&busy.concat());
    assert!(free.contains("Sat 5 Dec 2026, 22:00"), "half an hour is too short, and the shop needs the ledger: {free}");
    let free = next_free(&freeze("2026-12-20T00:00"));
    assert!(free.contains("None in its maintenance times from 22 Nov 2026 to 6 Dec 2026"), "{free}");
}

/// Of a year in which nothing is written it is not known when a rule comes: none is free until then, and not in 2031.
#[test]
fn the_next_free_window_is_not_behind_a_year_that_nobody_knows() {
    let site = site(
        r#"
-- configuration-items/shop.md --
---
name: Shop
---
-- calendar/nightly.md --
---
title: Nights
start: 2026-11-01T22:00
duration: PT1H
repeats: FREQ=DAILY
applies_to: {configuration_items: [shop]}
---
-- calendar/freeze.md --
---
title: Freeze
kind: freeze
start: 2026-11-20
end: 2027-12-31
---
-- releases/REL-1.md --
---
title: Far ahead
planned_date: 2031-05-04
---
"#,
    );
    let free = site.page("configuration-items/shop.html").part("next-free").text();
    assert!(free.contains("None in its maintenance times from 22 Nov 2026 to 31 Dec 2027"), "{free}");
    assert!(site.has("calendar/2031/05.html") && !site.has("calendar/2031/06.html") && !site.has("calendar/2030.html"));
}

/// A freeze of two months, a rollout of twelve days, and work that breaks the freeze on one night.
const GOING_ON: &str = r#"
-- relbook.toml --
time_zone = "Europe/Amsterdam"
-- calendar/peak.md --
---
title: Peak season
kind: freeze
start: 2026-10-20
end: 2026-12-20
exceptions: [{id: REL-1, approved_by: Wim S.}]
---
-- releases/REL-1.md --
---
title: Rollout
status: in-progress
configuration_items: [shop]
windows: [{start: 2026-11-16T20:00, end: 2026-11-28T02:00}]
---
-- releases/REL-2.md --
---
title: Night work
status: scheduled
configuration_items: [mail]
windows: [{start: 2026-11-25T22:00, end: 2026-11-26T02:00}]
---
"#;

/// The sections of a week's days, as text.
fn sections(site: &Site, week: &str) -> Vec<String> {
    let main = site.page(week).main();
    let sections = main.html().split("<section id=").skip(1);
    sections.map(|section| Page::new(week, format!("<section id={section}")).text()).collect()
}

#[test]
fn a_week_tells_on_each_day_what_goes_on() {
    let site = site(GOING_ON);
    let days = sections(&site, "calendar/2026/W48.html");
    let has = |what: &str| days.iter().map(|day| day.contains(what)).collect::<Vec<_>>();
    assert_eq!(has("Peak season"), [true; 7], "{days:?}");
    assert_eq!(has("Rollout"), [true, true, true, true, true, true, false], "until two on Saturday: {days:?}");
    assert_eq!(has("goes on: Rollout"), [false, true, true, true, true, true, false], "in full on Monday: {days:?}");
    assert_eq!(has("Night work"), [false, false, true, true, false, false, false]);
    assert!(site.page("calendar/2026/W48.html").main().text().contains("3 entries"));
    // What began weeks ago is drawn from the left edge on.
    let html = site.text("calendar/2026/W48.html");
    let drawing = html.split("</svg>").next().unwrap();
    for (what, from) in
        [("Peak season", "<rect x=\"0\" y=\"40\" width=\"1008\""), ("Rollout", "x=\"0\" y=\"65\" width=\"732\"")]
    {
        assert!(drawing.contains(what) && drawing.contains(from), "{what}: {drawing}");
    }
    // In a week in which nothing begins, all of this is said all the same.
    let quiet = sections(&site, "calendar/2026/W50.html");
    assert!(quiet.iter().all(|day| day.contains("Peak season")), "{quiet:?}");
    assert!(quiet[0].contains("Tue 20 Oct \u{2013} Sun 20 Dec"), "{quiet:?}");
    let home = site.page("index.html").part("next").text();
    assert!(home.contains("Peak season") && home.contains("Rollout"), "{home}");
}

/// The freeze lasts for two months, and is broken on two days.
#[test]
fn a_freeze_is_marked_as_broken_on_the_night_on_which_it_is() {
    let site = site(GOING_ON);
    let days = sections(&site, "calendar/2026/W48.html");
    let broken: Vec<bool> = days.iter().map(|day| day.contains("Broken by REL-2")).collect();
    assert_eq!(broken, [false, false, true, true, false, false, false], "{days:?}");
    let conflicts: Vec<u32> = (1..=30)
        .filter(|number| day(&site, "calendar/2026/11.html", &format!("2026-11-{number:02}")).contains("conflict"))
        .collect();
    assert_eq!(conflicts, [25, 26]);
    let year = site.text("calendar/2026.html");
    let cells = year.split("<td").filter(|cell| cell.contains("with a conflict"));
    let numbers: Vec<&str> = cells.filter_map(|cell| cell.split("<i>").nth(1)?.split('<').next()).collect();
    assert_eq!(numbers, ["25", "26"]);
}

#[test]
fn whoever_approved_an_exception_is_named_wherever_the_work_stands() {
    let site = site(GOING_ON);
    let words = "Exception to Peak season approved by Wim S.";
    let pages = [
        site.page("index.html").part("next").text(),
        site.page("calendar/2026/11.html").main().text(),
        sections(&site, "calendar/2026/W48.html")[2].clone(),
        site.page("releases/REL-1.html").part("windows").text(),
    ];
    for text in pages {
        assert_eq!(text.matches(words).count(), 1, "{text}");
    }
    assert!(!site.page("releases/REL-2.html").main().text().contains("Exception"));
}

/// One form of a time on all pages: in one element, with its offset for machines, and the zone and UTC for people.
#[test]
fn every_time_of_every_page_is_told_alike() {
    let site = site(&format!(
        "{GOING_ON}{}",
        r#"
-- releases/REL-3.md --
---
title: Taken back
service: Shop
status: rolled-back
configuration_items: [shop]
notifications: [{audience: all}]
incidents_caused: [{id: INC-1, detected_at: 2026-11-03T21:40}]
windows: [{start: 2026-11-03T20:00, end: 2026-11-03T23:00, time_zone: Asia/Kolkata, actual_start: 2026-11-03T20:05, actual_end: 2026-11-03T22:10:30, outcome: rolled-back}]
rollback: {at: 2026-11-03T21:50, restored_at: 2026-11-03T22:10}
approvals: [{role: Owner, by: Ilse, on: 2026-11-01, decision: approved}]
---
-- releases/REL-4.md --
---
title: To come
service: Shop
status: scheduled
configuration_items: [shop]
windows: [{start: 2026-12-22T22:00, end: 2026-12-23T00:00}]
---
-- calendar/weekly.md --
---
title: Weekly
start: 2026-12-21T22:00
end: 2026-12-22T02:00
repeats: FREQ=WEEKLY;COUNT=2
---
"#
    ));
    let mut kinds = std::collections::BTreeMap::new();
    for route in site.tree().iter().filter(|route| route.ends_with(".html")) {
        let html = site.text(route);
        for (at, tag) in html.match_indices("<time datetime=\"") {
            let iso = html[at + tag.len()..].split('"').next().unwrap();
            if !iso.contains('T') {
                continue;
            }
            let point: Result<jiff::Timestamp, _> = iso.parse();
            assert!(point.is_ok() && (iso.ends_with(":00") || iso.ends_with(":30")), "{route}: {iso} has its offset");
            let component =
                &html[html[..at].rfind("<span class=\"when\">").unwrap_or_else(|| panic!("{route}: {iso}"))..];
            let component = &component[..component.find("</span>").unwrap()];
            assert!(component.contains(iso), "{route}: {iso} stands in no element of its own");
            // Only what stands in full under an earlier day of the page is told without UTC.
            let line = html[..at].rsplit('\n').next().unwrap();
            let entry = line.rsplit("<div class=\"bar").next().unwrap();
            assert!(component.contains(" UTC") || entry.contains(" goes on: "), "{route}: {component}");
            *kinds.entry(route.split('/').next().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    let pages: Vec<&str> = kinds.keys().map(String::as_str).collect();
    assert_eq!(pages, ["calendar", "configuration-items", "index.html", "releases", "services"]);
}

/// What was rolled back is to come again where it has a further window.
#[test]
fn a_further_window_is_among_what_is_next() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: Second attempt
status: rolled-back
configuration_items: [shop]
windows:
  - {start: 2026-11-03T20:00, end: 2026-11-03T22:00, outcome: rolled-back}
  - {start: 2026-11-28T20:00, end: 2026-11-28T22:00}
---
"#,
    );
    let next = site.page("index.html").part("next").text();
    assert!(next.contains("Second attempt") && next.contains("Sat 28 Nov 2026, 20:00"), "{next}");
}

/// The scripts of the calendar in a browser: the filter, today and now, the reader's own zone, scripts off.
#[test]
fn the_calendar_works_in_a_browser() {
    let site = site(
        r#"
-- relbook.toml --
time_zone = "Pacific/Auckland"
-- releases/REL-1.md --
---
title: Alpha
service: Shop
status: scheduled
release_type: minor
configuration_items: [web]
windows: [{start: 2026-11-03T22:00, end: 2026-11-03T23:00}]
---
-- releases/REL-2.md --
---
title: Beta
service: Shop
status: rolled-back
release_type: major
configuration_items: [web]
windows: [{start: 2026-11-19T20:00, end: 2026-11-19T23:00, outcome: rolled-back}]
---
-- changes/CHG-1.md --
---
title: Gamma
service: Bank
status: closed
change_type: normal
configuration_items: [ledger]
windows: [{start: 2026-11-19T08:00, end: 2026-11-19T09:00, outcome: deployed}]
---
-- changes/CHG-2.md --
---
title: Delta
service: Bank
status: closed
change_type: emergency
configuration_items: [vault]
windows: [{start: 2026-11-27T08:00, end: 2026-11-27T09:00, outcome: deployed}]
---
-- calendar/rest.md --
---
title: Rest
kind: freeze
start: 2026-11-09T00:00
end: 2026-11-10T00:00
---
"#,
    );
    use_in_browser("calendar.mjs", &site);
}
