//! A record of each kind with every key that there is, made from the keys as they are declared: a word of its own stands in
//! every text, so that a new key is in all tests that read these at once.

use relbook::record::{Key, Kind, Shape, Showing};

/// A word of a record, and the keys under which it stands, the outermost first.
#[derive(Debug, Clone)]
pub(crate) struct Planted {
    pub word: String,
    pub record: String,
    pub path: Vec<&'static str>,
    pub shape: Shape,
    /// Keys that an edition must list for it to be shown, all of them.
    pub wanted: Vec<&'static str>,
}

/// Records of every kind, as a site's files, with all that was planted in them.
pub(crate) struct Plantation {
    pub files: String,
    pub words: Vec<Planted>,
}

/// The id of the record of a kind that others refer to.
fn other(kind: Kind) -> String {
    format!("zqother{}", kind.word().replace('-', ""))
}

/// The id of the record of a kind that has every key.
pub(crate) fn full(kind: Kind) -> String {
    format!("zqfull{}", kind.word().replace('-', ""))
}

/// The number as letters: digits would make it an id, and near words would be found for each other.
fn letters(number: usize) -> String {
    let letter = |at: u32| char::from(b'a' + (number / 7usize.pow(at) % 7) as u8 * 3);
    format!("zq{}{}{}{}", letter(3), letter(2), letter(1), letter(0))
}

struct Planter {
    kind: Kind,
    words: Vec<Planted>,
    path: Vec<&'static str>,
    wanted: Vec<&'static str>,
    files: String,
}

impl Planter {
    /// A new word under the present keys.
    fn word(&mut self, shape: Shape) -> String {
        let word = letters(self.words.len());
        let (record, path) = (full(self.kind), self.path.clone());
        self.words.push(Planted { word: word.clone(), record, path, shape, wanted: self.wanted.clone() });
        word
    }

    /// A map of some keys in flow style, each with something under it.
    fn map(&mut self, keys: &[&'static Key]) -> String {
        let entries: Vec<String> = keys.iter().map(|key| format!("{}: {}", key.name, self.under(key))).collect();
        format!("{{{}}}", entries.join(", "))
    }

    fn under(&mut self, key: &'static Key) -> String {
        let wanted = self.wanted.clone();
        match key.showing {
            Showing::Listed if self.path.is_empty() => self.wanted.push(key.name),
            Showing::With(other) => self.wanted.push(other),
            _ => {}
        }
        self.path.push(key.name);
        let text = self.value(key, key.shape);
        self.path.pop();
        self.wanted = wanted;
        text
    }

    fn value(&mut self, key: &'static Key, shape: Shape) -> String {
        match shape {
            Shape::Text => self.word(shape),
            Shape::Url => format!("\"https://{}.example/\"", self.word(shape)),
            Shape::Path => format!("{}/old.html", self.word(shape)),
            Shape::File => {
                let name = format!("{}.txt", self.word(shape));
                self.files.push_str(&format!("-- {}/{name} --\nText.\n", self.kind.folder()));
                name
            }
            Shape::Day | Shape::DayOfMoment => "2026-01-10".to_owned(),
            Shape::Moment if key.name.ends_with("end") => "2026-01-10T22:00".to_owned(),
            Shape::Moment => "2026-01-10T20:00".to_owned(),
            Shape::Flag => "true".to_owned(),
            Shape::Zone => "Europe/Zurich".to_owned(),
            Shape::Duration => "PT2H".to_owned(),
            Shape::Rule => "FREQ=DAILY;COUNT=3".to_owned(),
            Shape::Digest => format!("sha256:{}", "0123456789abcdef".repeat(4)),
            Shape::Share => "25 %".to_owned(),
            Shape::Word(words) => match key.name {
                "status" if self.path.len() == 1 && self.kind != Kind::KnownError => words.all.iter().rev().nth(2),
                _ => words.all.last(),
            }
            .map_or("", |word| word.word)
            .to_owned(),
            Shape::Id => match key.refers.and_then(|refers| refers.kinds.first()) {
                Some(kind) if kind.exists_by_name() => self.word(shape),
                Some(kind) => other(*kind),
                None => self.word(shape),
            },
            // What has a file needs no address.
            Shape::List(Shape::Map(map)) if (map.keys)().iter().any(|key| key.shape == Shape::File) => {
                let but = |shape| (map.keys)().iter().filter(|key| key.shape != shape).collect::<Vec<_>>();
                format!("[{}, {}]", self.map(&but(Shape::File)), self.map(&but(Shape::Url)))
            }
            Shape::List(one) | Shape::OneOrMore(one) => format!("[{}]", self.value(key, *one)),
            Shape::Map(map) => {
                let keys: Vec<&'static Key> = (map.keys)().iter().collect();
                self.map(&keys)
            }
            Shape::Named(one) => format!("{{{}: {}}}", self.word(Shape::Text), self.value(key, *one)),
            Shape::Free => format!("{{{}: {}}}", self.word(Shape::Text), self.word(Shape::Text)),
        }
    }
}

/// Keys that are not planted: what is the same said in another way, and what leaves the record out.
const LEFT_OUT: [&str; 6] = ["audience", "draft", "duration", "id", "short_description", "type"];

/// A record of each kind with every key.
pub(crate) fn plant() -> Plantation {
    let (mut files, mut words) = (String::new(), Vec::new());
    for kind in Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Service) {
        let keys = kind.keys().filter(|key| !LEFT_OUT.contains(&key.name) && key.showing != Showing::Never);
        let keys: Vec<&'static Key> =
            keys.filter(|key| kind != Kind::ConfigurationItem || key.name != "title").collect();
        let mut planter = Planter { kind, words, path: Vec::new(), wanted: Vec::new(), files: String::new() };
        let mut lines = String::new();
        for key in keys {
            let value = planter.under(key);
            lines.push_str(&format!("{}: {value}\n", key.name));
        }
        let body = planter.word(Shape::Text);
        if let Some(planted) = planter.words.last_mut() {
            planted.path = vec!["body"];
            planted.wanted = vec!["body"];
        }
        let folder = kind.folder();
        let full = full(kind);
        files.push_str(&format!(
            "-- {folder}/{full}.md --\n---\naudience: customer\n{lines}---\n## Release notes\n\n{body}\n"
        ));
        files.push_str(&planter.files);
        if !kind.exists_by_name() && kind != Kind::Window {
            let other = other(kind);
            files.push_str(&format!("-- {folder}/{other}.md --\n---\ntitle: Another\naudience: customer\n---\n"));
        }
        words = planter.words;
    }
    Plantation { files, words }
}
