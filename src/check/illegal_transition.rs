//! RB303: a status that does not follow from the one at a revision.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::Record;
use crate::source::Revision;

/// A status that the one at the revision cannot lead to.
pub const ILLEGAL_TRANSITION: Lint = Lint::process(
    "RB303",
    "illegal-transition",
    "a status that the one at `--since REVISION` cannot lead to",
    include_str!("illegal_transition.md"),
);

/// Holds a record's status against what it was.
pub(super) fn transition(subject: &Subject<'_>, was: &Record, revision: &Revision) -> Option<Finding> {
    let lifecycle = &subject.context.settings.lifecycle;
    let (from, to) = (was.status()?.word, subject.record.status()?.word);
    if lifecycle.leads(was, subject.record) {
        return None;
    }
    let message = format!("{} cannot go from `{from}` to `{to}`", was.kind().with_article());
    let finding =
        subject.finding(&ILLEGAL_TRANSITION, "status", message).label(format!("it was `{from}` at {}", revision.name));
    let after = lifecycle.after(was);
    if after.is_empty() {
        let own = "and make a record of its own of what comes next";
        return Some(finding.help(format!("write `{from}` again, {own}: from `{from}` nothing follows")));
    }
    Some(
        finding
            .help(format!("write `{from}` again, or what follows it: {}", after.join(", ")))
            .help("commit each step as it is taken; a site's own steps go under [lifecycle] in relbook.toml"),
    )
}
