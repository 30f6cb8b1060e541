//! What was done otherwise than the process and the calendar say: one fault each in work that was done right, and the pages
//! that tell of it.

mod faults;
mod pages;

use super::harness::parts;

/// Work of which nothing was done otherwise.
const WHOLE: &str = include_str!("whole.txt");

/// The same with one text of one file in another's place.
///
/// # Panics
///
/// Where the text is not there exactly once.
fn with(path: &str, from: &str, to: &str) -> String {
    let mut found = 0;
    let files = parts(WHOLE).into_iter().map(|(of, text)| {
        let is_meant = of == path;
        found += if is_meant { text.matches(from).count() } else { 0 };
        let text = if is_meant { text.replace(from, to) } else { text };
        format!("-- {of} --\n{text}")
    });
    let files = files.collect();
    assert_eq!(found, 1, "{path} has this once: {from}");
    files
}
