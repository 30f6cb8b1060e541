//! Four steps for risk, urgency, severity and criticality.

use super::vocabulary::vocabulary;

vocabulary! {
    /// Risk, urgency, severity and criticality have the same four steps.
    pub enum Priority {
        /// Little: it can wait its turn.
        Low = "low", "Low";
        /// Some: it is planned with the rest.
        Moderate = "moderate", "Moderate";
        /// Much: it comes before the rest.
        High = "high", "High";
        /// All: it cannot wait.
        Critical = "critical", "Critical";
    }
    meant {
        "minor" | "lowest" | "very-low" | "trivial" | "p4" | "s4" | "sev4" | "sev-4" => Low,
        "medium" | "med" | "middle" | "normal" | "average" | "p3" | "s3" | "sev3" | "sev-3" => Moderate,
        "major" | "p2" | "s2" | "sev2" | "sev-2" => High,
        "blocker" | "highest" | "very-high" | "urgent" | "p1" | "s1" | "sev1" | "sev-1" => Critical,
    }
}
