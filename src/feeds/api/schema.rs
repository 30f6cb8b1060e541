//! The schemas of the front matter, from the declared keys.

use super::document::ApiDocument;
use crate::manual::schema;
use crate::record::Kind;
use crate::route::Route;

/// The schema of each kind that has files, with its address.
pub(super) fn schemas() -> impl Iterator<Item = (Route, ApiDocument)> {
    let kinds = Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Service);
    kinds.map(|kind| (Route::root(&format!("api/v1/schema/{}.json", kind.word())), ApiDocument::Schema(kind)))
}

/// Writes the schema of a kind.
pub(super) fn write_schema(kind: Kind, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("{:#}\n", schema(kind)).as_bytes());
}
