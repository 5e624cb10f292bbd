//! The linear model that decides which sense a trigger has here, and whether it is an event at all.
//!
//! Each option of a trigger (a type that its senses may have, or none) is scored by the weights of the surroundings'
//! features with that type, and of features of the option itself: how the lists rank it and whether their conditions hold.

use super::hashed::{self, Hash, Magic, Weights, place};

/// What the file of a model begins with.
const MAGIC: Magic = *b"khevent1";

/// A trained model.
#[derive(Debug)]
pub(super) struct Model(Weights);

/// A reading that a trigger may have.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The PLOVER type; none when it is no event.
    pub kind: Option<String>,
    /// The identifier of the sense that stands for it.
    pub rule: String,
    /// Whether the conditions of that sense hold.
    pub holds: bool,
    /// Whether the lists alone would take it.
    pub first: bool,
    /// The number of words of the phrase.
    pub words: usize,
}

impl Model {
    /// Reads a model file.
    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        Weights::read(MAGIC, bytes).map(Self)
    }

    /// The score of a choice in its surroundings.
    pub(super) fn score(&self, surroundings: &[u32], choice: &Choice) -> f32 {
        self.0.sum(slots(surroundings, choice))
    }
}

/// The places in the table whose weights make up the score of a choice.
pub fn slots(surroundings: &[u32], choice: &Choice) -> impl Iterator<Item = usize> {
    let kind = choice.kind.as_deref().unwrap_or("-");
    let class = Hash::new(kind).finish();
    let mixed = surroundings.iter().map(move |feature| place(feature.rotate_left(7) ^ class));
    let holds = if choice.holds { "holds" } else { "fails" };
    let first = if choice.first { "first" } else { "later" };
    let words = if choice.words > 1 { "phrase" } else { "word" };
    let own = [
        Hash::new("rule").with(&choice.rule),
        Hash::new("listed").with(holds).with(first),
        Hash::new("listed").with(holds).with(first).with(kind),
        Hash::new("length").with(words).with(holds).with(kind),
        Hash::new("rule").with(&choice.rule).with(holds),
    ];
    mixed.chain(own.into_iter().map(|hash| place(hash.finish())))
}

/// Writes a model file from trained weights.
pub fn write(weights: &[f32]) -> Vec<u8> {
    hashed::write(MAGIC, weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::TABLE;

    fn choice(kind: Option<&str>) -> Choice {
        let kind = kind.map(str::to_owned);
        Choice { kind, rule: "r".to_owned(), holds: true, first: true, words: 1 }
    }

    #[test]
    fn a_written_model_reads_back() {
        let mut weights = vec![0.0; TABLE];
        let surroundings = [Hash::new("lemma").with("visit").finish()];
        for slot in slots(&surroundings, &choice(Some("CONSULT"))) {
            weights[slot] = 1.0;
        }
        let bytes: &'static [u8] = write(&weights).leak();
        let model = Model::read(bytes).unwrap();
        let visit = model.score(&surroundings, &choice(Some("CONSULT")));
        assert!(visit > model.score(&surroundings, &choice(Some("ASSAULT"))));
        assert!(Model::read(&bytes[1..]).is_none());
    }
}
