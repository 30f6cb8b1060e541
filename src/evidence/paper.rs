//! A dossier for people, on paper: one file, without scripts, that needs nothing else.

use std::fmt::Write;

use serde_json::Value;

use super::dossier::{Dossier, Origin};
use super::revision::Revision;
use crate::read::markdown::push_text;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <style>body{font:11pt/1.45 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
    h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #777}table{border-collapse:collapse;width:100%}\
    th,td{text-align:left;vertical-align:top;padding:.2rem .5rem .2rem 0;border-bottom:1px solid #ccc;overflow-wrap:anywhere}\
    tr{break-inside:avoid}code,pre{font:9pt/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere}dt{font-weight:bold}\
    dd{margin:0 0 .3rem 1.2rem}.was{text-decoration:line-through}@page{margin:18mm}</style>\n";

/// A page with a title.
fn page(title: &str, body: &str) -> String {
    let mut html = HEAD.to_owned();
    html.push_str("<title>");
    push_text(&mut html, title);
    html.push_str("</title>\n</head>\n<body>\n<h1>");
    push_text(&mut html, title);
    html.push_str("</h1>\n");
    html.push_str(body);
    html.push_str("</body>\n</html>\n");
    html
}

fn text(of: &str) -> String {
    let mut html = String::new();
    push_text(&mut html, of);
    html
}

/// Where the records were taken from, in sentences.
fn origin(of: &Origin) -> String {
    let commit = match &of.commit {
        Some(commit) => format!("commit <code>{}</code>", text(commit)),
        None => "no repository".to_owned(),
    };
    let mut html = format!(
        "<p>{}: taken from {commit}, as of {}, by relbook {}.</p>\n",
        text(&of.site),
        text(&of.day),
        text(of.program)
    );
    if let Some(why) = &of.without_history {
        let _ = writeln!(html, "<p><strong>Nothing is told of former texts:</strong> {}</p>", text(why));
    }
    html
}

/// The contents of the folder: every dossier, and the table of the period where there is one.
pub fn contents(of: &Origin, period: Option<&str>, dossiers: &[(String, String)]) -> String {
    let mut body = origin(of);
    if let Some(period) = period {
        let _ = writeln!(body, "<p>{} <a href=\"population.csv\">population.csv</a></p>", text(period));
    }
    body.push_str("<ul>\n");
    for (name, folder) in dossiers {
        let href = percent_encoding::utf8_percent_encode(folder, PATH);
        let _ = writeln!(body, "<li><a href=\"{href}/index.html\">{}</a></li>", text(name));
    }
    body.push_str("</ul>\n");
    page("Evidence", &body)
}

/// What is written with percent signs in the address of a folder.
const PATH: &percent_encoding::AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');

/// The page of a dossier.
pub fn paper(of: &Origin, dossier: &Dossier) -> String {
    let mut body = origin(of);
    body.push_str(match dossier.is_as_committed {
        Some(false) => "<p><strong>The record differs from its last commit.</strong></p>\n",
        _ => "",
    });
    let record = &dossier.record;
    section(&mut body, "Record", |html| push_value(html, &record["keys"]));
    section(&mut body, "Approvals", |html| approvals(html, record));
    section(&mut body, "Kept to the process", |html| push_value(html, &record["plan"]["audit"]));
    section(&mut body, "Deviations", |html| push_value(html, &record["plan"]["deviations"]));
    section(&mut body, "Waivers", |html| push_value(html, &record["keys"]["allow"]));
    section(&mut body, "Findings", |html| findings(html, dossier));
    section(&mut body, "Artefacts", |html| {
        for of in &dossier.artefacts {
            let _ =
                writeln!(html, "<p>{}, {} bytes<br><code>sha256:{}</code></p>", text(&of.named), of.size, of.sha256);
        }
    });
    section(&mut body, "Text", |html| {
        for part in record["sections"].as_array().into_iter().flatten() {
            let heading = part["heading"].as_str().unwrap_or_default();
            let _ = writeln!(html, "<h3>{}</h3>", text(heading));
            let _ = writeln!(html, "<pre>{}</pre>", text(part["markdown"].as_str().unwrap_or_default()));
        }
    });
    section(&mut body, "Revisions", |html| {
        dossier.revisions.iter().flatten().for_each(|revision| push_revision(html, revision));
    });
    page(&format!("{} {}", dossier.id, dossier.title), &body)
}

/// A section; one with nothing in it says so.
fn section(body: &mut String, heading: &str, write: impl FnOnce(&mut String)) {
    let mut html = String::new();
    write(&mut html);
    let _ = writeln!(body, "<h2>{heading}</h2>");
    body.push_str(if html.is_empty() { "<p>Nothing is recorded.</p>\n" } else { &html });
}

fn approvals(html: &mut String, record: &Value) {
    let recorded = record["plan"]["approvals_recorded"].as_array();
    for (number, approval) in record["keys"]["approvals"].as_array().into_iter().flatten().enumerate() {
        push_value(html, approval);
        match recorded.and_then(|all| all.get(number)).filter(|of| !of.is_null()) {
            Some(commit) => {
                let [name, author, at] = ["commit", "author", "at"].map(|key| commit[key].as_str().unwrap_or_default());
                let _ = writeln!(
                    html,
                    "<p>Recorded by {} on {} in <code>{}</code></p>",
                    text(author),
                    text(at),
                    text(name)
                );
            }
            None => html.push_str("<p>Which commit wrote it is not known.</p>\n"),
        }
    }
}

fn findings(html: &mut String, dossier: &Dossier) {
    for of in &dossier.findings {
        let _ = writeln!(html, "<p>{} {} in line {}: {}</p>", of.level, of.code, of.line, text(&of.message));
    }
}

fn push_revision(html: &mut String, of: &Revision) {
    let at = of.at.as_deref().unwrap_or("at no time that is told");
    let _ = writeln!(html, "<h3>{}, {}</h3>\n<p><code>{}</code></p>", text(at), text(&of.author), text(&of.commit));
    match &of.changes {
        None => html.push_str("<p>This text, or the one before it, cannot be read as a record.</p>\n"),
        Some(changes) if changes.is_empty() => html.push_str("<p>No key and no section changed.</p>\n"),
        Some(changes) => {
            html.push_str("<table>\n<tr><th>Key</th><th>Before</th><th>After</th></tr>\n");
            for change in changes {
                let [was, is] = [&change.was, &change.is].map(|data| {
                    let value = data.as_ref().and_then(|data| serde_json::to_value(data).ok()).unwrap_or_default();
                    let mut cell = String::new();
                    push_value(&mut cell, &value);
                    cell
                });
                let _ = writeln!(html, "<tr><td>{}</td><td>{was}</td><td>{is}</td></tr>", text(&change.key));
            }
            html.push_str("</table>\n");
        }
    }
}

/// Data in words: a map as terms with what stands under each, a list as a list.
fn push_value(html: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(of) => html.push_str(&text(of)),
        Value::Array(items) if items.is_empty() => {}
        Value::Array(items) => {
            html.push_str("<ul>\n");
            for item in items {
                html.push_str("<li>");
                push_value(html, item);
                html.push_str("</li>\n");
            }
            html.push_str("</ul>\n");
        }
        Value::Object(fields) => {
            html.push_str("<dl>\n");
            for (name, field) in fields {
                let _ = write!(html, "<dt>{}</dt><dd>", text(&name.replace('_', " ")));
                push_value(html, field);
                html.push_str("</dd>\n");
            }
            html.push_str("</dl>\n");
        }
        other => html.push_str(&text(&other.to_string())),
    }
}
