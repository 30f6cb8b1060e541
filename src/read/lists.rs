//! Lists of a map that is being read; what stands alone where a list is meant is read as a list of one.

use super::fields::{Fields, text_of};
use super::lints::WRONG_TYPE;
use super::moment;
use super::node::{Node, Value};
use super::shape::{Shape, filled, is_understood};
use super::term::Term;
use crate::source::Span;

/// A text of a list.
struct Piece {
    text: String,
    span: Span,
    is_quoted: bool,
}

impl<'a> Fields<'a> {
    /// A list of texts with their places.
    pub fn texts(&self, key: &'static str) -> Vec<(String, Span)> {
        self.list_of_texts(key, Shape::Texts)
    }

    /// A list of ids of a kind, by the kind's word, with their places.
    pub fn ids(&self, key: &'static str, kind: &'static str) -> Vec<(String, Span)> {
        self.list_of_texts(key, Shape::Ids(kind))
    }

    /// The items of a list of texts or maps.
    pub fn items(&self, key: &'static str) -> &'a [Node] {
        self.value(key, Shape::List).map_or(&[], |node| self.list(node, key, "[…]"))
    }

    /// A list of maps, each with its fields; `owner` names one of them, `like` shows what one looks like.
    pub fn maps(&self, key: &'static str, owner: &'static str, like: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = self.value(key, Shape::Maps(like)) else { return Vec::new() };
        let items = match &node.value {
            Value::Scalar { .. } => {
                self.push_no_list(node, key, &format!("[{like}]"));
                return Vec::new();
            }
            _ => self.list(node, key, &format!("[{like}]")),
        };
        let one = |item: &'a Node| match &item.value {
            Value::Map(entries) => Some(Fields::of(entries, item.span, owner, self.sink)),
            Value::Null => Some(Fields::of(&[], item.span, owner, self.sink)),
            _ => {
                super::fields::wrong_map(self.sink, item, owner, like);
                None
            }
        };
        items.iter().filter_map(one).collect()
    }

    /// A list of words of a closed set.
    pub fn terms<T: Term>(&self, key: &'static str) -> Vec<T> {
        let Some(node) = self.value(key, Shape::Words(is_understood::<T>)) else { return Vec::new() };
        self.list(node, key, "[…]").iter().filter_map(|item| self.term_of(item, key)).collect()
    }

    /// A list of days with their places.
    pub fn dates(&self, key: &'static str) -> Vec<(jiff::civil::Date, Span)> {
        let one = |Piece { text, span, is_quoted }: Piece| {
            let moment = moment::parse(&text, span, is_quoted, self.sink)?;
            Some((moment::day(&moment, key, self.sink)?, span))
        };
        self.pieces(key, Shape::Days).into_iter().filter_map(one).collect()
    }

    /// A text, or a list of texts.
    pub fn text_or_texts(&self, key: &'static str) -> Vec<String> {
        match self.value(key, Shape::Texts) {
            Some(node) if node.text().is_some() => node.text().map(str::to_owned).into_iter().collect(),
            Some(node) => self.pieces_of(node, key).into_iter().map(|piece| piece.text).collect(),
            None => Vec::new(),
        }
    }

    fn list_of_texts(&self, key: &'static str, shape: Shape) -> Vec<(String, Span)> {
        self.pieces(key, shape).into_iter().map(|piece| (piece.text, piece.span)).collect()
    }

    fn pieces(&self, key: &'static str, shape: Shape) -> Vec<Piece> {
        self.value(key, shape).map_or_else(Vec::new, |node| self.pieces_of(node, key))
    }

    fn pieces_of(&self, node: &'a Node, key: &'static str) -> Vec<Piece> {
        let Some(text) = node.text() else {
            let one = |item: &'a Node| {
                let text = text_of(item, key, self.sink)?.to_owned();
                Some(Piece { text, span: item.span, is_quoted: item.is_quoted() })
            };
            return self.list(node, key, "[\u{2026}]").iter().filter_map(one).collect();
        };
        let texts: Vec<&str> = text.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let list = format!("[{}]", texts.iter().map(|piece| node.like(piece)).collect::<Vec<_>>().join(", "));
        // The places of the pieces are known where the text stands as it is read, perhaps between quotes.
        let quotes = (node.span.range().len() - text.len().min(node.span.range().len())) / 2;
        let is_as_read = node.span.range().len() == text.len() + 2 * quotes && quotes <= 1;
        if !self.push_no_list(node, key, &list) || !is_as_read {
            return Vec::new();
        }
        let place = |piece: &str| {
            let at = node.span.start as usize + quotes + (piece.as_ptr() as usize - text.as_ptr() as usize);
            Span::new(at..at + piece.len())
        };
        let one = |piece: &&str| Piece { text: (*piece).to_owned(), span: place(piece), is_quoted: false };
        texts.iter().map(one).collect()
    }

    /// The items of a list; what stands alone is the one item, with a finding.
    fn list(&self, node: &'a Node, key: &'static str, like: &str) -> &'a [Node] {
        match &node.value {
            Value::List(items) => items,
            _ if self.push_no_list(node, key, like) => std::slice::from_ref(node),
            _ => &[],
        }
    }

    /// Reports what is no list, with the list that is meant; whether reading may go on with it.
    fn push_no_list(&self, node: &Node, key: &'static str, like: &str) -> bool {
        let message = format!("`{key}` takes a list, and this is {}", node.describe());
        let finding = self.sink.finding(&WRONG_TYPE, node.span, message).label("expected a list");
        let list = filled(like, node);
        self.sink.push(match &node.value {
            Value::Scalar { text, .. } if text.contains('\n') => {
                finding.help("write each item on a line of its own, behind `- `")
            }
            Value::Scalar { .. } if list.contains('\u{2026}') || list.contains('{') => {
                finding.help(format!("write it as `{key}: {list}`"))
            }
            Value::Scalar { .. } => finding.help(format!("write `{key}: {list}`")).replace_with(list),
            _ => finding.help("put it in brackets, `[{\u{2026}}]`; on lines of its own, put `- ` before its first key and indent its others as deep"),
        });
        self.sink.stops(&WRONG_TYPE)
    }
}
