//! What keys hold, as data: the front matter again, as a tree without places.

use std::borrow::Cow;

use jiff::Zoned;
use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::key::Key;
use crate::read::Moment;

/// What a key holds, in the shape that its declaration names. Days, moments, words and ids are texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// A text.
    Text(String),
    /// True or false.
    Flag(bool),
    /// A list, in the order in which it was written.
    List(Vec<Data>),
    /// A map, in the order of the declarations; names of the writer's own in the order in which they were written.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// As the cell of a table: a list with semicolons between its values; nothing of a map.
    pub fn cell(&self) -> Cow<'_, str> {
        match self {
            Data::Text(text) => Cow::Borrowed(text),
            Data::Flag(is_set) => Cow::Borrowed(if *is_set { "true" } else { "false" }),
            Data::List(items) => items.iter().map(Data::cell).collect::<Vec<_>>().join("; ").into(),
            Data::Map(_) => Cow::Borrowed(""),
        }
    }

    /// What stands under a name of a map.
    pub fn get(&self, name: &str) -> Option<&Data> {
        match self {
            Data::Map(entries) => entries.iter().find(|(of, _)| of == name).map(|(_, data)| data),
            _ => None,
        }
    }

    /// A text; nothing where it says nothing.
    pub fn of_text(text: &str) -> Option<Data> {
        (!text.is_empty()).then(|| Data::Text(text.to_owned()))
    }

    /// A list; nothing where it is empty.
    pub fn of_list(items: impl IntoIterator<Item = Data>) -> Option<Data> {
        let items: Vec<Data> = items.into_iter().collect();
        (!items.is_empty()).then_some(Data::List(items))
    }

    /// A day (ISO 8601).
    pub fn of_day(day: Date) -> Data {
        Data::Text(day.to_string())
    }

    /// A day, or a moment with its offset from UTC where that is known (RFC 3339).
    pub fn of_moment(moment: &Moment) -> Data {
        let Some(_) = moment.time else { return Data::of_day(moment.date) };
        let of_zone = || moment.zone.as_ref().map(|zone| zone.to_offset(moment.timestamp(zone)));
        Data::Text(match moment.offset.or_else(of_zone) {
            Some(offset) => moment.local().to_string() + &offset_text(offset),
            None => moment.local().to_string(),
        })
    }

    /// A moment with its offset from UTC (RFC 3339).
    pub fn of_zoned(at: &Zoned) -> Data {
        Data::Text(at.datetime().to_string() + &offset_text(at.offset()))
    }

    /// The name of a moment's zone, where it has one in the IANA database.
    pub fn of_zone(at: &Zoned) -> Option<Data> {
        at.time_zone().iana_name().and_then(Data::of_text)
    }
}

/// What a key that is told elsewhere holds: nothing of its own.
pub(super) fn told_elsewhere<T>(_: &T) -> Option<Data> {
    None
}

/// An offset as RFC 3339 writes it, to the minute: `+01:00`.
fn offset_text(offset: jiff::tz::Offset) -> String {
    let minutes = offset.seconds().abs() / 60;
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Data::Text(text) => serializer.serialize_str(text),
            Data::Flag(is_set) => serializer.serialize_bool(*is_set),
            Data::List(items) => serializer.collect_seq(items),
            Data::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, data) in entries {
                    map.serialize_entry(name, data)?;
                }
                map.end()
            }
        }
    }
}

/// Who is told what each key holds, as data.
pub type TellData<'t> = dyn FnMut(&'static Key, Data) + 't;
