//! Spelling variants of a word folded into one, character by character.
//!
//! Texts and lists must meet in one spelling: the words of a text where they are looked up, the names of a list where the
//! list is compiled. Both sides fold here, and the crate is as small as it is so that a build script can use it too.

use unicode_normalization::char::decompose_compatible;

/// Which differences of spelling are folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Fold {
    /// Drop vowel signs, Koranic marks, tatweel, bidirectional controls, zero-width characters and soft hyphens; join an alef,
    /// waw or ya with a hamza or madda that follows as a separate mark.
    pub marks: bool,
    /// Replace presentation forms, ligatures and full-width characters by ordinary letters, and the Persian ya and
    /// kaf, which some keyboards give, by the Arabic ones.
    pub forms: bool,
    /// Replace Arabic-Indic digits, and the signs that go with them (`٫ ٬ ٪`), by ASCII.
    pub digits: bool,
    /// Replace quotation marks, apostrophes and Arabic punctuation by their ASCII counterparts, `…` by three dots.
    pub punctuation: bool,
    /// Replace alef with hamza or madda by bare alef, alef maksura by ya, ta marbuta by ha.
    pub letters: bool,
    /// Replace capital by small letters.
    pub case: bool,
}

impl Fold {
    /// What only decorates a word is gone; its letters stand as written. This is `form` of khabar-lang's words.
    pub const FORM: Self = Self {
        marks: true,
        forms: true,
        digits: true,
        punctuation: true,
        letters: false,
        case: false,
    };

    /// Spelling variants meet. This is `key` of khabar-lang's words and what dictionaries are keyed with.
    pub const KEY: Self = Self { letters: true, case: true, ..Self::FORM };
}

/// The normalised text without the way back, for words that are only compared.
pub fn fold(original: &str, fold: Fold) -> String {
    let mut out = String::with_capacity(original.len());
    fold_into(original, fold, &mut out);
    out
}

/// As [`fold()`], appended to a buffer.
pub fn fold_into(original: &str, fold: Fold, out: &mut String) {
    for c in original.chars() {
        if let Some(c) = plain(c, fold) {
            out.push(c);
        } else if fold.marks
            && let Some(joined) = out.chars().next_back().and_then(|last| join(last, c))
        {
            out.pop();
            push_letter(joined, fold, &mut |c| out.push(c));
        } else {
            fold_char(c, fold, &mut |c| out.push(c));
        }
    }
}

/// The text without vowel signs: what the lemma of a vocalised treebank is without its decoration.
pub fn strip_marks(original: &str) -> String {
    original.chars().filter(|&c| !is_dropped(c)).map(|c| if c == 'ٱ' { 'ا' } else { c }).collect()
}

/// Writes what one character is folded into: nothing, itself or several others.
pub fn fold_char(c: char, fold: Fold, out: &mut dyn FnMut(char)) {
    if let Some(c) = plain(c, fold) {
        out(c);
    } else if fold.marks && is_dropped(c) {
    } else if fold.forms && is_compatibility_form(c) {
        decompose_compatible(c, |part| {
            if !(fold.marks && is_dropped(part)) && part != ' ' {
                push_letter(part, fold, out);
            }
        });
    } else {
        push_letter(c, fold, out);
    }
}

/// What a character of ASCII or a letter of the Arabic alphabet is folded into. Texts and lists are made of little else, so
/// that the questions about marks and forms are not asked of each of them.
fn plain(c: char, fold: Fold) -> Option<char> {
    match c {
        '\0'..='\x7F' => Some(if fold.case { c.to_ascii_lowercase() } else { c }),
        'ء'..='غ' | 'ف'..='ي' => Some(if fold.letters { fold_letter(c) } else { c }),
        _ => None,
    }
}

/// Writes what a letter is folded into that [`join`] has made or that is no presentation form.
pub fn push_letter(c: char, fold: Fold, out: &mut dyn FnMut(char)) {
    let c = if fold.forms { keyboard_variant(c) } else { c };
    let c = if fold.digits { ascii_digit(c) } else { c };
    let c = if fold.letters { fold_letter(c) } else { c };
    match c {
        '…' if fold.punctuation => "...".chars().for_each(out),
        _ if fold.punctuation && !c.is_ascii() => out(ascii_punctuation(c)),
        _ if fold.case && c.is_uppercase() => c.to_lowercase().for_each(out),
        _ => out(c),
    }
}

/// A mark that decorates or steers and is not part of the spelling.
pub fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0640}' // tatweel
        | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}'
        | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{034F}' | '\u{FE00}'..='\u{FE0F}')
}

/// A letter and a hamza or madda that follows as a mark of its own.
pub fn join(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('ا', '\u{0653}') => 'آ',
        ('ا', '\u{0654}') => 'أ',
        ('ا', '\u{0655}') => 'إ',
        ('و', '\u{0654}') => 'ؤ',
        ('ي' | 'ى', '\u{0654}') => 'ئ',
        _ => return None,
    })
}

fn is_compatibility_form(c: char) -> bool {
    matches!(c,
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{FF01}'..='\u{FF5E}' | '\u{FB00}'..='\u{FB06}')
        && !matches!(c, '\u{FD3E}' | '\u{FD3F}')
}

fn keyboard_variant(c: char) -> char {
    match c {
        'ی' | 'ې' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'ہ' | 'ھ' | 'ە' => 'ه',
        '\u{00A0}' | '\u{202F}' | '\u{2009}' => ' ',
        _ => c,
    }
}

fn ascii_digit(c: char) -> char {
    let digit = match c {
        '\u{0660}'..='\u{0669}' => c as u32 - 0x0660,
        '\u{06F0}'..='\u{06F9}' => c as u32 - 0x06F0,
        '٫' => return '.',
        '٬' => return ',',
        '٪' => return '%',
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

fn fold_letter(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{0672}' | '\u{0673}' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        _ => c,
    }
}

fn ascii_punctuation(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' | '‹' | '›' => '\'',
        '،' => ',',
        '؛' => ';',
        '؟' => '?',
        '۔' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("أُسَامَة", Fold::KEY), fold("اسامه", Fold::KEY));
        assert_eq!(fold("العـــراق", Fold::FORM), "العراق");
        assert_eq!(fold("Kraków", Fold::KEY), "kraków");
    }
}
