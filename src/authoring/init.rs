//! A site to begin with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use jiff::civil::Date;

use super::file;
use crate::diag::Profile;
use crate::read::written;

/// What a new site is to be.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its name.
    pub title: Option<String>,
    /// Its set of levels.
    pub profile: Option<Profile>,
    /// The zone of its times.
    pub time_zone: Option<String>,
    /// Whose continuous integration is to check and publish it.
    pub ci: Option<Ci>,
    /// The day of its first records.
    pub today: Date,
}

/// Whose continuous integration checks and publishes a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions, published to GitHub Pages.
    GitHub,
    /// GitLab CI, published to GitLab Pages.
    GitLab,
}

/// What became of each file, by its path.
#[derive(Debug, Default)]
pub struct Begun {
    /// Files that were made.
    pub made: Vec<String>,
    /// Files that were there, and stay as they are.
    pub kept: Vec<String>,
}

/// The line of a `.gitignore` that keeps built sites out.
const BUILT: &str = "/site*";

/// Makes a site in a folder: settings, three records that pass every check, and what keeps built sites out of git. Files
/// that are there stay; a `.gitignore` gets its line.
///
/// # Errors
///
/// The folder lies in a site already, or a file cannot be written.
pub fn init(folder: &Path, site: &NewSite) -> Result<Begun> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let whole = folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
    let around = whole.ancestors().skip(1).find(|above| above.join("relbook.toml").is_file());
    ensure!(around.is_none(), "this lies in the site {}", around.unwrap_or(Path::new("")).display());
    let mut begun = Begun::default();
    for (path, text) in files(site) {
        let at = folder.join(&path);
        if !at.exists() {
            file::make(&at, &text)?;
            begun.made.push(path);
        } else if path == ".gitignore" && !file::load(&at)?.lines().any(|line| line.trim() == BUILT) {
            let before = file::load(&at)?;
            let joint = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            file::replace(&at, &format!("{before}{joint}{BUILT}\n"))?;
            begun.kept.push(format!("{path} (with the line {BUILT} added)"));
        } else {
            begun.kept.push(path);
        }
    }
    Ok(begun)
}

fn files(site: &NewSite) -> Vec<(String, String)> {
    let NewSite { title, profile, time_zone, ci, today } = site;
    let toml = |text: &str| written(text, true);
    let title = toml(title.as_deref().unwrap_or("Release records"));
    let zone = match time_zone {
        Some(zone) => format!("time_zone = {}", toml(zone)),
        None => "# time_zone = \"Europe/Brussels\"   # of times that name none; UTC where it is left out".to_owned(),
    };
    let profile = match profile {
        Some(Profile::Records) => "records",
        Some(Profile::Strict) => "strict",
        Some(Profile::Standard) | None => "standard",
    };
    let year = today.year();
    let (before, after) = (today.yesterday().unwrap_or(*today), today.tomorrow().unwrap_or(*today));
    let fill = |text: &str| {
        [
            ("{title}", title.as_str()),
            ("{zone}", zone.as_str()),
            ("{profile}", profile),
            ("{year}", &year.to_string()),
            ("{today}", &today.to_string()),
            ("{before}", &before.to_string()),
            ("{after}", &after.to_string()),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (hole, value)| text.replace(hole, value))
    };
    let mut files = vec![
        ("relbook.toml".to_owned(), fill(include_str!("begun/relbook.toml"))),
        (".gitignore".to_owned(), format!("{BUILT}\n")),
        (".vscode/tasks.json".to_owned(), include_str!("begun/tasks.json").to_owned()),
        (format!("releases/REL-{year}-001.md"), fill(include_str!("begun/release.md"))),
        ("changes/CHG-0001.md".to_owned(), fill(include_str!("begun/change.md"))),
        ("known-errors/KE-0001.md".to_owned(), fill(include_str!("begun/known-error.md"))),
    ];
    match ci {
        Some(Ci::GitHub) => {
            files.push((".github/workflows/records.yml".to_owned(), include_str!("begun/github.yml").to_owned()));
        }
        Some(Ci::GitLab) => files.push((".gitlab-ci.yml".to_owned(), include_str!("begun/gitlab.yml").to_owned())),
        None => {}
    }
    files
}
