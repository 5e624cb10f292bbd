//! From expressions to rows: each is held against the calendar with what the text has told before it.

use jiff::civil::Time as ClockTime;
use khabar_record::{TextRange, TextSize, Time, TimeAnchor, TimeKind};

use super::calendar::Period;
use super::expr::{Expr, Vague};
use super::find::is_diary;
use super::holidays::Holiday;
use super::matcher::Found;
use super::resolve::{Context, Known};
use super::units::Granularity;
use super::{Published, TenseAt, TimeMention, tense, value};
use crate::numerals::{Gap, Kind, Scan};

/// Reads the times of a text one after the other, and keeps what later ones may refer to.
pub(super) struct Reader<'r, 'a> {
    scan: &'r Scan<'a>,
    holidays: &'r [Holiday],
    published: Option<Published>,
    tense: &'r dyn TenseAt,
    /// Whether the text holds nothing but times.
    diary: bool,
    /// The last time told.
    previous: Option<Period>,
    /// The last quarter told, which comparisons with "a year ago" refer to.
    quarter: Option<Period>,
    /// The day that the sentence speaks of.
    same_day: Option<Period>,
    /// The token up to which the same sentence is known to reach back.
    sentence: usize,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(super) fn new(
        scan: &'r Scan<'a>,
        holidays: &'r [Holiday],
        published: Option<Published>,
        tense: &'r dyn TenseAt,
        found: &[Found],
    ) -> Self {
        Self {
            scan,
            holidays,
            published,
            tense,
            diary: is_diary(scan, found),
            previous: None,
            quarter: None,
            same_day: None,
            sentence: 0,
        }
    }

    /// Gives each expression its meaning.
    pub(super) fn read(&mut self, found: &[Found]) -> Vec<TimeMention> {
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
            language: self.scan.lexicon.language,
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
            holidays: self.holidays,
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
        let mut period = Period { of: known.of, start: known.start, end: known.end };
        if period.of <= Granularity::Day {
            // What comes later refers to the day, not to the hour.
            if let Some(day) = Period::day(period.start.date()) {
                period = day;
            }
            self.same_day = Some(period);
        } else if let Some(whole) = Period::around(period.of, period.start) {
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
