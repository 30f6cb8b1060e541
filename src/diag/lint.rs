//! A lint: one kind of finding, with its code, its name and its level in each profile.

use rustc_hash::FxHashMap;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported; the build goes on.
    Warn,
    /// Reported; the build stops with exit code 1.
    Error,
}

impl Level {
    /// The word in the settings.
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }

    /// What a finding of this level is called.
    pub fn noun(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warning",
            Level::Error => "error",
        }
    }
}

/// A set of levels for all lints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Profile {
    /// Structure only: what an imported history can meet
    Records,
    /// Structure as errors, process as warnings
    #[default]
    Standard,
    /// Process as errors too: for a team that gates its releases
    Strict,
}

/// One kind of finding. Codes are never used again for something else.
#[derive(Debug, PartialEq, Eq)]
pub struct Lint {
    /// `RB` and three digits.
    pub code: &'static str,
    /// The name that stands in `relbook.toml` and in `allow`.
    pub name: &'static str,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// Its level in the profiles `records`, `standard` and `strict`.
    pub levels: [Level; 3],
    /// Whether no site can lower it: what it finds cannot be built.
    pub is_fixed: bool,
    /// What it finds, why it matters, an example and what to write instead, in Markdown.
    pub explanation: &'static str,
}

impl Lint {
    /// A lint that is an error in every profile.
    pub const fn error(
        code: &'static str,
        name: &'static str,
        summary: &'static str,
        explanation: &'static str,
    ) -> Lint {
        Lint { code, name, summary, levels: [Level::Error; 3], is_fixed: false, explanation }
    }

    /// A lint of the process: nothing in an imported history, an error where releases are gated.
    pub const fn process(
        code: &'static str,
        name: &'static str,
        summary: &'static str,
        explanation: &'static str,
    ) -> Lint {
        Lint::error(code, name, summary, explanation).in_records(Level::Off).in_standard(Level::Warn)
    }

    /// The same lint, which no site can lower.
    pub const fn fixed(self) -> Lint {
        Lint { is_fixed: true, ..self }
    }

    /// The same lint with another level in the profile `records`.
    pub const fn in_records(self, level: Level) -> Lint {
        Lint { levels: [level, self.levels[1], self.levels[2]], ..self }
    }

    /// The same lint with another level in the profile `strict`.
    pub const fn in_strict(self, level: Level) -> Lint {
        Lint { levels: [self.levels[0], self.levels[1], level], ..self }
    }

    /// The same lint with another level in the profile `standard`.
    pub const fn in_standard(self, level: Level) -> Lint {
        Lint { levels: [self.levels[0], level, self.levels[2]], ..self }
    }
}

/// The levels that a site has chosen: a profile, and what differs from it.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    /// Where every lint's level comes from,
    pub profile: Profile,
    /// unless it is named here, by code.
    pub chosen: FxHashMap<&'static str, Level>,
}

impl Levels {
    /// The level of a lint.
    pub fn of(&self, lint: &Lint) -> Level {
        let of_profile = lint.levels[match self.profile {
            Profile::Records => 0,
            Profile::Standard => 1,
            Profile::Strict => 2,
        }];
        if lint.is_fixed {
            return of_profile;
        }
        self.chosen.get(lint.code).copied().unwrap_or(of_profile)
    }
}
