//! One record: what it says, who names it, what is wrong with it.

use anyhow::Result;
use serde::Serialize;

use super::find::find;
use super::list::{Listed, listed};
use crate::book::{Direction, RecordIndex};
use crate::diag::{Finding, Level};
use crate::pipeline::Opened;
use crate::record::{Keyed, Part, Piece, Record};

/// What stands under a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The key.
    pub key: &'static str,
    /// Its name on pages.
    pub label: &'static str,
    /// What stands under it, one behind the other.
    pub values: Vec<String>,
}

/// A record that is connected with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Connected {
    /// What is said of the two, as a page says it.
    pub relation: &'static str,
    /// Its kind, by its word.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// One record.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// What a list has of it.
    #[serde(flatten)]
    pub listed: Listed,
    /// What stands under its keys, but for what the list has.
    pub values: Vec<Value>,
    /// The parts of its plan that its status wants and that are not there.
    pub missing: Vec<&'static str>,
    /// Who names it, and whom it names.
    pub connected: Vec<Connected>,
    /// What was found in it: level, code and message.
    pub findings: Vec<(&'static str, &'static str, String)>,
    /// The address of its page on the site.
    pub address: String,
    /// Its body, in Markdown.
    pub body: String,
}

/// Tells of one record.
///
/// # Errors
///
/// There is no such record, or several have the id.
pub fn show(opened: &Opened, id: &str) -> Result<Shown> {
    let index = find(&opened.book, id)?;
    let record = opened.book.get(index);
    let source = record.header().source;
    let of_record = |(level, finding): &&(Level, Finding)| Some(finding.place.source) == source && *level != Level::Off;
    let findings = opened.report.findings().iter().filter(of_record);
    let missing = opened.book.readiness(index, &opened.settings.process).map(|of| of.missing).unwrap_or_default();
    Ok(Shown {
        listed: listed(opened, index).ok_or_else(|| anyhow::anyhow!("{id} has no file"))?,
        values: values(record),
        missing: missing.into_iter().map(Part::label).collect(),
        connected: connected(opened, index),
        findings: findings.map(|(level, of)| (level.word(), of.lint.code, of.message.clone())).collect(),
        address: opened.book.route(index).as_str().to_owned(),
        body: opened.book.body(index).to_owned(),
    })
}

/// Keys that a list has.
const LISTED: [&str; 4] = ["id", "title", "status", "service"];

fn values(record: &Record) -> Vec<Value> {
    let mut all = Vec::new();
    record.each_key(&mut |key, held| {
        let mut values = Vec::new();
        held.each(key, &mut |inner, piece| {
            let text = match piece {
                Piece::Word(word) => word.label.to_owned(),
                Piece::Day(day) => day.to_string(),
                Piece::Moment(moment) => moment.local().to_string(),
                Piece::Set => "yes".to_owned(),
                piece => piece.text().unwrap_or_default().to_owned(),
            };
            values.push(if inner.name == key.name { text } else { format!("{}: {text}", inner.label) });
        });
        if !values.is_empty() && !LISTED.contains(&key.name) {
            all.push(Value { key: key.name, label: key.label, values });
        }
    });
    if let Some(plan) = record.plan() {
        let zone = |at: &jiff::Zoned| at.time_zone().iana_name().unwrap_or("UTC").to_owned();
        let time = |of: &crate::record::Window| {
            let [start, end] = [&of.start, &of.end].map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
            format!("{start} to {end} {}", zone(&of.start))
        };
        let times: Vec<String> = plan.windows.iter().map(time).collect();
        if !times.is_empty() {
            let key = crate::record::Plan::key("windows").map_or("", |key| key.name);
            all.push(Value { key, label: "Planned times", values: times });
        }
    }
    all
}

fn connected(opened: &Opened, index: RecordIndex) -> Vec<Connected> {
    let of = |connection: &crate::book::Connection| {
        let other = opened.book.get(connection.other);
        let (relation, _) = connection.relation.list(connection.direction, other.kind());
        let header = other.header();
        // What the record itself says stands among its values.
        (connection.direction == Direction::Backward).then(|| Connected {
            relation,
            kind: other.kind().word(),
            id: header.id.clone(),
            title: header.title.clone(),
        })
    };
    opened.book.connections.of(index).iter().filter_map(of).collect()
}
