//! How the compiled table is laid out, for its writer and its reader.
//!
//! A header gives the lengths of the sections, then they follow:
//!
//! | section | row | what |
//! |---|---|---|
//! | buckets | `u32` | for each value of the hash's top bits, the number of slots up to its end |
//! | slots | 5 + 4 bytes | the next 40 bits of a name's hash; the place of its bearers, and the length of the longest name that starts so |
//! | postings | `u32` | the bearers of a name, the last one marked: what it is to them, how sure, and their number |
//! | entries | 2 × `u32` | place, length and kind of the fields of each entry that is no place |
//! | places | 24 bytes | [`PlaceRow`] |
//! | text | bytes | the fields, set apart by tabs |
//!
//! Nothing is parsed when a program starts; whoever asks reads the few bytes that answer.

/// The head of the file: what it is, in which layout.
pub(crate) const MAGIC: &[u8; 8] = b"atlas\0\0\x01";
/// The number of sections.
pub(crate) const SECTIONS: usize = 6;
/// How many top bits of the hash choose the bucket.
pub(crate) const BUCKET_BITS: u32 = 17;
/// How many bits of the hash a slot keeps.
const FRAGMENT_BITS: u32 = 40;
/// The first one, two and three words of a name stand in the table too and tell how long names are that start so: whoever
/// looks for the longest name stops early.
pub(crate) const GUIDES: usize = 3;
/// The bytes of a slot.
pub(crate) const SLOT: usize = 9;
/// How many bits of a slot's second part are the place of the postings; the others are the length of the longest name.
pub(crate) const AT_BITS: u32 = 28;

/// Identifiers of entries other than places.
pub(crate) const BY_ID: u8 = 1;
/// Holders of an office, by office and body.
pub(crate) const BY_OFFICE: u8 = 2;
/// States by other codes.
pub(crate) const BY_CODE: u8 = 3;

/// What a name is to its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Sense {
    /// Its own name.
    Name = 0,
    /// The name of a state's people, or of what belongs to it ("Chinese", صينية).
    Demonym = 1,
    /// The name of a state's capital, which news uses for its government.
    Capital = 2,
    /// A noun for one person or body ("protester").
    Singular = 3,
    /// A noun for several ("protesters").
    Plural = 4,
}

impl Sense {
    /// The sense that this number stands for in the table.
    pub(crate) fn from_bits(bits: u32) -> Self {
        match bits & 7 {
            1 => Self::Demonym,
            2 => Self::Capital,
            3 => Self::Singular,
            4 => Self::Plural,
            _ => Self::Name,
        }
    }
}

/// What else is known of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a bit of its own")]
pub(crate) struct Flags {
    /// The words mean something else as often.
    pub(crate) ambiguous: bool,
    /// The name is Arabic.
    pub(crate) arabic: bool,
    /// The name is an acronym, which stands in capitals.
    pub(crate) capitals: bool,
    /// The bearer is so small that the name counts only with support.
    pub(crate) gated: bool,
    /// No alef of the Arabic name carries a hamza or a madda.
    pub(crate) plain_alef: bool,
}

const ENTRY_BITS: u32 = 20;

/// Packs a bearer of a name.
pub(crate) fn posting(entry: u32, sense: Sense, flags: Flags) -> u32 {
    let bit = |flag: bool, at: u32| u32::from(flag) << (ENTRY_BITS + at);
    entry
        | (sense as u32) << ENTRY_BITS
        | bit(flags.ambiguous, 3)
        | bit(flags.arabic, 4)
        | bit(flags.capitals, 5)
        | bit(flags.gated, 6)
        | bit(flags.plain_alef, 7)
}

/// Unpacks a bearer of a name.
pub(crate) fn unpack(posting: u32) -> (u32, Sense, Flags) {
    let bit = |at: u32| posting >> (ENTRY_BITS + at) & 1 == 1;
    let flags = Flags {
        ambiguous: bit(3),
        arabic: bit(4),
        capitals: bit(5),
        gated: bit(6),
        plain_alef: bit(7),
    };
    (posting & ((1 << ENTRY_BITS) - 1), Sense::from_bits(posting >> ENTRY_BITS), flags)
}

/// The entry and the sense of a posting.
pub(crate) fn bearer(posting: u32) -> u32 {
    posting & ((1 << (ENTRY_BITS + 3)) - 1)
}

/// Of two postings of one bearer, keeps the doubts that both have.
pub(crate) fn surer(one: u32, other: u32) -> u32 {
    bearer(one) | (one & other & !bearer(u32::MAX)) | ((one | other) & 1 << (ENTRY_BITS + 4))
}

/// The bits of a hash that the table keeps.
pub(crate) fn kept_bits(hash: u64) -> u64 {
    hash & !((1 << (64 - BUCKET_BITS - FRAGMENT_BITS)) - 1)
}

/// The bucket of a hash.
pub(crate) fn bucket(hash: u64) -> usize {
    (hash >> (64 - BUCKET_BITS)) as usize
}

/// The part of a hash that a slot keeps.
pub(crate) fn fragment(hash: u64) -> [u8; 5] {
    let bits = hash >> (64 - BUCKET_BITS - FRAGMENT_BITS);
    let bytes = bits.to_le_bytes();
    std::array::from_fn(|at| bytes[at])
}

/// One place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct PlaceRow {
    /// The `GeoNames` identifier; 0 when there is none.
    pub(crate) geonames: u32,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Inhabitants; 0 when not known.
    pub(crate) population: u32,
    /// The number of its state's entry; [`NO_STATE`] when it belongs to none.
    pub(crate) country: u16,
    /// The number of its kind.
    pub(crate) kind: u8,
    /// The number of its first-level division among those of its state; 0 when not known.
    pub(crate) division: u16,
}

/// The state of a place that belongs to none.
pub(crate) const NO_STATE: u16 = u16::MAX;

impl PlaceRow {
    /// The bytes of a row.
    pub(crate) const SIZE: usize = 24;

    /// Writes the row with the place of its names.
    pub(crate) fn write(&self, text: u32, length: u8, out: &mut Vec<u8>) {
        let scaled = |degrees: f64, most: f64| {
            let steps = ((degrees + most) * 1e4).round() as u32;
            let [a, b, c, _] = steps.to_le_bytes();
            [a, b, c]
        };
        out.extend(self.geonames.to_le_bytes());
        out.extend(text.to_le_bytes());
        out.extend(self.population.to_le_bytes());
        out.extend(scaled(self.lat, 90.0));
        out.extend(scaled(self.lon, 180.0));
        out.extend(self.country.to_le_bytes());
        out.extend(self.division.to_le_bytes());
        out.push(self.kind);
        out.push(length);
    }

    /// Reads a row; also returns where its names stand and how long they are.
    pub(crate) fn read(row: &[u8; Self::SIZE]) -> (Self, u32, u8) {
        let long = |at: usize| u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]]);
        let degrees = |at: usize, most: f64| {
            f64::from(u32::from_le_bytes([row[at], row[at + 1], row[at + 2], 0])) / 1e4 - most
        };
        let short = |at: usize| u16::from_le_bytes([row[at], row[at + 1]]);
        let place = Self {
            geonames: long(0),
            lat: degrees(12, 90.0),
            lon: degrees(15, 180.0),
            population: long(8),
            country: short(18),
            division: short(20),
            kind: row[22],
        };
        (place, long(4), row[23])
    }
}
