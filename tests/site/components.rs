//! Components: what a release brings where, what runs there, and a list of what runs held against it.

use std::process::Output;

use relbook::diag::Profile;

use super::harness::{TODAY, check, folder, places, put, relbook, said, site, site_with};

/// A release with a day and some lines more.
fn release(number: usize, day: &str, status: &str, components: &str) -> String {
    let deployed = ["deployed", "closed"].contains(&status);
    let outcome = if deployed { ", outcome: deployed" } else { "" };
    let status = if status.is_empty() { String::new() } else { format!("status: {status}\n") };
    format!(
        "-- releases/REL-{number}.md --\n---\ntitle: Release {number}\nrelease_type: patch\nservice: Ledger\n\
         configuration_items: [app, db]\ncomponents:\n{components}{status}\
         windows: [{{start: {day}T20:00, end: {day}T21:00{outcome}}}]\n---\nText.\n"
    )
}

/// What is found of components.
fn found(files: &str) -> Vec<String> {
    let folder = folder(files);
    let of = |profile| {
        let mut found = places(&check(folder.path(), Some(profile)));
        found.retain(|place| place.starts_with("RB322") || place.starts_with("RB1"));
        found
    };
    assert_eq!(of(Profile::Strict), of(Profile::Standard));
    assert_eq!(of(Profile::Records).iter().filter(|place| place.starts_with("RB322")).count(), 0);
    of(Profile::Strict)
}

const FIRST: &str = "  - {item: app, version: 1.4.0}\n";

#[test]
fn a_component_takes_the_place_of_what_was_brought_last() {
    let first = || release(1, "2026-11-02", "deployed", FIRST);
    let second = |status: &str, day: &str, component: &str| {
        found(&(first() + &release(2, day, status, &format!("  - {component}\n"))))
    };
    assert_eq!(second("draft", "2026-12-02", "{item: app, version: 1.5.0, before: 1.4.0}"), [""; 0]);
    assert_eq!(
        second("draft", "2026-12-02", "{item: app, version: 1.5.0, before: 1.3.9}"),
        ["RB322 releases/REL-2.md:7"]
    );
    assert_eq!(
        second("deployed", "2026-11-03", "{item: app, version: 1.5.0, before: 1.3.9}"),
        ["RB322 releases/REL-2.md:7"]
    );
    assert_eq!(second("cancelled", "2026-12-02", "{item: app, version: 1.5.0, before: 1.3.9}"), [""; 0]);
    assert_eq!(second("draft", "2026-12-02", "{item: app, version: 1.5.0}"), [""; 0], "what is not said is not wrong");
    assert_eq!(second("draft", "2026-12-02", "{item: db, version: 9, before: 8}"), [""; 0], "nothing is known of it");
    assert_eq!(second("draft", "2026-11-01", "{item: app, version: 1.3.0, before: 1.2.0}"), [""; 0], "it was earlier");
    let wrong = ["RB322 releases/REL-2.md:7"];
    assert_eq!(second("draft", "2026-12-02", "{item: app, before: 1.3.9}"), wrong, "whatever it brings");
    assert_eq!(second("rolled-back", "2026-11-12", "{item: app, version: 1.5.0, before: 1.3.9}"), wrong);
    assert_eq!(second("", "2026-12-02", "{item: app, version: 1.5.0, before: 1.3.9}"), wrong);
    assert_eq!(second("draft", "2026-12-02", "{item: app, version: 1.5.0, before: \"\"}"), [""; 0]);
    let taken_back = release(1, "2026-11-02", "rolled-back", FIRST);
    let after = release(2, "2026-12-02", "draft", "  - {item: app, version: 1.5.0, before: 1.3.9}\n");
    assert_eq!(found(&(taken_back + &after)), [""; 0], "what was taken back does not run");
}

#[test]
fn what_another_brings_before_may_be_what_it_finds() {
    let sites = |before: &str| {
        let last = format!("  - {{item: app, version: 1.6.0, before: {before}}}\n");
        let between = release(2, "2026-12-01", "scheduled", "  - {item: app, version: 1.5.0, before: 1.4.0}\n");
        found(&(release(1, "2026-11-02", "deployed", FIRST) + &between + &release(3, "2026-12-09", "draft", &last)))
    };
    assert_eq!(sites("1.5.0"), [""; 0]);
    assert_eq!(sites("1.4.0"), [""; 0], "that of the first of December may be put off");
    assert_eq!(sites("1.3.0"), ["RB322 releases/REL-3.md:7"]);
}

#[test]
fn one_item_comes_in_one_version() {
    let two = |second: &str| found(&release(1, "2026-12-02", "draft", &format!("{FIRST}  - {second}\n")));
    assert_eq!(two("{item: App, version: 1.5.0}"), ["RB322 releases/REL-1.md:8"]);
    assert_eq!(two("{item: app, version: 1.4.0}"), [""; 0]);
    let hex = "0".repeat(64);
    let unsaid = "{item: app, before: 1.3.0}";
    assert_eq!(two(unsaid), ["RB322 releases/REL-1.md:8"], "nobody can tell what it is");
    let of_digest = format!("{{item: app, before: 1.3.0, digest: \"sha256:{hex}\"}}");
    assert_eq!(two(&of_digest), [""; 0], "a version that is not said is no other one");
    assert_eq!(two(&format!("{{item: db, version: 9, digest: \"sha256:{hex}\"}}")), [""; 0]);
    assert_eq!(
        two(&format!("{{item: db, version: 9, digest: \"sha256:{}\"}}", &hex[1..])),
        ["RB102 releases/REL-1.md:8"]
    );
    assert_eq!(two("{item: db, version: 9, digest: latest}"), ["RB102 releases/REL-1.md:8"]);
}

#[test]
fn pages_say_what_runs_and_who_brought_it() {
    let digest = format!("sha256:{}", "ab".repeat(32));
    let first =
        release(1, "2026-11-02", "deployed", &format!("  - {{item: app, version: \"<1.4>\", digest: \"{digest}\"}}\n"));
    let files = first + &release(2, "2026-12-02", "scheduled", "  - {item: app, version: 1.5.0, before: <1.4>}\n");
    let built = site(&files);
    let runs = built.page("configuration-items/app.html").part("runs").text();
    assert!(runs.contains("Version <1.4> , brought by REL-1 on 2 Nov 2026") && runs.contains(&digest), "{runs}");
    let of_service = built.page("services/Ledger.html").part("runs").text();
    assert!(of_service.contains("app <1.4>") && of_service.contains("2 Nov 2026 REL-1"), "{of_service}");
    let components = built.page("releases/REL-2.html").main().text();
    assert!(components.contains("app 1.5.0 <1.4> not recorded"), "{components}");
    assert!(!built.page("configuration-items/db.html").has_part("runs"));
    let settings = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"configuration-item\", \"service\"]\nkeys = [\"title\", \"service\", \"windows\", \"status\", \"configuration_items\"]\n";
    let customers = files.replace("service: Ledger", "service: Ledger\naudience: customer");
    let edition = site_with(&format!("{settings}{customers}"), |request| request.edition = Some("customer".to_owned()));
    for path in edition.tree().iter().filter(|path| path.ends_with(".html")) {
        assert!(!edition.text(path).contains("1.4"), "{path}");
    }
}

#[test]
fn a_service_tells_of_its_items_whoever_brought_it() {
    let other = release(1, "2026-11-02", "deployed", FIRST).replace("service: Ledger", "service: Archive");
    let own = release(2, "2026-11-01", "deployed", "  - {item: app, version: 1.3.0}\n");
    let item = |id: &str| format!("-- configuration-items/{id}.md --\n---\nname: {id}\nservice: Desk\n---\n");
    let built = site(&(other + &own + &item("app") + &item("db")));
    for service in ["Ledger", "Archive", "Desk"] {
        let runs = built.page(&format!("services/{service}.html")).part("runs").text();
        assert!(runs.contains("app 1.4.0 2 Nov 2026 REL-1") && !runs.contains("db"), "{service}: {runs}");
    }
}

#[test]
fn an_edition_tells_what_runs_where_it_is_what_runs() {
    let customer = |release: String| release.replace("service: Ledger", "service: Ledger\naudience: customer");
    let first = || customer(release(1, "2026-11-02", "deployed", FIRST));
    let second = || release(2, "2026-11-05", "deployed", "  - {item: app, version: 1.5.0}\n");
    let runs = |keys: &str, files: String| {
        let settings = format!(
            "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"configuration-item\", \"service\"]\n\
             keys = [\"title\", \"service\", \"status\", \"configuration_items\", \"components\", {keys}]\n"
        );
        let edition = site_with(&(settings + &files), |request| request.edition = Some("customer".to_owned()));
        let pages = ["configuration-items/app.html", "services/Ledger.html"].map(|page| edition.page(page));
        pages.map(|page| page.has_part("runs").then(|| page.part("runs").text().contains("1.4.0")))
    };
    assert_eq!(runs("\"windows\"", first()), [Some(true); 2]);
    assert_eq!(runs("\"windows\"", first() + &second()), [None; 2], "1.5.0 runs, and is nothing for customers");
    assert_eq!(runs("\"windows\"", first() + &customer(second())), [Some(false); 2]);
    assert_eq!(runs("\"summary\"", first()), [None; 2], "no day is told");
    let later =
        |release: String| release.replace("outcome: deployed", "outcome: deployed, actual_end: 2026-11-03T01:00");
    assert_eq!(runs("\"planned_date\"", first()), [Some(true); 2]);
    assert_eq!(runs("\"planned_date\"", later(first())), [None; 2], "it was another day");
}

fn verify(folder: &std::path::Path, list: &str) -> Output {
    let mut command = relbook(folder, &["verify", "--components", list]);
    command.env("SOURCE_DATE_EPOCH", epoch()).output().expect("relbook runs")
}

fn epoch() -> String {
    let day: jiff::civil::Date = TODAY.parse().unwrap();
    day.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second().to_string()
}

#[test]
fn a_list_of_what_runs_is_held_against_the_records() {
    let digest = |letter: &str| format!("sha256:{}", letter.repeat(64));
    let components =
        format!("  - {{item: app, version: 1.4.0, digest: \"{}\"}}\n  - {{item: db, version: \"9\"}}\n", digest("a"));
    let folder = folder(&release(1, "2026-11-02", "deployed", &components));
    let told = |name: &str, list: &str| {
        put(folder.path(), name, list.as_bytes());
        let output = verify(folder.path(), name);
        (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), said(&output))
    };
    let (code, out, _) = told("a.csv", &format!("item,version,digest\nApp,1.4.0,{}\n\"db\",9,\n", digest("a")));
    assert_eq!((code, out.as_str()), (Some(0), "2 components run as the records say\n"));
    let (code, out, _) = told(
        "b.json",
        &format!(
            "[{{\"item\": \"app\", \"version\": \"1.3.9\", \"digest\": \"{}\"}}, {{\"item\": \"\\u001b[31mcache\"}}]",
            digest("b")
        ),
    );
    let digests = format!("app: runs in digest {}, and REL-1 brought {}", digest("b"), digest("a"));
    let wanted = [
        "app: runs in version 1.3.9, and REL-1 brought 1.4.0",
        &digests,
        "db: is not in the list, and REL-1 brought version 9",
    ];
    assert_eq!(code, Some(1));
    assert!(!out.contains('\u{1b}'), "{out:?}");
    assert_eq!(out.lines().skip(1).collect::<Vec<_>>(), wanted);
    assert!(out.lines().next().unwrap().ends_with("[31mcache: runs, and no release that is live brought it"), "{out}");
    let (code, out, _) =
        told("h.json", "[{\"item\": \"app\\ndb: runs\\tas told\"}, {\"item\": \"db\", \"version\": \"9\"}]");
    assert_eq!((code, out.lines().count()), (Some(1), 2), "a name is no line of its own: {out:?}");
    assert!(out.contains("app\u{fffd}db: runs\u{fffd}as told: runs, and no release"), "{out:?}");
    let (code, out, _) = told("i.csv", &format!("item,digest\napp,{}\ndb,{}\n", digest("a"), digest("b")));
    let untold = "db: has no version or digest in the list to compare, and REL-1 brought 9\n";
    assert_eq!((code, out.as_str()), (Some(1), untold), "what is not compared does not run as told");
    for (name, list) in [
        ("j.csv", "[item,version\n"),
        ("k.txt", "item,version\napp,1.4.0\ndb,9\n"),
        ("l.txt", " [{\"item\": \"app\", \"version\": \"1.4.0\"}, {\"item\": \"db\", \"version\": \"9\"}]"),
    ] {
        let (code, _, said) = told(name, list);
        assert_eq!(code, Some(if name == "j.csv" { 2 } else { 0 }), "{name}: {said}");
        assert!(!said.contains("JSON"), "{name}: {said}");
    }
    for (name, list, wanted) in [
        ("c.csv", "name,version\napp,1\n", "is no table with the columns"),
        ("d.json", "{\"item\": \"app\"}", "is no list of objects"),
        ("e.csv", "item,version\napp,1\nAPP,2\n", "names APP twice"),
        ("f.csv", "item,version\n,2\n", "has an entry without an item"),
        ("g.csv", "item,version,size\napp,1,2\n", "is no table with the columns"),
        ("m.csv", "itm,version\n", "its first line names `itm`"),
        ("n.csv", "", "its first line does not name `item`"),
        ("o.txt", "{\"item\": \"app\"}", "is no list of objects"),
        ("p.csv", "item,version\n\"app,1\n", "is no table with the columns"),
        ("q.csv", "item,version\napp\n", "is no table with the columns"),
        ("r.json", "[{\"item\": \"app\", \"a\\u001b[2J\\nb\": 1}]", "a\u{fffd}[2J\u{fffd}b"),
    ] {
        let (code, out, said) = told(name, list);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{name}: {said}");
        assert!(said.contains(wanted), "{name}: {said}");
    }
    put(folder.path(), "latin.csv", b"item\n\xe4\n");
    assert!(said(&verify(folder.path(), "latin.csv")).contains("cannot read latin.csv as UTF-8"));
    assert!(said(&verify(folder.path(), "/dev/zero")).contains("/dev/zero is larger than 64 MiB"));
    let output = verify(folder.path(), "nowhere.csv");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("cannot read nowhere.csv"), "{}", said(&output));
}
