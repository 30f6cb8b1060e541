//! Every fault of the records is found in one run, at its place, and stops the build before anything is written.

use std::process::Output;

use super::harness::{assert_same_trees, check, folder, places, put, request, run_build, said, tree};

/// A fault, alone in a file of its own: the file's path, its text, and each finding as `line:column code`.
type Fault = (&'static str, &'static [u8], &'static [&'static str]);

const FAULTS: &[Fault] = &[
    // Source and front matter.
    ("releases/not-utf8.md", b"---\ntitle: caf\xe9 au lait\n---\n", &["2:11 RB001"]),
    ("releases/unclosed.md", b"---\ntitle: A\n\nText.\n", &["1:1 RB002"]),
    ("releases/none.md", b"# A\n", &["1:1 RB002"]),
    ("releases/empty.md", b"", &["1:1 RB002"]),
    ("releases/tab.md", b"---\ntitle: A\nimpact:\n\tsecurity: {}\n---\n", &["4:2 RB003"]),
    ("releases/colons.md", b"---\ntitle: a: b: c\nrelease_type: minor\n---\n", &["2:8 RB003"]),
    ("releases/toml.md", b"+++\ntitle = A\n+++\n", &["2:9 RB003"]),
    ("releases/two-documents.md", b"---\ntitle: A\n...\nB: c\n---\n", &["4:1 RB003"]),
    ("releases/twice.md", b"---\ntitle: A\nowner: B\ntitle: C\n---\n", &["4:1 RB004"]),
    ("releases/twice-toml.md", b"+++\ntitle = \"A\"\nowner = \"B\"\ntitle = \"C\"\n+++\n", &["4:1 RB004"]),
    ("releases/twice-deep.md", b"---\ntitle: A\nimpact:\n  security: {by: a, by: b}\n---\n", &["4:21 RB004"]),
    ("releases/unknown-key.md", b"---\ntitle: A\nconfigration_items: [shop]\nrelease_type: minor\n---\n", &["3:1 RB005"]),
    ("releases/unknown-key-toml.md", b"+++\ntitle = \"A\"\n[revue]\nby = \"B\"\n+++\n", &["3:2 RB005"]),
    ("releases/unknown-deep.md", b"---\ntitle: A\nwindows:\n  - {start: 2026-11-01T10:00, end: 2026-11-01T11:00, colour: red}\n---\n", &["4:54 RB005"]),
    ("known-errors/unknown.md", b"---\ntitle: A\nrisk: high\n---\n", &["3:1 RB005"]),
    ("releases/untitled.md", b"---\nstatus: draft\n---\n", &["1:1 RB006"]),
    ("releases/no-start.md", b"---\ntitle: A\nwindows:\n  - {end: 2026-11-01T11:00}\n---\n", &["4:5 RB006"]),
    ("releases/bomb.md", b"---\ntitle: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", &["3:8 RB007"]),
    ("releases/deep.md", b"---\ntitle: A\nextra: {a: [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}\n---\n", &["3:26 RB007"]),
    // Values.
    ("releases/text-for-list.md", b"---\ntitle: A\nchanges: CHG-1\nrelease_type: minor\n---\n", &["3:10 RB101", "3:10 RB202"]),
    ("releases/list-for-text.md", b"---\ntitle: A\nowner: [a, b]\n---\n", &["3:8 RB101"]),
    ("releases/text-for-map.md", b"---\ntitle: A\nreview: good\n---\n", &["3:9 RB101"]),
    ("releases/text-for-flag.md", b"---\ntitle: A\ndraft: 'true'\nrelease_type: minor\n---\n", &["3:8 RB101"]),
    ("changes/status.md", b"---\ntitle: A\nstatus: shceduled\nchange_type: standard\n---\n", &["3:9 RB102", "3:9 RB301", "4:14 RB323"]),
    ("releases/type.md", b"---\ntitle: A\ntype: realease\nrelease_type: minor\n---\n", &["3:7 RB102"]),
    ("releases/hidden-id.md", b"---\nid: \"a\\u200eb\"\ntitle: A\n---\n", &["2:5 RB102"]),
    ("releases/hidden-title.md", "---\ntitle: a\u{202e}b\n---\n".as_bytes(), &["2:8 RB102"]),
    ("calendar/rule.md", b"---\ntitle: A\nstart: 2026-11-01\nend: 2026-11-02\nrepeats: FREQ=OFTEN\n---\n", &["5:10 RB102"]),
    ("calendar/duration.md", b"---\ntitle: A\nstart: 2026-11-01\nduration: long\n---\n", &["4:11 RB102"]),
    ("releases/date.md", b"---\ntitle: A\nplanned_date: 2026-02-30\n---\n", &["3:15 RB103"]),
    ("releases/date-form.md", b"---\ntitle: A\nplanned_date: 30.11.2026\n---\n", &["3:15 RB103"]),
    ("releases/offset.md", b"---\ntitle: A\nwindows: [{start: 2026-11-01T10:00+99:00, end: 2026-11-01T11:00}]\n---\n", &["3:19 RB103"]),
    ("releases/zone.md", b"---\ntitle: A\nwindows: [{start: 2026-12-01T10:00, end: 2026-12-01T11:00, time_zone: Europe/Lundun}]\nrelease_type: minor\n---\n", &["3:71 RB104"]),
    ("releases/gap.md", b"---\ntitle: A\nwindows: [{time_zone: Europe/Amsterdam, start: 2026-03-29T02:30, end: 2026-03-29T04:00}]\n---\n", &["3:48 RB105"]),
    ("releases/fold.md", b"---\ntitle: A\nwindows: [{time_zone: Europe/Amsterdam, start: 2026-10-25T00:30, end: 2026-10-25T02:30}]\n---\n", &["3:71 RB105"]),
    ("releases/url.md", b"---\ntitle: A\nlinks: [{title: B, url: 'javascript:alert(1)'}]\n---\n", &["3:25 RB106"]),
    ("releases/url-in-body.md", "---\ntitle: A\nrelease_type: minor\n---\nZw\u{f6}lf [b](javascript:c)\n".as_bytes(), &["5:7 RB106"]),
    // Ids and references.
    ("releases/DUP.md", b"---\ntitle: A\nrelease_type: minor\n---\n", &[]),
    ("releases/a/dup.md", b"---\ntitle: A\n---\n", &["1:1 RB201"]),
    ("releases/dup-address.md", b"---\nid: d u\ntitle: A\nrelease_type: minor\n---\n", &[]),
    ("releases/dup-dash.md", "---\nid: D\u{2010}U\ntitle: A\nrelease_type: minor\n---\n".as_bytes(), &["1:1 RB201"]),
    ("releases/dup-hyphen.md", b"---\nid: d-u\ntitle: A\n---\n", &["1:1 RB201"]),
    ("releases/index-id.md", b"---\nid: Index\ntitle: A\nrelease_type: minor\n---\n", &["1:1 RB201"]),
    ("releases/nothing.md", b"---\ntitle: A\nchanges:\n  - good\n  - CHG-404\nrelease_type: minor\n---\n", &["5:5 RB202"]),
    ("releases/wiki.md", b"---\ntitle: A\nrelease_type: minor\n---\nSee [[CHG-404]].\n", &["5:5 RB202"]),
    ("releases/wrong-kind.md", b"---\ntitle: A\nchanges: [good, DUP]\nrelease_type: minor\n---\n", &["3:17 RB203"]),
    ("releases/self.md", b"---\ntitle: A\nsupersedes: self\nrelease_type: minor\n---\n", &["3:13 RB204"]),
    ("configuration-items/one.md", b"---\ndepends_on: [three]\n---\n", &[]),
    ("configuration-items/two.md", b"---\ndepends_on: [one]\n---\n", &["1:1 RB204"]),
    ("configuration-items/three.md", b"---\ndepends_on: [two]\n---\n", &[]),
    ("releases/artefact.md", b"---\ntitle: A\nartefacts: [{file: nowhere.pdf}]\nrelease_type: minor\n---\n", &["3:20 RB205"]),
    ("releases/page-artefact.md", b"---\ntitle: A\nartefacts: [{file: page.html}]\nrelease_type: minor\n---\n", &["3:20 RB205"]),
    ("releases/page.html", b"<p>", &[]),
    ("releases/bundle/index.md", b"---\ntitle: A\nrelease_type: minor\n---\n", &["1:1 RB205"]),
    ("releases/bundle/unnamed.pdf", b"nobody names me", &[]),
    ("releases/link.md", b"---\ntitle: A\nrelease_type: minor\n---\n\nA [link](../changes/nowhere.md) that breaks.\n", &["6:3 RB206"]),
    ("releases/anchor.md", b"---\ntitle: A\nrelease_type: minor\n---\n# B\n\n[c](#d) and [b](#b)\n", &["7:1 RB206"]),
    ("releases/far-anchor.md", b"---\ntitle: A\nrelease_type: minor\n---\n[c](../changes/good.md#nowhere)\n", &["5:1 RB206"]),
    ("releases/out-of-site.md", b"---\ntitle: A\nrelease_type: minor\n---\n[c](../../../etc/passwd)\n", &["5:1 RB206"]),
    // Findings that are allowed.
    ("changes/unused-allow.md", b"---\ntitle: A\nallow: {RB202: it comes later}\nchange_type: normal\n---\n", &["3:9 RB008"]),
    ("changes/unknown-allow.md", b"---\ntitle: A\nallow: {RB999: who knows}\n---\n", &["3:9 RB102"]),
    ("changes/no-reason.md", b"---\ntitle: A\nallow: {RB202: ''}\n---\n", &["3:9 RB102"]),
    ("changes/allowed.md", b"---\ntitle: A\nallow: {unknown-reference: it comes later}\nreleases: [REL-404]\nchange_type: normal\n---\n", &[]),
    ("changes/good.md", b"---\ntitle: A\nchange_type: normal\n---\n# Heading\n\nText.\n", &[]),
    // The site's own settings.
    (
        "relbook.toml",
        b"titel = \"x\"\ntheme = \"dark\"\ntime_zone = \"Mars/Base\"\nlanguage = \"en us\"\ncontent = \"../x\"\n\
          base_url = \"ftp://x/\"\n[lints]\nprofile = \"lax\"\nbroken-lnik = \"warn\"\nRB206 = \"loud\"\n\
          no-configuration-item = \"off\"\n[editions.customer]\nkyes = []\nkeys = [\"sumary\", \"title\"]\n[process.release.major]\napproved = [\"cake\"]\n\
          [[tickets]]\npattern = \"PRB\"\nurl = \"https://t.example/\"\n",
        &[
            "1:1 RB005", "2:9 RB102", "3:13 RB104", "4:12 RB102", "5:11 RB102", "6:12 RB106", "8:11 RB102", "9:1 RB005",
            "10:9 RB102", "13:1 RB005", "14:9 RB102", "16:13 RB102", "18:11 RB102",
        ],
    ),
];

/// Two faults of size, too long to be written out.
fn faults_of_size() -> Vec<(&'static str, Vec<u8>, &'static [&'static str])> {
    let front_matter = format!("---\ntitle: A\nsummary: {}\n---\n", "x".repeat(65 << 10));
    let body = format!("---\ntitle: A\n---\n{}\n", "word ".repeat(1 << 18));
    let values = format!("---\ntitle: A\ntags: [{}]\n---\n", "a,".repeat(10_001));
    vec![
        ("releases/large-front-matter.md", front_matter.into_bytes(), &["1:1 RB007"]),
        ("releases/large.md", body.into_bytes(), &["1:1 RB007"]),
        ("releases/many-values.md", values.into_bytes(), &["3:20002 RB007"]),
    ]
}

/// All faults in a site, each file passed through `change`; what the program says of it.
fn run(change: impl Fn(&[u8]) -> Vec<u8>) -> (tempfile::TempDir, Output) {
    let folder = folder("-- releases/before.md --\n---\ntitle: Before\nconfiguration_items: [shop]\n---\n");
    assert_eq!(run_build(folder.path(), &[]).status.code(), Some(0));
    std::fs::remove_file(folder.path().join("releases/before.md")).unwrap();
    for (path, text, _) in FAULTS {
        let is_text = path.ends_with(".md") || path.ends_with(".toml");
        put(folder.path(), path, &if is_text { change(text) } else { text.to_vec() });
    }
    for (path, text, _) in faults_of_size() {
        put(folder.path(), path, &change(&text));
    }
    let before = tree(&folder.path().join("site"));
    let output = run_build(folder.path(), &[]);
    assert_same_trees(&before, &tree(&folder.path().join("site")), "a build with errors changes nothing");
    (folder, output)
}

/// Each finding that the program printed: `path:line:column code`.
fn found(output: &Output) -> Vec<String> {
    let text = said(output);
    let mut found = Vec::new();
    let mut code = "";
    for line in text.lines() {
        if let Some((_, rest)) = line.split_once('[').filter(|(head, _)| matches!(*head, "error" | "warning")) {
            code = rest.split(' ').next().unwrap_or_default();
        } else if let (Some((_, place)), false) = (line.split_once("\u{256d}\u{25b8} "), code.is_empty()) {
            found.push(format!("{place} {code}"));
            code = "";
        }
    }
    found
}

fn expected() -> Vec<String> {
    let of_file = |path: &str, findings: &[&str]| -> Vec<String> {
        findings.iter().map(|finding| format!("{path}:{finding}")).collect()
    };
    let written = FAULTS.iter().flat_map(|(path, _, findings)| of_file(path, findings));
    let mut all: Vec<String> =
        written.chain(faults_of_size().iter().flat_map(|(path, _, findings)| of_file(path, findings))).collect();
    all.sort();
    all
}

fn assert_found(output: &Output, what: &str) {
    assert_eq!(output.status.code(), Some(1), "{what}: {}", said(output));
    let (mut found, expected) = (found(output), expected());
    found.sort();
    let missing: Vec<&String> = expected.iter().filter(|line| !found.contains(line)).collect();
    let surplus: Vec<&String> = found.iter().filter(|line| !expected.contains(line)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "{what}\nnot found: {missing:#?}\nbut found: {surplus:#?}");
    assert_eq!(found.len(), expected.len(), "{what}: each once");
    assert!(said(output).ends_with("\nnothing was written; the site is as it was\n"), "{what}");
}

#[test]
fn every_fault_is_found_in_one_run_at_its_place() {
    let (_folder, output) = run(<[u8]>::to_vec);
    assert_found(&output, "as written");
    let text = said(&output);
    for suggestion in ["did you mean `configuration_items`?", "Europe/London", "scheduled", "broken-link"] {
        assert!(text.contains(suggestion), "{suggestion} is suggested");
    }
}

#[test]
fn line_ends_and_byte_order_marks_move_no_finding() {
    let with_carriage_returns = |text: &[u8]| -> Vec<u8> {
        text.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect()
    };
    let (_folder, output) = run(with_carriage_returns);
    assert_found(&output, "CRLF");
    let (_folder, output) = run(|text| [b"\xef\xbb\xbf", text].concat());
    assert_found(&output, "byte-order mark");
    let (_folder, output) = run(|text| [b"\xef\xbb\xbf".to_vec(), with_carriage_returns(text)].concat());
    assert_found(&output, "both");
}

/// The findings of a small site: `path:line:column code`.
fn findings(files: &str) -> Vec<String> {
    let folder = folder(files);
    let built = relbook::pipeline::build(&request(folder.path()), &|_, _| ()).unwrap();
    let findings = built.report.findings().iter().map(|(_, finding)| {
        let source = &built.sources[finding.place.source];
        let place = source.position(finding.place.span.start);
        format!("{}:{}:{} {}", source.path, place.line, place.column, finding.lint.code)
    });
    findings.collect()
}

#[test]
fn a_release_without_a_configuration_item_is_warned_of() {
    assert_eq!(
        findings("-- releases/REL-1.md --\n---\ntitle: A\nrelease_type: minor\n---\n"),
        ["releases/REL-1.md:1:1 RB207"]
    );
    let strict = "-- relbook.toml --\n[lints]\nprofile = \"strict\"\n-- releases/REL-1.md --\n---\ntitle: A\n---\n";
    let folder = folder(strict);
    assert_eq!(run_build(folder.path(), &[]).status.code(), Some(1), "an error where the site gates its releases");
    let records = strict.replace("strict", "records");
    assert_eq!(findings(&records), [""; 0]);
}

#[test]
fn a_record_cannot_be_a_service() {
    let files = "-- releases/REL-1.md --\n---\ntitle: A\ntype: service\nrelease_type: minor\n---\n-- changes/CHG-1.md --\n---\ntitle: B\nconfiguration_items: [shop]\nchange_type: normal\n---\n";
    let expected = ["releases/REL-1.md:1:1 RB207", "releases/REL-1.md:3:7 RB102"];
    assert_eq!(findings(files), expected, "it must not vanish without a word, and is read as its folder says");
}

#[test]
fn a_calendar_window_without_an_end_is_said_to_lack_it() {
    let files = "-- calendar/freeze.md --\n---\ntitle: A\nkind: freeze\nstart: 2026-11-01\n---\n";
    assert_eq!(findings(files), ["calendar/freeze.md:1:1 RB006"], "it must not vanish without a word");
}

#[test]
fn an_alias_that_is_no_address_is_said_at_its_place() {
    let files = "-- releases/REL-1.md --\n---\ntitle: A\nconfiguration_items: [shop]\naliases: [good.html, ../bad.html]\nrelease_type: minor\n---\n";
    assert_eq!(findings(files), ["releases/REL-1.md:4:22 RB802"]);
}

#[test]
fn an_address_that_is_taken_names_both_who_want_it() {
    let files = "-- releases/REL-1.md --\n---\ntitle: A\nconfiguration_items: [shop]\naliases: [old.html]\nrelease_type: minor\n---\n\
        -- releases/REL-2.md --\n---\ntitle: B\nconfiguration_items: [shop]\naliases: [OLD.html, releases/rel-1.html]\nrelease_type: minor\n---\n\
        -- static/old.html --\nHere.\n";
    let folder = folder(files);
    let checked = check(folder.path(), None);
    let mut messages: Vec<String> = checked
        .report
        .findings()
        .iter()
        .map(|(_, finding)| format!("{} {}", finding.lint.code, finding.message))
        .collect();
    messages.sort_unstable();
    let expected = [
        "RB802 two things want the address `old.html`: a static or attached file and the alias of `REL-1`",
        "RB802 two things want the address `old.html`: the alias of `REL-2` and the alias of `REL-1`",
        "RB802 two things want the address `releases/rel-1.html`: the page of `REL-1` and the alias of `REL-2`",
    ];
    assert_eq!(messages, expected);
    let places: Vec<String> = places(&checked);
    assert_eq!(places.len(), 3, "{places:?}");
}

/// Two things with one address cannot both be written, whatever level the site gives the finding.
#[test]
fn an_address_that_is_taken_stops_the_build_at_any_level() {
    let folder = folder(
        "-- relbook.toml --\n[lints]\naddress-taken = \"off\"\n\
         -- releases/REL-1.md --\n---\ntitle: A\nconfiguration_items: [shop]\naliases: [old.html]\nrelease_type: minor\n---\n\
         -- static/old.html --\ntaken\n",
    );
    let output = run_build(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1), "it is the records' fault and not the disk's: {}", said(&output));
    assert!(said(&output).contains("old.html"), "{}", said(&output));
}

/// The other place of a key that is given twice is where it was given first, not where its letters stand first.
#[test]
fn a_key_given_twice_in_toml_names_the_first_place() {
    let folder = folder("-- releases/REL-1.md --\n+++\ntitle = \"the owner\"\nowner = \"A\"\nowner = \"B\"\n+++\n");
    let built = relbook::pipeline::build(&request(folder.path()), &|_, _| ()).unwrap();
    let finding = &built.report.findings().iter().find(|(_, finding)| finding.lint.code == "RB004").unwrap().1;
    let line = |place: relbook::source::Place| built.sources[place.source].position(place.span.start).line;
    assert_eq!((line(finding.place), line(finding.related[0].0)), (4, 3));
}

#[test]
fn the_items_of_a_record_that_does_not_parse_are_no_further_findings() {
    let files = "-- releases/REL-1.md --\n---\ntitle: [A\n---\n-- changes/CHG-1.md --\n---\ntitle: B\nconfiguration_items: [shop]\nchange_type: normal\n---\n";
    assert_eq!(findings(files), ["releases/REL-1.md:2:8 RB003"], "at the bracket that never ends");
}
