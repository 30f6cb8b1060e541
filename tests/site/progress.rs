//! How far a plan is: the strip with the days that the record has, and the readiness panel, which counts what it lists.

use relbook::record::Part;

use super::harness::{Site, site};

/// The stations of a page's strip: `was Draft`, `now Scheduled 20 Nov 2026`, `Deployed`.
fn strip(site: &Site, route: &str) -> Vec<String> {
    let html = site.text(route);
    let (_, strip) = html.split_once("<ol class=\"strip\" aria-label=\"Progress\">").expect("the page has a strip");
    let strip = strip.split_once("</ol>").expect("the strip ends").0;
    let stations = strip.split("<li ").skip(1).map(|station| {
        let (tag, text) = station.split_once('>').expect("a tag ends");
        let text: String = text
            .split('<')
            .enumerate()
            .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) })
            .collect();
        let state = match (tag.contains("aria-current=\"step\""), tag.contains("class=\"was ")) {
            (true, _) => "now ",
            (_, true) => "was ",
            _ => "",
        };
        format!("{state}{}", text.trim())
    });
    stations.collect()
}

fn release(id: &str, more: &str) -> String {
    format!("-- releases/{id}.md --\n---\ntitle: {id}\nconfiguration_items: [shop]\n{more}---\n")
}

#[test]
fn a_status_alone_names_the_station_and_nothing_before_it() {
    let files = [
        release("REL-1", "status: scheduled\n"),
        release("REL-2", "status: closed\n"),
        release("REL-3", "status: rolled-back\n"),
        release("REL-4", ""),
        release("REL-5", "status: cancelled\n"),
    ];
    let site = site(&files.concat());
    let of = |id: &str| strip(&site, &format!("releases/{id}.html"));
    assert_eq!(of("REL-1"), ["Draft", "Assessment", "Approved", "now Scheduled", "In progress", "Deployed", "Closed"]);
    assert_eq!(of("REL-2"), ["Draft", "Assessment", "Approved", "Scheduled", "In progress", "Deployed", "now Closed"]);
    assert_eq!(
        of("REL-3"),
        ["Draft", "Assessment", "Approved", "Scheduled", "In progress", "now Rolled back", "Closed"]
    );
    for id in ["REL-4", "REL-5"] {
        assert!(!site.text(&format!("releases/{id}.html")).contains("class=\"strip\""), "{id}");
    }
}

#[test]
fn a_station_is_filled_where_the_record_has_its_day() {
    let reviewed =
        "impact: {security: {outcome: accepted, on: 2026-11-03}, operational: {outcome: accepted, on: 2026-11-05}}\n";
    let approved =
        "approvals: [{role: A, decision: approved, on: 2026-11-06}, {role: B, decision: approved, on: 2026-11-07}]\n";
    let window = "windows: [{start: 2026-11-10T22:00, end: 2026-11-11T02:00, actual_start: 2026-11-10T22:05, actual_end: 2026-11-11T01:00, outcome: deployed, approved_on: 2026-11-08}]\n";
    let back = window.replace("outcome: deployed", "outcome: rolled-back");
    let again = back.replace("}]", "}, {start: 2026-11-20T22:00, end: 2026-11-21T02:00, approved_on: 2026-11-18}]");
    let files = [
        release("REL-1", &format!("status: closed\n{reviewed}{approved}{window}")),
        // One has not decided, one has no day, one said no: nobody knows when it was approved.
        release("REL-2", "status: scheduled\napprovals: [{decision: approved, on: 2026-11-06}, {role: B}]\n"),
        release(
            "REL-3",
            "status: scheduled\napprovals: [{decision: approved, on: 2026-11-06}, {decision: approved}]\n",
        ),
        release("REL-4", "status: scheduled\napprovals: [{decision: rejected, on: 2026-11-06}]\n"),
        // What the record has of a day to come, and of a station that its status has not reached, has not happened.
        release("REL-5", &format!("status: closed\n{}", reviewed.replace("2026-11", "2026-12"))),
        release("REL-6", &format!("status: approved\n{window}")),
        release("REL-7", &format!("status: closed\n{back}rollback: {{at: 2026-11-11T00:30}}\n")),
        // The first attempt tells nothing of the second.
        release("REL-8", &format!("status: scheduled\n{again}")),
    ];
    let site = site(&files.concat());
    let of = |id: &str| strip(&site, &format!("releases/{id}.html"));
    assert_eq!(
        of("REL-1"),
        [
            "Draft",
            "was Assessment 5 Nov 2026",
            "was Approved 7 Nov 2026",
            "was Scheduled 8 Nov 2026",
            "was In progress 10 Nov 2026",
            "was Deployed 11 Nov 2026",
            "now Closed"
        ]
    );
    for id in ["REL-2", "REL-3", "REL-4"] {
        assert_eq!(of(id)[..4], ["Draft", "Assessment", "Approved", "now Scheduled"], "{id}");
    }
    assert_eq!(of("REL-5")[1], "Assessment");
    assert_eq!(of("REL-6")[2..6], ["now Approved", "Scheduled", "In progress", "Deployed"]);
    assert_eq!(of("REL-7")[4..], ["was In progress 10 Nov 2026", "was Rolled back 11 Nov 2026", "now Closed"]);
    assert_eq!(of("REL-8")[3..], ["now Scheduled 18 Nov 2026", "In progress", "Deployed", "Closed"]);
}

/// The panel's lists: the heading of each, the number beside it, and its parts.
fn lists(panel: &str) -> Vec<(String, usize, Vec<String>)> {
    let text = |html: &str| html.split('<').map(|p| p.split_once('>').map_or(p, |(_, text)| text)).collect::<String>();
    let lists = panel.split("<h3>").skip(1).map(|list| {
        let (heading, rest) = list.split_once("<span class=\"n\">").expect("a heading has its number");
        let (number, rest) = rest.split_once("</span>").expect("the number ends");
        let rest = rest.split_once("</ul>").expect("a list follows").0;
        let parts = rest.split("<li").skip(1).map(|part| text(part.split_once('>').expect("a tag ends").1));
        (heading.trim().to_owned(), number.parse().expect("a number"), parts.collect())
    });
    lists.collect()
}

#[test]
fn the_readiness_panel_counts_what_it_lists_and_lists_each_part_once() {
    let site = site(
        r#"
-- relbook.toml --
[process.release.patch]
draft = ["initiator"]
-- releases/REL-1.md --
---
title: Ahead
release_type: minor
status: scheduled
initiator: A. Person
changes: [CHG-1]
configuration_items: [shop]
raci: [{activity: All, responsible: A, accountable: B}]
review: {on: 2026-11-20, by: C}
---
## Rollback plan

Back.
-- releases/REL-2.md --
---
title: Nothing is wanted
release_type: major
status: draft
configuration_items: [shop]
---
-- releases/REL-3.md --
---
title: One is missing
release_type: patch
status: draft
---
-- releases/REL-4.md --
---
title: Emergency
release_type: emergency
status: closed
configuration_items: [shop]
---
-- changes/CHG-1.md --
---
title: Delivered
change_type: normal
status: assessment
configuration_items: [shop]
---
-- changes/CHG-2.md --
---
title: Alone
change_type: normal
status: approved
configuration_items: [shop]
---
"#,
    );
    for route in
        ["releases/REL-1", "releases/REL-2", "releases/REL-3", "releases/REL-4", "changes/CHG-1", "changes/CHG-2"]
    {
        let html = site.text(&format!("{route}.html"));
        let (_, panel) = html.split_once("aria-labelledby=\"readiness\"").unwrap_or_else(|| panic!("{route}"));
        let panel = panel.split_once("</section>").expect("the panel ends").0;
        let lists = lists(panel);
        for (heading, number, parts) in &lists {
            assert_eq!(*number, parts.len(), "{route}: {heading}: {parts:?}");
        }
        let of = |name: &str| lists.iter().find(|(heading, ..)| heading == name).map_or(0, |(_, number, _)| *number);
        let (missing, in_place) = (of("Missing"), of("In place"));
        let said = match missing + in_place {
            0 => "nothing is wanted while draft".to_owned(),
            1 => format!("{in_place} of 1 part in place"),
            wanted => format!("{in_place} of {wanted} parts in place"),
        };
        assert!(panel.contains(&format!("Readiness <span class=\"n\">{said}</span>")), "{route}: {said}: {panel}");
        let summary: Vec<String> = ["In place", "Wanted later", "Not wanted"]
            .iter()
            .filter(|name| of(name) > 0)
            .map(|name| format!("{} {}", of(name), name.to_lowercase()))
            .collect();
        if !summary.is_empty() {
            assert!(panel.contains(&format!("<summary>{}</summary>", summary.join(", "))), "{route}: {panel}");
        }
        // The parts of a delivered change are its release's; a change delivers nothing and has no release notes.
        let mut listed: Vec<&str> =
            lists.iter().flat_map(|(.., parts)| parts).map(|part| part.trim_end_matches(" (there already)")).collect();
        listed.sort_unstable();
        let is_release = route.starts_with("releases");
        let mut all: Vec<&str> = Part::ALL
            .iter()
            .filter(|part| is_release || !matches!(part, Part::Changes | Part::ReleaseNotes))
            .filter(|part| !part.is_of_site())
            .map(|part| part.label())
            .collect();
        all.sort_unstable();
        if route == "changes/CHG-1" {
            listed.iter().for_each(|part| assert!(all.contains(part), "{part}"));
        } else {
            assert_eq!(listed, all, "{route}");
        }
    }
    let text = site.page("releases/REL-1.html").part("readiness").text();
    assert!(text.contains("Post-implementation review (there already)"), "what is there too early is told: {text}");
}
