//! An incident that work fixed or caused.

use jiff::tz::TimeZone;

use crate::read::{DayEdge, Fields, Meanings, Moment, Node, Value, instant};

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its number in the system that keeps it.
    pub id: String,
    /// When it was noticed.
    pub detected_at: Option<Moment>,
}

/// A list of incidents: each an id, or a map that says more.
pub(super) fn incidents(fields: &Fields<'_>, key: &'static str, zone: &TimeZone) -> Vec<Incident> {
    let all = fields.items(key).iter().filter_map(|item| incident(item, fields, zone));
    all.filter(|incident| !incident.id.trim().is_empty()).collect()
}

/// What is meant by keys that an incident has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("id", &["number", "incident", "ticket"]),
        ("detected_at", &["detected", "at", "since", "found_at", "started_at", "detected_on"]),
    ],
    advice: &[],
};

fn incident(item: &Node, fields: &Fields<'_>, zone: &TimeZone) -> Option<Incident> {
    if let Value::Scalar { text, .. } = &item.value {
        return Some(Incident { id: text.clone(), detected_at: None });
    }
    let fields = Fields::new(item, "an incident", fields.sink())?;
    let id = fields.required("id", fields.span());
    let detected_at = fields.moment("detected_at");
    let detected_at = detected_at.filter(|of| instant(of, DayEdge::Start, zone, fields.sink()).is_some());
    fields.meanings(&MEANINGS);
    fields.finish();
    Some(Incident { id: id?, detected_at })
}
