//! The plan of a release or change as its page shows it.

use serde::Serialize;

use super::Context;
use super::before::{BeforeView, before};
use super::body::{BodyView, Section, position, sections, take};
use super::fragments::Key;
use super::readiness::readiness;
use super::row::{Badge, Link, badge, link_to};
use super::time::{Day, Time};
use super::timeline::{TimelineView, deviation, planned_and_actual, timeline};
use crate::book::RecordIndex;
use crate::record::{
    Effect, Kind, Outcome, Plan, PlanSection, Record, ReviewOutcome, Status, TestResult, Verdict, Window, WindowOutcome,
};

/// The view of `partials/strip.html`.
#[derive(Debug, Serialize)]
struct StripView {
    steps: Vec<Step>,
    status: &'static str,
    is_rolled_back: bool,
}

/// A step of the status strip.
#[derive(Debug, Serialize)]
struct Step {
    /// `draft`, …
    word: &'static str,
    /// `Draft`, …
    label: &'static str,
    /// `done`, `now` or `ahead`.
    state: &'static str,
}

/// The view of `partials/withdrawn.html`.
#[derive(Debug, Serialize)]
struct WithdrawnView {
    kind: &'static str,
    /// Where the page says what happened.
    more: Option<&'static str>,
}

/// The view of `partials/fact.html`.
#[derive(Debug, Serialize)]
struct FactView {
    f: Fact,
}

/// A line of the facts: a word, and what it holds.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The word.
    pub label: &'static str,
    /// Texts, each perhaps a link.
    pub values: Vec<Link>,
    /// A day in place of a text.
    pub day: Option<Day>,
}

impl Fact {
    /// A fact that is one text.
    pub fn text(label: &'static str, value: Option<impl Into<String>>) -> Option<Fact> {
        let value = value?.into();
        Some(Fact { label, values: vec![Link { href: None, text: value }], day: None })
    }

    /// A fact that is a day.
    pub fn day(label: &'static str, date: Option<jiff::civil::Date>) -> Option<Fact> {
        Some(Fact { label, values: Vec::new(), day: Some(Day::new(date?)) })
    }

    /// A fact that is some links; nothing where there is none.
    pub fn links(label: &'static str, values: Vec<Link>) -> Option<Fact> {
        (!values.is_empty()).then_some(Fact { label, values, day: None })
    }
}

/// One attempt.
#[derive(Debug, Serialize)]
pub struct WindowView {
    /// Which attempt, from 1.
    pub attempt: usize,
    /// When it should start.
    pub start: Time,
    /// When it should end.
    pub end: Time,
    /// How long the service is away.
    pub downtime: Option<&'static str>,
    /// When it began.
    pub actual_start: Option<Time>,
    /// When it was over.
    pub actual_end: Option<Time>,
    /// How the two compare.
    pub deviation: Option<String>,
    /// What came of it.
    pub outcome: Option<Badge>,
    /// Who agreed.
    pub approved_by: Option<String>,
    /// When.
    pub approved_on: Option<Day>,
}

/// Effects upon one kind of others.
#[derive(Debug, Serialize)]
pub struct EffectGroup {
    /// `Business areas`, …
    pub heading: &'static str,
    /// Name, effect, contact.
    pub effects: Vec<EffectView>,
}

/// An effect.
#[derive(Debug, Serialize)]
pub struct EffectView {
    /// Who or what.
    pub name: String,
    /// What it will notice.
    pub effect: Option<String>,
    /// Whom to talk to.
    pub contact: Option<String>,
}

/// Half of the security and operational review.
#[derive(Debug, Serialize)]
pub struct ImpactView {
    /// `Security` or `Operational`.
    pub heading: &'static str,
    /// What it came to.
    pub outcome: Option<Badge>,
    /// Who reviewed.
    pub by: Option<String>,
    /// When.
    pub on: Option<Day>,
    /// Conditions and remarks.
    pub notes: Option<String>,
}

/// A row of the RACI matrix.
#[derive(Debug, Serialize)]
pub struct RaciRow {
    /// What is to be done.
    pub activity: String,
    /// Who does it.
    pub responsible: String,
    /// Who answers for it.
    pub accountable: String,
    /// Who is asked.
    pub consulted: String,
    /// Who is told.
    pub informed: String,
}

/// A step of the escalation channel.
#[derive(Debug, Serialize)]
pub struct EscalationView {
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
#[derive(Debug, Serialize)]
pub struct ApprovalView {
    /// In which role.
    pub role: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub on: Option<Day>,
    /// What.
    pub decision: Option<Badge>,
    /// Why.
    pub comment: Option<String>,
}

/// A message to customers.
#[derive(Debug, Serialize)]
pub struct NotificationView {
    /// To whom.
    pub audience: Option<String>,
    /// How.
    pub channel: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// When it was sent.
    pub sent: Option<Day>,
    /// Due, not sent, and the day is over.
    pub is_late: bool,
}

/// A test.
#[derive(Debug, Serialize)]
pub struct TestView {
    /// Before or after.
    pub phase: Option<&'static str>,
    /// What kind of test.
    pub kind: Option<String>,
    /// What it came to.
    pub result: Option<Badge>,
    /// When.
    pub on: Option<Day>,
    /// Where that can be seen: a link where it is an address.
    pub evidence: Option<Link>,
}

/// A file or document that goes with a record.
#[derive(Debug, Serialize)]
pub struct ArtefactView {
    /// `Installation guide`, …
    pub kind: Option<&'static str>,
    /// Its title and where it is.
    pub link: Link,
    /// `PDF, 44 KB`; nothing for a document elsewhere.
    pub file: Option<String>,
    /// Whether it is elsewhere.
    pub is_outside: bool,
}

/// A rollback and what came of it.
#[derive(Debug, Serialize)]
pub struct RollbackView {
    /// When it was decided.
    pub at: Option<Time>,
    /// What made it necessary.
    pub trigger: Option<String>,
    /// Why that happened.
    pub root_cause: Option<String>,
    /// What was done about it.
    pub resolution: Option<String>,
    /// When the service was back.
    pub restored_at: Option<Time>,
    /// The release that does it better.
    pub follow_up: Option<Link>,
    /// A window after the rolled-back one, if there is one.
    pub further_window: Option<WindowView>,
}

/// What is to be done about a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct ActionView {
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// How far it is.
    pub badge: Badge,
    /// Still open and past its day.
    pub is_overdue: bool,
    /// Its ticket, a link where it is an address or of a known system.
    pub ticket: Option<Link>,
    /// When or by whom it was verified.
    pub verified: Option<String>,
}

/// What was learned.
#[derive(Debug, Clone, Serialize)]
pub struct LessonView {
    /// Its fragment: `lesson-1`.
    pub id: String,
    /// One sentence.
    pub lesson: String,
    /// Its theme.
    pub theme: Link,
    /// Where it applies.
    pub configuration_items: Vec<Link>,
    /// What is to be done about it.
    pub actions: Vec<ActionView>,
}

/// The post-implementation review.
#[derive(Debug, Serialize)]
pub struct ReviewView {
    /// When it was held.
    pub on: Option<Day>,
    /// Who held it.
    pub by: Option<String>,
    /// How it went.
    pub outcome: Option<Badge>,
    /// How it compared with the plan.
    pub planned_vs_actual: Option<String>,
    /// What went well.
    pub went_well: Vec<String>,
    /// What went wrong.
    pub went_wrong: Vec<String>,
    /// What was learned.
    pub lessons: Vec<LessonView>,
}

/// Everything of a plan.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// The status.
    pub badge: Option<Badge>,
    /// The way from draft to closed, as HTML.
    pub strip: String,
    /// There is nothing but a body: no window, no review, no table.
    pub is_plain: bool,
    /// The last window was taken back, or the status says so.
    pub is_rolled_back: bool,
    /// It was taken back once, whatever came after.
    pub was_rolled_back: bool,
    /// It was called off.
    pub is_cancelled: bool,
    /// Each part of the plan as present, missing or not needed in its status, as HTML.
    pub readiness: String,
    /// What its configuration items have taught, of a plan that is still to be carried out.
    pub before: Option<BeforeView>,
    /// Reason for the change.
    pub business_case: Option<String>,
    /// Windows in order.
    pub windows: Vec<WindowView>,
    /// Planned against actual times, drawn, as HTML.
    pub drawing: Option<String>,
    /// All that has a date, in order.
    pub timeline: Option<TimelineView>,
    /// Effects upon others.
    pub effects: Vec<EffectGroup>,
    /// The security and operational review.
    pub impact: Vec<ImpactView>,
    /// Stakeholders.
    pub raci: Vec<RaciRow>,
    /// Escalation channel.
    pub escalation: Vec<EscalationView>,
    /// Approvals.
    pub approvals: Vec<ApprovalView>,
    /// Customer notifications.
    pub notifications: Vec<NotificationView>,
    /// Tests.
    pub tests: Vec<TestView>,
    /// Artefacts.
    pub artefacts: Vec<ArtefactView>,
    /// A rollback.
    pub rollback: Option<RollbackView>,
    /// The review.
    pub review: Option<ReviewView>,
    /// The body.
    pub body: BodyView,
}

/// The plan of a release or change.
pub fn plan(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> PlanView {
    let windows: Vec<WindowView> = plan.windows.iter().enumerate().map(window).collect();
    let is_rolled_back = plan.is_rolled_back();
    PlanView {
        badge: badge(context.edition.get(index)),
        strip: strip(context, plan.status, is_rolled_back),
        is_plain: plan.is_plain(),
        is_rolled_back,
        was_rolled_back: plan.was_rolled_back(),
        is_cancelled: plan.status == Some(Status::Cancelled),
        readiness: readiness(context, index, plan),
        before: before(context, index, plan),
        business_case: plan.business_case.clone(),
        windows,
        drawing: planned_and_actual(plan),
        timeline: timeline(context, plan),
        effects: effects(plan),
        impact: [("Security", &plan.impact.security), ("Operational", &plan.impact.operational)]
            .into_iter()
            .filter_map(|(heading, half)| Some(impact(heading, half.as_ref()?)))
            .collect(),
        raci: plan
            .raci
            .iter()
            .map(|row| RaciRow {
                activity: row.activity.clone(),
                responsible: row.responsible.join(", "),
                accountable: row.accountable.join(", "),
                consulted: row.consulted.join(", "),
                informed: row.informed.join(", "),
            })
            .collect(),
        escalation: escalation(&plan.escalation),
        approvals: approvals(plan),
        notifications: notifications(context, plan),
        tests: tests(plan),
        artefacts: artefacts(context, index, plan),
        rollback: rollback(context, plan),
        review: review(context, index, plan),
        body: BodyView::new(&plan_sections(context, index, plan)),
    }
}

/// The sections of the body; a warning stands in the place of the installation guide of what was taken back.
fn plan_sections(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Vec<Section> {
    let mut sections = sections(context, index);
    if plan.is_rolled_back()
        && let Some(at) = position(&sections, PlanSection::InstallationGuide)
    {
        let removed = take(&mut sections, PlanSection::InstallationGuide).unwrap_or_default();
        let more = match plan.rollback {
            Some(_) => Some("#rollback"),
            None => (!plan.windows.is_empty()).then_some("#windows"),
        };
        let view = WithdrawnView { kind: context.edition.get(index).kind().label(), more };
        let mut html = String::new();
        let key = |part: &mut Key| {
            part.push(view.kind);
            part.push(view.more.unwrap_or_default());
        };
        context.fragments.push(&mut html, context, "partials/withdrawn.html", key, || &view);
        let guide = removed.into_iter().next().map(|guide| Section { html, ..guide });
        sections.splice(at..at, guide);
    }
    sections
}

fn strip(context: &Context<'_>, status: Option<Status>, is_rolled_back: bool) -> String {
    let mut html = String::new();
    let Some(status) = status else { return html };
    let key = |part: &mut Key| {
        part.push(status.word());
        part.push(if is_rolled_back { "rolled back" } else { "" });
    };
    let view = || StripView { steps: steps(status), status: status.word(), is_rolled_back };
    context.fragments.push(&mut html, context, "partials/strip.html", key, view);
    html
}

fn steps(status: Status) -> Vec<Step> {
    let way = [
        Status::Draft,
        Status::Assessment,
        Status::Approved,
        Status::Scheduled,
        Status::InProgress,
        Status::Deployed,
        Status::Closed,
    ];
    // What was taken back had gone as far as live; a cancelled record only says so.
    let reached = match status {
        Status::RolledBack => Status::InProgress,
        Status::Cancelled => return Vec::new(),
        status => status,
    };
    way.into_iter()
        .map(|step| Step {
            word: step.word(),
            label: step.label(),
            state: match step.cmp(&reached) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal if status == Status::RolledBack => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "ahead",
            },
        })
        .collect()
}

fn window((number, window): (usize, &Window)) -> WindowView {
    WindowView {
        attempt: number + 1,
        start: Time::new(&window.start),
        end: Time::new(&window.end),
        downtime: window.downtime.map(|downtime| downtime.label()),
        actual_start: window.actual_start.as_ref().map(Time::new),
        actual_end: window.actual_end.as_ref().map(Time::new),
        deviation: deviation(window),
        outcome: window.outcome.map(|outcome| Badge {
            word: outcome.word(),
            label: outcome.label(),
            tone: match outcome {
                WindowOutcome::Deployed => "good",
                WindowOutcome::RolledBack => "bad",
                WindowOutcome::Postponed => "idle",
                WindowOutcome::Cancelled => "off",
            },
        }),
        approved_by: window.approved_by.clone(),
        approved_on: window.approved_on.map(Day::new),
    }
}

fn effects(plan: &Plan) -> Vec<EffectGroup> {
    let of = &plan.effects;
    let view = |effect: &Effect| EffectView {
        name: effect.name.clone(),
        effect: effect.effect.clone(),
        contact: effect.contact.clone(),
    };
    [
        ("Business areas", &of.business_areas),
        ("Interfacing systems", &of.interfacing_systems),
        ("Subcontractors", &of.subcontractors),
        ("External parties", &of.external_parties),
    ]
    .into_iter()
    .filter(|(_, effects)| !effects.is_empty())
    .map(|(heading, effects)| EffectGroup { heading, effects: effects.iter().map(view).collect() })
    .collect()
}

fn impact(heading: &'static str, half: &ReviewOutcome) -> ImpactView {
    ImpactView {
        heading,
        outcome: half.outcome.map(|outcome| Badge {
            word: outcome.word(),
            label: outcome.label(),
            tone: match outcome {
                Verdict::Accepted => "good",
                Verdict::AcceptedWithConditions => "active",
                Verdict::Rejected => "bad",
            },
        }),
        by: half.by.clone(),
        on: half.on.map(Day::new),
        notes: half.notes.clone(),
    }
}

/// The steps of an escalation channel.
pub fn escalation(levels: &[crate::record::EscalationLevel]) -> Vec<EscalationView> {
    levels
        .iter()
        .map(|level| EscalationView {
            level: level.level.clone(),
            contact: level.contact.clone(),
            channel: level.channel.clone(),
            after: level.after.clone(),
        })
        .collect()
}

fn approvals(plan: &Plan) -> Vec<ApprovalView> {
    plan.approvals
        .iter()
        .map(|approval| ApprovalView {
            role: approval.role.clone(),
            by: approval.by.clone(),
            on: approval.on.map(Day::new),
            decision: approval.decision.map(|decision| Badge {
                word: decision.word(),
                label: decision.label(),
                tone: if decision == crate::record::Decision::Approved { "good" } else { "bad" },
            }),
            comment: approval.comment.clone(),
        })
        .collect()
}

/// The messages to customers.
pub fn notifications(context: &Context<'_>, plan: &Plan) -> Vec<NotificationView> {
    plan.notifications
        .iter()
        .map(|notification| NotificationView {
            audience: notification.audience.clone(),
            channel: notification.channel.clone(),
            due: notification.due.map(Day::new),
            sent: notification.sent.map(Day::new),
            is_late: notification.sent.is_none()
                && plan.status != Some(Status::Cancelled)
                && notification.due.is_some_and(|due| due < context.today),
        })
        .collect()
}

fn tests(plan: &Plan) -> Vec<TestView> {
    plan.tests
        .iter()
        .map(|test| TestView {
            phase: test.phase.map(|phase| phase.label()),
            kind: test.kind.clone(),
            result: test.result.map(|result| Badge {
                word: result.word(),
                label: result.label(),
                tone: match result {
                    TestResult::Passed => "good",
                    TestResult::Failed => "bad",
                    TestResult::Partial => "active",
                    TestResult::Pending => "idle",
                },
            }),
            on: test.on.map(Day::new),
            evidence: test.evidence.as_ref().map(|evidence| address_or_text(evidence)),
        })
        .collect()
}

fn address_or_text(text: &str) -> Link {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    Link { href: is_address.then(|| text.to_owned()), text: text.to_owned() }
}

fn artefacts(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Vec<ArtefactView> {
    plan.artefacts
        .iter()
        .filter_map(|artefact| {
            let kind = artefact.kind.map(|kind| kind.label());
            let title = artefact.title.clone().or_else(|| kind.map(str::to_owned));
            if let Some(file) = &artefact.file {
                let (route, on_disk) = context.edition.artefact(index, &file.id)?;
                let ending = file.id.rsplit('.').next().unwrap_or_default().to_uppercase();
                let link = Link::new(context.href(&route), title.unwrap_or_else(|| file.id.clone()));
                let size = format!("{ending}, {}", size(on_disk.size));
                return Some(ArtefactView { kind, link, file: Some(size), is_outside: false });
            }
            let url = artefact.url.clone()?;
            let link = Link::new(url.clone(), title.unwrap_or(url));
            Some(ArtefactView { kind, link, file: None, is_outside: true })
        })
        .collect()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn rollback(context: &Context<'_>, plan: &Plan) -> Option<RollbackView> {
    let of = plan.rollback.as_ref()?;
    let zone = match plan.windows.first() {
        Some(window) => window.start.time_zone().clone(),
        None => context.settings.time_zone.clone(),
    };
    let taken_back = plan.windows.iter().rposition(|window| window.outcome == Some(WindowOutcome::RolledBack));
    let further = taken_back.and_then(|at| plan.windows.get(at + 1).map(|window| (at + 1, window)));
    Some(RollbackView {
        at: of.at.as_ref().map(|at| Time::of_moment(at, &zone)),
        trigger: of.trigger.clone(),
        root_cause: of.root_cause.clone(),
        resolution: of.resolution.clone(),
        restored_at: of.restored_at.as_ref().map(|at| Time::of_moment(at, &zone)),
        follow_up: of.follow_up.as_ref().map(|release| link_to(context, Kind::Release, &release.id)),
        further_window: further.map(window),
    })
}

/// An action as a page shows it.
pub fn action(context: &Context<'_>, action: &crate::record::Action) -> ActionView {
    let status = action.status;
    ActionView {
        action: action.action.clone(),
        owner: action.owner.clone(),
        due: action.due.map(Day::new),
        badge: Badge {
            word: status.word(),
            label: status.label(),
            tone: match status {
                crate::record::ActionStatus::Open => "ahead",
                crate::record::ActionStatus::InProgress => "active",
                crate::record::ActionStatus::Done => "good",
                crate::record::ActionStatus::WontDo => "off",
            },
        },
        is_overdue: action.is_overdue(context.today),
        ticket: action.ticket.as_ref().map(|ticket| ticket_link(context, ticket)),
        verified: action.verified.clone(),
    }
}

/// An id of a ticket: a link to the record with this id, else to its system of record.
pub fn ticket_link(context: &Context<'_>, id: &str) -> Link {
    let record = context.edition.tables.with_id(id).first().and_then(|index| context.href_of(*index));
    // Where the company keeps its tickets is its own business.
    let tickets = context.settings.tickets.iter().filter(|_| context.edition.name().is_none());
    let href = record.or_else(|| tickets.into_iter().find_map(|tickets| tickets.url(id)));
    match href {
        Some(href) => Link::new(href, id),
        None => address_or_text(id),
    }
}

/// A lesson as a page shows it; `number` counts from 0.
pub fn lesson(context: &Context<'_>, index: RecordIndex, number: usize, of: &crate::record::Lesson) -> LessonView {
    let record = context.edition.get(index);
    let items = match of.configuration_items.as_slice() {
        [] => &record.header().configuration_items,
        own => own,
    };
    LessonView {
        id: format!("lesson-{}", number + 1),
        lesson: of.lesson.clone(),
        theme: Link::new(context.href(&crate::route::Route::theme(&of.theme)), of.theme.clone()),
        configuration_items: items.iter().map(|item| link_to(context, Kind::ConfigurationItem, &item.id)).collect(),
        actions: of.actions.iter().map(|of| action(context, of)).collect(),
    }
}

fn review(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Option<ReviewView> {
    let of = plan.review.as_ref()?;
    Some(ReviewView {
        on: of.on.map(Day::new),
        by: of.by.clone(),
        outcome: of.outcome.map(|outcome| Badge {
            word: outcome.word(),
            label: outcome.label(),
            tone: match outcome {
                Outcome::Successful => "good",
                Outcome::SuccessfulWithIssues => "active",
                Outcome::Unsuccessful => "bad",
            },
        }),
        planned_vs_actual: of.planned_vs_actual.clone(),
        went_well: of.went_well.clone(),
        went_wrong: of.went_wrong.clone(),
        lessons: of.lessons.iter().enumerate().map(|(number, of)| lesson(context, index, number, of)).collect(),
    })
}

/// Facts as HTML. Their links are those of a [shared](Context::shared) context.
pub fn facts_html(context: &Context<'_>, facts: Vec<Option<Fact>>) -> String {
    let mut html = String::new();
    for f in facts.into_iter().flatten() {
        let key = |part: &mut Key| {
            part.push(f.label);
            part.push(f.day.as_ref().map_or("", |day| &day.iso));
            for value in &f.values {
                part.push(value.href.as_deref().unwrap_or_default());
                part.push(&value.text);
            }
        };
        context.fragments.push(&mut html, context, "partials/fact.html", key, || FactView { f: f.clone() });
    }
    html
}

/// The facts that every record has. Their links are those of a [shared](Context::shared) context.
pub fn common_facts(context: &Context<'_>, index: RecordIndex) -> Vec<Option<Fact>> {
    let context = &context.shared();
    let header = context.edition.get(index).header();
    let service = header.service.as_ref().map(|name| vec![link_to(context, Kind::Service, name)]);
    let links = header.links.iter().map(|link| Link::new(link.url.clone(), link.title.clone())).collect();
    let tickets: Vec<Link> = context
        .settings
        .tickets
        .iter()
        .filter(|_| context.edition.name().is_none())
        .filter_map(|tickets| tickets.url(&header.id))
        .map(|url| Link::new(url, header.id.clone()))
        .collect();
    let plain = context.edition.plain.get(&index).into_iter().flatten();
    let plain = plain.map(|(label, id)| Fact::text(label, Some(id.clone())));
    let facts = [
        Fact::links("Service", service.unwrap_or_default()),
        Fact::text("Owner", header.owner.clone()),
        Fact::text(
            "Audience",
            (header.source.is_some() && context.edition.name().is_none()).then(|| header.audience.label()),
        ),
        Fact::text("Tags", (!header.tags.is_empty()).then(|| header.tags.join(", "))),
        Fact::links("Ticket", tickets),
        Fact::links("Links", links),
    ];
    facts.into_iter().chain(plain).collect()
}

/// The organisation's own fields.
#[derive(Debug, Serialize)]
pub struct Extra {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// The organisation's own fields of a record.
pub fn extra(record: &Record) -> Vec<Extra> {
    let extra = &record.header().extra;
    extra.iter().map(|(key, value)| Extra { key: key.clone(), value: value.clone() }).collect()
}
