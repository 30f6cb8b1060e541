//! What a person at a terminal sees, word for word, and the exit code.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use super::harness::{TODAY, folder, put, relbook, said};

/// What a run said, with its exit code; paths of the folder are `[folder]`, times are `[time]`.
fn transcript(folder: &Path, arguments: &[&str]) -> String {
    told(folder, &relbook(folder, arguments).output().expect("relbook runs"))
}

fn told(folder: &Path, output: &Output) -> String {
    let mut told = format!("exit {}\n", output.status.code().expect("a code"));
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        if !text.is_empty() {
            told += &format!("-- {name} --\n{text}");
        }
    }
    let folder = fs::canonicalize(folder).expect("a folder");
    let told = told.replace(folder.to_str().expect("UTF-8"), "[folder]");
    let lines = told.lines().map(|line| without_time(line.trim_end()));
    lines.collect::<Vec<_>>().join("\n")
}

/// `… 11 written, 0.3 s` with `[time]` for its last part.
fn without_time(line: &str) -> String {
    match line.rsplit_once(", ") {
        Some((head, time)) if time.strip_suffix(" s").is_some_and(|time| time.parse::<f64>().is_ok()) => {
            format!("{head}, [time]")
        }
        _ => line.to_owned(),
    }
}

fn assert_transcript(folder: &Path, arguments: &[&str], expected: &str) {
    let told = transcript(folder, arguments);
    assert!(
        told == expected.trim(),
        "relbook {}\n\nexpected:\n{}\n\ntold:\n{told}\n",
        arguments.join(" "),
        expected.trim()
    );
}

const ONE: &str = "-- releases/REL-1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n";

#[test]
fn help() {
    let folder = tempfile::tempdir().unwrap();
    assert_transcript(
        folder.path(),
        &["--help"],
        r"
exit 0
-- stdout --
A static documentation site from release records

Teams commit Markdown files with front matter, one for each release, change or known error. relbook
checks them, links them by problem, configuration item and service, and writes a site that any
static host serves.

Exit codes: 0 all is well; 1 the records have errors, or nothing was found; 2 the program could not
run.

Usage: relbook <COMMAND>

Commands:
  build        Build the site from the records
  check        Check the records without building the site
  editions     List the editions, or say what each shows of a record and why
  evidence     Gather what an auditor asks for of some records, or of the work of a period
  explain      Explain a lint, a key of the front matter or a word: what it finds, takes or means
  fmt          Put the front matter of records into one shape
  init         Begin a site: settings, a release, a change and a known error
  list         List the records
  manual       Write the manual as a site of its own, which opens without a server
  new          Make a record: its number, its file, and what its kind is asked for
  notice       Print what to write to customers of a release
  rename       Give a record another id: whatever names it follows
  schema       Print the JSON Schema of the front matter, or of relbook.toml
  search       Search a built site as its search page does
  serve        Preview the site in a browser while its records are written
  show         Show one record: what it says, who names it, what is wrong with it
  status       Tell where a record is, or give it its next status
  verify       Hold a built site against its manifest, or what runs against the records
  completions  Print completions for a shell
  man          Write the manual pages of the program, for man
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version
",
    );
}

#[test]
fn help_of_build() {
    let folder = tempfile::tempdir().unwrap();
    assert_transcript(
        folder.path(),
        &["build", "--help"],
        r"
exit 0
-- stdout --
Build the site from the records

Usage: relbook build [OPTIONS] [DIR]

Arguments:
  [DIR]
          Folder of the site: the one that holds relbook.toml and the record folders

          Without it, the site is where one stands, or in the nearest folder above with a
          relbook.toml.

Options:
      --out <DIR>
          Folder that the site is written to [default: DIR/site, and DIR/site-NAME for an edition]

          It must be empty, absent, or written by relbook before. It is replaced as a whole and only
          when the build has succeeded; files in it that relbook did not write stay.

      --replace
          Write over another edition in the folder that --out names, or over the whole site where an
          edition is built

      --base-url <URL>
          Address where the site will be published, for the sitemap and canonical links

          Takes the place of `base_url` in relbook.toml. Links between pages are relative and do not
          need it.

      --edition <NAME>
          Build the edition with this name in place of the whole site

          An edition holds only what [editions.NAME] in relbook.toml lists, and of that only records
          with `audience: customer`.

      --all-editions
          Build the whole site and every edition, each into its own folder

          The records are read once.

      --drafts
          Take drafts in, which are otherwise left out

      --no-sync
          Leave it to the system when the site comes to disk

          It is quicker, and a power cut in the minute after may leave neither the old site nor the
          new one whole.

      --today <DATE>
          Day that counts as today, as in 2026-11-28 [default: SOURCE_DATE_EPOCH, else the clock]

  -h, --help
          Print help (see a summary with '-h')
",
    );
}

#[test]
fn every_option_says_what_it_does() {
    let folder = tempfile::tempdir().unwrap();
    for command in
        ["build", "check", "explain", "notice", "search", "serve", "verify"].map(|command| [command, "--help"])
    {
        let help = transcript(folder.path(), &command);
        let lines: Vec<&str> = help.lines().chain([""]).collect();
        let options =
            lines.windows(2).filter(|pair| pair[0].trim_start().starts_with('-') && !pair[0].starts_with("--"));
        let mut count = 0;
        for pair in options {
            // The words stand behind the option or under it.
            let words = pair[0].trim_start().split_once("  ").map_or(pair[1], |(_, words)| words);
            assert!(!words.trim().is_empty(), "{} says nothing: {}", command.join(" "), pair[0]);
            count += 1;
        }
        assert!(count > 0, "{help}");
    }
}

#[test]
fn no_command_and_wrong_values() {
    let folder = tempfile::tempdir().unwrap();
    assert!(transcript(folder.path(), &[]).starts_with("exit 2\n-- stderr --\n"));
    assert_transcript(
        folder.path(),
        &["build", "--today", "2026-02-30"],
        r"
exit 2
-- stderr --
error: invalid value '2026-02-30' for '--today <DATE>': parsed date is not valid: parameter 'day' for `2026-02` is invalid, must be in range `1..=28`

For more information, try '--help'.
",
    );
    assert_transcript(
        folder.path(),
        &["build", "--base-url", "ftp://releases.example.com/"],
        "exit 2\n-- stderr --\nerror: invalid value 'ftp://releases.example.com/' for '--base-url <URL>': it does not begin with `https://` or `http://`; write one such as https://releases.example.com/\n\nFor more information, try '--help'.",
    );
    let mut command = relbook(folder.path(), &["build"]);
    let output = command.env("SOURCE_DATE_EPOCH", "tomorrow").output().unwrap();
    assert_eq!(
        told(folder.path(), &output),
        "exit 2\n-- stderr --\nerror: SOURCE_DATE_EPOCH takes seconds since 1970, and is `tomorrow`"
    );
}

#[test]
fn folders_that_are_no_sites() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_transcript(
        folder.path(),
        &["build", "nowhere"],
        "exit 2\n-- stderr --\nerror: there is no folder nowhere: name the folder that holds relbook.toml",
    );
    assert_transcript(
        folder.path(),
        &["build", "empty"],
        "exit 2\n-- stderr --\nerror: empty holds no records: expected a folder such as `releases`, `changes` or `known-errors` in it",
    );
}

#[test]
fn output_folders_that_are_refused() {
    let folder = folder(&ONE.replace("releases/", "records/releases/"));
    put(folder.path(), "foreign/thesis.doc", b"x");
    put(folder.path(), "repository/.git/HEAD", b"x");
    put(folder.path(), "file", b"x");
    for (out, expected) in [
        (
            "foreign",
            "the output folder [folder]/foreign holds files that relbook did not write, such as thesis.doc: name another folder, or empty this one",
        ),
        (
            "records",
            "the output folder [folder]/records is the site's own folder or holds it: name a folder of its own for the output, such as \"site\"",
        ),
        (
            "repository",
            "the output folder [folder]/repository is a git repository: relbook replaces the folder as a whole, so name another one and copy the site over",
        ),
        ("file", "[folder]/file is not a folder: name another output folder"),
    ] {
        let before = super::harness::tree(folder.path());
        let told = transcript(folder.path(), &["build", "records", "--out", out]);
        assert_eq!(told, format!("exit 2\n-- stderr --\nerror: {expected}"));
        assert_eq!(before, super::harness::tree(folder.path()), "{out}: nothing was touched");
    }
}

#[test]
fn a_folder_that_may_not_be_written() {
    let folder = folder(&ONE.replace("releases/", "records/releases/"));
    let parent = folder.path().join("read-only");
    fs::create_dir(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(parent.join("probe"), "").is_ok() {
        eprintln!("SKIPPED: a_folder_that_may_not_be_written, for this account may write everywhere");
        return;
    }
    let told = transcript(folder.path(), &["build", "records", "--out", "read-only/site"]);
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(told.starts_with("exit 2\n-- stderr --\nerror: "), "{told}");
    assert!(told.contains("[folder]/read-only"), "{told}");
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 0);
}

#[test]
fn editions_that_are_not_there() {
    let folder = folder(ONE);
    let arguments = ["build", "--today", TODAY, "--edition", "customers"];
    assert_transcript(
        folder.path(),
        &arguments,
        "exit 2\n-- stderr --\nerror: there is no edition `customers`: add a table [editions.customers] to relbook.toml",
    );
    put(folder.path(), "relbook.toml", b"[editions.partner]\n[editions.customer]\n");
    assert_transcript(
        folder.path(),
        &arguments,
        "exit 2\n-- stderr --\nerror: there is no edition `customers`; relbook.toml has: customer, partner",
    );
}

#[test]
fn a_clean_build_is_one_line() {
    let folder = folder(ONE);
    put(folder.path(), "relbook.toml", b"base_url = \"https://releases.example/\"\n");
    let arguments = ["build", "--today", TODAY];
    let known =
        |request: &mut relbook::pipeline::Request| request.base_url = Some("https://releases.example/".to_owned());
    let files = super::harness::site_with(ONE, known).tree().len();
    let expected = |written: usize| format!("exit 0\n-- stderr --\n1 record, 8 pages, {written} written, [time]");
    assert_transcript(folder.path(), &arguments, &expected(files));
    assert_transcript(folder.path(), &arguments, &expected(0));
    put(
        folder.path(),
        "releases/REL-1.md",
        b"---\ntitle: One\nconfiguration_items: [depot]\nrelease_type: minor\n---\n",
    );
    let told = transcript(folder.path(), &arguments);
    assert!(
        told.starts_with("exit 0\n-- stderr --\n1 record, 8 pages, ") && told.ends_with(" removed, [time]"),
        "{told}"
    );
}

#[test]
fn a_warning() {
    let folder = folder(ONE);
    assert_eq!(relbook(folder.path(), &["build", "--today", TODAY]).status().unwrap().code(), Some(0));
    put(folder.path(), "releases/REL-2.md", b"---\ntitle: Two\nrelease_type: minor\n---\n");
    let told = transcript(folder.path(), &["build", "--today", TODAY]);
    let expected = r"
exit 0
-- stderr --
warning[RB207 no-configuration-item]: a release names no configuration item
  ╭▸ releases/REL-2.md:1:1
  │
1 │ ---
  │ ━━━
  │
  ╰ help: add `configuration_items: [...]`: without it, nobody sees what the work collides with

1 warning
note: no feed is written, for the site does not know its own address: set `base_url`
2 records, 11 pages, ";
    assert!(told.starts_with(expected.trim_start()), "{told}");
}

#[test]
fn errors_in_full() {
    let folder = folder(
        r#"
-- releases/REL-1.md --
---
title: One
status: shceduled
configration_items: [shop]
changes: [CHG-1]
release_type: emergency
incidents_fixed: [INC-1]
---
-- changes/CHG-2.md --
---
title: Two
configuration_items: [shop]
change_type: normal
---
-- changes/a/chg-2.md --
---
title: Two again
configuration_items: [shop]
change_type: normal
---
"#,
    );
    assert_transcript(
        folder.path(),
        &["build", "--today", TODAY],
        r"
exit 1
-- stderr --
error[RB201 duplicate-id]: the id `chg-2` of a change is taken
  ╭▸ changes/a/chg-2.md:1:1
  │
1 │ ---
  │ ━━━ taken again by this record
  │
  ⸬  changes/CHG-2.md:1:1
  │
1 │ ---
  │ ─── first taken here
  │
  ╰ help: ids are compared without regard to case, and by the address that they make; give one of the two another id

error[RB102 unknown-value]: `shceduled` is no value of `status`
  ╭▸ releases/REL-1.md:3:9
  │
3 │ status: shceduled
  │         ━━━━━━━━━ not a value of `status`
  │
  ╰ help: allowed: draft, assessment, approved, scheduled, in-progress, deployed, rolled-back, closed, cancelled, new, assess, authorize, implement, review, canceled
help: write this instead
  ╭╴
3 - status: shceduled
3 + status: scheduled
  ╰╴

warning[RB301 plan-incomplete]: the plan lacks: description, initiator, business case and planned date
  ╭▸ releases/REL-1.md:3:9
  │
3 │ status: shceduled
  │         ━━━━━━━━━ an emergency release in this status wants them
  │
  ├ help: add to the front matter: `initiator` and `planned_date`
  ├ help: add to the body, with a text under each: `## Description` and `## Business case`
  ╰ help: or take the status back to one that does not want it yet

warning[RB304 not-approved]: this is `scheduled`, and nobody has approved it
  ╭▸ releases/REL-1.md:3:9
  │
3 │ status: shceduled
  │         ━━━━━━━━━ an approval is wanted
  │
  ╰ help: add `approvals: [{role: …, by: …, on: …, decision: approved}]`, or take the status back to `approved`

error[RB005 unknown-field]: a release has no key `configration_items`
  ╭▸ releases/REL-1.md:4:1
  │
4 │ configration_items: [shop]
  │ ━━━━━━━━━━━━━━━━━━ unknown key
  │
  ├ help: did you mean `configuration_items`?
  ╰ help: a field of your organisation's own goes under `extra:`
help: write this instead
  ╭╴
4 │ configuration_items: [shop]
  ╰╴      +

error[RB202 unknown-reference]: change `CHG-1` does not exist
  ╭▸ releases/REL-1.md:5:11
  │
5 │ changes: [CHG-1]
  │           ━━━━━ no change has this id
  │
  ╰ help: correct the id, or commit the record in the same change

4 errors, 2 warnings
nothing was written; the site is as it was
",
    );
}

#[test]
fn nothing_that_a_terminal_would_obey_is_printed() {
    let folder = folder(
        r#"
-- releases/REL-1.md --
---
title: "a\e[31mred\e]0;owned\a"
"\e[31mkey\a": 1
owner: "\e]0;x\a"
configuration_items: "\e[31mx\a"
status: "\e[31mx\a"
changes: ["\e[31mCHG\a"]
---
"#,
    );
    assert_obeys_nothing(folder.path());
}

#[test]
fn a_silencer_without_a_reason_is_printed_harmlessly() {
    let folder = folder("-- releases/REL-1.md --\n---\ntitle: One\nallow: {\"\\e]0;owned\\a\": \"\"}\n---\n");
    assert_obeys_nothing(folder.path());
}

#[test]
fn a_files_name_is_printed_harmlessly() {
    let folder = folder("-- releases/\u{1b}]0;owned\u{7}.md --\n---\ntitle: One\n---\n");
    assert_obeys_nothing(folder.path());
}

/// Builds with colours: only those of the program itself may be in what it prints.
fn assert_obeys_nothing(folder: &Path) {
    let mut command = relbook(folder, &["build", "--today", TODAY]);
    let output = command.env("CLICOLOR_FORCE", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    assert!(text.contains("\u{1b}["), "colours were asked for");
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|letter: char| letter.is_control() && letter != '\n') {
        let colour = rest[at..].strip_prefix("\u{1b}[").and_then(|sequence| sequence.split_once('m'));
        let is_colour = colour.is_some_and(|(numbers, _)| {
            matches!(numbers, "0" | "1") || (numbers.len() == 2 && numbers.starts_with('9')) || numbers == "33"
        });
        assert!(is_colour, "{:?}", rest[at.saturating_sub(40)..].chars().take(80).collect::<String>());
        rest = &rest[at + 1..];
    }
}

#[test]
fn a_check_says_what_it_found() {
    let folder = folder(ONE);
    let arguments = ["check", "--today", TODAY, "--profile", "records"];
    assert_transcript(folder.path(), &arguments, "exit 0\n-- stderr --\n1 record checked");
    put(folder.path(), "releases/REL-2.md", b"---\ntitle: Two\nconfiguration_items: [shop]\nowners: x\n---\n");
    assert_transcript(
        folder.path(),
        &arguments,
        r"
exit 1
-- stdout --
error[RB005 unknown-field]: a release has no key `owners`
  ╭▸ releases/REL-2.md:4:1
  │
4 │ owners: x
  │ ━━━━━━ unknown key
  │
  ├ help: did you mean `owner`?
  ╰ help: a field of your organisation's own goes under `extra:`
help: write this instead
  ╭╴
4 - owners: x
4 + owner: x
  ╰╴

1 error
-- stderr --
2 records checked
",
    );
    assert_eq!(
        transcript(folder.path(), &[&arguments[..], &["--format", "short"]].concat()),
        "exit 1\n-- stdout --\nreleases/REL-2.md:4:1: error[RB005 unknown-field] a release has no key `owners`\n\
         -- stderr --\n2 records checked"
    );
    assert!(!folder.path().join("site").exists(), "a check writes nothing");
}

#[test]
fn people_are_shown_the_first_findings_of_each_lint() {
    let folder = folder(ONE);
    for number in 0..54 {
        put(
            folder.path(),
            &format!("changes/CHG-{number}.md"),
            b"---\ntitle: Two\nconfiguration_items: [x]\nowners: x\n---\n",
        );
    }
    let some = transcript(folder.path(), &["check", "--today", TODAY, "--profile", "records"]);
    assert_eq!(some.matches("error[RB005 unknown-field]").count(), 20);
    assert!(some.contains("\nand 34 more RB005 unknown-field\n54 errors\n"), "{some}");
    let all = transcript(folder.path(), &["check", "--today", TODAY, "--profile", "records", "--all"]);
    assert_eq!((all.matches("error[RB005 unknown-field]").count(), all.contains("more RB005")), (54, false));
}

#[test]
fn every_lint_is_listed_with_its_level() {
    let folder = folder("-- relbook.toml --\n[lints]\nRB301 = \"error\"\nbroken-link = \"off\"\n");
    let levels = |arguments: &[&str]| -> Vec<(String, String)> {
        let told = transcript(folder.path(), &[&["check", "--list"], arguments].concat());
        let lines = told.strip_prefix("exit 0\n-- stdout --\n").expect("a list").lines();
        let cells = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
        cells.map(|cells| (cells[0].to_owned(), cells[2].to_owned())).collect()
    };
    let of = |levels: &[(String, String)], code: &str| levels.iter().find(|(of, _)| of == code).unwrap().1.clone();
    for (arguments, expected) in [
        (&[][..], ["error", "off", "warn", "error"]),
        (&["--profile", "records"], ["error", "off", "off", "error"]),
        (&["--profile", "strict"], ["error", "off", "error", "error"]),
    ] {
        let levels = levels(arguments);
        assert_eq!(levels.len(), relbook::lints::ALL.len());
        assert_eq!(["RB301", "RB206", "RB303", "RB001"].map(|code| of(&levels, code)), expected, "{arguments:?}");
    }
}

#[test]
fn a_lint_is_explained_by_code_or_name() {
    let folder = tempfile::tempdir().unwrap();
    let told = transcript(folder.path(), &["explain", "rb316"]);
    assert_eq!(told, transcript(folder.path(), &["explain", "deleted-record"]));
    let expected =
        "exit 0\n-- stdout --\nRB316 deleted-record\n\nA release, change, known error or problem that was there";
    assert!(told.starts_with(expected), "{told}");
    for expected in
        ["\nWhy it matters\n", "\n    problems/PRB-7.md at REVISION\n    ---\n    title: Totals are a cent off\n"]
    {
        assert!(told.contains(expected), "{expected} is not in {told}");
    }
    assert!(!told.contains("```") && !told.contains("## "), "{told}");
    assert_transcript(
        folder.path(),
        &["explain", "deleted-recrod"],
        "exit 2\n-- stderr --\nerror: there is no lint, key or word `deleted-recrod`; did you mean `deleted-record`?",
    );
}
