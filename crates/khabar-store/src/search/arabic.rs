//! Arabic words to stems, and back to all the stems that a word's forms may have.
//!
//! A written word carries what English writes apart: وبحكومتها is "and by her government". Without its sentence nobody can
//! tell every clitic from a letter of the root (وزير "minister" is no و + زير), so the stem takes off only what can hardly
//! be mistaken, by fixed rules and a list of words that are left whole. A query then makes the forms of its word, with all
//! clitics and endings, and asks for the stems of them all: whatever the rules make of a form, it is among them.

use khabar_lang::normalize::{Fold, fold};

use super::lexicon::ARABIC;
use super::token::is_alphanumeric;

/// The letters of a word without differences of spelling. Beyond what dictionaries fold, the seats of hamza meet
/// (مسئول, مسؤول) and a final hamza falls (وزراء, وزرا).
pub(super) fn letters(word: &str) -> String {
    let folded = fold(word, Fold::KEY);
    let mut out: String = folded
        .chars()
        .filter(|&c| is_alphanumeric(c))
        .map(|c| if matches!(c, 'ؤ' | 'ئ') { 'ء' } else { c })
        .collect();
    out.truncate(without_hamza(&out).len());
    out
}

fn without_hamza(word: &str) -> &str {
    cut(word, "ء").unwrap_or(word)
}

/// The stem of a word as it stands in a text.
pub(super) fn stem(word: &str) -> String {
    stem_of_letters(&letters(word))
}

/// Conjunctions, prepositions and the article that stand before a word, the longest first. With the article there is no
/// doubt; a bare و or ف is taken off words that the list does not keep, other single letters never.
const ARTICLES: [&str; 11] =
    ["وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل"];

/// Endings: pronouns first, then number, gender and the ending of relation.
const PRONOUNS: [&str; 7] = ["هما", "كما", "هم", "هن", "ها", "كم", "نا"];
const ENDINGS: [&str; 14] =
    ["تين", "تان", "ات", "ان", "ون", "ين", "وا", "تم", "يه", "ت", "ه", "ي", "ا", "ء"];

/// A stem keeps at least so many letters.
const LEAST: usize = 3;

fn stem_of_letters(word: &str) -> String {
    let word = without_question(word);
    let (bare, had_article) = without_article(word);
    // A word of the list is found with its endings on, before anything in front of it is taken for a conjunction.
    if let Some(whole) = whole_within(word).or_else(|| whole_within(bare)) {
        return whole.to_owned();
    }
    let bare = if had_article { bare } else { without_conjunction(bare) };
    whole_within(bare).unwrap_or_else(|| without_endings(bare)).to_owned()
}

/// A word without a pronoun and the endings before it.
pub(super) fn without_endings(word: &str) -> &str {
    let mut rest = strip(word, &PRONOUNS);
    // Twice, for endings upon endings: مصريين, مصري, مصر.
    for _ in 0..2 {
        rest = strip(rest, &ENDINGS);
    }
    rest
}

/// The word of the list that is left when a pronoun and up to two endings are taken off.
fn whole_within(word: &str) -> Option<&str> {
    let whole = &ARABIC.whole;
    if whole.contains(word) {
        return Some(word);
    }
    let shorter = |word| ENDINGS.iter().filter_map(move |ending| cut(word, ending));
    let pronounless = PRONOUNS.iter().filter_map(|pronoun| cut(word, pronoun));
    for rest in pronounless.chain([word]) {
        if whole.contains(rest) {
            return Some(rest);
        }
        for rest in shorter(rest) {
            if whole.contains(rest) {
                return Some(rest);
            }
            if let Some(rest) = shorter(rest).find(|rest| whole.contains(*rest)) {
                return Some(rest);
            }
        }
    }
    None
}

/// A future without the particle of a question in front of its conjunction: أفسيعود is "and will he return?".
fn without_question(word: &str) -> &str {
    let asked =
        word.strip_prefix('ا').filter(|rest| rest.starts_with("فسي") || rest.starts_with("فست"));
    asked.filter(|rest| rest.chars().count() > LEAST + 2).unwrap_or(word)
}

fn without_article(word: &str) -> (&str, bool) {
    ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article).filter(|rest| long_enough(rest)))
        .map_or((word, false), |rest| (rest, true))
}

fn without_conjunction(word: &str) -> &str {
    if ARABIC.front.contains(without_endings(word)) {
        return word;
    }
    word.strip_prefix(['و', 'ف']).filter(|rest| long_enough(rest)).unwrap_or(word)
}

fn strip<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    endings.iter().find_map(|ending| cut(word, ending)).unwrap_or(word)
}

fn cut<'w>(word: &'w str, ending: &str) -> Option<&'w str> {
    word.strip_suffix(ending).filter(|rest| long_enough(rest))
}

fn long_enough(rest: &str) -> bool {
    rest.chars().nth(LEAST - 1).is_some()
}

/// What a query's forms are made with. Combinations that the stem takes off in one piece, such as وال, or that come to the
/// same as a part of theirs, such as وب, need not be tried.
const BEFORE_NOUNS: [&str; 8] = ["", "و", "ف", "ب", "ل", "ك", "ال", "لل"];
const AFTER: [&str; 11] = ["", "ه", "ها", "ات", "ون", "ين", "ان", "ت", "ي", "ا", "يه"];
const BEFORE_VERBS: [&str; 6] = ["ي", "ت", "سي", "ست", "لي", "لت"];

/// All stems that forms of a query's word may have.
pub(super) fn alternatives(word: &str) -> Vec<String> {
    let mut bases = bases(&letters(word));
    for seat in other_seats(word) {
        bases.extend(self::bases(&letters(&seat)));
    }
    let related: Vec<String> =
        bases.iter().filter_map(|base| ARABIC.forms.get(base)).flatten().cloned().collect();
    bases.extend(related);
    let mut stems = Vec::new();
    for base in &bases {
        let mut ask = |form: &str| {
            let stem = stem_of_letters(without_hamza(form));
            // لبنان is a word of its own and no dual of لبن.
            if stem == *base || !ARABIC.whole.contains(&stem) || whole_within(base) == Some(&stem) {
                stems.push(stem);
            }
        };
        for before in BEFORE_NOUNS {
            for after in AFTER {
                ask(&format!("{before}{base}{after}"));
            }
        }
        for imperfect in imperfects(base) {
            for before in BEFORE_VERBS {
                for after in ["", "ون", "ه"] {
                    ask(&format!("{before}{imperfect}{after}"));
                }
            }
        }
        for perfect in perfects(base) {
            ask(&perfect);
        }
    }
    stems.sort();
    stems.dedup();
    stems
}

/// The word with the hamzas inside it on other seats, which differ between countries and times: هيئة and هيأة, مسألة and مسئلة.
/// On alef a hamza is folded away, and on the others not.
fn other_seats(word: &str) -> Vec<String> {
    let Some((at, _)) = word.char_indices().nth(1) else { return Vec::new() };
    let (first, rest) = word.split_at(at);
    let other = [rest.replace('أ', "ئ"), rest.replace(['ئ', 'ؤ'], "أ")];
    other.into_iter().filter(|seat| seat != rest).map(|seat| format!("{first}{seat}")).collect()
}

/// What the word of a query may be a form of: itself, and itself without what it carries.
fn bases(word: &str) -> Vec<String> {
    let mut bases = vec![word.to_owned()];
    let (bare, had_article) = without_article(word);
    let bare = if had_article { bare } else { without_conjunction(bare) };
    bases.push(bare.to_owned());
    bases.push(stem_of_letters(bare));
    // The regular endings lead to the singular that the list of forms knows.
    let singular = strip(strip(bare, &PRONOUNS), &["ات", "ان", "ون", "ين", "وا", "ت"]);
    bases.push(singular.to_owned());
    // The feminine is a guess, of use where the list of forms knows it.
    let feminine = format!("{singular}ه");
    if ARABIC.forms.contains_key(&feminine) {
        bases.push(feminine);
    }
    // An indefinite accusative: وزيرا.
    bases.extend(bare.strip_suffix('ا').filter(|rest| long_enough(rest)).map(str::to_owned));
    bases.sort();
    bases.dedup();
    bases
}

/// The stems of the imperfect, without the letter in front: علن of أعلن, جتمع of اجتمع, شارك of شارك.
fn imperfects(perfect: &str) -> Vec<String> {
    let count = perfect.chars().count();
    if !(3..=6).contains(&count) || perfect.ends_with('ه') {
        return Vec::new();
    }
    match perfect.strip_prefix('ا') {
        Some(rest) if count >= 4 => vec![rest.to_owned()],
        _ => vec![perfect.to_owned()],
    }
}

/// What the perfect of an imperfect may be: أعلن of يعلن, شارك of يشارك; and its other persons and its future.
fn perfects(imperfect: &str) -> Vec<String> {
    let bare = imperfect
        .strip_prefix('س')
        .filter(|rest| rest.starts_with(['ي', 'ت']))
        .unwrap_or(imperfect);
    bare.strip_prefix('ي')
        .or_else(|| bare.strip_prefix('ت'))
        .filter(|rest| long_enough(rest))
        .map(|rest| {
            let persons = ["", "ا", "ي", "ت", "سي", "ست"].iter();
            persons.map(|person| format!("{person}{rest}")).collect()
        })
        .unwrap_or_default()
}

pub(super) fn is_stop(word: &str) -> bool {
    ARABIC.stop.contains(&letters(word))
}
