//! The work of a period: every release and change that was carried out in it, or was to be.

use jiff::civil::Date;

use crate::book::{Audit, Book, Deviations, Keeping, RecordIndex};
use crate::feeds::disarmed;
use crate::record::{Kind, Plan, Process, Vocabulary};

/// A period, with both its days.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// Its first day; nothing where it has no beginning.
    pub since: Option<Date>,
    /// Its last day; nothing where it has no end.
    pub until: Option<Date>,
}

impl Period {
    /// Whether some days and it have one in common.
    fn has(self, first: Date, last: Date) -> bool {
        self.since.is_none_or(|since| last >= since) && self.until.is_none_or(|until| first <= until)
    }

    /// Whether the work of a plan falls into it: a window as planned or as carried out, else the planned date.
    fn has_work(self, plan: &Plan) -> bool {
        let by_window = plan.windows.iter().any(|window| {
            let actual = window.actual_start.as_ref().map(|at| at.date());
            let over = window.actual_end.as_ref().map(|at| at.date()).or(actual);
            let planned = self.has(window.start_day(), window.last_day());
            planned || actual.zip(over).is_some_and(|(first, last)| self.has(first, last))
        });
        by_window || (plan.windows.is_empty() && plan.planned_date.is_some_and(|day| self.has(day, day)))
    }
}

/// The releases and changes whose work falls into a period, in the order of lists; and how many have no day at all, which
/// are in no period.
pub fn population(book: &Book, period: Period) -> (Vec<RecordIndex>, usize) {
    let all = [Kind::Release, Kind::Change].into_iter().flat_map(|kind| book.tables.of_kind(kind)).map(RecordIndex);
    let (mut found, mut undated) = (Vec::new(), 0);
    for index in all {
        let Some(plan) = book.get(index).plan() else { continue };
        if plan.windows.is_empty() && plan.planned_date.is_none() {
            undated += 1;
        } else if period.has_work(plan) {
            found.push(index);
        }
    }
    (found, undated)
}

/// The heads of the table.
const HEADS: [&str; 20] = [
    "id",
    "kind",
    "title",
    "type",
    "status",
    "service",
    "planned_date",
    "windows",
    "outcomes",
    "begun",
    "approved",
    "approved_on",
    "security_review",
    "operational_review",
    "tested_before",
    "told_before",
    "reviewed_after",
    "deviations",
    "waivers",
    "dossier",
];

/// The work of a period as a table for spreadsheets (RFC 4180), with a byte-order mark; `folder` tells where the dossier of
/// a record is.
pub fn table(
    book: &Book,
    records: &[RecordIndex],
    process: &Process,
    deviations: &Deviations,
    today: Date,
    folder: &dyn Fn(RecordIndex) -> String,
) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    // Writing into memory cannot fail, and all rows have the same columns.
    writer.write_record(HEADS).unwrap_or_default();
    for index in records {
        let cells = row(book, *index, process, deviations, today, folder(*index));
        writer.write_record(cells.into_iter().map(|cell| disarmed(cell.into()).into_owned())).unwrap_or_default();
    }
    drop(writer);
    out
}

fn row(
    book: &Book,
    index: RecordIndex,
    process: &Process,
    deviations: &Deviations,
    today: Date,
    folder: String,
) -> [String; HEADS.len()] {
    let record = book.get(index);
    let header = record.header();
    let windows = record.plan().map_or(&[][..], |plan| &plan.windows);
    let joined = |each: Vec<String>| each.join("; ");
    let audit = Audit::new(book, index, process, today);
    let kept = |of: fn(&Audit) -> Keeping| audit.as_ref().map(|audit| word(of(audit)).to_owned()).unwrap_or_default();
    let approved_on = audit.as_ref().and_then(|audit| day(audit.approved));
    let ways = deviations.of(index).map(|of| of.kind.said().word.to_owned()).collect::<Vec<_>>();
    [
        header.id.clone(),
        record.kind().said().word.to_owned(),
        header.title.clone(),
        record.type_word().unwrap_or_default().to_owned(),
        record.status().map_or("", |status| status.word).to_owned(),
        header.service.clone().unwrap_or_default(),
        record.date().map(|day| day.to_string()).unwrap_or_default(),
        joined(windows.iter().map(|of| format!("{}/{}", of.start.datetime(), of.end.datetime())).collect()),
        joined(windows.iter().filter_map(|of| of.outcome).map(|of| of.said().word.to_owned()).collect()),
        audit.as_ref().and_then(|audit| audit.start).map(|day| day.to_string()).unwrap_or_default(),
        kept(|audit| audit.approved),
        approved_on.map(|day| day.to_string()).unwrap_or_default(),
        kept(|audit| audit.security),
        kept(|audit| audit.operational),
        kept(|audit| audit.tested),
        kept(|audit| audit.told),
        kept(|audit| audit.reviewed_after),
        joined(ways),
        joined(header.allow.iter().map(|allow| allow.lint.clone()).collect()),
        folder,
    ]
}

fn word(of: Keeping) -> &'static str {
    match of {
        Keeping::NotWanted(_) => "not-wanted",
        Keeping::InTime(_) => "in-time",
        Keeping::Late(_) => "late",
        Keeping::Ahead => "ahead",
        Keeping::Missing => "missing",
    }
}

fn day(of: Keeping) -> Option<Date> {
    match of {
        Keeping::NotWanted(day) | Keeping::InTime(day) => day,
        Keeping::Late(day) => Some(day),
        Keeping::Ahead | Keeping::Missing => None,
    }
}
