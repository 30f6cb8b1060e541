//! Every reference between two records, known from both its ends.

use rayon::prelude::*;

use super::tables::{Move, RecordIndex};
use crate::record::{Kind, PlanSection, Relation};

/// From which end a reference is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the record that bears it.
    Forward,
    /// From the record that it names.
    Backward,
}

/// A reference as one of its two records sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Connection {
    /// What it says.
    pub relation: Relation,
    /// From which end.
    pub direction: Direction,
    /// The record at the other end.
    pub other: RecordIndex,
}

/// All references of all records: one sorted row for each record, in one table.
#[derive(Debug, Default)]
pub struct Connections {
    starts: Vec<u32>,
    rows: Vec<Connection>,
}

impl Connections {
    /// Makes the table of `count` records from references (from, relation, to), each once or more.
    ///
    /// A mention between two records that another reference connects already is left out.
    pub fn new(count: usize, mut references: Vec<(RecordIndex, Relation, RecordIndex)>) -> Connections {
        references.par_sort_unstable();
        references.dedup();
        let mut starts = vec![0u32; count + 1];
        for (from, _, to) in &references {
            starts[from.0 as usize + 1] += 1;
            starts[to.0 as usize + 1] += 1;
        }
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let blank = Connection { relation: Relation::Mentions, direction: Direction::Forward, other: RecordIndex(0) };
        let mut rows = vec![blank; references.len() * 2];
        let mut next = starts.clone();
        let mut put = |at: RecordIndex, row: Connection| {
            let slot = &mut next[at.0 as usize];
            rows[*slot as usize] = row;
            *slot += 1;
        };
        for &(from, relation, to) in &references {
            put(from, Connection { relation, direction: Direction::Forward, other: to });
            put(to, Connection { relation, direction: Direction::Backward, other: from });
        }
        Connections::without_empty_mentions(starts, rows)
    }

    fn without_empty_mentions(starts: Vec<u32>, mut rows: Vec<Connection>) -> Connections {
        let mut kept = Vec::with_capacity(rows.len());
        let mut kept_starts = Vec::with_capacity(starts.len());
        let mut others = Vec::new();
        for bounds in starts.windows(2) {
            kept_starts.push(kept.len() as u32);
            let row = &mut rows[bounds[0] as usize..bounds[1] as usize];
            row.sort_unstable();
            others.clear();
            others.extend(row.iter().filter(|c| c.relation != Relation::Mentions).map(|c| c.other));
            others.sort_unstable();
            kept.extend(
                row.iter()
                    .filter(|c| c.relation != Relation::Mentions || others.binary_search(&c.other).is_err())
                    .copied(),
            );
        }
        kept_starts.push(kept.len() as u32);
        Connections { starts: kept_starts, rows: kept }
    }

    /// The same once a record has another place in the order of lists.
    pub(super) fn move_record(&mut self, of: Move) {
        let mut rows: Vec<&[Connection]> =
            self.starts.windows(2).map(|of| &self.rows[of[0] as usize..of[1] as usize]).collect();
        of.rotate(&mut rows);
        let (mut starts, mut moved) = (Vec::with_capacity(self.starts.len()), Vec::with_capacity(self.rows.len()));
        for row in rows {
            let start = moved.len();
            starts.push(start as u32);
            moved.extend(row.iter().map(|connection| Connection { other: of.number(connection.other), ..*connection }));
            moved[start..].sort_unstable();
        }
        starts.push(moved.len() as u32);
        *self = Connections { starts, rows: moved };
    }

    /// A record's references, ordered by relation, direction and the other record.
    pub fn of(&self, index: RecordIndex) -> &[Connection] {
        let index = index.0 as usize;
        &self.rows[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// The records at the other end of one relation, in the order of lists.
    pub fn others(&self, index: RecordIndex, relation: Relation, direction: Direction) -> &[Connection] {
        let row = self.of(index);
        let key = |connection: &Connection| (connection.relation, connection.direction);
        let start = row.partition_point(|connection| key(connection) < (relation, direction));
        let end = row.partition_point(|connection| key(connection) <= (relation, direction));
        &row[start..end]
    }
}

impl Relation {
    /// Every relation.
    const ALL: [Relation; 15] = [
        Relation::Delivers,
        Relation::HasKnownError,
        Relation::IntroducedIn,
        Relation::FixedIn,
        Relation::PlannedFix,
        Relation::Problem,
        Relation::ConfigurationItem,
        Relation::Service,
        Relation::Supersedes,
        Relation::FollowUp,
        Relation::DependsOn,
        Relation::PartOf,
        Relation::StandardChange,
        Relation::Exception,
        Relation::Mentions,
    ];

    /// The fragments of all lists that a page can have.
    pub fn fragments() -> Vec<String> {
        let mut all = Vec::new();
        for relation in Relation::ALL {
            for direction in [Direction::Forward, Direction::Backward] {
                all.extend(Kind::ALL.iter().map(|kind| relation.fragment(direction, *kind)));
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// The part of the address of a list's further pages.
    pub fn slug(self, direction: Direction, kind: Kind) -> String {
        let slug = self.list(direction, kind).1;
        match self {
            Relation::Mentions => format!("{slug}-{}", kind.folder()),
            _ => slug.to_owned(),
        }
    }

    /// The fragment of a list on its record's page; other than those of the plan's sections.
    pub fn fragment(self, direction: Direction, kind: Kind) -> String {
        let slug = self.slug(direction, kind);
        match PlanSection::ALL.iter().any(|section| section.word() == slug) {
            true => slug + "-list",
            false => slug,
        }
    }

    /// The heading and the address part of the list of records at the other end, all of one kind.
    pub fn list(self, direction: Direction, kind: Kind) -> (&'static str, &'static str) {
        use Direction::{Backward, Forward};
        match (self, direction) {
            (Relation::Delivers, Forward) => ("Changes delivered", "changes"),
            (Relation::Delivers, Backward) => ("Delivered by", "releases"),
            (Relation::HasKnownError, Forward) => ("Known errors shipped with it", "known-errors-shipped"),
            (Relation::HasKnownError, Backward) => match kind {
                Kind::Change => ("Changes that have it", "affected-changes"),
                _ => ("Releases that have it", "affected-releases"),
            },
            (Relation::IntroducedIn, Forward) => ("Introduced in", "introduced-in"),
            (Relation::IntroducedIn, Backward) => ("Known errors that came with it", "introduced"),
            (Relation::FixedIn, Forward) => ("Releases with the fix", "fixed-in"),
            (Relation::FixedIn, Backward) => ("Known errors whose fix is in it", "fixed"),
            (Relation::PlannedFix, Forward) => ("Fix planned in", "planned-fix"),
            (Relation::PlannedFix, Backward) => ("Known errors to be resolved", "planned-fixes"),
            (Relation::Problem, Forward) => ("Problems", "problems"),
            (Relation::ConfigurationItem, Forward) => ("Configuration items", "configuration-items"),
            (Relation::Service, Forward) => ("Service", "service"),
            (Relation::Problem | Relation::ConfigurationItem | Relation::Service, Backward) => {
                (kind.plural(), kind.folder())
            }
            (Relation::Supersedes, Forward) => ("Supersedes", "supersedes"),
            (Relation::Supersedes, Backward) => match kind {
                Kind::Change => ("Superseded by changes", "superseded-by-changes"),
                _ => ("Superseded by", "superseded-by"),
            },
            (Relation::FollowUp, Forward) => ("Follow-up release", "follow-up"),
            (Relation::FollowUp, Backward) => match kind {
                Kind::Change => ("Follows the rollback of changes", "follows-changes"),
                _ => ("Follows the rollback of", "follows"),
            },
            (Relation::DependsOn, Forward) => ("Depends on", "depends-on"),
            (Relation::DependsOn, Backward) => ("What depends on it", "dependants"),
            (Relation::PartOf, Forward) => ("Part of", "part-of"),
            (Relation::PartOf, Backward) => ("Its parts", "parts"),
            (Relation::StandardChange, Forward) => ("Standard change", "standard-change"),
            (Relation::StandardChange, Backward) => ("Changes of this model", "changes-of-model"),
            (Relation::Exception, Forward) => ("Let through", "exceptions"),
            (Relation::Exception, Backward) => ("Exception to", "freezes"),
            (Relation::Mentions, Forward) => match kind {
                Kind::Release => ("Releases that it mentions", "mentions"),
                Kind::Change => ("Changes that it mentions", "mentions"),
                Kind::KnownError => ("Known errors that it mentions", "mentions"),
                Kind::Problem => ("Problems that it mentions", "mentions"),
                Kind::StandardChange => ("Standard changes that it mentions", "mentions"),
                Kind::ConfigurationItem => ("Configuration items that it mentions", "mentions"),
                _ => ("Mentions", "mentions"),
            },
            (Relation::Mentions, Backward) => match kind {
                Kind::Release => ("Releases that mention it", "mentioned-in"),
                Kind::Change => ("Changes that mention it", "mentioned-in"),
                Kind::KnownError => ("Known errors that mention it", "mentioned-in"),
                Kind::StandardChange => ("Standard changes that mention it", "mentioned-in"),
                Kind::Page => ("Pages that mention it", "mentioned-in"),
                _ => ("Mentioned in", "mentioned-in"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_is_seen_from_both_ends_once() {
        let [a, b, c] = [0, 1, 2].map(RecordIndex);
        let connections = Connections::new(
            3,
            vec![
                (b, Relation::Mentions, c),
                (a, Relation::Delivers, b),
                (a, Relation::Mentions, b),
                (a, Relation::Delivers, b),
            ],
        );
        let row = |relation, direction, other| Connection { relation, direction, other };
        assert_eq!(connections.of(a), [row(Relation::Delivers, Direction::Forward, b)]);
        assert_eq!(
            connections.of(b),
            [row(Relation::Delivers, Direction::Backward, a), row(Relation::Mentions, Direction::Forward, c)]
        );
        assert_eq!(connections.others(c, Relation::Mentions, Direction::Backward).len(), 1);
        assert!(connections.others(c, Relation::Delivers, Direction::Backward).is_empty());
    }
}
