//! RB328: release notes that name none of the problems that the release belongs to.

use super::subject::Subject;
use crate::book::Direction;
use crate::diag::{Finding, Lint};
use crate::record::{ArtefactKind, Kind, Part, Record, Relation, Release, fold};

/// Release notes that name none of the problems that the release belongs to.
pub const NOTES_WITHOUT_PROBLEMS: Lint = Lint::process(
    "RB328",
    "notes-without-problems",
    "release notes that name none of the release\u{2019}s problems",
    include_str!("notes_without_problems.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::Release(release) = subject.record else { return Vec::new() };
    let is_due = subject.readiness().is_some_and(|of| of.wanted.contains(&Part::ReleaseNotes));
    if !is_due || release.header.problems.is_empty() {
        return Vec::new();
    }
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let text = subject.context.book.body(subject.index);
    let sections = body.release_notes.iter().map(|(_, section)| &text[section.clone()]);
    let notes = || release.artefacts.iter().enumerate().filter(|(_, of)| of.kind == Some(ArtefactKind::ReleaseNotes));
    let of_artefacts = notes().flat_map(|(_, of)| {
        let file = of.file.as_ref().map(|file| &file.id);
        [of.title.as_ref(), file, of.url.as_ref()].into_iter().flatten().map(String::as_str)
    });
    let texts: Vec<String> = sections.chain(of_artefacts).map(fold).collect();
    if texts.is_empty() || names(subject, release).iter().any(|name| texts.iter().any(|text| has(text, name))) {
        return Vec::new();
    }
    let place = match (body.release_notes.first(), notes().next()) {
        (Some((heading, _)), _) => subject.at(*heading),
        (None, Some((number, _))) => subject.key(&format!("artefacts.{number}")),
        (None, None) => return Vec::new(),
    };
    let problems: Vec<&str> = release.header.problems.iter().map(|problem| problem.id.as_str()).collect();
    let message = format!("the release notes name none of the release\u{2019}s problems: {}", problems.join(", "));
    vec![
        Finding::new(&NOTES_WITHOUT_PROBLEMS, place, message)
            .label("what was corrected?")
            .help("say behind what was corrected which problem that was: its id, or that of its known error; of a file or an address, in its title"),
    ]
}

/// What the notes may call the problems: the id or title of one, or of a known error that belongs to one.
fn names(subject: &Subject<'_>, release: &Release) -> Vec<String> {
    let book = subject.context.book;
    let mut names = Vec::new();
    let mut add = |id: &str, title: &str| names.extend([id, title].map(|name| fold(name.trim())));
    for problem in &release.header.problems {
        let Some(index) = book.tables.find(Kind::Problem, &problem.id) else { continue };
        add(&problem.id, &book.get(index).header().title);
        for connection in book.connections.others(index, Relation::Problem, Direction::Backward) {
            if let Record::KnownError(known) = book.get(connection.other) {
                add(&known.header.id, &known.header.title);
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a folded text has a name as words of its own: `PRB-1` is not in `PRB-12`.
fn has(text: &str, name: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric();
    text.match_indices(name)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}
