//! Bodies: to headings and references, and to HTML that cannot run anything.

use relbook::read::markdown::{Options, Resolution, definitions, outline, plain_text, render};

use super::inputs::{Numbers, text};
use super::runner::Target;

const SEEDS: &[&str] = &[
    "# Title\n\n## Description\n\nSee CHG-1 and [it](../changes/CHG-1.md#x \"t\"), <https://example.com>, [[REL-1]].\n\n- a\n  - b\n\n1. c\n",
    "| a | b |\n| :- | -: |\n| `x|y` | **z** |\n\n> quote\n> > more\n\n```sh\nrm -rf /\n```\n",
    "Text[^1] and ![alt](pic.svg) and <details><summary>s</summary>x</details>\n\n[^1]: note\n\n[ref]: <../a b.md> 'title'\n[ref][ref]\n",
    "<h2 onclick=\"x\">Rollback plan</h2>\n<table><tr><td style=x>y</td></tr></table>\n<a href=\"java&#10;script:x\">a</a><!-- c -->\n<img src=x onerror=y>\n",
    "> ## Rollback plan\n\n- ## Test plan\n\n{{< shortcode >}} {% raw %} :::note\n===\nSetext\n---\n",
];

fn attempt(body: &str) {
    let options = Options::default();
    let outline = outline(body, &options, |_, range| assert!(body.get(range).is_some()));
    for heading in &outline.headings {
        assert!(body.get(heading.section.clone()).is_some() && body.get(heading.range.clone()).is_some());
    }
    assert!(definitions(body).iter().all(|(_, range)| body.get(range.clone()).is_some()));
    plain_text(body, 200);
    let sections = render(body, &options, |_, _| Resolution::Text);
    for section in &sections {
        let html = section.html.to_lowercase();
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(
                !matches!(
                    name.as_str(),
                    "script"
                        | "svg"
                        | "math"
                        | "iframe"
                        | "object"
                        | "embed"
                        | "form"
                        | "style"
                        | "base"
                        | "meta"
                        | "link"
                ),
                "<{tag}>"
            );
            for attribute in tag.split_ascii_whitespace().skip(1) {
                assert!(!(attribute.starts_with("on") && attribute.contains("=\"")), "<{tag}>");
            }
            assert!(!tag.contains("=\"javascript:") && !tag.contains(" style=\""), "<{tag}>");
        }
    }
}

#[test]
fn bodies() {
    Target {
        name: "markdown",
        share: 1,
        make: &|numbers: &mut Numbers| text(SEEDS, numbers),
        from_line: &str::to_owned,
        attempt: &|body| attempt(body),
    }
    .run();
}
