//! Statements, events and amounts as items of packed lists: one list of each a document.
//!
//! A row of SQLite costs some thirty bytes beside its content when it has twenty columns, most of which are empty, and a
//! document has dozens of statements, events and amounts. Here an item is written as characters, a number each, and takes
//! some twenty bytes together. Other than in the lists of [`pack`](crate::pack) items differ in length, and the parts of
//! an item do too, so that both are set apart:
//!
//! | between | stands |
//! |---|---|
//! | items of a list | a space |
//! | sections of an item | `!` |
//! | elements of a section | `#` |
//!
//! None of the characters has to be escaped in JSON, so that SQL takes a list apart with `json_each` (`views.rs`). The first
//! character of a list tells whether numbers are `n`arrow or `w`ide, as it does in the other lists. What is missing at the
//! end of an element or of an item is left out.

mod amounts;
mod combinations;
mod events;
mod parties;
mod sql;
mod statements;

use std::str::Split;

pub(crate) use amounts::{pack_amounts, unpack_amounts};
pub(crate) use combinations::Combinations;
pub(crate) use events::{event_id, pack_events, unpack_events};
pub(crate) use parties::Words;
pub(crate) use sql::expand;
pub(crate) use statements::{pack_statements, unpack_statements};

use crate::error::StoreErrorKind;

/// The character of 0; what stands before it sets things apart or would have to be escaped.
const FIRST: u32 = 37;
/// What would have to be escaped too.
const BACKSLASH: u32 = 92;
const SURROGATES: u32 = 0xd800;
const SURROGATE_COUNT: u32 = 0x800;
/// Two code points that SQLite reads as another.
const NONCHARACTERS: u32 = 0xfffe;
const NONCHARACTER_COUNT: u32 = 2;

/// Numbers below this fit into one character.
const NARROW: u64 = 1 << 20;

/// Between items, sections and elements.
const ITEM: char = ' ';
const SECTION: char = '!';
const ELEMENT: char = '#';

fn character(number: u64) -> char {
    let mut code = number as u32 + FIRST;
    code += u32::from(code >= BACKSLASH);
    if code >= SURROGATES {
        code += SURROGATE_COUNT;
    }
    if code >= NONCHARACTERS {
        code += NONCHARACTER_COUNT;
    }
    // Numbers are below NARROW, and what they become is below the last code point.
    char::from_u32(code).unwrap_or(char::MAX)
}

fn number(c: char) -> Option<u64> {
    let mut code = c as u32;
    if code >= NONCHARACTERS + NONCHARACTER_COUNT {
        code -= NONCHARACTER_COUNT;
    }
    if code >= SURROGATES {
        code -= SURROGATE_COUNT;
    }
    code -= u32::from(code > BACKSLASH);
    code.checked_sub(FIRST).map(u64::from)
}

/// Zigzag: 0, -1, 1, -2 become 0, 1, 2, 3.
fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// A number that may be missing, in place of which stands 0.
fn optional(number: Option<impl Into<u64>>) -> u64 {
    number.map_or(0, |number| number.into() + 1)
}

/// A list on its way into the file.
#[derive(Debug, Default)]
struct Packer {
    /// Numbers, and characters that stand for themselves with [`PLAIN`] on top.
    tokens: Vec<u64>,
    wide: bool,
}

const PLAIN: u64 = 1 << 63;

fn plain(c: char) -> u64 {
    PLAIN | u64::from(u32::from(c))
}

impl Packer {
    fn number(&mut self, number: u64) {
        self.wide |= number >= NARROW;
        self.tokens.push(number);
    }

    fn text(&mut self, text: &str) {
        self.tokens.extend(text.chars().map(plain));
    }

    /// Begins the next section of an item.
    fn section(&mut self) {
        self.tokens.push(plain(SECTION));
    }

    /// An element of numbers, zeros at its end left out, but for one that would be empty.
    fn element(&mut self, numbers: &[u64]) {
        if self.tokens.last() != Some(&plain(SECTION)) {
            self.tokens.push(plain(ELEMENT));
        }
        let known = numbers.iter().rposition(|&number| number != 0).map_or(1, |last| last + 1);
        numbers[..known].iter().for_each(|&number| self.number(number));
    }

    /// A section of numbers, zeros at its end left out.
    fn trimmed(&mut self, numbers: &[u64]) {
        self.section();
        let known = numbers.iter().rposition(|&number| number != 0).map_or(0, |last| last + 1);
        numbers[..known].iter().for_each(|&number| self.number(number));
    }

    /// Ends an item.
    fn end(&mut self) {
        while self.tokens.last() == Some(&plain(SECTION)) {
            self.tokens.pop();
        }
        self.tokens.push(plain(ITEM));
    }

    fn finish(mut self) -> Option<String> {
        // The space behind the last item.
        self.tokens.pop()?;
        let mut out = String::with_capacity(self.tokens.len() * 3 / 2);
        out.push(if self.wide { 'w' } else { 'n' });
        for token in self.tokens {
            if token & PLAIN != 0 {
                out.extend(char::from_u32(token as u32));
            } else {
                if self.wide {
                    out.push(character(token / NARROW));
                }
                out.push(character(token % NARROW));
            }
        }
        Some(out)
    }
}

/// A list that comes out of the file.
#[derive(Clone, Copy, Debug)]
struct List<'l> {
    items: &'l str,
    wide: bool,
}

impl<'l> List<'l> {
    fn of(packed: &'l str) -> Option<Self> {
        let wide = packed.starts_with('w');
        Some(Self { items: packed.strip_prefix(if wide { 'w' } else { 'n' })?, wide })
    }

    fn items(self) -> impl Iterator<Item = Item<'l>> {
        self.items.split(ITEM).map(move |item| Item { sections: item.split(SECTION), list: self })
    }

    fn numbers(self, text: &str) -> Option<Vec<u64>> {
        let mut numbers = Vec::with_capacity(8);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let mut value = number(c)?;
            if self.wide {
                value = value * NARROW + number(chars.next()?)?;
            }
            numbers.push(value);
        }
        Some(numbers)
    }
}

/// The sections of an item that were not yet taken.
#[derive(Debug)]
struct Item<'l> {
    sections: Split<'l, char>,
    list: List<'l>,
}

impl<'l> Item<'l> {
    fn text(&mut self) -> &'l str {
        self.sections.next().unwrap_or_default()
    }

    fn numbers<const N: usize>(&mut self) -> Option<[u64; N]> {
        let section = self.text();
        self.list.numbers(section)?.try_into().ok()
    }

    /// A section whose end may be left out.
    fn trimmed<const N: usize>(&mut self) -> Option<[u64; N]> {
        let section = self.text();
        padded(self.list, section)
    }

    /// The elements of a section.
    fn elements<const N: usize>(&mut self) -> Option<Vec<[u64; N]>> {
        let (section, list) = (self.text(), self.list);
        if section.is_empty() {
            return Some(Vec::new());
        }
        section.split(ELEMENT).map(|element| padded(list, element)).collect()
    }
}

fn padded<const N: usize>(list: List<'_>, text: &str) -> Option<[u64; N]> {
    let numbers = list.numbers(text)?;
    let mut all = [0; N];
    all.get_mut(..numbers.len())?.copy_from_slice(&numbers);
    Some(all)
}

/// Reads back what [`optional`] wrote.
fn known(number: u64) -> Option<u64> {
    number.checked_sub(1)
}

/// What a packed list says that cannot be.
fn damaged(what: &str) -> StoreErrorKind {
    StoreErrorKind::Damaged(format!("packed {what}"))
}

fn small(number: u64, what: &str) -> Result<u32, StoreErrorKind> {
    u32::try_from(number).map_err(|_| damaged(what))
}

/// A place that is written by its distance from another.
fn near(anchor: u64, distance: u64) -> Option<u32> {
    u32::try_from(anchor.cast_signed().checked_add(unzigzag(distance))?).ok()
}

fn distance(start: u32, anchor: u32) -> u64 {
    zigzag(i64::from(start) - i64::from(anchor))
}

#[cfg(test)]
mod tests;
