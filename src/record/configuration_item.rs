//! A configuration item.

use super::header::{Reference, references};
use super::plan::{EscalationLevel, escalation};
use super::vocabulary::vocabulary;
use super::{Header, Priority};
use crate::read::Fields;

vocabulary! {
    /// What kind of item it is.
    pub enum ItemClass {
        /// A business service.
        Service = "service", "Service";
        /// A program.
        Application = "application", "Application";
        /// A database.
        Database = "database", "Database";
        /// A machine.
        Host = "host", "Host";
        /// A network.
        Network = "network", "Network";
        /// An interface between systems.
        Interface = "interface", "Interface";
        /// Somebody else's.
        External = "external", "External";
    }
}

/// A configuration item; without a file, it exists by the records that refer to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigurationItem {
    /// What every record has; the title is its name.
    pub header: Header,
    /// What kind of item it is.
    pub class: Option<ItemClass>,
    /// How much hangs on it.
    pub criticality: Option<Priority>,
    /// Who looks after it.
    pub support_group: Option<String>,
    /// What it needs to work.
    pub depends_on: Vec<Reference>,
    /// What it is a part of.
    pub part_of: Vec<Reference>,
    /// Whom to call, in order.
    pub escalation: Vec<EscalationLevel>,
}

pub(super) fn read(header: Header, fields: &Fields<'_>) -> ConfigurationItem {
    ConfigurationItem {
        header,
        class: fields.term("class"),
        criticality: fields.term("criticality"),
        support_group: fields.text("support_group"),
        depends_on: references(fields, "depends_on"),
        part_of: references(fields, "part_of"),
        escalation: escalation(fields),
    }
}
