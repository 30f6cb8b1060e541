//! A new record: its number, its file, and what its keys are.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};

use super::file;
use super::find::find;
use super::ids::{next, of_title};
use super::set::{Matter, Step, lines_of_keys, says_but_more};
use crate::book::RecordIndex;
use crate::manual::{KeyReference, keys};
use crate::pipeline::{Opened, ids_at};
use crate::read::{edited, nearest, written};
use crate::record::{Kind, PlanKind, PlanSection, Process, Shape, Status};
use crate::source::Source;
use crate::theme::fill;

/// What a new record is to be.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// Its kind.
    pub kind: Kind,
    /// Whether it is a freeze of the calendar.
    pub is_freeze: bool,
    /// Its id, where it is not to be the next one.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The record that it is a copy of.
    pub from: Option<String>,
    /// Keys with their values.
    pub set: Vec<(String, String)>,
    /// Whether it gets a folder of its own, for files beside it.
    pub is_bundle: bool,
    /// Whether nothing is to be written.
    pub is_dry: bool,
}

/// A record that was made, or would be.
#[derive(Debug)]
pub struct Made {
    /// Its file, below the folder of the records.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Keys of a former record that a copy begins without: when, with what result, by whom it was agreed to.
const EMPTIED: [&str; 15] = [
    "approvals",
    "approved_by",
    "approved_on",
    "id",
    "impact",
    "incidents_caused",
    "incidents_fixed",
    "notifications",
    "planned_date",
    "review",
    "rollback",
    "stages",
    "status",
    "valid_until",
    "windows",
];

/// Makes a record.
///
/// # Errors
///
/// The id or the file is taken, a key is none of the kind's, or the file cannot be written.
pub fn new(opened: &Opened, wanted: &NewRecord, folder: &Path) -> Result<Made> {
    let kind = wanted.kind;
    ensure!(kind != Kind::Service, "a service has no record of its own: name it under `service:` in others");
    for (name, _) in &wanted.set {
        if kind.key(name).is_none() {
            match nearest(name, kind.keys().map(|key| key.name)) {
                Some(near) => bail!("{} has no key `{name}`; did you mean `{near}`?", kind.with_article()),
                None => {
                    bail!("{} has no key `{name}`; `relbook schema {}` has them all", kind.with_article(), kind.word())
                }
            }
        }
    }
    let from = wanted.from.as_ref().map(|id| find(&opened.book, id)).transpose()?;
    let title = wanted.title.clone().or_else(|| set(wanted, "title"));
    let id = match &wanted.id {
        Some(id) => id.clone(),
        None => number(opened, wanted, title.as_deref(), folder)?,
    };
    if let Some(taken) = opened.book.tables.find(kind, &id).filter(|index| has_file(opened, *index)) {
        let source = opened.book.get(taken).header().source.context("the record has a file")?;
        bail!("the id `{id}` is taken by {}", opened.book.sources[source].path);
    }
    let path = path(opened, wanted, &id);
    let title = title.unwrap_or_else(|| format!("New {}", kind.label().to_lowercase()));
    let text = match from {
        Some(index) => copied(opened, index, wanted, &id, &title)?,
        None => match of_site(opened, wanted, folder, &id, &title)? {
            Some(text) => text,
            None => fresh(opened, wanted, &id, &title),
        },
    };
    if !wanted.is_dry {
        file::make(&opened.content.join(&path), &text)?;
    }
    Ok(Made { path, text })
}

fn set(wanted: &NewRecord, name: &str) -> Option<String> {
    wanted.set.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

fn has_file(opened: &Opened, index: RecordIndex) -> bool {
    opened.book.get(index).header().source.is_some()
}

/// The next number over what lies here and what the main branch of `origin` had when it was last fetched.
fn number(opened: &Opened, wanted: &NewRecord, title: Option<&str>, folder: &Path) -> Result<String> {
    let kind = wanted.kind;
    let of_kind = opened.book.tables.of_kind(kind).map(RecordIndex).filter(|index| has_file(opened, *index));
    let mut taken: Vec<String> = of_kind.map(|index| opened.book.get(index).header().id.clone()).collect();
    taken.extend(
        ids_at(folder, &opened.settings, "origin/HEAD").into_iter().filter(|(of, _)| *of == kind).map(|(_, id)| id),
    );
    match (next(kind, &taken, opened.today.year()), title) {
        (Some(id), _) => Ok(id),
        (None, Some(title)) => Ok(of_title(title)),
        (None, None) => bail!("{} has no number: give it an id or a `--title`", kind.with_article()),
    }
}

/// Where a record goes: into the year's folder where others of its kind are in folders of years.
fn path(opened: &Opened, wanted: &NewRecord, id: &str) -> String {
    let folder = wanted.kind.folder();
    let paths = opened.book.tables.of_kind(wanted.kind).filter_map(|index| {
        let source = opened.book.get(RecordIndex(index)).header().source?;
        Some(opened.book.sources[source].path.as_str())
    });
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (in_years, all) = paths.fold((0, 0), |(in_years, all), path| {
        (in_years + usize::from(path.split('/').nth(1).is_some_and(is_year)), all + 1)
    });
    let year = if in_years * 2 > all { format!("{}/", opened.today.year()) } else { String::new() };
    let name = crate::record::address(id);
    match wanted.is_bundle {
        true => format!("{folder}/{year}{name}/index.md"),
        false => format!("{folder}/{year}{name}.md"),
    }
}

/// A record from the site's own template, `theme/new/KIND.md`: it knows the `id`, the `title`, `today`, and what was set.
fn of_site(opened: &Opened, wanted: &NewRecord, folder: &Path, id: &str, title: &str) -> Result<Option<String>> {
    let name = if wanted.is_freeze { "freeze" } else { wanted.kind.word() };
    let path = folder.join(format!("theme/new/{name}.md"));
    if !path.is_file() {
        return Ok(None);
    }
    let mut values = vec![("id", id.to_owned()), ("title", title.to_owned()), ("today", opened.today.to_string())];
    values.extend(wanted.set.iter().map(|(key, value)| (key.as_str(), value.clone())));
    let made = fill(&format!("theme/new/{name}.md"), &file::load(&path)?, &values);
    made.map(Some).map_err(|fault| anyhow!("theme/new/{name}.md:{}: {}", fault.line, fault.message))
}

/// Begins the post-implementation review of a release or change: a line more in its file.
///
/// # Errors
///
/// There is no such record, it has a review, or its file cannot be changed.
pub fn new_review(opened: &Opened, id: &str) -> Result<String> {
    let index = find(&opened.book, id)?;
    let record = opened.book.get(index);
    let plan = record.plan().with_context(|| format!("{} has no review", record.kind().with_article()))?;
    ensure!(plan.review.is_none(), "`{}` has a review", record.header().id);
    let source = &opened.book.sources[record.header().source.context("the record has no file")?];
    let matter = Matter::of(source).with_context(|| format!("{}: the front matter cannot be read", source.path))?;
    let edit = matter.set(&[Step::Key("review"), Step::Key("on")], &opened.today.to_string());
    let edits = [edit.with_context(|| format!("{}: a review cannot be written there", source.path))?];
    let path = opened.content.join(&source.path);
    let text = edited(&file::load(&path)?, &edits);
    let is_right = says_but_more(&matter.tree, &Source::new(source.path.as_str(), text.clone()), &edits);
    ensure!(is_right, "{}: cannot be changed without changing more: edit it by hand", source.path);
    file::replace(&path, &text)?;
    Ok(source.path.clone())
}

/// A record of nothing but what its kind wants: its own values, and what the process asks for as lines to fill in.
fn fresh(opened: &Opened, wanted: &NewRecord, id: &str, title: &str) -> String {
    let kind = wanted.kind;
    let title_key = if kind == Kind::ConfigurationItem { "name" } else { "title" };
    let mut lines = vec![format!("id: {}", written(id, false)), format!("{title_key}: {}", written(title, false))];
    let mut has = vec!["id", "title", "name", "short_description", "type"];
    let given: Vec<&str> = wanted.set.iter().map(|(key, _)| key.as_str()).collect();
    let first = match kind {
        Kind::Release | Kind::Change => Some(("status", "draft".to_owned())),
        Kind::KnownError => Some(("status", "reported".to_owned())),
        Kind::Problem => Some(("status", "open".to_owned())),
        _ => None,
    };
    let day = opened.today.to_string();
    let mut own: Vec<(&str, String)> = first.into_iter().collect();
    if kind == Kind::KnownError {
        own.push(("detected", day.clone()));
    }
    if kind == Kind::Window {
        let of_kind = if wanted.is_freeze { "freeze" } else { "maintenance" };
        own.extend([("kind", of_kind.to_owned()), ("start", day.clone()), ("end", day)]);
    }
    for (key, value) in own.into_iter().filter(|(key, _)| !given.contains(key)) {
        lines.push(format!("{key}: {value}"));
        has.push(key);
    }
    for (key, value) in wanted.set.iter().filter(|(key, _)| key != "title" && key != "name") {
        lines.push(format!("{key}: {}", value_of(kind, key, value)));
        has.push(key);
    }
    let all = keys();
    let of_kind = kind.keys().filter_map(|key| all.iter().find(|of| std::ptr::eq(of.key, key)));
    for of in of_kind.filter(|of| !has.contains(&of.key.name) && is_asked(kind, of)) {
        lines.push(format!("# {}  # {}", of.example(), of.key.doc.trim()));
    }
    let mut text = format!("---\n{}\n---\n", lines.join("\n"));
    for section in sections(kind) {
        text += &format!("\n## {}\n\n", section.label());
    }
    text
}

/// A value as it is written under its key: a list where one is meant.
fn value_of(kind: Kind, name: &str, value: &str) -> String {
    let shape = kind.key(name).map(|key| key.shape);
    match shape {
        Some(Shape::List(Shape::Text | Shape::Id | Shape::Path)) if !value.starts_with('[') => {
            let items = value.split(',').map(|item| written(item.trim(), false));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Some(Shape::List(_) | Shape::Map(_) | Shape::OneOrMore(_) | Shape::Named(_) | Shape::Free) => value.to_owned(),
        _ => written(value, false),
    }
}

/// Whether a new record has a line for a key: those that a plan is asked for before it is closed, and what every other record
/// of its kind is better with.
fn is_asked(kind: Kind, of: &KeyReference) -> bool {
    let process = Process::default();
    match kind {
        Kind::Release | Kind::Change => {
            let plan = if kind == Kind::Release { PlanKind::Release } else { PlanKind::Change };
            let is_before = |status: Status| status <= Status::Scheduled;
            let wanted =
                process.rows.iter().filter(|row| row.kind == plan && is_before(row.status)).flat_map(|row| &row.parts);
            let mut words = wanted.map(|part| part.word().split('.').next().unwrap_or_default());
            let type_key = if kind == Kind::Release { "release_type" } else { "change_type" };
            words.any(|word| word == of.key.name) || ["service", type_key].contains(&of.key.name)
        }
        Kind::KnownError => {
            ["service", "symptoms", "error_codes", "workaround", "introduced_in", "severity"].contains(&of.key.name)
        }
        Kind::Problem => ["service", "priority", "cause"].contains(&of.key.name),
        Kind::StandardChange => {
            ["approved_by", "approved_on", "valid_until", "configuration_items", "risk"].contains(&of.key.name)
        }
        Kind::ConfigurationItem => ["class", "criticality", "support_group", "service"].contains(&of.key.name),
        Kind::Window => ["applies_to", "reason", "repeats"].contains(&of.key.name),
        Kind::Page | Kind::Service => false,
    }
}

/// The headings of a new record's body.
fn sections(kind: Kind) -> &'static [PlanSection] {
    match kind {
        Kind::Release | Kind::Change => &[
            PlanSection::Description,
            PlanSection::ImplementationPlan,
            PlanSection::DeploymentPlan,
            PlanSection::RollbackPlan,
            PlanSection::TestPlan,
        ],
        Kind::StandardChange => &[PlanSection::Description, PlanSection::ImplementationPlan, PlanSection::RollbackPlan],
        Kind::KnownError => &[PlanSection::Workaround],
        _ => &[],
    }
}

/// A former record without its days, results and approvals.
fn copied(opened: &Opened, index: RecordIndex, wanted: &NewRecord, id: &str, title: &str) -> Result<String> {
    let record = opened.book.get(index);
    ensure!(
        record.kind() == wanted.kind,
        "`{}` is {}, not {}",
        record.header().id,
        record.kind().with_article(),
        wanted.kind.with_article()
    );
    let source = &opened.book.sources[record.header().source.context("the record has a file")?];
    let matter = lines_of_keys(source).context("the front matter of the record cannot be copied")?;
    let given: Vec<&str> = wanted.set.iter().map(|(key, _)| key.as_str()).collect();
    let mut kept = String::new();
    for (key, lines) in &matter.keys {
        let is_left_out = EMPTIED.contains(&key.as_str()) || given.contains(&key.as_str());
        if !is_left_out && !["title", "name", "short_description"].contains(&key.as_str()) {
            kept += lines;
        }
    }
    let (fence, is) = if matter.is_toml { ("+++", " = ") } else { ("---", ": ") };
    let title_key = if wanted.kind == Kind::ConfigurationItem { "name" } else { "title" };
    let mut head =
        format!("id{is}{}\n{title_key}{is}{}\n", written(id, matter.is_toml), written(title, matter.is_toml));
    if matches!(wanted.kind, Kind::Release | Kind::Change) && !given.contains(&"status") {
        head += &format!("status{is}{}\n", written("draft", matter.is_toml));
    }
    for (key, value) in wanted.set.iter().filter(|(key, _)| key != "title" && key != "name") {
        let value = if matter.is_toml { written(value, true) } else { value_of(wanted.kind, key, value) };
        head += &format!("{key}{is}{value}\n");
    }
    Ok(format!("{fence}\n{head}{kept}{fence}\n{}", matter.body))
}
