//! A figure as a page shows it.

use serde::Serialize;

use crate::pages::parts::row::Link;

/// A figure: its definition, its chart and its table.
#[derive(Debug, Serialize)]
pub struct MetricView {
    /// Its fragment.
    pub id: &'static str,
    /// Its name.
    pub heading: &'static str,
    /// What is counted.
    pub definition: &'static str,
    /// The figure in words.
    pub said: String,
    /// What is not in it, with how many there are.
    pub left_out: Option<String>,
    /// The chart, as SVG.
    pub chart: Option<String>,
    /// The heads of the table.
    pub columns: Vec<String>,
    /// The rows of the table.
    pub rows: Vec<MetricRow>,
}

/// A row of a figure's table.
#[derive(Debug, Serialize)]
pub struct MetricRow {
    /// What the row is about.
    pub name: Link,
    /// Its numbers.
    pub cells: Vec<String>,
}
