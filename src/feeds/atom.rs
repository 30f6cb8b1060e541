//! Feeds of what changed last (RFC 4287).

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::machines::Machines;
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::pages::{Context, has_feed, is_told, mark, naming, rendered};
use crate::read::markdown::push_text;
use crate::record::{Kind, PlanSection, Record};
use crate::route::Route;

/// How many entries a feed has.
const LENGTH: usize = 50;

/// The day on which a site's names begin to hold (RFC 4151): the same for all, for a name never changes.
const TAG_DAY: &str = "2020";

/// What a feed tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedScope {
    /// Releases, changes and known errors.
    All,
    /// Records of one kind.
    Of(Kind),
    /// What names a service or a configuration item.
    Naming(RecordIndex),
}

impl FeedScope {
    /// Where the feed lives.
    pub fn route(self, edition: &Edition) -> Route {
        match self {
            FeedScope::All => Route::root("feed.xml"),
            FeedScope::Of(kind) => Route::root(&format!("{}/feed.xml", kind.folder())),
            FeedScope::Naming(index) => {
                let record = edition.get(index);
                Route::subscribed(record.kind(), &record.header().id, "feed.xml")
            }
        }
    }

    /// What it tells of, in no order.
    fn records(self, edition: &Edition) -> Vec<RecordIndex> {
        let all = |kind: Kind| edition.tables.of_kind(kind).map(RecordIndex);
        let records: Vec<RecordIndex> = match self {
            FeedScope::All => [Kind::Release, Kind::Change, Kind::KnownError].into_iter().flat_map(all).collect(),
            FeedScope::Of(kind) => all(kind).collect(),
            FeedScope::Naming(index) => naming(edition, index).collect(),
        };
        records.into_iter().filter(|index| is_told(edition, *index)).collect()
    }

    /// The page that shows the same.
    fn page(self, edition: &Edition) -> Route {
        match self {
            FeedScope::All => Route::home(),
            FeedScope::Of(kind) => Route::list(kind),
            FeedScope::Naming(index) => edition.route(index),
        }
    }

    fn title(self, context: &Context<'_>) -> String {
        let site = &context.settings.title;
        match self {
            FeedScope::All => site.clone(),
            FeedScope::Of(kind) => format!("{site}: {}", kind.plural().to_lowercase()),
            FeedScope::Naming(index) => format!("{site}: {}", context.edition.get(index).header().title),
        }
    }
}

/// All feeds with something in them. A feed has full addresses, so that a site that does not know its own has none.
pub(super) fn feeds(of: &Machines<'_>) -> Vec<FeedScope> {
    let edition = of.edition;
    if of.settings.base_url.is_none() {
        return Vec::new();
    }
    let kinds = [Kind::Release, Kind::KnownError].map(FeedScope::Of);
    let all = [FeedScope::All].into_iter().chain(kinds).filter(|scope| !scope.records(edition).is_empty());
    let items = [Kind::ConfigurationItem, Kind::Service].into_iter().filter(|kind| edition.has_pages(*kind));
    let items = items.flat_map(|kind| edition.tables.of_kind(kind)).map(RecordIndex);
    all.chain(items.filter(|index| has_feed(edition, *index)).map(FeedScope::Naming)).collect()
}

impl FeedScope {
    /// Writes the feed: its newest entries, the last changed at first.
    pub(super) fn write(self, context: &Context<'_>, out: &mut Vec<u8>) {
        let edition = context.edition;
        let dated = |index: RecordIndex| (edition.updated(context.history, index, context.today), index);
        let mut entries: Vec<(Timestamp, RecordIndex)> = self.records(edition).into_iter().map(dated).collect();
        entries.sort_by_key(|(at, index)| (std::cmp::Reverse(*at), *index));
        entries.truncate(LENGTH);
        let mut xml = Xml { writer: Writer::new(out) };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.within(
            "feed",
            &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &context.settings.language)],
            |xml| {
                xml.text("id", &tag(context, &format!("feed/{}", self.route(edition).as_str())));
                xml.text("title", &self.title(context));
                let updated = entries.first().map_or(Timestamp::UNIX_EPOCH, |(at, _)| *at);
                xml.text("updated", &updated.to_string());
                xml.link("self", "application/atom+xml", &context.href(context.route));
                xml.link("alternate", "text/html", &context.href(&self.page(edition)));
                xml.within("author", &[], |xml| xml.text("name", &context.settings.title));
                xml.text("generator", concat!("relbook ", env!("CARGO_PKG_VERSION")));
                for (at, index) in entries {
                    xml.within("entry", &[], |xml| self.entry(context, index, at, xml));
                }
            },
        );
        xml.writer.into_inner().push(b'\n');
    }

    fn entry(self, context: &Context<'_>, index: RecordIndex, at: Timestamp, xml: &mut Xml<'_>) {
        let record = context.edition.get(index);
        let header = record.header();
        let first = header.former_ids.first().unwrap_or(&header.id);
        xml.text("id", &tag(context, &format!("record/{}/{first}", record.kind().word())));
        xml.text("title", &title(record));
        xml.text("updated", &at.to_string());
        if let Some(first) = context.history.zip(header.source).and_then(|(history, source)| {
            history.first(&context.edition.sources[source].path)?.at.filter(|first| *first <= at)
        }) {
            xml.text("published", &first.to_string());
        }
        if let Some(href) = context.href_of(index) {
            xml.link("alternate", "text/html", &href);
        }
        if let Some(owner) = &header.owner {
            xml.within("author", &[], |xml| xml.text("name", owner));
        }
        xml.empty("category", &[("term", record.kind().word()), ("label", record.kind().label())]);
        if let Some(summary) = &header.summary {
            xml.text("summary", summary);
        }
        // The feeds of services and items lead to the page: the same texts would stand in many of them.
        let content = match self {
            FeedScope::Naming(_) => String::new(),
            _ => content(context, index, record),
        };
        if !content.is_empty() {
            xml.typed("content", "html", &content);
        }
    }
}

/// Id, title and state: `[Resolved] KE-1 Slow`.
fn title(record: &Record) -> String {
    let header = record.header();
    let state = record.status().map(|status| status.label).or(record.plan().and_then(mark));
    let state = state.map_or_else(String::new, |state| format!("[{state}] "));
    match header.title == header.id {
        true => format!("{state}{}", header.id),
        false => format!("{state}{} {}", header.id, header.title),
    }
}

/// What a known error's entry tells: symptoms, workaround, fix; and a release's: its notes.
fn content(context: &Context<'_>, index: RecordIndex, record: &Record) -> String {
    let (keys, wanted): (Vec<(&str, &Option<String>)>, &[PlanSection]) = match record {
        Record::KnownError(known) => (
            vec![("Symptoms", &known.symptoms), ("Workaround", &known.workaround)],
            &[PlanSection::Symptoms, PlanSection::Workaround, PlanSection::Workarounds],
        ),
        _ => (Vec::new(), &[PlanSection::ReleaseNotes]),
    };
    let mut html = String::new();
    for (label, text) in keys.into_iter().filter_map(|(label, text)| Some((label, text.as_ref()?))) {
        html.push_str("<h2>");
        html.push_str(label);
        html.push_str("</h2><p>");
        push_text(&mut html, text);
        html.push_str("</p>");
    }
    if context.edition.bodies[index.0 as usize].sections.iter().any(|section| wanted.contains(section)) {
        let mut shown = None;
        for section in rendered(context, index).iter() {
            let is_wanted = wanted.iter().any(|of| of.word() == section.anchor);
            shown = match shown {
                Some(level) if section.level > level => Some(level),
                _ => is_wanted.then_some(section.level),
            };
            if shown.is_some() {
                html.push_str("<h2>");
                html.push_str(&section.title_html);
                html.push_str("</h2>");
                html.push_str(&section.html);
            }
        }
    }
    if let Record::KnownError(known) = record {
        for (label, releases) in [("Fixed in", &known.fixed_in[..]), ("Fix planned in", known.planned_fix.as_slice())] {
            let ids: Vec<&str> = releases.iter().map(|release| release.id.as_str()).collect();
            if !ids.is_empty() {
                html.push_str("<p>");
                push_text(&mut html, &format!("{label}: {}", ids.join(", ")));
                html.push_str("</p>");
            }
        }
    }
    html
}

/// A name that never changes (RFC 4151), under the name of the site's host.
fn tag(context: &Context<'_>, of: &str) -> String {
    let base = context.settings.base_url.as_deref().unwrap_or_default();
    let host = base.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let path = percent_encoding::utf8_percent_encode(of, UNSAFE);
    format!("tag:{host},{TAG_DAY}:relbook/{path}")
}

/// What is written with percent signs in a name: all but what RFC 3986 leaves free, and slashes.
const UNSAFE: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// A writer of elements. Writing into memory cannot fail.
struct Xml<'a> {
    writer: Writer<&'a mut Vec<u8>>,
}

impl Xml<'_> {
    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).unwrap_or_default();
    }

    fn within(&mut self, name: &str, attributes: &[(&str, &str)], write: impl FnOnce(&mut Self)) {
        let mut start = quick_xml::events::BytesStart::new(name);
        attributes.iter().for_each(|attribute| start.push_attribute(*attribute));
        self.event(Event::Start(start));
        write(self);
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)));
        self.writer.get_mut().push(b'\n');
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let mut element = quick_xml::events::BytesStart::new(name);
        attributes.iter().for_each(|attribute| element.push_attribute(*attribute));
        self.event(Event::Empty(element));
    }

    fn link(&mut self, relation: &str, media_type: &str, href: &str) {
        self.empty("link", &[("rel", relation), ("type", media_type), ("href", href)]);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.within(name, &[], |xml| xml.event(Event::Text(BytesText::new(&allowed(text)))));
    }

    fn typed(&mut self, name: &str, of_type: &str, text: &str) {
        self.within(name, &[("type", of_type)], |xml| xml.event(Event::Text(BytesText::new(&allowed(text)))));
    }
}

/// A text without what XML 1.0 forbids.
fn allowed(text: &str) -> String {
    let is_allowed = |letter: &char| match letter {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        letter => !letter.is_control(),
    };
    text.chars().filter(is_allowed).collect()
}
