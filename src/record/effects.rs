//! Effects of a release or change upon others than configuration items.

use super::keys::keys;
use crate::source::Span;

keys! {
    /// Somebody or something that a release has an effect on.
    pub struct Effect("an effect")
        from "name" Effect::of_name,
    {
        /// Who or what is affected.
        pub name: String = "Name" meant "who" | "what" | "title" | "system" | "party";
        /// What they will notice.
        pub effect: Option<String> = "Effect" meant "impact" | "description" | "how";
        /// Whom to talk to about it.
        pub contact: Option<String> = "Contact";
    }
}

impl Effect {
    fn of_name(name: &str, _: Span) -> Effect {
        Effect { name: name.to_owned(), ..Effect::default() }
    }
}

keys! {
    /// Effects upon others than configuration items.
    pub struct Effects("`effects`", "{business_areas: [\u{2026}]}") {
        /// Parts of the business that will notice it.
        pub business_areas: Vec<Effect> = "Business areas"
            meant "business_area" | "business" | "departments" | "areas" | "users";
        /// Systems that exchange data with what changes.
        pub interfacing_systems: Vec<Effect> = "Interfacing systems"
            meant "interfaces" | "systems" | "interfacing_system" | "integrations";
        /// Subcontractors whose work or service is touched.
        pub subcontractors: Vec<Effect> = "Subcontractors" meant "subcontractor" | "suppliers" | "vendors";
        /// Customers, partners and authorities.
        pub external_parties: Vec<Effect> = "External parties"
            meant "external" | "customers" | "external_party" | "partners" | "clients";
    }
}
