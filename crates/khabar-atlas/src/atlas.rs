//! Asking the atlas: which entries bear a name, and what is known of them.
//!
//! A reader walks through the words of a text and asks at each of them for the longest name that starts there. The atlas
//! answers with all bearers of the name, each with what the name is to it and how sure that is, and leaves the choice to
//! whoever sees the context. Nothing is held back: "Jordan" is a state (in doubt, for it is a given name as well), some
//! towns and no person.

use std::sync::LazyLock;

use khabar_fold::{Fold, fold};

use crate::entry::{Entry, EntryKind};
use crate::key::{Key, LONGEST};
pub use crate::layout::Sense;
use crate::layout::{self, BY_CODE, BY_ID, BY_OFFICE, GUIDES};
use crate::table::{Sections, Slot};

/// The compiled lists.
#[derive(Debug)]
pub struct Atlas {
    pub(crate) sections: Sections,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    /// How many of the words given belong to it, hyphens between them included.
    pub words: usize,
    slot: Slot,
}

/// One bearer of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own")]
pub struct Hit {
    /// The entry that bears the name.
    pub entry: Entry,
    /// What the name is to it.
    pub sense: Sense,
    /// Whether the words mean something else as often; they count only with support.
    pub ambiguous: bool,
    /// Whether the bearer is so small or so seldom spoken of (towns, districts) that it counts only with support.
    pub minor: bool,
    /// Whether the name is Arabic.
    pub arabic: bool,
    capitals: bool,
    plain_alef: bool,
}

impl Hit {
    /// Whether the words as they stand in the text can be the name: an acronym stands in capitals, another English name
    /// begins with one; nouns for persons and bodies may stand either way. Arabic has no capitals, but writers who leave
    /// out the hamza of an alef do not put one where there is none: لأي is not لاي.
    pub fn written_as(&self, words: &str) -> bool {
        const SHORT: usize = 4;
        let noun = matches!(self.sense, Sense::Singular | Sense::Plural);
        if self.capitals {
            return !words.chars().any(char::is_lowercase);
        }
        if self.plain_alef && words.contains(['أ', 'إ', 'آ']) {
            return words.chars().filter(|c| c.is_alphabetic()).count() > SHORT;
        }
        self.arabic || noun || words.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
    }
}

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| Atlas { sections: Sections::open() });

impl Atlas {
    /// Returns the built-in atlas. The first call costs no more than any other: the table is used as it lies in memory.
    pub fn get() -> &'static Self {
        &ATLAS
    }

    /// Returns the size of the compiled table in bytes.
    pub fn bytes(&self) -> usize {
        Sections::size()
    }

    /// Finds the longest name that starts with the first of these words.
    ///
    /// The words are the keys of a text's words ([`Fold::KEY`]), all from one sentence. Hyphens and apostrophes may
    /// stand among them as words of their own or not at all.
    ///
    /// ```
    /// use khabar_atlas::{Atlas, EntryKind};
    ///
    /// let found = Atlas::get().longest_at(&["south", "korea", "said"]).unwrap();
    /// let state = found.hits().find(|hit| hit.entry.kind() == EntryKind::State).unwrap();
    /// assert_eq!((found.words, state.entry.country()), (2, Some("KOR")));
    /// assert!(state.written_as("South Korea"));
    /// ```
    pub fn longest_at(&self, words: &[&str]) -> Option<Match> {
        self.matches_at(words).next()
    }

    /// Finds all names that start with the first of these words, the longest first.
    pub fn matches_at(&self, words: &[&str]) -> impl Iterator<Item = Match> + Clone + use<> {
        let mut names = [Match { words: 0, slot: Slot::default() }; LONGEST];
        let mut count = 0;
        let mut key = Key::EMPTY;
        let mut longest = 1;
        for (at, word) in words.iter().enumerate() {
            if key.words() == longest {
                break;
            }
            if !key.push(word) {
                if at == 0 {
                    break;
                }
                continue;
            }
            let slot = self.sections.find(key);
            if key.words() <= GUIDES {
                let Some(guide) = slot else { break };
                longest = guide.longest.min(LONGEST);
            }
            if let Some(slot) = slot.filter(|slot| slot.postings > 0) {
                names[count] = Match { words: at + 1, slot };
                count += 1;
            }
        }
        names.into_iter().take(count).rev()
    }

    /// Returns the bearers of a whole name in any spelling.
    pub fn named(&self, name: &str) -> impl Iterator<Item = Hit> + use<> {
        let name = fold(name, Fold::KEY).replace(',', " , ");
        let unqualified = name.split(" (").next().unwrap_or_default();
        let apart = unqualified.replace(['-', '\''], " ");
        let slot = [unqualified, &apart].into_iter().find_map(|name| {
            let mut key = Key::EMPTY;
            for word in name.split_whitespace() {
                if key.words() < LONGEST {
                    let _ = key.push(word);
                }
            }
            self.sections.find(key).filter(|slot| slot.postings > 0)
        });
        slot.map(Bearers::new).into_iter().flatten()
    }

    /// Returns the entry with this identifier: the alpha-3 code of a state, or what the first column of a list has.
    /// English role nouns have `en.` before it and Arabic ones `ar.`. An identifier is its own within a list; of entries of
    /// several lists the one of the first kind is returned, in the order of [`EntryKind`].
    pub fn entry(&self, id: &str) -> Option<Entry> {
        self.identified(BY_ID, &[id]).min_by_key(|entry| entry.kind())
    }

    /// Returns the entry of a kind with this identifier.
    pub fn entry_of(&self, kind: EntryKind, id: &str) -> Option<Entry> {
        self.identified(BY_ID, &[id]).find(|entry| entry.kind() == kind)
    }

    /// Returns the state with this ISO 3166-1 code, alpha-3 or alpha-2, or Wikidata identifier.
    pub fn state(&self, code: &str) -> Option<Entry> {
        let found = self.entry(code).or_else(|| self.identified(BY_CODE, &[code]).next());
        found.filter(|entry| entry.kind() == EntryKind::State)
    }

    /// Iterates over the entries of a kind in the order of their lists.
    pub fn entries(&self, kind: EntryKind) -> impl Iterator<Item = Entry> + use<> {
        let all = self.sections.entry_count() + self.sections.place_count();
        (0..all).map(Entry::new).filter(move |entry| entry.kind() == kind)
    }

    /// Returns who has ever held an office of a state (alpha-3) or an organisation, as far as the lists know.
    pub fn office_holders(&self, office: &str, of: &str) -> impl Iterator<Item = Entry> + use<> {
        self.identified(BY_OFFICE, &[office, of])
    }

    /// Returns who holds an office of a state or an organisation on a day. In a month of hand-over, the one who comes.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use khabar_atlas::Atlas;
    ///
    /// let holder = Atlas::get().office_holder("president", "BLR", date(2023, 2, 26)).unwrap();
    /// assert_eq!(holder.name("en"), Some("Alexander Lukashenko"));
    /// ```
    pub fn office_holder(&self, office: &str, of: &str, day: jiff::civil::Date) -> Option<Entry> {
        let held = |person: &Entry| {
            let offices = person.offices_at(day);
            offices
                .filter(|held| held.office == office && held.of == of)
                .map(|held| held.start())
                .max()
        };
        let all = self.office_holders(office, of);
        all.filter_map(|person| Some((held(&person)?, person)))
            .max_by_key(|&(start, person)| (start, std::cmp::Reverse(person)))
            .map(|(_, person)| person)
    }

    fn identified(&self, space: u8, parts: &[&str]) -> impl Iterator<Item = Entry> + use<> {
        let slot = self.sections.find(Key::identifier(space, parts));
        let slot = slot.filter(|slot| slot.postings > 0);
        slot.map(Bearers::new).into_iter().flatten().map(|hit| hit.entry)
    }
}

impl Match {
    /// Returns the bearers of the name: those of the lists in the order states, people, organisations, outlets, seats,
    /// roles, and then places, those of our own list first.
    pub fn hits(&self) -> impl Iterator<Item = Hit> + use<> {
        Bearers::new(self.slot)
    }
}

/// Walks through the bearers of a name.
struct Bearers {
    next: Option<u32>,
}

impl Bearers {
    fn new(slot: Slot) -> Self {
        Self { next: slot.postings.checked_sub(1) }
    }
}

impl Iterator for Bearers {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        let at = self.next?;
        let (posting, more) = ATLAS.sections.posting(at);
        self.next = more.then_some(at + 1);
        let (entry, sense, flags) = layout::unpack(posting);
        Some(Hit {
            entry: Entry::new(entry),
            sense,
            ambiguous: flags.ambiguous,
            minor: flags.gated,
            arabic: flags.arabic,
            capitals: flags.capitals,
            plain_alef: flags.plain_alef,
        })
    }
}
