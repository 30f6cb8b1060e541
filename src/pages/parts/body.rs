//! A record's body as safe HTML, its links made links of the site.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Serialize;

use super::context::Context;
use crate::book::{RecordIndex, Target, body_options};
use crate::read::markdown::{self, Options, Reference, Resolution};
use crate::record::PlanSection;

/// A section of a body.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Level of its heading on the page, from 2; 0 for what stands before the first heading.
    pub level: u8,
    /// Its heading, as HTML.
    pub title: String,
    /// Its fragment.
    pub id: String,
    /// What stands under it, as HTML.
    pub html: String,
}

/// The sections of a record's body that have a heading or hold something.
pub(crate) fn rendered(context: &Context<'_>, index: RecordIndex) -> Arc<[markdown::Section]> {
    context.bodies.get(index, context.root, || render(context, index))
}

fn render(context: &Context<'_>, index: RecordIndex) -> Vec<markdown::Section> {
    let options = Options { remote_images: context.settings.remote_images, ..body_options(context.edition.get(index)) };
    markdown::render(context.edition.body(index), &options, |reference, _| resolve(context, index, reference))
        .into_iter()
        .filter(|section| section.level > 0 || !section.html.trim().is_empty())
        .collect()
}

/// The body of a record in sections.
pub(crate) fn sections(context: &Context<'_>, index: RecordIndex) -> Vec<Section> {
    rendered(context, index)
        .iter()
        .map(|section| Section {
            level: section.level,
            title: section.title_html.clone(),
            id: section.anchor.clone(),
            html: section.html.clone(),
        })
        .collect()
}

/// A body as its page shows it.
#[derive(Debug, Default, Serialize)]
pub struct BodyView {
    /// A section for each heading of the second level, with what stands under it, as HTML.
    pub html: String,
    /// The entries of these headings in the page's contents, as HTML.
    pub entries: String,
    /// How many sections there are.
    pub count: usize,
}

impl BodyView {
    /// The view of some sections.
    pub fn new(sections: &[Section]) -> BodyView {
        let mut body = BodyView { count: sections.len(), ..BodyView::default() };
        for (number, section) in sections.iter().enumerate() {
            let Section { level, title, id, html } = section;
            if *level < 3 || number == 0 {
                body.html.push_str(if number == 0 { "" } else { "</section>\n" });
                body.html.push_str("<section class=\"prose\" dir=\"auto\">\n");
            }
            // Writing to a String cannot fail.
            if *level > 0 {
                let _ = writeln!(body.html, "<h{level} id=\"{id}\" dir=\"auto\">{title}</h{level}>");
            }
            body.html.push_str(html);
            if *level == 2 {
                let _ = write!(body.entries, "<li><a href=\"#{id}\" dir=\"auto\">{}</a></li>", without_tags(title));
            }
        }
        body.html.push_str(if sections.is_empty() { "" } else { "</section>\n" });
        body
    }
}

/// The text of a heading's HTML: it stands in a link, and links hold no links.
fn without_tags(html: &str) -> Cow<'_, str> {
    match html.contains('<') {
        true => html.split('<').map(|piece| piece.rsplit('>').next().unwrap_or_default()).collect(),
        false => Cow::Borrowed(html),
    }
}

/// Where in a body this part of the plan begins.
pub(crate) fn position(sections: &[Section], part: PlanSection) -> Option<usize> {
    sections.iter().position(|section| section.id == part.word())
}

/// Takes the first section with this part of the plan out of a body, with what stands under its sub-headings.
pub(crate) fn take(sections: &mut Vec<Section>, part: PlanSection) -> Option<Vec<Section>> {
    let start = position(sections, part)?;
    let level = sections[start].level;
    let end = sections[start + 1..].iter().position(|section| section.level <= level);
    let end = end.map_or(sections.len(), |length| start + 1 + length);
    Some(sections.drain(start..end).collect())
}

/// Whether a link of a record's body leads to what is not there, as to a draft that was left out.
pub(crate) fn leads_nowhere(context: &Context<'_>, index: RecordIndex) -> bool {
    let mut leads_nowhere = false;
    markdown::outline(context.edition.body(index), &body_options(context.edition.get(index)), |reference, _| {
        let is_mention = matches!(reference, Reference::Mention { .. });
        leads_nowhere |= !is_mention && matches!(resolve(context, index, reference), Resolution::Text);
    });
    leads_nowhere
}

fn resolve(context: &Context<'_>, index: RecordIndex, reference: Reference<'_>) -> Resolution {
    let to_record = |other: Option<RecordIndex>| {
        other.and_then(|other| context.href_of(other)).map_or(Resolution::Text, Resolution::Href)
    };
    match reference {
        Reference::Mention { token } => to_record(context.edition.mentioned(index, token)),
        Reference::Wiki { kind, id } => to_record(context.edition.wiki(kind, id)),
        Reference::Link { destination } | Reference::Image { destination } => {
            match context.edition.target(index, destination) {
                Target::Record(other, fragment) => match (context.href_of(other), fragment) {
                    (Some(href), Some(fragment)) => Resolution::Href(format!("{href}#{fragment}")),
                    (Some(href), None) => Resolution::Href(href),
                    (None, _) => Resolution::Text,
                },
                Target::File(path) => match context.edition.file_route(index, &path) {
                    Some((route, _)) => Resolution::Href(context.href(&route)),
                    None => Resolution::Text,
                },
                Target::Fragment(fragment) => Resolution::Href(format!("#{fragment}")),
                Target::Route(route) => Resolution::Href(context.href(&route)),
                Target::Outside => Resolution::Outside,
                Target::NoFragment(..) | Target::Nowhere(_) | Target::Withheld(_) | Target::Unsafe => Resolution::Text,
            }
        }
    }
}
