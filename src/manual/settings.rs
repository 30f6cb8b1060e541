//! The schema of `relbook.toml` (JSON Schema 2020-12): what a site can set.

use serde_json::{Map as Object, Value, json};

use crate::config::Listed;
use crate::diag::{Level, Lint};
use crate::read::Term;
use crate::record::{Involved, Kind, KnownErrorStatus, Part, PlanKind, ProblemStatus, Status};

/// The schema of the settings, with every lint by code and name.
pub fn settings_schema(lints: &[&'static Lint]) -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let words = |words: Vec<&str>| json!({ "type": "array", "items": { "enum": words } });
    let levels: Vec<&str> = Level::WORDS.iter().map(|(word, _)| *word).collect();
    let mut of_lints: Object<String, Value> = Object::new();
    of_lints.insert("profile".to_owned(), json!({ "enum": ["records", "standard", "strict"] }));
    let names = lints.iter().flat_map(|lint| [lint.code, lint.name]).collect::<Vec<_>>();
    of_lints.insert("never_allow".to_owned(), json!({ "type": "array", "items": { "enum": names } }));
    for lint in lints {
        for name in [lint.code, lint.name] {
            of_lints.insert(name.to_owned(), json!({ "enum": levels, "description": lint.summary }));
        }
    }
    let parts = words(Part::WORDS.iter().map(|(word, _)| *word).collect());
    let statuses: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
    let of_type: Object<String, Value> = statuses.iter().map(|word| ((*word).to_owned(), parts.clone())).collect();
    let of_plan = json!({ "type": "object", "additionalProperties": closed(of_type) });
    let mut process: Object<String, Value> =
        PlanKind::ALL.iter().map(|kind| (kind.word().to_owned(), of_plan.clone())).collect();
    let days = json!({ "type": "integer", "minimum": 0, "maximum": 65535 });
    let names = ["workaround", "known_error", "emergency_approval", "notice", "approval"];
    process.insert("days".to_owned(), closed(names.iter().map(|name| ((*name).to_owned(), days.clone())).collect()));
    process.insert("notice".to_owned(), json!({ "type": "object", "additionalProperties": days.clone() }));
    let policy = closed(Object::from_iter([
        ("roles".to_owned(), json!({ "type": "array", "items": { "type": "string" } })),
        ("at_least".to_owned(), days.clone()),
        ("not".to_owned(), words(Involved::ALL.iter().map(|involved| involved.word()).collect())),
    ]));
    process.insert("approvals".to_owned(), json!({ "type": "object", "additionalProperties": policy }));
    let steps = |all: Vec<&str>| closed(all.iter().map(|from| ((*from).to_owned(), words(all.clone()))).collect());
    let lifecycle = [
        (Kind::Release, statuses.clone()),
        (Kind::Change, statuses),
        (Kind::KnownError, KnownErrorStatus::ALL.iter().map(|status| status.word()).collect()),
        (Kind::Problem, ProblemStatus::ALL.iter().map(|status| status.word()).collect()),
    ];
    let lifecycle: Object<String, Value> =
        lifecycle.into_iter().map(|(kind, all)| (kind.word().to_owned(), steps(all))).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    let address =
        json!({ "type": "string", "pattern": "^https?://", "description": "Where the site will be published." });
    let edition = closed(Object::from_iter([
        ("title".to_owned(), text("The name of the edition's site.")),
        ("lead".to_owned(), text("What its home page says of it.")),
        ("base_url".to_owned(), address.clone()),
        ("types".to_owned(), words(kinds)),
        ("keys".to_owned(), words(crate::config::showable().to_vec())),
        ("sections".to_owned(), json!({ "type": "array", "items": { "type": "string" } })),
    ]));
    let ticket = closed(Object::from_iter([
        ("pattern".to_owned(), json!({ "type": "string", "pattern": "\\{number\\}" })),
        ("url".to_owned(), text("The address of a ticket, with {id} or {number}.")),
    ]));
    let references = Object::from_iter([
        ("listed".to_owned(), words(Listed::WORDS.iter().map(|(word, _)| *word).collect())),
        ("people".to_owned(), json!({ "type": "array", "items": { "type": "string" } })),
    ]);
    let number = json!({ "type": "integer", "minimum": 0, "maximum": u16::MAX });
    let properties = [
        ("title", text("The site's name.")),
        ("lead", text("What the home page says of the site, in a sentence or two.")),
        ("base_url", address),
        ("time_zone", text("The zone of the calendar, and of windows that name none.")),
        ("language", text("The language of the records (BCP 47).")),
        ("content", text("The folder of the records below this file's.")),
        ("theme", json!({ "const": "default" })),
        ("ignore", json!({ "type": "array", "items": { "type": "string" } })),
        ("edit_url", text("Where a record is edited; {path} is its path.")),
        ("remote_images", json!({ "type": "boolean" })),
        ("serve", closed(Object::from_iter([("editor".to_owned(), text("The editor that a preview opens."))]))),
        ("lints", closed(of_lints)),
        ("references", closed(references)),
        ("tickets", json!({ "type": "array", "items": ticket })),
        ("calendar", closed(Object::from_iter([("past_months".to_owned(), number)]))),
        ("process", closed(process)),
        ("lifecycle", closed(lifecycle)),
        ("editions", json!({ "type": "object", "additionalProperties": edition })),
    ];
    let mut schema = closed(properties.into_iter().map(|(name, of)| (name.to_owned(), of)).collect());
    schema["$schema"] = json!(super::schema::DIALECT);
    schema["$id"] = json!(super::schema::address("settings"));
    schema["title"] = json!("relbook.toml");
    schema
}

/// A table with some keys and no others.
fn closed(properties: Object<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}
