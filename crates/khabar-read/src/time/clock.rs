//! Times of day: hours of twelve and of twenty-four, and days that they stand on.

use super::expr::{Clock, Expr};
use super::matcher::{Catch, Caught};
use super::units::PartOfDay;

/// Makes a time of day of an hour (`h`) with minutes (`i`), seconds (`s`), the half of the day (`a`), a part of the day
/// (`p`), a zone (`z`) and minutes past or to the hour (`f`, with `g` for the side).
pub(super) fn clock(catch: &Catch) -> Option<Clock> {
    let mut hour = catch.number(b'h')? as i32;
    let mut minute = catch.number(b'i').map(|value| value as i32);
    if let Some(shift) = catch.number(b'f') {
        let shift = shift as i32 * catch.number(b'g').map_or(1, |side| side as i32);
        let all = hour * 60 + minute.unwrap_or(0) + shift;
        hour = all.div_euclid(60);
        minute = Some(all.rem_euclid(60));
        if hour == 0 && catch.number(b'a') == Some(12.0) {
            hour = 12;
        }
    }
    if !(0..=24).contains(&hour) || minute.is_some_and(|minute| minute > 59) {
        return None;
    }
    // A leading zero or an hour beyond twelve tells that the clock has twenty-four.
    let zero = matches!(catch.get(b'h'), Some(Caught::Digits(value, 2)) if *value < 10.0);
    let settled = zero || hour > 12 || hour == 0 || catch.number(b'c').is_some();
    if hour > 12 && catch.number(b'a') == Some(0.0) {
        return None;
    }
    Some(halved(
        Clock {
            hour: hour as i8,
            minute: minute.map(|minute| minute as i8),
            second: catch.number(b's').map(|second| second as i8),
            settled,
            zone: catch.number(b'z').map(|zone| zone as i16),
        },
        catch,
    ))
}

/// Makes a time of day of three or four digits (1030).
pub(super) fn hhmm(catch: &Catch) -> Option<Clock> {
    let value = catch.number(b'h')? as i32;
    let hour = value / 100;
    Some(halved(
        Clock {
            hour: hour as i8,
            minute: Some((value % 100) as i8),
            second: None,
            settled: hour > 12 || hour == 0,
            zone: catch.number(b'z').map(|zone| zone as i16),
        },
        catch,
    ))
}

/// Lets the words beside a clock time tell which half of the day it means.
fn halved(mut clock: Clock, catch: &Catch) -> Clock {
    if let Some(half) = catch.number(b'a') {
        clock.hour = half_of_day(clock.hour, half >= 12.0);
        clock.settled = true;
    } else if let Some(part) = catch.number(b'p').and_then(PartOfDay::from_number) {
        if clock.hour <= 12 && !clock.settled {
            clock.hour = part.hour(clock.hour);
        }
        clock.settled = true;
    }
    clock
}

fn half_of_day(hour: i8, afternoon: bool) -> i8 {
    match (hour, afternoon) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        _ => hour,
    }
}

/// Puts a time of day on a day; a part of the day tells which half of it the clock means.
pub(super) fn on(clock: Expr, day: Expr) -> Option<Expr> {
    match (clock, day) {
        (Expr::At { mut clock, day: None }, Expr::Part { part, day }) => {
            if !clock.settled && clock.hour <= 12 {
                clock.hour = part.hour(clock.hour);
                clock.settled = true;
            }
            Some(Expr::At { clock, day })
        }
        (Expr::At { clock, day: None }, day) => Some(Expr::At { clock, day: Some(Box::new(day)) }),
        (Expr::Part { part, day: None }, day) => {
            Some(Expr::Part { part, day: Some(Box::new(day)) })
        }
        (Expr::Range { from, to }, day) => Some(Expr::Range {
            from: Box::new(on(*from, day.clone())?),
            to: Box::new(on(*to, day)?),
        }),
        _ => None,
    }
}
