//! Which claim a denial, a confirmation, a refusal or a reply answers, where the text shows it.
//!
//! In an interview the turn behind a question answers it. Everywhere else each statement that may answer another is held against
//! those around it: [`grounds`] tells what speaks for and against each, and a list of weights, learnt by `khabar-lab train
//! answers` from the open half of the gold corpus and from passages of our own, says how much. The likeliest claim is
//! taken when it is likely enough beside the choice that nothing in the text is answered.

mod grounds;
mod told;

use std::collections::BTreeMap;

use khabar_record::{Record, Stance, StatementId};
use khabar_table::TableError;

use super::scene::Scene;
use crate::names::Weighing;
use crate::names::reasons::{Choice, Decision, Weights, What, Who};
use told::Told;

/// How likely a claim right before must be to be what an answer points at.
const POINTED: f32 = 0.08;

/// Loads the weights of the reasons for which a statement answers another.
pub(super) fn load() -> Result<Weights, TableError> {
    let list = include_str!("../../models/answers.tsv");
    Ok(Weighing::parse("models/answers.tsv", list)?.of(What::Claim).clone())
}

/// Sets `answers` on the statements that answer another, and the stance of those that deny without a word of denial.
pub(super) fn link(scene: &Scene<'_>, weights: &Weights, record: &mut Record) {
    turns(record);
    if record.statements.len() < 2 {
        return;
    }
    let told = Told::all(scene, record);
    for at in 0..record.statements.len() {
        if record.statements[at].answers.is_some() {
            continue;
        }
        let choices = grounds::choices(record, &told, at);
        let Some(claim) = choices.and_then(|choices| chosen(weights, &choices)) else { continue };
        let denies = grounds::denies_by_answering(record, &told, at, claim);
        let claim = record.statements[claim].id;
        let statement = &mut record.statements[at];
        statement.answers = Some(claim);
        if denies {
            statement.stance = Stance::Denies;
        }
    }
}

/// The claim that is taken. What points at a claim ("denied those claims") answers one of those right before, so that the likeliest
/// of them need not be likely beside all others.
fn chosen(weights: &Weights, choices: &[Choice]) -> Option<usize> {
    weights.choose(choices).or_else(|| {
        let likely = weights.likely(choices);
        let near = choices
            .iter()
            .zip(likely)
            .filter(|(choice, likely)| *likely >= POINTED && grounds::is_pointed_at_nearby(choice));
        let best = near.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        match best.0.who {
            Who::Actor(claim) => Some(claim),
            Who::Thing | Who::Nobody => None,
        }
    })
}

/// In an interview the turn behind a question answers it.
fn turns(record: &mut Record) {
    for at in 0..record.statements.len() {
        let statement = &record.statements[at];
        if statement.rule != "turn" || statement.stance == Stance::Asks {
            continue;
        }
        let before = record.statements[..at].iter().rev().find(|other| other.rule == "turn");
        let asked = before.filter(|turn| turn.stance == Stance::Asks).map(|turn| turn.id);
        record.statements[at].answers = asked;
    }
}

/// The questions which claim each statement answers, for learning what the reasons weigh. `given` holds the right answers: what a
/// source has answered already is a reason too.
pub(super) fn questions(
    scene: &Scene<'_>,
    record: &mut Record,
    given: &BTreeMap<StatementId, StatementId>,
) -> Vec<(StatementId, Decision)> {
    turns(record);
    let told = Told::all(scene, record);
    let mut questions = Vec::new();
    for at in 0..record.statements.len() {
        let id = record.statements[at].id;
        if record.statements[at].answers.is_some() {
            continue;
        }
        if let Some(choices) = grounds::choices(record, &told, at) {
            let span = told::place(&record.statements[at]);
            questions.push((id, Decision { what: What::Claim, span, choices }));
        }
        if let Some(claim) = given.get(&id)
            && let Some(other) = record.statements.iter().position(|other| other.id == *claim)
        {
            let denies = grounds::denies_by_answering(record, &told, at, other);
            record.statements[at].answers = Some(*claim);
            if denies {
                record.statements[at].stance = Stance::Denies;
            }
        }
    }
    questions
}
