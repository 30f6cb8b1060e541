//! The releases of a year that were carried out, as an auditor asks for them: approved, reviewed, tested, told, reviewed
//! after, each with the day or with the word for what is not there.

use jiff::civil::Date;
use serde::Serialize;

use super::year::heading;
use crate::book::{Audit, Keeping, RecordIndex};
use crate::pages::parts::context::Context;
use crate::pages::parts::frame::Frame;
use crate::pages::parts::row::{Link, Pager, slice};
use crate::pages::parts::time::Day;
use crate::record::Tone;
use crate::route::Route;

/// What is said of a part of the process.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// The word, where it is not the day alone: `late`, `not approved`, `not wanted`.
    pub word: Option<String>,
    /// The day.
    pub day: Option<Day>,
    /// `good`, `bad`, `ahead` or `idle`.
    pub tone: &'static str,
}

/// A release with all that is asked of it.
#[derive(Debug, Serialize)]
pub struct AuditRow {
    /// The release.
    pub record: Link,
    /// Its title, where it is not its id.
    pub title: Option<String>,
    /// The day on which its first attempt began.
    pub start: Option<Day>,
    /// Approved before.
    pub approved: Cell,
    /// The security and the operational review.
    pub reviewed: Vec<Cell>,
    /// Tested before.
    pub tested: Cell,
    /// Told before.
    pub told: Cell,
    /// The post-implementation review.
    pub reviewed_after: Cell,
    /// How many deviations it has.
    pub deviations: usize,
}

/// The view of `deviations-releases.html`.
#[derive(Debug, Serialize)]
pub struct AuditedReleasesView {
    /// What stands around it.
    pub page: Frame,
    /// What it is about.
    pub heading: String,
    /// How many releases there are.
    pub count: usize,
    /// This page's.
    pub rows: Vec<AuditRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of the releases of a year that were carried out.
pub fn audited_releases(context: &Context<'_>, year: Option<i16>, page: usize) -> AuditedReleasesView {
    let all = context.deviations.releases(year);
    let (heading, of_year) = (heading("Releases", year), heading("Deviations", year));
    let above = [(&Route::deviations(), "Deviations"), (&Route::year_deviations(year), of_year.as_str())];
    AuditedReleasesView {
        page: Frame::new(context, heading.clone(), "deviations").below(context, &above),
        heading,
        count: all.len(),
        rows: slice(all, page).iter().filter_map(|index| row(context, *index)).collect(),
        pager: Pager::new(context, all.len(), page, |page| Route::audited_releases(year).page(page)),
    }
}

fn row(context: &Context<'_>, index: RecordIndex) -> Option<AuditRow> {
    let audit = Audit::new(context.edition, index, &context.settings.process, context.today)?;
    let header = context.edition.get(index).header();
    let mut approved = cell(audit.approved, "approved");
    if audit.is_by_involved {
        approved = Cell { word: Some("by those involved alone".to_owned()), tone: Tone::Bad.word(), ..approved };
    }
    let halves = [("security", audit.security), ("operational", audit.operational)];
    let reviewed = match halves.map(|(_, of)| of) {
        [one, other] if one == other => vec![cell(one, "reviewed")],
        _ => halves.into_iter().map(|(name, of)| named(name, cell(of, "reviewed"))).collect(),
    };
    Some(AuditRow {
        record: Link { href: context.href_of(index), text: header.id.clone() },
        title: (header.title != header.id).then(|| header.title.clone()),
        start: audit.start.map(Day::new),
        approved,
        reviewed,
        tested: cell(audit.tested, "tested"),
        told: cell(audit.told, "told"),
        reviewed_after: cell(audit.reviewed_after, "reviewed"),
        deviations: context.deviations.of(index).len(),
    })
}

/// What is said of one part: its day, or the word for what is not there.
fn cell(of: Keeping, done: &str) -> Cell {
    let cell =
        |word: Option<String>, day: Option<Date>, tone: Tone| Cell { word, day: day.map(Day::new), tone: tone.word() };
    match of {
        Keeping::NotWanted(None) => cell(Some("not wanted".to_owned()), None, Tone::Idle),
        Keeping::NotWanted(day) => cell(None, day, Tone::Idle),
        Keeping::InTime(None) => cell(Some(format!("{done}, day not recorded")), None, Tone::Good),
        Keeping::InTime(day) => cell(None, day, Tone::Good),
        Keeping::Late(day) => cell(Some("late".to_owned()), Some(day), Tone::Bad),
        Keeping::Ahead => cell(Some(format!("not {done} yet")), None, Tone::Ahead),
        Keeping::Missing => cell(Some(format!("not {done}")), None, Tone::Bad),
    }
}

/// The cell of one of two.
fn named(name: &str, of: Cell) -> Cell {
    let word = of.word.map_or_else(|| name.to_owned(), |word| format!("{name} {word}"));
    Cell { word: Some(word), ..of }
}
