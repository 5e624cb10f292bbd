//! The record: what was read in a document, each part with the words it rests on.
//!
//! Every type is generic over `S`, the unit of its spans: [`TextRange`] while reading, [`crate::CodePointRange`] in JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Document, EntityId, EventId, StatementId, TextRange};

/// The name and version of the format that a record is written in.
pub const SCHEMA: &str = "khabar-record/1";

fn schema_name() -> String {
    SCHEMA.to_owned()
}

/// All that was read in one document.
///
/// A document that could not be read has `errors` and nothing but its `id` and `source`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Record")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Record<S = TextRange> {
    /// Always `khabar-record/1`.
    #[serde(default = "schema_name")]
    pub schema: String,
    /// The document and its text.
    pub document: Document<S>,
    /// The sentences of the text, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<S>,
    /// Who and what the document speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// Where it speaks of them, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention<S>>,
    /// Times and dates, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<Time<S>>,
    /// Numbers with what they count or measure, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Amount<S>>,
    /// Who says what, through whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement<S>>,
    /// Who does what to whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event<S>>,
    /// Why the document, or a part of it, could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
}

impl<S> Record<S> {
    /// Makes a record that holds a document and nothing read in it yet.
    pub fn new(document: Document<S>) -> Self {
        Self {
            schema: schema_name(),
            document,
            sentences: Vec::new(),
            entities: Vec::new(),
            mentions: Vec::new(),
            times: Vec::new(),
            amounts: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            errors: Vec::new(),
        }
    }
}

/// A person, state, place or body that the document speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Its identifier in this record.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its name by language (ISO 639-1).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
    /// The state it belongs to, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// PLOVER sectors, the most fitting first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// The office or role that the document gives it, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Wikidata identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// `GeoNames` identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames: Option<u32>,
    /// Latitude in degrees north (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Longitude in degrees east (WGS 84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
}

/// The kinds of entity.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// One person, named or known by office.
    Person,
    /// A state, as an actor or as a territory.
    State,
    /// A place that is no state.
    Place,
    /// A body with members and a name.
    Organization,
    /// People who act or speak together.
    Group,
    /// A news outlet or agency.
    Outlet,
    /// An office or role without a known holder.
    Role,
}

/// One place where the document speaks of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Mention")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Mention<S = TextRange> {
    /// The entity.
    pub entity: EntityId,
    /// The words.
    pub span: S,
    /// How it is spoken of.
    pub form: MentionForm,
}

/// How a mention refers.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a description ("the president").
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// By a verb's ending alone (Arabic pro-drop); the span is the verb's.
    Implicit,
}

/// A time expression, by the TIMEX3 standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Time")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Time<S = TextRange> {
    /// The words.
    pub span: S,
    /// The TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// The TIMEX3 value.
    pub value: String,
    /// The first day or moment it covers, ISO 8601; absent when nothing in the document fixes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The day or moment just behind it, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// What the value was reckoned from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<TimeAnchor>,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A day or a longer calendar unit.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// What a time's value was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeAnchor {
    /// The words alone fix it.
    Absolute,
    /// The day of publication.
    Published,
    /// A time named earlier in the text.
    Previous,
}

/// A number with what it counts or measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Amount")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Amount<S = TextRange> {
    /// The words.
    pub span: S,
    /// What kind of quantity it is: `money`, `percent`, `count`, `distance`, `weight`, `duration`, ….
    pub kind: String,
    /// The value in `unit`; of a range, its lower end.
    pub value: f64,
    /// The upper end of a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// ISO 4217 for money, UCUM for measures, an English noun for what is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How exact the text says it is.
    pub bound: Bound,
    /// What became of the people counted: `killed`, `wounded`, `displaced`, `arrested`, ….
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// How a number bounds the true value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "more than", "at least".
    Over,
    /// "less than", "up to".
    Under,
    /// "about", "nearly".
    About,
    /// Nothing says otherwise.
    Exactly,
}

/// Someone who says, hears, does or suffers something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Party")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Party<S = TextRange> {
    /// The entity, when it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityId>,
    /// The words; absent when the party is implied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<S>,
    /// The state it acts for here, ISO 3166-1 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The PLOVER sector it acts for here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
}

/// Who says what, through whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Statement")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Statement<S = TextRange> {
    /// Its identifier in this record.
    pub id: StatementId,
    /// Who says it; empty when the text does not tell.
    pub source: Vec<Party<S>>,
    /// The words that report it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue<S>>,
    /// What is said, in the order of the text; may be discontinuous.
    pub content: Vec<S>,
    /// In whose words the content stands.
    pub manner: Manner,
    /// Whether it is said or only thought or wished.
    pub kind: StatementKind,
    /// What the source does with the content.
    pub stance: Stance,
    /// To whom it is said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressee: Vec<Party<S>>,
    /// By what means it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium<S>>,
    /// The statement that carries this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<StatementId>,
    /// The entities it came through, the outermost carrier first and the speaker last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<EntityId>,
    /// The claim that it denies, confirms or answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<StatementId>,
    /// When it was said: an index into `times`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<u32>,
    /// The identifier of the rule that found it.
    pub rule: String,
}

/// The words that report a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Cue")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Cue<S = TextRange> {
    /// The words.
    pub span: S,
    /// Their dictionary form.
    pub lemma: String,
    /// The act of speech, in English.
    pub act: String,
}

/// The means by which a statement is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Medium")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Medium<S = TextRange> {
    /// The words.
    pub span: S,
    /// `interview`, `press-conference`, `written`, `broadcast`, `social`, `speech`, `phone`, ….
    pub kind: String,
}

/// In whose words a content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// All of it between quotation marks.
    Direct,
    /// Part of it between quotation marks.
    Mixed,
    /// In the reporter's words.
    Indirect,
}

/// Whether a statement is said or only held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// Said, written or shown.
    Claim,
    /// Thought, wished, feared, planned.
    Attitude,
}

/// What a source does with a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// Says that it is so.
    Asserts,
    /// Says that it is not so, or refuses.
    Denies,
    /// Says that another's claim is so.
    Confirms,
    /// Casts doubt on it.
    Doubts,
    /// Asks.
    Asks,
    /// Demands it.
    Demands,
    /// Promises it.
    Promises,
    /// Warns of it.
    Warns,
    /// Accuses someone of it.
    Accuses,
}

/// Who does what to whom, in the terms of PLOVER.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Event")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Event<S = TextRange> {
    /// Its identifier in this record.
    pub id: EventId,
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The PLOVER mode, for types that have modes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// The CAMEO code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// The word that names the event.
    pub trigger: S,
    /// The clause that holds it.
    pub span: S,
    /// Who does it; all participants of a reciprocal event.
    pub actors: Vec<Party<S>>,
    /// To whom it is done.
    pub recipients: Vec<Party<S>>,
    /// Whether it happened.
    pub status: Status,
    /// When: an index into `times`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<u32>,
    /// Where.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityId>,
    /// The innermost statement that carries it; absent when the author says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub according_to: Option<StatementId>,
    /// What is counted in it: indices into `amounts`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<u32>,
    /// The identifier of the rule that found it.
    pub rule: String,
}

/// Whether an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It happened, or is happening, in the days of the report.
    Actual,
    /// It happened in an earlier past.
    Historical,
    /// It is said to be coming.
    Future,
    /// It is conditional, feared, wished or considered.
    Hypothetical,
    /// It did not happen.
    Negated,
}
