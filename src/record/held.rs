//! What keys can be read into: texts, words, days, moments, flags, addresses, references, and lists and maps of them.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::data::Data;
use super::key::{Key, Piece, Shape};
use super::keys::{Held, Keep, Keyed, Tell, Told, data_of};
use super::kind::Kind;
use super::reference::Reference;
use super::vocabulary::Vocabulary;
use crate::read::{DayEdge, Fields, Moment, Node, Value, instant};
use crate::source::Span;

/// The text as what its key takes.
fn piece<'a>(key: &Key, text: &'a str) -> Piece<'a> {
    match key.shape {
        Shape::Url => Piece::Url(text),
        _ => Piece::Text(text),
    }
}

/// The kind that the ids under a key usually name, by its word.
fn kind(key: &Key) -> &'static str {
    key.refers.and_then(|refers| refers.kinds.first()).map_or("", |kind| Kind::word(*kind))
}

impl Told for String {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        tell(key, piece(key, self));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_text(self)
    }

    fn clear(&mut self) {
        String::clear(self);
    }
}

impl Held for String {
    const SHAPE: Shape = Shape::Text;
    const IS_REQUIRED: bool = true;

    fn read(fields: &Fields<'_>, key: &'static Key, zone: &TimeZone) -> String {
        if key.is_required {
            fields.require(key.name, fields.span());
        }
        Option::<String>::read(fields, key, zone).unwrap_or_default()
    }
}

impl Told for Option<String> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|text| tell(key, piece(key, text)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.as_deref().and_then(Data::of_text)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<String> {
    const SHAPE: Shape = Shape::Text;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<String> {
        // An empty text says nothing: it is as if the key were left out.
        let text = match key.shape {
            Shape::Url => fields.url(key.name),
            _ => fields.text(key.name),
        };
        text.filter(|text| !text.trim().is_empty())
    }
}

impl Told for Vec<String> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|text| tell(key, piece(key, text)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_list(self.iter().cloned().map(Data::Text))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl Held for Vec<String> {
    const SHAPE: Shape = Shape::List(&Shape::Text);

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Vec<String> {
        match key.shape {
            Shape::OneOrMore(_) => fields.text_or_texts(key.name),
            _ => fields.texts(key.name).into_iter().map(|(text, _)| text).collect(),
        }
    }
}

impl Told for Vec<(String, Span)> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|(path, _)| tell(key, Piece::Path(path)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_list(self.iter().map(|(path, _)| Data::Text(path.clone())))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl Held for Vec<(String, Span)> {
    const SHAPE: Shape = Shape::List(&Shape::Path);

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Vec<(String, Span)> {
        fields.texts(key.name)
    }
}

impl Told for Vec<(String, String)> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().flat_map(|(name, text)| [name, text]).for_each(|text| tell(key, Piece::Text(text)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        let entries: Vec<_> = self.iter().map(|(name, text)| (name.clone(), Data::Text(text.clone()))).collect();
        (!entries.is_empty()).then_some(Data::Map(entries))
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl Held for Vec<(String, String)> {
    const SHAPE: Shape = Shape::Free;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Vec<(String, String)> {
        fields.free_map(key.name)
    }
}

impl Told for bool {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        if *self {
            tell(key, Piece::Set);
        }
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.then_some(Data::Flag(true))
    }

    fn clear(&mut self) {
        *self = false;
    }
}

impl Held for bool {
    const SHAPE: Shape = Shape::Flag;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> bool {
        fields.flag(key.name)
    }
}

impl Told for Option<Date> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|day| tell(key, Piece::Day(*day)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.map(Data::of_day)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<Date> {
    const SHAPE: Shape = Shape::Day;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<Date> {
        match key.shape {
            Shape::DayOfMoment => fields.day_of_moment(key.name),
            _ => fields.date(key.name),
        }
    }
}

impl Told for Option<Moment> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|moment| tell(key, Piece::Moment(moment)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.as_ref().map(Data::of_moment)
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<Moment> {
    const SHAPE: Shape = Shape::Moment;

    /// A time that the clocks skip or show twice is reported; the rest is worked out from the moment as it was written. It
    /// keeps the zone that it was read in: an edition may have nothing else of the record that names it.
    fn read(fields: &Fields<'_>, key: &'static Key, zone: &TimeZone) -> Option<Moment> {
        let moment = fields.moment(key.name)?;
        instant(&moment, DayEdge::Start, zone, fields.sink())?;
        Some(moment.in_zone(zone))
    }
}

impl Told for Reference {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        match key.shape {
            Shape::File => tell(key, Piece::File(self)),
            _ => tell(key, Piece::Id(self)),
        }
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_text(&self.id)
    }

    fn retain(&mut self, key: &'static Key, keep: &mut Keep<'_>) -> bool {
        keep(key, self)
    }

    fn clear(&mut self) {
        *self = Reference::default();
    }
}

impl Held for Reference {
    const SHAPE: Shape = Shape::Id;
    const IS_REQUIRED: bool = true;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Reference {
        fields.require(key.name, fields.span());
        fields.id(key.name, kind(key)).map(|(id, span)| Reference { id, span }).unwrap_or_default()
    }
}

impl Told for Option<Reference> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|reference| reference.each(key, tell));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.as_ref().and_then(|reference| Data::of_text(&reference.id))
    }

    fn retain(&mut self, key: &'static Key, keep: &mut Keep<'_>) -> bool {
        self.take_if(|reference| key.refers.is_some() && !keep(key, reference));
        true
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<Reference> {
    const SHAPE: Shape = Shape::Id;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<Reference> {
        let written = match key.shape {
            Shape::File => fields.spanned_text(key.name),
            _ => fields.id(key.name, kind(key)),
        };
        written.map(|(id, span)| Reference { id, span })
    }
}

impl Told for Vec<Reference> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|reference| reference.each(key, tell));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_list(self.iter().map(|reference| Data::Text(reference.id.clone())))
    }

    fn retain(&mut self, key: &'static Key, keep: &mut Keep<'_>) -> bool {
        Vec::retain(self, |reference| keep(key, reference));
        true
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl Held for Vec<Reference> {
    const SHAPE: Shape = Shape::List(&Shape::Id);

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Vec<Reference> {
        fields.ids(key.name, kind(key)).into_iter().map(|(id, span)| Reference { id, span }).collect()
    }
}

impl<T: Vocabulary> Told for Option<T> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|word| tell(key, Piece::Word(word.said())));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.map(|word| Data::Text(word.said().word.to_owned()))
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<T: Vocabulary> Held for Option<T> {
    const SHAPE: Shape = Shape::Word(&T::SAID);

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<T> {
        fields.term(key.name)
    }
}

impl<T: Vocabulary + Default> Told for T {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        tell(key, Piece::Word(self.said()));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_text(self.said().word)
    }

    fn clear(&mut self) {
        *self = T::default();
    }
}

impl<T: Vocabulary + Default> Held for T {
    const SHAPE: Shape = Shape::Word(&T::SAID);

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> T {
        fields.term(key.name).unwrap_or_default()
    }
}

impl<T: Keyed> Told for Vec<T> {
    fn each<'a>(&'a self, _: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|map| map.each(tell));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        Data::of_list(self.iter().filter_map(data_of))
    }

    fn retain(&mut self, _: &'static Key, keep: &mut Keep<'_>) -> bool {
        self.retain_mut(|map| map.retain(keep));
        true
    }

    fn show(&mut self, is_listed: &dyn Fn(&str) -> bool) {
        self.iter_mut().for_each(|map| map.show(is_listed));
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl<T: Keyed> Held for Vec<T> {
    const SHAPE: Shape = Shape::List(&Shape::Map(&T::MAP));

    fn read(fields: &Fields<'_>, key: &'static Key, zone: &TimeZone) -> Vec<T> {
        let Some(from_text) = T::FROM_TEXT else {
            let maps = fields.maps(key.name, T::MAP.owner, T::LIKE).into_iter().enumerate();
            return maps.filter_map(|(number, fields)| T::read_whole(fields, zone, number)).collect();
        };
        let one = |(number, item): (usize, &Node)| match item {
            Node { value: Value::Scalar { text, .. }, span } => from_text(text, *span).complete(fields, zone, number),
            item => T::read_whole(Fields::new(item, T::MAP.owner, fields.sink())?, zone, number),
        };
        fields.items(key.name).iter().enumerate().filter_map(one).collect()
    }
}
