//! A test before or after the release.

use jiff::civil::Date;

use super::keys::keys;
use super::vocabulary::vocabulary;

vocabulary! {
    /// When a test belongs.
    pub enum Phase {
        /// Before the release.
        Pre = "pre", "Before the release";
        /// After it.
        Post = "post", "After the release";
    }
    meant {
        "before" | "pre-release" | "pre-deployment" | "pre-implementation" => Pre,
        "after" | "post-release" | "post-deployment" | "post-implementation" => Post,
    }
}

vocabulary! {
    /// What a test came to.
    pub enum TestResult {
        /// It passed.
        Passed = "passed", "Passed", Good;
        /// It did not.
        Failed = "failed", "Failed", Bad;
        /// Some of it did.
        Partial = "partial", "Partly passed", Active;
        /// It has not been run.
        Pending = "pending", "Pending", Idle;
    }
    meant {
        "pass" | "ok" | "success" | "successful" | "green" => Passed,
        "fail" | "failure" | "red" | "not-passed" | "not-ok" => Failed,
        "partly" | "partially-passed" => Partial,
        "open" | "planned" | "todo" | "to-do" | "not-run" => Pending,
    }
}

keys! {
    /// A test before or after the release.
    pub struct Test("a test", "{phase: pre, kind: \u{2026}, result: passed}") {
        /// Whether it is run before the release or after.
        pub phase: Option<Phase> = "Phase" meant "when" | "stage";
        /// What kind of test: smoke, regression, load, or the site's own word.
        pub kind: Option<String> = "Kind" meant "name" | "type" | "test" | "title" | "what";
        /// What it came to.
        pub result: Option<TestResult> = "Result" meant "outcome" | "status";
        /// The day on which it was run.
        pub on: Option<Date> = "On" meant "date" | "run_on" | "tested_on";
        /// Where the result can be seen.
        pub evidence: Option<String> = "Evidence" meant "link" | "url" | "proof" | "report";
    }
}
