//! Whom a plan concerns: who feels its effects, who reviews and approves it, who does what, who is called, who is told.

use serde::Serialize;

use super::recorded::recorded;
use crate::book::RecordIndex;
use crate::pages::parts::commit::CommitView;
use crate::pages::parts::context::Context;
use crate::pages::parts::row::Badge;
use crate::pages::parts::time::{Day, When};
use crate::record::{Effect, Effects, EscalationLevel, Keyed, MessageStage, Plan, ReviewOutcome, Stakeholder, Status};

/// Effects upon one kind of others.
#[derive(Debug, Serialize)]
pub struct EffectGroup {
    /// `Business areas`, …
    pub heading: &'static str,
    /// Name, effect, contact.
    pub effects: Vec<EffectView>,
    /// Whether the plan says that there are none.
    pub is_none: bool,
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
    /// The day, or the moment.
    pub on: Option<When>,
    /// What.
    pub decision: Option<Badge>,
    /// Why.
    pub comment: Option<String>,
    /// The commit that wrote it, where that is known.
    pub recorded: Option<CommitView>,
}

/// A message to customers.
#[derive(Debug, Serialize)]
pub struct NotificationView {
    /// To whom.
    pub audience: Option<String>,
    /// Of what it tells, where that is not the work to come.
    pub stage: Option<Badge>,
    /// How.
    pub channel: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// When it was sent.
    pub sent: Option<Day>,
    /// When it is to be sent, where that day is still to come.
    pub to_be_sent: Option<Day>,
    /// The day of the window that it names.
    pub window: Option<Day>,
    /// Due, not recorded as sent, and the day is over.
    pub is_late: bool,
}

pub(in crate::pages) fn effects(plan: &Plan) -> Vec<EffectGroup> {
    let of = &plan.effects;
    let view = |effect: &Effect| EffectView {
        name: effect.name.clone(),
        effect: effect.effect.clone(),
        contact: effect.contact.clone(),
    };
    let label = |key| Effects::key(key).map_or(key, |key| key.label);
    let group = |(key, effects): (&'static str, &[Effect])| EffectGroup {
        heading: label(key),
        effects: effects.iter().map(view).collect(),
        is_none: of.none.contains(&key),
    };
    let groups = of.lists().into_iter().map(group);
    groups.filter(|group| group.is_none || !group.effects.is_empty()).collect()
}

pub(in crate::pages) fn impact(heading: &'static str, half: &ReviewOutcome) -> ImpactView {
    ImpactView {
        heading,
        outcome: half.outcome.map(Badge::new),
        by: half.by.clone(),
        on: half.on.map(Day::new),
        notes: half.notes.clone(),
    }
}

/// The steps of an escalation channel.
pub(crate) fn escalation(levels: &[EscalationLevel]) -> Vec<EscalationView> {
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

pub(in crate::pages) fn approvals(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Vec<ApprovalView> {
    plan.approvals
        .iter()
        .enumerate()
        .map(|(number, approval)| ApprovalView {
            role: approval.role.clone(),
            by: approval.by.clone(),
            on: approval.at.as_ref().map(When::point).or_else(|| approval.on.map(When::day)),
            decision: approval.decision.map(Badge::new),
            comment: approval.comment.clone(),
            recorded: recorded(context, index, number),
        })
        .collect()
}

/// The messages to customers.
pub(crate) fn notifications(context: &Context<'_>, plan: &Plan) -> Vec<NotificationView> {
    plan.notifications
        .iter()
        .map(|notification| NotificationView {
            audience: notification.audience.clone(),
            stage: Some(notification.stage()).filter(|stage| *stage != MessageStage::Before).map(Badge::new),
            channel: notification.channel.clone(),
            due: notification.due.map(Day::new),
            sent: notification.sent.filter(|sent| *sent <= context.today).map(Day::new),
            to_be_sent: notification.sent.filter(|sent| *sent > context.today).map(Day::new),
            window: notification.window.map(Day::new),
            is_late: notification.sent.is_none()
                && plan.status != Some(Status::Cancelled)
                && notification.due.is_some_and(|due| due < context.today),
        })
        .collect()
}

/// The rows of the RACI matrix.
pub(in crate::pages) fn raci(rows: &[Stakeholder]) -> Vec<RaciRow> {
    rows.iter()
        .map(|row| RaciRow {
            activity: row.activity.clone(),
            responsible: row.responsible.join(", "),
            accountable: row.accountable.join(", "),
            consulted: row.consulted.join(", "),
            informed: row.informed.join(", "),
        })
        .collect()
}
