//! A stage of a rollout.

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::keys::keys;
use super::share::Share;
use super::window::WindowOutcome;
use crate::diag::Sink;
use crate::read::{DayEdge, Fields, Moment, instant};
use crate::source::Span;

keys! {
    /// A stage of a rollout: a part of the whole that has it before the rest.
    pub struct Stage("a stage", "{name: \u{2026}, start: 2026-11-28T22:00, share: 10 %}")
        then Stage::timed,
    {
        /// Who or what has its turn: a ring, a region, a group of customers.
        pub name: Option<String> = "Name" meant "title" | "ring" | "wave" | "group" | "stage";
        /// When it begins, or is planned to.
        pub start: Option<Moment> = "Start"
            meant "begin" | "begins" | "from" | "starts" | "start_date" | "start_time" | "starts_at";
        /// When it is over; a day alone is the end of that day.
        pub end: Option<Moment> = "End"
            meant "until" | "to" | "ends" | "end_date" | "end_time" | "ends_at" | "finish";
        /// How much of the whole has it when the stage is over, in percent; what had it before is counted in.
        pub share: Option<Share> = "Share" meant "percent" | "percentage" | "coverage" | "traffic" | "part";
        /// What came of it.
        pub outcome: Option<WindowOutcome> = "Outcome" meant "result" | "status";
        /// What must not be seen, if the rollout is to go on.
        pub hold_if: Option<String> = "Hold if" meant "hold" | "stop_if" | "halt_if" | "abort_if" | "stop_when";
    }
    beside {
        /// When it begins, in the zone of that moment, else that of the first window.
        pub begins: Option<Zoned>,
        /// When it is over, likewise.
        pub ends: Option<Zoned>,
        /// Where it stands in its source.
        pub span: Span,
    }
}

impl Stage {
    /// Works out its times; nothing where it says nothing.
    fn timed(self, fields: &Fields<'_>, zone: &TimeZone, _: usize) -> Option<Stage> {
        if self == Stage::default() {
            return None;
        }
        // What the clocks skip or show twice was said when the moment was read.
        let unheard = Sink::new(fields.sink().source());
        let at = |moment: &Option<Moment>, edge| instant(moment.as_ref()?, edge, zone, &unheard);
        let (begins, ends) = (at(&self.start, DayEdge::Start), at(&self.end, DayEdge::End));
        Some(Stage { begins, ends, span: fields.span(), ..self })
    }

    /// Whether it was put off or called off.
    pub fn is_off(&self) -> bool {
        matches!(self.outcome, Some(WindowOutcome::Postponed | WindowOutcome::Cancelled))
    }
}
