//! The whole program on real folders: from record files to the pages that a reader gets.
//!
//! `harness` makes a site from one string and builds it; `html` and `checker` read what came out; every other module
//! holds the tests of one promise.

mod absent;
mod by_words;
mod calendar;
mod checker;
mod checks;
mod clocks;
mod conflicts;
mod copying;
mod crowds;
mod direction;
mod editions;
mod escaping;
mod every_text;
mod excerpts;
mod explanations;
mod figures;
mod files;
mod findings;
mod floors;
mod golden;
mod harness;
mod headings;
mod history;
mod hostile_files;
mod html;
mod kill;
mod lessons;
mod links;
mod lists;
mod moments;
mod mutations;
mod neighbourhood;
mod notices;
mod passed_over;
mod phrases;
mod places;
mod plans;
mod power;
mod process;
mod progress;
mod references;
mod reports;
mod repository;
mod same_bytes;
mod search;
mod spellings;
mod streams;
mod suggestions;
mod templates;
mod theme;
mod timeline;
mod transcripts;
mod versions;
