//! From text to a moment, every part of it: what is not understood is a finding, never passed over.

use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::{Moment, shown, signed};
use crate::diag::{Finding, Sink};
use crate::read::zone::{self, Unknown};
use crate::read::{BAD_DATE, UNKNOWN_TIME_ZONE};
use crate::source::Span;

/// Reads a day or date-time; a finding and `None` where it is neither. Where the finding says what to write instead, as
/// it would stand in quotes or without, that is read.
pub(in crate::read) fn parse(text: &str, span: Span, is_quoted: bool, sink: &Sink) -> Option<Moment> {
    let text = text.trim();
    let parts = match Parts::new(text) {
        Ok(parts) => parts,
        Err(why) => {
            let instead = why.instead.clone().filter(|_| sink.stops(&BAD_DATE));
            sink.push(finding(text, why, span, is_quoted, sink));
            return parse(&instead?, span, is_quoted, sink);
        }
    };
    let zone = match parts.zone.map(|name| zone::read(name, span, sink)).transpose() {
        Ok(zone) => zone,
        Err(unknown) => {
            let Unknown { mut finding, meant } = *unknown;
            // What is marked, and would be replaced, is the whole moment.
            let before = text.split('[').next().unwrap_or_default();
            finding.replacement = finding.replacement.map(|near| in_place(&format!("{before}[{near}]"), is_quoted));
            sink.push(finding);
            Some(meant.filter(|_| sink.stops(&UNKNOWN_TIME_ZONE))?)
        }
    };
    let moment = Moment { date: parts.date, time: parts.time, offset: parts.offset, zone, span };
    match contradicted(&moment, text, sink) {
        Some(finding) => {
            sink.push(finding);
            None
        }
        None => Some(moment),
    }
}

/// A moment as it is written in the place of another: in quotes where that stands in quotes.
fn in_place(moment: &str, is_quoted: bool) -> String {
    if is_quoted { format!("\"{moment}\"") } else { moment.to_owned() }
}

/// Why a text is no moment, with what to write where that is known.
struct Wrong {
    label: String,
    instead: Option<String>,
}

impl From<&str> for Wrong {
    fn from(label: &str) -> Wrong {
        Wrong { label: label.to_owned(), instead: None }
    }
}

impl From<jiff::Error> for Wrong {
    fn from(error: jiff::Error) -> Wrong {
        let text = error.to_string();
        let last = text.rsplit_once(": ").map_or(text.as_str(), |(_, last)| last);
        Wrong::from(last)
    }
}

fn finding(text: &str, why: Wrong, span: Span, is_quoted: bool, sink: &Sink) -> Finding {
    let finding = sink.finding(&BAD_DATE, span, format!("`{text}` is not a date")).label(why.label);
    match why.instead {
        Some(instead) => finding.help(format!("write `{instead}`")).replace_with(in_place(&instead, is_quoted)),
        None => finding.help(
            "write `2026-11-28`, `2026-11-28T22:00`, or with an offset, a zone or both \
             `2026-11-28T22:00+01:00[Europe/Brussels]`",
        ),
    }
}

/// A zone of the moment's own that has another offset at that time. `Z` says the point in time and nothing of a zone
/// (RFC 9557, 2.2), so that any zone may follow it.
fn contradicted(moment: &Moment, text: &str, sink: &Sink) -> Option<Finding> {
    let (offset, zone) = (moment.offset?, moment.zone.as_ref()?);
    let at = offset.to_timestamp(moment.local()).ok()?;
    let of_zone = zone.to_offset(at);
    if of_zone == offset || (offset.is_zero() && text.contains(['Z', 'z']) && is_zulu(text)) {
        return None;
    }
    let name = zone.iana_name().unwrap_or("the zone");
    let local = shown(moment.local());
    let there = zone.to_datetime(at);
    Some(
        sink.finding(&BAD_DATE, moment.span, format!("`{text}` contradicts itself"))
            .label(format!("the clocks of {name} are at {} from UTC then", signed(of_zone)))
            .help(format!("write `{local}[{name}]` for that time on the clocks of {name}"))
            .help(format!("or `{}{}[{name}]` for that point in time", shown(there), signed(of_zone))),
    )
}

/// Whether the offset of a moment is written as `Z`.
fn is_zulu(text: &str) -> bool {
    text.split('[').next().is_some_and(|before| before.trim_end().ends_with(['Z', 'z']))
}

/// A moment in its parts.
struct Parts<'a> {
    date: Date,
    time: Option<Time>,
    offset: Option<Offset>,
    zone: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn new(text: &'a str) -> Result<Parts<'a>, Wrong> {
        if let Some(day) = week_date(text) {
            return Err(Wrong { label: "a week and a day of it".to_owned(), instead: Some(day.to_string()) });
        }
        let Some((date, rest)) = text.split_at_checked(10).filter(|(date, _)| is_day(date)) else {
            return Err("expected year, month and day with dashes".into());
        };
        let date: Date = date.parse()?;
        let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else {
            return match rest {
                "" => Ok(Parts { date, time: None, offset: None, zone: None }),
                _ => Err("a time of day follows the day behind a `T`, and a zone follows that".into()),
            };
        };
        let (clock, rest) = rest.split_at(rest.find(|sign: char| !is_of_clock(sign)).unwrap_or(rest.len()));
        let (date, time) = read_clock(date, clock)?;
        let (offset, rest) = read_offset(rest.strip_prefix(' ').unwrap_or(rest))?;
        let zone = read_zone(rest, text)?;
        Ok(Parts { date, time: Some(time), offset, zone })
    }
}

fn is_day(text: &str) -> bool {
    text.char_indices().all(|(at, sign)| if at == 4 || at == 7 { sign == '-' } else { sign.is_ascii_digit() })
}

fn is_of_clock(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, ':' | '.' | ',')
}

/// `22:00`, with seconds and their parts where they are given. 24:00 is the next day's midnight.
fn read_clock(date: Date, clock: &str) -> Result<(Date, Time), Wrong> {
    let is_whole = match clock.len() {
        5 => true,
        8 => clock.as_bytes()[5] == b':',
        10..=18 => clock.as_bytes()[5] == b':' && matches!(clock.as_bytes()[8], b'.' | b','),
        _ => false,
    };
    if !is_whole || clock.as_bytes()[2] != b':' {
        return Err("expected hours and minutes: `22:00`, perhaps with seconds".into());
    }
    if let Some(rest) = clock.strip_prefix("24:")
        && rest.chars().all(|sign| !sign.is_ascii_digit() || sign == '0')
    {
        return Ok((date.tomorrow()?, Time::midnight()));
    }
    // A leap second would become the one before it.
    if clock.get(6..8).is_some_and(|seconds| seconds > "59") {
        return Err("a minute has seconds from 00 to 59".into());
    }
    Ok((date, clock.parse()?))
}

/// `Z`, `+01`, `+0100` or `+01:00`, and what follows.
fn read_offset(text: &str) -> Result<(Option<Offset>, &str), Wrong> {
    if let Some(rest) = text.strip_prefix(['Z', 'z']) {
        return Ok((Some(Offset::UTC), rest));
    }
    let Some(unsigned) = text.strip_prefix(['+', '-']) else { return Ok((None, text)) };
    let (digits, rest) =
        unsigned.split_at(unsigned.find(|sign: char| !sign.is_ascii_digit() && sign != ':').unwrap_or(unsigned.len()));
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at(2),
        5 if digits.as_bytes()[2] == b':' => (&digits[..2], &digits[3..]),
        _ => return Err("expected the offset from UTC in hours and minutes: `+01:00`".into()),
    };
    let below = |part: &str, limit| part.parse::<i32>().ok().filter(|part| *part < limit);
    let (Some(hours), Some(minutes)) = (below(hours, 24), below(minutes, 60)) else {
        return Err("expected the offset from UTC in hours and minutes: `+01:00`".into());
    };
    let seconds = (hours * 60 + minutes) * 60;
    let offset = Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds })?;
    Ok((Some(offset), rest))
}

/// The name of a zone in brackets, behind everything else.
fn read_zone<'a>(rest: &'a str, text: &str) -> Result<Option<&'a str>, Wrong> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Ok(None);
    }
    let before = text[..text.len() - rest.len()].trim_end();
    if TimeZone::get(rest).is_ok() && rest.contains('/') {
        return Err(Wrong {
            label: "a zone stands in brackets".to_owned(),
            instead: Some(format!("{before}[{rest}]")),
        });
    }
    if ["am", "pm", "a.m.", "p.m."].contains(&rest.to_ascii_lowercase().as_str()) {
        return Err("the hours of a day go from 00 to 23".into());
    }
    let Some(name) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return Err(Wrong::from(format!("`{rest}` says nothing that is understood here").as_str()));
    };
    // `!` asks for what is done anyway: to refuse what is not understood.
    let name = name.strip_prefix('!').unwrap_or(name);
    match name.starts_with(['+', '-']) || name.contains(['=', '[', ']']) {
        true => Err("the brackets hold the name of a zone: `[Europe/Brussels]`".into()),
        false => Ok(Some(name)),
    }
}

/// `2026-W48-6` as a day.
fn week_date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once("-W")?;
    let (week, day) = rest.split_once('-')?;
    let weekday = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
    Some(ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, weekday).ok()?.date())
}
