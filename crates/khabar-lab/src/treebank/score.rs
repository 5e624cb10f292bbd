//! Scores of an analysis against a treebank, as in the `CoNLL` 2018 shared task.
//!
//! Words are matched by their place in the text without white space. The shared task matches the words inside multiword
//! tokens by their forms instead, since those need not be in the text; in the treebanks here they always are.
//! As there, relations are compared without their subtypes and features as far as they are universal; lemmas are compared
//! without vowel signs, which the analysis does not restore.

use super::Sentence;
use khabar_lang::Analysis;
use khabar_lang::normalize::strip_marks;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// F1 scores, in percent.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Scores {
    pub(crate) sentences: f64,
    pub(crate) words: f64,
    pub(crate) upos: f64,
    pub(crate) xpos: f64,
    pub(crate) feats: f64,
    pub(crate) lemma: f64,
    pub(crate) uas: f64,
    pub(crate) las: f64,
    /// As `las`, with subtypes.
    pub(crate) las_subtypes: f64,
    pub(crate) words_per_s: f64,
}

/// Counts from which scores are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    gold_words: usize,
    system_words: usize,
    gold_sentences: usize,
    system_sentences: usize,
    sentences: usize,
    words: usize,
    upos: usize,
    xpos: usize,
    feats: usize,
    lemma: usize,
    uas: usize,
    las: usize,
    las_subtypes: usize,
    /// How often a gold part of speech was taken for another.
    pub(crate) confusions: BTreeMap<(String, String), usize>,
}

#[derive(Clone, Debug, Default)]
struct Row {
    span: (usize, usize),
    upos: String,
    xpos: String,
    feats: String,
    lemma: String,
    /// The index of the head among all words; none for a root.
    head: Option<usize>,
    deprel: String,
}

#[derive(Default)]
struct Side {
    sentences: Vec<(usize, usize)>,
    rows: Vec<Row>,
}

const UNIVERSAL_FEATURES: [&str; 21] = [
    "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number",
    "Case", "Definite", "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident",
    "Polarity", "Person", "Polite",
];

impl Counts {
    /// Compares an analysis with the sentences it should have found.
    pub(crate) fn of(gold: &[&Sentence], analysis: &Analysis) -> Self {
        let (gold, system) = (gold_side(gold), system_side(analysis));
        let mut counts = Self {
            gold_words: gold.rows.len(),
            system_words: system.rows.len(),
            gold_sentences: gold.sentences.len(),
            system_sentences: system.sentences.len(),
            ..Self::default()
        };
        let found: HashSet<(usize, usize)> = system.sentences.iter().copied().collect();
        counts.sentences = gold.sentences.iter().filter(|span| found.contains(span)).count();
        let places: HashMap<(usize, usize), usize> =
            system.rows.iter().enumerate().map(|(index, row)| (row.span, index)).collect();
        let matched = |row: &Row| places.get(&row.span).copied();
        for row in &gold.rows {
            let Some(other) = matched(row).map(|index| &system.rows[index]) else {
                continue;
            };
            counts.words += 1;
            counts.upos += usize::from(row.upos == other.upos);
            counts.xpos += usize::from(row.xpos == other.xpos);
            counts.feats += usize::from(row.feats == other.feats);
            counts.lemma += usize::from(row.lemma == other.lemma);
            if row.upos != other.upos {
                *counts.confusions.entry((row.upos.clone(), other.upos.clone())).or_default() += 1;
            }
            let head = row.head.map(|head| matched(&gold.rows[head]));
            let same_head = match (head, other.head) {
                (None, None) => true,
                (Some(Some(head)), Some(other)) => head == other,
                _ => false,
            };
            let universal = |deprel: &str| deprel.split(':').next().unwrap_or_default().to_owned();
            counts.uas += usize::from(same_head);
            counts.las +=
                usize::from(same_head && universal(&row.deprel) == universal(&other.deprel));
            counts.las_subtypes += usize::from(same_head && row.deprel == other.deprel);
        }
        counts
    }

    /// Puts counts together.
    pub(crate) fn add(&mut self, other: &Self) {
        let Self {
            gold_words,
            system_words,
            gold_sentences,
            system_sentences,
            sentences,
            words,
            upos,
            xpos,
            feats,
            lemma,
            uas,
            las,
            las_subtypes,
            confusions,
        } = other;
        self.gold_words += gold_words;
        self.system_words += system_words;
        self.gold_sentences += gold_sentences;
        self.system_sentences += system_sentences;
        self.sentences += sentences;
        self.words += words;
        self.upos += upos;
        self.xpos += xpos;
        self.feats += feats;
        self.lemma += lemma;
        self.uas += uas;
        self.las += las;
        self.las_subtypes += las_subtypes;
        for (pair, count) in confusions {
            *self.confusions.entry(pair.clone()).or_default() += count;
        }
    }

    /// The scores.
    pub(crate) fn scores(&self, words_per_s: f64) -> Scores {
        let f1 = |right: usize, gold: usize, system: usize| {
            (20_000.0 * right as f64 / (gold + system).max(1) as f64).round() / 100.0
        };
        let words = |right| f1(right, self.gold_words, self.system_words);
        Scores {
            sentences: f1(self.sentences, self.gold_sentences, self.system_sentences),
            words: words(self.words),
            upos: words(self.upos),
            xpos: words(self.xpos),
            feats: words(self.feats),
            lemma: words(self.lemma),
            uas: words(self.uas),
            las: words(self.las),
            las_subtypes: words(self.las_subtypes),
            words_per_s: words_per_s.round(),
        }
    }
}

fn gold_side(sentences: &[&Sentence]) -> Side {
    let mut side = Side::default();
    let mut at = 0;
    for sentence in sentences {
        let (start, first) = (at, side.rows.len());
        for word in &sentence.words {
            let length = word.form.chars().filter(|c| !c.is_whitespace()).count();
            side.rows.push(Row {
                span: (at, at + length),
                upos: word.upos.clone(),
                xpos: word.xpos.clone(),
                feats: universal_features(&word.feats),
                lemma: strip_marks(&word.lemma),
                head: word.head.checked_sub(1).map(|head| first + head),
                deprel: word.deprel.clone(),
            });
            at += length;
        }
        side.sentences.push((start, at));
    }
    side
}

fn system_side(analysis: &Analysis) -> Side {
    let mut side = Side::default();
    let mut at = 0;
    for sentence in analysis.sentences() {
        let start = at;
        for word in sentence.words() {
            let length = word.text().chars().filter(|c| !c.is_whitespace()).count();
            side.rows.push(Row {
                span: (at, at + length),
                upos: word.upos().to_string(),
                xpos: word.xpos().to_owned(),
                feats: universal_features(&word.feats().to_string()),
                lemma: strip_marks(word.lemma()),
                head: word.head().map(khabar_lang::Word::index),
                deprel: word.deprel().to_string(),
            });
            at += length;
        }
        side.sentences.push((start, at));
    }
    side
}

fn universal_features(feats: &str) -> String {
    let is_universal =
        |pair: &&str| pair.split('=').next().is_some_and(|name| UNIVERSAL_FEATURES.contains(&name));
    let mut kept: Vec<&str> = feats.split('|').filter(is_universal).collect();
    kept.sort_unstable();
    kept.join("|")
}
