//! An entry of the calendar that belongs to no release: a maintenance time or a freeze.

use jiff::civil::Date;
use jiff::{Span, SpanFieldwise, Zoned};

use super::header::{Reference, references, texts};
use super::reading::Defaults;
use super::vocabulary::vocabulary;
use super::{Header, Kind, fold};
use crate::read::{DayEdge, Fields, Meanings, UNKNOWN_VALUE, instant};

vocabulary! {
    /// What a window of the calendar means for the work.
    #[derive(Default)]
    pub enum WindowKind {
        /// Work belongs inside it.
        #[default]
        Maintenance = "maintenance", "Maintenance";
        /// No work may fall into it.
        Freeze = "freeze", "Freeze";
    }
    meant {
        "maintenance-window" => Maintenance,
        "blackout" | "change-freeze" | "embargo" | "moratorium" | "frozen" | "no-change" => Freeze,
    }
}

/// A record that was let through a freeze.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Which record.
    pub record: Reference,
    /// Who agreed; without that it lets nothing through.
    pub approved_by: Option<String>,
}

/// How a window comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    /// The rule (RFC 5545, RRULE), and where it stands.
    pub rule: (String, crate::source::Span),
    /// Days on which it would begin and does not.
    pub skips: Vec<(Date, crate::source::Span)>,
    /// How long it is, where that was said instead of an end.
    pub duration: Option<SpanFieldwise>,
    /// Where it is written how long it is, or when it ends.
    pub length_at: crate::source::Span,
}

/// An entry of the calendar that belongs to no release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarWindow {
    /// What every record has.
    pub header: Header,
    /// What it means for the work.
    pub kind: WindowKind,
    /// Its first start and end, in its zone.
    pub first: Option<(Zoned, Zoned)>,
    /// How it comes again.
    pub repeats: Option<Repetition>,
    /// Whether it applies to everything: it names no service and no item.
    pub is_for_all: bool,
    /// Services that it applies to.
    pub services: Vec<String>,
    /// Configuration items that it applies to.
    pub configuration_items: Vec<Reference>,
    /// A freeze that no exception may break.
    pub is_hard: bool,
    /// Records that were let through.
    pub exceptions: Vec<Exception>,
    /// Why it is there.
    pub reason: Option<String>,
}

impl CalendarWindow {
    /// Who let a record through; nothing where nobody did, or where nobody may.
    pub fn approver(&self, record: &str) -> Option<&str> {
        let of_record = self.exceptions.iter().filter(|exception| fold(&exception.record.id) == fold(record));
        let mut approvers = of_record.filter_map(|exception| exception.approved_by.as_deref());
        approvers.next().filter(|_| !self.is_hard)
    }
}

/// What is meant by keys that a window of the calendar has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("kind", &["window_type", "window_kind", "category"]),
        ("start", &["begin", "begins", "from", "starts", "start_date", "start_time", "starts_at", "planned_start"]),
        ("end", &["until", "to", "ends", "end_date", "end_time", "ends_at", "finish", "planned_end"]),
        ("duration", &["length", "lasts"]),
        ("repeats", &["rrule", "recurrence", "repeat", "recurs", "recurring"]),
        ("skips", &["skip", "exdate", "exdates", "excluded", "exclude", "except"]),
        ("time_zone", &["timezone", "tz", "zone"]),
        ("applies_to", &["scope", "applies"]),
        ("hard", &["is_hard", "strict", "absolute"]),
        ("exceptions", &["exception", "exempt", "exemptions"]),
        ("reason", &["why", "justification", "purpose"]),
    ],
    advice: &[],
};

/// What is meant by keys that the scope of a window has not.
const OF_SCOPE: Meanings = Meanings {
    keys: &[
        ("services", &["service", "business_services"]),
        ("configuration_items", &["ci", "cis", "items", "systems", "configuration_item", "assets"]),
    ],
    advice: &[],
};

/// What is meant by keys that an exception from a freeze has not.
const OF_EXCEPTION: Meanings = Meanings {
    keys: &[("id", &["record", "release", "change", "ref"]), ("approved_by", &["by", "approver", "who"])],
    advice: &[],
};

pub(super) fn read(header: Header, fields: &Fields<'_>, defaults: &Defaults) -> CalendarWindow {
    let zone = fields.time_zone("time_zone").unwrap_or_else(|| defaults.time_zone.clone());
    let at = |key, edge| fields.moment(key).and_then(|moment| instant(&moment, edge, &zone, fields.sink()));
    fields.meanings(&MEANINGS);
    fields.require("start", header.fence);
    if fields.node("duration").is_none() {
        fields.require("end", header.fence);
    }
    let start = at("start", DayEdge::Start);
    let end = at("end", DayEdge::End);
    let length = duration(fields);
    // The two are told on one clock, so that what comes again has one length on it.
    let end = end.map(|end| start.as_ref().map_or(end.clone(), |start| end.with_time_zone(start.time_zone().clone())));
    let end = end.or_else(|| start.as_ref().and_then(|start| start.checked_add(length?).ok()));
    let (services, items) = match fields.map("applies_to", "`applies_to`", "{configuration_items: [\u{2026}]}") {
        Some(scope) => {
            let is_named = |name: &str| !name.trim().is_empty();
            let mut services = texts(&scope, "services");
            services.retain(|name| is_named(name));
            let mut items = references(&scope, "configuration_items", Kind::ConfigurationItem);
            items.retain(|item| is_named(&item.id));
            scope.meanings(&OF_SCOPE);
            scope.finish();
            (services, items)
        }
        None => Default::default(),
    };
    CalendarWindow {
        kind: fields.term("kind").unwrap_or_default(),
        first: start.zip(end),
        repeats: repetition(fields, length),
        is_for_all: services.is_empty() && items.is_empty(),
        services,
        configuration_items: items,
        is_hard: fields.flag("hard"),
        exceptions: exceptions(fields),
        reason: fields.text("reason"),
        header,
    }
}

fn repetition(fields: &Fields<'_>, duration: Option<Span>) -> Option<Repetition> {
    let skips = fields.dates("skips");
    match fields.spanned_text("repeats") {
        Some(rule) => {
            let written = fields.node("duration").or_else(|| fields.node("end"));
            let length_at = written.map_or(rule.1, |node| node.span);
            Some(Repetition { rule, skips, duration: duration.map(Span::fieldwise), length_at })
        }
        None => {
            if let Some((_, at)) = skips.first() {
                fields.sink().push(
                    fields
                        .sink()
                        .finding(&UNKNOWN_VALUE, *at, "`skips` leaves days out of `repeats`, and there is none")
                        .help("say under `repeats` how the window comes again, or take `skips` away"),
                );
            }
            None
        }
    }
}

fn duration(fields: &Fields<'_>) -> Option<Span> {
    let (text, at) = fields.spanned_text("duration")?;
    match text.parse::<Span>() {
        Ok(span) => Some(span),
        Err(_) => {
            fields.sink().push(
                fields
                    .sink()
                    .finding(&UNKNOWN_VALUE, at, format!("`{text}` is no duration"))
                    .label("expected a length of time")
                    .help("write `PT4H`, `4h` or `1h 30m`"),
            );
            None
        }
    }
}

fn exceptions(fields: &Fields<'_>) -> Vec<Exception> {
    fields
        .items("exceptions")
        .iter()
        .filter_map(|item| {
            if let crate::read::Value::Scalar { text, .. } = &item.value {
                return Some(Exception { record: Reference { id: text.clone(), span: item.span }, approved_by: None });
            }
            let fields = Fields::new(item, "an exception", fields.sink())?;
            fields.required("id", fields.span());
            let record = super::header::reference(&fields, "id", Kind::Release);
            let approved_by = fields.text("approved_by").filter(|name| !name.trim().is_empty());
            fields.meanings(&OF_EXCEPTION);
            fields.finish();
            Some(Exception { record: record?, approved_by })
        })
        .collect()
}
