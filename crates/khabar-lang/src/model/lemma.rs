//! Forms to lemmas, by rules learnt from a treebank.
//!
//! A rule says what to take off and put on at both ends of the form. Which rule a form takes is looked up by the longest
//! context that training has kept: the word itself, then its first letters with its ending, then its ending alone, always
//! together with its tag. A context is kept only where it decides otherwise than the next shorter one would, so the
//! exceptions of a language and its rules end up in one small table.

use super::file::{Reader, Writer};
use super::hash::{hash, mix};
use super::lexicon::{self, Lexicon};
use super::table::Table;
use crate::error::Error;
use std::borrow::Cow;
use std::str::FromStr;

/// The first contexts of a form name it; what they say needs no check.
pub const NAMING: usize = 2;

/// The longest ending that is a context.
const LONGEST: usize = 5;

/// How much commoner, in bands, the word must be that a less telling context makes, to be taken instead.
const COMMONER: u8 = 4;

/// How many characters must stay of a form for a rule that its ending does not ask for.
const STEM: usize = 3;

/// What is added to the band of a word that a dictionary has.
const LISTED: u8 = 16;

/// What is done to the capitals of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// They stay.
    Keep,
    /// They become small letters.
    Lower,
    /// They stay unless the form is written as names are not: in capitals throughout, as `GAZA`, or in small letters, as
    /// `gaza`. Then the first letter is a capital and no other.
    Title,
}

/// What is done to a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// What is done to its capitals first.
    pub case: Case,
    /// How many characters go at the start, and what is put there.
    pub front: (usize, String),
    /// How many characters go at the end, and what is put there.
    pub back: (usize, String),
}

impl Case {
    #[allow(clippy::match_same_arms, reason = "one arm a case")]
    fn apply(self, form: &str) -> Cow<'_, str> {
        match self {
            Self::Keep => Cow::Borrowed(form),
            Self::Lower => Cow::Owned(form.to_lowercase()),
            Self::Title if is_capitals(form) || is_small(form) => {
                let mut letters = form.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                Cow::Owned(first.chain(letters.as_str().to_lowercase().chars()).collect())
            }
            Self::Title => Cow::Borrowed(form),
        }
    }
}

impl Rule {
    /// The rule that makes this lemma of this form, keeping as much of the form as possible.
    pub fn between(form: &str, lemma: &str) -> Self {
        // Also where the form has no capitals, or is a name as names are written, so that what is learnt from it holds of
        // other ways to write it.
        let case = if !lemma.chars().any(char::is_uppercase) {
            Case::Lower
        } else if lemma.chars().skip(1).any(char::is_lowercase) {
            Case::Title
        } else {
            Case::Keep
        };
        let source: Vec<char> = case.apply(form).chars().collect();
        let target: Vec<char> = lemma.chars().collect();
        let (at, to, length) = longest_common_run(&source, &target);
        Self {
            case,
            front: (at, target[..to].iter().collect()),
            back: (source.len() - at - length, target[to + length..].iter().collect()),
        }
    }

    /// Whether nothing but the capitals changes.
    pub fn keeps_letters(&self) -> bool {
        self.front.0 + self.back.0 == 0 && self.front.1.is_empty() && self.back.1.is_empty()
    }

    /// How many characters of a form stay.
    fn kept(&self, form: &str) -> usize {
        form.chars().count().saturating_sub(self.front.0 + self.back.0)
    }

    /// The lemma of a form; none when the form is too short for the rule.
    pub fn apply(&self, form: &str, out: &mut String) -> Option<()> {
        self.apply_as(self.case, form, out)
    }

    /// The lemma of a form when something else is done to its capitals than the rule has.
    fn apply_as(&self, case: Case, form: &str, out: &mut String) -> Option<()> {
        let form = case.apply(form);
        let start = form.char_indices().nth(self.front.0).map_or(form.len(), |(at, _)| at);
        let end = match self.back.0.checked_sub(1) {
            None => form.len(),
            Some(last) => form.char_indices().nth_back(last).map(|(at, _)| at)?,
        };
        let kept = form.get(start..end)?;
        out.clear();
        out.push_str(&self.front.1);
        out.push_str(kept);
        out.push_str(&self.back.1);
        (!out.is_empty()).then_some(())
    }
}

/// The start in `a`, the start in `b` and the length of the longest run that both have; the first of several.
fn longest_common_run(a: &[char], b: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    let mut ending = vec![0; b.len() + 1];
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = 0;
        for j in 0..b.len() {
            let above = ending[j + 1];
            ending[j + 1] = if *from == b[j] { diagonal + 1 } else { 0 };
            if ending[j + 1] > best.2 {
                best = (i + 1 - ending[j + 1], j + 1 - ending[j + 1], ending[j + 1]);
            }
            diagonal = above;
        }
    }
    best
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let case = match self.case {
            Case::Keep => 'k',
            Case::Lower => 'l',
            Case::Title => 't',
        };
        write!(f, "{case}\t{}\t{}\t{}\t{}", self.front.0, self.front.1, self.back.0, self.back.1)
    }
}

impl FromStr for Rule {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [case, front, before, back, after] = columns[..] else {
            return Err(());
        };
        Ok(Self {
            case: match case {
                "k" => Case::Keep,
                "l" => Case::Lower,
                "t" => Case::Title,
                _ => return Err(()),
            },
            front: (front.parse().map_err(|_| ())?, before.to_owned()),
            back: (back.parse().map_err(|_| ())?, after.to_owned()),
        })
    }
}

/// How many rules are kept for each tag as those that its words most often take.
pub const HABITS: u64 = 6;

/// The contexts under which the commonest rules of a tag are kept, the commonest first.
pub fn habits(tag: &str) -> impl Iterator<Item = u64> + use<> {
    let tag = hash(1, tag.as_bytes());
    (0..HABITS).map(move |rank| mix(mix(tag, 6), rank))
}

/// The context of a form in capitals, which may be a name written large or an acronym: its length, and how common a word it
/// would be in small letters; none if the form is not in capitals.
pub fn capitals(form: &str, tag: &str, lexicon: &Lexicon) -> Option<u64> {
    is_capitals(form).then(|| {
        let letters = form.chars().count().min(8) as u64;
        let band = u64::from(lexicon.band(&form.to_lowercase())).div_ceil(4);
        mix(mix(hash(1, tag.as_bytes()), 5), letters << 8 | band)
    })
}

fn is_capitals(form: &str) -> bool {
    form.len() > 1 && form.chars().all(char::is_uppercase)
}

fn is_small(form: &str) -> bool {
    form.len() > 1 && form.chars().all(char::is_lowercase)
}

/// The contexts of a form with its tag, the most telling first.
pub fn contexts(form: &str, tag: &str) -> impl Iterator<Item = u64> + use<> {
    let lower = form.to_lowercase();
    let tag = hash(1, tag.as_bytes());
    let word = mix(mix(tag, 1), hash(0, form.as_bytes()));
    let folded = mix(mix(tag, 2), hash(0, lower.as_bytes()));
    let start = lower.char_indices().nth(2).map_or(lower.len(), |(at, _)| at);
    let start = mix(mix(tag, 3), hash(0, &lower.as_bytes()[..start]));
    // Endings leave at least one letter of the word.
    let mut endings: Vec<u64> =
        lower.char_indices().skip(1).map(|(at, _)| hash(0, &lower.as_bytes()[at..])).collect();
    endings.push(hash(0, b""));
    let skipped = endings.len().saturating_sub(LONGEST + 1);
    endings.drain(..skipped);
    let with_start = endings.clone().into_iter().map(move |ending| mix(start, ending));
    let alone = endings.into_iter().map(move |ending| mix(mix(tag, 4), ending));
    [word, folded].into_iter().chain(with_start).chain(alone)
}

/// A lemmatiser.
#[derive(Clone, Debug, Default)]
pub struct Lemmatizer {
    rules: Vec<Rule>,
    table: Table,
    /// Whether the lemma of `8,000` is `8000`.
    joins_digits: bool,
}

impl Lemmatizer {
    /// A lemmatiser of contexts with the rule that each decides for.
    pub fn build(rules: Vec<Rule>, contexts: &[(u64, u32)], joins_digits: bool) -> Self {
        Self { rules, table: Table::build(contexts.iter().copied()), joins_digits }
    }

    /// Writes the lemma of a form with this tag into `out`: what the most telling context says that makes a word of the
    /// lexicon, else what the most telling one says.
    pub fn lemma(&self, form: &str, tag: &str, lexicon: &Lexicon, out: &mut String) {
        if is_address(form) {
            out.clear();
            out.push_str(form);
            return;
        }
        if self.joins_digits && is_grouped_number(form) {
            out.clear();
            out.extend(form.chars().filter(|&c| c != ','));
            return;
        }
        // What nobody looks up in a dictionary is its own lemma, and long runs would be slow to take apart.
        if form.len() > 60 || !self.choose(form, tag, lexicon, out) {
            out.clear();
            out.push_str(form);
        }
    }

    fn rule(&self, context: u64) -> Option<&Rule> {
        self.rules.get(self.table.get(context)? as usize)
    }

    /// Writes the lemma that the contexts decide for; false if none has a rule that can be applied.
    fn choose(&self, form: &str, tag: &str, lexicon: &Lexicon, out: &mut String) -> bool {
        let mut chosen: Option<(&Rule, u8)> = None;
        let telling = contexts(form, tag).count();
        let has_digits = form.contains(|c: char| c.is_ascii_digit());
        let writing = Writing::of(form, lexicon);
        for (rank, context) in contexts(form, tag).chain(habits(tag)).enumerate() {
            if rank == NAMING {
                if !writing.has_letters {
                    return false;
                }
                let capitals = capitals(form, tag, lexicon).and_then(|context| self.rule(context));
                if capitals.is_some_and(|rule| rule.apply(form, out).is_some()) {
                    return true;
                }
                if writing.is_only_name && tag == "ADJ JJ" {
                    out.clear();
                    out.push_str(&Case::Title.apply(form));
                    return true;
                }
            }
            let Some(rule) = self.rule(context) else { continue };
            // A name in small letters that no list has may be one that is written so.
            let stays = rank >= NAMING && rule.case == Case::Title && !writing.is_listed_name;
            let case = if stays && is_small(form) { Case::Keep } else { rule.case };
            if chosen.is_some_and(|(other, _)| other == rule)
                || rank >= telling && chosen.is_some() && rule.kept(form) < STEM
                || rule.apply_as(case, form, out).is_none()
            {
                continue;
            }
            let is_first = chosen.is_none();
            if rank < NAMING || is_first && (rule.case != Case::Lower || rule.keeps_letters()) {
                return true;
            }
            if rule.case != Case::Lower || rule.keeps_letters() {
                continue;
            }
            // No list has `16s` or its like.
            let band = if has_digits { 15 } else { likelihood(out, tag, lexicon) };
            let least = match chosen {
                None => 0,
                Some((_, 0)) => 1,
                Some((_, other)) if rank < telling => other + COMMONER,
                // What the tag's words often do counts against their endings only where it makes a word of the dictionary
                // and the endings made none.
                Some((_, other)) if other < LISTED => LISTED,
                Some(_) => break,
            };
            if band >= least {
                chosen = Some((rule, band));
            }
        }
        chosen.is_some_and(|(rule, _)| rule.apply(form, out).is_some())
    }

    /// Writes the lemmatiser.
    pub fn write(&self, writer: &mut Writer) {
        let rules: Vec<String> = self.rules.iter().map(ToString::to_string).collect();
        writer.strings("lemma.rules", &rules);
        self.table.write(writer, "lemma.contexts");
        writer.bytes("lemma.joins-digits", &[u8::from(self.joins_digits)]);
    }

    /// Reads what [`Lemmatizer::write`] wrote.
    pub fn read(reader: &Reader<'_>) -> Result<Self, Error> {
        let rules =
            reader.strings("lemma.rules")?.into_iter().map(str::parse).collect::<Result<_, _>>();
        Ok(Self {
            rules: rules.map_err(|()| reader.error("a lemma rule is broken".to_owned()))?,
            table: Table::read(reader, "lemma.contexts")?,
            joins_digits: reader.bytes("lemma.joins-digits")?.first() == Some(&1),
        })
    }
}

/// How likely a word is the lemma of a form with this tag: its band, and more than any band if a dictionary has it so.
fn likelihood(word: &str, tag: &str, lexicon: &Lexicon) -> u8 {
    let wanted = match tag.split(' ').next() {
        Some("NOUN") => lexicon::NOUN,
        Some("VERB" | "AUX") => lexicon::VERB,
        Some("ADJ") => lexicon::ADJECTIVE,
        Some("ADV") => lexicon::ADVERB,
        _ => 0,
    };
    let is_listed = lexicon.classes(word) & wanted != 0;
    lexicon.band(word) + if is_listed { LISTED } else { 0 }
}

/// How a form is written, and what lists of names say of it.
struct Writing {
    has_letters: bool,
    /// Whether it is or may be a name, or a part of one.
    is_listed_name: bool,
    /// Whether it is written as a name and is one, as `Argentinian` is, and nothing else.
    is_only_name: bool,
}

impl Writing {
    fn of(form: &str, lexicon: &Lexicon) -> Self {
        const COMMON: u16 = lexicon::NOUN | lexicon::PLURAL | lexicon::VERB | lexicon::PAST;
        // All but the classes of a dictionary's common words.
        const NAMES: u16 = u16::MAX << lexicon::NAME.trailing_zeros();
        let has_case = form.contains(|c: char| c.is_lowercase() || c.is_uppercase());
        let classes = if has_case { lexicon.classes(&form.to_lowercase()) } else { 0 };
        Self {
            has_letters: form.contains(char::is_alphabetic),
            is_listed_name: classes & NAMES != 0,
            is_only_name: form.starts_with(char::is_uppercase)
                && classes & lexicon::NAME != 0
                && classes & COMMON == 0,
        }
    }
}

/// Whether a number is written with commas between groups of three digits, and perhaps with decimals.
pub fn is_grouped_number(form: &str) -> bool {
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = form.split_once('.').unwrap_or((form, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|group| is_digits(group) && group.len() <= 3);
    first
        && whole.contains(',')
        && is_digits(decimals)
        && groups.all(|group| is_digits(group) && group.len() == 3)
}

/// Addresses and names of files and accounts are their own lemmas.
fn is_address(form: &str) -> bool {
    form.contains(['@', '_']) || form.contains("://") || form.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lemma(rule: &Rule, form: &str) -> Option<String> {
        let mut out = String::new();
        rule.apply(form, &mut out).map(|()| out)
    }

    #[test]
    fn rules_generalise() {
        let rule = Rule::between("Visited", "visit");
        assert_eq!(lemma(&rule, "Planted").as_deref(), Some("plant"));
        let plural = Rule::between("الشركات", "شركة");
        assert_eq!(lemma(&plural, "الدبابات").as_deref(), Some("دبابة"));
        assert_eq!(lemma(&plural, "ال"), None);
    }

    proptest! {
        #[test]
        fn a_rule_makes_the_lemma_that_it_was_made_for(form in "[A-Za-zا-ي]{1,8}", lemma in "[a-zا-ي]{1,8}") {
            let rule = Rule::between(&form, &lemma);
            let mut out = String::new();
            prop_assert!(rule.apply(&form, &mut out).is_some());
            prop_assert_eq!(&out, &lemma);
            prop_assert_eq!(rule.to_string().parse(), Ok(rule));
        }
    }
}
