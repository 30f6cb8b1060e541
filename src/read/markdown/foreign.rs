//! What other generators and wikis would replace, and relbook prints as it stands.

use std::ops::Range;

/// A notation of another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForeignSyntax {
    /// `[text]({{< ref "x" >}})`: a link that is none.
    Link,
    /// `{{< name >}}`, `{{% name %}}`.
    Shortcode,
    /// `{% name %}`.
    TemplateTag,
    /// `{{ name }}`.
    TemplateExpression,
    /// `!!! note`, `??? note`.
    Admonition,
    /// `:::note`.
    Container,
    /// `[TOC]`, `[[_TOC_]]`.
    Contents,
    /// `{toc}`, `{code:java}`.
    Macro,
    /// `h2. Title`.
    WikiHeading,
    /// `== Title`.
    EqualsHeading,
    /// `.. note::`.
    Directive,
    /// `{: .class}`.
    AttributeList,
    /// `--8<-- "file"`.
    Snippet,
}

impl ForeignSyntax {
    /// Whose notation it is, with its article.
    pub fn describe(self) -> &'static str {
        match self {
            ForeignSyntax::Link => "the target of a link in another generator: here it is no link",
            ForeignSyntax::Shortcode => "a shortcode of Hugo",
            ForeignSyntax::TemplateTag => "a tag of Liquid or Jinja",
            ForeignSyntax::TemplateExpression => "an expression of a template",
            ForeignSyntax::Admonition => "a note of MkDocs",
            ForeignSyntax::Container => "a container of Docusaurus, VitePress or Pandoc",
            ForeignSyntax::Contents => "a table of contents of another program",
            ForeignSyntax::Macro => "a macro of Confluence or Jira",
            ForeignSyntax::WikiHeading => "a heading of Confluence or Jira",
            ForeignSyntax::EqualsHeading => "a heading of AsciiDoc or MediaWiki",
            ForeignSyntax::Directive => "a directive of reStructuredText",
            ForeignSyntax::AttributeList => "an attribute list of kramdown",
            ForeignSyntax::Snippet => "a snippet of MkDocs",
        }
    }

    /// What to write instead.
    pub fn instead(self) -> &'static str {
        match self {
            ForeignSyntax::Admonition | ForeignSyntax::Container | ForeignSyntax::Directive => {
                "write a note as a quotation: `> [!NOTE]`, and its text in lines that begin with `> `"
            }
            ForeignSyntax::Link => "link to the record by its id (`[[CHG-2041|the change]]`), or to its file",
            ForeignSyntax::Contents => "take it out: the page has its own contents",
            ForeignSyntax::WikiHeading | ForeignSyntax::EqualsHeading => "write a heading with `#`: `## Rollback plan`",
            ForeignSyntax::AttributeList => "take it out; an id may stand behind a heading, as `{#id}`",
            _ => "write what it stands for: text, a link, a code block; what is meant as it stands goes in backticks",
        }
    }
}

/// Names that stand in braces in Confluence and Jira.
const MACROS: [&str; 14] = [
    "toc", "code", "noformat", "panel", "info", "note", "tip", "warning", "quote", "expand", "color", "anchor",
    "include", "status",
];

/// The notation that a line of the source is, and how much of it to mark.
pub(super) fn foreign_line(line: &str) -> Option<(ForeignSyntax, usize)> {
    let shown = cut(line, LONGEST_SHOWN).trim_end().len();
    at_line_start(cut(line, LONGEST)).map(|syntax| (syntax, shown))
}

/// The beginning of a text.
fn cut(text: &str, longest: usize) -> &str {
    let mut end = text.len().min(longest);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Finds notations in braces in a run of text outside code.
pub(super) fn foreign_syntax(text: &str) -> Vec<(ForeignSyntax, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skipped) = text[at..].find('{') {
        at += skipped;
        let (length, syntax) = in_braces(cut(&text[at..], LONGEST));
        if let Some(syntax) = syntax {
            let syntax = if text[..at].ends_with("](") { ForeignSyntax::Link } else { syntax };
            let end = at + cut(&text[at..at + length], LONGEST_SHOWN).len();
            found.push((syntax, at..end));
        }
        at += length;
    }
    found
}

/// What is longer is no notation: the end of each is looked for, and a hostile text has none.
const LONGEST: usize = 300;

/// How much of a notation is marked.
const LONGEST_SHOWN: usize = 60;

fn at_line_start(text: &str) -> Option<ForeignSyntax> {
    let line = text.trim_end();
    let is_word = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let after = |sign: char| line.trim_start_matches(sign);
    let count = |sign: char| line.len() - after(sign).len();
    match line.as_bytes().first()? {
        b'!' if count('!') == 3 && after('!').strip_prefix(' ').is_some_and(is_word) => Some(ForeignSyntax::Admonition),
        b'?' if count('?') == 3 && after('?').trim_start_matches('+').strip_prefix(' ').is_some_and(is_word) => {
            Some(ForeignSyntax::Admonition)
        }
        b':' if count(':') >= 3
            && (after(':').is_empty()
                || is_word(after(':').trim_start())
                || after(':').trim_start().starts_with('{')) =>
        {
            Some(ForeignSyntax::Container)
        }
        b'=' if (2..=6).contains(&count('='))
            && after('=').starts_with(' ')
            && after('=').trim_matches(['=', ' ']).contains(char::is_alphabetic) =>
        {
            Some(ForeignSyntax::EqualsHeading)
        }
        b'h' => {
            let rest =
                line.strip_prefix('h')?.strip_prefix(|digit: char| ('1'..='6').contains(&digit))?.strip_prefix(". ")?;
            (!rest.trim().is_empty()).then_some(ForeignSyntax::WikiHeading)
        }
        b'.' => {
            let name = line.strip_prefix(".. ")?.split_once("::")?.0;
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            is_name.then_some(ForeignSyntax::Directive)
        }
        b'-' if line.starts_with("--8<--") => Some(ForeignSyntax::Snippet),
        b'[' if is_contents(line) => Some(ForeignSyntax::Contents),
        _ => None,
    }
}

/// Whether a word in brackets asks for a table of contents.
pub fn is_contents(text: &str) -> bool {
    let name = text.trim_matches(['[', ']', '_', ' ']);
    name.eq_ignore_ascii_case("toc")
}

/// What begins with a brace: how long it is, and what.
fn in_braces(text: &str) -> (usize, Option<ForeignSyntax>) {
    let end_of = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("{{<") || text.starts_with("{{%") {
        let end = if text.starts_with("{{<") { ">}}" } else { "%}}" };
        return (end_of(end), Some(ForeignSyntax::Shortcode));
    }
    if let Some(rest) = text.strip_prefix("{%") {
        let is_tag = rest.trim_start_matches('-').trim_start().starts_with(|letter: char| letter.is_ascii_alphabetic());
        return (end_of("%}"), (is_tag && text.contains("%}")).then_some(ForeignSyntax::TemplateTag));
    }
    if let Some(rest) = text.strip_prefix("{{") {
        let is_name =
            rest.trim_start().starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '.' | '$'));
        return match rest.find("}}") {
            Some(end) if is_name => (end + 4, Some(ForeignSyntax::TemplateExpression)),
            _ => (2, None),
        };
    }
    if let Some(rest) = text.strip_prefix("{:") {
        let is_list = rest.trim_start().starts_with(['.', '#', 't']) && text.contains('}');
        return (if is_list { end_of("}") } else { 2 }, is_list.then_some(ForeignSyntax::AttributeList));
    }
    let name = text[1..].bytes().take_while(u8::is_ascii_lowercase).count();
    let is_ended = text[1 + name..].starts_with(['}', ':']) && text.contains('}');
    match MACROS.contains(&&text[1..1 + name]) && is_ended {
        true => (end_of("}"), Some(ForeignSyntax::Macro)),
        false => (1, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<ForeignSyntax> {
        let line = foreign_line(text).map(|(syntax, _)| syntax);
        line.into_iter().chain(foreign_syntax(text).into_iter().map(|(syntax, _)| syntax)).collect()
    }

    #[test]
    fn notations_of_other_programs_are_known() {
        use ForeignSyntax::*;
        for (text, expected) in [
            ("{{< alert >}}Back up.{{< /alert >}}", vec![Shortcode, Shortcode]),
            ("[a]({{< relref \"x.md\" >}}) {{< b >}}", vec![Link, Shortcode]),
            ("[a]({% link x.md %})", vec![Link]),
            ("{{% note %}}", vec![Shortcode]),
            ("{% include note.html %}", vec![TemplateTag]),
            ("see {{ site.url }}/x", vec![TemplateExpression]),
            ("!!! warning", vec![Admonition]),
            ("???+ note \"x\"", vec![Admonition]),
            (":::note", vec![Container]),
            ("::: {.callout}", vec![Container]),
            (":::", vec![Container]),
            ("[TOC]", vec![Contents]),
            ("[[_TOC_]]", vec![Contents]),
            ("{toc:maxLevel=2} and {code}", vec![Macro, Macro]),
            ("h2. Rollback plan", vec![WikiHeading]),
            ("== Rollback plan ==", vec![EqualsHeading]),
            (".. note::", vec![Directive]),
            ("{: .no_toc}", vec![AttributeList]),
            ("--8<-- \"x.md\"", vec![Snippet]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_text_is_none() {
        for text in [
            "",
            "Stop!!! now",
            "!!!",
            "a ::: b",
            "Foo::Bar",
            "h2.example",
            "h2o. x",
            "{a, b}",
            "{name}",
            "a {b} c",
            "{{}}",
            "{{ 1 }}",
            "x == y",
            "==",
            "== 5",
            "[see the TOC]",
            "...",
            ".. and so on",
            "{",
            "{%",
            "{{",
            "100{% of",
            "--8",
            "{codes}",
            "{note that",
            "\u{e9}{\u{e9}",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn many_braces_take_linear_time() {
        for part in ["{", "{{", "{{<", "{%", "{:", "{toc", "{{a", "{: #", "{%a"] {
            let text = part.repeat(20_000);
            assert!(foreign_syntax(&text).len() <= 20_000, "{part}");
        }
    }
}
