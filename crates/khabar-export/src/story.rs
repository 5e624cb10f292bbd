//! What a store knows of documents together: stories, and what happened in them.

use jiff::civil::Date;

/// A story with what happened in it. A document that stands alone makes one that has no other documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryItem {
    /// What it is known by.
    pub id: String,
    /// The headline of its first document that has one.
    pub title: Option<String>,
    /// The first day of publication.
    pub first: Option<Date>,
    /// The last day of publication.
    pub last: Option<Date>,
    /// The outlets, in the order in which they came to it.
    pub outlets: Vec<String>,
    /// The states that the outlets belong to, ISO 3166-1 alpha-3, as far as they are known.
    pub countries: Vec<String>,
    /// The languages of its documents, ISO 639-1.
    pub languages: Vec<String>,
    /// Its documents, the earliest first.
    pub documents: Vec<StoryMember>,
    /// What happened.
    pub happenings: Vec<HappeningItem>,
}

/// A document of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoryMember {
    /// Its key.
    pub document: String,
    /// The document that it is a near-copy of.
    pub copy_of: Option<String>,
}

/// One occurrence, counted once however often it is reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HappeningItem {
    /// What it is known by: the event that reports it first.
    pub id: String,
    /// The type of the event.
    pub kind: String,
    /// Its mode.
    pub mode: Option<String>,
    /// The day that most reports tell, else that of the first publication.
    pub day: Option<Date>,
    /// The actors by the first report.
    pub actors: Vec<String>,
    /// The recipients by the first report.
    pub recipients: Vec<String>,
    /// The place by the first report.
    pub place: Option<String>,
    /// The clause of the first report.
    pub words: String,
    /// How many events report it.
    pub reports: u64,
    /// How many documents say that it happened.
    pub documents: u64,
    /// How many of them are near-copies of others.
    pub copies: u64,
    /// The outlets that say so, in the order in which they did.
    pub outlets: Vec<String>,
    /// The states that these outlets belong to.
    pub countries: Vec<String>,
    /// The document that says it first.
    pub first_document: String,
    /// The sources on whose word it does; none when it speaks for itself.
    pub first_sources: Vec<String>,
    /// Who denies or doubts it, the earliest first.
    pub denials: Vec<DenialItem>,
}

/// A statement, or an event that did not happen, which denies a happening.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DenialItem {
    /// The key of the statement or event.
    pub id: String,
    /// Its document.
    pub document: String,
    /// When it was said, else published.
    pub day: Option<Date>,
    /// Who denies it; none when it is the outlet itself.
    pub sources: Vec<String>,
    /// The words.
    pub words: String,
}
