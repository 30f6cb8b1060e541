//! EDGE: a site that is kept and follows its folder: what changed is read, linked and checked, and each page is made
//! when it is asked for.
//!
//! 1. A change of one record that changes no other record's links is put in its place; else all is linked anew.
//! 2. The addresses, and what the checks find, are worked out after that, so that a record's page need not wait for it.
//! 3. What cannot be read leaves what was there: the record, the settings, the theme, the site.

use std::path::PathBuf;

use anyhow::Result;

use super::asked::{Change, PreviewRequest};
use super::audience;
use super::concern::of_edition;
use super::examine::settle;
use super::followed::{Followed, followed};
use super::made::{Made, built_in};
use super::texts::{Former, Loaded, Texts};
use super::themed::{Beside, Unmade, beside, engine, layers};
use crate::book::{DUPLICATE_ID, SELF_REFERENCE, Surroundings, UNKNOWN_REFERENCE};
use crate::check::check_while;
use crate::config::Editor;
use crate::diag::{Finding, Found, Report, Sink};
use crate::pages::{Checks, Recordings, site_view};
use crate::read::UNKNOWN_FIELD;
use crate::record::{self, Defaults};
use crate::site::{Addresses, Site, SiteParts};
use crate::source::{Source, is_aside, load_text};
use crate::theme::{Engine, Layers};

/// More records than this are not put in their places one by one: to link all anew takes no longer.
const FEW: usize = 16;

/// A site that follows its folder.
pub struct Preview {
    pub(super) request: PreviewRequest,
    /// Taken out only while it is made anew.
    pub(super) site: Option<Site>,
    pub(super) beside: Beside,
    pub(super) surroundings: Surroundings,
    /// The records as they were read, where the site does not hold all of them.
    pub(super) former: Option<Former>,
    /// What was found while records were read and linked.
    pub(super) found: Found,
    /// Whether the addresses are those of the site before the last change.
    pub(super) has_former_addresses: bool,
    /// All of it with the checks, in order, when it is worked out.
    pub(super) report: Option<Report>,
    /// The theme in whose place another came, or the built-in one.
    pub(super) fallback: Engine,
    /// What keeps the site's own theme from being used.
    pub(super) unthemed: Option<Unmade>,
    /// What kept the folder from being read the last time.
    pub(super) fault: Option<String>,
}

impl Preview {
    /// Reads a site's folder.
    ///
    /// # Errors
    ///
    /// What keeps it from being read, or an unknown edition.
    pub fn open(request: PreviewRequest) -> Result<Preview> {
        let texts = Texts::load(&request.folder, None)?;
        let mut notes = Vec::new();
        let beside = beside(&request.folder, texts.settings(), &mut notes)?;
        let audience = audience(request.edition.as_deref(), request.with_drafts, texts.settings())?;
        let made = Made::new(texts, Former::default(), &audience, request.today);
        let (engine, unthemed) = match engine(&beside.layers, &made.edition, &made.loaded.settings, request.today) {
            Ok(engine) => (engine, None),
            Err(unmade) => (built_in(&made, request.today)?, Some(unmade)),
        };
        let fallback = built_in(&made, request.today)?;
        let surroundings = made.surroundings(request.today);
        let mut preview = Preview {
            request,
            site: None,
            beside,
            surroundings,
            former: None,
            found: Found::default(),
            has_former_addresses: false,
            report: None,
            fallback,
            unthemed,
            fault: None,
        };
        preview.take(made, engine);
        Ok(preview)
    }

    /// The site.
    ///
    /// It is there at all times but within a method that makes it anew.
    pub(super) fn site(&self) -> &Site {
        self.site.as_ref().expect("the site is there outside of an update")
    }

    /// Where the site stands on its host: `/`, or `/releases/` where the settings say so.
    pub fn root(&self) -> String {
        self.site().absolute_root()
    }

    /// Which editor the settings name to open sources in.
    pub fn editor(&self) -> Option<Editor> {
        self.site().parts.settings.editor
    }

    /// How many records there are.
    pub fn records(&self) -> usize {
        self.site().parts.edition.tables.iter().filter(|(_, record)| record.header().source.is_some()).count()
    }

    /// Which folders and files of the site's folder are followed.
    pub fn followed(&self) -> Followed {
        followed(&self.request.folder, &self.site().parts.settings)
    }

    /// Reads what may have changed at some paths, or anywhere where none is named. What cannot be read leaves the site
    /// as it was.
    pub fn update(&mut self, paths: &[PathBuf]) -> Change {
        match self.try_update(paths) {
            Ok(change) => {
                let was_faulty = self.fault.take().is_some();
                if was_faulty && change == Change::None { Change::Pages } else { change }
            }
            Err(error) => {
                let fault = Some(format!("{error:#}"));
                let is_news = self.fault != fault;
                self.fault = fault;
                if is_news { Change::Pages } else { Change::None }
            }
        }
    }

    fn try_update(&mut self, paths: &[PathBuf]) -> Result<Change> {
        let relevant = match self.sort(paths) {
            Some(touched) => touched,
            None => return self.reload().map(|()| Change::Pages),
        };
        let Touched { records, has_theme } = relevant;
        let mut change = Change::None;
        if has_theme {
            change = self.retheme()?;
        }
        for path in records {
            match self.exchange(&path)? {
                Some(Change::None) => {}
                Some(of_record) => change = of_record,
                None => return self.reload().map(|()| Change::Pages),
            }
        }
        if change == Change::Pages {
            self.report = None;
        }
        Ok(change)
    }

    /// What is touched at some paths; `None` where all has to be read again.
    fn sort(&self, paths: &[PathBuf]) -> Option<Touched> {
        if paths.is_empty() || self.fault.is_some() || self.former.is_some() {
            return None;
        }
        let site = self.site();
        let content = &site.parts.settings.content;
        let mut touched = Touched::default();
        for path in paths {
            let below = path.strip_prefix(&self.request.folder).ok()?.to_str()?;
            // An output folder, seen from the site's, is no input; nor is what editors and git keep for themselves.
            if is_aside(below) || path.join(".relbook").exists() {
                continue;
            }
            if below.starts_with("theme/") {
                touched.has_theme = true;
                continue;
            }
            let in_content = match content.is_empty() {
                true => Some(below),
                false => below.strip_prefix(content.as_str()).and_then(|rest| rest.strip_prefix('/')),
            };
            let record = in_content.and_then(|path| site.parts.edition.tables.at_path(path));
            let is_there = path.symlink_metadata();
            match (record, is_there) {
                (Some(_), Ok(found)) if found.is_file() => touched.records.extend(in_content.map(str::to_owned)),
                // An editor's copy, which came and went, and nothing that is known.
                (None, Err(_)) if !self.knows(below, in_content) => {}
                _ => return None,
            }
        }
        touched.records.sort_unstable();
        touched.records.dedup();
        (touched.records.len() <= FEW).then_some(touched)
    }

    /// Whether anything was read at a path, or below it.
    fn knows(&self, below: &str, in_content: Option<&str>) -> bool {
        let parts = &self.site().parts;
        let is_at =
            |path: &str, at: &str| path.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let of_content = in_content.is_some_and(|at| {
            parts.edition.sources.iter().any(|(_, source)| is_at(&source.path, at))
                || parts.edition.files.iter().any(|file| is_at(&file.path, at))
        });
        let is_root = below.is_empty() || ["static", "theme", "relbook.toml"].contains(&below);
        of_content || is_root || is_at(&parts.settings.content, below)
    }

    /// Puts a record in its place anew, if it can be; the change that it made.
    fn exchange(&mut self, path: &str) -> Result<Option<Change>> {
        let Some(site) = &mut self.site else { return Ok(None) };
        let parts = &mut site.parts;
        let Some(index) = parts.edition.tables.at_path(path) else { return Ok(None) };
        let Some(id) = parts.edition.get(index).header().source else { return Ok(None) };
        let path = parts.edition.sources[id].path.clone();
        let from = self.request.folder.join(&parts.settings.content).join(&path);
        let Some(text) = load_text(&from, &path)? else { return Ok(None) };
        if text.fault.is_some() {
            return Ok(None);
        }
        let before = &parts.edition.sources[id];
        let is_broken = parts.edition.sources.iter().any(|(other, source)| other > id && source.path == path);
        if *before == text.source && !is_broken {
            return Ok(Some(Change::None));
        }
        let read = |source: &Source| {
            let sink = Sink::with_levels(id, &self.surroundings.levels);
            let record = record::read(source, &Defaults::new(self.surroundings.time_zone.clone()), &sink);
            (record, sink.into_findings())
        };
        let (_, found_before) = read(before);
        let (record, found) = read(&text.source);
        let is_doubtful = |finding: &Finding| finding.lint == &UNKNOWN_FIELD;
        let Some(record) = record.filter(|_| !is_broken && !found_before.iter().chain(&found).any(is_doubtful)) else {
            return Ok(None);
        };
        let Some(book) = parts.edition.whole() else { return Ok(None) };
        // What these say of others depends on the order of records.
        let is_in_order =
            |finding: &Finding| [&UNKNOWN_REFERENCE, &SELF_REFERENCE, &DUPLICATE_ID].contains(&finding.lint);
        let may_move = !self.found.findings().iter().any(is_in_order);
        let exchanged = book.exchange(index, record, text.source, &self.surroundings, may_move);
        let Some(exchanged) = exchanged else { return Ok(None) };
        for former in found_before.iter().chain(&exchanged.former) {
            let (_, findings) = self.found.parts_mut();
            if let Some(at) = findings.iter().position(|finding| finding == former) {
                findings.swap_remove(at);
            }
        }
        self.found.extend(found.into_iter().chain(exchanged.found));
        site.forget_made();
        site.move_record(exchanged.moved);
        if !exchanged.is_of_body {
            share(&mut self.fallback, &mut site.parts);
            site.hold_anew();
            self.has_former_addresses = true;
        }
        Ok(Some(Change::Pages))
    }

    /// Reads everything again.
    fn reload(&mut self) -> Result<()> {
        let request = &self.request;
        let site = self.site();
        let texts = Texts::load(&request.folder, Some(&site.parts.settings))?;
        let static_files = beside(&request.folder, texts.settings(), &mut Vec::new())?.static_files;
        let audience = audience(request.edition.as_deref(), request.with_drafts, texts.settings())?;
        self.beside.static_files = static_files;
        let Some(site) = self.site.take() else { return Ok(()) };
        let SiteParts { edition, settings: before, engine, .. } = site.parts;
        // Another zone reads the same text in another way.
        let is_read_alike = before.time_zone == texts.settings().time_zone
            && before.lints == texts.settings().lints
            && before.profile == texts.settings().profile;
        let former = match self.former.take() {
            Some(former) => former,
            None => {
                let (records, sources) = edition.into_records();
                Former::new(records, &sources, self.found.findings())
            }
        };
        let former = if is_read_alike { former } else { former.read_anew() };
        let made = Made::new(texts, former, &audience, self.request.today);
        self.take(made, engine);
        self.retheme()?;
        Ok(())
    }

    /// Takes what was made anew.
    fn take(&mut self, made: Made, engine: Engine) {
        self.surroundings = made.surroundings(self.request.today);
        let Made { loaded, edition, of_all, former } = made;
        let Loaded { mut settings, found, .. } = loaded;
        if let Some(own) = edition.name().and_then(|name| settings.editions.get(name)).cloned() {
            settings.take_edition(&own);
        }
        self.former = former;
        self.found = found;
        let checks = of_all.as_ref().filter(|_| edition.name().is_none()).map(|found| {
            let shown = of_edition(found, &edition, &settings, self.request.today);
            Checks::new(shown.report(&edition.sources), &edition)
        });
        self.report = of_all.map(|found| found.report(&edition.sources));
        let mut parts = SiteParts {
            edition,
            settings,
            checks,
            // Git would be asked after every save.
            history: None,
            recordings: Recordings::default(),
            engine,
            assets: self.beside.layers.assets(),
            static_files: self.beside.static_files.clone(),
            today: self.request.today,
        };
        share(&mut self.fallback, &mut parts);
        self.has_former_addresses = false;
        self.site = Some(Site::new(parts, None));
    }

    /// Reads the site's own theme again.
    fn retheme(&mut self) -> Result<Change> {
        let Some(site) = &mut self.site else { return Ok(Change::None) };
        let parts = &mut site.parts;
        let layers = layers(&self.request.folder, &parts.settings, &mut Vec::new())?;
        let own = |layers: &Layers| -> Vec<(String, Source)> {
            layers.own_templates().map(|(name, source)| (name.to_owned(), source)).collect()
        };
        let before = std::mem::replace(&mut self.beside.layers, layers);
        let has_same_templates = own(&before) == own(&self.beside.layers) && self.unthemed.is_none();
        let (assets_before, assets) = (before.assets(), self.beside.layers.assets());
        let changed = changed(&assets_before, &assets);
        if has_same_templates && changed.is_empty() {
            return Ok(Change::None);
        }
        let are_styles = changed.iter().all(|path| path.ends_with(".css")) && assets_before.len() == assets.len();
        parts.assets = assets;
        if has_same_templates && are_styles {
            return Ok(Change::Styles);
        }
        match engine(&self.beside.layers, &parts.edition, &parts.settings, parts.today) {
            Ok(engine) => {
                let before = std::mem::replace(&mut parts.engine, engine);
                if self.unthemed.take().is_none() {
                    self.fallback = before;
                }
            }
            Err(unmade) => self.unthemed = Some(unmade),
        }
        share(&mut self.fallback, parts);
        site.forget_made();
        site.readdress(site.plan());
        self.has_former_addresses = false;
        Ok(Change::Pages)
    }

    /// All addresses as they are now; `None` where they are known already.
    pub fn addresses(&self) -> Option<Addresses> {
        self.has_former_addresses.then(|| self.site().plan())
    }

    /// Takes the addresses.
    pub fn readdress(&mut self, addresses: Addresses) {
        if let Some(site) = &mut self.site {
            site.readdress(addresses);
            self.has_former_addresses = false;
        }
    }

    /// Whether it is known what the checks find.
    pub fn is_examined(&self) -> bool {
        self.report.is_some()
    }

    /// What the checks find, with all that was found before; `None` where nobody wants it any more. The addresses come
    /// first.
    pub fn examine(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Option<Report> {
        let SiteParts { edition, settings, .. } = &self.site().parts;
        let mut found = self.found.clone();
        found.extend(check_while(edition, settings, self.found.levels(), self.request.today, is_wanted));
        if !is_wanted() {
            return None;
        }
        settle(edition, self.request.today, &mut found);
        found.extend(self.site().findings().iter().cloned());
        Some(found.report(&edition.sources))
    }

    /// Shows what the checks found.
    pub fn conclude(&mut self, report: Report) {
        if let Some(site) = &mut self.site {
            let checks = Checks::new(report.clone(), &site.parts.edition);
            site.show_checks(checks);
            self.report = Some(report);
        }
    }
}

/// Tells both themes what every page shows of the whole site.
fn share(fallback: &mut Engine, parts: &mut SiteParts) {
    let view = site_view(&parts.edition, &parts.settings, parts.today);
    parts.engine.share(&view);
    fallback.share(&view);
}

/// What is touched by a change.
#[derive(Default)]
struct Touched {
    /// The paths of records that are there.
    records: Vec<String>,
    has_theme: bool,
}

/// The paths of what differs in two sets of files, each in order of path.
fn changed<'a>(before: &'a [(String, Vec<u8>)], after: &'a [(String, Vec<u8>)]) -> Vec<&'a str> {
    let only = |one: &'a [(String, Vec<u8>)], other: &[(String, Vec<u8>)]| -> Vec<&'a str> {
        one.iter().filter(|file| other.binary_search(file).is_err()).map(|(path, _)| path.as_str()).collect()
    };
    let mut all = only(before, after);
    all.extend(only(after, before));
    all.sort_unstable();
    all.dedup();
    all
}
