//! EDGE: the preview: a server on this machine whose pages follow the records as they are written.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod asked;
mod events;
mod kept;
mod media_type;
mod reply;
mod server;
mod strip;
mod watch;

pub use server::{News, ServeRequest, Served, serve};
