//! RB202: what a record names and the site, which lists all of its sort, does not know.

use rustc_hash::FxHashSet;

use super::subject::{Context, Subject};
use super::written_texts::{WrittenText, written_texts};
use crate::book::{RecordIndex, UNKNOWN_REFERENCE};
use crate::config::Listed;
use crate::diag::Finding;
use crate::read::nearest;
use crate::record::{ItemClass, Kind, Piece, Record, fold, fold_name};
use crate::source::Span;

/// Keys under which those stand who decide or do the work.
const OF_PEOPLE: &[&str] =
    &["initiator", "owner", "release_manager", "by", "approved_by", "responsible", "accountable"];

/// More than this many names get no "the nearest is": looking for one compares with every name there is.
const SUGGESTIONS: usize = 20;

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let references = &context.settings.references;
    if references.listed.is_empty() {
        return Vec::new();
    }
    let register = Register::new(context);
    let mut findings = Vec::new();
    for (index, _) in context.book.tables.iter() {
        let Some(subject) = Subject::new(context, index) else { continue };
        for unlisted in register.unlisted(&subject) {
            let nearest = match findings.len() < SUGGESTIONS {
                true => nearest(&unlisted.name, register.names(unlisted.sort)),
                false => None,
            };
            findings.push(finding(&subject, &unlisted, nearest));
        }
    }
    findings
}

/// A name that the site does not list.
struct Unlisted {
    sort: Listed,
    name: String,
    span: Span,
}

fn finding(subject: &Subject<'_>, Unlisted { sort, name, span }: &Unlisted, nearest: Option<&str>) -> Finding {
    let (message, remedy) = match sort {
        Listed::ConfigurationItems => {
            (format!("configuration item `{name}` has no file"), "add the configuration item in the same change")
        }
        Listed::Problems => (format!("problem `{name}` has no file"), "add the problem in the same change"),
        Listed::Services => (
            format!("service `{name}` is no configuration item"),
            "add a configuration item of the class `service` with this name",
        ),
        Listed::People => {
            (format!("`{name}` is none of the site\u{2019}s people"), "add the name to `people` under `[references]`")
        }
    };
    let finding = Finding::new(&UNKNOWN_REFERENCE, subject.at(*span), message).label("the site lists them all");
    match nearest {
        Some(near) => finding.help(format!("the nearest is `{near}`")),
        None => finding.help(format!("correct it, or {remedy}")),
    }
}

/// What the site lists.
struct Register<'a> {
    context: &'a Context<'a>,
    services: FxHashSet<String>,
}

impl<'a> Register<'a> {
    fn new(context: &'a Context<'a>) -> Register<'a> {
        let items =
            context.book.tables.of_kind(Kind::ConfigurationItem).map(|index| context.book.get(RecordIndex(index)));
        let services = items.flat_map(service_names).map(fold).collect();
        Register { context, services }
    }

    /// What a record names and the site does not list.
    fn unlisted(&self, subject: &Subject<'_>) -> Vec<Unlisted> {
        let references = &self.context.settings.references;
        let mut unlisted = Vec::new();
        let mut has_stranger = false;
        subject.record.each(&mut |key, piece| match piece {
            Piece::Id(reference) => {
                let sort = key.refers.and_then(|refers| sort(refers.kinds.first().copied()?));
                unlisted.extend(sort.and_then(|sort| self.undeclared(sort, &reference.id, reference.span)));
            }
            Piece::Text(name) if key.refers.is_some_and(|refers| refers.kinds == [Kind::Service]) => {
                unlisted.extend(self.undeclared(Listed::Services, name, subject.key(key.name).span));
            }
            Piece::Text(text) => has_stranger |= OF_PEOPLE.contains(&key.name) && self.is_stranger(text),
            _ => {}
        });
        if references.lists(Listed::People) && has_stranger {
            let of_people = |of: &WrittenText<'_>| of.key.is_some_and(|key| OF_PEOPLE.contains(&key));
            let names = written_texts(subject, &|_| true, &|_| true).into_iter().filter(of_people);
            let strangers = names.filter(|of| self.is_stranger(of.text));
            unlisted.extend(strangers.map(|of| Unlisted {
                sort: Listed::People,
                name: of.text.to_owned(),
                span: of.span,
            }));
        }
        unlisted
    }

    fn is_stranger(&self, name: &str) -> bool {
        !self.context.settings.references.people.contains_key(&fold_name(name))
    }

    /// An id that no file declares, where the site lists all of its sort.
    fn undeclared(&self, sort: Listed, id: &str, span: Span) -> Option<Unlisted> {
        let tables = &self.context.book.tables;
        let is_declared = match sort {
            Listed::Services => self.services.contains(&fold(id)),
            // What differs in zeros or separators only, and what is no id at all, has a finding of its own.
            Listed::ConfigurationItems => declared(tables.find(Kind::ConfigurationItem, id), self.context),
            Listed::Problems => declared(tables.find(Kind::Problem, id), self.context),
            Listed::People => true,
        };
        let is_wanted = self.context.settings.references.lists(sort) && !is_declared;
        is_wanted.then(|| Unlisted { sort, name: id.to_owned(), span })
    }

    /// The names of all that the site lists of a sort.
    fn names(&self, sort: Listed) -> impl Iterator<Item = &'a str> {
        let of_kind =
            |kind| self.context.book.tables.of_kind(kind).map(|index| self.context.book.get(RecordIndex(index)));
        let declared = |record: &&'a Record| record.header().source.is_some();
        let names: Vec<&'a str> = match sort {
            Listed::ConfigurationItems => {
                of_kind(Kind::ConfigurationItem).filter(declared).map(|record| record.header().id.as_str()).collect()
            }
            Listed::Problems => {
                of_kind(Kind::Problem).filter(declared).map(|record| record.header().id.as_str()).collect()
            }
            Listed::Services => of_kind(Kind::ConfigurationItem).flat_map(service_names).collect(),
            Listed::People => self.context.settings.references.people.values().map(String::as_str).collect(),
        };
        names.into_iter()
    }
}

fn declared(found: Option<RecordIndex>, context: &Context<'_>) -> bool {
    found.is_none_or(|index| context.book.get(index).header().source.is_some())
}

/// What a kind is listed as.
fn sort(kind: Kind) -> Option<Listed> {
    match kind {
        Kind::ConfigurationItem => Some(Listed::ConfigurationItems),
        Kind::Problem => Some(Listed::Problems),
        Kind::Service => Some(Listed::Services),
        _ => None,
    }
}

/// The names under which a configuration item declares a service, if it does.
fn service_names(record: &Record) -> Vec<&str> {
    match record {
        Record::ConfigurationItem(item) if item.class == Some(ItemClass::Service) && item.header.source.is_some() => {
            vec![&item.header.id, &item.header.title]
        }
        _ => Vec::new(),
    }
}
