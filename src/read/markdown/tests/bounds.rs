//! Bodies made to take for ever.

use std::fmt::Write;

use super::audit::audit;
use crate::read::markdown::{Fragments, Options, Resolution, outline, plain_text, render};

/// The largest body that is read by default; programs with debug assertions are slower.
const SIZE: usize = if cfg!(debug_assertions) { 1 << 16 } else { 1 << 20 };

/// A body of this size, from something that is repeated.
fn repeated(part: &str) -> String {
    part.repeat(SIZE / part.len())
}

fn bodies() -> Vec<(&'static str, String)> {
    let mut footnotes = String::new();
    for number in 0..SIZE / 100 {
        let _ = write!(footnotes, "a[^{number}]\n\n[^{number}]: note {number} [^{}]\n\n", (number * 7) % (SIZE / 100));
    }
    let parts = [
        "<script> ",
        "x <script> `</script>` ",
        "<b>",
        "<ul><li>",
        "</b>",
        "<a href=x>",
        "<!-- ",
        "<![CDATA[",
        "<?",
        "[[a|",
        "[[",
        "![",
        "[a](",
        "*a ",
        "**a** ",
        "a_b_",
        "`",
        "&amp;CHG-1 ",
        "a-",
        "://a-1 ",
        "# a\n",
        "> # a\n\n",
        "<h1>a</h1>\n",
        "<details>",
        "<table><tr><td>",
        "<p>\n\n",
        "<x y=z>",
        "~~",
        "|",
        "[^1]",
        "<img src=x>",
        "- ",
        "1. a\n",
        "\\",
        "<div>\n\n",
        "</",
        "<video src=x>",
        "a<p>b\n\n",
        "[[a|*b*]] ",
        "https://a.b/",
        "https://",
        "https://a(",
        "https://a/&;",
        "https://a.b/c) ",
        "www.",
        "www.a.b ",
        "a@",
        "a@b.c ",
        "a.b@",
        "<a id=x></a>",
        "<a id=x></a>\n\n",
        "<a id=x></a>\n\n# a\n\n",
        "# a {#b}\n",
        "# a {#",
        "**Rollback plan**\n\n",
        "- # Rollback plan\n",
        "|**a**|\n|-|\n\n",
    ];
    let mut bodies: Vec<(&str, String)> = parts.iter().map(|part| (*part, repeated(part))).collect();
    bodies.push(("nested quotations", format!("{}\n", ">".repeat(80_000)).repeat(3) + &">".repeat(80_000) + " a"));
    bodies.push(("nested lists", (0..1_000).map(|depth| " ".repeat(2 * depth) + "- a\n").collect()));
    bodies.push(("footnotes", footnotes));
    bodies.push((
        "many cells",
        format!("{0}\n{1}\n{2}", "|a".repeat(100_000), "|-".repeat(100_000), "|b\n".repeat(200_000)),
    ));
    bodies.push(("scripts, then text", repeated("<div><script></div>\n\n") + "</script>"));
    bodies.push(("a table", format!("|a|b|\n|-|-|\n{}", repeated("|a|b|\n"))));
    bodies.push(("marks behind an address", format!("https://a/{}", repeated(";"))));
    bodies.push(("brackets behind an address", format!("https://a/{}", repeated(")"))));
    bodies.push(("one long word with an at sign", format!("{}@b.c", repeated("a"))));
    bodies.push(("attributes", format!("<a {}>", repeated("a=b "))));
    bodies
}

#[test]
fn hostile_bodies_end_and_stay_in_bounds() {
    for (name, body) in bodies() {
        let outlined = outline(&body, &Options::default(), |_, _| {});
        let sections = render(&body, &Options::default(), |_, _| Resolution::Outside);
        plain_text(&body, 200);
        let fragments = Fragments::new(&outlined);
        assert_eq!(fragments.find("no such"), None, "{name:?}");
        fragments.meant("no such");
        let size: usize = sections.iter().map(|section| section.html.len() + section.title_html.len()).sum();
        assert!(size < 64 * body.len(), "{name:?} makes {size} bytes of {}", body.len());
        assert_eq!(outlined.headings.len() + 1, sections.len(), "{name:?}");
        assert_eq!(sections.iter().try_for_each(|section| audit(&section.html)), Ok(()), "{name:?}");
    }
}

#[test]
fn what_is_nested_too_deeply_is_said() {
    let deep = outline(&(">".repeat(500) + " a"), &Options::default(), |_, _| {});
    assert!(deep.is_too_deep);
    let flat = outline(&(">".repeat(50) + " a"), &Options::default(), |_, _| {});
    assert!(!flat.is_too_deep);
}
