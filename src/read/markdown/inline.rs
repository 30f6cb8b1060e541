//! What stands within a line: text with its wiki links and ids, links, images, breaks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::element::Element;
use super::foreign::{foreign_line, foreign_syntax};
use super::reference::Reference;
use super::run::Run;
use super::tokens::{Token, next_token};
use super::visitor::{Image, Visitor};
use super::walk::Walk;

/// How far the `]]` of a wiki link may be from its `[[`, where the label has markup.
const LONGEST_LABEL: usize = 500;

/// How far behind the beginning of its line a text can begin: marks of quotations and lists stand before it.
const LONGEST_MARKS: usize = 100;

impl<'a, V: Visitor> Walk<'a, V> {
    /// An event that is neither a start nor an end nor text.
    pub(super) fn inline(&mut self, event: Event<'a>, range: Range<usize>) {
        self.flush();
        match event {
            Event::Code(code) => {
                self.add_to_title(&code);
                self.structure.code(&code);
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::SoftBreak => self.say("\n"),
            Event::HardBreak => {
                self.add_to_title(" ");
                self.structure.thing(V::line_break);
            }
            Event::Rule => self.structure.rule(),
            Event::TaskListMarker(is_done) => self.structure.thing(|visitor| visitor.task(is_done)),
            Event::FootnoteReference(name) => {
                let is_in_link = self.structure.is_in_link();
                self.structure.thing(|visitor| visitor.footnote_reference(&name, is_in_link));
            }
            _ => {}
        }
    }

    pub(super) fn start_link(&mut self, kind: LinkType, destination: &str, title: &str, range: Range<usize>) {
        if kind == LinkType::Email {
            let destination = format!("mailto:{destination}");
            self.structure.begin_link(Reference::Link { destination: &destination }, title, range);
        } else {
            self.structure.begin_link(Reference::Link { destination }, title, range);
        }
    }

    pub(super) fn alternative(&mut self, text: &str) {
        if let Some(image) = &mut self.image {
            image.alternative.push_str(text);
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(pending) = self.image.take().filter(|image| image.range.start >= self.hidden_until) else { return };
        self.add_to_title(&pending.alternative);
        let image = Image {
            destination: &pending.destination,
            title: &pending.title,
            alternative: &pending.alternative,
            width: None,
            height: None,
            is_in_link: false,
        };
        self.structure.image(&image, pending.range);
    }

    /// Tells text as it is.
    pub(super) fn say(&mut self, text: &str) {
        if !text.is_empty() {
            self.add_to_title(text);
            self.structure.text(text);
        }
    }

    pub(super) fn add_to_title(&mut self, text: &str) {
        if let Some((title, ..)) = &mut self.title {
            for (index, line) in text.split('\n').enumerate() {
                title.push_str(if index > 0 { " " } else { "" });
                title.push_str(line);
            }
        }
    }

    /// Tells the text that was joined so far.
    #[inline]
    pub(super) fn flush(&mut self) {
        if !self.run.is_empty() {
            let run = std::mem::take(&mut self.run);
            self.tell(&run);
        }
    }

    fn tell(&mut self, run: &Run) {
        let text = run.text(self.body);
        if V::WANTS_FOREIGN && !self.structure.is_quiet() {
            let start = run.source(0..1).start;
            if let Some((syntax, length)) = self.line_at(start).and_then(foreign_line) {
                self.structure.visitor.foreign(syntax, start..start + length);
            }
            for (syntax, range) in foreign_syntax(text) {
                self.structure.visitor.foreign(syntax, run.source(range));
            }
        }
        let mut said = self.end_wiki(text);
        let mut at = said;
        while !self.structure.is_quiet()
            && let Some((token, range)) = next_token(text, at)
        {
            at = range.end;
            let is_kept = match token {
                Token::Mention => !self.structure.is_in_heading(),
                Token::Wiki { .. } | Token::Address | Token::Host | Token::Mail => true,
                Token::WikiStart { .. } => self.label_ends(run.source(range.clone()).end),
            };
            if !is_kept {
                at = if token == Token::Mention { at } else { range.start + 2 };
                continue;
            }
            self.say(&text[said..range.start]);
            let place = run.source(range.clone());
            match token {
                Token::Mention => self.structure.mention(&text[range], place),
                Token::Address => self.link_to(&text[range.clone()], &text[range], place),
                Token::Host => self.link_to(&format!("http://{}", &text[range.clone()]), &text[range], place),
                Token::Mail => self.link_to(&format!("mailto:{}", &text[range.clone()]), &text[range], place),
                Token::Wiki { kind, id, label } => {
                    self.structure.start_link(Reference::Wiki { kind, id }, "", place);
                    self.say(label);
                    self.structure.end_tag(Element::Link);
                }
                Token::WikiStart { kind, id } => {
                    self.structure.start_link(Reference::Wiki { kind, id }, "", place);
                    self.is_in_wiki = true;
                }
            }
            said = at;
        }
        self.say(&text[said..]);
    }

    /// An address that is a link by itself.
    fn link_to(&mut self, destination: &str, text: &str, place: Range<usize>) {
        self.structure.start_link(Reference::Link { destination }, "", place);
        self.say(text);
        self.structure.end_tag(Element::Link);
    }

    /// The line of the source from a place on, where nothing but the marks of quotations and lists stands before it.
    fn line_at(&self, place: usize) -> Option<&'a str> {
        let from = place.saturating_sub(LONGEST_MARKS);
        let before = &self.body.as_bytes()[from..place];
        let line = before.iter().rposition(|&byte| byte == b'\n').map(|at| &before[at + 1..]);
        let line = line.or_else(|| (from == 0).then_some(before))?;
        let is_start = line.iter().all(|byte| b" \t>-*+.)0123456789".contains(byte));
        is_start.then(|| self.body[place..].lines().next()).flatten()
    }

    /// Tells the rest of a wiki link's label, if one is open; answers how much of the text that was.
    fn end_wiki(&mut self, text: &str) -> usize {
        self.is_in_wiki &= self.structure.is_in_link();
        if !self.is_in_wiki {
            return 0;
        }
        let Some(end) = text.find("]]") else { return 0 };
        self.say(&text[..end]);
        self.structure.end_tag(Element::Link);
        self.is_in_wiki = false;
        end + 2
    }

    /// Whether a wiki link whose label begins here has an end in the same block.
    fn label_ends(&self, from: usize) -> bool {
        let mut to = self.leaf.end.min(from + LONGEST_LABEL).min(self.body.len());
        while !self.body.is_char_boundary(to) {
            to -= 1;
        }
        let label = self.body.get(from..to).unwrap_or_default();
        label.find("]]").is_some_and(|end| !label[..end].contains("[["))
    }
}
