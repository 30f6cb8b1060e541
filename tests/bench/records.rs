//! Records for benchmarks, and where they go.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A new folder for a benchmark: below the one that `RELBOOK_BENCH_FOLDER` names, else in memory, else where temporary
/// files go.
pub(crate) fn folder() -> PathBuf {
    let folder = match std::env::var_os("RELBOOK_BENCH_FOLDER") {
        Some(folder) => PathBuf::from(folder),
        None if Path::new("/dev/shm").is_dir() => PathBuf::from("/dev/shm"),
        None => std::env::temp_dir(),
    }
    .join(format!("relbook-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the benchmark");
    folder
}

/// The sites that `RELBOOK_BENCH_SITES` names, else generated ones of 1,000 and 10,000 records, and of 100,000 with
/// `RELBOOK_BENCH_FULL`.
pub(crate) fn sites(folder: &Path) -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os("RELBOOK_BENCH_SITES") {
        return std::env::split_paths(&named).collect();
    }
    let mut counts = vec![1_000, 10_000];
    if std::env::var_os("RELBOOK_BENCH_FULL").is_some() {
        counts.push(100_000);
    }
    counts
        .into_iter()
        .map(|count| {
            let site = folder.join(format!("records-{count}"));
            generate(&site, count);
            site
        })
        .collect()
}

/// The one in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Writes a site of `count` records: one part releases, three parts changes, one part known errors.
fn generate(site: &Path, count: usize) {
    let releases = count / 5;
    for folder in ["releases", "changes", "known-errors"] {
        fs::create_dir_all(site.join(folder)).expect("a folder for records");
    }
    let write = |path: String, text: String| fs::write(site.join(path), text).expect("a record is written");
    for number in 1..=releases {
        let (service, item) = (number % 40, number % 97);
        let (year, month, day) = (2020 + number % 7, 1 + number % 12, 1 + number % 28);
        let date = format!("{year}-{month:02}-{day:02}");
        write(
            format!("releases/REL-{number:06}.md"),
            format!(
                "---\ntitle: Release {number} of service {service}\nstatus: closed\nversion: \"{number}.0\"\nservice: Service {service}\nplanned_date: {date}\nwindows:\n  - {{start: {date}T20:00, end: {date}T22:00, time_zone: UTC, outcome: deployed}}\nchanges: [CHG-{a:06}, CHG-{b:06}, CHG-{c:06}]\nproblems: [PRB-{problem:05}]\nconfiguration_items: [item-{item}, base-{service}]\n---\n\n## Description\n\n{text}\n\n## Rollback plan\n\n{text}\n\n1. Stop item-{item}.\n2. Start the release before it.\n\n| Check | Expected |\n| --- | --- |\n| latency | < 200 ms |\n\n## Test plan\n\n{text}\n",
                a = 3 * number - 2,
                b = 3 * number - 1,
                c = 3 * number,
                problem = number % (1 + releases / 3),
                text = prose(number, 40),
            ),
        );
        for change in 3 * number - 2..=3 * number {
            write(
                format!("changes/CHG-{change:06}.md"),
                format!(
                    "---\ntitle: Change {change} on item {item}\nstatus: closed\nchange_type: normal\nplanned_date: {date}\nconfiguration_items: [item-{item}]\n---\n\n## Description\n\n{}\n\nDelivered with [REL-{number:06}](../releases/REL-{number:06}.md).\n",
                    prose(change, 60)
                ),
            );
        }
        write(
            format!("known-errors/KE-{number:06}.md"),
            format!(
                "---\ntitle: Known error {number}\nstatus: confirmed\nservice: Service {service}\ndetected: {date}\nintroduced_in: [REL-{number:06}]\nconfiguration_items: [item-{item}]\nproblems: [PRB-{:05}]\n---\n\n## Symptoms\n\n{}\n\n## Workaround\n\n{}\n",
                number % (1 + releases / 3),
                prose(number, 30),
                prose(number + 7, 20)
            ),
        );
    }
}

/// Some words that depend on nothing but `seed`.
fn prose(seed: usize, words: usize) -> String {
    const WORDS: &[&str] = &[
        "drain", "the", "queue", "before", "replica", "is", "switched", "over", "and", "check", "that", "every",
        "posting", "balances", "within", "minutes", "of", "restart", "ledger", "snapshot",
    ];
    let mut text = String::new();
    let mut state = seed as u64 + 1;
    for _ in 0..words {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        write!(text, "{} ", WORDS[(state >> 33) as usize % WORDS.len()]).expect("a string takes text");
    }
    text
}
