//! Parts of days and times of day, and the days that they belong to.

use khabar_record::{TimeAnchor, TimeKind};

use super::calendar::{Period, midnight, shift};
use super::expr::{Clock, Expr};
use super::resolve::{Context, Known};
use super::tense::Tense;
use super::units::{Granularity, PartOfDay};
use super::value;

impl Context<'_> {
    pub(super) fn base_day(&self, day: Option<&Expr>) -> Option<Known> {
        if let Some(day) = day {
            return self.resolve(day);
        }
        if let Some(day) = self.same_day {
            return Some(Known::date(day, TimeAnchor::Previous));
        }
        let today = Period::day(self.now?.date())?;
        // What a report tells of the past goes on about the day that it told of last.
        if let Some(told) = self.previous.filter(|_| self.tense == Some(Tense::Past)) {
            let week = shift(today.start, Granularity::Week, -1.0)?;
            if told.of == Granularity::Day && week < told.start && told.start < today.start {
                return Some(Known::date(told, TimeAnchor::Previous));
            }
        }
        Some(Known::date(today, TimeAnchor::Published))
    }

    pub(super) fn part(&self, part: PartOfDay, day: Option<&Expr>) -> Option<Known> {
        let day = self.base_day(day)?;
        if day.of > Granularity::Day && day.of != Granularity::Weekend {
            return None;
        }
        let hour = |hour: i8| shift(midnight(day.start.date()), Granularity::Hour, f64::from(hour));
        Some(Known {
            kind: TimeKind::Time,
            value: format!("{}T{}", value::of(Period::day(day.start.date())?), part.sign),
            of: Granularity::PartOfDay,
            start: hour(part.from)?,
            end: hour(part.to)?,
            ..day
        })
    }

    pub(super) fn at(&self, clock: &Clock, day: Option<&Expr>) -> Option<Known> {
        let day = self.base_day(day)?;
        if day.of > Granularity::Day {
            return None;
        }
        // An hour from one to six without a word for the half of the day is one of the afternoon.
        let hour = if !clock.settled && (1..=6).contains(&clock.hour) {
            clock.hour + 12
        } else {
            clock.hour
        };
        let seconds = i32::from(hour) * 3600
            + i32::from(clock.minute.unwrap_or(0)) * 60
            + i32::from(clock.second.unwrap_or(0));
        let start = shift(midnight(day.start.date()), Granularity::Second, f64::from(seconds))?;
        let of = match (clock.minute, clock.second) {
            (_, Some(_)) => Granularity::Second,
            (Some(_), None) => Granularity::Minute,
            (None, None) => Granularity::Hour,
        };
        let value = value::clock(day.start.date(), hour, clock);
        let end = shift(start, of, 1.0)?;
        let (start, end, zone) = match (clock.zone, self.offset) {
            (Some(said), Some(own)) => {
                let minutes = f64::from(own - said);
                (
                    shift(start, Granularity::Minute, minutes)?,
                    shift(end, Granularity::Minute, minutes)?,
                    Some(own),
                )
            }
            (said, _) => (start, end, said),
        };
        Some(Known { kind: TimeKind::Time, value, of, start, end, anchor: day.anchor, zone })
    }
}
