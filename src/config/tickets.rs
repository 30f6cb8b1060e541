//! `[[tickets]]`: how ids link to their systems of record.

use crate::read::{Fields, UNKNOWN_VALUE};

/// How ids of one shape link to their system of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tickets {
    prefix: String,
    suffix: String,
    url: String,
}

impl Tickets {
    /// The address of a ticket, if the id has this shape: the pattern with digits for `{number}`.
    pub fn url(&self, id: &str) -> Option<String> {
        let number = id.strip_prefix(&*self.prefix)?.strip_suffix(&*self.suffix)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| self.url.replace("{id}", id).replace("{number}", number))
    }
}

/// `[[tickets]]`: a pattern with `{number}`, and an address.
pub(super) fn read(fields: Fields<'_>) -> Option<Tickets> {
    let (pattern, span) = fields.spanned_text("pattern")?;
    let url = fields.url("url");
    let split = pattern.split_once("{number}").map(|(prefix, suffix)| (prefix.to_owned(), suffix.to_owned()));
    if split.is_none() {
        fields.sink().push(
            fields
                .sink()
                .finding(&UNKNOWN_VALUE, span, "the pattern has no `{number}`")
                .help("write the shape of an id, such as \"PRB-{number}\""),
        );
    }
    fields.finish();
    let (prefix, suffix) = split?;
    Some(Tickets { prefix, suffix, url: url? })
}
