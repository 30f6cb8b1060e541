//! A dossier for people, on paper: one file, without scripts, that needs nothing else.

use std::fmt::Write;

use serde_json::Value;

use super::dossier::{Dossier, Origin};
use super::revision::Revision;
use crate::read::markdown::push_text;
use crate::record::Data;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <style>body{font:11pt/1.45 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
    h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #777}table{border-collapse:collapse;width:100%}\
    th,td{text-align:left;vertical-align:top;padding:.2rem .5rem .2rem 0;border-bottom:1px solid #ccc;overflow-wrap:break-word}\
    tr{break-inside:avoid}code,pre{font:9pt/1.4 monospace;white-space:pre-wrap;overflow-wrap:anywhere}ul{margin:0;padding-left:1.1rem}table{font-size:10pt}table table{font-size:inherit}.pairs th{width:11rem}@page{margin:18mm}</style>\n";

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
///
/// `keys` is what the record's keys hold, in the order of their declarations.
pub fn paper(of: &Origin, dossier: &Dossier, keys: &Data) -> String {
    let mut body = origin(of);
    body.push_str(match dossier.is_as_committed {
        Some(false) => "<p><strong>The record differs from its last commit.</strong></p>\n",
        _ => "",
    });
    let record = &dossier.record;
    let put = |html: &mut String, data: Option<Data>| data.iter().for_each(|data| push_data(html, data));
    section(&mut body, "Approvals", |html| put(html, approvals(keys, record)));
    section(&mut body, "Kept to the process", |html| put(html, kept(&record["plan"]["audit"])));
    section(&mut body, "Deviations", |html| put(html, deviations(&record["plan"]["deviations"])));
    section(&mut body, "Waivers", |html| put(html, keys.get("allow").cloned()));
    section(&mut body, "Findings", |html| findings(html, dossier));
    section(&mut body, "Artefacts", |html| {
        for of in &dossier.artefacts {
            let _ =
                writeln!(html, "<p>{}, {} bytes<br><code>sha256:{}</code></p>", text(&of.named), of.size, of.sha256);
        }
    });
    section(&mut body, "Record", |html| push_data(html, keys));
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

/// Each approval with the commit that wrote it.
fn approvals(keys: &Data, record: &Value) -> Option<Data> {
    let recorded = record["plan"]["approvals_recorded"].as_array();
    let Some(Data::List(approvals)) = keys.get("approvals") else { return None };
    let rows = approvals.iter().enumerate().map(|(number, approval)| {
        let mut entries = match approval {
            Data::Map(entries) => entries.clone(),
            other => vec![("approval".to_owned(), other.clone())],
        };
        let commit = recorded.and_then(|all| all.get(number)).filter(|of| !of.is_null());
        let said = commit.map_or_else(
            || "which commit wrote it is not known".to_owned(),
            |commit| {
                let [name, author, at] = ["commit", "author", "at"].map(|key| commit[key].as_str().unwrap_or_default());
                format!("by {author} on {at} in {name}")
            },
        );
        entries.push(("recorded".to_owned(), Data::Text(said)));
        Data::Map(entries)
    });
    Data::of_list(rows)
}

/// How each part of the process was kept: `in-time, 2026-11-05`.
fn kept(audit: &Value) -> Option<Data> {
    let parts = [
        ("start of the work", &audit["start"]),
        ("approved", &audit["approved"]),
        ("approved by those involved alone", &audit["approved_by_involved"]),
        ("security review", &audit["security"]),
        ("operational review", &audit["operational"]),
        ("tested before", &audit["tested"]),
        ("told before", &audit["told"]),
        ("reviewed after", &audit["reviewed_after"]),
    ];
    let said = |of: &Value| match of {
        Value::Object(_) => {
            let parts = [&of["state"], &of["day"]].into_iter().filter_map(Value::as_str);
            Some(Data::Text(parts.collect::<Vec<_>>().join(", ")))
        }
        other => data_of(other),
    };
    let entries: Vec<_> = parts.into_iter().filter_map(|(name, of)| Some((name.to_owned(), said(of)?))).collect();
    (!entries.is_empty()).then_some(Data::Map(entries))
}

/// Each deviation in its words, with its day.
fn deviations(all: &Value) -> Option<Data> {
    let row = |of: &Value| {
        let text = |value: &Value| value.as_str().map(|text| Data::Text(text.to_owned()));
        let shown = [("deviation", &of["label"]), ("day", &of["day"]), ("shown by", &of["evidence"]["kind"])];
        let other = [("record", &of["evidence"]["record"]["id"]), ("part", &of["evidence"]["part"])];
        let entries = shown.into_iter().chain(other).filter_map(|(name, value)| Some((name.to_owned(), text(value)?)));
        Data::Map(entries.collect())
    };
    Data::of_list(all.as_array().into_iter().flatten().map(row))
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
                    let mut cell = String::new();
                    data.iter().for_each(|data| push_data(&mut cell, data));
                    cell
                });
                let _ = writeln!(html, "<tr><td>{}</td><td>{was}</td><td>{is}</td></tr>", text(&change.key));
            }
            html.push_str("</table>\n");
        }
    }
}

/// Data in words: a map as a table of names and what stands under each, a list of maps as a table with a row for each.
fn push_data(html: &mut String, data: &Data) {
    match data {
        Data::Text(of) => html.push_str(&text(of)),
        Data::Flag(is_set) => html.push_str(if *is_set { "yes" } else { "no" }),
        Data::List(items) => match columns(items) {
            Some(columns) => push_rows(html, &columns, items),
            None => {
                html.push_str("<ul>\n");
                for item in items {
                    html.push_str("<li>");
                    push_data(html, item);
                    html.push_str("</li>\n");
                }
                html.push_str("</ul>\n");
            }
        },
        Data::Map(entries) => {
            html.push_str("<table class=\"pairs\">\n");
            for (name, data) in entries {
                let _ = write!(html, "<tr><th scope=\"row\">{}</th><td>", words(name));
                push_data(html, data);
                html.push_str("</td></tr>\n");
            }
            html.push_str("</table>\n");
        }
    }
}

fn push_rows(html: &mut String, columns: &[&str], rows: &[Data]) {
    html.push_str("<table>\n<tr>");
    for column in columns {
        let _ = write!(html, "<th scope=\"col\">{}</th>", words(column));
    }
    html.push_str("</tr>\n");
    for row in rows {
        html.push_str("<tr>");
        for column in columns {
            html.push_str("<td>");
            row.get(column).into_iter().for_each(|data| push_data(html, data));
            html.push_str("</td>");
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
}

/// The names under which something stands in a list of maps, in the order in which they come; nothing where it holds
/// something else too.
fn columns(items: &[Data]) -> Option<Vec<&str>> {
    let mut columns = Vec::new();
    for item in items {
        let Data::Map(entries) = item else { return None };
        for (name, _) in entries {
            if !columns.contains(&name.as_str()) {
                columns.push(name.as_str());
            }
        }
    }
    (!columns.is_empty()).then_some(columns)
}

/// A key in words.
fn words(name: &str) -> String {
    text(&name.replace('_', " "))
}

/// What stands in a document of the API, as data; nothing where nothing does.
fn data_of(value: &Value) -> Option<Data> {
    match value {
        Value::Null => None,
        Value::Bool(is_set) => Some(Data::Flag(*is_set)),
        Value::Number(number) => Some(Data::Text(number.to_string())),
        Value::String(text) => Some(Data::Text(text.clone())),
        Value::Array(items) => Data::of_list(items.iter().filter_map(data_of)),
        Value::Object(fields) => {
            let entries = fields.iter().filter_map(|(name, value)| Some((name.clone(), data_of(value)?)));
            Some(Data::Map(entries.collect()))
        }
    }
}
