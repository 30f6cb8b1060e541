//! The plan that releases and changes share: people, effects, reviews, windows, tests, and what came of it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::header::{Reference, reference};
use super::incident::{Incident, incidents};
use super::reading::Defaults;
use super::review::{self, Review};
use super::vocabulary::vocabulary;
use super::{Kind, advice};
use crate::read::{DayEdge, Fields, Meanings, Moment, Node, Value, instant};

vocabulary! {
    /// How far a release or change is.
    #[derive(Default)]
    pub enum Status {
        /// Being written.
        #[default]
        Draft = "draft", "Draft";
        /// Being assessed.
        Assessment = "assessment", "Assessment";
        /// Agreed to.
        Approved = "approved", "Approved";
        /// It has its window.
        Scheduled = "scheduled", "Scheduled";
        /// Going on.
        InProgress = "in-progress", "In progress";
        /// Live.
        Deployed = "deployed", "Deployed";
        /// Taken back.
        RolledBack = "rolled-back", "Rolled back";
        /// Nothing is left to do.
        Closed = "closed", "Closed";
        /// Called off before it went live.
        Cancelled = "cancelled", "Cancelled";
    }
    also {
        "new" => Draft, "assess" => Assessment, "authorize" => Approved, "implement" => InProgress,
        "review" => Deployed, "canceled" => Cancelled,
    }
    meant {
        "todo" | "to-do" | "backlog" | "registered" | "created" | "logged" => Draft,
        "submitted" | "under-assessment" | "assessing" | "in-assessment" | "awaiting-approval"
            | "pending-approval" | "waiting-for-approval" | "cab" => Assessment,
        "authorized" | "authorised" | "accepted" | "ready" | "cab-approved" => Approved,
        "planned" | "booked" | "upcoming" => Scheduled,
        "implementing" | "deploying" | "in-implementation" | "in-deployment" | "ongoing" | "started" | "running"
            | "doing" | "wip" | "work-in-progress" | "rolling-out" => InProgress,
        "done" | "completed" | "complete" | "finished" | "released" | "live" | "implemented" | "shipped"
            | "delivered" | "published" | "in-production" | "production" | "rolled-out" | "installed" => Deployed,
        "rollback" | "backed-out" | "back-out" | "backout" | "reverted" => RolledBack,
        "archived" => Closed,
        "abandoned" | "aborted" | "dropped" | "called-off" | "wont-do" => Cancelled,
    }
}

vocabulary! {
    /// Risk, urgency, severity and criticality have the same four steps.
    pub enum Priority {
        /// The least.
        Low = "low", "Low";
        /// More.
        Moderate = "moderate", "Moderate";
        /// Much.
        High = "high", "High";
        /// The most.
        Critical = "critical", "Critical";
    }
    meant {
        "minor" | "lowest" | "very-low" | "trivial" | "p4" | "s4" | "sev4" | "sev-4" => Low,
        "medium" | "med" | "middle" | "normal" | "average" | "p3" | "s3" | "sev3" | "sev-3" => Moderate,
        "major" | "p2" | "s2" | "sev2" | "sev-2" => High,
        "blocker" | "highest" | "very-high" | "urgent" | "p1" | "s1" | "sev1" | "sev-1" => Critical,
    }
}

vocabulary! {
    /// How long the service is away in a window.
    pub enum Downtime {
        /// Not at all.
        None = "none", "No downtime";
        /// Some of it.
        Partial = "partial", "Partial downtime";
        /// All of it.
        Full = "full", "Full downtime";
    }
    meant {
        "no" | "false" | "nil" | "zero" => None,
        "degraded" | "reduced" => Partial,
        "complete" | "total" | "outage" => Full,
    }
}

vocabulary! {
    /// What came of an attempt.
    pub enum WindowOutcome {
        /// It is live.
        Deployed = "deployed", "Deployed";
        /// It was taken back.
        RolledBack = "rolled-back", "Rolled back";
        /// It did not begin.
        Postponed = "postponed", "Postponed";
        /// It will not begin.
        Cancelled = "cancelled", "Cancelled";
    }
    meant {
        "done" | "completed" | "success" | "successful" | "released" | "live" | "implemented" => Deployed,
        "rollback" | "backed-out" | "backout" | "reverted" => RolledBack,
        "delayed" | "moved" | "deferred" => Postponed,
        "canceled" | "called-off" => Cancelled,
    }
}

vocabulary! {
    /// What an approver decided.
    pub enum Decision {
        /// Yes.
        Approved = "approved", "Approved";
        /// No.
        Rejected = "rejected", "Rejected";
    }
    meant {
        "yes" | "ok" | "accepted" | "agreed" | "granted" | "approve" | "authorized" | "go" => Approved,
        "no" | "denied" | "declined" | "refused" | "reject" | "no-go" | "not-approved" => Rejected,
    }
}

vocabulary! {
    /// What a security or operational review came to.
    pub enum Verdict {
        /// Yes.
        Accepted = "accepted", "Accepted";
        /// Yes, if.
        AcceptedWithConditions = "accepted-with-conditions", "Accepted with conditions";
        /// No.
        Rejected = "rejected", "Rejected";
    }
    meant {
        "approved" | "ok" | "yes" | "passed" => Accepted,
        "conditional" | "conditionally-accepted" | "with-conditions" | "approved-with-conditions"
            => AcceptedWithConditions,
        "no" | "declined" | "refused" | "denied" | "not-accepted" => Rejected,
    }
}

vocabulary! {
    /// When a test belongs.
    pub enum Phase {
        /// Before the release.
        Pre = "pre", "Before the release";
        /// After it.
        Post = "post", "After the release";
    }
    meant {
        "before" | "pre-release" | "pre-deployment" | "pre-implementation" => Pre,
        "after" | "post-release" | "post-deployment" | "post-implementation" => Post,
    }
}

vocabulary! {
    /// What a test came to.
    pub enum TestResult {
        /// It passed.
        Passed = "passed", "Passed";
        /// It did not.
        Failed = "failed", "Failed";
        /// Some of it did.
        Partial = "partial", "Partly passed";
        /// It has not been run.
        Pending = "pending", "Pending";
    }
    meant {
        "pass" | "ok" | "success" | "successful" | "green" => Passed,
        "fail" | "failure" | "red" | "not-passed" | "not-ok" => Failed,
        "partly" | "partially-passed" => Partial,
        "open" | "planned" | "todo" | "to-do" | "not-run" => Pending,
    }
}

vocabulary! {
    /// What an artefact is.
    pub enum ArtefactKind {
        /// How to install.
        InstallationGuide = "installation-guide", "Installation guide";
        /// What is new.
        ReleaseNotes = "release-notes", "Release notes";
        /// How to test a deployment.
        DeploymentTests = "deployment-tests", "Deployment test instructions";
        /// What is known to be wrong.
        KnownErrors = "known-errors", "Known errors";
        /// How to live with it.
        Workarounds = "workarounds", "Workarounds";
        /// Anything else.
        Additional = "additional", "Additional documentation";
    }
    meant {
        "install-guide" | "installation" => InstallationGuide,
        "notes" | "changelog" => ReleaseNotes,
        "test-instructions" | "deployment-test" | "deployment-test-instructions" => DeploymentTests,
        "known-issues" => KnownErrors,
        "other" | "document" | "doc" | "documentation" | "attachment" | "misc" => Additional,
    }
}

/// Somebody or something that a release has an effect on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Who or what.
    pub name: String,
    /// What it will notice.
    pub effect: Option<String>,
    /// Whom to talk to.
    pub contact: Option<String>,
}

/// Effects upon others than configuration items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// Business areas.
    pub business_areas: Vec<Effect>,
    /// Interfacing systems.
    pub interfacing_systems: Vec<Effect>,
    /// Subcontractors.
    pub subcontractors: Vec<Effect>,
    /// External parties.
    pub external_parties: Vec<Effect>,
}

/// One half of the security and operational review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewOutcome {
    /// What it came to.
    pub outcome: Option<Verdict>,
    /// Who reviewed.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// Conditions and remarks.
    pub notes: Option<String>,
}

/// The security and operational review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// Of security.
    pub security: Option<ReviewOutcome>,
    /// Of operations.
    pub operational: Option<ReviewOutcome>,
}

/// A row of the RACI matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakeholder {
    /// What is to be done.
    pub activity: String,
    /// Who does it.
    pub responsible: Vec<String>,
    /// Who answers for it.
    pub accountable: Vec<String>,
    /// Who is asked.
    pub consulted: Vec<String>,
    /// Who is told.
    pub informed: Vec<String>,
}

/// A step of the escalation channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationLevel {
    /// Its name or number.
    pub level: String,
    /// Whom to call.
    pub contact: Option<String>,
    /// How.
    pub channel: Option<String>,
    /// When the step before has not helped.
    pub after: Option<String>,
}

/// An approver's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// In which role.
    pub role: Option<String>,
    /// Who decided.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// What.
    pub decision: Option<Decision>,
    /// Why.
    pub comment: Option<String>,
}

/// One attempt's maintenance window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its planned start, in the window's zone.
    pub start: Zoned,
    /// Its planned end, in the window's zone.
    pub end: Zoned,
    /// How long the service is away.
    pub downtime: Option<Downtime>,
    /// When it began.
    pub actual_start: Option<Zoned>,
    /// When it was over.
    pub actual_end: Option<Zoned>,
    /// What came of it.
    pub outcome: Option<WindowOutcome>,
    /// Who agreed to it.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<Date>,
    /// Which of its times are days alone.
    pub days: WindowDays,
}

/// Which times of a window were written as days alone: on them something began or ended, at no hour that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WindowDays {
    /// The planned start or the planned end.
    pub planned: bool,
    /// The actual start.
    pub actual_start: bool,
    /// The actual end.
    pub actual_end: bool,
}

impl Window {
    /// Its planned start and end, where both have an hour.
    pub fn planned(&self) -> Option<(&Zoned, &Zoned)> {
        (!self.days.planned).then_some((&self.start, &self.end))
    }

    /// When it began to the minute, where that is known.
    pub fn began(&self) -> Option<&Zoned> {
        self.actual_start.as_ref().filter(|_| !self.days.actual_start)
    }

    /// When it was over to the minute, where that is known.
    pub fn ended(&self) -> Option<&Zoned> {
        self.actual_end.as_ref().filter(|_| !self.days.actual_end)
    }

    /// The last day that its plan touches, in its end's zone.
    pub fn last_day(&self) -> Date {
        if self.end > self.start { last_day(&self.end) } else { self.end.date() }
    }
}

/// The last day of what ends at a point in time: midnight belongs to the day before.
pub fn last_day(end: &Zoned) -> Date {
    end.checked_sub(1.nanosecond()).map_or(end.date(), |before| before.date())
}

/// A message to customers before the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// To whom.
    pub audience: Option<String>,
    /// How.
    pub channel: Option<String>,
    /// By when.
    pub due: Option<Date>,
    /// When it was sent.
    pub sent: Option<Date>,
}

/// A test before or after the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Before or after.
    pub phase: Option<Phase>,
    /// What kind of test.
    pub kind: Option<String>,
    /// What it came to.
    pub result: Option<TestResult>,
    /// When it was run.
    pub on: Option<Date>,
    /// Where that can be seen.
    pub evidence: Option<String>,
}

/// A file beside the record, or a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// What it is.
    pub kind: Option<ArtefactKind>,
    /// What it is called.
    pub title: Option<String>,
    /// A path below the record's folder.
    pub file: Option<Reference>,
    /// A document elsewhere.
    pub url: Option<String>,
}

/// A rollback and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rollback {
    /// When it was decided.
    pub at: Option<Moment>,
    /// What made it necessary.
    pub trigger: Option<String>,
    /// Why that happened.
    pub root_cause: Option<String>,
    /// What was done about it.
    pub resolution: Option<String>,
    /// When the service was back.
    pub restored_at: Option<Moment>,
    /// The release that does it better.
    pub follow_up: Option<Reference>,
}

/// What releases and changes share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// How far it is.
    pub status: Option<Status>,
    /// Initiator of the change.
    pub initiator: Option<String>,
    /// Release manager.
    pub release_manager: Option<String>,
    /// Reason for the change, where one line will do.
    pub business_case: Option<String>,
    /// Effects upon others.
    pub effects: Effects,
    /// The security and operational review.
    pub impact: Impact,
    /// Stakeholder engagement.
    pub raci: Vec<Stakeholder>,
    /// Escalation channel, in order.
    pub escalation: Vec<EscalationLevel>,
    /// Approvals.
    pub approvals: Vec<Approval>,
    /// Planned implementation date; the first window's start where none was given.
    pub planned_date: Option<Date>,
    /// Maintenance windows, one for each attempt.
    pub windows: Vec<Window>,
    /// Customers updated before.
    pub notifications: Vec<Notification>,
    /// Tests before and after.
    pub tests: Vec<Test>,
    /// Files and documents that go with it.
    pub artefacts: Vec<Artefact>,
    /// A rollback and what came of it.
    pub rollback: Option<Box<Rollback>>,
    /// Post-implementation review.
    pub review: Option<Box<Review>>,
    /// The release that it replaces.
    pub supersedes: Option<Reference>,
    /// Incidents that it ends.
    pub incidents_fixed: Vec<Incident>,
    /// Incidents that it brought.
    pub incidents_caused: Vec<Incident>,
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
            && self.notifications.is_empty()
            && self.tests.is_empty()
            && self.artefacts.is_empty()
            && self.rollback.is_none()
            && self.review.is_none()
    }
}

/// What is meant by keys that no plan has.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("initiator", &["requester", "requestor", "requested_by", "raised_by", "opened_by", "submitted_by"]),
        ("initiator", &["submitter", "initiated_by", "reporter", "reported_by", "change_initiator"]),
        ("release_manager", &["manager", "change_manager", "release_owner", "release_lead", "coordinator"]),
        ("business_case", &["reason", "justification", "reason_for_change", "rationale", "why", "purpose"]),
        ("planned_date", &["date", "release_date", "planned", "target_date", "due_date", "due", "go_live"]),
        ("planned_date", &["go_live_date", "deployment_date", "deploy_date", "planned_release_date", "planned_for"]),
        ("planned_date", &["implementation_date", "planned_implementation_date", "scheduled", "scheduled_for"]),
        ("planned_date", &["scheduled_date", "scheduled_on", "planned_on", "change_date"]),
        ("windows", &["window", "maintenance_window", "maintenance_windows", "change_window", "change_windows"]),
        ("windows", &["deployment_window", "deployment_windows", "schedule", "downtime_window"]),
        ("raci", &["stakeholders", "stakeholder", "responsibilities", "raci_matrix"]),
        ("escalation", &["escalations", "escalation_channel", "escalation_path", "on_call", "contacts"]),
        ("approvals", &["approval", "approvers", "approver", "approved_by", "sign_off", "signoff", "sign_offs"]),
        ("notifications", &["notification", "communication", "communications", "customer_notifications", "notify"]),
        ("tests", &["test", "testing", "test_results", "test_cases"]),
        ("artefacts", &["artifacts", "artifact", "artefact", "attachments", "attachment", "files", "documents"]),
        ("rollback", &["backout", "back_out", "rolled_back", "roll_back"]),
        ("review", &["pir", "post_implementation_review", "post_mortem", "postmortem", "retrospective"]),
        ("supersedes", &["replaces", "predecessor"]),
        ("effects", &["effect"]),
        ("incidents_fixed", &["incidents", "incident", "fixes_incidents", "fixed_incidents", "resolves_incidents"]),
        ("incidents_caused", &["caused_incidents", "causes_incidents"]),
    ],
    advice: &[advice::TIMES, advice::SECTIONS],
};

/// What the maps and lists of a plan look like; the dots stand for what was written instead.
const LIKE_WINDOW: &str = "{start: \u{2026}, end: \u{2026}}";
const LIKE_RACI: &str = "{activity: \u{2026}, responsible: Who does it, accountable: Who answers for it}";
const LIKE_APPROVAL: &str = "{by: \u{2026}, on: 2026-11-28, decision: approved}";
const LIKE_NOTIFICATION: &str = "{audience: \u{2026}, channel: mail, due: 2026-11-28}";
const LIKE_REVIEW: &str = "{outcome: \u{2026}, by: Who reviewed, on: 2026-11-28}";
const LIKE_IMPACT: &str = "{security: {outcome: accepted, by: Who reviewed, on: 2026-11-28}}";

pub(super) fn read(fields: &Fields<'_>, defaults: &Defaults, with_artefacts: bool) -> Plan {
    fields.meanings(&MEANINGS);
    let windows: Vec<Window> = fields
        .maps("windows", "a window", LIKE_WINDOW)
        .into_iter()
        .filter_map(|window| read_window(window, defaults))
        .collect();
    let zone = windows.first().map_or(&defaults.time_zone, |window| window.start.time_zone()).clone();
    Plan {
        status: fields.term("status"),
        initiator: fields.text("initiator"),
        release_manager: fields.text("release_manager"),
        business_case: fields.text("business_case"),
        effects: fields.map("effects", "`effects`", "{business_areas: [\u{2026}]}").map(effects).unwrap_or_default(),
        impact: fields.map("impact", "`impact`", LIKE_IMPACT).map(impact).unwrap_or_default(),
        raci: fields.maps("raci", "a RACI row", LIKE_RACI).into_iter().map(stakeholder).collect(),
        escalation: escalation(fields),
        approvals: fields.maps("approvals", "an approval", LIKE_APPROVAL).into_iter().map(approval).collect(),
        planned_date: fields.date("planned_date").or_else(|| windows.first().map(|window| window.start.date())),
        windows,
        notifications: fields
            .maps("notifications", "a notification", LIKE_NOTIFICATION)
            .into_iter()
            .map(notification)
            .collect(),
        tests: fields
            .maps("tests", "a test", "{phase: pre, kind: \u{2026}, result: passed}")
            .into_iter()
            .map(test)
            .collect(),
        artefacts: match with_artefacts {
            true => fields
                .maps("artefacts", "an artefact", "{kind: additional, file: \u{2026}}")
                .into_iter()
                .map(artefact)
                .collect(),
            false => Vec::new(),
        },
        rollback: fields
            .map("rollback", "`rollback`", "{at: 2026-11-28T23:10, trigger: \u{2026}}")
            .and_then(|fields| rollback(fields, &zone))
            .map(Box::new),
        review: fields
            .map("review", "`review`", "{on: 2026-11-28, by: Who held it, outcome: \u{2026}}")
            .map(|fields| Box::new(review::read(fields))),
        supersedes: reference(fields, "supersedes", Kind::Release),
        incidents_fixed: incidents(fields, "incidents_fixed", &zone),
        incidents_caused: incidents(fields, "incidents_caused", &zone),
    }
}

/// What is meant by keys that effects have not.
const OF_EFFECTS: Meanings = Meanings {
    keys: &[
        ("business_areas", &["business_area", "business", "departments", "areas", "users"]),
        ("interfacing_systems", &["interfaces", "systems", "interfacing_system", "integrations"]),
        ("subcontractors", &["subcontractor", "suppliers", "vendors"]),
        ("external_parties", &["external", "customers", "external_party", "partners", "clients"]),
    ],
    advice: &[],
};

/// What is meant by keys that an effect has not.
const OF_EFFECT: Meanings = Meanings {
    keys: &[("name", &["who", "what", "title", "system", "party"]), ("effect", &["impact", "description", "how"])],
    advice: &[],
};

fn effects(fields: Fields<'_>) -> Effects {
    let effects = Effects {
        business_areas: effect_list(&fields, "business_areas"),
        interfacing_systems: effect_list(&fields, "interfacing_systems"),
        subcontractors: effect_list(&fields, "subcontractors"),
        external_parties: effect_list(&fields, "external_parties"),
    };
    fields.meanings(&OF_EFFECTS);
    fields.finish();
    effects
}

fn effect_list(fields: &Fields<'_>, key: &'static str) -> Vec<Effect> {
    fields.items(key).iter().filter_map(|item| effect(item, fields)).collect()
}

fn effect(item: &Node, fields: &Fields<'_>) -> Option<Effect> {
    if let Value::Scalar { text, .. } = &item.value {
        return Some(Effect { name: text.clone(), effect: None, contact: None });
    }
    let fields = Fields::new(item, "an effect", fields.sink())?;
    let effect = Effect {
        name: fields.required("name", fields.span()).unwrap_or_default(),
        effect: fields.text("effect"),
        contact: fields.text("contact"),
    };
    fields.meanings(&OF_EFFECT);
    fields.finish();
    Some(effect)
}

/// What is meant by keys that a security or operational review has not.
const OF_ASSESSMENT: Meanings = Meanings {
    keys: &[
        ("outcome", &["result", "decision", "verdict", "status"]),
        ("by", &["name", "reviewer", "reviewed_by", "who"]),
        ("on", &["date", "reviewed_on", "when", "at"]),
        ("notes", &["note", "comment", "comments", "remarks"]),
    ],
    advice: &[],
};

fn impact(fields: Fields<'_>) -> Impact {
    let half = |fields: Fields<'_>| {
        let outcome = ReviewOutcome {
            outcome: fields.term("outcome"),
            by: fields.text("by"),
            on: fields.date("on"),
            notes: fields.text("notes"),
        };
        fields.meanings(&OF_ASSESSMENT);
        fields.finish();
        outcome
    };
    let impact = Impact {
        security: fields.map("security", "`security`", LIKE_REVIEW).map(half),
        operational: fields.map("operational", "`operational`", LIKE_REVIEW).map(half),
    };
    fields.meanings(&Meanings { keys: &[("operational", &["operations", "ops", "operation"])], advice: &[] });
    fields.finish();
    impact
}

/// What is meant by keys that a RACI row has not.
const OF_RACI: Meanings = Meanings {
    keys: &[
        ("activity", &["task", "role", "what", "name", "step", "stakeholder"]),
        ("responsible", &["r", "who", "responsibility"]),
        ("accountable", &["a", "accountability"]),
        ("consulted", &["c", "consult"]),
        ("informed", &["i", "inform"]),
    ],
    advice: &[],
};

fn stakeholder(fields: Fields<'_>) -> Stakeholder {
    let row = Stakeholder {
        activity: fields.required("activity", fields.span()).unwrap_or_default(),
        responsible: fields.text_or_texts("responsible"),
        accountable: fields.text_or_texts("accountable"),
        consulted: fields.text_or_texts("consulted"),
        informed: fields.text_or_texts("informed"),
    };
    fields.meanings(&OF_RACI);
    fields.finish();
    row
}

/// What is meant by keys that an escalation level has not.
const OF_ESCALATION: Meanings = Meanings {
    keys: &[
        ("level", &["step", "tier", "order"]),
        ("contact", &["name", "who", "person", "team"]),
        ("channel", &["phone", "email", "mail", "via", "how", "telephone"]),
        ("after", &["when", "wait", "delay"]),
    ],
    advice: &[],
};

pub(super) fn escalation(fields: &Fields<'_>) -> Vec<EscalationLevel> {
    let rows = fields.maps("escalation", "an escalation level", "{level: 1, contact: \u{2026}}");
    let number = |index: usize| (index + 1).to_string();
    rows.into_iter()
        .enumerate()
        .map(|(index, fields)| {
            let level = EscalationLevel {
                level: fields.text("level").unwrap_or_else(|| number(index)),
                contact: fields.text("contact"),
                channel: fields.text("channel"),
                after: fields.text("after"),
            };
            fields.meanings(&OF_ESCALATION);
            fields.finish();
            level
        })
        .collect()
}

/// What is meant by keys that an approval has not.
const OF_APPROVAL: Meanings = Meanings {
    keys: &[
        ("role", &["group", "function", "title", "as"]),
        ("by", &["name", "approver", "approved_by", "who", "person"]),
        ("on", &["date", "approved_on", "approved_at", "when", "at"]),
        ("decision", &["status", "outcome", "result", "state"]),
        ("comment", &["notes", "note", "comments", "remark", "reason"]),
    ],
    advice: &[],
};

fn approval(fields: Fields<'_>) -> Approval {
    let approval = Approval {
        role: fields.text("role"),
        by: fields.text("by"),
        on: fields.day_of_moment("on"),
        decision: fields.term("decision"),
        comment: fields.text("comment"),
    };
    fields.meanings(&OF_APPROVAL);
    fields.finish();
    approval
}

/// What is meant by keys that a window has not.
const OF_WINDOW: Meanings = Meanings {
    keys: &[
        ("start", &["begin", "begins", "from", "starts", "start_date", "start_time", "starts_at", "planned_start"]),
        ("end", &["until", "to", "ends", "end_date", "end_time", "ends_at", "finish", "planned_end"]),
        ("time_zone", &["timezone", "tz", "zone"]),
        ("downtime", &["outage", "impact"]),
        ("actual_start", &["started", "started_at", "started_on", "real_start", "began"]),
        ("actual_end", &["ended", "ended_at", "finished", "finished_at", "real_end"]),
        ("outcome", &["result", "status"]),
        ("approved_by", &["approver", "approval"]),
        ("approved_on", &["approved_at", "approval_date", "approved"]),
    ],
    advice: &[],
};

fn read_window(fields: Fields<'_>, defaults: &Defaults) -> Option<Window> {
    let zone = fields.time_zone("time_zone").unwrap_or_else(|| defaults.time_zone.clone());
    for key in ["start", "end"] {
        fields.require(key, fields.span());
    }
    let at = |key, edge| {
        let moment = fields.moment(key)?;
        Some((instant(&moment, edge, &zone, fields.sink())?, moment.time.is_none()))
    };
    let (start, end) = (at("start", DayEdge::Start), at("end", DayEdge::End));
    let (actual_start, actual_end) = (at("actual_start", DayEdge::Start), at("actual_end", DayEdge::End));
    let is_day = |time: &Option<(Zoned, bool)>| time.as_ref().is_some_and(|(_, is_day)| *is_day);
    let days = WindowDays {
        planned: is_day(&start) || is_day(&end),
        actual_start: is_day(&actual_start),
        actual_end: is_day(&actual_end),
    };
    let [start, end, actual_start, actual_end] =
        [start, end, actual_start, actual_end].map(|time| time.map(|(at, _)| at));
    let window = Window {
        downtime: fields.term("downtime"),
        actual_start,
        actual_end,
        outcome: fields.term("outcome"),
        approved_by: fields.text("approved_by"),
        approved_on: fields.day_of_moment("approved_on"),
        days,
        start: start.clone().unwrap_or_default(),
        end: end.clone().unwrap_or_default(),
    };
    fields.meanings(&OF_WINDOW);
    fields.finish();
    (start.is_some() && end.is_some()).then_some(window)
}

/// What is meant by keys that a notification has not.
const OF_NOTIFICATION: Meanings = Meanings {
    keys: &[
        ("audience", &["to", "customers", "who", "customer", "group", "recipients"]),
        ("channel", &["via", "how", "medium", "by"]),
        ("due", &["deadline", "planned", "due_date", "due_on"]),
        ("sent", &["sent_on", "sent_at", "done", "on"]),
    ],
    advice: &[],
};

fn notification(fields: Fields<'_>) -> Notification {
    let notification = Notification {
        audience: fields.text("audience"),
        channel: fields.text("channel"),
        due: fields.date("due"),
        sent: fields.date("sent"),
    };
    fields.meanings(&OF_NOTIFICATION);
    fields.finish();
    notification
}

/// What is meant by keys that a test has not.
const OF_TEST: Meanings = Meanings {
    keys: &[
        ("phase", &["when", "stage"]),
        ("kind", &["name", "type", "test", "title", "what"]),
        ("result", &["outcome", "status"]),
        ("on", &["date", "run_on", "tested_on"]),
        ("evidence", &["link", "url", "proof", "report"]),
    ],
    advice: &[],
};

fn test(fields: Fields<'_>) -> Test {
    let test = Test {
        phase: fields.term("phase"),
        kind: fields.text("kind"),
        result: fields.term("result"),
        on: fields.date("on"),
        evidence: fields.text("evidence"),
    };
    fields.meanings(&OF_TEST);
    fields.finish();
    test
}

/// What is meant by keys that an artefact has not.
const OF_ARTEFACT: Meanings = Meanings {
    keys: &[
        ("kind", &["type", "category"]),
        ("title", &["name", "text", "label"]),
        ("file", &["path", "filename", "file_name"]),
        ("url", &["link", "href", "address"]),
    ],
    advice: &[],
};

fn artefact(fields: Fields<'_>) -> Artefact {
    let artefact = Artefact {
        kind: fields.term("kind"),
        title: fields.text("title"),
        file: fields.spanned_text("file").map(|(id, span)| Reference { id, span }),
        url: fields.url("url"),
    };
    fields.meanings(&OF_ARTEFACT);
    fields.finish();
    artefact
}

/// What is meant by keys that a rollback has not.
const OF_ROLLBACK: Meanings = Meanings {
    keys: &[
        ("at", &["date", "on", "when", "time"]),
        ("trigger", &["why", "reason", "triggered_by"]),
        ("root_cause", &["cause", "rootcause"]),
        ("resolution", &["fix", "solution"]),
        ("restored_at", &["restored", "restored_on", "back_at"]),
        ("follow_up", &["next", "follow_up_release", "next_release"]),
    ],
    advice: &[],
};

/// A rollback, unless nothing is told of it.
fn rollback(fields: Fields<'_>, zone: &TimeZone) -> Option<Rollback> {
    // A time that the clocks skip or show twice is reported; the rest is worked out from the moment as it was written.
    let moment = |key| fields.moment(key).filter(|of| instant(of, DayEdge::Start, zone, fields.sink()).is_some());
    let rollback = Rollback {
        at: moment("at"),
        trigger: fields.text("trigger"),
        root_cause: fields.text("root_cause"),
        resolution: fields.text("resolution"),
        restored_at: moment("restored_at"),
        follow_up: reference(&fields, "follow_up", Kind::Release),
    };
    fields.meanings(&OF_ROLLBACK);
    fields.finish();
    (rollback != Rollback::default()).then_some(rollback)
}
