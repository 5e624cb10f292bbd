//! When: the time expressions of a text and what they mean.
//!
//! News tells the time by the day it appears: "Friday", "last month", "أمس". So a time is read in two steps. The rules of
//! a language (`rules/<lang>/times.tsv`) say what the words say: *the Friday of last week*, *three weeks
//! before now*. Only then is that held against the calendar, the day of publication, the tense of the clause and the
//! times told before. Without a day of publication nothing is invented: the value stays open (`XXXX-WXX-5`) and the
//! time has no `start`.
//!
//! How news is read:
//! - A bare weekday is the nearest one that the tense allows: the last one unless the clause tells of the future. A
//!   text that holds nothing but times is no report but an entry of a diary, and means the days to come.
//! - A month or date without a year is the nearest one that the tense allows; where no verb tells, the nearest.
//! - "two years ago" has the value of the year that it names; `start` is as exact as the words are.
//! - An hour from one to six without a word for the half of the day is one of the afternoon.
//! - A range written as one ("from Tuesday to Thursday") is one time from the start of the first to the end of the last.

mod build;
mod calendar;
mod clock;
mod clock_time;
mod distance;
mod expr;
mod find;
mod grammar;
mod holidays;
mod matcher;
mod pieces;
mod reader;
mod resolve;
mod rules;
mod tense;
mod units;
mod value;

use jiff::civil::{Date, DateTime, Time as ClockTime};
use khabar_record::Time;

use crate::numerals::{Language, Numbers, Scan};
use matcher::Matcher;
use reader::Reader;
use rules::Rules;

pub use rules::check_rules;
pub use tense::{Tense, TenseAt};
pub use units::Granularity;

/// The moment that relative times are reckoned from: the day of publication, and the time of day when it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Option<ClockTime>,
    /// Minutes east of Greenwich that the time of day is told in.
    pub offset: Option<i16>,
}

impl From<Date> for Published {
    fn from(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }
}

/// A time expression with all that its reader knows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// The row of the record.
    pub time: Time,
    /// How exact it is.
    pub granularity: Granularity,
    /// The first moment it covers.
    pub start: Option<DateTime>,
    /// The moment just behind it.
    pub end: Option<DateTime>,
    /// The identifier of the rule that found it.
    pub rule: &'static str,
}

/// Returns the times of a text, in order and without overlap.
pub fn times(
    text: &str,
    language: Language,
    published: Option<Date>,
    tense: &dyn TenseAt,
) -> Vec<Time> {
    mentions(text, language, published.map(Published::from), tense)
        .into_iter()
        .map(|mention| mention.time)
        .collect()
}

/// Returns the times of a text with all that is known of them, in order and without overlap.
pub fn mentions(
    text: &str,
    language: Language,
    published: Option<Published>,
    tense: &dyn TenseAt,
) -> Vec<TimeMention> {
    let rules = Rules::of(language);
    let scan = Scan::new(text, &rules.lexicon);
    let numbers = Numbers::new(&scan);
    let found = find::all(&Matcher::new(&numbers, &rules.grammar));
    Reader::new(&scan, &rules.holidays, published, tense, &found).read(&found)
}
