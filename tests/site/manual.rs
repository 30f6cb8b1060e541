//! The manual: all that is declared is in it, its commands run, its links lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use relbook::lints;
use relbook::manual::{chapters, keys};
use relbook::record::{Defaults, Kind, read};
use relbook::source::{Source, SourceId};

use super::harness::{relbook, said, tree};
use super::html::{Token, attribute, tokens};

fn manual() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = relbook(folder.path(), &["manual", "--out", "manual"]).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    folder
}

#[test]
fn every_key_lint_and_command_is_in_it() {
    let folder = manual();
    let page = |name: &str| fs::read_to_string(folder.path().join(format!("manual/pages/{name}.html"))).unwrap();
    let (of_keys, of_lints, of_commands) =
        (page("reference-keys"), page("reference-lints"), page("reference-commands"));
    for of in keys() {
        assert!(of_keys.contains(&format!(">{}</", of.path)), "{}", of.path);
    }
    for lint in lints::ALL {
        assert!(of_lints.contains(&format!(">{} {}</", lint.code, lint.name)), "{}", lint.code);
    }
    let help = relbook(folder.path(), &["--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).unwrap();
    let verbs: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(verbs.len() > 15, "{verbs:?}");
    for verb in verbs.into_iter().filter(|verb| *verb != "help") {
        assert!(of_commands.contains(&format!(">relbook {verb}</")), "{verb}");
    }
}

#[test]
fn every_setting_is_in_it() {
    let settings = &chapters(&[], &[]).into_iter().find(|of| of.name == "settings").unwrap().text;
    let code: String = tree(&super::harness::root().join("src/config"))
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap().split("#[cfg(test)]").next().unwrap().to_owned())
        .collect();
    let readers =
        ["text(\"", "map(\"", "maps(\"", "flag(\"", "url(\"", "texts(\"", "terms(\"", "term(\"", "time_zone(\""];
    let names: BTreeSet<&str> = readers
        .iter()
        .flat_map(|reader| code.match_indices(reader).map(|(at, _)| &code[at + reader.len()..]))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(names.contains("edit_url") && names.contains("pattern"), "{names:?}");
    let missing: Vec<&&str> = names.iter().filter(|name| !settings.contains(**name)).collect();
    assert!(missing.is_empty(), "settings that no chapter tells of: {missing:?}");
}

#[test]
fn its_links_lead_somewhere() {
    let folder = manual();
    let root = folder.path().join("manual");
    let files = tree(&root);
    let mut count = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        for (_, token) in tokens(&html) {
            let Token::Start(name, attributes) = token else { continue };
            let Some(href) = attribute(&attributes, "href").filter(|_| name == "a") else { continue };
            if href.contains("://") {
                continue;
            }
            let (to, fragment) = href.split_once('#').unwrap_or((href, ""));
            let above = Path::new(path).parent().unwrap_or(Path::new(""));
            let at = match to.strip_prefix('/') {
                Some(below) => root.join(below),
                None if to.is_empty() => root.join(path),
                None => root.join(above).join(to),
            };
            let text = fs::read_to_string(&at).unwrap_or_else(|error| panic!("{path}: {href}: {error}"));
            assert!(fragment.is_empty() || text.contains(&format!("id=\"{fragment}\"")), "{path}: {href}");
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

/// The lines of a chapter that are typed, without the sign before them.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("```console\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("$ ")).collect()
}

/// Words as a shell takes them apart, with double quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

#[test]
fn its_commands_run() {
    let mut count = 0;
    for chapter in chapters(&[], &[]) {
        let lines = commands(&chapter.text);
        if lines.is_empty() {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let run = |line: &str| {
            let words = words(line.strip_prefix("relbook ").expect("a command of the program"));
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut command = relbook(folder.path(), &words);
            command.current_dir(folder.path()).env("SOURCE_DATE_EPOCH", "1795996800").output().unwrap()
        };
        if !lines.contains(&"relbook init") {
            assert!(run("relbook init").status.success());
        }
        for line in lines {
            let output = run(line);
            // What would change is what `fmt --check` is there to say.
            let is_right =
                output.status.success() || (line.starts_with("relbook fmt --") && output.status.code() == Some(1));
            assert!(is_right, "{}: {line}: {}", chapter.name, said(&output));
            count += 1;
        }
    }
    assert!(count > 20, "{count}");
}

#[test]
fn its_records_are_read_without_a_finding() {
    let mut count = 0;
    for chapter in chapters(&[], &[]) {
        for block in chapter.text.split("```markdown\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
            let is_read = |kind: &&Kind| {
                let sink = relbook::diag::Sink::new(SourceId(0));
                let source = Source::new(format!("{}/A.md", kind.folder()), format!("{block}\n"));
                read(&source, &Defaults::new(jiff::tz::TimeZone::UTC), &sink).is_some()
                    && sink.into_findings().is_empty()
            };
            assert!(Kind::ALL.iter().any(|kind| is_read(&kind)), "{}:\n{block}", chapter.name);
            count += 1;
        }
    }
    assert!(count >= 5, "{count}");
}
