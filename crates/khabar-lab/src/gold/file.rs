//! The files of the corpus as they are written: a text and rows that point into it by its words.
//!
//! The shapes here are those of `corpus/GUIDELINES.md`. An unknown field is an error, because a misspelt one would be an
//! annotation that silently counts for nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_record::{
    Bound, EntityKind, Manner, OriginKind, Stance, StatementKind, Status, TimeKind,
};
use serde::Deserialize;

/// `articles/<story>/<id>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArticleFile {
    pub(crate) id: String,
    pub(crate) language: String,
    pub(crate) outlet: String,
    pub(crate) published: Date,
    pub(crate) title: String,
    pub(crate) byline: Vec<String>,
    pub(crate) origin: OriginRow,
    pub(crate) style: Style,
    #[serde(default)]
    pub(crate) html: bool,
    pub(crate) text: String,
    #[serde(default)]
    entity: Vec<EntityRow>,
    #[serde(default)]
    time: Vec<TimeRow>,
    #[serde(default)]
    amount: Vec<AmountRow>,
    #[serde(default)]
    statement: Vec<StatementRow>,
    #[serde(default)]
    event: Vec<EventRow>,
}

impl ArticleFile {
    /// Takes the annotation out of the file.
    pub(crate) fn take_layers(&mut self) -> Layers {
        Layers {
            entities: std::mem::take(&mut self.entity),
            times: std::mem::take(&mut self.time),
            amounts: std::mem::take(&mut self.amount),
            statements: std::mem::take(&mut self.statement),
            events: std::mem::take(&mut self.event),
        }
    }
}

/// `second/<id>.toml`: the second annotation of an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFile {
    pub(crate) id: String,
    #[serde(default)]
    entity: Vec<EntityRow>,
    #[serde(default)]
    time: Vec<TimeRow>,
    #[serde(default)]
    amount: Vec<AmountRow>,
    #[serde(default)]
    statement: Vec<StatementRow>,
    #[serde(default)]
    event: Vec<EventRow>,
}

impl SecondFile {
    /// Returns the annotation.
    pub(crate) fn into_layers(self) -> Layers {
        Layers {
            entities: self.entity,
            times: self.time,
            amounts: self.amount,
            statements: self.statement,
            events: self.event,
        }
    }
}

/// `articles/<story>/story.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoryFile {
    pub(crate) id: String,
    #[expect(
        dead_code,
        reason = "the title is for people; reading it makes sure that it stands there"
    )]
    pub(crate) title: String,
    pub(crate) split: Split,
    #[serde(default)]
    pub(crate) happening: Vec<HappeningRow>,
}

/// Which half of the corpus a story belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Split {
    /// Looked at while rules and models are made.
    Open,
    /// Only measured on.
    Aside,
}

/// One occurrence that the articles of a story report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "what describes the occurrence is for people; reading it makes sure that it stands there"
)]
pub(crate) struct HappeningRow {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) what: String,
    pub(crate) date: Option<String>,
    pub(crate) place: Option<String>,
}

/// Whose report an article is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OriginRow {
    pub(crate) kind: OriginKind,
    pub(crate) outlet: String,
}

/// The manner in which an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Style {
    Wire,
    Analysis,
    Interview,
    Live,
    Feature,
    PressReview,
    Brief,
    Blog,
    Broadcast,
}

/// All rows of one annotation.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    pub(crate) entities: Vec<EntityRow>,
    pub(crate) times: Vec<TimeRow>,
    pub(crate) amounts: Vec<AmountRow>,
    pub(crate) statements: Vec<StatementRow>,
    pub(crate) events: Vec<EventRow>,
}

/// An entity with its mentions by form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityRow {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    #[serde(default)]
    pub(crate) names: BTreeMap<String, String>,
    pub(crate) country: Option<String>,
    #[serde(default)]
    pub(crate) sectors: Vec<String>,
    pub(crate) role: Option<String>,
    #[serde(default)]
    pub(crate) name: Vec<String>,
    #[serde(default)]
    pub(crate) nominal: Vec<String>,
    #[serde(default)]
    pub(crate) pronoun: Vec<String>,
    #[serde(default)]
    pub(crate) implicit: Vec<String>,
}

/// A time expression.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeRow {
    pub(crate) at: String,
    #[serde(rename = "type")]
    pub(crate) kind: TimeKind,
    pub(crate) value: String,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

/// A number with what it counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountRow {
    pub(crate) at: String,
    pub(crate) kind: String,
    pub(crate) value: f64,
    pub(crate) high: Option<f64>,
    pub(crate) unit: Option<String>,
    pub(crate) bound: Bound,
    pub(crate) of: Option<String>,
}

/// Who says what. Parties are written `entity: anchor`, `entity` or `: anchor`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementRow {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) source: Vec<String>,
    pub(crate) cue: Option<String>,
    pub(crate) act: Option<String>,
    #[serde(default)]
    pub(crate) content: Vec<String>,
    pub(crate) manner: Manner,
    pub(crate) kind: StatementKind,
    pub(crate) stance: Stance,
    #[serde(default)]
    pub(crate) addressee: Vec<String>,
    pub(crate) medium: Option<String>,
    pub(crate) within: Option<String>,
    #[serde(default)]
    pub(crate) chain: Vec<String>,
    pub(crate) answers: Option<String>,
    pub(crate) said_at: Option<String>,
}

/// Who does what to whom.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventRow {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    #[serde(default)]
    pub(crate) contexts: Vec<String>,
    pub(crate) trigger: String,
    #[serde(default)]
    pub(crate) actors: Vec<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<String>,
    pub(crate) status: Status,
    pub(crate) when: Option<String>,
    #[serde(rename = "where")]
    pub(crate) place: Option<String>,
    pub(crate) according_to: Option<String>,
    pub(crate) happening: Option<String>,
    #[serde(default)]
    pub(crate) amounts: Vec<String>,
}
