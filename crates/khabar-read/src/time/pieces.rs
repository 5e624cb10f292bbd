//! Pieces of a stretch of time: its nth unit, its beginning and its end.

use jiff::civil::DateTime;

use super::calendar::{Period, midnight, shift, weekday_on_or_after};
use super::expr::Counted;
use super::resolve::Known;
use super::units::Granularity;

/// The nth unit or weekday of a stretch; a week counts when all of it lies inside.
pub(super) fn nth_in(n: i32, what: Counted, outer: &Known) -> Option<Known> {
    let mut found = Vec::new();
    match what {
        Counted::Weekday(number) => {
            let mut day = midnight(weekday_on_or_after(outer.start.date(), number)?);
            while day < outer.end && found.len() < 600 {
                found.push(Period::day(day.date())?);
                day = shift(day, Granularity::Week, 1.0)?;
            }
        }
        Counted::Unit(unit) => {
            if unit.of >= outer.of || unit.of < Granularity::Day {
                return None;
            }
            let mut period = Period::around(unit.of, outer.start)?;
            while period.start < outer.end && found.len() < 4000 {
                if period.start >= outer.start
                    && (period.end <= outer.end || unit.of == Granularity::Weekend)
                {
                    found.push(period);
                }
                period = period.further(1)?;
            }
        }
    }
    let index = if n > 0 {
        usize::try_from(n - 1).ok()?
    } else {
        found.len().checked_sub(usize::try_from(-n).ok()?)?
    };
    Some(Known::date(*found.get(index)?, outer.anchor))
}

/// What is left of a stretch that has begun ("the rest of the week").
pub(super) fn rest_of(known: Known, now: Option<DateTime>) -> Known {
    match now.map(|now| midnight(now.date())) {
        Some(today) if known.start < today && today < known.end => Known { start: today, ..known },
        _ => known,
    }
}

/// The first, middle or last part of a stretch. The value stays that of the whole, as TIMEX3 has it.
pub(super) fn edge_of(edge: i8, known: Known) -> Known {
    let days = |n: f64| shift(known.start, Granularity::Day, n).unwrap_or(known.start);
    let part = |at: f64| {
        let all = known.start.duration_until(known.end).as_secs() as f64;
        let at = shift(known.start, Granularity::Second, (all * at).round()).unwrap_or(known.start);
        if known.of >= Granularity::Day { midnight(at.date()) } else { at }
    };
    let months = |n: f64| shift(known.start, Granularity::Month, n).unwrap_or(known.start);
    let (first, second) = match known.of {
        Granularity::Month => (days(10.0), days(20.0)),
        Granularity::Week => (days(3.0), days(4.0)),
        Granularity::Year => (months(4.0), months(8.0)),
        Granularity::PartOfDay | Granularity::Hour => (part(0.5), part(0.5)),
        _ => (part(1.0 / 3.0), part(2.0 / 3.0)),
    };
    // The midpoint is a day, where the stretch has one.
    if let (2, Granularity::Month | Granularity::Year) = (edge, known.of) {
        let middle = if known.of == Granularity::Month { days(14.0) } else { months(6.0) };
        return Known {
            start: middle,
            end: shift(
                middle,
                if known.of == Granularity::Month { Granularity::Day } else { Granularity::Month },
                1.0,
            )
            .unwrap_or(known.end),
            ..known
        };
    }
    let (start, end) = match edge {
        2 => (first, second),
        e if e < 0 => (known.start, first),
        0 => (first, second),
        _ => (second, known.end),
    };
    if start < end { Known { start, end, ..known } } else { known }
}
