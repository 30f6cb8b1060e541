//! The headings of a body with their sections, and everything that it refers to; no HTML.

use std::ops::Range;

use super::captions::{Caption, Captions};
use super::element::Element;
use super::foreign::ForeignSyntax;
use super::plain_text::{SearchableText, Words};
use super::reference::{Options, Reference};
use super::visitor::{Detail, Image, Title, Visitor};
use super::walk::walk;

/// What a body is made of. Ranges are bytes of the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The headings that begin sections, in their order: those outside quotations, lists and raw HTML.
    pub headings: Vec<Heading>,
    /// Everything that a fragment may lead to, in order: headings, those inside quotations, lists and footnotes too,
    /// elements with an id, and the page's title where the body repeats it.
    pub targets: Vec<Target>,
    /// The first heading, where it says the page's title again.
    pub title_again: Option<Range<usize>>,
    /// Lines that look like headings and begin no section; where the options ask for them, plain lines too.
    pub captions: Vec<Caption>,
    /// What other programs would replace, outside of code.
    pub foreign: Vec<(ForeignSyntax, Range<usize>)>,
    /// Whether there is nothing but white space and comments before the first heading.
    pub is_lead_empty: bool,
    /// Raw HTML that never ends: behind a comment nothing more is shown, behind the tag of a script,
    /// style, text area or preformatted text nothing more is read as Markdown.
    pub unclosed: Option<Range<usize>>,
    /// Whether quotations, lists or tags are nested so deeply that some of them are not shown.
    pub is_too_deep: bool,
    /// All words.
    pub text: SearchableText,
}

/// What a fragment may lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// The id on the page; none of the page's title.
    pub anchor: String,
    /// The id as the author wrote it.
    pub written: Option<String>,
    /// The text of a heading.
    pub title: Option<String>,
}

/// A heading that begins a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for the top headings, 2 for those under them.
    pub depth: u8,
    /// The level at which it is shown: 2 for `<h2>`.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its anchor, which no other heading of the body has.
    pub anchor: String,
    /// The heading itself.
    pub range: Range<usize>,
    /// What stands under it, with the sections below it.
    pub section: Range<usize>,
    /// Whether there is nothing under it but white space, comments, rules and headings like itself.
    pub is_empty: bool,
}

/// Finds headings and sections, and shows `visit` each reference with its place. References in the
/// alternative text of images are none; links with an unsafe address are shown as well.
pub fn outline(body: &str, options: &Options<'_>, visit: impl FnMut(Reference<'_>, Range<usize>)) -> Outline {
    let outliner = Outliner {
        visit,
        outline: Outline::default(),
        contents: vec![false],
        is_in_title: false,
        words: Words::new(None),
        captions: Captions::new(options.plain_captions),
    };
    let mut outliner = walk(body, options, outliner);
    outliner.outline.text = outliner.words.into_searchable();
    outliner.outline.captions = outliner.captions.finish();
    outliner.outline.is_lead_empty = !outliner.contents[0];
    close_sections(&mut outliner.outline.headings, &outliner.contents[1..], body.len());
    outliner.outline
}

/// A section ends where the next heading of its depth or above begins.
fn close_sections(headings: &mut [Heading], contents: &[bool], end: usize) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..headings.len() {
        let (depth, start) = (headings[index].depth, headings[index].range.start);
        while let Some(last) = open.pop_if(|last| headings[*last].depth >= depth) {
            headings[last].section.end = start;
        }
        open.push(index);
        if contents[index] {
            open.iter().for_each(|&above| headings[above].is_empty = false);
        }
    }
    for last in open {
        headings[last].section.end = end;
    }
}

struct Outliner<F> {
    visit: F,
    outline: Outline,
    /// Whether there is something before the first heading, and between each and the next.
    contents: Vec<bool>,
    is_in_title: bool,
    words: Words,
    captions: Captions,
}

impl<F> Outliner<F> {
    fn has_content(&mut self) {
        if !self.is_in_title
            && let Some(last) = self.contents.last_mut()
        {
            *last = true;
        }
    }
}

impl<F: FnMut(Reference<'_>, Range<usize>)> Visitor for Outliner<F> {
    const WANTS_FOREIGN: bool = true;

    fn foreign(&mut self, syntax: ForeignSyntax, range: Range<usize>) {
        self.outline.foreign.push((syntax, range));
    }

    fn open(&mut self, element: Element, detail: Detail<'_>) -> usize {
        self.captions.open(element);
        self.words.open(element, detail)
    }

    fn close(&mut self, element: Element, mark: usize) {
        self.captions.close(element);
        self.words.close(element, mark);
    }

    fn cut(&mut self, element: Element, mark: usize) {
        self.captions.close(element);
        self.words.cut(element, mark);
    }

    fn line_break(&mut self) {
        self.captions.end_line();
        self.words.line_break();
    }

    fn rule(&mut self) {
        self.captions.end_block();
        self.words.rule();
    }

    fn text(&mut self, text: &str) {
        self.captions.text(text);
        self.words.text(text);
        if !self.contents.last().is_some_and(|&has| has) && text.chars().any(|letter| !letter.is_whitespace()) {
            self.has_content();
        }
    }

    fn code(&mut self, code: &str) {
        self.captions.text(code);
        self.words.code(code);
        self.has_content();
    }

    fn link(&mut self, reference: Reference<'_>, _: &str, range: Range<usize>, may_show: bool) -> bool {
        (self.visit)(reference, range);
        if may_show {
            self.captions.link();
        }
        may_show
    }

    fn mention(&mut self, token: &str, range: Range<usize>) {
        self.captions.text(token);
        self.words.mention(token, range.clone());
        self.has_content();
        (self.visit)(Reference::Mention { token }, range);
    }

    fn image(&mut self, image: &Image<'_>, range: Range<usize>) {
        self.words.image(image, range.clone());
        self.has_content();
        (self.visit)(Reference::Image { destination: image.destination }, range);
    }

    fn heading_start(&mut self, is_nested: bool) {
        self.captions.heading_start(is_nested);
        self.words.heading_start(is_nested);
        self.is_in_title = !is_nested;
    }

    fn heading_end(&mut self, title: Title) {
        self.captions.heading_end();
        self.words.end_heading(title.is_nested);
        self.is_in_title = false;
        let target = Target { anchor: title.anchor.clone(), written: title.id, title: Some(title.text.clone()) };
        self.outline.targets.push(target);
        if title.is_nested {
            return;
        }
        self.contents.push(false);
        self.outline.headings.push(Heading {
            depth: title.depth,
            level: title.level,
            text: title.text,
            anchor: title.anchor,
            section: title.range.end..title.range.end,
            range: title.range,
            is_empty: true,
        });
    }

    fn place(&mut self, range: Range<usize>, is_outermost: bool) {
        self.captions.place(range, is_outermost);
    }

    fn title_again(&mut self, text: String, id: Option<&str>, range: Range<usize>) {
        self.outline.title_again = Some(range);
        let target = Target { anchor: String::new(), written: id.map(str::to_owned), title: Some(text) };
        self.outline.targets.push(target);
    }

    fn id(&mut self, written: &str, anchor: &str) {
        self.outline.targets.push(Target { anchor: anchor.to_owned(), written: Some(written.to_owned()), title: None });
    }

    fn unclosed(&mut self, range: Range<usize>) {
        self.outline.unclosed.get_or_insert(range);
    }

    fn too_deep(&mut self) {
        self.outline.is_too_deep = true;
    }
}
