//! RB314: dates in an order that cannot be.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::subject::Subject;
use super::work::last_approval_day;
use crate::diag::{Finding, Lint};
use crate::read::Moment;
use crate::record::{Phase, Plan, Record, Window, WindowOutcome};
use crate::source::Place;

/// Dates in an order that cannot be.
pub const DATE_ORDER: Lint = Lint::process(
    "RB314",
    "date-order",
    "end before start, actual before approval, resolved before detected",
    include_str!("date_order.md"),
);

/// How many days a planned date may be from the nearest window.
const MOST_DAYS_OFF: u64 = 31;

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.record {
        Record::Release(_) | Record::Change(_) => subject.record.plan().map(|plan| of_plan(subject, plan)),
        Record::KnownError(known) => {
            known.detected.zip(known.resolved).filter(|(from, to)| to < from).map(|(from, to)| {
                vec![finding(
                    subject,
                    "resolved",
                    format!("resolved on {to}, before it was detected on {from}"),
                    "detected",
                )]
            })
        }
        Record::Window(window) => window.first.as_ref().filter(|(start, end)| end <= start).map(|_| {
            let end = subject.first_of(&["end", "duration"]);
            vec![finding(subject, end, "the window ends before it starts", "start")]
        }),
        _ => None,
    }
    .unwrap_or_default()
}

fn of_plan(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, window) in plan.windows.iter().enumerate() {
        findings.extend(of_window(subject, number, window));
    }
    if let Some(rollback) = &plan.rollback
        && let (Some(at), Some(restored)) = (&rollback.at, &rollback.restored_at)
        && is_earlier(restored, at, plan.time_zone(&subject.context.settings.time_zone))
    {
        let message = "the service was restored before the rollback began";
        findings.push(finding(subject, "rollback.restored_at", message, "rollback.at"));
    }
    findings.extend(far_from_the_windows(subject, plan));
    let begun = plan.attempts().map(|(_, window)| window.start_day()).min();
    if let Some(begun) = begun {
        findings.extend(before_the_work(subject, plan, begun));
    }
    findings
}

/// Whether a moment is before another for certain: a day alone is any of its hours.
fn is_earlier(one: &Moment, other: &Moment, zone: &TimeZone) -> bool {
    match (one.time, other.time) {
        (Some(_), Some(_)) => one.timestamp(zone) < other.timestamp(zone),
        _ => one.date < other.date,
    }
}

/// A planned date that is far from every window, were it one that was put off. A window moves by some days, and the plan
/// keeps its date; what is further off is a slip of the pen.
fn far_from_the_windows(subject: &Subject<'_>, plan: &Plan) -> Option<Finding> {
    let planned = plan.planned_date?;
    let is_near = |window: &Window| {
        let off = days(planned, window.start.date()).min(days(planned, window.last_day()));
        off <= MOST_DAYS_OFF || (window.start.date()..=window.last_day()).contains(&planned)
    };
    if plan.windows.is_empty() || plan.windows.iter().any(is_near) {
        return None;
    }
    let message = format!("this is planned for {planned}, and no window is within {MOST_DAYS_OFF} days of that");
    let finding = subject.finding(&DATE_ORDER, "planned_date", message).label("far from every window");
    Some(finding.related(subject.key("windows"), "held against this").help("correct the one of the two that is wrong"))
}

/// How many days are between two.
fn days(one: Date, other: Date) -> u64 {
    one.duration_until(other).as_hours().unsigned_abs() / 24
}

fn of_window(subject: &Subject<'_>, number: usize, window: &Window) -> Vec<Finding> {
    let at = |key: &str| format!("windows.{number}.{key}");
    let mut findings = Vec::new();
    if window.end <= window.start {
        findings.push(finding(subject, &at("end"), "the window ends before it starts", &at("start")));
    }
    if let (Some(start), Some(end)) = (&window.actual_start, &window.actual_end)
        && end < start
    {
        findings.push(finding(subject, &at("actual_end"), "the work ended before it began", &at("actual_start")));
    }
    if window.end > window.start
        && let Some(key) = elsewhere(window)
    {
        let message = "the work was wholly at another time than its window";
        let finding = subject.finding(&DATE_ORDER, &at(key), message).label("not within the window");
        let finding = finding.related(subject.key(&at("start")), "held against this");
        findings.push(finding.help("correct the time, or add the window in which it was done, with its approval"));
    }
    if let (Some(outcome @ (WindowOutcome::Postponed | WindowOutcome::Cancelled)), Some(key)) =
        (window.outcome, used(window))
    {
        let message =
            format!("the window was {}, and the work in it has a time of its own", outcome.label().to_lowercase());
        findings.push(finding(subject, &at("outcome"), message, &at(key)));
    }
    if let (Some(start), Some(approved)) = (&window.actual_start, window.approved_on)
        && last_approval_day(subject, start.date()).0 < approved
    {
        let message = format!("the window was approved on {approved}, and the work began on {}", start.date());
        findings.push(finding(subject, &at("approved_on"), message, &at("actual_start")));
    }
    findings
}

/// The key that says that the work began when its window was over, or ended before it; work that overruns is a deviation.
fn elsewhere(window: &Window) -> Option<&'static str> {
    let is_after = window.actual_start.as_ref().is_some_and(|at| *at >= window.end);
    let is_before = window.actual_end.as_ref().is_some_and(|at| *at <= window.start);
    let is_ordered = window.actual_start.as_ref().zip(window.actual_end.as_ref()).is_none_or(|(from, to)| from <= to);
    match (is_ordered, is_after, is_before) {
        (true, true, _) => Some("actual_start"),
        (true, _, true) => Some("actual_end"),
        _ => None,
    }
}

/// The key that says that there was work in a window.
fn used(window: &Window) -> Option<&'static str> {
    let keys = [("actual_start", &window.actual_start), ("actual_end", &window.actual_end)];
    keys.into_iter().find(|(_, at)| at.is_some()).map(|(key, _)| key)
}

/// What comes after the work and has an earlier date, and what comes before it and has a later one.
fn before_the_work(subject: &Subject<'_>, plan: &Plan, begun: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    let last = plan.attempts().map(|(_, window)| window.start_day()).max().unwrap_or(begun);
    for (number, test) in plan.tests.iter().enumerate() {
        if let (Some(Phase::Pre), Some(on)) = (test.phase, test.on.filter(|on| *on > last)) {
            let message = format!("a test before the release is dated {on}, and the work began on {last}");
            let finding = finding(subject, &format!("tests.{number}.on"), message, "windows");
            findings.push(finding.label("later than it can be"));
        }
        if let (Some(Phase::Post), Some(on)) = (test.phase, test.on.filter(|on| *on < begun)) {
            let message = format!("a test after the release is dated {on}, and the work began on {begun}");
            findings.push(finding(subject, &format!("tests.{number}.on"), message, "windows"));
        }
    }
    if let Some(on) = plan.review.as_ref().and_then(|review| review.on).filter(|on| *on < begun) {
        let message = format!("the post-implementation review is dated {on}, and the work began on {begun}");
        findings.push(finding(subject, "review.on", message, "windows"));
    }
    findings
}

fn finding(subject: &Subject<'_>, path: &str, message: impl Into<String>, other: &str) -> Finding {
    impossible(subject.key(path), message, "earlier than it can be").related(subject.key(other), "held against this")
}

/// A finding at a date that cannot be.
pub(super) fn impossible(place: Place, message: impl Into<String>, label: &'static str) -> Finding {
    Finding::new(&DATE_ORDER, place, message).label(label).help("correct the one of the two that is wrong")
}
