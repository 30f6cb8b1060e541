//! The gate from without: a whole site that raises nothing in `strict`, and what is found when one thing of it is not so.

mod customers;
mod faults;
mod moved;
mod standards;
mod told_again;
mod waivers;
mod ways;
mod weakened;

use super::harness::parts;

/// A site that has all that the process wants, and raises nothing in `strict`.
const WHOLE: &str = include_str!("whole.txt");

/// The whole site with one text of one file in another's place.
///
/// # Panics
///
/// Where the text is not there exactly once.
fn with(path: &str, from: &str, to: &str) -> String {
    let mut found = 0;
    let files = parts(WHOLE).into_iter().map(|(of, text)| {
        let text = match of == path {
            true => {
                found += text.matches(from).count();
                text.replace(from, to)
            }
            false => text,
        };
        format!("-- {of} --\n{text}")
    });
    let files = files.collect();
    assert_eq!(found, 1, "{path} has this once: {from}");
    files
}

/// The whole site with its freeze the window of REL-2 is over, with what it lets through.
fn in_freeze(exceptions: &str) -> String {
    with("calendar/month-end.md", "end: 2026-12-01\n", &format!("end: 2026-12-02\nexceptions: {exceptions}\n"))
}
