//! Holding one record against another: the gold against what a reader found, or the first annotation against the second.
//!
//! Both sides are records over the same text. Entities are paired first, by the mentions that they share; whatever
//! names an entity (a source, an actor, a link of a chain) is right when it names the partner.

mod events;
mod mentions;
pub(crate) mod statements;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use khabar_record::{EntityId, Party, Record, StatementId, TextRange};

use super::compile::Gold;
use super::figure::{Key, Sheet};
use super::words::{Words, quote};

/// Two annotations of one text.
pub(crate) struct Pair<'a> {
    text: &'a str,
    words: Words,
    gold: &'a Gold,
    found: &'a Record,
    /// The gold entity of each entity found.
    partner: BTreeMap<EntityId, EntityId>,
}

/// Counts how far `found` agrees with `gold`, in all layers.
pub(crate) fn compare(gold: &Gold, found: &Record) -> Sheet {
    let text = &gold.record.document.text;
    let mut pair = Pair { text, words: Words::new(text), gold, found, partner: BTreeMap::new() };
    pair.partner = mentions::align(&pair);
    let mut sheet = Sheet::default();
    mentions::compare(&pair, &mut sheet);
    let times = values::times(&pair, &mut sheet);
    values::amounts(&pair, &mut sheet);
    let statements = statements::compare(&pair, &mut sheet);
    events::compare(&pair, &times, &statements, &mut sheet);
    sheet.differences.sort_by_key(|difference| (difference.key.layer(), difference.at));
    sheet
}

/// The partner in gold of each statement found, by content.
pub(crate) fn statement_partners(gold: &Gold, found: &Record) -> StatementPartners {
    let text = &gold.record.document.text;
    let mut pair = Pair { text, words: Words::new(text), gold, found, partner: BTreeMap::new() };
    pair.partner = mentions::align(&pair);
    statements::compare(&pair, &mut Sheet::default())
}

/// Pairs the events of the gold with those found: the same type at the same place.
pub(crate) fn same_events(gold: &Gold, found: &Record) -> Vec<(usize, usize)> {
    let text = &gold.record.document.text;
    let mut pair = Pair { text, words: Words::new(text), gold, found, partner: BTreeMap::new() };
    pair.partner = mentions::align(&pair);
    events::partners(&pair)
}

/// The partner in gold of each statement found, by content.
pub(crate) type StatementPartners = BTreeMap<StatementId, StatementId>;

impl Pair<'_> {
    fn quote(&self, span: TextRange) -> String {
        quote(&self.text[span], 60)
    }

    fn gold(&self) -> &Record {
        &self.gold.record
    }

    fn same_entity(&self, gold: EntityId, found: EntityId) -> bool {
        self.partner.get(&found) == Some(&gold)
    }

    fn party_words(&self, parties: &[Party]) -> BTreeSet<usize> {
        self.words.set(parties.iter().filter_map(|party| party.span))
    }

    /// Whether two parties are one: the same entity, or the same words where one is no entity.
    fn same_party(&self, gold: &Party, found: &Party) -> bool {
        match (gold.entity, found.entity) {
            (Some(gold), Some(found)) => self.same_entity(gold, found),
            _ => !self
                .party_words(std::slice::from_ref(gold))
                .is_disjoint(&self.party_words(std::slice::from_ref(found))),
        }
    }

    /// How many parties have a partner on the other side.
    fn shared_parties(&self, gold: &[Party], found: &[Party]) -> usize {
        let mut free: Vec<&Party> = found.iter().collect();
        let mut shared = 0;
        for party in gold {
            if let Some(at) = free.iter().position(|other| self.same_party(party, other)) {
                free.remove(at);
                shared += 1;
            }
        }
        shared
    }

    fn same_parties(&self, gold: &[Party], found: &[Party]) -> bool {
        gold.len() == found.len() && self.shared_parties(gold, found) == gold.len()
    }

    fn gold_entity(&self, id: EntityId) -> &str {
        self.gold.entity_names.get((id.0 as usize).wrapping_sub(1)).map_or("?", String::as_str)
    }

    /// Names an entity found by that of its partner, else by its own first mention.
    fn found_entity(&self, id: EntityId) -> String {
        if let Some(&partner) = self.partner.get(&id) {
            return self.gold_entity(partner).to_owned();
        }
        let mention = self.found.mentions.iter().find(|mention| mention.entity == id);
        mention
            .map_or_else(|| id.to_string(), |mention| format!("new {}", self.quote(mention.span)))
    }

    fn gold_parties(&self, parties: &[Party]) -> String {
        self.list(parties, |id| self.gold_entity(id).to_owned())
    }

    fn found_parties(&self, parties: &[Party]) -> String {
        self.list(parties, |id| self.found_entity(id))
    }

    fn list(&self, parties: &[Party], name: impl Fn(EntityId) -> String) -> String {
        let one = |party: &Party| match (party.entity, party.span) {
            (Some(id), _) => name(id),
            (None, Some(span)) => self.quote(span),
            (None, None) => "?".into(),
        };
        format!("[{}]", parties.iter().map(one).collect::<Vec<_>>().join(", "))
    }
}

/// A possible pair of items and how good it is; the better ones are greater.
struct Candidate<Q> {
    quality: Q,
    gold: usize,
    found: usize,
}

/// Pairs items one to one, the best candidates first. Ties fall to the order of the text, so that the outcome is always the same.
fn pair_up<Q: PartialOrd>(mut candidates: Vec<Candidate<Q>>) -> Vec<(usize, usize)> {
    candidates.sort_by(|a, b| {
        let by_quality = b.quality.partial_cmp(&a.quality).unwrap_or(std::cmp::Ordering::Equal);
        by_quality.then((a.gold, a.found).cmp(&(b.gold, b.found)))
    });
    let (mut gold, mut found) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for candidate in candidates {
        if !gold.contains(&candidate.gold) && !found.contains(&candidate.found) {
            gold.insert(candidate.gold);
            found.insert(candidate.found);
            pairs.push((candidate.gold, candidate.found));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Returns which of `count` items stand in no pair.
fn unpaired(count: usize, paired: impl Iterator<Item = usize>) -> Vec<usize> {
    let paired: BTreeSet<usize> = paired.collect();
    (0..count).filter(|n| !paired.contains(n)).collect()
}

/// Counts an attribute of a pair and notes it when it differs.
fn attribute(
    sheet: &mut Sheet,
    key: Key,
    right: bool,
    at: TextRange,
    what: impl FnOnce() -> (String, String, String),
) {
    sheet.share(key, right);
    if !right {
        let (item, gold, found) = what();
        sheet.differ(
            key,
            at.start().to_u32(),
            format!("≠ {item}: {} {gold} → {found}", key.name().trim()),
        );
    }
}
