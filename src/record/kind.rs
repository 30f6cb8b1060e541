//! The kinds of record.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What kind of record it is. The order is that of tables and lists.
    pub enum Kind {
        /// A release.
        Release = "release", "Release";
        /// A change.
        Change = "change", "Change";
        /// A known error.
        KnownError = "known-error", "Known error";
        /// A problem ticket.
        Problem = "problem", "Problem";
        /// A pre-approved model of changes.
        StandardChange = "standard-change", "Standard change";
        /// A configuration item.
        ConfigurationItem = "configuration-item", "Configuration item";
        /// A business service.
        Service = "service", "Service";
        /// A window of the calendar.
        Window = "window", "Window";
        /// A free page.
        Page = "page", "Page";
    }
    meant {
        "chg" | "rfc" | "change-request" => Change,
        "ke" | "known-issue" | "knownerror" => KnownError,
        "prb" | "problem-ticket" => Problem,
        "change-model" | "standard-change-model" | "change-template" => StandardChange,
        "ci" | "asset" | "config-item" => ConfigurationItem,
        "maintenance-window" | "calendar" => Window,
    }
}

impl Kind {
    /// The folder of its files and of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Release => "releases",
            Kind::Change => "changes",
            Kind::KnownError => "known-errors",
            Kind::Problem => "problems",
            Kind::StandardChange => "standard-changes",
            Kind::ConfigurationItem => "configuration-items",
            Kind::Service => "services",
            Kind::Window => "calendar",
            Kind::Page => "pages",
        }
    }

    /// Many of it, as a heading.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Release => "Releases",
            Kind::Change => "Changes",
            Kind::KnownError => "Known errors",
            Kind::Problem => "Problems",
            Kind::StandardChange => "Standard changes",
            Kind::ConfigurationItem => "Configuration items",
            Kind::Service => "Services",
            Kind::Window => "Windows",
            Kind::Page => "Pages",
        }
    }

    /// With its article, for a sentence.
    pub fn with_article(self) -> &'static str {
        match self {
            Kind::Release => "a release",
            Kind::Change => "a change",
            Kind::KnownError => "a known error",
            Kind::Problem => "a problem",
            Kind::StandardChange => "a standard change",
            Kind::ConfigurationItem => "a configuration item",
            Kind::Service => "a service",
            Kind::Window => "a window",
            Kind::Page => "a page",
        }
    }

    /// Whether a record exists by being named, with a file or without.
    pub fn exists_by_name(self) -> bool {
        matches!(self, Kind::Problem | Kind::ConfigurationItem | Kind::Service)
    }
}
