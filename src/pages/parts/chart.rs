//! Charts as SVG, drawn by the program: no styles of their own, every number written beside its bar.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::read::markdown::push_text;

/// As wide as the narrowest screen: text keeps its size where the chart is shown, and nothing has to scroll.
const WIDTH: usize = 320;
/// The height of a series of columns with its name above and its numbers.
const SERIES: usize = 76;
/// The tallest column.
const TALLEST: usize = 36;
/// The height of a bar with its label above.
const BAR: usize = 38;

/// What is said of a chart to those who cannot see it: where else its numbers, or its times, stand.
const NUMBERS: &str = "The table beside it has the same numbers.";
const TIMES: &str = "The table above it has the same times.";

/// Columns by month, one row of them for each series: name and numbers.
pub(crate) fn columns(title: &str, months: &[&str], series: &[(&str, Vec<usize>)]) -> String {
    let most = series.iter().flat_map(|(_, numbers)| numbers).copied().max().unwrap_or(0).max(1);
    let step = WIDTH / months.len().max(1);
    let mut svg = open(title, NUMBERS, series.len() * SERIES + 18);
    for (row, (name, numbers)) in series.iter().enumerate() {
        let base = (row + 1) * SERIES - 6;
        text(&mut svg, 0, row * SERIES + 12, "", &format!("{name}: {}", numbers.iter().sum::<usize>()));
        for (place, number) in numbers.iter().enumerate().filter(|(_, number)| **number > 0) {
            let height = (number * TALLEST).div_ceil(most);
            let x = place * step;
            // Writing to a String cannot fail.
            let _ = write!(
                svg,
                "<rect class=\"area\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{height}\"/>",
                x + 3,
                base - height,
                step - 6
            );
            text(&mut svg, x + step / 2, base - height - 3, "mid", &number.to_string());
        }
        let _ = write!(svg, "<path class=\"axis\" d=\"M0 {base}.5H{}\"/>", step * months.len());
    }
    for (place, month) in months.iter().enumerate() {
        text(&mut svg, place * step + step / 2, series.len() * SERIES + 10, "mid", month);
    }
    svg.push_str("</svg>");
    svg
}

/// A bar for each row, below its label: the part of the whole that it fills, and the number as written.
pub(crate) fn bars(title: &str, rows: &[Bar]) -> String {
    let mut svg = open(title, NUMBERS, rows.len() * BAR);
    for (row, bar) in rows.iter().enumerate() {
        let top = row * BAR;
        let width = (bar.part * WIDTH).checked_div(bar.whole).unwrap_or(0).min(WIDTH);
        text(&mut svg, 0, top + 13, "", &shortened(&bar.label, 28));
        text(&mut svg, WIDTH, top + 13, "end", &bar.number);
        let _ = write!(
            svg,
            "<path class=\"axis\" d=\"M.5 {}.5h{}v11H.5z\"/><rect class=\"area\" x=\"0\" y=\"{}\" width=\"{width}\" height=\"12\"/>",
            top + 18,
            WIDTH - 1,
            top + 18
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A bar of a chart.
#[derive(Debug)]
pub(crate) struct Bar {
    /// Its name.
    pub label: String,
    /// The number as it is written.
    pub number: String,
    /// How long it is.
    pub part: usize,
    /// How long it could be.
    pub whole: usize,
}

/// A stretch of time for each row, below its label, all on one scale.
///
/// `whole` is the length of the scale; the unit is the caller's.
pub(crate) fn spans(title: &str, whole: usize, rows: &[Span]) -> String {
    let place = |at: usize| (at * WIDTH).checked_div(whole).unwrap_or(0).min(WIDTH);
    let mut svg = open(title, TIMES, rows.len() * BAR);
    for (row, span) in rows.iter().enumerate() {
        let top = row * BAR;
        let (start, end) = (place(span.from), place(span.from + span.length));
        text(&mut svg, 0, top + 13, "", &shortened(&span.label, 28));
        text(&mut svg, WIDTH, top + 13, "end", &span.number);
        // What takes no time is a line still.
        let width = (end - start).max(2);
        let start = start.min(WIDTH - width);
        let _ = match span.is_planned {
            true => {
                write!(svg, "<path class=\"plan\" d=\"M{} {}h{}v10h-{}z\"/>", start + 1, top + 19, width - 2, width - 2)
            }
            false => {
                write!(svg, "<rect class=\"area\" x=\"{start}\" y=\"{}\" width=\"{width}\" height=\"12\"/>", top + 18)
            }
        };
    }
    svg.push_str("</svg>");
    svg
}

/// A stretch of a chart.
#[derive(Debug)]
pub(crate) struct Span {
    /// Its name.
    pub label: String,
    /// Its length as it is written.
    pub number: String,
    /// Where it begins.
    pub from: usize,
    /// How long it is.
    pub length: usize,
    /// It was only planned.
    pub is_planned: bool,
}

fn open(title: &str, description: &str, height: usize) -> String {
    let mut svg = format!(
        "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\"><title>"
    );
    push_text(&mut svg, title);
    svg.push_str("</title><desc>");
    push_text(&mut svg, description);
    svg.push_str("</desc>");
    svg
}

fn text(svg: &mut String, x: usize, y: usize, class: &str, words: &str) {
    let _ = match class {
        "" => write!(svg, "<text x=\"{x}\" y=\"{y}\">"),
        class => write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">"),
    };
    push_text(svg, words);
    svg.push_str("</text>");
}

/// A text that is no longer than so many letters.
pub(crate) fn shortened(text: &str, letters: usize) -> Cow<'_, str> {
    if text.len() <= letters || text.char_indices().nth(letters).is_none() {
        return Cow::Borrowed(text);
    }
    let end = text.char_indices().nth(letters - 1).map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}\u{2026}", &text[..end]))
}
