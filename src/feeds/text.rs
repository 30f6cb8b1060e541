//! `robots.txt` (RFC 9309) and `llms.txt`: where to begin.

use std::fmt::Write;

use super::markdown;
use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::Kind;
use crate::route::Route;

/// `robots.txt`: everything may be read; where the sitemap is, if the site knows its own address.
pub fn robots(base: Option<&str>) -> String {
    match base {
        Some(base) => format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
        None => "User-agent: *\nAllow: /\n".to_owned(),
    }
}

/// How many records of a part `llms.txt` leads to.
const NEWEST: usize = 10;

/// `llms.txt`: the site's name and its parts, each with the address of its list and, as Markdown, its first records.
pub fn llms(context: &Context<'_>, kinds: &[Kind]) -> String {
    let plain = |text: &str| -> String {
        let words = text.chars().filter(|letter| !letter.is_control());
        words.map(|letter| if matches!(letter, '[' | ']') { ' ' } else { letter }).collect()
    };
    let edition = context.edition;
    let mut text = format!("# {}\n\n> Release records, in these parts:\n\n", plain(&context.settings.title));
    for kind in kinds {
        // Writing to a String cannot fail.
        writeln!(text, "- [{}]({})", kind.plural(), context.href(&Route::list(*kind))).unwrap_or_default();
    }
    for kind in kinds {
        let all = edition.tables.of_kind(*kind).map(RecordIndex);
        let written = all.filter_map(|index| Some((index, markdown::address(edition, index)?)));
        for (number, (index, route)) in written.take(NEWEST).enumerate() {
            let header = edition.get(index).header();
            if number == 0 {
                writeln!(text, "\n## {}\n", kind.plural()).unwrap_or_default();
            }
            let title = if header.title == header.id { String::new() } else { format!(" {}", plain(&header.title)) };
            let summary = header.summary.as_ref().map_or_else(String::new, |of| format!(": {}", plain(&one_line(of))));
            writeln!(text, "- [{}{title}]({}){summary}", plain(&header.id), context.href(&route)).unwrap_or_default();
        }
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
