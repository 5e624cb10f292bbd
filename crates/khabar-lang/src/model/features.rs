//! What a word looks like to the networks.
//!
//! The templates are data (`rules/<language>/features.tsv`), so that a language gets its own without new code. Every
//! template gives a word at most one feature, a 64-bit hash; the network has a row of numbers for each feature that was
//! common enough in training, and a word is the sum of its rows.

use super::hash::{hash, mix};
use super::lexicon::Lexicon;
use crate::error::Error;
use crate::language::Language;

/// A word as the templates see it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'w> {
    /// The form, see [`crate::Word::form`].
    pub form: &'w str,
    /// The folded form, see [`crate::Word::key`].
    pub key: &'w str,
    /// The word as the [`Lexicon`] has it: lower case, and nothing else folded.
    pub lexical: &'w str,
    /// Whether the word is written on to the one before it.
    pub attached_left: bool,
    /// Whether the next word is written on to it.
    pub attached_right: bool,
    /// How its sentence uses capitals.
    pub casing: Casing,
}

/// How a sentence uses capitals. In a headline they say little about a word, in a sentence nearly all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Casing {
    /// As sentences do, or too short to tell.
    #[default]
    Plain,
    /// Nearly every word of some length has a capital first letter, as in headlines.
    Title,
    /// Nearly every word is in capitals.
    Capitals,
    /// No word has a capital.
    Small,
}

impl Casing {
    /// The casing of a sentence with these words.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let (mut long, mut titled, mut capitals) = (0, 0, 0);
        let mut is_small = true;
        for (index, word) in words.enumerate() {
            let Some(first) = word.chars().next().filter(|c| c.is_lowercase() || c.is_uppercase())
            else {
                continue;
            };
            is_small &= first.is_lowercase();
            // Headlines leave short words small, and any sentence begins with a capital.
            if index > 0 && word.chars().nth(3).is_some() {
                long += 1;
                titled += usize::from(first.is_uppercase());
                capitals += usize::from(!word.chars().any(char::is_lowercase));
            }
        }
        match long {
            0 | 1 => Self::Plain,
            _ if capitals * 10 > long * 7 => Self::Capitals,
            _ if titled * 10 > long * 7 => Self::Title,
            _ if is_small => Self::Small,
            _ => Self::Plain,
        }
    }
}

/// One kind of feature.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Template {
    Form,
    Key,
    Prefix(usize),
    Suffix(usize),
    Shape,
    /// Arabic: the letters that patterns are built with, all others replaced by one sign.
    Pattern,
    Length,
    Attachment,
    Band,
    /// The classes that the lexicon has for the word, or for the last part of a compound.
    Classes,
    /// How the sentence uses capitals, and the word.
    Casing,
    /// Whether the word with something before it, with an ending taken off and another put on, is a word.
    Attested {
        before: String,
        off: String,
        on: String,
    },
}

/// The templates of a language.
#[derive(Clone, Debug)]
pub struct Templates {
    templates: Vec<Template>,
}

impl Templates {
    /// Loads the templates of a language.
    pub fn load(language: Language) -> Result<Self, Error> {
        match language {
            Language::Arabic => {
                Self::parse("rules/ar/features.tsv", include_str!("../../rules/ar/features.tsv"))
            }
            Language::English => {
                Self::parse("rules/en/features.tsv", include_str!("../../rules/en/features.tsv"))
            }
        }
    }

    fn parse(file: &'static str, content: &str) -> Result<Self, Error> {
        let mut templates = Vec::new();
        for (index, line) in content.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let template = Template::parse(&columns).ok_or_else(|| Error::Rule {
                file,
                line: index + 1,
                problem: format!("`{line}` is not a template"),
            })?;
            templates.push(template);
        }
        Ok(Self { templates })
    }

    /// The features of a word, appended to `out`.
    pub fn extract(&self, input: Input<'_>, lexicon: &Lexicon, out: &mut Vec<u64>) {
        let mut buffer = String::new();
        for (index, template) in self.templates.iter().enumerate() {
            if let Some(value) = template.value(input, lexicon, &mut buffer) {
                out.push(mix(index as u64 + 1, value));
            }
        }
    }

    /// The feature that stands for all words that were too rare in training to have one of their own.
    pub const UNKNOWN: u64 = 0x75_6E6B;

    /// The features that name the word itself; training now and then replaces them by [`Templates::UNKNOWN`].
    pub fn identities(&self, input: Input<'_>) -> impl Iterator<Item = u64> + '_ {
        let values = [hash(0, input.form.as_bytes()), hash(0, input.key.as_bytes())];
        self.templates.iter().enumerate().filter_map(move |(index, template)| match template {
            Template::Form => Some(mix(index as u64 + 1, values[0])),
            Template::Key => Some(mix(index as u64 + 1, values[1])),
            _ => None,
        })
    }
}

impl Template {
    fn parse(columns: &[&str]) -> Option<Self> {
        let number = || columns.get(1)?.parse().ok().filter(|n| (1..=8).contains(n));
        let text = |column: usize| columns.get(column).map(|text| text.replace('_', ""));
        Some(match *columns.first()? {
            "form" => Self::Form,
            "key" => Self::Key,
            "prefix" => Self::Prefix(number()?),
            "suffix" => Self::Suffix(number()?),
            "shape" => Self::Shape,
            "pattern" => Self::Pattern,
            "length" => Self::Length,
            "attachment" => Self::Attachment,
            "band" => Self::Band,
            "classes" => Self::Classes,
            "casing" => Self::Casing,
            "attested" => Self::Attested { before: text(1)?, off: text(2)?, on: text(3)? },
            _ => return None,
        })
    }

    fn value(&self, input: Input<'_>, lexicon: &Lexicon, buffer: &mut String) -> Option<u64> {
        let text = |part: &str| hash(0, part.as_bytes());
        Some(match self {
            Self::Form => text(input.form),
            Self::Key => text(input.key),
            Self::Prefix(length) => text(prefix(input.key, *length)?),
            Self::Suffix(length) => text(suffix(input.key, *length)?),
            Self::Shape => {
                shape(input.form, buffer);
                text(buffer)
            }
            Self::Pattern => {
                pattern(input.form, buffer)?;
                text(buffer)
            }
            Self::Length => input.form.chars().count().min(12) as u64,
            Self::Attachment => {
                u64::from(input.attached_left) * 2 + u64::from(input.attached_right)
            }
            Self::Band => lexicon.band(input.lexical).into(),
            Self::Classes => match (lexicon.classes(input.lexical), input.lexical.rfind('-')) {
                (0, None) => return None,
                (0, Some(hyphen)) => {
                    1 << 16 | u64::from(lexicon.classes(&input.lexical[hyphen + 1..]))
                }
                (classes, _) => classes.into(),
            },
            Self::Casing => {
                let has_capital = input.form.starts_with(char::is_uppercase);
                (input.casing as u64) << 1 | u64::from(has_capital)
            }
            Self::Attested { before, off, on } => {
                let stem = input.lexical.strip_suffix(off.as_str())?;
                if stem.len() < 3 || stem.starts_with(|c: char| c.is_ascii_digit()) {
                    return None;
                }
                buffer.clear();
                buffer.push_str(before);
                buffer.push_str(stem);
                buffer.push_str(on);
                let band = lexicon.band(buffer);
                if band == 0 {
                    return None;
                }
                u64::from(band).div_ceil(4)
            }
        })
    }
}

fn prefix(word: &str, length: usize) -> Option<&str> {
    let (end, _) = word.char_indices().nth(length)?;
    Some(&word[..end])
}

fn suffix(word: &str, length: usize) -> Option<&str> {
    let (start, _) = word.char_indices().nth_back(length - 1)?;
    (start > 0).then(|| &word[start..])
}

/// The kinds of the characters, runs of one kind written once: `Xx`, `d-d`, `X.X.`.
fn shape(form: &str, out: &mut String) {
    out.clear();
    let mut last = '\0';
    for c in form.chars().take(24) {
        let kind = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_lowercase() => 'x',
            _ if c.is_numeric() => 'd',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        if kind != last {
            out.push(kind);
            last = kind;
        }
    }
    // Roman numerals and single capitals are kinds of their own.
    if form.len() == 1 {
        out.push('1');
    }
}

fn pattern(form: &str, out: &mut String) -> Option<()> {
    out.clear();
    for c in form.chars().take(12) {
        let is_servile = "اأإآوؤيىئءةمتنسه".contains(c);
        let is_arabic = ('\u{0621}'..='\u{064A}').contains(&c);
        if !is_arabic {
            return None;
        }
        out.push(if is_servile { c } else { 'C' });
    }
    (out.chars().count() > 2).then_some(())
}
