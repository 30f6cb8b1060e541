//! Which parts a plan wants, from which status on, for which type of release or change: data that a site may change.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::approval_policy::ApprovalPolicy;
use super::artefact::{Artefact, ArtefactKind};
use super::change::{Change, ChangeType};
use super::component::Component;
use super::header::Header;
use super::people::Approval;
use super::placeholder::says_something;
use super::plan::Plan;
use super::reference::Reference;
use super::release::{Release, ReleaseType};
use super::section::PlanSection;
use super::status::Status;
use super::test::{Phase, Test, TestResult};
use super::vocabulary::vocabulary;
use crate::source::Span;

vocabulary! {
    /// A part of the plan.
    pub enum Part {
        /// The section or the summary.
        Description = "description", "Description";
        /// Two or three plain sentences, under `summary`.
        Summary = "summary", "Summary";
        /// Who asked for it.
        Initiator = "initiator", "Initiator";
        /// Who leads it.
        ReleaseManager = "release_manager", "Release manager";
        /// The key or the section.
        BusinessCase = "business_case", "Business case";
        /// The problem tickets that it belongs to.
        Problems = "problems", "Problem tickets";
        /// What it delivers.
        Changes = "changes", "Changes delivered";
        /// The versions of configuration items that it brings.
        Components = "components", "Components";
        /// Effects upon business areas, systems, subcontractors and external parties.
        Effects = "effects", "Effects";
        /// Effects upon parts of the business.
        BusinessAreas = "effects.business_areas", "Effects on business areas";
        /// Effects upon systems that exchange data with what changes.
        InterfacingSystems = "effects.interfacing_systems", "Effects on interfacing systems";
        /// Effects upon subcontractors.
        Subcontractors = "effects.subcontractors", "Effects on subcontractors";
        /// Effects upon external parties.
        ExternalParties = "effects.external_parties", "Effects on external parties";
        /// Effects upon configuration items.
        ConfigurationItems = "configuration_items", "Configuration items";
        /// The security review.
        SecurityReview = "impact.security", "Security review";
        /// The operational review.
        OperationalReview = "impact.operational", "Operational review";
        /// Who does what, answers for it, is asked and is told.
        Raci = "raci", "Stakeholders (RACI)";
        /// Whom to call.
        Escalation = "escalation", "Escalation channel";
        /// An approval that was given, not one that is awaited or was refused.
        Approvals = "approvals", "Approvals";
        /// When it is planned.
        PlannedDate = "planned_date", "Planned date";
        /// Maintenance windows.
        Windows = "windows", "Maintenance window";
        /// Customers told before.
        Notifications = "notifications", "Customer notifications";
        /// The section of the body.
        ImplementationPlan = "implementation_plan", "Implementation plan";
        /// The section of the body.
        DeploymentPlan = "deployment_plan", "Deployment plan";
        /// The section of the body.
        RollbackPlan = "rollback_plan", "Rollback plan";
        /// The section of the body.
        TestPlan = "test_plan", "Test plan";
        /// A passed test before the release.
        PreTests = "tests.pre", "Tests before the release";
        /// A test after the release.
        PostTests = "tests.post", "Tests after the release";
        /// The section or an artefact.
        ReleaseNotes = "release_notes", "Release notes";
        /// The section or an artefact.
        InstallationGuide = "installation_guide", "Installation guide";
        /// The section or an artefact.
        DeploymentTestInstructions = "deployment_test_instructions", "Deployment test instructions";
        /// The key, the section or an artefact.
        KnownErrors = "known_errors", "Known errors";
        /// The section or an artefact.
        Workarounds = "workarounds", "Workarounds";
        /// The section or an artefact.
        AdditionalDocumentation = "additional_documentation", "Additional documentation";
        /// The post-implementation review.
        Review = "review", "Post-implementation review";
    }
}

impl Part {
    /// The section of the body that holds the part, or may hold it.
    pub fn section(self) -> Option<PlanSection> {
        self.place().0
    }

    /// The fragment of the part on the record's page.
    pub fn fragment(self) -> &'static str {
        let (section, fragment) = self.place();
        section.map_or(fragment, PlanSection::word)
    }

    /// The kind of artefact that is the part as well.
    pub fn artefact(self) -> Option<ArtefactKind> {
        match self {
            Part::ReleaseNotes => Some(ArtefactKind::ReleaseNotes),
            Part::InstallationGuide => Some(ArtefactKind::InstallationGuide),
            Part::DeploymentTestInstructions => Some(ArtefactKind::DeploymentTests),
            Part::KnownErrors => Some(ArtefactKind::KnownErrors),
            Part::Workarounds => Some(ArtefactKind::Workarounds),
            Part::AdditionalDocumentation => Some(ArtefactKind::Additional),
            _ => None,
        }
    }

    /// Whether the built-in process wants it of no plan: a site may.
    pub fn is_of_site(self) -> bool {
        !BUILT_IN.iter().any(|(.., parts)| parts.contains(&self))
    }

    /// Where the part is: a section of the body, whose fragment is its own, or a part of the page.
    fn place(self) -> (Option<PlanSection>, &'static str) {
        match self {
            Part::Description => (Some(PlanSection::Description), ""),
            Part::Initiator | Part::ReleaseManager | Part::Problems | Part::PlannedDate => (None, "facts"),
            Part::BusinessCase => (Some(PlanSection::BusinessCase), ""),
            Part::Changes => (None, "changes"),
            Part::Components => (None, "components"),
            Part::Summary => (None, "main"),
            Part::Effects
            | Part::BusinessAreas
            | Part::InterfacingSystems
            | Part::Subcontractors
            | Part::ExternalParties => (None, "effects"),
            Part::ConfigurationItems => (None, "configuration-items"),
            Part::SecurityReview | Part::OperationalReview => (None, "impact"),
            Part::Raci => (None, "raci"),
            Part::Escalation => (None, "escalation"),
            Part::Approvals => (None, "approvals"),
            Part::Windows => (None, "windows"),
            Part::Notifications => (None, "notifications"),
            Part::ImplementationPlan => (Some(PlanSection::ImplementationPlan), ""),
            Part::DeploymentPlan => (Some(PlanSection::DeploymentPlan), ""),
            Part::RollbackPlan => (Some(PlanSection::RollbackPlan), ""),
            Part::TestPlan => (Some(PlanSection::TestPlan), ""),
            Part::PreTests | Part::PostTests => (None, "tests"),
            Part::ReleaseNotes => (Some(PlanSection::ReleaseNotes), ""),
            Part::InstallationGuide => (Some(PlanSection::InstallationGuide), ""),
            Part::DeploymentTestInstructions => (Some(PlanSection::DeploymentTestInstructions), ""),
            Part::KnownErrors => (Some(PlanSection::KnownErrors), ""),
            Part::Workarounds => (Some(PlanSection::Workarounds), ""),
            Part::AdditionalDocumentation => (Some(PlanSection::AdditionalDocumentation), ""),
            Part::Review => (None, "review"),
        }
    }
}

vocabulary! {
    /// Whose plan it is. A change that a release delivers has the most of its plan there.
    pub enum PlanKind {
        /// A release's.
        Release = "release", "release";
        /// A change's that ships alone.
        Change = "change", "change";
        /// A change's that a release delivers.
        DeliveredChange = "delivered-change", "change that a release delivers";
    }
}

impl PlanKind {
    /// The words of the types that a plan of this kind may have.
    pub fn types(self) -> Vec<&'static str> {
        match self {
            PlanKind::Release => ReleaseType::ALL.iter().map(|of_type| of_type.word()).collect(),
            PlanKind::Change | PlanKind::DeliveredChange => {
                ChangeType::ALL.iter().map(|of_type| of_type.word()).collect()
            }
        }
    }

    /// The type that a plan is held against where its record names none, so that leaving it out wants no less.
    pub fn presumed_type(self) -> &'static str {
        match self {
            PlanKind::Release => ReleaseType::Minor.word(),
            PlanKind::Change | PlanKind::DeliveredChange => ChangeType::Normal.word(),
        }
    }

    /// With its article, for a sentence.
    pub fn with_article(self) -> String {
        format!("a {}", self.label())
    }
}

/// What a plan is held against: its keys, and what its body has.
pub struct PlanParts<'a> {
    header: &'a Header,
    plan: &'a Plan,
    artefacts: &'a [Artefact],
    known_errors: &'a [Reference],
    components: &'a [Component],
    delivers: bool,
    body: PlanBody<'a>,
}

/// What the body of a plan has.
#[derive(Debug, Clone, Copy)]
pub struct PlanBody<'a> {
    /// Sections with something under them.
    pub sections: &'a [PlanSection],
    /// Whether something stands before the first heading.
    pub has_lead: bool,
}

impl<'a> PlanParts<'a> {
    /// The parts of a release; `delivers` tells whether any change belongs to it.
    pub fn release(release: &'a Release, delivers: bool, body: PlanBody<'a>) -> PlanParts<'a> {
        let Release { header, plan, artefacts, known_errors, components, .. } = release;
        PlanParts { header, plan, artefacts, known_errors, components, delivers, body }
    }

    /// The parts of a change.
    pub fn change(change: &'a Change, body: PlanBody<'a>) -> PlanParts<'a> {
        let Change { header, plan, known_errors, .. } = change;
        PlanParts { header, plan, artefacts: &[], known_errors, components: &[], delivers: true, body }
    }

    /// Whether a part is there.
    pub fn has(&self, part: Part) -> bool {
        let (header, plan) = (self.header, self.plan);
        let section = |section| self.body.sections.contains(&section);
        let tested =
            |phase, wanted: fn(&Test) -> bool| plan.tests.iter().any(|test| test.phase == Some(phase) && wanted(test));
        match part {
            Part::Description => {
                section(PlanSection::Description) || self.body.has_lead || says_something(header.summary.as_ref())
            }
            Part::Initiator => says_something(plan.initiator.as_ref()),
            Part::ReleaseManager => says_something(plan.release_manager.as_ref()),
            Part::BusinessCase => says_something(plan.business_case.as_ref()) || section(PlanSection::BusinessCase),
            Part::Changes => self.delivers,
            Part::Components => !self.components.is_empty(),
            Part::Problems => !header.problems.is_empty(),
            Part::Effects => plan.effects.lists().iter().any(|(key, _)| plan.effects.says(key)),
            Part::BusinessAreas => plan.effects.says("business_areas"),
            Part::InterfacingSystems => plan.effects.says("interfacing_systems"),
            Part::ConfigurationItems => !header.configuration_items.is_empty(),
            Part::SecurityReview => plan.impact.security.is_some(),
            Part::OperationalReview => plan.impact.operational.is_some(),
            Part::Raci => !plan.raci.is_empty(),
            Part::Escalation => !plan.escalation.is_empty(),
            Part::Approvals => plan.approvals.iter().any(Approval::is_given),
            Part::PlannedDate => plan.planned_date.is_some(),
            Part::Windows => !plan.windows.is_empty(),
            Part::Notifications => !plan.notifications.is_empty(),
            Part::ImplementationPlan => section(PlanSection::ImplementationPlan),
            Part::DeploymentPlan => section(PlanSection::DeploymentPlan),
            Part::RollbackPlan => section(PlanSection::RollbackPlan),
            Part::TestPlan => section(PlanSection::TestPlan),
            Part::PreTests => tested(Phase::Pre, |test| test.result == Some(TestResult::Passed)),
            Part::PostTests => tested(Phase::Post, |test| test.result != Some(TestResult::Pending)),
            Part::KnownErrors if !self.known_errors.is_empty() => true,
            Part::ReleaseNotes
            | Part::InstallationGuide
            | Part::DeploymentTestInstructions
            | Part::KnownErrors
            | Part::Workarounds
            | Part::AdditionalDocumentation => {
                part.section().is_some_and(section)
                    || part.artefact().is_some_and(|kind| self.artefacts.iter().any(|of| of.kind == Some(kind)))
            }
            Part::Summary => says_something(header.summary.as_ref()),
            Part::Subcontractors => plan.effects.says("subcontractors"),
            Part::ExternalParties => plan.effects.says("external_parties"),
            Part::Review => plan.review.is_some(),
        }
    }
}

/// Which parts a plan wants: for a kind of plan and its type, from which status on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// One row for each kind, type and status.
    pub rows: Vec<Wanted>,
    /// Whose approval is wanted, by the word of the type.
    pub approvals: BTreeMap<String, ApprovalPolicy>,
    /// How many days before the work an audience has to be told, by its name in small letters.
    pub notice: BTreeMap<String, Notice>,
    /// How long things may take.
    pub days: PolicyDays,
}

/// An audience that the site wants to be told so many days before the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name as the settings have it.
    pub name: String,
    /// How many days.
    pub days: u16,
    /// Where the settings name it.
    pub span: Span,
}

/// How many days things may take before they are findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyDays {
    /// From the day that a known error was detected to its workaround.
    pub workaround: u16,
    /// From the day that a known error was detected to a release that should resolve it.
    pub known_error: u16,
    /// From an emergency's work to the record of its approval.
    pub emergency_approval: u16,
    /// From a message to customers to the work of which it tells.
    pub notice: u16,
    /// From an approval to the work; as long as it takes where the site does not say.
    pub approval: Option<u16>,
}

impl Default for PolicyDays {
    fn default() -> PolicyDays {
        PolicyDays { workaround: 14, known_error: 180, emergency_approval: 3, notice: 5, approval: None }
    }
}

impl PolicyDays {
    /// How many days after the start of its work a release or change may be approved: an emergency only.
    pub fn approval_after_start(self, is_emergency: bool) -> u16 {
        if is_emergency { self.emergency_approval } else { 0 }
    }

    /// The last day on which work that began on a day may be approved.
    pub fn last_approval_day(self, is_emergency: bool, start: Date) -> Date {
        let days = i64::from(self.approval_after_start(is_emergency));
        start.checked_add(days.days()).unwrap_or(start)
    }
}

/// What is wanted of one type of release or change from one status on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Whose plan.
    pub kind: PlanKind,
    /// `major`, `standard`, …
    pub of_type: String,
    /// From which status on.
    pub status: Status,
    /// What is wanted.
    pub parts: Vec<Part>,
}

use Part::*;
use Status::{Approved, Assessment, Closed, Deployed, Scheduled};

/// The built-in table: what a kind of plan and its type want, each from one status on.
const BUILT_IN: &[(PlanKind, &[&str], Status, &[Part])] = &[
    (
        PlanKind::Release,
        &["major", "minor"],
        Assessment,
        &[Description, Initiator, BusinessCase, Changes, ConfigurationItems],
    ),
    (
        PlanKind::Release,
        &["major", "minor"],
        Approved,
        &[
            ReleaseManager,
            BusinessAreas,
            InterfacingSystems,
            Subcontractors,
            ExternalParties,
            SecurityReview,
            OperationalReview,
            Raci,
            Escalation,
            ImplementationPlan,
            DeploymentPlan,
            RollbackPlan,
            TestPlan,
        ],
    ),
    (PlanKind::Release, &["major", "minor"], Scheduled, &[PlannedDate, Windows, Approvals, Notifications]),
    (PlanKind::Release, &["patch"], Scheduled, &[PlannedDate, Windows, Approvals]),
    (PlanKind::Release, &["major", "minor", "patch"], Deployed, &[PreTests, ReleaseNotes]),
    (PlanKind::Release, &["major", "minor"], Closed, &[PostTests, Review]),
    (PlanKind::Release, &["patch"], Assessment, &[Description, Initiator, Changes, ConfigurationItems]),
    (PlanKind::Release, &["patch"], Approved, &[ReleaseManager, RollbackPlan, TestPlan]),
    (PlanKind::Release, &["patch"], Closed, &[PostTests]),
    (PlanKind::Release, &["emergency"], Approved, &[Description, Initiator, BusinessCase, ConfigurationItems]),
    (PlanKind::Release, &["emergency"], Scheduled, &[PlannedDate, Approvals]),
    (PlanKind::Release, &["emergency"], Deployed, &[Windows, RollbackPlan]),
    (PlanKind::Release, &["emergency"], Closed, &[SecurityReview, OperationalReview, PostTests, Review]),
    (PlanKind::Change, &["normal"], Assessment, &[Description, Initiator, ConfigurationItems]),
    (PlanKind::Change, &["normal"], Approved, &[SecurityReview, OperationalReview, RollbackPlan, TestPlan]),
    (PlanKind::Change, &["normal"], Scheduled, &[PlannedDate, Windows, Approvals]),
    (PlanKind::Change, &["normal"], Deployed, &[PreTests]),
    (PlanKind::Change, &["normal"], Closed, &[PostTests, Review]),
    (PlanKind::Change, &["emergency"], Approved, &[Description, Initiator, ConfigurationItems]),
    (PlanKind::Change, &["emergency"], Scheduled, &[PlannedDate, Approvals]),
    (PlanKind::Change, &["emergency"], Deployed, &[Windows, RollbackPlan]),
    (PlanKind::Change, &["emergency"], Closed, &[SecurityReview, OperationalReview, PostTests, Review]),
    (PlanKind::Change, &["standard"], Assessment, &[Description, ConfigurationItems]),
    (PlanKind::Change, &["standard"], Scheduled, &[PlannedDate]),
    (PlanKind::DeliveredChange, &["normal", "emergency"], Assessment, &[Description, Initiator, ConfigurationItems]),
    (PlanKind::DeliveredChange, &["standard"], Assessment, &[Description, ConfigurationItems]),
];

impl Default for Process {
    fn default() -> Process {
        let rows = BUILT_IN.iter().flat_map(|&(kind, types, status, parts)| {
            let row =
                move |of_type: &&str| Wanted { kind, of_type: (*of_type).to_owned(), status, parts: parts.to_vec() };
            types.iter().map(row)
        });
        Process {
            rows: rows.collect(),
            approvals: BTreeMap::new(),
            notice: BTreeMap::new(),
            days: PolicyDays::default(),
        }
    }
}

impl Process {
    /// What a plan wants in its status. A rolled-back record wants what one in progress does, a cancelled one
    /// nothing.
    pub fn wanted(&self, kind: PlanKind, of_type: Option<&str>, status: Status) -> Vec<Part> {
        let reached = match status {
            Status::RolledBack => Status::InProgress,
            Status::Cancelled => return Vec::new(),
            status => status,
        };
        let of_type = of_type.unwrap_or(kind.presumed_type());
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
