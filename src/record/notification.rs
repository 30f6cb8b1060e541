//! A message to customers: before the release, while it goes on, or where it was put off.

use jiff::civil::Date;

use super::keys::keys;
use super::vocabulary::vocabulary;

vocabulary! {
    /// Of what customers are told.
    pub enum MessageStage {
        /// Of work that is to come.
        Before = "before", "Before the release";
        /// Of work that has begun.
        Start = "start", "When the work starts";
        /// Of work that is done.
        Completion = "completion", "When it is done";
        /// Of work that was taken back.
        Rollback = "rollback", "If it is rolled back";
        /// Of a window that was put off, with the one that takes its place.
        Postponed = "postponed", "When it was put off";
        /// Of work that was called off.
        Cancelled = "cancelled", "When it was called off";
    }
    default Before;
    meant {
        "announcement" | "notice" | "advance" | "planned" => Before,
        "started" | "begin" | "begun" => Start,
        "done" | "completed" | "end" | "success" => Completion,
        "rolled-back" | "backout" => Rollback,
        "moved" | "delayed" | "rescheduled" => Postponed,
        "canceled" | "called-off" => Cancelled,
    }
}

keys! {
    /// A message to customers.
    pub struct Notification("a notification", "{audience: \u{2026}, channel: mail, due: 2026-11-28}") {
        /// To whom it goes.
        pub audience: Option<String> = "Audience"
            meant "to" | "customers" | "who" | "customer" | "group" | "recipients";
        /// Of what it tells; of work that is to come where it says nothing.
        pub stage: Option<MessageStage> = "Tells of" meant "kind" | "phase" | "about" | "type" | "moment";
        /// How it reaches them: mail, a status page, a call.
        pub channel: Option<String> = "Channel" meant "via" | "how" | "medium" | "by";
        /// The day by which it must be sent.
        pub due: Option<Date> = "Due" meant "deadline" | "planned" | "due_date" | "due_on";
        /// The day on which it was sent.
        pub sent: Option<Date> = "Sent" meant "sent_on" | "sent_at" | "done" | "on";
        /// The day on which the window begins of which it tells, where its own days do not lead there.
        pub window: Option<Date> = "Window" meant "for_window" | "window_start" | "attempt" | "of_window";
    }
}

impl Notification {
    /// Of what it tells.
    pub fn stage(&self) -> MessageStage {
        self.stage.unwrap_or_default()
    }
}
