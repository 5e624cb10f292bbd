//! The weights of a model: which features count for which labels.

use super::labels::LABELS;

/// A score for each label.
pub type Row = [i32; LABELS];

/// A sum of weights for each label, with room to the side, so that a row of the table is added in one step.
type Sums = [i16; ROW];

const MAGIC: &[u8; 8] = b"khnames1";
/// The bytes of a feature in the file: a fingerprint and the weights.
const STORED: usize = LABELS + 1;
/// The bytes of a feature in memory.
const ROW: usize = 16;
/// The features whose fingerprints are compared at one place of the table.
const WAYS: usize = 4;

/// The weights of all features.
#[derive(Debug)]
pub struct WeightTable {
    /// What one step of a weight is worth.
    step: f32,
    transitions: [[i32; LABELS]; LABELS],
    /// Fingerprint and weights of each feature of a place, padded so that a place fills a cache line; the bytes of a row are
    /// one number, the fingerprint being the lowest.
    places: Vec<[u128; WAYS]>,
}

impl WeightTable {
    /// Reads a model file: magic bytes, the step, the transitions, the number of rows and the rows.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC.as_slice())?;
        let (step, rest) = rest.split_first_chunk::<4>()?;
        let mut transitions = [[0; LABELS]; LABELS];
        let (head, rest) = rest.split_at_checked(LABELS * LABELS * 2)?;
        let (pairs, _) = head.as_chunks::<2>();
        for (at, pair) in pairs.iter().enumerate() {
            transitions[at / LABELS][at % LABELS] = i16::from_le_bytes(*pair).into();
        }
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        if !count.is_power_of_two() || count < WAYS || rest.len() != count * STORED {
            return None;
        }
        let places = rest
            .chunks_exact(WAYS * STORED)
            .map(|place| {
                let mut rows = [0; WAYS];
                for (row, stored) in rows.iter_mut().zip(place.chunks_exact(STORED)) {
                    let mut bytes = [0; ROW];
                    bytes[..STORED].copy_from_slice(stored);
                    *row = u128::from_le_bytes(bytes);
                }
                rows
            })
            .collect();
        Some(Self { step: f32::from_le_bytes(*step), transitions, places })
    }

    /// Adds the weights of a feature, if the model has any; the first cell of the sums is none of theirs.
    ///
    /// No branch depends on what the table holds: the rows of a place are masked and not chosen among, so that the visits to
    /// memory of many features overlap.
    fn add(&self, feature: u32, sums: &mut Sums) {
        let (place, print) = address(feature, self.places.len() - 1);
        let Some(rows) = self.places.get(place) else { return };
        let mut weights = 0;
        for &row in rows {
            let is_it = row as u8 == print;
            weights |= row & 0_u128.wrapping_sub(is_it.into());
        }
        let weights = weights.to_le_bytes();
        for (sum, &weight) in sums.iter_mut().zip(&weights) {
            *sum = sum.wrapping_add(i16::from(i8::from_le_bytes([weight])));
        }
    }

    /// The scores of a word with these features.
    pub fn scores(&self, features: &[u32]) -> Row {
        // The table is larger than the fast memory. Every place is visited once before any is read, so that the processor waits
        // for all of them together and not for one after the other.
        let visited = features.iter().fold(0, |sum, &feature| {
            let (place, _) = address(feature, self.places.len() - 1);
            sum ^ self.places.get(place).map_or(0, |rows| rows[0] as u8)
        });
        std::hint::black_box(visited);
        let mut scores = [0; LABELS];
        // So many weights of one byte can be added in two bytes.
        for features in features.chunks(256) {
            let mut sums = [0; ROW];
            for &feature in features {
                self.add(feature, &mut sums);
            }
            for (score, sum) in scores.iter_mut().zip(&sums[1..]) {
                *score += i32::from(*sum);
            }
        }
        scores
    }

    /// The weight of one label behind another.
    pub fn transition(&self, before: usize, label: usize) -> i32 {
        self.transitions[before][label]
    }

    /// A score in hundredths of a natural unit.
    pub fn in_hundredths(&self, score: i32) -> i32 {
        (score as f32 * self.step * 100.0) as i32
    }
}

/// Where a feature lies and the mark by which it is known there; the mark is never zero, which marks free rows.
fn address(feature: u32, mask: usize) -> (usize, u8) {
    let print = ((feature >> 24) % 255 + 1) as u8;
    (feature as usize & mask, print)
}

/// Collects the features that a model keeps.
#[derive(Debug)]
pub struct TableWriter {
    /// The feature of each row.
    rows: Vec<Option<u32>>,
}

impl TableWriter {
    /// Makes an empty table with so many rows, a power of two.
    pub fn new(rows: usize) -> Self {
        Self { rows: vec![None; rows.next_power_of_two().max(WAYS)] }
    }

    /// Takes a feature in and returns its row; none when its place is full or holds one with the same mark.
    pub fn insert(&mut self, feature: u32) -> Option<usize> {
        let mask = self.rows.len() / WAYS - 1;
        let (place, print) = address(feature, mask);
        let ways = place * WAYS..(place + 1) * WAYS;
        let mut free = None;
        for row in ways {
            match self.rows[row] {
                Some(other) if other == feature => return Some(row),
                Some(other) if address(other, mask).1 == print => return None,
                Some(_) => {}
                None => free = free.or(Some(row)),
            }
        }
        self.rows[free?] = Some(feature);
        free
    }

    /// Returns the model file for the weights of all rows and the transitions.
    pub fn finish(
        &self,
        weights: &[[f32; LABELS]],
        transitions: &[[f32; LABELS]; LABELS],
    ) -> Vec<u8> {
        let mut sizes: Vec<f32> = weights.iter().flatten().map(|weight| weight.abs()).collect();
        sizes.sort_by(f32::total_cmp);
        // The few weights beyond this one are cut, so that the many small ones keep their differences.
        let greatest = sizes.get(sizes.len().saturating_sub(sizes.len() / 20_000 + 1));
        let step = greatest.copied().unwrap_or(1.0).max(1e-6) / 127.0;
        let mut bytes = MAGIC.to_vec();
        bytes.extend(step.to_le_bytes());
        for weight in transitions.iter().flatten() {
            bytes.extend(((weight / step).round().clamp(-30_000.0, 30_000.0) as i16).to_le_bytes());
        }
        bytes.extend((self.rows.len() as u32).to_le_bytes());
        let mask = self.rows.len() / WAYS - 1;
        for (row, weights) in self.rows.iter().zip(weights) {
            let Some(feature) = row else {
                bytes.extend([0; STORED]);
                continue;
            };
            bytes.push(address(*feature, mask).1);
            for weight in weights {
                let rounded = (weight / step).round().clamp(-127.0, 127.0) as i8;
                bytes.extend(rounded.to_le_bytes());
            }
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_back_what_was_put_in() {
        let mut writer = TableWriter::new(64);
        let mut weights = vec![[0.0; LABELS]; 64];
        let features = [1_u32, 2, 0xFFFF_FFFF, 0x1234_5678];
        for (n, feature) in features.into_iter().enumerate() {
            let row = writer.insert(feature).unwrap();
            weights[row][n] = 1.0;
        }
        let bytes = writer.finish(&weights, &[[0.5; LABELS]; LABELS]);
        let table = WeightTable::read(&bytes).unwrap();
        for (n, feature) in features.into_iter().enumerate() {
            assert_eq!(table.scores(&[feature])[n], 127);
        }
        assert_eq!(table.scores(&features)[..5], [127, 127, 127, 127, 0]);
        assert_eq!(table.scores(&[77]), [0; LABELS]);
        assert_eq!(table.scores(&[1; 600])[0], 600 * 127);
        assert_eq!(table.transition(1, 2), 64);
        for length in 0..bytes.len() {
            assert!(WeightTable::read(&bytes[..length]).is_none());
        }
    }
}
