//! A configuration item.

use super::header::{Reference, references};
use super::plan::{EscalationLevel, escalation};
use super::vocabulary::vocabulary;
use super::{Header, Kind, Priority};
use crate::read::{Fields, Meanings};

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
    meant {
        "app" | "software" | "program" => Application,
        "db" => Database,
        "server" | "vm" | "virtual-machine" | "machine" | "node" => Host,
        "firewall" | "switch" | "router" | "lan" | "wan" => Network,
        "api" => Interface,
        "vendor" | "supplier" | "third-party" | "saas" => External,
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

/// What is meant by keys that a configuration item has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("class", &["kind", "category", "item_class", "ci_class", "ci_type", "item_type"]),
        ("criticality", &["severity", "priority", "business_criticality", "risk"]),
        ("support_group", &["team", "assignment_group", "support", "support_team", "supported_by"]),
        ("depends_on", &["dependencies", "dependency", "needs", "requires", "uses", "depends"]),
        ("part_of", &["parent", "parents", "belongs_to", "member_of"]),
    ],
    advice: &[],
};

pub(super) fn read(header: Header, fields: &Fields<'_>) -> ConfigurationItem {
    fields.meanings(&MEANINGS);
    ConfigurationItem {
        header,
        class: fields.term("class"),
        criticality: fields.term("criticality"),
        support_group: fields.text("support_group"),
        depends_on: references(fields, "depends_on", Kind::ConfigurationItem),
        part_of: references(fields, "part_of", Kind::ConfigurationItem),
        escalation: escalation(fields),
    }
}
