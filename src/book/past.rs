//! When a record was changed for the last time.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use super::model::Book;
use super::tables::RecordIndex;
use crate::record::Piece;
use crate::source::History;

/// What stands in for the day of a record that has none.
const NO_DAY: Date = date(2020, 1, 1);

impl Book {
    /// When a record was changed for the last time: by what git tells, else noon (UTC) of the latest day up to today that the
    /// record itself names, else of the first of 2020.
    pub fn updated(&self, history: Option<&History>, index: RecordIndex, today: Date) -> Timestamp {
        let record = self.get(index);
        let source = record.header().source.map(|source| self.sources[source].path.as_str());
        let of_git = history.zip(source).and_then(|(history, path)| history.last(path).at);
        let own = || {
            let mut latest = None;
            record.each(&mut |_, piece| {
                let day = match piece {
                    Piece::Day(day) => Some(day),
                    Piece::Moment(moment) => Some(moment.date),
                    _ => None,
                };
                latest = latest.max(day.filter(|day| *day <= today));
            });
            let noon = latest.unwrap_or(NO_DAY).at(12, 0, 0, 0).to_zoned(TimeZone::UTC);
            noon.map_or(Timestamp::UNIX_EPOCH, |noon| noon.timestamp())
        };
        of_git.unwrap_or_else(own)
    }
}
