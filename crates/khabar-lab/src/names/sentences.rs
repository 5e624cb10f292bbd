//! `corpus/sentences/names.*.tsv`: sentences with their mentions in brackets, `[P Ada Owe]`.
//!
//! The letter tells the kind; a capital marks a name, a small letter a description. Brackets nest: a description holds the
//! names inside it, a name may hold another.

use anyhow::{Result, bail};
use khabar_record::{EntityKind, TextRange};

/// A mention of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub(crate) span: TextRange,
    pub(crate) kind: EntityKind,
    pub(crate) named: bool,
}

/// A sentence with its mentions, in the order in which they close.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) mentions: Vec<Marked>,
}

/// Whether a file is of this form: a header line, or rows with an id and brackets.
pub(crate) fn is_marked(content: &str) -> bool {
    content.starts_with("id\ttext\n")
}

/// Reads a file of sentences.
pub(crate) fn read(content: &str) -> Result<Vec<Sentence>> {
    let mut sentences = Vec::new();
    for (number, line) in content.lines().enumerate().skip(1) {
        let Some((id, marked)) = line.split_once('\t') else {
            bail!("line {}: no tab", number + 1);
        };
        let (text, mentions) =
            unmark(marked).map_err(|problem| anyhow::anyhow!("line {}: {problem}", number + 1))?;
        sentences.push(Sentence { id: id.to_owned(), text, mentions });
    }
    Ok(sentences)
}

/// Takes the brackets out of a sentence.
fn unmark(marked: &str) -> Result<(String, Vec<Marked>)> {
    let mut text = String::with_capacity(marked.len());
    let mut mentions = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let Some((letter, behind)) = rest.split_once(' ') else {
                    bail!("a bracket without a letter");
                };
                let [letter] = letter.as_bytes() else { bail!("[{letter} is no kind") };
                open.push((char::from(*letter), text.len()));
                rest = behind;
            }
            ']' => {
                let Some((letter, start)) = open.pop() else { bail!("a bracket too many") };
                let Some(kind) = kind_of(letter) else { bail!("[{letter} is no kind") };
                let span = TextRange::new(start, text.len());
                mentions.push(Marked { span, kind, named: letter.is_ascii_uppercase() });
            }
            _ => text.push(c),
        }
    }
    if !open.is_empty() {
        bail!("a bracket is not closed");
    }
    Ok((text, mentions))
}

fn kind_of(letter: char) -> Option<EntityKind> {
    Some(match letter.to_ascii_uppercase() {
        'P' => EntityKind::Person,
        'S' => EntityKind::State,
        'L' => EntityKind::Place,
        'O' => EntityKind::Organization,
        'G' => EntityKind::Group,
        'M' => EntityKind::Outlet,
        'R' => EntityKind::Role,
        _ => return None,
    })
}

impl Sentence {
    /// The names that lie in no other name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Marked> {
        let outer = |name: &Marked| {
            !self.mentions.iter().any(|other| {
                other.named && other.span != name.span && other.span.contains_range(name.span)
            })
        };
        self.mentions.iter().filter(move |mention| mention.named && outer(mention))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest_and_leave_the_text() {
        let (text, mentions) = unmark("the [p [S Kenyan] minister] [P Ada Owe] spoke").unwrap();
        assert_eq!(text, "the Kenyan minister Ada Owe spoke");
        let words: Vec<(&str, bool)> =
            mentions.iter().map(|mention| (&text[mention.span], mention.named)).collect();
        assert_eq!(words, [("Kenyan", true), ("Kenyan minister", false), ("Ada Owe", true)]);
        assert_eq!(mentions[0].kind, EntityKind::State);
    }

    #[test]
    fn faults_are_told() {
        for text in ["[P Ada", "Ada]", "[X Ada]", "[Ada]"] {
            assert!(unmark(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_in_names_are_left_out() {
        let (text, mentions) = unmark("[O Bank of [S Ghana]]").unwrap();
        let sentence = Sentence { id: String::new(), text, mentions };
        assert_eq!(sentence.names().count(), 1);
    }
}
