//! The records as a table.

use jiff::civil::Date;
use serde::Serialize;

use crate::book::RecordIndex;
use crate::diag::harmless;
use crate::pipeline::Opened;
use crate::record::{Kind, Record, fold};

/// Which records are wanted. What is left out does not narrow.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// In one of these statuses, by their words.
    pub statuses: Vec<String>,
    /// Of this service.
    pub service: Option<String>,
    /// With this configuration item.
    pub item: Option<String>,
    /// With this problem.
    pub problem: Option<String>,
    /// From this day on.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Of which nothing says that it is over.
    pub is_open: bool,
}

/// A record in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its kind, by its word.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its status, by its word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// The day that it is listed under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The business service that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its file, below the folder of the records.
    pub path: String,
}

impl Listed {
    /// The names of the columns, in order.
    pub const COLUMNS: [&'static str; 8] = ["type", "id", "status", "date", "service", "title", "draft", "path"];

    /// What stands in the columns; nothing in it gives a terminal a command.
    pub fn cells(&self) -> [String; 8] {
        let cells = [
            self.kind.to_owned(),
            self.id.clone(),
            self.status.unwrap_or_default().to_owned(),
            self.date.clone().unwrap_or_default(),
            self.service.clone().unwrap_or_default(),
            self.title.clone(),
            if self.draft { "draft".to_owned() } else { String::new() },
            self.path.clone(),
        ];
        cells.map(|cell| harmless(&cell).replace('\n', " "))
    }
}

/// The records with a file that a filter lets through, drafts among them: kinds in their order, and in each the newest
/// first.
pub fn list(opened: &Opened, filter: &Filter) -> Vec<Listed> {
    let book = &opened.book;
    let mut found: Vec<(Kind, std::cmp::Reverse<Option<Date>>, RecordIndex)> = book
        .tables
        .iter()
        .filter(|(_, record)| record.header().source.is_some() && filter.takes(record))
        .map(|(index, record)| (record.kind(), std::cmp::Reverse(record.date()), index))
        .collect();
    found.sort();
    found.into_iter().filter_map(|(.., index)| listed(opened, index)).collect()
}

pub(super) fn listed(opened: &Opened, index: RecordIndex) -> Option<Listed> {
    let record = opened.book.get(index);
    let header = record.header();
    Some(Listed {
        kind: record.kind().word(),
        id: header.id.clone(),
        title: header.title.clone(),
        status: record.status().map(|status| status.word),
        date: record.date().map(|day| day.to_string()),
        service: header.service.clone(),
        draft: header.draft,
        path: opened.book.sources[header.source?].path.clone(),
    })
}

impl Filter {
    fn takes(&self, record: &Record) -> bool {
        let header = record.header();
        let names = |ids: &[crate::record::Reference], wanted: &str| ids.iter().any(|of| fold(&of.id) == fold(wanted));
        let status = record.status().map(|status| status.word);
        self.kind.is_none_or(|kind| record.kind() == kind)
            && (self.statuses.is_empty() || status.is_some_and(|status| self.statuses.iter().any(|of| of == status)))
            && self.service.as_ref().is_none_or(|of| header.service.as_ref().is_some_and(|own| fold(own) == fold(of)))
            && self.item.as_ref().is_none_or(|item| names(&header.configuration_items, item))
            && self.problem.as_ref().is_none_or(|problem| names(&header.problems, problem))
            && self.since.is_none_or(|since| record.date().is_some_and(|day| day >= since))
            && self.until.is_none_or(|until| record.date().is_some_and(|day| day <= until))
            && (!self.is_open || is_open(record))
    }
}

/// Whether nothing says that a record is over.
fn is_open(record: &Record) -> bool {
    match record {
        Record::KnownError(known) => known.is_open(),
        _ => !matches!(
            record.status().map(|status| status.word),
            Some("deployed" | "closed" | "cancelled" | "rolled-back" | "resolved")
        ),
    }
}
