//! The spelling under which a word is looked up and fed to the models.

use super::lexicon::Lexicon;
use crate::language::Language;
use crate::normalize::{Fold, fold_into};

/// Writes a word's form and key, see [`crate::Word::form`] and [`crate::Word::key`].
///
/// `before` is the form of the word that this one is attached to. After the preposition ل the article is written without its
/// alef (`ل|لسلطة`); where the lexicon knows the word with its article better than without (`لبنان`), the alef is put back.
pub fn spell(
    language: Language,
    word: &str,
    before: Option<&str>,
    lexicon: &Lexicon,
    form: &mut String,
    key: &mut String,
) {
    form.clear();
    key.clear();
    fold_into(word, Fold::FORM, form);
    if form.is_empty() {
        form.push_str(word);
    }
    if language == Language::Arabic
        && before == Some("ل")
        && form.starts_with('ل')
        && form.len() > 4
    {
        let bare = lexicon.band(form);
        form.insert(0, 'ا');
        if lexicon.band(form) <= bare {
            form.remove(0);
        }
    }
    fold_into(form, Fold::KEY, key);
    if key.is_empty() {
        key.push_str(form);
    }
}

/// The spelling of a word in the lexicon: small letters, and nothing else folded.
pub fn lexical<'w>(language: Language, form: &'w str, key: &'w str) -> &'w str {
    match language {
        Language::Arabic => form,
        Language::English => key,
    }
}
