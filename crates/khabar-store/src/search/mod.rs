//! Finding documents by words, in both languages.
//!
//! SQLite's own tokenisers cut vocalised Arabic words in two and know no clitics, so khabar makes the terms and SQLite keeps
//! them: `token` finds words in a text, `arabic` and `english` bring each to a stem that its forms share, and the index
//! holds which document has which stem. A query goes the other way: from its words to all the stems that a form of them may
//! have been brought to, so that what is decided for lack of context on one side is made up for on the other.
//!
//! | term in the index | stands for |
//! |---|---|
//! | `stem` | the stem occurs in the text, the title or in a name, in either language, of one whom the text speaks of |
//! | `stem+`, `stem++` | it weighs more, and most, in this document |
//! | `e:7` | the document speaks of row 7 of `_entities` |
//! | `l:en`, `o:5` | its language, its outlet (a term) |
//! | `t:assault`, `s:denies`, `c:usa` | types of its events, stances of its statements, countries that act or speak |

mod arabic;
mod candidates;
mod english;
mod hit;
mod index;
mod lexicon;
mod names;
mod query;
mod snippet;
mod token;

pub use hit::{Hit, Passage, PassageKind};

pub(crate) use candidates::{allowed, denying, holding_rarest, speaking_of};
pub(crate) use hit::{Wishes, answers, holding, matching, search};
pub(crate) use index::{
    Facets, StemCounts, Stemmer, document_words, entity_term, line, name_line, stems,
};
pub(crate) use names::Named;
pub(crate) use query::{Query, is_negated};

#[cfg(test)]
mod tests;
