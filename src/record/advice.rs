//! What to write for keys that no one key stands for.

use super::section::PlanSection;
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
fn as_window(_: &Entry, entries: &[Entry]) -> String {
    let of = |words: &[&str]| {
        let is_meant = |entry: &&Entry| {
            let key = entry.key.to_lowercase().replace(['-', ' '], "_");
            TIMES.0.contains(&key.as_str()) && words.iter().any(|word| key.contains(word))
        };
        entries.iter().find(is_meant).and_then(|entry| Some(entry.node.like(entry.node.text()?)))
    };
    let dots = || "\u{2026}".to_owned();
    let mut window = format!("start: {}", of(&["start", "begin"]).unwrap_or_else(dots));
    window += &format!(", end: {}", of(&["end"]).unwrap_or_else(dots));
    for (key, words) in [("time_zone", &["zone"]), ("downtime", &["downtime"])] {
        if let Some(value) = of(words) {
            window += &format!(", {key}: {value}");
        }
    }
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
