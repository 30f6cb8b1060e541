//! The metrics: of the whole site, of a year, of a service; every chart with its table and its definition.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::chart::{Bar, bars, columns};
use super::list::YearLink;
use super::row::{Link, Pager, link_to, slice};
use super::time::{days, minutes};
use super::{Context, Frame};
use crate::book::{ByType, Direction, Figures, LeftOut, RecordIndex, Relation, Tally};
use crate::edition::Edition;
use crate::record::{ChangeType, Kind, Plan, ReleaseType};
use crate::route::Route;

/// How many configuration items, and how many years, a chart and its table show.
const SHOWN: usize = 15;
/// Below so many, a share is said in numbers alone: a percentage would look more exact than it is.
const FEW: usize = 10;
/// Below so many, a median says less than the ends.
const TOO_FEW_FOR_MEDIAN: usize = 5;
const NO_DATA: &str = "no data";
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What a page of metrics is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetricsScope {
    /// All records.
    All,
    /// Records of one year.
    Year(i16),
    /// Records of one service.
    Service(RecordIndex),
}

/// The view of `metrics.html`.
#[derive(Debug, Serialize)]
pub struct MetricsView {
    /// What stands around it.
    pub page: Frame,
    /// What it is about.
    pub heading: String,
    /// The metrics of all records, and whether this is that page.
    pub all: Link,
    /// Whether this is the page of all records.
    pub is_all: bool,
    /// The years, newest first.
    pub years: Vec<YearLink>,
    /// The list of services.
    pub services: Option<Link>,
    /// The page of the service that it is about.
    pub service: Option<Link>,
    /// Releases and changes without a date.
    pub undated: usize,
    /// The figures.
    pub sections: Vec<MetricView>,
}

/// A figure: its definition, its chart and its table.
#[derive(Debug, Serialize)]
pub struct MetricView {
    /// Its fragment.
    pub id: &'static str,
    /// Its name.
    pub heading: &'static str,
    /// What is counted.
    pub definition: &'static str,
    /// The figure in words.
    pub said: String,
    /// What is not in it, with how many there are.
    pub left_out: Option<String>,
    /// The chart, as SVG.
    pub chart: Option<String>,
    /// The heads of the table.
    pub columns: Vec<String>,
    /// The rows of the table.
    pub rows: Vec<MetricRow>,
}

/// A row of a figure's table.
#[derive(Debug, Serialize)]
pub struct MetricRow {
    /// What the row is about.
    pub name: Link,
    /// Its numbers.
    pub cells: Vec<String>,
}

/// The view of `metrics-services.html`.
#[derive(Debug, Serialize)]
pub struct MetricsServicesView {
    /// What stands around it.
    pub page: Frame,
    /// How many services there are.
    pub count: usize,
    /// This page's services.
    pub services: Vec<Link>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// The years with a release or change up to a day, each with how many there are. In an edition for others there are no
/// metrics: what is left out of it would make every share a wrong one.
pub fn measured_years(edition: &Edition, today: Date) -> Vec<(i16, usize)> {
    if edition.name().is_some() {
        return Vec::new();
    }
    let dates = edition.tables.iter().filter_map(|(index, _)| edition.counted_on(index));
    let mut years: Vec<i16> = dates.filter(|date| *date <= today).map(|date| date.year()).collect();
    years.sort_unstable();
    years.chunk_by(|one, other| one == other).map(|run| (run[0], run.len())).collect()
}

/// Services with a release or change that went live or was taken back.
pub fn measured_services(edition: &Edition) -> Vec<RecordIndex> {
    let services = edition.tables.of_kind(Kind::Service).map(RecordIndex);
    let was_tried = |index: RecordIndex| edition.get(index).plan().is_some_and(Plan::was_tried);
    services.filter(|service| records_of(edition, *service).any(was_tried)).collect()
}

fn records_of(edition: &Edition, service: RecordIndex) -> impl Iterator<Item = RecordIndex> + '_ {
    edition.connections.others(service, Relation::Service, Direction::Backward).iter().map(|found| found.other)
}

/// A page of the list of services with metrics.
pub fn metrics_services(context: &Context<'_>, services: &[RecordIndex], page: usize) -> MetricsServicesView {
    let link = |index: &RecordIndex| {
        let header = context.edition.get(*index).header();
        Link::new(context.href(&Route::service_metrics(&header.id)), header.title.clone())
    };
    MetricsServicesView {
        page: Frame::new(context, "Metrics by service", "metrics").below(context, &[(&Route::metrics(), "Metrics")]),
        count: services.len(),
        services: slice(services, page).iter().map(link).collect(),
        pager: Pager::new(context, services.len(), page, |page| Route::metrics_services().page(page)),
    }
}

/// A page of metrics. `years` are those with a release or change, each with how many there are.
pub fn metrics(context: &Context<'_>, scope: MetricsScope, years: &[(i16, usize)], by_service: bool) -> MetricsView {
    let edition = context.edition;
    let date = |index: RecordIndex| edition.counted_on(index).or_else(|| edition.get(index).date());
    let of_year = |year: i16| move |index: &RecordIndex| date(*index).is_some_and(|date| date.year() == year);
    let all = || (0..edition.tables.len() as u32).map(RecordIndex);
    let of = |records: &mut dyn Iterator<Item = RecordIndex>| {
        edition.figures(records, &context.settings.time_zone, context.today)
    };
    let (heading, figures) = match scope {
        MetricsScope::All => ("Metrics".to_owned(), of(&mut all())),
        MetricsScope::Year(year) => (format!("Metrics of {year}"), of(&mut all().filter(of_year(year)))),
        MetricsScope::Service(service) => {
            (format!("Metrics: {}", edition.get(service).header().title), of(&mut records_of(edition, service)))
        }
    };
    let mut page = Frame::new(context, heading.clone(), "metrics");
    if scope != MetricsScope::All {
        page = page.below(context, &[(&Route::metrics(), "Metrics")]);
    }
    let service = match scope {
        MetricsScope::Service(service) => Some(service),
        _ => None,
    };
    MetricsView {
        page,
        heading,
        all: Link::new(context.href(&Route::metrics()), "All years"),
        is_all: scope == MetricsScope::All,
        years: years
            .iter()
            .rev()
            .map(|(year, count)| YearLink {
                link: Link::new(context.href(&Route::year_metrics(*year)), year.to_string()),
                count: *count,
                is_current: scope == MetricsScope::Year(*year),
            })
            .collect(),
        services: by_service.then(|| Link::new(context.href(&Route::metrics_services()), "By service")),
        service: service
            .map(|index| Link { href: context.href_of(index), text: edition.get(index).header().title.clone() }),
        undated: figures.undated,
        sections: sections(context, scope, &figures),
    }
}

fn sections(context: &Context<'_>, scope: MetricsScope, figures: &Figures) -> Vec<MetricView> {
    let months = months(context, scope);
    let release_types: Vec<&str> = ReleaseType::ALL.iter().map(|of| of.label()).chain(["Without a type"]).collect();
    let change_types: Vec<&str> = ChangeType::ALL.iter().map(|of| of.label()).chain(["", "Without a type"]).collect();
    let releases = by_month("releases", "Releases a month, by type", figures, &months, &release_types, |t| t.releases);
    let changes = by_month("changes", "Changes a month, by type", figures, &months, &change_types, |t| t.changes);
    vec![
        releases,
        changes,
        failures(scope, figures, &months),
        restored(figures),
        notice(figures),
        lengths(figures),
        items(context, figures),
        known_errors(figures),
        actions(figures),
    ]
}

/// A month with its short name.
type Month = ((i16, i8), &'static str);

/// The twelve months of the year, or the last twelve.
fn months(context: &Context<'_>, scope: MetricsScope) -> Vec<Month> {
    let last = match scope {
        MetricsScope::Year(year) => Date::new(year, 12, 1).unwrap_or(context.today),
        _ => context.today.first_of_month(),
    };
    let dates = (0..12).rev().filter_map(|back: i32| last.checked_sub(back.months()).ok());
    let dates = dates.filter(|date| *date <= context.today);
    dates.map(|date| ((date.year(), date.month()), MONTHS[date.month() as usize - 1])).collect()
}

fn by_month(
    id: &'static str,
    heading: &'static str,
    figures: &Figures,
    months: &[Month],
    types: &[&str],
    numbers: impl Fn(&Tally) -> ByType,
) -> MetricView {
    let of_month = |month: (i16, i8)| figures.months.get(&month).map_or([0; 5], &numbers);
    let shown: Vec<usize> =
        (0..types.len()).filter(|place| months.iter().any(|(month, _)| of_month(*month)[*place] > 0)).collect();
    let series: Vec<(&str, Vec<usize>)> = shown
        .iter()
        .map(|place| (types[*place], months.iter().map(|(month, _)| of_month(*month)[*place]).collect()))
        .collect();
    let short: Vec<&str> = months.iter().map(|(_, short)| *short).collect();
    let row = |((year, month), short): &Month| {
        let numbers = of_month((*year, *month));
        let cells = shown.iter().map(|place| numbers[*place]).chain([numbers.iter().sum()]);
        MetricRow { name: plain(format!("{short} {year}")), cells: cells.map(|number| number.to_string()).collect() }
    };
    let all: usize = numbers(&figures.total()).iter().sum();
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
            _ => {
                words(&["Month"].into_iter().chain(shown.iter().map(|p| types[*p])).chain(["All"]).collect::<Vec<_>>())
            }
        },
        rows: if in_months == 0 { Vec::new() } else { months.iter().map(row).collect() },
        left_out: None,
    }
}

fn failures(scope: MetricsScope, figures: &Figures, months: &[Month]) -> MetricView {
    let periods: Vec<(String, Tally)> = match scope {
        MetricsScope::Year(_) => {
            let of = |month: &Month| figures.months.get(&month.0).copied().unwrap_or_default();
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

fn restored(figures: &Figures) -> MetricView {
    let said = match figures.total().taken_back {
        0 => format!("{NO_DATA}: no deployment was rolled back"),
        all => format!("{}, known for {} of {all}", spread(&figures.restored, minutes), figures.restored.len()),
    };
    let steps = [("up to 30 minutes", 31), ("up to 2 hours", 121), ("up to 8 hours", 481), ("longer", i64::MAX)];
    steps_of(
        "restored",
        "Time to restore",
        said,
        &figures.restored,
        &steps,
        "Of deployments that were rolled back at least once: from the decision to roll back (at) to the service being back \
        (restored_at), where both have a time of day and the second is not before the first. It is DORA\u{2019}s failed \
        deployment recovery time, as far as it followed a rollback.",
    )
}

fn notice(figures: &Figures) -> MetricView {
    let all = figures.total().deployments;
    let said = match all {
        0 => format!("{NO_DATA}: no deployment"),
        _ => format!("{}, known for {} of {all} deployments", spread(&figures.notice, days), figures.notice.len()),
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

fn lengths(figures: &Figures) -> MetricView {
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

fn items(context: &Context<'_>, figures: &Figures) -> MetricView {
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

fn known_errors(figures: &Figures) -> MetricView {
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

fn actions(figures: &Figures) -> MetricView {
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

fn plain(text: String) -> Link {
    Link { href: None, text }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A share with what it is a share of.
fn rate(part: usize, whole: usize) -> String {
    match whole {
        0 => NO_DATA.to_owned(),
        1..FEW => format!("{part} of {whole}"),
        _ => format!("{} % ({part} of {whole})", (part * 100 + whole / 2) / whole),
    }
}

/// The middle and the ends of sorted values; of a few, the ends alone.
fn spread(sorted: &[i64], unit: fn(i64) -> String) -> String {
    match sorted {
        [] => NO_DATA.to_owned(),
        [one] => unit(*one),
        [first, .., last] if sorted.len() < TOO_FEW_FOR_MEDIAN => format!("{} to {}", unit(*first), unit(*last)),
        [first, .., last] => {
            let middle = (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2;
            format!("Median {}, from {} to {}", unit(middle), unit(*first), unit(*last))
        }
    }
}
