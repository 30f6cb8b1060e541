//! Figures on the pages agree with a count over the front matter by another parser and other code: `count.py`.

use std::path::Path;
use std::process::Command;

use super::harness::{TODAY, folder, relbook, site, site_with};
use super::html::Page;

/// What the pages must say, by the other count: page, fragment, text. Nothing where Python or its YAML is not at hand.
fn counted(folder: &Path) -> Option<Vec<[String; 3]>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/count.py");
    match Command::new("python3").args(["-c", "import tomllib, yaml"]).output() {
        Ok(output) if output.status.success() => {}
        _ => {
            eprintln!("SKIPPED: python3 with PyYAML is not at hand, so that nothing is counted a second time");
            return None;
        }
    }
    let output = Command::new("python3").arg(script).arg(folder).arg(TODAY).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = String::from_utf8(output.stdout).expect("UTF-8");
    let row = |line: &str| -> [String; 3] {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.try_into().unwrap_or_else(|_| panic!("no three fields: {line}"))
    };
    Some(rows.lines().map(row).collect())
}

fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

fn assert_agrees(folder: &Path) {
    let Some(rows) = counted(folder) else { return };
    assert!(rows.len() > 20, "the other count has something to say: {rows:?}");
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let run = relbook(folder, &["build", ".", "--today", TODAY, "--out"]).arg(&site).output().unwrap();
    let mut differing = Vec::new();
    for [route, fragment, wanted] in rows {
        let html = std::fs::read_to_string(site.join(&route))
            .unwrap_or_else(|error| panic!("{route}: {error}: {}", String::from_utf8_lossy(&run.stderr)));
        let page = Page::new(&route, html);
        let part = if fragment == "-" { page.main() } else { page.part(&fragment) };
        let text = spaced(&part.text());
        let says = |wanted: &str| text.contains(&spaced(wanted)) || text.contains(spaced(wanted).trim_end());
        let is_said = if wanted.ends_with(|c: char| c.is_ascii_digit()) {
            text.contains(&spaced(&wanted))
        } else {
            says(&wanted)
        };
        if !is_said {
            differing.push(format!("{route}#{fragment} does not say `{wanted}`:\n  {text}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn the_example_agrees_with_another_count() {
    assert_agrees(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"));
}

#[test]
fn a_corpus_agrees_with_another_count() {
    match std::env::var_os("RELBOOK_CORPUS") {
        Some(folder) => assert_agrees(Path::new(&folder)),
        None => eprintln!("SKIPPED: RELBOOK_CORPUS names no folder of records to count"),
    }
}

/// What a deployment is and why it failed, said in every way there is; and what is none. By hand: R-1 to R-8, C-1 and C-2
/// are deployments; R-1 is without fault, and so are R-8 and C-2.
const EVERY_WAY: &str = r#"
-- relbook.toml --
time_zone = "Europe/London"
-- releases/R-1.md --
---
title: Live
status: deployed
planned_date: 2026-10-01
rollback: {}
incidents_fixed: [INC-9]
---
-- releases/R-2.md --
---
title: It tells of a rollback, and no window says so
status: closed
planned_date: 2026-10-02
rollback: {at: 2026-10-02T22:30, restored_at: 2026-10-02T23:15}
---
-- releases/R-3.md --
---
title: Taken back at first, and planned again
status: approved
windows:
  - {start: 2026-10-03T22:00, end: 2026-10-03T23:00, outcome: rolled-back}
  - {start: 2026-12-03T22:00, end: 2026-12-03T23:00}
---
-- releases/R-4.md --
---
title: It delivers a change that caused an incident
status: closed
planned_date: 2026-10-04
changes: [C-3]
---
-- releases/R-5.md --
---
title: So does a change that says where it is delivered
status: closed
planned_date: 2026-10-05
---
-- releases/R-6.md --
---
title: It caused an incident itself
status: deployed
planned_date: 2026-10-06
release_type: emergency
incidents_caused: [{id: INC-7, detected_at: 2026-10-07T09:00}]
---
-- releases/R-7.md --
---
title: Taken back, and then called off
status: cancelled
windows:
  - {start: 2026-10-07T22:00, end: 2026-10-07T23:00, outcome: rolled-back}
---
-- releases/R-8.md --
---
title: Only the window says that it is live
windows:
  - {start: 2026-10-08T22:00, end: 2026-10-08T23:00, outcome: deployed}
---
-- releases/R-9.md --
---
title: Going on
status: in-progress
planned_date: 2026-11-20
---
-- releases/R-10.md --
---
title: Live some day
status: deployed
---
-- releases/R-11.md --
---
title: Live, and dated tomorrow
status: deployed
planned_date: 2026-11-23
---
-- releases/R-12.md --
---
title: Called off
status: canceled
planned_date: 2026-10-12
---
-- releases/R-13.md --
---
title: Not a word of how far it is
planned_date: 2026-10-13
---
-- releases/R-14.md --
---
title: To come
status: scheduled
planned_date: 2026-11-21
---
-- changes/C-1.md --
---
title: Alone, and found unsuccessful
status: closed
change_type: emergency
planned_date: 2026-09-01
review: {outcome: unsuccessful}
---
-- changes/C-2.md --
---
title: Alone
status: review
planned_date: 2026-09-02
---
-- changes/C-3.md --
---
title: In a release
status: closed
incidents_caused: [INC-1]
---
-- changes/C-4.md --
---
title: In another
status: closed
releases: [R-5]
incidents_caused: [{id: INC-2}]
---
"#;

#[test]
fn whatever_fails_a_deployment_counts_and_what_is_left_out_is_said() {
    let folder = folder(EVERY_WAY);
    assert_agrees(folder.path());
    let site = super::harness::build(folder, |_| ());
    let failures = site.page("metrics/index.html").part("failures").text();
    let failures = spaced(&failures);
    for said in [
        "10 deployments. Failed: 70 % (7 of 10). Rolled back at least once: 30 % (3 of 10). Emergencies: 20 % (2 of 10).",
        "left out: 1 without a date, 1 dated after the day of the build, 1 cancelled, 1 in progress, 1 that do not say",
    ] {
        assert!(failures.contains(said), "{said}: {failures}");
    }
    let facts = site.page("releases/R-6.html").main().text();
    assert!(
        spaced(&facts).contains("Incidents caused INC-7, detected Wed 7 Oct 2026, 09:00 Europe/London, 08:00 UTC"),
        "{facts}"
    );
    assert!(site.page("releases/R-1.html").main().text().contains("INC-9"));
    assert!(!site.page("releases/R-1.html").main().text().contains("rolled back"), "{{}} tells of no rollback");
}

const FILES: &str = r#"
-- relbook.toml --
[editions.customer]
types = ["release"]
keys = ["title", "status", "planned_date", "windows"]
-- releases/REL-1.md --
---
title: One
audience: customer
status: rolled-back
release_type: minor
planned_date: 2026-10-01
service: Shop <b>
configuration_items: [shop]
rollback: {at: 2026-10-01T22:30, restored_at: 2026-10-01T23:15}
---
-- releases/REL-2.md --
---
title: Two
status: deployed
planned_date: 2026-11-01
service: Shop <b>
---
"#;

#[test]
fn few_records_make_no_percentage_and_none_makes_no_data() {
    let site = site(FILES);
    let page = site.page("metrics/index.html");
    let failures = page.part("failures").text();
    assert!(failures.contains("Failed: 1 of 2") && !failures.contains('%'), "{failures}");
    assert!(page.part("restored").text().contains("45 min, known for 1 of 1"), "{}", page.part("restored").text());
    assert!(page.part("lengths").text().contains("no data"), "{}", page.part("lengths").text());
    assert!(site.page("metrics/2026.html").main().text().contains("Oct"));
    assert!(site.has("metrics/services/Shop--b-.html"), "{:?}", site.tree_below("metrics/"));
}

#[test]
fn an_edition_for_others_has_no_metrics() {
    let site = site_with(FILES, |request| request.edition = Some("customer".to_owned()));
    assert!(site.tree_below("metrics/").is_empty(), "{:?}", site.tree_below("metrics/"));
    assert!(!site.text("index.html").contains("metrics/"));
}
