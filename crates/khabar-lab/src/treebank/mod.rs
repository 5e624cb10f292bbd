//! Treebanks in the CoNLL-U format.

pub(crate) mod conllu;
pub(crate) mod evaluate;
pub(crate) mod score;

pub(crate) use conllu::{Sentence, Word, read};
