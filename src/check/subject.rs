//! What a rule looks at, and where its keys stand.

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::book::{Book, Readiness, RecordIndex};
use crate::config::Settings;
use crate::diag::{Finding, Lint};
use crate::read::{Node, Value};
use crate::record::{Action, Header, Record, front_matter};
use crate::source::{Place, SourceId, Span};

/// What every rule may look at.
pub(super) struct Context<'a> {
    pub book: &'a Book,
    pub settings: &'a Settings,
    pub today: Date,
}

/// One record with a file of its own.
pub(super) struct Subject<'a> {
    pub context: &'a Context<'a>,
    pub index: RecordIndex,
    pub record: &'a Record,
    source: SourceId,
    /// Read when the first finding asks for a place: most records have none.
    matter: OnceCell<Option<Node>>,
    readiness: OnceCell<Option<Readiness>>,
}

impl<'a> Subject<'a> {
    /// A record; `None` where it exists only because others name it.
    pub(super) fn new(context: &'a Context<'a>, index: RecordIndex) -> Option<Subject<'a>> {
        let record = context.book.get(index);
        let source = record.header().source?;
        Some(Subject { context, index, record, source, matter: OnceCell::new(), readiness: OnceCell::new() })
    }

    /// What every record has.
    pub(super) fn header(&self) -> &'a Header {
        self.record.header()
    }

    /// The plan held against the process, where there is a plan with a status.
    pub(super) fn readiness(&self) -> Option<&Readiness> {
        let (context, index) = (self.context, self.index);
        self.readiness.get_or_init(|| context.book.readiness(index, &context.settings.process)).as_ref()
    }

    /// The last day on which it can be approved, where it is an emergency that has begun and waits for that.
    pub(super) fn approval_due(&self) -> Option<Date> {
        let Context { book, settings, today } = self.context;
        book.approval_due(self.index, &settings.process, *today)
    }

    /// The actions of its review, each with its path.
    pub(super) fn actions(&self) -> impl Iterator<Item = (String, &'a Action)> {
        let review = self.record.plan().and_then(|plan| plan.review.as_deref());
        let lessons = review.into_iter().flat_map(|review| review.lessons.iter().enumerate());
        lessons.flat_map(|(lesson, of)| {
            let actions = of.actions.iter().enumerate();
            actions.map(move |(number, action)| (format!("review.lessons.{lesson}.actions.{number}"), action))
        })
    }

    /// How many days have passed since a day.
    pub(super) fn days_since(&self, day: Date) -> i64 {
        day.until(self.context.today).map_or(0, |span| i64::from(span.get_days()))
    }

    /// A span of the record's file as a place.
    pub(super) fn at(&self, span: Span) -> Place {
        Place { source: self.source, span }
    }

    /// The record's file.
    pub(super) fn text(&self) -> &'a str {
        &self.context.book.sources[self.source].text
    }

    /// The front matter as it is written.
    pub(super) fn front_matter_text(&self) -> &'a str {
        let text = &self.context.book.sources[self.source].text;
        &text[..(self.header().body.start as usize).min(text.len())]
    }

    /// The front matter as a tree, if it could be read.
    pub(super) fn front_matter(&self) -> Option<&Node> {
        self.matter.get_or_init(|| front_matter(&self.context.book.sources[self.source], self.header())).as_ref()
    }

    /// Where a key stands: `windows.1.end`. Where it is not written, the nearest that holds it, at last the fence.
    pub(super) fn key(&self, path: &str) -> Place {
        let fence = self.header().fence;
        self.at(self.front_matter().map_or(fence, |root| locate(root, path).unwrap_or(fence)))
    }

    /// The first of some keys that is written, else the last of them.
    pub(super) fn first_of<'k>(&self, keys: &[&'k str]) -> &'k str {
        let fence = self.at(self.header().fence);
        let written = keys.iter().find(|key| self.key(key) != fence);
        written.or(keys.last()).copied().unwrap_or_default()
    }

    /// A finding at a key.
    pub(super) fn finding(&self, lint: &'static Lint, path: &str, message: impl Into<String>) -> Finding {
        Finding::new(lint, self.key(path), message)
    }
}

/// Follows a path as far as it goes. A value of one word is marked itself, of a list or a map its key.
fn locate(root: &Node, path: &str) -> Option<Span> {
    let (mut node, mut span) = (root, None);
    for step in path.split('.') {
        let next = match &node.value {
            Value::Map(entries) => {
                let entry = entries.iter().find(|entry| entry.key == step);
                entry.map(|entry| match entry.node.value {
                    Value::Scalar { .. } => (&entry.node, entry.node.span),
                    _ => (&entry.node, entry.key_span),
                })
            }
            Value::List(items) => {
                step.parse().ok().and_then(|number: usize| items.get(number)).map(|item| (item, item.span))
            }
            _ => None,
        };
        let Some((inner, at)) = next else { break };
        (node, span) = (inner, Some(at));
    }
    span
}
