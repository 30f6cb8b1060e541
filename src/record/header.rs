//! What every record has, whatever its kind.

use super::Kind;
use super::vocabulary::vocabulary;
use crate::read::{Fields, Meanings, UNKNOWN_VALUE};
use crate::source::{Place, SourceId, Span};

vocabulary! {
    /// Who may see a record.
    #[derive(Default)]
    pub enum Audience {
        /// Only the company's own staff.
        #[default]
        Internal = "internal", "Internal";
        /// Customers too.
        Customer = "customer", "Customer";
    }
    meant {
        "private" | "staff" | "employees" | "company" => Internal,
        "external" | "public" | "client" | "clients" => Customer,
    }
}

/// The id of another record, where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The id as written.
    pub id: String,
    /// Where.
    pub span: Span,
}

/// A ticket or document elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// What it is called.
    pub title: String,
    /// Where it leads; a safe scheme.
    pub url: String,
}

/// A finding that the record silences, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The lint's code or name.
    pub lint: String,
    /// Why it is right here.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
}

/// What every record has, whatever its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Number of the record.
    pub id: String,
    /// Short description, one line.
    pub title: String,
    /// Two or three plain sentences.
    pub summary: Option<String>,
    /// Who may see it.
    pub audience: Audience,
    /// Left out of every build that does not ask for drafts.
    pub draft: bool,
    /// The person or team that answers for it.
    pub owner: Option<String>,
    /// The business service it belongs to.
    pub service: Option<String>,
    /// Affected configuration items.
    pub configuration_items: Vec<Reference>,
    /// Problem tickets.
    pub problems: Vec<Reference>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Tickets and documents elsewhere.
    pub links: Vec<Hyperlink>,
    /// Former addresses.
    pub aliases: Vec<(String, Span)>,
    /// The organisation's own fields.
    pub extra: Vec<(String, String)>,
    /// Findings that it silences.
    pub allow: Vec<Allow>,
    /// Its text, unless the record exists only because others refer to it.
    pub source: Option<SourceId>,
    /// The opening fence and, in its place, the whole record for findings about all of it.
    pub fence: Span,
    /// Where its body stands in the source.
    pub body: Span,
    /// Keys that were read under another name than the written one, each with its place.
    pub renamed: Vec<(Span, String)>,
}

impl Header {
    /// The record as a place for findings about all of it.
    pub fn place(&self) -> Option<Place> {
        Some(Place { source: self.source?, span: self.fence })
    }
}

/// What is meant by keys that no record has.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("configuration_items", &["ci", "cis", "config_items", "config_item", "cmdb_ci", "cmdb_cis", "items", "item"]),
        ("configuration_items", &["affected_cis", "affected_ci", "affected_items", "affected_configuration_items"]),
        ("configuration_items", &["affected", "affects", "affected_systems", "affected_system", "affected_components"]),
        ("configuration_items", &["systems", "system", "assets", "asset", "components", "component", "applications"]),
        ("configuration_items", &["application", "hosts", "host", "servers", "server", "affected_assets"]),
        ("configuration_items", &["affected_hosts", "affected_servers", "affected_applications", "affected_services"]),
        ("problems", &["problem", "problem_ticket", "problem_tickets", "prb", "prbs", "problem_id", "problem_number"]),
        ("title", &["name", "subject", "headline", "heading", "short_desc"]),
        ("summary", &["description", "abstract", "short_summary", "overview", "long_description", "details"]),
        ("status", &["state", "stage", "lifecycle", "record_status"]),
        ("audience", &["visibility", "confidentiality"]),
        ("owner", &["author", "assignee", "assigned_to", "owned_by", "responsible", "team", "contact", "maintainer"]),
        ("service", &["business_service", "service_name", "product", "services"]),
        ("tags", &["labels", "label", "keywords", "categories", "tag"]),
        ("links", &["link", "urls", "url", "references", "refs", "see_also", "documents", "tickets", "ticket"]),
        ("aliases", &["alias", "redirect_from", "redirects", "former_addresses"]),
        ("extra", &["custom", "custom_fields", "metadata", "meta", "fields"]),
        ("allow", &["waivers", "waive", "suppress", "ignore"]),
        ("id", &["number", "record_id", "nr", "ticket_id", "ticket_number"]),
        ("type", &["record_type", "kind", "category"]),
    ],
    advice: &[],
};

/// What is meant by keys that a link has not.
const OF_LINK: Meanings =
    Meanings { keys: &[("title", &["name", "text", "label"]), ("url", &["href", "link", "address"])], advice: &[] };

/// Reads the keys of every record. The id, the title and the places are the caller's.
pub(super) fn read(fields: &Fields<'_>) -> Header {
    fields.meanings(&MEANINGS);
    Header {
        summary: fields.text("summary"),
        audience: fields.term("audience").unwrap_or_default(),
        draft: fields.flag("draft"),
        owner: fields.text("owner"),
        service: fields.text("service").filter(|name| !name.trim().is_empty()),
        configuration_items: references(fields, "configuration_items", Kind::ConfigurationItem),
        problems: references(fields, "problems", Kind::Problem),
        tags: texts(fields, "tags"),
        links: fields
            .maps("links", "a link", "{title: The ticket, url: \u{2026}}")
            .into_iter()
            .filter_map(|link| {
                let url = link.url("url");
                let title = link.text("title").or_else(|| url.clone());
                link.meanings(&OF_LINK);
                link.finish();
                Some(Hyperlink { title: title?, url: url? })
            })
            .collect(),
        aliases: fields.texts("aliases"),
        extra: fields.free_map("extra"),
        allow: allows(fields),
        ..Header::default()
    }
}

fn allows(fields: &Fields<'_>) -> Vec<Allow> {
    let Some(map) = fields.map("allow", "`allow`", "{RB402: \u{2026}}") else { return Vec::new() };
    map.entries()
        .iter()
        .filter_map(|entry| match &entry.node.value {
            crate::read::Value::Scalar { text, .. } if !text.trim().is_empty() => {
                Some(Allow { lint: entry.key.clone(), reason: text.clone(), span: entry.key_span })
            }
            _ => {
                map.sink().push(
                    map.sink()
                        .finding(
                            &UNKNOWN_VALUE,
                            entry.key_span,
                            format!("`{}` is silenced without a reason", entry.key),
                        )
                        .help(format!("say why: `{}: the reason`", entry.key)),
                );
                None
            }
        })
        .collect()
}

/// A list of ids of a kind.
pub(super) fn references(fields: &Fields<'_>, key: &'static str, kind: Kind) -> Vec<Reference> {
    fields.ids(key, kind.word()).into_iter().map(|(id, span)| Reference { id, span }).collect()
}

/// One id of a kind.
pub(super) fn reference(fields: &Fields<'_>, key: &'static str, kind: Kind) -> Option<Reference> {
    fields.id(key, kind.word()).map(|(id, span)| Reference { id, span })
}

/// A list of texts without their places.
pub(super) fn texts(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    fields.texts(key).into_iter().map(|(text, _)| text).collect()
}
