//! A message to customers before the release.

use jiff::civil::Date;

use super::keys::keys;

keys! {
    /// A message to customers before the release.
    pub struct Notification("a notification", "{audience: \u{2026}, channel: mail, due: 2026-11-28}") {
        /// To whom it goes.
        pub audience: Option<String> = "Audience"
            meant "to" | "customers" | "who" | "customer" | "group" | "recipients";
        /// How it reaches them: mail, a status page, a call.
        pub channel: Option<String> = "Channel" meant "via" | "how" | "medium" | "by";
        /// The day by which it must be sent.
        pub due: Option<Date> = "Due" meant "deadline" | "planned" | "due_date" | "due_on";
        /// The day on which it was sent.
        pub sent: Option<Date> = "Sent" meant "sent_on" | "sent_at" | "done" | "on";
    }
}
