//! What the front matter of a record refers to, and which record is meant where no record has the id.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lints::{SELF_REFERENCE, UNKNOWN_REFERENCE, WRONG_KIND};
use super::meant::{Meant, Names, form, in_place};
use super::tables::{RecordIndex, Tables};
use crate::diag::{Finding, Level, Levels, Lint};
use crate::read::nearest;
use crate::record::{Header, Key, Kind, Piece, Record, Reference, Refers, Relation, Shape, fold};
use crate::source::{Place, Sources};

/// More than this many ids get no "did you mean": looking for one compares with every id there is.
const SUGGESTIONS: usize = 20;

/// What is followed where no record has an id.
pub(super) struct Guide<'a> {
    pub tables: &'a Tables,
    pub sources: &'a Sources,
    /// The site's levels, where what is meant may be followed: nothing that was guessed is ever shown.
    pub levels: Option<Levels>,
    /// Kinds and ids of files that could not be read.
    pub unread: FxHashSet<(Kind, String)>,
    /// Problems and configuration items that have a file, by the form of their ids.
    listed: FxHashMap<(Kind, String), Vec<RecordIndex>>,
    names: OnceLock<Names>,
}

/// An id that no record has and that names none either.
pub(super) struct Unknown {
    kind: Kind,
    id: String,
    finding: Finding,
}

/// What the references of one record came to.
#[derive(Default)]
pub(super) struct Resolved {
    pub references: Vec<(RecordIndex, Relation, RecordIndex)>,
    pub findings: Vec<Finding>,
    pub unknown: Vec<Unknown>,
}

impl<'a> Guide<'a> {
    pub(super) fn new(
        tables: &'a Tables,
        sources: &'a Sources,
        levels: Option<Levels>,
        unread: Vec<(Kind, String)>,
    ) -> Guide<'a> {
        let unread = unread.into_iter().map(|(kind, id)| (kind, fold(&id))).collect();
        let mut listed: FxHashMap<(Kind, String), Vec<RecordIndex>> = FxHashMap::default();
        for kind in [Kind::Problem, Kind::ConfigurationItem] {
            for index in tables.of_kind(kind).map(RecordIndex) {
                let header = tables.get(index).header();
                if header.source.is_some() {
                    listed.entry((kind, form(&header.id))).or_default().push(index);
                }
            }
        }
        Guide { tables, sources, levels, unread, listed, names: OnceLock::new() }
    }

    /// Names of all records, made when the first is asked for: most sites have no unknown id.
    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(self.tables))
    }

    /// Whether an id is that of a file that could not be read, which is a finding of its own.
    pub(super) fn is_unread(&self, kinds: &[Kind], id: &str) -> bool {
        !self.unread.is_empty() && kinds.iter().any(|kind| self.unread.contains(&(*kind, fold(id))))
    }

    /// The record that is meant by what no record has as its id.
    pub(super) fn meant(&self, kinds: &[Kind], written: &str, from: RecordIndex) -> Option<Meant> {
        self.names().find(self.tables, kinds, written, self.tables.get(from).header().service.as_deref())
    }

    /// The finding for a link `[[…]]` that names no record.
    pub(super) fn unknown_in_text(
        &self,
        from: RecordIndex,
        kind: Option<&str>,
        id: &str,
        written: &str,
        place: Place,
    ) -> Option<Finding> {
        let is_named = |of: &&Kind| kind.is_none_or(|word| word == of.word());
        let kinds: Vec<Kind> = Kind::ALL.iter().filter(is_named).copied().collect();
        if self.is_unread(&kinds, id) {
            return None;
        }
        let finding = Finding::new(&UNKNOWN_REFERENCE, place, format!("no record has the id `{id}`"))
            .label("this leads nowhere")
            .help("write the id of a record, as in `[[CHG-2041]]` or `[[change:CHG-2041|the driver update]]`");
        Some(match self.meant(&kinds, id, from) {
            Some(Meant { record, why }) => {
                let own = &self.tables.get(record).header().id;
                match own.contains(['|', ']']) {
                    true => finding.help(why),
                    false => finding.help(why).replace_with(written.replacen(id, own, 1)),
                }
            }
            None => finding,
        })
    }

    fn stops(&self, lint: &Lint, header: &Header) -> bool {
        let is_waived = || header.allow.iter().any(|allow| allow.names(lint));
        self.levels.as_ref().is_some_and(|levels| levels.of(lint) == Level::Error) && !is_waived()
    }

    /// Resolves one reference of a record.
    pub(super) fn resolve(&self, from: RecordIndex, (refers, reference): Outgoing<'_>, into: &mut Resolved) {
        let Refers { relation, kinds } = refers;
        let Some(&kind) = kinds.first() else { return };
        let record = self.tables.get(from);
        let Some(source) = record.header().source else { return };
        let place = Place { source, span: reference.span };
        let id = &reference.id;
        let found = kinds.iter().find_map(|kind| self.tables.find(*kind, id));
        let (lint, finding, meant) = match found {
            Some(other) => match self.listed_alike(kind, other) {
                None => return self.follow(from, relation, other, place, reference, into),
                Some(meant) => {
                    let message = format!("{} `{id}` has no record", kind.label().to_lowercase());
                    let label = "another has one and differs in zeros or separators only";
                    (&UNKNOWN_REFERENCE, Finding::new(&UNKNOWN_REFERENCE, place, message).label(label), Some(meant))
                }
            },
            None if self.is_unread(kinds, id) => return,
            None => match self.tables.with_id(id).first() {
                Some(other) => {
                    let (finding, meant) = self.wrong_kind(record, kind, *other, place, id);
                    (&WRONG_KIND, finding, meant)
                }
                None => (&UNKNOWN_REFERENCE, unknown(kind, place, id), self.meant(kinds, id, from)),
            },
        };
        let Some(meant) = meant else {
            match lint == &UNKNOWN_REFERENCE {
                true => into.unknown.push(Unknown { kind, id: id.clone(), finding }),
                false => into.findings.push(finding),
            }
            return;
        };
        let instead = &self.tables.get(meant.record).header().id;
        let before = &self.sources[source].text[reference.span.range()];
        into.findings.push(finding.help(meant.why).replace_with(in_place(instead, before)));
        if self.stops(lint, record.header()) {
            self.follow(from, relation, meant.record, place, reference, into);
        }
    }

    fn follow(
        &self,
        from: RecordIndex,
        relation: Relation,
        other: RecordIndex,
        place: Place,
        reference: &Reference,
        into: &mut Resolved,
    ) {
        if other == from {
            into.findings.push(
                Finding::new(&SELF_REFERENCE, place, format!("`{}` refers to itself", reference.id))
                    .help("name another record, or take the line out"),
            );
            return;
        }
        if is_refused(self.tables.get(from), relation, reference) {
            return;
        }
        // The same link said from the other side.
        into.references.push(match (relation, self.tables.get(from)) {
            (Relation::Delivers, Record::Change(_)) | (Relation::HasKnownError, Record::KnownError(_)) => {
                (other, relation, from)
            }
            _ => (from, relation, other),
        });
    }

    /// The record with a file that is meant by a problem or configuration item without one: they exist by being named, and
    /// one that is spelt in two ways would be two.
    fn listed_alike(&self, kind: Kind, named: RecordIndex) -> Option<Meant> {
        let header = self.tables.get(named).header();
        if header.source.is_some() || self.listed.is_empty() {
            return None;
        }
        let [record] = self.listed.get(&(kind, form(&header.id)))?[..] else { return None };
        let why = format!("the id is written `{}`", self.tables.get(record).header().id);
        Some(Meant { record, why })
    }

    /// The finding for the id of another kind, and what is meant by it where that is known.
    fn wrong_kind(
        &self,
        record: &Record,
        kind: Kind,
        other: RecordIndex,
        place: Place,
        id: &str,
    ) -> (Finding, Option<Meant>) {
        let of = self.tables.get(other).kind();
        let message = format!("`{id}` is {}, not {}", of.with_article(), kind.with_article());
        let finding =
            Finding::new(&WRONG_KIND, place, message).label(format!("expected the id of {}", kind.with_article()));
        if let (Kind::Release, Kind::Change) = (kind, of)
            && let Some(release) = self.names().delivers(other)
        {
            let why = format!("`{id}` is delivered by `{}`", self.tables.get(release).header().id);
            return (finding, Some(Meant { record: release, why }));
        }
        let keys = keys_for(record.kind(), of);
        let finding = match keys.is_empty() {
            true => finding.help(format!("no key of {} takes {}", record.kind().with_article(), of.with_article())),
            false => {
                let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
                finding.help(format!("{} goes under {}", of.with_article(), keys.join(" or ")))
            }
        };
        (finding, None)
    }
}

/// An exception from a freeze that nobody approved, or that a hard freeze does not know: it lets nothing through.
fn is_refused(record: &Record, relation: Relation, reference: &Reference) -> bool {
    match (relation, record) {
        (Relation::Exception, Record::Window(window)) => window.approver(&reference.id).is_none(),
        _ => false,
    }
}

fn unknown(kind: Kind, place: Place, id: &str) -> Finding {
    let noun = kind.label().to_lowercase();
    Finding::new(&UNKNOWN_REFERENCE, place, format!("{noun} `{id}` does not exist"))
        .label(format!("no {noun} has this id"))
        .help("correct the id, or commit the record in the same change")
}

/// The keys of a kind that take ids of a kind: its own, else those that it shares with others.
fn keys_for(of: Kind, named: Kind) -> Vec<String> {
    let takes = |key: &Key| key.refers.is_some_and(|refers| refers.kinds.contains(&named));
    let in_group = |keys: &'static [Key]| -> Vec<String> {
        let paths = keys.iter().flat_map(|key| match key.shape {
            Shape::Map(map) => (map.keys)()
                .iter()
                .filter(|inner| takes(inner))
                .map(|inner| format!("{}.{}", key.name, inner.name))
                .collect(),
            Shape::List(Shape::Map(map))
                if map.text.is_some_and(|text| (map.keys)().iter().any(|inner| inner.name == text && takes(inner))) =>
            {
                vec![key.name.to_owned()]
            }
            _ if takes(key) => vec![key.name.to_owned()],
            _ => Vec::new(),
        });
        paths.collect()
    };
    of.key_groups().into_iter().map(in_group).find(|paths| !paths.is_empty()).unwrap_or_default()
}

/// Says of ids that name nothing which id is spelt like them.
pub(super) fn suggest(tables: &Tables, unknown: Vec<Unknown>, findings: &mut Vec<Finding>) {
    for (number, Unknown { kind, id, finding }) in unknown.into_iter().enumerate() {
        // Another number is another record, however near it is.
        let digits = |id: &str| id.chars().filter(char::is_ascii_digit).collect::<String>();
        let of_id = digits(&id);
        let known = tables.of_kind(kind).map(|index| tables.get(RecordIndex(index)).header().id.as_str());
        let near = if number < SUGGESTIONS { nearest(&id, known.filter(|id| digits(id) == of_id)) } else { None };
        findings.push(match near {
            Some(near) => finding.help(format!("the nearest id is `{near}`")),
            None => finding,
        });
    }
}

/// A reference: what it says, the kinds of which it must name one, and its id.
pub(super) type Outgoing<'a> = (Refers, &'a Reference);

/// Every reference of a record's front matter.
pub(super) fn outgoing(record: &Record) -> Vec<Outgoing<'_>> {
    let mut all = Vec::new();
    record.each(&mut |key, piece| {
        if let (Some(refers), Piece::Id(reference)) = (key.refers, piece) {
            all.push((refers, reference));
        }
    });
    all
}
