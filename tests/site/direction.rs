//! Texts of records run in their own direction, the page in that of its language.

use super::harness::site;
use super::html::{Token, VOID, attribute, tokens};

/// A word that runs from right to left; every text of the records below begins with it.
const WORD: &str = "\u{5e9}\u{5dc}\u{5d5}\u{5dd}";

const FILES: &str = r#"
-- relbook.toml --
title = "WORD site"
[lints]
profile = "records"
-- releases/REL-1.md --
---
title: WORD release
summary: WORD summary
service: Ledger
version: "1"
release_type: minor
status: closed
release_manager: WORD manager
planned_date: 2026-11-01
configuration_items: [ledger-db]
business_case: WORD case
effects: {business_areas: [{name: WORD area, effect: WORD effect}]}
impact: {security: {outcome: accepted, by: WORD reviewer, on: 2026-10-01, notes: WORD notes}}
raci: [{activity: WORD activity, responsible: WORD responsible, accountable: WORD accountable}]
escalation: [{level: 1, contact: WORD contact, channel: WORD channel}]
approvals: [{role: WORD role, by: WORD approver, on: 2026-10-02, decision: approved, comment: WORD comment}]
windows: [{start: 2026-11-01T20:00, end: 2026-11-01T22:00, outcome: deployed, approved_by: WORD board, approved_on: 2026-10-03}]
notifications: [{audience: WORD audience, channel: WORD mail, due: 2026-10-20, sent: 2026-10-20}]
tests: [{phase: pre, kind: WORD test, result: passed, on: 2026-10-01}]
rollback: {at: 2026-11-01T21:00, trigger: WORD trigger, root_cause: WORD root, resolution: WORD resolution}
review:
  on: 2026-11-05
  by: WORD judge
  planned_vs_actual: WORD planned
  went_well: [WORD well, WORD better]
  went_wrong: WORD wrong
  lessons: [{lesson: WORD lesson, theme: testing, actions: [{action: WORD action, owner: WORD owner, due: 2026-11-06}]}]
extra: {WORD key: WORD value}
---
WORD lead

## WORD heading

- WORD item

| WORD head |
| --- |
| WORD cell |
-- known-errors/KE-1.md --
---
title: WORD error
status: open
configuration_items: [ledger-db]
symptoms: WORD symptom
cause: WORD cause
workaround: WORD workaround
error_codes: [WORD message]
---
-- problems/PRB-1.md --
---
title: WORD problem
cause: WORD reason
---
-- calendar/F-1.md --
---
title: WORD freeze
kind: freeze
start: 2026-11-20
end: 2026-11-25
reason: WORD season
---
-- pages/P-1.md --
---
title: WORD page
---
WORD text
"#;

/// Texts of a page that begin with the word and stand in no element that finds their direction.
fn astray(html: &str) -> Vec<String> {
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut astray = Vec::new();
    for (_, token) in tokens(html) {
        match token {
            Token::Start(name, attributes) if !VOID.contains(&name.as_str()) => {
                // What the browser or a drawing shows as a name of its own, not in the run of a text.
                let is_apart = matches!(name.as_str(), "title" | "svg" | "bdi");
                open.push((name, is_apart || attribute(&attributes, "dir") == Some("auto")));
            }
            Token::End(_) => {
                open.pop();
            }
            Token::Text(text) if text.contains(WORD) && !open.iter().any(|(_, is_found)| *is_found) => {
                astray.push(text);
            }
            _ => {}
        }
    }
    astray
}

#[test]
fn every_text_of_a_record_stands_where_its_direction_is_found() {
    let site = site(&FILES.replace("WORD", WORD));
    let (mut texts, mut faults) = (0, Vec::new());
    for route in site.tree().iter().filter(|route| route.ends_with(".html")) {
        let html = site.text(route);
        texts += html.matches(WORD).count();
        faults.extend(astray(&html).iter().map(|text| format!("{route}: {text}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(texts > 60, "{texts} texts were looked at");
}

#[test]
fn a_page_runs_as_its_language_does() {
    for (language, begins) in [("he", "<html lang=\"he\" dir=\"rtl\">"), ("de-CH", "<html lang=\"de-CH\">")] {
        let site = site(&format!(
            "-- relbook.toml --\nlanguage = \"{language}\"\n-- pages/a.md --\n---\ntitle: A\naliases: [old.html]\n---\n"
        ));
        for route in ["index.html", "pages/a.html", "404.html", "old.html"] {
            assert!(site.text(route).contains(begins), "{language}: {route}");
        }
    }
}
