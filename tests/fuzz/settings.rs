//! `relbook.toml`.

use relbook::config::read;
use relbook::diag::Sink;
use relbook::lints;
use relbook::source::{Source, SourceId};

use super::inputs::{Numbers, text};
use super::runner::Target;

const SEEDS: &[&str] = &[
    "title = \"Records\"\nlanguage = \"en\"\ntime_zone = \"Europe/London\"\nbase_url = \"https://example.com/records/\"\ncontent = \"docs\"\nignore = [\"*.tmp\", \"!a\"]\nprofile = \"strict\"\n[lints]\nbroken-link = \"warn\"\n[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\", \"version\"]\nsections = [\"Release notes\"]\n",
    "[tickets]\nurl = \"https://tracker.example.com/{id}\"\npattern = \"PRB-\"\n[serve]\neditor = \"vscode\"\n[edit]\nurl = \"https://example.com/{path}\"\nremote_images = true\n",
    "title = 7\n[editions]\ncustomer = []\n[lints]\nRB101 = \"off\"\nnothing = \"error\"\n",
];

#[test]
fn settings() {
    Target {
        name: "settings",
        share: 1,
        make: &|numbers: &mut Numbers| text(SEEDS, numbers),
        from_line: &str::to_owned,
        attempt: &|text| {
            let source = Source::new("relbook.toml", text.clone());
            let sink = Sink::new(SourceId(0));
            read(&source, lints::ALL, &sink);
            for finding in sink.into_findings() {
                assert!(source.text.get(finding.place.span.range()).is_some(), "{finding:?}");
            }
        },
    }
    .run();
}
