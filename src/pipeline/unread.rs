//! What of a site's folder cannot be read, or is passed over, as findings.

use crate::book::Book;
use crate::config::Settings;
use crate::diag::{Finding, Found};
use crate::read::{NOT_UTF8, PASSED_OVER, TOO_LARGE};
use crate::record::{self, record_folders};
use crate::source::{MAX_TEXT_BYTES, PassedOver, Place, SourceId, Span, TextFault, Unread, record_stem};

/// A text that cannot be read. The settings are the first of all sources.
pub(super) fn text_finding(source: SourceId, fault: TextFault) -> Finding {
    let start = Place { source, span: Span::default() };
    match fault {
        TextFault::NotUtf8 { byte, span } => Finding::new(&NOT_UTF8, Place { source, span }, "the file is not UTF-8")
            .label(format!("the byte 0x{byte:02X} begins no character"))
            .help("save the file as UTF-8 in your editor"),
        TextFault::TooLarge if source == SourceId::SETTINGS => {
            Finding::new(&TOO_LARGE, start, format!("the settings are larger than {} KiB", MAX_TEXT_BYTES >> 10))
                .help("keep in relbook.toml what the site sets, and nothing else")
        }
        TextFault::TooLarge => record::too_large(start),
    }
}

/// What looks like records and is not read, each once. A file that a record names is read as what it is.
pub(super) fn report_passed_over(
    passed_over: Vec<PassedOver>,
    settings: &Settings,
    book: &mut Book,
    found: &mut Found,
) {
    for PassedOver { source, why } in passed_over {
        if book.named_files.iter().any(|(_, named)| *named == source.path) {
            continue;
        }
        let (message, help) = words(&source.path, why, settings);
        let place = match why {
            Unread::OutsideContent => Place { source: SourceId::SETTINGS, span: settings.content_span },
            _ => Place { source: book.sources.add(source), span: Span::default() },
        };
        let finding = Finding::new(&PASSED_OVER, place, message).help(help);
        found.push(finding.help("what is no record goes into `ignore` in relbook.toml"));
    }
}

/// What is wrong, and what to do.
fn words(path: &str, why: Unread, settings: &Settings) -> (String, String) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let first = path.split('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    match why {
        Unread::Ending => (
            format!("nothing reads `{path}`: a record's name ends in `.md` or `.markdown`"),
            format!("call it `{stem}.md`"),
        ),
        Unread::Kind(noun) => {
            (format!("nothing reads `{path}`: it is {noun}"), "put the record's file itself there".to_owned())
        }
        Unread::Index => (
            format!("nothing reads `{path}`: an `index.md` is the record of the folder that is named after it"),
            format!("put it into a folder of its own, `{folder}/NAME/{name}`, or call it `{folder}/NAME.md`"),
        ),
        Unread::NoFolder => (
            format!("nothing reads `{path}`: it has front matter and lies in no folder of records"),
            format!(
                "move it into one of `{}`, as `{}.md`",
                record_folders().join("`, `"),
                record_stem(name).unwrap_or(stem)
            ),
        ),
        Unread::Near(folder) => (
            format!("nothing reads the folder `{first}`: there is none of this name among the folders of the records"),
            format!("call it `{folder}`, to the letter, on every disk; or move its files into a folder of that name"),
        ),
        Unread::OutsideContent => (
            format!(
                "nothing reads the folder `{first}`: `content` says that the records are in `{}`",
                settings.content
            ),
            format!("move it to `{}/{first}`, or take `content` out", settings.content),
        ),
    }
}
