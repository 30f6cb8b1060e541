//! What to write for keys that no one key stands for.

use super::PlanSection;
use crate::read::{Advice, Entry};

/// Words for the times of the work, each of which is a part of a window.
pub(super) const TIMES: (&[&str], Advice) = (
    &[
        "start",
        "end",
        "begin",
        "start_date",
        "end_date",
        "start_time",
        "end_time",
        "starts_at",
        "ends_at",
        "planned_start",
        "planned_end",
        "planned_start_date",
        "planned_end_date",
        "scheduled_start",
        "scheduled_end",
        "downtime",
        "time_zone",
        "timezone",
    ],
    as_window,
);

/// Words for long texts, each of which is a section of the body.
pub(super) const SECTIONS: (&[&str], Advice) = (
    &[
        "implementation_plan",
        "deployment_plan",
        "rollback_plan",
        "backout_plan",
        "back_out_plan",
        "test_plan",
        "installation_guide",
        "release_notes",
        "deployment_test_instructions",
        "additional_documentation",
        "lessons_learned",
        "root_cause",
        "workarounds",
        "workaround",
    ],
    as_section,
);

/// `planned_start: S` and `planned_end: E` are one window.
fn as_window(entry: &Entry, entries: &[Entry]) -> String {
    let of = |words: &[&str], other: &str| {
        let found = entries.iter().find(|entry| words.iter().any(|word| entry.key.to_lowercase().contains(word)));
        found.and_then(|entry| Some(entry.node.like(entry.node.text()?))).unwrap_or_else(|| other.to_owned())
    };
    let window = match entry.key.to_lowercase().as_str() {
        "downtime" | "time_zone" | "timezone" => {
            let key = if entry.key == "downtime" { "downtime" } else { "time_zone" };
            let value = entry.node.text().map_or_else(|| "\u{2026}".to_owned(), |text| entry.node.like(text));
            format!("start: 2026-11-28T22:00, end: 2026-11-28T23:00, {key}: {value}")
        }
        _ => {
            let start = of(&["start", "begin"], "2026-11-28T22:00");
            format!("start: {start}, end: {}", of(&["end"], "2026-11-28T23:00"))
        }
    };
    format!("the times of the work are a window, one for each attempt: write `windows: [{{{window}}}]`")
}

/// A long text goes below the front matter.
fn as_section(entry: &Entry, _: &[Entry]) -> String {
    let heading = entry.key.to_lowercase().replace('_', " ").replace("back out", "backout");
    let label = PlanSection::of_heading(&heading).map_or("Description", PlanSection::label);
    let first = entry.node.text().map(first_words).unwrap_or_default();
    format!("a text of this kind goes into the body, below the front matter, under a heading: `## {label}`{first}")
}

/// The first words of a text, to be recognised by.
fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(", with \u{201c}{}\u{2026}\u{201d} below it", words.join(" "))
    }
}
