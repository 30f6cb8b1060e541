//! EDGE: writes the built site to disk: whole or not at all, touching only what differs, deleting only what
//! its own manifest says it wrote.
//!
//! 1. `place` refuses what is not ours and says where staging and lock lie; `lock` admits one writer.
//! 2. `recovery` finishes or clears what a killed run left.
//! 3. `store` puts each file into the staging tree: a hard link to the published one if the bytes are
//!    equal, else a new file.
//! 4. `survey` holds the published folder against the old manifest and the new.
//! 5. `sync` brings the tree to disk; `exchange` swaps the two trees; where that cannot be had, `stepwise` carries the files over one
//!    by one, by a journal.
//! 6. `verify` holds a tree against its manifest, at any later time.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod bytes;
mod exchange;
mod fault;
mod folders;
mod kept;
mod lock;
mod manifest;
mod own;
mod place;
mod recovery;
mod staging;
mod stepwise;
mod store;
mod survey;
mod sync;
mod verify;
mod writer;

pub use verify::{Difference, verify};
pub use writer::{Output, Summary, Terms};
