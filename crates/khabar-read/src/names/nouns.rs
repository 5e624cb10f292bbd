//! Nouns that describe somebody: what kind of entity they describe, and its sector.

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use khabar_lang::{Language, Word};
use khabar_record::EntityKind;
use khabar_table::{Table, TableError, list};

use crate::keys;

/// What a noun says of the one it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    pub(crate) kind: EntityKind,
    pub(crate) sector: Option<&'static str>,
    /// Whether it means several persons.
    pub(crate) plural: bool,
    /// The office that it names, in English.
    pub(crate) office: Option<&'static str>,
}

/// The describing nouns of one language.
#[derive(Debug)]
pub(crate) struct Nouns {
    by_key: HashMap<Box<str>, Noun, FixedState>,
    /// Nouns that with the name of a state stand for the state: *delegation*, *side*.
    sides: HashSet<Box<str>, FixedState>,
    /// Nouns that with the name of a body stand for the body: *fighters*, أفراد.
    members: HashSet<Box<str>, FixedState>,
}

impl Nouns {
    /// Loads the list of a language.
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (file, text): (_, &'static str) = match language {
            Language::English => {
                ("rules/en/nominals.tsv", include_str!("../../rules/en/nominals.tsv"))
            }
            Language::Arabic => {
                ("rules/ar/nominals.tsv", include_str!("../../rules/ar/nominals.tsv"))
            }
        };
        let table = Table::parse(file, text)?;
        let columns = table.columns(["id", "kind", "sector", "words", "note"])?;
        let mut nouns = Self {
            by_key: HashMap::with_hasher(FixedState::default()),
            sides: HashSet::with_hasher(FixedState::default()),
            members: HashSet::with_hasher(FixedState::default()),
        };
        for row in table.rows() {
            let [_, kind, sector, words, _] = columns.cells(row);
            if kind == "side" {
                nouns.sides.extend(list(words).map(|word| keys::key(word).into()));
                continue;
            }
            if kind == "member" {
                nouns.members.extend(list(words).map(|word| keys::key(word).into()));
                continue;
            }
            let kind = kind_of(kind).ok_or_else(|| row.error(format!("unknown kind {kind:?}")))?;
            let sector = (!sector.is_empty()).then_some(sector);
            let noun = Noun { kind, sector, plural: kind == EntityKind::Group, office: None };
            for word in list(words) {
                if nouns.by_key.insert(keys::key(word).into(), noun).is_some() {
                    return Err(row.error(format!("{word:?} stands twice")));
                }
            }
        }
        Ok(nouns)
    }

    /// Whether a word with the name of a state stands for that state.
    pub(crate) fn is_side(&self, word: Word<'_>) -> bool {
        self.sides.contains(bare(word.key()))
    }

    /// Whether a word with the name of a body stands for that body's people.
    pub(crate) fn is_member(&self, word: Word<'_>) -> bool {
        self.members.contains(bare(word.key()))
    }

    /// What a word of the text describes, if it describes anybody.
    pub(crate) fn of(&self, word: Word<'_>) -> Option<Noun> {
        let key = word.key();
        if let Some(noun) = self.by_key.get(key) {
            return Some(*noun);
        }
        match word.analysis().language() {
            Language::English => {
                let lemma = word.lemma();
                let found = if lemma.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    self.by_key.get(lemma)
                } else {
                    self.by_key.get(lemma.to_lowercase().as_str())
                };
                found.copied().map(|noun| Noun {
                    plural: noun.plural || word.xpos() == "NNS",
                    kind: if noun.kind == EntityKind::Person && word.xpos() == "NNS" {
                        EntityKind::Group
                    } else {
                        noun.kind
                    },
                    ..noun
                })
            }
            Language::Arabic => {
                let bare = bare(key);
                self.by_key.get(bare).copied().or_else(|| {
                    // Before a clitic the feminine ending is written open (وزارتها), which the key shows as ت.
                    let closed = format!("{}ه", bare.strip_suffix('ت')?);
                    self.by_key.get(closed.as_str()).copied()
                })
            }
        }
    }
}

/// An Arabic key without its article.
pub(crate) fn bare(key: &str) -> &str {
    key.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(key)
}

fn kind_of(name: &str) -> Option<EntityKind> {
    Some(match name {
        "person" => EntityKind::Person,
        "group" => EntityKind::Group,
        "organization" => EntityKind::Organization,
        "outlet" => EntityKind::Outlet,
        "state" => EntityKind::State,
        "place" => EntityKind::Place,
        _ => return None,
    })
}
