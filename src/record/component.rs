//! A component that a release brings: which version of which configuration item.

use super::digest::Digest;
use super::keys::keys;
use super::reference::Reference;

keys! {
    /// A component of a release: the version of a configuration item that it brings.
    pub struct Component("a component", "{item: \u{2026}, version: 1.5.0}") {
        /// The configuration item that it is a version of.
        pub item: Reference = "Item" -> ConfigurationItem(ConfigurationItem)
            meant "name" | "component" | "configuration_item" | "ci" | "artifact" | "image" | "package";
        /// The version that the release brings.
        pub version: Option<String> = "Version" meant "ver" | "tag" | "new" | "to" | "after";
        /// What identifies its bytes: `sha256:`, `sha384:` or `sha512:` and the checksum, or a commit.
        pub digest: Option<Digest> = "Digest" meant "checksum" | "hash" | "sha256" | "sha" | "commit";
        /// The version that it takes the place of.
        pub before: Option<String> = "Before" meant "from" | "old" | "previous" | "replaces";
    }
}
