//! The wordings by which furniture is known, read from tables.
//!
//! A row names a kind, where in a piece the wording must stand, and the wording as folded words. `#` stands for a number,
//! `*` for up to 24 words, `(a|b)` for one of several, `[a]` for what may be left out,
//! `{` and `}` for round brackets in the text.

use std::collections::HashMap;
use std::sync::LazyLock;

use khabar_record::FurnitureKind;

use super::fold::{Token, folded};
use super::kind_of_label;

/// Where in a piece a wording must stand to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The wording is the whole piece.
    Whole,
    /// The wording opens the piece, and what follows is the title of another story; the layout must confirm it.
    Label,
    /// A label that is a common word besides: the layout must confirm it twice.
    WeakLabel,
    /// The wording opens a short piece.
    Opening,
    /// The wording stands anywhere in a short piece.
    Within,
    /// The wording ends a short piece.
    Ending,
}

/// One wording that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) kind: FurnitureKind,
    pub(crate) place: Place,
    /// Where it starts, and how many tokens it takes.
    pub(crate) start: usize,
    pub(crate) len: usize,
    /// How many words the rule itself names, and whether it leaves any open.
    pub(crate) words: usize,
    pub(crate) open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Word(String),
    Number,
    Gap,
    /// One of several sequences; an empty one makes the step optional.
    Choice(Vec<Vec<Step>>),
}

#[derive(Debug)]
struct Rule {
    kind: FurnitureKind,
    place: Place,
    steps: Vec<Step>,
}

/// All wordings of all languages, since pages mix them.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    rules: Vec<Rule>,
    /// Rules by their first word: those that open a piece, and those that may stand anywhere in it.
    anchored: HashMap<String, Vec<usize>>,
    floating: HashMap<String, Vec<usize>>,
}

/// The key of rules that start with a number.
const NUMBER: &str = "#";

/// How many words `*` may stand for.
const LONGEST_GAP: usize = 24;

const TABLES: &[(&str, &str)] = &[
    ("rules/en/furniture.tsv", include_str!("../../rules/en/furniture.tsv")),
    ("rules/ar/furniture.tsv", include_str!("../../rules/ar/furniture.tsv")),
];

/// The tables of the source tree.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::of(TABLES).expect("the tables in the source tree are valid, as a test shows")
});

impl Lexicon {
    fn of(tables: &[(&str, &str)]) -> Result<Self, String> {
        let mut lexicon = Self::default();
        for (file, table) in tables {
            for (number, line) in table.lines().enumerate() {
                if !line.is_empty() && !line.starts_with('#') {
                    lexicon.add(line).map_err(|why| format!("{file}:{}: {why}", number + 1))?;
                }
            }
        }
        Ok(lexicon)
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_id, kind, place, wording, ..] = columns[..] else {
            return Err("a row has the columns id, kind, place, wording, comment".to_owned());
        };
        let kind = kind_of_label(kind).ok_or_else(|| format!("unknown kind {kind}"))?;
        let place = match place {
            "whole" => Place::Whole,
            "label" => Place::Label,
            "weak-label" => Place::WeakLabel,
            "opening" => Place::Opening,
            "within" => Place::Within,
            "ending" => Place::Ending,
            other => return Err(format!("unknown place {other}")),
        };
        let steps = steps(wording)?;
        let mut firsts = Vec::new();
        if !first_words(&steps, &mut firsts) || firsts.is_empty() {
            return Err("a wording starts with a word or a number".to_owned());
        }
        firsts.sort();
        firsts.dedup();
        let floats = matches!(place, Place::Within | Place::Ending);
        let map = if floats { &mut self.floating } else { &mut self.anchored };
        for first in firsts {
            map.entry(first).or_default().push(self.rules.len());
        }
        self.rules.push(Rule { kind, place, steps });
        Ok(())
    }

    /// Finds every wording that the tokens hold where it may stand, in order.
    pub(crate) fn search<'a>(&'a self, tokens: &'a [Token]) -> impl Iterator<Item = Found> + 'a {
        let opening = tokens.iter().position(Token::is_word).unwrap_or(0);
        tokens.iter().enumerate().flat_map(move |(start, token)| {
            let key = if token.is_number() { NUMBER } else { token.folded.as_str() };
            let anchored = (start <= opening).then(|| self.anchored.get(key)).flatten();
            let rules = anchored.into_iter().chain(self.floating.get(key)).flatten();
            rules.filter_map(move |&index| {
                let rule = &self.rules[index];
                let whole = matches!(rule.place, Place::Whole | Place::Ending);
                let Match { len, words, open } =
                    match_steps(&rule.steps, None, &tokens[start..], whole)?;
                Some(Found { kind: rule.kind, place: rule.place, start, len, words, open })
            })
        })
    }
}

/// What the steps of a rule take from the start of some tokens.
#[derive(Debug, Clone, Copy)]
struct Match {
    len: usize,
    words: usize,
    open: bool,
}

/// What is to be matched after the steps at hand.
#[derive(Clone, Copy)]
struct Tail<'a> {
    steps: &'a [Step],
    next: Option<&'a Tail<'a>>,
}

/// Matches steps and then those of the tail. A choice takes the first alternative with which the rest matches, and a gap
/// takes as little as it can, but all that is left when it comes last. With `whole`, no word may be left over.
fn match_steps(
    steps: &[Step],
    tail: Option<&Tail<'_>>,
    tokens: &[Token],
    whole: bool,
) -> Option<Match> {
    let Some((step, rest)) = steps.split_first() else {
        return match tail {
            Some(tail) => match_steps(tail.steps, tail.next, tokens, whole),
            None if whole && tokens.iter().any(Token::is_word) => None,
            None => Some(Match { len: 0, words: 0, open: false }),
        };
    };
    match step {
        Step::Word(word) => {
            let (_, after) = tokens.split_first().filter(|(t, _)| t.folded == *word)?;
            match_steps(rest, tail, after, whole).map(Match::behind_word)
        }
        Step::Number => {
            let (_, after) = tokens.split_first().filter(|(t, _)| t.is_number())?;
            match_steps(rest, tail, after, whole).map(Match::behind_word)
        }
        Step::Gap
            if rest.is_empty() && tail.is_none_or(|t| t.steps.is_empty() && t.next.is_none()) =>
        {
            let gap = tokens.len().min(LONGEST_GAP);
            let ends = gap > 0 && (!whole || gap == tokens.len());
            ends.then_some(Match { len: gap, words: 0, open: true })
        }
        Step::Gap => (1..=LONGEST_GAP.min(tokens.len())).find_map(|gap| {
            let found = match_steps(rest, tail, &tokens[gap..], whole)?;
            Some(Match { len: found.len + gap, open: true, ..found })
        }),
        Step::Choice(alternatives) => {
            let tail = Tail { steps: rest, next: tail };
            alternatives.iter().find_map(|steps| match_steps(steps, Some(&tail), tokens, whole))
        }
    }
}

impl Match {
    fn behind_word(self) -> Self {
        Self { len: self.len + 1, words: self.words + 1, open: self.open }
    }
}

/// Collects the words with which a match may start; says whether there is always one.
fn first_words(steps: &[Step], firsts: &mut Vec<String>) -> bool {
    for step in steps {
        match step {
            Step::Word(word) => {
                firsts.push(word.clone());
                return true;
            }
            Step::Number => {
                firsts.push(NUMBER.to_owned());
                return true;
            }
            Step::Gap => return false,
            Step::Choice(alternatives) => {
                let mut may_be_empty = false;
                for alternative in alternatives {
                    if alternative.is_empty() {
                        may_be_empty = true;
                    } else if !first_words(alternative, firsts) {
                        return false;
                    }
                }
                if !may_be_empty {
                    return true;
                }
            }
        }
    }
    false
}

fn steps(wording: &str) -> Result<Vec<Step>, String> {
    let mut out = Vec::new();
    let mut rest = wording;
    while let Some(open) = rest.find(['(', '[']) {
        plain_steps(&rest[..open], &mut out)?;
        let optional = rest[open..].starts_with('[');
        let end =
            rest[open..].find(if optional { ']' } else { ')' }).ok_or("a bracket is not closed")?
                + open;
        let mut alternatives = Vec::new();
        for choice in rest[open + 1..end].split('|') {
            let mut steps = Vec::new();
            plain_steps(choice, &mut steps)?;
            alternatives.push(steps);
        }
        if optional {
            alternatives.push(Vec::new());
        }
        out.push(Step::Choice(alternatives));
        rest = &rest[end + 1..];
    }
    plain_steps(rest, &mut out)?;
    Ok(out)
}

fn plain_steps(text: &str, steps: &mut Vec<Step>) -> Result<(), String> {
    if text.contains(['(', ')', '[', ']']) {
        return Err("brackets do not nest, and each is closed".to_owned());
    }
    for word in text.split_whitespace() {
        match word {
            "*" => steps.push(Step::Gap),
            "#" => steps.push(Step::Number),
            // Brackets of the text itself, since the round ones mark choices.
            "{" => steps.push(Step::Word("(".to_owned())),
            "}" => steps.push(Step::Word(")".to_owned())),
            _ => steps.extend(
                folded(word).split(' ').filter(|w| !w.is_empty()).map(|w| Step::Word(w.to_owned())),
            ),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::fold::tokens;
    use super::*;

    #[test]
    fn every_table_is_valid_and_ids_are_unique() {
        let lexicon = Lexicon::of(TABLES).unwrap();
        assert!(lexicon.rules.len() > 600, "{}", lexicon.rules.len());
        let mut ids = std::collections::BTreeSet::new();
        for (file, table) in TABLES {
            for line in table.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
                let id = line.split('\t').next().unwrap();
                assert!(ids.insert(id), "{file}: {id} stands twice");
            }
        }
    }

    #[test]
    fn a_bad_row_is_named_with_its_line() {
        let error = Lexicon::of(&[("x.tsv", "# head\na\tnews\twhole\tx\t\n")]).unwrap_err();
        assert_eq!(error, "x.tsv:2: unknown kind news");
        assert!(Lexicon::of(&[("x.tsv", "a\tcredit\twhole\t(x\t")]).is_err());
        assert!(Lexicon::of(&[("x.tsv", "a\tcredit\twhole\t* x\t")]).is_err());
    }

    #[test]
    fn gaps_numbers_and_choices() {
        let lexicon = Lexicon::of(&[("x", "a\tcredit\twithin\t(has|have) * to this [news] report\t\nb\tcomment-form\twhole\t# (comment|comments)\t")]).unwrap();
        let hit = |text: &str| lexicon.search(&tokens(text, 50)).next().map(|f| f.kind);
        assert_eq!(
            hit("Anna and Ben have both contributed to this news report."),
            Some(FurnitureKind::Credit)
        );
        assert_eq!(hit("12 Comments"), Some(FurnitureKind::CommentForm));
        assert_eq!(hit("Nobody contributed"), None);
    }
}
