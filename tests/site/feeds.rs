//! Feeds of what changed last, and badges.

use std::process::Command;

use super::api::example;
use super::harness::{Site, build, folder, put, root, site, site_with};
use super::repository::{commit_by, git};

const ADDRESS: &str = "-- relbook.toml --\nbase_url = \"https://a.example/r/\"\n[editions.customer]\n\
    types = [\"release\", \"known-error\"]\nkeys = [\"title\", \"summary\"]\n";

/// A site that knows its own address; its links are looked at below the root of a host of its own.
fn known(files: &str) -> Site {
    site_with(&format!("{ADDRESS}{files}"), |request| request.base_url = Some("https://a.example/".to_owned()))
}

/// The texts of an element, in order.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&start).skip(1).map(|rest| rest.split(&end).next().unwrap().to_owned()).collect()
}

#[test]
fn another_program_reads_every_feed() {
    let imports = "import feedparser";
    if !Command::new("python3").args(["-c", imports]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: feeds by another program, for there is no python3 that can do `{imports}`");
        return;
    }
    let hostile = "-- known-errors/KE-1.md --\n---\ntitle: \"]]> <script>alert(1)</script> & \\\" '\"\n\
        summary: \"\\U0001F600 \\u0007 ]]> &amp; \\x7f\"\nsymptoms: \"<b>&</b> ]]>\"\nservice: \"<Shop> & \\\"Co\\\"\"\nowner: \"<Ann>\"\n---\n\n\
        ## Workaround\n\n`]]>` <i>x</i> [a](https://x.example/?a=1&b=2)\n";
    for site in [build(example(), |_| ()), known(hostile)] {
        let script = root().join("tests/site/feeds.py");
        let output = Command::new("python3").arg("-B").arg(script).arg(site.out()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_title_says_the_state_and_a_name_never_changes() {
    let before = known(
        "-- known-errors/KE-1.md --\n---\ntitle: Slow\nstatus: confirmed\n---\n\
         -- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nstatus: scheduled\n---\n",
    );
    let after = known(
        "-- known-errors/KE-2.md --\n---\ntitle: Slower\nstatus: resolved\nformer_ids: [KE-1]\n---\n\
         -- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nstatus: rolled-back\n---\n",
    );
    let [before, after] = [&before, &after].map(|site| site.text("feed.xml"));
    assert_eq!(texts(&before, "id"), texts(&after, "id"));
    assert!(texts(&before, "id").contains(&"tag:a.example,2020:relbook/record/known-error/KE-1".to_owned()));
    let mut titles = texts(&after, "title");
    titles.sort();
    assert_eq!(titles, ["Release records", "[Resolved] KE-2 Slower", "[Rolled back] REL-1 One"]);
    assert!(texts(&before, "title").contains(&"[Scheduled] REL-1 One".to_owned()));
}

#[test]
fn a_known_error_s_entry_holds_symptoms_workaround_and_fix_and_a_release_s_its_notes() {
    let site = known(
        "-- known-errors/KE-1.md --\n---\ntitle: Slow\nsymptoms: It is slow.\nplanned_fix: REL-1\n---\n\n\
         ## Workaround\n\nWait.\n\n### Longer\n\nWait longer.\n\n## Root cause\n\nHidden.\n\
         -- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\n---\n\n## Release notes\n\n\
         See [the error](../known-errors/KE-1.md).\n\n## Test plan\n\nHidden.\n",
    );
    let xml = site.text("feed.xml");
    let content = xml.split("<content type=\"html\">").skip(1).collect::<String>();
    for held in
        ["It is slow.", "Wait.", "Wait longer.", "Fix planned in: REL-1", "https://a.example/known-errors/KE-1.html"]
    {
        assert!(content.contains(held), "{held} in {content}");
    }
    assert!(!xml.contains("Hidden"), "{xml}");
}

#[test]
fn a_feed_has_the_fifty_that_were_changed_last() {
    let mut files = ADDRESS.to_owned();
    for number in 0..60 {
        files +=
            &format!("-- releases/REL-{number:02}.md --\n---\ntitle: T\nrelease_type: patch\nservice: Shop\n---\n");
    }
    let own = folder(&files);
    git(own.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(own.path(), "Ann", "2026-11-01T12:00:00Z");
    put(own.path(), "releases/REL-07.md", b"---\ntitle: Changed\nrelease_type: patch\nservice: Shop\n---\n");
    commit_by(own.path(), "Ann", "2026-11-02T12:00:00Z");
    let site = build(own, |request| request.base_url = Some("https://a.example/".to_owned()));
    for path in ["feed.xml", "releases/feed.xml", "services/Shop/feed.xml"] {
        let xml = site.text(path);
        assert_eq!(xml.matches("<entry>").count(), 50, "{path}");
        assert!(texts(&xml, "title")[1].contains("REL-07"), "{path}");
        assert_eq!(texts(&xml, "updated")[..2], ["2026-11-02T12:00:00Z", "2026-11-02T12:00:00Z"], "{path}");
        assert_eq!(texts(&xml, "published")[0], "2026-11-01T12:00:00Z");
    }
}

#[test]
fn a_site_that_does_not_know_its_address_has_no_feed_and_says_why() {
    let files = "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nservice: Shop\n---\n";
    let site = site(files);
    assert!(site.tree().iter().all(|path| !path.ends_with("feed.xml")));
    assert!(!site.text("index.html").contains("atom+xml"));
    let own = folder(files);
    let output = super::harness::run_build(own.path(), &[]);
    let said = super::harness::said(&output);
    assert!(said.contains("no feed is written, for the site does not know its own address"), "{said}");
}

#[test]
fn an_edition_s_feed_holds_what_it_lists() {
    let files = format!(
        "{ADDRESS}-- known-errors/KE-1.md --\n---\ntitle: Slow\nsummary: Shown.\naudience: customer\nstatus: confirmed\n\
         symptoms: SECRET\nowner: SECRET\n---\n\n## Workaround\n\nSECRET\n\
         -- releases/REL-1.md --\n---\ntitle: SECRET\nrelease_type: patch\n---\n"
    );
    let edition = site_with(&files, |request| {
        request.edition = Some("customer".to_owned());
        request.base_url = Some("https://a.example/".to_owned());
    });
    let xml = edition.text("feed.xml");
    assert!(xml.contains("KE-1 Slow") && xml.contains("Shown."), "{xml}");
    assert!(!xml.contains("SECRET") && !xml.contains("Confirmed"), "{xml}");
    assert!(!edition.has("releases/feed.xml"));
}

#[test]
fn a_badge_says_the_next_window_else_the_open_known_errors() {
    let site = site(
        "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nservice: \"A & <B>\"\n\
         windows: [{start: 2026-12-08T22:00, end: 2026-12-08T23:00}]\n---\n\
         -- known-errors/KE-1.md --\n---\ntitle: Slow\nservice: Shop\nstatus: confirmed\n---\n",
    );
    let badges: Vec<String> = site.tree().into_iter().filter(|path| path.ends_with("badge.svg")).collect();
    let [first, shop] = [&badges[0], &badges[1]].map(|path| site.text(path));
    assert!(first.contains("A &amp; &lt;B&gt;: next window 8 Dec 2026"), "{first}");
    assert!(shop.contains("Shop: 1 open known error"), "{shop}");
}

#[test]
fn a_page_names_what_it_is_there_as() {
    let site = known(
        "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nservice: Shop\n\
         windows: [{start: 2026-12-08T22:00, end: 2026-12-08T23:00}]\n---\n",
    );
    for (page, named) in [
        ("index.html", &["api/v1/index.json", "calendar.ics", "feed.xml"][..]),
        ("releases/index.html", &["../api/v1/releases.json", "../api/v1/releases.csv", "../releases/feed.xml"]),
        ("releases/REL-1.html", &["../api/v1/releases/REL-1.json", "../releases/REL-1.md"]),
        (
            "services/Shop.html",
            &["../api/v1/services/Shop.json", "../services/Shop/calendar.ics", "../services/Shop/feed.xml"],
        ),
        ("calendar/index.html", &["../api/v1/calendar.json", "../api/v1/calendar.csv", "../calendar.ics"]),
    ] {
        let html = site.text(page);
        for href in named {
            assert!(html.contains(&format!("<a href=\"{href}\">")), "{href} in the foot of {page}");
            let head = html.split("</head>").next().unwrap();
            assert!(
                head.contains("rel=\"alternate\"") && head.contains(&format!("href=\"{href}\"")),
                "{href} of {page}"
            );
        }
    }
}
