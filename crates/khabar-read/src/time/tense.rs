//! Whether a clause tells of what was, is or will be, as far as a light look can tell.
//!
//! "Friday" is last Friday behind "said" and next Friday behind "will". Whoever has read the clause with a tagger knows
//! its tense and says so through [`TenseAt`]; without one, the nearest verb form that gives itself away decides.

use std::sync::LazyLock;

use khabar_record::TextSize;

use crate::numerals::{Class, Gap, Kind, Language, Scan, WordId, fold, rows};

/// The tense of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It tells of what happened.
    Past,
    /// It tells of what is.
    Present,
    /// It tells of what is to come.
    Future,
}

/// Knows the tense of the clause at an offset of the text.
pub trait TenseAt {
    /// Returns the tense of the verb that governs the words at `offset`, if it is known.
    fn tense_at(&self, offset: TextSize) -> Option<Tense>;

    /// Whether the verb itself is told of by the words at `offset`, and not a noun that only stands in its clause ("won a
    /// review in June").
    fn is_of_verb(&self, offset: TextSize) -> bool {
        let _ = offset;
        true
    }
}

/// Knows no tense.
impl TenseAt for () {
    fn tense_at(&self, _: TextSize) -> Option<Tense> {
        None
    }
}

impl<F: Fn(TextSize) -> Option<Tense>> TenseAt for F {
    fn tense_at(&self, offset: TextSize) -> Option<Tense> {
        self(offset)
    }
}

/// How many words before a time are looked at.
const BEFORE: usize = 40;
/// Within how many words a verb surely governs a time.
const NEAR: usize = 4;
/// How many words behind a time are looked at.
const BEHIND: usize = 25;

/// The tense that the word before a time tells by itself: what holds "since" a time began then.
pub(super) fn by_word_before(scan: &Scan<'_>, start: usize) -> Option<(Tense, bool)> {
    let before = start.checked_sub(1)?;
    matches!(scan.quote(before), "since" | "منذ").then_some((Tense::Past, true))
}

/// Looks for the verb form nearest to the tokens `start..end` of their sentence; says whether it stands so near that the
/// time is surely its own.
pub(super) fn lexical(scan: &Scan<'_>, start: usize, end: usize) -> Option<(Tense, bool)> {
    let mut weak = None;
    let mut before = None;
    for index in (start.saturating_sub(BEFORE)..start).rev() {
        if scan.ends_sentence(index) || scan.tokens[index + 1].gap == Gap::Paragraph {
            break;
        }
        match sign(scan, index) {
            Some((tense, true)) => {
                before = Some((tense, start - index));
                break;
            }
            Some((tense, false)) => weak = weak.or(Some(tense)),
            None => {}
        }
    }
    // A comma right behind the time puts it to the clause that follows ("On Friday, the court …").
    let leads = (scan.symbol(end, ',') || scan.symbol(end, '،')) && opens_clause(scan, start);
    let mut behind = None;
    for index in end..(end + BEHIND).min(scan.tokens.len()) {
        if scan.ends_sentence(index) || scan.tokens[index].gap == Gap::Paragraph {
            break;
        }
        match sign(scan, index) {
            Some((tense, true)) => {
                behind = Some((tense, index - end + 1));
                break;
            }
            Some((tense, false)) => weak = weak.or(Some(tense)),
            None => {}
        }
    }
    match (before, behind) {
        (Some((_, _)), Some((tense, near))) if leads && near < 12 => Some((tense, near <= NEAR)),
        (Some((tense, near)), _) | (None, Some((tense, near))) => Some((tense, near <= NEAR)),
        (None, None) => weak.map(|tense| (tense, false)),
    }
}

/// Whether the tokens from `start` on open a clause, a preposition before them aside.
fn opens_clause(scan: &Scan<'_>, mut start: usize) -> bool {
    while start > 0 && scan.has(start - 1, Class::Preposition) {
        start -= 1;
    }
    start == 0
        || scan.tokens[start].gap == Gap::Paragraph
        || scan.tokens[start - 1].kind == Kind::Symbol
}

/// What a word tells of the tense, and whether it tells it for sure.
fn sign(scan: &Scan<'_>, index: usize) -> Option<(Tense, bool)> {
    let token = scan.tokens[index];
    if token.kind != Kind::Word {
        return None;
    }
    if token.classes.has(Class::TenseFuture) {
        return Some((Tense::Future, true));
    }
    // A participle behind "be" tells of what is to come ("would be paid", "to be completed").
    let english = scan.lexicon.language == Language::English;
    if english && index > 0 && scan.quote(index - 1) == "be" {
        return Some((Tense::Future, true));
    }
    if token.classes.has(Class::TensePast) {
        return Some((Tense::Past, true));
    }
    if token.classes.has(Class::TensePresent) {
        return Some((Tense::Present, false));
    }
    if token.word != WordId::UNKNOWN {
        return None;
    }
    if english { english_form(scan.quote(index)) } else { arabic_form(scan.quote(index)) }
}

fn english_form(word: &str) -> Option<(Tense, bool)> {
    let past = word.len() > 4
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && word.bytes().all(|byte| byte.is_ascii_lowercase());
    past.then_some((Tense::Past, true))
}

/// Beginnings of words that look like the future particle س with a verb and are not.
static NOT_FUTURE: LazyLock<Vec<String>> = LazyLock::new(|| {
    rows(include_str!("../../rules/ar/not-future.tsv"))
        .flat_map(|row| row.cell(0).split('|').map(fold).collect::<Vec<_>>())
        .collect()
});

fn arabic_form(word: &str) -> Option<(Tense, bool)> {
    let folded = fold(word);
    let bare = folded.strip_prefix(['و', 'ف']).unwrap_or(&folded);
    let letters = bare.chars().count();
    if letters >= 5
        && ["سي", "ست", "سن", "ساي"].iter().any(|start| bare.starts_with(start))
        && !NOT_FUTURE.iter().any(|start| bare.starts_with(start.as_str()))
    {
        return Some((Tense::Future, true));
    }
    if letters >= 4 && bare.ends_with('ت') && !bare.ends_with("ات") && !bare.starts_with("ال")
    {
        return Some((Tense::Past, true));
    }
    if letters >= 4 && (bare.starts_with('ي') || bare.starts_with('ت')) && !bare.ends_with('ه') {
        return Some((Tense::Present, false));
    }
    None
}
