//! The lints of linking: ids and references.

use crate::diag::{Level, Lint};

/// Two records of one type with one id, or two addresses equal without regard to case.
pub const DUPLICATE_ID: Lint = Lint::error(
    "RB201",
    "duplicate-id",
    "two records of one type with one id or address",
    include_str!("lints/duplicate_id.md"),
);
/// An id that no record has.
pub const UNKNOWN_REFERENCE: Lint =
    Lint::error("RB202", "unknown-reference", "an id that no record has", include_str!("lints/unknown_reference.md"));
/// The id of a record of another type.
pub const WRONG_KIND: Lint =
    Lint::error("RB203", "wrong-kind", "the id of a record of another type", include_str!("lints/wrong_kind.md"));
/// A record that refers to itself, or does so in a circle.
pub const SELF_REFERENCE: Lint = Lint::error(
    "RB204",
    "self-reference",
    "a record that refers to itself, directly or in a circle",
    include_str!("lints/self_reference.md"),
);
/// A named file that is not there, or a file that nothing names.
pub const MISSING_ARTEFACT: Lint = Lint::error(
    "RB205",
    "missing-artefact",
    "a named file that is not there, or a file that nothing names",
    include_str!("lints/missing_artefact.md"),
)
.in_records(Level::Warn);
/// A link in a body that leads nowhere on the site.
pub const BROKEN_LINK: Lint = Lint::error(
    "RB206",
    "broken-link",
    "a link or anchor in a body that leads nowhere",
    include_str!("lints/broken_link.md"),
)
// The links of an imported history lead into a site that was.
.in_records(Level::Off);
/// A release or change that names no configuration item.
pub const NO_CONFIGURATION_ITEM: Lint = Lint::error(
    "RB207",
    "no-configuration-item",
    "a release or change that names no configuration item",
    include_str!("lints/no_configuration_item.md"),
)
.in_records(Level::Off)
.in_standard(Level::Warn);
