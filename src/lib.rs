//! A static documentation site from release records.
//!
//! The program is one sentence:
//!
//! ```text
//! Sources --parse--> Records --link--> Book --check--> Report
//!                                      Book --for an audience--> Edition --plan--> Site --render--> written or served
//! ```
//!
//! One type for each noun, one function for each verb; each stage takes the value of the stage before it. Only the
//! ends touch the world (files, clock, sockets); they say EDGE in their first line, which `.clippy.toml` holds. Everything
//! between is pure, so that it can be tested, run on every core, and repeated byte for byte.
//!
//! Rooms, from the ground up. A room imports only from lower floors, which a test holds.
//!
//! | floor | room | duty |
//! | --- | --- | --- |
//! | 1 | [`source`] | one text with its path and line index; EDGE: walking the folder, revisions and history from git |
//! | 2 | [`diag`] | a finding as data; printing it last, for people and for other programs |
//! | 3 | [`read`] | text to front matter with places to typed fields; Markdown to headings, references and safe HTML |
//! | 3 | [`theme`] | layers (the site's own over the built-in) and the template engine; knows no record |
//! | 4 | [`record`] | the words of the process as types, one file a kind, and how each is read |
//! | 5 | [`config`] | `relbook.toml` |
//! | 5 | [`route`] | where each thing lives on the site |
//! | 6 | [`manual`] | the manual's chapters, and what is printed from the declarations: references, the schema of records |
//! | 6 | [`book`] | the cross-linked model: connections, carry-forward, schedule, conflicts, lessons |
//! | 7 | [`check`] | what is held against the whole book: one rule a file, with its explanation |
//! | 7 | [`edition`] | the book as one audience may see it; default deny |
//! | 8 | [`pages`] | one file a page kind: from the edition to a typed view |
//! | 8 | [`search`] | the search index in small files, and how it is searched |
//! | 9 | [`feeds`] | what machines read: the facts of the pages as data |
//! | 10 | [`evidence`] | what an auditor takes away of some records, or of the work of a period |
//! | 10 | [`site`] | a sorted table from route to recipe; a recipe makes bytes |
//! | 11 | [`lints`] | every lint of every floor: the one list |
//! | 11 | [`output`] | EDGE: compare, write, prune, exchange |
//! | 12 | [`pipeline`] | EDGE: the sentence above, in code |
//! | 13 | [`authoring`] | EDGE: what helps to write records: begins a site, makes and changes records, lists what is there |
//! | 13 | [`serve`] | EDGE: the preview: pages of the records as they are now, from memory |
//! | 14 | [`commands`] | one file a verb; talks to the person; decides nothing |
//! | 15 | `main.rs` | options, exit codes, the clock |
//!
//! Two things differ from what one would guess. Front matter is read twice, on purpose: `gray_matter` finds it, and a
//! second pass reads it with exact lexemes and places, so that `version: 1.10` stays `1.10` and every fault of a file
//! is reported in one run. And an edition is not a filter over the book: what an audience may not see is taken away
//! first and the rest is linked anew, so that nothing that follows from the hidden part is left.

pub mod authoring;
pub mod book;
pub mod check;
pub mod commands;
pub mod config;
pub mod diag;
pub mod edition;
pub mod evidence;
pub mod feeds;
pub mod lints;
pub mod manual;
pub mod output;
pub mod pages;
pub mod pipeline;
pub mod read;
pub mod record;
pub mod route;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
