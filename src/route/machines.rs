//! Where the files for machines live.

use super::Route;
use crate::record::{Kind, address};

impl Route {
    /// A document of the API by its name, which is made of parts that are safe in an address.
    pub fn document(name: &str) -> Route {
        Route(format!("api/v1/{name}.json"))
    }

    /// The document of a record.
    pub fn record_document(kind: Kind, id: &str) -> Route {
        Route::document(&format!("{}/{}", kind.folder(), address(id)))
    }

    /// A list as a table for spreadsheets, by the list's name.
    pub fn table(name: &str) -> Route {
        Route(format!("api/v1/{name}.csv"))
    }

    /// A record as Markdown.
    pub fn markdown(kind: Kind, id: &str) -> Route {
        Route(format!("{}/{}.md", kind.folder(), address(id)))
    }

    /// A file of a service or configuration item that is subscribed to: its calendar, its feed, its badge.
    pub fn subscribed(kind: Kind, id: &str, file: &str) -> Route {
        Route(format!("{}/{}/{file}", kind.folder(), address(id)))
    }
}
