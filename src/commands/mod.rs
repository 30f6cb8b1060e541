//! One file a verb: it talks to the person and decides nothing.

mod build;
mod search;
mod verify;

pub use build::{BuildOptions, build};
pub use search::{SearchOptions, search};
pub use verify::{VerifyOptions, verify};
