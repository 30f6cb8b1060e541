//! What was done otherwise than the process and the calendar say.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::list::List;
use super::reference::Named;
use crate::book::{self, Evidence};
use crate::pages::Context;
use crate::record::Vocabulary;

/// Something that was done otherwise than the process and the calendar say.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Deviation {
    /// The release or change.
    record: Named,
    /// In which way: `in-freeze`, `approved-late`, and so on.
    kind: &'static str,
    /// The same in words for people.
    label: &'static str,
    /// The day on which the attempt began, or of a failed test its own (ISO 8601); null where no day is recorded.
    day: Option<String>,
    /// The number of the window in the list of windows, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<usize>,
    /// What shows it.
    evidence: Shown,
}

/// What shows a deviation.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Shown {
    /// `record`, `window`, `part`, `test` or `allow`.
    kind: &'static str,
    /// The other record: the freeze, the item, the other work.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<Named>,
    /// The part of the plan, by its word.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
    /// The day on which the part was done (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// The number of the test in the list of tests, or of the entry of `allow`, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
}

impl Deviation {
    /// What stands in a column of the table of deviations.
    pub(super) fn cell(&self, head: &str) -> Option<Cow<'_, str>> {
        let Shown { kind, record, part, day, number } = &self.evidence;
        match head {
            "record" => Some(self.record.id().into()),
            "title" => Some(self.record.title().into()),
            "url" => self.record.url().map(Cow::Borrowed),
            "kind" => Some(self.kind.into()),
            "label" => Some(self.label.into()),
            "day" => self.day.as_deref().map(Cow::Borrowed),
            "window" => self.window.map(|number| number.to_string().into()),
            "evidence" => Some((*kind).into()),
            "evidence_record" => record.as_ref().map(|record| record.id().into()),
            "evidence_part" => part.map(Cow::Borrowed),
            "evidence_number" => number.map(|number| number.to_string().into()),
            "evidence_day" => day.as_deref().map(Cow::Borrowed),
            _ => None,
        }
    }

    /// A deviation.
    pub(super) fn new(context: &Context<'_>, of: &book::Deviation) -> Deviation {
        Deviation {
            record: Named::new(context, of.record),
            kind: of.kind.said().word,
            label: of.kind.said().label,
            day: of.moment.map(|day| day.to_string()),
            window: of.attempt.map(|number| number + 1),
            evidence: Shown::new(context, of.evidence),
        }
    }
}

impl Shown {
    fn new(context: &Context<'_>, of: Evidence) -> Shown {
        match of {
            Evidence::Record(index) => {
                Shown { kind: "record", record: Some(Named::new(context, index)), ..Shown::default() }
            }
            Evidence::Window => Shown { kind: "window", ..Shown::default() },
            Evidence::Part(part, day) => {
                Shown { kind: "part", part: Some(part.word()), day: day.map(|day| day.to_string()), ..Shown::default() }
            }
            Evidence::Test(number) => Shown { kind: "test", number: Some(number + 1), ..Shown::default() },
            Evidence::Allow(number) => Shown { kind: "allow", number: Some(number + 1), ..Shown::default() },
        }
    }
}

/// All deviations, the newest first, or a part of them.
pub(super) fn deviations(context: &Context<'_>, number: usize) -> List<Deviation> {
    let first = address::named("deviations");
    List::new(context, context.deviations.all().iter(), number, &first, |of| Deviation::new(context, of))
}
