//! What machines read: the facts of the pages as data, sitemap, robots.txt, llms.txt, and the headers and redirects that
//! hosts read.

mod api;
mod document;
mod hosting;
mod sitemap;
mod text;

pub use document::{Document, documents};
pub use hosting::{headers, redirects};
pub use sitemap::{sitemap, sitemap_index};
pub use text::{llms, robots};
