//! What several pages have: the frame, rows, facts, times, lists of connected records, drawings.

pub(super) mod alternates;
pub(super) mod bodies;
pub(super) mod body;
pub(super) mod chart;
pub(super) mod commit;
pub(super) mod context;
pub(super) mod direction;
pub(super) mod emergency;
pub(super) mod facts;
pub(super) mod fragments;
pub(super) mod frame;
pub(super) mod groups;
pub(super) mod measured;
pub(super) mod messages;
pub(super) mod neighbourhood;
pub(super) mod next_free;
pub(super) mod recordings;
pub(super) mod review;
pub(super) mod row;
pub(super) mod runs;
pub(super) mod shared;
pub(super) mod stages;
pub(super) mod subscribed;
pub(super) mod time;
