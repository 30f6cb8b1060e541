//! Every text that a record had, and what each changed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::book::body_options;
use crate::read::markdown;
use crate::record::{Data, Record};

/// A text that a record had.
#[derive(Debug, Serialize)]
pub struct Revision {
    /// The commit that made it, by its whole name.
    pub commit: String,
    /// Who made the commit.
    pub author: String,
    /// When its author made it (RFC 3339); null where the commit does not say so.
    pub at: Option<String>,
    /// Where the text stands, below the record's folder.
    pub file: String,
    /// What it changed; null where this text, or the one before it, could not be read as a record.
    pub changes: Option<Vec<KeyChange>>,
}

/// A key or a section that is otherwise than before.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct KeyChange {
    /// The key, or `body` with the heading of a section behind it.
    pub key: String,
    /// What stood there; null where nothing did.
    pub was: Option<Data>,
    /// What stands there; null where nothing does.
    pub is: Option<Data>,
}

/// A record with its body.
type Text<'a> = (&'a Record, &'a str);

/// What differs between two texts of a record, in the order of the keys; all of a text that has none before it.
pub fn changes(was: Option<Text<'_>>, is: Text<'_>) -> Vec<KeyChange> {
    let (before, after) = (was.map(parts).unwrap_or_default(), parts(is));
    let mut found = Vec::new();
    for (place, (key, data)) in &after {
        let was = before.get(place).map(|(_, data)| data);
        if was != Some(data) {
            found.push(KeyChange { key: key.clone(), was: was.cloned(), is: Some(data.clone()) });
        }
    }
    for (place, (key, data)) in &before {
        if !after.contains_key(place) {
            found.push(KeyChange { key: key.clone(), was: Some(data.clone()), is: None });
        }
    }
    found
}

/// Keys and sections in order, each by its place among those of its name.
type Parts = BTreeMap<(usize, String, usize), (String, Data)>;

/// What each key holds, and the text under each heading.
fn parts((record, body): Text<'_>) -> Parts {
    let mut parts = Parts::new();
    let mut number = 0;
    let order: Vec<&str> = record.kind().keys().map(|key| key.name).collect();
    record.each_data(&mut |key, data| {
        number = order.iter().position(|name| *name == key.name).unwrap_or(order.len());
        parts.insert((number, key.name.to_owned(), 0), (key.name.to_owned(), data));
    });
    let outline = markdown::outline(body, &body_options(record), |_, _| ());
    let lead = outline.headings.first().map_or(body.len(), |heading| heading.range.start);
    let mut add = |heading: &str, text: &str| {
        if text.trim().is_empty() && heading.is_empty() {
            return;
        }
        let key = if heading.is_empty() { "body".to_owned() } else { format!("body: {heading}") };
        let like = parts.keys().filter(|(place, name, _)| *place > order.len() && *name == key).count();
        parts.insert((order.len() + 1, key.clone(), like), (key, Data::Text(text.trim().to_owned())));
    };
    add("", &body[..lead]);
    let ends = outline.headings.iter().skip(1).map(|next| next.range.start).chain([body.len()]);
    for (heading, end) in outline.headings.iter().zip(ends) {
        add(&heading.text, body.get(heading.range.end..end).unwrap_or_default());
    }
    parts
}
