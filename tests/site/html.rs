//! A small reader of HTML, apart from the program's own: tags, attributes, text.

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A start tag with its attributes, values decoded.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// Text, decoded.
    Text(String),
}

/// A token with its place in the text.
pub(crate) type Placed = (std::ops::Range<usize>, Token);

/// Elements that have no end tag.
pub(crate) const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements of SVG that may close themselves.
const PICTURE: &[&str] = &["circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "use"];

/// The tokens of a text; comments and the document type are left out.
pub(crate) fn tokens(html: &str) -> Vec<Placed> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let (length, token) = if rest.starts_with("<!--") {
            (rest.find("-->").map_or(rest.len(), |end| end + 3), None)
        } else if rest.starts_with("<!") {
            (rest.find('>').map_or(rest.len(), |end| end + 1), None)
        } else if rest.starts_with("</") {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            (end, Some(Token::End(rest[2..end].trim_end_matches('>').trim().to_lowercase())))
        } else if rest.starts_with('<') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            let (length, token) = start_tag(rest);
            (length, Some(token))
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |length| first + length);
            (end, Some(Token::Text(decode(&rest[..end]))))
        };
        // Only the parts of a picture may close themselves.
        let end = match &token {
            Some(Token::Start(name, _)) if PICTURE.contains(&name.as_str()) && rest[..length].ends_with("/>") => {
                Some((at + length..at + length, Token::End(name.clone())))
            }
            _ => None,
        };
        tokens.extend(token.map(|token| (at..at + length, token)));
        tokens.extend(end);
        at += length;
    }
    tokens
}

fn start_tag(text: &str) -> (usize, Token) {
    let name_end = text.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/');
    let name = text[1..name_end.unwrap_or(text.len())].to_lowercase();
    let mut at = 1 + name.len();
    let mut attributes = Vec::new();
    loop {
        at += text[at..].len() - text[at..].trim_start_matches(|l: char| l.is_whitespace() || l == '/').len();
        let rest = &text[at..];
        if rest.is_empty() || rest.starts_with('>') {
            return ((at + 1).min(text.len()), Token::Start(name, attributes));
        }
        let end = rest.find(|l: char| l.is_whitespace() || matches!(l, '=' | '>' | '/')).unwrap_or(rest.len()).max(1);
        let attribute = rest[..end].to_lowercase();
        at += end;
        let Some(value) = text[at..].trim_start().strip_prefix('=') else {
            attributes.push((attribute, String::new()));
            continue;
        };
        let value = value.trim_start();
        at = text.len() - value.len();
        let length = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let length = value[1..].find(quote).unwrap_or(value.len() - 1);
                attributes.push((attribute, decode(&value[1..1 + length])));
                (length + 2).min(value.len())
            }
            _ => {
                let length = value.find(|l: char| l.is_whitespace() || l == '>').unwrap_or(value.len());
                attributes.push((attribute, decode(&value[..length])));
                length
            }
        };
        at += length;
    }
}

/// A text with its character references resolved.
pub(crate) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        decoded.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let character = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            "ndash" => Some('\u{2013}'),
            "mdash" => Some('\u{2014}'),
            "hellip" => Some('\u{2026}'),
            "middot" => Some('\u{b7}'),
            number => {
                let number = number.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)
            }
        });
        match (character, end) {
            (Some(character), Some(end)) => {
                decoded.push(character);
                rest = &rest[end + 1..];
            }
            _ => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded + rest
}

/// The value of an attribute.
pub(crate) fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
}

/// A page, or a part of one.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    route: String,
    html: String,
}

impl Page {
    /// A page at an address of its site.
    pub(crate) fn new(route: &str, html: String) -> Page {
        Page { route: route.to_owned(), html }
    }

    /// Its HTML.
    pub(crate) fn html(&self) -> &str {
        &self.html
    }

    /// What lies within `<main …>` and `</main>`.
    pub(crate) fn main(&self) -> Page {
        let tokens = tokens(&self.html);
        let start = tokens.iter().position(|(_, token)| matches!(token, Token::Start(name, _) if name == "main"));
        let start = start.unwrap_or_else(|| panic!("{} has no <main>:\n{}", self.route, self.html));
        self.inside(&tokens, start)
    }

    /// The part with a fragment: the element with this id, or what stands under the heading with it.
    pub(crate) fn part(&self, id: &str) -> Page {
        self.find_part(id).unwrap_or_else(|| panic!("{} has no part #{id}:\n{}", self.route, self.html))
    }

    /// Whether the page has a part with this fragment.
    pub(crate) fn has_part(&self, id: &str) -> bool {
        self.find_part(id).is_some()
    }

    fn find_part(&self, id: &str) -> Option<Page> {
        let tokens = tokens(&self.html);
        let start = tokens.iter().position(
            |(_, token)| matches!(token, Token::Start(_, attributes) if attribute(attributes, "id") == Some(id)),
        )?;
        let Token::Start(name, _) = &tokens[start].1 else { return None };
        Some(if heading_level(name).is_some() {
            self.under_heading(&tokens, start)
        } else {
            self.inside(&tokens, start)
        })
    }

    /// What lies inside the element that a token starts.
    fn inside(&self, tokens: &[Placed], start: usize) -> Page {
        let from = tokens[start].0.end;
        let mut depth = 0;
        for (range, token) in &tokens[start..] {
            match token {
                Token::Start(name, _) if !VOID.contains(&name.as_str()) => depth += 1,
                Token::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Page::new(&self.route, self.html[from..range.start.max(from)].to_owned());
            }
        }
        Page::new(&self.route, self.html[from..].to_owned())
    }

    /// What lies between a heading and the next one of its level, within the same element.
    fn under_heading(&self, tokens: &[Placed], start: usize) -> Page {
        let Token::Start(name, _) = &tokens[start].1 else { unreachable!("a heading is a start tag") };
        let level = heading_level(name);
        let mut from = None;
        let mut depth = 0;
        for (range, token) in &tokens[start..] {
            let ends = match (token, from) {
                (Token::Start(other, _), Some(_)) if depth == 0 => {
                    heading_level(other).is_some_and(|l| Some(l) <= level)
                }
                (Token::End(_), Some(_)) => depth == 0,
                _ => false,
            };
            if ends {
                return Page::new(&self.route, self.html[from.unwrap_or(range.start)..range.start].to_owned());
            }
            match token {
                Token::Start(name, _) if !VOID.contains(&name.as_str()) => depth += 1,
                Token::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 && from.is_none() {
                from = Some(range.end);
            }
        }
        Page::new(&self.route, self.html[from.unwrap_or(self.html.len())..].to_owned())
    }

    /// Its text, white space as one blank.
    pub(crate) fn text(&self) -> String {
        let tokens = tokens(&self.html);
        let text: String = tokens
            .iter()
            .map(|(_, token)| match token {
                Token::Text(text) => text.as_str(),
                Token::Start(name, _) | Token::End(name) if is_block(name) => " ",
                _ => "",
            })
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its links: address and text.
    pub(crate) fn links(&self) -> Vec<(String, String)> {
        let tokens = tokens(&self.html);
        let mut links = Vec::new();
        for (number, (_, token)) in tokens.iter().enumerate() {
            let Token::Start(name, attributes) = token else { continue };
            if let ("a", Some(href)) = (name.as_str(), attribute(attributes, "href")) {
                links.push((href.to_owned(), self.inside(&tokens, number).text()));
            }
        }
        links
    }

    /// The pages of the site that its links lead to, fragments kept, each once in a row.
    pub(crate) fn targets(&self) -> Vec<String> {
        let mut targets: Vec<String> = self
            .links()
            .iter()
            .filter(|(href, _)| !href.starts_with('#'))
            .map(|(href, _)| resolve(&self.route, href).unwrap_or_else(|| href.clone()))
            .collect();
        targets.dedup();
        targets
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "b" | "i" | "em" | "strong" | "code" | "span" | "time" | "abbr" | "small" | "mark" | "s" | "wbr"
    )
}

/// The path below the site's root that a relative link of a page leads to, its fragment kept; `None` for a link
/// that leads away from the site or out of it.
pub(crate) fn resolve(route: &str, href: &str) -> Option<String> {
    let scheme_end = href.find([':', '/', '?', '#']).filter(|end| href[*end..].starts_with(':'));
    if scheme_end.is_some() || href.starts_with("//") {
        return None;
    }
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = match path {
        "" => route.split('/').collect(),
        _ if path.starts_with('/') => Vec::new(),
        _ => route.split('/').take(route.split('/').count() - 1).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = percent_decoded(&parts.join("/"));
    Some(match fragment {
        Some(fragment) => format!("{path}#{}", percent_decoded(fragment)),
        None => path,
    })
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(code)) => {
                decoded.push(code);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[test]
fn pages_are_read_as_browsers_read_them() {
    let html = "<!doctype html><main id=m class=x><h2 id=\"a\">A</h2><p title='1 > 0'>x &lt;b&gt;<br>y</p><h2>B</h2>\
                <a href=\"../q%20r.html#s\">q <b>r</b></a></main>z";
    let page = Page::new("d/p.html", html.to_owned());
    assert_eq!(page.main().text(), "A x <b> y B q r");
    assert_eq!(page.main().targets(), ["q r.html#s"]);
    let page = Page::new("d/p.html", "<section><h2 id=a>A</h2><p>x</p><h3>y</h3></section><p>z</p>".to_owned());
    assert_eq!(page.part("a").text(), "x y");
    assert_eq!(resolve("a/b.html", "../../c"), None);
    assert_eq!(resolve("a/b.html", "#c").as_deref(), Some("a/b.html#c"));
    assert_eq!(resolve("a/b.html", "https://c/"), None);
}
