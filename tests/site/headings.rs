//! Headings and anchors: what a heading of the plan is, where fragments lead, what is a link by itself.

use super::harness::{check, folder, places, site};

/// A release with a body, in a site of its own.
fn release(status: &str, body: &str) -> String {
    format!(
        "-- releases/G-1.md --\n---\ntitle: Gate 1.0\nstatus: {status}\nrelease_type: patch\nversion: \"1.0\"\nplanned_date: 2026-03-01\nconfiguration_items: [gate]\n---\n\n{body}\n"
    )
}

/// The codes and lines of what a check finds.
fn found(files: &str, code: &str) -> Vec<String> {
    let folder = folder(files);
    places(&check(folder.path(), None)).into_iter().filter(|place| place.starts_with(code)).collect()
}

/// What is said of one code: message, label, help and replacement.
fn said(files: &str, code: &str) -> Vec<(String, Option<String>)> {
    let folder = folder(files);
    let checked = check(folder.path(), None);
    let findings = checked.report.findings().iter().filter(|(_, finding)| finding.lint.code == code);
    findings
        .map(|(_, finding)| {
            (
                format!("{} | {} | {}", finding.message, finding.label, finding.help.join(" | ")),
                finding.replacement.clone(),
            )
        })
        .collect()
}

#[test]
fn links_lead_to_the_ids_that_the_file_makes_itself() {
    let site = site(&release(
        "deployed",
        "Jump to [the fix](#fix-12), [the table](#tbl), [the part](#part), [the cell](#c) or [the notes](#notes).\n\n<a id=\"fix-12\"></a>\n\nThe barrier no longer sticks.\n\n<a name=\"tbl\"></a>\n\n| a | b |\n|---|---|\n| 1 | <b id=c>2</b> |\n\n<div id=\"part\">\n\ntext\n\n</div>\n\n## What changed {#notes}\n\nx",
    ));
    let page = site.text("releases/G-1.html");
    for id in ["fix-12", "tbl", "part", "c", "notes"] {
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}: {page}");
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}: {page}");
    }
    assert!(!page.contains("{#"), "{page}");
}

#[test]
fn links_that_a_forge_makes_lead_to_their_headings_from_other_files_too() {
    let site = site(
        &(release(
            "deployed",
            "- [v1.25.0](#v1250)\n- [C++ / Java clients](#c--java-clients)\n- [gate_ctl](#gate_ctl)\n- [top](#gate-10)\n- [Mended again](#Mended-1)\n- [back](#4-roll-back-plan)\n\n# Gate 1.0\n\n## v1.25.0\n\nx\n\n## C++ / Java clients\n\ny\n\n## gate_ctl\n\nz\n\n## Mended\n\na\n\n## Mended\n\nb\n\n## 4. Roll-back plan\n\nc",
        ) + "-- changes/C-1.md --\n---\ntitle: C\nconfiguration_items: [gate]\n---\n[v](../releases/G-1.md#v1250) [g](../releases/G-1.md#user-content-gate_ctl)\n"),
    );
    let page = site.text("releases/G-1.html");
    for id in ["v1-25-0", "c-java-clients", "gate-ctl", "main", "mended-1", "rollback-plan"] {
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}: {page}");
    }
    let other = site.text("changes/C-1.html");
    assert!(other.contains("../releases/G-1.html#v1-25-0\"") && other.contains("../releases/G-1.html#gate-ctl\""));
}

#[test]
fn no_id_of_an_author_takes_one_of_the_pages_own() {
    // The harness finds ids that stand twice and links that lead nowhere.
    let own =
        ["main", "nav", "facts", "readiness", "before", "windows", "rollback-plan", "lesson-1", "changes", "fn:1"];
    let anchors: String = own.iter().map(|id| format!("[to {id}](#{id})\n\n<a id=\"{id}\"></a>x\n\n")).collect();
    let site = site(&release("deployed", &format!("{anchors}\n\n## Rollback plan\n\ny[^1]\n\n[^1]: z")));
    let page = site.text("releases/G-1.html");
    for (id, expected) in own.iter().zip([
        "main-1",
        "nav-1",
        "facts-1",
        "readiness-1",
        "before-1",
        "windows-1",
        "rollback-plan",
        "lesson-1-1",
        "changes-1",
        "fn-1",
    ]) {
        assert!(page.contains(&format!("<a href=\"#{expected}\">to {id}</a>")), "{id}: {page}");
    }
}

#[test]
fn every_fixed_id_of_a_records_page_is_kept_from_headings() {
    let templates = super::harness::root().join("themes/default/templates");
    let pages =
        ["release", "change", "known-error", "problem", "standard-change", "configuration-item", "page", "service"];
    let pages = pages.iter().map(|name| templates.join(format!("{name}.html")));
    let partials = std::fs::read_dir(templates.join("partials")).unwrap().map(|entry| entry.unwrap().path());
    let mut ids = std::collections::BTreeSet::new();
    for path in pages.chain(partials) {
        let text = std::fs::read_to_string(path).unwrap();
        let all = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.extend(all.filter(|id| !id.contains('{')).map(str::to_owned));
    }
    assert!(ids.len() > 15, "{ids:?}");
    let headings: String = ids.iter().map(|id| format!("## {}\n\nx\n\n", id.replace('-', " "))).collect();
    let site = site(&release("deployed", &headings));
    let page = site.text("releases/G-1.html");
    for id in &ids {
        let taken = page.contains(&format!("<h2 id=\"{id}\" dir=\"auto\">"));
        assert!(!taken, "a heading took `{id}`");
    }
}

#[test]
fn a_link_to_no_heading_names_those_that_there_are() {
    let files = release("deployed", "[a](#known-limit) [b](#nowhere-at-all)\n\n## Mended\n\nx\n\n## Known limits\n\ny");
    let said = said(&files, "RB206");
    assert_eq!(said.len(), 2);
    assert!(said[0].0.contains("this page has, the nearest first: `#known-limits`, `#mended`"), "{said:?}");
    assert_eq!((said[0].1.as_deref(), said[1].1.as_deref()), (Some("[a](#known-limits)"), None));
    assert_eq!(found(&files, "RB206"), ["RB206 releases/G-1.md:10", "RB206 releases/G-1.md:10"]);
}

#[test]
fn the_title_again_is_left_out_and_the_contents_hold_what_follows() {
    for title in ["# Gate 1.0", "## GATE 1.0", "Gate 1.0\n===", "# G-1: Gate 1.0", "### *Gate* `1.0` {#top}"] {
        let files = release(
            "deployed",
            &format!("{title}\n\nOpens the quay gate sooner.\n\n## Mended\n\n- Hinge.\n\n## Known limits\n\n- Rain."),
        );
        let site = site(&files);
        let page = site.text("releases/G-1.html");
        let main = &page[page.find("<main").unwrap()..];
        assert_eq!(main.to_lowercase().matches("gate 1.0</h").count(), 1, "{title}: {main}");
        for (id, text) in [("mended", "Mended"), ("known-limits", "Known limits")] {
            assert!(page.contains(&format!("<li><a href=\"#{id}\" dir=\"auto\">{text}</a></li>")), "{title}: {page}");
            assert!(page.contains(&format!("<h2 id=\"{id}\"")), "{title}: {page}");
        }
        let lacking = said(&files, "RB301");
        assert!(lacking.iter().all(|(said, _)| !said.contains("description")), "{title}: {lacking:?}");
    }
    // Another first heading stays, and so does one of the plan.
    let site = site(&release("deployed", "# Gate 1.0 is here\n\nx"));
    assert!(site.text("releases/G-1.html").contains(">Gate 1.0 is here</h2>"));
}

#[test]
fn bare_addresses_are_links_and_ids_beside_them_too() {
    let site = site(&release(
        "deployed",
        "Details: https://itsm.example.com/issues/41, and http://status.example.com/ (read only), www.example.com. Mail ops@example.com about G-1, `https://not.example`.",
    ));
    let page = site.text("releases/G-1.html");
    for (href, text) in [
        ("https://itsm.example.com/issues/41", "https://itsm.example.com/issues/41"),
        ("http://status.example.com/", "http://status.example.com/"),
        ("http://www.example.com", "www.example.com"),
        ("mailto:ops@example.com", "ops@example.com"),
    ] {
        assert!(page.contains(&format!("<a href=\"{href}\" rel=\"noopener noreferrer\">{text}</a>")), "{href}: {page}");
    }
    assert!(page.contains("<code>https://not.example</code>"));
}

#[test]
fn paths_are_one_whichever_way_their_accents_are_written() {
    for (written, linked) in
        [("Schu\u{308}tze", "Sch\u{fc}tze"), ("Sch\u{fc}tze", "Schu\u{308}tze"), ("Schu\u{308}tze", "Schu\u{308}tze")]
    {
        let site = site(
            &(release("deployed", &format!("[the guard](../changes/{linked}-1.md), [the plan]({linked}.pdf)"))
                + &format!(
                    "-- changes/{written}-1.md --\n---\ntitle: Guard\nconfiguration_items: [gate]\n---\nx\n-- releases/{written}.pdf --\n%PDF\n"
                )),
        );
        let targets = site.listed("releases/G-1.html", "main");
        assert!(targets.iter().any(|target| target.starts_with("changes/Sch")), "{targets:?}");
        assert!(targets.iter().any(|target| target.ends_with(".pdf")), "{targets:?}");
    }
}

#[test]
fn headings_of_other_houses_count_or_are_named() {
    let files = release(
        "approved",
        "New hinge.\n\n## Back-out plan:\n\nOld hinge.\n\n## 4. Test plan\n\nOpen, close.\n\n## Lessons learnt\n\nOil first.",
    );
    assert_eq!(found(&files, "RB321"), [""; 0]);
    let lacking = said(&files, "RB301");
    assert!(lacking.iter().all(|(said, _)| !said.contains("plan`") && !said.contains("rollback")), "{lacking:?}");
    let page = site(&files).text("releases/G-1.html");
    for id in ["rollback-plan", "test-plan", "lessons-learned"] {
        assert!(page.contains(&format!("<h2 id=\"{id}\"")), "{id}");
    }

    let files = release("approved", "New hinge.\n\n## Fallback\n\nOld hinge.\n\n## Testing\n\nOpen, close.");
    assert_eq!(found(&files, "RB321"), ["RB321 releases/G-1.md:12", "RB321 releases/G-1.md:16"]);
    let near = said(&files, "RB321");
    assert_eq!((near[0].1.as_deref(), near[1].1.as_deref()), (Some("Rollback plan"), Some("Test plan")));
    let lacking = said(&files, "RB301");
    assert!(
        lacking[0].0.contains("`Fallback` is not read as `Rollback plan`: if it is meant, call it so"),
        "{lacking:?}"
    );
}

#[test]
fn a_workaround_under_almost_its_heading_is_said_to_be_none() {
    let known = |body: &str| {
        format!(
            "-- known-errors/KE-1.md --\n---\ntitle: Barrier sticks\nstatus: confirmed\n---\n# Barrier sticks\n\nSince Monday.\n\n{body}\n"
        )
    };
    for (body, line) in [
        ("## Available workaround\n\nLift it by hand.", 9),
        ("**Workaround**\n\nLift it by hand.", 9),
        ("**Workaround:** lift it by hand.", 9),
        ("<h2>Workaround</h2>\n\nLift it by hand.", 9),
        ("> ## Workaround\n>\n> Lift it by hand.", 9),
        ("- ## Workaround\n\n  Lift it by hand.", 9),
        ("<details><summary>Temporary fix</summary>\n\nLift it by hand.\n\n</details>", 9),
    ] {
        assert_eq!(found(&known(body), "RB321"), [format!("RB321 known-errors/KE-1.md:{line}")], "{body}");
    }
    for body in [
        "## Work-around:\n\nLift it by hand.",
        "## Known limits\n\nRain.",
        "## Workaround\n\nLift.\n\n### Fallback\n\nPush.",
    ] {
        assert_eq!(found(&known(body), "RB321"), [""; 0], "{body}");
    }
}

#[test]
fn a_link_that_may_not_be_published_stops_no_imported_history() {
    let body = "Type [about:plugins](about:plugins) or [x](&#106;avascript:alert(1)).";
    for (profile, is_written) in [("records", true), ("standard", false), ("strict", false)] {
        let files = release("deployed", body) + &format!("-- relbook.toml --\n[lints]\nprofile = \"{profile}\"\n");
        let folder = folder(&files);
        let output = super::harness::run_build(folder.path(), &[]);
        assert_eq!(output.status.success(), is_written, "{profile}: {}", super::harness::said(&output));
        if is_written {
            let page = std::fs::read_to_string(folder.path().join("site/releases/G-1.html")).unwrap();
            assert!(page.contains("Type about:plugins or x."), "{page}");
            assert!(!page.contains("javascript:") && !page.contains("\"about:"), "{page}");
        }
    }
    let files = "-- relbook.toml --\n[lints]\nprofile = \"records\"\n-- releases/G-1.md --\n---\ntitle: G\nlinks: [{title: x, url: \"about:plugins\"}]\n---\n";
    assert!(!super::harness::run_build(folder(files).path(), &[]).status.success());
}
