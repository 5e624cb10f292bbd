//! Classes of words that tell senses apart: who or what stands in a place.

use std::collections::{HashMap, HashSet};

use khabar_record::EntityKind;
use khabar_table::{Table, TableError, list};

use crate::keys;

/// A class, by its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClassId(usize);

/// The classes of one language with their words.
#[derive(Debug)]
pub(super) struct Classes {
    names: Vec<String>,
    words: Vec<HashSet<String>>,
    by_name: HashMap<String, ClassId>,
}

/// How sure it is that a word belongs to a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Yes,
    No,
    /// The word is a name or a pronoun of which nothing is known.
    Unknown,
}

/// The classes that the lists may name even where no word is listed for them: entities belong to them by their kind.
const NAMES: [&str; 24] = [
    "person", "official", "people", "state", "org", "group", "military", "police", "weapon",
    "vehicle", "building", "place", "money", "body", "law", "document", "team", "sport", "market",
    "weather", "disease", "idea", "time", "thing",
];

/// Classes of those who can act.
const AGENTS: [&str; 8] =
    ["person", "official", "people", "state", "org", "group", "military", "police"];

/// What is known of an entity that stands somewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) kind: EntityKind,
    /// The code of its first sector, three letters.
    pub(super) sector: Option<[u8; 3]>,
    pub(super) has_country: bool,
}

impl Classes {
    pub(super) fn built_in() -> Self {
        let names: Vec<String> = NAMES.iter().map(|&name| name.to_owned()).collect();
        let by_name =
            names.iter().enumerate().map(|(at, name)| (name.clone(), ClassId(at))).collect();
        Self { words: vec![HashSet::new(); names.len()], names, by_name }
    }

    /// Reads a list `class words note`; a class may have several rows.
    pub(super) fn load((file, text): (&'static str, &str)) -> Result<Self, TableError> {
        let mut classes = Self::built_in();
        let table = Table::parse(file, text)?;
        let columns = table.columns(["class", "words", "note"])?;
        for row in table.rows() {
            let [class, words, _] = columns.cells(row);
            if class.is_empty() || words.is_empty() {
                return Err(row.error("a class and its words are wanted".to_owned()));
            }
            let id = classes.add(class);
            classes.words[id.0].extend(list(words).map(keys::key));
        }
        Ok(classes)
    }

    fn add(&mut self, name: &str) -> ClassId {
        if let Some(&id) = self.by_name.get(name) {
            return id;
        }
        let id = ClassId(self.names.len());
        self.names.push(name.to_owned());
        self.words.push(HashSet::new());
        self.by_name.insert(name.to_owned(), id);
        id
    }

    pub(super) fn by_name(&self, name: &str) -> Option<ClassId> {
        self.by_name.get(name).copied()
    }

    /// Whether a word belongs to a class, by the lists (`keys`: the ways to write it) or by the entity that it names.
    pub(super) fn fit(&self, class: ClassId, keys: &[&str], known: Option<Known>) -> Fit {
        let name = self.names[class.0].as_str();
        if keys.iter().any(|&key| self.words[class.0].contains(key)) {
            return Fit::Yes;
        }
        match known {
            Some(known) => by_kind(name, known),
            None => Fit::No,
        }
    }

    /// Whether a class is one of those who can act, so that a pronoun or an unknown name may belong to it.
    pub(super) fn is_agent(&self, class: ClassId) -> bool {
        AGENTS.contains(&self.names[class.0].as_str())
    }

    /// Whether any of these words is listed as one who can act.
    pub(super) fn names_agent(&self, keys: &[&str]) -> bool {
        AGENTS.iter().any(|name| {
            let words = &self.words[self.by_name[*name].0];
            keys.iter().any(|&key| words.contains(key))
        })
    }

    /// Whether any of these words is listed in a class.
    pub(super) fn lists(&self, name: &str, keys: &[&str]) -> bool {
        self.by_name.get(name).is_some_and(|id| {
            let words = &self.words[id.0];
            keys.iter().any(|&key| words.contains(key))
        })
    }
}

fn by_kind(class: &str, known: Known) -> Fit {
    use EntityKind::{Group, Organization, Outlet, Person, Place, Role, State};
    let sector = |wanted: &[&str]| {
        known.sector.is_some_and(|code| wanted.iter().any(|name| name.as_bytes() == code))
    };
    let fits = match class {
        "person" => matches!(known.kind, Person | Role),
        "official" => {
            matches!(known.kind, Person | Role)
                && (known.sector.is_none()
                    || sector(&[
                        "GOV", "LEG", "JUD", "MIL", "IGO", "ELI", "PTY", "OPP", "SPY", "COP",
                    ]))
        }
        "people" => known.kind == Group,
        "state" => {
            known.kind == State || known.kind == Place && known.has_country || sector(&["GOV"])
        }
        "org" => matches!(known.kind, Organization | Outlet),
        "group" => matches!(known.kind, Group | Organization),
        "military" => sector(&["MIL", "REB", "UAF"]),
        "police" => sector(&["COP", "SPY"]),
        "place" => matches!(known.kind, Place | State),
        _ => return Fit::No,
    };
    if fits { Fit::Yes } else { Fit::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_kinds_make_a_class() {
        let classes =
            Classes::load(("t.tsv", "class\twords\tnote\npolice\tofficer|cop\t\n")).unwrap();
        let police = classes.by_name("police").unwrap();
        assert_eq!(classes.fit(police, &["cop"], None), Fit::Yes);
        assert_eq!(classes.fit(police, &["judge"], None), Fit::No);
        let known = Known { kind: EntityKind::State, sector: None, has_country: true };
        let state = classes.by_name("state").unwrap();
        assert_eq!(classes.fit(state, &["oslo"], Some(known)), Fit::Yes);
        assert!(Classes::load(("t.tsv", "class\twords\tnote\n\tx\t\n")).is_err());
    }
}
