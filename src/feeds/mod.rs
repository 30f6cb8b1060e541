//! What machines read: sitemap, robots.txt, llms.txt, and the headers and redirects that hosts read.

mod hosting;
mod sitemap;
mod text;

pub use hosting::{headers, redirects};
pub use sitemap::{sitemap, sitemap_index};
pub use text::{llms, robots};
