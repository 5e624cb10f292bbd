//! A document as the reader of events sees it: its words with their dictionary forms, and what entity each word names.

use std::borrow::Cow;
use std::collections::HashMap;

use khabar_lang::{Analysis, Language, Upos, Word};
use khabar_record::{EntityKind, Record, TextRange, TimeKind};

use super::classes::Known;
use super::lexicon::bare;
use crate::keys;
use crate::names::Cast;

/// The words of a document with what is known of them.
pub(super) struct Scene<'a> {
    pub(super) analysis: &'a Analysis,
    /// The key of each word's dictionary form.
    lemmas: Vec<Cow<'a, str>>,
    /// The mention that each word stands in, the shortest one: its index.
    mentions: Vec<Option<u32>>,
    /// What is known of the entity that each word names.
    known: Vec<Option<Known>>,
    /// Which actor of the text each head word stands for.
    actors: Vec<Option<usize>>,
    /// Whether each word is the demonym of a state.
    peoples: Vec<bool>,
    /// Whether each word tells a day or an hour.
    timed: Vec<bool>,
    /// The spellings of what hyphens join ("cease-fire", "ceasefire"), by its first word and by its word that tops the others.
    joined: HashMap<usize, Vec<String>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(analysis: &'a Analysis, record: &Record, cast: &Cast) -> Self {
        let lemmas: Vec<Cow<'a, str>> = analysis.words().map(|word| lemma_key(word)).collect();
        let mut mentions: Vec<Option<u32>> = vec![None; analysis.word_count()];
        for (number, mention) in (0..).zip(&record.mentions) {
            for at in touched(analysis, mention.span) {
                let length = |number: u32| record.mentions[number as usize].span.len();
                if mentions[at].is_none_or(|other| length(other) > mention.span.len()) {
                    mentions[at] = Some(number);
                }
            }
        }
        let known = (0..)
            .zip(&mentions)
            .map(|(at, number)| described(cast, at).or_else(|| Some(known(record, (*number)?))));
        let known = known.collect();
        let actors = (0..analysis.word_count()).map(|at| cast.number_at(at)).collect();
        let peoples = (0..analysis.word_count()).map(|at| cast.is_people(at)).collect();
        let mut timed = vec![false; analysis.word_count()];
        for time in &record.times {
            if matches!(time.kind, TimeKind::Date | TimeKind::Time) {
                timed[touched(analysis, time.span)].fill(true);
            }
        }
        let joined = joined(analysis, &lemmas);
        Self { analysis, lemmas, mentions, known, actors, peoples, timed, joined }
    }

    pub(super) fn word(&self, index: usize) -> Word<'a> {
        self.analysis.word(index)
    }

    /// Whether a word is the demonym of a state.
    pub(super) fn is_people(&self, word: Word<'_>) -> bool {
        self.peoples[word.index()]
    }

    /// Whether a word stands inside a day or an hour that the text tells.
    pub(super) fn tells_time(&self, word: Word<'_>) -> bool {
        self.timed[word.index()]
    }

    pub(super) fn is_arabic(&self) -> bool {
        self.analysis.language() == Language::Arabic
    }

    /// The key of a word's dictionary form.
    pub(super) fn lemma(&self, word: Word<'_>) -> &str {
        &self.lemmas[word.index()]
    }

    /// The keys under which a word may be listed.
    pub(super) fn keys(&self, word: Word<'a>) -> [&str; 2] {
        [self.lemma(word), bare(word.key())]
    }

    /// Whether a word is this one of a list, in whatever form; `key` has no article.
    pub(super) fn says(&self, word: Word<'_>, key: &str) -> bool {
        self.lemma(word) == key
            || bare(word.key()) == key
            || bare(self.lemma(word)) == key
            || self.joined(word).iter().any(|joined| joined == key)
    }

    /// The ways to spell what hyphens join to this word, which is the first of it or tops the others; none of other words.
    pub(super) fn joined(&self, word: Word<'_>) -> &[String] {
        self.joined.get(&word.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether these words stand in a row from `word` on.
    pub(super) fn says_all(&self, word: Word<'a>, keys: &[String]) -> bool {
        let end = word.sentence().word_range().end;
        keys.iter()
            .enumerate()
            .all(|(n, key)| word.index() + n < end && self.says(self.word(word.index() + n), key))
    }

    /// The index of the mention that a word stands in.
    pub(super) fn mention(&self, word: Word<'_>) -> Option<usize> {
        self.mentions[word.index()].map(|number| number as usize)
    }

    /// What is known of the entity that a word names.
    pub(super) fn known(&self, word: Word<'_>) -> Option<Known> {
        self.known[word.index()]
    }

    /// Which actor of the text a head word stands for, by number.
    pub(super) fn actor(&self, word: Word<'_>) -> Option<usize> {
        self.actors[word.index()]
    }

    pub(super) fn kind(&self, word: Word<'_>) -> Option<EntityKind> {
        self.known(word).map(|known| known.kind)
    }

    /// Whether a word is a name or a pronoun of which nothing else is known.
    pub(super) fn is_open(&self, word: Word<'_>) -> bool {
        matches!(word.upos(), Upos::Pron | Upos::Propn) && self.mention(word).is_none()
    }
}

/// Whoever a head word stands for, named or not, in the record or still outside.
fn described(cast: &Cast, head: usize) -> Option<Known> {
    let actor = cast.actor_at(head)?;
    Some(Known {
        kind: actor.kind,
        sector: actor.sectors.first().and_then(|code| code.as_bytes().try_into().ok()),
        has_country: actor.country.is_some(),
    })
}

fn known(record: &Record, mention: u32) -> Known {
    let entity = &record.entities[record.mentions[mention as usize].entity.0 as usize - 1];
    Known {
        kind: entity.kind,
        sector: entity.sectors.first().and_then(|code| code.as_bytes().try_into().ok()),
        has_country: entity.country.is_some(),
    }
}

fn lemma_key(word: Word<'_>) -> Cow<'_, str> {
    let lemma = word.lemma();
    if lemma == word.key() { Cow::Borrowed(word.key()) } else { Cow::Owned(keys::key(lemma)) }
}

/// What hyphens join in an English text: the list has "sit-in", "ceasefire", where the words are "sit", "-", "in".
fn joined(analysis: &Analysis, lemmas: &[Cow<'_, str>]) -> HashMap<usize, Vec<String>> {
    let mut all = HashMap::new();
    if analysis.language() != Language::English {
        return all;
    }
    let count = analysis.word_count();
    let mut first = 0;
    while first < count {
        let run = hyphenated(analysis, first);
        if run.len() > 1 {
            let parts: Vec<&str> =
                run.clone().step_by(2).map(|at| analysis.word(at).key()).collect();
            let mut with_lemma = parts.clone();
            *with_lemma.last_mut().unwrap_or(&mut "") = &lemmas[run.end - 1];
            let mut spellings = Vec::new();
            for parts in [parts, with_lemma] {
                for spelling in [parts.join("-"), parts.concat()] {
                    if !spellings.contains(&spelling) {
                        spellings.push(spelling);
                    }
                }
            }
            let top = joined_top(analysis, run.clone());
            all.insert(top, spellings.clone());
            all.insert(run.start, spellings);
        }
        first = run.end;
    }
    all
}

/// The words from one on that hyphens join, the hyphens too; only that word where none follows.
pub(super) fn hyphenated(analysis: &Analysis, first: usize) -> std::ops::Range<usize> {
    let count = analysis.word_count();
    let touch =
        |at: usize| analysis.word(at).range().end() == analysis.word(at + 1).range().start();
    let mut end = first + 1;
    while end + 1 < count
        && analysis.word(end).key() == "-"
        && touch(end - 1)
        && touch(end)
        && analysis.word(end + 1).upos() != Upos::Punct
    {
        end += 2;
    }
    first..end
}

/// The word of a hyphenated one on which the others hang.
fn joined_top(analysis: &Analysis, run: std::ops::Range<usize>) -> usize {
    let outside = |at: &usize| {
        let word = analysis.word(*at);
        word.upos() != Upos::Punct && word.head().is_none_or(|head| !run.contains(&head.index()))
    };
    run.clone().rev().find(outside).unwrap_or(run.end - 1)
}

/// The words that share a letter with a span.
pub(super) fn touched(analysis: &Analysis, span: TextRange) -> std::ops::Range<usize> {
    let inside = analysis.words_in(span);
    let mut start = inside.start;
    while start > 0 && analysis.word(start - 1).range().overlaps(span) {
        start -= 1;
    }
    let mut end = inside.end.max(start);
    while end < analysis.word_count() && analysis.word(end).range().overlaps(span) {
        end += 1;
    }
    start..end
}
