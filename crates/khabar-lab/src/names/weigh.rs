//! Learning what reasons weigh: a linear model over the choices of each question, trained so that the right choices
//! together are likely.

use std::collections::BTreeMap;

use khabar_read::names::reasons::{Weights, What, Who};

use super::lessons::Question;
use crate::learn::{Settings, chances};

/// Weights by reason: what is looked at, what is seen there.
pub(crate) type Learnt = BTreeMap<(&'static str, &'static str), f32>;

/// Learns the weights for one kind of decision.
pub(crate) fn learn(questions: &[&Question], what: What, settings: Settings) -> Learnt {
    let mut numbers: BTreeMap<(&'static str, &'static str), usize> = BTreeMap::new();
    let own = questions.iter().filter(|question| question.decision.what == what);
    let rows: Vec<Row> = own.map(|question| Row::new(question, &mut numbers)).collect();
    let mut weights = vec![0.0_f32; numbers.len()];
    let mut squares = vec![1e-6_f32; numbers.len()];
    for _ in 0..settings.epochs {
        for row in &rows {
            for (reasons, (chance, wanted)) in row.choices.iter().zip(row.chances(&weights)) {
                let slope = row.weight * (wanted - chance);
                if slope.abs() < 1e-6 {
                    continue;
                }
                for &(reason, strength) in reasons {
                    let slope = slope * strength - settings.decay * weights[reason];
                    squares[reason] += slope * slope;
                    weights[reason] += settings.rate * slope / squares[reason].sqrt();
                }
            }
        }
    }
    numbers.into_iter().map(|(reason, number)| (reason, weights[number])).collect()
}

/// The weights as the reader takes them.
pub(crate) fn weights(learnt: &Learnt, least: f32) -> Weights {
    let mut weights = Weights::default();
    for (&(about, seen), &weight) in learnt {
        weights.set(about, seen, weight);
    }
    weights.set_least(least);
    weights
}

/// A question in numbers.
struct Row {
    choices: Vec<Vec<(usize, f32)>>,
    right: Vec<bool>,
    weight: f32,
}

impl Row {
    fn new(
        question: &Question,
        numbers: &mut BTreeMap<(&'static str, &'static str), usize>,
    ) -> Self {
        let mut choices = Vec::new();
        for choice in &question.decision.choices {
            let mut reasons = Vec::new();
            for reason in &choice.reasons {
                let next = numbers.len();
                let number = *numbers.entry((reason.about, reason.seen)).or_insert(next);
                reasons.push((number, reason.strength));
            }
            choices.push(reasons);
        }
        Self { choices, right: question.right.clone(), weight: question.weight }
    }

    /// How likely each choice is, and how likely when only right ones can be chosen.
    fn chances(&self, weights: &[f32]) -> Vec<(f32, f32)> {
        let sum = |reasons: &Vec<(usize, f32)>| {
            reasons.iter().map(|&(reason, strength)| weights[reason] * strength).sum()
        };
        let sums: Vec<f32> = self.choices.iter().map(sum).collect();
        chances(&sums, &self.right)
    }
}

/// How good choices are: those made, those that are right, those that there are to make.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    pub(crate) made: f64,
    pub(crate) right: f64,
    pub(crate) all: f64,
}

impl Score {
    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        let sum = self.made + self.all;
        if sum == 0.0 { 0.0 } else { 2.0 * self.right / sum }
    }
}

/// Adds how good the choices of some weights are for questions of running news.
pub(crate) fn score(questions: &[&Question], what: What, weights: &Weights, score: &mut Score) {
    for question in questions.iter().filter(|question| question.decision.what == what) {
        let chosen = weights.choose(&question.decision.choices);
        score.all += f64::from(u8::from(question.meant));
        let Some(chosen) = chosen else { continue };
        score.made += 1.0;
        let choices = question.decision.choices.iter().zip(&question.right);
        let right =
            choices.into_iter().any(|(choice, &right)| right && choice.who == Who::Actor(chosen));
        score.right += f64::from(u8::from(right));
    }
}
