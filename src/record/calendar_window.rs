//! An entry of the calendar that belongs to no release: a maintenance time or a freeze.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SpanFieldwise, Zoned};

use super::data::Data;
use super::header::Header;
use super::id::fold;
use super::keys::{Keyed, keys};
use super::placeholder::says_something;
use super::reference::Reference;
use super::vocabulary::vocabulary;
use super::window::edge_data;
use crate::read::{DayEdge, Fields, UNKNOWN_VALUE, instant};
use crate::source::Span;

vocabulary! {
    /// What a window of the calendar means for the work.
    pub enum WindowKind {
        /// Work belongs inside it.
        Maintenance = "maintenance", "Maintenance";
        /// No work may fall into it.
        Freeze = "freeze", "Freeze";
    }
    default Maintenance;
    meant {
        "maintenance-window" => Maintenance,
        "blackout" | "change-freeze" | "embargo" | "moratorium" | "frozen" | "no-change" => Freeze,
    }
}

keys! {
    /// A record that was let through a freeze.
    pub struct Exception("an exception")
        from "id" Exception::of_record,
        then Exception::named,
    {
        /// Which record is let through.
        pub record: Reference = "Record" as "id" -> Exception(Release | Change)
            meant "record" | "release" | "change" | "ref";
        /// Who agreed; without that it lets nothing through.
        pub approved_by: Option<String> = "Approved by" meant "by" | "approver" | "who";
    }
}

impl Exception {
    fn of_record(id: &str, span: Span) -> Exception {
        Exception { record: Reference { id: id.to_owned(), span }, approved_by: None }
    }

    /// Itself, if it names a record. A name of nobody approves nothing.
    fn named(self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Exception> {
        let approved_by = self.approved_by.filter(|name| says_something(Some(name)));
        (self.record != Reference::default()).then_some(Exception { approved_by, ..self })
    }
}

keys! {
    /// What a window of the calendar applies to; to everything where it names nothing.
    pub struct Scope("`applies_to`", "{configuration_items: [\u{2026}]}")
        then Scope::named,
    {
        /// Business services.
        pub services: Vec<String> = "Services" -> Service(Service) meant "service" | "business_services";
        /// Configuration items.
        pub configuration_items: Vec<Reference> = "Configuration items" -> ConfigurationItem(ConfigurationItem)
            meant "ci" | "cis" | "items" | "systems" | "configuration_item" | "assets";
    }
}

impl Scope {
    /// Itself, without names of nothing.
    fn named(mut self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Scope> {
        self.services.retain(|name| !name.trim().is_empty());
        self.configuration_items.retain(|item| !item.id.trim().is_empty());
        Some(self)
    }
}

/// How a window comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    /// The rule (RFC 5545, RRULE), and where it stands.
    pub rule: (String, Span),
    /// Days on which it would begin and does not.
    pub skips: Vec<(Date, Span)>,
    /// How long it is, where that was said instead of an end.
    pub duration: Option<SpanFieldwise>,
    /// Where it is written how long it is, or when it ends.
    pub length_at: Span,
}

keys! {
    /// An entry of the calendar that belongs to no release.
    pub struct CalendarWindow("a window") in (header: Header) {
        /// What it means for the work.
        pub kind: WindowKind = "Kind" (always) meant "window_type" | "window_kind" | "category";
        /// The services and items that it applies to; everything where it names none.
        pub applies_to: Scope = "Applies to" meant "scope" | "applies";
        /// Whether it is a freeze that no exception may break.
        pub is_hard: bool = "Hard" as "hard" (always) meant "is_hard" | "strict" | "absolute";
        /// Records that were let through a freeze.
        pub exceptions: Vec<Exception> = "Exceptions" meant "exception" | "exempt" | "exemptions";
        /// Why it is there.
        pub reason: Option<String> = "Reason" meant "why" | "justification" | "purpose";
    }
    and keys {
        /// When it begins, the first time.
        start = "Start" [Shape::Moment] (always) (required) told CalendarWindow::start_data,
            meant "begin" | "begins" | "from" | "starts" | "start_date" | "start_time" | "starts_at" | "planned_start";
        /// When it ends, the first time; a day alone is the end of that day. Either this or `duration` is there.
        end = "End" [Shape::Moment] (always) told CalendarWindow::end_data,
            meant "until" | "to" | "ends" | "end_date" | "end_time" | "ends_at" | "finish" | "planned_end";
        /// How long it is, in place of an end.
        duration = "Duration" [Shape::Duration] (always) told CalendarWindow::duration_data,
            meant "length" | "lasts";
        /// The rule by which it comes again.
        repeats = "Repeats" [Shape::Rule] (always) told CalendarWindow::repeats_data,
            meant "rrule" | "recurrence" | "repeat" | "recurs" | "recurring";
        /// Days on which it would begin and does not.
        skips = "Skips" [Shape::List(&Shape::Day)] (always) told CalendarWindow::skips_data,
            meant "skip" | "exdate" | "exdates" | "excluded" | "exclude" | "except";
        /// The zone of its times; the site's where none is given.
        time_zone = "Time zone" [Shape::Zone] (always) told CalendarWindow::time_zone_data,
            meant "timezone" | "tz" | "zone";
    }
    beside {
        /// Its first start and end, in its zone.
        pub first: Option<(Zoned, Zoned)>,
        /// How it comes again.
        pub repeats: Option<Repetition>,
        /// Whether its first start, and its first end, are days alone.
        pub days: (bool, bool),
        /// Whether it applies to everything: it names no service and no item.
        pub is_for_all: bool,
    }
}

impl CalendarWindow {
    fn start_data(&self) -> Option<Data> {
        self.first.as_ref().map(|(start, _)| edge_data(start, DayEdge::Start, self.days.0))
    }

    fn end_data(&self) -> Option<Data> {
        let (_, end) = self.first.as_ref().filter(|_| self.duration_data().is_none())?;
        Some(edge_data(end, DayEdge::End, self.days.1))
    }

    fn duration_data(&self) -> Option<Data> {
        let repeats = self.repeats.as_ref()?;
        repeats.duration.map(|duration| Data::Text(duration.0.to_string()))
    }

    fn repeats_data(&self) -> Option<Data> {
        self.repeats.as_ref().and_then(|repeats| Data::of_text(&repeats.rule.0))
    }

    fn skips_data(&self) -> Option<Data> {
        Data::of_list(self.repeats.iter().flat_map(|repeats| &repeats.skips).map(|(day, _)| Data::of_day(*day)))
    }

    fn time_zone_data(&self) -> Option<Data> {
        self.first.as_ref().and_then(|(start, _)| Data::of_zone(start))
    }

    /// Who let a record through; nothing where nobody did, or where nobody may.
    pub fn approver(&self, record: &str) -> Option<&str> {
        let of_record = self.exceptions.iter().filter(|exception| fold(&exception.record.id) == fold(record));
        let mut approvers = of_record.filter_map(|exception| exception.approved_by.as_deref());
        approvers.next().filter(|_| !self.is_hard)
    }
}

pub(super) fn read(header: Header, fields: &Fields<'_>, of_site: &TimeZone) -> CalendarWindow {
    let zone = fields.time_zone("time_zone").unwrap_or_else(|| of_site.clone());
    let at = |key, edge| {
        let moment = fields.moment(key)?;
        Some((instant(&moment, edge, &zone, fields.sink())?, moment.time.is_none()))
    };
    fields.require("start", header.fence);
    if fields.node("duration").is_none() {
        fields.require("end", header.fence);
    }
    let start = at("start", DayEdge::Start);
    let end = at("end", DayEdge::End);
    let is_day = |time: &Option<(Zoned, bool)>| time.as_ref().is_some_and(|(_, is_day)| *is_day);
    let days = (is_day(&start), is_day(&end));
    let [start, end] = [start, end].map(|time| time.map(|(at, _)| at));
    let length = duration(fields);
    // The two are told on one clock, so that what comes again has one length on it.
    let end = end.map(|end| start.as_ref().map_or(end.clone(), |start| end.with_time_zone(start.time_zone().clone())));
    let end = end.or_else(|| start.as_ref().and_then(|start| start.checked_add(length?).ok()));
    let window = CalendarWindow::read_keys(fields, &zone);
    let is_for_all = window.applies_to == Scope::default();
    CalendarWindow { header, first: start.zip(end), repeats: repetition(fields, length), days, is_for_all, ..window }
}

fn repetition(fields: &Fields<'_>, duration: Option<jiff::Span>) -> Option<Repetition> {
    let skips = fields.dates("skips");
    match fields.spanned_text("repeats") {
        Some(rule) => {
            let written = fields.node("duration").or_else(|| fields.node("end"));
            let length_at = written.map_or(rule.1, |node| node.span);
            Some(Repetition { rule, skips, duration: duration.map(jiff::Span::fieldwise), length_at })
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

fn duration(fields: &Fields<'_>) -> Option<jiff::Span> {
    let (text, at) = fields.spanned_text("duration")?;
    match text.parse::<jiff::Span>() {
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
