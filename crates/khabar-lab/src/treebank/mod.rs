//! Treebanks in the CoNLL-U format.

pub mod conllu;

pub use conllu::{Sentence, Word, read};
