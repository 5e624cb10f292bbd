//! Cutting a text into words, runs of digits and symbols, each looked up once.

use super::digits;
use super::fold::fold_char;
use super::lexicon::{Lexicon, WordId};
use super::senses::{Case, Class, ClassSet, Sense};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Decimal digits only; separators are symbols of their own.
    Digits,
    /// One character that is neither.
    Symbol,
}

/// What lies between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// A hyphen inside a word ("third-quarter").
    Hyphen,
    /// White space.
    Space,
    /// An empty line.
    Paragraph,
}

/// A word, number or symbol of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    pub(crate) gap: Gap,
    /// The word as it is written.
    pub(crate) word: WordId,
    /// The word whose meanings count: without the Arabic article unless the list has it with the article.
    pub(crate) stem: WordId,
    /// The classes of the meanings that the way of writing allows.
    pub(crate) classes: ClassSet,
    /// The number that digits make.
    pub(crate) number: u64,
    /// How many digits there are.
    pub(crate) digits: u8,
    /// The character of a symbol.
    pub(crate) symbol: char,
    /// The ways of writing that the token meets, one bit each.
    written: u16,
    /// An Arabic conjunction or preposition written together with the next word.
    pub(crate) clitic: bool,
}

const fn way(case: Case) -> u16 {
    1 << case as u8
}

impl Token {
    fn meets(&self, case: Case) -> bool {
        self.written & way(case) != 0
    }

    /// Whether the word starts with a capital letter.
    pub(crate) fn is_capital(&self) -> bool {
        self.meets(Case::Capital)
    }

    /// Whether the word has the Arabic article.
    pub(crate) fn is_definite(&self) -> bool {
        self.meets(Case::Definite)
    }

    /// Whether the token is the symbol `c`.
    pub(crate) fn is(&self, c: char) -> bool {
        self.kind == Kind::Symbol && self.symbol == c
    }

    /// Whether nothing lies between the token and the one before it.
    pub(crate) fn is_glued(&self) -> bool {
        self.gap == Gap::None
    }
}

/// A text cut into tokens.
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tokens: Vec<Token>,
    /// Whether the text has capital letters at all, so that their absence tells something.
    has_capitals: bool,
}

impl<'a> Scan<'a> {
    /// Cuts `text` into tokens.
    pub(crate) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let mut scanner = Scanner {
            scan: Self {
                text,
                lexicon,
                tokens: Vec::with_capacity(text.len() / 5),
                has_capitals: text.bytes().any(|byte| byte.is_ascii_uppercase()),
            },
            folded: String::with_capacity(64),
            gap: Gap::Space,
            longer: false,
        };
        scanner.run();
        let longer = scanner.longer;
        let mut scan = scanner.scan;
        if longer {
            scan.join_names();
        }
        scan.settle_case();
        scan
    }

    /// Returns the meanings that a token's way of writing allows.
    pub(crate) fn senses(&self, index: usize) -> impl Iterator<Item = Sense> + '_ {
        let token = self.tokens.get(index);
        let senses = token.map_or(&[][..], |token| self.lexicon.senses(token.stem));
        senses
            .iter()
            .copied()
            .filter(move |sense| token.is_some_and(|token| token.meets(sense.case)))
    }

    /// Returns the value of a token's meaning of one class.
    pub(crate) fn value(&self, index: usize, class: Class) -> Option<f64> {
        let token = self.tokens.get(index)?;
        if !token.classes.has(class) {
            return None;
        }
        self.senses(index).find(|sense| sense.class == class).map(|sense| sense.value)
    }

    /// Whether a token has a meaning of one class.
    pub(crate) fn has(&self, index: usize, class: Class) -> bool {
        self.tokens.get(index).is_some_and(|token| token.classes.has(class))
    }

    /// Whether a token is the symbol `c`.
    pub(crate) fn symbol(&self, index: usize, c: char) -> bool {
        self.tokens.get(index).is_some_and(|token| token.is(c))
    }

    /// Returns the words of a token.
    pub(crate) fn quote(&self, index: usize) -> &'a str {
        self.tokens
            .get(index)
            .map_or("", |token| &self.text[token.start as usize..token.end as usize])
    }

    /// Whether `index` is the first token of a sentence or of the text, as far as a light look can tell.
    pub(crate) fn starts_sentence(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else {
            return true;
        };
        index == 0
            || token.gap == Gap::Paragraph
            || (token.gap == Gap::Space && self.ends_sentence(index - 1))
            || (self.tokens[index - 1].is('"') || self.tokens[index - 1].is('“'))
    }

    /// Whether the token ends a sentence.
    pub(crate) fn ends_sentence(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| {
            token.kind == Kind::Symbol && matches!(token.symbol, '.' | '!' | '?' | '؟' | '…')
        }) && self
            .tokens
            .get(index + 1)
            .is_none_or(|next| next.gap >= Gap::Space || next.kind == Kind::Symbol)
    }

    /// Makes one token of each name of several words.
    fn join_names(&mut self) {
        let mut kept = 0;
        let mut index = 0;
        while index < self.tokens.len() {
            let mut token = self.tokens[index];
            let mut taken = 1;
            if token.kind == Kind::Word && self.lexicon.starts_longer(token.word) {
                let next = |step: usize| {
                    self.tokens
                        .get(index + 1 + step)
                        .filter(|next| {
                            next.kind == Kind::Word && matches!(next.gap, Gap::Space | Gap::Hyphen)
                        })
                        .map(|next| next.word)
                };
                if let Some((whole, more)) = self.lexicon.longest(token.word, next) {
                    taken += more;
                    token.end = self.tokens[index + more].end;
                    token.word = whole;
                    token.stem = whole;
                    // A name that starts with the article counts as written with it.
                    if !token.is_definite() && self.quote(index).starts_with("ال") {
                        token.written |= way(Case::Definite);
                    }
                }
            }
            self.tokens[kept] = token;
            kept += 1;
            index += taken;
        }
        self.tokens.truncate(kept);
    }

    /// Decides which meanings the way of writing allows.
    fn settle_case(&mut self) {
        for index in 0..self.tokens.len() {
            let token = self.tokens[index];
            if token.kind != Kind::Word || token.stem == WordId::UNKNOWN {
                continue;
            }
            let lexicon = self.lexicon;
            let classes = lexicon.classes(token.stem);
            let literal = lexicon.classes(token.word).meets(ClassSet::LITERAL);
            let mut set = ClassSet::default();
            if !classes.is_empty() {
                let number = |other: &Token, gap: Gap| {
                    (other.kind == Kind::Digits || other.classes.has(Class::OrdinalEnd))
                        && gap < Gap::Paragraph
                };
                let next = self.tokens.get(index + 1);
                let before = index > 0 && number(&self.tokens[index - 1], token.gap);
                let beside = before || next.is_some_and(|next| number(next, next.gap));
                let joined = beside
                    || self.symbol(index + 1, ',')
                    || self.tokens.len() == 1
                    || index > 0 && self.symbol(index - 1, ',') && next.is_none()
                    || matches!(self.quote(index + 1), "at" | "the");
                let stop = self.quote(index).ends_with('.');
                let capital = token.is_capital();
                if capital || beside {
                    self.tokens[index].written |= way(Case::CapitalOrNumber);
                }
                if capital && (joined || stop) {
                    self.tokens[index].written |= way(Case::StopOrNumber);
                }
                for sense in lexicon.senses(token.stem) {
                    if self.tokens[index].meets(sense.case) {
                        set = set.union(sense.class.bit());
                    }
                }
            }
            if literal || classes.meets(ClassSet::LITERAL) {
                set = set.union(ClassSet::LITERAL);
            }
            self.tokens[index].classes = set;
        }
    }
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

/// How an Arabic word is taken apart.
struct Reading {
    clitics: [Option<char>; 2],
    word: WordId,
    stem: WordId,
    definite: bool,
}

/// Takes conjunctions, prepositions and the article off until the lexicon knows what is left.
fn analyse(lexicon: &Lexicon, folded: &str) -> Option<Reading> {
    let bare = |text: &str| -> Option<(WordId, WordId, bool)> {
        let word = lexicon.find(text);
        if word != WordId::UNKNOWN {
            // A word may be listed with the article as part of a longer name and without it for its own meaning.
            let stem = strip_article(text).map(|rest| lexicon.find(rest));
            return Some(match stem {
                Some(stem)
                    if lexicon.senses(word).is_empty() && !lexicon.senses(stem).is_empty() =>
                {
                    (word, stem, true)
                }
                // ألف starts with these letters too.
                _ => (word, word, text.starts_with("ال") && text.len() >= 10),
            });
        }
        let stem = lexicon.find(strip_article(text)?);
        (!lexicon.senses(stem).is_empty()).then_some((word, stem, true))
    };
    let make = |clitics, (word, stem, definite)| Reading { clitics, word, stem, definite };
    if let Some(found) = bare(folded) {
        return Some(make([None, None], found));
    }
    let first = folded.chars().next()?;
    let rest = folded.get(first.len_utf8()..)?;
    if rest.len() < 4 {
        return None;
    }
    match first {
        'و' | 'ف' => {
            if let Some(found) = bare(rest) {
                return Some(make([Some(first), None], found));
            }
            let second = rest.chars().next()?;
            let inner = rest.get(second.len_utf8()..)?;
            if inner.len() < 4 {
                return None;
            }
            let found = preposition(second, inner, &bare)?;
            Some(make([Some(first), Some(second)], found))
        }
        _ => Some(make([Some(first), None], preposition(first, rest, &bare)?)),
    }
}

fn preposition(
    letter: char,
    rest: &str,
    bare: &impl Fn(&str) -> Option<(WordId, WordId, bool)>,
) -> Option<(WordId, WordId, bool)> {
    // Two letters are too few to tell a preposition with a word from a word (باب, لست).
    let long = |rest: &str| if rest.len() >= 6 { bare(rest) } else { None };
    match letter {
        // The article loses its alif behind ل: للعام = ل + العام.
        'ل' => rest
            .strip_prefix('ل')
            .filter(|stem| stem.len() >= 6)
            .and_then(|stem| bare(&format!("ال{stem}")))
            .or_else(|| long(rest)),
        'ب' | 'ك' => long(rest),
        _ => None,
    }
}

fn strip_article(text: &str) -> Option<&str> {
    text.strip_prefix("ال").filter(|rest| rest.len() >= 4)
}

/// Finds where a known word of time and a verb behind it lost the space between them ("الشهروزعم"), as careless copies of
/// articles do.
fn glued(lexicon: &Lexicon, folded: &str) -> Option<(usize, usize)> {
    if folded.len() < 14 || !folded.starts_with("ال") {
        return None;
    }
    folded
        .char_indices()
        .filter(|&(at, c)| c == 'و' && at >= 8 && folded.len() - at >= 8)
        .map(|(at, _)| at)
        .find(|&at| {
            let time = |set: ClassSet| {
                set.has(Class::Unit) || set.has(Class::Weekday) || set.has(Class::DayRel)
            };
            analyse(lexicon, &folded[..at])
                .is_some_and(|left| left.clitics[0].is_none() && time(lexicon.classes(left.stem)))
                && lexicon.classes(lexicon.find(&folded[at + 2..])).has(Class::TensePast)
        })
        .map(|at| (at, at))
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
