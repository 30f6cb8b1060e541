//! Who has a part in the work: the RACI matrix, the escalation channel, and who decided.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::keys::keys;
use super::placeholder::says_something;
use super::vocabulary::vocabulary;
use crate::read::{DayEdge, Fields, instant};

vocabulary! {
    /// What an approver decided.
    pub enum Decision {
        /// They agreed.
        Approved = "approved", "Approved", Good;
        /// They refused.
        Rejected = "rejected", "Rejected", Bad;
    }
    meant {
        "yes" | "ok" | "accepted" | "agreed" | "granted" | "approve" | "authorized" | "go" => Approved,
        "no" | "denied" | "declined" | "refused" | "reject" | "no-go" | "not-approved" => Rejected,
    }
}

keys! {
    /// A row of the RACI matrix.
    pub struct Stakeholder(
        "a RACI row",
        "{activity: \u{2026}, responsible: Who does it, accountable: Who answers for it}"
    ) {
        /// What is to be done.
        pub activity: String = "Activity" meant "task" | "role" | "what" | "name" | "step" | "stakeholder";
        /// Who does it.
        pub responsible: Vec<String> = "Responsible" [Shape::OneOrMore(&Shape::Text)]
            meant "r" | "who" | "responsibility";
        /// Who answers for it.
        pub accountable: Vec<String> = "Accountable" [Shape::OneOrMore(&Shape::Text)] meant "a" | "accountability";
        /// Who is asked before.
        pub consulted: Vec<String> = "Consulted" [Shape::OneOrMore(&Shape::Text)] meant "c" | "consult";
        /// Who is told.
        pub informed: Vec<String> = "Informed" [Shape::OneOrMore(&Shape::Text)] meant "i" | "inform";
    }
}

keys! {
    /// A step of the escalation channel.
    pub struct EscalationLevel("an escalation level", "{level: 1, contact: \u{2026}}")
        then EscalationLevel::numbered,
    {
        /// Its name or number; its place in the list where none is given.
        pub level: String = "Level" (optional) meant "step" | "tier" | "order";
        /// Whom to call.
        pub contact: Option<String> = "Contact" meant "name" | "who" | "person" | "team";
        /// Where they are reached: a telephone number, an address, a channel.
        pub channel: Option<String> = "Channel"
            meant "phone" | "email" | "mail" | "via" | "how" | "telephone";
        /// How long to wait for the step before.
        pub after: Option<String> = "After" meant "when" | "wait" | "delay";
    }
}

impl EscalationLevel {
    fn numbered(self, _: &Fields<'_>, _: &TimeZone, number: usize) -> Option<EscalationLevel> {
        let level = if self.level.is_empty() { (number + 1).to_string() } else { self.level };
        Some(EscalationLevel { level, ..self })
    }
}

keys! {
    /// An approver's decision.
    pub struct Approval("an approval", "{by: \u{2026}, on: 2026-11-28, decision: approved}")
        then Approval::dated,
    {
        /// In which role they decided.
        pub role: Option<String> = "Role" meant "group" | "function" | "title" | "as";
        /// Who decided.
        pub by: Option<String> = "By" meant "name" | "approver" | "approved_by" | "who" | "person";
        /// The day of the decision, or its moment.
        pub on: Option<Date> = "On" [Shape::DayOfMoment] (hand)
            meant "date" | "approved_on" | "approved_at" | "when" | "at";
        /// What was decided.
        pub decision: Option<Decision> = "Decision" meant "status" | "outcome" | "result" | "state";
        /// Why, and on which conditions.
        pub comment: Option<String> = "Comment" meant "notes" | "note" | "comments" | "remark" | "reason";
    }
    beside {
        /// Its moment, where that has an hour.
        pub at: Option<Zoned>,
    }
}

impl Approval {
    /// Whether it was given, neither awaited nor refused.
    pub fn is_given(&self) -> bool {
        self.decision == Some(Decision::Approved)
    }

    /// Whether it names somebody, or a role.
    pub fn is_somebodys(&self) -> bool {
        [&self.by, &self.role].into_iter().any(|text| says_something(text.as_ref()))
    }

    /// Itself with its day, and its moment where an hour is written.
    fn dated(self, fields: &Fields<'_>, zone: &TimeZone, _: usize) -> Option<Approval> {
        let moment = fields.moment("on");
        let with_hour = moment.as_ref().filter(|moment| moment.time.is_some());
        let at = with_hour.and_then(|moment| instant(moment, DayEdge::Start, zone, fields.sink()));
        Some(Approval { on: moment.map(|moment| moment.date), at, ..self })
    }
}
