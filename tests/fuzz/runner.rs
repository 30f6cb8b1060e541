//! Runs a target on its inputs, and looks after it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::inputs::Numbers;

/// How many inputs of each target are made where nobody says so.
const INPUTS: u64 = 400;

/// What takes so long does not end, however busy the machine is.
const HANGS: Duration = Duration::from_secs(60);

/// The most work of one input, as far as that is measured: where many are asked for.
const MOST_WORK: Duration = Duration::from_secs(1);

/// The most memory of the whole process, in kilobytes.
const MOST_MEMORY: u64 = 500 << 10;

/// Tries one input, given its numbers or, for what was found once, its text. What it came to is of no interest.
pub(crate) struct Target<'a, I> {
    /// Its name, as `regressions.txt` has it.
    pub name: &'static str,
    /// How many times fewer inputs it gets, for one takes longer.
    pub share: u64,
    /// Makes an input.
    pub make: &'a (dyn Fn(&mut Numbers) -> I + Sync),
    /// An input from a line of `regressions.txt`.
    pub from_line: &'a (dyn Fn(&str) -> I + Sync),
    /// Tries it.
    pub attempt: &'a (dyn Fn(&I) + Sync),
}

impl<I: std::fmt::Debug + Sync> Target<'_, I> {
    /// Tries what was found once, and as many inputs as are asked for.
    pub(crate) fn run(&self) {
        let asked =
            std::env::var("RELBOOK_FUZZ").ok().map(|count| count.parse::<u64>().expect("RELBOOK_FUZZ is a number"));
        let seed =
            std::env::var("RELBOOK_FUZZ_SEED").map_or(1, |seed| seed.parse().expect("RELBOOK_FUZZ_SEED is a number"));
        for line in include_str!("regressions.txt").lines() {
            let Some(rest) = line.strip_prefix(self.name).and_then(|rest| rest.strip_prefix(": ")) else { continue };
            (self.attempt)(&(self.from_line)(&unescaped(rest)));
        }
        let count = asked.unwrap_or(INPUTS) / self.share;
        let now = AtomicU64::new(0);
        let is_over = AtomicBool::new(false);
        let started = Instant::now();
        let mut slowest = (Duration::ZERO, 0);
        std::thread::scope(|scope| {
            let watcher = scope.spawn(|| self.watch(seed, &now, &is_over));
            for number in 0..count {
                now.store(number, Relaxed);
                let input = (self.make)(&mut Numbers::of(seed, number));
                let before = worked();
                if catch_unwind(AssertUnwindSafe(|| (self.attempt)(&input))).is_err() {
                    self.tell(seed, number, "panics");
                    is_over.store(true, Relaxed);
                    watcher.thread().unpark();
                    panic!("{} panics", self.name);
                }
                slowest = slowest.max((worked().saturating_sub(before), number));
                if number % 256 == 0 && memory() > MOST_MEMORY {
                    self.tell(seed, number, "and those before it take too much memory");
                    is_over.store(true, Relaxed);
                    watcher.thread().unpark();
                    panic!("{} takes {} kB", self.name, memory());
                }
            }
            is_over.store(true, Relaxed);
            watcher.thread().unpark();
        });
        let (seconds, megabytes) = (started.elapsed().as_secs_f64(), memory() >> 10);
        let (longest, number) = (slowest.0.as_millis(), slowest.1);
        if asked.is_some() && slowest.0 > MOST_WORK {
            self.tell(seed, slowest.1, "takes too long");
            panic!("{} takes {} ms", self.name, slowest.0.as_millis());
        }
        eprintln!(
            "{}: {count} inputs in {seconds:.1} s, {megabytes} MB; the slowest, {number}, took {longest} ms",
            self.name
        );
    }

    /// Ends the process where one input goes on and on: a thread cannot be ended.
    fn watch(&self, seed: u64, now: &AtomicU64, is_over: &AtomicBool) {
        let mut last = (u64::MAX, Instant::now());
        while !is_over.load(Relaxed) {
            let number = now.load(Relaxed);
            if number != last.0 {
                last = (number, Instant::now());
            } else if last.1.elapsed() > HANGS {
                self.tell(seed, number, "does not end");
                std::process::exit(101);
            }
            std::thread::park_timeout(HANGS / 60);
        }
    }

    fn tell(&self, seed: u64, number: u64, what: &str) {
        let input = (self.make)(&mut Numbers::of(seed, number));
        eprintln!("{} with RELBOOK_FUZZ_SEED={seed}, input {number} {what}:\n{input:?}", self.name);
    }
}

/// How long this thread has had a processor (Linux; nothing elsewhere).
fn worked() -> Duration {
    let status = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(status.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0))
}

/// The process's largest resident size so far in kilobytes (Linux; 0 elsewhere).
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// A line of `regressions.txt` is a Rust string without its quotes.
fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let digits: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[test]
#[should_panic(expected = "sought panics")]
fn a_panic_is_told() {
    Target {
        name: "sought",
        share: 1,
        make: &|numbers: &mut Numbers| numbers.below(100),
        from_line: &|_| 0,
        attempt: &|number| assert!(*number != 42, "the number that is sought"),
    }
    .run();
}
