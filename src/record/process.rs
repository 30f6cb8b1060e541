//! Which parts a plan wants, from which status on, for which type of release or change: data that a site
//! may change.

use super::vocabulary::vocabulary;
use super::{Change, Header, Plan, PlanSection, Release, Status, Test};
use crate::record::{Phase, TestResult};

vocabulary! {
    /// A part of the plan.
    pub enum Part {
        /// The section or the summary.
        Description = "description", "Description";
        /// Who asked for it.
        Initiator = "initiator", "Initiator";
        /// Who leads it.
        ReleaseManager = "release_manager", "Release manager";
        /// The key or the section.
        BusinessCase = "business_case", "Business case";
        /// What it delivers.
        Changes = "changes", "Changes delivered";
        /// Effects upon business areas, systems, subcontractors and external parties.
        Effects = "effects", "Effects";
        /// Effects upon configuration items.
        ConfigurationItems = "configuration_items", "Configuration items";
        /// The security review.
        SecurityReview = "impact.security", "Security review";
        /// The operational review.
        OperationalReview = "impact.operational", "Operational review";
        /// Stakeholders.
        Raci = "raci", "Stakeholders (RACI)";
        /// Whom to call.
        Escalation = "escalation", "Escalation channel";
        /// Decisions.
        Approvals = "approvals", "Approvals";
        /// When.
        PlannedDate = "planned_date", "Planned date";
        /// Maintenance windows.
        Windows = "windows", "Maintenance window";
        /// Customers told before.
        Notifications = "notifications", "Customer notifications";
        /// The section.
        ImplementationPlan = "implementation_plan", "Implementation plan";
        /// The section.
        DeploymentPlan = "deployment_plan", "Deployment plan";
        /// The section.
        RollbackPlan = "rollback_plan", "Rollback plan";
        /// The section.
        TestPlan = "test_plan", "Test plan";
        /// A passed test before the release.
        PreTests = "tests.pre", "Tests before the release";
        /// A test after the release.
        PostTests = "tests.post", "Tests after the release";
        /// The section or an artefact.
        ReleaseNotes = "release_notes", "Release notes";
        /// The post-implementation review.
        Review = "review", "Post-implementation review";
    }
}

impl Part {
    /// The fragment of the part on the record's page.
    pub fn fragment(self) -> &'static str {
        match self {
            Part::Description => "description",
            Part::Initiator | Part::ReleaseManager | Part::PlannedDate => "facts",
            Part::BusinessCase => "business-case",
            Part::Changes => "changes",
            Part::Effects => "effects",
            Part::ConfigurationItems => "configuration-items",
            Part::SecurityReview | Part::OperationalReview => "impact",
            Part::Raci => "raci",
            Part::Escalation => "escalation",
            Part::Approvals => "approvals",
            Part::Windows => "windows",
            Part::Notifications => "notifications",
            Part::ImplementationPlan => "implementation-plan",
            Part::DeploymentPlan => "deployment-plan",
            Part::RollbackPlan => "rollback-plan",
            Part::TestPlan => "test-plan",
            Part::PreTests | Part::PostTests => "tests",
            Part::ReleaseNotes => "release-notes",
            Part::Review => "review",
        }
    }
}

/// What a plan is held against: its keys, and the sections of its body that have something under them.
pub struct PlanParts<'a> {
    header: &'a Header,
    plan: &'a Plan,
    delivers: bool,
    sections: &'a [PlanSection],
}

impl<'a> PlanParts<'a> {
    /// The parts of a release; `delivers` tells whether any change belongs to it.
    pub fn release(release: &'a Release, delivers: bool, sections: &'a [PlanSection]) -> PlanParts<'a> {
        PlanParts { header: &release.header, plan: &release.plan, delivers, sections }
    }

    /// The parts of a change.
    pub fn change(change: &'a Change, sections: &'a [PlanSection]) -> PlanParts<'a> {
        PlanParts { header: &change.header, plan: &change.plan, delivers: true, sections }
    }

    /// Whether a part is there.
    pub fn has(&self, part: Part) -> bool {
        let (header, plan) = (self.header, self.plan);
        let section = |section| self.sections.contains(&section);
        let tested =
            |phase, wanted: fn(&Test) -> bool| plan.tests.iter().any(|test| test.phase == Some(phase) && wanted(test));
        match part {
            Part::Description => section(PlanSection::Description) || header.summary.is_some(),
            Part::Initiator => plan.initiator.is_some(),
            Part::ReleaseManager => plan.release_manager.is_some() || header.owner.is_some(),
            Part::BusinessCase => plan.business_case.is_some() || section(PlanSection::BusinessCase),
            Part::Changes => self.delivers,
            Part::Effects => {
                let effects = &plan.effects;
                !(effects.business_areas.is_empty()
                    && effects.interfacing_systems.is_empty()
                    && effects.subcontractors.is_empty()
                    && effects.external_parties.is_empty())
            }
            Part::ConfigurationItems => !header.configuration_items.is_empty(),
            Part::SecurityReview => plan.impact.security.is_some(),
            Part::OperationalReview => plan.impact.operational.is_some(),
            Part::Raci => !plan.raci.is_empty(),
            Part::Escalation => !plan.escalation.is_empty(),
            Part::Approvals => !plan.approvals.is_empty(),
            Part::PlannedDate => plan.planned_date.is_some(),
            Part::Windows => !plan.windows.is_empty(),
            Part::Notifications => !plan.notifications.is_empty(),
            Part::ImplementationPlan => section(PlanSection::ImplementationPlan),
            Part::DeploymentPlan => section(PlanSection::DeploymentPlan),
            Part::RollbackPlan => section(PlanSection::RollbackPlan),
            Part::TestPlan => section(PlanSection::TestPlan),
            Part::PreTests => tested(Phase::Pre, |test| test.result == Some(TestResult::Passed)),
            Part::PostTests => tested(Phase::Post, |test| test.result != Some(TestResult::Pending)),
            Part::ReleaseNotes => {
                section(PlanSection::ReleaseNotes)
                    || plan.artefacts.iter().any(|a| a.kind == Some(super::ArtefactKind::ReleaseNotes))
            }
            Part::Review => plan.review.is_some(),
        }
    }
}

/// Which parts a plan wants: for a kind (`release`, `change`) and its type, from which status on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Kind, type (`*` for a record that names none), status, and what is wanted from it on.
    pub rows: Vec<Wanted>,
}

/// What is wanted of one type of release or change from one status on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// `release` or `change`.
    pub kind: String,
    /// `major`, `standard`, …; `*` for a record that names none.
    pub of_type: String,
    /// From which status on.
    pub status: Status,
    /// What is wanted.
    pub parts: Vec<Part>,
}

impl Default for Process {
    fn default() -> Process {
        use Part::*;
        use Status::{Approved, Assessment, Closed, Deployed, Scheduled};
        let mut rows = Vec::new();
        let mut want = |kind: &str, of_type: &str, status, parts: &[Part]| {
            rows.push(Wanted { kind: kind.into(), of_type: of_type.into(), status, parts: parts.to_vec() });
        };
        for of_type in ["major", "minor"] {
            want("release", of_type, Assessment, &[Description, Initiator, BusinessCase, Changes, ConfigurationItems]);
            want(
                "release",
                of_type,
                Approved,
                &[
                    ReleaseManager,
                    Effects,
                    SecurityReview,
                    OperationalReview,
                    Raci,
                    Escalation,
                    ImplementationPlan,
                    DeploymentPlan,
                    RollbackPlan,
                    TestPlan,
                ],
            );
            want("release", of_type, Scheduled, &[PlannedDate, Windows, Approvals, Notifications]);
            want("release", of_type, Deployed, &[PreTests, ReleaseNotes]);
            want("release", of_type, Closed, &[PostTests, Review]);
        }
        want("release", "patch", Assessment, &[Description, Initiator, Changes, ConfigurationItems]);
        want("release", "patch", Approved, &[ReleaseManager, RollbackPlan, TestPlan]);
        want("release", "patch", Scheduled, &[PlannedDate, Windows, Approvals]);
        want("release", "patch", Deployed, &[PreTests, ReleaseNotes]);
        want("release", "patch", Closed, &[PostTests]);
        want("release", "emergency", Approved, &[Description, Initiator, BusinessCase, ConfigurationItems]);
        want("release", "emergency", Scheduled, &[PlannedDate, Approvals]);
        want("release", "emergency", Deployed, &[Windows, RollbackPlan]);
        want("release", "emergency", Closed, &[SecurityReview, OperationalReview, PostTests, Review]);
        want("release", "*", Assessment, &[Description, ConfigurationItems]);
        for of_type in ["normal", "emergency"] {
            want("change", of_type, Assessment, &[Description, Initiator, ConfigurationItems]);
        }
        want("change", "standard", Assessment, &[Description, ConfigurationItems]);
        want("change", "*", Assessment, &[Description, ConfigurationItems]);
        Process { rows }
    }
}

impl Process {
    /// What a record wants in its status. A rolled-back record wants what a deployed one does, a cancelled
    /// one nothing.
    pub fn wanted(&self, kind: &str, of_type: Option<&str>, status: Status) -> Vec<Part> {
        let reached = match status {
            Status::RolledBack => Status::InProgress,
            Status::Cancelled => return Vec::new(),
            status => status,
        };
        let of_type = of_type.unwrap_or("*");
        let mut parts: Vec<Part> = self
            .rows
            .iter()
            .filter(|row| row.kind == kind && row.of_type == of_type && row.status <= reached)
            .flat_map(|row| row.parts.iter().copied())
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}
