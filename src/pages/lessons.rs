//! The lessons-learned index, by theme, configuration item, year and outcome, and the register of actions.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::review::{ActionView, action, theme};
use super::parts::row::{Link, Pager, Row, slice};
use super::parts::time::Day;
use crate::book::{LessonIndex, LessonPlace, RecordIndex};
use crate::edition::Edition;
use crate::record::Outcome;
use crate::route::Route;

/// A lesson in a list.
#[derive(Debug, Serialize)]
pub struct LessonRow {
    /// Where it stands: on the page of the record that was reviewed.
    pub href: Option<String>,
    /// One sentence.
    pub lesson: String,
    /// Its theme, where it has one.
    pub theme: Option<Link>,
    /// The record that was reviewed.
    pub record: Row,
    /// When it was reviewed.
    pub day: Option<Day>,
    /// Actions that are still open.
    pub open_actions: usize,
    /// All its actions.
    pub actions: usize,
}

/// How many links of one kind a page has.
const LINKS: usize = 40;

/// Which lessons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LessonScope {
    /// All.
    All,
    /// Those of a theme.
    Theme(String),
    /// Those about a configuration item.
    Item(RecordIndex),
    /// Those of a year.
    Year(i16),
    /// Those of work that ended like this.
    Outcome(Outcome),
}

impl LessonScope {
    /// The first page of these lessons.
    pub fn route(&self, edition: &Edition) -> Route {
        match self {
            LessonScope::All => Route::lessons(),
            LessonScope::Theme(theme) => Route::theme(theme),
            LessonScope::Item(index) => Route::item_lessons(&edition.get(*index).header().id),
            LessonScope::Year(year) => Route::year_lessons(*year),
            LessonScope::Outcome(outcome) => Route::outcome_lessons(outcome.word()),
        }
    }

    /// These lessons, newest first.
    pub fn places<'a>(&self, index: &'a LessonIndex) -> &'a [LessonPlace] {
        let places = match self {
            LessonScope::All => Some(&index.lessons),
            LessonScope::Theme(theme) => index.themes.get(theme),
            LessonScope::Item(item) => index.items.get(item),
            LessonScope::Year(year) => index.years.get(year),
            LessonScope::Outcome(outcome) => index.outcomes.get(outcome),
        };
        places.map_or(&[], Vec::as_slice)
    }

    fn name(&self, edition: &Edition) -> String {
        match self {
            LessonScope::All => "All".to_owned(),
            LessonScope::Theme(theme) => theme.clone(),
            LessonScope::Item(index) => edition.get(*index).header().title.clone(),
            LessonScope::Year(year) => year.to_string(),
            LessonScope::Outcome(outcome) => outcome.label().to_owned(),
        }
    }

    /// What its like are called.
    fn kind(&self) -> &'static str {
        match self {
            LessonScope::All => "",
            LessonScope::Theme(_) => "By theme",
            LessonScope::Item(_) => "By configuration item",
            LessonScope::Year(_) => "By year",
            LessonScope::Outcome(_) => "By outcome",
        }
    }
}

/// Every choice of lessons that has pages: all, and then by theme, configuration item, year and outcome.
pub fn lesson_scopes(index: &LessonIndex) -> Vec<LessonScope> {
    let mut items: Vec<RecordIndex> = index.items.keys().copied().collect();
    items.sort_unstable();
    let mut scopes = vec![LessonScope::All];
    scopes.extend(index.themes.keys().cloned().map(LessonScope::Theme));
    scopes.extend(items.into_iter().map(LessonScope::Item));
    scopes.extend(index.years.keys().rev().copied().map(LessonScope::Year));
    scopes.extend(index.outcomes.keys().copied().map(LessonScope::Outcome));
    scopes
}

/// A choice of lessons with its count.
#[derive(Debug, Serialize)]
pub struct ScopeLink {
    /// Its name and its page.
    pub link: Link,
    /// How many lessons there are.
    pub count: usize,
    /// Whether this page is its.
    pub is_current: bool,
}

/// Choices of one kind.
#[derive(Debug, Serialize)]
pub struct ScopeGroup {
    /// `By theme`, …
    pub label: &'static str,
    /// Those with the most lessons, in the order of their names, years or outcomes.
    pub links: Vec<ScopeLink>,
    /// How many are left out.
    pub more: usize,
}

/// The view of `lessons.html`.
#[derive(Debug, Serialize)]
pub struct LessonsView {
    /// What stands around it.
    pub page: Frame,
    /// Which lessons: a theme, an item, a year, an outcome; nothing for the whole index.
    pub scope: Option<String>,
    /// How many lessons there are.
    pub count: usize,
    /// The choices: of every kind in the whole index, else those beside this one.
    pub groups: Vec<ScopeGroup>,
    /// The whole index.
    pub all: Link,
    /// The register of actions.
    pub actions: Link,
    /// How many actions are still open.
    pub open_actions: usize,
    /// How many of them are overdue.
    pub overdue_actions: usize,
    /// This page's lessons.
    pub rows: Vec<LessonRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// The rows of some lessons.
pub(super) fn lesson_rows(context: &Context<'_>, places: &[LessonPlace]) -> Vec<LessonRow> {
    places.iter().map(|place| lesson_row(context, *place)).collect()
}

fn lesson_row(context: &Context<'_>, place: LessonPlace) -> LessonRow {
    let lesson = context.edition.lesson(place);
    let record = context.edition.get(place.record);
    let reviewed = record.plan().and_then(|plan| plan.review.as_ref()?.on);
    LessonRow {
        href: context.href_of(place.record).map(|href| format!("{href}#lesson-{}", place.number + 1)),
        lesson: lesson.lesson.clone(),
        theme: theme(context, lesson),
        record: Row::new(context, place.record),
        day: reviewed.map(Day::new),
        open_actions: lesson.actions.iter().filter(|action| action.is_open()).count(),
        actions: lesson.actions.len(),
    }
}

/// A page of the lessons-learned index.
pub fn lessons(context: &Context<'_>, scope: &LessonScope, page: usize) -> LessonsView {
    let edition = context.edition;
    let index = &edition.lessons;
    let places = scope.places(index);
    let of_action = |(place, number): &(LessonPlace, u32)| edition.action(*place, *number);
    let open = index.actions.partition_point(|entry| of_action(entry).is_open());
    let name = (*scope != LessonScope::All).then(|| scope.name(edition));
    let title = name.as_ref().map_or_else(|| "Lessons learned".to_owned(), |name| format!("Lessons learned: {name}"));
    let mut frame = Frame::new(context, title, "lessons");
    if name.is_some() {
        frame = frame.below(context, &[(&Route::lessons(), "Lessons")]);
    }
    let route = scope.route(edition);
    LessonsView {
        page: frame,
        scope: name,
        count: places.len(),
        groups: scope_groups(context, scope),
        all: Link::new(context.href(&Route::lessons()), "All"),
        actions: Link::new(context.href(&Route::actions()), "Register of actions"),
        open_actions: open,
        overdue_actions: index.actions[..open].iter().filter(|e| of_action(e).is_overdue(context.today)).count(),
        rows: lesson_rows(context, slice(places, page)),
        pager: Pager::new(context, places.len(), page, |page| route.page(page)),
    }
}

/// The choices that a page leads to: the whole index to all kinds, a choice to its like. An item stands alone, for there
/// can be thousands.
fn scope_groups(context: &Context<'_>, current: &LessonScope) -> Vec<ScopeGroup> {
    if let LessonScope::Item(_) = current {
        return vec![scope_group(context, std::slice::from_ref(current), current)];
    }
    let scopes = lesson_scopes(&context.edition.lessons);
    let kinds = scopes[1..].chunk_by(|one, other| one.kind() == other.kind());
    let shown = kinds.filter(|scopes| *current == LessonScope::All || scopes[0].kind() == current.kind());
    shown.map(|scopes| scope_group(context, scopes, current)).collect()
}

fn scope_group(context: &Context<'_>, scopes: &[LessonScope], current: &LessonScope) -> ScopeGroup {
    let index = &context.edition.lessons;
    let count = |scope: &LessonScope| scope.places(index).len();
    let mut shown: Vec<usize> = (0..scopes.len()).collect();
    shown.sort_by_key(|place| std::cmp::Reverse(count(&scopes[*place])));
    shown.truncate(LINKS);
    shown.sort_unstable();
    let links = shown.iter().map(|place| &scopes[*place]).map(|scope| ScopeLink {
        link: Link::new(context.href(&scope.route(context.edition)), scope.name(context.edition)),
        count: count(scope),
        is_current: scope == current,
    });
    ScopeGroup { label: scopes[0].kind(), links: links.collect(), more: scopes.len() - shown.len() }
}

/// An action in the register.
#[derive(Debug, Serialize)]
pub struct ActionRow {
    /// The action.
    pub action: ActionView,
    /// The lesson that it belongs to.
    pub lesson: Link,
    /// The record that was reviewed.
    pub record: Row,
}

/// The view of `actions.html`.
#[derive(Debug, Serialize)]
pub struct ActionsView {
    /// What stands around it.
    pub page: Frame,
    /// How many actions there are.
    pub count: usize,
    /// How many of them are still open.
    pub open: usize,
    /// How many of those are overdue.
    pub overdue: usize,
    /// This page's actions: open ones first, the first due first.
    pub rows: Vec<ActionRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of the register of actions.
pub fn actions(context: &Context<'_>, page: usize) -> ActionsView {
    let all = &context.edition.lessons.actions;
    let of_action = |(place, number): &(LessonPlace, u32)| context.edition.action(*place, *number);
    let open = all.partition_point(|entry| of_action(entry).is_open());
    ActionsView {
        page: Frame::new(context, "Register of actions", "lessons").below(context, &[(&Route::lessons(), "Lessons")]),
        count: all.len(),
        open,
        overdue: all[..open].iter().filter(|entry| of_action(entry).is_overdue(context.today)).count(),
        rows: slice(all, page).iter().map(|entry| action_row(context, *entry)).collect(),
        pager: Pager::new(context, all.len(), page, |page| Route::actions().page(page)),
    }
}

/// An action in a list of actions.
pub(super) fn action_row(context: &Context<'_>, (place, number): (LessonPlace, u32)) -> ActionRow {
    let href = context.href_of(place.record).map(|href| format!("{href}#lesson-{}", place.number + 1));
    ActionRow {
        action: action(context, context.edition.action(place, number)),
        lesson: Link { href, text: context.edition.lesson(place).lesson.clone() },
        record: Row::new(context, place.record),
    }
}
