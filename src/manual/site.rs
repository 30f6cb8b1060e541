//! The manual as a site of free pages, which the program builds as it builds every other: its chapters, and the references that
//! are printed from the declarations.

use std::fmt::Write;

use include_dir::{Dir, include_dir};

use super::keys::{keys, words};
use crate::diag::Lint;

static CHAPTERS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/manual/chapters");

/// The chapters in the order in which they are read.
const ORDER: [&str; 17] = [
    "first-page",
    "records",
    "writing",
    "process",
    "deviations",
    "calendar",
    "known-errors",
    "lessons",
    "editions-for-customers",
    "checks-in-ci",
    "publishing",
    "machines",
    "searching",
    "settings",
    "themes",
    "addresses",
    "trust",
];

/// What stands at the head of every page.
const NAVIGATION: [(&str, &str); 6] = [
    ("index.html", "Contents"),
    ("pages/first-page.html", "First page"),
    ("pages/writing.html", "Writing"),
    ("pages/checks-in-ci.html", "Checks"),
    ("pages/publishing.html", "Publishing"),
    ("pages/reference-keys.html", "Keys"),
];

/// A page of the manual.
#[derive(Debug)]
pub struct Chapter {
    /// Its name, which makes its address.
    pub name: &'static str,
    /// Its text, with front matter.
    pub text: String,
}

/// A verb of the program: its name, and its help.
pub type Verb = (String, String);

/// All chapters, the references last.
pub fn chapters(lints: &[&'static Lint], verbs: &[Verb]) -> Vec<Chapter> {
    let following = ORDER.iter().skip(1).chain(["reference-keys"].iter());
    let written = ORDER.iter().zip(following).filter_map(|(name, next)| {
        let text = CHAPTERS.get_file(format!("{name}.md"))?.contents_utf8()?;
        Some(Chapter { name, text: format!("{text}\nNext: [[{next}]]\n") })
    });
    let references = [
        ("reference-keys", reference_of_keys()),
        ("reference-words", reference_of_words()),
        ("reference-lints", reference_of_lints(lints)),
        ("reference-commands", reference_of_commands(verbs)),
    ];
    written.chain(references.map(|(name, text)| Chapter { name, text })).collect()
}

fn headed(title: &str, summary: &str) -> String {
    format!("---\ntitle: {title}\nsummary: \"{summary}\"\n---\n\n")
}

fn reference_of_keys() -> String {
    let mut text = headed("Reference of keys", "Every key of the front matter, and what it takes.");
    for of in keys() {
        let _ = writeln!(text, "{of}");
    }
    text
}

fn reference_of_words() -> String {
    let mut text = headed("Reference of words", "Every word of a closed set, what it means, and where it may stand.");
    for of in words() {
        let _ = writeln!(text, "{of}");
    }
    text
}

fn reference_of_lints(lints: &[&'static Lint]) -> String {
    let mut text =
        headed("Reference of lints", "Every rule: what it finds, why it matters, and what to write instead.");
    for lint in lints {
        let _ = write!(text, "## {} {}\n\n{}\n", lint.code, lint.name, deeper(lint.explanation));
    }
    text
}

/// Markdown with its headings a level deeper; what stands in a fenced block is no heading.
fn deeper(markdown: &str) -> String {
    let mut is_block = false;
    let line = |line: &str| {
        is_block ^= line.starts_with("```");
        if !is_block && line.starts_with("## ") { format!("#{line}\n") } else { format!("{line}\n") }
    };
    markdown.lines().map(line).collect()
}

fn reference_of_commands(verbs: &[Verb]) -> String {
    let mut text = headed("Reference of commands", "Every verb of the program with its options.");
    for (name, help) in verbs {
        let _ = write!(text, "## relbook {name}\n\n```text\n{}\n```\n\n", help.trim_end());
    }
    text
}

/// The manual as a site's folder: paths and texts.
pub fn manual(lints: &[&'static Lint], verbs: &[Verb]) -> Vec<(String, String)> {
    let chapters = chapters(lints, verbs);
    let mut contents = String::new();
    for Chapter { name, text } in &chapters {
        let of = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        let (title, summary) = (of("title: "), of("summary: ").trim_matches('"'));
        let _ = writeln!(
            contents,
            "<li><a href=\"{{{{ page.root }}}}pages/{name}.html\">{title}</a><br><small>{summary}</small></li>"
        );
    }
    let home = format!(
        "{{% extends \"base.html\" %}}\n{{% block main %}}\n<header class=\"head\"><h1>The manual of relbook</h1>\n\
         <p class=\"lead\">Release records as a site: how they are written, checked, and read.</p></header>\n\
         <ul class=\"rows plain\">\n{contents}</ul>\n{{% endblock main %}}\n"
    );
    let settings = "title = \"The manual of relbook\"\n[lints]\nprofile = \"strict\"\n".to_owned();
    let pages = chapters.into_iter().map(|of| (format!("pages/{}.md", of.name), of.text));
    let navigation = NAVIGATION.map(|(path, label)| format!("<a href=\"{{{{ root }}}}{path}\">{label}</a>\n")).concat();
    let others = [
        ("relbook.toml".to_owned(), settings),
        ("theme/templates/home.html".to_owned(), home),
        ("theme/templates/partials/navigation.html".to_owned(), navigation),
    ];
    pages.chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chapter_has_its_place() {
        let mut files: Vec<&str> = CHAPTERS.files().filter_map(|file| file.path().file_stem()?.to_str()).collect();
        let mut order = ORDER.to_vec();
        files.sort_unstable();
        order.sort_unstable();
        assert_eq!(files, order);
    }
}
