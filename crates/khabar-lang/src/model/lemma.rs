//! Forms to lemmas, by rules learnt from a treebank.
//!
//! A rule says what to take off and put on at both ends of the form. Which rule a form takes is looked up by the longest
//! context that training has kept: the word itself, then its first letters with its ending, then its ending alone, always
//! together with its tag. A context is kept only where it decides otherwise than the next shorter one would, so the
//! exceptions of a language and its rules end up in one small table.

use super::file::{Reader, Writer};
use super::hash::{hash, mix};
use super::lexicon::Lexicon;
use super::table::Table;
use crate::error::Error;
use std::str::FromStr;

/// The first contexts of a form name it; what they say needs no check.
pub const NAMING: usize = 2;

/// The longest ending that is a context.
const LONGEST: usize = 5;

/// What is done to a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Whether the form is made lower case first.
    pub lower: bool,
    /// How many characters go at the start, and what is put there.
    pub front: (usize, String),
    /// How many characters go at the end, and what is put there.
    pub back: (usize, String),
}

impl Rule {
    /// The rule that makes this lemma of this form, keeping as much of the form as possible.
    pub fn between(form: &str, lemma: &str) -> Self {
        let lower = form.to_lowercase();
        // Also where the form has no capitals, so that what is learnt from it holds of a capitalised form.
        let is_lower = !lemma.chars().any(char::is_uppercase);
        let source: Vec<char> = if is_lower { lower } else { form.to_owned() }.chars().collect();
        let target: Vec<char> = lemma.chars().collect();
        let (at, to, length) = longest_common_run(&source, &target);
        Self {
            lower: is_lower,
            front: (at, target[..to].iter().collect()),
            back: (source.len() - at - length, target[to + length..].iter().collect()),
        }
    }

    /// The lemma of a form; none when the form is too short for the rule.
    pub fn apply(&self, form: &str, out: &mut String) -> Option<()> {
        let lowered = self.lower.then(|| form.to_lowercase());
        let form = lowered.as_deref().unwrap_or(form);
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
        let case = if self.lower { 'l' } else { 'k' };
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
            lower: case == "l",
            front: (front.parse().map_err(|_| ())?, before.to_owned()),
            back: (back.parse().map_err(|_| ())?, after.to_owned()),
        })
    }
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
        let mut fallback = None;
        // What nobody looks up in a dictionary is its own lemma, and long runs would be slow to take apart.
        if form.len() <= 60 {
            for (rank, context) in contexts(form, tag).enumerate() {
                let Some(rule) =
                    self.table.get(context).and_then(|rule| self.rules.get(rule as usize))
                else {
                    continue;
                };
                if rule.apply(form, out).is_none() {
                    continue;
                }
                if rank < NAMING || !rule.lower || lexicon.band(out) > 0 {
                    return;
                }
                fallback.get_or_insert(rule);
            }
        }
        out.clear();
        if fallback.is_none_or(|rule| rule.apply(form, out).is_none()) {
            out.push_str(form);
        }
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

/// Whether a number is written with commas between groups of three digits.
fn is_grouped_number(form: &str) -> bool {
    let is_digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    form.contains(',')
        && form.split(',').all(is_digits)
        && form.split(',').skip(1).all(|group| group.len() == 3)
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
