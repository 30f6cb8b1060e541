//! One file a verb: it talks to the person and decides nothing.

mod build;
mod verify;

pub use build::{BuildOptions, build};
pub use verify::{VerifyOptions, verify};
