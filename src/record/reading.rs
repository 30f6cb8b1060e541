//! From a file's text to a record: front matter, type, keys.

use jiff::tz::TimeZone;

use super::any::Record;
use super::change::Change;
use super::configuration_item::ConfigurationItem;
use super::header::Header;
use super::keys::Keyed;
use super::kind::Kind;
use super::known_error::KnownError;
use super::names::Names;
use super::page::Page;
use super::problem::Problem;
use super::release::Release;
use super::standard_change::StandardChange;
use super::{calendar_window, header, own_kind, plan};
use crate::diag::{Finding, Levels, Sink};
use crate::read::{
    Fields, FrontMatter, Node, TOO_LARGE, UNKNOWN_FIELD, UNKNOWN_VALUE, Value, read_toml, read_yaml, split, straighten,
};
use crate::source::{MAX_TEXT_BYTES, Place, Source, SourceId, Span, bundle, record_stem};

/// The most that a record's front matter may hold, in bytes.
const MAX_FRONT_MATTER_BYTES: usize = 64 << 10;

/// What a site sets for all its records, and what is known of them.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// The zone of windows that name none.
    pub time_zone: TimeZone,
    /// Which ids there are, once all records were read: a key of ids is then only offered for ids of its kind.
    pub names: Option<Names>,
}

impl Defaults {
    /// What a site sets, before anything is known of its records.
    pub fn new(time_zone: TimeZone) -> Defaults {
        Defaults { time_zone, names: None }
    }
}

/// Reads one record. Every fault of the file goes to `sink`; `None` where there is nothing to go on with.
///
/// A key whose finding says what to write instead gets that name, and the record is read again: what is wrong below it
/// is found in the same run.
pub fn read(source: &Source, defaults: &Defaults, sink: &Sink) -> Option<Record> {
    let parts = parts(source, sink)?;
    let mut node = tree(source, &parts, sink)?;
    waive(&node, sink);
    straighten(&mut node, sink);
    let mut renamed_keys = Vec::new();
    let kind = own_kind::settle(&mut node, &mut renamed_keys, &source.path, parts.fence, sink)?;
    loop {
        let trial = sink.again();
        let mut record = interpret(source, &parts, &node, kind, defaults, &trial);
        let (renamed, found): (Vec<Finding>, Vec<Finding>) = trial.into_findings().into_iter().partition(|finding| {
            finding.lint == &UNKNOWN_FIELD && finding.replacement.is_some() && sink.stops(&UNKNOWN_FIELD)
        });
        if renamed.is_empty() {
            if let Some(record) = &mut record {
                record.header_mut().renamed = renamed_keys;
            }
            found.into_iter().for_each(|finding| sink.push(finding));
            return record;
        }
        for finding in renamed {
            let name = finding.replacement.clone().unwrap_or_default();
            node.rename(finding.place.span, &name);
            renamed_keys.push((finding.place.span, name));
            sink.push(finding);
        }
    }
}

/// The parts of a file that is no larger than a record may be.
fn parts(source: &Source, sink: &Sink) -> Option<FrontMatter> {
    let parts = split(source, sink)?;
    if source.text.len() > MAX_TEXT_BYTES {
        sink.push(too_large(sink.place(parts.fence)));
        return None;
    }
    if parts.matter.range().len() > MAX_FRONT_MATTER_BYTES {
        let message = format!("the front matter is larger than {} KiB", MAX_FRONT_MATTER_BYTES >> 10);
        let finding = sink.finding(&TOO_LARGE, parts.fence, message);
        sink.push(finding.help("move long material into the body of the record"));
        return None;
    }
    Some(parts)
}

fn tree(source: &Source, parts: &FrontMatter, sink: &Sink) -> Option<Node> {
    let (matter, offset) = (&source.text[parts.matter.range()], parts.matter.start as usize);
    if parts.is_toml { read_toml(matter, offset, sink) } else { read_yaml(matter, offset, sink) }
}

/// Takes note of what the record silences: a fault that is meant is read as it stands.
fn waive(node: &Node, sink: &Sink) {
    let Value::Map(entries) = &node.value else { return };
    let allow = entries.iter().find(|entry| entry.key == "allow").map(|entry| &entry.node.value);
    if let Some(Value::Map(lints)) = allow {
        lints.iter().for_each(|lint| sink.waive(&lint.key));
    }
}

fn interpret(
    source: &Source,
    parts: &FrontMatter,
    node: &Node,
    kind: Kind,
    defaults: &Defaults,
    sink: &Sink,
) -> Option<Record> {
    let is_known = |kind: &str, id: &str| defaults.names.as_ref().is_none_or(|names| names.has(kind, id));
    let fields = Fields::new(node, kind.with_article(), sink)?.with_known(&is_known);
    fields.was_read::<Kind>("type");
    let zone = &defaults.time_zone;
    let mut header = header::read(&fields, zone);
    header.source = Some(sink.source());
    header.fence = parts.fence;
    header.body = parts.body;
    header.id = id(&fields, &source.path, parts.fence)?;
    header.title = title(&fields, kind, &header);
    let record = match kind {
        Kind::Release => {
            let plan = plan::read(&fields, zone);
            Record::Release(Box::new(Release { header, plan, ..Release::read_keys(&fields, zone) }))
        }
        Kind::Change => {
            let plan = plan::read(&fields, zone);
            Record::Change(Box::new(Change { header, plan, ..Change::read_keys(&fields, zone) }))
        }
        Kind::KnownError => Record::KnownError(Box::new(KnownError { header, ..KnownError::read_keys(&fields, zone) })),
        Kind::Problem => Record::Problem(Box::new(Problem { header, ..Problem::read_keys(&fields, zone) })),
        Kind::StandardChange => {
            Record::StandardChange(Box::new(StandardChange { header, ..StandardChange::read_keys(&fields, zone) }))
        }
        Kind::ConfigurationItem => Record::ConfigurationItem(Box::new(ConfigurationItem {
            header,
            ..ConfigurationItem::read_keys(&fields, zone)
        })),
        Kind::Window => Record::Window(Box::new(calendar_window::read(header, &fields, zone))),
        Kind::Page | Kind::Service => {
            fields.node("status");
            let mut page = Page::read_keys(&fields, zone);
            page.header = header;
            Record::Page(Box::new(page))
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
pub fn front_matter(source: &Source, header: &Header) -> Option<Node> {
    let sink = Sink::new(SourceId(0));
    let parts = split(source, &sink)?;
    // What was mended then is mended now, and nobody hears of it again.
    let mut node = tree(source, &parts, &Sink::with_levels(SourceId(0), &Levels::default()))?;
    header.renamed.iter().for_each(|(span, name)| node.rename(*span, name));
    Some(node)
}

/// The kind of a record, by its `type`, else by its folder; `None` where neither tells.
pub fn kind_of(path: &str, text: &str) -> Option<Kind> {
    let source = Source::new(path, text.to_owned());
    let mut node = crate::read::front_matter_of(&source)?;
    own_kind::settle(&mut node, &mut Vec::new(), path, Span::default(), &Sink::new(SourceId(0)))
}

/// The kind and the id of a file that cannot be read, as far as they can be told without reading it.
pub fn name_of(source: &Source) -> Option<(Kind, String)> {
    let kind = own_kind::of_folder(&source.path)?;
    let written = source.text.lines().skip(1).take_while(|line| !matches!(line.trim_end(), "---" | "+++"));
    let id = written.filter_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix([':', '='])).next();
    let id = id.map(|id| id.trim().trim_matches(['"', '\'']).to_owned()).filter(|id| !id.is_empty());
    Some((kind, id.unwrap_or_else(|| stem(&source.path).to_owned())))
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
