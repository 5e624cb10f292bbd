//! What the page step knows: the document and how its text is laid out.

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TextRange;

/// A document after the page step, before any reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The document as it will stand in the record.
    pub document: Document,
    /// The blocks of `document.text`, in order and without overlap; what lies between two blocks is white space.
    pub blocks: Vec<Block>,
}

/// A run of the text that the page set apart as one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where the block lies in the document's text.
    pub range: TextRange,
    /// What kind of piece it is.
    pub kind: BlockKind,
}

/// What a block is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// A heading inside the body.
    Heading,
    /// An item of a list.
    ListItem,
    /// A block quotation or a pulled quote.
    Quote,
    /// Cells of a table row.
    TableRow,
    /// Preformatted text.
    Preformatted,
}

/// The article and what is known about it. `S` is the unit of spans, see [`crate::TextRange`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Document")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Document<S = TextRange> {
    /// The identifier given with the input, else the BLAKE3 hash of the clean text in hexadecimal.
    pub id: String,
    /// The path or URL it was read from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The page's own address (its canonical link), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The authors' names, without "By" and without roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// The outlet whose page this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The day of publication. Absent when the page does not say it well enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The time of day of publication, when the sender tells it. It is known while the article is read ("an hour ago") and
    /// is not written.
    #[serde(skip)]
    pub published_time: Option<PublishedTime>,
    /// Where the day of publication was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<DateSource>,
    /// The language of most of the text, as an ISO 639-1 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The clean body; every span of the record points in here. Paragraphs are set apart by an empty line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the page step took out of the text, in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub furniture: Vec<Furniture<S>>,
    /// Whose report this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin<S>>,
}

/// The time of day at which an article was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublishedTime {
    /// The time of day, as the sender's clock has it.
    pub time: Time,
    /// Minutes east of Greenwich of the sender's clock, when known.
    pub offset: Option<i16>,
}

/// Where a publication date was found, the most trustworthy first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// Given by the caller or by the input document.
    Given,
    /// `datePublished` of a schema.org article.
    JsonLd,
    /// A `meta` element such as `article:published_time`.
    Meta,
    /// A `time` element or microdata.
    TimeElement,
    /// The path of the page's address.
    Url,
    /// A date that the page shows near its headline.
    Visible,
}

/// A piece of the page that is not part of the article's body. Nothing is thrown away without leaving one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Furniture")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Furniture<S = TextRange> {
    /// What it is.
    pub kind: FurnitureKind,
    /// Its words.
    pub text: String,
    /// The place in `document.text` where it stood: an empty span, absent when it stood outside the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<S>,
}

/// The kinds of furniture that news pages carry.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// A link to another story ("READ …", "اقرأ أيضا …").
    RelatedLink,
    /// Share and follow buttons.
    ShareBar,
    /// An invitation to a newsletter, an app or a subscription.
    Newsletter,
    /// A comment form or the comments under an article.
    CommentForm,
    /// A note about cookies or privacy.
    CookieNotice,
    /// The caption or credit of a picture, film or chart.
    Caption,
    /// A line that names the authors.
    Byline,
    /// A line that says who contributed, edited, or where the report first stood.
    Credit,
    /// A copyright or reuse note.
    Copyright,
    /// An advertisement or its label.
    Advertisement,
    /// Menus, breadcrumbs, pagers, tags and topic lists.
    Navigation,
    /// The line with the day and hour of publication or of the last change.
    DateLine,
    /// The headline repeated in the body.
    Headline,
    /// A few lines about the author.
    AuthorNote,
    /// Anything else that is not the article.
    Other,
}

/// Whose report this is, and the words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Origin")]
#[serde(bound(deserialize = "S: Default + Deserialize<'de>"))]
pub struct Origin<S = TextRange> {
    /// How the report came onto this page.
    pub kind: OriginKind,
    /// The outlet or agency whose report it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The words of `document.text` that say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<S>,
    /// The pieces of `document.furniture` that say so, by index.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_furniture: Vec<u32>,
}

/// How a report came onto the page it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// The outlet's own report.
    Own,
    /// An agency's report, published by a subscriber under the agency's name.
    Wire,
    /// Another outlet's report, taken over.
    Republished,
    /// Another outlet's report in translation.
    Translated,
}
