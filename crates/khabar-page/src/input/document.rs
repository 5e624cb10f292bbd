//! One line of NDJSON: a text with what its sender knows about it.

use std::fmt;

use jiff::civil::{Date, Time};
use khabar_record::PublishedTime;
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
    /// The day of publication, with the time of day where the sender tells it.
    #[serde(default, deserialize_with = "moment")]
    pub published: Option<GivenMoment>,
    /// The language, as an ISO 639-1 code.
    #[serde(default)]
    pub language: Option<String>,
    /// The outlet that published it.
    #[serde(default)]
    pub outlet: Option<String>,
}

/// The moment of publication as given: a day, and perhaps the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenMoment {
    /// The day.
    pub day: Date,
    /// The time of day. Midnight is left out of account, since that is what is written where only the day is known.
    pub time: Option<PublishedTime>,
}

impl From<Date> for GivenMoment {
    fn from(day: Date) -> Self {
        Self { day, time: None }
    }
}

impl fmt::Display for GivenMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(PublishedTime { time, offset }) = self.time {
            write!(f, "T{time}")?;
            if let Some(minutes) = offset {
                write!(f, "{minutes:+}")?;
            }
        }
        Ok(())
    }
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

fn moment<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<GivenMoment>, D::Error> {
    let Some(text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let day = day.parse().map_err(|e| serde::de::Error::custom(format!("published: {e}")))?;
    Ok(Some(GivenMoment { day, time: time_of_day(rest) }))
}

/// Reads the time of day behind a date ("T14:05:00+03:00"). What is not one is left out of account.
fn time_of_day(text: &str) -> Option<PublishedTime> {
    let text = text.strip_prefix(['T', 't', ' '])?;
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let time: Time = text[..zone].trim().parse().ok()?;
    let offset = match &text[zone..] {
        "" => None,
        "Z" | "z" => Some(0),
        zone => {
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let (hours, minutes) = digits.split_at_checked(2)?;
            let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i16>().ok()? };
            let east = hours.parse::<i16>().ok()? * 60 + minutes;
            if east > 18 * 60 {
                return None;
            }
            Some(if zone.starts_with('-') { -east } else { east })
        }
    };
    (time != Time::midnight()).then_some(PublishedTime { time, offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_day_is_kept_where_the_sender_tells_it() {
        let given = |published: &str| {
            let line = format!(r#"{{"text":"x","published":"{published}"}}"#);
            parse(line.as_bytes()).map(|given| given.published.map(|moment| moment.to_string()))
        };
        assert_eq!(given("2023-02-27").ok().flatten().as_deref(), Some("2023-02-27"));
        assert_eq!(given("2023-02-27T00:00:00Z").ok().flatten().as_deref(), Some("2023-02-27"));
        assert_eq!(
            given("2023-02-27T14:05:00-02:30").ok().flatten().as_deref(),
            Some("2023-02-27T14:05:00-150")
        );
        assert_eq!(
            given("2023-02-27 14:05").ok().flatten().as_deref(),
            Some("2023-02-27T14:05:00")
        );
        assert_eq!(given("2023-02-27Tтуман").ok().flatten().as_deref(), Some("2023-02-27"));
        assert!(given("yesterday").is_err());
    }
}
