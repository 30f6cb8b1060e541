//! The next free window of a configuration item, as its page shows it.

use serde::Serialize;

use super::context::Context;
use super::row::Link;
use super::time::{Day, When};
use crate::book::{NextFree, RecordIndex};

/// When an item is next free, seen from the day of the build.
#[derive(Debug, Serialize)]
pub struct NextFreeView {
    /// The day of the build.
    pub today: Day,
    /// From when to when, if there is such a stretch.
    pub stretch: Option<When>,
    /// Whose maintenance time it is.
    pub maintenance: Option<Link>,
    /// The last day that was looked at, where nothing is free.
    pub looked_to: Option<Day>,
}

/// When an item is next free; nothing where it has no maintenance times ahead.
pub(crate) fn next_free(context: &Context<'_>, item: RecordIndex) -> Option<NextFreeView> {
    let zone = &context.settings.time_zone;
    let today = Day::new(context.today);
    Some(match context.edition.next_free(item)? {
        NextFree::Stretch { from, to, maintenance } => NextFreeView {
            today,
            stretch: Some(When::stretch(&from.to_zoned(zone.clone()), &to.to_zoned(zone.clone()))),
            maintenance: Some(Link {
                href: context.href_of(maintenance),
                text: context.edition.get(maintenance).header().title.clone(),
            }),
            looked_to: None,
        },
        NextFree::NotBefore(end) => {
            let day = Day::new(end.to_zoned(zone.clone()).date());
            NextFreeView { today, stretch: None, maintenance: None, looked_to: Some(day) }
        }
    })
}
