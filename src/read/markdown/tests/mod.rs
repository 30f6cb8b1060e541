//! Tests of the whole way from Markdown to HTML; the corpus is tried if `RELBOOK_CORPUS` names it.

mod attacks;
mod audit;
mod bounds;
mod corpus;
mod mixtures;
mod references;
mod sections;

use super::reference::{Options, Reference, Resolution};
use super::render;
use super::section::Section;
use super::url::is_outside_url;

/// What a site with records `CHG-…` would answer.
fn answer(reference: Reference<'_>) -> Resolution {
    match reference {
        Reference::Link { destination } | Reference::Image { destination } if is_outside_url(destination) => {
            Resolution::Outside
        }
        Reference::Link { destination } | Reference::Image { destination } => Resolution::Href(destination.to_owned()),
        Reference::Wiki { id, .. } if id.starts_with("CHG-") => Resolution::Href(format!("/c/{id}")),
        Reference::Mention { token } if token.starts_with("CHG-") => Resolution::Href(format!("/c/{token}")),
        Reference::Wiki { .. } | Reference::Mention { .. } => Resolution::Text,
    }
}

fn sections(body: &str, options: &Options<'_>) -> Vec<Section> {
    render(body, options, |reference, _| answer(reference))
}

/// All sections with their headings.
fn html(body: &str) -> String {
    let mut html = String::new();
    for section in sections(body, &Options::default()) {
        html.push_str(&section.heading_html());
        html.push_str(&section.html);
    }
    html.trim_end().to_owned()
}
