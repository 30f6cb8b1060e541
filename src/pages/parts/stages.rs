//! Which stages of a rollout are on: in a window, on a day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::record::{Plan, Stage};

/// The stages of a plan that have time between two points and on a day, in words: `stage 2 of 4: 25 %`. One without an end
/// is on when it begins: nobody says for how long.
pub(crate) fn stages_on(plan: &Plan, [from, to]: [Timestamp; 2], day: Date, zone: &TimeZone) -> Option<String> {
    if plan.stages.is_empty() {
        return None;
    }
    let midnight = |day: Date| day.to_zoned(zone.clone()).ok().map(|at| at.timestamp());
    let (from, to) = (from.max(midnight(day)?), to.min(midnight(day.tomorrow().ok()?)?));
    let is_on = |stage: &Stage| {
        let begins = stage.begins.as_ref().map(|at| at.timestamp());
        let ends = stage.ends.as_ref().map(|at| at.timestamp());
        begins.is_some_and(|begins| begins < to && ends.map_or(from <= begins, |ends| from < ends))
    };
    let on = || plan.stages.iter().enumerate().filter(|(_, stage)| !stage.is_off() && is_on(stage));
    let (first, stage) = on().next()?;
    let (last, _) = on().next_back()?;
    let (count, all) = (on().count(), plan.stages.len());
    let share = on().filter_map(|(_, stage)| stage.share.as_ref()).max().map(|share| share.text());
    let (which, share) = match count {
        1 => (format!("stage {} of {all}", first + 1), share.or(stage.name.as_deref()).map(str::to_owned)),
        _ if count == last - first + 1 => {
            (format!("stages {} to {} of {all}", first + 1, last + 1), share.map(|share| format!("up to {share}")))
        }
        _ => (format!("{count} of {all} stages"), share.map(|share| format!("up to {share}"))),
    };
    Some([Some(which), share].into_iter().flatten().collect::<Vec<_>>().join(": "))
}
