//! Hash maps for what is looked up a thousand times a document.
//!
//! The hasher of the standard library withstands whoever chooses keys that collide and sees the outcome; it costs more than
//! the look-up. This one starts from a number drawn for each map, so that texts cannot be made that slow it down.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A map with a quick hasher. Its order means nothing, as that of any hash map.
pub(crate) type QuickMap<K, V> = HashMap<K, V, Seed>;

/// Makes the hashers of one map.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed(u64);

impl Default for Seed {
    fn default() -> Self {
        Self(RandomState::new().hash_one(0_u64))
    }
}

impl BuildHasher for Seed {
    type Hasher = Quick;

    fn build_hasher(&self) -> Quick {
        Quick(self.0)
    }
}

impl Seed {
    /// What stands for a text: so long that two texts never share it, and quicker to compare than they are.
    pub(crate) fn fingerprint(self, text: &str) -> u128 {
        let (mut one, mut other) = (self.0, self.0.rotate_left(32));
        eights(text.as_bytes(), |word| {
            one = fold(one ^ word, 0x9e37_79b9_7f4a_7c15);
            other = fold(other ^ word, 0xc2b2_ae3d_27d4_eb4f);
        });
        u128::from(one) << 64 | u128::from(other)
    }
}

/// Gives the bytes eight by eight, the last with their number, so that none are like others with zeros behind them.
fn eights(bytes: &[u8], mut take: impl FnMut(u64)) {
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut eight = [0; 8];
        eight.copy_from_slice(word);
        take(u64::from_le_bytes(eight));
    }
    let rest = words.remainder();
    let mut eight = [0; 8];
    eight[..rest.len()].copy_from_slice(rest);
    take(u64::from_le_bytes(eight) ^ (bytes.len() as u64) << 56);
}

/// Multiplies and folds the halves of the product.
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product as u64) ^ (product >> 64) as u64
}

/// The hasher.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quick(u64);

impl Quick {
    fn add(&mut self, word: u64) {
        self.0 = fold(self.0 ^ word, 0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        eights(bytes, |word| self.add(word));
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_u128(&mut self, number: u128) {
        // Only fingerprints are that long, and half of one is as good as a hash.
        self.add(number as u64);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_do_not_meet() {
        let seed = Seed::default();
        let words = ["", "a", "b", "ab", "abcdefgh", "abcdefgi", "abcdefgha", "وقال", "وقالت"];
        let hashes: HashSet<u64> = words.iter().map(|word| seed.hash_one(word)).collect();
        assert_eq!(hashes.len(), words.len());
        let prints: HashSet<u128> = words.iter().map(|word| seed.fingerprint(word)).collect();
        assert_eq!(prints.len(), words.len());
        let low: HashSet<u64> = (0..4096_u32).map(|n| seed.hash_one(n) & 0xffff).collect();
        assert!(low.len() > 3_500, "{}", low.len());
    }
}
