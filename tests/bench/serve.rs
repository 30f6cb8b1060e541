//! Measures how long it takes from the save of a record to its changed page as a browser paints it.
//!
//! `cargo bench --bench serve` makes records of its own as the benchmark of builds does, and wants node (`RELBOOK_NODE`) and
//! Chromium (`RELBOOK_CHROMIUM`); without them it says so and measures nothing. Where there is Hugo (`RELBOOK_HUGO`), its
//! server is measured in turn on the same texts, with templates that show a title and a text. `RELBOOK_BENCH_ROUNDS` is
//! how many saves of each kind are measured.
//!
//! Milliseconds are medians. A new body changes the page; a new title whatever names the record; a new date the order of all.

#![allow(clippy::disallowed_methods, reason = "benchmarks measure the world")]

mod records;

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use records::median;

/// What is measured of a server.
struct Measured {
    /// Seconds from the printed address to the first page.
    first: f64,
    /// Megabytes in the end, where the system says so.
    megabytes: Option<f64>,
    /// How many saves the page did not follow.
    missed: u64,
    /// Milliseconds by kind of save.
    saves: BTreeMap<String, f64>,
}

fn main() {
    let Some((node, chromium)) = program("RELBOOK_NODE", "node").zip(program("RELBOOK_CHROMIUM", "chromium")) else {
        eprintln!("SKIPPED: the benchmark of the preview, for there is no node or no Chromium");
        return;
    };
    let hugo = program("RELBOOK_HUGO", "hugo");
    if hugo.is_none() {
        eprintln!("SKIPPED: Hugo beside it, for there is none");
    }
    let rounds = std::env::var("RELBOOK_BENCH_ROUNDS").unwrap_or_else(|_| "20".to_owned());
    let folder = records::folder();
    println!(
        "{:<28} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>7}",
        "site", "server", "first s", "body ms", "title ms", "date ms", "MB", "missed"
    );
    for site in records::sites(&folder) {
        let copy = folder.join("copy");
        copy_folder(&site, &copy);
        let file = a_release(&copy);
        let measure = |kind: &str, of: &Path, page: &str, file: &str, command: &[&str]| {
            let mut child = Command::new(&node);
            child.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/serve.mjs")).arg(&chromium);
            child.args([&rounds, kind]).arg(of).args([page, file]).args(command);
            let output = child.stderr(Stdio::null()).output().expect("node runs");
            let measured = read(&String::from_utf8_lossy(&output.stdout));
            print(&site, kind, measured);
        };
        let relbook = env!("CARGO_BIN_EXE_relbook");
        let text = fs::read_to_string(copy.join(&file)).expect("a release");
        let stem = Path::new(&file).file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap_or(&stem);
        let page = format!("releases/{}.html", relbook::record::address(id));
        let at = copy.to_str().expect("a path of letters");
        measure("relbook", &copy, &page, &file, &[relbook, "serve", at, "--port", "0", "--today", "2026-11-22"]);
        if let Some(hugo) = &hugo {
            let there = folder.join("hugo");
            for kind in ["releases", "changes", "known-errors"] {
                copy_folder(&copy.join(kind), &there.join("content").join(kind));
            }
            prepare_hugo(&there);
            let (program, at) = (hugo.to_str().expect("letters"), there.to_str().expect("letters"));
            let page = format!("releases/{}/", stem.to_lowercase());
            let command = [program, "server", "--source", at, "--renderToMemory", "--port", &free_port()];
            measure("hugo", &there, &page, &format!("content/{file}"), &command);
            fs::remove_dir_all(&there).expect("the copy can be removed");
        }
        fs::remove_dir_all(&copy).expect("the copy can be removed");
    }
    fs::remove_dir_all(&folder).expect("the benchmark's folder can be removed");
}

/// A program by the variable that names it, else by its name.
fn program(variable: &str, name: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from);
    let argument = if name == "hugo" { "version" } else { "--version" };
    Command::new(&named).arg(argument).output().is_ok_and(|output| output.status.success()).then_some(named)
}

/// A port that nobody has at this moment.
fn free_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port().to_string()
}

/// The release in the middle, by its path below the site.
fn a_release(site: &Path) -> String {
    let entries = fs::read_dir(site.join("releases")).expect("a site has releases");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    format!("releases/{}", names[names.len() / 2])
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &to),
            false => _ = fs::copy(entry.path(), to).expect("a file is copied"),
        }
    }
}

/// The least that shows the same texts: a page for each, and a list of each kind in pages.
fn prepare_hugo(site: &Path) {
    let layouts = site.join("layouts/_default");
    fs::create_dir_all(&layouts).expect("a folder");
    let frame = |title: &str, main: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>{main}</body></html>"
        )
    };
    let files = [
        (
            site.join("hugo.toml"),
            "baseURL = \"http://localhost/\"\ntitle = \"Records\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n"
                .to_owned(),
        ),
        (layouts.join("single.html"), frame("{{ .Title }}", "<h1>{{ .Title }}</h1>{{ .Content }}")),
        (
            layouts.join("list.html"),
            frame(
                "{{ .Title }}",
                "<h1>{{ .Title }}</h1>{{ range (.Paginate .Pages 100).Pages }}<p><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></p>{{ end }}",
            ),
        ),
    ];
    for (path, text) in files {
        fs::write(path, text).expect("a file is written");
    }
}

/// What the script has printed.
fn read(line: &str) -> Option<Measured> {
    let told: serde_json::Value = serde_json::from_str(line).ok()?;
    let of_kind = |(kind, values): (&String, &serde_json::Value)| {
        let values: Vec<f64> = values.as_array()?.iter().filter_map(serde_json::Value::as_f64).collect();
        Some((kind.clone(), median(values)))
    };
    let saves = told.as_object()?.iter().filter_map(of_kind).collect();
    let missed = told["missed"].as_u64()?;
    Some(Measured { missed, first: told["first"].as_f64()?, megabytes: told["megabytes"].as_f64(), saves })
}

fn print(site: &Path, server: &str, measured: Option<Measured>) {
    let name = site.file_name().unwrap_or(site.as_os_str()).to_string_lossy();
    let Some(Measured { first, missed, megabytes, saves }) = measured else {
        println!("{name:<28} {server:>9} was not measured: its page did not follow");
        return;
    };
    let of = |kind: &str| saves.get(kind).map_or("-".to_owned(), |value| format!("{value:.0}"));
    let megabytes = megabytes.map_or("-".to_owned(), |megabytes| format!("{megabytes:.0}"));
    println!(
        "{name:<28} {server:>9} {first:>9.3} {:>9} {:>9} {:>9} {megabytes:>8} {missed:>7}",
        of("body"),
        of("title"),
        of("date")
    );
}
