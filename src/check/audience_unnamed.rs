//! RB329: an audience whose days of notice hold for nobody, because it is written in one way in the settings and in another
//! in records.

use std::collections::BTreeMap;

use super::subject::{Context, Subject};
use crate::book::RecordIndex;
use crate::diag::{Finding, Lint};
use crate::read::nearest;
use crate::record::fold_name;
use crate::source::{Place, SourceId};

/// An audience that records and settings write in two ways.
pub const AUDIENCE_UNNAMED: Lint = Lint::process(
    "RB329",
    "audience-unnamed",
    "an audience that `[process.notice]` and the records write in two ways, so that its days of notice do not hold",
    include_str!("audience_unnamed.md"),
);

/// Names whose lengths differ by more are never near.
const MOST_APART: usize = 3;

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let notice = &context.settings.process.notice;
    if notice.is_empty() {
        return Vec::new();
    }
    // By the folded name: as it is written, and the first notification that names it.
    let mut told: BTreeMap<String, (&str, RecordIndex, usize)> = BTreeMap::new();
    for (index, record) in context.book.tables.iter() {
        let notifications = record.plan().map_or(&[][..], |plan| &plan.notifications);
        for (number, message) in notifications.iter().enumerate() {
            let Some(audience) = message.audience.as_deref() else { continue };
            told.entry(fold_name(audience)).or_insert((audience, index, number));
        }
    }
    let mut findings = Vec::new();
    for (folded, of_site) in notice.iter().filter(|(folded, _)| !told.contains_key(*folded)) {
        let audiences = || told.iter().filter(|(other, _)| !notice.contains_key(*other));
        let meant = near(folded, audiences().map(|(other, _)| other.as_str()))
            .or_else(|| audiences().map(|(other, _)| other.as_str()).find(|other| is_part(folded, other)));
        let Some((written, ..)) = meant.and_then(|meant| told.get(meant)) else { continue };
        let place = Place { source: SourceId::SETTINGS, span: of_site.span };
        let message =
            format!("no record tells `{}`, so that nobody is told {} days before", of_site.name, of_site.days);
        let finding = Finding::new(&AUDIENCE_UNNAMED, place, message).label("no notification names it");
        findings.push(finding.help(format!("records tell `{written}`: write it here and there in one way")));
    }
    for (folded, (written, index, number)) in told.iter().filter(|(folded, _)| !notice.contains_key(*folded)) {
        let of_site = notice.iter().filter(|(other, _)| told.contains_key(*other)).map(|(other, _)| other.as_str());
        let Some(meant) = near(folded, of_site).and_then(|meant| notice.get(meant)) else { continue };
        let Some(subject) = Subject::new(context, *index) else { continue };
        let message = format!("`{written}` has no days of notice, and `{}` has {}", meant.name, meant.days);
        let finding = subject.finding(&AUDIENCE_UNNAMED, &format!("notifications.{number}.audience"), message);
        let help = format!("write `{}`, or give `{written}` days of its own under [process.notice]", meant.name);
        findings.push(finding.label("another audience?").help(help));
    }
    findings
}

/// The one that is likely meant. Those with other digits are others: wave 3 is not wave 4.
fn near<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (length, own) = (written.chars().count(), digits(written));
    nearest(written, known.filter(|of| of.chars().count().abs_diff(length) <= MOST_APART && digits(of) == own))
}

/// Whether a name is made of words of another: `carriers` of `contracted carriers`.
fn is_part(name: &str, whole: &str) -> bool {
    name.split(' ').all(|word| whole.split(' ').any(|other| other == word))
}
