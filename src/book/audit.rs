//! The plan of one release or change as it was carried out, held against the process: approved, reviewed, tested, told.
//!
//! Everything is held against the start of the first attempt that began. What is wanted is what the process wants of the
//! type in the status that the work reached, and before the work what it wants while the work is in progress.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{
    Approval, Header, MessageStage, Notification, Part, Phase, Plan, PlanKind, Process, ReviewOutcome, Status, Test,
    TestResult, Window, fold_name,
};

/// How a part of the process was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It was not wanted; the day on which it was done all the same, if it was.
    NotWanted(Option<Date>),
    /// It was done in time; the day, if that is recorded.
    InTime(Option<Date>),
    /// It was done on this day, which was too late.
    Late(Date),
    /// It is not recorded, and there is time still.
    Ahead,
    /// It is not recorded.
    Missing,
}

/// How a plan that was carried out was kept to the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit {
    /// The day on which the first attempt that began did so.
    pub start: Option<Date>,
    /// The approval that was first.
    pub approved: Keeping,
    /// Whether it is an emergency, which may be approved afterwards.
    pub is_emergency: bool,
    /// Whether whoever approved, as far as that is named, asked for the work or did it.
    pub is_by_involved: bool,
    /// The security review.
    pub security: Keeping,
    /// The operational review.
    pub operational: Keeping,
    /// A passed test before.
    pub tested: Keeping,
    /// The message that was sent first.
    pub told: Keeping,
    /// The post-implementation review.
    pub reviewed_after: Keeping,
}

/// When the work began: the day, and the moment where an hour is known.
#[derive(Clone, Copy)]
struct Start {
    day: Option<Date>,
    at: Option<Timestamp>,
}

/// What is wanted of a part: at all, and before the work.
struct Want {
    at_all: bool,
    before: bool,
}

impl Audit {
    /// Holds a release, or a change that ships alone, against the process; nothing where none of it was carried out. A
    /// change that a release delivers has its plan there.
    pub fn new(book: &Book, index: RecordIndex, process: &Process, today: Date) -> Option<Audit> {
        let kind = book.plan_kind(index).filter(|kind| *kind != PlanKind::DeliveredChange)?;
        let record = book.get(index);
        let plan = record.plan().filter(|plan| plan.was_carried_out(today))?;
        let begun = plan.begun(today);
        let start = Start::of(plan, &begun);
        let (of_type, is_emergency) = (record.type_word(), record.is_emergency());
        let (reached, before) =
            (process.wanted(kind, of_type, plan.reached()), process.wanted(kind, of_type, Status::InProgress));
        let want = |part| Want { at_all: reached.contains(&part), before: before.contains(&part) };
        let days = process.days.approval_after_start(is_emergency);
        let holding: Vec<&Approval> = plan.approvals.iter().filter(|of| holds(of, today)).collect();
        let is_wanted = reached.contains(&Part::Approvals);
        Some(Audit {
            start: start.day,
            approved: approved(&holding, &want(Part::Approvals), start, days, today),
            is_emergency,
            is_by_involved: is_wanted && is_by_involved(record.header(), plan, &holding),
            security: reviewed(plan.impact.security.as_ref(), &want(Part::SecurityReview), start, today),
            operational: reviewed(plan.impact.operational.as_ref(), &want(Part::OperationalReview), start, today),
            tested: tested(&plan.tests, reached.contains(&Part::PreTests), start, today),
            told: told(plan, &begun, start, today),
            reviewed_after: {
                let on = plan.review.as_ref().and_then(|review| review.on).filter(|on| *on <= today);
                done(on, reached.contains(&Part::Review))
            },
        })
    }
}

impl Start {
    fn of(plan: &Plan, begun: &[(usize, &Window)]) -> Start {
        let first = begun.iter().map(|(_, window)| *window);
        match first.min_by_key(|window| window.begins().timestamp()) {
            Some(window) => {
                let at =
                    window.began().or(window.planned().map(|(start, _)| start).filter(|_| !window.days.actual_start));
                Start { day: Some(window.start_day()), at: at.map(jiff::Zoned::timestamp) }
            }
            None => Start { day: plan.planned_date, at: None },
        }
    }
}

/// Whether an approval says yes, by whom or in which role, on a day that is not after today.
fn holds(of: &Approval, today: Date) -> bool {
    of.is_given() && of.is_somebodys() && of.on.is_some_and(|on| on <= today)
}

fn approved(holding: &[&Approval], want: &Want, start: Start, days: u16, today: Date) -> Keeping {
    let last = start.day.map(|day| day.checked_add(i64::from(days).days()).unwrap_or(day));
    // On the day of the work, the hour decides where both are known.
    let is_after = |of: &Approval| {
        days == 0
            && of.on == start.day
            && of.at.as_ref().zip(start.at).is_some_and(|(at, begun)| at.timestamp() > begun)
    };
    let is_in_time = |of: &Approval| last.is_none_or(|last| of.on.is_some_and(|on| on <= last)) && !is_after(of);
    let first_of = |of: &mut dyn Iterator<Item = &&Approval>| of.filter_map(|of| of.on).min();
    let in_time = first_of(&mut holding.iter().filter(|of| is_in_time(of)));
    match (in_time, first_of(&mut holding.iter())) {
        (None, None) if want.at_all && days > 0 && last.is_some_and(|last| today <= last) => Keeping::Ahead,
        (None, Some(first)) if want.before => Keeping::Late(first),
        (in_time, first) => done(in_time.or(first), want.at_all),
    }
}

/// What may be done on any day.
fn done(on: Option<Date>, is_wanted: bool) -> Keeping {
    match (on, is_wanted) {
        (None, true) => Keeping::Missing,
        (on, true) => Keeping::InTime(on),
        (on, false) => Keeping::NotWanted(on),
    }
}

/// Whether somebody who is named approved, and everybody who did asked for the work or does it.
fn is_by_involved(header: &Header, plan: &Plan, holding: &[&Approval]) -> bool {
    let name = |text: &str| Some(fold_name(text)).filter(|text| !text.is_empty());
    let responsible = plan.raci.iter().flat_map(|row| row.responsible.iter());
    let involved: Vec<String> = [&plan.initiator, &header.owner, &plan.release_manager]
        .into_iter()
        .flatten()
        .chain(responsible)
        .filter_map(|text| name(text))
        .collect();
    let mut by = holding.iter().filter_map(|of| name(of.by.as_deref()?)).peekable();
    by.peek().is_some() && by.all(|by| involved.contains(&by))
}

/// A review that says what it came to, on a day that is not after today.
fn reviewed(half: Option<&ReviewOutcome>, want: &Want, start: Start, today: Date) -> Keeping {
    let on = half.filter(|half| half.outcome.is_some()).and_then(|half| half.on).filter(|on| *on <= today);
    match on {
        Some(on) if want.before && start.day.is_some_and(|day| on > day) => Keeping::Late(on),
        on => done(on, want.at_all),
    }
}

/// A test before the work that was passed, and is not dated later than its start.
fn tested(tests: &[Test], is_wanted: bool, start: Start, today: Date) -> Keeping {
    let is_passed = |test: &&Test| test.phase == Some(Phase::Pre) && test.result == Some(TestResult::Passed);
    let last = start.day.map_or(today, |day| day.min(today));
    let mut passed = tests.iter().filter(is_passed).map(|test| test.on).filter(|on| on.is_none_or(|on| on <= last));
    let first = passed.clone().flatten().min();
    match (first, passed.any(|on| on.is_none()), is_wanted) {
        (None, true, true) => Keeping::InTime(None),
        (first, _, is_wanted) => done(first, is_wanted),
    }
}

/// Where external parties notice the work, or the service is away in an attempt that began: whether somebody was told
/// before it, and each audience by then or by the day that its own message gives.
fn told(plan: &Plan, begun: &[(usize, &Window)], start: Start, today: Date) -> Keeping {
    let is_wanted =
        !plan.effects.external_parties.is_empty() || begun.iter().any(|(_, window)| window.takes_service_away());
    let mut audiences: BTreeMap<Option<String>, Vec<&Notification>> = BTreeMap::new();
    for message in plan.notifications.iter().filter(|message| message.stage() == MessageStage::Before) {
        audiences.entry(message.audience.as_deref().map(fold_name)).or_default().push(message);
    }
    let sent = |of: &Notification| of.sent.filter(|sent| *sent <= today);
    let is_before = |of: &Notification| sent(of).is_some_and(|sent| start.day.is_none_or(|day| sent <= day));
    let is_in_time = |of: &&Notification| plan.is_told_in_time(of, start.day, today);
    let first = |of: &[&Notification]| of.iter().filter_map(|of| sent(of)).min();
    let is_somebody_told = audiences.values().flatten().any(|of| is_before(of));
    let late = audiences.values().filter(|of| !(is_somebody_told && of.iter().any(is_in_time)));
    let late: Option<Vec<Date>> = late.map(|of| first(of)).collect();
    match late.map(|days| days.into_iter().max()) {
        Some(Some(day)) if is_wanted => Keeping::Late(day),
        None if is_wanted => Keeping::Missing,
        _ => done(audiences.values().filter_map(|of| first(of)).min(), is_wanted),
    }
}
