//! One line of NDJSON: a text with what its sender knows about it.

use jiff::civil::Date;
use serde::Deserialize;

use crate::decode::decode;

/// A document as given: its text and, where known, what it is.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct GivenDocument {
    /// The identifier that its record is to carry.
    #[serde(default, deserialize_with = "text_or_number")]
    pub id: Option<String>,
    /// The text.
    pub text: String,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The address of the page it came from.
    #[serde(default)]
    pub url: Option<String>,
    /// The day of publication. A time of day after it is left out of account.
    #[serde(default, deserialize_with = "day")]
    pub published: Option<Date>,
    /// The language, as an ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// The outlet that published it.
    #[serde(default)]
    pub outlet: Option<String>,
}

/// Reads a line; an error carries the identifier when that much could be read.
pub(super) fn parse(line: &[u8]) -> Result<GivenDocument, (Option<String>, serde_json::Error)> {
    // JSON is UTF-8; a file saved otherwise is decoded like any other text.
    let text = decode(line.strip_suffix(b"\n").unwrap_or(line));
    let text = text.trim_matches(['\u{feff}', '\u{1e}', ' ', '\r']);
    serde_json::from_str(text).map_err(|error| {
        let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
        let id = value.as_ref().and_then(|v| v.get("id")).and_then(|id| match id {
            serde_json::Value::String(id) => Some(id.clone()),
            serde_json::Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        (id, error)
    })
}

fn text_or_number<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(serde_json::Number),
    }
    Ok(Option::<Id>::deserialize(from)?.map(|id| match id {
        Id::Text(id) => id,
        Id::Number(id) => id.to_string(),
    }))
}

fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.get(..10).unwrap_or(text);
    day.parse().map(Some).map_err(|e| serde::de::Error::custom(format!("published: {e}")))
}
