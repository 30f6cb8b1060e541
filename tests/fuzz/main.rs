//! Inputs that nobody would write, held against what is promised of every input: no panic, no hang, no more memory than the
//! limit below, and no finding that points outside its text.
//!
//! `cargo test --test fuzz` makes a few hundred of each target; `RELBOOK_FUZZ=1000000 cargo test --release --test fuzz` a
//! million of each, and then no input may take more than a second of a processor. `RELBOOK_FUZZ_SEED` begins elsewhere. Every input is
//! a function of the seed and its number: a failure prints both, and the input.
//!
//! What was found once stands in `regressions.txt`, and is tried first. A line more there is an input more.

#![allow(clippy::disallowed_methods, reason = "tests look at what was made")]

mod inputs;
mod runner;

mod index;
mod manifest;
mod markdown;
mod record;
mod settings;
mod templates;
