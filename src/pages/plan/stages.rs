//! The stages of a rollout: a table, and events on the line of time.

use jiff::civil::Date;
use serde::Serialize;

use super::line::{Event, Line};
use crate::pages::parts::context::Context;
use crate::pages::parts::row::Badge;
use crate::pages::parts::time::When;
use crate::read::Moment;
use crate::record::{Plan, Stage, Status, last_day};

/// So many stages are shown; how many there are is said.
const SHOWN: usize = 50;

/// A stage of the rollout.
#[derive(Debug, Serialize)]
pub struct StageView {
    /// Which stage, from 1.
    pub number: usize,
    /// Who or what has its turn.
    pub name: Option<String>,
    /// When it is, where both its ends are known alike: to the minute, or by the day.
    pub when: Option<When>,
    /// Else when it begins.
    pub begins: Option<When>,
    /// And when it is over.
    pub over: Option<When>,
    /// How much of the whole has it then.
    pub share: Option<String>,
    /// What came of it.
    pub outcome: Option<Badge>,
    /// Where nothing is said to have come of it: how far it is on the day of the build.
    pub state: Option<&'static str>,
    /// When to stop.
    pub hold_if: Option<String>,
}

/// The first stages of a plan, in their order.
pub(super) fn stages(context: &Context<'_>, plan: &Plan) -> Vec<StageView> {
    let of = |(number, stage): (usize, &Stage)| {
        let [when, begins, over] = times(stage);
        StageView {
            number: number + 1,
            name: stage.name.clone(),
            when,
            begins,
            over,
            share: stage.share.as_ref().map(|share| share.text().to_owned()),
            outcome: stage.outcome.map(Badge::new),
            state: if stage.outcome.is_none() { state(context, plan, stage) } else { None },
            hold_if: stage.hold_if.clone(),
        }
    };
    plan.stages.iter().take(SHOWN).enumerate().map(of).collect()
}

/// How far a stage is of which nothing is said to have come: by the days that it touches in the zone of the site.
/// An audience that is not told the status is not told this: it may have been called off.
fn state(context: &Context<'_>, plan: &Plan, stage: &Stage) -> Option<&'static str> {
    if !context.edition.shows("status") {
        return None;
    }
    let zone = &context.settings.time_zone;
    let first = stage.begins.as_ref()?.with_time_zone(zone.clone()).date();
    let last: Option<Date> = stage.ends.as_ref().map(|ends| last_day(&ends.with_time_zone(zone.clone())));
    Some(match plan.status {
        Some(Status::Cancelled) => "called off",
        _ if first > context.today => "to come",
        _ if last.unwrap_or(first) < context.today => "not recorded",
        _ => "on today",
    })
}

/// When a stage is; else when it begins, and when it is over. A day alone has no hour.
fn times(stage: &Stage) -> [Option<When>; 3] {
    let is_day = |moment: &Option<Moment>| moment.as_ref().is_some_and(|moment| moment.time.is_none());
    let days = [is_day(&stage.start), is_day(&stage.end)];
    if let (Some(begins), Some(ends), true) = (&stage.begins, &stage.ends, days[0] == days[1]) {
        return [Some(When::stretch(begins, ends)), None, None];
    }
    let begins = stage.begins.as_ref().map(|at| if days[0] { When::day(at.date()) } else { When::point(at) });
    let over = stage.ends.as_ref().map(|at| if days[1] { When::day(last_day(at)) } else { When::point(at) });
    [None, begins, over]
}

/// The first stages of a plan on its line of time, each where it begins.
pub(super) fn events(line: &mut Line<'_>, plan: &Plan) {
    for (number, stage) in plan.stages.iter().take(SHOWN).enumerate() {
        let (Some(start), Some(begins)) = (&stage.start, &stage.begins) else { continue };
        let name = format!("Stage {} of {}", number + 1, plan.stages.len());
        let event = match stage.outcome {
            Some(outcome) if stage.is_off() => Event::new("off", format!("{name}: {}", outcome.label().to_lowercase())),
            Some(outcome) => Event::done(format!("{name}: {}", outcome.label().to_lowercase())),
            None => Event::planned(name),
        };
        let share = stage.share.as_ref().map(|share| share.text());
        line.at(begins, start.time.is_none(), event.detail(stage.name.as_deref()).detail(share));
    }
}
