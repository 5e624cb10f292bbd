//! From a name as a list has it to the word sequences under which a text may have it.
//!
//! Each rule adds spellings that differ by habit and not by meaning, so that the lists can give one of them.

use std::collections::BTreeSet;

use khabar_fold::{Fold, fold};

/// What is spelt, as far as the rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bearer {
    /// A person: articles and middle initials come and go.
    Person,
    /// A place or a state: *St* and *Saint*.
    Place,
    /// Anything else.
    Other,
}

/// No name needs more spellings; the rules multiply, and this keeps a long name from getting out of hand.
const MOST: usize = 24;

/// Returns the folded word sequences that stand for an English name.
pub(crate) fn english(name: &str, bearer: Bearer) -> Vec<Vec<String>> {
    let folded = fold(unqualified(name), Fold::KEY).replace(',', " , ");
    let mut all = Spellings::new(folded);
    all.add(|name| name.contains(['-', '\'']).then(|| name.replace(['-', '\''], " ")));
    all.add(|name| name.contains(" and ").then(|| name.replace(" and ", " & ")));
    all.add(|name| {
        let rest = name.strip_prefix("the ")?;
        rest.contains(' ').then(|| rest.to_owned())
    });
    if bearer == Bearer::Place {
        for (long, short) in [("saint ", "st "), ("mount ", "mt "), ("fort ", "ft ")] {
            all.add(|name| name.strip_prefix(long).map(|rest| format!("{short}{rest}")));
            all.add(|name| {
                let dotted = format!("{}. ", short.trim());
                let rest = name.strip_prefix(short).or_else(|| name.strip_prefix(&dotted))?;
                Some(format!("{long}{rest}"))
            });
        }
    }
    if bearer == Bearer::Person {
        all.add(without_initials);
        all.add(|name| name.contains(" el ").then(|| name.replace(" el ", " al ")));
        all.add(|name| name.contains(" al ").then(|| name.replace(" al ", " el ")));
        all.add(|name| {
            let bare = name.replace(" al ", " ").replace(" el ", " ");
            (bare != name && bare.contains(' ')).then_some(bare)
        });
    }
    all.words()
}

/// Returns the folded word sequences that stand for an Arabic name; a `foreign` one is not Arabic by origin.
pub(crate) fn arabic(name: &str, foreign: bool) -> Vec<Vec<String>> {
    let folded = fold(unqualified(name), Fold::KEY).replace('-', " ");
    let mut all = Spellings::new(folded);
    if foreign {
        // What Beirut writes with غ and London with g, Cairo writes with ج.
        all.add(|name| name.contains('غ').then(|| name.replace('غ', "ج")));
    }
    all.add(|name| {
        let joined =
            name.replace("عبد ", "عبد\u{1}").replace("ابو ", "ابو\u{1}").replace('\u{1}', "");
        (joined != name && !joined.is_empty()).then_some(joined)
    });
    all.add(|name| name.contains("عبدال").then(|| name.replace("عبدال", "عبد ال")));
    // A reader cuts attached particles off, one inside a name too: البوسنة والهرسك, جزر ترينيداد وتوباغو.
    all.add(|name| {
        let mut words = name.split(' ');
        let mut split = words.next()?.to_owned();
        for word in words {
            split.push(' ');
            split.push_str(&cut(word));
        }
        (split != name).then_some(split)
    });
    all.words()
}

/// Returns a word with its attached particle cut off, when an article or enough letters follow.
fn cut(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("لل").filter(|rest| rest.chars().count() > 2) {
        return format!("ل ال{rest}");
    }
    for particle in ['و', 'ب', 'ك'] {
        if let Some(rest) = word.strip_prefix(particle)
            && (rest.starts_with("ال") || particle == 'و')
            && rest.chars().count() > 3
        {
            return format!("{particle} {rest}");
        }
    }
    word.to_owned()
}

/// Returns a demonym or another Arabic adjective or noun with the article: on each adjective, and on the last word of a
/// construct.
pub(crate) fn with_article(phrase: &str) -> Option<String> {
    if phrase.split(' ').any(|word| word.starts_with("ال")) {
        return None;
    }
    let words: Vec<String> = phrase.split(' ').map(|word| format!("ال{word}")).collect();
    Some(words.join(" "))
}

/// The outlets' list tells namesakes apart by a qualifier in parentheses, which is no part of the name.
fn unqualified(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

fn without_initials(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let inner = words.len().checked_sub(1)?;
    let initial = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    let kept: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|&(at, word)| at == 0 || at == inner || !initial(word))
        .map(|(_, word)| *word)
        .collect();
    (kept.len() < words.len() && kept.len() > 1).then(|| kept.join(" "))
}

struct Spellings(Vec<String>);

impl Spellings {
    fn new(name: String) -> Self {
        Self(vec![name])
    }

    /// Adds what `rule` makes of each spelling so far.
    fn add(&mut self, rule: impl Fn(&str) -> Option<String>) {
        let new: Vec<String> = self.0.iter().filter_map(|name| rule(name)).collect();
        for name in new {
            if self.0.len() < MOST && !self.0.contains(&name) {
                self.0.push(name);
            }
        }
    }

    fn words(self) -> Vec<Vec<String>> {
        let mut seen = BTreeSet::new();
        self.0
            .into_iter()
            .map(|name| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .filter(|words| !words.is_empty() && seen.insert(words.clone()))
            .collect()
    }
}
