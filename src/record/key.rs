//! What a key of the front matter is, as data.

use jiff::civil::Date;

use super::kind::Kind;
use super::reference::Reference;
use super::vocabulary::{Word, Words};
use crate::read::Moment;

/// What a reference says, from the record that bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// A release delivers a change.
    Delivers,
    /// A release or change has a known error: the known error's `affects`, or the release's `known_errors`.
    HasKnownError,
    /// A known error came with a release.
    IntroducedIn,
    /// A known error is resolved by a release.
    FixedIn,
    /// A known error should be resolved by a release.
    PlannedFix,
    /// A record belongs to a problem.
    Problem,
    /// A record affects a configuration item.
    ConfigurationItem,
    /// A record belongs to a service.
    Service,
    /// A release replaces another.
    Supersedes,
    /// A release follows the rollback of another.
    FollowUp,
    /// A configuration item needs another.
    DependsOn,
    /// A configuration item is a part of another.
    PartOf,
    /// A change is made by a pre-approved model.
    StandardChange,
    /// A freeze lets a record through.
    Exception,
    /// A body names a record.
    Mentions,
}

impl Relation {
    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Relation::Delivers => "delivers",
            Relation::HasKnownError => "has-known-error",
            Relation::IntroducedIn => "introduced-in",
            Relation::FixedIn => "fixed-in",
            Relation::PlannedFix => "planned-fix",
            Relation::Problem => "problem",
            Relation::ConfigurationItem => "configuration-item",
            Relation::Service => "service",
            Relation::Supersedes => "supersedes",
            Relation::FollowUp => "follow-up",
            Relation::DependsOn => "depends-on",
            Relation::PartOf => "part-of",
            Relation::StandardChange => "standard-change",
            Relation::Exception => "exception",
            Relation::Mentions => "mentions",
        }
    }
}

/// A key of the front matter.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// As it is named in a message.
    pub quoted: &'static str,
    /// As a page names it.
    pub label: &'static str,
    /// What it says: a sentence or two.
    pub doc: &'static str,
    /// What stands under it.
    pub shape: Shape,
    /// Whether a map that has not got it says nothing.
    pub is_required: bool,
    /// What the ids under it name.
    pub refers: Option<Refers>,
    /// When an edition shows it.
    pub showing: Showing,
    /// Words of other tools and houses for it, which are not read.
    pub meant: &'static [&'static str],
}

impl Key {
    /// Whether an edition that lists some keys shows it.
    pub fn is_shown(&self, is_listed: &dyn Fn(&str) -> bool) -> bool {
        match self.showing {
            Showing::Listed => is_listed(self.name),
            Showing::Always => true,
            Showing::Never => false,
            Showing::With(other) => is_listed(other),
        }
    }
}

/// What stands under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A day (ISO 8601).
    Day,
    /// A day, or a moment of which the day is read.
    DayOfMoment,
    /// A day or a moment (ISO 8601, RFC 9557).
    Moment,
    /// True or false.
    Flag,
    /// A web address, or one of mail or telephone.
    Url,
    /// A file beside the record, by its path below the record's folder.
    File,
    /// A path of the site.
    Path,
    /// A zone of the IANA database, by name.
    Zone,
    /// A length of time (ISO 8601: `PT4H`).
    Duration,
    /// A rule of recurrence (RFC 5545, RRULE).
    Rule,
    /// A checksum with its algorithm, or a commit.
    Digest,
    /// A part of the whole, in percent.
    Share,
    /// One of a closed set of words.
    Word(&'static Words),
    /// The id of a record.
    Id,
    /// A list.
    List(&'static Shape),
    /// One, or a list.
    OneOrMore(&'static Shape),
    /// A map with keys of its own.
    Map(&'static Map),
    /// A map whose keys are the writer's own; the same stands under each.
    Named(&'static Shape),
    /// A map whose keys are the writer's own; texts stand under them.
    Free,
}

impl Shape {
    /// The keys of the map, or of each map of the list or below names; none where there is no map.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Shape::Map(map) => (map.keys)(),
            Shape::List(one) | Shape::OneOrMore(one) | Shape::Named(one) => one.keys(),
            _ => &[],
        }
    }
}

/// A map with keys of its own.
#[derive(Debug)]
pub struct Map {
    /// What it is, with its article: "an approval".
    pub owner: &'static str,
    /// Its keys.
    pub keys: fn() -> &'static [Key],
    /// The key that a text in the map's place is read as, where one may stand there.
    pub text: Option<&'static str>,
}

impl PartialEq for Map {
    fn eq(&self, other: &Map) -> bool {
        self.owner == other.owner
    }
}

impl Eq for Map {}

/// What the ids under a key name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refers {
    /// What is said of the two records.
    pub relation: Relation,
    /// The kinds of record that may be named, the usual one first.
    pub kinds: &'static [Kind],
}

/// When an edition shows a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// Where the edition lists it.
    Listed,
    /// Wherever the record is shown: without it there is nothing to show.
    Always,
    /// In no edition.
    Never,
    /// Where the edition lists another key.
    With(&'static str),
}

/// One thing that stands under a key.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'a> {
    /// A text.
    Text(&'a str),
    /// A web address.
    Url(&'a str),
    /// A path of the site.
    Path(&'a str),
    /// A word of a closed set.
    Word(&'static Word),
    /// The id of a record.
    Id(&'a Reference),
    /// A file beside the record.
    File(&'a Reference),
    /// A day.
    Day(Date),
    /// A day or a moment.
    Moment(&'a Moment),
    /// That a flag is set.
    Set,
}

impl<'a> Piece<'a> {
    /// What was written, where it is the writer's own: all but words of closed sets, days and flags.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Piece::Text(text) | Piece::Url(text) | Piece::Path(text) => Some(text),
            Piece::Id(reference) | Piece::File(reference) => Some(&reference.id),
            Piece::Word(_) | Piece::Day(_) | Piece::Moment(_) | Piece::Set => None,
        }
    }
}
