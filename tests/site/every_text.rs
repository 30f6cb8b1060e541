//! Every text of a record is found by the search and stands on its page, and in an edition every text that it lists and none
//! else.

use std::collections::BTreeMap;

use relbook::record::{Kind, Shape};

use super::harness::{Site, site, site_with};
use super::planted::{Planted, full, plant};
use super::search::found_among;

/// What a body can hold, with a word in each part.
const BODY: &str = r#"
-- releases/zqrelease.md --
---
title: zqreltitle
audience: customer
---
## Release notes

zqbody **zqstrong** [zqanchor](https://example.com/) `zqcode` ![zqalternative](https://example.com/a.png)

| zqhead |
|--------|
| zqcell |
"#;

/// Whether a word itself, and none like it, finds a record.
fn finds(site: &Site, planted: &Planted) -> bool {
    let found = found_among(&site.out(), &format!("\"{}\"", planted.word), 100);
    !found.lacks_phrase && found.hits.iter().any(|hit| hit.card.id == planted.record)
}

#[test]
fn every_text_is_found() {
    let planted = plant();
    let site = site(&planted.files);
    assert!(planted.words.len() > 150, "{}", planted.words.len());
    let missing = planted.words.iter().filter(|planted| !finds(&site, planted));
    let missing: Vec<String> = missing.map(|of| format!("{} of {}", of.path.join("."), of.record)).collect();
    assert!(missing.is_empty(), "not found:\n{}", missing.join("\n"));
}

#[test]
fn every_part_of_a_body_is_found() {
    let site = site(BODY);
    for word in BODY.split(|letter: char| !letter.is_ascii_lowercase()).filter(|word| word.starts_with("zq")) {
        let found = found_among(&site.out(), &format!("\"{word}\""), 100);
        assert!(!found.lacks_phrase && !found.hits.is_empty(), "{word}");
    }
}

/// Whether what stands under a key is for its readers: a former address leads to a record and is not printed.
fn is_printed(of: &Planted) -> bool {
    let is_of = |kind| of.record == full(kind);
    // A window of the calendar has no page of its own; a free page is its text.
    let is_short = is_of(Kind::Window) || is_of(Kind::Page);
    of.shape != Shape::Path && (!is_short || matches!(of.path[0], "title" | "applies_to"))
}

#[test]
fn every_text_stands_on_its_page() {
    let planted = plant();
    let site = site(&planted.files);
    let page = |of: &Planted| {
        let kind = Kind::ALL.iter().find(|kind| of.record == full(**kind)).expect("a kind of record");
        match kind {
            Kind::Window => site.page("calendar/2026/01.html"),
            kind => site.page(&format!("{}/{}.html", kind.folder(), of.record)),
        }
    };
    let printed = planted.words.iter().filter(|of| is_printed(of));
    let missing = printed.filter(|of| !page(of).main().html().contains(&of.word));
    let missing: Vec<String> = missing.map(|of| format!("{} of {}", of.path.join("."), of.record)).collect();
    assert!(missing.is_empty(), "on no page:\n{}", missing.join("\n"));
}

/// An edition lists one half of the keys, and then the other half.
#[test]
fn an_edition_has_the_texts_that_it_lists_and_none_else() {
    let planted = plant();
    let all = &planted.words;
    let names = all.iter().flat_map(|planted| planted.wanted.iter().copied());
    let mut keys: BTreeMap<&str, usize> = names.map(|key| (key, 0)).collect();
    keys.values_mut().enumerate().for_each(|(number, half)| *half = number % 2);
    for half in 0..2 {
        let is_listed_key = |key: &str| keys.get(key).is_some_and(|of| *of == half);
        let listed = keys.keys().filter(|key| is_listed_key(key) && **key != "body");
        let listed: Vec<String> = listed.map(|key| format!("\"{key}\"")).collect();
        let settings = format!(
            "-- relbook.toml --\n[editions.customer]\n\
             types = [\"release\", \"change\", \"known-error\", \"problem\", \"standard-change\", \"configuration-item\", \"window\", \"page\"]\n\
             keys = [{}]\nsections = [{}]\n",
            listed.join(", "),
            if is_listed_key("body") { "\"Release notes\"" } else { "" },
        );
        let files = format!("{settings}{}", planted.files);
        let edition = site_with(&files, |request| request.edition = Some("customer".to_owned()));
        for of in all {
            // The title of a configuration item is its name.
            let is_name = of.record == full(Kind::ConfigurationItem) && of.path == ["name"];
            let is_said = of.wanted.iter().all(|key| is_listed_key(key)) || (is_name && is_listed_key("title"));
            let is_found = finds(&edition, of);
            assert!(is_found == is_said, "{} of {}: found {is_found}, listed {is_said}", of.path.join("."), of.record);
        }
    }
}
