//! The description of the API (OpenAPI 3.1), from the types of its documents.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::calendar::Entry;
use super::card::Card;
use super::deviation::Deviation;
use super::finding::Finding;
use super::index::{Index, kinds};
use super::lesson::{Action, Lesson};
use super::list::List;
use super::message::Message;
use super::metrics::Metrics;
use super::record::RecordDocument;
use super::reference::Reference;
use crate::pages::Context;

/// The description of the API.
pub(super) fn openapi(context: &Context<'_>) -> Value {
    let mut paths = Paths { generator: generator(), paths: Map::new() };
    paths.add::<Index>("index", "What the API has");
    for kind in kinds(context.edition) {
        let (folder, plural) = (kind.folder(), kind.plural());
        paths.add::<List<Card>>(folder, &format!("{plural}: a thousand in a document, in the order of their list"));
        paths.add::<List<Card>>(&format!("{folder}/page/{{page}}"), &format!("{plural}: a further part of the list"));
        paths.add::<RecordDocument>(&format!("{folder}/{{id}}"), &format!("{}: all that its page shows", kind.label()));
        let references = format!("{folder}/{{id}}/references/{{page}}");
        paths.add::<List<Reference>>(
            &references,
            "The references that do not stand in the record\u{2019}s own document",
        );
    }
    paths.add::<RecordDocument>("calendar/{id}", "A window of the calendar");
    paths.add_list::<Entry>("calendar", "The entries of the calendar, by their start");
    paths.add_list::<Lesson>("lessons", "Lessons learned, the newest first");
    paths.add_list::<Action>("actions", "The register of actions, open ones first, the first due first");
    if context.edition.name().is_none() {
        paths.add_list::<Deviation>("deviations", "What was done otherwise than the process and the calendar say");
        paths.add_list::<Message>("customers", "The messages to customers of all that is ahead");
        paths.add_list::<Finding>("findings", "What the checks found, in the order of files");
        paths.add::<Metrics>("metrics", "Figures over all records");
        paths.add::<Metrics>("metrics/{year}", "Figures over the records of a year");
        paths.add::<Metrics>("metrics/services/{name}", "Figures over the records of a service");
    }
    let Paths { mut generator, paths } = paths;
    let server = context.settings.base_url.as_deref().map_or("../..", |base| base.trim_end_matches('/'));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": context.settings.title,
            "version": "1",
            "description": "Documents of a static site: they are read, never written. What a record does not say is not \
                there. Fields may be added; none is taken away or changes its meaning.",
        },
        "servers": [{ "url": server }],
        "paths": paths,
        "components": { "schemas": generator.take_definitions(true) },
    })
}

fn generator() -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator()
}

struct Paths {
    generator: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Paths {
    /// A document at an address with parameters in braces.
    fn add<T: JsonSchema>(&mut self, path: &str, summary: &str) {
        let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
        let parameters: Vec<Value> = names
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let schema = self.generator.subschema_for::<T>();
        let answer = json!({
            "description": summary,
            "content": { "application/json": { "schema": schema } },
        });
        let operation =
            json!({ "get": { "summary": summary, "parameters": parameters, "responses": { "200": answer } } });
        self.paths.insert(format!("/api/v1/{path}.json"), operation);
    }

    fn add_list<T: JsonSchema>(&mut self, name: &str, summary: &str) {
        self.add::<List<T>>(name, summary);
        self.add::<List<T>>(&format!("{name}/page/{{page}}"), &format!("{summary}: a further part"));
    }
}
