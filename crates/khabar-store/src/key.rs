//! What a document is known by: a hash of the input it was read from.
//!
//! A given identifier may be given twice and a path may change its content; the bytes cannot be confused with others. So the
//! same input is the same document wherever it is found and however often it is added.

use std::fmt;
use std::str::FromStr;

/// The key of a document: 16 bytes of BLAKE3 over the input and the options it was read with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DocumentKey(pub(crate) [u8; 16]);

impl DocumentKey {
    /// Hashes the parts of an input: its bytes and whatever else decides what is read in it.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            // The length keeps ["ab", "c"] apart from ["a", "bc"].
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(key)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The first ten digits: enough for a person to tell documents apart, and taken wherever a key is asked for.
    pub fn short(&self) -> String {
        self.to_string()[..10].to_owned()
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseKeyError;

impl fmt::Display for ParseKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key has 32 hexadecimal digits")
    }
}

impl std::error::Error for ParseKeyError {}

impl FromStr for DocumentKey {
    type Err = ParseKeyError;

    fn from_str(text: &str) -> Result<Self, ParseKeyError> {
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ParseKeyError);
        }
        let number = u128::from_str_radix(text, 16).map_err(|_| ParseKeyError)?;
        Ok(Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_text_and_keep_parts_apart() {
        let key = DocumentKey::of([&b"ab"[..], b"c"]);
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_ne!(key, DocumentKey::of([&b"a"[..], b"bc"]));
        assert!("+1234567890123456789012345678901".parse::<DocumentKey>().is_err());
    }
}
