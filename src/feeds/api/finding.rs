//! What the checks found.

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::list::List;
use super::reference::Named;
use crate::diag::{Finding as Found, Level};
use crate::pages::{Checks, Context};
use crate::source::Place;

/// Something that the checks found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Finding {
    /// The code of its lint: `RB301`.
    code: &'static str,
    /// The name of its lint.
    name: &'static str,
    /// `error` or `warning`.
    level: &'static str,
    /// The record; not there for a place in another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Named>,
    /// The file, below the site's folder.
    path: String,
    /// The line, from 1.
    line: usize,
    /// What is wrong.
    message: String,
    /// Words at the marked place.
    label: String,
    /// What is expected, and what to do.
    help: Vec<String>,
    /// What to write in the place of the marked text.
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
    /// Other places that belong to it.
    related: Vec<Related>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Related {
    /// Words at it.
    label: String,
    /// The file, below the site's folder.
    path: String,
    /// The line, from 1.
    line: usize,
}

/// Where all that the checks found lives.
pub(super) const NAME: &str = "findings";

/// What the checks found, in the order of files, or a part of it.
pub(super) fn findings(context: &Context<'_>, checks: &Checks, number: usize) -> List<Finding> {
    let place = |place: Place| {
        let source = &context.edition.sources[place.source];
        (source.path.clone(), source.position(place.span.start).line)
    };
    let finding = |(level, of): &(Level, Found)| {
        let (path, line) = place(of.place);
        let related = of.related.iter().map(|(at, label)| {
            let (path, line) = place(*at);
            Related { label: label.clone(), path, line }
        });
        Finding {
            code: of.lint.code,
            name: of.lint.name,
            level: if *level == Level::Error { "error" } else { "warning" },
            record: checks.record(of.place.source).map(|index| Named::new(context, index)),
            path,
            line,
            message: of.message.clone(),
            label: of.label.clone(),
            help: of.help.clone(),
            replacement: of.replacement.clone(),
            related: related.collect(),
        }
    };
    List::new(context, checks.findings().iter(), number, &address::named(NAME), finding)
}
