//! From sentences of a treebank to what the network learns from.

use super::network::Example;
use crate::treebank::Sentence;
use anyhow::Result;
use khabar_lang::model::features::{Casing, Input, Templates};
use khabar_lang::model::lexicon::Lexicon;
use khabar_lang::model::network::Tag;
use khabar_lang::model::spelling::{lexical, spell};
use khabar_lang::{Deprel, Feats, Language};
use std::collections::{BTreeSet, HashMap};

/// The features of a word.
#[derive(Clone, Debug)]
pub(crate) struct WordFeatures {
    /// The features that name it.
    pub(crate) names: Vec<u64>,
    /// The others.
    pub(crate) others: Vec<u64>,
}

/// Finds the features of the words of sentences.
pub(crate) struct Extractor<'l> {
    pub(crate) language: Language,
    pub(crate) templates: Templates,
    pub(crate) lexicon: &'l Lexicon,
}

impl Extractor<'_> {
    /// The features of each word of a sentence.
    pub(crate) fn sentence(&self, sentence: &Sentence) -> Vec<WordFeatures> {
        let spelled = self.spell(sentence);
        let casing = Casing::of(spelled.iter().map(|(form, _)| form.as_str()));
        let mut features = Vec::with_capacity(spelled.len());
        for (index, (form, key)) in spelled.iter().enumerate() {
            let input = Input {
                form,
                key,
                lexical: lexical(self.language, form, key),
                attached_left: index > 0 && !sentence.words[index - 1].space_after,
                attached_right: index + 1 < spelled.len() && !sentence.words[index].space_after,
                casing,
            };
            let names: Vec<u64> = self.templates.identities(input).collect();
            let mut others = Vec::new();
            self.templates.extract(input, self.lexicon, &mut others);
            others.retain(|feature| !names.contains(feature));
            features.push(WordFeatures { names, others });
        }
        features
    }

    /// The forms and keys of the words of a sentence.
    pub(crate) fn spell(&self, sentence: &Sentence) -> Vec<(String, String)> {
        let mut spelled: Vec<(String, String)> = Vec::new();
        for (index, word) in sentence.words.iter().enumerate() {
            let attached = index > 0 && !sentence.words[index - 1].space_after;
            let before = spelled.last().filter(|_| attached).map(|(form, _)| form.clone());
            let (mut form, mut key) = (String::new(), String::new());
            spell(self.language, &word.form, before.as_deref(), self.lexicon, &mut form, &mut key);
            spelled.push((form, key));
        }
        spelled
    }
}

/// What the numbers of an [`Example`] stand for.
#[derive(Default)]
pub(crate) struct Inventory {
    /// The row of each feature that was seen often enough; row 0 is for unknown words.
    pub(crate) rows: HashMap<u64, u32>,
    pub(crate) counts: HashMap<u64, u32>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) feats: Vec<Feats>,
    pub(crate) pairs: BTreeSet<(u32, u32)>,
    pub(crate) relations: Vec<Deprel>,
}

impl Inventory {
    /// Counts what occurs in a treebank. Features seen less than `least` times get no row.
    pub(crate) fn new(
        sentences: &[&Sentence],
        features: &[Vec<WordFeatures>],
        least: u32,
    ) -> Result<Self> {
        let mut counts: HashMap<u64, u32> = HashMap::new();
        let mut order = Vec::new();
        for feature in
            features.iter().flatten().flat_map(|word| word.names.iter().chain(&word.others))
        {
            let count = counts.entry(*feature).or_default();
            *count += 1;
            if *count == least {
                order.push(*feature);
            }
        }
        let mut rows = HashMap::from([(Templates::UNKNOWN, 0)]);
        for feature in order {
            let row = rows.len() as u32;
            rows.entry(feature).or_insert(row);
        }
        let mut tags = BTreeSet::new();
        let mut feats = BTreeSet::new();
        let mut relations = BTreeSet::new();
        for word in sentences.iter().flat_map(|sentence| &sentence.words) {
            tags.insert(tag(word)?);
            feats.insert(Feats::parse_lossy(&word.feats));
            relations.insert(word.deprel.parse::<Deprel>()?);
        }
        let mut inventory = Self {
            rows,
            counts,
            tags: tags.into_iter().collect(),
            feats: feats.into_iter().collect(),
            pairs: BTreeSet::new(),
            relations: relations.into_iter().collect(),
        };
        for word in sentences.iter().flat_map(|sentence| &sentence.words) {
            let pair =
                (inventory.tag(&tag(word)?), inventory.feats(Feats::parse_lossy(&word.feats)));
            inventory.pairs.insert(pair);
        }
        Ok(inventory)
    }

    /// Sentences as numbers. What the inventory lacks becomes the first of its kind, which only happens in measuring.
    pub(crate) fn example(
        &self,
        sentence: &Sentence,
        features: &[WordFeatures],
    ) -> Result<Example> {
        let mut example = Example::default();
        for (word, features) in sentence.words.iter().zip(features) {
            let mut rows: Vec<u32> =
                features.names.iter().filter_map(|name| self.rows.get(name).copied()).collect();
            if rows.is_empty() {
                rows.push(0);
            }
            let count = features.names.iter().filter_map(|name| self.counts.get(name)).max();
            let hidden = 0.25 / (0.25 + count.copied().unwrap_or(1) as f32);
            example.identity.push((rows.len(), hidden));
            rows.extend(features.others.iter().filter_map(|other| self.rows.get(other)));
            example.features.push(rows);
            example.tags.push(self.tag(&tag(word)?));
            example.feats.push(self.feats(Feats::parse_lossy(&word.feats)));
            example.heads.push(word.head as u32);
            let relation = word.deprel.parse::<Deprel>()?;
            example.relations.push(self.relations.binary_search(&relation).unwrap_or(0) as u32);
        }
        Ok(example)
    }

    fn tag(&self, tag: &Tag) -> u32 {
        self.tags.binary_search(tag).unwrap_or(0) as u32
    }

    fn feats(&self, feats: Feats) -> u32 {
        self.feats.binary_search(&feats).unwrap_or(0) as u32
    }
}

fn tag(word: &crate::treebank::Word) -> Result<Tag> {
    Ok(Tag { upos: word.upos.parse()?, xpos: word.xpos.clone() })
}
