//! The whole program on real folders: from record files to the pages that a reader gets.
//!
//! `harness` makes a site from one string and builds it; `html` and `checker` read what came out; every other module
//! holds the tests of one promise.

#![allow(clippy::disallowed_methods, reason = "tests look at what was made")]

mod absent;
mod authoring;
mod budgets;
mod by_words;
mod calendar;
mod cases;
mod checker;
mod checks;
mod clocks;
mod components;
mod conflicts;
mod copying;
mod crowds;
mod direction;
mod edition_words;
mod editions;
mod escaping;
mod every_text;
mod excerpts;
mod explanations;
mod figures;
mod files;
mod findings;
mod first_hour;
mod floors;
mod gate;
mod golden;
mod harness;
mod headings;
mod history;
mod hostile_files;
mod html;
mod incidents;
mod kill;
mod lessons;
mod links;
mod lists;
mod manual;
mod moments;
mod mutations;
mod neighbourhood;
mod notices;
mod oracle;
mod outdated;
mod passed_over;
mod phrases;
mod places;
mod plans;
mod planted;
mod power;
mod previews;
mod process;
mod progress;
mod promises;
mod references;
mod reports;
mod repository;
mod same_bytes;
mod schema;
mod search;
mod serve;
mod spellings;
mod stages;
mod streams;
mod suggestions;
mod templates;
mod texts;
mod theme;
mod timeline;
mod transcripts;
mod versions;
