//! Logistic regression over the readings of a trigger, by stochastic steps whose size falls with use (`AdaGrad`).

use khabar_read::events::{TABLE, slots};

use super::data::Labelled;

/// What steers the training.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    pub(crate) decay: f32,
}

/// How often the model is right.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) right: usize,
    /// How often the lists alone are.
    pub(crate) listed: usize,
    pub(crate) all: usize,
    /// Events found, among those there are and among those claimed.
    pub(crate) hit: usize,
    pub(crate) gold: usize,
    pub(crate) claimed: usize,
}

/// Trains the weights.
pub(crate) fn train(data: &[&Labelled], settings: Settings) -> Vec<f32> {
    let mut weights = vec![0.0_f32; TABLE];
    let mut sum = vec![0.0_f32; TABLE];
    let mut used = vec![1e-3_f32; TABLE];
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..settings.epochs {
        for at in (1..order.len()).rev() {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            order.swap(at, (dice % (at as u64 + 1)) as usize);
        }
        for &at in &order {
            step(data[at], settings, &mut weights, &mut used);
        }
        for (sum, weight) in sum.iter_mut().zip(&weights) {
            *sum += weight;
        }
    }
    sum.iter_mut().for_each(|sum| *sum /= settings.epochs as f32);
    sum
}

fn step(one: &Labelled, settings: Settings, weights: &mut [f32], used: &mut [f32]) {
    let places: Vec<Vec<usize>> = one
        .example
        .choices
        .iter()
        .map(|choice| slots(&one.example.surroundings, choice).collect())
        .collect();
    let probabilities = softmax(&places, weights);
    for (at, places) in places.iter().enumerate() {
        let wanted = f32::from(u8::from(at == one.right));
        let error = (probabilities[at] - wanted) * one.weight;
        if error.abs() < 1e-4 {
            continue;
        }
        for &place in places {
            let gradient = error + settings.decay * weights[place];
            used[place] += gradient * gradient;
            weights[place] -= settings.rate * gradient / used[place].sqrt();
        }
    }
}

fn softmax(places: &[Vec<usize>], weights: &[f32]) -> Vec<f32> {
    let scores: Vec<f32> =
        places.iter().map(|places| places.iter().map(|&place| weights[place]).sum()).collect();
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let shifted: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let total: f32 = shifted.iter().sum();
    shifted.into_iter().map(|value| value / total).collect()
}

/// Scores weights on examples.
pub(crate) fn score(data: &[&Labelled], weights: &[f32]) -> Score {
    let mut score = Score::default();
    for one in data {
        let choices = &one.example.choices;
        let value = |at: usize| -> f32 {
            slots(&one.example.surroundings, &choices[at]).map(|slot| weights[slot]).sum()
        };
        let best = (0..choices.len())
            .reduce(|best, next| if value(next) > value(best) { next } else { best });
        let Some(best) = best else { continue };
        score.all += 1;
        score.right += usize::from(best == one.right);
        score.listed += usize::from(choices[one.right].first);
        let event = |at: usize| choices[at].kind.is_some();
        score.gold += usize::from(event(one.right));
        score.claimed += usize::from(event(best));
        score.hit += usize::from(event(best) && best == one.right);
    }
    score
}
