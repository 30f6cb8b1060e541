//! Whose approval a site wants of one type of release or change: data that the site gives.

use super::vocabulary::vocabulary;

vocabulary! {
    /// Somebody who takes part in the work, and may be barred from approving or reviewing it.
    pub enum Involved {
        /// Who asked for it.
        Initiator = "initiator", "Initiator";
        /// Who answers for the record.
        Owner = "owner", "Owner";
        /// Who leads it.
        ReleaseManager = "release-manager", "Release manager";
        /// Who does some of it, by the RACI matrix.
        Responsible = "responsible", "Responsible";
        /// Who answers for some of it, by the RACI matrix.
        Accountable = "accountable", "Accountable";
    }
}

/// Whose approval is wanted, and who can give none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalPolicy {
    /// Roles that each have to approve.
    pub roles: Vec<String>,
    /// How many people have to approve.
    pub at_least: u16,
    /// Who neither approves nor reviews.
    pub not: Vec<Involved>,
}
