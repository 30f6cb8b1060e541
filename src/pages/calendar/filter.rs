//! What a page's entries can be filtered by, each choice with the token that its entries bear.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::entry::Entry;
use crate::book::{Direction, OccurrenceIndex, RecordIndex, Work};
use crate::pages::Context;
use crate::record::{Record, Relation};

/// No list of choices is longer than this, so that a page stays small.
const MOST_CHOICES: usize = 200;

/// A list of choices.
#[derive(Debug, Default, Serialize)]
pub struct Choices {
    /// `service`, …: its name in the address.
    pub name: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What can be chosen, with the tokens.
    pub choices: Vec<(String, String)>,
}

/// The choices of a page, as they are gathered.
#[derive(Debug, Default)]
pub(super) struct Filter {
    services: Vec<RecordIndex>,
    items: Vec<RecordIndex>,
    types: Vec<String>,
    states: Vec<String>,
}

impl Filter {
    /// An entry with its tokens, under the heading of a day where one is given.
    pub(super) fn entry(&mut self, context: &Context<'_>, index: OccurrenceIndex, heading: Option<Date>) -> Entry {
        let mut entry = super::entry(context, index, heading);
        let occurrence = context.edition.schedule.get(index);
        let record = context.edition.get(occurrence.record);
        let named = |relation| {
            let others = context.edition.connections.others(occurrence.record, relation, Direction::Forward);
            others.iter().map(|connection| connection.other).collect()
        };
        let Work { services, items } = match record.plan() {
            Some(_) => context.edition.work(occurrence.record),
            None => Work { services: named(Relation::Service), items: named(Relation::ConfigurationItem) },
        };
        let is_for_all = matches!(record, Record::Window(of) if of.is_for_all);
        let mut tokens = String::new();
        if is_for_all {
            tokens += "s i ";
        }
        services.into_iter().for_each(|service| add(&mut self.services, service, 's', &mut tokens));
        items.into_iter().for_each(|item| add(&mut self.items, item, 'i', &mut tokens));
        add(&mut self.types, entry.label.to_owned(), 't', &mut tokens);
        let of_type = match record {
            Record::Release(release) => release.release_type.map(|of_type| of_type.label()),
            Record::Change(change) => change.change_type.map(|of_type| of_type.label()),
            _ => None,
        };
        if let Some(of_type) = of_type {
            add(&mut self.types, format!("{}: {}", entry.label, of_type.to_lowercase()), 't', &mut tokens);
        }
        if let Some(state) = entry.state {
            add(&mut self.states, state.label.to_owned(), 'x', &mut tokens);
        }
        tokens.truncate(tokens.trim_end().len());
        entry.filter = tokens;
        entry
    }

    /// The lists that have a choice.
    pub(super) fn choices(self, context: &Context<'_>) -> Vec<Choices> {
        let titles = |records: Vec<RecordIndex>| {
            records.into_iter().map(|index| context.edition.get(index).header().title.clone()).collect()
        };
        let ids = |records: Vec<RecordIndex>| {
            records.into_iter().map(|index| context.edition.get(index).header().id.clone()).collect()
        };
        [
            choices("service", "Service", 's', titles(self.services)),
            choices("item", "Configuration item", 'i', ids(self.items)),
            choices("type", "Type", 't', self.types),
            choices("status", "Status", 'x', self.states),
        ]
        .into_iter()
        .filter(|list| list.choices.len() > 1)
        .collect()
    }
}

fn add<T: PartialEq>(all: &mut Vec<T>, value: T, letter: char, tokens: &mut String) {
    let number = match all.iter().position(|known| *known == value) {
        Some(number) => number,
        None if all.len() < MOST_CHOICES => {
            all.push(value);
            all.len() - 1
        }
        None => return,
    };
    write!(tokens, "{letter}{number} ").unwrap_or_default();
}

fn choices(name: &'static str, label: &'static str, letter: char, names: Vec<String>) -> Choices {
    let mut choices: Vec<(String, String)> =
        names.into_iter().enumerate().map(|(number, text)| (text, format!("{letter}{number}"))).collect();
    choices.sort();
    Choices { name, label, choices }
}
