//! Customers told in time: before the work begins, by audience, and again where work was called off.

use relbook::diag::Profile;

use super::super::harness::{check, folder, places, site};
use super::with;

const TOLD: &str = "  - {audience: Auditors, channel: mail, due: 2026-11-27}\n";

fn found(files: &str) -> Vec<String> {
    let folder = folder(files);
    let found = places(&check(folder.path(), Some(Profile::Strict)));
    assert_eq!(places(&check(folder.path(), Some(Profile::Standard))), found, "both profiles find the same");
    found
}

/// What stands in the place of the message to the auditors, of work that begins on 2 December; today is 22 November.
#[rustfmt::skip]
const AHEAD: &[(&str, &[&str])] = &[
    ("  - {audience: Auditors, due: 2026-11-22}\n", &[]),
    ("  - {audience: Auditors, due: 2026-11-21}\n", &["RB306 releases/REL-2.md:33"]),
    ("  - {audience: Auditors, due: 2026-11-21, sent: 2026-11-20}\n", &[]),
    ("  - {audience: Auditors, due: 2026-11-21, sent: 2026-11-23}\n", &["RB306 releases/REL-2.md:33"]),
    ("  - {audience: Auditors}\n", &[]),
    ("  - {audience: Auditors, sent: 2026-11-20}\n  - {audience: Banks, due: 2026-11-20}\n", &["RB306 releases/REL-2.md:34"]),
    ("  - {audience: Auditors, stage: completion, due: 2026-12-03}\n", &[]),
];

#[test]
fn what_is_due_is_sent() {
    let mut missed = Vec::new();
    for (told, wanted) in AHEAD {
        let found = found(&with("releases/REL-2.md", TOLD, told));
        if found != *wanted {
            missed.push(format!("{told}: expected {wanted:?}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn work_that_is_near_has_its_messages_planned() {
    let near = |start: &str, told: &str| {
        let files = with("releases/REL-2.md", TOLD, told);
        let day = start.split('T').next().unwrap();
        found(&files.replace("2026-12-02T20:00", start).replace("2026-12-02T21:00", &format!("{day}T21:00")))
    };
    assert_eq!(near("2026-11-28T20:00", "  - {audience: Auditors, stage: start}\n"), [""; 0]);
    assert_eq!(near("2026-11-27T20:00", "  - {audience: Auditors, stage: start}\n"), ["RB306 releases/REL-2.md:17"]);
    assert_eq!(near("2026-11-28T20:00", "  - {audience: Auditors}\n"), [""; 0]);
    for start in ["2026-11-27T20:00", "2026-11-26T20:00"] {
        let found = near(start, "  - {audience: Auditors}\n");
        assert_eq!(found, ["RB306 releases/REL-2.md:33"], "{start}: no day is given, and that of the site is today");
        let today = near(start, "  - {audience: Auditors, due: 2026-11-22}\n");
        assert_eq!(today, [""; 0], "{start}: it leaves today");
    }
}

#[test]
fn an_audience_has_its_own_days() {
    let with_days = |days: &str, told: &str| {
        let settings = format!("[process.notice]\n{days}\n-- configuration-items/ledger-db.md --");
        let files = with("releases/REL-2.md", TOLD, told);
        found(&files.replace("-- configuration-items/ledger-db.md --", &settings))
    };
    let early = "  - {audience: auditors, due: 2026-11-27, sent: 2026-11-22}\n";
    let told = with_days("Auditors = 10", early);
    assert_eq!(told, ["RB306 releases/REL-1.md:36"], "that of October was told six days before");
    let by_due = "  - {audience: Auditors, due: 2026-11-27}\n";
    assert_eq!(with_days("Auditors = 5", by_due), [""; 0]);
    assert_eq!(with_days("Auditors = 6", by_due), ["RB306 releases/REL-2.md:33"]);
    assert_eq!(with_days("Auditors = \"ten\"", by_due), ["RB102 relbook.toml:5"]);
}

#[test]
fn each_audience_is_told_before_the_work() {
    let told = "  - {audience: Auditors, channel: mail, due: 2026-10-02, sent: 2026-10-01}\n";
    let of = |more: &str| found(&with("releases/REL-1.md", told, &format!("{told}{more}")));
    assert_eq!(of("  - {audience: Banks, sent: 2026-10-07}\n"), [""; 0]);
    assert_eq!(of("  - {audience: Banks}\n"), ["RB306 releases/REL-1.md:37"]);
    assert_eq!(of("  - {audience: Banks, sent: 2026-10-08}\n"), ["RB306 releases/REL-1.md:37"]);
    assert_eq!(of("  - {audience: Auditors, sent: 2026-10-08}\n"), [""; 0], "they had been told already");
    let second = "  - {audience: Banks of the second wave, due: 2026-10-09, sent: 2026-10-09}\n";
    let staged = |day: &str| {
        let found = of(&format!("{second}stages:\n  - {{name: Second wave, start: {day}}}\n")).into_iter();
        found.filter(|found| found.starts_with("RB306")).collect::<Vec<_>>()
    };
    assert_eq!(staged("2026-10-10"), [""; 0]);
    assert_eq!(staged("2026-10-08"), ["RB306 releases/REL-1.md:37"]);
    assert_eq!(of(second), ["RB306 releases/REL-1.md:37"], "the work is over by that day");
    let late = found(&with("releases/REL-1.md", told, "  - {audience: Auditors, due: 2026-10-09, sent: 2026-10-08}\n"));
    assert_eq!(late, ["RB306 releases/REL-1.md:36"], "somebody is told before the work begins");
}

#[test]
fn who_was_told_of_work_is_told_that_it_was_called_off() {
    let of = |told: &str| {
        let off = with("releases/REL-2.md", "status: scheduled", "status: cancelled");
        found(&off.replace("status: scheduled", "status: cancelled").replace(TOLD, told))
    };
    let before = "  - {audience: Auditors, due: 2026-11-20, sent: 2026-11-18}\n";
    assert_eq!(of(TOLD), [""; 0], "nobody had been told");
    assert_eq!(of(before), ["RB306 releases/REL-2.md:6"]);
    assert_eq!(of(&format!("{before}  - {{audience: Auditors, stage: cancelled, sent: 2026-11-21}}\n")), [""; 0]);
    assert_eq!(
        of(&format!("{before}  - {{audience: Auditors, stage: cancelled, due: 2026-11-21}}\n")),
        ["RB306 releases/REL-2.md:34"]
    );
    assert_eq!(
        of(&format!("{before}  - {{audience: Auditors, stage: canceled, sent: 2026-11-23}}\n")),
        ["RB102 releases/REL-2.md:34"]
    );
}

#[test]
fn a_page_says_whom_to_tell_by_when() {
    let told = "  - {audience: \"<i>Auditors</i>\", channel: mail, due: 2026-11-27}\n  - {audience: Banks, sent: 2026-11-20}\n  - {audience: Shops}\n";
    let built = site(&with("releases/REL-2.md", TOLD, told));
    let text = built.page("customers/index.html").main().text();
    assert!(text.contains("2 messages to send; 1 sent."), "{text}");
    let row = |audience: &str| text.find(audience).unwrap_or_else(|| panic!("{audience}: {text}"));
    assert!(row("<i>Auditors</i> mail 27 Nov 2026") < row("Shops 27 Nov 2026 by the days of notice"), "{text}");
    assert!(row("Shops") < row("Banks"), "{text}");
    assert!(text.contains("Sent 20 Nov 2026") && text.contains("To be sent"), "{text}");
    assert!(
        built.page("customers/index.html").main().targets().contains(&"releases/REL-2/notice.html#before".to_owned())
    );
    let by_part = |part: &str| built.page("customers/index.html").part(part).text();
    assert!(by_part("now").contains("To be sent now 2") && by_part("sent").contains("Sent 1"), "{text}");
    let over =
        with("releases/REL-2.md", TOLD, "  - {audience: Auditors}\n").replace("status: scheduled", "status: draft");
    assert!(!site(&over).has("customers/index.html"), "nothing is ahead");
}

#[test]
fn what_a_delivered_change_says_is_noticed_too() {
    let quiet = with("releases/REL-2.md", "external_parties: [Auditors]}", "external_parties: [none]}")
        .replace(TOLD, "  - {audience: Auditors, stage: start}\n")
        .replace("    downtime: partial\nnotifications:", "    downtime: none\nnotifications:");
    let noticed = |files: &str| {
        let loud = "title: An index for totals\neffects: {external_parties: [Banks]}\n";
        found(&files.replace("title: An index for totals\n", loud))
    };
    let soon = quiet.replace("2026-12-02T2", "2026-11-26T2");
    assert_eq!(found(&soon), [""; 0], "nobody notices it");
    assert_eq!(noticed(&quiet), [""; 0], "it is not near");
    assert_eq!(noticed(&soon), ["RB306 releases/REL-2.md:10"]);
    let off = soon.replace("change_type: normal\nstatus: scheduled", "change_type: normal\nstatus: cancelled");
    assert_eq!(noticed(&off), [""; 0], "what was called off is noticed by nobody");
}

#[test]
fn work_without_a_window_is_told_of_too() {
    let change = |status: &str, more: &str| {
        let text = format!(
            "-- changes/CHG-9.md --\n---\ntitle: Rounds\nchange_type: standard\nstandard_change: SC-1\n{more}status: {status}\nconfiguration_items: [ledger-db]\neffects: {{external_parties: [Shops]}}\n---\n\n## Description\n\nText.\n-- standard-changes/SC-1.md --\n---\ntitle: Rounding\napproved_by: Change advisory board\napproved_on: 2026-06-02\n---\n"
        );
        let lines = found(&format!("{}{text}", super::WHOLE)).into_iter();
        lines.filter(|found| found.starts_with("RB306")).collect::<Vec<_>>()
    };
    assert_eq!(change("scheduled", "planned_date: 2026-11-28\n"), [""; 0]);
    assert_eq!(change("scheduled", "planned_date: 2026-11-27\n"), ["RB306 changes/CHG-9.md:8"]);
    assert_eq!(change("in-progress", "planned_date: 2026-11-21\n"), ["RB306 changes/CHG-9.md:8"]);
    assert_eq!(change("in-progress", ""), ["RB306 changes/CHG-9.md:7"]);
}

#[test]
fn an_audience_is_written_in_one_way() {
    let of = |days: &str, told: &str| {
        let settings = format!("[process.notice]\n{days}\n-- configuration-items/ledger-db.md --");
        found(&with("releases/REL-2.md", TOLD, told).replace("-- configuration-items/ledger-db.md --", &settings))
    };
    let (auditors, near) =
        ("  - {audience: Auditors, due: 2026-11-27}\n", "  - {audience: Auditor, due: 2026-11-27}\n");
    assert_eq!(of("auditors = 5", auditors), [""; 0]);
    assert_eq!(of("Auditers = 5", auditors), ["RB329 relbook.toml:5"]);
    assert_eq!(of("Auditors = 5", near), ["RB329 releases/REL-2.md:33"]);
    assert_eq!(of("Auditors = 5\nAuditor = 2", near), [""; 0], "both are meant");
    assert_eq!(of("Shippers = 5", auditors), [""; 0], "nobody is told yet");
    let carriers = "  - {audience: Contracted carriers, due: 2026-11-27}\n";
    assert_eq!(of("Carriers = 5", carriers), ["RB329 relbook.toml:5"]);
    let waves = |number: u8| format!("  - {{audience: Depots of wave {number}, due: 2026-11-27}}\n");
    assert_eq!(of("\"Depots of wave 3\" = 5", &(waves(3) + &waves(4))), [""; 0]);
}

#[test]
fn what_is_overdue_and_what_nobody_planned_stand_first() {
    let told = "  - {audience: Auditors, due: 2026-11-20}\n  - {audience: Banks, due: 2026-11-30}\n  - {audience: Shops, due: 2026-11-29}\n  - {audience: Depots, sent: 2026-11-19}\n";
    let windows = "windows:\n  - {start: 2026-11-21T20:00, end: 2026-11-21T21:00, outcome: cancelled}\n";
    let files = with("releases/REL-2.md", TOLD, told).replacen(
        "windows:\n  - start: 2026-12-02",
        &format!("{windows}  - start: 2026-12-02"),
        1,
    );
    let built = site(&files.replace("profile = \"strict\"", "profile = \"standard\""));
    let page = built.page("customers/index.html");
    let part = |word: &str| page.part(word).text();
    let overdue = part("overdue");
    assert!(overdue.contains("Overdue 1") && overdue.contains("Auditors 20 Nov 2026"), "{overdue}");
    let now = part("now");
    assert!(now.contains("To be sent now 2"), "{now}");
    let depots = "Depots 27 Nov 2026 by the days of notice When it was put off";
    assert!(now.contains(depots) && now.contains("Not planned"), "{now}");
    assert!(now.contains("Shops 29 Nov 2026") && now.contains("2 Dec 2026"), "{now}");
    assert!(part("to-come").contains("Banks 30 Nov 2026") && part("sent").contains("Depots"), "{}", part("to-come"));
    let at = |word: &str| page.html().find(&format!("id=\"{word}\"")).unwrap_or_else(|| panic!("{word}"));
    assert!(at("overdue") < at("now") && at("now") < at("to-come") && at("to-come") < at("sent"));
    let home = built.page("index.html");
    assert!(home.part("customers").text().contains("3 messages to be sent now, 1 of them overdue."), "{}", home.html());
    assert!(home.main().targets().contains(&"customers/index.html".to_owned()));
    let quiet = site(&with("releases/REL-2.md", TOLD, "  - {audience: Auditors, due: 2026-11-20, sent: 2026-11-20}\n"));
    assert!(!quiet.page("index.html").html().contains("id=\"customers\""), "nothing has to leave");
}

#[test]
fn a_long_list_stands_on_pages_of_its_own() {
    let told: String = (0..120).map(|number| format!("  - {{audience: Shop {number}, due: 2026-11-30}}\n")).collect();
    let built = site(&with("releases/REL-2.md", TOLD, &told));
    let count = |page: &str| built.page(page).html().matches("To be sent</span>").count();
    let pages = ["customers/index.html", "customers/page/2.html", "customers/page/3.html"].map(count);
    assert_eq!(pages, [50, 50, 20]);
    assert!(built.page("customers/page/3.html").main().text().contains("To come 120"));
}
