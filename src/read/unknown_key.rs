//! Keys that nobody asked for: what is meant by them comes before what is spelt like them.

use super::fields::Fields;
use super::lints::UNKNOWN_FIELD;
use super::node::{Entry, Value};
use super::spelling::nearest;
use crate::diag::Finding;

/// Where an unknown key leads.
enum Lead {
    /// To a key that takes what was written.
    Key(&'static str),
    /// To a key that is there already, or that would refuse it.
    Elsewhere(String),
    /// Nowhere that is known.
    Nowhere,
}

impl Fields<'_> {
    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        let mut taken: Vec<&str> = self.entries.iter().map(|entry| entry.key.as_str()).collect();
        let is_asked = |key: &str| self.asked.borrow().iter().any(|(asked, _)| *asked == key);
        for entry in self.entries.iter().filter(|entry| !is_asked(&entry.key)) {
            let message = format!("{} has no key `{}`", self.owner, entry.key);
            let mut finding = self.sink.finding(&UNKNOWN_FIELD, entry.key_span, message).label("unknown key");
            match self.lead(entry, &taken) {
                Lead::Key(key) => {
                    taken.push(key);
                    finding = finding.help(format!("did you mean `{key}`?")).replace_with(key);
                }
                Lead::Elsewhere(advice) => finding = finding.help(advice),
                Lead::Nowhere => finding = self.with_known_keys(finding),
            }
            if is_asked("extra") {
                finding = finding.help("a field of your organisation's own goes under `extra:`");
            }
            self.sink.push(finding);
        }
    }

    fn lead(&self, entry: &Entry, taken: &[&str]) -> Lead {
        let written = plain(&entry.key);
        let meanings = self.meanings.borrow();
        // What a kind says of its own keys comes behind what all kinds have, and goes first.
        let meant: Vec<&'static str> = meanings
            .iter()
            .rev()
            .flat_map(|meanings| meanings.keys)
            .filter(|(_, words)| words.contains(&written.as_str()))
            .map(|(key, _)| *key)
            .collect();
        let free = |key: &&&'static str| !taken.contains(*key) && self.fits(key, entry);
        let found = meant.iter().filter(free).find(|key| self.knows(key, entry)).or_else(|| meant.iter().find(free));
        if let Some(key) = found {
            return Lead::Key(key);
        }
        let mut advice = meanings.iter().rev().flat_map(|meanings| meanings.advice);
        if let Some((_, advice)) = advice.find(|(words, _)| words.contains(&written.as_str())) {
            return Lead::Elsewhere(advice(entry, self.entries));
        }
        if let Some(key) = meant.iter().find(|key| taken.contains(key)) {
            return Lead::Elsewhere(format!("what it says belongs to `{key}`, which is there already"));
        }
        if let Some(key) = meant.first() {
            return Lead::Elsewhere(format!("what it says belongs to `{key}`{}", self.wanted(key, entry)));
        }
        let asked = self.asked.borrow();
        match nearest(&written, asked.iter().map(|(key, _)| *key)) {
            Some(near) if !taken.contains(&near) && self.fits(near, entry) => {
                let own = asked.iter().find(|(key, _)| *key == near).map(|(key, _)| *key);
                own.map_or(Lead::Nowhere, Lead::Key)
            }
            _ => Lead::Nowhere,
        }
    }

    /// Whether a key takes what stands under another.
    fn fits(&self, key: &str, entry: &Entry) -> bool {
        let asked = self.asked.borrow();
        let mut shapes = asked.iter().filter(|(asked, _)| *asked == key).peekable();
        shapes.peek().is_some() && (entry.node.value == Value::Null || shapes.all(|(_, shape)| shape.fits(&entry.node)))
    }

    /// Whether the ids that stand there are ids of what the key names.
    fn knows(&self, key: &str, entry: &Entry) -> bool {
        let Some(is_known) = self.is_known.get() else { return true };
        let asked = self.asked.borrow();
        asked.iter().filter(|(asked, _)| *asked == key).all(|(_, shape)| shape.knows(&entry.node, is_known))
    }

    /// What a key takes: what that looks like with what was written in it, else in words.
    fn wanted(&self, key: &str, entry: &Entry) -> String {
        let asked = self.asked.borrow();
        let mut shapes = asked.iter().filter(|(asked, _)| *asked == key).map(|(_, shape)| shape);
        match shapes.rfind(|shape| !shape.words().is_empty()) {
            Some(shape) if !shape.like(&entry.node).is_empty() => {
                format!(": write `{key}: {}`", shape.like(&entry.node))
            }
            Some(shape) => format!(", which takes {}", shape.words()),
            None => String::new(),
        }
    }

    fn with_known_keys(&self, finding: Finding) -> Finding {
        let asked = self.asked.borrow();
        let mut known: Vec<&str> =
            asked.iter().map(|(key, _)| *key).filter(|key| *key != "short_description").collect();
        known.sort_unstable();
        known.dedup();
        finding.help(format!("known keys: {}", known.join(", ")))
    }
}

/// A key as it is compared: `Planned-Date` and `planned date` are `planned_date`.
fn plain(key: &str) -> String {
    key.trim().to_lowercase().replace([' ', '-'], "_")
}
