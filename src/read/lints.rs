//! The lints of reading: source, front matter and values.

use crate::diag::{Level, Lint};

/// A file that is not UTF-8.
pub const NOT_UTF8: Lint =
    Lint::error("RB001", "not-utf8", "a file that is not UTF-8", include_str!("lints/not_utf8.md"));
/// An opening fence without its end, or no front matter at all.
pub const UNCLOSED_FRONT_MATTER: Lint = Lint::error(
    "RB002",
    "unclosed-front-matter",
    "front matter without its end, or none at all",
    include_str!("lints/unclosed_front_matter.md"),
);
/// YAML or TOML that does not parse.
pub const FRONT_MATTER_SYNTAX: Lint = Lint::error(
    "RB003",
    "front-matter-syntax",
    "YAML or TOML that does not parse",
    include_str!("lints/front_matter_syntax.md"),
);
/// A key given twice.
pub const DUPLICATE_KEY: Lint =
    Lint::error("RB004", "duplicate-key", "a key given twice", include_str!("lints/duplicate_key.md"));
/// A key that no record of the type has.
pub const UNKNOWN_FIELD: Lint = Lint::error(
    "RB005",
    "unknown-field",
    "a key that no record of the type has",
    include_str!("lints/unknown_field.md"),
);
/// A required key that is not there.
pub const MISSING_FIELD: Lint =
    Lint::error("RB006", "missing-field", "a required key that is not there", include_str!("lints/missing_field.md"));
/// Nesting, aliases or size beyond the limits.
pub const TOO_LARGE: Lint = Lint::error(
    "RB007",
    "too-deep-or-too-large",
    "nesting, aliases or size beyond the limits",
    include_str!("lints/too_deep_or_too_large.md"),
);
/// A file or folder that looks like records and that nothing reads.
pub const PASSED_OVER: Lint = Lint::error(
    "RB009",
    "passed-over",
    "a file or folder that looks like records and that nothing reads",
    include_str!("lints/passed_over.md"),
)
.in_records(Level::Warn)
.in_standard(Level::Warn);
/// What another generator would replace, in a text.
pub const FOREIGN_SYNTAX: Lint = Lint::error(
    "RB010",
    "foreign-syntax",
    "a notation of another generator in a text, outside of code",
    include_str!("lints/foreign_syntax.md"),
)
.in_records(Level::Warn)
.in_standard(Level::Warn)
.in_strict(Level::Warn);
/// Another shape than the key takes.
pub const WRONG_TYPE: Lint =
    Lint::error("RB101", "wrong-type", "another shape than the key takes", include_str!("lints/wrong_type.md"));
/// Not one of the allowed values.
pub const UNKNOWN_VALUE: Lint =
    Lint::error("RB102", "unknown-value", "not one of the allowed values", include_str!("lints/unknown_value.md"));
/// Not a date or a date-time.
pub const BAD_DATE: Lint =
    Lint::error("RB103", "bad-date", "not a date or a date-time", include_str!("lints/bad_date.md"));
/// Not a name of the IANA time zone database.
pub const UNKNOWN_TIME_ZONE: Lint = Lint::error(
    "RB104",
    "unknown-time-zone",
    "not a name of the IANA time zone database",
    include_str!("lints/unknown_time_zone.md"),
);
/// A local time that the clocks skip or show twice.
pub const NONEXISTENT_LOCAL_TIME: Lint = Lint::error(
    "RB105",
    "nonexistent-local-time",
    "a local time that the clocks skip or show twice",
    include_str!("lints/nonexistent_local_time.md"),
);
/// A scheme outside http, https, mailto and tel.
pub const UNSAFE_URL: Lint = Lint::error(
    "RB106",
    "unsafe-url",
    "a URL that could run a script or hide its target",
    include_str!("lints/unsafe_url.md"),
);
/// The same in a body, whose text stays readable without the link: an imported history is not stopped by it.
pub const UNSAFE_LINK: Lint = UNSAFE_URL.in_records(Level::Warn);
/// A value that begins and ends with typographic quotes.
pub const CURLY_QUOTES: Lint = Lint::error(
    "RB108",
    "curly-quotes",
    "a value that begins and ends with typographic quotes",
    include_str!("lints/curly_quotes.md"),
)
// A title of an imported history may be a quotation.
.in_records(Level::Warn);
/// Raw HTML in a body that never ends.
pub const UNCLOSED_HTML: Lint =
    Lint::error("RB107", "unclosed-html", "raw HTML in a body that never ends", include_str!("lints/unclosed_html.md"))
        .in_records(Level::Warn);
