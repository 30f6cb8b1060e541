//! Small sites that are kept elsewhere, each with one thing that must be seen.
//!
//! `RELBOOK_CASES` names a folder of them; each has an `expect.txt` that says in words what the function of its name
//! looks for here. A folder without a function is a fault, and so is a function without a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::harness::{put, relbook};
use super::html::decode;

/// The day of all of them.
const DAY: &str = "2026-11-26";

/// What a case's site came to.
struct Seen {
    folder: TempDir,
    root: PathBuf,
    is_built: bool,
    /// What the build said, on both streams.
    said: String,
    findings: Vec<Value>,
}

/// What must be seen: the beginning of the folder's name and what looks for it.
type Case = (&'static str, fn(&Seen) -> Result<(), String>);

const CASES: &[Case] = &[
    ("C01", no_folder_leads_out),
    ("C04", a_candidate_comes_before_the_final),
    ("C06", ten_comes_after_nine),
    ("C09", the_last_day_belongs_to_a_freeze),
    ("C11", a_zone_in_brackets_is_kept),
    ("C13", midnight_at_the_end_of_a_day),
    ("C15", other_endings_are_read_or_named),
    ("C17", an_index_is_no_release),
    ("C19", a_dot_file_is_copied_or_named),
    ("C20", anchors_of_the_file_are_there),
    ("C22", anchors_as_forges_make_them),
    ("C24", accents_in_two_forms_are_one),
    ("C26", bare_addresses_are_links),
    ("C29", the_title_stands_once),
    ("C31", headings_count_or_are_named),
    ("C33", a_workaround_is_shown_or_its_heading_named),
    ("C35", no_zone_of_another_place),
    ("C37", the_help_leads_to_the_key),
    ("C39", words_of_other_tools_are_known),
    ("C41", a_version_leads_to_its_release),
    ("C43", remnants_are_named),
];

fn must(is_seen: bool, what: impl Into<String>) -> Result<(), String> {
    if is_seen { Ok(()) } else { Err(what.into()) }
}

impl Seen {
    fn text(&self, route: &str) -> Result<String, String> {
        let path = self.root.join("site").join(route);
        fs::read_to_string(path).map_err(|error| format!("{route}: {error}\n{}", self.said))
    }

    /// What lies between a page's header and its footer, with its tags.
    fn main(&self, route: &str) -> Result<String, String> {
        let html = self.text(route)?;
        let start = html.find("<main").ok_or("no main part")?;
        Ok(html[start..html.find("</main>").unwrap_or(html.len())].to_owned())
    }

    fn of_code(&self, code: &str) -> impl Iterator<Item = &Value> {
        self.findings.iter().filter(move |finding| finding["code"] == code)
    }

    /// Whether the build, or a finding, names a text.
    fn names(&self, text: &str) -> bool {
        self.said.contains(text) || self.findings.iter().any(|finding| finding.to_string().contains(text))
    }

    fn is_before(&self, route: &str, first: &str, second: &str) -> Result<(), String> {
        let html = self.main(route)?;
        let places = html.find(first).zip(html.find(second));
        must(
            places.is_some_and(|(one, other)| one < other),
            format!("{first} does not stand above {second} in {route}"),
        )
    }
}

/// Copies a folder as it is, links as links.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if entry.file_name() != "expect.txt" {
            put(to, entry.file_name().to_str().unwrap(), &fs::read(entry.path()).unwrap());
        }
    }
}

/// Makes of a copy what its `expect.txt` says, builds and checks it.
fn seen(case: &Path, name: &str) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    copy(case, folder.path());
    let mut root = folder.path().to_owned();
    if name == "C01" {
        root.push("site");
        std::os::unix::fs::symlink("../outside", root.join("static")).unwrap();
    }
    if name == "C24" {
        fs::rename(root.join("changes/Schuetze-1.md"), root.join("changes/Schu\u{308}tze-1.md")).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command: Command = relbook(&root, arguments);
        command.args(["--today", DAY]).output().expect("relbook runs")
    };
    let built = run(&["build", "."]);
    let checked = run(&["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let said = [built.stdout, built.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned()).concat();
    Seen { folder, root, is_built: built.status.success(), said, findings }
}

#[test]
fn every_case_shows_what_must_be_seen() {
    let Some(cases) = std::env::var_os("RELBOOK_CASES").map(PathBuf::from) else {
        eprintln!("SKIPPED: RELBOOK_CASES names no folder of small sites");
        return;
    };
    let entries = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path());
    let folders: BTreeSet<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    let name = |folder: &PathBuf| folder.file_name().unwrap().to_str().unwrap()[..3].to_owned();
    assert_eq!(folders.iter().map(name).collect::<Vec<_>>(), CASES.iter().map(|case| case.0).collect::<Vec<_>>());
    let mut unseen = Vec::new();
    for (folder, (name, look)) in folders.iter().zip(CASES) {
        let seen = seen(folder, name);
        if let Err(fault) = look(&seen) {
            unseen.push(format!("{}: {fault}", folder.file_name().unwrap().display()));
        }
        drop(seen.folder);
    }
    assert!(unseen.is_empty(), "{} of {} are not seen:\n{}", unseen.len(), CASES.len(), unseen.join("\n"));
}

fn no_folder_leads_out(seen: &Seen) -> Result<(), String> {
    must(!seen.root.join("site/ledger.txt").exists(), "what lies outside was published")?;
    must(seen.said.contains("static") && seen.said.contains("symbolic link"), format!("no word of it: {}", seen.said))
}

fn a_candidate_comes_before_the_final(seen: &Seen) -> Result<(), String> {
    must(seen.of_code("RB502").next().is_none(), "RB502")?;
    seen.is_before("services/Gate.html", ">3.0.0<", ">3.0.0-rc.1<")?;
    must(!seen.main("known-errors/KE-1.html")?.contains("still in the latest"), "it is still in the latest")
}

fn ten_comes_after_nine(seen: &Seen) -> Result<(), String> {
    seen.is_before("services/Gate.html", ">v10<", ">v9<")?;
    let html = seen.main("services/Gate.html")?;
    let row = html.split("<tr").find(|row| row.contains(">v10<")).unwrap_or_default();
    must(row.contains("1 open"), format!("v10 does not carry the known error: {row}"))
}

fn the_last_day_belongs_to_a_freeze(seen: &Seen) -> Result<(), String> {
    let is_found = seen.of_code("RB402").any(|finding| finding["path"].as_str().is_some_and(|p| p.ends_with("G-1.md")));
    must(is_found, "no RB402 of G-1")?;
    let month = seen.main("calendar/2026/12.html")?;
    let cell = month.split("</td>").find(|cell| cell.contains("datetime=\"2026-12-31\"")).unwrap_or_default();
    must(cell.contains("Year end"), format!("31 December is not in the freeze: {cell}"))
}

fn a_zone_in_brackets_is_kept(seen: &Seen) -> Result<(), String> {
    let leads = |finding: &Value| finding["help"].to_string().contains("time_zone");
    let html = seen.main("releases/G-1.html").unwrap_or_default();
    let is_kept = html.contains("2026-12-01T12:00:00+09:00") && html.contains("03:00 \u{2013} 05:00 UTC");
    must(is_kept || seen.of_code("RB103").any(leads), "neither 03:00 UTC nor RB103 with `time_zone`")
}

fn midnight_at_the_end_of_a_day(seen: &Seen) -> Result<(), String> {
    let is_read = seen.is_built && seen.main("releases/G-1.html")?.contains("2026-12-31T00:00");
    must(is_read || seen.names("2026-12-31T00:00"), format!("2026-12-31T00:00 is nowhere: {}", seen.said))
}

fn other_endings_are_read_or_named(seen: &Seen) -> Result<(), String> {
    for (record, file) in [("G-2", "G-2.markdown"), ("G-3", "G-3.MD"), ("G-4", "G-4.mdx")] {
        let is_record = seen.root.join(format!("site/releases/{record}.html")).exists();
        must(is_record || seen.names(file), format!("{file} is passed over in silence"))?;
    }
    Ok(())
}

fn an_index_is_no_release(seen: &Seen) -> Result<(), String> {
    must(seen.names("_index"), "nothing says what became of `_index.md`")?;
    if seen.is_built {
        for route in ["releases/index.html", "index.html"] {
            must(!seen.text(route)?.contains("_index"), format!("{route} has `_index`"))?;
        }
        must(!seen.text("sitemap.xml").is_ok_and(|map| map.contains("_index")), "the sitemap has `_index`")?;
        must(!seen.root.join("site/releases/_index.html").exists(), "there is a page of `_index`")?;
        let found = relbook(&seen.root, &["search", "All gate releases"]).output().expect("relbook runs");
        must(!String::from_utf8_lossy(&found.stdout).contains("_index"), "search finds `_index`")?;
    }
    Ok(())
}

fn a_dot_file_is_copied_or_named(seen: &Seen) -> Result<(), String> {
    must(seen.root.join("site/.nojekyll").exists() || seen.names(".nojekyll"), "`.nojekyll` is passed over in silence")
}

/// The fragments that a page's own links lead to, of the links with these words.
fn fragments(html: &str, words: &[&str]) -> Result<Vec<String>, String> {
    let to = |word: &&str| {
        let end = html.find(&format!(">{word}</a>")).ok_or(format!("no link `{word}`"))?;
        let tag = &html[html[..end].rfind("<a ").unwrap_or(end)..end];
        let fragment = tag.split("href=\"#").nth(1).and_then(|rest| rest.split('"').next());
        fragment.map(decode).ok_or(format!("`{word}` leads nowhere on the page: {tag}"))
    };
    words.iter().map(to).collect()
}

fn anchors_of_the_file_are_there(seen: &Seen) -> Result<(), String> {
    let html = seen.main("releases/G-1.html")?;
    for fragment in fragments(&html, &["the fix", "the table"])? {
        must(html.contains(&format!("id=\"{fragment}\"")), format!("no element with the id {fragment}"))?;
    }
    Ok(())
}

fn anchors_as_forges_make_them(seen: &Seen) -> Result<(), String> {
    if seen.is_built && seen.of_code("RB206").next().is_none() {
        let html = seen.main("releases/G-1.html")?;
        for fragment in fragments(&html, &["v1.25.0", "C++ / Java clients", "gate_ctl"])? {
            must(html.contains(&format!("id=\"{fragment}\"")), format!("no element with the id {fragment}"))?;
        }
        return Ok(());
    }
    must(seen.of_code("RB206").all(|finding| finding["replacement"].is_string()), "RB206 without a replacement")
}

fn accents_in_two_forms_are_one(seen: &Seen) -> Result<(), String> {
    let html = seen.main("releases/G-1.html")?;
    let end = html.find(">the guard</a>").ok_or("the guard is no link")?;
    let tag = &html[html[..end].rfind("<a ").unwrap_or(end)..end];
    must(tag.contains("href=\"../changes/"), format!("it does not lead to the change: {tag}"))
}

fn bare_addresses_are_links(seen: &Seen) -> Result<(), String> {
    let html = seen.main("releases/G-1.html")?;
    for address in ["https://itsm.example.com/issues/41", "http://status.example.com/"] {
        must(html.contains(&format!("href=\"{address}\"")), format!("{address} is no link"))?;
    }
    Ok(())
}

fn the_title_stands_once(seen: &Seen) -> Result<(), String> {
    let lacks = |finding: &Value| finding["message"].as_str().is_some_and(|text| text.contains("description"));
    must(!seen.of_code("RB301").any(lacks), "RB301 wants a description")?;
    let html = seen.main("releases/G-1.html")?;
    let headings = html.matches(">Gate 1.0</h").count();
    must(headings == 1, format!("the title stands {headings} times"))?;
    let contents = html.split("On this page").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap_or_default();
    must(contents.contains("Fixed") && contents.contains("Known limits"), format!("the contents: {contents}"))
}

fn headings_count_or_are_named(seen: &Seen) -> Result<(), String> {
    let message = seen.of_code("RB301").map(|finding| finding["message"].to_string()).collect::<String>();
    for (part, heading) in [("rollback plan", "Back-out plan"), ("test plan", "4. Test plan")] {
        must(!message.contains(part) || seen.names(heading), format!("`{heading}` neither counts nor is named"))?;
    }
    let is_read = seen.text("releases/G-1.html").is_ok_and(|html| html.contains("id=\"lessons-learned\""));
    must(is_read || seen.names("Lessons learnt"), "`Lessons learnt` neither counts nor is named")
}

fn a_workaround_is_shown_or_its_heading_named(seen: &Seen) -> Result<(), String> {
    must(!seen.main("known-errors/KE-1.html")?.contains("There is no workaround"), "it says that there is none")?;
    let html = seen.main("known-errors/KE-1.html")?;
    let answer = html.split("class=\"answer").nth(1).and_then(|rest| rest.split("</section>").next());
    let is_shown = answer.is_some_and(|answer| answer.contains("Lift it by hand"));
    must(is_shown || seen.names("Available workaround"), "neither shown nor is its heading named")
}

fn no_zone_of_another_place(seen: &Seen) -> Result<(), String> {
    let finding = seen.of_code("RB104").next().ok_or("no RB104")?;
    let replacement = &finding["replacement"];
    must(replacement.is_null() || replacement == "America/Los_Angeles", format!("replacement {replacement}"))
}

fn the_help_leads_to_the_key(seen: &Seen) -> Result<(), String> {
    let finding = seen.of_code("RB005").next().ok_or("no RB005")?;
    let first = finding["help"][0].to_string() + &finding["replacement"].to_string();
    must(first.contains("`configuration_items`") && finding["replacement"] != "affects", first)
}

fn words_of_other_tools_are_known(seen: &Seen) -> Result<(), String> {
    let replaced: BTreeSet<(String, String)> = seen
        .of_code("RB102")
        .map(|finding| (finding["path"].to_string(), finding["replacement"].as_str().unwrap_or_default().to_owned()))
        .collect();
    for (file, word) in [("KE-1", "moderate"), ("KE-1", "resolved"), ("G-1", "deployed"), ("G-2", "deployed")] {
        let is_there = replaced.iter().any(|(path, with)| path.contains(file) && with == word);
        must(is_there, format!("no replacement `{word}` in {file}: {replaced:?}"))?;
    }
    Ok(())
}

fn a_version_leads_to_its_release(seen: &Seen) -> Result<(), String> {
    let finding = seen.of_code("RB202").next().ok_or("no RB202")?;
    must(finding["replacement"].as_str().is_some_and(|text| text.contains("G-1")), format!("{finding}"))?;
    must(
        finding.to_string().contains("version of G-1") || finding.to_string().contains("version of `G-1`"),
        format!("{finding}"),
    )
}

fn remnants_are_named(seen: &Seen) -> Result<(), String> {
    let of_file = |finding: &&Value| finding["path"].as_str().is_some_and(|path| path.ends_with("G-1.md"));
    let lines: BTreeSet<u64> =
        seen.findings.iter().filter(of_file).filter_map(|f| f["start"]["line"].as_u64()).collect();
    must(lines.contains(&21), format!("the link that is none (line 21) is not named: {lines:?}"))
}
