//! What runs where, by the components of the releases that are live.
//!
//! 1. A release brings the versions of its components when it is live, with the end of its last attempt: the actual end,
//!    else the planned one; where it has no window, on its planned day.
//! 2. On a configuration item runs what was brought last. Of two that ended together, the one whose record comes later.
//! 3. A component takes the place of what was brought before its own release; that of a release that is not live, also of
//!    what another may bring in between. Nothing is known where no release that is live came before it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};

use super::tables::{RecordIndex, Tables};
use crate::record::{Component, Kind, Plan, Record, Release, Status, fold};

/// A version that a release brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    /// The release.
    pub release: RecordIndex,
    /// The number of the component among the release's.
    pub component: u32,
    /// When it was brought.
    pub at: Timestamp,
}

/// What runs on each configuration item, and which components say otherwise.
#[derive(Debug, Default)]
pub struct Running {
    now: FxHashMap<RecordIndex, Brought>,
    contradicted: FxHashMap<(RecordIndex, u32), Brought>,
}

/// A component of a release that has a day, and was not called off.
struct Step<'a> {
    brought: Brought,
    version: Option<&'a str>,
    before: Option<&'a str>,
    is_live: bool,
    may_come: bool,
}

impl Running {
    /// Reads it off the releases.
    pub(super) fn new(tables: &Tables, zone: &TimeZone, today: Date) -> Running {
        let mut items: FxHashMap<RecordIndex, Vec<Step<'_>>> = FxHashMap::default();
        for index in tables.of_kind(Kind::Release).map(RecordIndex) {
            let Record::Release(release) = tables.get(index) else { continue };
            for step in steps(index, release, zone, today) {
                let component = &release.components[step.brought.component as usize];
                if let Some(item) = tables.find(Kind::ConfigurationItem, &component.item.id) {
                    items.entry(item).or_default().push(step);
                }
            }
        }
        let mut running = Running::default();
        for (item, mut steps) in items {
            steps.sort_by_key(|step| (step.brought.at, step.brought.release, step.brought.component));
            running.walk(item, &steps);
        }
        running
    }

    /// Walks through what was brought to an item, and may be, in the order of time.
    fn walk(&mut self, item: RecordIndex, steps: &[Step<'_>]) {
        let mut last: Option<&Step<'_>> = None;
        let mut in_between: FxHashSet<&str> = FxHashSet::default();
        for of_release in steps.chunk_by(|one, other| one.brought.release == other.brought.release) {
            for step in of_release {
                let (Some(before), Some(last)) = (step.before, last) else { continue };
                let may_be = !step.is_live && in_between.contains(before);
                if last.version != Some(before) && !may_be {
                    self.contradicted.insert((step.brought.release, step.brought.component), last.brought);
                }
            }
            for step in of_release.iter().filter(|step| step.version.is_some()) {
                if step.is_live {
                    last = Some(step);
                    in_between.clear();
                }
                in_between.extend(step.version.filter(|_| step.may_come));
            }
        }
        self.now.extend(last.map(|last| (item, last.brought)));
    }

    /// What runs on an item: what was brought there last and is live.
    pub fn now(&self, item: RecordIndex) -> Option<Brought> {
        self.now.get(&item).copied()
    }

    /// What was brought last before a component of a release, where it says that it takes the place of something else.
    pub fn contradicting(&self, release: RecordIndex, component: u32) -> Option<Brought> {
        self.contradicted.get(&(release, component)).copied()
    }

    /// The items to which a release that is live brought something.
    pub fn items(&self) -> impl Iterator<Item = RecordIndex> {
        let mut items: Vec<RecordIndex> = self.now.keys().copied().collect();
        items.sort();
        items.into_iter()
    }

    /// What runs on each item, by the item's id and by that of the release, with the day: so that it can be told from
    /// what another book says.
    pub fn said(&self, tables: &Tables, zone: &TimeZone) -> FxHashSet<(String, String, Date)> {
        self.now.iter().map(|(item, brought)| said(tables, *item, *brought, zone)).collect()
    }

    /// Forgets what runs on an item where a book that knows more says otherwise.
    pub fn keep(&mut self, known: &FxHashSet<(String, String, Date)>, tables: &Tables, zone: &TimeZone) {
        self.now.retain(|item, brought| known.contains(&said(tables, *item, *brought, zone)));
    }
}

fn said(tables: &Tables, item: RecordIndex, brought: Brought, zone: &TimeZone) -> (String, String, Date) {
    let id = |index: RecordIndex| fold(&tables.get(index).header().id);
    (id(item), id(brought.release), brought.at.to_zoned(zone.clone()).date())
}

/// The components of a release, if it has a day and was not called off.
fn steps<'a>(index: RecordIndex, release: &'a Release, zone: &TimeZone, today: Date) -> impl Iterator<Item = Step<'a>> {
    let plan = &release.plan;
    let at = brought_at(plan, zone).filter(|_| plan.status != Some(Status::Cancelled));
    let (is_live, may_come) = (plan.is_live(), plan.standing(today).is_as_ahead());
    at.into_iter().flat_map(move |at| {
        release.components.iter().enumerate().map(move |(number, Component { version, before, .. })| Step {
            brought: Brought { release: index, component: number as u32, at },
            version: written(version.as_deref()),
            before: written(before.as_deref()),
            is_live,
            may_come,
        })
    })
}

/// A version, if there is one.
fn written(version: Option<&str>) -> Option<&str> {
    version.map(str::trim).filter(|version| !version.is_empty())
}

/// When a release brings its components: at the end of its last attempt, else on its planned day.
fn brought_at(plan: &Plan, zone: &TimeZone) -> Option<Timestamp> {
    match plan.attempts().next_back() {
        Some((_, window)) => Some(window.ends().timestamp()),
        None => Some(plan.planned_date?.to_zoned(zone.clone()).ok()?.timestamp()),
    }
}
