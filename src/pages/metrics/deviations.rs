//! Deviations a month, and how many releases and changes have any.

use std::collections::BTreeMap;

use super::counts::Month;
use super::said::{plain, words};
use super::scope::MetricsScope;
use super::view::{MetricRow, MetricView};
use crate::book::Deviation;
use crate::pages::Context;
use crate::pages::parts::chart::columns;
use crate::pages::parts::measured::records_of;

pub(super) fn deviations(context: &Context<'_>, scope: MetricsScope, shown: &[Month]) -> MetricView {
    let all = context.deviations;
    let of_scope: Vec<&Deviation> = match scope {
        MetricsScope::All => all.all().iter().collect(),
        MetricsScope::Year(year) => all.of_year(Some(year)).iter().collect(),
        MetricsScope::Service(service) => {
            records_of(context.edition, service).flat_map(|index| all.of(index)).collect()
        }
    };
    let mut months: BTreeMap<(i16, i8), Vec<&Deviation>> = BTreeMap::new();
    for of in &of_scope {
        if let Some(day) = of.moment {
            months.entry((day.year(), day.month())).or_default().push(of);
        }
    }
    let count = |month: &Month| months.get(&month.0).map_or(0, Vec::len);
    let records = |month: &Month| {
        let of_month = months.get(&month.0).into_iter().flatten();
        let mut records: Vec<_> = of_month.map(|of| of.record).collect();
        records.sort_unstable();
        records.dedup();
        records.len()
    };
    let numbers: Vec<usize> = shown.iter().map(count).collect();
    let in_months: usize = numbers.iter().sum();
    let heading = "Deviations a month";
    let row = |month: &Month| MetricRow {
        name: plain(format!("{} {}", month.1, month.0.0)),
        cells: [count(month), records(month)].iter().map(usize::to_string).collect(),
    };
    let short: Vec<&str> = shown.iter().map(|(_, short)| *short).collect();
    MetricView {
        id: "deviations",
        heading,
        definition: "What was done otherwise than the process and the calendar say, by the month in which the attempt began, \
            or of a failed test by its own. The page of deviations says what each kind is.",
        said: format!("{in_months} in the months shown, {} in all", of_scope.len()),
        left_out: None,
        chart: (in_months > 0).then(|| columns(heading, &short, &[("Deviations", numbers)])),
        columns: if in_months == 0 { Vec::new() } else { words(&["Month", "Deviations", "Releases and changes"]) },
        rows: if in_months == 0 { Vec::new() } else { shown.iter().map(row).collect() },
    }
}
