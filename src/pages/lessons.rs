//! The lessons-learned index, its themes, and the register of actions.

use serde::Serialize;

use super::plan::{ActionView, action};
use super::row::{Link, Pager, Row, slice};
use super::time::Day;
use super::{Context, Frame};
use crate::book::LessonPlace;
use crate::route::Route;

/// A lesson in a list.
#[derive(Debug, Serialize)]
pub struct LessonRow {
    /// Where it stands: on the page of the record that was reviewed.
    pub href: Option<String>,
    /// One sentence.
    pub lesson: String,
    /// Its theme.
    pub theme: Link,
    /// The record that was reviewed.
    pub record: Row,
    /// When it was reviewed.
    pub day: Option<Day>,
    /// Actions that are still open.
    pub open_actions: usize,
    /// All its actions.
    pub actions: usize,
}

/// A theme with its count.
#[derive(Debug, Serialize)]
pub struct ThemeLink {
    /// Its name and its page.
    pub link: Link,
    /// How many lessons there are.
    pub count: usize,
    /// Whether this page is the theme's.
    pub is_current: bool,
}

/// The view of `lessons.html`.
#[derive(Debug, Serialize)]
pub struct LessonsView {
    /// What stands around it.
    pub page: Frame,
    /// The theme; nothing for the whole index.
    pub theme: Option<String>,
    /// How many lessons there are.
    pub count: usize,
    /// All themes.
    pub themes: Vec<ThemeLink>,
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
pub fn lesson_rows(context: &Context<'_>, places: &[LessonPlace]) -> Vec<LessonRow> {
    places.iter().map(|place| lesson_row(context, *place)).collect()
}

fn lesson_row(context: &Context<'_>, place: LessonPlace) -> LessonRow {
    let lesson = context.edition.lesson(place);
    let record = context.edition.get(place.record);
    let reviewed = record.plan().and_then(|plan| plan.review.as_ref()?.on);
    LessonRow {
        href: context.href_of(place.record).map(|href| format!("{href}#lesson-{}", place.number + 1)),
        lesson: lesson.lesson.clone(),
        theme: Link::new(context.href(&Route::theme(&lesson.theme)), lesson.theme.clone()),
        record: Row::new(context, place.record),
        day: reviewed.map(Day::new),
        open_actions: lesson.actions.iter().filter(|action| action.is_open()).count(),
        actions: lesson.actions.len(),
    }
}

/// A page of the lessons-learned index.
pub fn lessons(context: &Context<'_>, page: usize) -> LessonsView {
    view(context, None, &context.edition.lessons.lessons, page)
}

/// A page of a theme's lessons.
pub fn theme(context: &Context<'_>, theme: &str, page: usize) -> LessonsView {
    let places = context.edition.lessons.themes.get(theme).map_or(&[][..], Vec::as_slice);
    view(context, Some(theme), places, page)
}

fn view(context: &Context<'_>, theme: Option<&str>, places: &[LessonPlace], page: usize) -> LessonsView {
    let index = &context.edition.lessons;
    let of_action = |(place, number): &(LessonPlace, u32)| context.edition.action(*place, *number);
    let open = index.actions.partition_point(|entry| of_action(entry).is_open());
    let route = theme.map_or_else(Route::lessons, Route::theme);
    let title = match theme {
        Some(theme) => format!("Lessons learned: {theme}"),
        None => "Lessons learned".to_owned(),
    };
    let mut frame = Frame::new(context, title, "lessons");
    if theme.is_some() {
        frame = frame.below(context, &[(&Route::lessons(), "Lessons")]);
    }
    LessonsView {
        page: frame,
        theme: theme.map(str::to_owned),
        count: places.len(),
        themes: index
            .themes
            .iter()
            .map(|(name, places)| ThemeLink {
                link: Link::new(context.href(&Route::theme(name)), name.clone()),
                count: places.len(),
                is_current: theme == Some(name),
            })
            .collect(),
        actions: Link::new(context.href(&Route::actions()), "Register of actions"),
        open_actions: open,
        overdue_actions: index.actions[..open].iter().filter(|e| of_action(e).is_overdue(context.today)).count(),
        rows: lesson_rows(context, slice(places, page)),
        pager: Pager::new(context, places.len(), page, |page| route.page(page)),
    }
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
pub fn action_row(context: &Context<'_>, (place, number): (LessonPlace, u32)) -> ActionRow {
    let href = context.href_of(place.record).map(|href| format!("{href}#lesson-{}", place.number + 1));
    ActionRow {
        action: action(context, context.edition.action(place, number)),
        lesson: Link { href, text: context.edition.lesson(place).lesson.clone() },
        record: Row::new(context, place.record),
    }
}
