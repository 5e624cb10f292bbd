//! The compiled table, as it is read: nothing is copied and nothing is parsed before someone asks.

use crate::key::Key;
use crate::layout::{self, MAGIC, PlaceRow, SECTIONS, SLOT};

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas.bin"));

/// The sections of the table; `layout` says what they hold. What lies outside of one reads as zero or as an empty text, so
/// that no number can lead to a panic.
#[derive(Debug)]
pub(crate) struct Sections {
    buckets: &'static [u8],
    slots: &'static [u8],
    postings: &'static [u8],
    entries: &'static [u8],
    places: &'static [u8],
    text: &'static [u8],
}

/// What the table says about a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Where the bearers stand, counted from 1; 0 when no name ends here.
    pub(crate) postings: u32,
    /// How many words the longest name has that starts with this word.
    pub(crate) longest: usize,
}

impl Sections {
    /// Finds the sections of the built-in table.
    pub(crate) fn open() -> Self {
        let mut rest = BYTES.strip_prefix(MAGIC.as_slice()).unwrap_or_default();
        let lengths: [usize; SECTIONS] = std::array::from_fn(|at| u32_at(rest, at) as usize);
        rest = rest.get(SECTIONS * 4..).unwrap_or_default();
        let mut section = |at: usize| {
            let (section, behind) = rest.split_at_checked(lengths[at]).unwrap_or_default();
            rest = behind;
            section
        };
        Self {
            buckets: section(0),
            slots: section(1),
            postings: section(2),
            entries: section(3),
            places: section(4),
            text: section(5),
        }
    }

    /// Returns the size of the table in bytes.
    pub(crate) fn size() -> usize {
        BYTES.len()
    }

    /// Finds a key.
    pub(crate) fn find(&self, key: Key) -> Option<Slot> {
        let hash = key.hash();
        let bucket = layout::bucket(hash);
        let start = bucket.checked_sub(1).map_or(0, |before| u32_at(self.buckets, before)) as usize;
        let end = u32_at(self.buckets, bucket) as usize;
        let rows = self.slots.get(start * SLOT..end * SLOT)?;
        let [four @ .., last] = layout::fragment(hash);
        // Compared as one number and one byte: a comparison of slices would be a call for each row.
        let four = u32::from_le_bytes(four);
        let (rows, _) = rows.as_chunks::<SLOT>();
        let row = rows.iter().find(|row| {
            u32::from_le_bytes([row[0], row[1], row[2], row[3]]) == four && row[4] == last
        })?;
        let value = u32::from_le_bytes([row[5], row[6], row[7], row[8]]);
        Some(Slot {
            postings: value & ((1 << layout::AT_BITS) - 1),
            longest: (value >> layout::AT_BITS) as usize,
        })
    }

    /// Returns the posting at a place and whether more follow.
    pub(crate) fn posting(&self, at: u32) -> (u32, bool) {
        let posting = u32_at(self.postings, at as usize);
        (posting & !(1 << 31), posting >> 31 == 0)
    }

    /// The number of entries that are no places.
    pub(crate) fn entry_count(&self) -> u32 {
        (self.entries.len() / 8) as u32
    }

    /// The number of places.
    pub(crate) fn place_count(&self) -> u32 {
        (self.places.len() / PlaceRow::SIZE) as u32
    }

    /// Returns the kind and the fields of an entry that is no place.
    pub(crate) fn entry(&self, entry: u32) -> (u8, &'static str) {
        let at = entry as usize * 2;
        let (start, length) = (u32_at(self.entries, at), u32_at(self.entries, at + 1));
        ((length >> 24) as u8, self.text(start, length & 0x00ff_ffff))
    }

    /// Returns a place and its fields, by its number among the places.
    pub(crate) fn place(&self, place: u32) -> Option<(PlaceRow, &'static str)> {
        let start = place as usize * PlaceRow::SIZE;
        let row = self.places.get(start..start + PlaceRow::SIZE)?.try_into().ok()?;
        let (row, start, length) = PlaceRow::read(row);
        Some((row, self.text(start, u32::from(length))))
    }

    fn text(&self, start: u32, length: u32) -> &'static str {
        let bytes = self
            .text
            .get(start as usize..start.saturating_add(length) as usize)
            .unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at * 4..at * 4 + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}
