//! The linear model that decides which sense a trigger has here, and whether it is an event at all.
//!
//! Each option of a trigger (a type that its senses may have, or none) is scored by the weights of the surroundings'
//! features with that type, and of features of the option itself: how the lists rank it and whether their conditions hold.
//! Weights are bytes in one table that features are hashed into, so that a model is a quarter of a megabyte and a
//! look-up is one memory access.

use super::features::Hash;

/// The number of weights.
pub const TABLE: usize = 1 << 18;

/// What the file of a model begins with.
const MAGIC: &[u8; 8] = b"khevent1";

/// A trained model.
pub(super) struct Model {
    scale: f32,
    weights: &'static [u8],
}

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
        let rest = bytes.strip_prefix(MAGIC)?;
        let (scale, weights) = rest.split_first_chunk::<4>()?;
        (weights.len() == TABLE).then_some(Self { scale: f32::from_le_bytes(*scale), weights })
    }

    /// The score of a choice in its surroundings.
    pub(super) fn score(&self, surroundings: &[u32], choice: &Choice) -> f32 {
        let sum: i32 = slots(surroundings, choice)
            .map(|slot| i32::from(self.weights[slot].cast_signed()))
            .sum();
        sum as f32 * self.scale
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("scale", &self.scale).finish_non_exhaustive()
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

fn place(hash: u32) -> usize {
    let mixed = hash.wrapping_mul(0x9e37_79b1);
    (mixed >> (32 - TABLE.trailing_zeros())) as usize
}

/// Writes a model file from trained weights.
pub fn write(weights: &[f32]) -> Vec<u8> {
    let largest = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
    let scale = largest / 127.0;
    let mut bytes = MAGIC.to_vec();
    bytes.extend(scale.to_le_bytes());
    bytes.extend(weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

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
