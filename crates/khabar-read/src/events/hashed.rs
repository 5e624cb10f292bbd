//! What the models of events and of their parties have in common: features are hashed, and a hash is a place in one table of
//! bytes, so that a model is a quarter of a megabyte and a look-up is one memory access.

/// The number of weights of a model.
pub const TABLE: usize = 1 << 18;

/// The bytes that a file of weights begins with, which tell for what they are.
pub(super) type Magic = [u8; 8];

/// Learnt weights.
pub(super) struct Weights {
    /// What one step of a weight is worth.
    scale: f32,
    table: &'static [u8],
}

impl Weights {
    /// Reads a file of weights; none when it is no such file.
    pub(super) fn read(magic: Magic, bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&magic)?;
        let (scale, table) = rest.split_first_chunk::<4>()?;
        (table.len() == TABLE).then_some(Self { scale: f32::from_le_bytes(*scale), table })
    }

    /// The sum of the weights at these places.
    pub(super) fn sum(&self, places: impl Iterator<Item = usize>) -> f32 {
        let weights = places.map(|place| i32::from(self.table[place].cast_signed()));
        weights.sum::<i32>() as f32 * self.scale
    }
}

impl std::fmt::Debug for Weights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weights").field("scale", &self.scale).finish_non_exhaustive()
    }
}

/// Writes weights as a file: the magic bytes, the worth of a step, a byte for each weight.
pub(super) fn write(magic: Magic, weights: &[f32]) -> Vec<u8> {
    let largest = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
    let scale = largest / 127.0;
    let mut bytes = magic.to_vec();
    bytes.extend(scale.to_le_bytes());
    bytes.extend(weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    bytes
}

/// The place of a hash in the table.
pub(super) fn place(hash: u32) -> usize {
    let mixed = hash.wrapping_mul(0x9e37_79b1);
    (mixed >> (32 - TABLE.trailing_zeros())) as usize
}

/// What a hash of text begins with (FNV-1a, as all that follows).
const START: u32 = 0x811c_9dc5;

/// A hash with one byte more.
const fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The number of a name.
pub(super) const fn atom(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let mut hash = START;
    let mut at = 0;
    while at < bytes.len() {
        hash = step(hash, bytes[at]);
        at += 1;
    }
    hash
}

/// A number that is made of others, piece by piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mix(u32);

impl Mix {
    pub(super) const fn new(name: &str) -> Self {
        Self(atom(name))
    }

    #[must_use]
    pub(super) const fn and(self, other: u32) -> Self {
        let mixed = (self.0.rotate_left(5) ^ other).wrapping_mul(0x85eb_ca6b);
        Self(mixed ^ (mixed >> 15))
    }

    pub(super) const fn done(self) -> u32 {
        self.0
    }
}

/// A hash of several words, piece by piece.
#[derive(Clone, Copy)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) fn new(name: &str) -> Self {
        Self(START).with(name)
    }

    #[must_use]
    pub(super) fn with(self, piece: &str) -> Self {
        Self(piece.bytes().chain([0xff]).fold(self.0, step))
    }

    pub(super) fn finish(self) -> u32 {
        // The low bits of such a hash are its weak ones.
        self.0 ^ (self.0 >> 15)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: Magic = *b"a table.";

    #[test]
    fn written_weights_read_back() {
        let mut weights = vec![0.0; TABLE];
        weights[7] = 1.0;
        weights[8] = -0.5;
        let bytes: &'static [u8] = write(MAGIC, &weights).leak();
        let read = Weights::read(MAGIC, bytes).unwrap();
        assert!((read.sum([7, 8, 9].into_iter()) - 0.5).abs() < 0.01);
        assert!(Weights::read(MAGIC, &bytes[1..]).is_none());
        assert!(Weights::read(*b"another.", bytes).is_none());
    }

    #[test]
    fn pieces_are_told_apart_and_hashes_fit_the_table() {
        assert_ne!(Hash::new("a").with("bc").finish(), Hash::new("ab").with("c").finish());
        assert_ne!(Mix::new("a").and(1).and(2).done(), Mix::new("a").and(2).and(1).done());
        assert!(place(u32::MAX) < TABLE && place(atom("visit")) < TABLE);
    }
}
