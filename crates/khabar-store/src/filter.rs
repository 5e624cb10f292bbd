//! Which documents are asked for.

use jiff::civil::Date;

/// What documents, statements or events must be like. Whatever is empty does not narrow the choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that all must occur, in any of their forms.
    pub words: String,
    /// The name of one who says it.
    pub speaker: Option<String>,
    /// The name of one whom it is said of.
    pub about: Option<String>,
    /// The name of one who does it or to whom it is done.
    pub actor: Option<String>,
    /// The state of a party or of the place, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// The PLOVER type, with or without a mode (`ASSAULT`, `ASSAULT/aerial`).
    pub event: Option<String>,
    /// The first day of publication.
    pub since: Option<Date>,
    /// The last day of publication.
    pub until: Option<Date>,
    /// The language, ISO 639-1.
    pub language: Option<String>,
    /// The outlet, or a part of its name.
    pub outlet: Option<String>,
}
