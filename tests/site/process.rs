//! The rules of the process where the example does not reach: levels, settings, crowds, and what is not said twice.

use relbook::pipeline::Checked;

use super::harness::{check, folder, places};

fn checked(files: &str) -> Checked {
    check(folder(files).path(), None)
}

fn findings(files: &str) -> Vec<String> {
    places(&checked(files))
}

/// A model that lets every standard change through.
const MODEL: &str = "-- standard-changes/SC-1.md --\n---\ntitle: A\napproved_by: B\napproved_on: 2026-06-02\n---\n";

/// A site with settings and one change that wants an approval.
fn unapproved(settings: &str, key: &str) -> String {
    format!(
        "-- relbook.toml --\n{settings}\n-- changes/CHG-1.md --\n---\ntitle: A\nstatus: scheduled\n\
         change_type: emergency\ninitiator: I\nconfiguration_items: [shop]\nplanned_date: 2026-11-28\n\
         {key}: [{{by: B, on: 2026-11-20, decision: rejected}}]\nincidents_fixed: [INC-1]\n---\n## Description\nText.\n"
    )
}

#[test]
fn a_profile_gives_the_rules_of_the_process_their_level() {
    let level = |profile: &str| {
        let checked = checked(&unapproved(&format!("[lints]\nprofile = \"{profile}\""), "approvals"));
        checked.report.findings().iter().map(|(level, f)| format!("{level:?} {}", f.lint.code)).collect::<Vec<_>>()
    };
    assert_eq!(level("records"), [""; 0]);
    assert_eq!(level("standard"), ["Warn RB304"]);
    assert_eq!(level("strict"), ["Error RB304"]);
}

#[test]
fn what_only_follows_from_an_unknown_key_is_not_said_as_well() {
    assert_eq!(findings(&unapproved("", "verdicts")), ["RB005 changes/CHG-1.md:8"]);
    let lowered = findings(&unapproved("[lints]\nunknown-field = \"warn\"", "verdicts"));
    assert_eq!(lowered, ["RB304 changes/CHG-1.md:3", "RB005 changes/CHG-1.md:8"], "a gate never passes it over");
}

/// What is wrong under a key whose meaning leaves no doubt is said in the same run, where it stands; but nothing is read
/// from it where the site or the record lets it stay misspelt.
#[test]
fn what_stands_under_a_misspelt_key_is_held_against_the_process() {
    assert_eq!(findings(&unapproved("", "aprovals")), ["RB005 changes/CHG-1.md:8", "RB304 changes/CHG-1.md:8"]);
    let approved = |settings: &str| unapproved(settings, "aprovals").replace("rejected", "approved");
    assert_eq!(findings(&approved("")), ["RB005 changes/CHG-1.md:8"], "it is approved, under a key that is mended");
    for lowered in ["unknown-field = \"warn\"", "RB005 = \"off\""] {
        let findings = findings(&approved(&format!("[lints]\n{lowered}")));
        assert!(findings.contains(&"RB304 changes/CHG-1.md:3".to_owned()), "{lowered}: {findings:?}");
    }
    let allowed = approved("").replace("title: A", "title: A\nallow: {RB005: a key of our own}");
    assert_eq!(findings(&allowed), ["RB304 changes/CHG-1.md:4"], "a record\u{2019}s own key is no approval");
}

#[test]
fn what_a_body_has_wrong_hides_no_finding() {
    let files = unapproved("", "approvals") + "[x](javascript:y)\n";
    assert_eq!(findings(&files), ["RB304 changes/CHG-1.md:8", "RB106 changes/CHG-1.md:13"]);
}

#[test]
fn a_site_says_what_a_plan_wants() {
    let files = |settings: &str| {
        format!(
            "-- relbook.toml --\n{settings}\n-- changes/CHG-1.md --\n---\ntitle: A\nstatus: approved\n\
             change_type: standard\nconfiguration_items: [shop]\nstandard_change: SC-1\n---\n## Description\nText.\n{MODEL}"
        )
    };
    assert_eq!(findings(&files("")), [""; 0]);
    let wanted = files("[process.change.standard]\napproved = [\"rollback_plan\", \"impact.security\"]");
    assert_eq!(findings(&wanted), ["RB301 changes/CHG-1.md:3", "RB305 changes/CHG-1.md:3"]);
    let for_delivered = files("[process.delivered-change.standard]\napproved = [\"rollback_plan\"]");
    assert_eq!(findings(&for_delivered), [""; 0], "this one ships alone");
    let unwanted = files("[process.change.standard]\nassessment = []").replace("## Description\nText.", "");
    assert_eq!(findings(&unwanted), [""; 0]);
}

/// Four releases end a problem whose known error came with the second: the third is the first that contradicts it.
#[test]
fn a_contradiction_is_said_once_and_where_it_begins() {
    let release = |number: usize, body: &str| {
        format!(
            "-- releases/REL-{number}.md --\n---\ntitle: A\nstatus: deployed\nplanned_date: 2026-0{number}-01\n\
             problems: [PRB-1]\nconfiguration_items: [shop]\nservice: Shop\nrelease_type: minor\n---\n{body}"
        )
    };
    let error = "-- relbook.toml --\n[process.release.minor]\nassessment = [\"description\"]\napproved = []\nscheduled = []\ndeployed = []\n\
         -- known-errors/KE-1.md --\n---\ntitle: A\nstatus: reported\nintroduced_in: [REL-2]\nproblems: [PRB-1]\n---\n";
    let lead = "What stands before the first heading describes the release.\n";
    let releases_of = |body: &str| -> String { (1..=4).map(|number| release(number, body)).collect() };
    assert_eq!(findings(&(releases_of(lead) + error)), ["RB505 releases/REL-3.md:5"]);
    let told = findings(&(releases_of("") + error));
    assert_eq!(told[..1], ["RB301 releases/REL-1.md:3"], "nothing describes this one");
}

/// A known error that says whether it is resolved, and a release that fixes it: whether the two contradict each other.
#[test]
fn a_fix_is_live_or_it_is_none() {
    let attempt = |outcome: &str| {
        format!(
            "windows: [{{start: 2026-10-01T22:00, end: 2026-10-01T23:00, outcome: {outcome}}}]\nreview: {{lessons: []}}"
        )
    };
    for (release, is_live) in [
        ("status: deployed".to_owned(), Some(true)),
        ("status: closed".to_owned(), Some(true)),
        (format!("status: closed\n{}", attempt("rolled-back")), Some(false)),
        (format!("status: deployed\n{}", attempt("rolled-back")), Some(false)),
        ("status: closed\nrollback: {trigger: it failed}".to_owned(), Some(false)),
        ("status: rolled-back".to_owned(), Some(false)),
        ("status: scheduled".to_owned(), Some(false)),
        ("status: cancelled".to_owned(), Some(false)),
        (attempt("deployed"), Some(true)),
        ("summary: It does not say how far it is.".to_owned(), None),
    ] {
        for (status, contradicts) in [("confirmed", Some(true)), ("resolved", Some(false)), ("wont-fix", None)] {
            let found = findings(&format!(
                "-- relbook.toml --\n-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [a]\n{release}\n---\n\n\
                 -- known-errors/KE-1.md --\n---\ntitle: An error\nstatus: {status}\nfixed_in: [REL-1]\nworkaround: Wait.\n---\n"
            ));
            let is_said = found.contains(&"RB505 known-errors/KE-1.md:3".to_owned());
            let is_wanted = is_live.is_some() && is_live == contradicts;
            assert_eq!(is_said, is_wanted, "{release}, {status}: {found:?}");
        }
    }
}

#[test]
fn a_site_says_how_long_things_may_take() {
    let files = |settings: &str| {
        format!(
            "-- relbook.toml --\n{settings}\n-- known-errors/KE-1.md --\n---\ntitle: A\nstatus: confirmed\n\
             detected: 2026-11-08\n---\n"
        )
    };
    assert_eq!(findings(&files("")), [""; 0], "fourteen days are not longer than fourteen days");
    assert_eq!(findings(&files("[process.days]\nworkaround = 13")), ["RB501 known-errors/KE-1.md:3"]);
    assert_eq!(findings(&files("[process.days]\nknown_error = 10")), ["RB504 known-errors/KE-1.md:3"]);
    assert_eq!(findings(&files("[process.days]\nworkaround = -1")), ["RB102 relbook.toml:2"]);
}

/// Changes on one item, each with a window at the same time; `day` is that of the windows.
fn crowd(count: usize, day: &str) -> String {
    let change = |number: usize| {
        format!(
            "-- changes/CHG-{number:03}.md --\n---\ntitle: A\nconfiguration_items: [hub]\n\
             windows: [{{start: {day}T10:00, end: {day}T12:00}}]\nchange_type: normal\n---\n"
        )
    };
    (0..count).map(change).collect()
}

#[test]
fn two_windows_at_once_are_said_once_and_name_both_records() {
    let checked = checked(&crowd(2, "2026-11-28"));
    let [(_, finding)] = checked.report.findings() else { panic!("{:?}", checked.report) };
    assert_eq!(finding.message, "CHG-001 and CHG-000 work on hub at the same time: 2026-11-28 10:00 to 12:00 (UTC)");
    assert_eq!(checked.sources[finding.place.source].path, "changes/CHG-001.md");
    assert_eq!(checked.sources[finding.related[0].0.source].path, "changes/CHG-000.md");
}

#[test]
fn a_crowd_of_windows_is_cut_and_counted() {
    let checked = checked(&crowd(60, "2026-11-28"));
    let mut of_file = std::collections::BTreeMap::<_, Vec<&str>>::new();
    for (_, finding) in checked.report.findings() {
        of_file.entry(finding.place.source).or_default().push(&finding.message);
    }
    assert_eq!(of_file.len(), 59, "every window but the first overlaps an earlier one");
    for messages in of_file.values() {
        let rest = messages.iter().filter(|message| message.starts_with("at least ")).count();
        assert!(messages.len() - rest <= 3 && rest <= 1, "{messages:#?}");
    }
    assert!(of_file.values().any(|messages| messages.len() == 4), "some have more than are listed");
}

#[test]
fn what_is_over_is_no_conflict_any_more() {
    // What it came to is all that is asked.
    assert_eq!(findings(&crowd(2, "2026-11-21")), ["RB313 changes/CHG-000.md:4", "RB313 changes/CHG-001.md:4"]);
}

#[test]
fn a_site_may_want_every_part_that_the_process_names() {
    let settings = "[process.release.patch]\ndraft = [\"summary\", \"effects.subcontractors\", \"effects.external_parties\", \
        \"installation_guide\", \"deployment_test_instructions\", \"known_errors\", \"workarounds\", \"additional_documentation\"]\n";
    let record = |more: &str, body: &str| {
        format!(
            "-- relbook.toml --\n{settings}-- releases/REL-1.md --\n---\ntitle: A\nstatus: draft\nrelease_type: patch\nconfiguration_items: [shop]\n{more}---\n{body}"
        )
    };
    let checked = checked(&record("", ""));
    let told: Vec<&str> = checked.report.findings().iter().map(|(_, finding)| finding.message.as_str()).collect();
    let all = "the plan lacks: summary, effects on subcontractors, effects on external parties, installation guide, \
               deployment test instructions, known errors, workarounds and additional documentation";
    assert_eq!(told, [all]);
    let keys = "summary: Text.\neffects: {subcontractors: [A], external_parties: [B]}\nartefacts: [{kind: installation-guide, url: \"https://a.example/\"}, {kind: deployment-tests, url: \"https://b.example/\"}, {kind: known-errors, url: \"https://c.example/\"}, {kind: workarounds, url: \"https://d.example/\"}, {kind: additional, url: \"https://e.example/\"}]\n";
    assert_eq!(findings(&record(keys, "")), [""; 0]);
    let sections = "## Installation guide\n\nT.\n\n## Deployment test instructions\n\nT.\n\n## Known errors\n\nT.\n\n## Workarounds\n\nT.\n\n## Additional documentation\n\nT.\n";
    let some = "summary: Text.\neffects: {subcontractors: [A], external_parties: [B]}\n";
    assert_eq!(findings(&record(some, sections)), [""; 0]);
}

#[test]
fn a_misspelt_type_in_the_process_is_found() {
    let found = checked(
        "-- relbook.toml --\n[process.release.majro]\napproved = []\n-- changes/CHG-1.md --\n---\ntitle: A\nconfiguration_items: [x]\nchange_type: normal\n---\n",
    );
    let told: Vec<_> =
        found.report.findings().iter().map(|(_, of)| (of.message.as_str(), of.replacement.as_deref())).collect();
    assert_eq!(told, [("`majro` is no type of a release", Some("major"))]);
}

#[test]
fn an_approval_has_a_day_and_that_is_not_to_come() {
    let approved = |on: &str| {
        unapproved("", "approvals")
            .replace("{by: B, on: 2026-11-20, decision: rejected}", &format!("{{by: B, {on}decision: approved}}"))
    };
    assert_eq!(findings(&approved("on: 2026-11-20, ")), [""; 0]);
    assert_eq!(findings(&approved("")), ["RB304 changes/CHG-1.md:8"]);
    assert_eq!(findings(&approved("on: 2027-01-01, ")), ["RB304 changes/CHG-1.md:8"]);
}

#[test]
fn work_that_has_begun_says_how_far_it_is() {
    let change = |status: &str, start: &str| {
        format!(
            "-- changes/CHG-1.md --\n---\ntitle: A\n{status}configuration_items: [shop]\nwindows: [{{start: {start}, end: 2026-12-30T22:00}}]\nchange_type: standard\nplanned_date: 2026-12-29\nstandard_change: SC-1\n---\n## Description\nT.\n{MODEL}"
        )
    };
    assert_eq!(findings(&change("", "2026-11-20T20:00")), ["RB313 changes/CHG-1.md:4"]);
    assert_eq!(findings(&change("", "2026-12-29T20:00")), [""; 0]);
    assert_eq!(findings(&change("status: in-progress\n", "2026-11-20T20:00")), [""; 0]);
}
