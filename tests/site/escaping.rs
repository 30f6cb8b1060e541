//! Text of records is text: no title, key, body or file name becomes a tag, an attribute or a script.

use std::collections::BTreeSet;

use super::harness::{Site, site, tree};
use super::html::{Token, attribute, tokens};

/// What every field holds that may hold any text.
const HOSTILE: &str = r#"<b>"&'</b><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"#;

const OWN_SCRIPTS: [&str; 5] =
    ["assets/keys.js", "assets/times.js", "assets/search.js", "assets/calendar.js", "assets/copy.js"];

/// The tags, the attributes and the values of addresses on all pages.
fn active(site: &Site) -> (BTreeSet<String>, BTreeSet<String>, Vec<String>) {
    let (mut elements, mut attributes, mut addresses) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, bytes) in tree(&site.out()).iter().filter(|(route, _)| route.ends_with(".html")) {
        for (_, token) in tokens(std::str::from_utf8(bytes).unwrap()) {
            let Token::Start(element, of_element) = token else { continue };
            let is_own = is_own(&element, &of_element);
            for (name, value) in of_element {
                if matches!(name.as_str(), "href" | "src" | "action") {
                    addresses.push(value);
                }
                attributes.insert(name);
            }
            if !is_own {
                elements.insert(element);
            }
        }
    }
    (elements, attributes, addresses)
}

/// Whether it is a script of the theme or a drawing by it.
fn is_own(element: &str, attributes: &[(String, String)]) -> bool {
    match element {
        "script" => attribute(attributes, "src").is_some_and(|src| OWN_SCRIPTS.iter().any(|own| src.ends_with(own))),
        "form" => attribute(attributes, "action").is_none_or(|action| action.ends_with("search/index.html")),
        "svg" => attribute(attributes, "class").is_some_and(|class| ["hours", "chart", "graph"].contains(&class)),
        _ => false,
    }
}

fn assert_harmless(site: &Site) {
    let (elements, attributes, addresses) = active(site);
    let harmful = ["script", "iframe", "object", "embed", "svg", "math", "form", "style", "base", "template", "portal"];
    assert!(harmful.iter().all(|name| !elements.contains(*name)), "{elements:?}");
    let harmful = |name: &&String| name.starts_with("on") || *name == "style" || *name == "srcdoc";
    assert_eq!(attributes.iter().find(harmful), None);
    let words = ["javascript", "vbscript", "data:"];
    let harmful =
        |address: &&String| words.iter().any(|word| address.to_lowercase().replace(['\n', '\t'], "").contains(word));
    assert_eq!(addresses.iter().find(harmful), None);
}

#[test]
fn every_key_is_escaped_wherever_it_is_shown() {
    let text = quoted(HOSTILE);
    let site = site(&format!(
        r#"
-- relbook.toml --
title = '''{HOSTILE}'''
base_url = "https://releases.example.com/"
-- releases/REL-1.md --
---
title: {text}
summary: {text}
version: {text}
status: deployed
owner: {text}
service: {text}
initiator: {text}
release_manager: {text}
business_case: {text}
changes: [CHG-1]
configuration_items: [{text}]
problems: [{text}]
tags: [{text}]
aliases: [old.html]
links: [{{title: {text}, url: "https://example.com/?a=\"><script>&b='"}}]
extra: {{{text}: {text}}}
effects: {{business_areas: [{{name: {text}, effect: {text}, contact: {text}}}]}}
impact: {{security: {{by: {text}, notes: {text}}}}}
raci: [{{activity: {text}, responsible: {text}, accountable: {text}}}]
escalation: [{{level: {text}, contact: {text}, channel: {text}, after: {text}}}]
approvals: [{{role: {text}, by: {text}, comment: {text}}}]
notifications: [{{audience: {text}, channel: {text}}}]
tests: [{{kind: {text}, evidence: {text}}}, {{kind: load, evidence: "javascript:alert(1)"}}]
windows: [{{start: 2026-11-24T22:00, end: 2026-11-24T23:00, approved_by: {text}}}]
rollback: {{trigger: {text}, root_cause: {text}, resolution: {text}}}
incidents_fixed: [{{id: {text}, detected_at: 2026-11-24T23:30}}]
incidents_caused: [{text}]
artefacts: [{{kind: additional, title: {text}, url: "https://example.com/"}}]
review:
  by: {text}
  planned_vs_actual: {text}
  went_well: [{text}]
  went_wrong: {text}
  lessons: [{{lesson: {text}, theme: {text}, actions: [{{action: {text}, owner: {text}, ticket: "javascript:alert(1)", due: 2026-11-01, verified: {text}}}]}}]
---
-- changes/CHG-1.md --
---
title: {text}
incidents_fixed: [{text}]
configuration_items: [{text}]
---
-- known-errors/KE-1.md --
---
title: {text}
symptoms: {text}
error_codes: [{text}]
cause: {text}
workaround: {text}
introduced_in: [REL-1]
---
-- problems/PRB-1.md --
---
title: {text}
cause: {text}
---
-- configuration-items/item.md --
---
name: {text}
support_group: {text}
part_of: [{text}]
---
-- calendar/freeze.md --
---
title: {text}
kind: freeze
start: 2026-11-23
end: 2026-11-25
reason: {text}
---
-- pages/policy.md --
---
title: {text}
summary: {text}
---
"#
    ));
    assert_harmless(&site);
    let shown = HOSTILE.split_whitespace().collect::<Vec<_>>().join(" ");
    for page in site.tree().iter().filter(|path| path.ends_with(".html")) {
        let text = site.page(page).text();
        assert!(text.contains(&shown), "{page} shows the text as it is written: {text}");
    }
    // The site's title, in a document that machines read as Markdown.
    assert!(site.text("llms.txt").starts_with("# "), "{}", site.text("llms.txt"));
}

/// A text as YAML writes it between double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[test]
fn bodies_bring_no_script_into_a_page() {
    let body = r#####"
## Heading <script>alert(1)</script> <img src=x onerror=alert(1)> {#x onclick=alert(1)}

<script>alert(1)</script> <SCRIPT SRC=//evil.example/x.js></SCRIPT>

<img src=x onerror=alert(1)> <img src="javascript:alert(1)"> <img src=x:x onerror=alert(1)//

[one](javascript:alert(1)) [two](JaVaScRiPt:alert(1)) [three](&#106;avascript:alert(1)) [four](java%0Ascript:alert(1))
[five](<java	script:alert(1)>) [six](vbscript:x) [seven](data:text/html,x) <javascript:alert(1)>
[eight](https://example.com/ "x\" onmouseover=alert(1) y=\"") ![nine](javascript:alert(1)) [ten][r] [[REL-1|<b onclick=x>b</b>]]

[r]: javascript:alert(1) "t"

<a href="java&#x0A;script:alert(1)">a</a> <a href=" javascript:alert(1)" onclick=alert(1)>b</a> <a href="//ok.example" style="x">c</a>

<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg> <math><mi xlink:href="data:x">y</mi></math>

<iframe src="javascript:alert(1)"></iframe> <object data=x></object> <embed src=x> <base href="//evil.example/">

<form action=x><input autofocus onfocus=alert(1)></form> <style>@import 'x'</style> <p style="x" onclick=x>p</p>

<details open ontoggle=alert(1)><summary>s</summary>d</details> <meta http-equiv=refresh content="0; url=//evil.example">

| a <script>alert(1)</script> | <img src=x onerror=alert(1)> |
|:-:|---|
| `<script>` | <a href="javascript:x" onmouseover="x">y</a> |

```html" onload="alert(1)
<script>alert(1)</script>
```

{{ 7 * 7 }} {% include "/etc/passwd" %} <!-- unpublished --> <!-- <script>alert(1)</script> -->

<p title="</p><script>alert(1)</script>">q

<b <script>alert(1)</script>

Not[^1] closed <a href="https://example.com/

[^1]: <script>alert(1)</script>
"#####;
    let header = "configuration_items: [shop]";
    let site = site(&format!(
        "-- relbook.toml --\n[lints]\nunsafe-url = \"warn\"\nbroken-link = \"warn\"\n\
         -- releases/REL-1.md --\n---\ntitle: One\n{header}\n---\n{body}\n\
         -- changes/CHG-1.md --\n---\ntitle: Two\n{header}\n---\n{body}\n\
         -- known-errors/KE-1.md --\n---\ntitle: Three\n---\n## Workaround\n{body}\n\
         -- configuration-items/shop.md --\n---\nname: Four\n---\n{body}\n\
         -- pages/policy.md --\n---\ntitle: Five\n---\n{body}\n"
    ));
    assert_harmless(&site);
    for page in ["releases/REL-1", "changes/CHG-1", "known-errors/KE-1", "configuration-items/shop", "pages/policy"] {
        let html = site.text(&format!("{page}.html"));
        assert!(!html.contains("unpublished"), "{page}: comments are not published");
        assert!(html.contains("{{ 7 * 7 }}"), "{page}: text is no template");
    }
    let unsafe_urls = site.findings().iter().filter(|finding| finding.starts_with("RB106 releases/REL-1.md")).count();
    assert!(unsafe_urls >= 10, "each link that was not published is said: {:?}", site.findings());
}

#[test]
fn file_names_and_ids_are_escaped() {
    let site = site(
        r#"
-- releases/a&b "c" 'd'/index.md --
---
title: One
configuration_items: ["x\"><script>alert(1)</script>"]
artefacts: [{file: "e & \"f\" <g>.txt"}]
---
-- releases/a&b "c" 'd'/e & "f" <g>.txt --
text
"#,
    );
    assert_harmless(&site);
    assert_eq!(
        site.tree_below("releases/"),
        [
            "releases/a-b--c---d-.html",
            "releases/a-b--c---d-.md",
            "releases/a-b--c---d-/files/e----f---g-.txt",
            "releases/index.html"
        ]
    );
    let text = site.page("releases/a-b--c---d-.html").text();
    for shown in [r#"a&b "c" 'd'"#, r#"e & "f" <g>.txt"#, r#"x"><script>alert(1)</script>"#] {
        assert!(text.contains(shown), "{shown} is not in {text}");
    }
}
