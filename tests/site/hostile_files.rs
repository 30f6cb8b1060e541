//! Files beside a record that could run, or fetch something, in a reader's browser.
//!
//! One table, to which a line may be added: a file's name, what is in it, and whether it is published. Where Chromium
//! is at hand it opens all that is published, from servers that say little or nothing of what a file is.

use super::harness::{Site, folder, put, site_with, use_in_browser};

/// What each hostile text does where it runs: it leaves a mark that the browser's test looks for.
const RUN: &str = "globalThis.RAN=1;new Image().src='/ran'";

const SVG: &str = r#"xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#;

/// Drawings: what is inside `<svg>`, and whether it is published.
const DRAWINGS: &[(&str, bool)] = &[
    ("<script>RUN</script>", false),
    ("<script href='data:text/javascript,RUN'/>", false),
    ("<script xlink:href='/x.js'/>", false),
    ("<g><![CDATA[<script>]]></g><g>text</g>", true),
    ("<rect width='9' height='9' onclick='RUN'/>", false),
    ("<g onload='RUN'/>", false),
    ("<g ONLOAD='RUN'/>", false),
    ("<image href='nowhere.png' onerror='RUN'/>", false),
    ("<image href='https://elsewhere.example/x.png'/>", false),
    ("<image xlink:href='//elsewhere.example/x.png'/>", false),
    ("<image href='data:image/svg+xml,%3Csvg%3E'/>", false),
    ("<image href='data:image/png;base64,iVBORw0KGgo='/>", true),
    ("<foreignObject><p>x</p></foreignObject>", false),
    ("<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' srcdoc='x'/></foreignObject>", false),
    ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>RUN</h:script>", false),
    ("<metadata><h:img xmlns:h='http://www.w3.org/1999/xhtml' src='x' onerror='RUN'/></metadata>", false),
    ("<script xmlns='http://www.w3.org/1999/xhtml'>RUN</script>", false),
    ("<m:math xmlns:m='http://www.w3.org/1998/Math/MathML' href='x'/>", false),
    ("<a href='javascript:RUN'><text y='9'>x</text></a>", false),
    ("<a href='java&#10;script:RUN'><text y='9'>x</text></a>", false),
    ("<a xlink:href='https://elsewhere.example/'><text y='9'>x</text></a>", false),
    ("<a href='#part'><text id='part' y='9'>x</text></a>", true),
    ("<use href='#part'/><g id='part'/>", true),
    ("<use href='other.svg#part'/>", false),
    ("<use xlink:href='data:image/svg+xml,x#y'/>", false),
    ("<animate attributeName='href' values='javascript:RUN'/>", false),
    ("<set attributeName='onclick' to='RUN'/>", false),
    ("<handler type='application/ecmascript'>RUN</handler>", false),
    ("<listener event='load'/>", false),
    ("<filter id='f'><feImage href='https://elsewhere.example/x.png'/></filter>", false),
    ("<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><g filter='url(#f)'/>", true),
    ("<g filter='url(https://elsewhere.example/f.svg#f)'/>", false),
    ("<g fill=\"url( 'other.svg#f')\"/>", false),
    ("<g style='fill:u\\72l(https://elsewhere.example/)'/>", false),
    ("<style>@import 'https://elsewhere.example/x.css';</style>", false),
    ("<style>@import url(https://elsewhere.example/x.css);</style>", false),
    ("<style>@\\69mport 'https://elsewhere.example/x.css';</style>", false),
    ("<style>@font-face{font-family:x;src:url(https://elsewhere.example/x.woff)}</style>", false),
    ("<style>g{background:image-set('https://elsewhere.example/x.png' 1x)}</style>", false),
    ("<style>/*<![CDATA[*/ rect{fill:red} /*]]>*/</style><rect class='a' style='fill:url(#g)'/>", true),
    ("<title>a plan</title><desc>of it</desc><text x='1' y='9'>words</text>", true),
    ("<sodipodi:namedview xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'/>", true),
    ("<g xml:base='https://elsewhere.example/'/>", false),
    ("<iframe src='/x'/>", false),
    ("<video href='https://elsewhere.example/x.mp4'/>", false),
    ("<?xml-stylesheet href='https://elsewhere.example/x.css'?>", false),
    ("<g>&nothing;</g>", false),
    ("<g", false),
    ("<g></h>", false),
];

/// Whole files.
const FILES: &[(&str, &str, bool)] = &[
    ("page.html", "<script>RUN</script>", false),
    ("page.htm", "<script>RUN</script>", false),
    ("page.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>RUN</script></html>", false),
    ("page.xml", "<html xmlns='http://www.w3.org/1999/xhtml'><script>RUN</script></html>", false),
    ("flow.drawio", "<mxfile/>", false),
    ("style.xsl", "<x/>", false),
    ("run.js", "RUN", false),
    ("run.mjs", "RUN", false),
    ("page.mht", "MIME-Version: 1.0", false),
    ("page.svgz", "\u{1f}", false),
    ("page.shtml", "<script>RUN</script>", false),
    ("page.php", "<script>RUN</script>", false),
    ("a.log", "<html><script>RUN</script>", false),
    ("a.conf", "\u{feff}<script>RUN</script>", false),
    ("a.ini", "\n\t <!DOCTYPE html><script>RUN</script>", false),
    ("a.md", "<img src=x onerror=RUN>", false),
    ("a.sql", "<!-- --><script>RUN</script>", false),
    ("a.csv", "<script>RUN</script>,1", false),
    ("a.json", "<svg xmlns='http://www.w3.org/2000/svg' onload='RUN'/>", false),
    ("a.zst", "<script>RUN</script>", false),
    ("a.png", "<script>RUN</script>", false),
    ("a.pdf", "<script>RUN</script>%PDF-1.4", false),
    ("a.eml", "<html><script>RUN</script>", false),
    ("plain.txt", "<script>RUN</script>", false),
    ("plain.text.txt", "see <script>RUN</script>", true),
    ("plain.log", "10:02 <script>RUN</script>", true),
    ("report.html.zst", "(not compressed) <script>RUN</script>", true),
    ("drawing.svg.7z", "(not compressed) <script>RUN</script>", true),
    ("values.json", "{\"a\": \"<script>RUN</script>\"}", true),
];

/// Drawings whose beginning is not the usual one.
const BEGINNINGS: &[(&str, bool)] = &[
    ("<?xml version='1.0' encoding='UTF-8'?>\n<svg XMLNS/>", true),
    (
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'><svg XMLNS/>",
        true,
    ),
    ("\u{feff}<svg XMLNS/>", true),
    ("<!DOCTYPE svg [<!ENTITY x '<script>RUN</script>'>]><svg XMLNS>&x;</svg>", false),
    ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'RUN'>]><svg XMLNS/>", false),
    ("<?xml version='1.0' encoding='UTF-7'?><svg XMLNS/>", false),
    ("<?xml version='1.0' encoding='utf-16'?><svg XMLNS/>", false),
    ("<?xml-stylesheet type='text/xsl' href='#x'?><svg XMLNS/>", false),
    ("<html xmlns='http://www.w3.org/1999/xhtml'><script>RUN</script></html>", false),
    ("<svg onload='RUN'/>", false),
    ("<svg xmlns='urn:x'/>", false),
    ("<svg XMLNS onload='RUN'/>", false),
    ("<svg XMLNS/><script>RUN</script>", false),
    ("", false),
];

/// Each file's name, what is in it, and whether it is published.
fn hostile() -> Vec<(String, String, bool)> {
    let name = |kind: &str, number: usize| format!("{kind}-{number}.svg");
    let drawings = DRAWINGS.iter().enumerate().map(|(number, (inside, published))| {
        (name("inside", number), format!("<svg {SVG}>{inside}</svg>"), *published)
    });
    let beginnings = BEGINNINGS
        .iter()
        .enumerate()
        .map(|(number, (text, published))| (name("beginning", number), text.replace("XMLNS", SVG), *published));
    let files = FILES.iter().map(|(name, text, published)| ((*name).to_owned(), (*text).to_owned(), *published));
    let all = drawings.chain(beginnings).chain(files);
    all.map(|(name, text, published)| (name, text.replace("RUN", RUN), published)).collect()
}

/// A record that names every one of the files, by key and by link.
fn site_of_hostile_files() -> Site {
    let folder = folder("-- relbook.toml --\n[lints]\nmissing-artefact = \"warn\"\n");
    let mut record = "---\ntitle: One\nconfiguration_items: [shop]\nartefacts:\n".to_owned();
    let mut links = String::new();
    for (name, text, _) in hostile() {
        put(folder.path(), &format!("releases/R-1/{name}"), text.as_bytes());
        record += &format!("  - {{kind: additional, title: {name}, file: {name}}}\n");
        links += &format!("[a link](<{name}>) and ![a picture](<{name}>)\n\n");
    }
    put(folder.path(), "releases/R-1/index.md", format!("{record}---\n{links}").as_bytes());
    super::harness::build(folder, |_| ())
}

#[test]
fn what_could_run_is_not_published_and_is_named_with_its_place() {
    let site = site_of_hostile_files();
    let published = site.tree_below("releases/R-1/files/");
    for (name, text, is_published) in hostile() {
        // The name of a page before the last ending is none any more: a host could go by it.
        let route = match name.as_str() {
            "report.html.zst" => "releases/R-1/files/report-html.zst".to_owned(),
            "drawing.svg.7z" => "releases/R-1/files/drawing-svg.7z".to_owned(),
            name => format!("releases/R-1/files/{name}"),
        };
        assert_eq!(published.contains(&route), is_published, "{name}: {text}");
    }
    let withheld = hostile().iter().filter(|(.., is_published)| !is_published).count();
    assert!(withheld >= 60, "{withheld}");
    // Each is said of the key and of the link.
    assert_eq!(site.findings().iter().filter(|finding| finding.starts_with("RB205 ")).count(), 3 * withheld);
}

#[test]
fn the_place_in_the_drawing_is_told() {
    let site = site_with(
        r#"
-- relbook.toml --
[lints]
missing-artefact = "warn"
-- releases/R-1/index.md --
---
title: One
configuration_items: [shop]
artefacts: [{kind: additional, title: Plan, file: plan.svg}]
---
-- releases/R-1/plan.svg --
<svg xmlns="http://www.w3.org/2000/svg">
  <g>é</g>
  <g>é <script>1</script></g>
</svg>
"#,
        |_| (),
    );
    let said = super::harness::said(&super::harness::run_build(site.folder(), &[]));
    assert!(said.contains("`plan.svg` is not published"), "{said}");
    assert!(said.contains("the element `script` (line 3, column 8 of the file)"), "{said}");
    assert!(said.contains("attach it as a PNG or a PDF"), "{said}");
}

#[test]
fn nothing_that_is_published_runs_in_a_browser() {
    let site = site_of_hostile_files();
    use_in_browser("files.mjs", &site);
}

#[test]
fn what_is_static_is_the_sites_own() {
    let site = site_with(
        r#"
-- releases/R-1.md --
---
title: One
configuration_items: [shop]
---
-- static/tool.xml --
<tool/>
"#,
        |_| (),
    );
    assert!(site.has("tool.xml"));
}
