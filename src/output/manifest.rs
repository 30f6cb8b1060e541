//! The manifest: which files a build wrote, with size and digest, as text sorted by path.
//!
//! ```text
//! relbook manifest 1
//! program relbook 0.1.0
//! inputs 9f86d081884c7d65
//! files 1
//! 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 5 releases/REL-1.html
//! ```

use std::fs::{self, File, Permissions};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Lines, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, ensure};
use rayon::prelude::*;

use super::bytes::{Digest, hex, is_hex, unhex};
use super::fault::fault;
use super::folders::FILE_MODE;

/// The folder inside the output that is the program's own.
pub(super) const OWN_FOLDER: &str = ".relbook";
/// Where the manifest lies in the output.
pub(super) const MANIFEST: &str = ".relbook/manifest";

const FORMAT: &str = "relbook manifest 1";

/// One file that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) route: Box<str>,
    pub(super) size: u64,
    pub(super) digest: Digest,
}

/// All files that a build wrote, sorted by the bytes of their routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) program: String,
    pub(super) inputs: String,
    pub(super) entries: Vec<Entry>,
}

impl Manifest {
    /// Sorts what this build wrote; two entries of one route are an error.
    pub(super) fn of_build(inputs: &str, mut entries: Vec<Entry>) -> anyhow::Result<Manifest> {
        ensure!(is_hex(inputs), "the digest of the inputs is not hexadecimal: {inputs:?}");
        entries.par_sort_unstable_by(|one, other| one.route.cmp(&other.route));
        for pair in entries.windows(2) {
            ensure!(pair[0].route != pair[1].route, "{} is written twice in one build", pair[0].route);
        }
        let program = format!("relbook {}", env!("CARGO_PKG_VERSION"));
        Ok(Manifest { program, inputs: inputs.to_owned(), entries })
    }

    /// Whether a file of this route is ours.
    pub(super) fn names(&self, route: &str) -> bool {
        self.entry(route).is_some()
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
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(fault("read", &path, error)),
        };
        let advice = || {
            format!(
                "cannot make out {}: restore it, or, if the folder holds nothing but a built site, \
                 delete the folder and build again",
                path.display()
            )
        };
        parse(BufReader::new(file)).with_context(advice).map(Some)
    }

    /// Writes the manifest as the text that `read` reads.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut text = BufWriter::with_capacity(1 << 16, File::create(path)?);
        writeln!(text, "{FORMAT}\nprogram {}\ninputs {}", self.program, self.inputs)?;
        writeln!(text, "files {}", self.entries.len())?;
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

fn parse(text: impl BufRead) -> anyhow::Result<Manifest> {
    let mut lines = text.lines();
    ensure!(next(&mut lines)? == FORMAT, "its first line is not \"{FORMAT}\"");
    let program = header(&mut lines, "program")?;
    let inputs = header(&mut lines, "inputs")?;
    // The count shows a text that was cut at the end of a line.
    let files: usize = header(&mut lines, "files")?.parse().context("line 4: no count of files")?;
    let mut entries: Vec<Entry> = Vec::with_capacity(files.min(1 << 20));
    for (index, line) in lines.enumerate() {
        let entry = entry(&line?).with_context(|| format!("line {}", index + 5))?;
        let ordered = entries.last().is_none_or(|last| last.route < entry.route);
        ensure!(ordered, "line {}: {} is out of order", index + 5, entry.route);
        entries.push(entry);
    }
    ensure!(entries.len() == files, "it names {} files and announces {files}", entries.len());
    Ok(Manifest { program, inputs, entries })
}

fn next(lines: &mut Lines<impl BufRead>) -> anyhow::Result<String> {
    Ok(lines.next().context("it ends too early")??)
}

fn header(lines: &mut Lines<impl BufRead>, word: &str) -> anyhow::Result<String> {
    let line = next(lines)?;
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
        Manifest::of_build("ab12", vec![entry("b c.html"), entry("a/ü.html"), entry("a.html")]).unwrap()
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
    fn a_cut_or_foreign_text_is_refused() {
        let text = written(&sample());
        let cut = &text[..text.trim_end().rfind('\n').unwrap() + 1];
        let later = text.replace("manifest 1", "manifest 2");
        let climbing = text.replace("a.html", "../a.html");
        let swapped = text.replace("b c.html", "a.html");
        let short = text.replace("2cf2", "2cf");
        for bad in [cut, &later, &climbing, &swapped, &short, "", "sha256 of things\n"] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_route_twice_is_an_error_that_names_it() {
        let mut entries = sample().entries;
        entries.push(entries[1].clone());
        let error = Manifest::of_build("ab", entries).unwrap_err().to_string();
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
