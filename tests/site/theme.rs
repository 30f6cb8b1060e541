//! A site's own templates and styles over the built-in theme.

use super::harness::{TODAY, assert_same_trees, folder, put, relbook, run_build, said, site, tree};

const RECORD: &str = "-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n## Rollback plan\n\nBack.\n";

#[test]
fn a_template_of_the_site_extends_the_built_in_one() {
    let site = site(&format!(
        "{RECORD}-- theme/templates/release.html --\n{{% extends \"default/release.html\" %}}\n\
         {{% block facts %}}<p id=\"ours\">{{{{ title }}}} of {{{{ site.title }}}}</p>{{{{ super() }}}}{{% endblock %}}\n"
    ));
    let page = site.page("releases/REL-1.html");
    assert_eq!(page.part("ours").text(), "One of Release records");
    assert!(page.has_part("facts") && page.has_part("rollback-plan"), "the rest is the built-in theme's");
    assert!(!site.page("configuration-items/shop.html").has_part("ours"));
}

#[test]
fn assets_of_the_site_stand_beside_and_over_the_built_in_ones() {
    let site = site(&format!("{RECORD}-- theme/assets/x.css --\np {{ }}\n-- theme/assets/favicon.svg --\n<svg/>\n"));
    assert_eq!(site.text("assets/x.css"), "p { }\n");
    assert_eq!(site.text("assets/favicon.svg"), "<svg/>\n");
    assert!(site.has("assets/relbook.css"));
}

/// Puts a template over the built-in one of a site that stands, and gives what a check prints of it in short, having
/// seen that a build and every format find the same, and that the site is as it was.
fn fault_of(name: &str, template: &str) -> String {
    let folder = folder(RECORD);
    assert_eq!(run_build(folder.path(), &[]).status.code(), Some(0));
    let before = tree(&folder.path().join("site"));
    put(folder.path(), &format!("theme/templates/{name}"), template.as_bytes());
    let run = |arguments: &[&str]| {
        let output = relbook(folder.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let built = run(&["build", "--today", TODAY]);
    assert_same_trees(&before, &tree(&folder.path().join("site")), "a build with a faulty template");
    let check = ["check", "--today", TODAY];
    let checked = run(&check);
    let found =
        |text: &str| text.split("error[RB801").nth(1).and_then(|text| text.split("\n\n").next()).map(str::to_owned);
    assert!(found(&built).is_some(), "{built}");
    assert_eq!(found(&built), found(&checked));
    let short = run(&[&check[..], &["--format", "short"]].concat());
    let (place, _) = short.split_once(": error[RB801 template-error] ").expect(&short);
    for format in ["json", "sarif", "github", "gitlab", "junit"] {
        let text = run(&[&check[..], &["--format", format]].concat());
        let path = place.split(':').next().unwrap();
        assert!(text.contains("RB801") && text.contains(path), "{format}: {text}");
    }
    short
}

#[test]
fn a_template_that_does_not_compile_is_found_at_its_place() {
    let found = fault_of("release.html", "<p>\n{% extends %}\n");
    assert!(found.starts_with("theme/templates/release.html:2:"), "{found}");
    assert!(found.contains("RB801") && found.contains("the theme cannot be used"), "{found}");
}

#[test]
fn an_unknown_field_is_found_at_its_place_with_the_page_that_wants_it() {
    let found = fault_of("release.html", "<p>\n{{ titel.x }}</p>\n");
    assert!(found.starts_with("theme/templates/release.html:2:4:"), "{found}");
    for expected in ["RB801", "releases/REL-1.html", "titel"] {
        assert!(found.contains(expected), "{expected} is not in:\n{found}");
    }
}

#[test]
fn a_fault_in_a_block_over_a_built_in_template_is_found_at_its_place() {
    let template =
        "{% extends \"default/release.html\" %}\n{% block facts %}\n<b>{{ plan.windos }}</b>\n{% endblock %}\n";
    let found = fault_of("release.html", template);
    assert!(found.starts_with("theme/templates/release.html:3:"), "{found}");
    assert!(found.contains("windos"), "{found}");
}

#[test]
fn a_check_makes_no_site() {
    let folder = folder(&format!("{RECORD}-- theme/templates/page.html --\n{{{{ page.title }}}}\n"));
    let checked = relbook(folder.path(), &["check"]).output().unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(!folder.path().join("site").exists());
}

#[test]
fn a_name_that_there_is_not_is_found_at_its_place() {
    let facts = |more: &str| format!("{{% extends \"default/release.html\" %}}\n{more}");
    for (template, place, expected) in [
        ("<p>\n{{ title | shout }}".to_owned(), "2:12", "Unknown filter `shout`"),
        (facts("{% block fakts %}{% endblock %}"), "2:10", "Block `fakts` is not defined"),
        ("{% extends \"default/relase.html\" %}".to_owned(), "1:1", "default/relase.html"),
        (
            facts("{% block facts %}\u{e9} {% include \"nothing.html\" %}{% endblock %}"),
            "2:31",
            "Unknown template `nothing.html`",
        ),
    ] {
        let found = fault_of("release.html", &template);
        let place = format!("theme/templates/release.html:{place}: ");
        assert!(found.starts_with(&place) && found.contains("the theme cannot be used"), "{template}:\n{found}");
        assert!(found.contains(expected) && !found.contains("-->"), "{template}:\n{found}");
    }
}

#[test]
fn a_template_that_goes_on_and_on_is_a_fault() {
    let loops = |times: usize| {
        "{% for i in range(end=1000) %}".repeat(times) + "0123456789abcdef" + &"{% endfor %}".repeat(times)
    };
    for (template, expected) in [
        (loops(2), None),
        (loops(3), Some("more than 16 MiB")),
        ("{% for i in range(end=100000000) %}x{% endfor %}".to_owned(), Some("range")),
        ("{% include \"release.html\" %}".to_owned(), Some("Circular include")),
        ("{% include \"partials/own.html\" %}".to_owned(), Some("Circular include")),
        ("{% extends \"release.html\" %}".to_owned(), Some("release.html")),
    ] {
        let Some(expected) = expected else {
            let folder = folder(&format!("{RECORD}-- theme/templates/release.html --\n{template}\n"));
            let built = relbook(folder.path(), &["build"]).output().unwrap();
            assert!(built.status.success(), "{template}: {}", said(&built));
            continue;
        };
        let own = "\n-- theme/templates/partials/own.html --\n{% include \"release.html\" %}";
        let beside = if template.contains("own.html") { own } else { "" };
        let found = fault_of("release.html", &(template.clone() + beside));
        assert!(found.contains("RB801") && found.contains(expected), "{template}:\n{found}");
    }
}

#[test]
fn a_part_of_many_pages_that_is_faulty_is_found_in_its_own_file() {
    let found = fault_of("partials/row.html", "{{ r.nothing.x }}");
    assert!(found.starts_with("theme/templates/partials/row.html:1:6: "), "{found}");
    assert!(found.contains("the page configuration-items/index.html cannot be made"), "the first that has it: {found}");
}

#[test]
fn a_template_that_lacks_what_others_want_is_said_of_them() {
    let found = fault_of("base.html", "<p></p>");
    assert!(found.contains("(in line 2 of the built-in `404.html`)") && !found.contains("-->"), "{found}");
}

#[test]
fn a_notice_that_cannot_be_made_is_a_finding() {
    for (name, expected) in
        [("notice/before.txt", "the notice of REL-1 cannot be made"), ("notice/x.txt", "the theme cannot be used")]
    {
        let template = if name == "notice/x.txt" { "{% extends %}" } else { "{{ nothing }}" };
        let folder = folder(&format!("{RECORD}-- theme/templates/{name} --\n{template}\n"));
        let output = relbook(folder.path(), &["notice", "REL-1"]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        for expected in ["error[RB801 template-error]", expected, &format!("theme/templates/{name}:1:")] {
            assert!(said(&output).contains(expected), "{expected} is not in:\n{}", said(&output));
        }
    }
}
