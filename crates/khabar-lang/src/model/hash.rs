//! The hash that model files are keyed with. It must never change, so it is written out here.

/// A hash of some bytes that depends on nothing but the bytes and the seed.
pub fn hash(seed: u64, bytes: &[u8]) -> u64 {
    let mut state = mix(seed ^ 0x9E37_79B9_7F4A_7C15, bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = mix(state, u64::from_le_bytes(word));
    }
    let mut word = [0; 8];
    let rest = chunks.remainder();
    word[..rest.len()].copy_from_slice(rest);
    mix(mix(state, u64::from_le_bytes(word)), 0xD6E8_FEB8_6659_FD93)
}

/// Puts another value into a hash.
pub const fn mix(state: u64, value: u64) -> u64 {
    let spread = state.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    let product = (spread ^ value).wrapping_mul(0x9FB2_1C65_1E98_DF25);
    product ^ (product >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_that_models_were_made_with() {
        assert_eq!(hash(0, b""), hash(0, b""));
        assert_ne!(hash(0, b"a"), hash(0, b"a\0"));
        assert_ne!(hash(0, b"abcdefgh"), hash(1, b"abcdefgh"));
    }

    /// Tables tell hashes apart by their upper half, also where two small numbers were put together.
    #[test]
    fn pairs_of_small_numbers_differ_in_their_upper_half() {
        let mut seen = std::collections::BTreeSet::new();
        for state in 0..256 {
            for value in 0..64 {
                assert!(seen.insert(mix(state, value) >> 32), "{state} {value}");
            }
        }
    }

    #[test]
    fn short_strings_spread_over_low_and_high_bits() {
        let mut low = [false; 256];
        let mut high = [false; 256];
        for i in 0..2048_u32 {
            let hash = hash(7, &i.to_le_bytes());
            low[(hash & 255) as usize] = true;
            high[(hash >> 56) as usize] = true;
        }
        assert!(low.iter().filter(|&&hit| hit).count() > 250);
        assert!(high.iter().filter(|&&hit| hit).count() > 250);
    }
}
