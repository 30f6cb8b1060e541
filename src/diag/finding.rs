//! One finding, and the place where findings of one text gather while it is read.

use std::cell::RefCell;

use super::lint::{Level, Levels, Lint};
use crate::source::{Place, SourceId, Span};

/// Something wrong with a record: which lint, where, what, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub lint: &'static Lint,
    /// The place that is marked.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Words at the marked place.
    pub label: String,
    /// What is expected, and what to do.
    pub help: Vec<String>,
    /// What to write instead of the marked text.
    pub replacement: Option<String>,
    /// Other places that belong to it, with words at each.
    pub related: Vec<(Place, String)>,
}

impl Finding {
    /// A finding with its marked place and its sentence.
    pub fn new(lint: &'static Lint, place: Place, message: impl Into<String>) -> Finding {
        Finding {
            lint,
            place,
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
            replacement: None,
            related: Vec::new(),
        }
    }

    /// Adds words at the marked place.
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        self.label = label.into();
        self
    }

    /// Adds a sentence of what is expected or what to do.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help.push(help.into());
        self
    }

    /// Says what to write instead of the marked text.
    pub fn replace_with(mut self, replacement: impl Into<String>) -> Finding {
        self.replacement = Some(replacement.into());
        self
    }

    /// Names another place that belongs to it.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Finding {
        self.related.push((place, label.into()));
        self
    }
}

/// Where the findings of one text gather while it is read.
#[derive(Debug)]
pub struct Sink {
    source: SourceId,
    levels: Option<Levels>,
    waived: RefCell<Vec<String>>,
    findings: RefCell<Vec<Finding>>,
}

impl Sink {
    /// An empty sink for one text.
    pub fn new(source: SourceId) -> Sink {
        Sink { source, levels: None, waived: RefCell::default(), findings: RefCell::default() }
    }

    /// An empty sink for one text of a site with these levels: what is meant by a fault may be read in its place.
    pub fn with_levels(source: SourceId, levels: &Levels) -> Sink {
        Sink { levels: Some(levels.clone()), ..Sink::new(source) }
    }

    /// An empty sink for the same text.
    pub fn again(&self) -> Sink {
        Sink { levels: self.levels.clone(), waived: self.waived.clone(), ..Sink::new(self.source) }
    }

    /// Takes note of a lint, by code or name, whose findings the text itself silences.
    pub fn waive(&self, lint: &str) {
        self.waived.borrow_mut().push(lint.to_owned());
    }

    /// Whether a finding stops the build. Only then may reading go on with what was meant: nothing guessed is shown.
    pub fn stops(&self, lint: &Lint) -> bool {
        let is_waived = || self.waived.borrow().iter().any(|waived| waived == lint.code || waived == lint.name);
        self.levels.as_ref().is_some_and(|levels| levels.of(lint) == Level::Error) && !is_waived()
    }

    /// The text whose findings gather here.
    pub fn source(&self) -> SourceId {
        self.source
    }

    /// A span of the text as a place.
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.source, span }
    }

    /// A new finding in the text, not yet pushed.
    pub fn finding(&self, lint: &'static Lint, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(lint, self.place(span), message)
    }

    /// Takes a finding in.
    pub fn push(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// All findings, in the order in which they came.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }
}
