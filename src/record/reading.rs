//! From a file's text to a record: front matter, type, keys.

use jiff::tz::TimeZone;

use super::{CalendarWindow, Header, Kind, Page, Record};
use super::{change, configuration_item, header, known_error, plan, problem, release, window};
use crate::diag::{Finding, Sink};
use crate::read::{Fields, MISSING_FIELD, Node, TOO_LARGE, UNKNOWN_VALUE, read_toml, read_yaml, split};
use crate::source::{MAX_TEXT_BYTES, Place, Source, SourceId, Span, bundle, record_stem};

/// The most that a record's front matter may hold, in bytes.
const MAX_FRONT_MATTER_BYTES: usize = 64 << 10;

/// What a site sets for all its records.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// The zone of windows that name none.
    pub time_zone: TimeZone,
}

/// Reads one record. Every fault of the file goes to `sink`; `None` where there is nothing to go on with.
pub fn read(source: &Source, defaults: &Defaults, sink: &Sink) -> Option<Record> {
    let parts = split(source, sink)?;
    if source.text.len() > MAX_TEXT_BYTES {
        sink.push(too_large(sink.place(parts.fence)));
        return None;
    }
    let matter = &source.text[parts.matter.range()];
    if matter.len() > MAX_FRONT_MATTER_BYTES {
        sink.push(
            sink.finding(
                &TOO_LARGE,
                parts.fence,
                format!("the front matter is larger than {} KiB", MAX_FRONT_MATTER_BYTES >> 10),
            )
            .help("move long material into the body of the record"),
        );
        return None;
    }
    let offset = parts.matter.start as usize;
    let node = match parts.is_toml {
        true => read_toml(matter, offset, sink),
        false => read_yaml(matter, offset, sink),
    }?;
    let fields = Fields::new(&node, "the front matter", sink)?;
    let kind = kind_of(&fields, &source.path, parts.fence)?;
    let fields = Fields::new(&node, kind.with_article(), sink)?;
    fields.node("type");
    let mut header = header::read(&fields);
    header.source = Some(sink.source());
    header.fence = parts.fence;
    header.body = parts.body;
    header.id = id(&fields, &source.path, parts.fence)?;
    header.title = title(&fields, kind, &header);
    let record = match kind {
        Kind::Release => {
            let plan = plan::read(&fields, defaults, true);
            Record::Release(Box::new(release::read(header, plan, &fields)))
        }
        Kind::Change => {
            let plan = plan::read(&fields, defaults, false);
            Record::Change(Box::new(change::read(header, plan, &fields)))
        }
        Kind::KnownError => Record::KnownError(Box::new(known_error::read(header, &fields))),
        Kind::Problem => Record::Problem(Box::new(problem::read(header, &fields))),
        Kind::ConfigurationItem => Record::ConfigurationItem(Box::new(configuration_item::read(header, &fields))),
        Kind::Window => {
            let window: CalendarWindow = window::read(header, &fields, defaults);
            Record::Window(Box::new(window))
        }
        Kind::Page | Kind::Service => {
            fields.node("status");
            Record::Page(Box::new(Page { header }))
        }
    };
    fields.finish();
    Some(record)
}

/// A record with more than [`MAX_TEXT_BYTES`].
pub fn too_large(place: Place) -> Finding {
    Finding::new(&TOO_LARGE, place, format!("the record is larger than {} KiB", MAX_TEXT_BYTES >> 10))
        .help("move long material into files beside the record and name them under `artefacts`")
}

/// The front matter of a record that was read before, as a tree: for the places of keys, which records do not keep.
pub fn front_matter(source: &Source) -> Option<Node> {
    let sink = Sink::new(SourceId(0));
    let parts = split(source, &sink)?;
    let (matter, offset) = (&source.text[parts.matter.range()], parts.matter.start as usize);
    if parts.is_toml { read_toml(matter, offset, &sink) } else { read_yaml(matter, offset, &sink) }
}

/// The kind that `type` or the first folder names.
fn kind_of(fields: &Fields<'_>, path: &str, fence: Span) -> Option<Kind> {
    if fields.node("type").is_some() {
        let kind = fields.term::<Kind>("type")?;
        if kind == Kind::Service {
            let span = fields.node("type").map_or(fence, |node| node.span);
            let finding = fields.sink().finding(&UNKNOWN_VALUE, span, "a service has no record of its own");
            fields.sink().push(finding.help("name it under `service:` in the records that belong to it"));
            return None;
        }
        return Some(kind);
    }
    let folder = path.split('/').next().unwrap_or_default();
    let kind = Kind::ALL.iter().copied().find(|kind| *kind != Kind::Service && kind.folder() == folder);
    if kind.is_none() {
        fields.sink().push(
            fields
                .sink()
                .finding(&MISSING_FIELD, fence, format!("the folder `{folder}` does not tell what kind of record this is"))
                .help("move the file into `releases`, `changes`, `known-errors`, `problems`, `configuration-items`, `calendar` or `pages`, or add `type:`"),
        );
    }
    kind
}

/// The id: the key, else the file's stem, else the folder's name of `NAME/index.md`.
fn id(fields: &Fields<'_>, path: &str, fence: Span) -> Option<String> {
    let (id, span) = match fields.node("id").and_then(|_| fields.spanned_text("id")) {
        Some(written) => written,
        None => (stem(path).to_owned(), fence),
    };
    let id = id.trim().to_owned();
    let sink = fields.sink();
    if id.is_empty() || id.len() > 200 || id.chars().any(is_hidden) {
        sink.push(
            sink.finding(&UNKNOWN_VALUE, span, "this id cannot be used")
                .label("empty, longer than 200 bytes, or with characters that cannot be seen")
                .help("write a short id of letters, digits, `.`, `_` and `-`"),
        );
        return None;
    }
    Some(id)
}

/// The name that a record's file gives it.
fn stem(path: &str) -> &str {
    let named = bundle(path).or_else(|| record_stem(path)).unwrap_or(path);
    named.rsplit('/').next().unwrap_or(named)
}

/// Control characters, and those that turn the direction of writing (Unicode TR 36).
fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

fn title(fields: &Fields<'_>, kind: Kind, header: &Header) -> String {
    let key = if kind == Kind::ConfigurationItem {
        fields.node("title");
        if fields.node("name").is_some() { "name" } else { "title" }
    } else if fields.node("title").is_none() && fields.node("short_description").is_some() {
        "short_description"
    } else {
        "title"
    };
    let optional = matches!(kind, Kind::ConfigurationItem);
    let found = if optional { fields.text(key) } else { fields.required(key, header.fence) };
    let title = found.unwrap_or_default();
    if let (true, Some(node)) = (title.chars().any(is_hidden), fields.node(key)) {
        fields.sink().push(
            fields
                .sink()
                .finding(&UNKNOWN_VALUE, node.span, "the title has characters that cannot be seen, or a line break")
                .help("write it as one line of plain text"),
        );
    }
    let title = title.trim().to_owned();
    if title.is_empty() { header.id.clone() } else { title }
}
