//! Reads documents as NDJSON from standard input and prints records with their times and amounts, for measuring.
//!
//! A document is `{"id","text","published"?,"language"?}`; without a language the script of most letters decides.

use std::io::{BufRead, Write};

use jiff::civil::{Date, DateTime};
use khabar_read::amount::amounts;
use khabar_read::numerals::Language;
use khabar_read::time::{Published, mentions};
use khabar_record::{Document, Record};

fn published(text: &str) -> Option<Published> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let time = text
        .get(..19)
        .and_then(|text| text.parse::<DateTime>().ok())
        .map(jiff::civil::DateTime::time);
    let offset = text.get(19..25).and_then(|offset| {
        let hours: i16 = offset.get(..3)?.parse().ok()?;
        let minutes: i16 = offset.get(4..)?.parse().ok()?;
        Some(hours * 60 + minutes * hours.signum())
    });
    Some(Published { date, time, offset })
}

fn language(code: Option<&str>, text: &str) -> Language {
    match code {
        Some("ar") => Language::Arabic,
        Some("en") => Language::English,
        _ => {
            let arabic = text.chars().filter(|c| ('\u{600}'..'\u{700}').contains(c)).count();
            let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
            if arabic > latin { Language::Arabic } else { Language::English }
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let given: serde_json::Value = serde_json::from_str(&line)?;
        let text = given["text"].as_str().unwrap_or_default();
        let language = language(given["language"].as_str(), text);
        let published = given["published"].as_str().and_then(published);
        let mut record = Record::new(Document {
            id: given["id"].as_str().unwrap_or_default().to_owned(),
            text: text.to_owned(),
            published: published.map(|published| published.date),
            ..Document::default()
        });
        record.times = mentions(text, language, published, &())
            .into_iter()
            .map(|mention| mention.time)
            .collect();
        record.amounts = amounts(text, language, &record.times);
        serde_json::to_writer(&mut out, &record.into_code_points())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
