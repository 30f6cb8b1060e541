//! Figures that are counted: releases and changes a month, deployments and those that failed, the busiest items.

use jiff::ToSpan;
use jiff::civil::Date;

use super::said::{NO_DATA, plain, rate, words};
use super::scope::MetricsScope;
use super::view::{MetricRow, MetricView};
use crate::book::{ByType, Figures, LeftOut, RecordIndex, Tally};
use crate::pages::Context;
use crate::pages::parts::chart::{Bar, bars, columns};
use crate::pages::parts::row::link_to;
use crate::record::Kind;
use crate::record::Vocabulary;

/// How many configuration items, and how many years, a chart and its table show.
const SHOWN: usize = 15;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A month with its short name.
pub(super) type Month = ((i16, i8), &'static str);

/// The twelve months of the year, or the last twelve.
pub(super) fn months(context: &Context<'_>, scope: MetricsScope) -> Vec<Month> {
    let last = match scope {
        MetricsScope::Year(year) => Date::new(year, 12, 1).unwrap_or(context.today),
        _ => context.today.first_of_month(),
    };
    let dates = (0..12).rev().filter_map(|back: i32| last.checked_sub(back.months()).ok());
    let dates = dates.filter(|date| *date <= context.today);
    dates.map(|date| ((date.year(), date.month()), MONTHS[date.month() as usize - 1])).collect()
}

pub(super) fn by_month<T: Vocabulary + Ord>(
    id: &'static str,
    heading: &'static str,
    figures: &Figures,
    months: &[Month],
    types: &[T],
    numbers: impl Fn(&Tally) -> &ByType<T>,
) -> MetricView {
    let number = |month: (i16, i8), of: Option<T>| figures.months.get(&month).map_or(0, |tally| numbers(tally).of(of));
    let label = |of: Option<T>| of.map_or("Without a type", |of| of.said().label);
    let types = types.iter().copied().map(Some).chain([None]);
    let shown: Vec<Option<T>> = types.filter(|of| months.iter().any(|(month, _)| number(*month, *of) > 0)).collect();
    let of_type = |of: &Option<T>| (label(*of), months.iter().map(|(month, _)| number(*month, *of)).collect());
    let series: Vec<(&str, Vec<usize>)> = shown.iter().map(of_type).collect();
    let short: Vec<&str> = months.iter().map(|(_, short)| *short).collect();
    let row = |(month, short): &Month| {
        let all = figures.months.get(month).map_or(0, |tally| numbers(tally).sum());
        let cells = shown.iter().map(|of| number(*month, *of)).chain([all]);
        let name = plain(format!("{short} {}", month.0));
        MetricRow { name, cells: cells.map(|number| number.to_string()).collect() }
    };
    let all = numbers(&figures.total()).sum();
    let in_months: usize = series.iter().flat_map(|(_, numbers)| numbers).sum();
    MetricView {
        id,
        heading,
        definition: "By the month of the planned date, up to the day of the build. A change without a date of its own \
            counts with the first release that delivers it. Cancelled ones are not counted.",
        said: match in_months {
            0 => format!("{NO_DATA} for the months shown; {all} in all"),
            _ => format!("{in_months} in the months shown, {all} in all"),
        },
        chart: (in_months > 0).then(|| columns(heading, &short, &series)),
        columns: match in_months {
            0 => Vec::new(),
            _ => words(
                &["Month"].into_iter().chain(shown.iter().map(|of| label(*of))).chain(["All"]).collect::<Vec<_>>(),
            ),
        },
        rows: if in_months == 0 { Vec::new() } else { months.iter().map(row).collect() },
        left_out: None,
    }
}

pub(super) fn failures(scope: MetricsScope, figures: &Figures, months: &[Month]) -> MetricView {
    let periods: Vec<(String, Tally)> = match scope {
        MetricsScope::Year(_) => {
            let of = |month: &Month| figures.months.get(&month.0).cloned().unwrap_or_default();
            months.iter().map(|month| (month.1.to_owned(), of(month))).collect()
        }
        _ => {
            let mut years: Vec<i16> = figures.months.keys().map(|(year, _)| *year).collect();
            years.dedup();
            let of = |year: i16| (year.to_string(), figures.sum(|(of_year, _)| of_year == year));
            years.into_iter().rev().take(SHOWN).map(of).collect()
        }
    };
    let total = figures.total();
    let number = |(name, tally): &(String, Tally)| Bar {
        label: name.clone(),
        number: rate(tally.failed, tally.deployments),
        part: tally.failed,
        whole: tally.deployments,
    };
    let row = |(name, of): (String, Tally)| MetricRow {
        name: plain(name),
        cells: vec![
            of.deployments.to_string(),
            rate(of.failed, of.deployments),
            rate(of.taken_back, of.deployments),
            rate(of.emergencies, of.deployments),
        ],
    };
    let measured: Vec<Bar> = periods.iter().filter(|(_, tally)| tally.deployments > 0).map(number).collect();
    MetricView {
        id: "failures",
        heading: "Deployments and change failure rate",
        definition: "A deployment is a release, or a change that no release delivers, that is live (deployed, or closed \
            and not taken back) or was taken back at least once (by its status, by its rollback, or by the outcome of a \
            window); it counts in the month of its planned date, up to the day of the build. Their number over time is \
            DORA\u{2019}s deployment frequency. The change failure rate (DORA) is the share of deployments that failed: \
            that were taken back at least once, that caused incidents, themselves or by a change that they deliver, or \
            that were found unsuccessful in their review. Rolled back are those that were taken back at least once, \
            emergencies those of that type. DORA\u{2019}s lead time for changes is not shown: the records do not say when \
            a change was committed.",
        left_out: left_out(&figures.left_out),
        said: format!(
            "{}. Failed: {}. Rolled back at least once: {}. Emergencies: {}.",
            match total.deployments {
                1 => "1 deployment".to_owned(),
                count => format!("{count} deployments"),
            },
            rate(total.failed, total.deployments),
            rate(total.taken_back, total.deployments),
            rate(total.emergencies, total.deployments)
        ),
        chart: (!measured.is_empty()).then(|| bars("Change failure rate", &measured)),
        columns: words(&["Period", "Deployments", "Failed", "Rolled back", "Emergencies"]),
        rows: periods.into_iter().map(row).collect(),
    }
}

/// What may be taken for a deployment and is none, with how many there are.
fn left_out(of: &LeftOut) -> Option<String> {
    let parts = [
        (of.undated, "without a date"),
        (of.later, "dated after the day of the build"),
        (of.cancelled, "cancelled"),
        (of.in_progress, "in progress"),
        (of.silent, "that do not say how far they are"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let whole = || format!("Releases, and changes that no release delivers, that are left out: {}.", said.join(", "));
    (!said.is_empty()).then(whole)
}

pub(super) fn items(context: &Context<'_>, figures: &Figures) -> MetricView {
    let busiest = &figures.items[..figures.items.len().min(SHOWN)];
    let most = busiest.first().map_or(0, |(_, count)| *count);
    let id = |index: &RecordIndex| context.edition.get(*index).header().id.clone();
    let bar = |(index, count): &(RecordIndex, usize)| Bar {
        label: id(index),
        number: count.to_string(),
        part: *count,
        whole: most,
    };
    let row = |(index, count): &(RecordIndex, usize)| MetricRow {
        name: link_to(context, Kind::ConfigurationItem, &id(index)),
        cells: vec![count.to_string()],
    };
    MetricView {
        id: "items",
        heading: "Busiest configuration items",
        definition: "Deployments that name the item, most first. A deployment that names several counts for each.",
        said: match figures.items.len() {
            0 => format!("{NO_DATA}: no deployment names a configuration item"),
            all => format!("{} of {all} configuration items with a deployment", busiest.len()),
        },
        chart: (!busiest.is_empty())
            .then(|| bars("Busiest configuration items", &busiest.iter().map(bar).collect::<Vec<_>>())),
        columns: words(&["Configuration item", "Deployments"]),
        rows: busiest.iter().map(row).collect(),
        left_out: None,
    }
}
