//! Typed offsets into a text.
//!
//! Offsets are the product: a row is worth as much as the words it points at. They are newtypes over `u32`, so that a
//! byte offset can't be taken for a code point, a length or a token index, and so that they stay half the size of `usize`.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Add, AddAssign, Index, Range, Sub};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A byte offset into, or a byte length of, a UTF-8 text of less than 4 GiB.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextSize(u32);

impl TextSize {
    /// The start of every text.
    pub const ZERO: Self = Self(0);

    /// Wraps a byte count.
    pub const fn new(bytes: u32) -> Self {
        Self(bytes)
    }

    /// Returns the length of `text` in bytes.
    ///
    /// # Panics
    /// If the text is 4 GiB or longer; the page step refuses such input long before.
    pub fn of(text: &str) -> Self {
        Self::from(text.len())
    }

    /// Returns the number of bytes.
    pub const fn to_u32(self) -> u32 {
        self.0
    }

    /// Returns the number of bytes, for indexing.
    pub const fn to_usize(self) -> usize {
        self.0 as usize
    }
}

impl From<usize> for TextSize {
    fn from(bytes: usize) -> Self {
        Self(u32::try_from(bytes).expect("texts are capped below 4 GiB"))
    }
}

impl From<u32> for TextSize {
    fn from(bytes: u32) -> Self {
        Self(bytes)
    }
}

impl Add for TextSize {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for TextSize {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for TextSize {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Debug for TextSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A half-open range of bytes of a text; `start <= end` always holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextRange {
    start: TextSize,
    end: TextSize,
}

impl TextRange {
    /// Makes the range from `start` (inclusive) to `end` (exclusive).
    ///
    /// # Panics
    /// If `end` lies before `start`.
    pub fn new(start: impl Into<TextSize>, end: impl Into<TextSize>) -> Self {
        let (start, end) = (start.into(), end.into());
        assert!(start <= end, "a range ends before it starts: {start:?}..{end:?}");
        Self { start, end }
    }

    /// Makes the empty range at `offset`.
    pub fn empty(offset: impl Into<TextSize>) -> Self {
        let offset = offset.into();
        Self { start: offset, end: offset }
    }

    /// Returns the range of the whole of `text`.
    pub fn of(text: &str) -> Self {
        Self { start: TextSize::ZERO, end: TextSize::of(text) }
    }

    /// Returns the first byte's offset.
    pub const fn start(self) -> TextSize {
        self.start
    }

    /// Returns the offset just behind the last byte.
    pub const fn end(self) -> TextSize {
        self.end
    }

    /// Returns the length in bytes.
    pub fn len(self) -> TextSize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies in the range.
    pub fn contains(self, offset: TextSize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies in this range; an empty range lies in its neighbours.
    pub fn contains_range(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the part that both ranges share, if they share a byte.
    pub fn intersect(self, other: Self) -> Option<Self> {
        self.overlaps(other)
            .then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// Returns the smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the same range `by` bytes further on.
    #[must_use]
    pub fn shift(self, by: TextSize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Returns the range without the white space at its edges.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = &text[self];
        let start = self.start.to_usize() + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }

    /// Returns the range as `usize` bounds, for slicing bytes.
    pub fn to_usize(self) -> Range<usize> {
        self.start.to_usize()..self.end.to_usize()
    }
}

impl From<Range<usize>> for TextRange {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl Index<TextRange> for str {
    type Output = str;
    fn index(&self, range: TextRange) -> &str {
        &self[range.to_usize()]
    }
}

impl Index<TextRange> for String {
    type Output = str;
    fn index(&self, range: TextRange) -> &str {
        &self.as_str()[range]
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}..{:?}", self.start, self.end)
    }
}

/// A half-open range counted in Unicode code points, written in JSON as `[start, end]`.
///
/// This is the unit of the W3C Web Annotation model's `TextPositionSelector`.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
pub struct CodePointRange(pub u32, pub u32);

impl JsonSchema for CodePointRange {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "description": "Start and end (exclusive) in Unicode code points of document.text",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 2,
            "maxItems": 2
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_compare_and_combine() {
        let (a, b) = (TextRange::new(2u32, 6u32), TextRange::new(4u32, 9u32));
        assert!(a.overlaps(b) && !a.overlaps(TextRange::new(6u32, 7u32)));
        assert_eq!(a.intersect(b), Some(TextRange::new(4u32, 6u32)));
        assert_eq!(a.cover(b), TextRange::new(2u32, 9u32));
        assert!(a.contains_range(TextRange::empty(6u32)));
    }

    #[test]
    fn trimming_keeps_to_character_boundaries() {
        let text = "  \u{a0}خبر \n";
        assert_eq!(&text[TextRange::of(text).trim(text)], "خبر");
        assert!(TextRange::of(" \n").trim(" \n").is_empty());
    }

    #[test]
    #[should_panic(expected = "ends before it starts")]
    fn a_reversed_range_is_refused() {
        let _ = TextRange::new(3u32, 2u32);
    }
}
