//! The texts that a site is made from, and where in them something stands.

mod folder;
mod revision;
mod text;

pub use folder::{Folder, NotUtf8, SiteFile, load, load_file, load_files};
pub use revision::{Revision, load_revision};
pub use text::{Place, Position, Source, SourceId, Sources, Span};
