//! What a document is compared by: a few dozen numbers that stand for whom and what it speaks of.
//!
//! All but the words mean the same in every language: entities by their identifiers, unknown people by the skeleton of their
//! names, countries, places, amounts, and what happens to whom. The marks of a document are made of its record alone.

use std::collections::{BTreeMap, BTreeSet};

use khabar_record::{Entity, EntityId, EntityKind, Event, MentionForm, Party, Record, Status};

use super::skeleton::skeleton;
use crate::search::StemCounts;

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Kind {
    /// A person, organisation or other entity that a list knows.
    Known = 0,
    /// A name of somebody or something that no list knows, by its skeleton.
    Named = 1,
    /// A place with an identifier.
    Place = 2,
    /// A state, or what belongs to one.
    Country = 3,
    /// A number with its unit.
    Amount = 4,
    /// A stem of the text.
    Word = 5,
    /// A type of event with who does it and to whom, or where, or when.
    Event = 6,
    /// The last part of an unknown person's name, by its skeleton.
    Surname = 7,
}

/// Kinds, in the order of their numbers.
const KINDS: [Kind; 8] = [
    Kind::Known,
    Kind::Named,
    Kind::Place,
    Kind::Country,
    Kind::Amount,
    Kind::Word,
    Kind::Event,
    Kind::Surname,
];

/// One mark: its kind and a hash, without how often it occurs. It packs into 28 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Mark(u32);

const HASH_BITS: u32 = 25;

impl Mark {
    fn new(kind: Kind, text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&hash.as_bytes()[..4]);
        let hash = u32::from_le_bytes(bytes) & ((1 << HASH_BITS) - 1);
        Self((kind as u32) << HASH_BITS | hash)
    }

    pub(crate) fn kind(self) -> Kind {
        KINDS[(self.0 >> HASH_BITS) as usize & 7]
    }
}

/// The marks of a document with how often each occurs, at most [`MOST`], in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Marks with their counts.
    pub(crate) counts: Vec<(Mark, u8)>,
}

/// Counts above this are not told apart.
const MOST: u8 = 15;

/// So many words are kept, the weightiest, and so many marks of every other kind.
const WORDS: usize = 28;
const OTHERS: usize = 12;

impl Marks {
    /// The marks of a record. `words` are the stems of its text and title with how often they occur.
    pub(crate) fn of(record: &Record, words: &StemCounts) -> Self {
        let mut marks: BTreeMap<Mark, u32> = BTreeMap::new();
        entities(record, &mut marks);
        amounts(record, &mut marks);
        events(record, &mut marks);
        let mut by_kind: BTreeMap<Kind, Vec<(u32, Mark)>> = BTreeMap::new();
        for (mark, count) in marks {
            by_kind.entry(mark.kind()).or_default().push((count, mark));
        }
        let words = words.iter().map(|(stem, count)| (*count, Mark::new(Kind::Word, stem)));
        by_kind.insert(Kind::Word, words.collect());
        let mut counts = Vec::new();
        for (kind, mut found) in by_kind {
            found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(if kind == Kind::Word { WORDS } else { OTHERS });
            counts.extend(
                found.into_iter().map(|(count, mark)| (mark, count.min(u32::from(MOST)) as u8)),
            );
        }
        counts.sort_unstable();
        counts.dedup_by_key(|(mark, _)| *mark);
        Self { counts }
    }

    /// The marks in four bytes each.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let word = |&(mark, count): &(Mark, u8)| mark.0 << 4 | u32::from(count);
        self.counts.iter().flat_map(|item| word(item).to_le_bytes()).collect()
    }

    /// Reads what [`Marks::pack`] wrote.
    pub(crate) fn unpack(bytes: &[u8]) -> Self {
        let words = bytes.chunks_exact(4).map(|four| {
            let word = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
            (Mark(word >> 4), (word & 15) as u8)
        });
        Self { counts: words.collect() }
    }
}

/// The marks by which an entity is known in every document that speaks of it.
pub(crate) fn identities(entity: &Entity) -> Vec<Mark> {
    let mut marks = Vec::new();
    if matches!(entity.kind, EntityKind::Outlet | EntityKind::Role) {
        return marks;
    }
    if entity.kind == EntityKind::State {
        let code = entity.country.as_deref().or(entity.wikidata.as_deref());
        marks.extend(code.map(|code| Mark::new(Kind::Country, code)));
        return marks;
    }
    if let Some(id) = entity.geonames.filter(|_| entity.kind == EntityKind::Place) {
        marks.push(Mark::new(Kind::Place, &id.to_string()));
    } else if let Some(id) = &entity.wikidata {
        marks.push(Mark::new(Kind::Known, id));
    }
    let named = match entity.kind {
        EntityKind::Person => true,
        EntityKind::Place => entity.geonames.is_none(),
        EntityKind::Organization => entity.wikidata.is_none(),
        _ => false,
    };
    if named {
        let mut skeletons = BTreeSet::new();
        let mut surnames = BTreeSet::new();
        for name in entity.names.values() {
            let whole = skeleton(name);
            if entity.kind == EntityKind::Person {
                let last = name.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
                let last = skeleton(last);
                if last.len() >= 3 {
                    surnames.insert(last);
                }
            }
            if whole.len() >= 3 {
                skeletons.insert(whole);
            }
        }
        marks.extend(skeletons.iter().map(|it| Mark::new(Kind::Named, it)));
        marks.extend(surnames.iter().map(|it| Mark::new(Kind::Surname, it)));
    }
    marks
}

fn entities(record: &Record, marks: &mut BTreeMap<Mark, u32>) {
    let mut counts: BTreeMap<EntityId, u32> = BTreeMap::new();
    for mention in record.mentions.iter().filter(|it| it.form == MentionForm::Name) {
        *counts.entry(mention.entity).or_default() += 1;
    }
    for entity in &record.entities {
        let count = counts.get(&entity.id).copied().unwrap_or(0);
        if count == 0 {
            continue;
        }
        for mark in identities(entity) {
            *marks.entry(mark).or_default() += count;
        }
        if entity.kind != EntityKind::State
            && entity.kind != EntityKind::Outlet
            && let Some(code) = &entity.country
        {
            *marks.entry(Mark::new(Kind::Country, code)).or_default() += 1;
        }
    }
}

fn amounts(record: &Record, marks: &mut BTreeMap<Mark, u32>) {
    for amount in &record.amounts {
        if amount.kind == "duration" || amount.value.abs() < 3.0 {
            continue;
        }
        // What is counted has an English noun that only a list knows; what became of it is a better key.
        let what = match amount.kind.as_str() {
            "count" => amount.of.as_deref().unwrap_or(""),
            _ => amount.unit.as_deref().unwrap_or(""),
        };
        let key = format!("{} {} {what}", amount.kind, amount.value);
        *marks.entry(Mark::new(Kind::Amount, &key)).or_default() += 1;
    }
}

fn events(record: &Record, marks: &mut BTreeMap<Mark, u32>) {
    let entities: BTreeMap<EntityId, &Entity> =
        record.entities.iter().map(|entity| (entity.id, entity)).collect();
    for event in &record.events {
        if matches!(event.status, Status::Hypothetical | Status::Future) {
            continue;
        }
        for key in combinations(event, &entities) {
            *marks.entry(Mark::new(Kind::Event, &key)).or_default() += 1;
        }
    }
}

/// The type of an event with the countries of who does it and to whom, and with where it happens.
fn combinations(event: &Event, entities: &BTreeMap<EntityId, &Entity>) -> Vec<String> {
    let country = |parties: &[Party]| {
        let own = |party: &Party| party.entity.and_then(|id| entities.get(&id)?.country.clone());
        parties.iter().find_map(|party| party.country.clone().or_else(|| own(party)))
    };
    let mut keys = Vec::new();
    let (actor, recipient) = (country(&event.actors), country(&event.recipients));
    if actor.is_some() || recipient.is_some() {
        let name = |code: Option<String>| code.unwrap_or_default();
        keys.push(format!("{} {}>{}", event.kind, name(actor), name(recipient)));
    }
    let place = event.place.and_then(|id| entities.get(&id));
    if let Some(mark) = place.and_then(|place| identities(place).into_iter().next()) {
        keys.push(format!("{} @{}", event.kind, mark.0));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_survive_packing() {
        let counts = KINDS.iter().map(|&kind| (Mark::new(kind, "x"), kind as u8 + 1)).collect();
        let marks = Marks { counts };
        assert_eq!(Marks::unpack(&marks.pack()), marks);
        assert_eq!(marks.counts[5].0.kind(), Kind::Word);
    }
}
