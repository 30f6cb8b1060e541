//! The plan that releases and changes share.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::advice;
use super::effects::Effects;
use super::impact::Impact;
use super::incident::Incident;
use super::keys::{Held, Keyed, keys};
use super::notification::Notification;
use super::people::{Approval, EscalationLevel, Stakeholder};
use super::reference::Reference;
use super::review::Review;
use super::rollback::Rollback;
use super::stage::Stage;
use super::status::Status;
use super::test::Test;
use super::window::Window;
use crate::read::{Fields, Meanings};

keys! {
    /// What releases and changes share.
    pub struct Plan("a plan") {
        /// How far it is.
        pub status: Option<Status> = "Status" meant "state" | "stage" | "lifecycle" | "record_status";
        /// Who asked for the change.
        pub initiator: Option<String> = "Initiator"
            meant "requester" | "requestor" | "requested_by" | "raised_by" | "opened_by" | "submitted_by"
                | "submitter" | "initiated_by" | "reporter" | "reported_by" | "change_initiator";
        /// Who leads the release.
        pub release_manager: Option<String> = "Release manager"
            meant "manager" | "change_manager" | "release_owner" | "release_lead" | "coordinator";
        /// The reason for the change, where one line will do; else a section of the body.
        pub business_case: Option<String> = "Business case"
            meant "reason" | "justification" | "reason_for_change" | "rationale" | "why" | "purpose";
        /// Effects upon others than configuration items.
        pub effects: Effects = "Effects" meant "effect";
        /// The security and operational review.
        pub impact: Impact = "Security and operational review";
        /// Stakeholder engagement: for each activity who does it, answers for it, is asked and is told.
        pub raci: Vec<Stakeholder> = "Stakeholders"
            meant "stakeholders" | "stakeholder" | "responsibilities" | "raci_matrix";
        /// The escalation channel: whom to call, in order.
        pub escalation: Vec<EscalationLevel> = "Escalation"
            meant "escalations" | "escalation_channel" | "escalation_path" | "on_call" | "contacts";
        /// Who agreed to it, and who did not.
        pub approvals: Vec<Approval> = "Approvals"
            meant "approval" | "approvers" | "approver" | "approved_by" | "sign_off" | "signoff" | "sign_offs";
        /// The planned implementation date; the day of the first window's start where none is given.
        pub planned_date: Option<Date> = "Planned date"
            meant "date" | "release_date" | "planned" | "target_date" | "due_date" | "due" | "go_live"
                | "go_live_date" | "deployment_date" | "deploy_date" | "planned_release_date" | "planned_for"
                | "implementation_date" | "planned_implementation_date" | "scheduled" | "scheduled_for"
                | "scheduled_date" | "scheduled_on" | "planned_on" | "change_date";
        /// The maintenance windows, one for each attempt.
        pub windows: Vec<Window> = "Maintenance windows" (hand)
            meant "window" | "maintenance_window" | "maintenance_windows" | "change_window" | "change_windows"
                | "deployment_window" | "deployment_windows" | "schedule" | "downtime_window";
        /// The stages of the rollout, in their order: who has it first, and who next.
        pub stages: Vec<Stage> = "Stages of the rollout"
            meant "waves" | "rings" | "phases" | "rollout" | "rollout_stages" | "phased_rollout" | "canary";
        /// Messages to customers before the release.
        pub notifications: Vec<Notification> = "Notifications"
            meant "notification" | "communication" | "communications" | "customer_notifications" | "notify";
        /// Tests before and after the release.
        pub tests: Vec<Test> = "Tests" meant "test" | "testing" | "test_results" | "test_cases";
        /// The release that it replaces.
        pub supersedes: Option<Reference> = "Supersedes" -> Supersedes(Release)
            meant "replaces" | "predecessor" | "previous_release" | "previous_version" | "previous";
        /// A rollback and what came of it.
        pub rollback: Option<Box<Rollback>> = "Rollback" meant "backout" | "back_out" | "rolled_back" | "roll_back";
        /// The post-implementation review.
        pub review: Option<Box<Review>> = "Post-implementation review"
            meant "pir" | "post_implementation_review" | "post_mortem" | "postmortem" | "retrospective";
        /// Incidents that it ends.
        pub incidents_fixed: Vec<Incident> = "Incidents fixed"
            meant "incidents" | "incident" | "fixes_incidents" | "fixed_incidents" | "resolves_incidents";
        /// Incidents that it brought.
        pub incidents_caused: Vec<Incident> = "Incidents caused" meant "caused_incidents" | "causes_incidents";
    }
}

impl Plan {
    /// The zone of its times that name none: that of its first window, else the site's.
    pub fn time_zone<'a>(&'a self, of_site: &'a TimeZone) -> &'a TimeZone {
        self.windows.first().map_or(of_site, |window| window.start.time_zone())
    }

    /// Whether it says nothing beyond status, people and dates: no window, no effect, no review, no table.
    pub fn is_plain(&self) -> bool {
        self.business_case.is_none()
            && self.effects == Effects::default()
            && self.impact == Impact::default()
            && self.raci.is_empty()
            && self.escalation.is_empty()
            && self.approvals.is_empty()
            && self.windows.is_empty()
            && self.stages.is_empty()
            && self.notifications.is_empty()
            && self.tests.is_empty()
            && self.rollback.is_none()
            && self.review.is_none()
    }
}

/// What to write for keys that no one key of a plan stands for.
const ADVICE: Meanings = Meanings { keys: &[], advice: &[advice::TIMES, advice::SECTIONS] };

/// Reads a plan on a site of which the times are in a zone, but for those of a plan whose first window names another.
pub(super) fn read(fields: &Fields<'_>, of_site: &TimeZone) -> Plan {
    fields.meanings(&ADVICE);
    let windows = Plan::key("windows").map(|key| Vec::<Window>::read(fields, key, of_site)).unwrap_or_default();
    let zone = windows.first().map_or(of_site, |window| window.start.time_zone()).clone();
    let plan = Plan::read_keys(fields, &zone);
    let planned_date = plan.planned_date.or_else(|| windows.first().map(|window| window.start.date()));
    Plan { windows, planned_date, ..plan }
}
