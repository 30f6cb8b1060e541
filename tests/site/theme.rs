//! A site's own templates and styles over the built-in theme.

use super::harness::{folder, put, relbook, run_build, said, site, tree};

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

/// What a check and a build print of a template, and what is left of the site that was there.
fn fault_of(name: &str, template: &str) -> String {
    let folder = folder(RECORD);
    assert!(run_build(folder.path(), &[]).status.success());
    let before = tree(&folder.path().join("site"));
    put(folder.path(), &format!("theme/templates/{name}"), template.as_bytes());
    let built = run_build(folder.path(), &[]);
    assert_eq!(built.status.code(), Some(1), "{}", said(&built));
    assert_eq!(tree(&folder.path().join("site")), before, "the last good site stays");
    let checked = relbook(folder.path(), &["check", "--format", "short"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(1), "{}", said(&checked));
    let place = String::from_utf8(checked.stdout).unwrap();
    let of_build = said(&built);
    for part in place.lines().next().unwrap_or_default().splitn(2, ": ") {
        let part = part.split(": ").last().unwrap_or_default();
        assert!(of_build.contains(part), "{part} is not in:\n{of_build}");
    }
    place
}

#[test]
fn a_template_that_does_not_compile_is_found_at_its_place() {
    let found = fault_of("release.html", "<p>\n{% extends %}\n");
    assert!(found.starts_with("theme/templates/release.html:2:"), "{found}");
    assert!(found.contains("RB801") && found.contains("the theme does not compile"), "{found}");
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
