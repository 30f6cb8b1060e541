//! Closed sets of words: the enum, its words in the front matter and its words on a page, in one place.

/// Declares an enum whose variants are words of the process.
///
/// Each variant has its word in the front matter and its words on a page; `also` names words that are read as well,
/// `meant` words of other tools and houses that are not read: a finding says which word is meant.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, $label:literal; )+
        }
        $( also { $($other:literal => $same:ident),+ $(,)? } )?
        $( meant { $( $($foreign:literal)|+ => $meant:ident ),+ $(,)? } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$variant_meta])* #[doc = concat!("`", $word, "`")] $variant, )+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in the front matter.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The word on a page.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),+ }
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
