//! The cross-linked model: references are indices, each known from both its ends.

mod availability;
mod body;
mod carry_forward;
mod conflicts;
mod connections;
mod experience;
mod figures;
mod files;
mod lessons;
mod lineage;
mod link;
mod lints;
mod model;
mod readiness;
mod recurrence;
mod schedule;
mod scope;
mod tables;

pub use availability::{Availability, NextFree};
pub use body::{Body, Target, body_options};
pub use carry_forward::{Carried, CarryForward, Range};
pub use conflicts::{Conflict, Conflicts};
pub use connections::{Connection, Connections, Direction, Relation};
pub use experience::{Experience, Experiences};
pub use figures::{ByType, Figures, LeftOut, Tally};
pub use files::Files;
pub use lessons::{LessonIndex, LessonPlace};
pub use lineage::Lineage;
pub use link::{Input, link};
pub use lints::*;
pub use model::Book;
pub use readiness::Readiness;
pub use schedule::{Occurrence, OccurrenceIndex, OccurrenceKind, Schedule};
pub use scope::Work;
pub use tables::{RecordIndex, Tables};
