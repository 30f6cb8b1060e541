//! What an edition shows of a body: its listed sections, and nothing of what looks like another part in them.

use super::harness::{Site, TODAY, assert_same_trees, build, check, folder, readable_tree};

fn files(body: &str) -> String {
    format!(
        r#"
-- relbook.toml --
[lints]
profile = "records"
[editions.customer]
types = ["release"]
keys = ["summary"]
sections = ["Release notes", "Highlights"]
-- releases/G-1.md --
---
title: Gate 1.0
audience: customer
summary: Faster.
configuration_items: [gate]
---
{body}
"#
    )
}

fn edition(body: &str) -> Site {
    build(folder(&files(body)), |request| request.edition = Some("customer".to_owned()))
}

/// What stands in the listed section `Release notes` behind its text, and must end it.
const ENDS: &[&str] = &[
    "<h2>Deployment plan</h2>\n\nCANARY",
    "<H3 class=\"x\" id='y'>Rollback plan</H3>\nCANARY",
    "<h1\n title=\"a>b\">\n4. Roll-back\nplan:\n</h1>\n\nCANARY",
    "> ## Rollback plan\n>\n> CANARY",
    "> > > ### Test plan\n\nCANARY",
    "- ## Test plan\n\n  CANARY",
    "1. a\n   - ### Implementation plan\n\n     CANARY",
    "**Rollback plan**\n\nCANARY",
    "__Back-out plan:__ CANARY",
    "***Rollback plan*** CANARY",
    "*Root cause*\nCANARY",
    "Text before.\\\n**Lessons learned**\\\nCANARY",
    "| Rollback plan | CANARY |\n|---|---|\n| a | b |",
    "| a | b |\n|---|---|\n| **Test plan** | CANARY |",
    "<table><tr><td>Business case<td>CANARY</table>",
    "Rollback plan: CANARY",
    "Rollback plan\n: CANARY",
    "Rollback plan\n\nCANARY",
    "<dl><dt>Rollback plan<dd>CANARY</dl>",
    "<details><summary>Deployment plan</summary>\n\nCANARY\n\n</details>",
    "<div>\n\n<center>Deployment plan</center>\n\nCANARY\n\n</div>",
    "<div><font color=red><b>Deployment plan</b></font></div>\n\nCANARY",
    "Deployment&nbsp;plan\n\nCANARY",
    "<b>Deploy</b>ment <i>plan</i>\n\nCANARY",
    "```\nlog\n``` and on\n\n## Rollback plan\n\nCANARY",
    "    # Rollback plan\n    CANARY",
    "<pre>\nRollback plan\nCANARY\n</pre>",
    "[^1]\n\n[^1]: ## Rollback plan\n\n    CANARY",
    "**Fallback**\n\nCANARY",
    "<h4>Known issues</h4>\n\nCANARY",
    "### Rollback plan\n\nCANARY",
    "#### Fallback plan\n\nCANARY",
    "Rollback plan\n---\n\nCANARY",
    "Rollback plan\n===\n\nCANARY",
    "# Anything\n\nCANARY",
];

#[test]
fn whatever_looks_like_another_part_ends_a_listed_section() {
    let bare = readable_tree(&edition("## Release notes\n\nNew hinge.").out());
    for end in ENDS.iter().filter(|end| !end.contains("before") && !end.contains("[^1]")) {
        let site = edition(&format!("## Release notes\n\nNew hinge.\n\n{end}\n\nmore CANARY"));
        let tree = readable_tree(&site.out());
        let leaks: Vec<&String> = tree
            .iter()
            .filter(|(_, bytes)| bytes.windows(6).any(|part| part == b"CANARY"))
            .map(|(path, _)| path)
            .collect();
        assert!(leaks.is_empty(), "{end}: {leaks:?}");
        // Nothing tells that anything was there.
        assert_same_trees(&without_manifest(tree), &without_manifest(bare.clone()), end);
    }
    for end in ENDS {
        let site = edition(&format!("## Release notes\n\nNew hinge.\n\n{end}\n\nmore CANARY"));
        let leaks =
            readable_tree(&site.out()).into_values().any(|bytes| bytes.windows(6).any(|part| part == b"CANARY"));
        assert!(!leaks, "{end}");
        assert!(site.text("releases/G-1.html").contains("New hinge."), "{end}");
    }
}

/// The manifest knows the digest of the inputs, which differ.
fn without_manifest(
    mut tree: std::collections::BTreeMap<String, Vec<u8>>,
) -> std::collections::BTreeMap<String, Vec<u8>> {
    tree.retain(|path, _| !path.starts_with(".relbook/"));
    tree
}

#[test]
fn a_section_that_is_cut_is_a_finding_at_its_line() {
    for end in ENDS.iter().filter(|end| {
        !end.starts_with('#') && !end.contains("---\n\n") && !end.contains("===\n\n") && !end.contains("# Any")
    }) {
        let folder = folder(&files(&format!("## Release notes\n\nNew hinge.\n\n{end}")));
        let checked = check(folder.path(), None);
        let near = checked.report.findings().iter().filter(|(_, finding)| finding.lint.code == "RB321");
        let lines: Vec<u32> = near
            .map(|(_, finding)| {
                let source = &checked.sources[finding.place.source];
                source.position(finding.place.span.start).line as u32
            })
            .collect();
        assert!(lines.iter().any(|line| *line >= 10), "{end}: {lines:?} on {TODAY}");
    }
}

#[test]
fn what_is_an_ordinary_part_of_a_listed_section_stays() {
    for part in [
        "### Known limits\n\nKEPT",
        "**Important** KEPT",
        "### Highlights\n\nKEPT",
        "**Highlights**\n\nKEPT",
        "| Error | Description |\n|---|---|\n| KEPT | b |",
        "The rollback plan was tested. KEPT",
        "See [the rollback plan](https://e.example/).\n\nKEPT",
        "- [Rollback plan](https://e.example/)\n- KEPT",
        "`Rollback plan` is a heading. KEPT",
        "```\ncargo test # plan\n```\n\nKEPT",
        "Workaround: restart. KEPT",
        "<!-- ## Rollback plan -->\n\nKEPT",
        "### Rollback plan\n\nWITHHELD\n\n### Mended\n\nKEPT",
    ] {
        let site = edition(&format!("## Release notes\n\nNew hinge.\n\n{part}"));
        let page = site.text("releases/G-1.html");
        assert!(page.contains("KEPT"), "{part}: {page}");
        assert!(!page.contains("WITHHELD"), "{part}: {page}");
    }
}

#[test]
fn a_link_whose_target_is_said_under_another_section_stays_one() {
    let site = edition(
        "## Release notes\n\nSee [the guide][Guide] and [notes].\n\n## Test plan\n\nCANARY [x][y]\n\n[guide]: https://e.example/guide\n[notes]: https://e.example/notes 'N'\n[y]: https://canary.example/CANARY\n",
    );
    let page = site.text("releases/G-1.html");
    for href in ["https://e.example/guide\"", "https://e.example/notes\""] {
        assert!(page.contains(&format!("<a href=\"{href}")), "{page}");
    }
    assert!(!page.contains("CANARY") && !page.contains("[the guide]"), "{page}");
}

#[test]
fn the_title_in_the_body_is_shown_where_the_title_is() {
    // `title` is not listed: the page is headed by the id.
    let site = edition("# Gate 1.0\n\nLEAD\n\n## Release notes\n\nNew hinge.\n");
    let page = site.text("releases/G-1.html");
    assert!(!page.contains("Gate 1.0") && !page.contains("LEAD"), "{page}");
    assert!(page.contains("New hinge."), "{page}");
}

#[test]
fn a_listed_section_is_known_by_any_spelling_of_its_heading() {
    for heading in
        ["## Release notes:", "### 3. RELEASE-NOTES", "Release notes\n---", "## Highlights:", "## 2) Highlights"]
    {
        let site = edition(&format!("{heading}\n\nNew hinge.\n\n## Test plan\n\nCANARY"));
        let page = site.text("releases/G-1.html");
        assert!(page.contains("New hinge.") && !page.contains("CANARY"), "{heading}: {page}");
    }
    // A heading of the house's own is not another that differs in its number.
    assert!(!edition("## 2026 Highlights\n\nCANARY").text("releases/G-1.html").contains("CANARY"));
}
