//! Safe HTML of a body, one piece for each section.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use super::element::Element;
use super::escape::{push_attribute, push_text};
use super::footnotes::Footnotes;
use super::reference::{Options, Reference, Resolution};
use super::section::{Section, push_heading};
use super::url::{is_image_url, is_outside_url, last_part, push_url, safe_url};
use super::visitor::{Detail, Image, Title, Visitor};
use super::walk::walk;

/// Renders a body; `resolve` says what becomes of each reference. It is not asked for links with an
/// unsafe address: they are printed as text. The first section is the text before the first heading.
pub fn render(
    body: &str,
    options: &Options<'_>,
    resolve: impl FnMut(Reference<'_>, Range<usize>) -> Resolution,
) -> Vec<Section> {
    let renderer = Renderer {
        remote_images: options.remote_images,
        resolve,
        out: String::with_capacity(body.len().min(4096) + body.len() / 4),
        sections: vec![Section::default()],
        footnotes: Footnotes::default(),
        destination: String::new(),
        title_start: 0,
        tables: 0,
    };
    let mut renderer = walk(body, options, renderer);
    renderer.finish_section();
    if !renderer.footnotes.is_empty() {
        for (section, list) in renderer.footnotes.lists() {
            renderer.sections[section].html.push_str(&list);
        }
    }
    renderer.sections
}

struct Renderer<R> {
    remote_images: bool,
    resolve: R,
    out: String,
    sections: Vec<Section>,
    footnotes: Footnotes,
    /// Where the open link leads, in case it has no text.
    destination: String,
    /// Where the open heading began.
    title_start: usize,
    tables: usize,
}

impl<R: FnMut(Reference<'_>, Range<usize>) -> Resolution> Renderer<R> {
    fn finish_section(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            // The buffer is used again: pages are many, and most sections short.
            section.html = self.out.as_str().to_owned();
            self.out.clear();
        }
    }

    fn section(&self) -> usize {
        self.sections.len() - 1
    }

    /// Where a reference leads, if it leads anywhere.
    fn address<'r>(&mut self, reference: Reference<'r>, range: Range<usize>) -> Option<Cow<'r, str>> {
        let written = match reference {
            Reference::Link { destination } if safe_url(destination) => destination,
            Reference::Image { destination } if is_image_url(destination) => destination,
            Reference::Link { .. } | Reference::Image { .. } => return None,
            Reference::Wiki { .. } | Reference::Mention { .. } => "",
        };
        match (self.resolve)(reference, range) {
            Resolution::Href(href) if safe_url(&href) => Some(Cow::Owned(href)),
            Resolution::Outside if !written.is_empty() => Some(Cow::Borrowed(written)),
            _ => None,
        }
    }

    fn push_link(&mut self, href: &str, title: &str) {
        self.out.push_str("<a href=\"");
        push_url(&mut self.out, href);
        self.out.push('"');
        self.push_title(title);
        if is_outside_url(href) {
            self.out.push_str(" rel=\"noopener noreferrer\"");
        }
        self.out.push('>');
    }

    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            push_attribute(&mut self.out, title);
            self.out.push('"');
        }
    }

    fn push_image(&mut self, source: &str, image: &Image<'_>) {
        self.out.push_str("<img src=\"");
        push_url(&mut self.out, source);
        self.out.push_str("\" alt=\"");
        // A link needs words.
        let is_nameless = image.is_in_link && image.alternative.trim().is_empty();
        push_attribute(&mut self.out, if is_nameless { last_part(image.destination) } else { image.alternative });
        self.out.push('"');
        self.push_title(image.title);
        for (name, value) in [("width", image.width), ("height", image.height)] {
            if let Some(value) = value {
                let _ = write!(self.out, " {name}=\"{value}\"");
            }
        }
        self.out.push_str(" loading=\"lazy\">");
    }

    fn push_detail(&mut self, detail: Detail<'_>) {
        match detail {
            Detail::None | Detail::Language(_) | Detail::Alert(_) => {}
            Detail::Start(number) => {
                let _ = write!(self.out, " start=\"{number}\"");
            }
            Detail::Cell { columns, rows, alignment } => {
                for (name, value) in [("colspan", columns), ("rowspan", rows)] {
                    if value > 1 {
                        let _ = write!(self.out, " {name}=\"{value}\"");
                    }
                }
                if let Some(alignment) = alignment {
                    let _ = write!(self.out, " class=\"{alignment}\"");
                }
            }
            Detail::IsOpen => self.out.push_str(" open"),
            Detail::Title(title) => self.push_title(title),
        }
    }

    fn open_table(&mut self) {
        self.tables += 1;
        self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table");
        // Regions of one page must differ in name.
        if self.tables > 1 {
            let _ = write!(self.out, " {}", self.tables);
        }
        self.out.push_str("\">\n<table>\n");
    }

    fn open_alert(&mut self, kind: &str) {
        let class = kind.to_ascii_lowercase();
        let _ = writeln!(self.out, "<blockquote class=\"alert alert-{class}\">\n<p class=\"alert-title\">{kind}</p>");
    }
}

impl<R: FnMut(Reference<'_>, Range<usize>) -> Resolution> Visitor for Renderer<R> {
    fn open(&mut self, element: Element, detail: Detail<'_>) -> usize {
        let mark = self.out.len();
        match (element, detail) {
            (Element::Table, _) => self.open_table(),
            (Element::Preformatted, _) => self.out.push_str("<pre tabindex=\"0\">"),
            (Element::CodeBlock, Detail::Language(language)) => {
                let _ = write!(self.out, "<pre tabindex=\"0\"><code class=\"language-{language}\">");
            }
            (Element::CodeBlock, _) => self.out.push_str("<pre tabindex=\"0\"><code>"),
            (Element::Quote, Detail::Alert(kind)) => self.open_alert(kind),
            _ => {
                self.out.push('<');
                self.out.push_str(element.name());
                self.push_detail(detail);
                self.out.push('>');
                if element.implied_child().is_some() || element == Element::Quote {
                    self.out.push('\n');
                }
            }
        }
        mark
    }

    fn close(&mut self, element: Element, _: usize) {
        if element == Element::CodeBlock {
            self.out.push_str("</code>");
        }
        self.out.push_str("</");
        self.out.push_str(element.name());
        self.out.push_str(if element == Element::Table { ">\n</div>" } else { ">" });
        if !element.is_phrasing() {
            self.out.push('\n');
        }
    }

    fn widen(&mut self, mark: usize) {
        self.out.replace_range(mark..mark + "<p>".len(), "<div>");
    }

    fn cut(&mut self, _: Element, mark: usize) {
        self.out.truncate(mark);
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.out, text);
    }

    fn code(&mut self, code: &str) {
        self.out.push_str("<code>");
        push_text(&mut self.out, code);
        self.out.push_str("</code>");
    }

    fn link(&mut self, reference: Reference<'_>, title: &str, range: Range<usize>, may_show: bool) -> bool {
        let Some(href) = may_show.then(|| self.address(reference, range)).flatten() else { return false };
        self.push_link(&href, title);
        self.destination.clear();
        self.destination.push_str(&href);
        true
    }

    fn fill_link(&mut self) {
        push_text(&mut self.out, last_part(&self.destination));
    }

    fn mention(&mut self, token: &str, range: Range<usize>) {
        let href = self.address(Reference::Mention { token }, range);
        if let Some(href) = &href {
            self.push_link(href, "");
        }
        push_text(&mut self.out, token);
        if href.is_some() {
            self.out.push_str("</a>");
        }
    }

    fn image(&mut self, image: &Image<'_>, range: Range<usize>) {
        let words = if image.alternative.trim().is_empty() { last_part(image.destination) } else { image.alternative };
        match self.address(Reference::Image { destination: image.destination }, range) {
            Some(source) if self.remote_images || !is_outside_url(&source) => self.push_image(&source, image),
            Some(source) if !image.is_in_link => {
                self.push_link(&source, image.title);
                push_text(&mut self.out, words);
                self.out.push_str("</a>");
            }
            Some(_) => push_text(&mut self.out, words),
            None if image.is_in_link => push_text(&mut self.out, words),
            None => push_text(&mut self.out, image.alternative),
        }
    }

    fn line_break(&mut self) {
        self.out.push_str("<br>\n");
    }

    fn rule(&mut self) {
        self.out.push_str("<hr>\n");
    }

    fn task(&mut self, is_done: bool) {
        let (label, sign) = if is_done { ("done", '\u{2611}') } else { ("not done", '\u{2610}') };
        let _ = write!(self.out, "<span class=\"task\" role=\"img\" aria-label=\"{label}\">{sign}</span> ");
    }

    fn footnote_reference(&mut self, name: &str, is_in_link: bool) {
        let section = self.section();
        self.footnotes.refer(&mut self.out, name, section, is_in_link);
    }

    fn footnote_start(&mut self, name: &str) {
        let section = self.section();
        self.footnotes.start(&mut self.out, name, section);
    }

    fn footnote_end(&mut self) {
        self.footnotes.end(&mut self.out);
    }

    fn landmark(&mut self, anchor: &str) {
        self.out.push_str("<span class=\"landmark\" id=\"");
        push_attribute(&mut self.out, anchor);
        self.out.push_str("\"></span>");
    }

    fn heading_start(&mut self, is_nested: bool) {
        if !is_nested {
            self.finish_section();
            self.sections.push(Section::default());
        }
        self.title_start = self.out.len();
    }

    fn heading_end(&mut self, title: Title) {
        let title_html = self.out.split_off(self.title_start);
        if title.is_nested {
            push_heading(&mut self.out, title.level, &title.anchor, &title_html);
        } else if let Some(section) = self.sections.last_mut() {
            *section = Section {
                depth: title.depth,
                level: title.level,
                title_html,
                title_text: title.text,
                range: title.range,
                anchor: title.anchor,
                html: String::new(),
            };
        }
    }
}
