//! A month with a crowd of changes, all on one configuration item: every page stays small, nothing is lost.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::harness::{Site, build, put, tree};

/// A page is no larger than this, however much there is to show.
const MOST_BYTES: usize = 150_000;
/// More than any page, list of a day or run of conflicts takes; ten times as many make no page larger.
const CHANGES: usize = 2_000;

/// The day of a change: every day has some, and a quarter of all falls on one.
fn day(number: usize) -> usize {
    if number.is_multiple_of(4) { 17 } else { 1 + number % 30 }
}

/// Changes of one month on one item.
fn crowd() -> Site {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "relbook.toml", b"time_zone = \"Europe/Amsterdam\"\n");
    let freeze = "---\ntitle: No work\nkind: freeze\nstart: 2026-11-20T00:00\nend: 2026-11-23T00:00\n---\n";
    put(folder.path(), "calendar/freeze.md", freeze.as_bytes());
    for number in 0..CHANGES {
        let day = day(number);
        let (hour, minute) = (number % 23, number % 60);
        let mut text = format!("---\ntitle: Change {number} of what many things hang on and many people work with\n");
        writeln!(text, "status: {}", ["scheduled", "closed", "approved"][number % 3]).unwrap();
        writeln!(text, "change_type: {}\nservice: Service {}", ["normal", "standard"][number % 2], number % 40)
            .unwrap();
        writeln!(text, "configuration_items: [hub, node-{}]", number % 300).unwrap();
        let start = format!("2026-11-{day:02}T{hour:02}:{minute:02}");
        writeln!(text, "windows: [{{start: {start}, end: 2026-11-{day:02}T{:02}:59}}]\n---\n", hour + 1).unwrap();
        put(folder.path(), &format!("changes/CHG-{number:05}.md"), text.as_bytes());
    }
    build(folder, |_| ())
}

#[test]
fn a_crowded_month_and_item_have_small_pages_with_everything_on_them() {
    let site = crowd();
    for (route, bytes) in tree(&site.out()).iter().filter(|(route, _)| route.ends_with(".html")) {
        assert!(bytes.len() < MOST_BYTES, "{route}: {} bytes", bytes.len());
    }
    let changes = |route: &str| {
        let targets = site.page(route).main().targets();
        targets.into_iter().filter(|target| target.starts_with("changes/CHG")).collect::<BTreeSet<_>>()
    };
    let pages: Vec<String> = site.tree_below("calendar/2026/11/");
    let of_month: BTreeSet<String> = pages.iter().flat_map(|route| changes(route)).collect();
    assert_eq!(of_month.len(), CHANGES, "each change is on its day");
    let full = (0..CHANGES).filter(|number| day(*number) == 17).count();
    let of_day = pages.iter().filter(|route| route.contains("/11/17")).count();
    assert_eq!(of_day, full.div_ceil(50));
    let first = site.page("calendar/2026/11/17.html").main();
    assert!(first.text().contains("Windows open in each hour"), "counts come first: {}", first.text());
    assert!(first.text().contains("and 5 more"), "a crowd of conflicts is counted: {}", first.text());
    let week = site.page("calendar/2026/W47.html");
    let in_week = (0..CHANGES).filter(|number| (16..=22).contains(&day(*number))).count();
    assert!(week.main().text().contains(&format!("{} more are not drawn", in_week - 30)), "{}", week.main().text());
    let drawing = &week.html()[week.html().find("<svg class=\"hours\"").unwrap()..week.html().find("</svg>").unwrap()];
    let numbers = drawing.split("changes/CHG-").skip(1).map(|rest| rest[..5].parse::<usize>().unwrap());
    let drawn: Vec<usize> = numbers.map(day).collect();
    assert_eq!(drawn.len(), 30);
    assert!(drawn.is_sorted() && (16..=22).all(|day| drawn.contains(&day)), "each day is drawn: {drawn:?}");
    let of_item: BTreeSet<String> = site
        .tree_below("configuration-items/hub/")
        .iter()
        .map(String::as_str)
        .filter(|path| path.ends_with(".html"))
        .chain(["configuration-items/hub.html"])
        .flat_map(changes)
        .collect();
    assert_eq!(of_item.len(), CHANGES, "each change is in the lists of its item");
}
