//! What must hold on every page of every site: links lead somewhere, ids stand once, nothing can run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::harness::tree;
use super::html::{Token, VOID, attribute, resolve, tokens};

/// What one page has.
#[derive(Default)]
struct Anchors {
    ids: BTreeSet<String>,
    /// Ids of the page that other elements name.
    named: Vec<String>,
    /// Addresses with the attribute that they stand in.
    links: BTreeSet<(String, &'static str)>,
}

/// What was found in a built tree.
pub(crate) struct Checked {
    /// Every fault, in order.
    pub faults: Vec<String>,
    /// The pages and files that each page leads to.
    pub targets: BTreeMap<String, BTreeSet<String>>,
}

/// Every fault of a built tree, in order.
pub(crate) fn faults(out: &Path) -> Vec<String> {
    check(out).faults
}

/// Reads every page of a built tree. Links of `404.html` begin at the host's root.
pub(crate) fn check(out: &Path) -> Checked {
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
    let mut targets = BTreeMap::new();
    for (route, anchors) in &pages {
        let mut of_page = BTreeSet::new();
        for (href, attribute) in &anchors.links {
            match target(route, href, &files, &pages) {
                Ok(path) => of_page.extend(path),
                Err(fault) => faults.push(format!("{route}: {attribute}=\"{href}\": {fault}")),
            }
        }
        targets.insert((*route).to_owned(), of_page);
    }
    Checked { faults, targets }
}

fn examine(route: &str, html: &str, faults: &mut Vec<String>) -> Anchors {
    let mut anchors = Anchors::default();
    let mut open: Vec<String> = Vec::new();
    let mut fault = |what: String| faults.push(format!("{route}: {what}"));
    for (_, token) in tokens(html) {
        match token {
            Token::Start(name, attributes) => {
                let is_harmful = matches!(name.as_str(), "style" | "iframe" | "object" | "embed" | "base");
                if is_harmful || name == "script" && !is_own_script(route, &attributes) {
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
            Token::Text(text) if open.last().is_some_and(|name| name == "script") => {
                fault(format!("a script in the page: {text}"));
            }
            Token::Text(_) => {}
        }
    }
    for id in anchors.named.iter().filter(|id| !anchors.ids.contains(*id)) {
        fault(format!("an attribute names the id `{id}`, which is not there"));
    }
    if let Some(name) = open.pop() {
        fault(format!("<{name}> is never closed"));
    }
    anchors
}

/// Whether a script is a file of the theme that runs when the page is there.
fn is_own_script(route: &str, attributes: &[(String, String)]) -> bool {
    let is_asset = |src: &str| resolve(route, src).is_some_and(|path| path.starts_with("assets/"));
    attribute(attributes, "src").is_some_and(is_asset)
        && (attribute(attributes, "defer").is_some() || attribute(attributes, "type") == Some("module"))
        && attributes.len() == 2
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
                let is_usable = !value.is_empty() && !value.contains(char::is_whitespace);
                let is_new = anchors.ids.insert(value.clone());
                if !(is_usable && is_new) {
                    fault(format!("the id `{value}` is empty, has a blank or stands twice"));
                }
            }
            "for" | "popovertarget" | "aria-controls" | "aria-describedby" | "aria-labelledby" => {
                anchors.named.extend(value.split_whitespace().map(str::to_owned));
            }
            "href" => {
                anchors.links.insert((value.clone(), "href"));
            }
            "src" => {
                anchors.links.insert((value.clone(), "src"));
            }
            "action" => {
                anchors.links.insert((value.clone(), "action"));
            }
            "style" | "srcdoc" | "srcset" | "formaction" => fault(format!("an attribute {name}=\"{value}\"")),
            name if name.starts_with("on") => fault(format!("an attribute {name}=\"{value}\"")),
            name if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') => {
                fault(format!("<{element}> has an attribute `{name}`"));
            }
            _ => {}
        }
    }
    let refreshes = attribute(attributes, "http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh"));
    if let (true, Some((_, url))) = (refreshes, attribute(attributes, "content").and_then(|c| c.split_once("url="))) {
        anchors.links.insert((url.to_owned(), "href"));
    }
}

/// The file that a link leads to, nothing where it leads away from the site; else why it leads nowhere.
fn target(
    route: &str,
    href: &str,
    files: &BTreeMap<String, Vec<u8>>,
    pages: &BTreeMap<&str, Anchors>,
) -> Result<Option<String>, String> {
    let plain: String = href.chars().filter(|letter| !letter.is_control() && !letter.is_whitespace()).collect();
    if let Some((scheme, _)) = plain.split_once(':').filter(|(scheme, _)| !scheme.contains(['/', '?', '#'])) {
        let is_allowed = ["http", "https", "mailto", "tel"].contains(&scheme.to_lowercase().as_str());
        return if is_allowed { Ok(None) } else { Err("this scheme could run something".to_owned()) };
    }
    if href.starts_with("//") {
        return Ok(None);
    }
    if href.starts_with('/') && route != "404.html" {
        return Err("a link from the host's root".to_owned());
    }
    let resolved = resolve(route, href).ok_or("it leads out of the site")?;
    let (path, fragment) = resolved.split_once('#').map_or((&*resolved, None), |(path, of)| (path, Some(of)));
    let path = if path.is_empty() { "index.html" } else { path };
    if !files.contains_key(path) {
        return Err("there is no such file".to_owned());
    }
    let is_there = |fragment: &str| pages.get(path).is_some_and(|page| page.ids.contains(fragment));
    match fragment.filter(|fragment| !is_there(fragment)) {
        Some(fragment) => Err(format!("{path} has no id `{fragment}`")),
        None => Ok(Some(path.to_owned())),
    }
}

#[test]
fn faults_are_found() {
    let folder = super::harness::folder(
        r##"
-- a/index.html --
<main id="m"><p id="m"><a href="b.html#x" onclick="y">b</a><a href="c.html">c</a><a href=" java
script:x">d</a></main>
<script>x</script><script src="../assets/own.js" defer></script><script src="other.js" defer></script><p style="x" aria-labelledby="m n">e</p><a href="../../f">f</a><a href="/g">g</a>
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
            "a/index.html: a script in the page: x",
            "a/index.html: an element <script>",
            "a/index.html: an attribute style=\"x\"",
            "a/index.html: an attribute names the id `n`, which is not there",
            "a/index.html: <main> is never closed",
            "a/index.html: href=\" java\nscript:x\": this scheme could run something",
            "a/index.html: href=\"../../f\": it leads out of the site",
            "a/index.html: src=\"../assets/own.js\": there is no such file",
            "a/index.html: href=\"/g\": a link from the host's root",
            "a/index.html: href=\"b.html#x\": a/b.html has no id `x`",
            "a/index.html: href=\"c.html\": there is no such file",
            "a/index.html: src=\"other.js\": there is no such file",
        ]
    );
}
