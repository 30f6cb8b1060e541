//! A full or closed output never aborts the program: the exit code tells the truth of the run, and what could not be
//! delivered is a sentence.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::harness::{TODAY, folder, program, put, relbook, run_build};

/// What is run in which folder; `good` is a site without faults and `faulty` one with, both built before, `broken` a site
/// whose built files were changed. A line more is a case more.
const RUNS: &[(&str, &[&str])] = &[
    ("good", &["build", "--today", TODAY]),
    ("faulty", &["build", "--today", TODAY]),
    ("good", &["build", "--edition", "nobody"]),
    ("good", &["build", "--base-url", "nowhere"]),
    ("nowhere", &["build"]),
    ("good", &["check", "--today", TODAY]),
    ("faulty", &["check", "--today", TODAY]),
    ("faulty", &["check", "--today", TODAY, "--all"]),
    ("faulty", &["check", "--today", TODAY, "--format", "human"]),
    ("faulty", &["check", "--today", TODAY, "--format", "short"]),
    ("faulty", &["check", "--today", TODAY, "--format", "json"]),
    ("faulty", &["check", "--today", TODAY, "--format", "sarif"]),
    ("faulty", &["check", "--today", TODAY, "--format", "github"]),
    ("faulty", &["check", "--today", TODAY, "--format", "gitlab"]),
    ("faulty", &["check", "--today", TODAY, "--format", "junit"]),
    ("faulty", &["check", "--today", TODAY, "--format", "json", "--output", "../report.json"]),
    ("good", &["check", "--today", TODAY, "--format", "json", "--output", "/dev/full"]),
    ("good", &["check", "--today", TODAY, "--format", "junit"]),
    ("good", &["check", "--list"]),
    ("good", &["check", "--since", "nowhere"]),
    ("good", &["explain", "RB302"]),
    ("good", &["explain", "RB999"]),
    ("good", &["notice", "REL-1"]),
    ("good", &["notice", "REL-9"]),
    ("faulty", &["notice", "REL-1"]),
    ("good", &["search", "first"]),
    ("good", &["search", "unheardof"]),
    ("nowhere", &["search", "first"]),
    ("good", &["verify", "site"]),
    ("broken", &["verify", "site"]),
    ("good", &["verify", "releases"]),
    ("good", &["--help"]),
    ("good", &["--version"]),
    ("good", &["help", "check"]),
    ("good", &["build", "--help"]),
    ("good", &["build", "-h"]),
    ("good", &["bild"]),
    ("good", &["check", "--profile", "lax"]),
    ("good", &[]),
];

/// Where an output goes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sink {
    Read,
    Full,
    Closed,
    Gone,
}

fn sites() -> tempfile::TempDir {
    let root = folder(
        r#"
-- good/releases/REL-1.md --
---
title: The first
status: scheduled
audience: customer
service: Shop
configuration_items: [shop]
windows: [{start: "2026-11-28T22:00", end: "2026-11-29T02:00"}]
---
-- faulty/releases/REL-1.md --
---
titel: The first
status: shceduled
configuration_items: [shop]
---
-- broken/releases/REL-1.md --
---
title: The first
configuration_items: [shop]
---
"#,
    );
    std::fs::create_dir(root.path().join("nowhere")).unwrap();
    for site in ["good", "broken"] {
        assert_eq!(run_build(&root.path().join(site), &[]).status.code(), Some(0));
    }
    put(&root.path().join("broken/site"), "index.html", b"changed");
    root
}

fn stdio(sink: Sink) -> Stdio {
    match sink {
        Sink::Read => Stdio::piped(),
        Sink::Full => File::options().write(true).open("/dev/full").unwrap().into(),
        Sink::Gone => std::io::pipe().unwrap().1.into(),
        // The shell closes it.
        Sink::Closed => Stdio::null(),
    }
}

fn run(folder: &Path, arguments: &[&str], out: Sink, errors: Sink) -> Output {
    let mut command = relbook(folder, arguments);
    if out == Sink::Closed || errors == Sink::Closed {
        let plain = command;
        let closing =
            [(out, ">&-"), (errors, "2>&-")].map(|(sink, close)| if sink == Sink::Closed { close } else { "" });
        command = Command::new("sh");
        command.current_dir(folder).arg("-c").arg(format!("exec \"$0\" \"$@\" {}", closing.join(" ")));
        command.arg(plain.get_program()).args(plain.get_args());
    }
    command.stdin(Stdio::null()).stdout(stdio(out)).stderr(stdio(errors)).output().unwrap()
}

#[test]
fn every_verb_survives_a_full_and_a_closed_output() {
    let root = sites();
    let mut wrong = Vec::new();
    for (site, arguments) in RUNS {
        let at = root.path().join(site);
        let plain = run(&at, arguments, Sink::Read, Sink::Read);
        let code = plain.status.code();
        assert!(code.is_some_and(|code| code <= 2), "{site} {arguments:?}: {plain:?}");
        for (out, errors) in [
            (Sink::Full, Sink::Read),
            (Sink::Closed, Sink::Read),
            (Sink::Gone, Sink::Read),
            (Sink::Read, Sink::Full),
            (Sink::Read, Sink::Closed),
            (Sink::Read, Sink::Gone),
            (Sink::Full, Sink::Full),
            (Sink::Gone, Sink::Gone),
            (Sink::Closed, Sink::Closed),
        ] {
            let is_lost = out == Sink::Full && !plain.stdout.is_empty();
            let expected = if is_lost { Some(2) } else { code };
            let told = run(&at, arguments, out, errors);
            let says = String::from_utf8_lossy(&told.stderr).into_owned();
            let is_told = errors != Sink::Read || says.contains("cannot print all of it to standard output") == is_lost;
            if told.status.code() != expected || !is_told {
                wrong.push(format!(
                    "{site} {arguments:?} to {out:?} and {errors:?}: {:?}, not {expected:?}\n{says}",
                    told.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A reader that goes after the first lines, which are right.
#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let root = sites();
    let (mut reader, writer) = std::io::pipe().unwrap();
    let mut child = relbook(&root.path().join("good"), &["check", "--list"]).stdout(writer).spawn().unwrap();
    let mut first = [0; 5];
    reader.read_exact(&mut first).unwrap();
    drop(reader);
    assert_eq!((&first, child.wait().unwrap().code()), (b"RB001", Some(0)));
}

/// No thread can be started: `prlimit` forbids it, and `setpriv` takes from root the right not to care.
#[test]
fn a_limit_of_threads_is_a_sentence() {
    let (Some(setpriv), Some(prlimit)) = (program("RELBOOK_SETPRIV", "setpriv"), program("RELBOOK_PRLIMIT", "prlimit"))
    else {
        eprintln!("SKIPPED: the limit of threads, for there is no setpriv or no prlimit");
        return;
    };
    let root = sites();
    let binary = root.path().join("relbook");
    std::fs::copy(env!("CARGO_BIN_EXE_relbook"), &binary).unwrap();
    let open = Command::new("chmod").args(["-R", "a+rwX"]).arg(root.path()).status().unwrap();
    assert!(open.success());
    let is_root = String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0";
    for arguments in [&["build"][..], &["check"], &["notice", "REL-1"]] {
        let mut command = match is_root {
            true => Command::new(&setpriv),
            false => Command::new(&prlimit),
        };
        if is_root {
            command.args(["--reuid", "65534", "--clear-groups"]).arg(&prlimit);
        }
        let output = command
            .arg("--nproc=1")
            .arg(&binary)
            .args(arguments)
            .current_dir(root.path().join("good"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("error: cannot start the threads to work with"), "{said}");
    }
    for arguments in [&["search", "first"][..], &["verify", "site"], &["explain", "RB001"]] {
        let output = relbook(&root.path().join("good"), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} wants no threads");
    }
}

#[test]
fn one_place_prints() {
    let src = super::harness::root().join("src");
    for (path, bytes) in
        super::harness::tree(&src).into_iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/tests"))
    {
        let text = String::from_utf8(bytes).unwrap();
        let prints = ["println!(", "eprint!(", " print!(", "anstream::std", "io::stdout()"];
        let found = prints.iter().find(|print| text.contains(**print));
        assert!(found.is_none() || path == "commands/speech.rs", "{path}: {found:?}: use `print` and `say`");
    }
}
