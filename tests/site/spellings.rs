//! One word in several spellings: as one, with a hyphen or as two; umlauts as two letters; within a longer one.

use super::harness::{Site, site};
use super::search::found_among;

/// The ids that a query finds with all its words as they were typed, best first.
fn ids(site: &Site, query: &str) -> Vec<String> {
    let found = found_among(&site.out(), query, 100);
    let is_right = !found.has_most && !found.is_corrected;
    found.hits.into_iter().filter(|_| is_right).map(|hit| hit.card.id).collect()
}

fn sorted(mut ids: Vec<String>) -> String {
    ids.sort();
    ids.join(" ")
}

fn records(texts: &[(&str, &str)]) -> Site {
    let record = |(id, text): &(&str, &str)| format!("-- changes/{id}.md --\n---\ntitle: Change\n---\n{text}\n");
    site(&texts.iter().map(record).collect::<String>())
}

#[test]
fn a_word_is_one_whether_it_is_written_as_one_with_a_hyphen_or_as_two() {
    let site = records(&[
        ("A", "A timeout of the gateway."),
        ("B", "A time-out of the gateway."),
        ("C", "The gateway needs time. Out of memory."),
        ("D", "The gateway: a time out."),
        ("E", "Rollback, e-mail, E417."),
        ("F", "Roll back, email, E-417."),
        ("G", "Roll-back, e mail, E 417."),
        ("H", "Version 1.330 of 13 30."),
    ]);
    for query in ["timeout", "time-out", "time out", "Time\u{2010}Out", "gateway timeout", "time-out gateway"] {
        // "needs time. Out" follows one another too: a full stop ends no row of words.
        assert_eq!(sorted(ids(&site, query)), "A B C D", "{query}");
    }
    for query in ["rollback", "roll-back", "roll back", "email", "e-mail", "e mail", "E417", "e-417", "E 417"] {
        assert_eq!(sorted(ids(&site, query)), "E F G", "{query}");
    }
    // Two numbers that stand side by side are no number.
    assert!(ids(&site, "1330").is_empty());
    assert_eq!(ids(&site, "timeout")[0], "A", "the spelling that was typed comes first");
}

#[test]
fn umlauts_are_found_as_two_letters_and_as_one_without_its_dots() {
    let site = records(&[
        ("A", "M\u{fc}nchen Nord, Stra\u{df}e, Gr\u{f6}\u{df}e, \u{c4}rger, \u{c5}lesund, Lindstr\u{f8}m."),
        ("B", "Muenchen Nord, Strasse, Groesse, Aerger, Aalesund, Lindstroem."),
        ("C", "Mu\u{308}nchen Nord."),
        ("D", "Neue Aue, aktuell."),
    ]);
    assert_eq!(sorted(ids(&site, "M\u{fc}nchen")), "A B C");
    assert_eq!(sorted(ids(&site, "Muenchen")), "A B C");
    assert_eq!(sorted(ids(&site, "munchen")), "A C");
    assert_eq!(sorted(ids(&site, "muench")), "A B C");
    for query in [
        "Stra\u{df}e",
        "strasse",
        "gr\u{f6}\u{df}e",
        "groesse",
        "GR\u{d6}SSE",
        "\u{e4}rger",
        "aerger",
        "\u{e5}lesund",
        "aalesund",
        "lindstr\u{f8}m",
        "lindstroem",
        "\"m\u{fc}nchen nord\" \u{e4}rger",
        "\"muenchen nord\" aerger",
    ] {
        assert_eq!(sorted(ids(&site, query)), "A B", "{query}");
    }
    assert_eq!(sorted(ids(&site, "neue aue")), "D");
    assert!(ids(&site, "n\u{fc}e").is_empty());
}

#[test]
fn a_part_of_a_long_word_finds_it_and_whole_words_come_first() {
    let site = records(&[
        ("A", "Der Zahlungsverkehr steht."),
        (
            "B",
            "Die Zahlung und der Verkehr stehen. Das ist ein langer Satz, in dem sonst nichts steht, was jemand sucht.",
        ),
        ("C", "Kreditkartenabrechnung."),
        ("D", "Datenbank."),
    ]);
    assert_eq!(ids(&site, "zahlung"), ["B", "A"]);
    assert_eq!(ids(&site, "verkehr"), ["B", "A"]);
    assert_eq!(ids(&site, "verkehr zahlung"), ["B", "A"]);
    for part in ["kredit", "karten", "abrechnung", "rechnung", "KARTE"] {
        assert_eq!(ids(&site, part), ["C"], "{part}");
    }
    assert_eq!(ids(&site, "bank"), ["D"]);
    assert_eq!(ids(&site, "daten "), ["D"]);
    assert!(ids(&site, "\"verkehr\"").iter().all(|id| id == "B"));
    assert!(ids(&site, "ban ").is_empty(), "three letters are no part");
}

/// However many words have a part within, few files are fetched for it.
#[test]
fn parts_cost_few_files() {
    let words: Vec<String> = (0..4000).map(|number| format!("{}bank{}", name(number), name(number * 7))).collect();
    let text = |chunk: &[String]| chunk.join(" ");
    let all: Vec<String> = words.chunks(40).map(text).collect();
    let texts: Vec<(String, &str)> = all.iter().enumerate().map(|(at, text)| (format!("C{at}"), &**text)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(id, text)| (&**id, *text)).collect();
    let site = records(&texts);
    let (out, count) = (site.out(), std::cell::Cell::new(0));
    let fetch = |path: &str| {
        count.set(count.get() + 1);
        Ok(std::fs::read(out.join(path))?)
    };
    let root = super::search::root_of(&out);
    let searcher = relbook::search::Searcher::open(&root, &fetch).unwrap();
    count.set(0);
    let found = searcher.search("bank ", 0).unwrap();
    assert!((1..=6).contains(&found.total), "{}", found.total);
    assert!(count.get() < 40, "{} files", count.get());
}

fn name(number: usize) -> String {
    (0..5).map(|place| char::from(b'a' + (number / 5usize.pow(place) % 5 + number % 3) as u8)).collect()
}
