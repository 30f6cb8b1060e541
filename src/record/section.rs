//! The headings under which the long texts of a plan stand, and the one test of what such a heading is.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::kind::Kind;
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
    also {
        "reason-for-change" => BusinessCase,
        "backout-plan" => RollbackPlan,
        "lessons-learnt" => LessonsLearned,
    }
}

impl PlanSection {
    /// The part that a heading opens: in any case, with or without a number before it and a colon behind it, its words
    /// written in one, apart or with dashes.
    pub fn of_heading(heading: &str) -> Option<PlanSection> {
        let letters = heading_key(heading);
        // `4 Test plan`: a bare number belongs to the heading of another text, but to no name of a part.
        let letters = letters.trim_start_matches(|letter: char| letter.is_numeric());
        BY_LETTERS.get(letters).copied()
    }

    /// Whether records of a kind have this part.
    pub fn belongs_to(self, kind: Kind) -> bool {
        use PlanSection::{
            AdditionalDocumentation, BusinessCase, DeploymentPlan, DeploymentTestInstructions, Description,
            ImplementationPlan, InstallationGuide, RollbackPlan, RootCause, Symptoms, TestPlan, Workaround,
            Workarounds,
        };
        match kind {
            Kind::Release | Kind::Change => !matches!(self, Symptoms | Workaround),
            Kind::StandardChange => matches!(
                self,
                AdditionalDocumentation
                    | BusinessCase
                    | DeploymentPlan
                    | DeploymentTestInstructions
                    | Description
                    | ImplementationPlan
                    | InstallationGuide
                    | RollbackPlan
                    | TestPlan
            ),
            Kind::KnownError => {
                matches!(self, AdditionalDocumentation | Description | RootCause | Symptoms | Workaround | Workarounds)
            }
            _ => false,
        }
    }
}

/// The parts by the letters of their names: every heading of every record is looked up.
static BY_LETTERS: LazyLock<FxHashMap<String, PlanSection>> = LazyLock::new(|| {
    PlanSection::WORDS.iter().rev().map(|(name, section)| (name.replace('-', ""), *section)).collect()
});

/// A heading as headings are compared: its letters and digits in lower case, without a number before it.
pub fn heading_key(heading: &str) -> String {
    let heading = heading.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let words = match heading.split_once(char::is_whitespace) {
        Some((first, rest)) if is_number(first) && rest.contains(char::is_alphanumeric) => rest,
        _ => heading,
    };
    super::fold(words).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// `4.`, `4.2`, `4)`, `b.`, `IV)`: what stands before a heading in a text with numbers.
fn is_number(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ')', ':']);
    let has_end = bare.len() < word.len();
    let is_digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = |part: &str| part.len() <= 5 && part.bytes().all(|byte| b"ivxIVX".contains(&byte));
    let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    match bare.contains('.') {
        true => bare.split('.').all(is_digits),
        false => has_end && !bare.is_empty() && (is_digits(bare) || is_roman(bare) || is_letter(bare)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_plans_however_it_is_typed() {
        for heading in [
            "Rollback plan",
            "ROLLBACK PLAN",
            "Rollback plan:",
            "Roll-back plan",
            "roll back plan",
            "Rollback-Plan",
            "Rollback\u{2011}plan",
            "4. Rollback plan",
            "4.2 Rollback plan",
            "4.2.1. Rollback plan:",
            "4) Rollback plan",
            "(4) Rollback plan",
            "4 Rollback plan",
            "IV. Rollback plan",
            "b) Rollback plan",
            "\u{1f504} Rollback plan",
            "Back-out plan",
            "Backout plan",
            " Rollback  plan \u{ff1a}",
        ] {
            assert_eq!(PlanSection::of_heading(heading), Some(PlanSection::RollbackPlan), "{heading}");
        }
        for (heading, section) in [
            ("Lessons learnt", PlanSection::LessonsLearned),
            ("Reason for change:", PlanSection::BusinessCase),
            ("Work-around", PlanSection::Workaround),
            ("1. Known errors", PlanSection::KnownErrors),
        ] {
            assert_eq!(PlanSection::of_heading(heading), Some(section), "{heading}");
        }
        for heading in ["", "4.", "Rollback", "Rollback plan B", "Known limits", "Test environment", "No workaround"] {
            assert_eq!(PlanSection::of_heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn headings_of_the_houses_own_differ_by_more_than_their_number() {
        assert_eq!(heading_key("3. High\u{2010}lights:"), heading_key("highlights"));
        assert_eq!(heading_key("U\u{308}bersicht"), heading_key("\u{dc}BERSICHT"));
        for (one, other) in [("2025 highlights", "2026 highlights"), ("1.2", "1.3"), ("A plan", "plan"), ("4.", "5.")] {
            assert_ne!(heading_key(one), heading_key(other), "{one}");
        }
    }

    #[test]
    fn every_name_of_a_part_is_read_as_it() {
        for (name, section) in PlanSection::WORDS {
            assert_eq!(PlanSection::of_heading(name), Some(*section), "{name}");
            assert_eq!(PlanSection::of_heading(section.label()), Some(*section), "{name}");
        }
    }
}
