//! What machines read: the facts of the pages as data, sitemap, robots.txt, llms.txt, and the headers and redirects that
//! hosts read.

mod api;
mod atom;
mod badge;
mod calendar;
mod csv;
mod document;
mod hosting;
mod machines;
mod markdown;
mod sitemap;
mod table;
mod text;
mod written;

pub use csv::disarmed;
pub use document::{Document, documents, found};
pub use hosting::{headers, redirects};
pub use machines::{Known, Machines};
pub use sitemap::{sitemap, sitemap_index};
pub use text::{llms, robots};
