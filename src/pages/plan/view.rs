//! The plan of a release or change as its page shows it.

use serde::Serialize;

use super::attempt::{RollbackView, WindowView, further, rollback, window};
use super::before::{BeforeView, before};
use super::readiness::readiness;
use super::stages::{StageView, stages};
use super::stakeholders::{
    ApprovalView, EffectGroup, EscalationView, ImpactView, NotificationView, RaciRow, approvals, effects, escalation,
    impact, notifications, raci,
};
use super::strip::strip;
use super::timeline::{TimelineView, planned_and_actual, timeline};
use crate::book::RecordIndex;
use crate::pages::deviations::row::{DeviationRow, rows_of};
use crate::pages::parts::body::{BodyView, Section, position, sections, take};
use crate::pages::parts::context::Context;
use crate::pages::parts::emergency::approval_due;
use crate::pages::parts::fragments::Key;
use crate::pages::parts::review::{ReviewView, review};
use crate::pages::parts::row::{Badge, Link, Term, badge};
use crate::pages::parts::time::Day;
use crate::record::{ArtefactKind, Plan, PlanSection, Status};

/// The view of `partials/withdrawn.html`.
#[derive(Debug, Serialize)]
struct WithdrawnView {
    kind: Term,
    /// Where the page says what happened.
    more: Option<&'static str>,
}

/// A test.
#[derive(Debug, Serialize)]
pub struct TestView {
    /// Before or after.
    pub phase: Option<Term>,
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
    /// `installation-guide`, …
    pub word: Option<&'static str>,
    /// `Installation guide`, …
    pub label: Option<&'static str>,
    /// Its title and where it is.
    pub link: Link,
    /// `PDF, 44 KB`; nothing for a document elsewhere.
    pub file: Option<String>,
    /// Whether it is elsewhere.
    pub is_outside: bool,
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
    /// What came of a window behind the last that was taken back: `worked`, `planned` or `followed`.
    pub further: Option<&'static str>,
    /// The last day on which an emergency that has begun can be approved; only the company's own staff are told.
    pub approval_due: Option<Day>,
    /// Whether this audience sees approvals.
    pub shows_approvals: bool,
    /// It was called off.
    pub is_cancelled: bool,
    /// Each part of the plan as present, missing or not needed in its status, as HTML.
    pub readiness: String,
    /// What its configuration items have taught, of a plan that is still to be carried out.
    pub before: Option<BeforeView>,
    /// Reason for the change.
    pub business_case: Option<String>,
    /// What was done otherwise than the process and the calendar say.
    pub deviations: Vec<DeviationRow>,
    /// Windows in order.
    pub windows: Vec<WindowView>,
    /// Planned against actual times, drawn, as HTML.
    pub drawing: Option<String>,
    /// The first stages of the rollout, in order.
    pub stages: Vec<StageView>,
    /// How many stages there are.
    pub stage_count: usize,
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
pub(crate) fn plan(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> PlanView {
    let windows: Vec<WindowView> = plan.windows.iter().enumerate().map(|of| window(context, index, of)).collect();
    let is_rolled_back = plan.is_rolled_back();
    let is_plain = plan.is_plain() && context.edition.get(index).artefacts().is_empty();
    PlanView {
        badge: badge(context.edition.get(index)),
        strip: strip(context, plan),
        is_plain,
        is_rolled_back,
        was_rolled_back: plan.was_rolled_back(),
        further: further(plan, context.today),
        approval_due: approval_due(context, index),
        shows_approvals: context.edition.shows("approvals"),
        is_cancelled: plan.status == Some(Status::Cancelled),
        readiness: readiness(context, index, plan),
        before: before(context, index, plan),
        business_case: plan.business_case.clone(),
        deviations: rows_of(context, index),
        windows,
        drawing: planned_and_actual(plan),
        stages: stages(context, plan),
        stage_count: plan.stages.len(),
        timeline: if is_plain { None } else { timeline(context, plan) },
        effects: effects(plan),
        impact: [("Security", &plan.impact.security), ("Operational", &plan.impact.operational)]
            .into_iter()
            .filter_map(|(heading, half)| Some(impact(heading, half.as_ref()?)))
            .collect(),
        raci: raci(&plan.raci),
        escalation: escalation(&plan.escalation),
        approvals: approvals(context, index, plan),
        notifications: notifications(context, plan),
        tests: tests(plan),
        artefacts: artefacts(context, index),
        rollback: rollback(context, index, plan),
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
        let view = WithdrawnView { kind: Term::new(context.edition.get(index).kind()), more };
        let mut html = String::new();
        let key = |part: &mut Key| {
            part.push(view.kind.word);
            part.push(view.more.unwrap_or_default());
        };
        context.fragments.push(&mut html, context, "partials/withdrawn.html", key, || &view);
        let guide = removed.into_iter().next().map(|guide| Section { html, ..guide });
        sections.splice(at..at, guide);
    }
    sections
}

fn tests(plan: &Plan) -> Vec<TestView> {
    plan.tests
        .iter()
        .map(|test| TestView {
            phase: test.phase.map(Term::new),
            kind: test.kind.clone(),
            result: test.result.map(Badge::new),
            on: test.on.map(Day::new),
            evidence: test.evidence.as_ref().map(|evidence| Link::of_text(evidence)),
        })
        .collect()
}

fn artefacts(context: &Context<'_>, index: RecordIndex) -> Vec<ArtefactView> {
    let artefacts = context.edition.get(index).artefacts();
    artefacts
        .iter()
        .filter_map(|artefact| {
            let (word, label) = (artefact.kind.map(ArtefactKind::word), artefact.kind.map(ArtefactKind::label));
            let title = artefact.title.clone().or_else(|| label.map(str::to_owned));
            if let Some(file) = &artefact.file {
                let (route, on_disk) = context.edition.artefact(index, &file.id)?;
                let ending = file.id.rsplit('.').next().unwrap_or_default().to_uppercase();
                let link = Link::new(context.href(&route), title.unwrap_or_else(|| file.id.clone()));
                let size = format!("{ending}, {}", size(on_disk.size));
                return Some(ArtefactView { word, label, link, file: Some(size), is_outside: false });
            }
            let url = artefact.url.clone()?;
            let link = Link::new(url.clone(), title.unwrap_or(url));
            Some(ArtefactView { word, label, link, file: None, is_outside: true })
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
