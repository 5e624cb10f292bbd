//! `corpus/sentences/names.*.tsv`: sentences with their mentions in brackets, `[P Ada Owe]`.
//!
//! The letter tells the kind; a capital marks a name, a small letter a description. Brackets nest: a description holds the
//! names inside it, a name may hold another.

use anyhow::{Result, bail};
use khabar_record::{EntityKind, TextRange};

use crate::marked;

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

/// Reads a table of sentences.
pub(crate) fn read(content: &str) -> Result<Vec<Sentence>> {
    marked::rows(content)?.into_iter().map(sentence).collect()
}

fn sentence(row: marked::Marked) -> Result<Sentence> {
    let mut mentions = Vec::with_capacity(row.marks.len());
    // Of two that end together the one within, which opens later, closes first.
    for (label, span) in row.marks.iter().rev() {
        let [letter] = label.as_bytes() else { bail!("{}: [{label} is no kind", row.id) };
        let letter = char::from(*letter);
        let Some(kind) = kind_of(letter) else { bail!("{}: [{letter} is no kind", row.id) };
        mentions.push(Marked { span: *span, kind, named: letter.is_ascii_uppercase() });
    }
    mentions.sort_by_key(|mention| mention.span.end());
    Ok(Sentence { id: row.id, text: row.text, mentions })
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

    fn read_one(marked: &str) -> Result<Sentence> {
        let mut sentences = read(&format!("id\ttext\n1\t{marked}"))?;
        Ok(sentences.remove(0))
    }

    #[test]
    fn brackets_nest_and_leave_the_text() {
        let Sentence { text, mentions, .. } =
            read_one("the [p [S Kenyan] minister] [P Ada Owe] spoke").unwrap();
        assert_eq!(text, "the Kenyan minister Ada Owe spoke");
        let words: Vec<(&str, bool)> =
            mentions.iter().map(|mention| (&text[mention.span], mention.named)).collect();
        assert_eq!(words, [("Kenyan", true), ("Kenyan minister", false), ("Ada Owe", true)]);
        assert_eq!(mentions[0].kind, EntityKind::State);
    }

    #[test]
    fn faults_are_told() {
        for text in ["[P Ada", "Ada]", "[X Ada]", "[Ada]"] {
            assert!(read_one(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_in_names_are_left_out() {
        let sentence = read_one("[O Bank of [S Ghana]]").unwrap();
        assert_eq!(sentence.mentions[0].kind, EntityKind::State);
        assert_eq!(sentence.names().count(), 1);
    }
}
