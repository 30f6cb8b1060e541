//! A build that is killed at any moment leaves the old site or the new one, and nothing that a later build cannot
//! clear away.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::harness::{TODAY, assert_same_trees, put, relbook, run_build, said, tree};

const RECORDS: usize = 24;
/// How many times a build is killed; more with `RELBOOK_KILLS`.
const KILLS: u64 = 100;

/// Writes all records with one word in every title.
fn write_records(root: &Path, word: &str) {
    for number in 1..=RECORDS {
        let day = number % 28 + 1;
        let text = format!(
            "---\ntitle: {word} {number}\nservice: Shop\nplanned_date: 2026-11-{day:02}\nconfiguration_items: [item-{}]\n---\n## Rollback plan\n\n{word}\n",
            number % 5
        );
        put(root, &format!("releases/REL-{number}.md"), text.as_bytes());
    }
}

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// How many files and folders lie below a folder.
fn count(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let below = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => 1 + count(&entry.path()),
        _ => 1,
    };
    entries.flatten().map(below).sum()
}

/// Waits until the staging has so many entries, or the build has ended.
fn wait_for_entries(child: &mut Child, staging: &Path, entries: u64) {
    while count(staging) < entries && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    let root = tempfile::tempdir().unwrap();
    let site = root.path().join("records");
    let (out, staging) = (site.join("site"), site.join(".site.relbook-new"));
    let words = ["Aaaa", "Bbbb"];
    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for word in words {
        write_records(&site, word);
        let started = Instant::now();
        let output = run_build(&site, &["--out", &format!("../{word}")]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        longest = longest.max(started.elapsed());
        whole.push(tree(&root.path().join(word)));
    }
    assert_ne!(whole[0], whole[1]);
    write_records(&site, words[0]);
    assert_eq!(run_build(&site, &[]).status.code(), Some(0));
    let entries = whole[0].len() as u64 + 40;
    let mut numbers = Numbers(2026);
    let (mut now, mut seen) = (0, [0, 0]);
    let kills = std::env::var("RELBOOK_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    for kill in 0..kills {
        // Whatever is published, the other version is what the next build is to write.
        write_records(&site, words[1 - now]);
        let mut command = relbook(&site, &["build", "--today", TODAY]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        match kill % 2 {
            0 => {
                let (_sender, never) = mpsc::channel::<()>();
                let moment = Duration::from_micros(numbers.below(longest.as_micros() as u64));
                let _ = never.recv_timeout(moment);
            }
            _ => wait_for_entries(&mut child, &staging, numbers.below(entries)),
        }
        // A process that has ended already is the moment behind the last one.
        child.kill().unwrap();
        child.wait().unwrap();
        let found = tree(&out);
        now = match whole.iter().position(|version| *version == found) {
            Some(version) => version,
            None => {
                assert_same_trees(&whole[now], &found, &format!("after kill {kill}, held against the old site"));
                unreachable!("the trees differ");
            }
        };
        seen[now] += 1;
    }
    eprintln!("after {kills} kills: {} times {}, {} times {}", seen[0], words[0], seen[1], words[1]);
    write_records(&site, words[1 - now]);
    let output = run_build(&site, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_same_trees(&whole[1 - now], &tree(&out), "a normal build after all kills");
    let mut beside: Vec<_> = fs::read_dir(&site).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["releases", "site"], "nothing is left beside the site");
}
