//! `relbook.toml`: what a site sets.

mod base_url;
mod calendar;
mod editions;
mod editor;
mod lints;
mod process;
mod reading;
mod references;
mod settings;
mod tickets;

pub use base_url::base_url;
pub use calendar::CalendarSettings;
pub use editions::{EditionSettings, showable};
pub use editor::Editor;
pub use reading::read;
pub use references::{Listed, References};
pub use settings::Settings;
pub use tickets::Tickets;
