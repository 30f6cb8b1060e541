//! Reads `relbook.toml`.

use jiff::tz::TimeZone;

use super::base_url::published_at;
use super::calendar;
use super::editions::{self, is_edition_name};
use super::lints::read_lints;
use super::process::{read_lifecycle, read_process};
use super::references;
use super::settings::Settings;
use super::tickets;
use crate::diag::{Lint, Sink};
use crate::read::{Fields, UNKNOWN_VALUE, read_toml};
use crate::source::{Ignore, Source};

/// Reads `relbook.toml`; every fault of it goes to `sink`.
pub fn read(source: &Source, lints: &[&'static Lint], sink: &Sink) -> Settings {
    let mut settings = Settings::default();
    let Some(node) = read_toml(&source.text, 0, sink) else { return settings };
    let Some(fields) = Fields::new(&node, "relbook.toml", sink) else { return settings };
    settings.lead = fields.text("lead");
    if let Some(title) = fields.text("title") {
        settings.title = title;
    }
    settings.base_url = published_at(&fields);
    settings.time_zone = fields.time_zone("time_zone").unwrap_or(TimeZone::UTC);
    if let Some((language, span)) = fields.spanned_text("language") {
        match language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            true => settings.language = language,
            false => sink.push(
                sink.finding(&UNKNOWN_VALUE, span, "this is no language").help("write a tag such as `en` or `de-CH`"),
            ),
        }
    }
    if let Some((content, span)) = fields.spanned_text("content") {
        let parts: Vec<&str> = content.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        match !content.starts_with('/') && !content.contains('\\') && !parts.contains(&"..") {
            true => (settings.content, settings.content_span) = (parts.join("/"), span),
            false => sink.push(
                sink.finding(&UNKNOWN_VALUE, span, "`content` leads out of the site's folder")
                    .help("name a folder below the one of relbook.toml, such as `records`"),
            ),
        }
    }
    if let Some((theme, span)) = fields.spanned_text("theme")
        && theme != "default"
    {
        sink.push(
            sink.finding(&UNKNOWN_VALUE, span, format!("there is no theme `{theme}`"))
                .replace_with("\"default\"")
                .help("put your own templates and styles into the folder `theme`; they go over the default theme's"),
        );
    }
    settings.ignore = ignore(&fields);
    settings.edit_url = fields.url("edit_url");
    settings.remote_images = fields.flag("remote_images");
    if let Some(serve) = fields.map("serve", "`[serve]`", "") {
        settings.editor = serve.term("editor");
        serve.finish();
    }
    if let Some(levels) = fields.map("lints", "`[lints]`", "") {
        read_lints(levels, lints, &mut settings);
    }
    settings.tickets = fields
        .maps("tickets", "`[[tickets]]`", "{pattern = \u{2026}, url = \"https://itsm.example.com/{id}\"}")
        .into_iter()
        .filter_map(tickets::read)
        .collect();
    if let Some(of_site) = fields.map("references", "`[references]`", "") {
        settings.references = references::read(of_site);
    }
    if let Some(of_site) = fields.map("calendar", "`[calendar]`", "") {
        settings.calendar = calendar::read(&of_site);
        of_site.finish();
    }
    if let Some(process) = fields.map("process", "`[process]`", "") {
        read_process(process, &mut settings.process);
    }
    if let Some(lifecycle) = fields.map("lifecycle", "`[lifecycle]`", "") {
        read_lifecycle(lifecycle, &mut settings.lifecycle);
    }
    if let Some(of_site) = fields.map("editions", "`[editions]`", "") {
        for entry in of_site.entries() {
            if !is_edition_name(&entry.key) {
                let finding = sink.finding(&UNKNOWN_VALUE, entry.key_span, "this is no name of an edition");
                sink.push(
                    finding
                        .help("use letters, digits, `-` and `_`: the name stands in the output folder's, `site-NAME`"),
                );
            }
            if let Some(fields) = Fields::new(&entry.node, "an edition", sink) {
                settings.editions.insert(entry.key.clone(), editions::read(fields));
            }
        }
    }
    fields.finish();
    settings
}

/// `ignore = ["drafts/", "*.bak"]`
fn ignore(fields: &Fields<'_>) -> Ignore {
    let patterns = fields.texts("ignore");
    let (ignore, faults) = Ignore::new(patterns.iter().map(|(pattern, _)| pattern.as_str()));
    for (number, fault) in faults {
        let (pattern, span) = &patterns[number];
        let finding = fields.sink().finding(&UNKNOWN_VALUE, *span, format!("`{pattern}` is no pattern: {fault}"));
        fields
            .sink()
            .push(finding.help("write it as in a `.gitignore`, seen from the folder of relbook.toml: \"drafts/\""));
    }
    ignore
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn settings(text: &str) -> (Settings, Vec<String>) {
        let sink = Sink::new(SourceId::SETTINGS);
        let settings = read(&Source::new("relbook.toml", text.to_owned()), &[], &sink);
        (settings, sink.into_findings().into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn an_empty_file_is_a_site() {
        let (settings, findings) = settings("");
        assert_eq!((settings.title.as_str(), findings.len()), ("Release records", 0));
    }

    #[test]
    fn tickets_link_ids_of_their_shape_only() {
        let (settings, findings) =
            settings("[[tickets]]\npattern = \"PRB-{number}\"\nurl = \"https://t.example/{id}\"\n");
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(settings.tickets[0].url("PRB-33"), Some("https://t.example/PRB-33".to_owned()));
        assert_eq!(settings.tickets[0].url("PRB-x"), None);
    }

    #[test]
    fn every_fault_is_said_at_once() {
        let (_, findings) = settings("titel = \"x\"\ntime_zone = \"Europe/Lundun\"\n[lints]\nprofile = \"lax\"\n");
        assert_eq!(
            findings,
            ["`Europe/Lundun` is no time zone", "`lax` is no value of `profile`", "relbook.toml has no key `titel`"]
        );
    }
}
