//! A site's own templates and styles over the built-in theme.

use super::harness::{folder, run_build, said, site};

const RECORD: &str =
    "-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\n---\n## Rollback plan\n\nBack.\n";

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

#[test]
fn a_template_that_does_not_compile_is_named() {
    let folder = folder(&format!("{RECORD}-- theme/templates/release.html --\n{{% extends %}}\n"));
    let output = run_build(folder.path(), &[]);
    assert_ne!(output.status.code(), Some(0));
    assert!(said(&output).contains("release.html"), "{}", said(&output));
    assert!(!folder.path().join("site").exists());
}

#[test]
fn a_template_that_names_an_unknown_field_is_named_with_the_page() {
    let folder = folder(&format!("{RECORD}-- theme/templates/release.html --\n<p>\n{{{{ titel.x }}}}</p>\n"));
    let output = run_build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    for expected in ["RB801", "releases/REL-1.html", "release.html", "titel"] {
        assert!(said(&output).contains(expected), "{expected} is not in:\n{}", said(&output));
    }
    assert!(!folder.path().join("site").exists());
}
