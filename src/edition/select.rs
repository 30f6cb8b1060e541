//! Takes from all records what an audience may see. Default deny: a record is made anew from the keys that are
//! listed, and a key that nobody lists is not in it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Audience;
use super::ranges::untold;
use crate::book::Excerpt;
use crate::config::{EditionSettings, Settings};
use crate::record::{
    Audience as Level, CalendarWindow, Change, ConfigurationItem, Header, Kind, KnownError, Page, Plan, Problem,
    Record, Reference, Release, Window, fold,
};
use crate::source::{Source, Sources, Span};

/// Ids that are printed as plain text, each under its key.
type PlainIds = Vec<(&'static str, String)>;

/// What is left for an audience.
pub(super) struct Selection {
    pub records: Vec<Record>,
    pub sources: Sources,
    /// Ids that are printed as plain text: of which record, under which key.
    pub plain: Vec<(Kind, String, PlainIds)>,
    /// Known errors, and releases with their services, of whose ranges nothing may be told.
    pub untold: FxHashSet<(Kind, String)>,
}

pub(super) fn select(records: Vec<Record>, mut sources: Sources, audience: &Audience) -> Selection {
    let settings = audience.edition.as_ref().map(|(_, settings)| settings);
    let is_kept = |record: &Record| {
        let header = record.header();
        (audience.with_drafts || !header.draft)
            && settings
                .is_none_or(|settings| header.audience == Level::Customer && settings.types.contains(&record.kind()))
    };
    let mut scope = Scope { kept: FxHashSet::default(), left_out: FxHashMap::default(), settings };
    for record in records.iter().filter(|record| record.header().source.is_some()) {
        let key = (record.kind(), fold(&record.header().id));
        match is_kept(record) {
            true => {
                scope.kept.insert(key);
            }
            false => {
                scope.left_out.insert(key, record.header().draft && !audience.with_drafts);
            }
        }
    }
    let mut selection =
        Selection { records: Vec::new(), sources: Sources::default(), plain: Vec::new(), untold: FxHashSet::default() };
    for record in records.into_iter().filter(|record| record.header().source.is_some() && is_kept(record)) {
        let mut plain = Vec::new();
        let (mut shown, whole) = match settings {
            Some(settings) => {
                let mut shown = listed(&record, settings);
                shorten_body(&mut shown, &record, &mut sources, settings);
                (shown, Some(record))
            }
            None => (record, None),
        };
        scope.drop_references(&mut shown, &mut plain);
        selection.untold.extend(whole.iter().flat_map(|whole| untold(whole, &shown, settings)));
        if !plain.is_empty() {
            selection.plain.push((shown.kind(), shown.header().id.clone(), plain));
        }
        selection.records.push(shown);
    }
    selection.sources = sources;
    selection
}

/// The same record with nothing but the listed keys.
fn listed(record: &Record, settings: &EditionSettings) -> Record {
    let has = |key: &str| settings.shows_key(key);
    let header = listed_header(record, &has);
    match record {
        Record::Release(of) => Record::Release(Box::new(Release {
            plan: listed_plan(&of.plan, &has),
            version: keep(has("version"), &of.version),
            release_type: keep(has("release_type"), &of.release_type),
            changes: keep(has("changes"), &of.changes),
            known_errors: keep(has("known_errors"), &of.known_errors),
            header,
        })),
        Record::Change(of) => Record::Change(Box::new(Change {
            plan: listed_plan(&of.plan, &has),
            version: keep(has("version"), &of.version),
            change_type: keep(has("change_type"), &of.change_type),
            risk: keep(has("risk"), &of.risk),
            priority: keep(has("priority"), &of.priority),
            releases: keep(has("releases"), &of.releases),
            known_errors: keep(has("known_errors"), &of.known_errors),
            header,
        })),
        Record::KnownError(of) => Record::KnownError(Box::new(KnownError {
            status: keep(has("status"), &of.status),
            symptoms: keep(has("symptoms"), &of.symptoms),
            error_codes: keep(has("error_codes"), &of.error_codes),
            cause: keep(has("cause"), &of.cause),
            workaround: keep(has("workaround"), &of.workaround),
            workaround_status: keep(has("workaround_status"), &of.workaround_status),
            severity: keep(has("severity"), &of.severity),
            detected: keep(has("detected"), &of.detected),
            resolved: keep(has("resolved"), &of.resolved),
            introduced_in: keep(has("introduced_in"), &of.introduced_in),
            fixed_in: keep(has("fixed_in"), &of.fixed_in),
            affects: keep(has("affects"), &of.affects),
            planned_fix: keep(has("planned_fix"), &of.planned_fix),
            header,
        })),
        Record::Problem(of) => Record::Problem(Box::new(Problem {
            status: keep(has("status"), &of.status),
            priority: keep(has("priority"), &of.priority),
            cause: keep(has("cause"), &of.cause),
            url: keep(has("url"), &of.url),
            header,
        })),
        Record::ConfigurationItem(of) => Record::ConfigurationItem(Box::new(ConfigurationItem {
            class: keep(has("class"), &of.class),
            criticality: keep(has("criticality"), &of.criticality),
            support_group: keep(has("support_group"), &of.support_group),
            depends_on: keep(has("depends_on"), &of.depends_on),
            part_of: keep(has("part_of"), &of.part_of),
            escalation: keep(has("escalation"), &of.escalation),
            header,
        })),
        Record::Window(of) => Record::Window(Box::new(CalendarWindow {
            kind: of.kind,
            first: of.first.clone(),
            repeats: of.repeats.clone(),
            is_for_all: of.is_for_all,
            services: keep(has("applies_to"), &of.services),
            configuration_items: keep(has("applies_to"), &of.configuration_items),
            is_hard: of.is_hard,
            exceptions: keep(has("exceptions"), &of.exceptions),
            reason: keep(has("reason"), &of.reason),
            header,
        })),
        Record::Page(_) | Record::Service(_) => Record::Page(Box::new(Page { header })),
    }
}

/// What customers may see of a record that the company's own staff show them by hand: the keys that the edition
/// `customer` lists, else those without which nobody can be told of planned work.
pub fn shown_to_customers(record: &Record, settings: &Settings) -> Record {
    const KEYS: [&str; 7] = ["title", "summary", "version", "service", "status", "planned_date", "windows"];
    let default = || EditionSettings { types: Vec::new(), keys: KEYS.map(str::to_owned).into(), sections: Vec::new() };
    listed(record, &settings.editions.get("customer").cloned().unwrap_or_else(default))
}

/// The value if its key is listed, else nothing.
fn keep<T: Default + Clone>(is_listed: bool, value: &T) -> T {
    if is_listed { value.clone() } else { T::default() }
}

fn listed_header(record: &Record, has: &dyn Fn(&str) -> bool) -> Header {
    let of = record.header();
    let titled = has("title") || (record.kind() == Kind::ConfigurationItem && has("name"));
    Header {
        id: of.id.clone(),
        title: if titled { of.title.clone() } else { of.id.clone() },
        summary: keep(has("summary"), &of.summary),
        audience: of.audience,
        draft: of.draft,
        owner: keep(has("owner"), &of.owner),
        service: keep(has("service"), &of.service),
        configuration_items: keep(has("configuration_items"), &of.configuration_items),
        problems: keep(has("problems"), &of.problems),
        tags: keep(has("tags"), &of.tags),
        links: keep(has("links"), &of.links),
        aliases: keep(has("aliases"), &of.aliases),
        extra: keep(has("extra"), &of.extra),
        allow: Vec::new(),
        source: of.source,
        fence: of.fence,
        body: of.body,
        // Nothing is built while a key has to be read under another name.
        renamed: Vec::new(),
    }
}

fn listed_plan(of: &Plan, has: &dyn Fn(&str) -> bool) -> Plan {
    Plan {
        status: keep(has("status"), &of.status),
        initiator: keep(has("initiator"), &of.initiator),
        release_manager: keep(has("release_manager"), &of.release_manager),
        business_case: keep(has("business_case"), &of.business_case),
        effects: keep(has("effects"), &of.effects),
        impact: keep(has("impact"), &of.impact),
        raci: keep(has("raci"), &of.raci),
        escalation: keep(has("escalation"), &of.escalation),
        approvals: keep(has("approvals"), &of.approvals),
        planned_date: keep(has("planned_date"), &of.planned_date),
        windows: listed_windows(&of.windows, has),
        notifications: keep(has("notifications"), &of.notifications),
        tests: keep(has("tests"), &of.tests),
        artefacts: keep(has("artefacts"), &of.artefacts),
        rollback: keep(has("rollback"), &of.rollback),
        review: keep(has("review"), &of.review),
        supersedes: keep(has("supersedes"), &of.supersedes),
        incidents_fixed: keep(has("incidents_fixed"), &of.incidents_fixed),
        incidents_caused: keep(has("incidents_caused"), &of.incidents_caused),
    }
}

/// When work is done is one thing, who agreed to it another: that is one of the approvals.
fn listed_windows(of: &[Window], has: &dyn Fn(&str) -> bool) -> Vec<Window> {
    if !has("windows") {
        return Vec::new();
    }
    let approved = has("approvals");
    of.iter()
        .map(|window| Window {
            approved_by: keep(approved, &window.approved_by),
            approved_on: keep(approved, &window.approved_on),
            ..window.clone()
        })
        .collect()
}

/// Which records are left.
struct Scope<'a> {
    kept: FxHashSet<(Kind, String)>,
    /// Records that have a file and are left out: whether as a draft, which leaves no trace at all.
    left_out: FxHashMap<(Kind, String), bool>,
    settings: Option<&'a EditionSettings>,
}

enum Fate {
    Linked,
    PlainText,
    Dropped,
}

impl Scope<'_> {
    fn fate(&self, kind: Kind, id: &str) -> Fate {
        let key = (kind, fold(id));
        if self.kept.contains(&key) {
            return Fate::Linked;
        }
        match self.left_out.get(&key) {
            Some(true) => Fate::Dropped,
            Some(false) => Fate::PlainText,
            None if matches!(kind, Kind::Problem | Kind::ConfigurationItem | Kind::Service) => Fate::Linked,
            None if self.settings.is_none() => Fate::Linked,
            None => Fate::PlainText,
        }
    }

    fn drop_references(&self, record: &mut Record, plain: &mut Vec<(&'static str, String)>) {
        let mut filter = |key: &'static str, kind: Kind, references: &mut Vec<Reference>| {
            references.retain(|reference| match self.fate(kind, &reference.id) {
                Fate::Linked => true,
                Fate::PlainText => {
                    plain.push((key, reference.id.clone()));
                    false
                }
                Fate::Dropped => false,
            });
        };
        let header = record.header_mut();
        filter("Problems", Kind::Problem, &mut header.problems);
        filter("Configuration items", Kind::ConfigurationItem, &mut header.configuration_items);
        if let Some(plan) = record.plan_mut() {
            filter_one(&mut filter, "Supersedes", &mut plan.supersedes);
            if let Some(rollback) = &mut plan.rollback {
                filter_one(&mut filter, "Follow-up release", &mut rollback.follow_up);
            }
            for lesson in plan.review.iter_mut().flat_map(|review| &mut review.lessons) {
                filter("Configuration items", Kind::ConfigurationItem, &mut lesson.configuration_items);
            }
        }
        match record {
            Record::Release(of) => {
                filter("Changes delivered", Kind::Change, &mut of.changes);
                filter("Known errors", Kind::KnownError, &mut of.known_errors);
            }
            Record::Change(of) => {
                filter("Delivered by", Kind::Release, &mut of.releases);
                filter("Known errors", Kind::KnownError, &mut of.known_errors);
            }
            Record::KnownError(of) => {
                filter("Introduced in", Kind::Release, &mut of.introduced_in);
                filter("Fixed in", Kind::Release, &mut of.fixed_in);
                filter("Releases that have it", Kind::Release, &mut of.affects);
                filter_one(&mut filter, "Fix planned in", &mut of.planned_fix);
            }
            Record::ConfigurationItem(of) => {
                filter("Depends on", Kind::ConfigurationItem, &mut of.depends_on);
                filter("Part of", Kind::ConfigurationItem, &mut of.part_of);
            }
            Record::Window(of) => {
                filter("Configuration items", Kind::ConfigurationItem, &mut of.configuration_items);
                of.exceptions.retain(|exception| {
                    [Kind::Release, Kind::Change]
                        .iter()
                        .any(|kind| self.kept.contains(&(*kind, fold(&exception.record.id))))
                });
            }
            Record::Problem(_) | Record::Service(_) | Record::Page(_) => {}
        }
    }
}

fn filter_one(
    filter: &mut impl FnMut(&'static str, Kind, &mut Vec<Reference>),
    key: &'static str,
    reference: &mut Option<Reference>,
) {
    let mut one: Vec<Reference> = reference.take().into_iter().collect();
    filter(key, Kind::Release, &mut one);
    *reference = one.pop();
}

/// Puts a text with nothing but the listed sections in the place of the record's own.
fn shorten_body(record: &mut Record, whole: &Record, sources: &mut Sources, settings: &EditionSettings) {
    let header = record.header_mut();
    let Some(source) = header.source else { return };
    let path = sources[source].path.clone();
    let text = &sources[source].text[header.body.range()];
    let kept = Excerpt::new(whole, text, settings).text(text);
    header.fence = Span::default();
    header.body = Span::new(0..kept.len());
    header.source = Some(sources.add(Source { path, text: kept }));
}
