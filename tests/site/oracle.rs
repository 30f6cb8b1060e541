//! What the pages and the checks say agrees with an oracle in another language (`oracle/`), which reads nothing but front
//! matter and was written from the definitions in words: figures, known errors by version, overlaps, freezes, maintenance
//! times, next free windows, readiness.
//!
//! `RELBOOK_SITES` says how many generated sites are held against it, by default so many that they take seconds.

use std::path::Path;
use std::process::{Command, Stdio};

use super::harness::{TODAY, root};

const SITES: u32 = 40;

/// Asks the oracle; says so where there is no Python or what it needs.
fn assert_agrees(what: &[&str]) {
    let needed = ["-c", "import tomllib, zoneinfo, yaml, dateutil.rrule; zoneinfo.ZoneInfo('Europe/Amsterdam')"];
    let is_there = Command::new("python3").args(needed).stderr(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        eprintln!(
            "SKIPPED: python3 with PyYAML, dateutil and zones is not at hand, so that no oracle was asked: {what:?}"
        );
        return;
    }
    let script = root().join("tests/site/oracle/oracle.py");
    let mut python = Command::new("python3");
    python
        .arg("-B")
        .arg(script)
        .args([env!("CARGO_BIN_EXE_relbook"), TODAY])
        .args(what)
        .env_remove("SOURCE_DATE_EPOCH");
    let output = python.output().expect("python3 runs");
    let said = [output.stdout, output.stderr].map(|told| String::from_utf8_lossy(&told).into_owned()).concat();
    assert!(output.status.success(), "{said}");
    println!("{said}");
}

#[test]
fn the_example_agrees_with_the_oracle() {
    assert_agrees(&[root().join("content-example").to_str().expect("UTF-8")]);
}

#[test]
fn generated_sites_agree_with_the_oracle() {
    let sites = std::env::var("RELBOOK_SITES").map_or(SITES, |number| number.parse().expect("a number of sites"));
    assert_agrees(&["--seeds", "0", &sites.to_string()]);
}

#[test]
fn a_corpus_agrees_with_the_oracle() {
    match std::env::var_os("RELBOOK_CORPUS") {
        Some(folder) => assert_agrees(&[Path::new(&folder).to_str().expect("UTF-8")]),
        None => eprintln!("SKIPPED: RELBOOK_CORPUS names no folder of records for the oracle"),
    }
}
