//! A record's text in Markdown: as it was written, or made from what is shown of it.

use std::fmt::Write;

use crate::book::RecordIndex;
use crate::pages::{Context, leads_nowhere};

/// Whether a record's text may stand there as it was written. In an edition it may not: comments, and what links name, are
/// the company's own business; nor where it names a draft that was left out.
pub(super) fn is_as_written(context: &Context<'_>, index: RecordIndex) -> bool {
    let edition = context.edition;
    edition.name().is_none() && (edition.found_anew().is_none() || !leads_nowhere(context, index))
}

/// The Markdown (CommonMark, GitHub's tables) of HTML that was rendered from a record: its tags are balanced, `<` and `>`
/// stand for nothing else, and what has no Markdown leaves its words.
pub(super) fn markdown_of(html: &str) -> String {
    let mut writer = Writer::default();
    for (number, piece) in html.split('<').enumerate() {
        let (tag, text) = if number == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        match tag.strip_prefix('/') {
            Some(name) => writer.close(name),
            None if !tag.is_empty() => writer.open(tag),
            None => {}
        }
        writer.text(&unescaped(text));
    }
    writer.flush();
    writer.out.trim_end().to_owned()
}

/// What a line stands in.
enum Within {
    Quote,
    /// An item with its marker, which its first line has.
    Item(String, bool),
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What is not yet written of a paragraph, an item or a cell.
    inline: String,
    within: Vec<Within>,
    /// The numbers of the open lists; nothing of those with bullets.
    lists: Vec<Option<usize>>,
    /// The addresses of the open links.
    links: Vec<String>,
    /// Preformatted text, with its language.
    code: Option<(String, String)>,
    /// The rows of the open table.
    table: Option<Vec<Vec<String>>>,
    is_in_code: bool,
    /// The level of the open heading; 0 where none is open.
    heading: usize,
    /// Whether a blank line has to come before the next block.
    is_behind_block: bool,
}

impl Writer {
    fn open(&mut self, tag: &str) {
        match tag.split(' ').next().unwrap_or_default() {
            "p" | "div" | "section" | "dl" | "dt" | "dd" | "details" | "summary" | "figure" => self.flush(),
            "br" => self.inline.push_str("\\\n"),
            "hr" => {
                self.flush();
                self.block(&["---".to_owned()]);
            }
            "em" => self.inline.push('*'),
            "strong" => self.inline.push_str("**"),
            "del" => self.inline.push_str("~~"),
            "code" if self.code.is_some() => {
                if let (Some((language, _)), Some(named)) = (&mut self.code, attribute(tag, "class")) {
                    *language = named.trim_start_matches("language-").to_owned();
                }
            }
            "code" => {
                self.is_in_code = true;
                self.inline.push('`');
            }
            "pre" => {
                self.flush();
                self.code = Some((String::new(), String::new()));
            }
            "a" => {
                self.links.push(attribute(tag, "href").unwrap_or_default());
                self.inline.push('[');
            }
            "img" => {
                let (words, source) = (attribute(tag, "alt").unwrap_or_default(), attribute(tag, "src"));
                let words = escaped(&words);
                match source {
                    Some(source) => write!(self.inline, "![{words}](<{source}>)").unwrap_or_default(),
                    None => self.inline.push_str(&words),
                }
            }
            "ul" => self.list(None),
            "ol" => self.list(Some(attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => {
                self.flush();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.within.push(Within::Item(marker, false));
                self.is_behind_block = false;
            }
            "blockquote" => {
                self.flush();
                self.blank();
                self.within.push(Within::Quote);
            }
            "table" => {
                self.flush();
                self.table = Some(Vec::new());
            }
            "tr" => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            heading @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.flush();
                self.heading = usize::from(heading.as_bytes()[1] - b'0');
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "div" | "section" | "dl" | "dt" | "dd" | "details" | "summary" | "h1" | "h2" | "h3" | "h4" | "h5"
            | "h6" => {
                let before = self.out.len();
                self.flush();
                self.is_behind_block |= self.out.len() > before;
            }
            "em" => self.inline.push('*'),
            "strong" => self.inline.push_str("**"),
            "del" => self.inline.push_str("~~"),
            "code" if self.code.is_none() => {
                self.is_in_code = false;
                self.inline.push('`');
            }
            "pre" => self.end_code(),
            "a" => {
                let href = self.links.pop().unwrap_or_default();
                write!(self.inline, "](<{href}>)").unwrap_or_default();
            }
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
                self.is_behind_block = true;
            }
            "li" => {
                self.flush();
                // An item with nothing in it is one all the same.
                if matches!(self.within.last(), Some(Within::Item(_, false))) {
                    self.line("");
                }
                self.within.pop();
            }
            "blockquote" => {
                self.flush();
                self.within.pop();
                self.is_behind_block = true;
            }
            "th" | "td" => {
                let cell = std::mem::take(&mut self.inline).replace("\\\n", " ");
                let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
                self.table.iter_mut().filter_map(|rows| rows.last_mut()).for_each(|row| row.push(cell.clone()));
            }
            "table" => self.end_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some((_, code)) => code.push_str(text),
            None if self.is_in_code => self.inline.push_str(text),
            None => self.inline.push_str(&escaped(text)),
        }
    }

    fn list(&mut self, first: Option<usize>) {
        self.flush();
        if self.lists.is_empty() {
            self.blank();
        }
        self.lists.push(first);
    }

    /// Writes what stands in the paragraph, if anything does.
    fn flush(&mut self) {
        if self.table.is_some() {
            return;
        }
        let inline = std::mem::take(&mut self.inline);
        let level = std::mem::take(&mut self.heading);
        let lines: Vec<String> = inline.lines().map(str::trim).filter(|line| !line.is_empty()).map(begun).collect();
        let lines = match level {
            0 => lines,
            _ => vec![format!("{} {}", "#".repeat(level), lines.join(" "))],
        };
        if !lines.is_empty() {
            self.block(&lines);
            self.is_behind_block = !matches!(self.within.last(), Some(Within::Item(..)));
        }
    }

    fn block(&mut self, lines: &[String]) {
        self.blank();
        lines.iter().for_each(|line| self.line(line));
        self.is_behind_block = true;
    }

    fn blank(&mut self) {
        if std::mem::take(&mut self.is_behind_block) {
            self.line("");
        }
    }

    /// Writes a line with what it stands in before it.
    fn line(&mut self, line: &str) {
        let start = self.out.len();
        for within in &mut self.within {
            match within {
                Within::Quote => self.out.push_str("> "),
                Within::Item(marker, is_begun) if *is_begun => self.out.extend(std::iter::repeat_n(' ', marker.len())),
                Within::Item(marker, is_begun) => {
                    *is_begun = true;
                    self.out.push_str(marker);
                }
            }
        }
        self.out.push_str(line);
        let end = start + self.out[start..].trim_end().len();
        self.out.truncate(end);
        self.out.push('\n');
    }

    fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        let mut fence = "```".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(code.trim_end_matches('\n').split('\n').map(str::to_owned));
        lines.push(fence);
        self.block(&lines);
    }

    fn end_table(&mut self) {
        let rows = self.table.take().unwrap_or_default();
        let Some(width) = rows.iter().map(Vec::len).max().filter(|width| *width > 0) else { return };
        let line = |row: &[String]| {
            let cells = (0..width).map(|at| row.get(at).map_or("", String::as_str));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        lines.insert(1, line(&vec!["---".to_owned(); width]));
        self.block(&lines);
    }
}

/// The value of an attribute, if the tag has it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(unescaped)
}

fn unescaped(text: &str) -> String {
    match text.contains('&') {
        true => {
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            text.replace("&amp;", "&")
        }
        false => text.to_owned(),
    }
}

/// A text with nothing in it that Markdown takes for more than its letters.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A line that does not begin as a heading, an item or a rule does, but where it was made to.
fn begun(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.chars().next() {
        Some('+' | '-' | '=' | '|' | '#') => format!("\\{line}"),
        _ if digits > 0 && line[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::markdown_of;
    use crate::read::markdown::{Options, Resolution, render};

    fn html(markdown: &str) -> String {
        let sections = render(markdown, &Options::default(), |_, _| Resolution::Outside);
        sections.into_iter().map(|section| section.heading_html() + &section.html).collect()
    }

    #[test]
    fn what_is_made_from_html_is_shown_as_that_html() {
        for body in [
            "One *two* **three** ~~four~~ `fi*ve` <six> & seven.\n",
            "A line\\\nand another.\n\nA paragraph with [a link](https://a.example/x?a=1&b=2) and ![a picture](https://a.example/p.png).\n",
            "- one\n- two\n  - deep\n  - deeper\n- three\n\nBehind.\n",
            "3. three\n4. four\n\n   with a paragraph\n",
            "> quoted\n>\n> - and a list\n\nBehind.\n",
            "```sh\nrm -rf *_x_ <y> `z`\n\nls\n```\n\nBehind.\n",
            "````\n```\n````\n",
            "| a | b |\n| --- | --- |\n| 1 \\| 2 | *x* |\n| 3 |  |\n",
            "\\# no heading, 1\\. no item\n\n\\- nor this\n\n1\\. nor that\n",
            "Stars \\* and \\_ and \\[brackets\\](no) and \\&amp; and \\<b\\>.\n",
            "---\n\nBehind a rule.\n",
        ] {
            let shown = html(body);
            assert_eq!(html(&markdown_of(&shown)), shown, "{body}\n{}", markdown_of(&shown));
        }
    }

    #[test]
    fn what_has_no_markdown_leaves_its_words() {
        assert_eq!(markdown_of("<p>a <kbd>b</kbd> <sup>c</sup></p>\n"), "a b c");
        assert_eq!(markdown_of(""), "");
    }
}
