//! Closed sets of words: the enum, its words in the front matter and its words on a page, in one place.

/// A word of a closed set.
#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written in the front matter: `rolled-back`.
    pub word: &'static str,
    /// As a page says it: `Rolled back`.
    pub label: &'static str,
    /// What it means, in one sentence.
    pub doc: &'static str,
    /// How a page shows it, where it is a status.
    pub tone: Option<Tone>,
}

/// A closed set of words as data.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The words, in order.
    pub all: &'static [Word],
    /// Other words that are read as one of them, each with its place among all.
    pub also: &'static [(&'static str, usize)],
}

/// What a status says of the work before anybody reads its word. A page never tells it by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is decided.
    Idle,
    /// It is to come.
    Ahead,
    /// It goes on.
    Active,
    /// It went well.
    Good,
    /// It did harm, or does.
    Bad,
    /// It is over.
    Off,
}

impl Tone {
    /// Its name in style sheets.
    pub fn word(self) -> &'static str {
        match self {
            Tone::Idle => "idle",
            Tone::Ahead => "ahead",
            Tone::Active => "active",
            Tone::Good => "good",
            Tone::Bad => "bad",
            Tone::Off => "off",
        }
    }
}

/// A closed set of words of the process.
pub trait Vocabulary: crate::read::Term {
    /// Its words.
    const SAID: Words;
    /// The word of a value.
    fn said(self) -> &'static Word;
}

/// Declares an enum whose variants are words of the process.
///
/// Each variant has its word in the front matter, its words on a page and, where it is a status, its [`Tone`]; `default`
/// names the one that is meant by none, `also` words that are read as well, `meant` words of other tools and houses that
/// are not read: a finding says which word is meant.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident = $word:literal, $label:literal $(, $tone:ident)?;
            )+
        }
        $( default $default:ident; )?
        $( also { $($other:literal => $same:ident),+ $(,)? } )?
        $( meant { $( $($foreign:literal)|+ => $meant:ident ),+ $(,)? } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $doc])+ #[doc = concat!("`", $word, "`")] $variant, )+
        }

        $(
            impl Default for $name {
                fn default() -> $name {
                    $name::$default
                }
            }
        )?

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in the front matter.
            pub fn word(self) -> &'static str {
                $crate::record::Vocabulary::said(self).word
            }

            /// The word on a page.
            pub fn label(self) -> &'static str {
                $crate::record::Vocabulary::said(self).label
            }
        }

        impl $crate::record::Vocabulary for $name {
            const SAID: $crate::record::Words = $crate::record::Words {
                all: &[$($crate::record::Word {
                    word: $word,
                    label: $label,
                    doc: concat!($($doc),+),
                    tone: [$(Some($crate::record::Tone::$tone),)? None][0],
                }),+],
                also: &[$($(($other, $name::$same as usize)),+)?],
            };

            fn said(self) -> &'static $crate::record::Word {
                &<$name as $crate::record::Vocabulary>::SAID.all[self as usize]
            }
        }

        impl $crate::read::Term for $name {
            const WORDS: &'static [(&'static str, $name)] = &[
                $(($word, $name::$variant),)+
                $($(($other, $name::$same),)+)?
            ];
            const MEANT: &'static [(&'static str, $name)] = &[
                $( $( $( ($foreign, $name::$meant), )+ )+ )?
            ];
        }
    };
}

pub(crate) use vocabulary;
