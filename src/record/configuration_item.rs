//! A configuration item.

use super::data::told_elsewhere;
use super::header::Header;
use super::keys::keys;
use super::people::EscalationLevel;
use super::priority::Priority;
use super::reference::Reference;
use super::vocabulary::vocabulary;

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

keys! {
    /// A configuration item; without a file, it exists by the records that refer to it. Its title is its name.
    pub struct ConfigurationItem("a configuration item") in (header: Header) {
        /// What kind of item it is.
        pub class: Option<ItemClass> = "Class"
            meant "kind" | "category" | "item_class" | "ci_class" | "ci_type" | "item_type";
        /// How much hangs on it.
        pub criticality: Option<Priority> = "Criticality"
            meant "severity" | "priority" | "business_criticality" | "risk";
        /// Who looks after it.
        pub support_group: Option<String> = "Support group"
            meant "team" | "assignment_group" | "support" | "support_team" | "supported_by";
        /// What it needs to work.
        pub depends_on: Vec<Reference> = "Depends on" -> DependsOn(ConfigurationItem)
            meant "dependencies" | "dependency" | "needs" | "requires" | "uses" | "depends";
        /// What it is a part of.
        pub part_of: Vec<Reference> = "Part of" -> PartOf(ConfigurationItem)
            meant "parent" | "parents" | "belongs_to" | "member_of";
        /// Whom to call, in order.
        pub escalation: Vec<EscalationLevel> = "Escalation";
    }
    and keys {
        /// Its name, in place of a title.
        name = "Name" [Shape::Text] told told_elsewhere;
    }
}
