//! A release's page: the whole plan.

use serde::Serialize;

use super::notice::has_notice;
use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html, incident_facts};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::row::Link;
use super::parts::runs::{ComponentRow, component_rows};
use super::plan::view::{PlanView, plan};
use crate::book::{Direction, RecordIndex};
use crate::edition::Edition;
use crate::record::{Record, Relation, Release, Standing};
use crate::route::Route;

/// How many known errors whose fix a release is to bring its page names in a sentence.
const FIXES_SHOWN: usize = 20;

/// Known errors that a release has, all since one release.
#[derive(Debug, Serialize)]
pub struct CarriedGroup {
    /// The release that introduced them; nothing where they are here because this release, or they, say so.
    pub since: Option<Link>,
    /// Its version.
    pub version: Option<String>,
    /// The known errors, as HTML.
    pub rows: String,
}

/// The view of `release.html`.
#[derive(Debug, Serialize)]
pub struct ReleaseView {
    /// What stands around it.
    pub page: Frame,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Facts in a few words, as HTML.
    pub facts: String,
    /// The plan.
    pub plan: PlanView,
    /// The versions of configuration items that it brings.
    pub components: Vec<ComponentRow>,
    /// Known errors in it: how many.
    pub carried_count: usize,
    /// The first of them, by the release that introduced them, newest first; those without one at first.
    pub carried: Vec<CarriedGroup>,
    /// Known errors whose fix it is to bring, or was to bring.
    pub fixes: Vec<Link>,
    /// How many more of them there are.
    pub more_fixes: usize,
    /// Whether it was taken back, and they with it.
    pub is_taken_back: bool,
    /// Where all of them are.
    pub carried_more: Option<String>,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
}

/// A release's page.
pub fn release(context: &Context<'_>, index: RecordIndex, release: &Release) -> ReleaseView {
    let edition = context.edition;
    let record = edition.get(index);
    let mut facts = vec![
        Fact::text("Version", release.version.clone()),
        Fact::text("Release type", release.release_type.map(|of_type| of_type.label())),
        Fact::day("Planned date", release.plan.planned_date),
        Fact::text("Release manager", release.plan.release_manager.clone()),
        Fact::text("Initiator", release.plan.initiator.clone()),
    ];
    if has_notice(edition, release) {
        let texts = Link::new(context.shared().href(&Route::notice(&release.header.id)), "Texts to copy");
        facts.push(Fact::links("Customer notice", vec![texts]));
    }
    facts.extend(incident_facts(context, &release.plan));
    facts.extend(common_facts(context, index));
    let carried = edition.carry_forward.of_release(index);
    let listed = carried.map_or(&[][..], |carried| &carried.first);
    let count = carried.map_or(0, |carried| carried.count);
    let standing = edition.carry_forward.lineage.standing(index);
    let fixes = match standing {
        Standing::Ahead | Standing::TakenBack => fixes(edition, index),
        Standing::Live | Standing::CalledOff | Standing::Unknown => Vec::new(),
    };
    let link = |known| Link { href: context.href_of(known), text: edition.get(known).header().id.clone() };
    let service = release.header.service.as_ref().and_then(|name| edition.service(name));
    ReleaseView {
        page: Frame::of_record(context, index),
        id: release.header.id.clone(),
        title: release.header.title.clone(),
        summary: release.header.summary.clone(),
        facts: facts_html(context, facts),
        plan: plan(context, index, &release.plan),
        components: component_rows(context, &release.components),
        carried_count: count,
        carried: carried_groups(context, listed),
        fixes: fixes.iter().take(FIXES_SHOWN).map(|known| link(*known)).collect(),
        more_fixes: fixes.len().saturating_sub(FIXES_SHOWN),
        is_taken_back: standing == Standing::TakenBack,
        carried_more: service
            .filter(|_| count > listed.len())
            .and_then(|service| context.href_of(service))
            .map(|href| format!("{href}#known-errors-list")),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(record),
    }
}

/// The known errors that a release should fix.
pub(super) fn fixes(edition: &Edition, release: RecordIndex) -> Vec<RecordIndex> {
    let of = |relation| edition.connections.others(release, relation, Direction::Backward).iter();
    let mut fixes: Vec<RecordIndex> =
        of(Relation::FixedIn).chain(of(Relation::PlannedFix)).map(|known| known.other).collect();
    fixes.sort_unstable();
    fixes.dedup();
    fixes
}

fn carried_groups(context: &Context<'_>, listed: &[(RecordIndex, Option<RecordIndex>)]) -> Vec<CarriedGroup> {
    let mut by_since: Vec<_> = listed.iter().map(|(known, since)| (*since, *known)).collect();
    by_since.sort_unstable();
    by_since
        .chunk_by(|one, other| one.0 == other.0)
        .map(|run| {
            let since = run[0].0.map(|since| (context.href_of(since), context.edition.get(since)));
            CarriedGroup {
                version: since.as_ref().and_then(|(_, since)| match since {
                    Record::Release(release) => release.version.clone(),
                    _ => None,
                }),
                since: since.map(|(href, since)| Link { href, text: since.header().id.clone() }),
                rows: context.fragments.rows(context, run.iter().map(|(_, known)| *known)),
            }
        })
        .collect()
}
