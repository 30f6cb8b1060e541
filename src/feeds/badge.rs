//! A service's badge: its next window, or its open known errors, as a small picture of text (SVG).

use std::fmt::Write;

use super::machines::Machines;
use crate::book::{Direction, RecordIndex};
use crate::pages::{Context, windows_ahead};
use crate::read::markdown::{push_attribute, push_text};
use crate::record::{Kind, Record, Relation};
use crate::route::Route;

/// How wide a letter is at most, in a text of eleven pixels.
const LETTER: usize = 7;
/// The room beside a text.
const BESIDE: usize = 12;
/// How many letters of a service's name there is room for.
const LONGEST: usize = 40;

/// The services that have a badge, with its address.
pub(super) fn badges(of: &Machines<'_>) -> Vec<(Route, RecordIndex)> {
    let edition = of.edition;
    let services = edition.tables.of_kind(Kind::Service).map(RecordIndex);
    let services = services.filter(|index| edition.has_page(*index));
    let route = |index: RecordIndex| Route::subscribed(Kind::Service, &edition.get(index).header().id, "badge.svg");
    services.map(|index| (route(index), index)).collect()
}

/// Writes the badge of a service.
pub(super) fn write(context: &Context<'_>, service: RecordIndex, out: &mut Vec<u8>) {
    let title = &context.edition.get(service).header().title;
    let name = match title.chars().count() {
        0..=LONGEST => title.clone(),
        _ => title.chars().take(LONGEST - 1).chain(['\u{2026}']).collect(),
    };
    let said = said(context, service);
    let [left, right] = [&name, &said].map(|text| text.chars().count() * LETTER + BESIDE);
    let (whole, middle) = (left + right, left + right / 2);
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"20\" viewBox=\"0 0 {whole} 20\" role=\"img\" aria-label=\""
    );
    push_attribute(&mut svg, &format!("{name}: {said}"));
    svg.push_str("\"><title>");
    push_text(&mut svg, &format!("{name}: {said}"));
    let _ = write!(
        svg,
        "</title><path fill=\"#3a3a3a\" d=\"M0 0h{left}v20H0z\"/><path fill=\"#0b5394\" d=\"M{left} 0h{right}v20H{left}z\"/>\
         <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\" text-anchor=\"middle\"><text x=\"{}\" y=\"14\">",
        left / 2
    );
    push_text(&mut svg, &name);
    let _ = write!(svg, "</text><text x=\"{middle}\" y=\"14\">");
    push_text(&mut svg, &said);
    svg.push_str("</text></g></svg>\n");
    out.extend_from_slice(svg.as_bytes());
}

/// The next window's day, else how many known errors are open. An edition need not have them all, and counts none.
fn said(context: &Context<'_>, service: RecordIndex) -> String {
    let edition = context.edition;
    let connections = edition.connections.others(service, Relation::Service, Direction::Backward);
    let all: Vec<RecordIndex> = connections.iter().map(|connection| connection.other).collect();
    if let Some((index, number)) = windows_ahead(context, &all).first()
        && let Some(window) = edition.get(*index).plan().and_then(|plan| plan.windows.get(*number))
    {
        return format!("next window {}", window.start.strftime("%-d %b %Y"));
    }
    let is_open = |index: &&RecordIndex| matches!(edition.get(**index), Record::KnownError(known) if known.is_open());
    match (edition.name(), all.iter().filter(is_open).count()) {
        (None, 1) => "1 open known error".to_owned(),
        (None, count) => format!("{count} open known errors"),
        (Some(_), _) => "no window announced".to_owned(),
    }
}
