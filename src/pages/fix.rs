//! What ends a known error: the releases that its record names, each by what became of it.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::row::Link;
use super::parts::time::Day;
use crate::book::{Direction, RecordIndex};
use crate::record::{KnownError, KnownErrorStatus, Record, Relation, Standing};

/// A release in a sentence: by its version, else by its id.
#[derive(Debug, Serialize)]
pub struct Mention {
    /// Its page.
    pub link: Link,
    /// Its planned date.
    pub day: Option<Day>,
}

impl Mention {
    /// A release.
    pub fn new(context: &Context<'_>, index: RecordIndex) -> Mention {
        let record = context.edition.get(index);
        let version = match record {
            Record::Release(release) => release.version.clone(),
            _ => None,
        };
        let text = version.unwrap_or_else(|| record.header().id.clone());
        Mention { link: Link { href: context.href_of(index), text }, day: record.date().map(Day::new) }
    }
}

/// What a record says of the end of a known error. A release stands in one of the lists.
#[derive(Debug, Default, Serialize)]
pub struct FixView {
    /// Its status says that it is resolved.
    pub is_resolved: bool,
    /// The day that it was resolved.
    pub resolved: Option<Day>,
    /// The same day, where it is still to come.
    pub to_be_resolved: Option<Day>,
    /// Releases that are said to resolve it, and are live or do not say how far they are.
    pub fixed: Vec<Mention>,
    /// Releases that should resolve it, and are ahead or do not say how far they are.
    pub planned: Vec<Mention>,
    /// Releases that should have resolved it and are live, though nobody says that they did.
    pub unsaid: Vec<Mention>,
    /// Releases that should resolve it and were taken back.
    pub taken_back: Vec<Mention>,
    /// Releases that should resolve it and were cancelled.
    pub called_off: Vec<Mention>,
    /// It was decided that it stays.
    pub is_here_to_stay: bool,
    /// Nothing of all this is recorded, and this audience would see it.
    pub is_not_recorded: bool,
}

/// What ends a known error.
pub(super) fn fix(context: &Context<'_>, index: RecordIndex, known: &KnownError) -> FixView {
    let is_over = known.resolved.is_none_or(|day| day <= context.today);
    let mut view = FixView {
        is_resolved: known.status == Some(KnownErrorStatus::Resolved),
        resolved: known.resolved.filter(|_| is_over).map(Day::new),
        to_be_resolved: known.resolved.filter(|_| !is_over).map(Day::new),
        is_here_to_stay: known.status == Some(KnownErrorStatus::WontFix),
        ..FixView::default()
    };
    let releases = |relation| context.edition.connections.others(index, relation, Direction::Forward).iter();
    for release in releases(Relation::FixedIn) {
        let list = match context.edition.carry_forward.lineage.standing(release.other) {
            Standing::Live | Standing::Unknown => &mut view.fixed,
            Standing::Ahead => &mut view.planned,
            Standing::TakenBack => &mut view.taken_back,
            Standing::CalledOff => &mut view.called_off,
        };
        list.push(Mention::new(context, release.other));
    }
    let is_fixed_in = |other| releases(Relation::FixedIn).any(|release| release.other == other);
    let planned = releases(Relation::PlannedFix).filter(|release| known.is_open() && !is_fixed_in(release.other));
    for release in planned {
        let list = match context.edition.carry_forward.lineage.standing(release.other) {
            Standing::Ahead | Standing::Unknown => &mut view.planned,
            Standing::Live => &mut view.unsaid,
            Standing::TakenBack => &mut view.taken_back,
            Standing::CalledOff => &mut view.called_off,
        };
        list.push(Mention::new(context, release.other));
    }
    view.is_not_recorded = is_silent(&view) && is_seen_whole(context, index);
    view
}

fn is_silent(view: &FixView) -> bool {
    let days = [&view.resolved, &view.to_be_resolved];
    let lists = [&view.fixed, &view.planned, &view.unsaid, &view.taken_back, &view.called_off];
    !view.is_resolved
        && !view.is_here_to_stay
        && days.iter().all(|day| day.is_none())
        && lists.iter().all(|list| list.is_empty())
}

/// Whether this audience sees every key that tells of a fix, and no release was taken out of one.
fn is_seen_whole(context: &Context<'_>, index: RecordIndex) -> bool {
    let is_plain = context.edition.plain.get(&index).is_some_and(|rows| !rows.is_empty());
    !is_plain && context.edition.shows_all(&["status", "resolved", "fixed_in", "planned_fix"], &[])
}
