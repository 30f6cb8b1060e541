//! The lints of reading: source, front matter and values.

use crate::diag::Lint;

/// A file that is not UTF-8.
pub const NOT_UTF8: Lint = Lint::error("RB001", "not-utf8", "a file that is not UTF-8");
/// An opening fence without its end, or no front matter at all.
pub const UNCLOSED_FRONT_MATTER: Lint =
    Lint::error("RB002", "unclosed-front-matter", "front matter without its end, or none at all");
/// YAML or TOML that does not parse.
pub const FRONT_MATTER_SYNTAX: Lint = Lint::error("RB003", "front-matter-syntax", "YAML or TOML that does not parse");
/// A key given twice.
pub const DUPLICATE_KEY: Lint = Lint::error("RB004", "duplicate-key", "a key given twice");
/// A key that no record of the type has.
pub const UNKNOWN_FIELD: Lint = Lint::error("RB005", "unknown-field", "a key that no record of the type has");
/// A required key that is not there.
pub const MISSING_FIELD: Lint = Lint::error("RB006", "missing-field", "a required key that is not there");
/// Nesting, aliases or size beyond the limits.
pub const TOO_LARGE: Lint = Lint::error("RB007", "too-deep-or-too-large", "nesting, aliases or size beyond the limits");
/// Another shape than the key takes.
pub const WRONG_TYPE: Lint = Lint::error("RB101", "wrong-type", "another shape than the key takes");
/// Not one of the allowed values.
pub const UNKNOWN_VALUE: Lint = Lint::error("RB102", "unknown-value", "not one of the allowed values");
/// Not a date or a date-time.
pub const BAD_DATE: Lint = Lint::error("RB103", "bad-date", "not a date or a date-time");
/// Not a name of the IANA time zone database.
pub const UNKNOWN_TIME_ZONE: Lint =
    Lint::error("RB104", "unknown-time-zone", "not a name of the IANA time zone database");
/// A local time that the clocks skip or show twice.
pub const NONEXISTENT_LOCAL_TIME: Lint =
    Lint::error("RB105", "nonexistent-local-time", "a local time that the clocks skip or show twice");
/// A scheme outside http, https, mailto and tel.
pub const UNSAFE_URL: Lint = Lint::error("RB106", "unsafe-url", "a URL that could run a script or hide its target");
