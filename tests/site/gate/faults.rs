//! One thing that is wrong in a site that is whole: what is found, and in which line, in `strict` and in `standard`.

use relbook::diag::Profile;

use super::super::harness::{check, folder, places};
use super::{WHOLE, in_freeze, with};

/// What is wrong, in which file, what stands in whose place, and what is found.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("a review of nobody", "releases/REL-2.md", "{outcome: accepted, by: Sem Bos, on: 2026-11-10}", "{outcome: accepted, on: 2026-11-10}", "RB305 releases/REL-2.md:19"),
    ("a review of no day", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-11}", "by: Ole Haan}", "RB305 releases/REL-2.md:20"),
    ("a review of tomorrow", "releases/REL-2.md", "by: Sem Bos, on: 2026-11-10", "by: Sem Bos, on: 2026-11-23", "RB305 releases/REL-2.md:19"),
    ("conditions that nobody names", "releases/REL-1.md", ", notes: Not on the last day of a month.", "", "RB305 releases/REL-1.md:20"),
    ("reviewed when the work had begun", "releases/REL-1.md", "by: Sem Bos, on: 2026-09-28", "by: Sem Bos, on: 2026-10-08", "RB305 releases/REL-1.md:19"),
    ("an activity that nobody does", "releases/REL-2.md", "responsible: [Dirk Post], ", "", "RB311 releases/REL-2.md:22"),
    ("planned for another month than its window", "releases/REL-2.md", "planned_date: 2026-12-02", "planned_date: 2026-10-02", "RB314 releases/REL-2.md:14"),
    ("tested before, and that after the work", "releases/REL-1.md", "result: passed, on: 2026-10-02", "result: passed, on: 2026-10-09", "RB314 releases/REL-1.md:38"),
    ("closed on a test that failed", "releases/REL-1.md", "kind: totals of the day, result: passed", "kind: totals of the day, result: failed", "RB307 releases/REL-1.md:39"),
    ("closed on half a test", "changes/CHG-3.md", "kind: load of a day, result: passed", "kind: load of a day, result: partial", "RB307 changes/CHG-3.md:25"),
    ("a review without an outcome", "releases/REL-1.md", "  outcome: successful\n", "", "RB310 releases/REL-1.md:40"),
    ("a review of no day at the end", "releases/REL-1.md", "  on: 2026-10-14\n", "", "RB310 releases/REL-1.md:40"),
    ("a review that nobody held", "releases/REL-1.md", "  by: Rik Maas\n", "", "RB310 releases/REL-1.md:40"),
    ("a review that is still to come", "releases/REL-1.md", "  on: 2026-10-14\n", "  on: 2026-11-30\n", "RB310 releases/REL-1.md:41"),
    ("closed, and nobody says how the window ended", "releases/REL-1.md", "    outcome: deployed\n", "", "RB313 releases/REL-1.md:29"),
    ("begun before it was approved, and approved before the second attempt", "changes/CHG-3.md", "  - start: 2026-11-04T20:00\n", "  - {start: 2026-10-28T20:00, end: 2026-10-28T21:00, outcome: deployed}\n  - start: 2026-11-04T20:00\n", "RB304 changes/CHG-3.md:15"),
    ("in the freeze, and nobody let it through", "calendar/month-end.md", "end: 2026-12-01\n", "end: 2026-12-02\nexceptions: [{id: CHG-3, approved_by: Cato Wind}]\n", "RB402 releases/REL-2.md:29"),
    ("an exception that is no more than an id", "calendar/month-end.md", "end: 2026-12-01\n", "end: 2026-12-02\nexceptions: [REL-2]\n", "RB405 releases/REL-2.md:29"),
    ("an exception that nobody approved", "calendar/month-end.md", "end: 2026-12-01\n", "end: 2026-12-02\nexceptions:\n  - {id: rel-2}\n", "RB405 releases/REL-2.md:29"),
    ("an exception that is approved by blanks", "calendar/month-end.md", "end: 2026-12-01\n", "end: 2026-12-02\nexceptions: [{id: REL-2, approved_by: \" \"}]\n", "RB405 releases/REL-2.md:29"),
    ("an exception in a hard freeze", "calendar/year-end.md", "start: 2026-12-28\n", "start: 2026-12-02\nexceptions: [REL-2]\n", "RB406 releases/REL-2.md:29"),
    ("a delivered change in a window of its own", "changes/CHG-2.md", "risk: low\n", "risk: low\nwindows:\n  - {start: 2026-12-05T20:00, end: 2026-12-05T21:00}\n", "RB312 changes/CHG-2.md:11"),
];

#[test]
fn an_exception_lets_through_where_somebody_approved_it() {
    let found = |files: &str| places(&check(folder(files).path(), None));
    assert_eq!(found(&in_freeze("[{id: REL-2, approved_by: Cato Wind}]")), [""; 0]);
    assert_eq!(found(&in_freeze("[REL-2, {id: REL-2, approved_by: Cato Wind}]")), [""; 0], "asked for, and approved");
    let waived = |lint: &str| {
        let allow = format!("title: Reads twice as fast\nallow: {{{lint}: {{reason: R, by: B, until: 2026-12-31}}}}\n");
        found(&in_freeze("[REL-2]").replace("title: Reads twice as fast\n", &allow))
    };
    assert_eq!(waived("exception-not-approved"), [""; 0]);
    assert_eq!(waived("RB402"), ["RB008 releases/REL-2.md:3", "RB405 releases/REL-2.md:30"]);
    let checked = check(folder(&in_freeze("\n  - {id: CHG-3, approved_by: Cato Wind}\n  - {id: REL-2}")).path(), None);
    let [(_, finding)] = checked.report.findings() else { panic!("{:?}", places(&checked)) };
    let exception = finding.related[0].0;
    let source = &checked.sources[exception.source];
    let line = source.position(exception.span.start).line;
    assert_eq!((source.path.as_str(), line), ("calendar/month-end.md", 8), "where it is to be approved");
}

#[test]
fn a_whole_site_raises_nothing() {
    for profile in [Profile::Strict, Profile::Standard] {
        assert_eq!(places(&check(folder(WHOLE).path(), Some(profile))), [""; 0], "{profile:?}");
    }
}

#[test]
fn each_fault_is_found_once_at_its_line_in_both_profiles() {
    let mut missed = Vec::new();
    for (name, path, from, to, wanted) in FAULTS {
        let site = folder(&with(path, from, to));
        for profile in [Profile::Strict, Profile::Standard] {
            let found = places(&check(site.path(), Some(profile)));
            if found != [*wanted] {
                missed.push(format!("{name} ({profile:?}): expected {wanted}, found {found:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), FAULTS.len(), missed.join("\n"));
}

#[test]
fn what_was_rolled_back_and_is_closed_says_what_was_done_about_it() {
    let rollback = |more: &str| {
        let ended = with("changes/CHG-3.md", "outcome: deployed", "outcome: rolled-back");
        let ended = ended.replace(
            "review: {on: 2026-11-11, by: Rik Maas, outcome: successful}",
            &format!(
                "rollback: {{at: 2026-11-04T20:10, trigger: No console, root_cause: Its certificate had run out{more}}}\n\
                 review: {{on: 2026-11-11, by: Rik Maas, outcome: unsuccessful, lessons: [{{lesson: Renew certificates, actions: [{{action: Watch them, owner: Dirk Post, due: 2026-12-18}}]}}]}}"
            ),
        );
        places(&check(folder(&ended).path(), None))
    };
    assert_eq!(rollback(""), ["RB308 changes/CHG-3.md:26"]);
    assert_eq!(rollback(", resolution: It was renewed"), [""; 0]);
    assert_eq!(rollback(", follow_up: REL-2"), [""; 0]);
}

/// A name with a slip of the pen, where the site lists what there is.
#[rustfmt::skip]
const UNLISTED: &[Fault] = &[
    ("an item that nobody declared", "releases/REL-2.md", "configuration_items: [ledger-app, ledger-db]", "configuration_items: [ledger-app, ledgr-db]", "RB202 releases/REL-2.md:12"),
    ("a problem that nobody declared", "releases/REL-2.md", "problems: [PRB-7]", "problems: [PBR-7]", "RB202 releases/REL-2.md:11"),
    ("a service that nobody declared", "releases/REL-2.md", "service: Ledger\n", "service: Leger\n", "RB202 releases/REL-2.md:7"),
    ("an approver whom nobody knows", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-19", "by: Ole Hahn, on: 2026-11-19", "RB202 releases/REL-2.md:27"),
    ("a reviewer whom nobody knows", "releases/REL-2.md", "by: Sem Bos", "by: S. Bos", "RB202 releases/REL-2.md:19"),
    ("someone responsible whom nobody knows", "releases/REL-2.md", "responsible: [Dirk Post]", "responsible: [Dirk Post, D. Post]", "RB202 releases/REL-2.md:22"),
    ("an initiator whom nobody knows", "changes/CHG-3.md", "initiator: Ines Vos", "initiator: Ines Voss", "RB202 changes/CHG-3.md:5"),
];

#[test]
fn what_the_site_lists_is_named_as_it_is_listed() {
    let listing = |files: &str, listed: &str| {
        let people = "people = [\"Ines Vos\", \"Rik Maas\", \"Sem Bos\", \"Ole Haan\", \"Cato Wind\", \"Dirk Post\"]";
        let settings = format!("[references]\nlisted = [{listed}]\n{people}\n-- configuration-items/ledger-db.md --");
        let service = "-- configuration-items/ledger.md --\n---\nname: Ledger\nclass: service\n---\n";
        places(&check(
            folder(&(files.replace("-- configuration-items/ledger-db.md --", &settings) + service)).path(),
            None,
        ))
    };
    let all = "\"configuration-items\", \"problems\", \"services\", \"people\"";
    assert_eq!(listing(WHOLE, all), [""; 0]);
    let mut missed = Vec::new();
    for (name, path, from, to, wanted) in UNLISTED {
        let files = with(path, from, to);
        let (found, unlisted) = (listing(&files, all), listing(&files, ""));
        // A slip of an item or a problem is seen where nothing is listed too.
        let is_near = wanted.ends_with("REL-2.md:11") || wanted.ends_with("REL-2.md:12");
        let near = is_near.then(|| wanted.replace("RB202", "RB208"));
        if found != [*wanted] || unlisted != Vec::from_iter(near) {
            missed.push(format!("{name}: expected {wanted}, found {found:?}; where nothing is listed {unlisted:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert_eq!(listing(WHOLE, "\"peple\""), ["RB102 relbook.toml:5"]);
}

/// What a site wants of approvals of minor releases, what is wrong, and what is found.
#[rustfmt::skip]
const OF_APPROVALS: &[(&str, Fault)] = &[
    ("roles = [\"Change advisory board\", \"Operations\"]\nat_least = 2", ("nothing", "releases/REL-2.md", "version: \"1.5.0\"", "version: \"1.5.0\"", "")),
    ("roles = [\"Finance\"]", ("nobody of a role", "releases/REL-2.md", "version: \"1.5.0\"", "version: \"1.5.0\"", "RB318 releases/REL-1.md:25, RB318 releases/REL-2.md:25")),
    ("at_least = 3", ("too few", "releases/REL-2.md", "version: \"1.5.0\"", "version: \"1.5.0\"", "RB318 releases/REL-1.md:25, RB318 releases/REL-2.md:25")),
    
    ("at_least = 2", ("one for two, with other letters", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-19", "by: CATO WIND, on: 2026-11-19", "RB318 releases/REL-2.md:25")),
    ("roles = [\"operations\"]", ("a role without a name", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-19", "on: 2026-11-19", "RB318 releases/REL-2.md:25")),
    ("not = [\"initiator\"]", ("the initiator beside others", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-19", "by: ines vos, on: 2026-11-19", "RB318 releases/REL-2.md:27")),
    ("not = [\"responsible\"]", ("who does it", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-19", "by: Dirk Post, on: 2026-11-19", "RB318 releases/REL-2.md:27")),
    ("not = [\"release_manager\"]", ("who leads it reviews it", "releases/REL-2.md", "by: Ole Haan, on: 2026-11-11", "by: Rik Maas, on: 2026-11-11", "RB318 releases/REL-2.md:20")),
    ("not = [\"responsible\"]", ("who does it, over with", "releases/REL-1.md", "by: Ole Haan, on: 2026-10-02", "by: Dirk Post, on: 2026-10-02", "RB318 releases/REL-1.md:27")),
];

#[test]
fn a_site_says_whose_approval_it_wants() {
    let mut missed = Vec::new();
    for (policy, (name, path, from, to, wanted)) in OF_APPROVALS {
        let policy = format!("[process.approvals.minor]\n{policy}\n-- configuration-items/ledger-db.md --");
        let site = folder(&with(path, from, to).replace("-- configuration-items/ledger-db.md --", &policy));
        for profile in [Profile::Strict, Profile::Standard] {
            let found = places(&check(site.path(), Some(profile))).join(", ");
            if found != *wanted {
                missed.push(format!("{name} ({profile:?}): expected {wanted}, found {found}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    for (policy, wanted) in [
        ("[process.approvals.minr]\nat_least = 2", "RB102 relbook.toml:4"),
        ("[process.approvals.minor]\nat_leest = 2", "RB005 relbook.toml:5"),
        ("[process.approvals.minor]\nat_least = \"two\"", "RB102 relbook.toml:5"),
        ("[process.approvals.minor]\nnot = [\"iniciator\"]", "RB102 relbook.toml:5"),
    ] {
        let policy = format!("{policy}\n-- configuration-items/ledger-db.md --");
        let site = folder(&WHOLE.replace("-- configuration-items/ledger-db.md --", &policy));
        assert_eq!(places(&check(site.path(), None)), [wanted]);
    }
}

#[test]
fn an_approval_grows_old_where_the_site_says_so() {
    let of_days = |days: &str, from: &str, to: &str| {
        let days = format!("[process.days]\n{days}\n-- configuration-items/ledger-db.md --");
        let files = with("releases/REL-2.md", from, to).replace("-- configuration-items/ledger-db.md --", &days);
        places(&check(folder(&files).path(), None))
    };
    let title = "title: Reads twice as fast";
    assert_eq!(of_days("approval = 34", title, title), [""; 0]);
    assert_eq!(
        of_days("approval = 13", title, title),
        ["RB304 releases/REL-2.md:26"],
        "2 December less 13 days is 19 November"
    );
    let again = "2026-11-19, decision: approved}\n  - {role: Change advisory board, by: Cato Wind, on: 2026-11-22, decision: approved}";
    assert_eq!(of_days("approval = 13", "2026-11-19, decision: approved}", again), [""; 0]);
    assert_eq!(of_days("", "2026-11-19, decision: approved}", again), [""; 0]);
}

#[test]
fn on_the_day_of_the_work_the_hour_of_an_approval_counts() {
    let approved = |on: &str| {
        let files = with("changes/CHG-3.md", "by: Cato Wind, on: 2026-10-29", &format!("by: Cato Wind, on: {on}"));
        places(&check(folder(&files).path(), None))
    };
    assert_eq!(approved("2026-11-04"), [""; 0]);
    assert_eq!(approved("2026-11-04T19:59"), [""; 0]);
    assert_eq!(approved("2026-11-04T18:59Z"), [""; 0], "Amsterdam is an hour ahead of UTC");
    assert_eq!(approved("2026-11-04T20:01"), ["RB304 changes/CHG-3.md:15"]);
    assert_eq!(approved("2026-11-04T19:01Z"), ["RB304 changes/CHG-3.md:15"]);
    let nobodys = with("changes/CHG-3.md", "{role: Change advisory board, by: Cato Wind, ", "{");
    assert_eq!(places(&check(folder(&nobodys).path(), None)), ["RB304 changes/CHG-3.md:15"]);
}

/// A draft of work that is over is a finding, and stays one: no page would tell that it was silenced.
#[test]
fn a_draft_of_work_that_is_over_silences_nothing() {
    let draft = "title: Two more cores\ndraft: true\nallow: {RB313: {reason: R, by: B, until: 2026-12-31}}\n";
    let files = with("changes/CHG-3.md", "title: Two more cores\n", draft);
    for profile in [Profile::Strict, Profile::Standard] {
        let found = places(&check(folder(&files).path(), Some(profile)));
        assert_eq!(found, ["RB313 changes/CHG-3.md:3", "RB320 changes/CHG-3.md:4"], "{profile:?}");
    }
}
