//! Figures that are lengths of time, counted in steps: time to restore, notice, length of windows, ages.

use super::said::{NO_DATA, Unit, plain, rate, spread, words};
use super::view::{MetricRow, MetricView};
use crate::book::Figures;
use crate::pages::parts::chart::{Bar, bars};

pub(super) fn restored(figures: &Figures) -> MetricView {
    let said = match figures.total().taken_back {
        0 => format!("{NO_DATA}: no deployment was rolled back"),
        all => format!("{}, known for {} of {all}", spread(&figures.restored, Unit::Minutes), figures.restored.len()),
    };
    let steps = [("up to 30 minutes", 31), ("up to 2 hours", 121), ("up to 8 hours", 481), ("longer", i64::MAX)];
    steps_of(
        "restored",
        "Time to restore",
        said,
        &figures.restored,
        &steps,
        "Of deployments that were rolled back at least once: from the harm to the service being back (restored_at). The \
        harm begins with the decision to roll back (at) or with the detection (detected_at) of an incident that the \
        deployment or a change that it delivers caused, whichever is first. Moments without a time of day and those after \
        the service was back do not count; nor do incidents that were detected before the work began. It is \
        DORA\u{2019}s failed deployment recovery time, as far as it followed a rollback.",
    )
}

pub(super) fn notice(figures: &Figures) -> MetricView {
    let all = figures.total().deployments;
    let said = match all {
        0 => format!("{NO_DATA}: no deployment"),
        _ => {
            format!("{}, known for {} of {all} deployments", spread(&figures.notice, Unit::Days), figures.notice.len())
        }
    };
    let steps = [
        ("after the start", 0),
        ("less than a day", 1),
        ("1 to 6 days", 7),
        ("7 to 13 days", 14),
        ("14 days or more", i64::MAX),
    ];
    steps_of(
        "notice",
        "Notice given to customers",
        said,
        &figures.notice,
        &steps,
        "From the first message that was sent, up to the day of the build, to the day of the deployment\u{2019}s first \
        window, or its planned date where it has no window. Deployments without a sent message are in the denominator \
        alone.",
    )
}

pub(super) fn approved(figures: &Figures) -> MetricView {
    let said = match figures.total().emergencies {
        0 => format!("{NO_DATA}: no emergency"),
        all => {
            format!(
                "{}, known for {} of {all} emergencies",
                spread(&figures.approved, Unit::Days),
                figures.approved.len()
            )
        }
    };
    let steps =
        [("before the start", 0), ("on the day of the start", 1), ("1 to 3 days later", 4), ("later", i64::MAX)];
    steps_of(
        "emergency-approvals",
        "Approval of emergencies",
        said,
        &figures.approved,
        &steps,
        "Of deployments of the type emergency: from the day on which the first attempt began, or was planned to, else the \
        planned date, to the day of the first approval that was given, up to the day of the build. Emergencies without such an \
        approval are in the denominator alone.",
    )
}

pub(super) fn lengths(figures: &Figures) -> MetricView {
    let mut over: Vec<i64> = figures.lengths.iter().map(|(planned, actual)| actual - planned).collect();
    over.sort_unstable();
    let late = over.iter().filter(|minutes| **minutes > 0).count();
    let said = match figures.attempts {
        0 => format!("{NO_DATA}: no window has an outcome"),
        all => format!("Longer than planned: {}. Known for {} of {all} windows", rate(late, over.len()), over.len()),
    };
    let steps = [
        ("shorter than planned", 0),
        ("as planned", 1),
        ("up to 30 minutes longer", 31),
        ("more than 30 minutes longer", i64::MAX),
    ];
    steps_of(
        "lengths",
        "Planned against actual length",
        said,
        &over,
        &steps,
        "Of every window with an outcome: from \
        the actual start to the actual end, against the planned ones.",
    )
}

pub(super) fn known_errors(figures: &Figures) -> MetricView {
    let ages: Vec<i64> = figures.open_known_errors.iter().flatten().map(|days| i64::from(*days)).collect();
    let all = figures.open_known_errors.len();
    let steps = [
        ("less than 30 days", 30),
        ("30 to 89 days", 90),
        ("90 to 179 days", 180),
        ("180 to 364 days", 365),
        ("a year or more", i64::MAX),
    ];
    let said = match all {
        0 => "No known error is open.".to_owned(),
        _ => format!("{all} open; since when is known for {} of them", ages.len()),
    };
    steps_of(
        "known-errors",
        "Age of open known errors",
        said,
        &ages,
        &steps,
        "Every known error that is not resolved, from the day it was detected to the day of the build: one that nobody \
        will fix too. One without a status is open as long as no day is named on which it was resolved.",
    )
}

pub(super) fn actions(figures: &Figures) -> MetricView {
    let due: Vec<i64> = figures.open_actions.iter().flatten().map(|days| i64::from(*days)).collect();
    let all = figures.open_actions.len();
    let overdue = due.iter().filter(|days| **days > 0).count();
    let steps = [
        ("not due yet", 1),
        ("overdue up to 30 days", 31),
        ("overdue 31 to 90 days", 91),
        ("overdue longer", i64::MAX),
    ];
    let said = match all {
        0 => "No action is open.".to_owned(),
        _ => format!("Overdue: {}. {} of {all} have a due date", rate(overdue, all), due.len()),
    };
    steps_of(
        "actions",
        "Overdue actions",
        said,
        &due,
        &steps,
        "Actions of lessons that are open or in progress. One is \
        overdue from the day after its due date.",
    )
}

/// A figure whose values are counted in steps: each with its name and the value that is beyond it.
fn steps_of(
    id: &'static str,
    heading: &'static str,
    said: String,
    values: &[i64],
    steps: &[(&str, i64)],
    definition: &'static str,
) -> MetricView {
    let mut from = i64::MIN;
    let mut counted = Vec::new();
    for (name, beyond) in steps {
        counted.push((*name, values.iter().filter(|value| (from..*beyond).contains(*value)).count()));
        from = *beyond;
    }
    let bar = |(name, count): &(&str, usize)| Bar {
        label: (*name).to_owned(),
        number: count.to_string(),
        part: *count,
        whole: values.len(),
    };
    let row = |(name, count): &(&str, usize)| MetricRow {
        name: plain((*name).to_owned()),
        cells: vec![count.to_string(), rate(*count, values.len())],
    };
    let is_empty = values.is_empty();
    MetricView {
        id,
        heading,
        definition,
        said,
        chart: (!is_empty).then(|| bars(heading, &counted.iter().map(bar).collect::<Vec<_>>())),
        columns: if is_empty { Vec::new() } else { words(&["", "How many", "Share"]) },
        rows: if is_empty { Vec::new() } else { counted.iter().map(row).collect() },
        left_out: None,
    }
}
