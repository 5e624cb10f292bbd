//! Learning and scoring the weights by which a reading of a trigger is chosen.

use khabar_read::events::{TABLE, slots};

use super::data::Labelled;
use crate::learn::{self, Question, Settings};

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
    let questions: Vec<Question> = data.iter().copied().map(question).collect();
    learn::learn(&questions, TABLE, settings)
}

/// The question which of its readings a trigger has.
fn question(one: &Labelled) -> Question {
    let example = &one.example;
    let places = |choice| slots(&example.surroundings, choice).map(|slot| slot as u32).collect();
    Question {
        choices: example.choices.iter().map(places).collect(),
        right: (0..example.choices.len()).map(|at| at == one.right).collect(),
        weight: one.weight,
    }
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
