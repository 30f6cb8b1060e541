//! Effects of a release or change upon others than configuration items.

use jiff::tz::TimeZone;

use super::data::{Data, TellData};
use super::keys::{Keyed, keys};
use super::placeholder::says_something;
use crate::read::{Fields, UNKNOWN_VALUE};
use crate::source::Span;

/// The word that says of a list that nothing belongs there.
const NONE: &str = "none";

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

    fn is_none(&self) -> bool {
        self.name.trim().eq_ignore_ascii_case(NONE) && self.effect.is_none() && self.contact.is_none()
    }
}

keys! {
    /// Effects upon others than configuration items.
    pub struct Effects("`effects`", "{business_areas: [\u{2026}]}")
        then Effects::told_apart,
        with Effects::none_data,
    {
        /// Parts of the business that will notice it; `[none]` where none will.
        pub business_areas: Vec<Effect> = "Business areas"
            meant "business_area" | "business" | "departments" | "areas" | "users";
        /// Systems that exchange data with what changes; `[none]` where none does.
        pub interfacing_systems: Vec<Effect> = "Interfacing systems"
            meant "interfaces" | "systems" | "interfacing_system" | "integrations";
        /// Subcontractors whose work or service is touched; `[none]` where it is nobody's.
        pub subcontractors: Vec<Effect> = "Subcontractors" meant "subcontractor" | "suppliers" | "vendors";
        /// Customers, partners and authorities; `[none]` where it concerns nobody outside.
        pub external_parties: Vec<Effect> = "External parties"
            meant "external" | "customers" | "external_party" | "partners" | "clients";
    }
    beside {
        /// The lists of which it says that nothing belongs there, by key: `subcontractors: [none]`.
        pub none: Vec<&'static str>,
    }
}

impl Effects {
    fn none_data(&self, tell: &mut TellData<'_>) {
        let none = || Data::List(vec![Data::Text(NONE.to_owned())]);
        self.none.iter().filter_map(|name| Effects::key(name)).for_each(|key| tell(key, none()));
    }

    /// Who or what each list names, by the list's key.
    pub fn lists(&self) -> [(&'static str, &[Effect]); 4] {
        [
            ("business_areas", &self.business_areas),
            ("interfacing_systems", &self.interfacing_systems),
            ("subcontractors", &self.subcontractors),
            ("external_parties", &self.external_parties),
        ]
    }

    /// Whether a list names somebody or something, or says that there is nobody and nothing.
    pub fn says(&self, key: &str) -> bool {
        let names = |list: &[Effect]| list.iter().any(|effect| says_something(Some(&effect.name)));
        self.none.contains(&key) || self.lists().iter().any(|(of, list)| *of == key && names(list))
    }

    /// Takes `none` out of the lists. Beside a name it says nothing.
    fn told_apart(mut self, fields: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Effects> {
        let lists = [
            ("business_areas", &mut self.business_areas),
            ("interfacing_systems", &mut self.interfacing_systems),
            ("subcontractors", &mut self.subcontractors),
            ("external_parties", &mut self.external_parties),
        ];
        for (key, list) in lists {
            if !list.iter().any(Effect::is_none) {
                continue;
            }
            list.retain(|effect| !effect.is_none());
            match list.is_empty() {
                true => self.none.push(key),
                false => {
                    let span = fields.node(key).map_or(fields.span(), |node| node.span);
                    let message = format!("`{key}` says `none` and names somebody as well");
                    let finding = fields.sink().finding(&UNKNOWN_VALUE, span, message).label("one of the two");
                    fields.sink().push(finding.help("take out `none`, or all others"));
                }
            }
        }
        Some(self)
    }
}
