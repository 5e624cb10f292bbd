//! Times at a distance: so long before or after now, or the time told before, and the stretches between.

use jiff::civil::DateTime;
use khabar_record::{TimeAnchor, TimeKind};

use super::calendar::{Period, shift};
use super::expr::{Expr, Length};
use super::resolve::{Context, Known};
use super::tense::Tense;
use super::units::{Granularity, Unit};
use super::value;

impl Context<'_> {
    pub(super) fn shifted(&self, length: &Length, sign: i32, base: Option<&Expr>) -> Option<Known> {
        if length.0.iter().any(|(count, _)| count.vague) {
            return None;
        }
        let (from, anchor, from_day) = match base {
            Some(base) => {
                let base = self.resolve(base)?;
                (base.start, base.anchor, base.of == Granularity::Day)
            }
            None => (self.now?, TimeAnchor::Published, false),
        };
        let smallest = length.0.last()?.1.of;
        // Where only the day of publication is known, hours are counted from its middle.
        let blind = base.is_none() && !self.precise && smallest < Granularity::Day;
        let from = if blind { shift(from, Granularity::Hour, 12.0)? } else { from };
        let start = moved(from, length, sign)?;
        if smallest < Granularity::Day {
            return Some(self.moment(start, anchor, base.is_none()));
        }
        // Weeks are counted from day to day ("a week ago" is a day of last week).
        let whole = length.0.iter().all(|(count, _)| count.value.fract() == 0.0);
        let of = match smallest {
            Granularity::Week => Granularity::Day,
            Granularity::Decade | Granularity::Century if !whole => Granularity::Year,
            of => of,
        };
        let named = Period::around(of, start)?;
        // What is counted from a day is a day ("three years from today", "two months before Christmas").
        if from_day {
            return Some(Known::date(Period::day(start.date())?, anchor));
        }
        // The words name a unit, what they mean is as near as the next smaller one.
        let near = match smallest {
            Granularity::Year
            | Granularity::Decade
            | Granularity::Century
            | Granularity::Millennium => Period::around(Granularity::Month, start)?,
            Granularity::Day if self.precise && base.is_none() => {
                Period::around(Granularity::Hour, start)?
            }
            _ => Period::day(start.date())?,
        };
        // A comparison in a report on a quarter is with the same quarter.
        if let (Some(quarter), None, true, [(count, unit)]) =
            (self.quarter, base, sign < 0, length.0.as_slice())
            && unit.of == Granularity::Year
            && (count.value - 1.0).abs() < 1e-9
        {
            return Some(Known::date(quarter.further(-4)?, TimeAnchor::Previous));
        }
        Some(Known { start: near.start, end: near.end, ..Known::date(named, anchor) })
    }

    /// A moment reckoned in hours or less; without the hour of publication only its day is known.
    pub(super) fn moment(&self, start: DateTime, anchor: TimeAnchor, from_now: bool) -> Known {
        let day = Period::around(Granularity::Day, start);
        let known = self.precise || !from_now;
        Known {
            kind: TimeKind::Time,
            value: if known {
                value::moment(start)
            } else {
                format!("{}TXX:XX", value::day(start.date()))
            },
            of: Granularity::Minute,
            start: match day {
                Some(day) if !known => day.start,
                _ => start,
            },
            end: match day {
                Some(day) if !known => day.end,
                _ => shift(start, Granularity::Minute, 1.0).unwrap_or(start),
            },
            anchor,
            zone: None,
        }
    }

    pub(super) fn shifted_previous(&self, length: &Length, sign: i32) -> Option<Known> {
        let yearly = length.0.last()?.1.of == Granularity::Year;
        let Some(previous) = self.quarter.filter(|_| yearly).or(self.previous) else {
            // What came later than something that no time tells of has no time.
            let blind = sign > 0 && self.tense == Some(Tense::Past);
            return if blind { None } else { self.shifted(length, sign, None) };
        };
        if length.0.iter().any(|(count, _)| count.vague) {
            return None;
        }
        let smallest = length.0.last()?.1.of;
        // "a year earlier" behind a quarter is that quarter of the year before.
        let of = previous.of.min(smallest).max(Granularity::Day);
        let start = moved(previous.start, length, sign)?;
        Some(Known::date(Period::around(of, start)?, TimeAnchor::Previous))
    }

    pub(super) fn near_previous(&self, unit: Unit, n: i32) -> Option<Known> {
        let (from, anchor) = match (self.previous, self.now) {
            (Some(previous), _) => (previous.start, TimeAnchor::Previous),
            (None, Some(_)) if n > 0 && self.tense == Some(Tense::Past) => return None,
            (None, Some(now)) => (now, TimeAnchor::Published),
            (None, None) => return None,
        };
        Some(Known::date(Period::around(unit.of, from)?.further(n)?, anchor))
    }

    /// "the past three weeks", "the next two days": a length with the stretch of the calendar that it covers.
    pub(super) fn span(&self, length: &Length, sign: i32, exact: bool) -> Option<Known> {
        let now = self.now?;
        let value = value::length(length);
        if length.0.iter().any(|(count, _)| count.vague) {
            return None;
        }
        let smallest = length.0.last()?.1.of;
        let day = Period::day(now.date())?;
        let (start, end) = if smallest < Granularity::Day {
            if !self.precise {
                return None;
            }
            (now, now)
        } else if sign < 0 {
            (day.start, day.end)
        } else {
            (day.end, day.end)
        };
        // What lies behind reaches back to the start of the first unit that is counted.
        let (start, end) = if sign < 0 {
            let back = moved(start, length, -1)?;
            (if exact { back } else { Period::around(smallest, back)?.start }, end)
        } else {
            (start, moved(end, length, 1)?)
        };
        Some(Known {
            kind: TimeKind::Duration,
            value,
            of: smallest,
            start,
            end,
            anchor: TimeAnchor::Published,
            zone: None,
        })
    }
}

/// Moves a moment by a length.
fn moved(mut at: DateTime, length: &Length, sign: i32) -> Option<DateTime> {
    for (count, unit) in &length.0 {
        at = shift(at, unit.of, count.value * unit.count * f64::from(sign))?;
    }
    Some(at)
}
