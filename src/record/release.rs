//! A release: the whole plan, what it delivers, and its artefacts.

use super::artefact::Artefact;
use super::component::Component;
use super::header::Header;
use super::keys::keys;
use super::plan::Plan;
use super::reference::Reference;
use super::vocabulary::vocabulary;

vocabulary! {
    /// How big a release is, or how urgent.
    pub enum ReleaseType {
        /// New or changed behaviour for many.
        Major = "major", "Major";
        /// Small additions.
        Minor = "minor", "Minor";
        /// Corrections only.
        Patch = "patch", "Patch";
        /// Out of turn, because it cannot wait.
        Emergency = "emergency", "Emergency";
    }
    meant {
        "breaking" => Major,
        "bugfix" | "bug-fix" | "fix" | "maintenance" => Patch,
        "urgent" => Emergency,
    }
}

keys! {
    /// A release.
    pub struct Release("a release") in (header: Header, plan: Plan) {
        /// The version of the service.
        pub version: Option<String> = "Version"
            meant "release_version" | "ver" | "version_number" | "semver" | "version_name";
        /// How big it is, or how urgent.
        pub release_type: Option<ReleaseType> = "Release type"
            meant "kind" | "size" | "release_kind" | "type_of_release" | "category" | "change_type";
        /// The change records that it delivers.
        pub changes: Vec<Reference> = "Changes delivered" -> Delivers(Change)
            meant "change" | "change_records" | "change_requests" | "change_request" | "chg" | "rfc" | "rfcs"
                | "change_ids" | "delivers" | "included_changes" | "contains" | "includes";
        /// Known errors shipped with it, beside those that follow from ranges.
        pub known_errors: Vec<Reference> = "Known errors" -> HasKnownError(KnownError)
            meant "known_error" | "known_issues" | "known_issue" | "kes";
        /// The versions of configuration items that it brings.
        pub components: Vec<Component> = "Components"
            meant "component" | "images" | "packages" | "builds" | "modules" | "versions";
        /// Files beside the record and documents elsewhere that go with it.
        pub artefacts: Vec<Artefact> = "Artefacts"
            meant "artifacts" | "artifact" | "artefact" | "attachments" | "attachment" | "files" | "documents";
    }
}
