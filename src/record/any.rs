//! A record of any kind, and the keys of each kind.

use jiff::civil::Date;

use super::artefact::Artefact;
use super::calendar_window::CalendarWindow;
use super::change::{Change, ChangeType};
use super::configuration_item::ConfigurationItem;
use super::data::TellData;
use super::header::Header;
use super::key::Key;
use super::keys::{Keep, Keyed, Tell, Told};
use super::kind::Kind;
use super::known_error::KnownError;
use super::page::Page;
use super::plan::Plan;
use super::problem::Problem;
use super::release::{Release, ReleaseType};
use super::service::Service;
use super::standard_change::StandardChange;
use super::vocabulary::{Vocabulary, Word};

impl Kind {
    /// The keys of its front matter: its own, and behind them those that it shares with other kinds.
    pub fn key_groups(self) -> Vec<&'static [Key]> {
        match self {
            Kind::Release => Release::groups(),
            Kind::Change => Change::groups(),
            Kind::KnownError => KnownError::groups(),
            Kind::Problem => Problem::groups(),
            Kind::StandardChange => StandardChange::groups(),
            Kind::ConfigurationItem => ConfigurationItem::groups(),
            Kind::Service => vec![Header::keys()],
            Kind::Window => CalendarWindow::groups(),
            Kind::Page => Page::groups(),
        }
    }

    /// The keys of its front matter: those of every record first, its own last.
    pub fn keys(self) -> impl Iterator<Item = &'static Key> {
        let groups = self.key_groups();
        let (own, shared) = groups.split_first().map_or((&[][..], &[][..]), |(own, shared)| (*own, shared));
        shared.iter().flat_map(|group| group.iter()).chain(own).collect::<Vec<_>>().into_iter()
    }

    /// One of its keys.
    pub fn key(self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

/// A record of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Record {
    Release(Box<Release>),
    Change(Box<Change>),
    KnownError(Box<KnownError>),
    Problem(Box<Problem>),
    StandardChange(Box<StandardChange>),
    ConfigurationItem(Box<ConfigurationItem>),
    Service(Box<Service>),
    Window(Box<CalendarWindow>),
    Page(Box<Page>),
}

impl Record {
    /// What kind of record it is.
    pub fn kind(&self) -> Kind {
        match self {
            Record::Release(_) => Kind::Release,
            Record::Change(_) => Kind::Change,
            Record::KnownError(_) => Kind::KnownError,
            Record::Problem(_) => Kind::Problem,
            Record::StandardChange(_) => Kind::StandardChange,
            Record::ConfigurationItem(_) => Kind::ConfigurationItem,
            Record::Service(_) => Kind::Service,
            Record::Window(_) => Kind::Window,
            Record::Page(_) => Kind::Page,
        }
    }

    /// What every record has.
    pub fn header(&self) -> &Header {
        match self {
            Record::Release(record) => &record.header,
            Record::Change(record) => &record.header,
            Record::KnownError(record) => &record.header,
            Record::Problem(record) => &record.header,
            Record::StandardChange(record) => &record.header,
            Record::ConfigurationItem(record) => &record.header,
            Record::Service(record) => &record.header,
            Record::Window(record) => &record.header,
            Record::Page(record) => &record.header,
        }
    }

    /// What every record has, to change it.
    pub fn header_mut(&mut self) -> &mut Header {
        match self {
            Record::Release(record) => &mut record.header,
            Record::Change(record) => &mut record.header,
            Record::KnownError(record) => &mut record.header,
            Record::Problem(record) => &mut record.header,
            Record::StandardChange(record) => &mut record.header,
            Record::ConfigurationItem(record) => &mut record.header,
            Record::Service(record) => &mut record.header,
            Record::Window(record) => &mut record.header,
            Record::Page(record) => &mut record.header,
        }
    }

    /// Tells what each key holds.
    pub fn each_key<'a>(&'a self, tell: &mut dyn FnMut(&'static Key, &'a dyn Told)) {
        match self {
            Record::Release(record) => record.each_key(tell),
            Record::Change(record) => record.each_key(tell),
            Record::KnownError(record) => record.each_key(tell),
            Record::Problem(record) => record.each_key(tell),
            Record::StandardChange(record) => record.each_key(tell),
            Record::ConfigurationItem(record) => record.each_key(tell),
            Record::Service(record) => record.header.each_key(tell),
            Record::Window(record) => record.each_key(tell),
            Record::Page(record) => record.each_key(tell),
        }
    }

    /// Tells what each key holds, as data; keys that hold nothing are not told.
    pub fn each_data(&self, tell: &mut TellData<'_>) {
        match self {
            Record::Release(record) => record.each_data(tell),
            Record::Change(record) => record.each_data(tell),
            Record::KnownError(record) => record.each_data(tell),
            Record::Problem(record) => record.each_data(tell),
            Record::StandardChange(record) => record.each_data(tell),
            Record::ConfigurationItem(record) => record.each_data(tell),
            Record::Service(record) => record.header.each_data(tell),
            Record::Window(record) => record.each_data(tell),
            Record::Page(record) => record.each_data(tell),
        }
    }

    fn each_key_mut(&mut self, tell: &mut dyn FnMut(&'static Key, &mut dyn Told)) {
        match self {
            Record::Release(record) => record.each_key_mut(tell),
            Record::Change(record) => record.each_key_mut(tell),
            Record::KnownError(record) => record.each_key_mut(tell),
            Record::Problem(record) => record.each_key_mut(tell),
            Record::StandardChange(record) => record.each_key_mut(tell),
            Record::ConfigurationItem(record) => record.each_key_mut(tell),
            Record::Service(record) => record.header.each_key_mut(tell),
            Record::Window(record) => record.each_key_mut(tell),
            Record::Page(record) => record.each_key_mut(tell),
        }
    }

    /// Tells every piece of the front matter, however deep it stands, with its key.
    pub fn each<'a>(&'a self, tell: &mut Tell<'_, 'a>) {
        self.each_key(&mut |key, held| held.each(key, tell));
    }

    /// Takes out the references that are not kept.
    pub fn retain(&mut self, keep: &mut Keep<'_>) {
        self.each_key_mut(&mut |key, held| {
            held.retain(key, keep);
        });
    }

    /// Takes out what an edition that lists some keys does not show.
    pub fn show(&mut self, is_listed: &dyn Fn(&str) -> bool) {
        self.each_key_mut(&mut |key, held| match key.is_shown(is_listed) {
            true => held.show(is_listed),
            false => held.clear(),
        });
    }

    /// How far it is, if its kind has a status.
    pub fn status(&self) -> Option<&'static Word> {
        match self {
            Record::Release(_) | Record::Change(_) => self.plan()?.status.map(Vocabulary::said),
            Record::KnownError(record) => record.status.map(Vocabulary::said),
            Record::Problem(record) => record.status.map(Vocabulary::said),
            _ => None,
        }
    }

    /// What goes with a release.
    pub fn artefacts(&self) -> &[Artefact] {
        match self {
            Record::Release(record) => &record.artefacts,
            _ => &[],
        }
    }

    /// The plan of a release or change.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Record::Release(record) => Some(&record.plan),
            Record::Change(record) => Some(&record.plan),
            _ => None,
        }
    }

    /// The plan of a release or change, to change it.
    pub fn plan_mut(&mut self) -> Option<&mut Plan> {
        match self {
            Record::Release(record) => Some(&mut record.plan),
            Record::Change(record) => Some(&mut record.plan),
            _ => None,
        }
    }

    /// The word of the type that a release or change names.
    pub fn type_word(&self) -> Option<&'static str> {
        match self {
            Record::Release(release) => release.release_type.map(ReleaseType::word),
            Record::Change(change) => change.change_type.map(ChangeType::word),
            _ => None,
        }
    }

    /// Whether it goes out of turn, and may be recorded afterwards.
    pub fn is_emergency(&self) -> bool {
        match self {
            Record::Release(release) => release.release_type == Some(ReleaseType::Emergency),
            Record::Change(change) => change.change_type == Some(ChangeType::Emergency),
            _ => false,
        }
    }

    /// The day that it is listed under: planned, detected, or first in the calendar.
    pub fn date(&self) -> Option<Date> {
        match self {
            Record::Release(_) | Record::Change(_) => self.plan()?.planned_date,
            Record::KnownError(record) => record.detected,
            Record::Window(record) => record.first.as_ref().map(|(start, _)| start.date()),
            _ => None,
        }
    }
}
