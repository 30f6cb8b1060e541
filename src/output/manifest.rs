//! The manifest: which files a build wrote, with size and digest, as text sorted by path.
//!
//! ```text
//! relbook manifest 1
//! program relbook 0.1.0
//! edition customer
//! inputs 9f86d081884c7d65
//! files 1
//! 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 5 releases/REL-1.html
//! ```
//!
//! The whole site has no line `edition`. A text that was cut short, by a power cut or by hand, is read as far as it goes:
//! what it names further up is still known, and the rest is treated as somebody else's.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, ensure};
use rayon::prelude::*;

use super::bytes::{Digest, file_digest, hex, is_hex, unhex};
use super::fault::fault;
use super::folders::FILE_MODE;

/// The folder inside the output that is the program's own.
pub(super) const OWN_FOLDER: &str = ".relbook";
/// Where the manifest lies in the output.
pub(super) const MANIFEST: &str = ".relbook/manifest";

const FORMAT: &str = "relbook manifest 1";
/// How every manifest begins, of whatever version.
const NAME: &str = "relbook manifest ";

/// One file that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) route: Box<str>,
    pub(super) size: u64,
    pub(super) digest: Digest,
}

/// All files that a build wrote, sorted by the bytes of their routes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) program: String,
    /// The edition that was built; none is the whole site.
    pub(super) edition: Option<String>,
    pub(super) inputs: String,
    pub(super) entries: Vec<Entry>,
    /// Where and why it could not be read to its end.
    pub(super) damage: Option<String>,
}

impl Manifest {
    /// Sorts what this build wrote; two entries of one route are an error.
    pub(super) fn of_build(edition: Option<String>, inputs: &str, mut entries: Vec<Entry>) -> anyhow::Result<Manifest> {
        ensure!(is_hex(inputs), "the digest of the inputs is not hexadecimal: {inputs:?}");
        entries.par_sort_unstable_by(|one, other| one.route.cmp(&other.route));
        for pair in entries.windows(2) {
            ensure!(pair[0].route != pair[1].route, "{} is written twice in one build", pair[0].route);
        }
        let program = format!("relbook {}", env!("CARGO_PKG_VERSION"));
        Ok(Manifest { program, edition, inputs: inputs.to_owned(), entries, damage: None })
    }

    /// Whether a file of this route is ours.
    pub(super) fn names(&self, route: &str) -> bool {
        self.entry(route).is_some()
    }

    /// Whether the regular file of this route below `site` was written by us. What a damaged manifest names may be
    /// anybody's by now, unless it has the very bytes.
    pub(super) fn claims(&self, site: &Path, route: &str) -> bool {
        let Some(entry) = self.entry(route) else { return false };
        let path = site.join(route);
        let has_size = || fs::symlink_metadata(&path).is_ok_and(|found| found.len() == entry.size);
        self.damage.is_none() || has_size() && file_digest(&path).is_ok_and(|digest| digest == entry.digest)
    }

    /// What is known of the file of this route.
    pub(super) fn entry(&self, route: &str) -> Option<&Entry> {
        let found = self.entries.binary_search_by(|entry| entry.route.as_ref().cmp(route));
        found.ok().map(|index| &self.entries[index])
    }

    /// Whether a file of this manifest lies below the folder `folder`.
    pub(super) fn names_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let first = self.entries.partition_point(|entry| *entry.route < *below);
        self.entries.get(first).is_some_and(|entry| entry.route.starts_with(&below))
    }

    /// Reads the manifest of a site; `None` if the folder has none.
    pub(super) fn read(site: &Path) -> anyhow::Result<Option<Manifest>> {
        let path = site.join(MANIFEST);
        match fs::symlink_metadata(&path) {
            Ok(found) => ensure!(found.is_file(), "{} is no file: move it elsewhere", path.display()),
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(fault("look at", &path, error)),
        }
        let text = fs::read(&path).map_err(|error| fault("read", &path, error))?;
        parse(&text).with_context(|| format!("cannot go on from {}", path.display())).map(Some)
    }

    /// Writes the manifest as the text that `read` reads.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = BufWriter::with_capacity(1 << 16, File::create(path)?);
        writeln!(text, "{FORMAT}\nprogram {}", self.program)?;
        if let Some(edition) = &self.edition {
            writeln!(text, "edition {edition}")?;
        }
        writeln!(text, "inputs {}\nfiles {}", self.inputs, self.entries.len())?;
        for Entry { route, size, digest } in &self.entries {
            writeln!(text, "{} {size} {route}", hex(digest))?;
        }
        text.into_inner().map_err(io::IntoInnerError::into_error)?;
        fs::set_permissions(path, Permissions::from_mode(FILE_MODE))
    }
}

pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Reads a manifest as far as it goes. Only one of another version is refused: that one is whole, and means something.
fn parse(text: &[u8]) -> anyhow::Result<Manifest> {
    let whole = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default(),
    };
    // A line without its end was cut, and may name another file than it did.
    let mut lines = whole.split_inclusive('\n').map_while(|line| line.strip_suffix('\n'));
    let first = lines.next().unwrap_or_default();
    ensure!(
        first == FORMAT || first.strip_prefix(NAME).is_none_or(|version| version.parse::<u32>().is_err()),
        "another version of relbook wrote it (\"{first}\"): build with that one, or name another folder"
    );
    let mut manifest = Manifest::default();
    let mut read = || -> anyhow::Result<()> {
        ensure!(first == FORMAT, "its first line is not \"{FORMAT}\"");
        read_lines(&mut manifest, &mut lines)
    };
    manifest.damage = read().err().map(|error| format!("{error:#}"));
    Ok(manifest)
}

fn read_lines<'a>(manifest: &mut Manifest, lines: &mut impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    manifest.program = header(lines.next(), "program")?;
    let mut line = lines.next();
    if let Ok(edition) = header(line, "edition") {
        manifest.edition = Some(edition);
        line = lines.next();
    }
    manifest.inputs = header(line, "inputs")?;
    // The count shows a text that was cut at the end of a line.
    let files: usize = header(lines.next(), "files")?.parse().context("no count of files")?;
    manifest.entries.reserve(files.min(1 << 20));
    for line in lines {
        let number = manifest.entries.len() + 1;
        let entry = entry(line).with_context(|| format!("file {number}"))?;
        let is_ordered = manifest.entries.last().is_none_or(|last| last.route < entry.route);
        ensure!(is_ordered, "file {number}: {} is out of order", entry.route);
        manifest.entries.push(entry);
    }
    let named = manifest.entries.len();
    ensure!(named == files, "it names {named} files and announces {files}");
    Ok(())
}

fn header(line: Option<&str>, word: &str) -> anyhow::Result<String> {
    let line = line.context("it ends too early")?;
    let value = line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
    Ok(value.with_context(|| format!("no line \"{word} …\""))?.to_owned())
}

fn entry(line: &str) -> anyhow::Result<Entry> {
    let mut parts = line.splitn(3, ' ');
    let mut part = || parts.next().context("not \"SHA256 SIZE PATH\"");
    let digest = unhex(part()?).context("not a SHA-256")?;
    let size = part()?.parse().context("not a size")?;
    let route = part()?;
    check_route(route)?;
    Ok(Entry { route: route.into(), size, digest })
}

/// Refuses a route that leads out of the site, into the program's own folder, or across lines.
pub(super) fn check_route(route: &str) -> anyhow::Result<()> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let holds = route.split('/').all(is_plain) && !route.bytes().any(|byte| byte.is_ascii_control());
    ensure!(holds, "{route:?} is not an address inside the site");
    ensure!(route.split('/').next() != Some(OWN_FOLDER), "{route} lies in the program's own folder");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::bytes::digest;

    fn sample() -> Manifest {
        let entry = |route: &str| Entry { route: route.into(), size: 5, digest: digest(b"hello") };
        Manifest::of_build(None, "ab12", vec![entry("b c.html"), entry("a/ü.html"), entry("a.html")]).unwrap()
    }

    fn written(manifest: &Manifest) -> String {
        let site = tempfile::tempdir().unwrap();
        let path = site.path().join("manifest");
        manifest.write(&path).unwrap();
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = written(&sample());
        assert_eq!(parse(text.as_bytes()).unwrap(), sample());
        let of_edition = Manifest { edition: Some("customer".to_owned()), ..sample() };
        assert_eq!(parse(written(&of_edition).as_bytes()).unwrap(), of_edition);
        let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 5";
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            text,
            format!(
                "relbook manifest 1\nprogram relbook {version}\ninputs ab12\nfiles 3\n\
                 {hello} a.html\n{hello} a/ü.html\n{hello} b c.html\n"
            )
        );
    }

    #[test]
    fn a_text_that_was_cut_anywhere_is_read_as_far_as_it_goes() {
        let text = written(&sample());
        for length in 0..text.len() {
            let read = parse(&text.as_bytes()[..length]).unwrap();
            assert!(read.damage.is_some(), "{length}");
            let whole_lines = text.as_bytes()[..length].iter().filter(|byte| **byte == b'\n').count();
            assert_eq!(read.entries, sample().entries[..whole_lines.saturating_sub(4)], "{length}");
        }
    }

    /// What is in the place of a manifest, and how many files it still names. A line more is a case more.
    #[test]
    fn damage_is_told_from_what_is_whole() {
        let text = written(&sample());
        for (bad, named) in [
            (String::new(), 0),
            ("\0".repeat(4096), 0),
            ("sha256 of things\n".to_owned(), 0),
            ("relbook manifest\n".to_owned(), 0),
            (text.replace("files 3", "files 4"), 3),
            (text.replace("files 3", "files many"), 0),
            (text.replace("inputs", "outputs"), 0),
            (text.replace("b c.html", "a.html"), 2),
            (text.replace("b c.html", "../b.html"), 2),
            (text.replace("a/\u{fc}.html", "a/../b.html"), 1),
            (text.replace(" 5 a.html", " five a.html"), 0),
            (text.replace("2cf24d", "2cf24"), 0),
            (text.clone() + "0\n", 3),
        ] {
            let read = parse(bad.as_bytes()).unwrap();
            assert_eq!((read.damage.is_some(), read.entries.len()), (true, named), "{bad}");
        }
        let mut odd = text.clone().into_bytes();
        odd.truncate(text.find("b c").unwrap());
        odd.extend(*b"\xff\n");
        assert_eq!(parse(&odd).unwrap().entries.len(), 2);
    }

    #[test]
    fn another_version_is_refused() {
        let later = written(&sample()).replace("manifest 1", "manifest 2");
        assert!(parse(later.as_bytes()).unwrap_err().to_string().contains("another version of relbook"));
    }

    #[test]
    fn a_route_twice_is_an_error_that_names_it() {
        let mut entries = sample().entries;
        entries.push(entries[1].clone());
        let error = Manifest::of_build(None, "ab", entries).unwrap_err().to_string();
        assert_eq!(error, "a/ü.html is written twice in one build");
    }

    #[test]
    fn folders_are_known_by_what_lies_below() {
        let manifest = sample();
        assert!(manifest.names("a/ü.html") && !manifest.names("a"));
        assert!(manifest.names_below("a") && !manifest.names_below("a.html"));
        assert!(!manifest.names_below("b"));
    }

    #[test]
    fn routes_stay_inside() {
        for good in ["a", "a/b.html", "..a", ".well-known/x", ".relbook.html"] {
            assert!(check_route(good).is_ok(), "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\nb", ".relbook/manifest", ".relbook"] {
            assert!(check_route(bad).is_err(), "{bad}");
        }
    }
}
