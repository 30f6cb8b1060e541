//! The notice to customers of a release, for the terminal.

use std::path::PathBuf;

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::examine::{CheckRequest, Checked, Examined, examine};
use super::texts::Loaded;
use super::themed::{Unmade, engine, layers, template_finding};
use crate::book::RecordIndex;
use crate::edition::{Audience, Edition};
use crate::pages::{NoticeText, notice_texts};
use crate::read::nearest;
use crate::record::Kind;

/// What the wish for a notice came to.
#[derive(Debug)]
pub enum Noticed {
    /// The texts for customers.
    Texts(Vec<NoticeText>),
    /// There is an error among the records, or in a template.
    Faulty(Checked),
}

/// Makes the notice to customers of the release with this id in the site's folder.
///
/// # Errors
///
/// What keeps it from being made: no such release.
pub fn notice(folder: PathBuf, id: &str, today: Date) -> Result<Noticed> {
    let request = CheckRequest { folder, today, ..CheckRequest::default() };
    let Examined { loaded, book, records, .. } = examine(&request)?;
    let Loaded { files, settings, mut found, notes, .. } = loaded;
    if found.has_errors() {
        let report = found.report(&book.sources);
        let content = settings.content;
        return Ok(Noticed::Faulty(Checked { report, sources: book.sources, content, notes, records }));
    }
    let Some(index) = book.tables.find(Kind::Release, id) else {
        let ids = book.tables.of_kind(Kind::Release).map(|index| book.get(RecordIndex(index)).header().id.as_str());
        match nearest(id, ids) {
            Some(near) => bail!("there is no release `{id}`: did you mean `{near}`?"),
            None => bail!("there is no release `{id}`"),
        }
    };
    let audience = Audience { edition: None, with_drafts: true };
    let edition = Edition::new(book, files, &audience, &settings.time_zone, today);
    let layers = layers(&request.folder, &settings, &mut Vec::new())?;
    let texts = engine(&layers, &edition, &settings, today).and_then(|engine| {
        notice_texts(&engine, &edition, &settings, index)
            .map_err(|fault| Unmade { what: format!("the notice of {id} cannot be made"), fault })
    });
    Ok(match texts {
        Ok(texts) => Noticed::Texts(texts),
        Err(unmade) => {
            let mut sources = edition.into_sources();
            found.push(template_finding(&unmade, &layers, &mut sources));
            let report = found.report(&sources);
            Noticed::Faulty(Checked { report, sources, content: settings.content, notes, records })
        }
    })
}
