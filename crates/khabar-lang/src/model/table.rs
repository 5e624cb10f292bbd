//! A read-only map from hashes to numbers that is stored as it is used.
//!
//! Start-up must not rebuild anything, so the file holds the slots of the table as they lie in memory: open addressing, the
//! keys in one array and the numbers in another. In memory each key stands beside its number, since nearly every look-up is
//! of a place that the processor has to fetch. A key is known by 32 bits of its hash; with a few hundred thousand keys, a
//! stranger is taken for one of them about once in twenty thousand look-ups, which a model does not notice.

use super::file::{Reader, Writer};
use crate::error::Error;

/// A map from 64-bit hashes to 32-bit numbers.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Each slot's fingerprint, 0 where the slot is empty, and its value. The length is a power of two.
    slots: Vec<(u32, u32)>,
}

impl Table {
    /// Builds a table; of entries with the same hash the first stands.
    pub fn build(entries: impl ExactSizeIterator<Item = (u64, u32)>) -> Self {
        let capacity = (entries.len() * 3 / 2 + 1).next_power_of_two();
        let mut table = Self { slots: vec![(0, 0); capacity] };
        for (hash, value) in entries {
            let fingerprint = fingerprint(hash);
            let mut slot = hash as usize & (capacity - 1);
            while table.slots[slot].0 != 0 && table.slots[slot].0 != fingerprint {
                slot = (slot + 1) & (capacity - 1);
            }
            if table.slots[slot].0 == 0 {
                table.slots[slot] = (fingerprint, value);
            }
        }
        table
    }

    /// The number of a hash.
    pub fn get(&self, hash: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let wanted = fingerprint(hash);
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                (0, _) => return None,
                (found, value) if found == wanted => return Some(value),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The largest number in the table.
    pub fn largest(&self) -> Option<u32> {
        let filled = self.slots.iter().filter(|&&(fingerprint, _)| fingerprint != 0);
        filled.map(|&(_, value)| value).max()
    }

    /// Writes the table.
    pub fn write(&self, writer: &mut Writer, name: &str) {
        let (fingerprints, values): (Vec<u32>, Vec<u32>) = self.slots.iter().copied().unzip();
        writer.u32s(&format!("{name}.fingerprints"), &fingerprints);
        writer.u32s(&format!("{name}.values"), &values);
    }

    /// Reads what [`Table::write`] wrote.
    pub fn read(reader: &Reader<'_>, name: &str) -> Result<Self, Error> {
        let fingerprints = reader.u32s(&format!("{name}.fingerprints"))?;
        let values = reader.u32s(&format!("{name}.values"))?;
        // A table without an empty slot would make a failing look-up run for ever.
        if fingerprints.len() != values.len()
            || !fingerprints.len().is_power_of_two()
            || !fingerprints.contains(&0)
        {
            return Err(reader.error(format!("{name} is not a table")));
        }
        Ok(Self { slots: fingerprints.into_iter().zip(values).collect() })
    }
}

fn fingerprint(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hash::hash;

    #[test]
    fn what_was_put_in_is_found_and_nothing_else() {
        let key = |i: u32| hash(3, &i.to_le_bytes());
        let table = Table::build((0..1000).map(|i| (key(i), i * 2)));
        for i in 0..1000 {
            assert_eq!(table.get(key(i)), Some(i * 2));
        }
        assert!((1000..20_000).all(|i| table.get(key(i)).is_none()));
        assert_eq!(Table::default().get(7), None);
    }
}
