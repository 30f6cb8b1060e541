//! Measures whole builds: against a plain copy of what they write, against builds of a tenth of the records, and against
//! what the rules of the process take, which is a check with them less a check without.
//!
//! `cargo bench --bench build` makes records of its own, 1,000 and 10,000 (and 100,000 with `RELBOOK_BENCH_FULL=1`). With
//! `RELBOOK_BENCH_SITES` naming site folders, separated by `:` and each ten times the one before, it measures those.
//! `RELBOOK_BENCH_FOLDER` names where the sites go; a folder in memory keeps the disk out of the figures.
//!
//! Every figure is a ratio of two things measured in turn in the same run, the median of the pairs; seconds and
//! megabytes stand beside it for orientation.

#![allow(clippy::disallowed_methods, reason = "benchmarks measure the world")]

mod records;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use relbook::diag::Profile;
use relbook::pipeline::{self, CheckRequest, Request};

use records::median;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PAIRS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--child") {
        let site = Path::new(&arguments[at + 2]);
        return match arguments[at + 1].as_str() {
            "records" => child_check(site, Profile::Records),
            "strict" => child_check(site, Profile::Strict),
            out => child(site, Path::new(out)),
        };
    }
    let folder = records::folder();
    let sites = records::sites(&folder);
    println!(
        "{:<28} {:>9} {:>8} {:>11} {:>8} {:>9} {:>9}",
        "site", "build/cp", "again/cp", "rules/build", "seconds", "MB", "files"
    );
    let mut seconds = Vec::new();
    for site in &sites {
        seconds.push(against_copy(site, &folder));
    }
    for (pair, names) in seconds.windows(2).zip(sites.windows(2)) {
        let ratio = pair[1] / pair[0];
        println!("{} costs {ratio:.2} times {}", names[1].display(), names[0].display());
    }
    fs::remove_dir_all(&folder).expect("the benchmark's folder can be removed");
}

/// Builds a site and copies the result, in turn; prints the ratios, and gives the median seconds of a build.
fn against_copy(site: &Path, folder: &Path) -> f64 {
    let (out, copy) = (folder.join("out"), folder.join("copy"));
    let (mut builds, mut copies, mut again, mut rules, mut memory) = (vec![], vec![], vec![], vec![], 0);
    for _ in 0..PAIRS {
        let (seconds, peak) = run(&[out.as_os_str(), site.as_os_str()]);
        builds.push(seconds);
        memory = memory.max(peak);
        again.push(run(&[out.as_os_str(), site.as_os_str()]).0);
        let check = |profile: &str| run(&[profile.as_ref(), site.as_os_str()]).0;
        rules.push((check("strict") - check("records")) / seconds);
        let started = Instant::now();
        let copied = Command::new("cp").arg("-r").arg(&out).arg(&copy).status();
        copies.push(started.elapsed().as_secs_f64());
        assert!(copied.is_ok_and(|status| status.success()), "cp -r works");
        fs::remove_dir_all(&copy).expect("the copy can be removed");
        if copies.len() < PAIRS {
            fs::remove_dir_all(&out).expect("the site can be removed");
        }
    }
    let ratios = |times: &[f64]| median(times.iter().zip(&copies).map(|(time, copy)| time / copy).collect());
    let files = fs::read_to_string(out.join(".relbook/manifest")).map_or(0, |manifest| manifest.lines().count());
    println!(
        "{:<28} {:>9.2} {:>8.2} {:>11.2} {:>8.2} {:>9} {:>9}",
        site.file_name().unwrap_or_default().to_string_lossy(),
        ratios(&builds),
        ratios(&again),
        median(rules),
        median(builds.clone()),
        memory / 1000,
        files
    );
    fs::remove_dir_all(&out).expect("the site can be removed");
    median(builds)
}

/// One build or check in a process of its own: its seconds, and its peak memory in kilobytes.
fn run(arguments: &[&OsStr]) -> (f64, u64) {
    let program = std::env::current_exe().expect("the benchmark knows its own program");
    let output = Command::new(program).arg("--child").args(arguments).output().expect("a child process starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut words = text.split_whitespace();
    let seconds = words.next().and_then(|word| word.parse().ok());
    let memory = words.next().and_then(|word| word.parse().ok());
    match (seconds, memory) {
        (Some(seconds), Some(memory)) => (seconds, memory),
        _ => panic!("{arguments:?} failed: {text}{}", String::from_utf8_lossy(&output.stderr)),
    }
}

fn child(site: &Path, out: &Path) {
    let request = Request {
        folder: site.to_owned(),
        out: Some(out.to_owned()),
        may_replace: false,
        base_url: None,
        edition: None,
        with_drafts: false,
        is_unsynced: true,
        today: jiff::civil::date(2026, 11, 22),
    };
    let started = Instant::now();
    let built = pipeline::build(&request, &|_, _| ()).expect("the build runs");
    assert!(built.written.is_some(), "the records have no errors");
    println!("{} {}", started.elapsed().as_secs_f64(), peak_memory());
}

fn child_check(site: &Path, profile: Profile) {
    let today = jiff::civil::date(2026, 11, 22);
    let request = CheckRequest { folder: site.to_owned(), profile: Some(profile), today, ..CheckRequest::default() };
    let started = Instant::now();
    pipeline::check(&request).expect("the check runs");
    println!("{} {}", started.elapsed().as_secs_f64(), peak_memory());
}

/// The process's largest resident size so far in kilobytes (Linux; 0 elsewhere).
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
