//! The headings under which the long texts of a plan stand.

use super::vocabulary::vocabulary;
use crate::read::Term;

vocabulary! {
    /// A part of the plan that is a section of the body. Its word is the section's fragment.
    pub enum PlanSection {
        /// What is done.
        Description = "description", "Description";
        /// Why it is done.
        BusinessCase = "business-case", "Business case";
        /// How it is built into the environment.
        ImplementationPlan = "implementation-plan", "Implementation plan";
        /// How it is brought there.
        DeploymentPlan = "deployment-plan", "Deployment plan";
        /// How it is taken back.
        RollbackPlan = "rollback-plan", "Rollback plan";
        /// How it is tested.
        TestPlan = "test-plan", "Test plan";
        /// How it is installed.
        InstallationGuide = "installation-guide", "Installation guide";
        /// What is new.
        ReleaseNotes = "release-notes", "Release notes";
        /// How a deployment is tested.
        DeploymentTestInstructions = "deployment-test-instructions", "Deployment test instructions";
        /// What is known to be wrong.
        KnownErrors = "known-errors", "Known errors";
        /// How to live with it.
        Workarounds = "workarounds", "Workarounds";
        /// One known error's workaround.
        Workaround = "workaround", "Workaround";
        /// How one known error shows.
        Symptoms = "symptoms", "Symptoms";
        /// Anything else.
        AdditionalDocumentation = "additional-documentation", "Additional documentation";
        /// Why it went wrong.
        RootCause = "root-cause", "Root cause";
        /// What was learned.
        LessonsLearned = "lessons-learned", "Lessons learned";
    }
    also { "reason-for-change" => BusinessCase, "backout-plan" => RollbackPlan }
}

impl PlanSection {
    /// The part that a heading opens, in any case.
    pub fn of_heading(heading: &str) -> Option<PlanSection> {
        let heading = heading.trim();
        let is_same = |known: &str| {
            known.len() == heading.len()
                && known.bytes().zip(heading.bytes()).all(|(known, written)| match written {
                    b' ' => known == b'-',
                    _ => known == written.to_ascii_lowercase(),
                })
        };
        PlanSection::WORDS.iter().find(|(known, _)| is_same(known)).map(|(_, section)| *section)
    }
}
