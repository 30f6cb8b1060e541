//! The JSON API, version 1: addresses and fields are a promise, to which is only added.

mod schema;

pub(super) use schema::{schemas, write_schema};
