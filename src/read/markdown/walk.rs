//! Takes the parser's events and keeps what they need to know of each other.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::anchors::Anchors;
use super::element::Element;
use super::levels::Levels;
use super::pending_image::PendingImage;
use super::reference::Options;
use super::run::Run;
use super::structure::Structure;
use super::visitor::{Detail, Visitor};

/// CommonMark with what GitHub adds. No heading attributes: the parser takes any `{a, b}` at a heading's end for some. No
/// wiki links: the parser takes the first half of `[[1]](url)` for one.
const EXTENSIONS: pulldown_cmark::Options = pulldown_cmark::Options::ENABLE_TABLES
    .union(pulldown_cmark::Options::ENABLE_FOOTNOTES)
    .union(pulldown_cmark::Options::ENABLE_STRIKETHROUGH)
    .union(pulldown_cmark::Options::ENABLE_TASKLISTS)
    .union(pulldown_cmark::Options::ENABLE_GFM);

/// Where the targets of reference links are said, `[label]: target`: each label with the place of the whole, in order.
pub fn definitions(body: &str) -> Vec<(String, Range<usize>)> {
    let parser = Parser::new_ext(body, EXTENSIONS);
    let all = parser.reference_definitions().iter();
    let mut all: Vec<_> = all.map(|(label, definition)| (label.to_owned(), definition.span.clone())).collect();
    all.sort_by_key(|(_, place)| place.start);
    all
}

/// Tells the visitor what the body holds, and gives it back.
pub(super) fn walk<V: Visitor>(body: &str, options: &Options<'_>, visitor: V) -> V {
    let mut walk = Walk {
        body,
        structure: Structure::new(visitor),
        anchors: Anchors::new(options),
        levels: Levels::new(options.top_level),
        run: Run::default(),
        html: Run::default(),
        title: None,
        image: None,
        title_end: usize::MAX,
        is_before_headings: true,
        containers: 0,
        columns: Columns::default(),
        is_code: false,
        leaf: 0..0,
        is_in_wiki: false,
        hidden_until: 0,
        endless: [0; 2],
        media: 0,
    };
    let mut events = Parser::new_ext(body, EXTENSIONS).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { .. }) if walk.is_before_headings && walk.containers == 0 => {
                walk.first_heading(event, range, &mut events, options);
            }
            event => walk.event(event, range),
        }
        if walk.structure.visitor.is_done() {
            break;
        }
    }
    walk.flush();
    walk.structure.finish()
}

/// One walk through a body.
pub(super) struct Walk<'a, V> {
    pub(super) body: &'a str,
    pub(super) structure: Structure<V>,
    pub(super) anchors: Anchors<'a>,
    pub(super) levels: Levels,
    /// Text that has not been told yet, since more of it may follow.
    pub(super) run: Run,
    /// The lines of the raw HTML block.
    pub(super) html: Run,
    /// The text of the open heading of Markdown, the number of its `#`, and its place.
    pub(super) title: Option<(String, u8, Range<usize>)>,
    pub(super) image: Option<PendingImage<'a>>,
    /// Where the open heading's text ends and its attributes begin.
    pub(super) title_end: usize,
    /// Whether no heading has begun a section so far.
    pub(super) is_before_headings: bool,
    /// How many quotations, lists and footnotes are open.
    pub(super) containers: usize,
    columns: Columns,
    is_code: bool,
    /// The innermost block that holds lines.
    pub(super) leaf: Range<usize>,
    /// Whether the label of a wiki link is open.
    pub(super) is_in_wiki: bool,
    /// Up to where a script or style goes.
    pub(super) hidden_until: usize,
    /// Up to where there is no end tag of a script, of a style.
    pub(super) endless: [usize; 2],
    /// How many films and recordings are open, each shown as a link.
    pub(super) media: usize,
}

/// The table that is open.
#[derive(Default)]
struct Columns {
    alignments: Vec<Alignment>,
    index: usize,
    is_head: bool,
}

impl<'a, V: Visitor> Walk<'a, V> {
    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            _ if range.start < self.hidden_until && !matches!(event, Event::Html(_)) => {}
            Event::Text(text) if self.is_code => self.structure.text(&text),
            Event::Text(_) if range.start >= self.title_end => {}
            Event::Text(text) if self.image.is_none() && range.end > self.title_end => {
                let range = range.start..self.title_end;
                self.run.push(self.body, text.get(..range.len()).unwrap_or(&text), range);
            }
            Event::Text(text) if self.image.is_none() => self.run.push(self.body, &text, range),
            Event::Text(text) | Event::Code(text) if self.image.is_some() => self.alternative(&text),
            Event::SoftBreak | Event::HardBreak if self.image.is_some() => self.alternative(" "),
            Event::Html(html) => self.html.push(self.body, &html, range),
            _ if self.image.is_some() => {}
            other => self.inline(other, range),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.flush();
        if let Some(image) = &mut self.image {
            image.depth += usize::from(matches!(tag, Tag::Image { .. }));
            return;
        }
        self.structure.is_hidden = range.end <= self.hidden_until;
        if is_block(&tag) {
            let is_outermost = self.containers == 0 && !is_part(&tag) && self.structure.is_at_top();
            self.structure.visitor.place(range.clone(), is_outermost);
        }
        match tag {
            Tag::Paragraph => self.begin_leaf(Element::Paragraph, range),
            Tag::Heading { level, .. } => self.start_heading(level as u8, range),
            Tag::BlockQuote(kind) => self.begin_container(Element::Quote, kind.map_or(Detail::None, alert)),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::List(None) => self.begin_container(Element::UnorderedList, Detail::None),
            Tag::List(Some(1)) => self.begin_container(Element::OrderedList, Detail::None),
            Tag::List(Some(start)) => self.begin_container(Element::OrderedList, Detail::Start(start)),
            Tag::Item => {
                self.leaf = range;
                self.structure.begin(Element::Item, Detail::None);
            }
            Tag::FootnoteDefinition(name) => {
                self.containers += 1;
                self.structure.begin_footnote(&name);
            }
            Tag::Table(alignments) => {
                self.columns = Columns { alignments, index: 0, is_head: true };
                self.structure.begin_block(Element::Table, Detail::None);
            }
            Tag::TableHead => {
                self.structure.begin(Element::TableHead, Detail::None);
                self.structure.begin(Element::Row, Detail::None);
            }
            Tag::TableRow => {
                self.columns.index = 0;
                self.structure.begin(Element::Row, Detail::None);
            }
            Tag::TableCell => self.start_cell(range),
            Tag::Emphasis => self.structure.begin_inline(Element::Inline("em")),
            Tag::Strong => self.structure.begin_inline(Element::Inline("strong")),
            Tag::Strikethrough => self.structure.begin_inline(Element::Inline("del")),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => {
                self.image =
                    Some(PendingImage { depth: 0, destination: dest_url, title, alternative: String::new(), range });
            }
            // Without their extensions, the parser gives none of the others.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.flush();
        if let Some(image) = &mut self.image {
            if tag == TagEnd::Image && image.depth == 0 {
                self.end_image();
            } else if tag == TagEnd::Image {
                image.depth -= 1;
            }
            return;
        }
        match tag {
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::FootnoteDefinition => {
                self.containers -= 1;
                self.structure.end();
                self.structure.visitor.footnote_end();
            }
            TagEnd::TableHead => {
                self.structure.end();
                self.structure.end();
                self.columns.is_head = false;
                self.structure.is_hidden = false;
                self.structure.begin(Element::TableBody, Detail::None);
            }
            TagEnd::Table => {
                self.structure.end();
                self.structure.end();
            }
            _ => {
                self.containers -= usize::from(matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_)));
                self.columns.index += usize::from(tag == TagEnd::TableCell);
                self.is_code = false;
                self.structure.end();
            }
        }
    }

    fn begin_leaf(&mut self, element: Element, range: Range<usize>) {
        self.leaf = range;
        self.structure.begin_block(element, Detail::None);
    }

    fn begin_container(&mut self, element: Element, detail: Detail<'_>) {
        self.containers += 1;
        self.structure.begin_block(element, detail);
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => String::new(),
        };
        self.is_code = true;
        let detail = if language.is_empty() { Detail::None } else { Detail::Language(&language) };
        self.structure.begin_block(Element::CodeBlock, detail);
    }

    fn start_cell(&mut self, range: Range<usize>) {
        self.leaf = range;
        let alignment = match self.columns.alignments.get(self.columns.index) {
            Some(Alignment::Left) => Some("align-left"),
            Some(Alignment::Center) => Some("align-center"),
            Some(Alignment::Right) => Some("align-right"),
            _ => None,
        };
        let element = if self.columns.is_head { Element::HeaderCell } else { Element::Cell };
        self.structure.begin(element, Detail::Cell { columns: 1, rows: 1, alignment });
    }
}

/// Whether a tag stands for more than a part of a line.
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Whether a block always stands in another.
fn is_part(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell)
}

/// The first word behind the fence, with what a class name may have.
fn language(info: &str) -> String {
    let word = info.split([' ', '\t', ',']).next().unwrap_or_default();
    word.chars().filter(|&letter| letter.is_ascii_alphanumeric() || "_+-".contains(letter)).take(30).collect()
}

fn alert(kind: BlockQuoteKind) -> Detail<'static> {
    Detail::Alert(match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    })
}
