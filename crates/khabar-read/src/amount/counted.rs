//! What is counted, and what became of the people counted.

use super::tables::{FATES, Tables};
use crate::numerals::{Class, Gap, Kind, Language, Scan, WordId};

/// A noun that is counted.
pub(super) struct Noun {
    /// English, in the singular; unknown when no list has an Arabic noun.
    pub(super) unit: Option<String>,
    pub(super) fate: Option<usize>,
    /// The token behind it.
    pub(super) end: usize,
}

/// How many words may stand between a number and the noun that it counts.
const BETWEEN: usize = 3;

/// Reads the noun behind a number.
pub(super) fn behind(
    scan: &Scan<'_>,
    tables: &Tables,
    at: usize,
    value: f64,
    many: bool,
) -> Option<Noun> {
    match scan.lexicon.language {
        Language::English => english(scan, tables, at, value, many),
        Language::Arabic => arabic(scan, tables, at, many),
    }
}

fn listed(scan: &Scan<'_>, tables: &Tables, at: usize) -> Option<Noun> {
    let row = &tables.counted[scan.value(at, Class::Counted)? as usize];
    Some(Noun { unit: Some(row.unit.clone()), fate: row.fate, end: at + 1 })
}

fn english(
    scan: &Scan<'_>,
    tables: &Tables,
    mut at: usize,
    value: f64,
    many: bool,
) -> Option<Noun> {
    let of = scan.quote(at) == "of";
    if of && many {
        at += 1 + usize::from(scan.quote(at + 1) == "the");
    }
    let mut found: Option<Noun> = None;
    for index in at..=(at + BETWEEN) {
        let token = scan.tokens.get(index)?;
        if token.kind != Kind::Word || token.gap == Gap::Paragraph {
            break;
        }
        let plain = token.classes.is_empty()
            || token.classes.has(Class::Filler)
            || token.classes.has(Class::CurrencyOf);
        let noun = listed(scan, tables, index).or_else(|| {
            let word = scan.quote(index);
            let filler = token.classes.has(Class::Filler);
            let plural = value > 1.0 && plain && !filler && is_plural(word);
            // "two Azerbaijanis": people by where they come from.
            let people = token.is_capital() && ["ns", "is"].iter().any(|end| word.ends_with(end));
            (plural && (people || !token.is_capital())).then(|| Noun {
                unit: Some(if people { "person".to_owned() } else { singular(word) }),
                fate: None,
                end: index + 1,
            })
        });
        match noun {
            // "aircraft carriers": the last of two nouns is counted, unless the first is of people.
            Some(noun)
                if found.as_ref().is_none_or(|first| is_compound(scan, tables, index, first)) =>
            {
                found = Some(noun);
            }
            Some(_) => break,
            None if found.is_some() || !plain => break,
            None => {}
        }
    }
    found
}

/// Whether a noun right behind another makes one name with it.
fn is_compound(scan: &Scan<'_>, tables: &Tables, at: usize, first: &Noun) -> bool {
    let people = first.unit.as_ref().is_some_and(|unit| tables.people.contains(unit));
    // Behind a plural stands a verb ("four economists suggest"); only nouns like "aircraft" go before another.
    let plural = is_plural(scan.quote(first.end - 1));
    first.end == at && !people && !plural && !scan.has(at, Class::Fate)
}

/// Whether a word has the form of an English plural.
fn is_plural(word: &str) -> bool {
    word.len() > 3
        && (word.ends_with('s') || word.len() > 5 && word.ends_with("men"))
        && !["ss", "us", "is", "'s", "ous"].iter().any(|end| word.ends_with(end))
        && word.chars().all(char::is_alphabetic)
}

/// Returns the singular of a regular English plural.
fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    if let Some(stem) = word.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for end in ["ches", "shes", "sses", "xes", "zes"] {
        if word.ends_with(end) {
            return word[..word.len() - 2].to_owned();
        }
    }
    word[..word.len() - 1].to_owned()
}

fn arabic(scan: &Scan<'_>, tables: &Tables, mut at: usize, many: bool) -> Option<Noun> {
    if scan.quote(at) == "من" {
        at += 1;
    }
    let token = scan.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    if token.gap == Gap::Paragraph || token.clitic {
        return None;
    }
    if let Some(noun) = listed(scan, tables, at) {
        return Some(noun);
    }
    let unknown = token.word == WordId::UNKNOWN;
    let word = scan.quote(at);
    // A noun that no list has still is what is counted, when it stands as a counted noun does.
    let definite = word.starts_with("ال");
    let verb = word.starts_with(['و', 'ف', 'ي', 'ب', 'ل']) || word.starts_with("لل");
    (unknown && !verb && (!definite || many)).then(|| Noun { unit: None, fate: None, end: at + 1 })
}

/// How far a word that tells the fate may stand from the number.
const REACH: usize = 7;

/// Returns the fate of the people counted in the tokens `start..end`, and how near it is told.
pub(super) fn fate(scan: &Scan<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let barrier = |index: usize| {
        let token = &scan.tokens[index];
        token.kind == Kind::Digits
            || token.gap == Gap::Paragraph
            || scan.ends_sentence(index)
            || matches!(token.symbol, ';' | '؛' | ':' | '»' | '"' | '”' | ',' | '،')
    };
    let read = |index: usize| {
        scan.value(index, Class::Fate).map(|fate| (fate as usize).clamp(1, FATES.len()) - 1)
    };
    let mut before = None;
    for index in (start.saturating_sub(REACH)..start).rev() {
        if scan.tokens[index + 1].gap == Gap::Paragraph || barrier(index) {
            break;
        }
        if let Some(fate) = read(index) {
            before = Some((fate, start - index));
            break;
        }
    }
    let mut behind = None;
    for index in end..(end + REACH).min(scan.tokens.len()) {
        if barrier(index) {
            break;
        }
        if let Some(fate) = read(index) {
            // A verb behind a comma or "and" starts the next clause, unless the number's own verb is still to come.
            let joined = (end..index).any(|between| {
                scan.has(between, Class::And)
                    || scan.symbol(between, ',')
                    || scan.symbol(between, '،')
            });
            if !joined {
                behind = Some((fate, index - end + 1));
            }
            break;
        }
    }
    match (before, behind) {
        (Some(before), Some(behind)) => Some(if behind.1 < before.1 { behind } else { before }),
        (one, other) => one.or(other),
    }
}
