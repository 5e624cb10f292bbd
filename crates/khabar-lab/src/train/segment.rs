//! Learning to cut Arabic clitics off, by an averaged structured perceptron over the cuts of each token.

use super::rng::Rng;
use crate::treebank::Sentence;
use anyhow::Result;
use khabar_lang::model::lexicon::Lexicon;
use khabar_lang::model::segment::{Context, Segmenter, cut_ends, standard_clitics};
use khabar_lang::normalize::{Fold, fold};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How often a sequence of clitics that the language is not known to have must occur; below, it is taken for a mistake.
const LEAST: usize = 4;

/// A token with the ends of its words but the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CutToken {
    pub(crate) form: String,
    pub(crate) ends: Vec<usize>,
}

/// The tokens of a sentence, cut as in the treebank: runs of words written together, punctuation apart.
pub(crate) fn tokens(sentence: &Sentence) -> Vec<CutToken> {
    let mut tokens: Vec<CutToken> = Vec::new();
    let mut joined = false;
    for word in &sentence.words {
        let form = fold(&word.form, Fold::FORM);
        let is_word = form.chars().all(|c| ('\u{0621}'..='\u{064A}').contains(&c));
        match tokens.last_mut().filter(|_| joined && is_word) {
            Some(token) => {
                token.ends.push(token.form.len());
                token.form.push_str(&form);
            }
            None => tokens.push(CutToken { form, ends: Vec::new() }),
        }
        joined = is_word && !word.space_after;
    }
    tokens
}

/// The context of a token among its neighbours.
fn context(tokens: &[CutToken], index: usize) -> Context<'_> {
    Context {
        token: &tokens[index].form,
        previous: index.checked_sub(1).map_or("", |before| &tokens[before].form),
        next: tokens.get(index + 1).map_or("", |next| &next.form),
    }
}

/// The sequences of clitics before and after the longest word of a cut token.
fn sequences(token: &CutToken) -> (String, String) {
    let mut bounds = vec![0];
    bounds.extend(&token.ends);
    bounds.push(token.form.len());
    let words: Vec<&str> = bounds.windows(2).map(|pair| &token.form[pair[0]..pair[1]]).collect();
    let stem = (0..words.len()).rev().max_by_key(|&index| words[index].len()).unwrap_or(0);
    (words[..stem].join("+"), words[stem + 1..].join("+"))
}

/// Learns from the cuts of a treebank.
pub(crate) fn train(
    sentences: &[&Sentence],
    lexicon: &Lexicon,
    epochs: usize,
    seed: u64,
) -> Result<Segmenter> {
    let sentences: Vec<Vec<CutToken>> = sentences.iter().map(|sentence| tokens(sentence)).collect();
    let (before, after) = inventory(&sentences)?;
    let mut weights: HashMap<u64, Averaged> = HashMap::new();
    let mut rng = Rng::new(seed);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut now = 0;
    for epoch in 0..epochs {
        rng.shuffle(&mut order);
        let (mut wrong, mut total) = (0, 0);
        for &sentence in &order {
            for index in 0..sentences[sentence].len() {
                let cuts = Segmenter::candidates(&before, &after, &sentences[sentence][index].form);
                if cuts.len() < 2 {
                    continue;
                }
                now += 1;
                total += 1;
                let token = &sentences[sentence][index];
                let mut gold = None;
                let mut best = (f32::NEG_INFINITY, 0);
                let mut features = vec![Vec::new(); cuts.len()];
                for (number, cut) in cuts.iter().enumerate() {
                    let (front, back) = (&before[cut.before], &after[cut.after]);
                    let context = context(&sentences[sentence], index);
                    Segmenter::features(front, back, context, lexicon, &mut features[number]);
                    let mut ends = Vec::new();
                    cut_ends(front, back, token.form.len(), &mut ends);
                    let mut score: f32 = features[number]
                        .iter()
                        .filter_map(|f| weights.get(f))
                        .map(|w| w.value)
                        .sum();
                    if ends == token.ends {
                        gold = Some(number);
                    } else {
                        // A margin, so that what is right is right by more than chance.
                        score += 1.0;
                    }
                    if score > best.0 {
                        best = (score, number);
                    }
                }
                let Some(gold) = gold.filter(|&gold| gold != best.1) else {
                    continue;
                };
                wrong += 1;
                for (number, by) in [(gold, 1.0), (best.1, -1.0)] {
                    for &feature in &features[number] {
                        weights.entry(feature).or_default().add(by, now);
                    }
                }
            }
        }
        eprintln!("segmenter epoch {}: {wrong} of {total} moved", epoch + 1);
    }
    let averaged: BTreeMap<u64, f32> =
        weights.into_iter().map(|(feature, weight)| (feature, weight.average(now))).collect();
    let kept: Vec<(u64, f32)> =
        averaged.into_iter().filter(|(_, weight)| weight.abs() > 0.02).collect();
    eprintln!("segmenter: {} weights, before {before:?}, after {after:?}", kept.len());
    Ok(Segmenter::build(before, after, &kept))
}

/// The sequences that the treebank has often enough, and those that the language has in any case; the empty one first.
fn inventory(sentences: &[Vec<CutToken>]) -> Result<(Vec<String>, Vec<String>)> {
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    let mut after: BTreeMap<String, usize> = BTreeMap::new();
    for (front, back) in sentences.iter().flatten().map(sequences) {
        *before.entry(front).or_default() += 1;
        *after.entry(back).or_default() += 1;
    }
    let (front, back) = standard_clitics()?;
    let common = |counts: BTreeMap<String, usize>, standard: Vec<String>| -> Vec<String> {
        let often = counts.into_iter().filter(|&(_, count)| count >= LEAST).map(|(key, _)| key);
        let all: BTreeSet<String> = often.chain(standard).chain([String::new()]).collect();
        all.into_iter().collect()
    };
    Ok((common(before, front), common(after, back)))
}

#[derive(Default)]
struct Averaged {
    value: f32,
    sum: f32,
    since: u32,
}

impl Averaged {
    fn add(&mut self, by: f32, now: u32) {
        self.sum += self.value * (now - self.since) as f32;
        self.since = now;
        self.value += by;
    }

    fn average(&self, now: u32) -> f32 {
        (self.sum + self.value * (now - self.since) as f32) / now.max(1) as f32
    }
}
