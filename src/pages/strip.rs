//! The status strip: the way from draft to closed, and how far a plan is on it.

use std::cmp::Ordering;

use serde::Serialize;

use super::Context;
use super::fragments::Key;
use crate::record::Status;

/// The view of `partials/strip.html`.
#[derive(Debug, Serialize)]
struct StripView {
    steps: Vec<Step>,
    status: &'static str,
    is_rolled_back: bool,
}

/// A step of the status strip.
#[derive(Debug, Serialize)]
struct Step {
    /// `draft`, …
    word: &'static str,
    /// `Draft`, …
    label: &'static str,
    /// `done`, `now` or `ahead`.
    state: &'static str,
}

pub(super) fn strip(context: &Context<'_>, status: Option<Status>, is_rolled_back: bool) -> String {
    let mut html = String::new();
    let Some(status) = status else { return html };
    let key = |part: &mut Key| {
        part.push(status.word());
        part.push(if is_rolled_back { "rolled back" } else { "" });
    };
    let view = || StripView { steps: steps(status), status: status.word(), is_rolled_back };
    context.fragments.push(&mut html, context, "partials/strip.html", key, view);
    html
}

fn steps(status: Status) -> Vec<Step> {
    let way = [
        Status::Draft,
        Status::Assessment,
        Status::Approved,
        Status::Scheduled,
        Status::InProgress,
        Status::Deployed,
        Status::Closed,
    ];
    // What was taken back had gone as far as live; a cancelled record only says so.
    let reached = match status {
        Status::RolledBack => Status::InProgress,
        Status::Cancelled => return Vec::new(),
        status => status,
    };
    way.into_iter()
        .map(|step| Step {
            word: step.word(),
            label: step.label(),
            state: match step.cmp(&reached) {
                Ordering::Less => "done",
                Ordering::Equal if status == Status::RolledBack => "done",
                Ordering::Equal => "now",
                Ordering::Greater => "ahead",
            },
        })
        .collect()
}
