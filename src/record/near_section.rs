//! Headings that are almost those of a plan: other words for the same part, words around its name, a slip of the hand.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::kind::Kind;
use super::section::{PlanSection, heading_key};
use crate::read::Term;

/// A part of the plan that a heading seems to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearSection {
    /// The part.
    pub section: PlanSection,
    /// Whether the heading says no more than the part's name in other words, and may be exchanged for it.
    pub is_whole: bool,
}

/// Other names of the parts, each common in the plans of some house; none that is common for something else.
const OTHER_NAMES: &[(PlanSection, &[&str])] = &[
    (
        PlanSection::RollbackPlan,
        &[
            "rollback",
            "rollback procedure",
            "rollback steps",
            "rollback strategy",
            "rollback instructions",
            "backout",
            "backout procedure",
            "backout steps",
            "fallback",
            "fallback plan",
            "fallback procedure",
            "fallback scenario",
            "contingency plan",
            "reversal plan",
            "reversion plan",
            "revert plan",
            "recovery plan",
            "restore plan",
            "how to roll back",
        ],
    ),
    (
        PlanSection::TestPlan,
        &[
            "testing",
            "testing plan",
            "test strategy",
            "test cases",
            "test steps",
            "test procedure",
            "validation plan",
            "verification plan",
        ],
    ),
    (
        PlanSection::ImplementationPlan,
        &[
            "implementation",
            "implementation steps",
            "implementation procedure",
            "implementation instructions",
            "execution plan",
            "work plan",
        ],
    ),
    (
        PlanSection::DeploymentPlan,
        &[
            "deployment",
            "deployment steps",
            "deployment procedure",
            "deployment instructions",
            "deploy plan",
            "rollout",
            "rollout plan",
            "go-live plan",
        ],
    ),
    (
        PlanSection::InstallationGuide,
        &[
            "installation",
            "installation instructions",
            "installation manual",
            "installation steps",
            "install guide",
            "how to install",
        ],
    ),
    (PlanSection::ReleaseNotes, &["what\u{2019}s new", "change log"]),
    (
        PlanSection::DeploymentTestInstructions,
        &["deployment tests", "deployment test", "smoke tests", "smoke test", "post-deployment tests"],
    ),
    (PlanSection::KnownErrors, &["known issues", "known problems", "known bugs", "known defects"]),
    (
        PlanSection::Workaround,
        &["temporary fix", "temporary solution", "interim fix", "interim solution", "mitigation"],
    ),
    (PlanSection::RootCause, &["cause", "root cause analysis", "rca"]),
    (PlanSection::LessonsLearned, &["lessons", "learnings", "what we learned", "what we learnt"]),
    (PlanSection::AdditionalDocumentation, &["additional documents", "further documentation", "further documents"]),
    (
        PlanSection::BusinessCase,
        &["reason", "reasons for change", "business reason", "business justification", "justification", "rationale"],
    ),
];

/// Words that may stand around a name without changing what it names.
const AROUND: &[&str] = &[
    "a",
    "an",
    "the",
    "our",
    "its",
    "this",
    "that",
    "for",
    "of",
    "in",
    "available",
    "possible",
    "suggested",
    "recommended",
    "temporary",
    "interim",
    "current",
    "proposed",
    "planned",
    "detailed",
    "full",
    "release",
    "change",
];

/// Longer headings are sentences.
const LONGEST: usize = 60;

/// Shorter names are too like other words for a slip of the hand to be told.
const SHORTEST_MISSPELT: usize = 7;

/// The part that a heading of a record of some kind almost names; nothing where it names one, or where another kind of
/// record has the part.
pub fn near_section(heading: &str, kind: Kind) -> Option<NearSection> {
    if PlanSection::of_heading(heading).is_some() {
        return None;
    }
    let of_kind = |section: PlanSection| match (section, kind) {
        (PlanSection::Workaround, Kind::Release | Kind::Change) => PlanSection::Workarounds,
        _ => section,
    };
    let begins = heading.split([':', '(', '\u{2013}', '\u{2014}']).next().unwrap_or_default();
    let whole = named(heading).map(|section| NearSection { section, is_whole: true });
    let of_beginning = || PlanSection::of_heading(begins).or_else(|| named(begins));
    let part = || (begins != heading).then(of_beginning).flatten().or_else(|| one_of_several(heading));
    let near = whole.or_else(|| part().map(|section| NearSection { section, is_whole: false }))?;
    let near = NearSection { section: of_kind(near.section), ..near };
    near.section.belongs_to(kind).then_some(near)
}

/// The other names as headings are compared.
static BY_KEY: LazyLock<HashMap<String, PlanSection>> = LazyLock::new(|| {
    let keys = |(section, names): &(PlanSection, &'static [&'static str])| {
        let section = *section;
        names.iter().map(move |name| (heading_key(name), section))
    };
    OTHER_NAMES.iter().flat_map(keys).collect()
});

/// The part that all of a heading names in other words.
fn named(heading: &str) -> Option<PlanSection> {
    let key = heading_key(heading);
    // A sentence is no name.
    if key.len() > LONGEST {
        return None;
    }
    let of_inner = || {
        let inner = without_words_around(heading)?;
        PlanSection::of_heading(&inner).or_else(|| BY_KEY.get(&heading_key(&inner)).copied())
    };
    BY_KEY.get(&key).copied().or_else(of_inner).or_else(|| misspelt(&key))
}

/// A heading without the words around the name in it; nothing where there is none of them.
fn without_words_around(heading: &str) -> Option<String> {
    heading.split_whitespace().any(is_around).then(|| {
        let inner: Vec<&str> = heading.split_whitespace().filter(|word| !is_around(word)).collect();
        inner.join(" ")
    })
}

fn is_around(word: &str) -> bool {
    AROUND.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The names that a slip of the hand is looked for in: their letters, and how many of each there are.
static LETTERS: LazyLock<Vec<(String, [i16; 26], PlanSection)>> = LazyLock::new(|| {
    let names = PlanSection::WORDS.iter().filter(|(name, _)| name.len() >= SHORTEST_MISSPELT);
    let letters = names.map(|(name, section)| (name.replace('-', ""), *section));
    letters.map(|(letters, section)| (letters.clone(), counts(&letters), section)).collect()
});

/// The name that differs by one letter, by two where it is long.
fn misspelt(key: &str) -> Option<PlanSection> {
    let of_key = counts(key);
    let distances = LETTERS.iter().filter_map(|(letters, of_letters, section)| {
        let may_differ = 1 + usize::from(letters.len() > 11);
        // A slip changes the counts of two letters at the most: most names need no closer look.
        let apart: i16 = of_key.iter().zip(of_letters).map(|(one, other)| (one - other).abs()).sum();
        let is_alike =
            letters.len().abs_diff(key.len()) <= may_differ && usize::from(apart.unsigned_abs()) <= 2 * may_differ;
        let distance = is_alike.then(|| strsim::damerau_levenshtein(key, letters))?;
        (distance <= may_differ).then_some((distance, *section))
    });
    distances.min_by_key(|(distance, _)| *distance).map(|(_, section)| section)
}

/// How many of each letter from a to z there are.
fn counts(letters: &str) -> [i16; 26] {
    let mut counts = [0; 26];
    for letter in letters.bytes().filter(u8::is_ascii_lowercase) {
        counts[usize::from(letter - b'a')] += 1;
    }
    counts
}

/// The first part that is named in `Rollback / backout plan`, `Known errors and workarounds`.
fn one_of_several(heading: &str) -> Option<PlanSection> {
    if heading.len() > LONGEST {
        return None;
    }
    let words = heading.replace(" and ", "/").replace(" or ", "/");
    let parts: Vec<&str> = words.split(['/', '&', '+', ',']).collect();
    (parts.len() > 1).then(|| parts.iter().find_map(|part| PlanSection::of_heading(part))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(heading: &str, kind: Kind) -> Option<(PlanSection, bool)> {
        near_section(heading, kind).map(|near| (near.section, near.is_whole))
    }

    #[test]
    fn other_words_for_a_part_are_near_it() {
        use PlanSection::*;
        for (heading, kind, expected) in [
            ("Fallback", Kind::Change, (RollbackPlan, true)),
            ("5. Fall-back plan:", Kind::Release, (RollbackPlan, true)),
            ("The rollback plan", Kind::Release, (RollbackPlan, true)),
            ("Rolback plan", Kind::Release, (RollbackPlan, true)),
            ("Rollback plan (restore the snapshot)", Kind::Release, (RollbackPlan, false)),
            ("Rollback plan: restore the snapshot", Kind::Release, (RollbackPlan, false)),
            ("Rollback / backout plan", Kind::Release, (RollbackPlan, false)),
            ("Known issues", Kind::Release, (KnownErrors, true)),
            ("Known issues in this release", Kind::Release, (KnownErrors, true)),
            ("Known errors and workarounds", Kind::Release, (KnownErrors, false)),
            ("Available workaround", Kind::KnownError, (Workaround, true)),
            ("Available workaround", Kind::Release, (Workarounds, true)),
            ("Symptom", Kind::KnownError, (Symptoms, true)),
            ("Cause", Kind::KnownError, (RootCause, true)),
            ("Root cause:", Kind::KnownError, (RootCause, true)),
            ("What's new", Kind::Release, (ReleaseNotes, true)),
        ] {
            let expected = (PlanSection::of_heading(heading).is_none()).then_some(expected);
            assert_eq!(near(heading, kind), expected, "{heading}");
        }
    }

    #[test]
    fn ordinary_headings_are_near_none() {
        for heading in [
            "",
            "Known limits",
            "Known",
            "Known limitations",
            "Test environment",
            "Notes",
            "New",
            "Fixed",
            "Changed",
            "Developer",
            "Requirements",
            "Recommended hardware",
            "Software requirements",
            "Operating systems",
            "Release",
            "Plan",
            "Change",
            "The plan",
            "No workaround",
            "Fixed known errors",
            "Old test plan",
            "Development plan",
            "Deployment diagram",
            "Testers",
            "Causes of delay",
            "Lessons for students",
            "Previous release notes",
            "Back-up plan",
            "Community",
            "Description of the ledger",
            "Steps",
            "Background",
        ] {
            for kind in [Kind::Release, Kind::Change, Kind::KnownError] {
                assert_eq!(near(heading, kind), None, "{heading}");
            }
        }
        assert_eq!(near("Fallback", Kind::Page), None);
        assert_eq!(near("Fallback", Kind::KnownError), None);
    }

    #[test]
    fn no_other_name_is_one_already_or_stands_twice() {
        let mut all = std::collections::BTreeSet::new();
        for (_, names) in OTHER_NAMES {
            for name in *names {
                assert_eq!(PlanSection::of_heading(name), None, "{name}");
                assert!(all.insert(heading_key(name)), "{name}");
            }
        }
    }
}
