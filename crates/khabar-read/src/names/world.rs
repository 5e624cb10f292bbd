//! Whom and what the atlas knows by the names that stand in a text.
//!
//! The text is scanned once. Of the bearers of a name those are kept that can be written so; a name is *sure* when its
//! words hardly mean anything else, so that it counts wherever it stands. The others count where the model or a title
//! sees a name too.

use std::ops::Range;

use khabar_atlas::{Atlas, Entry, EntryKind, Hit as AtlasHit, Match, Sense};
use khabar_lang::{Analysis, Language, Upos};
use khabar_record::{EntityKind, TextRange};

use super::flag;
use crate::keys;

/// The population from which a town counts without support.
const LARGE: u32 = 300_000;

/// The band from which an Arabic word counts as common.
const COMMON: u8 = 6;

/// The band from which an Arabic word that is tagged as no name is rather the common word than a body or place of that name.
const ORDINARY: u8 = 9;

/// One bearer of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bearer {
    pub(crate) hit: AtlasHit,
    /// Whether the name means it wherever it stands.
    pub(crate) sure: bool,
}

impl Bearer {
    /// Who bears the name.
    pub(crate) fn entry(&self) -> Entry {
        self.hit.entry
    }

    /// What the name is to it.
    pub(crate) fn sense(&self) -> Sense {
        self.hit.sense
    }
}

/// A noun of the atlas for persons or bodies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) entry: Entry,
    pub(crate) plural: bool,
    /// The number of its words.
    pub(crate) length: usize,
}

/// A name of the atlas in the text.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) words: Range<usize>,
    /// Its place, without attached particles.
    pub(crate) range: TextRange,
    /// Those who bear it, the likeliest first.
    pub(crate) bearers: Vec<Bearer>,
}

/// All names of the atlas in a text: for each word the longest one that starts there.
#[derive(Debug, Default)]
pub(crate) struct World {
    hits: Vec<Option<Hit>>,
    /// The nouns for persons and bodies, by their head: the first word in Arabic, the last in English.
    roles: Vec<Option<Role>>,
}

impl World {
    /// Scans a text.
    pub(crate) fn scan(analysis: &Analysis) -> Self {
        let mut hits = Vec::with_capacity(analysis.word_count());
        let mut roles: Vec<Option<Role>> = vec![None; analysis.word_count()];
        let mut keys = Vec::new();
        for sentence in analysis.sentences() {
            let words = sentence.word_range();
            keys.clear();
            keys.extend(sentence.words().map(khabar_lang::Word::key));
            // Who writes no capitals at all writes names without them too.
            let small = analysis.language() == Language::English
                && !sentence.text().contains(|c: char| c.is_uppercase());
            for at in words.clone() {
                let word = analysis.word(at);
                if matches!(word.upos(), Upos::Punct | Upos::Num)
                    && !word.text().chars().any(char::is_alphabetic)
                {
                    hits.push(None);
                    continue;
                }
                let keys = &keys[at - words.start..];
                let found = Atlas::get().matches_at(keys);
                hits.push(longest(analysis, at, keys, found.clone(), small));
                if let Some((head, role)) = role(analysis, at, keys, found)
                    && roles[head].is_none_or(|other| other.length < role.length)
                {
                    roles[head] = Some(role);
                }
            }
        }
        Self { hits, roles }
    }

    /// The noun for a person or a body whose head is this word.
    pub(crate) fn role(&self, head: usize) -> Option<Role> {
        self.roles.get(head).copied().flatten()
    }

    /// The longest name that starts at a word.
    pub(crate) fn at(&self, index: usize) -> Option<&Hit> {
        self.hits.get(index)?.as_ref()
    }

    /// Sets the bits of what is known of the words of each name.
    pub(crate) fn mark(&self, flags: &mut [u32]) {
        for hit in self.hits.iter().flatten() {
            let mut known = hit.bearers.iter().fold(0, |sum, bearer| sum | flag_of(bearer));
            if hit.words.len() > 1 {
                known |= flag::LONG;
            }
            for word in &mut flags[hit.words.clone()] {
                *word |= known;
            }
        }
        for (word, role) in flags.iter_mut().zip(&self.roles) {
            if let Some(role) = role {
                let body = role.plural
                    || role
                        .entry
                        .subkind()
                        .is_some_and(|kind| matches!(kind, "organization" | "group"));
                *word |= if body { flag::ROLE_BODY } else { flag::ROLE };
            }
        }
    }

    /// The state whose name, people or capital stands at a word.
    pub(crate) fn state_at(&self, index: usize) -> Option<Entry> {
        let bearers = &self.at(index)?.bearers;
        bearers
            .iter()
            .find(|bearer| {
                bearer.entry().kind() == EntryKind::State && bearer.sense() != Sense::Capital
            })
            .map(Bearer::entry)
    }

    /// The state whose name or people stands at a word, where the name hardly means anything else.
    pub(crate) fn sure_state_at(&self, index: usize) -> Option<Entry> {
        let first = self.at(index)?.bearers.first()?;
        let is_state = first.entry().kind() == EntryKind::State && first.sense() != Sense::Capital;
        (first.sure && is_state).then(|| first.entry())
    }

    /// The state whose demonym stands at a word.
    pub(crate) fn demonym(&self, index: usize) -> Option<Entry> {
        let bearers = &self.at(index)?.bearers;
        bearers.iter().find(|bearer| bearer.sense() == Sense::Demonym).map(Bearer::entry)
    }
}

/// The longest name that starts at a word, in Arabic also behind attached particles; `unread` is what the atlas finds in the
/// words as they stand.
fn longest(
    analysis: &Analysis,
    at: usize,
    keys: &[&str],
    mut unread: impl Iterator<Item = Match>,
    small: bool,
) -> Option<Hit> {
    if analysis.language() == Language::English {
        return unread.find_map(|found| hit(analysis, at, 0, &found, small));
    }
    let word = analysis.word(at);
    let mut best: Option<Hit> = None;
    for (key, taken) in keys::readings(word) {
        // A particle is taken off what may be a name, not off a common word: ورقة is a sheet, no "and Raqqa".
        if taken.to_u32() > 0 && is_common(word) {
            continue;
        }
        let found = if taken.to_u32() == 0 {
            unread.find_map(|found| hit(analysis, at, 0, &found, small))
        } else {
            let key: &str = &key;
            let others: Vec<&str> =
                std::iter::once(key).chain(keys[1..].iter().copied().take(8)).collect();
            Atlas::get()
                .matches_at(&others)
                .find_map(|found| hit(analysis, at, taken.to_u32(), &found, small))
        };
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.words.len() > best.words.len())
        {
            best = Some(found);
        }
    }
    best
}

/// Whether a name counts though it is written without its capital: that of a state or of a large town, which is no other word.
fn is_known_small(hit: &AtlasHit) -> bool {
    let entry = hit.entry;
    !hit.ambiguous
        && !hit.minor
        && match entry.kind() {
            EntryKind::State => hit.sense == Sense::Name,
            EntryKind::Place => entry.population() >= LARGE,
            _ => false,
        }
}

/// Whether a word that names a body or a place is as likely the common word here (تقدم, فيما, the letter X), so that the model
/// must see a name in it too.
fn may_be_ordinary(word: khabar_lang::Word<'_>, kind: EntryKind) -> bool {
    let listed = matches!(kind, EntryKind::Organization | EntryKind::Outlet | EntryKind::Place);
    let letters = word.text().chars().count();
    let arabic = word.analysis().language() == Language::Arabic;
    listed && (letters == 1 || arabic && word.upos() != Upos::Propn && word.band() >= ORDINARY)
}

/// Whether a word is a common one as it stands.
fn is_common(word: khabar_lang::Word<'_>) -> bool {
    word.band() >= COMMON && !matches!(word.upos(), Upos::Propn | Upos::X)
}

fn hit(analysis: &Analysis, at: usize, taken: u32, found: &Match, small: bool) -> Option<Hit> {
    let words = at..at + found.words;
    let start = analysis.word(at).range().start() + khabar_record::TextSize::from(taken as usize);
    let range = TextRange::new(start, analysis.word(words.end - 1).range().end());
    let text = &analysis.text()[range];
    let mut bearers: Vec<Bearer> = found
        .hits()
        .filter(|hit| hit.entry.kind() != EntryKind::Role)
        .filter(|hit| hit.written_as(text) || small && text.len() > 3 && is_known_small(hit))
        .map(|hit| {
            let ordinary = words.len() == 1 && may_be_ordinary(analysis.word(at), hit.entry.kind());
            let doubtful = hit.ambiguous || hit.minor || ordinary;
            let sure = !doubtful && taken_sure(hit.entry, hit.sense, words.len(), taken);
            Bearer { hit, sure }
        })
        .collect();
    if bearers.is_empty() {
        return None;
    }
    bearers.sort_by_key(|bearer| {
        let kind = match bearer.entry().kind() {
            EntryKind::State => 0,
            EntryKind::Seat => 1,
            EntryKind::Organization => 2,
            EntryKind::Person => 3,
            EntryKind::Outlet => 4,
            EntryKind::Place | EntryKind::Role => 5,
        };
        (!bearer.sure, kind, std::cmp::Reverse(bearer.entry().population()))
    });
    Some(Hit { words, range, bearers })
}

/// The longest noun for a person or a body that starts at a word, with its head; `found` is what the atlas finds there.
fn role(
    analysis: &Analysis,
    at: usize,
    keys: &[&str],
    mut found: impl Iterator<Item = Match>,
) -> Option<(usize, Role)> {
    let arabic = analysis.language() == Language::Arabic;
    let word = analysis.word(at);
    if !matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X | Upos::Verb) {
        return None;
    }
    let of_role = |found: Match| {
        let hit = found.hits().find(|hit| hit.entry.kind() == EntryKind::Role)?;
        let head = if arabic { at } else { at + found.words - 1 };
        let plural = hit.sense == Sense::Plural;
        Some((head, Role { entry: hit.entry, plural, length: found.words }))
    };
    found.find_map(of_role).or_else(|| {
        let bare = keys[0].strip_prefix("ال").filter(|_| arabic)?;
        let others: Vec<&str> =
            std::iter::once(bare).chain(keys[1..].iter().copied().take(5)).collect();
        Atlas::get().matches_at(&others).find_map(of_role)
    })
}

/// Whether an entry of this kind counts without support; a small town whose name is one word does not.
fn taken_sure(entry: Entry, sense: Sense, words: usize, taken: u32) -> bool {
    match entry.kind() {
        EntryKind::Place => words > 1 && taken == 0 || entry.population() >= LARGE,
        EntryKind::State => {
            sense == Sense::Name || words > 1 || taken == 0 || sense == Sense::Capital
        }
        EntryKind::Person => words > 1 || taken == 0,
        _ => taken == 0 || words > 1,
    }
}

/// The kind of entity that an entry is.
pub(crate) fn kind_of(entry: Entry) -> EntityKind {
    match entry.kind() {
        EntryKind::State => EntityKind::State,
        EntryKind::Person => EntityKind::Person,
        EntryKind::Organization => EntityKind::Organization,
        EntryKind::Outlet => EntityKind::Outlet,
        EntryKind::Seat | EntryKind::Place => EntityKind::Place,
        EntryKind::Role => EntityKind::Role,
    }
}

fn flag_of(bearer: &Bearer) -> u32 {
    match (bearer.entry().kind(), bearer.sense()) {
        (_, Sense::Demonym) => flag::DEMONYM,
        (EntryKind::State, Sense::Name) => flag::STATE,
        (EntryKind::State, _) => flag::PLACE,
        (EntryKind::Place, _) if bearer.sure => flag::PLACE,
        (EntryKind::Place, _) => flag::SMALL_PLACE,
        (EntryKind::Person, _) => flag::PERSON,
        (EntryKind::Outlet, _) => flag::OUTLET,
        (EntryKind::Organization | EntryKind::Seat, _) => flag::BODY,
        (EntryKind::Role, _) => 0,
    }
}
