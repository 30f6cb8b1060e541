//! A finding that a record silences: which, why, by whom and until when.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::data::Data;
use super::key::{Key, Piece, Shape};
use super::keys::{Held, Keyed, Tell, Told, data_of, keys};
use crate::diag::Lint;
use crate::read::{Fields, UNKNOWN_VALUE, Value};
use crate::source::Span;

keys! {
    /// Why a finding is silenced, by whom and until when.
    pub struct Waiver("a silenced finding", "{reason: \u{2026}, by: \u{2026}, until: 2026-12-31}")
        from "reason" Waiver::of_reason,
    {
        /// Why it is right here.
        pub reason: String = "Reason" meant "why" | "because" | "comment" | "text";
        /// Who agreed to it.
        pub by: Option<String> = "By" meant "approved_by" | "who" | "owner" | "approver" | "granted_by";
        /// The last day on which it holds.
        pub until: Option<Date> = "Until" meant "expires" | "valid_until" | "expiry" | "end" | "to" | "expires_on";
    }
}

impl Waiver {
    fn of_reason(reason: &str, _: Span) -> Waiver {
        Waiver { reason: reason.to_owned(), ..Waiver::default() }
    }

    /// Whether its last day is over.
    pub fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// A finding that the record silences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The lint's code or name.
    pub lint: String,
    /// Where that stands.
    pub span: Span,
    /// Why, by whom and until when.
    pub waiver: Waiver,
}

impl Allow {
    /// Whether it names a lint, by its code or its name.
    pub fn names(&self, lint: &Lint) -> bool {
        self.lint == lint.code || self.lint == lint.name
    }
}

impl Told for Vec<Allow> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        for allow in self {
            tell(key, Piece::Text(&allow.lint));
            Keyed::each(&allow.waiver, tell);
        }
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        let entries: Vec<_> =
            self.iter().filter_map(|allow| Some((allow.lint.clone(), data_of(&allow.waiver)?))).collect();
        (!entries.is_empty()).then_some(Data::Map(entries))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl Held for Vec<Allow> {
    const SHAPE: Shape = Shape::Named(&Shape::Map(&Waiver::MAP));

    fn read(fields: &Fields<'_>, key: &'static Key, zone: &TimeZone) -> Vec<Allow> {
        let Some(map) = fields.map(key.name, key.quoted, "{RB402: \u{2026}}") else { return Vec::new() };
        let read = |(number, entry): (usize, &crate::read::Entry)| {
            let of_text = match &entry.node.value {
                Value::Scalar { text, .. } => Some(Waiver::of_reason(text, entry.node.span)),
                Value::Map(_) => Fields::new(&entry.node, Waiver::MAP.owner, map.sink())
                    .and_then(|fields| Waiver::read_whole(fields, zone, number)),
                _ => None,
            };
            let waiver = of_text.filter(|waiver| !waiver.reason.trim().is_empty());
            if waiver.is_none() && !matches!(&entry.node.value, Value::Map(_)) {
                let message = format!("`{}` is silenced without a reason", entry.key);
                let finding = map.sink().finding(&UNKNOWN_VALUE, entry.key_span, message);
                map.sink().push(finding.help(format!("say why: `{}: the reason`", entry.key)));
            }
            Some(Allow { lint: entry.key.clone(), span: entry.key_span, waiver: waiver? })
        };
        map.entries().iter().enumerate().filter_map(read).collect()
    }
}
