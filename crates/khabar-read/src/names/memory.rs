//! What a text has its reader remember: whoever is mentioned gains weight, more as a subject than elsewhere, and loses half of
//! it with every sentence (after Lappin and Leass).

use std::collections::BTreeMap;

use khabar_lang::{Deprel, Word};

use super::actors::ActorId;

/// Who was spoken of so far.
#[derive(Debug)]
pub(super) struct Memory {
    weights: Vec<f32>,
    /// The word at which each actor was mentioned last.
    seen_at: Vec<Option<usize>>,
    counts: Vec<usize>,
    /// The first actor of each sentence.
    firsts: BTreeMap<usize, ActorId>,
}

impl Memory {
    /// A memory of so many actors, none of whom was mentioned.
    pub(super) fn new(actors: usize) -> Self {
        Self {
            weights: vec![0.0; actors],
            seen_at: vec![None; actors],
            counts: vec![0; actors],
            firsts: BTreeMap::new(),
        }
    }

    /// How much weight an actor has now.
    pub(super) fn weight(&self, id: ActorId) -> f32 {
        self.weights.get(id.0).copied().unwrap_or_default()
    }

    /// The word at which an actor was mentioned last.
    pub(super) fn last(&self, id: ActorId) -> Option<usize> {
        self.seen_at.get(id.0).copied().flatten()
    }

    /// How often an actor was mentioned.
    pub(super) fn count(&self, id: ActorId) -> usize {
        self.counts.get(id.0).copied().unwrap_or_default()
    }

    /// The first actor of a sentence.
    pub(super) fn first_in(&self, sentence: usize) -> Option<ActorId> {
        self.firsts.get(&sentence).copied()
    }

    /// Forgets half of all weights, as every new sentence does.
    pub(super) fn fade(&mut self) {
        for weight in &mut self.weights {
            *weight *= 0.5;
        }
    }

    /// Gives an actor the weight of a mention.
    pub(super) fn see(&mut self, id: ActorId, word: Word<'_>) {
        let weight = match word.deprel().universal() {
            Deprel::Nsubj => 80.0,
            Deprel::Obj | Deprel::Iobj => 50.0,
            Deprel::Root => 60.0,
            Deprel::Conj | Deprel::Appos | Deprel::Flat => 45.0,
            Deprel::Obl => 40.0,
            _ => 30.0,
        };
        let all = self.weights.len().max(id.0 + 1);
        self.weights.resize(all, 0.0);
        self.seen_at.resize(all, None);
        self.counts.resize(all, 0);
        self.weights[id.0] += weight;
        self.seen_at[id.0] = Some(word.index());
        self.counts[id.0] += 1;
        self.firsts.entry(word.sentence().index()).or_insert(id);
    }
}
