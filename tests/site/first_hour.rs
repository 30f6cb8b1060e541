//! Twenty small files, typed as somebody types who has read no manual, are clean after two rounds of `check`, following
//! nothing but the messages.
//!
//! In each round every replacement that a finding carries is written into the file; what is left is edited by hand, and
//! each such edit names words of a finding that told it. `RELBOOK_BLESS=1` writes the transcript anew.

use std::fs;
use std::path::Path;

use relbook::diag::{Finding, Findings, Folders, Format, Level};

use super::harness::{check, folder, root};
use super::suggestions::apply_all;

/// An edit by hand: the file, words of a finding about it in this round, and what is written for what. Where nothing
/// is replaced, the file is moved to where the second text says.
type Edit = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const FIRST: &[Edit] = &[
    ("release/REL-2026-005.md", "call it `releases`", "", "releases/REL-2026-005.md"),
    ("REL-2026-006.md", "move it into one of `releases`", "", "releases/REL-2026-006.md"),
    ("Changes/CHG-3.md", "call it `changes`", "", "changes/CHG-3.md"),
    ("known_errors/KE-3.md", "call it `known-errors`", "", "known-errors/KE-3.md"),
    ("releases/REL-2026-002.md", "write `windows: [{start: 2026-12-01T22:00, end: 2026-12-01T23:00}]`", "planned_start: 2026-12-01T22:00\nplanned_end: 2026-12-01T23:00", "windows: [{start: 2026-12-01T22:00, end: 2026-12-01T23:00}]"),
    ("releases/REL-2.markdown", "belongs to `title`, which is there already", "name: Crane display\n", ""),
    ("releases/REL-2.markdown", "write `2026-11-28`", "10.11.2026", "2026-11-10"),
    ("releases/REL-2026-007/index.md", "allowed: major, minor", "feature", "minor"),
    ("releases/REL-2026-007/index.md", "write `artefacts: [{kind: additional, file: guide.pdf}]`", "attachments: guide.pdf", "artefacts: [{kind: additional, file: guide.pdf}]"),
    ("changes/CHG-1.md", "write it as `approvals: [{by: Femke Osinga, on: 2026-11-28, decision: approved}]`", "approvals: Femke Osinga", "approvals: [{by: Femke Osinga, on: 2026-11-08, decision: approved}]"),
    ("changes/CHG-002.md", "write `windows: [{start: 2026-12-01T22:00, end: 2026-12-01T23:00, time_zone: UK}]`", "start_date: 2026-12-01T22:00\nend_date: 2026-12-01T23:00\ntime_zone: UK", "windows: [{start: 2026-12-01T22:00, end: 2026-12-01T23:00, time_zone: UK}]"),
    ("changes/CHG-002.md", "belongs to `configuration_items`, which is there already", "[gate-north]\naffected: gate-south", "[gate-north, gate-south]"),
    ("changes/CHG-4.md", "write it as `impact: {security: {outcome: accepted, by: Who reviewed, on: 2026-11-28}}`", "impact: high", "impact: {security: {outcome: accepted, by: Ilse Brandt, on: 2026-11-20}}"),
    ("changes/CHG-4.md", "put it in brackets, `[{…}]`", "{responsible: Karel, accountable: Ilse}", "[{responsible: Karel, accountable: Ilse}]"),
    ("changes/CHG-4.md", "add a line `activity: …`", "[{responsible", "[{activity: Install, responsible"),
    ("changes/CHG-4.md", "write it as `escalation: [{level: 1, contact: Operations desk}]`", "escalation: Operations desk", "escalation: [{level: 1, contact: Operations desk}]"),
    ("changes/CHG-4.md", "write it as `windows: [{start: 2026-12-08T22:00, end: …}]`", "windows: 2026-12-08T22:00", "windows: [{start: 2026-12-08T22:00, end: 2026-12-08T23:00}]"),
    ("calendar/nights.md", "write it as `applies_to: {configuration_items: [gate-north]}`", "applies_to: gate-north", "applies_to: {configuration_items: [gate-north]}"),
    ("configuration-items/gate-db.md", "without a list: `criticality: high`", "[high]", "high"),
    ("known-errors/KE-2.md", "no more than the placeholder `TBD`", "workaround: TBD", "workaround: Convert by hand."),
    ("pages/escalation.md", "a tag of Liquid or Jinja", "{% include \"phone.md\" %}\n\n", ""),
    ("pages/escalation.md", "goes under `extra:`", "date: 2026-11-01", "extra: {date: 2026-11-01}"),
];

/// What the moved files still want, and what two findings said of one place, is all told with replacements.
const SECOND: &[Edit] = &[];

/// The site as it was typed.
const SITE: &str = r#"
-- relbook.toml --
title = "Quay North"
time_zone = "Europe/London"
-- releases/REL-2026-001.md --
---
title: “Gate controller 2.0”
type: minor
version: 2.0
status: done
date: 2026-11-10
requester: Ilse Brandt
ci: gate-north
change: CHG-1
service: Gate
---

Opens the quay gate sooner.
-- releases/REL-2026-002.md --
---
title: Gate controller 2.1
type: patch
version: 2.1
status: planned
planned_start: 2026-12-01T22:00
planned_end: 2026-12-01T23:00
author: Ilse Brandt
cis: [gate-north, gate-south]
changes: [2]
service: Gate
---

Closes it sooner too.

## Roll-back plan

Put 2.0 back.

## 4. Test plan

Open and close it ten times.
-- releases/REL-2.markdown --
---
title: Crane display 1.0
type: major
version: 1.0
status: live
name: Crane display
release_date: 10.11.2026
affected_systems: crane-1
service: Crane
description: Shows the load to the driver.
---

Shows the load.
-- releases/REL-2026-004.md --
+++
title = “Crane display 1.1”
version = "1.1"
status = "completed"
date = 2026-11-12
systems = "crane-1"
service = "Crane"
+++

Shows the wind too.
-- release/REL-2026-005.md --
---
title: Weighbridge 3.0
type: major
status: draft
assets: [weighbridge]
service: Weighbridge
---

Weighs lorries while they roll.
-- REL-2026-006.md --
---
title: Weighbridge 3.1
status: draft
cis: weighbridge
service: Weighbridge
---

Weighs trailers apart.
-- changes/CHG-1.md --
---
title: Gate: new seals
type: normal
status: implemented
requested_by: Ilse Brandt
risk: medium
priority: P2
systems: gate-north, gate-south
approvals: Femke Osinga
---

New seals for the gate.
-- changes/CHG-002.md --
---
title: Gate: new motor
type: emergency
state: scheduled
start_date: 2026-12-01T22:00
end_date: 2026-12-01T23:00
time_zone: UK
configuration_items: gate-north
affected: gate-south
---

A new motor for the north gate.
-- Changes/CHG-3.md --
---
title: New cable for the crane
type: standard
status: draft
ci: crane-1
---

The old one is worn.
-- changes/CHG-4.md --
---
title: Crane software
change_type: normal
status: draft
impact: high
configuration_items: [crane-1]
raci: {responsible: Karel, accountable: Ilse}
escalation: Operations desk
windows: 2026-12-08T22:00
---

New software for the crane.
-- known-errors/KE-1.md --
---
title: Barrier sticks
status: closed
severity: medium
introduced_in: [2.0]
fixed_in: [REL-2026-2]
affected_systems:
  - gate-north
detected: 2026-11-11
workaround: Lift it by hand.
---

Seen on the north quay.
-- known-errors/KE-2.md --
---
title: Load shown in pounds
status: open
severity: 1 - Critical
assignee: Karel Novotny
date: 2026-11-13
found_in: Crane display 1.0
workaround: TBD
---

## Known issues

The driver has to convert.
-- known_errors/KE-3.md --
---
title: Weighbridge counts twice
status: fixed
severity: minor
introduced_in: [REL-2026-005]
---

Only with two trailers.
-- calendar/christmas.md --
---
title: Christmas
type: freeze
from: 2026-12-20
until: 2026-12-31
timezone: Pacific Time
---
-- calendar/nights.md --
---
title: Gate nights
type: maintenance
start: 2026-11-03T22:00
duration: 2 hours
rrule: FREQ=WEEKLY;BYDAY=TU
timezone: GMT+1
applies_to: gate-north
---
-- configuration-items/gate-north.md --
---
name: Gate north
type: network
criticality: medium
depends_on: gate_db
---
-- configuration-items/gate-db.md --
---
name: Gate database
type: database
team: Operations
criticality: [high]
---
-- problems/PRB-1.md --
---
title: Barriers stick in the cold
status: fixed
severity: 2 - High
ci: Gate-North
---
-- pages/escalation.md --
---
title: How to escalate
date: 2026-11-01
author: Ilse Brandt
---

{% include "phone.md" %}

Call the desk.
-- releases/REL-2026-007/index.md --
---
title: Gate manual
release_type: feature
status: draft
ci: [gate-north]
attachments: guide.pdf
supersedes: 2.1
---

The manual of the gate.
-- releases/REL-2026-007/guide.pdf --
%PDF-1.4
"#;

/// All that a finding says.
fn words(finding: &Finding) -> String {
    format!("{}\n{}\n{}", finding.message, finding.label, finding.help.join("\n"))
}

/// One round: what the check says, in full, and the edits that it tells.
fn round(site: &Path, edits: &[Edit]) -> String {
    let checked = check(site, None);
    let findings = checked.report.findings();
    for (path, told, ..) in edits {
        let is_told = findings
            .iter()
            .any(|(_, finding)| checked.sources[finding.place.source].path == *path && words(finding).contains(told));
        assert!(is_told, "nothing says `{told}` of {path}:\n{}", said(site));
    }
    let said = said(site);
    apply_all(site);
    for (path, _, from, to) in edits {
        let text = fs::read_to_string(site.join(path)).unwrap();
        if from.is_empty() {
            fs::create_dir_all(site.join(to).parent().unwrap()).unwrap();
            fs::rename(site.join(path), site.join(to)).unwrap();
            continue;
        }
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}:\n{text}");
        fs::write(site.join(path), text.replace(from, to)).unwrap();
    }
    said
}

/// What a person is told.
fn said(site: &Path) -> String {
    let checked = check(site, None);
    let (report, sources, folders) = (&checked.report, &checked.sources, &Folders::default());
    let mut text = Vec::new();
    let findings = Findings { report, sources, folders, lints: relbook::lints::ALL };
    Format::Human.print(&findings, None, &mut text).expect("a Vec takes everything");
    let text = String::from_utf8(text).unwrap();
    let plain = anstream::adapter::strip_str(&text).to_string();
    plain.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn twenty_files_are_clean_after_two_rounds() {
    let site = folder(SITE);
    let records = super::harness::tree(site.path()).into_keys().filter(|path| path.contains(".m")).count();
    assert_eq!(records, 20);
    let first = round(site.path(), FIRST);
    let second = round(site.path(), SECOND);
    let third = said(site.path());
    let left = check(site.path(), None);
    let errors = left.report.count(Level::Error);
    assert_eq!(errors, 0, "a third round would be needed:\n{third}");
    let of_structure = |code: &str| matches!(&code[..3], "RB0" | "RB1" | "RB2") || ["RB302", "RB321"].contains(&code);
    let left: Vec<&str> = left.report.findings().iter().map(|(_, finding)| finding.lint.code).collect();
    assert!(!left.iter().any(|code| of_structure(code)), "{third}");
    let transcript = format!("First round\n\n{first}\nSecond round\n\n{second}\nThen\n\n{third}");
    let path = root().join("tests/site/first_hour.txt");
    if std::env::var_os("RELBOOK_BLESS").is_some() {
        fs::write(&path, &transcript).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    assert!(reviewed == transcript, "the transcript is another; RELBOOK_BLESS=1 writes it anew");
}
