//! `relbook.toml`: what a site sets. Everything has a default; an empty file is a site.

mod base_url;
mod editor;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

pub use self::base_url::base_url;
pub use self::editor::Editor;
use crate::diag::{Level, Lint, Profile, Sink};
use crate::read::markdown::safe_url;
use crate::read::{Fields, Term, UNKNOWN_FIELD, UNKNOWN_VALUE, UNSAFE_URL, Value, WRONG_TYPE, nearest, read_toml};
use crate::record::{
    Kind, KnownErrorStatus, Lifecycle, Part, PlanKind, PlanSection, PolicyDays, ProblemStatus, Process, Showing,
    Status, Step, Wanted, heading_key,
};
use crate::source::{Ignore, Source, Span};

impl Term for Profile {
    const WORDS: &'static [(&'static str, Profile)] =
        &[("records", Profile::Records), ("standard", Profile::Standard), ("strict", Profile::Strict)];
}

/// How ids of one shape link to their system of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tickets {
    prefix: String,
    suffix: String,
    url: String,
}

impl Tickets {
    /// The address of a ticket, if the id has this shape: the pattern with digits for `{number}`.
    pub fn url(&self, id: &str) -> Option<String> {
        let number = id.strip_prefix(&*self.prefix)?.strip_suffix(&*self.suffix)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| self.url.replace("{id}", id).replace("{number}", number))
    }
}

/// The keys of the front matter that an edition can list, in order.
pub fn showable() -> &'static [&'static str] {
    static SHOWABLE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let listed = Kind::ALL.iter().flat_map(|kind| kind.keys()).filter(|key| key.showing == Showing::Listed);
        let names: BTreeSet<&str> = listed.map(|key| key.name).collect();
        names.into_iter().collect()
    });
    &SHOWABLE
}

/// What one audience may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditionSettings {
    /// Kinds of record.
    pub types: Vec<Kind>,
    /// Keys of the front matter.
    pub keys: Vec<String>,
    /// Sections of the body, by heading.
    pub sections: Vec<String>,
}

impl EditionSettings {
    /// Whether a key of the front matter is listed.
    pub fn shows_key(&self, key: &str) -> bool {
        debug_assert!(key.is_empty() || showable().contains(&key), "{key} can be listed by no edition");
        self.keys.iter().any(|listed| listed == key)
    }

    /// Whether a section is listed, by its heading, a synonym of it, or the key that says the same.
    pub fn shows_section(&self, heading: &str) -> bool {
        let section = PlanSection::of_heading(heading);
        let key = heading_key(heading);
        let same = |listed: &String| match section {
            Some(_) => PlanSection::of_heading(listed) == section,
            None => !key.is_empty() && heading_key(listed) == key,
        };
        let key = match section {
            Some(PlanSection::Workaround) => "workaround",
            Some(PlanSection::Symptoms) => "symptoms",
            Some(PlanSection::RootCause) => "cause",
            Some(PlanSection::BusinessCase) => "business_case",
            _ => "",
        };
        self.sections.iter().any(same) || self.shows_key(key)
    }
}

/// What a site sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// Where it will be published, with a slash at its end.
    pub base_url: Option<String>,
    /// The zone of windows that name none, and of the calendar.
    pub time_zone: TimeZone,
    /// Language of the records (BCP 47).
    pub language: String,
    /// Folder of the records below the site's.
    pub content: String,
    /// Where `content` stands.
    pub content_span: Span,
    /// What of the site's folder is as if it were not there.
    pub ignore: Ignore,
    /// Where a record is edited; `{path}` is its path.
    pub edit_url: Option<String>,
    /// The editor that a preview opens sources in.
    pub editor: Option<Editor>,
    /// Whether images may come from other hosts.
    pub remote_images: bool,
    /// The set of levels.
    pub profile: Profile,
    /// Levels that differ from the profile's, as written.
    pub lints: Vec<(String, Span, Level)>,
    /// Systems of record.
    pub tickets: Vec<Tickets>,
    /// Which parts a plan wants.
    pub process: Process,
    /// Which status may follow which.
    pub lifecycle: Lifecycle,
    /// Editions by name.
    pub editions: FxHashMap<String, EditionSettings>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: "Release records".to_owned(),
            base_url: None,
            time_zone: TimeZone::UTC,
            language: "en".to_owned(),
            content: String::new(),
            content_span: Span::default(),
            ignore: Ignore::default(),
            edit_url: None,
            editor: None,
            remote_images: false,
            profile: Profile::default(),
            lints: Vec::new(),
            tickets: Vec::new(),
            process: Process::default(),
            lifecycle: Lifecycle::default(),
            editions: FxHashMap::default(),
        }
    }
}

/// Reads `relbook.toml`; every fault of it goes to `sink`.
pub fn read(source: &Source, lints: &[&'static Lint], sink: &Sink) -> Settings {
    let mut settings = Settings::default();
    let Some(node) = read_toml(&source.text, 0, sink) else { return settings };
    let Some(fields) = Fields::new(&node, "relbook.toml", sink) else { return settings };
    if let Some(title) = fields.text("title") {
        settings.title = title;
    }
    settings.base_url = published_at(&fields);
    settings.time_zone = fields.time_zone("time_zone").unwrap_or(TimeZone::UTC);
    if let Some((language, span)) = fields.spanned_text("language") {
        match language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            true => settings.language = language,
            false => sink.push(
                sink.finding(&UNKNOWN_VALUE, span, "this is no language").help("write a tag such as `en` or `de-CH`"),
            ),
        }
    }
    if let Some((content, span)) = fields.spanned_text("content") {
        let parts: Vec<&str> = content.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        match !content.starts_with('/') && !content.contains('\\') && !parts.contains(&"..") {
            true => (settings.content, settings.content_span) = (parts.join("/"), span),
            false => sink.push(
                sink.finding(&UNKNOWN_VALUE, span, "`content` leads out of the site's folder")
                    .help("name a folder below the one of relbook.toml, such as `records`"),
            ),
        }
    }
    if let Some((theme, span)) = fields.spanned_text("theme")
        && theme != "default"
    {
        sink.push(
            sink.finding(&UNKNOWN_VALUE, span, format!("there is no theme `{theme}`"))
                .replace_with("\"default\"")
                .help("put your own templates and styles into the folder `theme`; they go over the default theme's"),
        );
    }
    settings.ignore = ignore(&fields);
    settings.edit_url = fields.url("edit_url");
    settings.remote_images = fields.flag("remote_images");
    if let Some(serve) = fields.map("serve", "`[serve]`", "") {
        settings.editor = serve.term("editor");
        serve.finish();
    }
    if let Some(levels) = fields.map("lints", "`[lints]`", "") {
        read_lints(levels, lints, &mut settings);
    }
    settings.tickets = fields
        .maps("tickets", "`[[tickets]]`", "{pattern = \u{2026}, url = \"https://itsm.example.com/{id}\"}")
        .into_iter()
        .filter_map(tickets)
        .collect();
    if let Some(process) = fields.map("process", "`[process]`", "") {
        read_process(process, &mut settings.process);
    }
    if let Some(lifecycle) = fields.map("lifecycle", "`[lifecycle]`", "") {
        read_lifecycle(lifecycle, &mut settings.lifecycle);
    }
    if let Some(editions) = fields.map("editions", "`[editions]`", "") {
        for entry in editions.entries() {
            if !is_edition_name(&entry.key) {
                let finding = sink.finding(&UNKNOWN_VALUE, entry.key_span, "this is no name of an edition");
                sink.push(
                    finding
                        .help("use letters, digits, `-` and `_`: the name stands in the output folder's, `site-NAME`"),
                );
            }
            if let Some(fields) = Fields::new(&entry.node, "an edition", sink) {
                settings.editions.insert(entry.key.clone(), edition(fields));
            }
        }
    }
    fields.finish();
    settings
}

/// `ignore = ["drafts/", "*.bak"]`
fn ignore(fields: &Fields<'_>) -> Ignore {
    let patterns = fields.texts("ignore");
    let (ignore, faults) = Ignore::new(patterns.iter().map(|(pattern, _)| pattern.as_str()));
    for (number, fault) in faults {
        let (pattern, span) = &patterns[number];
        let finding = fields.sink().finding(&UNKNOWN_VALUE, *span, format!("`{pattern}` is no pattern: {fault}"));
        fields
            .sink()
            .push(finding.help("write it as in a `.gitignore`, seen from the folder of relbook.toml: \"drafts/\""));
    }
    ignore
}

/// `base_url = "https://releases.example.com/"`
fn published_at(fields: &Fields<'_>) -> Option<String> {
    let (text, span) = fields.spanned_text("base_url")?;
    let sink = fields.sink();
    base_url(&text)
        .map_err(|fault| {
            let lint = if safe_url(&text) { &UNKNOWN_VALUE } else { &UNSAFE_URL };
            let finding = sink.finding(lint, span, format!("this address {fault}"));
            sink.push(finding.help("write the site's own address, such as \"https://releases.example.com/docs/\""));
        })
        .ok()
}

/// Whether an edition's name can stand in a folder's, on every disk.
fn is_edition_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
}

impl Term for Level {
    const WORDS: &'static [(&'static str, Level)] =
        &[("off", Level::Off), ("warn", Level::Warn), ("error", Level::Error)];
}

fn read_lints(fields: Fields<'_>, lints: &[&'static Lint], settings: &mut Settings) {
    settings.profile = fields.term("profile").unwrap_or_default();
    for entry in fields.entries().iter().filter(|entry| entry.key != "profile") {
        let sink = fields.sink();
        let Some(lint) = lints.iter().find(|lint| lint.code == entry.key || lint.name == entry.key) else {
            let mut finding = sink
                .finding(&UNKNOWN_FIELD, entry.key_span, format!("there is no lint `{}`", entry.key))
                .label("neither a code nor a name of a lint");
            finding = match nearest(&entry.key, lints.iter().map(|lint| lint.name)) {
                Some(near) => finding.replace_with(near),
                None => finding.help("`relbook check --list` names them all"),
            };
            sink.push(finding);
            continue;
        };
        let level = match &entry.node.value {
            Value::Scalar { text, .. } => Level::WORDS.iter().find(|(word, _)| word == text),
            _ => None,
        };
        match level {
            Some((_, level)) => settings.lints.push((lint.code.to_owned(), entry.key_span, *level)),
            None => sink.push(
                sink.finding(&UNKNOWN_VALUE, entry.node.span, "this is no level")
                    .help("allowed: \"error\", \"warn\", \"off\""),
            ),
        }
    }
}

fn tickets(fields: Fields<'_>) -> Option<Tickets> {
    let (pattern, span) = fields.spanned_text("pattern")?;
    let url = fields.url("url");
    let split = pattern.split_once("{number}").map(|(prefix, suffix)| (prefix.to_owned(), suffix.to_owned()));
    if split.is_none() {
        fields.sink().push(
            fields
                .sink()
                .finding(&UNKNOWN_VALUE, span, "the pattern has no `{number}`")
                .help("write the shape of an id, such as \"PRB-{number}\""),
        );
    }
    fields.finish();
    let (prefix, suffix) = split?;
    Some(Tickets { prefix, suffix, url: url? })
}

fn edition(fields: Fields<'_>) -> EditionSettings {
    let types = fields.terms("types");
    let sections = fields.texts("sections").into_iter().map(|(text, _)| text).collect();
    let mut keys = Vec::new();
    for (key, span) in fields.texts("keys") {
        if showable().contains(&key.as_str()) {
            keys.push(key);
            continue;
        }
        let finding = fields
            .sink()
            .finding(&UNKNOWN_VALUE, span, format!("`{key}` is no key that an edition can show"))
            .label("shows nothing");
        fields.sink().push(match nearest(&key, showable().iter().copied()) {
            Some(near) => finding.replace_with(near),
            None => finding.help("list keys of the front matter, such as `summary`; the `id` is always shown"),
        });
    }
    let settings = EditionSettings { types, keys, sections };
    fields.finish();
    settings
}

/// `[process.release.major] approved = [...]` takes the place of the built-in list for that status.
fn read_process(fields: Fields<'_>, process: &mut Process) {
    for kind in PlanKind::ALL.iter().copied() {
        let Some(types) = fields.map(kind.word(), "`[process]`", "") else { continue };
        for of_type in types.entries() {
            let Some(statuses) = Fields::new(&of_type.node, "`[process]`", types.sink()) else { continue };
            for (word, status) in Status::WORDS {
                let Some(node) = statuses.node(word) else { continue };
                let parts = match &node.value {
                    Value::List(items) => items.iter().filter_map(|item| part(item, types.sink())).collect(),
                    _ => {
                        let sink = types.sink();
                        sink.push(
                            sink.finding(&WRONG_TYPE, node.span, format!("`{word}` takes a list of parts"))
                                .label("expected a list")
                                .help("write the parts of the plan in brackets: `[\"description\", \"windows\"]`"),
                        );
                        continue;
                    }
                };
                process.rows.retain(|row| !(row.kind == kind && row.of_type == of_type.key && row.status == *status));
                process.rows.push(Wanted { kind, of_type: of_type.key.clone(), status: *status, parts });
            }
            statuses.finish();
        }
    }
    if let Some(days) = fields.map("days", "`[process.days]`", "") {
        read_days(days, &mut process.days);
    }
    fields.finish();
}

fn read_days(fields: Fields<'_>, days: &mut PolicyDays) {
    let keys = [
        ("workaround", &mut days.workaround),
        ("known_error", &mut days.known_error),
        ("emergency_approval", &mut days.emergency_approval),
    ];
    for (key, value) in keys {
        let Some((text, span)) = fields.spanned_text(key) else { continue };
        match text.parse() {
            Ok(number) => *value = number,
            Err(_) => fields.sink().push(
                fields
                    .sink()
                    .finding(&UNKNOWN_VALUE, span, format!("`{text}` is no number of days"))
                    .help("write a whole number from 0 to 65535"),
            ),
        }
    }
    fields.finish();
}

/// `[lifecycle.release] scheduled = [...]` takes the place of the built-in list of what may follow that status.
fn read_lifecycle(fields: Fields<'_>, lifecycle: &mut Lifecycle) {
    for kind in [Kind::Release, Kind::Change] {
        read_steps(&fields, kind, Status::ALL, Status::word, lifecycle);
    }
    read_steps(&fields, Kind::KnownError, KnownErrorStatus::ALL, KnownErrorStatus::word, lifecycle);
    read_steps(&fields, Kind::Problem, ProblemStatus::ALL, ProblemStatus::word, lifecycle);
    fields.finish();
}

fn read_steps<T: Term>(
    fields: &Fields<'_>,
    kind: Kind,
    all: &[T],
    word: fn(T) -> &'static str,
    lifecycle: &mut Lifecycle,
) {
    let Some(of_kind) = fields.map(kind.word(), "`[lifecycle]`", "") else { return };
    for from in all.iter().copied().map(word).filter(|from| of_kind.node(from).is_some()) {
        let to = of_kind.terms::<T>(from).into_iter().map(word).collect();
        lifecycle.steps.retain(|step| !(step.kind == kind && step.from == from));
        lifecycle.steps.push(Step { kind, from, to });
    }
    of_kind.finish();
}

fn part(node: &crate::read::Node, sink: &Sink) -> Option<Part> {
    let Value::Scalar { text, .. } = &node.value else { return None };
    let found = Part::WORDS.iter().find(|(word, _)| word == text);
    if found.is_none() {
        let words = Part::WORDS.iter().map(|(word, _)| *word);
        let mut finding = sink
            .finding(&UNKNOWN_VALUE, node.span, format!("`{text}` is no part of a plan"))
            .help(format!("parts: {}", words.clone().collect::<Vec<_>>().join(", ")));
        if let Some(near) = nearest(text, words) {
            finding = finding.replace_with(format!("\"{near}\""));
        }
        sink.push(finding);
    }
    found.map(|(_, part)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn settings(text: &str) -> (Settings, Vec<String>) {
        let sink = Sink::new(SourceId::SETTINGS);
        let settings = read(&Source::new("relbook.toml", text.to_owned()), &[], &sink);
        (settings, sink.into_findings().into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn an_empty_file_is_a_site() {
        let (settings, findings) = settings("");
        assert_eq!((settings.title.as_str(), findings.len()), ("Release records", 0));
    }

    #[test]
    fn tickets_link_ids_of_their_shape_only() {
        let (settings, findings) =
            settings("[[tickets]]\npattern = \"PRB-{number}\"\nurl = \"https://t.example/{id}\"\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(settings.tickets[0].url("PRB-33"), Some("https://t.example/PRB-33".to_owned()));
        assert_eq!(settings.tickets[0].url("PRB-x"), None);
    }

    #[test]
    fn every_fault_is_said_at_once() {
        let (_, findings) = settings("titel = \"x\"\ntime_zone = \"Europe/Lundun\"\n[lints]\nprofile = \"lax\"\n");
        assert_eq!(
            findings,
            ["`Europe/Lundun` is no time zone", "`lax` is no value of `profile`", "relbook.toml has no key `titel`"]
        );
    }
}
