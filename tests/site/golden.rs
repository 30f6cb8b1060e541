//! Whole pages, compared with files: whatever changes in a page is seen in a review.
//!
//! `RELBOOK_BLESS=1 cargo test --test site golden` writes the files anew.

use std::fs;
use std::path::{Path, PathBuf};

use super::harness::site;

/// The pages that are compared, and the files that they are compared with.
const PAGES: &[(&str, &str)] = &[
    ("releases/REL-2.html", "release.html"),
    ("changes/CHG-1.html", "change.html"),
    ("known-errors/KE-1.html", "known-error.html"),
    ("configuration-items/ledger-db.html", "configuration-item.html"),
    ("releases/index.html", "list.html"),
    ("calendar/2026/11.html", "calendar-month.html"),
    ("lessons/index.html", "lessons.html"),
    ("index.html", "home.html"),
    ("customers/index.html", "customers.html"),
    ("deviations/index.html", "deviations.html"),
    ("deviations/2026.html", "deviations-year.html"),
    ("deviations/2026/releases.html", "deviations-releases.html"),
];

const FILES: &str = r#"
-- relbook.toml --
title = "Ledger releases"
time_zone = "Europe/Amsterdam"
[lints]
profile = "records"
[[tickets]]
pattern = "PRB-{number}"
url = "https://itsm.example.com/problems/{id}"
-- releases/REL-1.md --
---
title: Ledger 4.1
version: "4.1"
release_type: minor
status: closed
service: Ledger
planned_date: 2026-09-12
configuration_items: [ledger-db]
review:
  on: 2026-09-20
  by: Board
  outcome: successful-with-issues
  went_well: The rollback was rehearsed
  lessons:
    - lesson: Test with the load of a Monday
      theme: testing
      actions: [{action: Record a Monday, owner: Operations, due: 2026-11-20}]
---
-- releases/REL-2.md --
---
title: Ledger 4.2 & totals
version: "4.2"
release_type: minor
status: scheduled
summary: Totals are right to the cent.
service: Ledger
release_manager: R. Manager
changes: [CHG-1]
configuration_items: [ledger-db]
problems: [PRB-7]
effects: {external_parties: [{name: Bank, effect: files come an hour later, contact: bank@example.com}]}
impact: {security: {outcome: accepted, by: Security, on: 2026-11-10}}
raci: [{activity: Deploy, responsible: [Operations], accountable: R. Manager}]
approvals: [{role: Board, by: C. Chair, on: 2026-11-12, decision: approved}]
windows: [{start: 2026-11-28T22:00, end: 2026-11-29T02:00, downtime: partial}]
notifications: [{audience: Shops, channel: mail, due: 2026-11-21}]
tests: [{phase: pre, kind: load, result: passed, on: 2026-11-14}]
artefacts: [{kind: installation-guide, title: How to install, file: guide.txt}]
supersedes: REL-1
stages:
  - {name: Branches & tills, start: 2026-11-28T22:00, end: 2026-11-28T23:30, share: 12.5 %, hold_if: a total differs}
  - {name: Everybody, start: 2026-11-28T23:30, end: 2026-11-29T02:00, share: 100 %}
---
## Description

Totals are computed anew, see CHG-1 and [[KE-1|the rounding]].

## Rollback plan

1. Stop the ledger.
2. Restore `ledger-db`.

| step | minutes |
| --- | --: |
| restore | 20 |
-- releases/guide.txt --
Unpack it.
-- changes/CHG-1.md --
---
title: Compute totals in cents
change_type: normal
risk: moderate
status: approved
configuration_items: [ledger-db]
---
-- known-errors/KE-1.md --
---
title: Totals are a cent off
status: confirmed
severity: moderate
detected: 2026-09-15
service: Ledger
error_codes: ["LED-1042: totals differ"]
introduced_in: [REL-1]
planned_fix: REL-2
problems: [PRB-7]
configuration_items: [ledger-db]
---
## Workaround

Run the report again.

## Root cause

Rounding.
-- configuration-items/ledger-db.md --
---
name: Ledger database
class: database
criticality: high
support_group: Databases
depends_on: [db-cluster]
escalation: [{contact: Duty manager, channel: phone, after: 30 minutes}]
---
-- calendar/year-end.md --
---
title: Year end
kind: freeze
start: 2026-11-30T00:00
end: 2026-12-05T00:00
reason: The books are closed
---
"#;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/golden")
}

#[test]
fn pages_are_as_they_were_reviewed() {
    let site = site(FILES);
    let is_blessed = std::env::var_os("RELBOOK_BLESS").is_some_and(|value| value == "1");
    let mut differing = Vec::new();
    for (route, name) in PAGES {
        let path = golden().join(name);
        let main = format!("{}\n", site.page(route).main().html().trim());
        if is_blessed {
            fs::create_dir_all(golden()).unwrap();
            fs::write(&path, &main).unwrap();
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default();
        if main != wanted {
            let line =
                main.lines().zip(wanted.lines().chain(std::iter::repeat(""))).position(|(one, other)| one != other);
            let line = line.unwrap_or(wanted.lines().count().min(main.lines().count()));
            let of = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
            differing.push(format!(
                "{route}, line {} of {name}:\n  was: {}\n  is:  {}",
                line + 1,
                of(&wanted),
                of(&main)
            ));
        }
    }
    assert!(differing.is_empty(), "RELBOOK_BLESS=1 takes these over, once they are right:\n{}", differing.join("\n"));
}

#[test]
fn every_golden_file_is_used() {
    let mut there: Vec<String> =
        fs::read_dir(golden()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut used: Vec<&str> = PAGES.iter().map(|(_, name)| *name).collect();
    there.sort();
    used.sort();
    assert_eq!(there, used);
}
