//! What the body of a record says about others: sections that are there, links, ids in the text.

use std::sync::LazyLock;

use super::files::join;
use super::{BROKEN_LINK, Files, RecordIndex, Relation, Tables, UNKNOWN_REFERENCE};
use crate::diag::Finding;
use crate::read::markdown::{self, Options, Reference, SearchableText};
use crate::read::{TOO_LARGE, UNCLOSED_HTML, UNSAFE_URL};
use crate::record::{Kind, PlanSection};
use crate::route::Route;
use crate::source::{Place, Sources, Span};

/// What was found in a body.
#[derive(Debug, Default)]
pub struct Body {
    /// Sections of the plan with something under them.
    pub sections: Vec<PlanSection>,
    /// Headings of the plan with nothing under them, or no more than a placeholder, where no other heading of the same
    /// section has more: each with its place in the record's file.
    pub empty: Vec<(PlanSection, Span)>,
    /// Whether something stands before the first heading: it describes the record.
    pub has_lead: bool,
    /// All words, for the search.
    pub text: SearchableText,
}

/// Where a link in a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a record's page, perhaps to one of its sections.
    Record(RecordIndex, Option<String>),
    /// To a file beside the record, by its path.
    File(String),
    /// To a place on the same page.
    Fragment(String),
    /// To a list of the site.
    Route(Route),
    /// Away from the site.
    Outside,
    /// Nowhere: why.
    Nowhere(&'static str),
    /// To a file beside the record that is not published, by its path.
    Withheld(String),
    /// To something that could run a script.
    Unsafe,
}

/// Everything that links are resolved with.
pub(super) struct Resolver<'a> {
    pub tables: &'a Tables,
    pub files: &'a Files,
    pub sources: &'a Sources,
}

impl Resolver<'_> {
    /// Where a link of a record's body leads.
    pub fn target(&self, from: RecordIndex, destination: &str) -> Target {
        let destination = destination.trim();
        if !markdown::safe_url(destination) {
            return Target::Unsafe;
        }
        let has_scheme = destination
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|head| head.split_once(':').is_some_and(|(scheme, _)| !scheme.is_empty()));
        if has_scheme || destination.starts_with("//") {
            return Target::Outside;
        }
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment).filter(|fragment| !fragment.is_empty())),
            None => (destination, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (path, fragment) = (decode(path), fragment.map(decode));
        if path.is_empty() {
            return match fragment {
                Some(fragment) if self.has_anchor(from, &fragment) => Target::Fragment(fragment),
                _ => Target::Nowhere("this page has no such heading"),
            };
        }
        self.below_root(from, &path, fragment)
    }

    fn below_root(&self, from: RecordIndex, path: &str, fragment: Option<String>) -> Target {
        let Some(source) = self.tables.get(from).header().source else { return Target::Nowhere("no file") };
        let from_path = &self.sources[source].path;
        let joined = match path.strip_prefix('/') {
            Some(absolute) => join("", absolute),
            None => join(from_path, path),
        };
        let Some(joined) = joined else { return Target::Nowhere("it leads out of the site's folder") };
        let record = self.tables.at_path(&joined).or_else(|| self.at_address(&joined));
        if let Some(record) = record {
            return match fragment {
                Some(fragment) if !self.has_anchor(record, &fragment) => {
                    Target::Nowhere("that record has no such heading")
                }
                fragment => Target::Record(record, fragment),
            };
        }
        if let Some(file) = self.files.find(from_path, path).filter(|_| !path.starts_with('/')) {
            return match file.withheld {
                None => Target::File(file.path.clone()),
                Some(_) => Target::Withheld(file.path.clone()),
            };
        }
        let list =
            Kind::ALL.iter().find(|kind| **kind != Kind::Window && joined == format!("{}/index.html", kind.folder()));
        match list {
            Some(kind) if !self.tables.of_kind(*kind).is_empty() && *kind != Kind::Page => {
                Target::Route(Route::list(*kind))
            }
            _ => Target::Nowhere("there is no such record or file"),
        }
    }

    /// The record whose page has this address on the site.
    fn at_address(&self, path: &str) -> Option<RecordIndex> {
        let (folder, file) = path.split_once('/')?;
        let kind = Kind::ALL.iter().find(|kind| **kind != Kind::Window && kind.folder() == folder)?;
        self.tables.find(*kind, file.strip_suffix(".html")?)
    }

    fn has_anchor(&self, record: RecordIndex, fragment: &str) -> bool {
        let Some(text) = body_text(self.tables, self.sources, record) else { return false };
        let outline = markdown::outline(text, &body_options(), |_, _| ());
        outline.headings.iter().any(|heading| heading.anchor == fragment)
            || outline.nested_anchors.iter().any(|anchor| anchor == fragment)
    }
}

/// Fragments that the pages' own parts use, beside those of lists and lessons.
const PARTS: &[&str] = &[
    "main",
    "nav",
    "facts",
    "readiness",
    "reason",
    "windows",
    "timeline",
    "effects",
    "impact",
    "raci",
    "escalation",
    "approvals",
    "notifications",
    "tests",
    "artefacts",
    "review",
    "lessons",
    "rollback",
    "carried",
    "ranges",
    "history",
    "coming",
    "figures",
    "neighbourhood",
    "versions",
];
/// A review has fewer lessons than this.
const LESSONS: usize = 100;

/// Fragments that pages use themselves; headings of a body take others.
static RESERVED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lists = Relation::fragments();
    let lessons = (1..=LESSONS).map(|number| format!("lesson-{number}"));
    let owned = lists.into_iter().chain(lessons).map(|fragment| &*fragment.leak());
    let mut reserved: Vec<&str> = PARTS.iter().copied().chain(owned).collect();
    reserved.sort_unstable();
    reserved
});

/// The fragment of a heading that opens a part of the plan.
fn fixed_anchor(heading: &str) -> Option<&'static str> {
    PlanSection::of_heading(heading).map(PlanSection::word)
}

/// How bodies are read, so that every reading finds the same fragments.
pub fn body_options() -> Options<'static> {
    Options { fixed_anchor: &fixed_anchor, reserved_anchors: &RESERVED, ..Options::default() }
}

/// The body of a record, if it has a file.
pub(super) fn body_text<'a>(tables: &Tables, sources: &'a Sources, record: RecordIndex) -> Option<&'a str> {
    let header = tables.get(record).header();
    Some(&sources[header.source?].text[header.body.range()])
}

type References = Vec<(RecordIndex, Relation, RecordIndex)>;

/// Reads a record's body: its sections, what it refers to, which files it names, and what leads nowhere.
pub(super) fn examine(
    resolver: &Resolver<'_>,
    index: RecordIndex,
    named: &mut Vec<String>,
    findings: &mut Vec<Finding>,
) -> (Body, References) {
    let mut references = References::new();
    let Some(text) = body_text(resolver.tables, resolver.sources, index) else {
        return (Body::default(), references);
    };
    let header = resolver.tables.get(index).header();
    let place = |range: std::ops::Range<usize>| Place {
        source: header.source.unwrap_or(crate::source::SourceId(0)),
        span: Span::new(range).shifted(header.body.start as usize),
    };
    let outline = markdown::outline(text, &body_options(), |reference, range| match reference {
        Reference::Mention { token } => {
            if let Some(other) = mentioned(resolver.tables, index, token) {
                references.push((index, Relation::Mentions, other));
            }
        }
        Reference::Wiki { kind, id } => match wiki(resolver.tables, kind, id) {
            Some(other) if other != index => references.push((index, Relation::Mentions, other)),
            Some(_) => {}
            None => findings.push(
                Finding::new(&UNKNOWN_REFERENCE, place(range), format!("no record has the id `{id}`"))
                    .label("this leads nowhere")
                    .help("write the id of a record, as in `[[CHG-2041]]` or `[[change:CHG-2041|the driver update]]`"),
            ),
        },
        Reference::Link { destination } | Reference::Image { destination } => {
            match resolver.target(index, destination) {
                Target::Record(other, _) if other != index => references.push((index, Relation::Mentions, other)),
                Target::File(path) => named.push(path),
                Target::Withheld(path) => {
                    findings.extend(resolver.files.withheld_finding(&path, destination, place(range)));
                    named.push(path);
                }
                Target::Nowhere(why) => findings.push(
                    Finding::new(&BROKEN_LINK, place(range), format!("the link `{}` leads nowhere", short(destination)))
                        .label(why)
                        .help("link to the record's file (`../changes/CHG-2041.md`), to a file beside it, or by id (`[[CHG-2041]]`)"),
                ),
                Target::Unsafe => findings.push(
                    Finding::new(&UNSAFE_URL, place(range), "this link is not published")
                        .label("its scheme is not allowed")
                        .help("allowed: http, https, mailto, tel and relative links"),
                ),
                _ => {}
            }
        }
    });
    if outline.is_too_deep {
        let finding = Finding::new(&TOO_LARGE, place(0..0), "quotations, lists or tags are nested too deeply here");
        findings.push(
            finding.label("the innermost are not shown").help("nest less: ten levels are more than anybody reads"),
        );
    }
    if let Some(range) = &outline.unclosed {
        findings.push(
            Finding::new(&UNCLOSED_HTML, place(range.clone()), "this HTML never ends")
                .label("what stands behind it is not shown as it is meant")
                .help("close it: a comment ends with `-->`, a tag such as `<pre>` with `</pre>`"),
        );
    }
    let (mut sections, mut empty) = (Vec::new(), Vec::new());
    for heading in &outline.headings {
        let Some(section) = PlanSection::of_heading(&heading.text) else { continue };
        match heading.is_empty || is_placeholder(&text[heading.section.clone()]) {
            true => empty.push((section, place(heading.range.clone()).span)),
            false => sections.push(section),
        }
    }
    empty.retain(|(section, _)| !sections.contains(section));
    (Body { sections, empty, has_lead: !outline.is_lead_empty, text: outline.text }, references)
}

/// Words with which people keep a place free.
const PLACEHOLDERS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "to do",
    "to be done",
    "to be defined",
    "to be determined",
    "to be decided",
    "to be added",
    "to be announced",
    "to be confirmed",
    "to be written",
    "to follow",
    "fixme",
    "xxx",
    "wip",
    "work in progress",
    "coming soon",
    "lorem ipsum",
    "fill in",
];

/// Whether a section's text does no more than keep its place: one short line that begins with such words, or nothing
/// but signs.
fn is_placeholder(text: &str) -> bool {
    let line = text.trim();
    if line.len() > 80 || line.contains('\n') {
        return false;
    }
    let plain = line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let begins = |words: &&str| {
        plain.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    };
    plain.is_empty() || PLACEHOLDERS.iter().any(begins)
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}\u{2026}", &text[..at]),
        None => text.to_owned(),
    }
}

/// The record that a wiki link names.
pub(super) fn wiki(tables: &Tables, kind: Option<&str>, id: &str) -> Option<RecordIndex> {
    match kind {
        Some(word) => tables.find(Kind::ALL.iter().copied().find(|kind| kind.word() == word)?, id),
        None => tables.with_id(id).first().copied(),
    }
}

/// The record that a bare id in the text names, other than the one that the text belongs to.
pub(super) fn mentioned(tables: &Tables, from: RecordIndex, token: &str) -> Option<RecordIndex> {
    let found = tables.with_id(token);
    if found.contains(&from) {
        return None;
    }
    found.iter().copied().find(|index| !matches!(tables.get(*index).kind(), Kind::Window | Kind::Page | Kind::Service))
}
