//! RB702: a customer record of which no edition shows anything.

use super::edition_text::{editions, shown_of_body, texts};
use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::Audience;

/// A customer record of which no edition shows anything.
pub const EMPTY_FOR_CUSTOMERS: Lint = Lint::process(
    "RB702",
    "empty-for-customers",
    "a customer record of which no edition shows anything",
    include_str!("empty_for_customers.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let header = subject.header();
    let is_meant = header.audience == Audience::Customer && !header.draft;
    if !is_meant || subject.context.settings.editions.is_empty() {
        return Vec::new();
    }
    let editions = editions(subject);
    let (message, help) = match editions.is_empty() {
        true => (
            format!("this is for customers, and no edition takes {} in", subject.record.kind().with_article()),
            format!(
                "add \"{}\" to `types` of an edition in relbook.toml, or take `audience: customer` away",
                subject.record.kind().word()
            ),
        ),
        false => {
            let body = subject.context.book.body(subject.index);
            let has_words = |key: &&str| *key != "title";
            let is_told = editions.iter().any(|(_, edition)| {
                texts(subject.record, edition).iter().map(|(key, _)| key).any(has_words)
                    || shown_of_body(subject.record, body, edition).has_text
            });
            if is_told {
                return Vec::new();
            }
            (
                "this is for customers, and all that they see of it is its title".to_owned(),
                "add a `summary` or one of the sections that the edition lists, such as `## Release notes`".to_owned(),
            )
        }
    };
    vec![subject.finding(&EMPTY_FOR_CUSTOMERS, "audience", message).label("for customers").help(help)]
}
