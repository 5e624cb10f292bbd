//! What the lists know of single words: given names, what heads the name of a body or of a place, titles.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use khabar_lang::Language;
use khabar_table::{Table, TableError, list};

use crate::keys;

/// What is known of a word, as bits. The model sees the first sixteen together, the others by themselves.
pub(crate) mod flag {
    /// A man's given name.
    pub(crate) const GIVEN_M: u32 = 1;
    /// A woman's given name.
    pub(crate) const GIVEN_F: u32 = 1 << 1;
    /// Carries a name on in its middle.
    pub(crate) const PARTICLE: u32 = 1 << 2;
    /// Says what kind of body a name names.
    pub(crate) const ORG_HEAD: u32 = 1 << 3;
    /// Ends the name of a company.
    pub(crate) const COMPANY_TAIL: u32 = 1 << 4;
    /// Says what kind of place a name names.
    pub(crate) const PLACE_HEAD: u32 = 1 << 5;
    /// Stands before a person's name.
    pub(crate) const TITLE: u32 = 1 << 6;
    /// Belongs to the listed name of a state.
    pub(crate) const STATE: u32 = 1 << 7;
    /// Belongs to a demonym.
    pub(crate) const DEMONYM: u32 = 1 << 8;
    /// Belongs to the listed name of a place.
    pub(crate) const PLACE: u32 = 1 << 9;
    /// Belongs to the listed name of a body.
    pub(crate) const BODY: u32 = 1 << 10;
    /// Belongs to the listed name of a person.
    pub(crate) const PERSON: u32 = 1 << 11;
    /// Belongs to the listed name of an outlet.
    pub(crate) const OUTLET: u32 = 1 << 12;
    /// Belongs to a listed name of several words.
    pub(crate) const LONG: u32 = 1 << 13;
    /// Belongs to the name of a place that counts only with support.
    pub(crate) const SMALL_PLACE: u32 = 1 << 15;
    /// Says what kind of place is named, and is no part of its name.
    pub(crate) const GENERIC_PLACE: u32 = 1 << 18;
    /// Says that an outlet is named, and is no part of its name.
    pub(crate) const GENERIC_OUTLET: u32 = 1 << 19;
    /// Is the head of a noun for a person.
    pub(crate) const ROLE: u32 = 1 << 16;
    /// Is the head of a noun for several people or for a body.
    pub(crate) const ROLE_BODY: u32 = 1 << 17;
    /// Is a noun for an arm of a state, so that a demonym beside it means the state.
    pub(crate) const STATE_ARM: u32 = 1 << 14;
}

/// The word lists of one language.
#[derive(Debug)]
pub(crate) struct WordLists {
    flags: HashMap<Box<str>, u32, FixedState>,
}

impl WordLists {
    /// Loads the list of a language.
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (file, text) = match language {
            Language::English => {
                ("rules/en/name_words.tsv", include_str!("../../rules/en/name_words.tsv"))
            }
            Language::Arabic => {
                ("rules/ar/name_words.tsv", include_str!("../../rules/ar/name_words.tsv"))
            }
        };
        let table = Table::parse(file, text)?;
        let columns = table.columns(["id", "class", "words", "note"])?;
        let mut lists = Self { flags: HashMap::with_hasher(FixedState::default()) };
        for row in table.rows() {
            let [_, class, words, _] = columns.cells(row);
            let flag = class_flag(class)
                .ok_or_else(|| row.error(format!("unknown class of words {class:?}")))?;
            for word in list(words) {
                lists.add(&keys::key(word), flag);
                if language == Language::Arabic && !word.starts_with("ال") {
                    // What heads a name in the construct state is spoken of with the article later.
                    let bare = matches!(flag, flag::ORG_HEAD | flag::PLACE_HEAD);
                    if bare {
                        lists.add(&keys::key(&format!("ال{word}")), flag);
                    }
                }
            }
        }
        Ok(lists)
    }

    fn add(&mut self, key: &str, flag: u32) {
        *self.flags.entry(key.into()).or_default() |= flag;
    }

    /// What is known of the word with this key.
    pub(crate) fn flags(&self, key: &str) -> u32 {
        self.flags.get(key).copied().unwrap_or_default()
    }
}

fn class_flag(class: &str) -> Option<u32> {
    Some(match class {
        "given-m" => flag::GIVEN_M,
        "given-f" => flag::GIVEN_F,
        "particle" => flag::PARTICLE,
        "org-head" => flag::ORG_HEAD,
        "company-tail" => flag::COMPANY_TAIL,
        "place-head" => flag::PLACE_HEAD,
        "title" => flag::TITLE,
        "generic-place" => flag::GENERIC_PLACE,
        "generic-outlet" => flag::GENERIC_OUTLET,
        "state-arm" => flag::STATE_ARM,
        _ => return None,
    })
}
