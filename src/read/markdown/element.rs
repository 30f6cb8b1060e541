//! The elements that a page can get from a body, and which tag of raw HTML asks for which.

/// An element; its name is fixed, so no text of a record ever becomes a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// A paragraph.
    Paragraph,
    /// A division, also a paragraph that turned out to hold blocks.
    Division,
    /// A quotation.
    Quote,
    /// Preformatted text of raw HTML.
    Preformatted,
    /// A code block of Markdown.
    CodeBlock,
    /// A list with bullets.
    UnorderedList,
    /// A list with numbers.
    OrderedList,
    /// An item of a list.
    Item,
    /// A list of terms.
    DescriptionList,
    /// A term.
    Term,
    /// What a term means.
    Description,
    /// A heading with the level at which it is shown.
    Heading(u8),
    /// A table.
    Table,
    /// A table's caption.
    Caption,
    /// A table's head.
    TableHead,
    /// A table's body.
    TableBody,
    /// A table's foot.
    TableFoot,
    /// A row.
    Row,
    /// A cell that heads a row or column.
    HeaderCell,
    /// A cell.
    Cell,
    /// A part that opens on demand.
    Details,
    /// What is seen of such a part at first.
    Summary,
    /// A footnote's text.
    Footnote,
    /// A link.
    Link,
    /// Inline code.
    Code,
    /// An inline element without attributes and without a rule of its own.
    Inline(&'static str),
}

/// What a tag of raw HTML asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// An element of the allow-list.
    Element(Element),
    /// A heading, with the level in its name.
    Heading(u8),
    /// An image.
    Image,
    /// A line break.
    Break,
    /// A rule.
    Rule,
    /// An element without a meaning of its own: its content stands, its tag does not.
    Transparent,
    /// A film or a recording.
    Media,
    /// A script or style: its content is not text.
    Hidden,
    /// Any other.
    Other,
}

impl Element {
    /// The tag's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Element::Paragraph => "p",
            Element::Division | Element::Footnote => "div",
            Element::Quote => "blockquote",
            Element::Preformatted | Element::CodeBlock => "pre",
            Element::UnorderedList => "ul",
            Element::OrderedList => "ol",
            Element::Item => "li",
            Element::DescriptionList => "dl",
            Element::Term => "dt",
            Element::Description => "dd",
            Element::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1],
            Element::Table => "table",
            Element::Caption => "caption",
            Element::TableHead => "thead",
            Element::TableBody => "tbody",
            Element::TableFoot => "tfoot",
            Element::Row => "tr",
            Element::HeaderCell => "th",
            Element::Cell => "td",
            Element::Details => "details",
            Element::Summary => "summary",
            Element::Link => "a",
            Element::Code => "code",
            Element::Inline(name) => name,
        }
    }

    /// Whether it stands within a line, and so may hold no block.
    pub(super) fn is_phrasing(self) -> bool {
        matches!(self, Element::Link | Element::Code | Element::Inline(_))
    }

    /// Whether text in it is taken as it is, without a look for wiki links and ids.
    pub(super) fn is_quiet(self) -> bool {
        matches!(
            self,
            Element::Link
                | Element::Code
                | Element::Preformatted
                | Element::CodeBlock
                | Element::Inline("kbd" | "samp" | "var")
        )
    }

    /// Whether it is a block that holds no block.
    pub(super) fn is_leaf(self) -> bool {
        matches!(
            self,
            Element::Paragraph
                | Element::Heading(_)
                | Element::Summary
                | Element::Caption
                | Element::Preformatted
                | Element::CodeBlock
        )
    }

    /// Whether it is one of the two lists of items.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Element::UnorderedList | Element::OrderedList)
    }

    /// Whether it holds rows.
    pub(super) fn holds_rows(self) -> bool {
        matches!(self, Element::Table | Element::TableHead | Element::TableBody | Element::TableFoot)
    }

    /// The element that text inside this one needs around it.
    pub(super) fn implied_child(self) -> Option<Element> {
        match self {
            Element::UnorderedList | Element::OrderedList => Some(Element::Item),
            Element::DescriptionList => Some(Element::Description),
            Element::Row => Some(Element::Cell),
            _ if self.holds_rows() => Some(Element::Row),
            _ => None,
        }
    }
}

/// What a tag's name, in lower case, asks for.
pub(super) fn tag(name: &[u8]) -> Tag {
    use Element::*;
    let element = match name {
        b"p" => Paragraph,
        b"div" => Division,
        b"blockquote" => Quote,
        b"pre" => Preformatted,
        b"ul" => UnorderedList,
        b"ol" => OrderedList,
        b"li" => Item,
        b"dl" => DescriptionList,
        b"dt" => Term,
        b"dd" => Description,
        b"table" => Table,
        b"caption" => Caption,
        b"thead" => TableHead,
        b"tbody" => TableBody,
        b"tfoot" => TableFoot,
        b"tr" => Row,
        b"th" => HeaderCell,
        b"td" => Cell,
        b"details" => Details,
        b"summary" => Summary,
        b"a" => Link,
        b"code" => Code,
        [b'h', digit @ b'1'..=b'6'] => return Tag::Heading(digit - b'0'),
        b"img" => return Tag::Image,
        b"br" => return Tag::Break,
        b"hr" => return Tag::Rule,
        b"span" | b"col" | b"colgroup" | b"wbr" => return Tag::Transparent,
        b"video" | b"audio" | b"source" => return Tag::Media,
        b"script" | b"style" => return Tag::Hidden,
        _ => match INLINE.iter().find(|inline| inline.as_bytes() == name) {
            Some(inline) => Inline(inline),
            None => return Tag::Other,
        },
    };
    Tag::Element(element)
}

const INLINE: [&str; 18] = [
    "abbr", "b", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong", "sub", "sup",
    "u", "var",
];

/// `<strike>` is no element of HTML any more; `<s>` is the same thing under its present name.
pub(super) fn present_name(name: &[u8]) -> &[u8] {
    if name == b"strike" { b"s" } else { name }
}
