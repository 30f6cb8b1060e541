//! The preview's server, spoken to as a browser and as an attacker would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use relbook::pipeline;

use super::harness::{TODAY, folder, preview_in_browser, printed, put, relbook, request, tree};
use super::previews::{self, Numbers};

/// A preview that runs.
struct Server {
    child: Child,
    address: String,
    /// The path of the site on the host.
    root: String,
}

impl Server {
    fn start(site: &Path, more: &[&str]) -> Server {
        let arguments = [&["serve", "--today", TODAY], more].concat();
        let mut child =
            relbook(site, &arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("relbook runs");
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        let rest = url.trim_end().strip_prefix("http://").unwrap_or_else(|| panic!("no address: {url:?}"));
        let (address, root) = rest.split_once('/').unwrap();
        Server { child, address: address.to_owned(), root: format!("/{root}") }
    }

    /// A preview at a port that nobody else has.
    fn new(site: &Path) -> Server {
        Server::start(site, &["--port", "0"])
    }

    /// Sends a request as it stands, and gives the whole answer.
    fn ask(&self, request: &str) -> String {
        String::from_utf8_lossy(&self.whole_answer(request)).into_owned()
    }

    fn whole_answer(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    }

    /// The bytes at a path, without the head of the answer.
    fn ask_bytes(&self, path: &str) -> Vec<u8> {
        let mut answer = self.whole_answer(&request_of(&self.address, path));
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        answer.split_off(head + 4)
    }

    /// How many kilobytes the server has in memory, where the system says so.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&request_of(&self.address, path))
    }

    /// The stream of events, from its first one on.
    fn events(&self) -> Events {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // What has not come by then never comes.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET /-/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut events = Events(BufReader::new(stream));
        assert_eq!(events.next().0, "hello");
        events
    }

    fn interrupt(&mut self) -> Option<i32> {
        let ended = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(ended.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// Waits from event to event until something holds. A file that is written may be seen half-way too.
    fn until(&mut self, holds: impl Fn() -> bool) {
        while !holds() {
            self.next();
        }
    }

    /// The next event: its name and data. It is waited for.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.trim_end().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, data.trim_end().to_owned());
            }
        }
    }
}

fn request_of(host: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("no answer")
}

const SITE: &str = r#"
-- relbook.toml --
title = "Records"
-- releases/REL-1.md --
---
title: First
service: Shop
configuration_items: [till]
release_type: minor
---
Words of the first.
-- releases/REL-2.md --
---
title: Second
draft: true
service: Shop
configuration_items: [till]
supersedes: REL-1
release_type: minor
---
-- static/a.txt --
static
"#;

#[test]
fn what_no_page_of_the_site_may_ask_is_refused() {
    let site = folder(SITE);
    put(site.path(), ".env", b"SECRET");
    put(site.path(), "releases/.hidden.md", b"SECRET");
    std::os::unix::fs::symlink("/etc/passwd", site.path().join("static/link.txt")).unwrap();
    let before = tree(site.path());
    let server = Server::start(site.path(), &["--port", "0", "--allow-host", "preview.test"]);
    let own = server.address.clone();
    let of = |line: &str, headers: &str| format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    let at = |path: &str| of(&format!("GET {path}"), &format!("Host: {own}\r\n"));
    let with = |path: &str, header: &str| of(&format!("GET {path}"), &format!("Host: {own}\r\n{header}\r\n"));
    let port = own.rsplit_once(':').unwrap().1;
    let page = "/releases/REL-1.html";
    let table: &[(String, &str)] = &[
        // What is answered.
        (at("/"), "200"),
        (at(page), "200"),
        (at("/releases/"), "200"),
        (at("/releases"), "302"),
        (at("/static/a.txt"), "404"),
        (at("/a.txt"), "200"),
        (of("HEAD /", &format!("Host: {own}\r\n")), "200"),
        (of("GET /", &format!("Host: localhost:{port}\r\n")), "200"),
        (of("GET /", &format!("Host: preview.test:{port}\r\n")), "200"),
        (with("/-/findings?page=index.html", &format!("Origin: http://{own}")), "200"),
        (with("/-/findings?page=index.html", "Sec-Fetch-Site: same-origin"), "200"),
        // Ways out of the site.
        (at("/../../../etc/passwd"), "404"),
        (at("/%2e%2e/%2e%2e/etc/passwd"), "404"),
        (at("/..%2f..%2fetc/passwd"), "404"),
        (at("/.%2e/.%2e/etc/passwd"), "404"),
        (at("/%252e%252e/etc/passwd"), "404"),
        (at("/..\\..\\etc\\passwd"), "404"),
        (at("/..%5c..%5cetc%5cpasswd"), "404"),
        (at("/releases/../../etc/passwd"), "404"),
        (at("//etc/passwd"), "404"),
        (at("/%2fetc/passwd"), "404"),
        (at("/a.txt%00.html"), "404"),
        (at("/%c0%ae%c0%ae/etc/passwd"), "404"),
        (at("/link.txt"), "404"),
        (at("/.env"), "404"),
        (at("/relbook.toml"), "404"),
        (at("/content/releases/REL-1.md"), "404"),
        (at("/releases/REL-1/index.md"), "404"),
        (at("/-/../relbook.toml"), "404"),
        (at("/-/nothing"), "404"),
        // Names that lead here and are not its own.
        (of("GET /", "Host: evil.example\r\n"), "421"),
        (of("GET /", &format!("Host: localhost.evil.example:{port}\r\n")), "421"),
        (of("GET /", &format!("Host: 127.0.0.1.evil.example:{port}\r\n")), "421"),
        (of("GET /", "Host: 192.168.1.7\r\n"), "421"),
        (of("GET /", ""), "421"),
        (of("GET /", &format!("Host: {own}\r\nHost: evil.example\r\n")), "421"),
        // Pages of other sites.
        (with("/-/events", "Origin: http://evil.example"), "403"),
        (with("/-/events", "Origin: null"), "403"),
        (with("/-/events", &format!("Origin: https://{own}")), "403"),
        (with("/-/events", "Origin: http://127.0.0.1:1"), "403"),
        (with("/-/events", "Sec-Fetch-Site: cross-site"), "403"),
        (with("/-/events", "Sec-Fetch-Site: same-site"), "403"),
        (with("/-/findings?page=index.html", "Origin: http://evil.example"), "403"),
        // Other methods.
        (of("POST /", &format!("Host: {own}\r\nContent-Length: 0\r\n")), "405"),
        (of("PUT /a.txt", &format!("Host: {own}\r\nContent-Length: 0\r\n")), "405"),
        (of("DELETE /a.txt", &format!("Host: {own}\r\n")), "405"),
        (of("OPTIONS /", &format!("Host: {own}\r\n")), "405"),
        (of("TRACE /", &format!("Host: {own}\r\n")), "405"),
    ];
    for (request, expected) in table {
        let answer = server.ask(request);
        assert_eq!(status(&answer), *expected, "{request}\n{answer}");
        assert!(!answer.contains("SECRET") && !answer.contains("root:"), "{request}\n{answer}");
        assert!(!answer.to_lowercase().contains("access-control-"), "{request}\n{answer}");
    }
    let head = server.ask(&table[6].0);
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    assert_eq!(tree(site.path()), before, "something was written below the site's folder");
}

#[test]
fn an_open_page_is_told_of_each_change_and_finds_it_there() {
    let site = folder(SITE);
    put(site.path(), "theme/assets/relbook.css", b"p { margin: 1px }");
    let server = Server::new(site.path());
    let mut events = server.events();
    let release = |title: &str, words: &str| {
        format!("---\ntitle: {title}\nservice: Shop\nconfiguration_items: [till]\n---\n{words}\n").into_bytes()
    };
    let page = || server.get("/releases/REL-1.html");
    put(site.path(), "releases/REL-1.md", &release("First", "Other words."));
    events.until(|| page().contains("Other words."));
    assert!(!page().contains("Words of the first."));
    put(site.path(), "releases/REL-3.md", &release("Third", ""));
    events.until(|| server.get("/releases/").contains("Third"));
    put(site.path(), "theme/assets/relbook.css", b"p { margin: 2px }");
    while events.next().0 != "styles" {}
    events.until(|| server.get("/assets/relbook.css").contains("2px"));
    let told = || server.get("/-/findings?page=releases/REL-1.html");
    fs::rename(site.path().join("releases"), site.path().join("away")).unwrap();
    // Without any folder of records the site stays, and says why.
    events.until(|| told().contains("holds no records"));
    assert_eq!(status(&page()), "200");
    fs::rename(site.path().join("away"), site.path().join("releases")).unwrap();
    events.until(|| told().contains("\"fault\":null"));
    put(site.path(), "releases/REL-1.md", &release("First", "The last words."));
    events.until(|| page().contains("The last words."));
}

#[test]
fn what_cannot_be_read_any_more_leaves_what_was_there_and_is_said() {
    let site = folder(SITE);
    put(site.path(), "theme/templates/partials/own.html", b"");
    let server = Server::new(site.path());
    let mut events = server.events();
    let page = || server.get("/releases/REL-1.html");
    let told = || server.get("/-/findings?page=releases/REL-1.html");
    put(site.path(), "releases/REL-1.md", b"---\ntitle: \"never closed\n---\n");
    events.until(|| told().contains("never closed"));
    assert!(page().contains("Words of the first."), "{}", page());
    let of_record = told();
    assert!(of_record.contains("\"level\":\"error\""), "{of_record}");
    let code = of_record.split("\"code\":\"").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    assert!(server.get("/checks/").contains(&code));
    put(site.path(), "relbook.toml", b"title = \"Other\nlanguage = 7\n");
    events.until(|| server.get("/-/findings?page=index.html").contains("relbook.toml"));
    assert!(server.get("/").contains("Records"));
    let template = b"{% extends \"default/release.html\" %}{% block main %}{{ nothing.there }}{% endblock %}";
    // In one step: an empty template, as which a written one begins, is one that can be drawn.
    put(site.path(), "away.html", template);
    fs::rename(site.path().join("away.html"), site.path().join("theme/templates/release.html")).unwrap();
    events.until(|| told().contains("theme/templates/release.html"));
    assert!(page().contains("Words of the first."), "{}", page());
}

#[test]
fn what_a_finding_shows_is_data() {
    let site = folder(
        "-- relbook.toml --\n[serve]\neditor = \"vscode\"\n-- releases/a b.md --\n---\ntitle: x\n\"<script>alert(1)</script>\": </script>\n---\n",
    );
    let server = Server::new(site.path());
    let told = server.get("/-/findings?page=releases/a%2520b.html");
    let told = if told.contains("\"findings\":[]") { server.get("/-/findings?page=releases/a-b.html") } else { told };
    assert!(told.contains("Content-Type: application/json") && told.contains("nosniff"), "{told}");
    assert!(told.contains("vscode://file/") && told.contains("a%20b.md:3:"), "{told}");
}

#[test]
fn the_terminal_says_what_each_save_came_to() {
    let site = folder(SITE);
    let mut child = relbook(site.path(), &["serve", "--today", TODAY, "--port", "0"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("relbook runs");
    let (tell, told) = channel();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
    let until = |expected: &str| while told.recv_timeout(Duration::from_secs(60)).expect(expected) != expected {};
    until("previewing 2 records at the address below; Ctrl+C ends it");
    let faulty = b"{% extends \"default/release.html\" %}{% block main %}{{ nothing.there }}{% endblock %}";
    put(site.path(), "theme/templates/release.html", faulty);
    until("changed: 1 error");
    put(site.path(), "theme/templates/release.html", b"{% extends %}");
    until("changed: 1 error");
    fs::remove_file(site.path().join("theme/templates/release.html")).unwrap();
    until("changed: nothing to mend");
    put(
        site.path(),
        "releases/REL-1.md",
        b"---\ntitle: First\nservice: Shop\nconfiguration_items: [till]\ntitel: x\nchanges: [CHG-9]\n---\n",
    );
    until("changed: 2 errors");
    child.kill().unwrap();
    child.wait().unwrap();
    let _ = reader.join();
}

#[test]
fn drafts_are_in_and_an_edition_has_what_its_readers_see() {
    let site = folder(&SITE.replace(
        "title = \"Records\"\n",
        "title = \"Records\"\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\"]\n",
    ));
    put(
        site.path(),
        "releases/REL-4.md",
        b"---\ntitle: Fourth\naudience: customer\nservice: Shop\n---\nHidden words.\n",
    );
    let server = Server::new(site.path());
    assert_eq!(status(&server.get("/releases/REL-2.html")), "200");
    assert_eq!(status(&Server::start(site.path(), &["--port", "0", "--no-drafts"]).get("/releases/REL-2.html")), "404");
    let edition = Server::start(site.path(), &["--port", "0", "--edition", "customer"]);
    assert_eq!(status(&edition.get("/releases/REL-1.html")), "404");
    let page = edition.get("/releases/REL-4.html");
    assert!(page.contains("Fourth") && !page.contains("Hidden words.") && !page.contains("Shop"), "{page}");
}

#[test]
fn the_site_stands_where_it_will_be_published() {
    let site = folder(&SITE.replace("title = ", "base_url = \"https://example.com/records/\"\ntitle = "));
    let server = Server::new(site.path());
    assert_eq!(server.root, "/records/");
    assert_eq!(status(&server.get("/records/releases/REL-1.html")), "200");
    assert!(server.get("/").contains("Location: /records/"));
    assert_eq!(status(&server.get("/releases/REL-1.html")), "404");
}

#[test]
fn the_search_finds_what_was_written_since() {
    let site = folder(SITE);
    let server = Server::new(site.path());
    let mut events = server.events();
    let index = |page: &str| {
        let at = page.find("search/root-").unwrap_or_else(|| panic!("{page}"));
        page[at..].split(['"', '&', '?']).next().unwrap().to_owned()
    };
    let before = index(&server.get("/search/"));
    assert_eq!(status(&server.get(&format!("/{before}"))), "200");
    put(
        site.path(),
        "releases/REL-1.md",
        b"---\ntitle: First\nservice: Shop\nconfiguration_items: [till]\n---\nZanzibar.\n",
    );
    events.until(|| server.get("/releases/REL-1.html").contains("Zanzibar"));
    let after = index(&server.get("/search/"));
    assert_ne!(before, after);
    assert_eq!(status(&server.get(&format!("/{after}"))), "200");
}

#[test]
fn it_ends_cleanly_and_says_which_port_it_took() {
    let site = folder(SITE);
    let mut server = Server::new(site.path());
    let _stream = server.events();
    assert_eq!(server.interrupt(), Some(0));
    // Another test, or another program, may have the port: then it is taken all the same.
    let _taken = TcpListener::bind("127.0.0.1:4000");
    let mut server = Server::start(site.path(), &[]);
    assert_ne!(server.address, "127.0.0.1:4000");
    assert_eq!(server.interrupt(), Some(0));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = relbook(site.path(), &["serve", "--port", &port]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("cannot listen at port {port}")), "{said}");
    for (arguments, expected) in [
        (&["serve", "nowhere", "--port", "0"][..], "there is no folder"),
        (&["serve", "--edition", "nobody", "--port", "0"], "there is no edition `nobody`"),
    ] {
        let output = relbook(site.path(), arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn after_a_storm_of_edits_every_page_is_that_of_a_build() {
    let site = previews::site();
    let server = Server::new(site.path());
    let mut events = server.events();
    let mut numbers = Numbers(7);
    let edits = previews::edits();
    // What was needed once may be kept: a burst comes before the first look at the memory.
    burst(site.path(), 1000);
    put(site.path(), "releases/REL-FIRST.md", b"---\ntitle: First\nservice: Shop\n---\nThe first words.\n");
    events.until(|| server.get("/releases/REL-FIRST.html").contains("The first words."));
    let before = server.memory();
    for number in 1..=edits {
        // Some pages are asked for while more is written.
        previews::edit(site.path(), &mut numbers);
        if number % 3 == 0 {
            server.get("/releases/REL-1.html");
            server.get("/");
        }
        if number == edits / 2 {
            burst(site.path(), 1000);
            another_branch(site.path());
        }
    }
    for (number, name) in ["releases/REL", "changes/CHG", "known-errors/KE"].into_iter().enumerate() {
        // Whatever was broken or away is whole at the end.
        for record in 1..=9 {
            previews::write(
                site.path(),
                &format!("{name}-{record}.md"),
                &mut Numbers(900 + number as u64 * 10 + record),
            );
        }
    }
    let _ = fs::remove_dir_all(site.path().join("away"));
    put(site.path(), "releases/REL-LAST.md", b"---\ntitle: Last\nservice: Shop\n---\nThe very last words.\n");
    events.until(|| server.get("/releases/REL-LAST.html").contains("The very last words."));
    let out = tempfile::tempdir().unwrap();
    let mut request = request(site.path());
    request.out = Some(out.path().join("site"));
    request.with_drafts = true;
    let built = pipeline::build(&request, &|_, _| ()).unwrap();
    assert!(built.written.is_some(), "{}", printed(&built));
    for (path, bytes) in tree(&out.path().join("site")) {
        if path.starts_with(".relbook") {
            continue;
        }
        let served = without_strip(server.ask_bytes(&format!("/{path}")));
        if served != bytes {
            let (served, bytes) = (String::from_utf8_lossy(&served), String::from_utf8_lossy(&bytes));
            let differing = served.lines().zip(bytes.lines()).find(|(one, other)| one != other);
            panic!("{path} differs: {differing:#?}");
        }
    }
    if let (Some(before), Some(after)) = (before, server.memory()) {
        eprintln!("{edits} edits: {before} kB before, {after} kB after");
        assert!(after < before + before / 2, "{edits} edits: {before} kB before, {after} kB after");
    }
}

/// Writes many records at once, and takes them away again.
fn burst(folder: &Path, count: u64) {
    let path = |number: u64| format!("changes/CHG-B{number}.md");
    for number in 0..count {
        previews::write(folder, &path(number), &mut Numbers(number));
    }
    for number in 0..count {
        fs::remove_file(folder.join(path(number))).unwrap();
    }
}

/// Checks another branch out as git does, file by file, and comes back.
fn another_branch(folder: &Path) {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").current_dir(folder).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["config", "user.name", "Nobody"]);
    git(&["config", "user.email", "nobody@example.com"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "All"]);
    git(&["checkout", "--quiet", "-b", "other"]);
    for number in 1..=9 {
        previews::write(folder, &format!("releases/REL-{number}.md"), &mut Numbers(500 + number));
        previews::write(folder, &format!("changes/CHG-2{number}.md"), &mut Numbers(600 + number));
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Others"]);
    git(&["checkout", "--quiet", "main"]);
    fs::remove_dir_all(folder.join(".git")).unwrap();
}

/// A page as it is without what the preview adds.
fn without_strip(page: Vec<u8>) -> Vec<u8> {
    let at = |words: &[u8]| page.windows(words.len()).rposition(|window| window == words);
    match (at(b"<aside id=\"relbook-preview\""), at(b"</body>")) {
        (Some(from), Some(to)) => [&page[..from], &page[to..]].concat(),
        _ => page,
    }
}

#[test]
fn open_pages_follow_what_is_written() {
    let site = folder(
        r#"
-- relbook.toml --
title = "Records"
[serve]
editor = "vscode"
-- releases/REL-1.md --
---
title: Alpha
audience: customer
service: Shop
configuration_items: [till]
windows: [{start: 2026-11-24T08:00, end: 2026-11-24T09:00}]
release_type: minor
---
-- releases/REL-2.md --
---
title: Beta
service: Ledger
configuration_items: [ledger]
windows: [{start: 2026-11-25T08:00, end: 2026-11-25T09:00}]
release_type: minor
---
-- theme/assets/own.css --
body { letter-spacing: 0 }
-- theme/templates/partials/links.html --
{% include "default/partials/links.html" %}<link rel="stylesheet" href="{{ root }}assets/own.css">
"#,
    );
    preview_in_browser("preview.mjs", site.path());
}
