//! The home page: what is on now and next, what is known to be wrong, what is overdue.

use jiff::ToSpan;
use serde::Serialize;

use super::awaited::{AwaitedApproval, awaited, awaited_approval, lists};
use super::calendar::{Entry, entry};
use super::checks::Checks;
use super::lessons::{ActionRow, action_row};
use super::list::open_known_errors;
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::messages::{MessagesAhead, Urgency};
use super::parts::row::Link;
use super::parts::time::Day;
use crate::book::{OccurrenceKind, RecordIndex};
use crate::record::{Kind, Plan, Status};
use crate::route::Route;

/// How many rows each part of the home page has.
const SHOWN: usize = 8;
/// How many days "next" reaches.
const AHEAD_DAYS: i32 = 42;

/// A kind with its count.
#[derive(Debug, Serialize)]
pub struct Count {
    /// `Releases`, … and its list.
    pub link: Link,
    /// How many there are.
    pub count: usize,
}

/// How many records there are, and how they are.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// How many records of each kind there are.
    pub counts: Vec<Count>,
    /// Releases that are not live yet.
    pub ahead: usize,
    /// Releases that were taken back.
    pub rolled_back: usize,
    /// How many findings the checks have, and where they are.
    pub findings: Option<Count>,
}

/// Messages to customers that have to leave.
#[derive(Debug, Serialize)]
pub struct ToTell {
    /// Where they stand.
    pub href: String,
    /// How many should have left.
    pub overdue: usize,
    /// How many are to be sent now.
    pub now: usize,
}

/// The view of `home.html`.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// What stands around it.
    pub page: Frame,
    /// What the site says of itself.
    pub lead: Option<String>,
    /// The day of the build.
    pub today: Day,
    /// What is on now and next: windows and freezes.
    pub coming: Vec<Entry>,
    /// The last day that `coming` looks at.
    pub until: Day,
    /// The first known errors that are open, or of all of them where this audience is not told which are, as HTML.
    pub known_errors: String,
    /// Whether any of these has a day.
    pub are_dated: bool,
    /// How many of these there are.
    pub known_error_count: usize,
    /// Whether they are the open ones.
    pub are_open: bool,
    /// How many known errors there are.
    pub all_known_errors: usize,
    /// The latest releases; where none has a day that has come, the first of the list, as HTML.
    pub releases: String,
    /// Whether they are the latest.
    pub are_latest: bool,
    /// Overdue actions: how many.
    pub overdue: usize,
    /// The first of them.
    pub actions: Vec<ActionRow>,
    /// Emergencies that have begun and wait for an approval: how many.
    pub awaited: usize,
    /// The first of them, the earliest due first.
    pub approvals: Vec<AwaitedApproval>,
    /// Where all of them stand in lists; nothing where they are all here.
    pub all_awaited: Vec<Link>,
    /// The messages to customers that have to leave now, if there are any.
    pub to_tell: Option<ToTell>,
    /// The calendar's month, if it has one.
    pub calendar: Option<String>,
    /// How many records there are and how they are; only the company's own staff are told.
    pub state: Option<StateView>,
}

/// The home page.
pub fn home(context: &Context<'_>, checks: Option<&Checks>, messages: &MessagesAhead) -> HomeView {
    let edition = context.edition;
    let releases = || edition.tables.of_kind(Kind::Release).map(RecordIndex);
    let is_past = |index: &RecordIndex| edition.get(*index).date().is_some_and(|date| date <= context.today);
    let are_latest = releases().any(|index| is_past(&index));
    let actions = &edition.lessons.actions;
    let overdue: Vec<_> =
        actions.iter().filter(|(place, number)| edition.action(*place, *number).is_overdue(context.today)).collect();
    let all_known_errors = edition.tables.of_kind(Kind::KnownError).len();
    let are_open = edition.shows("status");
    let known_error_count = if are_open { open_known_errors(edition) } else { all_known_errors };
    let known_errors = || edition.tables.of_kind(Kind::KnownError).map(RecordIndex).take(SHOWN.min(known_error_count));
    let until = context.today.checked_add((AHEAD_DAYS - 1).days()).unwrap_or(context.today);
    let awaited = awaited(context);
    HomeView {
        page: Frame { title: String::new(), trail: String::new(), ..Frame::new(context, "", "home") },
        lead: context.settings.lead.clone(),
        today: Day::new(context.today),
        coming: coming(context),
        until: Day::new(until),
        known_errors: context.fragments.rows(context, known_errors()),
        are_dated: known_errors().any(|index| edition.get(index).date().is_some()),
        known_error_count,
        are_open,
        all_known_errors,
        releases: context.fragments.rows(context, releases().filter(|i| !are_latest || is_past(i)).take(SHOWN)),
        are_latest,
        overdue: overdue.len(),
        actions: overdue.into_iter().take(SHOWN).map(|entry| action_row(context, *entry)).collect(),
        awaited: awaited.len(),
        approvals: awaited.iter().take(SHOWN).map(|of| awaited_approval(context, *of)).collect(),
        all_awaited: if awaited.len() > SHOWN { lists(context, &awaited) } else { Vec::new() },
        to_tell: to_tell(context, messages),
        calendar: (!edition.schedule.months().is_empty()).then(|| context.href(&Route::root("calendar/index.html"))),
        state: edition.name().is_none().then(|| state(context, checks)),
    }
}

fn to_tell(context: &Context<'_>, messages: &MessagesAhead) -> Option<ToTell> {
    let (overdue, now) = (messages.count(Urgency::Overdue), messages.count(Urgency::Now));
    (overdue + now > 0).then(|| ToTell { href: context.href(&Route::customers()), overdue, now })
}

fn state(context: &Context<'_>, checks: Option<&Checks>) -> StateView {
    let edition = context.edition;
    let releases = || edition.tables.of_kind(Kind::Release).map(RecordIndex);
    let status = |index: RecordIndex| edition.get(index).plan().and_then(|plan| plan.status);
    let shown_kind = |kind: &Kind| edition.has_pages(*kind) && !edition.tables.of_kind(*kind).is_empty();
    StateView {
        counts: Kind::ALL
            .iter()
            .filter(|kind| !matches!(kind, Kind::Window | Kind::Page) && shown_kind(kind))
            .map(|kind| Count {
                link: Link::new(context.href(&Route::list(*kind)), kind.plural()),
                count: edition.tables.of_kind(*kind).len(),
            })
            .collect(),
        ahead: releases().filter(|index| status(*index).is_some_and(Status::is_ahead)).count(),
        rolled_back: releases().filter(|index| was_rolled_back(context, *index)).count(),
        findings: checks.map(|checks| Count {
            link: Link::new(context.href(&Route::checks()), "Findings of the checks"),
            count: checks.count(),
        }),
    }
}

fn was_rolled_back(context: &Context<'_>, index: RecordIndex) -> bool {
    context.edition.get(index).plan().is_some_and(Plan::was_rolled_back)
}

/// What begins within the next weeks or is going on, each once. Maintenance times without work are left out.
fn coming(context: &Context<'_>) -> Vec<Entry> {
    let mut seen = Vec::new();
    for ahead in 0..AHEAD_DAYS {
        let Ok(day) = context.today.checked_add(ahead.days()) else { break };
        for (index, occurrence) in context.edition.schedule.on(day) {
            let is_over = context.edition.get(occurrence.record).plan().is_some_and(|plan| {
                // What was rolled back may have a further window.
                let is_done = matches!(plan.status, Some(Status::Deployed | Status::Closed | Status::Cancelled));
                is_done && ahead > 0
            });
            if occurrence.kind != OccurrenceKind::Maintenance && !is_over && !seen.contains(&index) {
                seen.push(index);
            }
            if seen.len() >= SHOWN {
                return seen.into_iter().map(|index| entry(context, index, None)).collect();
            }
        }
    }
    seen.into_iter().map(|index| entry(context, index, None)).collect()
}
