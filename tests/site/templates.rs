//! What templates decide by: words, which no translation changes, and never the labels that people read.

use std::collections::BTreeSet;

use relbook::record::Kind;

use super::harness::{root, tree};

/// Every label of the vocabularies, as their declarations have it, and those of the kinds.
fn labels() -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for (path, bytes) in tree(&root().join("src/record")) {
        let text = String::from_utf8(bytes).expect("sources are UTF-8").replace("\\u{2019}", "\u{2019}");
        for line in text.lines().map(str::trim).filter(|line| line.ends_with(';')) {
            let parts: Vec<&str> = line.split('"').collect();
            let [variant, word, ", ", label, tone] = parts[..] else { continue };
            assert!(variant.ends_with(" = ") && (tone == ";" || tone.starts_with(", ")), "{path}: {line}");
            // Where both are the same there is nothing to mistake.
            if word != label {
                labels.insert(label.to_owned());
            }
        }
    }
    labels.extend(Kind::ALL.iter().flat_map(|kind| [kind.label().to_owned(), kind.plural().to_owned()]));
    labels
}

/// What is wrong with a tag of a template: it compares with a label, or something that people read with anything.
fn fault(tag: &str, labels: &BTreeSet<String>) -> Option<String> {
    const COMPARES: [&str; 7] = ["==", "!=", " in ", "starting_with", "ending_with", "containing", "matching"];
    if !COMPARES.iter().any(|operator| tag.contains(operator)) {
        return None;
    }
    let mut literals = tag.split('"').skip(1).step_by(2);
    if let Some(label) = literals.find(|literal| labels.contains(*literal)) {
        return Some(format!("it compares with the label {label:?}"));
    }
    let operands = tag.replace("!=", "==");
    let mut ends = operands.split("==").flat_map(|side| {
        let side = side.trim();
        [side.split_whitespace().next(), side.split_whitespace().next_back()]
    });
    let is_read = |path: &str| path.rsplit('.').next().is_some_and(|name| ["label", "text", "heading"].contains(&name));
    let is_equality = operands.contains("==");
    ends.find(|end| is_equality && end.is_some_and(is_read)).map(|end| format!("it compares what people read: {end:?}"))
}

#[test]
fn templates_compare_words_and_never_labels() {
    let labels = labels();
    for known in ["No workaround", "Installation guide", "Rolled back", "Known error", "Won\u{2019}t fix"] {
        assert!(labels.contains(known), "{known} is not among {labels:?}");
    }
    // The eye of this test.
    assert!(fault("if status == \"No workaround\"", &labels).is_some());
    assert!(fault("elif a.kind in [\"Release notes\"]", &labels).is_some());
    assert!(fault("if heading == all.text", &labels).is_some() && fault("if x.label != y", &labels).is_some());
    assert!(
        fault("if status == \"rolled-back\"", &labels).is_none() && fault("e.row.title or \"None\"", &labels).is_none()
    );
    let mut faults = Vec::new();
    for (path, bytes) in tree(&root().join("themes/default/templates")) {
        let template = String::from_utf8(bytes).expect("templates are UTF-8");
        for opened in ["{%", "{{"] {
            for tag in template.split(opened).skip(1).filter_map(|tag| tag.split(['%', '}']).next()) {
                faults.extend(fault(tag, &labels).map(|fault| format!("{path}: {tag}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
