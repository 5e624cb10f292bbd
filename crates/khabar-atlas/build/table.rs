//! The compiled table, as it is written; `src/table.rs` reads it and says what lies where.

use std::collections::BTreeMap;

use crate::key::{Key, LONGEST};
use crate::layout::{self, Flags, PlaceRow, Sense};

/// The table while it grows.
#[derive(Default)]
pub(crate) struct Draft {
    /// The kind and the tab-separated fields of each entry that is no place.
    entries: Vec<(u8, String)>,
    places: Vec<(PlaceRow, String)>,
    /// For each name, its bearers; for each beginning of a name, how many words the longest one has that starts so.
    names: BTreeMap<u64, (Vec<u32>, usize)>,
    errors: Vec<String>,
}

impl Draft {
    /// Adds an entry that is no place and returns its number. All of them come before the first place.
    pub(crate) fn entry(&mut self, kind: u8, fields: &[&str]) -> u32 {
        debug_assert!(self.places.is_empty());
        self.entries.push((kind, fields.join("\t")));
        self.entries.len() as u32 - 1
    }

    /// Adds a place and returns its number.
    pub(crate) fn place(&mut self, row: PlaceRow, names: String) -> u32 {
        self.places.push((row, names));
        (self.entries.len() + self.places.len()) as u32 - 1
    }

    /// Adds a name of an entry.
    pub(crate) fn name(&mut self, words: &[String], entry: u32, sense: Sense, flags: Flags) {
        let mut key = Key::EMPTY;
        let mut prefixes = Vec::new();
        for word in words {
            if key.push(word) && prefixes.len() < layout::GUIDES {
                prefixes.push(key.hash());
            }
        }
        if key.words() > LONGEST {
            self.errors.push(format!("{:?} has more than {LONGEST} words", words.join(" ")));
            return;
        }
        if prefixes.is_empty() {
            return;
        }
        for prefix in prefixes {
            let longest = &mut self.names.entry(layout::kept_bits(prefix)).or_default().1;
            *longest = (*longest).max(key.words());
        }
        self.bear(key.hash(), layout::posting(entry, sense, flags));
    }

    /// Makes an entry found by an identifier.
    pub(crate) fn identifier(&mut self, space: u8, parts: &[&str], entry: u32) {
        let key = Key::identifier(space, parts);
        self.bear(key.hash(), layout::posting(entry, Sense::Name, Flags::default()));
    }

    fn bear(&mut self, hash: u64, posting: u32) {
        let bearers = &mut self.names.entry(layout::kept_bits(hash)).or_default().0;
        // The same name twice, once of them in doubt: the doubt goes.
        let same = |other: &u32| layout::bearer(*other) == layout::bearer(posting);
        match bearers.iter_mut().find(|other| same(other)) {
            Some(other) => *other = layout::surer(*other, posting),
            None => bearers.push(posting),
        }
    }

    /// Returns what was wrong with the names.
    pub(crate) fn errors(&self) -> &[String] {
        &self.errors
    }

    /// Writes the table.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut entries = Vec::new();
        for (kind, fields) in &self.entries {
            entries.extend((text.len() as u32).to_le_bytes());
            entries.extend((fields.len() as u32 | u32::from(*kind) << 24).to_le_bytes());
            text.extend(fields.as_bytes());
        }
        let mut places = Vec::new();
        for (row, names) in &self.places {
            row.write(text.len() as u32, names.len() as u8, &mut places);
            text.extend(names.as_bytes());
        }
        let (buckets, slots, postings) = self.index();
        let sections = [buckets, slots, postings, entries, places, text];
        let mut out = layout::MAGIC.to_vec();
        for section in &sections {
            out.extend((section.len() as u32).to_le_bytes());
        }
        for section in &sections {
            out.extend(section);
        }
        out
    }

    fn index(&self) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        let mut bucket_ends = vec![0_u32; 1 << layout::BUCKET_BITS];
        let (mut slots, mut postings) = (Vec::new(), Vec::new());
        let mut count = 0_u32;
        for (&hash, (bearers, longest)) in &self.names {
            let at = if bearers.is_empty() { 0 } else { postings.len() as u32 / 4 + 1 };
            for (n, bearer) in bearers.iter().enumerate() {
                let last = u32::from(n + 1 == bearers.len()) << 31;
                postings.extend((bearer | last).to_le_bytes());
            }
            slots.extend(layout::fragment(hash));
            slots.extend((at | (*longest as u32) << layout::AT_BITS).to_le_bytes());
            count += 1;
            bucket_ends[layout::bucket(hash)] = count;
        }
        let mut before = 0;
        let mut buckets = Vec::new();
        for end in bucket_ends {
            before = before.max(end);
            buckets.extend(before.to_le_bytes());
        }
        (buckets, slots, postings)
    }
}
