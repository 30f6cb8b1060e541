//! Links, wiki links, mentions: what the caller is shown, and what becomes of the answer.

use super::html;
use crate::read::markdown::{Options, Reference, Resolution, outline, render};

/// All references of a body, with the text at their places.
fn references(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    outline(body, &Options::default(), |reference, range| {
        let told = match reference {
            Reference::Link { destination } => format!("link {destination}"),
            Reference::Image { destination } => format!("image {destination}"),
            Reference::Wiki { kind: Some(kind), id } => format!("wiki {kind} {id}"),
            Reference::Wiki { kind: None, id } => format!("wiki {id}"),
            Reference::Mention { token } => format!("mention {token}"),
        };
        found.push(format!("{told} @ {}", &body[range]));
    });
    found
}

#[test]
fn every_reference_is_shown_with_its_place() {
    for (body, expected) in [
        ("a [b](c.md) ![d](e.png)", vec!["link c.md @ [b](c.md)", "image e.png @ ![d](e.png)"]),
        ("[a][r]\n\n[r]: x.md", vec!["link x.md @ [a][r]"]),
        ("<a@b.c> <https://e.org>", vec!["link mailto:a@b.c @ <a@b.c>", "link https://e.org @ <https://e.org>"]),
        ("[x](javascript:y)", vec!["link javascript:y @ [x](javascript:y)"]),
        ("t <a href='x.md'>y</a>", vec!["link x.md @ <a href='x.md'>"]),
        ("> <p>\n> <img src=i.png\n>  alt=x>", vec!["image i.png @ <img src=i.png\n>  alt=x>"]),
        (
            "[[CHG-1]] [[change:CHG-2|the x]]",
            vec!["wiki CHG-1 @ [[CHG-1]]", "wiki change CHG-2 @ [[change:CHG-2|the x]]"],
        ),
        ("[[CHG-2|the *x*]] y", vec!["wiki CHG-2 @ [[CHG-2|"]),
        ("| a |\n|---|\n| [[CHG-1\\|x]] |", vec!["wiki CHG-1 @ [[CHG-1\\|x]]"]),
        ("see CHG-1, PRB\\_2 &amp; x.", vec!["mention CHG-1 @ CHG-1", "mention PRB_2 @ PRB\\_2"]),
        (
            "<ul>\n<li>CHG-1 &amp; CHG-2</li>\n</ul>",
            vec!["mention CHG-1 @ CHG-1 &amp; CHG-2", "mention CHG-2 @ CHG-1 &amp; CHG-2"],
        ),
        ("> CHG-1\n> CHG-2", vec!["mention CHG-1 @ CHG-1", "mention CHG-2 @ CHG-2"]),
        (
            "# CHG-1 [[CHG-2]]\n\n`CHG-3` [CHG-4](x) <kbd>CHG-5</kbd>",
            vec!["wiki CHG-2 @ [[CHG-2]]", "link x @ [CHG-4](x)"],
        ),
        ("```\nCHG-1 [[CHG-2]]\n```\n\n    CHG-3", vec![]),
        (
            "https://e.org/CHG-1 a@CHG-2.org x/CHG-3",
            vec!["link https://e.org/CHG-1 @ https://e.org/CHG-1", "link mailto:a@CHG-2.org @ a@CHG-2.org"],
        ),
        ("see (www.e.org/a\\_b).", vec!["link http://www.e.org/a_b @ www.e.org/a\\_b"]),
        ("[[1]](x.md) [[ -f y ]] [a[[b", vec!["link x.md @ [[1]](x.md)"]),
    ] {
        assert_eq!(references(body), expected, "{body}");
    }
}

#[test]
fn wiki_links_keep_markup_in_their_labels() {
    for (body, expected) in [
        ("[[CHG-1|a *b* `c`]] d", "<p><a href=\"/c/CHG-1\">a <em>b</em> <code>c</code></a> d</p>"),
        ("[[PRB-1|a *b*]] d", "<p>a <em>b</em> d</p>"),
        ("*[[CHG-1|a* b]] d", "<p><em><a href=\"/c/CHG-1\">a</a></em> b]] d</p>"),
        ("[[CHG-1|a *b*", "<p>[[<a href=\"/c/CHG-1\">CHG-1</a>|a <em>b</em></p>"),
        ("[[CHG-1|a [b](c)]]", "<p><a href=\"/c/CHG-1\">a b</a></p>"),
        ("[[change:CHG-1]] and [[no record]]", "<p><a href=\"/c/CHG-1\">CHG-1</a> and [[no record]]</p>"),
        ("a\\[[CHG-1]]", "<p>a<a href=\"/c/CHG-1\">CHG-1</a></p>"),
    ] {
        assert_eq!(html(body), expected, "{body}");
    }
}

#[test]
fn the_answer_decides() {
    let rendered = |body: &str, resolution: Resolution, remote_images: bool| {
        let options = Options { remote_images, ..Options::default() };
        render(body, &options, |_, _| resolution.clone())[0].html.trim_end().to_owned()
    };
    let href = || Resolution::Href("../a?b&c\"".to_owned());
    let unsafe_href = || Resolution::Href("javascript:x".to_owned());
    for (body, resolution, remote_images, expected) in [
        ("[a](b)", href(), false, "<p><a href=\"../a?b&amp;c%22\">a</a></p>"),
        ("[a](b)", Resolution::Text, false, "<p>a</p>"),
        ("[a](b)", Resolution::Outside, false, "<p><a href=\"b\">a</a></p>"),
        ("[a](b)", unsafe_href(), false, "<p>a</p>"),
        ("![a](b)", href(), false, "<p><img src=\"../a?b&amp;c%22\" alt=\"a\" loading=\"lazy\"></p>"),
        ("![a](b)", Resolution::Text, false, "<p>a</p>"),
        (
            "![a](https://e.org/b)",
            Resolution::Outside,
            true,
            "<p><img src=\"https://e.org/b\" alt=\"a\" loading=\"lazy\"></p>",
        ),
        ("x-1", href(), false, "<p><a href=\"../a?b&amp;c%22\">x-1</a></p>"),
        ("x-1 [[y]]", Resolution::Outside, false, "<p>x-1 y</p>"),
    ] {
        assert_eq!(rendered(body, resolution, remote_images), expected, "{body}");
    }
}
