//! Learning which edit rule makes the lemma of which form.

use super::data::Extractor;
use crate::treebank::Sentence;
use khabar_lang::model::lemma::{Lemmatizer, Rule, contexts};
use khabar_lang::normalize::strip_marks;
use std::collections::{BTreeMap, HashMap};

/// The first two contexts name the word itself.
const NAMING: usize = 2;

/// Learns from the forms, tags and lemmas of a treebank; vowel signs of lemmas are dropped.
///
/// Contexts are visited from the shortest, and one is kept only if the rule most of its words take is not what the next
/// shorter one with a rule says already, and, unless it names the word, more than one kind of word takes it.
pub(crate) fn train(extractor: &Extractor<'_>, sentences: &[&Sentence]) -> Lemmatizer {
    // How often each form with its tag takes each rule.
    let mut counts: BTreeMap<(String, String), BTreeMap<Rule, usize>> = BTreeMap::new();
    for sentence in sentences {
        let spelled = extractor.spell(sentence);
        for (word, (form, _)) in sentence.words.iter().zip(spelled) {
            let lemma = strip_marks(&word.lemma);
            if lemma.is_empty() || lemma == "_" {
                continue;
            }
            let tag = format!("{} {}", word.upos, word.xpos);
            *counts
                .entry((form.clone(), tag))
                .or_default()
                .entry(Rule::between(&form, &lemma))
                .or_default() += 1;
        }
    }
    let mut votes: HashMap<u64, BTreeMap<&Rule, usize>> = HashMap::new();
    for ((form, tag), rules) in &counts {
        for (rank, context) in contexts(form, tag).enumerate() {
            for (rule, &count) in rules {
                // Endings should learn from kinds of words, not from how often a few of them occur.
                let weight = if rank < NAMING { count } else { 1 };
                *votes.entry(context).or_default().entry(rule).or_default() += weight;
            }
        }
    }
    let mut rules: Vec<Rule> = Vec::new();
    let mut numbers: HashMap<&Rule, u32> = HashMap::new();
    let mut decided: BTreeMap<u64, u32> = BTreeMap::new();
    for (form, tag) in counts.keys() {
        let all: Vec<u64> = contexts(form, tag).collect();
        for rank in (0..all.len()).rev() {
            let Some((&rule, &count)) = winner(&votes[&all[rank]]) else {
                continue;
            };
            let total: usize = votes[&all[rank]].values().sum();
            let number = *numbers.entry(rule).or_insert_with(|| {
                rules.push(rule.clone());
                rules.len() as u32 - 1
            });
            let inherited = all[rank + 1..].iter().find_map(|context| decided.get(context));
            let is_rule = rank < NAMING || total > 1 && count * 2 > total || rank + 1 == all.len();
            if is_rule && inherited != Some(&number) {
                decided.entry(all[rank]).or_insert(number);
            }
        }
    }
    let decided: Vec<(u64, u32)> = decided.into_iter().collect();
    eprintln!("lemmatiser: {} rules, {} contexts", rules.len(), decided.len());
    Lemmatizer::build(rules, &decided)
}

fn winner<'a>(votes: &'a BTreeMap<&'a Rule, usize>) -> Option<(&'a &'a Rule, &'a usize)> {
    votes.iter().rev().max_by_key(|&(_, &count)| count)
}
