//! The inventory of Universal Dependencies: parts of speech, features and relations.

mod deprel;
mod feats;
mod upos;

pub use deprel::Deprel;
pub use feats::{
    Aspect, Case, Definite, Degree, ExtPos, Feats, Gender, Mood, NumForm, NumType, Number, Person,
    Polarity, PronType, Style, Tense, VerbForm, Voice,
};
pub use upos::Upos;

/// The error of reading a label that is not in the inventory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{label}` is not a {inventory} of Universal Dependencies that this program knows")]
pub struct UnknownLabel {
    pub(crate) inventory: &'static str,
    pub(crate) label: String,
}

impl UnknownLabel {
    pub(crate) fn new(inventory: &'static str, label: &str) -> Self {
        Self { inventory, label: label.to_owned() }
    }
}
