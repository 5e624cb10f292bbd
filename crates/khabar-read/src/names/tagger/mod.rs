//! A trained model that finds the names of persons, organisations and places.
//!
//! Lists know the names that are in the news already; a model also finds the village, the spokesman and the company that
//! nobody has listed, by their spelling and by the words around them. It is a linear-chain conditional random field over
//! hashed features. Its weights lie in one table of rows of sixteen bytes, four of which fill a cache line, so that
//! looking a feature up costs one visit to memory.

pub mod features;
pub mod labels;
pub mod table;

use std::ops::Range;

use khabar_lang::{Analysis, Sentence};

use features::Extractor;
use labels::{Class, LABELS, Label};
use table::{Row, WeightTable};

/// A name that the model has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The indices of its words.
    pub words: Range<usize>,
    /// What it names.
    pub class: Class,
    /// How much better, in hundredths, the score of the name is than that of none.
    pub margin: i32,
}

/// The model of one language.
#[derive(Debug)]
pub struct Tagger {
    table: WeightTable,
}

impl Tagger {
    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self { table: WeightTable::read(bytes)? })
    }

    /// Finds the names in a text; `flags` says of each word what the lists know of it.
    pub fn names(&self, analysis: &Analysis, flags: &[u32]) -> Vec<Tagged> {
        let mut extractor = Extractor::default();
        let mut decoder = Decoder::default();
        let mut names = Vec::new();
        for sentence in analysis.sentences() {
            self.score(sentence, flags, &mut extractor, &mut decoder);
            decoder.names(&self.table, sentence.word_range().start, &mut names);
        }
        names
    }

    /// The labels of a sentence whose features are made already, for measuring.
    pub fn labels<'f>(&self, words: impl Iterator<Item = &'f [u32]>) -> Vec<usize> {
        let mut decoder = Decoder::default();
        decoder.scores.extend(words.map(|features| self.table.scores(features)));
        decoder.best(&self.table)
    }

    fn score(
        &self,
        sentence: Sentence<'_>,
        flags: &[u32],
        extractor: &mut Extractor,
        decoder: &mut Decoder,
    ) {
        decoder.scores.clear();
        extractor
            .sentence(sentence, flags, |features| decoder.scores.push(self.table.scores(features)));
    }
}

/// The search for the best labels of a sentence, with its buffers.
#[derive(Default)]
struct Decoder {
    scores: Vec<Row>,
    back: Vec<[u8; LABELS]>,
}

impl Decoder {
    /// Finds the labels with the greatest sum and adds the names that they spell.
    fn names(&mut self, table: &WeightTable, first: usize, names: &mut Vec<Tagged>) {
        let best = self.best(table);
        let mut start = 0;
        for (at, &label) in best.iter().enumerate() {
            let Label::In { class, begins, ends } = Label::of(label) else { continue };
            if begins {
                start = at;
            }
            if ends {
                let margin = (start..=at)
                    .map(|word| self.scores[word][best[word]] - self.scores[word][0])
                    .sum::<i32>();
                let words = first + start..first + at + 1;
                names.push(Tagged { words, class, margin: table.in_hundredths(margin) });
            }
        }
    }

    fn best(&mut self, table: &WeightTable) -> Vec<usize> {
        self.back.clear();
        let Some(first) = self.scores.first() else { return Vec::new() };
        let mut sums: Row = [0; LABELS];
        for (label, sum) in sums.iter_mut().enumerate() {
            *sum = if Label::may_begin(label) { first[label] } else { i32::MIN / 2 };
        }
        for scores in &self.scores[1..] {
            let mut next: Row = [i32::MIN / 2; LABELS];
            let mut back = [0; LABELS];
            for (label, best) in next.iter_mut().enumerate() {
                for &before in Label::before(label) {
                    let sum = sums[before] + table.transition(before, label);
                    if sum > *best {
                        *best = sum;
                        back[label] = before as u8;
                    }
                }
                *best += scores[label];
            }
            self.back.push(back);
            sums = next;
        }
        let mut label =
            (0..LABELS).filter(|&label| Label::may_end(label)).max_by_key(|&label| sums[label]);
        let mut labels = Vec::with_capacity(self.scores.len());
        while let Some(now) = label {
            labels.push(now);
            label = self.back.pop().map(|back| usize::from(back[now]));
        }
        labels.reverse();
        labels
    }
}
