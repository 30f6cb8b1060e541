//! relbook
pub mod book;
pub mod check;
pub mod commands;
pub mod config;
pub mod diag;
pub mod edition;
pub mod feeds;
pub mod lints;
pub mod output;
pub mod pages;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod route;
pub mod site;
pub mod source;
pub mod theme;
