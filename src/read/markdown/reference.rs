//! What a body points at, what the caller answers, and how a body is to be read.

/// Something in a body that points elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference<'a> {
    /// A link, in Markdown or in raw HTML; entities in the destination are decoded.
    Link {
        /// Where it leads, as written.
        destination: &'a str,
    },
    /// An image, in Markdown or in raw HTML.
    Image {
        /// Where it is, as written.
        destination: &'a str,
    },
    /// `[[CHG-2041]]`, `[[change:CHG-2041|the driver update]]`.
    Wiki {
        /// What stands before the colon.
        kind: Option<&'a str>,
        /// The record's id.
        id: &'a str,
    },
    /// A word in plain text that has the looks of an id: `CHG-2041`.
    Mention {
        /// The word.
        token: &'a str,
    },
}

/// What the caller makes of a [`Reference`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Link to this address; an image is shown from there.
    Href(String),
    /// Leave the destination as it is written.
    Outside,
    /// Print the text, without a link.
    Text,
}

/// How a body is read. `outline` and `render` agree on anchors if they get the same.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The anchor of a heading that the caller knows by its text. The first such heading gets it as
    /// it is, even if it is among the reserved ones.
    pub fixed_anchor: &'a (dyn Fn(&str) -> Option<&'static str> + Sync),
    /// Ids that the page uses itself, sorted; no other heading gets one of them.
    pub reserved_anchors: &'a [&'a str],
    /// The heading that the page has above the body. Where the body's first heading says the same again, or the id, or
    /// both, it is left out, and what follows moves up.
    pub page_title: &'a str,
    /// The id that the page shows beside its title.
    pub page_id: &'a str,
    /// Whether an outline's captions hold lines that nothing sets apart from a text.
    pub plain_captions: bool,
    /// The level at which the body's top headings are shown, whatever number of `#` they have.
    pub top_level: u8,
    /// Show images of other sites, rather than a link to them.
    pub remote_images: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            fixed_anchor: &|_| None,
            reserved_anchors: &[],
            page_title: "",
            page_id: "",
            plain_captions: false,
            top_level: 2,
            remote_images: false,
        }
    }
}
