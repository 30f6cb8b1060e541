//! The example under the strict profile: clean as it is, and with each single fault exactly the one finding of that
//! fault, at its line.

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use relbook::diag::Profile;
use tempfile::TempDir;

use super::harness::{check, places, put, tree};

/// A fault: what it is, the file, the text that is replaced and by what, and the finding as `code path:line`.
///
/// An ellipsis in the text stands for everything up to what follows it. Where there is no text to replace, a file is
/// taken away, or put there.
type Mutation = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const MUTATIONS: &[Mutation] = &[
    ("a misspelt severity", "known-errors/KE-0124.md", "severity: low", "severity: lowe", "RB102 known-errors/KE-0124.md:8"),
    ("a day that no month has", "known-errors/KE-0124.md", "2026-08-26", "2026-08-32", "RB103 known-errors/KE-0124.md:12"),
    ("a misspelt key", "known-errors/KE-0124.md", "owner:", "ownner:", "RB005 known-errors/KE-0124.md:7"),
    ("no title", "known-errors/KE-0124.md", "title: …\nstatus", "status", "RB006 known-errors/KE-0124.md:1"),
    ("text where a list is meant", "releases/2026/REL-2026-027.md", "tags: [android, rollout]", "tags: android", "RB101 releases/2026/REL-2026-027.md:56"),
    ("a script in a link", "releases/2026/REL-2026-027.md", "\"https://dashboards.example.com/handheld/rollout-12\"", "\"javascript:open()\"", "RB106 releases/2026/REL-2026-027.md:58"),
    ("a zone that is none", "releases/2026/REL-2026-028.md", "Europe/London", "Europe/Lundon", "RB104 releases/2026/REL-2026-028.md:34"),
    ("a time that the clocks skip", "releases/2026/REL-2026-030.md", "2027-01-13T20:30\n    end: 2027-01-13T22:30", "2027-03-28T02:30\n    end: 2027-03-28T04:30", "RB105 releases/2026/REL-2026-030.md:37"),
    ("a key given twice", "releases/2026/REL-2026-028.md", "version: \"3.4.1\"", "version: \"3.4.1\"\nversion: \"3.4.2\"", "RB004 releases/2026/REL-2026-028.md:6"),
    ("a change that is not there", "releases/2026/REL-2026-028.md", "changes: [CHG-2095]", "changes: [CHG-2095, CHG-9999]", "RB202 releases/2026/REL-2026-028.md:12"),
    ("a known error for a change", "releases/2026/REL-2026-028.md", "changes: [CHG-2095]", "changes: [CHG-2095, KE-0118]", "RB203 releases/2026/REL-2026-028.md:12"),
    ("a release that replaces itself", "releases/2026/REL-2026-029.md", "version: \"4.9.0\"", "version: \"4.9.0\"\nsupersedes: REL-2026-029", "RB204 releases/2026/REL-2026-029.md:6"),
    ("an artefact that was taken away", "releases/2026/REL-2026-014/deployment-test-sheet.csv", "", "", "RB205 releases/2026/REL-2026-014/index.md:66"),
    ("a link to nowhere", "pages/release-policy.md", "../calendar/peak-2026.md", "../calendar/peak-2028.md", "RB206 pages/release-policy.md:40"),
    ("no configuration item", "changes/CHG-2100.md", "configuration_items: [fw-core]\n", "", "RB207 changes/CHG-2100.md:1"),
    ("an exception that nothing needs", "changes/CHG-2100.md", "risk: high", "allow: {no-review: not closed yet}\nrisk: high", "RB008 changes/CHG-2100.md:6"),
    ("a misspelt key hides no more than itself", "releases/2026/REL-2026-029.md", "approvals:", "aprovals:", "RB005 releases/2026/REL-2026-029.md:34"),
    ("no rollback plan", "releases/2026/REL-2026-029.md", "## Rollback plan", "## How we go back", "RB301 releases/2026/REL-2026-029.md:7"),
    ("no test plan", "releases/2026/REL-2026-029.md", "## Test plan", "## Tests", "RB301 releases/2026/REL-2026-029.md:7"),
    ("no deployment plan", "releases/2026/REL-2026-030.md", "## Deployment plan", "## The night", "RB301 releases/2026/REL-2026-030.md:8"),
    ("no implementation plan", "releases/2026/REL-2026-027.md", "## Implementation plan", "## Before", "RB301 releases/2026/REL-2026-027.md:8"),
    ("no initiator", "releases/2026/REL-2026-029.md", "initiator: Gerda Pauwels\n", "", "RB301 releases/2026/REL-2026-029.md:7"),
    ("no stakeholders", "releases/2026/REL-2026-029.md", "raci:…\nescalation", "escalation", "RB301 releases/2026/REL-2026-029.md:7"),
    ("no escalation channel", "releases/2026/REL-2026-027.md", "escalation:…\napprovals", "approvals", "RB301 releases/2026/REL-2026-027.md:8"),
    ("no effects", "releases/2026/REL-2026-030.md", "effects:…\nimpact", "impact", "RB301 releases/2026/REL-2026-030.md:8"),
    ("no window", "releases/2026/REL-2026-029.md", "windows:…\nnotifications", "notifications", "RB301 releases/2026/REL-2026-029.md:7"),
    ("no notification", "releases/2026/REL-2026-029.md", "notifications:…\ntests", "tests", "RB301 releases/2026/REL-2026-029.md:7"),
    ("a patch without a rollback plan", "releases/2026/REL-2026-028.md", "## Rollback plan", "## Way back", "RB301 releases/2026/REL-2026-028.md:7"),
    ("a change without a rollback plan", "changes/CHG-2100.md", "## Rollback plan", "## Way back", "RB301 changes/CHG-2100.md:4"),
    ("an empty heading", "releases/2026/REL-2026-028.md", "## Test plan", "## Installation guide\n\n## Test plan", "RB302 releases/2026/REL-2026-028.md:62"),
    ("a placeholder in a standard change", "changes/CHG-2092.md", "Packages of 16.8 are on the hosts; minor versions go back.", "TBD", "RB302 changes/CHG-2092.md:54"),
    ("a placeholder in a delivered change", "changes/CHG-2095.md", "Former image after stopping the queue.", "*To be done.*", "RB302 changes/CHG-2095.md:30"),
    ("nobody approved it", "releases/2026/REL-2026-029.md", "approvals:…\nwindows", "windows", "RB304 releases/2026/REL-2026-029.md:7"),
    ("an approver said no", "releases/2026/REL-2026-029.md", "by: Ilse Brandt, on: 2026-11-18, decision: approved", "by: Ilse Brandt, on: 2026-11-18, decision: rejected", "RB304 releases/2026/REL-2026-029.md:35"),
    ("approved after the start", "releases/2026/REL-2026-025.md", "by: Femke Osinga, on: 2026-10-30", "by: Femke Osinga, on: 2026-11-05", "RB304 releases/2026/REL-2026-025.md:29"),
    ("approved by the initiator alone", "releases/2026/REL-2026-025.md", "Femke Osinga, on: 2026-10-30, decision: approved}\n  - {role: Operations, by: Henk Lubbers, on: 2026-10-30, decision: approved}", "Mats Ekdal, on: 2026-10-30, decision: approved}", "RB304 releases/2026/REL-2026-025.md:29"),
    ("an emergency approved a week late", "changes/CHG-2088.md", "by: Ilse Brandt, on: 2026-10-13", "by: Ilse Brandt, on: 2026-10-21", "RB304 changes/CHG-2088.md:25"),
    ("no security review", "releases/2026/REL-2026-029.md", "  security: …\n  operational", "  operational", "RB305 releases/2026/REL-2026-029.md:24"),
    ("a review that said no", "releases/2026/REL-2026-030.md", "operational: {outcome: accepted", "operational: {outcome: rejected", "RB305 releases/2026/REL-2026-030.md:26"),
    ("no operational review of a change", "changes/CHG-2100.md", "  operational: …\nraci", "raci", "RB305 changes/CHG-2100.md:18"),
    ("a status ahead of its review", "releases/2027/REL-2027-001.md", "status: assessment", "status: approved", "RB305 releases/2027/REL-2027-001.md:23"),
    ("told too late", "releases/2026/REL-2026-025.md", "sent: 2026-10-29", "sent: 2026-11-06", "RB306 releases/2026/REL-2026-025.md:39"),
    ("never told", "releases/2026/REL-2026-026.md", ", sent: 2026-11-06", "", "RB306 releases/2026/REL-2026-026.md:39"),
    ("an emergency of which nobody was told in time", "changes/CHG-2088.md", "sent: 2026-10-13", "sent: 2026-10-15", "RB306 changes/CHG-2088.md:35"),
    ("an audience with a letter too few", "relbook.toml", "\"Contracted carriers\" = 4", "\"Contracted cariers\" = 4", "RB329 relbook.toml:43"),
    ("deployed with a failed test", "releases/2026/REL-2026-025.md", "result: passed, on: 2026-10-27", "result: failed, on: 2026-10-27", "RB307 releases/2026/REL-2026-025.md:41"),
    ("closed before the test after it", "releases/2026/REL-2026-007.md", "result: passed, on: 2026-03-11", "result: pending, on: 2026-03-11", "RB307 releases/2026/REL-2026-007.md:43"),
    ("closed without any test", "changes/CHG-2088.md", "tests:…\nreview", "review", "RB307 changes/CHG-2088.md:4"),
    ("rolled back and nobody says why", "releases/2026/REL-2026-024.md", "outcome: deployed", "outcome: rolled-back", "RB308 releases/2026/REL-2026-024.md:38"),
    ("a rollback without a root cause", "releases/2026/REL-2026-025.md", "status: deployed", "status: deployed\nrollback: {at: 2026-11-04T21:10, trigger: Refused calls}", "RB308 releases/2026/REL-2026-025.md:8"),
    ("a second window without an approval", "releases/2026/REL-2026-008.md", "    approved_by: Wim Scholten\n    approved_on: 2026-04-01\n", "", "RB309 releases/2026/REL-2026-008.md:49"),
    ("a second window with the first approval", "releases/2026/REL-2026-008.md", "approved_on: 2026-04-01", "approved_on: 2026-03-11", "RB309 releases/2026/REL-2026-008.md:56"),
    ("rolled back and left there", "changes/CHG-2092.md", "status: deployed", "status: rolled-back\nrollback: {root_cause: The standby had another C library}", "RB309 changes/CHG-2092.md:4"),
    ("closed without a review", "releases/2026/REL-2026-007.md", "review:…\n---", "---", "RB310 releases/2026/REL-2026-007.md:7"),
    ("a change closed without a review", "changes/CHG-2088.md", "review:…\nincidents_fixed", "incidents_fixed", "RB310 changes/CHG-2088.md:4"),
    ("two accountable", "releases/2026/REL-2026-028.md", "accountable: Nathalie Desmet", "accountable: [Nathalie Desmet, Karel Novotny]", "RB311 releases/2026/REL-2026-028.md:24"),
    ("nobody accountable", "releases/2026/REL-2026-027.md", "accountable: Henk Lubbers, ", "", "RB311 releases/2026/REL-2026-027.md:31"),
    ("scheduled with a change in assessment", "changes/CHG-2095.md", "status: scheduled", "status: assessment", "RB312 releases/2026/REL-2026-028.md:12"),
    ("deployed with a change in progress", "changes/CHG-2090.md", "status: deployed", "status: in-progress", "RB312 releases/2026/REL-2026-025.md:13"),
    ("closed with an open change", "releases/2026/REL-2026-025.md", "status: deployed", "status: closed", "RB312 releases/2026/REL-2026-025.md:13"),
    ("scheduled and over", "releases/2026/REL-2026-028.md", "2026-12-09T18:30\n    end: 2026-12-09T19:30", "2026-11-19T18:30\n    end: 2026-11-19T19:30", "RB313 releases/2026/REL-2026-028.md:7"),
    ("in progress and over", "changes/CHG-2092.md", "status: deployed", "status: in-progress", "RB313 changes/CHG-2092.md:4"),
    ("a window that ends before it starts", "releases/2026/REL-2026-029.md", "end: 2026-12-06T03:00", "end: 2026-12-05T21:00", "RB314 releases/2026/REL-2026-029.md:39"),
    ("work that ended before it began", "releases/2026/REL-2026-026.md", "actual_end: 2026-11-11T21:13", "actual_end: 2026-11-11T20:13", "RB314 releases/2026/REL-2026-026.md:36"),
    ("work before its approval", "releases/2026/REL-2026-027.md", "approved_on: 2026-11-05", "approved_on: 2026-11-17", "RB314 releases/2026/REL-2026-027.md:46"),
    ("resolved before it was detected", "known-errors/KE-0112.md", "resolved: 2026-11-04", "resolved: 2026-09-04", "RB314 known-errors/KE-0112.md:19"),
    ("reviewed before it happened", "releases/2026/REL-2026-007.md", "on: 2026-03-18", "on: 2026-02-18", "RB314 releases/2026/REL-2026-007.md:45"),
    ("a test after it from before it", "releases/2026/REL-2026-025.md", "result: passed, on: 2026-11-04", "result: passed, on: 2026-10-04", "RB314 releases/2026/REL-2026-025.md:42"),
    ("an incident from before the work that caused it", "changes/CHG-2073.md", "2026-06-28T11:58", "2026-06-28T06:12", "RB314 changes/CHG-2073.md:14"),
    ("a component in the place of another version", "releases/2026/REL-2026-025.md", "before: \"7.3.0\"", "before: \"7.2.0\"", "RB322 releases/2026/REL-2026-025.md:44"),
    ("one component in two versions", "releases/2026/REL-2026-025.md", "components:\n", "components:\n  - {item: trace-api, version: \"7.3.0\"}\n", "RB322 releases/2026/REL-2026-025.md:45"),
    ("a stage in no window", "releases/2026/REL-2026-027.md", "end: 2026-11-27T23:00, share", "end: 2026-11-28T23:00, share", "RB314 releases/2026/REL-2026-027.md:63"),
    ("a rollout that shrinks", "releases/2026/REL-2026-027.md", "share: 73.8 %", "share: 7.38 %", "RB325 releases/2026/REL-2026-027.md:62"),
    ("a rollout that goes on past what was taken back", "releases/2026/REL-2026-027.md", "share: 13.8 %, outcome: deployed", "share: 13.8 %, outcome: rolled-back", "RB325 releases/2026/REL-2026-027.md:61"),
    ("a standard change of no model", "changes/CHG-2092.md", "standard_change: SC-001\n", "", "RB323 changes/CHG-2092.md:5"),
    ("a model that is not there", "changes/CHG-2092.md", "standard_change: SC-001", "standard_change: SC-091", "RB202 changes/CHG-2092.md:35"),
    ("a model of other items", "standard-changes/SC-001.md", "db-cluster-b, ", "", "RB323 changes/CHG-2092.md:10"),
    ("a model that nobody approved", "standard-changes/SC-004.md", "approved_by: Ilse Brandt\n", "", "RB323 changes/CHG-2080.md:46"),
    ("a model that had run out", "standard-changes/SC-002.md", "valid_until: 2027-01-31", "valid_until: 2026-05-01", "RB323 changes/CHG-2064.md:37"),
    ("a normal change of a model", "changes/CHG-2099.md", "risk: low", "standard_change: SC-003\nrisk: low", "RB323 changes/CHG-2099.md:6"),
    ("a model that had failed", "changes/CHG-2044.md", "kind: count of rows, result: passed, on: 2025-12-10}\n", "kind: count of rows, result: passed, on: 2025-12-10}\nreview: {on: 2025-12-12, by: Rui Tavares, outcome: unsuccessful, lessons: [{lesson: Count twice}]}\n", "RB323 changes/CHG-2046.md:19"),
    ("an emergency of nothing", "changes/CHG-2088.md", "incidents_fixed: [INC-55107]\n", "", "RB324 changes/CHG-2088.md:5"),
    ("on the firewall at the same time", "releases/2026/REL-2026-030.md", "2027-01-13T20:30\n    end: 2027-01-13T22:30", "2027-01-17T01:30\n    end: 2027-01-17T02:30", "RB401 releases/2026/REL-2026-030.md:37"),
    ("a new change on what billing needs", "changes/CHG-2200.md", "", "---\ntitle: Partitions of the event bus\nstatus: assessment\nconfiguration_items: [event-bus]\nwindows:\n  - start: 2026-12-05T23:00\n    end: 2026-12-06T00:00\nchange_type: normal\ninitiator: Priya Raman\n---\n\n## Description\n\nSix partitions more.\n", "RB401 changes/CHG-2200.md:6"),
    ("into a hard freeze", "releases/2026/REL-2026-028.md", "2026-12-09T18:30\n    end: 2026-12-09T19:30", "2026-12-18T18:30\n    end: 2026-12-18T19:30", "RB406 releases/2026/REL-2026-028.md:32"),
    ("into the days between the years", "releases/2026/REL-2026-030.md", "2027-01-13T20:30\n    end: 2027-01-13T22:30", "2026-12-30T20:30\n    end: 2026-12-30T22:30", "RB406 releases/2026/REL-2026-030.md:37"),
    ("an exception that nobody approved", "calendar/peak-2026.md", "    approved_by: Wim Scholten\n", "", "RB405 releases/2026/REL-2026-027.md:41"),
    ("no exception from the freeze", "calendar/peak-2026.md", "exceptions:…\nowner", "owner", "RB402 releases/2026/REL-2026-027.md:41"),
    ("a database on a Friday", "releases/2026/REL-2026-029.md", "2026-12-05T22:00\n    end: 2026-12-06T03:00", "2026-12-04T22:00\n    end: 2026-12-05T03:00", "RB403 releases/2026/REL-2026-029.md:38"),
    ("longer than the maintenance time", "releases/2026/REL-2026-029.md", "end: 2026-12-06T03:00", "end: 2026-12-06T07:00", "RB403 releases/2026/REL-2026-029.md:38"),
    ("a sunday night", "releases/2027/REL-2027-001.md", "2027-01-23T22:00\n    end: 2027-01-24T06:00", "2027-01-24T22:00\n    end: 2027-01-25T06:00", "RB403 releases/2027/REL-2027-001.md:33"),
    ("one manager with two windows", "releases/2026/REL-2026-028.md", "2026-12-09T18:30\n    end: 2026-12-09T19:30", "2026-12-05T21:30\n    end: 2026-12-05T22:30", "RB404 releases/2026/REL-2026-029.md:38"),
    ("no word of a workaround", "known-errors/KE-0120.md", "workaround_status: none\n", "", "RB501 known-errors/KE-0120.md:4"),
    ("fixed by the release that brought it", "known-errors/KE-0112.md", "fixed_in: [REL-2026-025]", "fixed_in: [REL-2026-021]", "RB502 known-errors/KE-0112.md:21"),
    ("fixed in another service", "known-errors/KE-0112.md", "fixed_in: [REL-2026-025]", "fixed_in: [REL-2026-026]", "RB502 known-errors/KE-0112.md:21"),
    ("resolved by nothing", "known-errors/KE-0112.md", "fixed_in: [REL-2026-025]\n", "", "RB503 known-errors/KE-0112.md:6"),
    ("open for months and nothing planned", "known-errors/KE-0119.md", "detected: 2026-11-18", "detected: 2026-03-18", "RB504 known-errors/KE-0119.md:4"),
    ("fixed and still open", "known-errors/KE-0113.md", "status: resolved", "status: investigating", "RB505 known-errors/KE-0113.md:6"),
    ("resolved by what is to come", "known-errors/KE-0112.md", "fixed_in: [REL-2026-025]", "fixed_in: [REL-2027-001]", "RB505 known-errors/KE-0112.md:6"),
    ("a problem that is done with, and its error is not", "problems/PRB-3356.md", "status: known-error", "status: resolved", "RB505 problems/PRB-3356.md:4"),
    ("an action that is overdue", "releases/2026/REL-2026-008.md", "due: 2026-12-11", "due: 2026-11-11", "RB601 releases/2026/REL-2026-008.md:102"),
    ("an action without a day", "changes/CHG-2088.md", ", due: 2026-11-30", "", "RB602 changes/CHG-2088.md:51"),
    ("an action of nobody", "changes/CHG-2088.md", "owner: Yusuf Demirci, due: 2026-11-30", "due: 2026-11-30", "RB602 changes/CHG-2088.md:51"),
    ("a rollback that taught nothing", "releases/2026/REL-2026-015.md", "  lessons:…\ntags", "tags", "RB603 releases/2026/REL-2026-015.md:62"),
    ("a change's number in release notes", "releases/2026/REL-2026-025.md", "computed over the body exactly as received.", "computed over the body exactly as received, see CHG-2090.", "RB701 releases/2026/REL-2026-025.md:53"),
    ("a problem's number in a workaround", "known-errors/KE-0123.md", "Download the photo", "As PRB-3371 says, download the photo", "RB701 known-errors/KE-0123.md:17"),
    ("for customers, and no edition has it", "changes/CHG-2100.md", "risk: high", "audience: customer\nrisk: high", "RB702 changes/CHG-2100.md:6"),
    ("an item with a letter too few", "releases/2026/REL-2026-029.md", "[billing-engine, ledger-db]", "[billing-engine, ledger-db, shiping-db]", "RB202 releases/2026/REL-2026-029.md:14"),
    ("a problem with two letters in the other order", "releases/2026/REL-2026-029.md", "problems: [PRB-3369]", "problems: [PBR-3369]", "RB208 releases/2026/REL-2026-029.md:13"),
    ("a list of effects left out", "releases/2026/REL-2026-029.md", "  subcontractors: [none]\n", "", "RB301 releases/2026/REL-2026-029.md:7"),
    ("work on the day before its window", "releases/2026/REL-2026-025.md", "actual_start: 2026-11-04T…\n    outcome", "actual_start: 2026-11-03T09:00\n    actual_end: 2026-11-03T10:00\n    outcome", "RB314 releases/2026/REL-2026-025.md:36"),
    ("a test without evidence", "releases/2026/REL-2026-025.md", ", evidence: run 3275", "", "RB326 releases/2026/REL-2026-025.md:41"),
    ("nobody to call", "releases/2026/REL-2026-029.md", "{level: L2, contact: Ingrid Solheim, channel: ext. 4550, after: 30 min}", "{level: L2, after: 30 min}", "RB327 releases/2026/REL-2026-029.md:32"),
    ("notes of no problem", "releases/2026/REL-2026-025.md", "- Corrected: [[KE-0112]]. ", "- Corrected: ", "RB328 releases/2026/REL-2026-025.md:51"),
    ("a lesson of which nothing comes", "releases/2026/REL-2026-015.md", "      actions:\n        - {action: Yearly…SOR-412}\n", "", "RB604 releases/2026/REL-2026-015.md:84"),
    ("done, and nobody looked", "releases/2026/REL-2026-015.md", ", verified: 2026-07-16", "", "RB605 releases/2026/REL-2026-015.md:77"),
];

/// A copy of the example.
fn example() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example")) {
        if !path.starts_with("site/") {
            put(folder.path(), &path, &bytes);
        }
    }
    folder
}

/// What a team that gates its releases is told.
fn findings(folder: &Path) -> Vec<String> {
    places(&check(folder, Some(Profile::Strict)))
}

/// The text with the one place replaced that a mutation names.
fn mutated(text: &str, (what, _, from, to, _): &Mutation) -> String {
    let (head, tail) = from.split_once('\u{2026}').unwrap_or((from, ""));
    let start = text.find(head).unwrap_or_else(|| panic!("{what}: `{head}` is not there"));
    let behind = start + head.len();
    let end = text[behind..].find(tail).unwrap_or_else(|| panic!("{what}: `{tail}` is not there"));
    let mutated = format!("{}{to}{}", &text[..start], &text[behind + end + tail.len()..]);
    assert_ne!(mutated, text, "{what}");
    mutated
}

/// Puts one fault into the example; what was there before.
fn put_fault(folder: &Path, mutation: &Mutation) -> Option<Vec<u8>> {
    let (_, file, from, to, _) = *mutation;
    let before = fs::read(folder.join(file)).ok();
    match (&before, from) {
        (Some(_), "") => fs::remove_file(folder.join(file)).unwrap(),
        (Some(bytes), _) => {
            let text = std::str::from_utf8(bytes).unwrap();
            put(folder, file, mutated(text, mutation).as_bytes());
        }
        (None, _) => put(folder, file, to.as_bytes()),
    }
    before
}

/// Of some mutations, what is found other than expected; each is taken back before the next.
fn wrong(mutations: &[Mutation]) -> Vec<String> {
    let folder = example();
    let mut wrong = Vec::new();
    for mutation in mutations {
        let (what, file, .., expected) = *mutation;
        let before = put_fault(folder.path(), mutation);
        let found = findings(folder.path());
        if found != [expected] {
            wrong.push(format!("{what}: expected {expected}, found {found:?}"));
        }
        match before {
            Some(bytes) => put(folder.path(), file, &bytes),
            None => fs::remove_file(folder.path().join(file)).unwrap(),
        }
    }
    wrong
}

#[test]
fn the_example_is_clean_under_the_strict_profile() {
    assert_eq!(findings(example().path()), [""; 0]);
}

#[test]
fn each_fault_is_found_once_and_at_its_line() {
    let half = MUTATIONS.len().div_ceil(2);
    let wrong: Vec<String> = MUTATIONS.par_chunks(half).flat_map_iter(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), MUTATIONS.len(), wrong.join("\n"));
}
