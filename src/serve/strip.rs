//! What a preview adds to a page: one element at the end of its body, which says what was found, and one script.

use serde::Serialize;

use crate::diag::{Finding, Level};
use crate::pipeline::Preview;
use crate::source::Sources;

/// The style of what is added.
pub(super) const STYLE: &str = include_str!("strip.css");

/// The script of a page in a preview.
pub(super) const SCRIPT: &str = include_str!("strip.js");

/// The script that listens for all pages of a browser: a browser opens no more than six connections to a host.
pub(super) const LISTENER: &str = include_str!("listener.js");

/// How many findings a strip lists; all are on the page of checks.
const SHOWN: usize = 20;

/// Scripts of the built-in theme that do their work again on a page that takes the place of another.
const RUN_AGAIN: &[&str] = &["assets/calendar.js", "assets/copy.js", "assets/times.js"];

/// Scripts of the built-in theme that go on working there.
const RUN_ONCE: &[&str] = &["assets/keys.js"];

/// Adds to a page what a preview adds. `path` is the page's own, below the root.
pub(super) fn add(page: &mut Vec<u8>, preview: &Preview, root: &str, path: &str, version: &str) {
    const END: &[u8] = b"</body>";
    let at = page.windows(END.len()).rposition(|window| window == END).unwrap_or(page.len());
    let checks = escape(&format!("{root}checks/index.html"));
    // Of a script that the site has written, nobody knows what it does.
    let built_in = |names: &[&str]| {
        let kept: Vec<&str> = names.iter().copied().filter(|name| !preview.has_own_asset(name)).collect();
        kept.join(" ")
    };
    let element = format!(
        "<aside id=\"relbook-preview\" aria-label=\"Preview\" data-version=\"{}\" data-page=\"{}\" data-checks=\"{checks}\" \
         data-root=\"{}\" data-again=\"{}\" data-once=\"{}\">\
         <link rel=\"stylesheet\" href=\"/-/strip.css\"><p><a href=\"{checks}\">Checks</a></p></aside>\
         <script src=\"/-/strip.js\" defer></script>\n",
        escape(version),
        escape(path),
        escape(root),
        built_in(RUN_AGAIN),
        built_in(RUN_ONCE),
    );
    page.splice(at..at, element.into_bytes());
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What the strip of a page says.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    /// What keeps the site from following its folder.
    fault: Option<String>,
    /// How many errors there are in all.
    errors: usize,
    /// How many warnings there are in all.
    warnings: usize,
    /// What was found in the page's own record, and what concerns every page.
    findings: Vec<ToldFinding>,
    /// How many of these are left out.
    more: usize,
}

#[derive(Debug, Serialize)]
struct ToldFinding {
    /// `error` or `warning`
    level: &'static str,
    /// `RB101 unknown-field`
    code: String,
    message: String,
    help: Vec<String>,
    /// What to write instead of the marked text.
    replacement: Option<String>,
    /// The file, below the site's folder.
    path: String,
    /// The marked line, from 1.
    line: usize,
    /// That line as it stands in the file.
    text: String,
    /// Where the editor opens it.
    editor: Option<String>,
}

/// What the strip of the page at a path says, once the checks are done.
pub(super) fn told(preview: &Preview, path: &str) -> Told {
    let own = preview.source_of(path).map(|source| source.path.as_str());
    let mut findings = Vec::new();
    if let Some((level, finding, sources)) = preview.theme_fault(path) {
        findings.push(finding_told(preview, level, &finding, &sources));
    }
    let (mut errors, mut warnings) = (findings.len(), 0);
    if let Some((report, sources)) = preview.report() {
        errors += report.count(Level::Error);
        warnings += report.count(Level::Warn);
        for (level, finding) in report.findings() {
            let of = sources[finding.place.source].path.as_str();
            // Settings with an error are not used, which every page shows.
            if Some(of) == own || (of == "relbook.toml" && *level == Level::Error) {
                findings.push(finding_told(preview, *level, finding, sources));
            }
        }
    }
    let more = findings.len().saturating_sub(SHOWN);
    findings.truncate(SHOWN);
    Told { fault: preview.fault().map(str::to_owned), errors, warnings, findings, more }
}

fn finding_told(preview: &Preview, level: Level, finding: &Finding, sources: &Sources) -> ToldFinding {
    let source = &sources[finding.place.source];
    let position = source.position(finding.place.span.start);
    let line = source.text.lines().nth(position.line - 1).unwrap_or_default();
    let editor = preview.editor().map(|editor| editor.link(&preview.file_of(source), position.line, position.column));
    ToldFinding {
        level: if level == Level::Error { "error" } else { "warning" },
        code: format!("{} {}", finding.lint.code, finding.lint.name),
        message: finding.message.clone(),
        help: finding.help.clone(),
        replacement: finding.replacement.clone(),
        path: source.path.clone(),
        line: position.line,
        text: line.chars().take(300).collect(),
        editor,
    }
}
