//! The words of the release process as types, one file a kind, and how each is read.

mod advice;
mod change;
mod configuration_item;
mod folder;
mod header;
mod id;
mod incident;
mod kind;
mod known_error;
mod lifecycle;
mod names;
mod near_section;
mod own_kind;
mod page;
mod placeholder;
mod plan;
mod problem;
mod process;
mod progress;
mod reading;
mod release;
mod review;
mod section;
mod service;
mod version;
mod vocabulary;
mod window;

pub use change::{Change, ChangeType};
pub use configuration_item::{ConfigurationItem, ItemClass};
pub use folder::{near_folder, record_folders};
pub use header::{Allow, Audience, Header, Hyperlink, Reference};
pub use id::{address, fold};
pub use incident::Incident;
pub use kind::{Kind, Record};
pub use known_error::{KnownError, KnownErrorStatus, WorkaroundStatus};
pub use lifecycle::{Lifecycle, Step, status};
pub use names::Names;
pub use near_section::{NearSection, near_section};
pub use page::Page;
pub use placeholder::{is_placeholder, is_placeholder_value};
pub use plan::{
    Approval, Artefact, ArtefactKind, Decision, Downtime, Effect, Effects, EscalationLevel, Impact, Notification,
    Phase, Plan, Priority, ReviewOutcome, Rollback, Stakeholder, Status, Test, TestResult, Verdict, Window, WindowDays,
    WindowOutcome, last_day,
};
pub use problem::{Problem, ProblemStatus};
pub use process::{Part, PlanBody, PlanKind, PlanParts, PolicyDays, Process, Wanted};
pub use progress::Standing;
pub use reading::{Defaults, front_matter, name_of, read, too_large};
pub use release::{Release, ReleaseType};
pub use review::{Action, ActionStatus, Lesson, Outcome, Review};
pub use section::{PlanSection, heading_key};
pub use service::Service;
pub use version::Version;
pub use window::{CalendarWindow, Exception, Repetition, WindowKind};
