//! What a record touches, two steps out, as SVG: its neighbours, and behind them what they touch in their turn.
//!
//! It shows a few of each kind of connection, however many there are: the lists of the page have them all. A record with
//! ten thousand connections costs its neighbours no more than one with ten.

use std::fmt::Write as _;

use super::chart::shortened;
use super::context::Context;
use crate::book::{Connection, Direction, RecordIndex};
use crate::edition::Edition;
use crate::read::markdown::{push_attribute, push_text};
use crate::record::{Kind, Plan, Record, Relation};

/// How many neighbours are drawn, and how many records behind them.
const NEIGHBOURS: usize = 5;
const BEHIND: usize = 5;
/// How many of each kind of connection are looked at behind one neighbour.
const LOOKED_AT: usize = 3;

/// As wide as the narrowest screen: text keeps its size, and nothing has to scroll.
const WIDTH: usize = 320;
/// The height of the record's own box, and of the others.
const HEAD: usize = 24;
const BOX: usize = 34;
/// From one row to the next.
const ROW: usize = 42;
/// Where the neighbours stand, and where what is behind them, and how wide they are.
const NEAR: usize = 16;
const FAR: usize = 183;
const BREADTH: usize = 136;
/// How many letters of an id there is room for, and of a title beside the pointer.
const LETTERS: usize = 16;
const TITLE: usize = 60;

/// A record that is drawn, and what connects it with the one before.
struct Node {
    record: RecordIndex,
    relation: Relation,
    direction: Direction,
}

/// A record behind one or more of the neighbours, by their places; the first is the one that it was found by.
struct Behind {
    node: Node,
    neighbours: Vec<usize>,
}

/// The drawing, with a line on what it leaves out; nothing where it would tell no more than the page's lists.
pub(crate) fn neighbourhood(context: &Context<'_>, index: RecordIndex) -> Option<String> {
    let edition = context.edition;
    let row = edition.connections.of(index);
    let neighbours = in_turn(groups(row).map(|group| shown(edition, group).filter(|c| c.other != index)), NEIGHBOURS);
    let behind = behind(edition, index, &neighbours);
    if behind.is_empty() {
        return None;
    }
    let mut html = draw(context, index, &neighbours, &behind);
    if row.len() > neighbours.len() {
        let mut all: Vec<RecordIndex> = shown(edition, row).map(|connection| connection.other).collect();
        all.sort_unstable();
        all.dedup();
        let more = all.len() - neighbours.len();
        if more > 0 {
            // Writing to a String cannot fail.
            let _ = write!(html, "<p class=\"more\">and {more} more, in the lists above</p>");
        }
    }
    Some(html)
}

/// The connections of each relation and direction. Found by halving: a long one costs no more than a short one.
fn groups(mut row: &[Connection]) -> impl Iterator<Item = &[Connection]> {
    std::iter::from_fn(move || {
        let key = |connection: &Connection| (connection.relation, connection.direction);
        let first = key(row.first()?);
        let (group, rest) = row.split_at(row.partition_point(|connection| key(connection) == first));
        row = rest;
        Some(group)
    })
}

/// Those that have a page of their own. Its service connects a record with everything, and tells nothing.
fn shown<'a>(edition: &'a Edition, group: &'a [Connection]) -> impl Iterator<Item = Connection> + 'a {
    let is_shown = |connection: &&Connection| {
        connection.relation != Relation::Service
            && edition.get(connection.other).kind() != Kind::Window
            && edition.has_page(connection.other)
    };
    group.iter().filter(is_shown).copied()
}

/// One of each in turn, until there are enough; no record twice.
fn in_turn(groups: impl Iterator<Item = impl Iterator<Item = Connection>>, enough: usize) -> Vec<Node> {
    let mut groups: Vec<_> = groups.collect();
    let mut nodes: Vec<Node> = Vec::with_capacity(enough);
    while !groups.is_empty() && nodes.len() < enough {
        groups.retain_mut(|group| {
            let Some(Connection { relation, direction, other }) = group.next() else { return false };
            if nodes.len() < enough && nodes.iter().all(|node| node.record != other) {
                nodes.push(Node { record: other, relation, direction });
            }
            true
        });
    }
    // As in the lists, so that what belongs together stands together.
    nodes.sort_by_key(|node| (node.relation, node.direction, node.record));
    nodes
}

/// What is behind the neighbours: of each in turn, and in how many ways.
fn behind(edition: &Edition, index: RecordIndex, neighbours: &[Node]) -> Vec<Behind> {
    let of_each: Vec<Vec<Node>> = neighbours
        .iter()
        .map(|neighbour| {
            let row = edition.connections.of(neighbour.record);
            let is_new = |connection: &Connection| {
                connection.other != index && neighbours.iter().all(|other| other.record != connection.other)
            };
            let few = |group| shown(edition, group).filter(is_new).take(LOOKED_AT);
            in_turn(groups(row).map(|group| few(&group[..group.len().min(LOOKED_AT + NEIGHBOURS + 1)])), LOOKED_AT)
        })
        .collect();
    let mut found: Vec<Behind> = Vec::new();
    for turn in 0..LOOKED_AT {
        for (place, nodes) in of_each.iter().enumerate() {
            let Some(node) = nodes.get(turn) else { continue };
            if found.len() < BEHIND && found.iter().all(|other| other.node.record != node.record) {
                found.push(Behind { node: Node { ..*node }, neighbours: vec![place] });
            }
        }
    }
    for Behind { node, neighbours: places } in &mut found {
        let connects = |neighbour: &Node| {
            let others = edition.connections.others(neighbour.record, node.relation, node.direction);
            others.binary_search_by_key(&node.record, |connection| connection.other).is_ok()
        };
        let first = places[0];
        places.extend((0..neighbours.len()).filter(|place| *place != first && connects(&neighbours[*place])));
    }
    found.sort_by_key(|behind| behind.neighbours[0]);
    found
}

fn draw(context: &Context<'_>, index: RecordIndex, neighbours: &[Node], behind: &[Behind]) -> String {
    // A neighbour stands beside the first that is behind it.
    let (mut tops, mut row) = (Vec::with_capacity(neighbours.len()), 0);
    for place in 0..neighbours.len() {
        tops.push(HEAD + 10 + row * ROW);
        row += behind.iter().filter(|behind| behind.neighbours[0] == place).count().max(1);
    }
    let height = HEAD + 10 + row * ROW - (ROW - BOX) + 1;
    let mut far = Vec::with_capacity(behind.len());
    for (number, of) in behind.iter().enumerate() {
        let before = behind[..number].iter().filter(|other| other.neighbours[0] == of.neighbours[0]).count();
        far.push(tops[of.neighbours[0]] + before * ROW);
    }
    let mut svg = String::with_capacity(400 * (neighbours.len() + behind.len()));
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg class=\"graph\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"group\" \
         aria-labelledby=\"neighbourhood\"><path class=\"axis\" d=\""
    );
    for top in &tops {
        let _ = write!(svg, "M8 {HEAD}V{}H{NEAR}", top + BOX / 2);
    }
    svg.push_str("\"/><path class=\"curve\" d=\"");
    for (of, top) in behind.iter().zip(&far) {
        for place in &of.neighbours {
            let (from, to) = (tops[*place] + BOX / 2, top + BOX / 2);
            let (start, middle) = (NEAR + BREADTH, (NEAR + BREADTH + FAR) / 2);
            let _ = write!(svg, "M{start} {from}C{middle} {from} {middle} {to} {FAR} {to}");
        }
    }
    let _ = write!(svg, "\"/><rect x=\"1\" y=\"1\" width=\"{}\" height=\"{}\"/>", WIDTH - 2, HEAD - 2);
    svg.push_str("<text x=\"10\" y=\"16\">");
    push_text(&mut svg, &shortened(&context.edition.get(index).header().id, 2 * LETTERS));
    svg.push_str("</text>");
    for (node, top) in neighbours.iter().zip(&tops) {
        push_node(context, &mut svg, node, NEAR, *top);
    }
    for (of, top) in behind.iter().zip(&far) {
        push_node(context, &mut svg, &of.node, FAR, *top);
    }
    svg.push_str("</svg>");
    svg
}

/// A link with the record's id and what connects it, drawn at the origin and moved to its place.
fn push_node(context: &Context<'_>, svg: &mut String, node: &Node, x: usize, y: usize) {
    // Writing to a String cannot fail.
    let _ = write!(svg, "<a transform=\"translate({x} {y})\" href=\"{}", context.root);
    svg.push_str(context.fragments.node(context, node.record, |from_root| record_node(from_root, node.record)));
    svg.push_str("<text x=\"8\" y=\"28\">");
    svg.push_str(words(node.relation, node.direction));
    svg.push_str("</text></a>");
}

/// The part of a link that is the same wherever the record is drawn, from the address on.
fn record_node(context: &Context<'_>, index: RecordIndex) -> String {
    let record = context.edition.get(index);
    let header = record.header();
    let mut svg = String::new();
    push_attribute(&mut svg, &context.href_of(index).unwrap_or_default());
    svg.push_str("\"><title>");
    svg.push_str(record.kind().label());
    if header.title != header.id {
        svg.push_str(": ");
        push_text(&mut svg, &shortened(&header.title, TITLE));
    }
    svg.push_str(if needs_care(context.edition, record) { "</title><path class=\"care\"" } else { "</title><path" });
    svg.push_str(" d=\"M0 0h136v34H0z\"/><text x=\"8\" y=\"15\">");
    push_text(&mut svg, &shortened(&header.id, LETTERS));
    svg.push_str("</text>");
    svg
}

/// Whether anything in a drawing has a broken line.
pub(crate) fn has_care(drawing: &str) -> bool {
    drawing.contains("<path class=\"care\"")
}

/// What was rolled back, and known errors that are open, as far as an audience is told: they have a broken line.
fn needs_care(edition: &Edition, record: &Record) -> bool {
    match record {
        Record::KnownError(known) => edition.shows("status") && known.is_open(),
        _ => record.plan().is_some_and(Plan::is_rolled_back),
    }
}

/// What a connection says of the record at its other end, in as few letters as there is room for.
fn words(relation: Relation, direction: Direction) -> &'static str {
    use Direction::{Backward, Forward};
    match (relation, direction) {
        (Relation::Delivers, Forward) => "delivered with it",
        (Relation::Delivers, Backward) => "delivers it",
        (Relation::HasKnownError, Forward) => "known error in it",
        (Relation::HasKnownError, Backward) => "has it",
        (Relation::IntroducedIn, Forward) => "brought it",
        (Relation::IntroducedIn, Backward) => "came with it",
        (Relation::FixedIn, Forward) => "has the fix",
        (Relation::FixedIn, Backward) => "fix is in it",
        (Relation::PlannedFix, Forward) => "should resolve it",
        (Relation::PlannedFix, Backward) => "to be resolved",
        (Relation::Problem, Forward) => "its problem",
        (Relation::Problem, Backward) => "belongs to it",
        (Relation::ConfigurationItem, Forward) => "affected by it",
        (Relation::ConfigurationItem, Backward) => "affects it",
        (Relation::Service, Forward) => "its service",
        (Relation::Service, Backward) => "belongs to it",
        (Relation::Supersedes, Forward) => "replaced by it",
        (Relation::Supersedes, Backward) => "replaces it",
        (Relation::FollowUp, Forward) => "follows it",
        (Relation::FollowUp, Backward) => "rolled back before",
        (Relation::DependsOn, Forward) => "needed by it",
        (Relation::DependsOn, Backward) => "depends on it",
        (Relation::PartOf, Forward) => "holds it",
        (Relation::PartOf, Backward) => "part of it",
        (Relation::StandardChange, Forward) => "its model",
        (Relation::StandardChange, Backward) => "made by it",
        (Relation::Exception, Forward) => "let through",
        (Relation::Exception, Backward) => "lets it through",
        (Relation::Mentions, Forward) => "mentioned by it",
        (Relation::Mentions, Backward) => "mentions it",
    }
}
