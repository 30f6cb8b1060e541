//! Templates of a site's own: they are trusted, and may be wrong in any way.

use relbook::theme::{Engine, Layers, ThemeFile};
use serde::Serialize;

use super::inputs::{Numbers, text};
use super::runner::Target;

const SEEDS: &[&str] = &[
    "{% extends \"default/release.html\" %}\n{% block facts %}{{ super() }}{{ page.title | upper }}{% endblock facts %}\n",
    "{% include \"page.html\" %}{% for e in page.list %}{{ loop.index }}{{ e.name | default(value=\"x\") | safe }}{% else %}none{% endfor %}",
    "{% set a = 1 + 2 * 3 / 0 %}{{ a }}{{ page.n % 0 }}{{ page.list[0].name[1:2] }}{% if page.n > 1 and not a %}y{% elif a %}z{% endif %}{# c #}{% raw %}{{{% endraw %}",
    "{% for i in range(end=20) %}{% for j in range(end=20) %}{{ i ~ j }}{% if j == 3 %}{% break %}{% endif %}{% endfor %}{% endfor %}",
    "{{ page.title | replace(from=\"a\", to=\"b\") | truncate(length=3) | split(pat=\",\") | join(sep=\"-\") }}{{ page.n | round }}{{ [1, 2] | first }}{{ {\"a\": 1}.a }}",
];

#[derive(Serialize)]
struct View {
    page: Page,
}

#[derive(Serialize)]
struct Page {
    title: &'static str,
    n: i64,
    list: Vec<Named>,
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
}

#[test]
fn templates() {
    let view = View { page: Page { title: "<a, é>", n: 3, list: vec![Named { name: "x" }, Named { name: "😀y" }] } };
    Target {
        name: "template",
        share: 20,
        make: &|numbers: &mut Numbers| text(SEEDS, numbers),
        from_line: &str::to_owned,
        attempt: &|text| {
            let own = vec![ThemeFile { path: "templates/page.html".to_owned(), bytes: text.clone().into_bytes() }];
            match Engine::new(&Layers { own }, &"site") {
                Ok(engine) => _ = engine.render("page.html", &view, &mut Vec::new()),
                Err(fault) => assert!(!fault.message.is_empty()),
            }
        },
    }
    .run();
}
