//! Cutting a text into words, runs of digits and symbols, each looked up once.

use super::clitics::{analyse, glued};
use super::digits;
use super::fold::fold_char;
use super::lexicon::WordId;
use super::scan::{Gap, Kind, Scan, Token, way};
use super::senses::{Case, Class, ClassSet};

/// Fills an empty scan with the tokens of its text; the flag tells whether a word was seen that starts a name of several.
pub(super) fn cut(scan: Scan<'_>) -> (Scan<'_>, bool) {
    let folded = String::with_capacity(64);
    let mut scanner = Scanner { scan, folded, gap: Gap::Space, longer: false };
    scanner.run();
    (scanner.scan, scanner.longer)
}

struct Scanner<'a> {
    scan: Scan<'a>,
    folded: String,
    gap: Gap,
    /// Whether a word was seen that starts a name of several words.
    longer: bool,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let text = self.scan.text;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            at = if c.is_whitespace()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            {
                self.space(at, c)
            } else if digits::value(c).is_some() {
                self.digits(at)
            } else if is_letter(c) {
                self.word(at)
            } else {
                self.symbol(at, c)
            };
        }
    }

    fn space(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        if self.gap < Gap::Space {
            self.gap = Gap::Space;
        }
        if c == '\n' {
            let rest = self.scan.text[end..].trim_start_matches([' ', '\t', '\r']);
            if rest.starts_with('\n') {
                self.gap = Gap::Paragraph;
            }
        }
        end
    }

    fn push(&mut self, token: Token) {
        self.scan.tokens.push(Token { gap: self.gap, ..token });
        self.gap = Gap::None;
    }

    fn token(start: usize, end: usize, kind: Kind) -> Token {
        Token {
            start: start as u32,
            end: end as u32,
            kind,
            gap: Gap::None,
            word: WordId::UNKNOWN,
            stem: WordId::UNKNOWN,
            classes: ClassSet::default(),
            number: 0,
            digits: 0,
            symbol: '\0',
            written: 0,
            clitic: false,
        }
    }

    fn digits(&mut self, start: usize) -> usize {
        let text = self.scan.text;
        let (mut end, mut number, mut count) = (start, 0u64, 0u8);
        for c in text[start..].chars() {
            let Some(digit) = digits::value(c) else { break };
            number = number.saturating_mul(10).saturating_add(u64::from(digit));
            count = count.saturating_add(1);
            end += c.len_utf8();
        }
        self.push(Token {
            classes: ClassSet::DIGITS,
            number,
            digits: count,
            ..Self::token(start, end, Kind::Digits)
        });
        end
    }

    fn symbol(&mut self, at: usize, c: char) -> usize {
        let text = self.scan.text;
        let end = at + c.len_utf8();
        let next = text[end..].chars().next();
        // A hyphen between letters, or a number and letters, joins the parts of a word.
        if matches!(c, '-' | '\u{2010}' | '\u{2011}')
            && self.gap == Gap::None
            && next.is_some_and(is_letter)
            && self.scan.tokens.last().is_some_and(|last| last.kind != Kind::Symbol)
            || matches!(c, '-' | '\u{2010}' | '\u{2011}')
                && self.gap == Gap::None
                && next.is_some_and(|next| digits::value(next).is_some())
                && self
                    .scan
                    .tokens
                    .last()
                    .is_some_and(|last| last.kind == Kind::Word && !self.ends_clock(last))
        {
            self.gap = Gap::Hyphen;
            return end;
        }
        self.push(Token {
            symbol: c,
            classes: ClassSet::SYMBOL,
            ..Self::token(at, end, Kind::Symbol)
        });
        end
    }

    /// Whether a word ends a time of day, so that a hyphen behind it means "to".
    fn ends_clock(&self, token: &Token) -> bool {
        self.scan.lexicon.classes(token.stem).has(Class::AmPm)
    }

    fn word(&mut self, start: usize) -> usize {
        let text = self.scan.text;
        let bytes = text.as_bytes();
        let mut end = start;
        let mut simple = true;
        while end < bytes.len() {
            let byte = bytes[end];
            if byte.is_ascii_alphabetic() {
                end += 1;
                continue;
            }
            if byte < 0x80 && byte != b'\'' {
                break;
            }
            let Some(c) = text[end..].chars().next() else {
                break;
            };
            let next = text[end + c.len_utf8()..].chars().next();
            let apostrophe = matches!(c, '\'' | '’') && next.is_some_and(is_letter);
            if !(is_letter(c) || is_mark(c) || apostrophe) {
                break;
            }
            simple = false;
            end += c.len_utf8();
        }
        if let Some(end) = self.initials(start, end) {
            return end;
        }
        self.fold(start, end, simple);
        if text[start..end].chars().next().is_some_and(is_arabic) {
            return self.arabic(start, end);
        }
        self.english(start, end)
    }

    fn fold(&mut self, start: usize, end: usize, simple: bool) {
        self.folded.clear();
        let text = &self.scan.text[start..end];
        if simple {
            self.folded.push_str(text);
            self.folded.make_ascii_lowercase();
        } else {
            text.chars().for_each(|c| fold_char(c, &mut self.folded));
        }
    }

    /// Reads letters with full stops (a.m., U.S., ج.م) as one word.
    fn initials(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.scan.text;
        let mut chars = text[start..end].chars();
        let first = chars.next()?;
        if chars.next().is_some() || !text[end..].starts_with('.') {
            return None;
        }
        let mut folded = String::new();
        fold_char(first, &mut folded);
        let (mut at, mut letters) = (end, 1);
        loop {
            let mut rest = text[at..].chars();
            if rest.next() != Some('.') {
                break;
            }
            match (rest.next(), rest.next()) {
                (Some(letter), after) if is_letter(letter) && !after.is_some_and(is_letter) => {
                    fold_char(letter, &mut folded);
                    at += 1 + letter.len_utf8();
                    letters += 1;
                }
                _ => break,
            }
        }
        if letters < 2 || self.scan.lexicon.find(&folded) == WordId::UNKNOWN {
            return None;
        }
        if text[at..].starts_with('.') {
            at += 1;
        }
        self.folded.clear();
        self.folded.push_str(&folded);
        let word = self.scan.lexicon.find(&folded);
        self.push_word(start, at, word, word, false);
        Some(at)
    }

    fn english(&mut self, start: usize, mut end: usize) -> usize {
        let text = self.scan.text;
        let word = self.scan.lexicon.find(&self.folded);
        if word == WordId::UNKNOWN {
            if let Some(stem) = self.folded.strip_suffix("'s") {
                let stem = self.scan.lexicon.find(stem);
                let cut = text[..end].rfind(['\'', '’']).unwrap_or(end);
                let s = self.scan.lexicon.find("'s");
                self.push_word(start, cut, stem, stem, false);
                self.push_word(cut, end, s, s, false);
                return end;
            }
        } else if text[end..].starts_with('.') && self.scan.lexicon.is_abbreviation(word) {
            end += 1;
        }
        self.push_word(start, end, word, word, false);
        end
    }

    fn push_word(&mut self, start: usize, end: usize, word: WordId, stem: WordId, definite: bool) {
        let mut written = way(Case::Any);
        let quote = &self.scan.text[start..end];
        if stem != WordId::UNKNOWN || word != WordId::UNKNOWN {
            let upper = quote.chars().next().is_some_and(char::is_uppercase);
            let latin = quote.bytes().next().is_some_and(|byte| byte.is_ascii());
            if upper || latin && !self.scan.has_capitals {
                written |= way(Case::Capital);
            }
            if !upper {
                written |= way(Case::Lower);
            }
            if !quote.chars().any(char::is_lowercase) {
                written |= way(Case::Upper);
            }
            written |= way(if definite { Case::Definite } else { Case::Indefinite });
            self.longer |= self.scan.lexicon.starts_longer(word);
        } else if quote.chars().next().is_some_and(char::is_uppercase) {
            written |= way(Case::Capital);
        }
        self.push(Token { word, stem, written, ..Self::token(start, end, Kind::Word) });
    }

    fn arabic(&mut self, start: usize, end: usize) -> usize {
        let folded = std::mem::take(&mut self.folded);
        // A preposition written together with digits ("ب22", "و12").
        let next = self.scan.text[end..].chars().next();
        if matches!(folded.as_str(), "و" | "ف" | "ب" | "ل" | "ك")
            && next.is_some_and(|c| digits::value(c).is_some())
        {
            let word = self.scan.lexicon.find(&folded);
            self.push_word(start, end, word, word, false);
            if let Some(token) = self.scan.tokens.last_mut() {
                token.clitic = true;
            }
            self.folded = folded;
            return end;
        }
        if !self.arabic_word(start, end, &folded, true) {
            let cut = glued(self.scan.lexicon, &folded);
            if let Some((left, right)) = cut {
                let middle = start + written_length(&self.scan.text[start..end], left);
                self.arabic_word(start, middle, &folded[..left], false);
                self.arabic_word(middle, end, &folded[right..], true);
            } else {
                self.push_word(start, end, WordId::UNKNOWN, WordId::UNKNOWN, false);
            }
        }
        self.folded = folded;
        end
    }

    /// Pushes a word with the particles written together with it; says whether the lexicon knows it.
    fn arabic_word(&mut self, start: usize, end: usize, folded: &str, last: bool) -> bool {
        let lexicon = self.scan.lexicon;
        let Some(reading) = analyse(lexicon, folded) else {
            if !last {
                self.push_word(start, end, WordId::UNKNOWN, WordId::UNKNOWN, false);
            }
            return false;
        };
        let (mut at, mut cut) = (start, 0);
        for clitic in reading.clitics.into_iter().flatten() {
            let letters = &folded[cut..cut + 2];
            cut += 2;
            let next = start + written_length(&self.scan.text[start..end], cut);
            let word = lexicon.find(letters);
            self.push_word(at, next, word, word, false);
            if let Some(token) = self.scan.tokens.last_mut() {
                token.clitic = true;
            }
            debug_assert_eq!(letters.chars().next(), Some(clitic));
            at = next;
        }
        if at < end {
            self.push_word(at, end, reading.word, reading.stem, reading.definite);
        }
        true
    }
}

/// Returns how many bytes of the written word the first `folded` bytes of its folded form stand for.
fn written_length(written: &str, folded: usize) -> usize {
    let mut out = String::new();
    for (at, c) in written.char_indices() {
        let before = out.len();
        fold_char(c, &mut out);
        if before >= folded && out.len() > before {
            return at;
        }
    }
    written.len()
}

fn is_arabic(c: char) -> bool {
    ('\u{620}'..='\u{6d3}').contains(&c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{640}' | '\u{300}'..='\u{36f}')
}

fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        c if c.is_ascii() => false,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' => true,
        '\u{600}'..='\u{6ff}' | '\u{2000}'..='\u{2bff}' | '\u{a0}'..='\u{bf}' => false,
        c => c.is_alphabetic(),
    }
}
