//! A configuration item's page: everything that ever happened to it, newest first.

use jiff::civil::Date;
use serde::Serialize;

use super::lessons::{LessonRow, lesson_rows};
use super::parts::body::{BodyView, sections};
use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::next_free::{NextFreeView, next_free};
use super::parts::row::Row;
use super::parts::runs::{RunsRow, runs_on};
use super::parts::stages::stages_on;
use super::parts::time::When;
use super::plan::stakeholders::{EscalationView, escalation};
use crate::book::{Direction, RecordIndex};
use crate::record::{ConfigurationItem, Record, Relation, Status};
use crate::route::Route;

/// How many coming windows, lines of history and lessons a page shows.
const SHOWN: usize = 20;

/// A window that is still to come.
#[derive(Debug, Serialize)]
pub struct ComingWindow {
    /// Whose it is.
    pub row: Row,
    /// When it is.
    pub when: When,
    /// Which stages of the rollout are on in it on the day of the build.
    pub stage: Option<String>,
}

/// The view of `configuration-item.html`.
#[derive(Debug, Serialize)]
pub struct ConfigurationItemView {
    /// What stands around it.
    pub page: Frame,
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Facts in a few words, as HTML.
    pub facts: String,
    /// Releases and changes with it that went live, or were taken back.
    pub attempted: usize,
    /// Of those, how many were taken back.
    pub rolled_back: usize,
    /// Releases and changes that say themselves which incidents they caused.
    pub caused_incidents: usize,
    /// Known errors that are still open.
    pub open_known_errors: usize,
    /// What runs on it, if the records say so.
    pub runs: Option<RunsRow>,
    /// When it is next free.
    pub next_free: Option<NextFreeView>,
    /// Windows to come, the next first.
    pub coming: Vec<ComingWindow>,
    /// What happened last, newest first, as HTML.
    pub history: String,
    /// What was learned about it.
    pub lessons: Vec<LessonRow>,
    /// How many lessons there are in all.
    pub lesson_count: usize,
    /// All of them, in the lessons-learned index.
    pub all_lessons: Option<String>,
    /// Whom to call.
    pub escalation: Vec<EscalationView>,
    /// The body.
    pub body: BodyView,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
}

/// A configuration item's page.
pub fn configuration_item(
    context: &Context<'_>,
    index: RecordIndex,
    item: &ConfigurationItem,
) -> ConfigurationItemView {
    let edition = context.edition;
    let record = edition.get(index);
    let mut facts = vec![
        Fact::text("Class", item.class.map(|class| class.label())),
        Fact::text("Criticality", item.criticality.map(|criticality| criticality.label())),
        Fact::text("Support group", item.support_group.clone()),
    ];
    facts.extend(common_facts(context, index));
    let affected = edition.connections.others(index, Relation::ConfigurationItem, Direction::Backward);
    let of_item: Vec<RecordIndex> = affected.iter().map(|connection| connection.other).collect();
    let places = edition.lessons.items.get(&index).map_or(&[][..], Vec::as_slice);
    let (attempted, rolled_back) = outcomes(context, &of_item);
    let open = |index: &&RecordIndex| matches!(edition.get(**index), Record::KnownError(known) if known.is_open());
    ConfigurationItemView {
        page: Frame::of_record(context, index),
        id: item.header.id.clone(),
        title: item.header.title.clone(),
        summary: item.header.summary.clone(),
        facts: facts_html(context, facts),
        attempted,
        rolled_back,
        caused_incidents: caused_incidents(context, &of_item),
        open_known_errors: of_item.iter().filter(open).count(),
        runs: runs_on(context, index),
        next_free: next_free(context, index),
        coming: coming(context, &of_item),
        history: history(context, &of_item),
        lessons: lesson_rows(context, &places[..places.len().min(SHOWN)]),
        lesson_count: places.len(),
        all_lessons: (!places.is_empty()).then(|| context.href(&Route::item_lessons(&item.header.id))),
        escalation: escalation(&item.escalation),
        body: BodyView::new(&sections(context, index)),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(record),
    }
}

/// How many releases and changes went live or were taken back, and how many of them were taken back.
pub(crate) fn outcomes(context: &Context<'_>, records: &[RecordIndex]) -> (usize, usize) {
    let plans = records.iter().filter_map(|index| context.edition.get(*index).plan());
    plans.fold((0, 0), |(attempted, rolled_back), plan| {
        (attempted + usize::from(plan.was_tried()), rolled_back + usize::from(plan.was_rolled_back()))
    })
}

/// How many of some records name incidents that they caused.
pub(crate) fn caused_incidents(context: &Context<'_>, records: &[RecordIndex]) -> usize {
    let plans = records.iter().filter_map(|index| context.edition.get(*index).plan());
    plans.filter(|plan| !plan.incidents_caused.is_empty()).count()
}

/// The next windows of some records, the first at first: whose, and its number in the plan.
pub(crate) fn windows_ahead(context: &Context<'_>, records: &[RecordIndex]) -> Vec<(RecordIndex, usize)> {
    let mut windows = Vec::new();
    for index in records {
        let Some(plan) = context.edition.get(*index).plan() else { continue };
        if plan.status == Some(Status::Cancelled) {
            continue;
        }
        let all = plan.windows.iter().enumerate();
        let to_come = all.filter(|(_, of)| of.last_day() >= context.today && of.outcome.is_none());
        windows.extend(to_come.map(|(number, window)| (window.start.timestamp(), *index, number)));
    }
    windows.sort_unstable();
    windows.into_iter().take(SHOWN).map(|(_, index, number)| (index, number)).collect()
}

/// The next windows of some records.
pub(super) fn coming(context: &Context<'_>, records: &[RecordIndex]) -> Vec<ComingWindow> {
    let coming = |(index, number): (RecordIndex, usize)| {
        let plan = context.edition.get(index).plan()?;
        let window = &plan.windows[number];
        let stretch = [window.start.timestamp(), window.end.timestamp()];
        Some(ComingWindow {
            row: Row::new(context, index),
            when: When::stretch(&window.start, &window.end),
            stage: stages_on(plan, stretch, context.today, &context.settings.time_zone),
        })
    };
    windows_ahead(context, records).into_iter().filter_map(coming).collect()
}

fn history(context: &Context<'_>, records: &[RecordIndex]) -> String {
    let date = |index: &RecordIndex| context.edition.get(*index).date();
    let mut dated: Vec<(Date, RecordIndex)> = records
        .iter()
        .filter_map(|index| Some((date(index)?, *index)))
        .filter(|(day, _)| *day <= context.today)
        .collect();
    dated.sort_by_key(|(day, index)| (std::cmp::Reverse(*day), *index));
    context.fragments.rows(context, dated.into_iter().take(SHOWN).map(|(_, index)| index))
}
