//! Keys of the front matter. What a key is, is said once, beside the type that it is read into: its name, its words on a
//! page, what it says, its shape and what it refers to. Whoever reads, shows, searches, checks or documents a record
//! goes by that, so that a new key is in all of them at once.

use jiff::tz::TimeZone;

use super::data::{Data, TellData};
use super::key::{Key, Map, Piece, Shape, Showing};
use super::reference::Reference;
use crate::read::Fields;
use crate::source::Span;

/// Who is told of every piece, with the key that it stands under.
pub type Tell<'t, 'a> = dyn FnMut(&'static Key, Piece<'a>) + 't;

/// Who says whether a reference is kept, by the key that it stands under.
pub type Keep<'k> = dyn FnMut(&'static Key, &Reference) -> bool + 'k;

/// What a key holds.
pub trait Told {
    /// Tells of every piece, also of those in maps and lists.
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>);

    /// What it holds, as data; nothing where it says nothing.
    fn data(&self, key: &'static Key) -> Option<Data>;

    /// Takes out what refers to what is not kept; whether the map in which it stands still says something.
    fn retain(&mut self, _key: &'static Key, _keep: &mut Keep<'_>) -> bool {
        true
    }

    /// Takes out what an edition shows only with a key that it does not list.
    fn show(&mut self, _is_listed: &dyn Fn(&str) -> bool) {}

    /// Takes everything out.
    fn clear(&mut self);
}

/// What a key can be read into.
pub trait Held: Told + Sized {
    /// What it takes, where its declaration says nothing else.
    const SHAPE: Shape;
    /// Whether it must be there.
    const IS_REQUIRED: bool = false;

    /// Reads it. A time that names no zone is one of `zone`.
    fn read(fields: &Fields<'_>, key: &'static Key, zone: &TimeZone) -> Self;
}

/// A map with keys of its own as data; nothing where none of them holds anything.
pub fn data_of(map: &impl Keyed) -> Option<Data> {
    let mut entries = Vec::new();
    map.each_data(&mut |key, data| entries.push((key.name.to_owned(), data)));
    (!entries.is_empty()).then_some(Data::Map(entries))
}

/// A map with keys of its own: what `keys!` declares.
pub trait Keyed: Default {
    /// The map.
    const MAP: Map;
    /// What one looks like; the dots stand for what was written instead.
    const LIKE: &'static str;
    /// What a text in its place says.
    const FROM_TEXT: Option<fn(&str, Span) -> Self>;

    /// Its own keys.
    fn keys() -> &'static [Key];

    /// Its own keys, and behind them those that it shares with others.
    fn groups() -> Vec<&'static [Key]>;

    /// Reads what stands under its own keys.
    fn read_keys(fields: &Fields<'_>, zone: &TimeZone) -> Self;

    /// What was read as a whole, `number` being its place in a list, from 0; nothing where it says nothing.
    fn complete(self, fields: &Fields<'_>, zone: &TimeZone, number: usize) -> Option<Self>;

    /// Tells what each key holds.
    fn each_key<'a>(&'a self, tell: &mut dyn FnMut(&'static Key, &'a dyn Told));

    /// Tells what each key holds, as data: those that it shares with others first, and then those read by hand.
    fn each_data(&self, tell: &mut TellData<'_>);

    /// Tells what each key holds, to change it.
    fn each_key_mut(&mut self, tell: &mut dyn FnMut(&'static Key, &mut dyn Told));

    /// Tells of every piece, also of those in maps and lists.
    fn each<'a>(&'a self, tell: &mut Tell<'_, 'a>) {
        self.each_key(&mut |key, held| held.each(key, tell));
    }

    /// Takes out what refers to what is not kept; whether it still says something.
    fn retain(&mut self, keep: &mut Keep<'_>) -> bool {
        let mut is_whole = true;
        self.each_key_mut(&mut |key, held| is_whole &= held.retain(key, keep));
        is_whole
    }

    /// Takes out what an edition shows only with a key that it does not list.
    fn show(&mut self, is_listed: &dyn Fn(&str) -> bool) {
        self.each_key_mut(&mut |key, held| match key.showing {
            Showing::With(other) if !is_listed(other) => held.clear(),
            _ => held.show(is_listed),
        });
    }

    /// One of its own keys.
    fn key(name: &str) -> Option<&'static Key> {
        Self::keys().iter().find(|key| key.name == name)
    }

    /// Reads a whole map.
    fn read_whole(fields: Fields<'_>, zone: &TimeZone, number: usize) -> Option<Self> {
        let read = Self::read_keys(&fields, zone).complete(&fields, zone, number);
        fields.finish();
        read
    }
}

/// Declares maps of the front matter: a struct, and for each key its name, its words on a page and its documentation.
///
/// ```text
/// /// An approver's decision.
/// pub struct Approval("an approval", "{by: …, decision: approved}") {
///     /// The day of the decision.
///     pub on: Option<Date> = "On" [Shape::DayOfMoment] meant "date" | "when";
/// }
/// ```
///
/// Behind the label of a key may stand, in this order: `as "name"` where the field is named otherwise; its shape, where
/// its type does not tell; `-> Relation(Kind)` for what it refers to; in parentheses `always`, `never` or `with other` for editions,
/// `optional` for a text that is made up where it is left out, `required` for what is read by hand and must be there,
/// `hand` for what is not read here; `meant` with words of other tools. `in (part: Type)` names maps whose keys are
/// shared. Under `and keys` stand keys that are read by hand and told by no field, each with `told path`, which makes data of
/// what was read; under `beside` fields that are no keys. `from "key" path,` is what a text in the map's place says, `then path,` what is done once the keys are read,
/// `with path,` what more is told as data.
macro_rules! keys {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($owner:literal $(, $like:literal)?)
        $( in ($($part:ident: $part_type:ty),+) )?
        $( from $text:literal $from:path, )?
        $( then $complete:path, )?
        $( with $more:path, )?
        {
            $(
                $(#[doc = $doc:literal])+
                pub $field:ident: $type:ty = $label:literal
                $(as $written:literal)?
                $([$shape:expr])?
                $(-> $relation:ident($($kind:ident)|+))?
                $(($($flag:ident)+))*
                $(meant $($word:literal)|+)?;
            )*
        }
        $( and keys {
            $(
                $(#[doc = $bare_doc:literal])+
                $bare:ident = $bare_label:literal [$bare_shape:expr]
                $(($($bare_flag:ident)+))*
                told $bare_told:path
                $(, meant $($bare_word:literal)|+)?;
            )*
        } )?
        $( beside {
            $( $(#[$beside_meta:meta])* pub $beside:ident: $beside_type:ty, )*
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($( #[doc = concat!("What it shares with others: [`", stringify!($part_type), "`].")]
            pub $part: $part_type, )+)?
            $( $(#[doc = $doc])+ pub $field: $type, )*
            $( $( $(#[$beside_meta])* pub $beside: $beside_type, )* )?
        }

        impl $name {
            const COUNT: usize = 0 $( + { let _ = stringify!($field); 1 } )* $($( + { let _ = stringify!($bare); 1 } )*)?;

            fn all_keys() -> &'static [$crate::record::Key; $name::COUNT] {
                #[allow(unused_imports)]
                use $crate::record::{Held, Key, Kind, Refers, Relation, Shape, Showing};
                static ALL: [Key; $name::COUNT] = [
                    $($( Key {
                        name: stringify!($bare),
                        quoted: concat!("`", stringify!($bare), "`"),
                        label: $bare_label,
                        doc: concat!($($bare_doc),+),
                        shape: $bare_shape,
                        is_required: keys!(@required () $(($($bare_flag)+))*),
                        refers: None,
                        showing: keys!(@showing $(($($bare_flag)+))*),
                        meant: &[$($($bare_word),+)?],
                    }, )*)?
                    $( Key {
                        name: keys!(@first [$($written)?] [stringify!($field)]),
                        quoted: keys!(@quoted $field $($written)?),
                        label: $label,
                        doc: concat!($($doc),+),
                        shape: keys!(@first [$($shape)?] [<$type as Held>::SHAPE]),
                        is_required: keys!(@required ($type) $(($($flag)+))*),
                        refers: keys!(@refers $($relation $($kind)+)?),
                        showing: keys!(@showing $(($($flag)+))*),
                        meant: &[$($($word),+)?],
                    }, )*
                ];
                &ALL
            }
        }

        impl $crate::record::Keyed for $name {
            const MAP: $crate::record::Map = $crate::record::Map {
                owner: $owner,
                keys: <$name as $crate::record::Keyed>::keys,
                text: keys!(@option $($text)?),
            };
            const LIKE: &'static str = keys!(@first [$($like)?] [""]);
            const FROM_TEXT: Option<fn(&str, $crate::source::Span) -> $name> = keys!(@option $($from)?);

            fn keys() -> &'static [$crate::record::Key] {
                $name::all_keys()
            }

            fn groups() -> Vec<&'static [$crate::record::Key]> {
                vec![$name::all_keys() $($(, <$part_type as $crate::record::Keyed>::keys())+)?]
            }

            #[allow(unused_variables, clippy::needless_update)]
            fn read_keys(fields: &$crate::read::Fields<'_>, zone: &jiff::tz::TimeZone) -> $name {
                const MEANINGS: $crate::read::Meanings = $crate::read::Meanings {
                    keys: &[
                        $( (keys!(@first [$($written)?] [stringify!($field)]), &[$($($word),+)?]), )*
                        $($( (stringify!($bare), &[$($($bare_word),+)?]), )*)?
                    ],
                    advice: &[],
                };
                fields.meanings(&MEANINGS);
                let [.., $($field),*] = $name::all_keys();
                $name {
                    $( $field: keys!(@read (fields, $field, zone, $type) $(($($flag)+))*), )*
                    ..$name::default()
                }
            }

            #[allow(unused_variables)]
            fn complete(
                self,
                fields: &$crate::read::Fields<'_>,
                zone: &jiff::tz::TimeZone,
                number: usize,
            ) -> Option<$name> {
                keys!(@complete (self, fields, zone, number) $($complete)?)
            }

            #[allow(unused_variables)]
            fn each_key<'a>(
                &'a self,
                tell: &mut dyn FnMut(&'static $crate::record::Key, &'a dyn $crate::record::Told),
            ) {
                $($( self.$part.each_key(tell); )+)?
                let [.., $($field),*] = $name::all_keys();
                $( tell($field, &self.$field); )*
            }

            #[allow(unused_variables)]
            fn each_data(&self, tell: &mut $crate::record::TellData<'_>) {
                $($( self.$part.each_data(tell); )+)?
                $($(
                    if let (Some(data), Some(key)) =
                        ($bare_told(self), <$name as $crate::record::Keyed>::key(stringify!($bare)))
                    {
                        tell(key, data);
                    }
                )*)?
                let [.., $($field),*] = $name::all_keys();
                $( if let Some(data) = $crate::record::Told::data(&self.$field, $field) {
                    tell($field, data);
                } )*
                $( $more(self, tell); )?
            }

            #[allow(unused_variables)]
            fn each_key_mut(
                &mut self,
                tell: &mut dyn FnMut(&'static $crate::record::Key, &mut dyn $crate::record::Told),
            ) {
                $($( self.$part.each_key_mut(tell); )+)?
                let [.., $($field),*] = $name::all_keys();
                $( tell($field, &mut self.$field); )*
            }
        }

        keys!(@held $name, $name, |map| Some(map), |map| Some(map), |read| read.unwrap_or_default(),
            |map, keep| $crate::record::Keyed::retain(map, keep));
        keys!(@held $name, Option<$name>, |map| map.as_ref(), |map| map.as_mut(), |read| read,
            |map, keep| { map.take_if(|map| !<$name as $crate::record::Keyed>::retain(map, keep)); true });
        keys!(@held $name, Option<Box<$name>>, |map| map.as_deref(), |map| map.as_deref_mut(), |read| read.map(Box::new),
            |map, keep| { map.take_if(|map| !<$name as $crate::record::Keyed>::retain(map, keep)); true });
    };

    (
        @held $name:ident, $held:ty, |$map:ident| $get:expr, |$map_mut:ident| $get_mut:expr, |$read:ident| $made:expr,
        |$kept:ident, $keep:ident| $retain:expr
    ) => {
        impl $crate::record::Told for $held {
            fn each<'a>(&'a self, _: &'static $crate::record::Key, tell: &mut $crate::record::Tell<'_, 'a>) {
                let $map = self;
                let map: Option<&'a $name> = $get;
                map.into_iter().for_each(|map| $crate::record::Keyed::each(map, tell));
            }

            fn data(&self, _: &'static $crate::record::Key) -> Option<$crate::record::Data> {
                let $map = self;
                let map: Option<&$name> = $get;
                map.and_then($crate::record::data_of)
            }

            fn retain(&mut self, _: &'static $crate::record::Key, $keep: &mut $crate::record::Keep<'_>) -> bool {
                let $kept = self;
                $retain
            }

            fn show(&mut self, is_listed: &dyn Fn(&str) -> bool) {
                let $map_mut = self;
                let map: Option<&mut $name> = $get_mut;
                map.into_iter().for_each(|map| $crate::record::Keyed::show(map, is_listed));
            }

            fn clear(&mut self) {
                *self = Default::default();
            }
        }

        impl $crate::record::Held for $held {
            const SHAPE: $crate::record::Shape =
                $crate::record::Shape::Map(&<$name as $crate::record::Keyed>::MAP);

            fn read(
                fields: &$crate::read::Fields<'_>,
                key: &'static $crate::record::Key,
                zone: &jiff::tz::TimeZone,
            ) -> $held {
                let like = <$name as $crate::record::Keyed>::LIKE;
                let fields = fields.map(key.name, key.quoted, like);
                let $read: Option<$name> =
                    fields.and_then(|fields| <$name as $crate::record::Keyed>::read_whole(fields, zone, 0));
                $made
            }
        }
    };

    (@first [] [$($second:tt)+]) => { $($second)+ };
    (@first [$($first:tt)+] [$($second:tt)+]) => { $($first)+ };
    (@option) => { None };
    (@option $value:expr) => { Some($value) };
    (@complete ($read:expr, $fields:expr, $zone:expr, $number:expr)) => { Some($read) };
    (@complete ($read:expr, $fields:expr, $zone:expr, $number:expr) $complete:path) => {
        $complete($read, $fields, $zone, $number)
    };
    (@refers) => { None };
    (@refers $relation:ident $($kind:ident)+) => {
        Some(Refers { relation: Relation::$relation, kinds: &[$(Kind::$kind),+] })
    };
    (@showing) => { Showing::Listed };
    (@showing (always) $($rest:tt)*) => { Showing::Always };
    (@showing (never) $($rest:tt)*) => { Showing::Never };
    (@showing (with $other:ident) $($rest:tt)*) => { Showing::With(stringify!($other)) };
    (@showing $other:tt $($rest:tt)*) => { keys!(@showing $($rest)*) };
    (@quoted $field:ident) => { concat!("`", stringify!($field), "`") };
    (@quoted $field:ident $written:literal) => { concat!("`", $written, "`") };
    (@required ()) => { false };
    (@required ($type:ty)) => { <$type as Held>::IS_REQUIRED };
    (@required ($($type:ty)?) (required) $($rest:tt)*) => { true };
    (@required ($($type:ty)?) (optional) $($rest:tt)*) => { false };
    (@required ($($type:ty)?) (hand) $($rest:tt)*) => { keys!(@required () $($rest)*) };
    (@required ($($type:ty)?) $other:tt $($rest:tt)*) => { keys!(@required ($($type)?) $($rest)*) };
    (@read ($fields:expr, $key:expr, $zone:expr, $type:ty)) => {
        <$type as $crate::record::Held>::read($fields, $key, $zone)
    };
    (@read $of:tt (hand) $($rest:tt)*) => { Default::default() };
    (@read $of:tt $other:tt $($rest:tt)*) => { keys!(@read $of $($rest)*) };
}

pub(crate) use keys;
