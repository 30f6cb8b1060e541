//! Measures how well the search finds known records, against Pagefind on the same records, and what it costs.
//!
//! `cargo bench --bench search` wants a folder of records (`RELBOOK_CORPUS`), node (`RELBOOK_NODE`), Chromium
//! (`RELBOOK_CHROMIUM`) and Pagefind (`RELBOOK_PAGEFIND`, a program); what is missing it names, and then measures
//! nothing. Questions are made from the records by rule: each has a record that the reader has in mind, and counts one
//! divided by the place at which that record stands among the first ten (mean reciprocal rank). As right as the record
//! is every record that holds its whole text. A phrase that stands in no record counts one where nothing is found by it,
//! and nothing where something is.

#![allow(clippy::disallowed_methods, reason = "benchmarks measure the world")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use relbook::pipeline::{self, Request};
use relbook::read::markdown::{Options, outline};
use relbook::search::{each_word, fold};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Questions of each kind.
const QUESTIONS: usize = 80;
/// A word is rare that at most one record in so many has.
const RARE: usize = 200;
/// Shorter words are not misspelt.
const SHORTEST_MISSPELT: usize = 6;
/// Shorter words are not split.
const SHORTEST_SPLIT: usize = 8;

/// A record as its file has it.
struct Record {
    id: String,
    address: String,
    version: Option<String>,
    problems: Vec<String>,
    /// The words of its body, in order, folded.
    words: Vec<String>,
    /// Those of its longest paragraph.
    paragraph: Vec<String>,
    /// The same as one text, with a blank at either end.
    text: String,
    /// The words of its whole file in the same way.
    file: String,
}

struct Question {
    kind: &'static str,
    query: String,
    relevant: Vec<String>,
}

fn main() -> ExitCode {
    let Some([corpus, node, chromium, pagefind]) = programs() else { return ExitCode::SUCCESS };
    let folder = tempfile::tempdir().expect("a folder for the benchmark");
    let site = folder.path().join("site");
    build(&corpus, &site);
    let records = records(&corpus);
    index_with_pagefind(&pagefind, &site, &folder.path().join("pages"), &records);
    let questions = questions(&records);
    let lines: String = questions.iter().fold(String::new(), |mut lines, question| {
        let relevant: Vec<String> = question.relevant.iter().map(|address| quoted(address)).collect();
        writeln!(lines, "{{\"query\":{},\"relevant\":[{}]}}", quoted(&question.query), relevant.join(",")).unwrap();
        lines
    });
    let ranks = ask(&node, &site, &chromium, &[], &lines);
    let is_good = report(&questions, &ranks);
    report_cold(&node, &site, &chromium, &records);
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The records and the three programs, or what is missing.
fn programs() -> Option<[PathBuf; 4]> {
    let names = [
        ("RELBOOK_CORPUS", ""),
        ("RELBOOK_NODE", "node"),
        ("RELBOOK_CHROMIUM", "chromium"),
        ("RELBOOK_PAGEFIND", "pagefind"),
    ];
    let found = names.map(|(variable, name)| {
        let named = std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from);
        let is_there = match name {
            "" => named.is_dir(),
            _ => Command::new(&named).arg("--version").output().is_ok_and(|output| output.status.success()),
        };
        is_there.then_some(named).ok_or(variable)
    });
    let missing: Vec<&str> = found.iter().filter_map(|found| found.as_ref().err().copied()).collect();
    if missing.is_empty() {
        return Some(found.map(|found| found.expect("none is missing")));
    }
    eprintln!("SKIPPED: the benchmark of the search, for these name nothing that is there: {}", missing.join(", "));
    None
}

fn build(corpus: &Path, site: &Path) {
    let request = Request {
        folder: corpus.to_owned(),
        out: Some(site.to_owned()),
        may_replace: false,
        base_url: None,
        edition: None,
        with_drafts: false,
        is_unsynced: true,
        today: jiff::civil::date(2026, 11, 22),
    };
    let built = pipeline::build(&request, &|_, _| ()).expect("the build runs");
    assert!(built.written.is_some(), "the records have no errors");
    fs::write(site.join("bench.html"), "<!doctype html>").expect("a page");
}

/// Every record file, in order of path, as far as questions are made of it.
fn records(corpus: &Path) -> Vec<Record> {
    let mut records = Vec::new();
    for folder in ["releases", "changes", "known-errors"] {
        for path in files(&corpus.join(folder)) {
            let source = fs::read_to_string(&path).expect("a record is text");
            let Some((head, body)) = source.trim_start_matches("---\n").split_once("\n---\n") else { continue };
            let stem = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            let id = value(head, "id").unwrap_or(stem);
            let folded = fold(&outline(body, &Options::default(), |_, _| ()).text.text);
            let words_of = |text: &str| {
                let mut words = Vec::new();
                each_word(text, |word| words.push(word.to_owned()));
                words.retain(|word| !word.contains(['-', '.', '_']));
                words
            };
            let words = words_of(&folded);
            let paragraph = folded.split("\n\n").map(words_of).max_by_key(Vec::len).unwrap_or_default();
            let file = words_of(&fold(&source));
            let list = value(head, "problems").unwrap_or_default();
            let problems = list.split(['[', ']', ',', '"', ' ']).filter(|id| !id.is_empty()).map(str::to_owned);
            records.push(Record {
                address: format!("{folder}/{}.html", relbook::record::address(&id)),
                version: value(head, "version"),
                problems: problems.collect(),
                text: format!(" {} ", words.join(" ")),
                file: format!(" {} ", file.join(" ")),
                words,
                paragraph,
                id,
            });
        }
    }
    records
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}

fn value(head: &str, key: &str) -> Option<String> {
    let line = head.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    Some(line.trim().trim_matches('"').to_owned())
}

fn questions(records: &[Record]) -> Vec<Question> {
    let mut frequency: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        for word in record.words.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            *frequency.entry(word).or_default() += 1;
        }
    }
    let long: Vec<&Record> = records.iter().filter(|record| (8..400).contains(&record.words.len())).collect();
    let mut questions = Vec::new();
    let mut add = |kind, query: String, relevant| questions.push(Question { kind, query, relevant });
    for (number, record) in spread(&long).enumerate() {
        let rare = rare_words(record, &frequency, records.len() / RARE);
        if rare.len() >= 3 {
            add("rare words", rare[..2 + number % 2].join(" "), with_text(records, record));
        }
        if let Some((word, misspelt)) = rare.iter().find_map(|word| Some((word, misspell(word, number, &frequency)?))) {
            let other = rare.iter().find(|other| other != &word);
            let words: Vec<&str> =
                [Some(misspelt.as_str()), other.map(|other| &**other)].into_iter().flatten().collect();
            add("one typing error", words.join(" "), with_text(records, record));
        }
        if let Some(start) =
            (0..record.paragraph.len().saturating_sub(4)).min_by_key(|&at| frequency[record.paragraph[at].as_str()])
        {
            let row = &record.paragraph[start..start + 5];
            add("phrase", format!("\"{}\"", row.join(" ")), with_text(records, record));
            let row: Vec<&str> = row[..2 + number % 3].iter().rev().map(String::as_str).collect();
            if is_nowhere(records, &row.join(" ")) {
                add("reversed phrase", format!("\"{}\"", row.join(" ")), Vec::new());
            }
        }
        // A rare word beside it, as for the other kinds: one word alone is many records'.
        if let Some(word) = rare.iter().find(|word| word.len() >= SHORTEST_SPLIT)
            && let Some(other) = rare.iter().find(|other| *other != word)
        {
            let (first, second) = word.split_at(word.len() / 2);
            let joint = if number % 2 == 0 { " " } else { "-" };
            add("split word", format!("{first}{joint}{second} {other}"), with_text(records, record));
        }
        if let Some((joined, other)) = joined(record, &frequency, records.len() / RARE) {
            add("joined words", format!("{joined} {other}"), with_text(records, record));
        }
    }
    for record in spread(&records.iter().collect::<Vec<_>>()) {
        add("id", record.id.clone(), vec![record.address.clone()]);
    }
    for (number, record) in spread(&records.iter().collect::<Vec<_>>()).enumerate() {
        if let Some(typed) = mistype(&record.id, number) {
            add("mistyped id", typed, vec![record.address.clone()]);
        }
    }
    for record in spread(&records.iter().filter(|record| !record.problems.is_empty()).collect::<Vec<_>>()) {
        let problem = &record.problems[0];
        let address = format!("problems/{}.html", relbook::record::address(problem));
        add("problem number", problem.clone(), vec![address, record.address.clone()]);
    }
    for record in spread(&records.iter().filter(|record| record.version.is_some()).collect::<Vec<_>>()) {
        let same = records.iter().filter(|other| other.version == record.version);
        add("version", record.version.clone().unwrap_or_default(), same.map(|other| other.address.clone()).collect());
    }
    questions
}

/// Whether words follow one another in no record.
fn is_nowhere(records: &[Record], row: &str) -> bool {
    let row = format!(" {row} ");
    !records.iter().any(|record| record.text.contains(&row) || record.file.contains(&row))
}

/// Two words of a record written as one, which no record has, with a third one that is rare.
fn joined<'a>(record: &'a Record, frequency: &BTreeMap<&str, usize>, most: usize) -> Option<(String, &'a str)> {
    let is_word = |word: &String| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let two =
        record.paragraph.windows(2).filter(|two| two.iter().all(is_word)).min_by_key(|two| frequency[&*two[0]])?;
    let joined = two.concat();
    let other = rare_words(record, frequency, most).into_iter().find(|word| !two.iter().any(|of| of == word))?;
    (!frequency.contains_key(joined.as_str())).then_some((joined, other))
}

/// An id as people type it: without its separator, with a blank for it, with a zero more. Nothing where it has no
/// letters with a number behind them.
fn mistype(id: &str, number: usize) -> Option<String> {
    let at = id.find(|letter: char| letter.is_ascii_digit())?;
    let (name, count) = (id[..at].trim_end_matches(['-', '_', '.']).to_lowercase(), &id[at..]);
    let is_plain = !name.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| match number % 3 {
        0 => format!("{name}{count}"),
        1 => format!("{name} {count}"),
        _ => format!("{name}-0{count}"),
    })
}

/// As many as there are questions, spread over all.
fn spread<'a>(records: &[&'a Record]) -> impl Iterator<Item = &'a Record> {
    let step = (records.len() / QUESTIONS).max(1);
    records.iter().step_by(step).take(QUESTIONS).copied().collect::<Vec<_>>().into_iter()
}

/// The words of a record that few others have, though some do; the rarest first.
fn rare_words<'a>(record: &'a Record, frequency: &BTreeMap<&str, usize>, most: usize) -> Vec<&'a str> {
    let is_word = |word: &&str| word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let words: BTreeSet<&str> = record.words.iter().map(String::as_str).filter(is_word).collect();
    let mut words: Vec<&str> = words.into_iter().filter(|word| (2..=most).contains(&frequency[word])).collect();
    words.sort_by_key(|word| (frequency[word], *word));
    words
}

/// The records whose text holds the whole text of one.
fn with_text(records: &[Record], one: &Record) -> Vec<String> {
    records.iter().filter(|record| record.text.contains(&one.text)).map(|record| record.address.clone()).collect()
}

/// A word with one typing error: a letter left out, twice, exchanged with the next, or another one, by turns and at
/// every place by turns. Nothing where that is a word of the records too.
fn misspell(word: &str, number: usize, frequency: &BTreeMap<&str, usize>) -> Option<String> {
    if word.len() < SHORTEST_MISSPELT {
        return None;
    }
    let mut letters: Vec<u8> = word.bytes().collect();
    let at = number / 4 % (letters.len() - 1);
    match number % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = if letters[at] == b'e' { b'a' } else { b'e' },
    }
    let misspelt = String::from_utf8(letters).ok()?;
    (misspelt != word && !frequency.contains_key(misspelt.as_str())).then_some(misspelt)
}

/// Gives Pagefind the pages of the same records, their main parts alone.
fn index_with_pagefind(pagefind: &Path, site: &Path, pages: &Path, records: &[Record]) {
    let problems = fs::read_dir(site.join("problems")).into_iter().flatten();
    let problems = problems.map(|entry| format!("problems/{}", entry.expect("an entry").file_name().to_string_lossy()));
    let is_page = |address: &String| address.ends_with(".html") && !address.ends_with("/index.html");
    for address in records.iter().map(|record| record.address.clone()).chain(problems.filter(is_page)) {
        let to = pages.join(&address);
        fs::create_dir_all(to.parent().expect("a page lies in a folder")).expect("a folder");
        fs::copy(site.join(&address), to).expect("a page");
    }
    let output = Command::new(pagefind)
        .args(["--root-selector", "main", "--quiet", "--site"])
        .arg(pages)
        .arg("--output-path")
        .arg(site.join("pagefind"))
        .output()
        .expect("Pagefind runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn ask(node: &Path, site: &Path, chromium: &Path, more: &[&str], questions: &str) -> Vec<Vec<f64>> {
    let mut child = Command::new(node)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/search.mjs"))
        .args([site, chromium])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    child.stdin.take().expect("a pipe").write_all(questions.as_bytes()).expect("node reads");
    let output = child.wait_with_output().expect("node ends");
    assert!(output.status.success(), "the browser's part failed");
    let numbers =
        |line: &str| line.trim_matches(['[', ']']).split(',').filter_map(|number| number.parse().ok()).collect();
    String::from_utf8_lossy(&output.stdout).lines().map(numbers).collect()
}

/// Prints the table; whether all is as good as promised.
fn report(questions: &[Question], ranks: &[Vec<f64>]) -> bool {
    assert_eq!(questions.len(), ranks.len(), "every question has an answer");
    let mut kinds: BTreeMap<&str, (usize, [f64; 2])> = BTreeMap::new();
    for (question, ranks) in questions.iter().zip(ranks) {
        let (count, sums) = kinds.entry(question.kind).or_default();
        *count += 1;
        for (sum, rank) in sums.iter_mut().zip(ranks) {
            *sum += if *rank > 0.0 { 1.0 / rank } else { 0.0 };
        }
        if std::env::var_os("RELBOOK_BENCH_VERBOSE").is_some() && ranks[0] != 1.0 {
            println!("{}: {} -> {ranks:?} {:?}", question.kind, question.query, question.relevant);
        }
    }
    println!("{:<18} {:>9} {:>9} {:>9} {:>9}", "MRR@10", "questions", "relbook", "Pagefind", "promised");
    let mut is_good = true;
    for (kind, (count, sums)) in kinds {
        let [here, there] = sums.map(|sum| sum / count as f64);
        let promised = match kind {
            "reversed phrase" => 1.0,
            "id" | "mistyped id" | "problem number" | "rare words" => 0.9,
            "one typing error" | "split word" | "joined words" => 0.8,
            _ => 0.0,
        };
        let holds = here >= promised && here >= there;
        is_good &= holds;
        println!(
            "{kind:<18} {count:>9} {here:>9.3} {there:>9.3} {promised:>9.1}{}",
            if holds { "" } else { "  MISSED" }
        );
    }
    is_good
}

/// Prints what a first search of two words transfers, and how long its results take from the last byte.
fn report_cold(node: &Path, site: &Path, chromium: &Path, records: &[Record]) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    records.iter().flat_map(|record| &record.words).filter(|word| word.len() > 3).for_each(|word| {
        *counts.entry(word).or_default() += 1;
    });
    let mut words: Vec<&str> = counts.keys().copied().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(counts[word]), *word));
    let pairs = [[0, 1], [2, 3], [20, 21], [100, 101], [300, 301], [20, 500]];
    let lines: String = pairs
        .iter()
        .filter_map(|[one, other]| Some([words.get(*one)?, words.get(*other)?]))
        .map(|[one, other]| format!("{{\"query\":{}}}\n", quoted(&format!("{one} {other}"))))
        .collect();
    let answers = ask(node, site, chromium, &["cold"], &lines);
    println!("\n{:<32} {:>9} {:>9} {:>9}", "first search of two words", "KB", "ms", "requests");
    for (line, answer) in lines.lines().zip(&answers) {
        println!("{line:<32} {:>9.0} {:>9.0} {:>9}", answer[0] / 1000.0, answer[1], answer[2]);
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
