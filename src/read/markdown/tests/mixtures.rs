//! Bodies put together at random from what hurts: whatever comes in, sound HTML comes out, and all
//! readings agree.

#![allow(clippy::disallowed_methods, reason = "tests look at what was made")]

use super::audit::audit;
use super::{html, sections};
use crate::read::markdown::{Options, outline, plain_text};

const PARTS: [&str; 104] = [
    "<a id=k>",
    "<a name=\"m\"></a>",
    "<p id=k>",
    "<h3 id=m>",
    " {#i}\n",
    "https://e.org/x) ",
    "www.e.org ",
    " a@b.org",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "</ul>",
    "<ol start=2>",
    "</ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th colspan=2>",
    "<thead>",
    "<tbody>",
    "</tbody>",
    "<caption>",
    "<dl>",
    "</dl>",
    "<dt>",
    "<dd>",
    "<b>",
    "</b>",
    "<em>",
    "</em>",
    "<a href=x>",
    "<a href=javascript:x>",
    "</a>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<h2>",
    "</h2>",
    "<blockquote>",
    "</blockquote>",
    "<br>",
    "<hr>",
    "<img src=x alt=y>",
    "<img src=x>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<?x",
    "?>",
    "<![CDATA[",
    "]]>",
    "<svg onload=x>",
    "</svg>",
    "<dialog>",
    "<q>",
    "<abbr title='x>'>",
    "\n",
    "\n\n",
    "\n\n# h\n\n",
    "\n## x\n",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n  - ",
    "\n\n    ",
    "\n```\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](x)",
    "](javascript:x)",
    "![",
    "[[CHG-1",
    "|",
    "]]",
    "[^1]",
    "\n\n[^1]: ",
    "\n| a | b |\n|---|---|\n| ",
    " | ",
    "text",
    " CHG-7 ",
    "&amp;",
    "\\",
    "<",
    "\u{e9}\u{1}",
    "[[CHG-2|",
];

/// Small numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

#[test]
fn whatever_comes_in_sound_html_comes_out() {
    let seed = std::env::var("RELBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
    let mut numbers = Numbers(seed.unwrap_or(0x9e37_79b9_7f4a_7c15));
    let rounds = std::env::var("RELBOOK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(20_000);
    for _ in 0..rounds {
        let count = 1 + numbers.below(24);
        let body: String = (0..count).map(|_| PARTS[numbers.below(PARTS.len())]).collect();
        assert_eq!(audit(&html(&body)), Ok(()), "{body:?}\n{}", html(&body));
        agree(&body);
    }
}

/// Holds the readings of a body against each other.
pub(super) fn agree(body: &str) {
    let options = Options { fixed_anchor: &|title| (title == "h").then_some("known"), ..Options::default() };
    let mut places = Vec::new();
    let outline = outline(body, &options, |_, range| places.push(range));
    for range in places {
        assert!(body.get(range.clone()).is_some_and(|found| !found.is_empty()), "{range:?} of {body:?}");
    }
    let sections = sections(body, &options);
    for section in &sections {
        assert_eq!(audit(&section.html), Ok(()), "{body:?}");
        assert_eq!(audit(&section.title_html), Ok(()), "{body:?}");
    }
    let rendered: Vec<_> =
        sections[1..].iter().map(|section| (&section.anchor, &section.title_text, section.level)).collect();
    let outlined: Vec<_> =
        outline.headings.iter().map(|heading| (&heading.anchor, &heading.text, heading.level)).collect();
    assert_eq!(rendered, outlined, "{body:?}");
    let mut ids: Vec<&str> = sections[1..].iter().map(|section| section.anchor.as_str()).collect();
    for section in &sections {
        let html = section.title_html.split(" id=\"").skip(1).chain(section.html.split(" id=\"").skip(1));
        ids.extend(html.filter_map(|rest| rest.split('"').next()).filter(|id| !id.starts_with("fn")));
    }
    ids.sort_unstable();
    let mut targets: Vec<&str> = outline.targets.iter().map(|target| target.anchor.as_str()).collect();
    targets.sort_unstable();
    assert_eq!(ids, targets, "{body:?}");
    targets.dedup();
    assert_eq!(ids, targets, "{body:?}");
    assert!(plain_text(body, 20).chars().count() <= 21, "{body:?}");
    for heading in &outline.text.headings {
        assert!(outline.text.text.get(heading.clone()).is_some(), "{heading:?} of {body:?}");
    }
}
