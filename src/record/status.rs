//! How far a release or change is.

use super::vocabulary::vocabulary;

vocabulary! {
    /// How far a release or change is.
    pub enum Status {
        /// Being written.
        Draft = "draft", "Draft", Idle;
        /// Being assessed.
        Assessment = "assessment", "Assessment", Idle;
        /// Agreed to.
        Approved = "approved", "Approved", Ahead;
        /// It has its window.
        Scheduled = "scheduled", "Scheduled", Ahead;
        /// Going on.
        InProgress = "in-progress", "In progress", Active;
        /// It is live.
        Deployed = "deployed", "Deployed", Good;
        /// Taken back.
        RolledBack = "rolled-back", "Rolled back", Bad;
        /// Nothing is left to do.
        Closed = "closed", "Closed", Off;
        /// Called off before it went live.
        Cancelled = "cancelled", "Cancelled", Off;
    }
    default Draft;
    also {
        "new" => Draft, "assess" => Assessment, "authorize" => Approved, "implement" => InProgress,
        "review" => Deployed, "canceled" => Cancelled,
    }
    meant {
        "todo" | "to-do" | "backlog" | "registered" | "created" | "logged" => Draft,
        "submitted" | "under-assessment" | "assessing" | "in-assessment" | "awaiting-approval"
            | "pending-approval" | "waiting-for-approval" | "cab" => Assessment,
        "authorized" | "authorised" | "accepted" | "ready" | "cab-approved" => Approved,
        "planned" | "booked" | "upcoming" => Scheduled,
        "implementing" | "deploying" | "in-implementation" | "in-deployment" | "ongoing" | "started" | "running"
            | "doing" | "wip" | "work-in-progress" | "rolling-out" => InProgress,
        "done" | "completed" | "complete" | "finished" | "released" | "live" | "implemented" | "shipped"
            | "delivered" | "published" | "in-production" | "production" | "rolled-out" | "installed" => Deployed,
        "rollback" | "backed-out" | "back-out" | "backout" | "reverted" => RolledBack,
        "archived" => Closed,
        "abandoned" | "aborted" | "dropped" | "called-off" | "wont-do" => Cancelled,
    }
}
