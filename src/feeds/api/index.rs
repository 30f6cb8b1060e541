//! What the API has: its lists with their counts, and where to go on.

use schemars::JsonSchema;
use serde::Serialize;

use super::schema::schemas;
use super::{address, finding};
use crate::edition::Edition;
use crate::feeds::table::Table;
use crate::pages::{Checks, Context};
use crate::record::Kind;
use crate::route::Route;

/// What the API has.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Index {
    /// The site's name.
    title: String,
    /// The edition's name; null for the company's own staff.
    edition: Option<String>,
    /// The day of the build, from which it counts what is ahead and overdue (ISO 8601).
    today: String,
    /// The name of the site's zone.
    time_zone: Option<String>,
    /// What made it.
    program: Program,
    /// Its lists.
    lists: Vec<Listed>,
    /// The description of the API (OpenAPI 3.1).
    openapi: String,
    /// The schemas of the keys of each kind (JSON Schema 2020-12).
    schemas: Vec<String>,
}

/// What made the site.
#[derive(Debug, Serialize, JsonSchema)]
struct Program {
    /// Its name.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// A list.
#[derive(Debug, Serialize, JsonSchema)]
struct Listed {
    /// What it is called in addresses.
    name: &'static str,
    /// How many entries it has.
    total: usize,
    /// Its address.
    url: String,
    /// The same as a table for spreadsheets (RFC 4180).
    #[serde(skip_serializing_if = "Option::is_none")]
    csv: Option<String>,
}

/// The kinds that have cards: those with records that have pages.
pub(in crate::feeds) fn kinds(edition: &Edition) -> impl Iterator<Item = Kind> {
    let kinds = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Window);
    kinds.filter(|kind| edition.has_pages(*kind) && !edition.tables.of_kind(*kind).is_empty())
}

/// What the API has.
pub(super) fn index(context: &Context<'_>, checks: Option<&Checks>, others: &[(&'static str, usize)]) -> Index {
    let edition = context.edition;
    let of_kinds = kinds(edition).map(|kind| (kind.folder(), edition.tables.of_kind(kind).len()));
    let found = checks.map(|checks| (finding::NAME, checks.count()));
    let listed = |(name, total): (&'static str, usize)| Listed {
        name,
        total,
        url: context.href(&address::named(name)),
        csv: Table::named(name).map(|_| context.href(&Route::table(name))),
    };
    Index {
        title: context.settings.title.clone(),
        edition: edition.name().map(str::to_owned),
        today: context.today.to_string(),
        time_zone: context.settings.time_zone.iana_name().map(str::to_owned),
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        lists: of_kinds.chain(others.iter().copied()).chain(found).map(listed).collect(),
        openapi: context.href(&address::named("openapi")),
        schemas: schemas().map(|(route, _)| context.href(&route)).collect(),
    }
}
