//! RB330: settings that want less than they did at a revision.

use crate::config::{Listed, Settings};
use crate::diag::{Finding, Level, Levels, Lint, Sink};
use crate::read::{Entry, Node, Term, Value, read_toml};
use crate::record::{ApprovalPolicy, Kind, Part, PlanKind, PolicyDays, Status, fold_name};
use crate::source::{Place, Revision, Source, SourceId, Span};

/// Settings that want less than they did.
pub const SETTINGS_WEAKENED: Lint = Lint::process(
    "RB330",
    "settings-weakened",
    "settings that want less of records than they did at `--since REVISION`",
    include_str!("settings_weakened.md"),
)
.never_waived();

/// The settings of a revision, or those of today, each with the levels that follow from them.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// As they were read.
    pub settings: &'a Settings,
    /// By its profile and its own levels, whatever a command line says.
    pub levels: &'a Levels,
}

/// Holds the settings against those of a revision. `text` is that of today's.
pub fn weakened(
    was: Rules<'_>,
    is: Rules<'_>,
    text: &Source,
    revision: &Revision,
    lints: &[&'static Lint],
) -> Vec<Finding> {
    let root = read_toml(&text.text, 0, &Sink::new(SourceId::SETTINGS));
    let mut told = Told { root, since: &revision.name, findings: Vec::new() };
    told.levels(was, is, lints);
    told.never_allow(was, is, lints);
    told.parts(was.settings, is.settings);
    told.approvals(was.settings, is.settings);
    told.days(was.settings, is.settings);
    told.steps(was.settings, is.settings);
    for (word, sort) in Listed::WORDS {
        if was.settings.references.lists(*sort) && !is.settings.references.lists(*sort) {
            told.add(&["references", "listed"], format!("`listed` no longer holds `{word}`"));
        }
    }
    told.zone(was.settings, is.settings);
    told.records(was.settings, is.settings, revision);
    told.findings
}

/// What was found so far, and where it is written.
struct Told<'a> {
    /// The settings of today as a tree, if they could be read.
    root: Option<Node>,
    since: &'a str,
    findings: Vec<Finding>,
}

impl Told<'_> {
    /// A finding at a key of today's settings; at their start where the key is not written any more.
    fn add(&mut self, path: &[&str], what: String) {
        let span = self.root.as_ref().and_then(|root| span_of(root, path)).unwrap_or_default();
        self.add_at(span, what);
    }

    fn add_at(&mut self, span: Span, what: String) {
        let place = Place { source: SourceId::SETTINGS, span };
        let finding = Finding::new(&SETTINGS_WEAKENED, place, what).label(format!("stricter at {}", self.since));
        self.findings.push(finding.help("put it back, or let whoever answers for the process agree to the change"));
    }

    /// A lower profile, and levels that are lower by themselves.
    fn levels(&mut self, was: Rules<'_>, is: Rules<'_>, lints: &[&'static Lint]) {
        if is.settings.profile < was.settings.profile {
            self.add(&["lints", "profile"], "the profile wants less than it did".to_owned());
        }
        let by_themselves = Levels { profile: was.levels.profile, ..is.levels.clone() };
        for lint in lints {
            let (before, now) = (was.levels.of(lint), is.levels.of(lint));
            if now < before && by_themselves.of(lint) < before {
                let written = is.settings.lints.iter().rev().find(|(code, ..)| code == lint.code);
                let span = written.map_or_else(Span::default, |(_, span, _)| *span);
                let what = format!("the level of {} is `{}` and was `{}`", lint.name, now.word(), before.word());
                self.add_at(span, what);
            }
        }
    }

    /// Lints that a record can silence now.
    fn never_allow(&mut self, was: Rules<'_>, is: Rules<'_>, lints: &[&'static Lint]) {
        let by_itself = Levels { profile: was.levels.profile, ..is.levels.clone() };
        let is_opened = |lint: &&&Lint| {
            let was = was.levels;
            was.of(lint) != Level::Off
                && !was.is_waivable(lint)
                && is.levels.is_waivable(lint)
                && by_itself.is_waivable(lint)
        };
        let opened: Vec<&str> = lints.iter().filter(is_opened).map(|lint| lint.code).collect();
        if !opened.is_empty() {
            self.add(&["lints", "never_allow"], format!("records can silence {} now", opened.join(", ")));
        }
    }

    /// Parts of plans that are wanted no longer, or later.
    fn parts(&mut self, was: &Settings, is: &Settings) {
        for kind in PlanKind::ALL.iter().copied() {
            for of_type in kind.types() {
                let mut told: Vec<Part> = Vec::new();
                for (word, status) in Status::WORDS {
                    let wanted = is.process.wanted(kind, Some(of_type), *status);
                    let before = was.process.wanted(kind, Some(of_type), *status).into_iter();
                    let gone: Vec<Part> =
                        before.filter(|part| !wanted.contains(part) && !told.contains(part)).collect();
                    if gone.is_empty() {
                        continue;
                    }
                    let words: Vec<&str> = gone.iter().map(|part| part.word()).collect();
                    let label = kind.label();
                    let what = format!("a {of_type} {label} that is `{word}` no longer wants {}", words.join(", "));
                    self.add(&["process", kind.word(), of_type, word], what);
                    told.extend(gone);
                }
            }
        }
    }

    /// Approvals that are wanted no longer.
    fn approvals(&mut self, was: &Settings, is: &Settings) {
        let nothing = ApprovalPolicy::default();
        for (of_type, before) in &was.process.approvals {
            let now = is.process.approvals.get(of_type).unwrap_or(&nothing);
            let has = |role: &str| now.roles.iter().any(|other| fold_name(other) == fold_name(role));
            let at = |key| ["process", "approvals", of_type.as_str(), key];
            for role in before.roles.iter().filter(|role| !has(role)) {
                self.add(&at("roles"), format!("{of_type}: the approval of `{role}` is no longer wanted"));
            }
            if now.at_least < before.at_least {
                let (now, before) = (now.at_least, before.at_least);
                self.add(&at("at_least"), format!("{of_type}: {now} approvals are enough, and {before} were wanted"));
            }
            for involved in before.not.iter().filter(|involved| !now.not.contains(involved)) {
                self.add(&at("not"), format!("{of_type}: the {} may approve now", involved.word()));
            }
        }
    }

    /// More time for what takes long, less notice.
    fn days(&mut self, was: &Settings, is: &Settings) {
        let longer = |of: &PolicyDays| {
            let approval = of.approval.unwrap_or(u16::MAX);
            let emergency = ("emergency_approval", of.emergency_approval);
            [("approval", approval), emergency, ("workaround", of.workaround), ("known_error", of.known_error)]
        };
        let (before, now) = (&was.process.days, &is.process.days);
        for ((key, before), (_, now)) in longer(before).into_iter().zip(longer(now)) {
            if now > before {
                self.add(&["process", "days", key], format!("`{key}` takes more days than {before}"));
            }
        }
        if now.notice < before.notice {
            let what = format!("`notice` is {} days, and was {}", now.notice, before.notice);
            self.add(&["process", "days", "notice"], what);
        }
        for (folded, before) in &was.process.notice {
            let now = is.process.notice.get(folded);
            if now.is_none_or(|now| now.days < before.days) {
                let name = now.map_or(&before.name, |now| &now.name);
                self.add(
                    &["process", "notice", name],
                    format!("`{}` is told less than {} days before", before.name, before.days),
                );
            }
        }
    }

    /// Steps of a lifecycle that were none.
    fn steps(&mut self, was: &Settings, is: &Settings) {
        for step in &is.lifecycle.steps {
            let of = |kind: Kind| was.lifecycle.steps.iter().find(move |of| of.kind == kind && of.from == step.from);
            let before = of(step.kind).map_or(&[][..], |of| &of.to);
            for to in step.to.iter().filter(|to| !before.contains(to)) {
                let what = format!("`{to}` may follow `{}` now", step.from);
                self.add(&["lifecycle", step.kind.word(), step.from], what);
            }
        }
    }

    /// Times that name no zone are others now, of approved windows too.
    fn zone(&mut self, was: &Settings, is: &Settings) {
        let name = |of: &Settings| of.time_zone.iana_name().unwrap_or("UTC").to_owned();
        if name(was) != name(is) {
            self.add(&["time_zone"], format!("every time without a zone was one of {}, and is moved", name(was)));
        }
    }

    /// Records that are read no longer.
    fn records(&mut self, was: &Settings, is: &Settings, revision: &Revision) {
        if was.content != is.content {
            let folder = if was.content.is_empty() { "." } else { &was.content };
            self.add(&["content"], format!("the records of `{folder}` are read no longer"));
            return;
        }
        let path_of =
            |path: &str| if is.content.is_empty() { path.to_owned() } else { format!("{}/{path}", is.content) };
        let is_hidden = |of: &&Source| is.ignore.names(&path_of(&of.path), false);
        let hidden: Vec<&str> = revision.texts.iter().filter(is_hidden).map(|of| of.path.as_str()).collect();
        if let Some(first) = hidden.first() {
            let what =
                format!("`ignore` hides records that were there: {}, of which the first is {first}", hidden.len());
            self.add(&["ignore"], what);
        }
    }
}

/// Where a key stands; nothing where it is not written.
fn span_of(root: &Node, path: &[&str]) -> Option<Span> {
    let (last, above) = path.split_last()?;
    let mut node = root;
    for step in above {
        node = &entry(node, step)?.node;
    }
    entry(node, last).map(|entry| entry.key_span)
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a Entry> {
    match &node.value {
        Value::Map(entries) => entries.iter().find(|entry| entry.key == key),
        _ => None,
    }
}
