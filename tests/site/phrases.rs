//! Words in quotation marks follow one another: in every record that has them so, in none else, and where there is
//! none, that is said and what has the words is offered apart.

use std::collections::BTreeSet;

use super::harness::{Site, relbook, site};
use super::search::found_among;

/// The ids that a query finds; nothing where the quoted words follow one another in no record.
fn ids(site: &Site, query: &str) -> BTreeSet<String> {
    let found = found_among(&site.out(), query, 1000);
    assert_eq!(found.total, found.hits.len());
    let is_right = !found.lacks_phrase && !found.has_most;
    found.hits.into_iter().filter(|_| is_right).map(|hit| hit.card.id).collect()
}

fn set(ids: &str) -> BTreeSet<String> {
    ids.split_whitespace().map(str::to_owned).collect()
}

const RECORDS: &str = r#"
-- changes/CHG-1.md --
---
title: Royalty free music
summary: The catalogue ends
owner: Here
service: Radio
---
It plays. Free, royalty!
-- changes/CHG-2.md --
---
title: Music that is royalty
---
free of charge, as *the* `first`
line of a [paragraph](https://example.com/) ends

with the second one

- an item
- of a list

| one cell | another cell |
|----------|--------------|
| below it | beside it    |

## A heading

under it: one two one two three, e-417 time-out
-- changes/CHG-3.md --
---
title: Pairs alone
---
one two. Two three? Three one.

two three four

one two three one
"#;

#[test]
fn quoted_words_follow_one_another() {
    let site = site(RECORDS);
    for (query, expected) in [
        ("\"royalty free\"", "CHG-1"),
        ("\"free royalty\"", "CHG-1"),
        ("\"free of charge as the first line of a paragraph ends\"", "CHG-2"),
        ("\"the first line\"", "CHG-2"),
        ("\"music free\"", ""),
        ("\"is royalty\"", "CHG-2"),
        ("\"royalty of\"", ""),
        // A row may begin within one that it is like, and it may have a word twice.
        ("\"one two three\"", "CHG-2 CHG-3"),
        ("\"one two one two three\"", "CHG-2"),
        ("\"two one two\"", "CHG-2"),
        // Each two of these stand side by side somewhere, and all of them nowhere.
        ("\"one two three four\"", ""),
        ("\"two three one two\"", ""),
        ("\"E-417\"", "CHG-2"),
        ("\"e 417 time out\"", "CHG-2"),
        ("\u{201e}two three four\u{201c}", "CHG-3"),
        ("\"royalty free\" music", "CHG-1"),
        ("\"royalty free\" \"it plays\"", "CHG-1"),
        ("\"royalty free\" \"plays it\"", ""),
        ("\"royalty\"", "CHG-1 CHG-2"),
        ("\"royalt\"", ""),
        ("\"roylaty\"", ""),
    ] {
        assert_eq!(ids(&site, query), set(expected), "{query}");
    }
}

#[test]
fn a_row_of_words_ends_with_its_field_and_its_paragraph() {
    let site = site(RECORDS);
    for query in [
        "\"music the catalogue\"",
        "\"ends here\"",
        "\"here radio\"",
        "\"royalty free of\"",
        "\"ends with the second\"",
        "\"item of a\"",
        "\"cell another\"",
        "\"another cell below\"",
        "\"below it beside\"",
        "\"list one cell\"",
        "\"heading under\"",
        "\"CHG-2 music\"",
    ] {
        let found = found_among(&site.out(), query, 10);
        assert!(found.lacks_phrase, "{query}: {found:?}");
        assert!(!found.hits.is_empty(), "{query}");
    }
}

/// The one record with the row has it at the end of a long text, and a hundred others say its words again and again.
#[test]
fn the_row_is_looked_for_in_every_record_that_has_the_words() {
    let mut records = format!(
        "-- changes/CHG-0.md --\n---\ntitle: Other\n---\n{}\n\nNow the spindle of the quill is bent.\n",
        "Nothing of note happened on this day. ".repeat(60)
    );
    for number in 1..=100 {
        records +=
            &format!("-- changes/CHG-{number}.md --\n---\ntitle: Quill and spindle\n---\nThe quill of the spindle.\n");
    }
    let site = site(&records);
    assert_eq!(ids(&site, "\"the spindle of the quill\""), set("CHG-0"));
    assert_eq!(ids(&site, "\"spindle of\""), set("CHG-0"));
    assert_eq!(ids(&site, "spindle quill").len(), 101);
}

#[test]
fn where_the_row_is_nowhere_that_is_said_and_what_has_the_words_stands_apart() {
    let site = site(RECORDS);
    let run = |query: &str| {
        let output = relbook(site.folder(), &["search", query]).output().expect("relbook runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, printed, said) = run("\"music free\"");
    assert_eq!(code, Some(1));
    assert_eq!(said, "in no record do the quoted words follow one another; 2 records with the words\n");
    assert!(printed.starts_with("Not as quoted, but with the words:\nCHG-"), "{printed}");
    let (code, printed, said) = run("\"royalty free\"");
    assert_eq!((code, said.as_str()), (Some(0), "1 record\n"));
    assert!(printed.starts_with("CHG-1  Royalty free music\n"), "{printed}");
    let (code, printed, said) = run("\"zzz qqq\"");
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert_eq!(said, "in no record do the quoted words follow one another; no record has any of these words\n");
}

/// How many of some records a query finds.
pub(crate) fn records(texts: &[&str], query: &str) -> usize {
    let record = |(number, text): (usize, &&str)| format!("-- changes/C{number}.md --\n---\ntitle: T\n---\n{text}\n");
    let site = site(&texts.iter().enumerate().map(record).collect::<String>());
    ids(&site, query).len()
}

/// Records of few words, so that every row is somewhere nearly there; the rows are counted in the texts themselves.
#[test]
fn rows_are_found_where_a_reader_finds_them() {
    let mut state = 7u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let words = ["alpha", "beta", "gamma", "delta", "m\u{fc}hle"];
    let mut row = |longest: u32| {
        let count = 1 + next(longest);
        (0..count).map(|_| words[next(words.len() as u32) as usize]).collect::<Vec<_>>().join(" ")
    };
    let texts: Vec<[String; 3]> = (0..200).map(|_| [row(4), row(12), row(12)]).collect();
    let mut records = String::new();
    for (number, [title, first, second]) in texts.iter().enumerate() {
        records += &format!("-- changes/C{number}.md --\n---\ntitle: {title}\n---\n{first}\n\n{second}\n");
    }
    let queries: Vec<String> = (0..150).map(|_| row(6)).collect();
    let site = site(&records);
    let mut counts = [0; 2];
    for query in queries {
        let has = |text: &String| format!(" {text} ").contains(&format!(" {query} "));
        let expected: BTreeSet<String> = texts
            .iter()
            .enumerate()
            .filter(|(_, texts)| texts.iter().any(has))
            .map(|(number, _)| format!("C{number}"))
            .collect();
        counts[usize::from(expected.is_empty())] += 1;
        assert_eq!(ids(&site, &format!("\"{query}\"")), expected, "{query}");
    }
    assert!(counts.iter().all(|count| *count > 10), "{counts:?}");
}
