//! Headings, sections, anchors, plain text.

use super::{html, sections};
use crate::read::markdown::{Options, outline, plain_text};

const BODY: &str = "Lead.\n\n## Backout plan\n\ntext\n\n### Steps\n\n1. a\n\n## Test plan\n\n<!-- later -->\n\n### Empty\n\n---\n\n## Steps\n\n> # Steps\n\nend\n";

fn options() -> Options<'static> {
    Options {
        fixed_anchor: &|title| (title == "Backout plan").then_some("rollback-plan"),
        reserved_anchors: &["test-plan"],
        ..Options::default()
    }
}

#[test]
fn a_section_reaches_to_the_next_heading_of_its_depth() {
    let outline = outline(BODY, &options(), |_, _| {});
    let told: Vec<_> = outline
        .headings
        .iter()
        .map(|heading| (heading.level, heading.anchor.as_str(), BODY[heading.section.clone()].trim(), heading.is_empty))
        .collect();
    assert_eq!(
        told,
        [
            (2, "rollback-plan", "text\n\n### Steps\n\n1. a", false),
            (3, "steps", "1. a", false),
            (2, "test-plan-1", "<!-- later -->\n\n### Empty\n\n---", true),
            (3, "empty", "---", true),
            (2, "steps-1", "> # Steps\n\nend", false),
        ]
    );
    let anchors: Vec<&str> = outline.targets.iter().map(|target| target.anchor.as_str()).collect();
    assert_eq!(anchors, ["rollback-plan", "steps", "test-plan-1", "empty", "steps-1", "steps-2"]);
    assert!(!outline.is_lead_empty);
    assert_eq!(&BODY[outline.headings[1].range.clone()], "### Steps\n");
}

#[test]
fn sections_are_rendered_apart_and_without_their_headings() {
    let sections = sections(BODY, &options());
    let told: Vec<_> =
        sections.iter().map(|section| (section.depth, section.title_html.as_str(), section.html.trim())).collect();
    assert_eq!(
        told,
        [
            (0, "", "<p>Lead.</p>"),
            (1, "Backout plan", "<p>text</p>"),
            (2, "Steps", "<ol>\n<li>a</li>\n</ol>"),
            (1, "Test plan", ""),
            (2, "Empty", "<hr>"),
            (
                1,
                "Steps",
                "<blockquote>\n<h3 id=\"steps-2\">Steps <a class=\"anchor\" href=\"#steps-2\" aria-label=\"Link to this section\">#</a></h3>\n</blockquote>\n<p>end</p>"
            ),
        ]
    );
    assert_eq!(
        sections[1].heading_html(),
        "<h2 id=\"rollback-plan\">Backout plan <a class=\"anchor\" href=\"#rollback-plan\" aria-label=\"Link to this section\">#</a></h2>\n"
    );
    assert_eq!(sections[0].heading_html(), "");
}

#[test]
fn titles_have_markup_and_plain_text() {
    let sections = sections("# *A* `b` &amp; <b>c</b> ![d](e)\n\nF\n===\n\n##\n", &Options::default());
    assert_eq!(
        sections[1].title_html,
        "<em>A</em> <code>b</code> &amp; <b>c</b> <img src=\"e\" alt=\"d\" loading=\"lazy\">"
    );
    assert_eq!(sections[1].title_text, "A b & c d");
    assert_eq!(sections[1].anchor, "a-b-c-d");
    assert_eq!((sections[2].title_text.as_str(), sections[2].level), ("F", 2));
    assert_eq!((sections[3].title_text.as_str(), sections[3].anchor.as_str(), sections[3].level), ("", "section", 3));
}

#[test]
fn a_heading_ends_what_raw_html_left_open() {
    assert_eq!(
        html("<div>\n<ul>\n\na\n\n## B\n\n</ul></div>c"),
        "<div>\n<ul>\n\n<li><p>a</p>\n</li>\n</ul>\n</div>\n<h2 id=\"b\">B <a class=\"anchor\" href=\"#b\" aria-label=\"Link to this section\">#</a></h2>\nc"
    );
}

#[test]
fn headings_of_raw_html_stand_below_their_section() {
    let sections = sections("## A\n\n<h1>B</h1>\n<h6>C</h6>\n\n#### D\n\n<h3>E</h3>", &Options::default());
    assert_eq!(sections[1].html.trim(), "<h3>B</h3>\n\n<h4>C</h4>");
    assert_eq!((sections[2].level, sections[2].html.trim()), (3, "<h4>E</h4>"));
}

#[test]
fn unclosed_html_is_said() {
    for (body, expected) in [
        ("a\n\n<!-- b\n\n# c", Some("<!-- b\n\n# c")),
        ("a\n\n<script> b\n\n# c", Some("<script> b\n\n# c")),
        ("<pre>\na", Some("<pre>\na")),
        ("<!-- b -->\n\n<script></script>\n\n<pre>a</pre>", None),
        ("the <script> tag", None),
    ] {
        let outline = outline(body, &Options::default(), |_, _| {});
        assert_eq!(outline.unclosed.map(|range| &body[range]), expected, "{body}");
    }
}

#[test]
fn footnotes_stand_under_the_section_that_refers_to_them() {
    let body = "# A\n\na[^x]\n\n# B\n\nb[^y] c[^x]\n\n[^x]: X, see [^z]\n[^y]: Y\n[^z]: Z\n[^u]: unused\n";
    let sections = sections(body, &Options::default());
    assert!(sections[1].html.contains("<li id=\"fn:1\" value=\"1\"><p>X, see <sup"), "{}", sections[1].html);
    assert!(sections[1].html.contains("<li id=\"fn:3\" value=\"3\"><p>Z "), "{}", sections[1].html);
    assert!(sections[2].html.contains("<li id=\"fn:2\" value=\"2\"><p>Y "), "{}", sections[2].html);
    assert!(sections[2].html.contains("<li id=\"fn:4\" value=\"4\"><p>unused</p></li>"), "{}", sections[2].html);
}

#[test]
fn plain_text_is_prose_cut_between_words() {
    let body = "# Title\n\nThe **first** words, `code`\nand [a link](x).\n\n```\nno\n```\n\n| no |\n|----|\n\n- item <b>one</b><br>two <!-- no -->\n";
    assert_eq!(plain_text(body, 200), "The first words, code and a link. item one two");
    assert_eq!(plain_text(body, 20), "The first words\u{2026}");
    assert_eq!(plain_text(&"x".repeat(50), 10), format!("{}\u{2026}", "x".repeat(10)));
    let all = outline(body, &Options::default(), |_, _| {}).text.text;
    assert_eq!(&*all, "Title\n\nThe first words, code and a link.\n\nno\n\nno\n\nitem one two");
}
