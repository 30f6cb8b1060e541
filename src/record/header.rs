//! What every record has, whatever its kind.

use super::allow::Allow;
use super::data::told_elsewhere;
use super::keys::{Keyed, keys};
use super::reference::Reference;
use super::vocabulary::{Vocabulary, vocabulary};
use crate::read::Fields;
use crate::source::{Place, SourceId, Span};

vocabulary! {
    /// Who may see a record.
    pub enum Audience {
        /// Only the company's own staff.
        Internal = "internal", "Internal";
        /// Customers too.
        Customer = "customer", "Customer";
    }
    default Internal;
    meant {
        "private" | "staff" | "employees" | "company" => Internal,
        "external" | "public" | "client" | "clients" => Customer,
    }
}

keys! {
    /// A ticket or document elsewhere.
    pub struct Hyperlink("a link", "{title: The ticket, url: \u{2026}}")
        then Hyperlink::titled,
    {
        /// What it is called; its address where it has no name.
        pub title: String = "Title" (optional) meant "name" | "text" | "label";
        /// Where it leads.
        pub url: String = "Address" [Shape::Url] (optional) meant "href" | "link" | "address";
    }
}

impl Hyperlink {
    /// Itself, if it leads anywhere.
    fn titled(self, _: &Fields<'_>, _: &jiff::tz::TimeZone, _: usize) -> Option<Hyperlink> {
        let title = if self.title.is_empty() { self.url.clone() } else { self.title };
        (!self.url.is_empty()).then_some(Hyperlink { title, ..self })
    }
}

keys! {
    /// What every record has, whatever its kind.
    pub struct Header("a record") {
        /// The number of the record; the name of its file where none is given. It never changes.
        pub id: String = "Id" (always) (hand) meant "number" | "record_id" | "nr" | "ticket_id" | "ticket_number";
        /// A short description, in one line.
        pub title: String = "Title" (hand) (required) meant "name" | "subject" | "headline" | "heading" | "short_desc";
        /// Two or three plain sentences.
        pub summary: Option<String> = "Summary"
            meant "description" | "abstract" | "short_summary" | "overview" | "long_description" | "details";
        /// Who may see it.
        pub audience: Audience = "Audience" (always) meant "visibility" | "confidentiality";
        /// Whether it is left out of every build that does not ask for drafts.
        pub draft: bool = "Draft" (always);
        /// The person or team that answers for it.
        pub owner: Option<String> = "Owner"
            meant "author" | "assignee" | "assigned_to" | "owned_by" | "responsible" | "team" | "contact" | "maintainer";
        /// The business service to which it belongs.
        pub service: Option<String> = "Service" -> Service(Service)
            meant "business_service" | "service_name" | "product" | "services";
        /// The problem tickets behind it.
        pub problems: Vec<Reference> = "Problems" -> Problem(Problem)
            meant "problem" | "problem_ticket" | "problem_tickets" | "prb" | "prbs" | "problem_id" | "problem_number";
        /// The configuration items that it affects.
        pub configuration_items: Vec<Reference> = "Configuration items" -> ConfigurationItem(ConfigurationItem)
            meant "ci" | "cis" | "config_items" | "config_item" | "cmdb_ci" | "cmdb_cis" | "items" | "item"
                | "affected_cis" | "affected_ci" | "affected_items" | "affected_configuration_items"
                | "affected" | "affects" | "affected_systems" | "affected_system" | "affected_components"
                | "systems" | "system" | "assets" | "asset" | "components" | "component" | "applications"
                | "application" | "hosts" | "host" | "servers" | "server" | "affected_assets"
                | "affected_hosts" | "affected_servers" | "affected_applications" | "affected_services";
        /// Free labels.
        pub tags: Vec<String> = "Tags" meant "labels" | "label" | "keywords" | "categories" | "tag";
        /// Tickets and documents elsewhere.
        pub links: Vec<Hyperlink> = "Links"
            meant "link" | "urls" | "url" | "references" | "refs" | "see_also" | "documents" | "tickets" | "ticket";
        /// Former addresses of its page, which lead to it.
        pub aliases: Vec<(String, Span)> = "Former addresses"
            meant "alias" | "redirect_from" | "redirects" | "former_addresses";
        /// Ids that it had: who still writes one of them is told the new one.
        pub former_ids: Vec<String> = "Former ids" meant "former_id" | "old_id" | "old_ids" | "previous_ids";
        /// The organisation's own fields.
        pub extra: Vec<(String, String)> = "Further fields"
            meant "custom" | "custom_fields" | "metadata" | "meta" | "fields";
        /// Findings that it silences, by their lint's code or name, each with the reason, who agreed to it, and until when.
        pub allow: Vec<Allow> = "Silenced findings" (never) meant "waivers" | "waive" | "suppress" | "ignore";
    }
    and keys {
        /// The kind of record; its folder tells where it is left out.
        type = "Type" [Shape::Word(&<Kind as Vocabulary>::SAID)] (always) told told_elsewhere,
            meant "record_type" | "kind" | "category";
        /// The same as `title`, by the name that other tools give it.
        short_description = "Short description" [Shape::Text] (with title) told told_elsewhere;
    }
    beside {
        /// Its text, unless the record exists only because others refer to it.
        pub source: Option<SourceId>,
        /// The opening fence and, in its place, the whole record for findings about all of it.
        pub fence: Span,
        /// Where its body stands in the source.
        pub body: Span,
        /// Keys that were read under another name than the written one, each with its place.
        pub renamed: Vec<(Span, String)>,
    }
}

impl Header {
    /// The record as a place for findings about all of it.
    pub fn place(&self) -> Option<Place> {
        Some(Place { source: self.source?, span: self.fence })
    }
}

/// Reads the keys of every record. The id, the title and the places are the caller's.
pub(super) fn read(fields: &Fields<'_>, of_site: &jiff::tz::TimeZone) -> Header {
    let header = Header::read_keys(fields, of_site);
    Header { service: header.service.filter(|name| !name.trim().is_empty()), ..header }
}
