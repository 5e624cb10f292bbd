//! Training of the models of `khabar-lang`.

pub(crate) mod data;
pub(crate) mod encoder;
pub(crate) mod export;
pub(crate) mod lemma;
pub(crate) mod model;
pub(crate) mod network;
pub(crate) mod parameter;
pub(crate) mod rng;
pub(crate) mod segment;
pub(crate) mod wordfreq;
pub(crate) mod words;

use crate::treebank::Sentence;
use anyhow::Result;
use data::{Extractor, Inventory, WordFeatures};
use network::{Aim, Example, Network, Noise, Shape, Tally};
use rng::Rng;

/// What the training of a network is steered by.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) width: usize,
    pub(crate) layers: usize,
    pub(crate) arc: usize,
    pub(crate) label: usize,
    pub(crate) epochs: usize,
    /// The number of words of a batch.
    pub(crate) batch: usize,
    pub(crate) rate: f32,
    pub(crate) noise: Noise,
    pub(crate) aim: Aim,
    /// Over how many of the last steps, about, the parameters are averaged; 0 takes the last ones as they are.
    pub(crate) memory: usize,
    /// How often a feature must occur to get a row.
    pub(crate) least: u32,
    pub(crate) seed: u64,
}

/// A network with what its numbers stand for.
pub(crate) struct Trained {
    pub(crate) network: Network,
    pub(crate) inventory: Inventory,
}

/// Trains a network, and tells on standard error how it does after each epoch, on held-out sentences where there are some.
pub(crate) fn train_network(
    extractor: &Extractor<'_>,
    sentences: &[&Sentence],
    held_out: &[&Sentence],
    settings: &Settings,
) -> Result<Trained> {
    let features: Vec<Vec<WordFeatures>> =
        sentences.iter().map(|sentence| extractor.sentence(sentence)).collect();
    let inventory = Inventory::new(sentences, &features, settings.least)?;
    let mut examples = Vec::with_capacity(sentences.len());
    for (sentence, features) in sentences.iter().zip(&features) {
        examples.push(inventory.example(sentence, features)?);
    }
    let mut held = Vec::with_capacity(held_out.len());
    for sentence in held_out {
        held.push(inventory.example(sentence, &extractor.sentence(sentence))?);
    }
    let shape = Shape {
        width: settings.width,
        layers: settings.layers,
        arc: settings.arc,
        label: settings.label,
        tags: inventory.tags.len(),
        feats: inventory.feats.len(),
        relations: inventory.relations.len(),
    };
    let mut rng = Rng::new(settings.seed);
    let mut network = Network::new(shape, settings.aim, inventory.rows.len(), &mut rng);
    eprintln!("{} sentences, {} rows, {shape:?}", sentences.len(), inventory.rows.len());
    for epoch in 0..settings.epochs {
        let tally = run_epoch(&mut network, &examples, settings, epoch, &mut rng);
        let report = |name: &str, tally: Tally| {
            let share = |right: usize| 100.0 * right as f64 / tally.words.max(1) as f64;
            eprintln!(
                "epoch {} {name}: loss {:.3} tags {:.2} feats {:.2} heads {:.2} labelled {:.2}",
                epoch + 1,
                tally.loss / tally.words.max(1) as f64,
                share(tally.tags),
                share(tally.feats),
                share(tally.heads),
                share(tally.labelled),
            );
        };
        report("train", tally);
        let is_last = epoch + 1 == settings.epochs;
        if !held.is_empty() && (epoch % 4 == 3 || is_last) {
            report("held out", measure(&mut network, &held));
        }
        if is_last && settings.memory > 0 {
            network.take_average();
            report("held out, averaged", measure(&mut network, &held));
        }
    }
    Ok(Trained { network, inventory })
}

/// After how many steps the running average is brought up to date.
const FOLLOW_EVERY: usize = 8;

fn run_epoch(
    network: &mut Network,
    examples: &[Example],
    settings: &Settings,
    epoch: usize,
    rng: &mut Rng,
) -> Tally {
    let mut batches = batches(examples, settings.batch, rng);
    rng.shuffle(&mut batches);
    let mut total = Tally::default();
    for (index, batch) in batches.iter().enumerate() {
        let done = epoch as f32 + index as f32 / batches.len() as f32;
        let rate = settings.rate * schedule(done / settings.epochs as f32);
        total += network.train(batch, 0, settings.noise, rate, rng);
        // Following at every step would take longer than learning does.
        if settings.memory > 0 && (index + 1) % FOLLOW_EVERY == 0 {
            let steps = epoch * batches.len() + index + 1;
            network
                .follow(FOLLOW_EVERY as f32 / settings.memory.min(steps).max(FOLLOW_EVERY) as f32);
        }
    }
    total
}

/// The learning rate rises over the first fiftieth, then falls to nothing.
fn schedule(done: f32) -> f32 {
    if done < 0.02 { done / 0.02 } else { (1.0 - done) / 0.98 }
}

/// Batches of about so many words, of sentences of similar length.
fn batches<'e>(examples: &'e [Example], words: usize, rng: &mut Rng) -> Vec<Vec<&'e Example>> {
    let mut order: Vec<(usize, &Example)> = examples
        .iter()
        .map(|example| (example.tags.len() + (rng.next_u64() % 8) as usize, example))
        .collect();
    rng.shuffle(&mut order);
    order.sort_by_key(|&(length, _)| length);
    let mut batches = Vec::new();
    let mut batch = Vec::new();
    let mut size = 0;
    for (_, example) in order {
        size += example.tags.len();
        batch.push(example);
        if size >= words {
            batches.push(std::mem::take(&mut batch));
            size = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

fn measure(network: &mut Network, examples: &[Example]) -> Tally {
    let mut total = Tally::default();
    for batch in examples.chunks(32) {
        let batch: Vec<&Example> = batch.iter().collect();
        total += network.measure(&batch);
    }
    total
}
