//! What an event says of a window in words: all of it from the record itself, for another record's edit must not change it.

use crate::book::RecordIndex;
use crate::pages::Context;
use crate::read::markdown;
use crate::record::{Effect, EscalationLevel, Plan, Vocabulary, Window};

/// How much of a rollback plan stands in an event.
const ROLLBACK_LENGTH: usize = 200;
/// How much of it is read for that, in bytes.
const READ_LENGTH: usize = 1_000;

/// What an event says of a window: downtime, what customers notice, how it is taken back, whom to call.
pub(super) fn described(plan: &Plan, number: usize, rollback: Option<&str>) -> String {
    let window = &plan.windows[number];
    let mut lines = Vec::new();
    if plan.windows.len() > 1 {
        lines.push(format!("Window {} of {}", number + 1, plan.windows.len()));
    }
    lines.extend(plan.status.map(|status| format!("Status: {}", status.said().label)));
    lines.extend(window.outcome.map(|outcome| format!("Outcome: {}", outcome.said().label)));
    lines.extend(window.downtime.map(|downtime| format!("Downtime: {}", downtime.said().label)));
    lines.extend(actual(window));
    let noticed: Vec<String> = plan.effects.external_parties.iter().map(effect).collect();
    lines.extend((!noticed.is_empty()).then(|| format!("Customers notice: {}", noticed.join("; "))));
    lines.extend(rollback.map(|text| format!("Rollback: {text}")));
    let levels: Vec<String> = plan.escalation.iter().map(level).collect();
    lines.extend((!levels.is_empty()).then(|| format!("Escalation: {}", levels.join("; "))));
    lines.join("\n")
}

/// When the work was done, on the window's clocks.
fn actual(window: &Window) -> Option<String> {
    let time = |at: &jiff::Zoned, is_day: bool| {
        let format = if is_day { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M %Z" };
        at.strftime(format).to_string()
    };
    let start = window.actual_start.as_ref().map(|at| time(at, window.days.actual_start));
    let end = window.ended().map(|at| time(at, false));
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("Carried out: {start} to {end}")),
        (Some(start), None) => Some(format!("Begun: {start}")),
        (None, _) => None,
    }
}

fn effect(of: &Effect) -> String {
    match &of.effect {
        Some(effect) => format!("{}: {effect}", of.name),
        None => of.name.clone(),
    }
}

/// `L1 Mats Ekdal, bridge ext. 4400, at once`
fn level(of: &EscalationLevel) -> String {
    let named = [Some(of.level.as_str()), of.contact.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = [Some(named), of.channel.clone(), of.after.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The beginning of a record's rollback plan.
pub(super) fn rollback(context: &Context<'_>, index: RecordIndex) -> Option<String> {
    let range = context.edition.bodies[index.0 as usize].rollback_plan.clone()?;
    let section = context.edition.body(index).get(range)?;
    // More than that is not looked at: an event is written into several calendars.
    let length = section.floor_char_boundary(section.len().min(READ_LENGTH));
    let text = markdown::plain_text(&section[..length], ROLLBACK_LENGTH);
    (!text.is_empty()).then_some(text)
}
