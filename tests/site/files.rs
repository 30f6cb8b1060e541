//! Files and addresses: artefacts, static files, former addresses, free pages, and what machines read.

use super::harness::{folder, request, run_build, said, site, site_with};

#[test]
fn a_named_artefact_is_copied_and_linked_and_nothing_else_is() {
    let site = site(
        r#"
-- relbook.toml --
[lints]
missing-artefact = "warn"
-- releases/REL-1/index.md --
---
title: One
configuration_items: [shop]
artefacts:
  - {kind: installation-guide, title: How to install, file: guide v2.pdf}
  - {kind: additional, title: The wiki, url: "https://wiki.example.com/1"}
release_type: minor
---
See [the log](logs/deploy.log).
-- releases/REL-1/guide v2.pdf --
a guide
-- releases/REL-1/logs/deploy.log --
a log
-- releases/REL-1/budget.xlsx --
nobody names me
-- releases/.env --
SECRET=1
-- releases/loose.txt --
lies about
"#,
    );
    assert_eq!(
        site.tree_below("releases/"),
        [
            "releases/REL-1.html",
            "releases/REL-1.md",
            "releases/REL-1/files/guide-v2.pdf",
            "releases/REL-1/files/logs/deploy.log",
            "releases/index.html"
        ]
    );
    assert_eq!(site.text("releases/REL-1/files/guide-v2.pdf"), "a guide\n");
    let links = site.page("releases/REL-1.html").part("artefacts").links();
    let has = |href: &str, text: &str| links.iter().any(|(to, words)| to == href && words.contains(text));
    assert!(has("../releases/REL-1/files/guide-v2.pdf", "How to install"), "{links:?}");
    assert!(has("https://wiki.example.com/1", "The wiki"), "{links:?}");
    let targets = site.page("releases/REL-1.html").main().targets();
    assert!(targets.contains(&"releases/REL-1/files/logs/deploy.log".to_owned()), "{targets:?}");
    assert_eq!(site.findings(), ["RB205 releases/REL-1/index.md:1"], "the budget lies beside the record");
}

#[test]
fn markdown_beside_a_bundle_is_an_artefact_and_no_record() {
    let site = site(
        r#"
-- releases/REL-1/index.md --
---
title: One
configuration_items: [shop]
artefacts: [{kind: release-notes, file: notes/new.md}]
release_type: minor
---
-- releases/REL-1/notes/new.md --
No front matter here.
"#,
    );
    assert_eq!(site.text("releases/REL-1/files/notes/new.md"), "No front matter here.\n");
}

#[test]
fn former_addresses_lead_to_the_record() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: Moved
configuration_items: [shop]
aliases: [old/rel-1.html, /very/old/, 404-of-the-wiki]
release_type: minor
---
"#,
    );
    for (route, to_root) in
        [("old/rel-1.html", "../"), ("very/old/index.html", "../../"), ("404-of-the-wiki/index.html", "../")]
    {
        let html = site.text(route);
        assert!(html.contains(&format!("{to_root}releases/REL-1.html")), "{route}: {html}");
        assert!(html.contains("http-equiv"), "{route} leads on by itself: {html}");
        assert!(html.contains("noindex"), "{route} is not for search engines: {html}");
    }
    assert_eq!(
        site.text("_redirects"),
        "/404-of-the-wiki /releases/REL-1.html 301\n/old/rel-1.html /releases/REL-1.html 301\n/very/old /releases/REL-1.html 301\n"
    );
}

#[test]
fn static_files_are_copied_as_they_are() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
release_type: minor
---
-- static/.well-known/security.txt --
Contact: mailto:security@example.com
-- static/img/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- static/.DS_Store --
hidden
-- static/a b.txt --
no host serves this name alike
"#,
    );
    assert_eq!(site.text(".well-known/security.txt"), "Contact: mailto:security@example.com\n");
    assert!(site.has("img/logo.svg"));
    assert!(!site.has(".DS_Store") && !site.has("a b.txt"));
    let output = run_build(site.folder(), &[]);
    assert!(said(&output).contains("note: passed over static/a b.txt"), "{}", said(&output));
}

#[test]
fn two_files_with_one_address_are_refused() {
    let folder = folder(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
aliases: [Old.html]
release_type: minor
---
-- static/old.html --
taken
-- static/releases/rel-1.html --
taken too
"#,
    );
    let built = relbook::pipeline::build(&request(folder.path()), &|_, _| ()).unwrap();
    let found: Vec<_> = built.report.findings().iter().map(|(_, finding)| finding.lint.code).collect();
    assert_eq!(found, ["RB802", "RB802"], "addresses are equal without regard to case");
    assert!(built.written.is_none() && !folder.path().join("site").exists());
}

#[test]
fn free_pages_are_in_the_navigation() {
    let site = site(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
release_type: minor
---
See [[page:policy|the policy]].
-- pages/policy.md --
---
title: How we release
---
Only on Tuesdays.

## Who decides

The board.
"#,
    );
    let page = site.page("pages/policy.html");
    assert!(page.main().text().contains("Only on Tuesdays.") && page.part("who-decides").text().contains("The board."));
    assert!(site.page("index.html").targets().contains(&"pages/policy.html".to_owned()), "it is in the navigation");
    assert!(site.page("releases/REL-1.html").main().targets().contains(&"pages/policy.html".to_owned()));
}

#[test]
fn a_lost_reader_finds_home_from_any_depth() {
    let files = "-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n";
    let at_root = site(files);
    let hrefs = |site: &super::harness::Site| -> Vec<String> {
        let own = |href: &String| !href.starts_with('#') && !href.contains(':');
        site.page("404.html").links().into_iter().map(|(href, _)| href).filter(own).collect()
    };
    assert!(hrefs(&at_root).iter().all(|href| href.starts_with('/')), "{:?}", hrefs(&at_root));
    let folder = folder(files);
    let built = relbook::pipeline::build(
        &relbook::pipeline::Request {
            base_url: Some("https://example.com/docs/".to_owned()),
            ..request(folder.path())
        },
        &|_, _| (),
    );
    assert!(built.unwrap().written.is_some());
    let page = std::fs::read_to_string(folder.path().join("site/404.html")).unwrap();
    let page = super::html::Page::new("404.html", page);
    let below = page.links().iter().filter(|(href, _)| href.starts_with("/docs/")).count();
    assert!(below > 0 && page.links().iter().all(|(href, _)| href.starts_with("/docs/") || href.starts_with('#')));
}

#[test]
fn there_is_a_sitemap_only_where_the_site_knows_its_address() {
    let files = "-- releases/REL-1.md --\n---\ntitle: One\naliases: [old.html]\nconfiguration_items: [shop]\nrelease_type: minor\n---\n";
    let without = site(files);
    assert!(!without.has("sitemap.xml"));
    assert_eq!(without.text("robots.txt"), "User-agent: *\nAllow: /\n");
    assert!(!without.text("index.html").contains("canonical"));
    let with = site_with(files, |request| request.base_url = Some("https://releases.example.com/".to_owned()));
    assert_eq!(
        with.text("sitemap.xml").lines().filter(|line| line.starts_with("<url>")).collect::<Vec<_>>(),
        [
            "checks/index",
            "configuration-items/index",
            "configuration-items/shop",
            "index",
            "releases/REL-1",
            "releases/index"
        ]
        .map(|page| format!("<url><loc>https://releases.example.com/{page}.html</loc></url>"))
    );
    assert!(with.text("robots.txt").contains("Sitemap: https://releases.example.com/sitemap.xml"));
    let canonical = r#"href="https://releases.example.com/releases/REL-1.html""#;
    assert!(with.text("releases/REL-1.html").contains(canonical), "{}", with.text("releases/REL-1.html"));
    assert!(!with.text("releases/REL-1.html").contains("https://releases.example.com//"));
}

/// The whole tree of a small site: nothing more is published than this.
#[test]
fn the_tree_of_a_small_site() {
    let site =
        site("-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n");
    let is_named = |path: &String| !path.starts_with("assets/") && !path.ends_with(".bin");
    let tree: Vec<String> = site.tree().into_iter().filter(is_named).collect();
    assert_eq!(
        tree,
        [
            "404.html",
            "_headers",
            "api/v1/configuration-items.csv",
            "api/v1/configuration-items.json",
            "api/v1/configuration-items/shop.json",
            "api/v1/findings.json",
            "api/v1/index.json",
            "api/v1/openapi.json",
            "api/v1/releases.csv",
            "api/v1/releases.json",
            "api/v1/releases/REL-1.json",
            "api/v1/schema/change.json",
            "api/v1/schema/configuration-item.json",
            "api/v1/schema/known-error.json",
            "api/v1/schema/page.json",
            "api/v1/schema/problem.json",
            "api/v1/schema/release.json",
            "api/v1/schema/standard-change.json",
            "api/v1/schema/window.json",
            "checks/index.html",
            "configuration-items/index.html",
            "configuration-items/shop.html",
            "index.html",
            "llms.txt",
            "releases/REL-1.html",
            "releases/REL-1.md",
            "releases/index.html",
            "robots.txt",
            "search/index.html",
        ]
    );
    let headers = site.text("_headers");
    assert!(headers.contains("Content-Security-Policy: default-src 'none'"), "{headers}");
    for page in ["index.html", "404.html", "releases/index.html", "releases/REL-1.html"] {
        let html = super::html::decode(&site.text(page));
        assert!(html.contains("default-src 'none'"), "{page} bears the content security policy");
    }
}

/// An address of the front matter that leads to no page of the site is a broken link like any other.
#[test]
fn relative_addresses_in_the_front_matter_do_not_break() {
    let folder = folder(
        r#"
-- releases/REL-1.md --
---
title: One
configuration_items: [shop]
links: [{title: Elsewhere, url: docs/nowhere.html}]
artefacts: [{kind: additional, url: nowhere/either.pdf}]
release_type: minor
---
"#,
    );
    let built = relbook::pipeline::build(&request(folder.path()), &|_, _| ()).unwrap();
    let faults = match built.written {
        Some(_) => super::checker::faults(&folder.path().join("site")),
        None => Vec::new(),
    };
    assert!(faults.is_empty(), "published without a finding: {faults:#?}");
}
