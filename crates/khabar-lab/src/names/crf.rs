//! Training of the model of names: a linear-chain conditional random field, by stochastic gradients.

use std::collections::HashMap;

use khabar_read::names::tagger::labels::{LABELS, Label};
use khabar_read::names::tagger::table::TableWriter;

use super::examples::Example;
use crate::train::rng::Rng;

/// What steers the training.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// How strongly weights are drawn to zero.
    pub(crate) decay: f32,
    /// How often a feature must occur to be kept.
    pub(crate) least: u32,
    /// The rows of the table, as a power of two.
    pub(crate) rows: u32,
    pub(crate) seed: u64,
    /// By how much a word is made less likely to lie outside of names than what was learnt, since texts of other corpora
    /// hold more names that the model is unsure of.
    pub(crate) boost: f32,
    /// The share of a word's features that each step sees.
    pub(crate) keep: f32,
    /// Whether each sentence is also learnt with some of its names hidden.
    pub(crate) hide: bool,
}

type Row = [f32; LABELS];

/// Learns from the examples and returns the model file.
pub(crate) fn train(examples: &[&Example], settings: &Settings) -> Vec<u8> {
    let (table, rows) = keep(examples, settings);
    let kept = |features: &[u32], label: usize| -> (Vec<u32>, usize) {
        (features.iter().filter_map(|feature| rows.get(feature).copied()).collect(), label)
    };
    let mut sentences: Vec<Vec<(Vec<u32>, usize)>> = Vec::new();
    for example in examples {
        sentences.push(example.words.iter().map(|(word, label)| kept(word, *label)).collect());
        if settings.hide {
            let both = example.hidden.iter().zip(&example.words);
            sentences.push(both.map(|(word, (_, label))| kept(word, *label)).collect());
        }
    }
    let mut model = Model::new(1 << settings.rows, settings);
    let mut mean = Mean::new(1 << settings.rows);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut rng = Rng::new(settings.seed);
    for epoch in 0..settings.epochs {
        rng.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            loss += model.learn(&thinned(&sentences[at], settings.keep, &mut rng));
        }
        if (epoch + 1) * 2 > settings.epochs {
            mean.add(&model);
        }
        if (epoch + 1) % 5 == 0 {
            eprintln!("epoch {:2}: loss {:.4} a sentence", epoch + 1, loss / order.len() as f64);
        }
    }
    mean.take(&mut model, settings.keep);
    for row in &mut model.transitions {
        row[0] -= settings.boost;
    }
    table.finish(&model.weights, &model.transitions)
}

/// A sentence with each feature left out now and then, so that the model does not lean on a few of them.
fn thinned(sentence: &[(Vec<u32>, usize)], keep: f32, rng: &mut Rng) -> Vec<(Vec<u32>, usize)> {
    let thin = |features: &[u32], rng: &mut Rng| {
        features.iter().copied().filter(|_| keep >= 1.0 || rng.unit() < keep).collect()
    };
    sentence.iter().map(|(features, label)| (thin(features, rng), *label)).collect()
}

/// The mean of a model over the later epochs, which does better on new texts than its last state.
struct Mean {
    weights: Vec<Row>,
    transitions: [Row; LABELS],
    count: f32,
}

impl Mean {
    fn new(rows: usize) -> Self {
        Self {
            weights: vec![[0.0; LABELS]; rows],
            transitions: [[0.0; LABELS]; LABELS],
            count: 0.0,
        }
    }

    fn add(&mut self, model: &Model) {
        let rows = self.weights.iter_mut().zip(&model.weights);
        let transitions = self.transitions.iter_mut().zip(&model.transitions);
        for (sums, row) in rows.chain(transitions) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        self.count += 1.0;
    }

    /// Puts the mean into the model. A word has all of its features when it is read, and had only some of them in
    /// learning, so each counts for less.
    fn take(&self, model: &mut Model, keep: f32) {
        for (row, sums) in model.weights.iter_mut().zip(&self.weights) {
            *row = sums.map(|sum| sum * keep / self.count.max(1.0));
        }
        for (row, sums) in model.transitions.iter_mut().zip(&self.transitions) {
            *row = sums.map(|sum| sum / self.count.max(1.0));
        }
    }
}

/// Chooses the features that are kept, the most frequent first, and gives each its row.
fn keep(examples: &[&Example], settings: &Settings) -> (TableWriter, HashMap<u32, u32>) {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    let words = || examples.iter().flat_map(|example| &example.words);
    for (features, _) in words() {
        for &feature in features {
            *counts.entry(feature).or_default() += 1;
        }
    }
    // What never stands in or beside a name tells little; it must be seen more often to be kept.
    let mut in_names: HashMap<u32, u32> = HashMap::new();
    for (features, label) in words() {
        if *label != 0 {
            for &feature in features {
                *in_names.entry(feature).or_default() += 1;
            }
        }
    }
    let mut features: Vec<(u32, u32)> = counts
        .into_iter()
        .filter(|(feature, count)| {
            let named = in_names.contains_key(feature);
            *count >= if named { settings.least } else { settings.least * 4 }
        })
        .map(|(feature, count)| {
            let named = in_names.get(&feature).copied().unwrap_or_default();
            (feature, count + 20 * named)
        })
        .collect();
    features.sort_unstable_by_key(|&(feature, count)| (std::cmp::Reverse(count), feature));
    let mut table = TableWriter::new(1 << settings.rows);
    let mut rows = HashMap::new();
    for (feature, _) in &features {
        if let Some(row) = table.insert(*feature) {
            rows.insert(*feature, row as u32);
        }
    }
    eprintln!("{} of {} features kept in {} rows", rows.len(), features.len(), 1 << settings.rows);
    (table, rows)
}

struct Model {
    weights: Vec<Row>,
    squares: Vec<Row>,
    transitions: [Row; LABELS],
    transition_squares: [Row; LABELS],
    rate: f32,
    decay: f32,
    scores: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
}

impl Model {
    fn new(rows: usize, settings: &Settings) -> Self {
        Self {
            weights: vec![[0.0; LABELS]; rows],
            squares: vec![[1e-4; LABELS]; rows],
            transitions: [[0.0; LABELS]; LABELS],
            transition_squares: [[1e-4; LABELS]; LABELS],
            rate: settings.rate,
            decay: settings.decay,
            scores: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
        }
    }

    /// Takes one step on a sentence and returns its loss.
    fn learn(&mut self, sentence: &[(Vec<u32>, usize)]) -> f64 {
        if sentence.is_empty() {
            return 0.0;
        }
        self.score(sentence);
        let partition = self.sums();
        let mut gold = 0.0;
        for (at, (_, label)) in sentence.iter().enumerate() {
            gold += self.scores[at][*label];
            if at > 0 {
                gold += self.transitions[sentence[at - 1].1][*label];
            }
        }
        self.step(sentence, partition);
        f64::from(partition - gold)
    }

    fn score(&mut self, sentence: &[(Vec<u32>, usize)]) {
        self.scores.clear();
        for (features, _) in sentence {
            let mut row = [0.0; LABELS];
            for &feature in features {
                for (score, weight) in row.iter_mut().zip(&self.weights[feature as usize]) {
                    *score += weight;
                }
            }
            self.scores.push(row);
        }
    }

    /// Fills the sums over all ways to and from each label, in logarithms; returns the sum over all.
    fn sums(&mut self) -> f32 {
        let count = self.scores.len();
        self.forward.resize(count, [0.0; LABELS]);
        self.backward.resize(count, [0.0; LABELS]);
        let allowed = |row: &Row, allow: fn(usize) -> bool| {
            let mut row = *row;
            for (label, score) in row.iter_mut().enumerate() {
                if !allow(label) {
                    *score = f32::NEG_INFINITY;
                }
            }
            row
        };
        self.forward[0] = allowed(&self.scores[0], Label::may_begin);
        for at in 1..count {
            let mut row = [0.0; LABELS];
            for (label, sum) in row.iter_mut().enumerate() {
                let ways = Label::before(label).iter();
                let ways = ways.map(|&b| self.forward[at - 1][b] + self.transitions[b][label]);
                *sum = self.scores[at][label] + log_sum(ways);
            }
            self.forward[at] = row;
        }
        self.backward[count - 1] = allowed(&[0.0; LABELS], Label::may_end);
        for at in (0..count - 1).rev() {
            let mut row = [f32::NEG_INFINITY; LABELS];
            for (label, sum) in row.iter_mut().enumerate() {
                let ways = (0..LABELS).filter(|&next| Label::before(next).contains(&label));
                *sum = log_sum(ways.map(|next| {
                    self.transitions[label][next]
                        + self.scores[at + 1][next]
                        + self.backward[at + 1][next]
                }));
            }
            self.backward[at] = row;
        }
        log_sum(self.forward[count - 1].iter().zip(&self.backward[count - 1]).map(|(a, b)| a + b))
    }

    fn step(&mut self, sentence: &[(Vec<u32>, usize)], partition: f32) {
        for at in 0..sentence.len() {
            let mut slope = [0.0; LABELS];
            for (label, slope) in slope.iter_mut().enumerate() {
                *slope = (self.forward[at][label] + self.backward[at][label] - partition).exp();
            }
            slope[sentence[at].1] -= 1.0;
            if at > 0 {
                self.transition_step(sentence, at, partition);
            }
            if slope.iter().all(|slope| slope.abs() < 1e-4) {
                continue;
            }
            for &feature in &sentence[at].0 {
                let feature = feature as usize;
                let (weights, squares) = (&mut self.weights[feature], &mut self.squares[feature]);
                for ((weight, square), slope) in weights.iter_mut().zip(squares).zip(&slope) {
                    let slope = slope + self.decay * *weight;
                    *square += slope * slope;
                    *weight -= self.rate * slope / square.sqrt();
                }
            }
        }
    }

    fn transition_step(&mut self, sentence: &[(Vec<u32>, usize)], at: usize, partition: f32) {
        for label in 0..LABELS {
            for &before in Label::before(label) {
                let way = self.forward[at - 1][before]
                    + self.transitions[before][label]
                    + self.scores[at][label]
                    + self.backward[at][label];
                let mut slope = (way - partition).exp();
                if (sentence[at - 1].1, sentence[at].1) == (before, label) {
                    slope -= 1.0;
                }
                let square = &mut self.transition_squares[before][label];
                *square += slope * slope;
                self.transitions[before][label] -= self.rate * slope / square.sqrt();
            }
        }
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let greatest = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if greatest == f32::NEG_INFINITY {
        return greatest;
    }
    greatest + values.map(|value| (value - greatest).exp()).sum::<f32>().ln()
}
