//! What must hold on every page of every site: links lead somewhere, ids stand once, nothing can run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::harness::tree;
use super::html::{Token, VOID, attribute, resolve, tokens};

/// What one page has.
#[derive(Default)]
struct Anchors {
    ids: BTreeSet<String>,
    /// Addresses with the attribute that they stand in.
    links: Vec<(String, &'static str)>,
}

/// Every fault of a built tree, in order; links of `404.html` begin at the host's root.
pub fn faults(out: &Path) -> Vec<String> {
    let files = tree(out);
    let mut faults = Vec::new();
    let mut pages: BTreeMap<&str, Anchors> = BTreeMap::new();
    for (route, bytes) in files.iter().filter(|(route, _)| route.ends_with(".html")) {
        match std::str::from_utf8(bytes) {
            Ok(html) => {
                pages.insert(route, examine(route, html, &mut faults));
            }
            Err(_) => faults.push(format!("{route}: not UTF-8")),
        }
    }
    for (route, anchors) in &pages {
        for (href, attribute) in &anchors.links {
            if let Some(fault) = broken(route, href, &files, &pages) {
                faults.push(format!("{route}: {attribute}=\"{href}\": {fault}"));
            }
        }
    }
    faults
}

fn examine(route: &str, html: &str, faults: &mut Vec<String>) -> Anchors {
    let mut anchors = Anchors::default();
    let mut open: Vec<String> = Vec::new();
    let mut fault = |what: String| faults.push(format!("{route}: {what}"));
    for (_, token) in tokens(html) {
        match token {
            Token::Start(name, attributes) => {
                if matches!(name.as_str(), "script" | "style" | "iframe" | "object" | "embed" | "base" | "form") {
                    fault(format!("an element <{name}>"));
                }
                examine_attributes(&name, &attributes, &mut anchors, &mut fault);
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::End(name) => {
                let last = open.pop();
                if last.as_deref() != Some(&*name) {
                    fault(format!("</{name}> where <{}> is open", last.unwrap_or_default()));
                }
            }
            Token::Text(_) => {}
        }
    }
    if let Some(name) = open.pop() {
        fault(format!("<{name}> is never closed"));
    }
    anchors
}

fn examine_attributes(
    element: &str,
    attributes: &[(String, String)],
    anchors: &mut Anchors,
    fault: &mut impl FnMut(String),
) {
    for (number, (name, value)) in attributes.iter().enumerate() {
        if attributes[..number].iter().any(|(other, _)| other == name) {
            fault(format!("<{element}> has two attributes `{name}`"));
        }
        match name.as_str() {
            "id" => {
                if value.is_empty() || value.contains(char::is_whitespace) || !anchors.ids.insert(value.clone()) {
                    fault(format!("the id `{value}` is empty, has a blank or stands twice"));
                }
            }
            "href" => anchors.links.push((value.clone(), "href")),
            "src" => anchors.links.push((value.clone(), "src")),
            "style" | "srcdoc" | "srcset" | "action" | "formaction" => {
                fault(format!("an attribute {name}=\"{value}\""))
            }
            name if name.starts_with("on") => fault(format!("an attribute {name}=\"{value}\"")),
            name if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') => {
                fault(format!("<{element}> has an attribute `{name}`"));
            }
            _ => {}
        }
    }
    let refreshes = attribute(attributes, "http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"));
    if let (true, Some((_, url))) = (refreshes, attribute(attributes, "content").and_then(|c| c.split_once("url="))) {
        anchors.links.push((url.to_owned(), "href"));
    }
}

/// Why a link leads nowhere, if it does.
fn broken(
    route: &str,
    href: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<&str, Anchors>,
) -> Option<String> {
    let plain: String = href.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    if let Some((scheme, _)) = plain.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#'])) {
        let is_allowed = ["http", "https", "mailto", "tel"].contains(&scheme.to_lowercase().as_str());
        return (!is_allowed).then(|| "this scheme could run something".to_owned());
    }
    if href.starts_with("//") {
        return None;
    }
    if href.starts_with('/') && route != "404.html" {
        return Some("a link from the host's root".to_owned());
    }
    let Some(target) = resolve(route, href) else { return Some("it leads out of the site".to_owned()) };
    let (path, fragment) = target.split_once('#').map_or((&*target, None), |(path, fragment)| (path, Some(fragment)));
    let path = if path.is_empty() { "index.html" } else { path };
    if !files.contains_key(path) {
        return Some("there is no such file".to_owned());
    }
    let is_there = |fragment: &str| pages.get(path).is_some_and(|page| page.ids.contains(fragment));
    fragment.filter(|fragment| !is_there(fragment)).map(|fragment| format!("{path} has no id `{fragment}`"))
}

#[test]
fn faults_are_found() {
    let folder = super::harness::folder(
        r##"
-- a/index.html --
<main id="m"><p id="m"><a href="b.html#x" onclick="y">b</a><a href="c.html">c</a><a href=" java
script:x">d</a></main>
<script>x</script><p style="x">e</p><a href="../../f">f</a><a href="/g">g</a>
-- a/b.html --
<p id="y"></p><a href="#y">y</a><a href="index.html#m">m</a><a href="//h/i">i</a><a href="https://j">j</a>
"##,
    );
    assert_eq!(
        faults(folder.path()),
        [
            "a/index.html: the id `m` is empty, has a blank or stands twice",
            "a/index.html: an attribute onclick=\"y\"",
            "a/index.html: </main> where <p> is open",
            "a/index.html: an element <script>",
            "a/index.html: an attribute style=\"x\"",
            "a/index.html: <main> is never closed",
            "a/index.html: href=\"b.html#x\": a/b.html has no id `x`",
            "a/index.html: href=\"c.html\": there is no such file",
            "a/index.html: href=\" java\nscript:x\": this scheme could run something",
            "a/index.html: href=\"../../f\": it leads out of the site",
            "a/index.html: href=\"/g\": a link from the host's root",
        ]
    );
}
