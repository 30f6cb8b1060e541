//! The JSON API, version 1: addresses and fields are a promise, to which is only added.
//!
//! Addresses in it are full where the site knows its own, else below the site's root. Days are ISO 8601, moments RFC 3339.

mod address;
mod ahead;
mod audit;
mod calendar;
mod card;
mod conflict;
mod deviation;
mod document;
mod documents;
mod finding;
mod index;
mod item;
mod known_error;
mod lesson;
mod list;
mod message;
mod metrics;
mod model;
mod openapi;
mod plan;
mod record;
mod reference;
mod schema;
mod section;
mod service;
mod taught;

pub(super) use document::ApiDocument;
pub(super) use documents::{documents, each_row, findings};
pub(super) use index::kinds;
