//! The notice to customers of a release: what to write before, at the start, at completion, at a rollback, and where it was
//! put off or called off.
//!
//! The texts come from templates of the theme, `notice/before.txt` and so on, and are given nothing but what
//! customers may see.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::row::{Badge, Link, badge};
use super::parts::time::{Day, When};
use super::plan::stakeholders::{NotificationView, notifications};
use crate::book::RecordIndex;
use crate::config::Settings;
use crate::edition::{Edition, shown_to_customers};
use crate::record::{Audience, MessageStage, Plan, Record, Release, Status, Window, WindowOutcome, last_day};
use crate::route::Route;
use crate::theme::{Engine, TemplateFault};

/// What a text is made from.
#[derive(Debug, Serialize)]
struct TextView {
    id: String,
    title: String,
    version: Option<String>,
    service: Option<String>,
    summary: Option<String>,
    /// The planned day, where there is no window.
    planned: Option<Day>,
    /// The attempt that is next, else the last one.
    window: Option<WindowView>,
    /// A window after one that was rolled back.
    further: Option<WindowView>,
    /// The last window that was put off.
    put_off: Option<WindowView>,
    /// When it was in service, where an attempt was deployed.
    completed: Option<When>,
    /// When the service was back after a rollback.
    restored: Option<When>,
}

/// A maintenance window in a text.
#[derive(Debug, Serialize)]
struct WindowView {
    when: When,
    start: When,
    end: When,
    /// `none`, `partial` or `full`.
    downtime: Option<&'static str>,
}

/// A text for customers.
#[derive(Debug, Serialize)]
pub struct NoticeText {
    /// `before`, `start`, `completion`, `rollback`, `postponed` or `cancelled`.
    pub stage: &'static str,
    /// When it is sent.
    pub heading: &'static str,
    /// Its first line, without `Subject:`.
    pub subject: String,
    /// What follows: paragraphs, each in lines.
    pub paragraphs: Vec<Vec<String>>,
}

/// The view of `notice.html`.
#[derive(Debug, Serialize)]
pub struct NoticeView {
    /// What stands around it.
    pub page: Frame,
    /// The release's id.
    pub id: String,
    /// The release's title.
    pub title: String,
    /// The release's status.
    pub badge: Option<Badge>,
    /// The release.
    pub release: Link,
    /// Who is told, by when.
    pub notifications: Vec<NotificationView>,
    /// The texts.
    pub texts: Vec<NoticeText>,
}

/// Whether there is something to tell customers: a window, and somebody who notices it. Only the company's own staff
/// read notices.
pub fn has_notice(edition: &Edition, release: &Release) -> bool {
    let plan = &release.plan;
    let is_noticed = release.header.audience == Audience::Customer
        || !plan.notifications.is_empty()
        || !plan.effects.external_parties.is_empty()
        || plan.windows.iter().any(Window::takes_service_away);
    edition.name().is_none() && !plan.windows.is_empty() && is_noticed
}

/// What customers can be told of: of work that was called off that, of a window that was put off that as well.
pub(super) fn stages(plan: Option<&Plan>) -> Vec<MessageStage> {
    let windows = plan.map_or(&[][..], |plan| &plan.windows);
    let is_off = |window: &Window| window.outcome == Some(WindowOutcome::Cancelled);
    let is_cancelled = plan.is_some_and(|plan| plan.status == Some(Status::Cancelled));
    if is_cancelled || (!windows.is_empty() && windows.iter().all(is_off)) {
        return vec![MessageStage::Cancelled];
    }
    let moved = plan.is_some_and(Plan::has_moved).then_some(MessageStage::Postponed);
    let all = [MessageStage::Start, MessageStage::Completion, MessageStage::Rollback];
    [MessageStage::Before].into_iter().chain(moved).chain(all).collect()
}

/// The texts of a release.
///
/// # Errors
///
/// What is wrong with a template.
pub fn notice_texts(
    engine: &Engine,
    edition: &Edition,
    settings: &Settings,
    index: RecordIndex,
) -> Result<Vec<NoticeText>, TemplateFault> {
    let record = edition.get(index);
    let Record::Release(shown) = shown_to_customers(record, settings) else { return Ok(Vec::new()) };
    let view = text_view(&shown, record.plan());
    stages(record.plan())
        .iter()
        .map(|stage| {
            let (stage, heading) = (stage.word(), stage.label());
            let mut made = Vec::new();
            engine.render(&format!("notice/{stage}.txt"), &view, &mut made)?;
            let made = String::from_utf8_lossy(&made);
            let (first, rest) = made.trim().split_once('\n').unwrap_or((made.trim(), ""));
            let subject = first.strip_prefix("Subject:").unwrap_or(first).trim().to_owned();
            let paragraphs = rest.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
            Ok(NoticeText { stage, heading, subject, paragraphs: paragraphs.map(lines).collect() })
        })
        .collect()
}

/// The page with the texts of a release.
pub fn notice(context: &Context<'_>, index: RecordIndex, texts: Vec<NoticeText>) -> NoticeView {
    let record = context.edition.get(index);
    let header = record.header();
    let own = context.edition.route(index);
    let list = Route::list(record.kind());
    let above = [(&list, record.kind().plural()), (&own, header.id.as_str())];
    let title = format!("{}: customer notice", header.id);
    NoticeView {
        page: Frame::new(context, title, record.kind().folder()).below(context, &above),
        id: header.id.clone(),
        title: header.title.clone(),
        badge: badge(record),
        release: Link::new(context.href(&own), header.id.clone()),
        notifications: record.plan().map(|plan| notifications(context, plan)).unwrap_or_default(),
        texts,
    }
}

fn lines(paragraph: &str) -> Vec<String> {
    paragraph.lines().map(|line| line.trim().to_owned()).collect()
}

/// What customers may see of a release; which of its windows is next, its own plan says.
fn text_view(release: &Release, plan: Option<&Plan>) -> TextView {
    let windows = &release.plan.windows;
    let further = plan.and_then(Plan::further_attempt).and_then(|(number, _)| windows.get(number));
    let is_next = |window: &&Window| window.outcome.is_none();
    let next = further.filter(is_next).or_else(|| windows.iter().find(is_next)).or(windows.last());
    TextView {
        id: release.header.id.clone(),
        title: release.header.title.clone(),
        version: release.version.clone(),
        service: release.header.service.clone(),
        summary: release.header.summary.clone(),
        planned: release.plan.planned_date.map(Day::new),
        window: next.map(window),
        further: further.map(window),
        put_off: windows.iter().rfind(|window| window.is_off()).map(window),
        completed: windows.iter().rev().find(|w| w.outcome == Some(WindowOutcome::Deployed)).and_then(ended),
        restored: release.plan.rollback.as_ref().and_then(|of| {
            let at = of.restored_at.as_ref()?;
            let zone = windows.first()?.start.time_zone();
            Some(When::of_moment(at, zone))
        }),
    }
}

fn ended(window: &Window) -> Option<When> {
    window.actual_end.as_ref().map(|end| match window.days.actual_end {
        true => When::day(last_day(end)),
        false => When::point(end),
    })
}

fn window(window: &Window) -> WindowView {
    WindowView {
        when: When::stretch(&window.start, &window.end),
        start: When::point(&window.start),
        end: When::point(&window.end),
        downtime: window.downtime.map(|downtime| downtime.word()),
    }
}
