//! What each statement of a document tells, as far as it shows which statement answers which.

use std::collections::BTreeSet;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{EntityId, Party, Record, Statement, TextRange};

use crate::statements::scene::Scene;
use crate::statements::words::Class;

/// How many words at the start of a content show that it denies.
const OPENING: usize = 12;
/// A content of more words than this makes a claim rather than to point at one.
const POINTER: usize = 9;

/// What a content names instead of making a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointing {
    Nothing,
    /// "it", "the report", ذلك، الرواية.
    Claim,
    /// "the charge", هذه الاتهامات.
    Charge,
    /// "the request", المطالب.
    Demand,
}

/// One statement.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) sources: BTreeSet<EntityId>,
    /// The sources and those whom their descriptions name: a spokesman denies what is said of his body.
    pub(super) sides: BTreeSet<EntityId>,
    pub(super) addressees: BTreeSet<EntityId>,
    /// The entities that the content speaks of.
    pub(super) speaks_of: BTreeSet<EntityId>,
    /// The states of the sources, and of those whom the content speaks of.
    pub(super) own_states: BTreeSet<String>,
    pub(super) states_spoken_of: BTreeSet<String>,
    /// The stems of the words of the content that carry meaning, each with how much it counts when another statement has it
    /// too: the rarer the more.
    pub(super) stems: Vec<(u64, f32)>,
    /// The stems of the words that name the sources.
    pub(super) source_words: Vec<u64>,
    pub(super) numbers: BTreeSet<String>,
    pub(super) pointing: Pointing,
    /// Whether a word of the content's opening denies.
    pub(super) denies: bool,
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
}

impl Told {
    /// Looks at all statements of a document.
    pub(super) fn all(scene: &Scene<'_>, record: &Record) -> Vec<Self> {
        let mut mentions: Vec<(TextRange, EntityId)> =
            record.mentions.iter().map(|mention| (mention.span, mention.entity)).collect();
        mentions.sort_unstable_by_key(|mention| mention.0.start());
        let mut all: Vec<Self> = record
            .statements
            .iter()
            .map(|statement| Self::of(scene, record, &mentions, statement))
            .collect();
        let mut stems: Vec<u64> = all.iter().flat_map(|told| &told.stems).map(|s| s.0).collect();
        stems.sort_unstable();
        for told in &mut all {
            for (stem, counts) in &mut told.stems {
                let from = stems.partition_point(|other| other < stem);
                *counts = match stems[from..].partition_point(|other| other <= stem) {
                    0..=2 => 1.0,
                    3 => 0.8,
                    4 => 0.6,
                    5 | 6 => 0.3,
                    _ => 0.1,
                };
            }
        }
        all
    }

    fn of(
        scene: &Scene<'_>,
        record: &Record,
        mentions: &[(TextRange, EntityId)],
        statement: &Statement,
    ) -> Self {
        let analysis = scene.analysis;
        let sources = entities(&statement.source);
        let spans: Vec<TextRange> =
            statement.source.iter().filter_map(|party| party.span).collect();
        let mut sides = sources.clone();
        sides.extend(mentioned(mentions, &spans));
        let speaks_of = mentioned(mentions, &statement.content);
        let words: Vec<Word<'_>> = statement
            .content
            .iter()
            .flat_map(|&part| analysis.words_in(part))
            .map(|at| analysis.word(at))
            .filter(|word| word.upos() != Upos::Punct)
            .collect();
        let naming: Vec<Word<'_>> = spans
            .iter()
            .flat_map(|&span| analysis.words_in(span))
            .map(|at| analysis.word(at))
            .collect();
        let numeral = |word: &&Word<'_>| word.upos() == Upos::Num;
        let sentence = analysis.sentence_at(place(statement).start());
        Self {
            own_states: states(record, &sources),
            states_spoken_of: states(record, &speaks_of),
            addressees: entities(&statement.addressee),
            stems: stems(scene, &words),
            source_words: stems(scene, &naming).into_iter().map(|stem| stem.0).collect(),
            numbers: words.iter().filter(numeral).map(|word| word.key().to_owned()).collect(),
            pointing: pointing(scene, &words),
            denies: opens_with_denial(scene, &words),
            sentence: sentence.map_or(0, khabar_lang::Sentence::index),
            paragraph: sentence.map_or(0, khabar_lang::Sentence::paragraph),
            sources,
            sides,
            speaks_of,
        }
    }

    /// Whether a word for the source of another statement stands in the content.
    pub(super) fn names_source_of(&self, other: &Self) -> bool {
        other.source_words.iter().any(|stem| self.counts(*stem).is_some())
    }

    /// How much of what two contents speak of is the same: the sum of what shared words count, and its share of the shorter one.
    pub(super) fn shared(&self, other: &Self) -> (f32, f32) {
        let shared: f32 =
            self.stems.iter().filter(|stem| other.counts(stem.0).is_some()).map(|s| s.1).sum();
        let whole = |told: &Self| told.stems.iter().map(|stem| stem.1).sum::<f32>();
        (shared, shared / whole(self).min(whole(other)).max(1.0))
    }

    /// How much a stem of the content counts.
    fn counts(&self, stem: u64) -> Option<f32> {
        let at = self.stems.binary_search_by_key(&stem, |own| own.0).ok()?;
        Some(self.stems[at].1)
    }
}

/// Where a statement stands: its cue, or its content when it has none.
pub(super) fn place(statement: &Statement) -> TextRange {
    let cue = statement.cue.as_ref().map(|cue| cue.span);
    cue.or(statement.content.first().copied()).unwrap_or_default()
}

fn entities(parties: &[Party]) -> BTreeSet<EntityId> {
    parties.iter().filter_map(|party| party.entity).collect()
}

/// The entities with a mention inside one of these spans; the mentions come in the order of the text.
fn mentioned(mentions: &[(TextRange, EntityId)], spans: &[TextRange]) -> BTreeSet<EntityId> {
    let mut found = BTreeSet::new();
    for span in spans {
        let from = mentions.partition_point(|mention| mention.0.start() < span.start());
        let inside = mentions[from..].iter().take_while(|mention| mention.0.start() < span.end());
        found.extend(inside.filter(|mention| span.contains_range(mention.0)).map(|m| m.1));
    }
    found
}

fn states(record: &Record, ids: &BTreeSet<EntityId>) -> BTreeSet<String> {
    ids.iter()
        .filter_map(|id| record.entities.get((id.0 as usize).checked_sub(1)?))
        .filter_map(|entity| entity.country.clone())
        .collect()
}

fn opens_with_denial(scene: &Scene<'_>, words: &[Word<'_>]) -> bool {
    words.iter().take(OPENING).any(|word| {
        scene.words.is(Class::Denial, word.key())
            && (word.key() != "ما" || word.deprel().universal() == Deprel::Advmod)
    })
}

/// Whether a content names a claim instead of making one: "the claims", "those reports", "it", هذه المزاعم، ذلك.
fn pointing(scene: &Scene<'_>, words: &[Word<'_>]) -> Pointing {
    if words.len() > POINTER {
        return Pointing::Nothing;
    }
    // A complementiser only opens a clause ("denied that …").
    let opening = || words.iter().take(6).filter(|word| word.upos() != Upos::Sconj);
    let names = |class| opening().any(|word| scene.words.is(class, word.key()));
    if names(Class::NamedCharge) {
        Pointing::Charge
    } else if names(Class::NamedDemand) && words.len() <= 3 {
        Pointing::Demand
    } else if names(Class::NamedClaim) {
        Pointing::Claim
    } else {
        Pointing::Nothing
    }
}

/// The stems of words that carry meaning, as hashes in their order.
fn stems(scene: &Scene<'_>, words: &[Word<'_>]) -> Vec<(u64, f32)> {
    let carries = |word: &&Word<'_>| {
        matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
            && !scene.words.is(Class::NamedClaim, word.key())
    };
    let stem =
        |word: &Word<'_>| if scene.is_arabic() { skeleton(word.key()) } else { stem(word.lemma()) };
    let hash = |stem: String| (FixedState::default().hash_one(stem), 1.0);
    let mut stems: Vec<(u64, f32)> =
        words.iter().filter(carries).filter_map(stem).map(hash).collect();
    stems.sort_unstable_by_key(|stem| stem.0);
    stems.dedup_by_key(|stem| stem.0);
    stems
}

/// What an English word shares with the others of its family: its first letters.
fn stem(lemma: &str) -> Option<String> {
    let letters = lemma.chars().count();
    (letters >= 3).then(|| lemma.chars().take(letters.min(5)).collect::<String>().to_lowercase())
}

/// What an Arabic word shares with the others of its root: its letters without article, endings, and the weak letters and
/// prefixes that patterns add.
fn skeleton(key: &str) -> Option<String> {
    let bare = key.strip_prefix("ال").unwrap_or(key);
    let cut = ["ات", "ون", "ين", "ان", "وا", "ه", "ت", "ا"]
        .iter()
        .find_map(|end| bare.strip_suffix(end).filter(|rest| rest.chars().nth(2).is_some()))
        .unwrap_or(bare);
    let strong: Vec<char> = cut.chars().filter(|letter| !"اويء".contains(*letter)).collect();
    let pattern = |letter: char| "متسن".contains(letter);
    let skip = strong.iter().take_while(|letter| pattern(**letter)).count();
    let skip = skip.min(strong.len().saturating_sub(3));
    let root: String = strong[skip..].iter().take(3).collect();
    (root.chars().count() >= 2).then_some(root)
}
