//! Records in a git repository of their own, for what `--since` compares.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::harness::folder;

/// When every commit is made.
const COMMITTED: &str = "2026-11-10T12:00:00Z";

/// A folder with the files of a string, committed and tagged `before`.
pub(crate) fn repository(files: &str) -> TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit(folder.path(), "before");
    folder
}

/// Commits everything as it is, and tags it.
pub(crate) fn commit(folder: &Path, tag: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", tag]);
    git(folder, &["tag", tag]);
}

/// Runs git in a folder, without the settings of whoever runs the tests.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    run(command(folder, arguments));
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_AUTHOR_DATE", COMMITTED).env("GIT_COMMITTER_DATE", COMMITTED);
    command
}

fn run(mut command: Command) -> String {
    let output = command.output().expect("git is installed");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Commits everything as it is, made by somebody at some time.
pub(crate) fn commit_by(folder: &Path, author: impl AsRef<OsStr>, at: &str) {
    git(folder, &["add", "--all"]);
    let mut command = command(folder, &["commit", "--quiet", "--allow-empty", "--message", "more"]);
    command.env("GIT_AUTHOR_NAME", author).env("GIT_AUTHOR_DATE", at).env("GIT_COMMITTER_DATE", at);
    run(command);
}

/// What git prints.
pub(crate) fn git_says(folder: &Path, arguments: &[&str]) -> String {
    run(command(folder, arguments))
}
