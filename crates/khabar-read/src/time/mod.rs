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
mod grammar;
mod holidays;
mod matcher;
mod pieces;
mod resolve;
mod tense;
mod units;
mod value;

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time as ClockTime};
use khabar_record::{TextRange, TextSize, Time, TimeAnchor, TimeKind};

use crate::numerals::{Class, Gap, Kind, Language, Lexicon, Numbers, RuleError, Scan, Source};
use expr::{Expr, Vague};
use grammar::Grammar;
use holidays::Holiday;
use matcher::{Found, Matcher};
use resolve::{Context, Known};

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
    let rules = match language {
        Language::English => &*ENGLISH,
        Language::Arabic => &*ARABIC,
    };
    let scan = Scan::new(text, &rules.lexicon);
    let numbers = Numbers::new(&scan);
    let found = find(&Matcher::new(&numbers, &rules.grammar));
    let diary = is_diary(&scan, &found);
    Reader {
        scan: &scan,
        rules,
        published,
        tense,
        diary,
        previous: None,
        quarter: None,
        same_day: None,
        sentence: 0,
    }
    .read(&found)
}

/// Finds the longest expressions from left to right.
fn find(matcher: &Matcher<'_, '_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < matcher.scan.tokens.len() {
        match matcher.top(at) {
            Some(next) if is_age(matcher.scan, &next) || is_name(matcher.scan, &next) => {
                at = next.end.max(at + 1);
            }
            Some(mut next) if next.end > at => {
                // Words taken from before the start may belong to the time before.
                if let Some(last) = found.last() {
                    next.start = next.start.max(last.end);
                }
                at = next.end;
                found.extend(day_before(matcher.scan, found.last(), &next));
                found.push(next);
                at = join_days(matcher.scan, &mut found, at);
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a length of time is the age of a person as Arabic tells it ("(44 عاما)", "عمره 61 سنة"), which is an amount.
fn is_age(scan: &Scan<'_>, found: &Found) -> bool {
    let Expr::Length(length) = &*found.expr else {
        return false;
    };
    let years = matches!(length.0.as_slice(), [(_, unit)] if unit.of == Granularity::Year);
    if !years || scan.lexicon.language != Language::Arabic || found.start == 0 {
        return false;
    }
    let behind = |signs: &[char]| signs.iter().any(|&sign| scan.symbol(found.end, sign));
    let before = |signs: &[char]| signs.iter().any(|&sign| scan.symbol(found.start - 1, sign));
    // In apposition to a name the length stands between two signs of the same kind.
    let aside = before(&['(']) && behind(&[')'])
        || before(&['«']) && behind(&['»'])
        || before(&[',', '،']) && behind(&[',', '،']);
    let named =
        (found.start.saturating_sub(2)..found.start).any(|index| scan.has(index, Class::Old));
    aside || named
}

/// Whether a date is a name, as Arabic names movements, squares and bridges ("قوى 14 آذار").
fn is_name(scan: &Scan<'_>, found: &Found) -> bool {
    let Expr::Fields(fields) = &*found.expr else {
        return false;
    };
    let date = fields.day.is_some() && fields.month.is_some() && fields.year.is_none();
    date && scan.lexicon.language == Language::Arabic
        && found.start > 0
        && scan.tokens[found.start].gap < Gap::Paragraph
        && scan.has(found.start - 1, Class::Label)
}

/// Reads the day before "and" that the date behind it completes ("on 3 and 4 March").
fn day_before(scan: &Scan<'_>, last: Option<&Found>, next: &Found) -> Option<Found> {
    let Expr::Fields(fields) = &*next.expr else {
        return None;
    };
    let at = next.start.checked_sub(2)?;
    let (first, day) = (&scan.tokens[at], &scan.tokens[next.start]);
    let named = fields.month.is_some()
        && fields.weekday.is_none()
        && day.kind == Kind::Digits
        && fields.day.is_some_and(|own| day.number == u64::from(own.unsigned_abs()));
    let number = i8::try_from(first.number).ok().filter(|&number| {
        first.kind == Kind::Digits && number >= 1 && fields.day.is_some_and(|own| number < own)
    })?;
    // A number that belongs to other words ("killed 3 and 4 March") does not stand behind a preposition.
    let free = last.is_none_or(|last| last.end <= at);
    let led = at > 0 && (scan.has(at - 1, Class::Preposition) || scan.starts_sentence(at - 1));
    (named && free && led && scan.has(at + 1, Class::And)).then(|| {
        let expr = Expr::Fields(expr::Fields { day: Some(number), ..fields.clone() });
        Found::new(next.rule, expr, at, at + 1)
    })
}

/// Reads the further days of a date that names several ("August 20 and 21"); returns the token to go on with.
fn join_days(scan: &Scan<'_>, found: &mut Vec<Found>, mut at: usize) -> usize {
    while let Some(last) = found.last() {
        let Expr::Fields(fields) = &*last.expr else { break };
        // The day stands last in the words of the date, or the number behind is none of its month.
        let by_day = fields.month.is_some()
            && fields.weekday.is_none()
            && fields.year.is_none()
            && fields.day.is_some_and(|day| {
                let token = &scan.tokens[at - 1];
                token.kind == Kind::Digits && token.number == u64::from(day.unsigned_abs())
            });
        let next = at + 1;
        let Some(token) = scan.tokens.get(next).filter(|_| by_day && scan.has(at, Class::And))
        else {
            break;
        };
        let alone = scan.tokens.get(next + 1).is_none_or(|behind| {
            behind.gap == Gap::Paragraph
                || behind.kind == Kind::Symbol && !behind.is('%') && !behind.is_glued()
                || matches!(behind.symbol, ',' | '.' | '،' | ';' | ')')
                    && scan.tokens.get(next + 2).is_none_or(|after| !after.is_glued())
                || behind.classes.has(Class::Function)
                || behind.classes.has(Class::Preposition)
        });
        let day = i8::try_from(token.number).ok().filter(|day| (1..=31).contains(day));
        let later = day.filter(|&day| {
            token.kind == Kind::Digits && alone && fields.day.is_some_and(|first| first < day)
        });
        let Some(day) = later else { break };
        let expr = Expr::Fields(expr::Fields { day: Some(day), ..fields.clone() });
        let rule = last.rule;
        found.push(Found::new(rule, expr, next, next + 1));
        at = next + 1;
    }
    at
}

/// Whether a text holds nothing but times and the small words between them.
fn is_diary(scan: &Scan<'_>, found: &[Found]) -> bool {
    if found.is_empty() || scan.tokens.len() > 40 {
        return false;
    }
    let covered =
        |index: usize| found.iter().any(|found| (found.start..found.end).contains(&index));
    scan.tokens.iter().enumerate().all(|(index, token)| {
        token.kind == Kind::Symbol
            || covered(index)
            || token.clitic
            || token.classes.has(Class::Function)
            || token.classes.has(Class::Preposition)
            || token.classes.has(Class::And)
            || token.classes.has(Class::About)
    })
}

struct Reader<'r, 'a> {
    scan: &'r Scan<'a>,
    rules: &'r Rules,
    published: Option<Published>,
    tense: &'r dyn TenseAt,
    diary: bool,
    previous: Option<calendar::Period>,
    /// The last quarter told, which comparisons with "a year ago" refer to.
    quarter: Option<calendar::Period>,
    same_day: Option<calendar::Period>,
    /// The token up to which the same sentence is known to reach back.
    sentence: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, found: &[Found]) -> Vec<TimeMention> {
        found
            .iter()
            .map(|found| {
                let known = self.resolve(found);
                self.remember(found, known.as_ref());
                self.mention(found, known)
            })
            .collect()
    }

    fn resolve(&mut self, found: &Found) -> Option<Known> {
        let ended = (self.sentence..found.start).any(|index| {
            self.scan.ends_sentence(index) || self.scan.tokens[index + 1].gap == Gap::Paragraph
        });
        if ended {
            self.same_day = None;
        }
        let offset = TextSize::new(self.scan.tokens[found.start].start);
        let tense = if self.diary {
            None
        } else {
            tense::by_word_before(self.scan, found.start)
                .or_else(|| {
                    let tense = self.tense.tense_at(offset)?;
                    Some((tense, self.tense.is_of_verb(offset)))
                })
                .or_else(|| tense::lexical(self.scan, found.start, found.end))
        };
        // The stamps of a running report stand on the day of the report ("10:15 – …").
        let stamp = matches!(&*found.expr, Expr::At { day: None, .. })
            && (found.start == 0 || self.scan.tokens[found.start].gap == Gap::Paragraph)
            && self.scan.tokens.get(found.end).is_some_and(|next| next.kind == Kind::Symbol);
        let context = Context {
            language: self.rules.lexicon.language,
            now: self.published.map(|published| {
                published.date.to_datetime(published.time.unwrap_or(ClockTime::midnight()))
            }),
            precise: self.published.is_some_and(|published| published.time.is_some()),
            offset: self.published.and_then(|published| published.offset),
            tense: tense.map(|(tense, _)| tense),
            sure: tense.is_some_and(|(_, sure)| sure),
            diary: self.diary,
            previous: self.previous.filter(|_| !stamp),
            quarter: self.quarter,
            same_day: self.same_day,
            holidays: &self.rules.holidays,
        };
        context.resolve(&found.expr)
    }

    /// Keeps what later times may refer to.
    fn remember(&mut self, found: &Found, known: Option<&Known>) {
        self.sentence = found.end.saturating_sub(1);
        let Some(known) = known else { return };
        // A comparison with an earlier time does not change what the text goes on about.
        let aside = match &*found.expr {
            Expr::Vague(_) | Expr::ShiftPrevious { .. } => true,
            Expr::Shift { .. } => known.anchor == TimeAnchor::Previous,
            _ => false,
        };
        if known.kind == TimeKind::Duration || aside {
            return;
        }
        if let Expr::Deadline(_) = &*found.expr {
            return;
        }
        let mut period = calendar::Period { of: known.of, start: known.start, end: known.end };
        if period.of <= Granularity::Day {
            // What comes later refers to the day, not to the hour.
            if let Some(day) = calendar::Period::day(period.start.date()) {
                period = day;
            }
            self.same_day = Some(period);
        } else if let Some(whole) = calendar::Period::around(period.of, period.start) {
            period = whole;
        }
        if period.of == Granularity::Quarter {
            self.quarter = Some(period);
        }
        self.previous = Some(period);
    }

    fn mention(&self, found: &Found, known: Option<Known>) -> TimeMention {
        let tokens = &self.scan.tokens;
        let span = TextRange::new(tokens[found.start].start, tokens[found.end - 1].end);
        let Some(known) = known else {
            let (kind, value) = value::unfixed(&found.expr);
            let fixed = matches!(
                *found.expr,
                Expr::Length(_)
                    | Expr::InLength(_)
                    | Expr::Within(_)
                    | Expr::Every { .. }
                    | Expr::Decade { .. }
                    | Expr::Century { .. }
                    | Expr::Era { .. }
            );
            return TimeMention {
                time: Time {
                    span,
                    kind,
                    value,
                    start: None,
                    end: None,
                    anchor: fixed.then_some(TimeAnchor::Absolute),
                },
                granularity: granularity(&found.expr),
                start: None,
                end: None,
                rule: found.rule,
            };
        };
        TimeMention {
            time: Time {
                span,
                kind: known.kind,
                value: known.value,
                start: Some(value::iso(known.start, known.zone)),
                end: Some(value::iso(known.end, known.zone)),
                anchor: Some(known.anchor),
            },
            granularity: known.of,
            start: Some(known.start),
            end: Some(known.end),
            rule: found.rule,
        }
    }
}

/// How exact a time is that nothing fixes.
fn granularity(expr: &Expr) -> Granularity {
    match expr {
        Expr::Length(length)
        | Expr::InLength(length)
        | Expr::Within(length)
        | Expr::Span { length, .. }
        | Expr::Shift { length, .. }
        | Expr::ShiftPrevious { length, .. } => {
            length.0.last().map_or(Granularity::Day, |(_, unit)| unit.of)
        }
        Expr::Relative { unit, .. } | Expr::FromPrevious { unit, .. } | Expr::TheUnit { unit } => {
            unit.of
        }
        Expr::Every { inner, .. }
        | Expr::Edge { inner, .. }
        | Expr::In { inner, .. }
        | Expr::Deadline(inner) => granularity(inner),
        Expr::Range { from, .. } => granularity(from),
        Expr::At { .. } => Granularity::Minute,
        Expr::Part { .. } => Granularity::PartOfDay,
        Expr::Weekend { .. } | Expr::NearWeekend => Granularity::Weekend,
        Expr::Decade { .. } => Granularity::Decade,
        Expr::Century { .. } => Granularity::Century,
        Expr::Fields(fields) if fields.day.is_none() && fields.weekday.is_none() => {
            match (fields.month, fields.quarter) {
                (Some(_), _) => Granularity::Month,
                (None, Some(_)) => Granularity::Quarter,
                _ => Granularity::Year,
            }
        }
        Expr::Era { .. } | Expr::Vague(Vague::Past | Vague::Future) => Granularity::Year,
        _ => Granularity::Day,
    }
}

/// Whether the token is a noun in the plural as English forms it, so that a number before it counts it.
fn plural_noun(scan: &Scan<'_>, index: usize) -> bool {
    let token = &scan.tokens[index];
    let word = scan.quote(index);
    scan.lexicon.language == Language::English
        && token.kind == Kind::Word
        && word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !token.classes.has(Class::Function)
}

/// The rules of a language, ready for use.
struct Rules {
    lexicon: Lexicon,
    grammar: Grammar,
    holidays: Vec<Holiday>,
}

macro_rules! source {
    ($file:literal) => {
        Source { file: $file, text: include_str!(concat!("../../rules/", $file)) }
    };
}

impl Rules {
    fn load(language: Language) -> Result<Self, RuleError> {
        let mut lexicon = Lexicon::new(language);
        let (words, holidays, times): (&[Source], Source, Source) = match language {
            Language::English => (
                &[
                    source!("en/numerals.tsv"),
                    source!("en/time-words.tsv"),
                    source!("en/months.tsv"),
                    source!("zones.tsv"),
                    source!("en/tense.tsv"),
                    source!("en/time-context.tsv"),
                ],
                source!("en/holidays.tsv"),
                source!("en/times.tsv"),
            ),
            Language::Arabic => (
                &[
                    source!("ar/numerals.tsv"),
                    source!("ar/time-words.tsv"),
                    source!("ar/months.tsv"),
                    source!("zones.tsv"),
                    source!("ar/tense.tsv"),
                    source!("ar/time-context.tsv"),
                ],
                source!("ar/holidays.tsv"),
                source!("ar/times.tsv"),
            ),
        };
        for source in words {
            lexicon.load(*source)?;
        }
        let holidays = holidays::load(holidays, &mut lexicon)?;
        let grammar = Grammar::load(times, &mut lexicon)?;
        Ok(Self { lexicon, grammar, holidays })
    }
}

/// Loads the rules of every language, to find faults in them.
pub fn check_rules() -> Result<(), RuleError> {
    Rules::load(Language::English)?;
    Rules::load(Language::Arabic)?;
    Ok(())
}

static ENGLISH: LazyLock<Rules> =
    LazyLock::new(|| Rules::load(Language::English).expect("the compiled-in rules load"));
static ARABIC: LazyLock<Rules> =
    LazyLock::new(|| Rules::load(Language::Arabic).expect("the compiled-in rules load"));
