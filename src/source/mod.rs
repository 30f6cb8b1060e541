//! The texts that a site is made from, and where in them something stands.

mod beside;
mod commits;
mod drawing;
mod file;
mod folder;
mod git;
mod history;
mod ignore;
mod listing;
mod look;
mod name;
mod published;
mod revision;
mod text;
mod trees;
mod walk;
mod withheld;

pub use commits::Commit;
pub use file::{MAX_TEXT_BYTES, Text, TextFault, load_file, load_text};
pub use folder::load;
pub use git::Objects;
pub use history::{Absent, Change, History, Version, head_commit, load_history};
pub use ignore::Ignore;
pub use listing::{Folder, PassedOver, Unread, Wanted};
pub use name::{bundle, is_aside, is_for_hosts, is_left_alone, record_stem};
pub use published::load_published;
pub use revision::{Revision, load_revision, settings_at};
pub use text::{Place, Position, Source, SourceId, Sources, Span};
pub use walk::SiteFile;
pub use withheld::Withheld;
