//! What kind of record a file is: its `type`, else its folder.

use super::calendar_window::WindowKind;
use super::change::ChangeType;
use super::configuration_item::ItemClass;
use super::kind::Kind;
use super::release::ReleaseType;
use crate::diag::{Finding, Sink};
use crate::read::{Entry, MISSING_FIELD, Node, Said, Term, UNKNOWN_VALUE, Value, understand};
use crate::source::Span;

/// The kind that the first folder of a path names.
pub(super) fn of_folder(path: &str) -> Option<Kind> {
    let folder = path.split('/').next().unwrap_or_default();
    Kind::ALL.iter().copied().find(|kind| *kind != Kind::Service && kind.folder() == folder)
}

/// The kind of a record. A `type` that says what another key takes gets that key's name in the tree, and the folder
/// tells the kind.
pub(super) fn settle(
    node: &mut Node,
    renamed: &mut Vec<(Span, String)>,
    path: &str,
    fence: Span,
    sink: &Sink,
) -> Option<Kind> {
    let of_folder = of_folder(path);
    let Value::Map(entries) = &mut node.value else { return of_folder.or_else(|| unplaced(path, fence, sink)) };
    let is_type = |entry: &&Entry| entry.key == "type" && entry.node.value != Value::Null;
    let Some(entry) = entries.iter().find(is_type) else {
        return of_folder.or_else(|| unplaced(path, fence, sink));
    };
    let written = entry.node.text().unwrap_or_default().to_owned();
    let said = understand::<Kind>(&written);
    if let (Said::Term(kind), true) = (&said, said != Said::Term(Kind::Service)) {
        return Some(*kind);
    }
    let key_span = entry.key_span;
    if let Some((kind, key)) = of_folder.and_then(|kind| Some((kind, key_of_type(kind, &written)?))) {
        let is_taken = entries.iter().any(|entry| entry.key == key);
        let message =
            format!("`{written}` is no kind of record; as a word for {} it goes under `{key}`", kind.with_article());
        let finding = sink
            .finding(&UNKNOWN_VALUE, key_span, message)
            .label("`type` names another kind of record than the folder\u{2019}s");
        sink.push(match is_taken {
            true => finding.help(format!("take the line out: the folder tells the kind, and `{key}` is there already")),
            false => finding.help(format!("did you mean `{key}`?")).replace_with(key),
        });
        if !is_taken && sink.stops(&UNKNOWN_VALUE) {
            node.rename(key_span, key);
            renamed.push((key_span, key.to_owned()));
        }
        return Some(kind);
    }
    report(said, &entry.node, &written, of_folder, sink)
}

/// The key of a kind that takes a word which people write under `type`.
fn key_of_type(kind: Kind, written: &str) -> Option<&'static str> {
    fn takes<T: Term>(written: &str) -> bool {
        understand::<T>(written) != Said::Nothing
    }
    let (key, takes): (&'static str, fn(&str) -> bool) = match kind {
        Kind::Release => ("release_type", takes::<ReleaseType>),
        Kind::Change => ("change_type", takes::<ChangeType>),
        Kind::Window => ("kind", takes::<WindowKind>),
        Kind::ConfigurationItem => ("class", takes::<ItemClass>),
        _ => return None,
    };
    takes(written).then_some(key)
}

/// Reports a `type` that names no kind. The record is what it was meant to be, else what its folder says.
fn report(said: Said<Kind>, node: &Node, written: &str, of_folder: Option<Kind>, sink: &Sink) -> Option<Kind> {
    let words: Vec<&str> = Kind::ALL.iter().filter(|kind| **kind != Kind::Service).map(|kind| kind.word()).collect();
    let finding = |message: String| -> Finding { sink.finding(&UNKNOWN_VALUE, node.span, message) };
    let (meant, finding) = match said {
        Said::Term(_) => (
            None,
            finding("a service has no record of its own".to_owned())
                .help("name it under `service:` in the records that belong to it"),
        ),
        Said::Meant(word, kind) if kind != Kind::Service => (
            Some(kind).filter(|_| sink.stops(&UNKNOWN_VALUE)),
            finding(format!("`{written}` is no kind of record"))
                .help(format!("allowed: {}", words.join(", ")))
                .replace_with(node.like(word)),
        ),
        _ => {
            (None, finding(format!("`{written}` is no kind of record")).help(format!("allowed: {}", words.join(", "))))
        }
    };
    sink.push(match of_folder {
        Some(kind) => {
            finding.help(format!("its folder tells that this is {}: `type` may be left out", kind.with_article()))
        }
        None => finding,
    });
    meant.or(of_folder)
}

/// Reports a record that neither says nor shows what it is.
fn unplaced(path: &str, fence: Span, sink: &Sink) -> Option<Kind> {
    let folder = path.split('/').next().unwrap_or_default();
    sink.push(
        sink.finding(&MISSING_FIELD, fence, format!("the folder `{folder}` does not tell what kind of record this is"))
            .help("move the file into `releases`, `changes`, `known-errors`, `problems`, `configuration-items`, `calendar` or `pages`, or add `type:`"),
    );
    None
}
