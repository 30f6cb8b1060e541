//! Time zones by name, and what is meant by their everyday names.

use jiff::tz::{TimeZone, db};

use super::lints::UNKNOWN_TIME_ZONE;
use super::spelling::nearest;
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// A name that no zone has: the finding, and the zone that is meant where that is known.
pub(super) struct Unknown {
    pub finding: Finding,
    pub meant: Option<TimeZone>,
}

/// A zone of the IANA database, by name.
pub(super) fn read(name: &str, span: Span, sink: &Sink) -> Result<TimeZone, Box<Unknown>> {
    if let Ok(zone) = db().get(name) {
        return Ok(zone);
    }
    let finding = sink
        .finding(&UNKNOWN_TIME_ZONE, span, format!("`{name}` is no time zone"))
        .label("not in the IANA time zone database")
        .help("write a name such as `Europe/London`, `America/New_York` or `UTC`");
    Err(Box::new(match meant(name) {
        Some(own) => Unknown { meant: db().get(&own).ok(), finding: finding.replace_with(own) },
        None => Unknown { meant: None, finding },
    }))
}

/// Everyday names and Windows' names, in lower case and without `time` at their end. Abbreviations that name several
/// zones (`CST`, `IST`, `BST`, `PST`) are left out on purpose. The places are those of CLDR.
const EVERYDAY: &[(&str, &str)] = &[
    ("pacific", "America/Los_Angeles"),
    ("us pacific", "America/Los_Angeles"),
    ("pacific standard", "America/Los_Angeles"),
    ("pacific daylight", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pt", "America/Los_Angeles"),
    ("mountain", "America/Denver"),
    ("us mountain", "America/Denver"),
    ("mountain standard", "America/Denver"),
    ("mountain daylight", "America/Denver"),
    ("mdt", "America/Denver"),
    ("central", "America/Chicago"),
    ("us central", "America/Chicago"),
    ("central standard", "America/Chicago"),
    ("central daylight", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("eastern", "America/New_York"),
    ("us eastern", "America/New_York"),
    ("eastern standard", "America/New_York"),
    ("eastern daylight", "America/New_York"),
    ("edt", "America/New_York"),
    ("central european", "Europe/Paris"),
    ("central european standard", "Europe/Paris"),
    ("central european summer", "Europe/Paris"),
    ("cest", "Europe/Paris"),
    ("cet/cest", "Europe/Paris"),
    ("romance standard", "Europe/Paris"),
    ("w. europe standard", "Europe/Berlin"),
    ("central europe standard", "Europe/Budapest"),
    ("mez", "Europe/Berlin"),
    ("mesz", "Europe/Berlin"),
    ("eastern european", "Europe/Bucharest"),
    ("eastern european standard", "Europe/Bucharest"),
    ("eastern european summer", "Europe/Bucharest"),
    ("eest", "Europe/Bucharest"),
    ("western european", "Europe/Lisbon"),
    ("western european summer", "Europe/Lisbon"),
    ("uk", "Europe/London"),
    ("united kingdom", "Europe/London"),
    ("great britain", "Europe/London"),
    ("britain", "Europe/London"),
    ("england", "Europe/London"),
    ("british", "Europe/London"),
    ("british summer", "Europe/London"),
    ("gmt standard", "Europe/London"),
    ("gmt/bst", "Europe/London"),
    ("greenwich mean", "GMT"),
    ("germany", "Europe/Berlin"),
    ("german", "Europe/Berlin"),
    ("france", "Europe/Paris"),
    ("spain", "Europe/Madrid"),
    ("italy", "Europe/Rome"),
    ("netherlands", "Europe/Amsterdam"),
    ("belgium", "Europe/Brussels"),
    ("austria", "Europe/Vienna"),
    ("switzerland", "Europe/Zurich"),
    ("sweden", "Europe/Stockholm"),
    ("norway", "Europe/Oslo"),
    ("denmark", "Europe/Copenhagen"),
    ("finland", "Europe/Helsinki"),
    ("ireland", "Europe/Dublin"),
    ("india", "Asia/Kolkata"),
    ("india standard", "Asia/Kolkata"),
    ("indian standard", "Asia/Kolkata"),
    ("china", "Asia/Shanghai"),
    ("china standard", "Asia/Shanghai"),
    ("beijing", "Asia/Shanghai"),
    ("japan standard", "Asia/Tokyo"),
    ("jst", "Asia/Tokyo"),
    ("tokyo standard", "Asia/Tokyo"),
    ("singapore standard", "Asia/Singapore"),
    ("australian eastern", "Australia/Sydney"),
    ("aus eastern standard", "Australia/Sydney"),
    ("aest", "Australia/Sydney"),
    ("aedt", "Australia/Sydney"),
    ("new zealand standard", "Pacific/Auckland"),
    ("nzst", "Pacific/Auckland"),
    ("nzdt", "Pacific/Auckland"),
    ("coordinated universal", "UTC"),
    ("universal coordinated", "UTC"),
    ("z", "UTC"),
];

/// The zone that is meant by a name that is none: by what it says, and by its spelling only where it has the form of a
/// zone's name.
fn meant(written: &str) -> Option<String> {
    let plain = written.trim().to_lowercase();
    let plain = plain.strip_suffix("time").map_or(plain.as_str(), str::trim_end);
    if let Some((_, zone)) = EVERYDAY.iter().find(|(name, _)| *name == plain) {
        return Some((*zone).to_owned());
    }
    if let Some(zone) = fixed_offset(plain) {
        return Some(zone);
    }
    let joined = plain.replace([' ', '-'], "_");
    let names: Vec<String> = db().available().map(|name| name.to_string()).collect();
    let own = |name: &&String| name.eq_ignore_ascii_case(&joined);
    let city = |name: &&String| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&joined));
    let mut cities = names.iter().filter(|name| name.contains('/')).filter(city);
    let found = names.iter().find(own).or_else(|| cities.next().filter(|_| cities.next().is_none()));
    match found {
        Some(name) => Some(name.clone()),
        None if plain.contains('/') => nearest(&joined, names.iter().map(String::as_str)).map(str::to_owned),
        None => None,
    }
}

/// `GMT+1`, `UTC+01:00` and `+1` are an hour ahead, which the database calls `Etc/GMT-1`.
fn fixed_offset(plain: &str) -> Option<String> {
    let rest = plain.strip_prefix("utc").or_else(|| plain.strip_prefix("gmt")).unwrap_or(plain).trim_start();
    let (ahead, digits) = match rest.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (false, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    let digits = digits.trim();
    let hours = digits.strip_suffix(":00").or_else(|| digits.strip_suffix("00").filter(|hours| hours.len() == 2));
    let hours: u8 = hours.unwrap_or(digits).parse().ok()?;
    // The database has no fixed offset beyond these.
    match (ahead, hours) {
        (_, 0) => Some("UTC".to_owned()),
        (true, 1..=14) => Some(format!("Etc/GMT-{hours}")),
        (false, 1..=12) => Some(format!("Etc/GMT+{hours}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_everyday_name_leads_to_a_zone_and_is_none_itself() {
        for (name, zone) in EVERYDAY {
            assert!(db().get(zone).is_ok(), "{zone}");
            assert!(db().get(name).is_err(), "{name} is a zone's name and needs no other");
            assert_eq!(*name, name.to_lowercase());
        }
    }

    #[test]
    fn a_fixed_offset_has_the_sign_that_people_write() {
        let noon = date(2026, 7, 1).at(12, 0, 0, 0);
        for (written, hours) in [("GMT+1", 1), ("UTC-05:00", -5), ("+0200", 2), ("utc +10", 10), ("GMT+0", 0)] {
            let zone = db().get(&meant(written).unwrap()).unwrap();
            assert_eq!(zone.to_zoned(noon).unwrap().offset(), jiff::tz::offset(hours), "{written}");
        }
    }

    #[test]
    fn what_is_meant_comes_before_what_is_spelt_alike() {
        for (written, zone) in [
            ("Pacific Time", Some("America/Los_Angeles")),
            ("Central European Time", Some("Europe/Paris")),
            ("UK", Some("Europe/London")),
            ("New York", Some("America/New_York")),
            ("Berlin time", Some("Europe/Berlin")),
            ("Europe/London Time", Some("Europe/London")),
            ("Europe/Lundun", Some("Europe/London")),
            ("CST", None),
            ("IST", None),
            ("local time", None),
            ("Mars/Base", None),
            ("UTC+5:30", None),
        ] {
            assert_eq!(meant(written).as_deref(), zone, "{written}");
        }
    }
}
