//! One spelling for the many that a word has.
//!
//! English loses its capitals. Arabic loses its vowel marks and tatweel, and the letters that newsrooms interchange
//! freely become one: أ إ آ ٱ → ا, ى ی → ي, ة → ه, ک → ك.

use std::hash::{BuildHasherDefault, Hasher};

/// Appends the folded form of `c` to `out`.
pub(crate) fn fold_char(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200c}'..='\u{200f}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ة' => out.push('ه'),
        'ک' => out.push('ك'),
        '’' | 'ʼ' => out.push('\''),
        c if c.is_ascii() || ('\u{600}'..='\u{6ff}').contains(&c) => out.push(c),
        c => out.extend(c.to_lowercase()),
    }
}

/// Returns the folded form of `text`.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, &mut out));
    out
}

/// A hash fast enough to look up every word of a text (the multiply-and-rotate scheme of Firefox).
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
        let mut rest = [0; 8];
        rest[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        self.add(u64::from_le_bytes(rest));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }
}

/// Builds [`WordHasher`]s.
pub(crate) type BuildWordHasher = BuildHasherDefault<WordHasher>;

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_become_one() {
        assert_eq!(fold("الأربعاءُ"), fold("الاربعاء"));
        assert_eq!(fold("ثلاثـــة"), fold("ثلاثه"));
        assert_eq!(fold("THIRD"), "third");
    }
}
