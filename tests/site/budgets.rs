//! What small files come to: how many pages of the calendar, how many entries on them, and what is said.
//!
//! A line more in `CASES` is a case more. A case has a front matter that stands in so many files, each with another number in
//! the place of `{n}`. What is written grows with the files; what their rules come to does not.

use relbook::pipeline;

use super::harness::{Site, build, folder, printed, request};

/// Files of one kind, and what a site with them has.
struct Case {
    /// What it is about.
    name: &'static str,
    /// How many files.
    files: usize,
    /// The front matter of each but for its title.
    front_matter: &'static str,
    /// What stands in other files.
    beside: &'static str,
    expected: Expected,
}

/// What a site comes to, worked out by hand.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// Pages of years, months, weeks and days, and the entries in the cells of the months.
    Pages { calendar: [usize; 4], entries: usize },
    /// Nothing is written, and of these findings so many are printed.
    Findings(&'static [(&'static str, usize)]),
}

use Expected::{Findings, Pages};

const RUNS_ON: &str = "this goes on when it comes again";
const TOO_OFTEN: &str = "this comes more often than the calendar can show";
const NO_ROOM: &str = "the windows that repeat come more than";

const CASES: &[Case] = &[
    Case {
        name: "five hundred years, every day",
        files: 1,
        front_matter: "start: 2000-01-01\nduration: P500Y\nrepeats: FREQ=DAILY",
        beside: "",
        expected: Findings(&[(RUNS_ON, 1)]),
    },
    Case {
        name: "an end that is later than the next start",
        files: 3,
        front_matter: "start: 2026-01-01T22:00\nend: 2026-01-05T06:00\nrepeats: FREQ=DAILY;INTERVAL=2",
        beside: "",
        expected: Findings(&[(RUNS_ON, 3)]),
    },
    Case {
        name: "four days, on Mondays and Thursdays: three days lie between these",
        files: 1,
        front_matter: "start: 2026-01-05\nduration: P4D\nrepeats: FREQ=WEEKLY;BYDAY=MO,TH",
        beside: "",
        expected: Findings(&[(RUNS_ON, 1)]),
    },
    Case {
        name: "thirty days, monthly: February has twenty-eight",
        files: 1,
        front_matter: "start: 2026-03-01\nduration: P30D\nrepeats: FREQ=MONTHLY",
        beside: "",
        expected: Findings(&[(RUNS_ON, 1)]),
    },
    Case {
        name: "seven hours, twice a day",
        files: 1,
        front_matter: "start: 2026-01-01T04:00\nduration: PT7H\nrepeats: FREQ=DAILY;BYHOUR=4,10",
        beside: "",
        expected: Findings(&[(RUNS_ON, 1)]),
    },
    Case {
        name: "a whole day, every day",
        files: 1,
        front_matter: "start: 2026-11-01\nduration: P1D\nrepeats: FREQ=DAILY",
        beside: "",
        // From Sunday 1 November to the end of January, which is a Sunday: 13 weeks and a day. November is shown to 6 December,
        // December to 3 January, January from 28 December on: 36, 35 and 35 days.
        expected: Pages { calendar: [2, 3, 14, 0], entries: 106 },
    },
    Case {
        name: "a hundred nights for a quarter of a century",
        files: 100,
        front_matter: "start: 2000-01-01T00:00\nduration: PT23H\nrepeats: FREQ=DAILY",
        beside: "",
        expected: Findings(&[(NO_ROOM, 1)]),
    },
    Case {
        name: "three hundred and thirty of them",
        files: 330,
        front_matter: "start: 2000-01-01T00:00\nduration: PT23H\nrepeats: FREQ=DAILY",
        beside: "",
        expected: Findings(&[(NO_ROOM, 1)]),
    },
    Case {
        name: "every minute",
        files: 5,
        front_matter: "start: 2000-01-01T00:00\nduration: PT1M\nrepeats: FREQ=MINUTELY",
        beside: "",
        expected: Findings(&[(TOO_OFTEN, 5)]),
    },
    Case {
        name: "every second, to the end of time",
        files: 2,
        front_matter: "start: 2000-01-01T00:00\nduration: PT1S\nrepeats: FREQ=SECONDLY;UNTIL=99991231",
        beside: "",
        expected: Findings(&[(TOO_OFTEN, 2)]),
    },
    Case {
        name: "counted to a thousand million",
        files: 40,
        front_matter: "start: 2000-01-01T00:00\nduration: PT1M\nrepeats: FREQ=HOURLY;COUNT=1000000000",
        beside: "",
        expected: Findings(&[(NO_ROOM, 1)]),
    },
    Case {
        name: "at every second of a day",
        files: 1,
        front_matter: "start: 2026-01-01T00:00\nduration: PT1S\nrepeats: FREQ=DAILY;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9",
        beside: "",
        expected: Findings(&[(NO_ROOM, 1)]),
    },
    Case {
        name: "once a year since the year 1",
        files: 300,
        front_matter: "start: 0001-11-23T00:00\nduration: PT1H\nrepeats: FREQ=YEARLY",
        beside: "",
        // One day of the year 1 and one of this, each with six pages of fifty; the next is far from everything.
        expected: Pages { calendar: [2, 2, 2, 12], entries: 8 },
    },
    Case {
        name: "never: there is no 30 February",
        files: 300,
        front_matter: "start: 2000-01-01T00:00\nduration: PT1H\nrepeats: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        beside: "",
        expected: Pages { calendar: [0, 0, 0, 0], entries: 0 },
    },
];

#[test]
fn small_files_come_to_little() {
    for case in CASES {
        let mut files = "-- relbook.toml --\n".to_owned() + case.beside;
        for number in 0..case.files {
            let front_matter = case.front_matter.replace("{n}", &number.to_string());
            files += &format!("-- calendar/W-{number}.md --\n---\ntitle: Window {number}\n{front_matter}\n---\n");
        }
        let folder = folder(&files);
        let found = match case.expected {
            Findings(expected) => {
                let built = pipeline::build(&request(folder.path()), &|_, _| ()).unwrap();
                assert!(built.written.is_none(), "{}: something was written", case.name);
                let said = printed(&built);
                for (words, count) in expected {
                    assert_eq!(said.matches(words).count(), *count, "{}: {words}\n{said}", case.name);
                }
                continue;
            }
            Pages { .. } => came_to(&build(folder, |_| ())),
        };
        assert_eq!(found, case.expected, "{}", case.name);
    }
}

/// The pages of a calendar by their addresses, and the entries in the cells of the months.
fn came_to(site: &Site) -> Expected {
    let mut calendar = [0; 4];
    let mut entries = 0;
    for route in
        site.tree_below("calendar/").iter().filter(|route| route.ends_with(".html") && *route != "calendar/index.html")
    {
        let parts = route.split('/').count();
        let is_week = route.contains("/W");
        calendar[if is_week { 2 } else { [0, 0, 0, 1, 3][parts.min(4)] }] += 1;
        if parts == 3 && !is_week {
            entries += site.text(route).matches("data-f=").count();
        }
    }
    Pages { calendar, entries }
}
