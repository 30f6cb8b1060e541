//! The plan of a release or change on its page.

pub(super) mod attempt;
pub(super) mod before;
pub(super) mod line;
pub(super) mod readiness;
pub(super) mod recorded;
pub(super) mod stages;
pub(super) mod stakeholders;
pub(super) mod strip;
pub(super) mod timeline;
pub(super) mod view;
