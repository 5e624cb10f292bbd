//! The strings of one analysis, each stored once.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::{fmt, hash::BuildHasher};

/// A string of an analysis; two symbols of the same analysis are equal exactly when their strings are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// An append-only table of distinct strings.
#[derive(Clone, Default)]
pub(crate) struct Strings {
    bytes: String,
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Strings {
    /// The symbol of a string, which is added if it is new.
    pub(crate) fn intern(&mut self, string: &str) -> Symbol {
        let hash = hash(string);
        if let Some(&found) = self.table.find(hash, |&i| get(&self.bytes, &self.ends, i) == string)
        {
            return Symbol(found);
        }
        let symbol = self.ends.len() as u32;
        self.bytes.push_str(string);
        self.ends.push(self.bytes.len() as u32);
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.table.insert_unique(hash, symbol, |&i| self::hash(get(bytes, ends, i)));
        Symbol(symbol)
    }

    /// The symbol of a string that is already there.
    pub(crate) fn lookup(&self, string: &str) -> Option<Symbol> {
        self.table
            .find(hash(string), |&i| get(&self.bytes, &self.ends, i) == string)
            .map(|&i| Symbol(i))
    }

    pub(crate) fn get(&self, symbol: Symbol) -> &str {
        get(&self.bytes, &self.ends, symbol.0)
    }
}

fn get<'s>(bytes: &'s str, ends: &[u32], index: u32) -> &'s str {
    let index = index as usize;
    let start = index.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start as usize..ends[index] as usize]
}

fn hash(string: &str) -> u64 {
    FixedState::with_seed(0x6b68_6162).hash_one(string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_share_a_symbol() {
        let mut strings = Strings::default();
        let (a, b) = (strings.intern("خبر"), strings.intern("news"));
        assert_eq!(strings.intern("خبر"), a);
        assert_ne!(a, b);
        assert_eq!((strings.get(a), strings.get(b)), ("خبر", "news"));
        assert_eq!(strings.lookup("news"), Some(b));
        assert_eq!(strings.lookup("new"), None);
        let empty = strings.intern("");
        assert_eq!(strings.get(empty), "");
    }
}
