//! A read-only map from hashes to numbers that is stored as it is used.
//!
//! Start-up must not rebuild anything, so the table in the file is the table in memory: open addressing over two flat
//! arrays. A key is known by 32 bits of its hash; with a few hundred thousand keys, a stranger is taken for one of them
//! about once in twenty thousand look-ups, which a model does not notice.

use super::file::{Reader, Writer};
use crate::error::Error;

/// A map from 64-bit hashes to 32-bit numbers.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Each slot's fingerprint; 0 where the slot is empty. The length is a power of two.
    fingerprints: Vec<u32>,
    values: Vec<u32>,
}

impl Table {
    /// Builds a table; of entries with the same hash the first stands.
    pub fn build(entries: impl ExactSizeIterator<Item = (u64, u32)>) -> Self {
        let capacity = (entries.len() * 3 / 2 + 1).next_power_of_two();
        let mut table = Self { fingerprints: vec![0; capacity], values: vec![0; capacity] };
        for (hash, value) in entries {
            let fingerprint = fingerprint(hash);
            let mut slot = hash as usize & (capacity - 1);
            while table.fingerprints[slot] != 0 && table.fingerprints[slot] != fingerprint {
                slot = (slot + 1) & (capacity - 1);
            }
            if table.fingerprints[slot] == 0 {
                table.fingerprints[slot] = fingerprint;
                table.values[slot] = value;
            }
        }
        table
    }

    /// The number of a hash.
    pub fn get(&self, hash: u64) -> Option<u32> {
        let mask = self.fingerprints.len().checked_sub(1)?;
        let wanted = fingerprint(hash);
        let mut slot = hash as usize & mask;
        loop {
            match self.fingerprints[slot] {
                0 => return None,
                found if found == wanted => return Some(self.values[slot]),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The largest number in the table.
    pub fn largest(&self) -> Option<u32> {
        let filled = self
            .fingerprints
            .iter()
            .zip(&self.values)
            .filter(|&(&fingerprint, _)| fingerprint != 0);
        filled.map(|(_, &value)| value).max()
    }

    /// Writes the table.
    pub fn write(&self, writer: &mut Writer, name: &str) {
        writer.u32s(&format!("{name}.fingerprints"), &self.fingerprints);
        writer.u32s(&format!("{name}.values"), &self.values);
    }

    /// Reads what [`Table::write`] wrote.
    pub fn read(reader: &Reader<'_>, name: &str) -> Result<Self, Error> {
        let table = Self {
            fingerprints: reader.u32s(&format!("{name}.fingerprints"))?,
            values: reader.u32s(&format!("{name}.values"))?,
        };
        let slots = table.fingerprints.len();
        // A table without an empty slot would make a failing look-up run for ever.
        if slots != table.values.len()
            || !slots.is_power_of_two()
            || !table.fingerprints.contains(&0)
        {
            return Err(reader.error(format!("{name} is not a table")));
        }
        Ok(table)
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
