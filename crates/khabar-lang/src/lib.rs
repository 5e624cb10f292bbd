//! Text to sentences, tokens, tags and trees, in Arabic and English.
//!
//! News must be read as it stands: Arabic as Arabic, without a detour through English, and every word with its place in
//! the text. An [`Analyzer`] is loaded once and shared between threads; [`Analyzer::analyze`] turns a text into an
//! [`Analysis`], which the readers ask their questions.
//!
//! ```
//! use khabar_lang::{Analyzer, Language};
//!
//! let analyzer = Analyzer::new()?;
//! let analysis = analyzer.analyze("The minister didn't resign. He left.", Language::English, &[]);
//! let sentences: Vec<_> = analysis.sentences().map(|sentence| sentence.text()).collect();
//! assert_eq!(sentences, ["The minister didn't resign.", "He left."]);
//! let words: Vec<_> = analysis.sentence(0).words().map(|word| word.text()).collect();
//! assert_eq!(words, ["The", "minister", "did", "n't", "resign", "."]);
//! # Ok::<(), khabar_lang::Error>(())
//! ```
//!
//! The way of a text: [`normalize`] folds spellings, `text` finds paragraphs, sentences and tokens by rules, then models
//! cut Arabic clitics, tag, lemmatise and parse.

mod analysis;
mod analyzer;
pub mod conllu;
mod error;
#[doc(hidden)]
pub mod fuzz;
mod grammar;
mod language;
#[doc(hidden)]
pub mod model;
pub mod normalize;
mod text;

#[doc(hidden)]
pub use analysis::Rehung;
pub use analysis::{Analysis, Quote, Sentence, Symbol, Token, Word};
pub use analyzer::{Analyzer, GivenToken};
pub use error::Error;
pub use grammar::{
    Aspect, Case, Definite, Degree, Deprel, ExtPos, Feats, Gender, Mood, NumForm, NumType, Number,
    Person, Polarity, PronType, Style, Tense, UnknownLabel, Upos, VerbForm, Voice,
};
pub use language::Language;
