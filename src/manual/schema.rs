//! The schema of the front matter (JSON Schema 2020-12), from the declared keys: what the reader takes without a finding.

use serde_json::{Map as Object, Value, json};

use crate::record::{Key, Kind, Map, Shape};

/// The dialect of the schemas.
pub(super) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A day (ISO 8601).
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// A day or a moment (ISO 8601), perhaps with an offset and a zone (RFC 9557).
const MOMENT: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)? ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?(\\[.+\\])?)?$";

/// A checksum with its algorithm, or a commit.
const DIGEST: &str = "^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}|[0-9a-f]{40})$";

/// A part of the whole in percent, as a text.
const SHARE: &str = "^\\s*(100(\\.0{1,2})?|0?[0-9]{1,2}(\\.[0-9]{1,2})?)\\s*%?\\s*$";

/// The kinds that have files.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Service)
}

/// The name of a schema: it tells the version of the program.
pub(super) fn address(of: &str) -> String {
    format!("urn:relbook:{}:schema:{of}", env!("CARGO_PKG_VERSION"))
}

/// The schema of one kind's front matter.
pub fn schema(kind: Kind) -> Value {
    let mut schema = front_matter(kind);
    schema.insert("$schema".to_owned(), json!(DIALECT));
    schema.insert("$id".to_owned(), json!(address(kind.word())));
    Value::Object(schema)
}

/// The schema of any record's front matter.
pub fn schema_of_all() -> Value {
    let definitions: Object<String, Value> =
        kinds().map(|kind| (kind.word().to_owned(), Value::Object(front_matter(kind)))).collect();
    let any: Vec<Value> = kinds().map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.word()) })).collect();
    json!({
        "$schema": DIALECT,
        "$id": address("record"),
        "title": "A record",
        "anyOf": any,
        "$defs": definitions,
    })
}

fn front_matter(kind: Kind) -> Object<String, Value> {
    let keys: Vec<&'static Key> = kind.keys().collect();
    let mut schema = object(&keys);
    schema.insert("title".to_owned(), json!(kind.label()));
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let describe = |key: &str, of: Value| {
            let mut of = of;
            of["description"] = json!(kind.key(key).map_or("", |key| key.doc.trim()));
            of
        };
        properties.insert("type".to_owned(), describe("type", json!({ "const": kind.word() })));
        // A reason that says nothing is none.
        properties["allow"]["anyOf"][0]["additionalProperties"]["anyOf"][0] =
            json!({ "type": "string", "pattern": "\\S" });
    }
    // A title goes by other names too; a window ends, or lasts.
    let one_of = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({ "required": [name] })).collect() };
    let (required, any): (Vec<&str>, Vec<Value>) = match kind {
        Kind::ConfigurationItem => (Vec::new(), Vec::new()),
        Kind::Window => (vec!["start"], one_of(&["end", "duration"])),
        _ => (Vec::new(), Vec::new()),
    };
    let titled = match kind {
        Kind::ConfigurationItem => Vec::new(),
        _ => one_of(&["title", "short_description"]),
    };
    schema.insert("required".to_owned(), json!(required));
    let all: Vec<Value> =
        [any, titled].into_iter().filter(|any| !any.is_empty()).map(|any| json!({ "anyOf": any })).collect();
    if !all.is_empty() {
        schema.insert("allOf".to_owned(), json!(all));
    }
    schema
}

/// A map with some keys and no others.
fn object(keys: &[&'static Key]) -> Object<String, Value> {
    let properties: Object<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    match schema {
        Value::Object(schema) => schema,
        _ => Object::new(),
    }
}

fn property(key: &'static Key) -> Value {
    let mut schema = of_shape(key.shape);
    schema["description"] = json!(key.doc.trim());
    schema["title"] = json!(key.label);
    if key.is_required {
        return schema;
    }
    // A key with nothing behind it is as if it were not there.
    let (title, description) = (schema["title"].take(), schema["description"].take());
    if let Value::Object(schema) = &mut schema {
        schema.remove("title");
        schema.remove("description");
    }
    json!({ "title": title, "description": description, "anyOf": [schema, { "type": "null" }] })
}

fn of_shape(shape: Shape) -> Value {
    match shape {
        // What is written without quotes is a number or a truth value for other readers of YAML.
        Shape::Text | Shape::Id | Shape::File | Shape::Path => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Day => json!({ "type": "string", "pattern": DAY }),
        Shape::DayOfMoment | Shape::Moment => json!({ "type": "string", "pattern": MOMENT }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Url => {
            json!({ "type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)" })
        }
        Shape::Zone => json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$" }),
        Shape::Duration => json!({ "type": "string", "pattern": "[0-9]" }),
        Shape::Rule => json!({ "type": "string", "pattern": "[Ff][Rr][Ee][Qq]=" }),
        Shape::Digest => json!({ "type": "string", "pattern": DIGEST }),
        Shape::Share => {
            json!({ "type": ["string", "number"], "pattern": SHARE, "minimum": 0, "maximum": 100 })
        }
        Shape::Word(words) => {
            let own = words.all.iter().map(|word| json!({ "const": word.word, "description": word.doc.trim() }));
            let also = words.also.iter().map(|(word, _)| json!({ "const": word }));
            json!({ "oneOf": own.chain(also).collect::<Vec<_>>() })
        }
        Shape::List(one) => json!({ "type": "array", "items": of_shape(*one) }),
        Shape::OneOrMore(one) => {
            let one = of_shape(*one);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        Shape::Map(map) => of_map(map),
        Shape::Named(one) => json!({ "type": "object", "additionalProperties": of_shape(*one) }),
        Shape::Free => json!({ "type": "object" }),
    }
}

fn of_map(map: &'static Map) -> Value {
    let keys: Vec<&'static Key> = (map.keys)().iter().collect();
    let object = Value::Object(object(&keys));
    match map.text {
        Some(_) => json!({ "anyOf": [of_shape(Shape::Text), object] }),
        None => object,
    }
}
