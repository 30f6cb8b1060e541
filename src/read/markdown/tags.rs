//! Raw HTML in a body: what is on the allow-list goes to the structure, of the rest the name is text.

use std::ops::Range;

use html5gum::StartTag;

use super::element::{Element, Tag};
use super::raw::{self, Piece, attribute, number};
use super::reference::Reference;
use super::url::{last_part, safe_url};
use super::visitor::{Detail, Image, Visitor};
use super::walk::Walk;

/// How far behind its block the end of a script is looked for.
const LONGEST_SCRIPT: usize = 64 * 1024;

/// The start tag of a script or style.
struct Script<'h> {
    name: &'h str,
    /// Where it ends in the HTML.
    behind: usize,
    /// Where it ends in the body.
    from: usize,
    /// Where the block of HTML ends in the body; none within a line.
    block_end: Option<usize>,
}

impl<'a, V: Visitor> Walk<'a, V> {
    /// A tag, comment or the like within a line.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let is_slice = self.body.get(range.clone()).is_some_and(|slice| slice == html);
        raw::each_piece(html, |piece| {
            let place = |part: Range<usize>| {
                if is_slice { range.start + part.start..range.start + part.end } else { range.clone() }
            };
            match piece {
                Piece::Hidden { range: tag, name } => {
                    let script = Script { name, behind: tag.end, from: place(tag).end, block_end: None };
                    self.hide(html, &script)
                }
                other => self.piece(other, place),
            }
        });
        self.flush();
    }

    /// A block of raw HTML.
    pub(super) fn html_block(&mut self) {
        let run = std::mem::take(&mut self.html);
        let (html, place) = (run.text(self.body), run.source(0..run.text(self.body).len()));
        if is_endless(html) {
            self.structure.visitor.unclosed(place.clone());
        }
        let skipped = self.hidden_until.saturating_sub(place.start).min(html.len());
        let Some(html) = html.get(skipped..) else { return };
        raw::each_piece(html, |piece| {
            let place = |part: Range<usize>| run.source(part.start + skipped..part.end + skipped);
            match piece {
                Piece::Hidden { range: tag, name } => {
                    let block_end = Some(place(0..html.len()).end);
                    let script = Script { name, behind: tag.end, from: place(tag).end, block_end };
                    self.hide(html, &script)
                }
                other => self.piece(other, place),
            }
        });
        self.flush();
    }

    /// How far a script may go on behind its block: up to the next heading, which is never hidden.
    fn stretch_end(&self, from: usize) -> usize {
        let mut to = (from + LONGEST_SCRIPT).min(self.body.len());
        while !self.body.is_char_boundary(to) {
            to -= 1;
        }
        self.body.get(from..to).and_then(|rest| rest.find("\n#")).map_or(to, |heading| from + heading)
    }

    /// A script or style begins; answers where the HTML goes on. Without an end it is no more than a
    /// name in a sentence, and hides nothing.
    fn hide(&mut self, html: &str, script: &Script<'_>) -> Option<usize> {
        self.flush();
        let endless = usize::from(script.name.eq_ignore_ascii_case("style"));
        if script.from >= self.endless[endless] {
            if let Some(end) = raw::end_tag(html, script.behind, script.name) {
                return Some(end);
            }
            let to = script.block_end.map_or(self.leaf.end.min(self.body.len()), |end| self.stretch_end(end));
            let end = self.body.get(script.from..to).and_then(|rest| raw::end_tag(rest, 0, script.name));
            let end = end.map(|length| script.from + length);
            let is_code = |end: usize| self.body[..end].rfind("</").is_some_and(|at| self.body[..at].ends_with('`'));
            if let Some(end) = end.filter(|&end| script.block_end.is_some() || !is_code(end)) {
                self.hidden_until = end;
                return Some(html.len());
            }
            self.endless[endless] = end.unwrap_or(to);
        }
        self.say_name("<", script.name);
        None
    }

    fn piece(&mut self, piece: Piece<'_>, place: impl Fn(Range<usize>) -> Range<usize>) -> Option<usize> {
        match piece {
            Piece::Text { text, range } => self.run.push(self.body, &text, place(range)),
            Piece::Start { asks_for, tag, range, name } => {
                self.flush();
                self.start_tag(asks_for, &tag, place(range), name);
            }
            Piece::End { asks_for, name } => {
                self.flush();
                match asks_for {
                    Tag::Element(element) => {
                        self.structure.end_tag(element);
                    }
                    Tag::Heading(_) => {
                        self.structure.end_tag(Element::Heading(1));
                    }
                    Tag::Image | Tag::Break | Tag::Rule | Tag::Transparent => {}
                    Tag::Media if self.media > 0 => self.media -= 1,
                    Tag::Media | Tag::Hidden | Tag::Other => self.say_name("</", name),
                }
            }
            Piece::Unclosed { range } => self.structure.visitor.unclosed(place(range)),
            Piece::Hidden { .. } => {}
        }
        None
    }

    fn start_tag(&mut self, asks_for: Tag, tag: &StartTag<usize>, range: Range<usize>, name: &str) {
        let title = attribute(tag, "title").unwrap_or_default();
        self.structure.visitor.place(range.clone(), false);
        if !matches!(asks_for, Tag::Other | Tag::Hidden) {
            self.id(tag, name);
        }
        match asks_for {
            Tag::Element(Element::Link) => {
                if let Some(destination) = attribute(tag, "href") {
                    self.structure.start_link(Reference::Link { destination: &destination }, &title, range);
                }
            }
            Tag::Element(element) => self.structure.start_tag(element, detail(element, tag, &title)),
            Tag::Heading(written) => {
                let level = self.levels.nested(written).level;
                self.structure.start_tag(Element::Heading(level), Detail::None);
            }
            Tag::Image => self.image_tag(tag, &title, range),
            Tag::Break => self.structure.thing(V::line_break),
            Tag::Rule => self.structure.rule_tag(),
            Tag::Transparent | Tag::Hidden => {}
            Tag::Media => self.media_tag(tag, range, name),
            Tag::Other => self.say_name("<", name),
        }
    }

    /// The id of an element, or the name of a link: something else may lead there.
    fn id(&mut self, tag: &StartTag<usize>, name: &str) {
        let of_link = || attribute(tag, "name").filter(|_| name.eq_ignore_ascii_case("a"));
        let Some(written) = attribute(tag, "id").or_else(of_link) else { return };
        if let Some(anchor) = self.anchors.of_id(&written) {
            self.structure.visitor.id(&written, &anchor);
            self.structure.wait(anchor);
        }
    }

    /// Films and recordings are links: a page loads nothing from elsewhere.
    fn media_tag(&mut self, tag: &StartTag<usize>, range: Range<usize>, name: &str) {
        let is_source = name.eq_ignore_ascii_case("source");
        if let Some(destination) = attribute(tag, "src") {
            self.structure.start_link(Reference::Link { destination: &destination }, "", range);
            self.say(if safe_url(&destination) { last_part(&destination) } else { name });
            self.structure.end_tag(Element::Link);
            self.say(if is_source { " " } else { "" });
        } else if is_source || tag.attributes.is_empty() {
            // A sentence about the element.
            self.say_name("<", name);
            return;
        }
        self.media += usize::from(!is_source);
    }

    fn image_tag(&mut self, tag: &StartTag<usize>, title: &str, range: Range<usize>) {
        let Some(destination) = attribute(tag, "src") else { return };
        let alternative = attribute(tag, "alt").unwrap_or_default();
        self.add_to_title(&alternative);
        let image = Image {
            destination: &destination,
            title,
            alternative: &alternative,
            width: number(tag, "width").filter(|&width| width > 0),
            height: number(tag, "height").filter(|&height| height > 0),
            is_in_link: false,
        };
        self.structure.image(&image, range);
    }

    /// Texts about elements stay readable, and no attribute gets through.
    fn say_name(&mut self, open: &str, name: &str) {
        if !name.is_empty() {
            self.say(open);
            self.say(name);
            self.say(">");
        }
    }
}

/// Whether a block is one of those that only their end tag ends, and has none: it holds all the rest.
fn is_endless(html: &str) -> bool {
    let start = html.trim_start().strip_prefix('<').unwrap_or_default();
    let name = start.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
    let closes = ["script", "style", "pre", "textarea"];
    closes.iter().any(|known| known.eq_ignore_ascii_case(name))
        && !closes.iter().any(|known| raw::end_tag(html, 0, known).is_some())
}

/// The attributes of the allow-list.
fn detail<'t>(element: Element, tag: &StartTag<usize>, title: &'t str) -> Detail<'t> {
    match element {
        Element::OrderedList => number(tag, "start").map_or(Detail::None, Detail::Start),
        Element::Cell | Element::HeaderCell => Detail::Cell {
            columns: number(tag, "colspan").unwrap_or(1).clamp(1, 1000),
            rows: number(tag, "rowspan").unwrap_or(1).clamp(1, 1000),
            alignment: None,
        },
        Element::Details if attribute(tag, "open").is_some() => Detail::IsOpen,
        Element::Inline("abbr") if !title.is_empty() => Detail::Title(title),
        _ => Detail::None,
    }
}
