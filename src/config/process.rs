//! `[process]` and `[lifecycle]`: which parts a plan wants, and which status may follow which.

use crate::diag::{Finding, Sink};
use crate::read::{Entry, Fields, Node, Term, UNKNOWN_VALUE, Value, WRONG_TYPE, nearest};
use crate::record::{
    ApprovalPolicy, Kind, KnownErrorStatus, Lifecycle, Notice, Part, PlanKind, PolicyDays, ProblemStatus, Process,
    Status, Step, Wanted, fold_name,
};
use crate::source::Span;

/// `[process.release.major] approved = [...]` takes the place of the built-in list for that status.
pub(super) fn read_process(fields: Fields<'_>, process: &mut Process) {
    for kind in PlanKind::ALL.iter().copied() {
        let Some(types) = fields.map(kind.word(), "`[process]`", "") else { continue };
        for of_type in types.entries() {
            let words = kind.types();
            if !words.contains(&of_type.key.as_str()) {
                types.sink().push(unknown_type(types.sink(), of_type, &kind.with_article(), &words));
            }
            let Some(statuses) = Fields::new(&of_type.node, "`[process]`", types.sink()) else { continue };
            for (word, status) in Status::WORDS {
                let Some(node) = statuses.node(word) else { continue };
                let parts = match &node.value {
                    Value::List(items) => items.iter().filter_map(|item| part(item, types.sink())).collect(),
                    _ => {
                        let sink = types.sink();
                        sink.push(
                            sink.finding(&WRONG_TYPE, node.span, format!("`{word}` takes a list of parts"))
                                .label("expected a list")
                                .help("write the parts of the plan in brackets: `[\"description\", \"windows\"]`"),
                        );
                        continue;
                    }
                };
                process.rows.retain(|row| !(row.kind == kind && row.of_type == of_type.key && row.status == *status));
                process.rows.push(Wanted { kind, of_type: of_type.key.clone(), status: *status, parts });
            }
            statuses.finish();
        }
    }
    if let Some(of_types) = fields.map("approvals", "`[process.approvals]`", "") {
        read_approvals(&of_types, process);
    }
    if let Some(of_audiences) = fields.map("notice", "`[process.notice]`", "") {
        let notice = |entry: &Entry| {
            let days = whole_number(of_audiences.sink(), &entry.node)?;
            Some((fold_name(&entry.key), Notice { name: entry.key.clone(), days, span: entry.key_span }))
        };
        process.notice.extend(of_audiences.entries().iter().filter_map(notice));
    }
    if let Some(days) = fields.map("days", "`[process.days]`", "") {
        read_days(days, &mut process.days);
    }
    fields.finish();
}

/// `[process.approvals.major]`: `roles`, `at_least`, `not`.
fn read_approvals(of_types: &Fields<'_>, process: &mut Process) {
    let types: Vec<&str> = [PlanKind::Release, PlanKind::Change].iter().flat_map(|kind| kind.types()).collect();
    for of_type in of_types.entries() {
        if !types.contains(&of_type.key.as_str()) {
            of_types.sink().push(unknown_type(of_types.sink(), of_type, "a release or change", &types));
        }
        let Some(fields) = Fields::new(&of_type.node, "`[process.approvals]`", of_types.sink()) else { continue };
        let roles = fields.texts("roles").into_iter().map(|(role, _)| role).collect();
        let policy = ApprovalPolicy {
            roles,
            at_least: number(&fields, "at_least").unwrap_or_default(),
            not: fields.terms("not"),
        };
        fields.finish();
        process.approvals.insert(of_type.key.clone(), policy);
    }
}

fn unknown_type(sink: &Sink, entry: &Entry, of: &str, types: &[&str]) -> Finding {
    let message = format!("`{}` is no type of {of}", entry.key);
    let finding = sink.finding(&UNKNOWN_VALUE, entry.key_span, message);
    let finding = finding.help(format!("types: {}", types.join(", ")));
    match nearest(&entry.key, types.iter().copied()) {
        Some(near) => finding.replace_with(near),
        None => finding,
    }
}

/// A whole number.
pub(super) fn number(fields: &Fields<'_>, key: &'static str) -> Option<u16> {
    let (text, span) = fields.spanned_text(key)?;
    parsed(fields.sink(), &text, span)
}

/// The same under a key that the site chose.
fn whole_number(sink: &Sink, node: &Node) -> Option<u16> {
    parsed(sink, node.text().unwrap_or_default(), node.span)
}

fn parsed(sink: &Sink, text: &str, span: Span) -> Option<u16> {
    let number = text.parse().ok();
    if number.is_none() {
        let finding = sink.finding(&UNKNOWN_VALUE, span, format!("`{text}` is no whole number"));
        sink.push(finding.help("write a whole number from 0 to 65535"));
    }
    number
}

fn read_days(fields: Fields<'_>, days: &mut PolicyDays) {
    let keys = [
        ("workaround", &mut days.workaround),
        ("known_error", &mut days.known_error),
        ("emergency_approval", &mut days.emergency_approval),
        ("notice", &mut days.notice),
    ];
    for (key, value) in keys {
        *value = number(&fields, key).unwrap_or(*value);
    }
    days.approval = number(&fields, "approval");
    fields.finish();
}

/// `[lifecycle.release] scheduled = [...]` takes the place of the built-in list of what may follow that status.
pub(super) fn read_lifecycle(fields: Fields<'_>, lifecycle: &mut Lifecycle) {
    for kind in [Kind::Release, Kind::Change] {
        read_steps(&fields, kind, Status::ALL, Status::word, lifecycle);
    }
    read_steps(&fields, Kind::KnownError, KnownErrorStatus::ALL, KnownErrorStatus::word, lifecycle);
    read_steps(&fields, Kind::Problem, ProblemStatus::ALL, ProblemStatus::word, lifecycle);
    fields.finish();
}

fn read_steps<T: Term>(
    fields: &Fields<'_>,
    kind: Kind,
    all: &[T],
    word: fn(T) -> &'static str,
    lifecycle: &mut Lifecycle,
) {
    let Some(of_kind) = fields.map(kind.word(), "`[lifecycle]`", "") else { return };
    for from in all.iter().copied().map(word).filter(|from| of_kind.node(from).is_some()) {
        let to = of_kind.terms::<T>(from).into_iter().map(word).collect();
        lifecycle.steps.retain(|step| !(step.kind == kind && step.from == from));
        lifecycle.steps.push(Step { kind, from, to });
    }
    of_kind.finish();
}

fn part(node: &Node, sink: &Sink) -> Option<Part> {
    let Value::Scalar { text, .. } = &node.value else { return None };
    let found = Part::WORDS.iter().find(|(word, _)| word == text);
    if found.is_none() {
        let words = Part::WORDS.iter().map(|(word, _)| *word);
        let mut finding = sink
            .finding(&UNKNOWN_VALUE, node.span, format!("`{text}` is no part of a plan"))
            .help(format!("parts: {}", words.clone().collect::<Vec<_>>().join(", ")));
        if let Some(near) = nearest(text, words) {
            finding = finding.replace_with(format!("\"{near}\""));
        }
        sink.push(finding);
    }
    found.map(|(_, part)| *part)
}
