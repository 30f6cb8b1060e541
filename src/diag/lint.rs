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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, clap::ValueEnum)]
pub enum Profile {
    /// Structure only: what an imported history can meet
    Records,
    /// Structure as errors, process as warnings
    #[default]
    Standard,
    /// Process as errors too: for a team that gates its releases
    Strict,
}

/// What a lint looks at: the first digit of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// `RB0`: a file and its front matter as such.
    Source,
    /// `RB1`: what stands under its keys.
    Values,
    /// `RB2`: ids, references and links.
    References,
    /// `RB3`: how far a record is, and the plan that this wants.
    Plan,
    /// `RB4`: the calendar.
    Calendar,
    /// `RB5`: known errors and problems.
    KnownErrors,
    /// `RB6`: lessons and actions.
    Lessons,
    /// `RB7`: editions.
    Editions,
    /// `RB8`: the theme and the site's addresses.
    Site,
}

impl Group {
    /// Whether it concerns one file by itself, read and no more.
    pub fn is_of_reading(self) -> bool {
        matches!(self, Group::Source | Group::Values)
    }

    /// Whether it holds the process against what was read.
    pub fn is_of_process(self) -> bool {
        matches!(self, Group::Plan | Group::Calendar | Group::KnownErrors | Group::Lessons | Group::Editions)
    }
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
    /// Whether a record may silence it.
    pub is_waivable: bool,
    /// Whether, in the profile `strict`, a record may not silence it unless the site says so.
    pub is_gate: bool,
    /// What it finds, why it matters, an example and what to write instead, in Markdown.
    pub explanation: &'static str,
}

impl Lint {
    /// What it looks at.
    ///
    /// # Panics
    ///
    /// The code is none; a test asks every lint.
    pub fn group(&self) -> Group {
        match self.code.as_bytes() {
            [b'R', b'B', b'0', ..] => Group::Source,
            [b'R', b'B', b'1', ..] => Group::Values,
            [b'R', b'B', b'2', ..] => Group::References,
            [b'R', b'B', b'3', ..] => Group::Plan,
            [b'R', b'B', b'4', ..] => Group::Calendar,
            [b'R', b'B', b'5', ..] => Group::KnownErrors,
            [b'R', b'B', b'6', ..] => Group::Lessons,
            [b'R', b'B', b'7', ..] => Group::Editions,
            [b'R', b'B', b'8', ..] => Group::Site,
            _ => unreachable!("{} is no code of a lint", self.code),
        }
    }

    /// A lint that is an error in every profile.
    pub const fn error(
        code: &'static str,
        name: &'static str,
        summary: &'static str,
        explanation: &'static str,
    ) -> Lint {
        Lint {
            code,
            name,
            summary,
            levels: [Level::Error; 3],
            is_fixed: false,
            is_waivable: true,
            is_gate: false,
            explanation,
        }
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

    /// The same lint, which no record can silence.
    pub const fn never_waived(self) -> Lint {
        Lint { is_waivable: false, ..self }
    }

    /// The same lint, which no record can silence in the profile `strict`, unless the site says so.
    pub const fn gate(self) -> Lint {
        Lint { is_gate: true, ..self }
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
    /// The codes of those that no record can silence, where the site names them.
    pub never_allowed: Option<Vec<&'static str>>,
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

    /// Whether a record may silence a lint. Where the site does not say which it may not, a team that gates its releases
    /// lets no approval be waived.
    pub fn is_waivable(&self, lint: &Lint) -> bool {
        lint.is_waivable
            && match &self.never_allowed {
                Some(codes) => !codes.contains(&lint.code),
                None => self.profile != Profile::Strict || !lint.is_gate,
            }
    }
}
