//! The layers of a theme: what the site's folder `theme` has goes over the built-in theme.

use include_dir::{Dir, include_dir};

use crate::source::Source;

/// The built-in theme, as it stands in the folder `themes/default`.
static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of a theme with its path below the theme's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Path below the theme's folder: `templates/release.html`, `assets/relbook.css`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a theme in two layers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// The site's own files.
    pub own: Vec<ThemeFile>,
}

impl Layers {
    /// Templates with their names: the built-in ones below `default/`, and the site's own by their plain names,
    /// which are found first.
    pub fn templates(&self) -> Vec<(String, String)> {
        let built_in = files(&DEFAULT).into_iter().filter_map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            Some((format!("default/{}", path.strip_prefix("templates/")?), text))
        });
        built_in.chain(self.own_templates().map(|(name, source)| (name.to_owned(), source.text.to_string()))).collect()
    }

    /// The site's own templates by their names, with their paths below the site's folder.
    pub fn own_templates(&self) -> impl Iterator<Item = (&str, Source)> {
        self.own.iter().filter_map(|ThemeFile { path, bytes }| {
            let name = path.strip_prefix("templates/")?;
            Some((name, Source::new(format!("theme/{path}"), String::from_utf8_lossy(bytes).into_owned())))
        })
    }

    /// Whether a file at a path is the site's own.
    pub fn has_own(&self, path: &str) -> bool {
        self.own.iter().any(|file| file.path == path)
    }

    /// Styles, images and fonts with their paths below `assets`; the site's own take the place of built-in ones.
    pub fn assets(&self) -> Vec<(String, Vec<u8>)> {
        let mut assets: std::collections::BTreeMap<String, Vec<u8>> = files(&DEFAULT)
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?.to_owned(), bytes.to_vec())))
            .collect();
        let own = self.own.iter().filter_map(|file| Some((file.path.strip_prefix("assets/")?.to_owned(), &file.bytes)));
        assets.extend(own.map(|(path, bytes)| (path, bytes.clone())));
        assets.into_iter().collect()
    }
}

/// Every file of an embedded folder, in order of path.
fn files<'a>(folder: &'a Dir<'a>) -> Vec<(String, &'a [u8])> {
    let mut all: Vec<_> = folder
        .files()
        .map(|file| (file.path().to_string_lossy().replace('\\', "/"), file.contents()))
        .chain(folder.dirs().flat_map(|inner| files(inner)))
        .collect();
    all.sort();
    all
}
