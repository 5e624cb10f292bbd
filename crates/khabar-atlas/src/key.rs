//! The key under which a name is found: a hash over the letters of its words.
//!
//! The compiler of the table and the look-up share this module, so that both see the same letters: accents fall away,
//! as do Persian letters in Arabic names and the marks inside a word. A word that is nothing but a hyphen or an apostrophe
//! does not count, since readers cut words at such marks and lists don't; any other mark stands for itself.

/// The most words that a name may have; longer ones are refused when the table is compiled.
pub(crate) const LONGEST: usize = 14;

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash that grows word by word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    state: u64,
    words: u8,
}

impl Key {
    /// The key of no words at all.
    pub(crate) const EMPTY: Self = Self { state: BASIS, words: 0 };

    /// A key in a space of its own, for what is looked up by identifier and not by name.
    pub(crate) fn identifier(space: u8, parts: &[&str]) -> Self {
        let mut key = Self::EMPTY;
        key.byte(0);
        key.byte(space);
        for part in parts {
            part.bytes().for_each(|byte| key.byte(byte));
            key.byte(0x1f);
        }
        key.words = 1;
        key
    }

    /// Adds a word that is folded already; false when it does not count.
    #[must_use]
    pub(crate) fn push(&mut self, word: &str) -> bool {
        if matches!(word, "-" | "'" | "‑" | "–") {
            return false;
        }
        if self.words > 0 {
            self.byte(b' ');
        }
        let before = self.state;
        for c in word.chars() {
            self.letter(c);
        }
        if self.state == before {
            word.bytes().for_each(|byte| self.byte(byte));
        }
        self.words = self.words.saturating_add(1);
        true
    }

    /// The number of words so far.
    pub(crate) fn words(self) -> usize {
        usize::from(self.words)
    }

    /// The hash, with all bits mixed.
    pub(crate) fn hash(self) -> u64 {
        let mut hash = self.state;
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ (hash >> 33)
    }

    fn byte(&mut self, byte: u8) {
        self.state = (self.state ^ u64::from(byte)).wrapping_mul(PRIME);
    }

    fn letter(&mut self, c: char) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                self.byte(c as u8);
            }
        } else if let Some(plain) = plain_latin(c) {
            plain.bytes().for_each(|byte| self.byte(byte));
        } else if c.is_alphanumeric() {
            let mut buffer = [0; 4];
            let c = plain_arabic(c);
            c.encode_utf8(&mut buffer).bytes().for_each(|byte| self.byte(byte));
        }
    }
}

/// The Arabic letter that stands in for a Persian one or for a hamza on its seat.
fn plain_arabic(c: char) -> char {
    match c {
        'ؤ' => 'و',
        'ئ' => 'ي',
        'ڤ' => 'ف',
        'پ' => 'ب',
        'گ' => 'غ',
        'چ' | 'ژ' => 'ج',
        _ => c,
    }
}

/// A small Latin letter without its accent.
fn plain_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å'
        | 'ā'
        | 'ă'
        | 'ą'
        | 'ǎ'
        | 'ạ'
        | 'ả'
        | 'ấ'
        | 'ầ'
        | 'ẩ'
        | 'ẫ'
        | 'ậ'
        | 'ắ'
        | 'ằ'
        | 'ẳ'
        | 'ẵ'
        | 'ặ'
        | 'ə' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' | 'ḏ' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể' | 'ễ' | 'ệ' => {
            "e"
        }
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ḡ' => "g",
        'ĥ' | 'ħ' | 'ḥ' | 'ḩ' | 'ẖ' | 'ḫ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' | 'ǐ' => "i",
        'ĵ' => "j",
        'ķ' | 'ḳ' | 'ḵ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' | 'ḷ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' | 'ṇ' | 'ṅ' => "n",
        'ò'..='ö'
        | 'ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'ơ'
        | 'ọ'
        | 'ỏ'
        | 'ố'
        | 'ồ'
        | 'ổ'
        | 'ỗ'
        | 'ộ'
        | 'ớ'
        | 'ờ'
        | 'ở'
        | 'ỡ'
        | 'ợ'
        | 'ǒ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' | 'ṛ' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' | 'ṭ' | 'ṯ' => "t",
        'þ' => "th",
        'ù'..='ü'
        | 'ũ'
        | 'ū'
        | 'ŭ'
        | 'ů'
        | 'ű'
        | 'ų'
        | 'ư'
        | 'ụ'
        | 'ủ'
        | 'ứ'
        | 'ừ'
        | 'ử'
        | 'ữ'
        | 'ự'
        | 'ǔ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỵ' | 'ỷ' | 'ỹ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' | 'ẕ' => "z",
        // The apostrophes and breathings of transliterations, and combining accents.
        'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ʹ' | '`' | '\u{0300}'..='\u{036f}' => "",
        _ => return None,
    })
}
