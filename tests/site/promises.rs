//! What the README and the site's own words promise, where no other test holds it.

use std::collections::{BTreeMap, BTreeSet};

use relbook::lints;
use relbook::manual::{chapters, keys};

use super::harness::{TODAY, folder, relbook, root, site};
use super::html::{Token, attribute, tokens};

/// The README, and the manual's chapters behind it.
fn readme() -> String {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("there is a README");
    let chapters = chapters(&[], &[]);
    readme + &chapters.into_iter().filter(|of| !of.name.starts_with("reference-")).map(|of| of.text).collect::<String>()
}

/// The README's blocks of code in a language.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap_or_default().to_owned() + "\n").collect()
}

#[test]
fn the_record_in_the_readme_is_one() {
    let record = &blocks(&readme(), "markdown")[0];
    let change = "---\ntitle: Settlement in parallel\nchange_type: normal\nconfiguration_items: [ledger-db]\n---\n";
    let site = site(&format!("-- releases/REL-1.md --\n{record}-- changes/CHG-2041.md --\n{change}"));
    let text = site.page("releases/REL-1.html").main().text();
    for said in ["Parallel settlement runs", "Scheduled", "4.12", "Partial downtime", "it takes ten minutes"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(site.listed("releases/REL-1.html", "changes"), ["changes/CHG-2041.html"]);
}

#[test]
fn the_settings_in_the_readme_are_read_without_a_finding() {
    for settings in blocks(&readme(), "toml") {
        let below = if settings.contains("content = \"records\"") { "records/" } else { "" };
        let record = "---\ntitle: One\nconfiguration_items: [shop]\n---\n";
        let files = format!("-- relbook.toml --\n{settings}-- {below}releases/REL-1.md --\n{record}");
        let folder = folder(&files);
        let output = relbook(folder.path(), &["check", "--format", "short", "--today", TODAY]).output().expect("runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(!printed.contains("relbook.toml"), "{settings}\n{printed}");
    }
}

#[test]
fn every_lint_that_the_readme_names_is_one() {
    let readme = readme();
    let known: BTreeSet<&str> = lints::ALL.iter().map(|lint| lint.code).collect();
    let named = readme.match_indices("RB").map(|(at, _)| &readme[at..(at + 5).min(readme.len())]);
    let codes: Vec<&str> = named.filter(|code| code[2..].chars().all(|letter| letter.is_ascii_digit())).collect();
    assert!(codes.len() > 5, "{codes:?}");
    for code in codes {
        assert!(known.contains(code), "{code}");
    }
}

/// Each verb and option that the README shows is one that the program's help explains.
#[test]
fn every_option_that_the_readme_shows_is_one() {
    let readme = readme();
    let folder = folder("-- relbook.toml --\n");
    let help = |verb: &str| {
        let output = relbook(folder.path(), &[verb, "--help"]).output().expect("relbook runs");
        assert!(output.status.success(), "the README shows the verb {verb:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let commands = ["    relbook ", "      - run: relbook ", "    - relbook ", "relbook ", "$ relbook "];
    // A sentence may begin with the program's name.
    let is_prose = |line: &&str| line.starts_with("relbook ") && !line.contains('[');
    let lines = readme.lines().filter(|line| !is_prose(line));
    let lines = lines.filter_map(|line| commands.iter().find_map(|command| line.strip_prefix(command)));
    let mut shown = 0;
    for line in lines {
        let mut words = line.split([' ', '[', ']']).filter(|word| !word.is_empty());
        let Some(verb) = words.next().filter(|verb| verb.chars().all(|letter| letter.is_ascii_lowercase())) else {
            continue;
        };
        let help = help(verb);
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{option} of {verb:?} in: {line}");
            shown += 1;
        }
    }
    assert!(shown > 10, "{shown} options");
}

/// Every format of the table, and every key that is told of the JSON document.
#[test]
fn the_formats_are_those_of_the_readme_and_json_has_its_keys() {
    let readme = readme();
    let folder = folder("-- releases/REL-1.md --\n---\ntitle: One\nstatus: shceduled\n---\n");
    let run = |format: &str| {
        let output = relbook(folder.path(), &["check", "--format", format]).output().expect("relbook runs");
        assert_eq!(output.status.code(), Some(1), "{format}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let (_, table) = readme.split_once("| `--format` | for |").expect("the table of formats");
    let formats: Vec<&str> = table
        .lines()
        .map_while(|line| if line.is_empty() || line.starts_with('|') { Some(line) } else { None })
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(formats, ["human", "short", "json", "sarif", "github", "gitlab", "junit"]);
    for format in formats {
        assert!(!run(format).is_empty(), "{format}");
    }
    let (_, told) = readme.split_once("The JSON document has").expect("the keys are told");
    let told = told.split("\n\n").next().expect("a paragraph");
    let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let finding = &json["findings"][0];
    for (place, keys) in [("the document", json.as_object()), ("a finding", finding.as_object())] {
        for key in keys.expect("an object").keys() {
            assert!(told.contains(&format!("`{key}`")), "the README does not tell of {key} in {place}");
        }
    }
}

/// Every page has its way past the header, its menu, its search box and its way home; the source is linked to where it is
/// edited.
#[test]
fn the_controls_of_every_page_do_what_they_say() {
    let site = site(
        "-- relbook.toml --\nedit_url = \"https://git.example.com/edit/{path}\"\n-- releases/REL 1.md --\n---\ntitle: One\nconfiguration_items: [shop]\nplanned_date: 2026-11-01\n---\n",
    );
    for page in site.tree().iter().filter(|path| path.ends_with(".html")) {
        let html = site.text(page);
        let mut ids = BTreeSet::new();
        let (mut skip, mut menu, mut search) = (None, None, page.starts_with("search/"));
        for (_, token) in tokens(&html) {
            let Token::Start(name, attributes) = token else { continue };
            ids.extend(attribute(&attributes, "id").map(str::to_owned));
            match (name.as_str(), attribute(&attributes, "class")) {
                ("a", Some("skip")) => skip = attribute(&attributes, "href").map(str::to_owned),
                ("button", Some("menu")) => menu = attribute(&attributes, "popovertarget").map(str::to_owned),
                ("form", _) => {
                    search |= attribute(&attributes, "action").is_some_and(|to| to.ends_with("search/index.html"))
                }
                _ => {}
            }
        }
        let skip = skip.unwrap_or_else(|| panic!("{page} has no way past its header"));
        assert!(ids.contains(skip.trim_start_matches('#')), "{page}: {skip}");
        assert!(ids.contains(&menu.unwrap_or_else(|| panic!("{page} has no menu"))), "{page}");
        assert!(search, "{page} has no search box");
        // Whatever stands at a known depth works from disk: no address begins at a host's root.
        if page != "404.html" {
            for (href, _) in site.page(page).links() {
                assert!(!href.starts_with('/'), "{page}: {href}");
            }
        }
    }
    let links = site.page("releases/REL-1.html").links();
    let edit = links.iter().find(|(_, text)| text == "Edit this record").expect("the record can be edited");
    assert_eq!(edit.0, "https://git.example.com/edit/releases/REL%201.md");
}

/// What lists and the home page count is what there is.
#[test]
fn counts_are_those_of_what_is_listed() {
    let mut files = String::new();
    for number in 1..=3 {
        files += &format!(
            "-- releases/REL-{number}.md --\n---\ntitle: Release {number}\nplanned_date: 2026-0{number}-01\nconfiguration_items: [shop]\n---\n"
        );
    }
    for (number, status) in [(1, "confirmed"), (2, "resolved"), (3, "wont-fix")] {
        files += &format!("-- known-errors/KE-{number}.md --\n---\ntitle: Error {number}\nstatus: {status}\n---\n");
    }
    let site = site(&files);
    let text = |route: &str| site.page(route).main().text();
    assert!(text("releases/index.html").contains("3 in all, the newest first."), "{}", text("releases/index.html"));
    let errors = text("known-errors/index.html");
    assert!(errors.contains("3 in all, 2 still open; these stand first."), "{errors}");
    let home = text("index.html");
    for said in ["releases 3", "known errors 3", "Open known errors 2", "configuration items 1"] {
        assert!(home.contains(said), "{said}: {home}");
    }
}

/// A chart says to those who cannot see it that the table beside it has the same numbers.
#[test]
fn the_table_beside_a_chart_has_its_numbers() {
    let out = tempfile::tempdir().expect("a folder");
    let (example, place) = (root().join("content-example"), out.path().join("site"));
    relbook(&example, &["build", "--no-sync", "--today", TODAY, "--out"]).arg(&place).output().expect("relbook runs");
    let html = std::fs::read_to_string(place.join("metrics/index.html")).expect("the page of metrics");
    let numbers = |texts: &[String]| {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for text in texts {
            let parts = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
            parts.filter(|part| !part.is_empty()).for_each(|part| *count.entry(part.to_owned()).or_default() += 1);
        }
        count
    };
    let mut charts = 0;
    for section in html.split("<section").skip(1).filter(|section| section.contains("The table beside it")) {
        let section = format!("<section{}", section.split("</section>").next().expect("it ends"));
        let (mut inside, mut chart, mut table) = (String::new(), Vec::new(), Vec::new());
        for (_, token) in tokens(&section) {
            match token {
                Token::Start(name, _) if ["svg", "table", "text", "desc", "title"].contains(&name.as_str()) => {
                    inside = name
                }
                Token::Text(text) if inside == "text" => chart.push(text),
                Token::Text(text) if inside == "table" => table.push(text),
                _ => {}
            }
        }
        // The sum behind the name of a row of columns is of the chart alone.
        chart.retain(|text| !text.contains(": "));
        let (in_chart, in_table) = (numbers(&chart), numbers(&table));
        let missing: Vec<_> =
            in_chart.iter().filter(|(number, count)| in_table.get(*number).is_none_or(|of| of < *count)).collect();
        assert!(missing.is_empty(), "{missing:?} of {chart:?} do not stand in {table:?}");
        charts += usize::from(!in_chart.is_empty());
    }
    assert!(charts >= 5, "only {charts} charts");
}

/// Every file that the guide for contributors names is there, and so is every verb of `tests/run`.
#[test]
fn what_contributors_are_told_of_is_there() {
    let guide = std::fs::read_to_string(root().join(".github/CONTRIBUTING.md")).expect("there is a guide");
    let run = std::fs::read_to_string(root().join("tests/run")).expect("there is a script");
    let code: Vec<&str> = guide.split('`').skip(1).step_by(2).collect();
    let paths: Vec<&str> = code.iter().copied().filter(|code| code.contains('/') && !code.contains(' ')).collect();
    assert!(paths.len() > 25, "{paths:?}");
    for path in paths {
        assert!(root().join(path).exists(), "{path}");
    }
    for verb in code.iter().filter_map(|code| code.strip_prefix("tests/run ")) {
        assert!(run.contains(&format!("\n  {verb})")), "{verb}");
    }
}

/// The words of the manual: the example uses every key there is.
#[test]
fn the_example_uses_every_key() {
    let records = super::harness::tree(&root().join("content-example"));
    let all: String = records
        .into_iter()
        .filter(|(path, _)| path.ends_with(".md"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("the example is UTF-8"))
        .collect();
    let is_used = |name: &str| {
        let at = |(at, _): (usize, &str)| all[..at].ends_with(['\n', ' ', '{', ',']);
        all.match_indices(&format!("{name}:")).any(at) || all.match_indices(&format!("{name} =")).any(at)
    };
    let unused: Vec<String> = keys().into_iter().filter(|of| !is_used(of.key.name)).map(|of| of.path).collect();
    assert!(unused.is_empty(), "the example uses no {unused:?}");
}
