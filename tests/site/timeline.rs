//! The line of time on the pages of releases and changes.

use super::harness::{Site, site_with};
use super::html::{Token, attribute, tokens};

/// A release whose first attempt was taken back, over the night in which the clocks go forward.
const TAKEN_BACK: &str = r#"
-- relbook.toml --
time_zone = "Europe/Berlin"
-- releases/REL-1.md --
---
title: One
status: closed
impact:
  security: {outcome: accepted, by: Yusuf, on: 2026-03-20}
approvals:
  - {role: Board, by: Ilse, on: 2026-03-24, decision: approved}
windows:
  - {start: 2026-03-28T22:00, end: 2026-03-29T04:00, actual_start: 2026-03-28T22:05, actual_end: 2026-03-29T04:17, outcome: rolled-back}
  - {start: 2026-04-04T22:00, end: 2026-04-05T02:00, actual_start: 2026-04-04T21:50, actual_end: 2026-04-05T01:50, outcome: deployed, approved_by: Ilse, approved_on: 2026-04-01}
notifications:
  - {audience: All <b>customers</b>, channel: mail, due: 2026-03-20, sent: 2026-03-21}
  - {audience: The bank, due: 2026-03-22}
tests:
  - {phase: pre, kind: rehearsal, result: passed, on: 2026-03-28}
  - {phase: post, kind: smoke test, result: failed, on: 2026-03-29}
rollback: {at: 2026-03-29T03:30, restored_at: 2026-03-29T04:17}
review: {on: 2026-04-08, by: Ilse}
---
"#;

fn on(files: &str, today: &str) -> Site {
    site_with(files, |request| request.today = today.parse().unwrap())
}

/// The events of a page in its order: the class that tells planned from done, and the words.
fn events(site: &Site, route: &str) -> Vec<String> {
    let page = site.page(route);
    let mut events: Vec<String> = Vec::new();
    for (_, token) in tokens(page.part("timeline").html()) {
        match token {
            Token::Start(name, attributes) if name == "li" => {
                events.push(attribute(&attributes, "class").unwrap_or_default().to_owned() + ":");
            }
            Token::Text(text) => {
                let words = text.split_whitespace().map(|word| format!(" {word}"));
                events.last_mut().into_iter().for_each(|event| event.extend(words.clone()));
            }
            _ => {}
        }
    }
    events
}

#[test]
fn everything_with_a_date_stands_in_one_order() {
    let events = events(&on(TAKEN_BACK, "2026-11-23"), "releases/REL-1.html");
    let expected = [
        "done: 20 Mar 2026 Security review: accepted Yusuf",
        "done: 21 Mar 2026 Customers told 7 days before the window \u{b7} 1 day after it was due \u{b7} All <b>customers</b> \u{b7} mail",
        "late: 22 Mar 2026 Message to customers due, not recorded as sent The bank",
        "done: 24 Mar 2026 Approved Ilse \u{b7} Board",
        "done: 28 Mar 2026 Rehearsal: passed test before the release",
        "done: Sat 28 Mar 2026, 22:05 21:05 UTC Attempt 1 began 5 min late",
        "done: Sun 29 Mar 2026, 03:30 01:30 UTC Rollback decided",
        // The clocks went forward: five hours were planned.
        "done: Sun 29 Mar 2026, 04:17 02:17 UTC Attempt 1: rolled back took 12 min longer than planned",
        "done: Sun 29 Mar 2026, 04:17 02:17 UTC Service restored 47 min after the decision",
        "done: 29 Mar 2026 Smoke test: failed test after the release",
        "done: 1 Apr 2026 Attempt 2 approved Ilse",
        "done: Sat 4 Apr 2026, 21:50 19:50 UTC Attempt 2 began 10 min early",
        "done: Sun 5 Apr 2026, 01:50 Sat 4 Apr, 23:50 UTC Attempt 2: deployed took as long as planned",
        "done: 8 Apr 2026 Post-implementation review Ilse",
    ];
    assert_eq!(events, expected);
}

#[test]
fn planned_and_actual_times_are_compared_in_words_and_drawn_on_one_scale() {
    let site = on(TAKEN_BACK, "2026-11-23");
    let windows = site.page("releases/REL-1.html").part("windows");
    let text = windows.text();
    for words in ["began 5 min late, took 12 min longer than planned", "began 10 min early, took as long as planned"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let texts: Vec<String> = tokens(windows.html())
        .into_iter()
        .skip_while(|(_, token)| !matches!(token, Token::Start(name, _) if name == "svg"))
        .filter_map(|(_, token)| match token {
            Token::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        })
        .collect();
    let expected = [
        "Planned and actual times",
        "The table above it has the same times.",
        "1. Planned 22:00 \u{2013} 04:00",
        "5 h 00 min",
        "1. Actual 22:05 \u{2013} 04:17",
        "5 h 12 min",
        "2. Planned 22:00 \u{2013} 02:00",
        "4 h 00 min",
        "2. Actual 21:50 \u{2013} 01:50",
        "4 h 00 min",
    ];
    assert_eq!(texts, expected);
    // From ten minutes before the planned start to 317 after it: 327 minutes across 320 units.
    let bars: Vec<(usize, usize)> = tokens(windows.html())
        .into_iter()
        .filter_map(|(_, token)| match token {
            Token::Start(name, attributes) if name == "rect" => {
                let number = |name| attribute(&attributes, name).unwrap().parse().unwrap();
                Some((number("x"), number("width")))
            }
            _ => None,
        })
        .collect();
    assert_eq!(bars, [(14, 306), (0, 234)]);
}

const AHEAD: &str = r#"
-- releases/REL-2.md --
---
title: Two
status: scheduled
approvals:
  - {role: Board, by: Ilse, on: 2026-11-20}
windows:
  - {start: 2026-12-01T22:00, end: 2026-12-01T23:30}
notifications:
  - {audience: The bank, due: 2026-11-24}
---
"#;

#[test]
fn what_is_ahead_is_said_to_be_planned() {
    let planned = events(&on(AHEAD, "2026-11-23"), "releases/REL-2.html");
    let expected = [
        "done: 20 Nov 2026 Approval, no decision recorded Ilse \u{b7} Board",
        "planned: 24 Nov 2026 Planned: Message to customers The bank",
        "planned: Tue 1 Dec 2026, 22:00 Planned: Maintenance window 90 min",
    ];
    assert_eq!(planned, expected);
    let late = events(&on(AHEAD, "2026-11-25"), "releases/REL-2.html");
    assert_eq!(late[1], "late: 24 Nov 2026 Message to customers due, not recorded as sent The bank");
    let cancelled = events(&on(&AHEAD.replace("scheduled", "cancelled"), "2026-11-25"), "releases/REL-2.html");
    let off = |event: &str| event.replace("planned: ", "off: ").replace("Planned: ", "Called off: ");
    assert_eq!(cancelled, expected.map(off));
}

#[test]
fn few_dates_make_no_line() {
    let site =
        on(&AHEAD.replace("  - {role: Board, by: Ilse, on: 2026-11-20}", "  - {role: Board, by: Ilse}"), "2026-11-23");
    let page = site.page("releases/REL-2.html");
    assert!(page.has_part("windows") && !page.has_part("timeline"));
    assert!(!page.html().contains("#timeline"));
}

/// A day has no minutes: nothing is said to have begun late or to have taken longer by it.
#[test]
fn no_length_and_no_delay_is_worked_out_from_a_day_alone() {
    let site = on(
        r#"
-- releases/REL-1.md --
---
title: Planned by the day
status: closed
windows:
  - {start: 2026-11-02, end: 2026-11-03, actual_start: 2026-11-02T09:00, actual_end: 2026-11-03T17:00, outcome: deployed}
approvals: [{role: Board, by: Ilse, on: 2026-10-30, decision: approved}]
---
-- releases/REL-2.md --
---
title: Remembered by the day
status: closed
windows:
  - {start: 2026-11-02T22:00, end: 2026-11-03T02:00, actual_start: 2026-11-02, actual_end: 2026-11-03, outcome: deployed}
approvals: [{role: Board, by: Ilse, on: 2026-10-30, decision: approved}]
---
"#,
        "2026-11-23",
    );
    assert_eq!(
        events(&site, "releases/REL-1.html")[1..],
        [
            "done: Mon 2 Nov 2026, 09:00 Maintenance window began",
            "done: Tue 3 Nov 2026, 17:00 Maintenance window: deployed"
        ]
    );
    assert_eq!(
        events(&site, "releases/REL-2.html")[1..],
        ["done: 2 Nov 2026 Maintenance window began", "done: 3 Nov 2026 Maintenance window: deployed"]
    );
    for route in ["releases/REL-1.html", "releases/REL-2.html"] {
        let text = site.page(route).main().text();
        assert!(!text.contains("longer") && !text.contains("late"), "{route}: {text}");
    }
    let metrics = site.page("metrics/index.html").main().text();
    assert!(!metrics.contains("longer than planned"), "{metrics}");
}
