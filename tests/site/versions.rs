//! Which release follows which, and which known errors each has: what is expected is worked out by hand from the words.

use super::harness::{Site, check, folder, places, site, site_with};

/// A release of the service Gate: id, version, day, more of its front matter.
fn release(id: &str, version: &str, day: &str, more: &str) -> String {
    let version = if version.is_empty() { String::new() } else { format!("version: \"{version}\"\n") };
    let day = if day.is_empty() { String::new() } else { format!("planned_date: {day}\n") };
    format!(
        "-- releases/{id}.md --\n---\ntitle: Release {id}\nservice: Gate\nconfiguration_items: [gate]\n{version}{day}{more}\n---\n\
         Opens the gate sooner.\n"
    )
}

/// A known error: id, more of its front matter.
fn error(id: &str, more: &str) -> String {
    format!("-- known-errors/{id}.md --\n---\ntitle: Error {id}\nworkaround: Wait.\nservice: Gate\n{more}\n---\n")
}

/// The known errors that a release's page has, each with the release since which it is there.
fn carried(site: &Site, release: &str) -> Vec<String> {
    let page = site.page(&format!("releases/{release}.html"));
    let targets = if page.has_part("carried") { page.part("carried").targets() } else { Vec::new() };
    let short = |target: &str| target.rsplit('/').next().unwrap_or_default().trim_end_matches(".html").to_owned();
    let (mut since, mut carried) = (String::new(), Vec::new());
    for target in targets {
        match target.starts_with("releases/") {
            true => since = format!(" since {}", short(&target)),
            false => carried.push(short(&target) + &since),
        }
    }
    carried.sort();
    carried
}

/// The rows of *Is it in my version?*, from above.
fn versions(site: &Site) -> Vec<String> {
    let page = site.page("services/Gate.html");
    let text = page.part("versions").text();
    let rows = text.split("Resolved since").nth(1).unwrap_or_default().to_owned();
    rows.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The versions of the table, from above.
fn order(site: &Site) -> Vec<String> {
    let targets = site.page("services/Gate.html").part("versions").targets();
    let mut ids: Vec<String> = targets.iter().filter(|target| !target.contains('#')).cloned().collect();
    ids.iter_mut().for_each(|id| *id = id.trim_start_matches("releases/").trim_end_matches(".html").to_owned());
    ids
}

#[test]
fn a_correction_of_an_old_version_follows_that_version() {
    let live = "status: deployed";
    let site = site(
        &[
            release("R-193", "1.9.3", "2026-01-01", live),
            release("R-194", "1.9.4", "2026-02-01", live),
            release("R-200", "2.0.0", "2026-03-01", live),
            release("R-195", "v1.9.5", "2026-04-01", live),
            release("R-201", "2.0.1", "2026-05-01", live),
            error("KE-1", "status: resolved\nintroduced_in: [R-200]\nfixed_in: [R-201]"),
            error("KE-2", "status: resolved\nintroduced_in: [R-194]\nfixed_in: [R-200]"),
            error("KE-3", "status: confirmed\nintroduced_in: [R-195]"),
        ]
        .concat(),
    );
    let none = [""; 0];
    assert_eq!(carried(&site, "R-193"), none);
    assert_eq!(carried(&site, "R-194"), ["KE-2 since R-194"]);
    assert_eq!(carried(&site, "R-200"), ["KE-1 since R-200"]);
    assert_eq!(carried(&site, "R-195"), ["KE-2 since R-194", "KE-3 since R-195"]);
    assert_eq!(carried(&site, "R-201"), none);
    assert_eq!(order(&site), ["R-201", "R-200", "R-195", "R-194", "R-193"]);
    let said = |id: &str| site.page(&format!("known-errors/{id}.html")).part("ranges").text();
    assert_eq!(said("KE-1"), "Since 2.0.0 (1 Mar 2026) of Gate, in 1 release, fixed in 2.0.1 (1 May 2026).");
    assert_eq!(said("KE-2"), "Since 1.9.4 (1 Feb 2026) of Gate, in 2 releases, fixed in 2.0.0 (1 Mar 2026).");
    assert_eq!(said("KE-3"), "Since v1.9.5 (1 Apr 2026) of Gate, in 1 release; not in the latest, 2.0.1 (1 May 2026).");
}

#[test]
fn a_fix_that_is_planned_or_taken_back_ends_nothing() {
    let back = "status: closed\nwindows: [{start: 2026-02-01T20:00, end: 2026-02-01T21:00, outcome: rolled-back}]";
    let site = site(
        &[
            release("R-1", "1.0", "2026-01-01", "status: closed"),
            release("R-2", "1.1", "2026-02-01", back),
            release("R-3", "1.2", "2026-03-01", "status: deployed"),
            release("R-4", "1.3", "2026-12-01", "status: scheduled"),
            release("R-5", "1.4", "2027-01-01", "status: draft"),
            error("KE-1", "status: confirmed\nintroduced_in: [R-1]\nfixed_in: [R-2]\nplanned_fix: R-4"),
            error("KE-2", "status: confirmed\nintroduced_in: [R-2]"),
        ]
        .concat(),
    );
    for release in ["R-1", "R-2", "R-3", "R-4", "R-5"] {
        let has = carried(&site, release).iter().any(|one| one.starts_with("KE-1"));
        assert!(has, "{release} has KE-1");
    }
    assert_eq!(carried(&site, "R-3"), ["KE-1 since R-1"], "what was taken back is nobody's predecessor");
    let text = |release: &str| site.page(&format!("releases/{release}.html")).part("carried").text();
    assert!(text("R-4").contains("Once it is live, it is to bring the fix of KE-1."), "{}", text("R-4"));
    assert!(text("R-2").contains("It was rolled back, and with it the fix of KE-1."), "{}", text("R-2"));
    assert!(!text("R-3").contains("fix of"), "{}", text("R-3"));
    let said = site.page("known-errors/KE-1.html").part("ranges").text();
    assert_eq!(said, "Since 1.0 (1 Jan 2026) of Gate, in 5 releases; still in the latest, 1.2 (1 Mar 2026).");
    let rows = site.page("services/Gate.html").part("versions").text();
    assert_eq!(rows.matches("the fix of 1 is to come with it").count(), 1, "{rows}");
    assert!(rows.contains("1.1 R-2 Closed Rolled back"), "{rows}");
    assert!(!rows.contains("none known"), "{rows}");
}

#[test]
fn a_release_that_is_named_has_it_and_hands_it_to_none() {
    let site = site(
        &[
            release("R-1", "1", "2026-01-01", "status: deployed\nknown_errors: [KE-2]"),
            release("R-2", "2", "2026-02-01", "status: deployed"),
            release("R-3", "3", "2026-03-01", "status: deployed"),
            error("KE-1", "status: confirmed\naffects: [R-2]"),
            error("KE-2", "status: resolved\nintroduced_in: [R-3]\naffects: [R-3]"),
        ]
        .concat(),
    );
    assert_eq!(carried(&site, "R-1"), ["KE-2"]);
    assert_eq!(carried(&site, "R-2"), ["KE-1"]);
    assert_eq!(carried(&site, "R-3"), ["KE-2 since R-3"], "counted once");
    let rows = site.page("services/Gate.html").part("versions").text();
    assert_eq!((rows.matches("1 open").count(), rows.matches("none open").count()), (1, 2), "{rows}");
    assert!(!rows.contains("none known"), "{rows}");
}

#[test]
fn numbers_that_begin_anew_say_what_they_replace() {
    let files = |more: &str| {
        [
            release("R-1", "8.0", "2026-01-01", "status: closed"),
            release("R-2", "9.0", "2026-02-01", "status: closed"),
            release("R-3", "1.0", "2026-03-01", &format!("status: deployed\n{more}")),
            release("R-4", "1.1", "2026-04-01", "status: deployed"),
            error("KE-1", "status: confirmed\nintroduced_in: [R-2]"),
        ]
        .concat()
    };
    let codes = |files: &str| {
        let mut found = places(&check(folder(files).path(), None));
        found.retain(|place| place.starts_with("RB502"));
        found
    };
    assert_eq!(codes(&files("")), ["RB502 releases/R-3.md:5"]);
    assert_eq!(codes(&files("supersedes: R-2")), [""; 0]);
    assert_eq!(carried(&site(&files("")), "R-4"), [""; 0]);
    let said = site(&files("supersedes: R-2"));
    assert_eq!(carried(&said, "R-3"), ["KE-1 since R-2"]);
    assert_eq!(carried(&said, "R-4"), ["KE-1 since R-2"]);
    let alone = release("R-1", "1.0", "", "status: deployed") + &release("R-2", "2.0", "", "status: deployed");
    assert_eq!(codes(&alone), [""; 0], "nothing says which of the two went live before the other");
}

/// What its page says of the latest holds for the known error, and not only for the range that says it.
#[test]
fn a_range_says_of_the_latest_only_what_is_so() {
    let live = "status: deployed";
    let site = site(
        &[
            release("R-1", "1.0", "2026-01-01", live),
            release("R-2", "2.0", "2026-02-01", live),
            release("R-3", "1.1", "2026-03-01", live),
            release("R-4", "3.0", "2026-04-01", "status: cancelled"),
            error("KE-1", "status: confirmed\nintroduced_in: [R-3]"),
            error("KE-2", "status: confirmed\nintroduced_in: [R-3]\naffects: [R-2]"),
            error("KE-3", "status: confirmed\nintroduced_in: [R-3, R-2]"),
            error("KE-4", "status: confirmed\nintroduced_in: [R-4]"),
            error("KE-5", "status: confirmed\nintroduced_in: [R-1, R-2]"),
        ]
        .concat(),
    );
    let said = |id: &str| site.page(&format!("known-errors/{id}.html")).part("ranges").text();
    assert_eq!(said("KE-1"), "Since 1.1 (1 Mar 2026) of Gate, in 1 release; not in the latest, 2.0 (1 Feb 2026).");
    assert_eq!(said("KE-2"), "Since 1.1 (1 Mar 2026) of Gate, in 1 release.");
    let three = said("KE-3");
    assert!(three.contains("in 1 release; still in the latest, 2.0"), "{three}");
    assert!(!three.contains("not in the latest"), "{three}");
    assert!(!site.page("known-errors/KE-4.html").has_part("ranges"), "it came with nothing that ran");
    assert_eq!(said("KE-5"), "Since 1.0 (1 Jan 2026) of Gate, in 3 releases; still in the latest, 2.0 (1 Feb 2026).");
}

/// A release that says neither how far it is nor when it was is a stub for later: nothing follows it.
#[test]
fn what_says_neither_status_nor_day_is_nobodys_predecessor() {
    let site = site(
        &[
            release("R-1", "1.0.0-rc9", "", "summary: Some day."),
            release("R-2", "1.0.1", "2026-08-01", "status: closed"),
            error("KE-1", "status: confirmed\nintroduced_in: [R-1]"),
            error("KE-2", "status: confirmed\nintroduced_in: [R-2]"),
        ]
        .concat(),
    );
    assert_eq!(carried(&site, "R-1"), ["KE-1 since R-1"]);
    assert_eq!(carried(&site, "R-2"), ["KE-2 since R-2"]);
}

/// Where a release does not say how far it is, its day decides whether it may have ended something.
#[test]
fn without_a_status_the_day_decides() {
    let with = |fixed_on: &str| {
        site(
            &[
                release("R-1", "1.0", "2026-01-01", "status: closed"),
                release("R-2", "1.1", fixed_on, "summary: It does not say how far it is."),
                error("KE-1", "status: resolved\nintroduced_in: [R-1]\nfixed_in: [R-2]"),
            ]
            .concat(),
        )
    };
    let past = with("2026-02-01");
    assert_eq!([carried(&past, "R-1"), carried(&past, "R-2")].concat(), ["KE-1 since R-1"]);
    let to_come = with("2026-12-01");
    let has_it = |site: &Site| carried(site, "R-2").contains(&"KE-1 since R-1".to_owned());
    assert!(has_it(&to_come), "a fix on a day to come is planned");
    let never = with("");
    assert!(has_it(&never), "without a day it is no fix");
}

/// An audience that does not see how far a release is cannot tell what ended, and is told nothing of it.
#[test]
fn an_edition_without_the_status_tells_no_range() {
    let files = [
        "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"known-error\", \"service\"]\n\
         keys = [\"title\", \"version\", \"service\", \"planned_date\", \"introduced_in\", \"fixed_in\"]\n"
            .to_owned(),
        release("R-1", "1.0", "2026-01-01", "status: closed\naudience: customer"),
        release("R-2", "1.1", "2026-02-01", "status: closed\naudience: customer"),
        error("KE-1", "status: resolved\naudience: customer\nintroduced_in: [R-1]\nfixed_in: [R-2]"),
    ];
    let told = |keys: &str| {
        let files = files.concat().replace("\"title\", ", keys);
        let site = site_with(&files, |request| request.edition = Some("customer".to_owned()));
        [carried(&site, "R-1"), carried(&site, "R-2")].concat()
    };
    assert!(told("\"title\", ").is_empty(), "the status is hidden");
    assert_eq!(told("\"title\", \"status\", "), ["KE-1 since R-1"]);
}

/// A release may replace one that never went live; and two may say that they replace each other.
#[test]
fn what_is_replaced_comes_before_whatever_became_of_it() {
    let site = site_with(
        &[
            "-- relbook.toml --\n[lints]\nself-reference = \"warn\"\n".to_owned(),
            release("R-1", "1.0", "2026-01-01", "status: closed"),
            release("R-2", "1.1", "2026-02-01", "status: cancelled"),
            release("R-3", "1.2", "2026-03-01", "status: deployed\nsupersedes: R-2"),
            release("R-4", "5.0", "2026-04-01", "status: deployed\nsupersedes: R-5"),
            release("R-5", "6.0", "2026-05-01", "status: deployed\nsupersedes: R-4"),
            error("KE-1", "status: confirmed\nintroduced_in: [R-1]"),
            error("KE-2", "status: confirmed\nintroduced_in: [R-5]"),
        ]
        .concat(),
        |_| (),
    );
    assert_eq!(carried(&site, "R-3"), ["KE-1 since R-1"]);
    assert_eq!(carried(&site, "R-5"), ["KE-2 since R-5"]);
    assert!(!versions(&site).is_empty());
}

#[test]
fn versions_are_ordered_as_they_follow_one_another() {
    for (versions, what) in [
        (&["3.0.0-rc.1", "3.0.0"] as &[&str], "a candidate"),
        (&["v9", "v10"], "numbers behind a letter"),
        (&["9", "v10"], "a letter on one side"),
        (&["2.0-rc9", "2.0-rc10", "2.0"], "candidates by number"),
        (&["1.0.0-rc.9", "1.0.0-rc.10", "1.0.0+1", "1.0.1"], "as SemVer has it"),
    ] {
        let mut files = error("KE-1", "status: confirmed\nintroduced_in: [R-1]");
        // The first in the order of names is the last version, so that the names cannot help.
        let id = |number: usize| if number == 0 { "R-1".to_owned() } else { format!("Q-{}", 9 - number) };
        for (number, version) in versions.iter().enumerate() {
            files += &release(&id(number), version, "", "status: deployed");
        }
        let site = site(&files);
        let newest_first: Vec<String> = (0..versions.len()).rev().map(id).collect();
        assert_eq!(order(&site), newest_first, "{what}");
        for (number, version) in versions.iter().enumerate() {
            assert_eq!(carried(&site, &id(number)), ["KE-1 since R-1"], "{what}: {version}");
        }
        let listed = site.listed("services/Gate.html", "releases");
        let wanted: Vec<String> = newest_first.iter().map(|id| format!("releases/{id}.html")).collect();
        assert_eq!(listed, wanted, "{what}, in the list of the service");
    }
}

#[test]
fn what_cannot_be_compared_stands_by_its_day() {
    let live = "status: deployed";
    let site = site(
        &[
            release("R-1", "Aurora", "2026-01-01", live),
            release("R-2", "Borealis", "2026-02-01", live),
            release("R-3", "", "2026-03-01", live),
            release("R-4", "1.0", "2026-04-01", live),
            release("R-5", "1.1", "2026-05-01", live),
            release("R-6", "Hotfix", "2026-05-02", live),
            release("R-7", "Some day", "", live),
            error("KE-1", "status: confirmed\nintroduced_in: [R-1]"),
        ]
        .concat(),
    );
    for release in ["R-1", "R-2", "R-3", "R-4", "R-5", "R-6"] {
        assert_eq!(carried(&site, release), ["KE-1 since R-1"], "{release}");
    }
    assert_eq!(carried(&site, "R-7"), [""; 0], "nothing says what it follows");
    assert_eq!(order(&site), ["R-7", "R-6", "R-5", "R-4", "R-3", "R-2", "R-1"]);
}

/// Of one day, what can be compared comes before what cannot, whatever their ids: so they stand in the list, and so they follow
/// one another. What cannot be compared goes by id.
#[test]
fn of_one_day_what_can_be_compared_comes_first() {
    let (live, day) = ("status: deployed", "2026-05-01");
    let site = site(
        &[
            release("R-1", "Hotfix", day, "status: in-progress"),
            release("R-2", "1.1", day, live),
            release("R-3", "Aurora", day, live),
            release("R-4", "Borealis", day, live),
            error("KE-1", "status: confirmed\nintroduced_in: [R-2]"),
            error("KE-2", "status: confirmed\nintroduced_in: [R-3]"),
        ]
        .concat(),
    );
    assert_eq!(order(&site), ["R-4", "R-3", "R-1", "R-2"]);
    assert_eq!(carried(&site, "R-1"), ["KE-1 since R-2"]);
    assert_eq!(carried(&site, "R-2"), ["KE-1 since R-2"]);
    assert_eq!(carried(&site, "R-3"), ["KE-1 since R-2", "KE-2 since R-3"]);
    assert_eq!(carried(&site, "R-4"), ["KE-1 since R-2", "KE-2 since R-3"]);
}
