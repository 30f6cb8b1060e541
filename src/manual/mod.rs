//! What is printed from the declarations: the reference of keys, and the schema of records.

mod keys;
mod schema;
mod settings;
mod site;

pub use keys::{KeyReference, WordReference, keys, words};
pub use schema::{schema, schema_of_all};
pub use settings::settings_schema;
pub use site::{Chapter, Verb, chapters, manual};
