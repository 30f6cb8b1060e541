//! A file beside the record, or a document elsewhere.

use super::keys::keys;
use super::reference::Reference;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What an artefact is.
    pub enum ArtefactKind {
        /// How to install.
        InstallationGuide = "installation-guide", "Installation guide";
        /// What is new.
        ReleaseNotes = "release-notes", "Release notes";
        /// How to test a deployment.
        DeploymentTests = "deployment-tests", "Deployment test instructions";
        /// What is known to be wrong.
        KnownErrors = "known-errors", "Known errors";
        /// How to live with it.
        Workarounds = "workarounds", "Workarounds";
        /// Anything else.
        Additional = "additional", "Additional documentation";
    }
    meant {
        "install-guide" | "installation" => InstallationGuide,
        "notes" | "changelog" => ReleaseNotes,
        "test-instructions" | "deployment-test" | "deployment-test-instructions" => DeploymentTests,
        "known-issues" => KnownErrors,
        "other" | "document" | "doc" | "documentation" | "attachment" | "misc" => Additional,
    }
}

keys! {
    /// A file beside the record, or a document elsewhere.
    pub struct Artefact("an artefact", "{kind: additional, file: \u{2026}}") {
        /// What it is.
        pub kind: Option<ArtefactKind> = "Kind" meant "type" | "category";
        /// What it is called.
        pub title: Option<String> = "Title" meant "name" | "text" | "label";
        /// A path below the record's folder.
        pub file: Option<Reference> = "File" [Shape::File] meant "path" | "filename" | "file_name";
        /// The address of a document elsewhere.
        pub url: Option<String> = "Address" [Shape::Url] meant "link" | "href" | "address";
    }
}
