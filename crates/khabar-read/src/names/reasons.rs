//! Reasons for and against taking a pronoun, a verb's ending or a description for somebody, and what each weighs.
//!
//! The weights are learnt from annotated text by the lab and kept in a list that people can read: each row is a reason that
//! can be named. A decision lies between choices (somebody who was spoken of, a thing, nobody); the reasons of each are
//! summed up, and somebody is chosen only when he is likely enough beside all others.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use khabar_lang::Language;
use khabar_record::TextRange;
use khabar_table::{Table, TableError};

/// What is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Whom a pronoun means.
    Pronoun,
    /// Whom an Arabic verb without a subject means.
    Ending,
    /// Whom a description means.
    Noun,
    /// Whether somebody without a name takes part in what is told.
    Part,
    /// Which claim a statement answers; who may be chosen are statements by their place.
    Claim,
}

/// Who may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// One of those spoken of, by its number.
    Actor(usize),
    /// A thing, which is no entity.
    Thing,
    /// Nobody, or somebody new.
    Nobody,
}

/// A reason with its strength.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// What is looked at.
    pub about: &'static str,
    /// What is seen there.
    pub seen: &'static str,
    /// How much of it there is.
    pub strength: f32,
}

/// One who may be chosen, with what speaks for and against.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Who it is.
    pub who: Who,
    /// What speaks for and against.
    pub reasons: Vec<Reason>,
}

/// A question with its choices.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What is decided.
    pub what: What,
    /// The words that it is about.
    pub span: TextRange,
    /// All who may be chosen.
    pub choices: Vec<Choice>,
}

/// The weights of reasons for one kind of decision.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    by_reason: HashMap<Box<str>, HashMap<Box<str>, f32, FixedState>, FixedState>,
    /// How likely somebody must be.
    least: f32,
}

impl What {
    const ALL: [Self; 5] = [Self::Pronoun, Self::Ending, Self::Noun, Self::Part, Self::Claim];

    /// Its name in the list.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pronoun => "pronoun",
            Self::Ending => "ending",
            Self::Noun => "noun",
            Self::Part => "part",
            Self::Claim => "claim",
        }
    }
}

impl Choice {
    pub(crate) fn new(who: Who) -> Self {
        Self { who, reasons: Vec::new() }
    }

    /// Adds a reason.
    pub(crate) fn is(&mut self, about: &'static str, seen: &'static str) {
        self.reasons.push(Reason { about, seen, strength: 1.0 });
    }

    /// Adds a reason where something holds.
    pub(crate) fn when(&mut self, holds: bool, about: &'static str, seen: &'static str) {
        if holds {
            self.is(about, seen);
        }
    }
}

impl Weights {
    /// Sets the weight of a reason.
    pub fn set(&mut self, about: &str, seen: &str, weight: f32) {
        self.by_reason.entry_ref(about).or_default().insert(seen.into(), weight);
    }

    /// Sets how likely somebody must be to be chosen.
    pub fn set_least(&mut self, least: f32) {
        self.least = least;
    }

    /// What a reason weighs.
    pub fn of(&self, reason: &Reason) -> f32 {
        let weight = self.by_reason.get(reason.about).and_then(|seen| seen.get(reason.seen));
        weight.copied().unwrap_or_default() * reason.strength
    }

    /// How likely each choice is.
    pub fn likely(&self, choices: &[Choice]) -> Vec<f32> {
        let sum = |choice: &Choice| -> f32 { choice.reasons.iter().map(|r| self.of(r)).sum() };
        let sums: Vec<f32> = choices.iter().map(sum).collect();
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shares: Vec<f32> = sums.iter().map(|sum| (sum - most).exp()).collect();
        let all: f32 = shares.iter().sum();
        shares.into_iter().map(|share| share / all.max(f32::MIN_POSITIVE)).collect()
    }

    /// The one who is chosen, by number, if anybody is likely enough.
    pub fn choose(&self, choices: &[Choice]) -> Option<usize> {
        let likely = self.likely(choices);
        let somebody = choices.iter().zip(likely).filter_map(|(choice, likely)| match choice.who {
            Who::Actor(id) => Some((id, likely)),
            Who::Thing | Who::Nobody => None,
        });
        let best = somebody.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        (best.1 >= self.least).then_some(best.0)
    }
}

/// The weights for all decisions in one language.
#[derive(Debug)]
pub(crate) struct Weighing([Weights; 5]);

impl Weighing {
    /// Loads the list of a language.
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (file, text) = match language {
            Language::English => ("rules/en/follow.tsv", include_str!("../../rules/en/follow.tsv")),
            Language::Arabic => ("rules/ar/follow.tsv", include_str!("../../rules/ar/follow.tsv")),
        };
        Self::parse(file, text)
    }

    /// Reads a list.
    pub(crate) fn parse(file: &'static str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["decision", "about", "seen", "weight"])?;
        let mut weighing =
            Self(std::array::from_fn(|_| Weights { least: 0.5, ..Weights::default() }));
        for row in table.rows() {
            let [decision, about, seen, weight] = columns.cells(row);
            let what = What::ALL.iter().position(|what| what.as_str() == decision);
            let Some(at) = what else {
                return Err(row.error(format!("unknown decision {decision:?}")));
            };
            let weight =
                weight.parse().map_err(|_| row.error(format!("{weight:?} is no number")))?;
            if about == "least" {
                weighing.0[at].least = weight;
            } else {
                weighing.0[at].set(about, seen, weight);
            }
        }
        Ok(weighing)
    }

    /// Puts other weights for one kind of decision in.
    pub(crate) fn set(&mut self, what: What, weights: Weights) {
        self.0[what as usize] = weights;
    }

    /// The weights for one kind of decision.
    pub(crate) fn of(&self, what: What) -> &Weights {
        &self.0[what as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likely_one_is_chosen_and_nobody_when_all_are_unlikely() {
        let mut weights = Weights::default();
        weights.set("near", "yes", 2.0);
        weights.set_least(0.5);
        let near = {
            let mut choice = Choice::new(Who::Actor(3));
            choice.is("near", "yes");
            choice
        };
        let far = Choice::new(Who::Actor(4));
        let nobody = Choice::new(Who::Nobody);
        assert_eq!(weights.choose(&[far.clone(), near, nobody.clone()]), Some(3));
        assert_eq!(weights.choose(&[far, nobody.clone(), nobody]), None);
    }
}
