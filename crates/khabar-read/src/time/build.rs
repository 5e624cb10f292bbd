//! The actions of the rules: from what a pattern caught to what it says.

use super::expr::{Clock, Count, Counted, Direction, Expr, Fields, Length, Vague};
use super::matcher::{Catch, Caught};
use super::units::{Granularity, PartOfDay, Unit};

/// The actions that rules may name.
pub(super) const OPS: &[&str] = &[
    "pass", "fields", "relative", "unitrel", "ago", "agoprev", "in", "nth", "nthfrom", "edge", "part", "at",
    "hhmm", "on", "weekend", "length", "plus", "span", "every", "freq", "range", "days", "vague",
    "prev", "then", "decade", "century", "holiday", "era", "nightrel", "halves", "weekof",
    "edgeunit", "wdnear", "wdshift", "wdback", "inwd", "nthunit", "weekendnear", "partor", "yearrange",
    "rangeon", "everywd", "everypart", "theunit", "inlen", "within", "deadline", "inm", "qlast",
    "hlast", "nthin", "daysin", "wordyear", "zone", "tanwin", "hourmin", "dayofmonth", "partthen",
];

/// Returns what a match says, unless the numbers make no date.
pub(super) fn build(op: &str, catch: &Catch) -> Option<Expr> {
    let expr = |letter: u8| catch.expr(letter).cloned();
    let boxed = |letter: u8| catch.expr(letter).cloned().map(Box::new);
    let int = |letter: u8| catch.number(letter).map(|value| value as i32);
    let small = |letter: u8| catch.number(letter).map(|value| value as i8);
    Some(match op {
        "pass" => expr(b'a')?,
        "fields" => Expr::Fields(fields(catch)?),
        "relative" => relative(Unit::from_number(catch.number(b'u')?)?, int(b'n')?),
        "unitrel" => {
            // One number holds unit and distance: unit × 10 + distance + 5.
            let number = int(b'r')?;
            relative(
                Unit::from_number(f64::from(number.div_euclid(10)))?,
                number.rem_euclid(10) - 5,
            )
        }
        "nightrel" => {
            let number = int(b'r')?;
            Expr::Part {
                part: PartOfDay::from_number(f64::from(number.rem_euclid(10)))?,
                day: Some(Box::new(relative(
                    Unit::from_number(4.0)?,
                    number.div_euclid(10),
                ))),
            }
        }
        "ago" => Expr::Shift {
            length: length(catch)?,
            sign: int(b'n')?,
            base: boxed(b'b'),
        },
        "agoprev" => Expr::ShiftPrevious {
            length: length(catch)?,
            sign: int(b'n')?,
        },
        "in" => Expr::In {
            inner: boxed(b'a')?,
            outer: boxed(b'b')?,
        },
        "nth" => Expr::Nth {
            n: rank(catch)?,
            what: counted(catch)?,
            outer: boxed(b'b'),
        },
        "nthfrom" => Expr::NthFrom {
            n: rank(catch)? * int(b'n').unwrap_or(1),
            weekday: small(b'w')?,
            base: boxed(b'b')?,
        },
        "edge" => Expr::Edge {
            edge: small(b'e')?,
            inner: boxed(b'a')?,
        },
        "part" => Expr::Part {
            part: PartOfDay::from_number(catch.number(b'p')?)?,
            day: boxed(b'a'),
        },
        "at" => Expr::At {
            clock: clock(catch)?,
            day: boxed(b'b'),
        },
        "hhmm" => Expr::At {
            clock: hhmm(catch)?,
            day: boxed(b'b'),
        },
        "on" => on(expr(b'c')?, expr(b'b')?)?,
        "weekend" => Expr::Weekend { n: int(b'n')? },
        "length" => Expr::Length(length(catch)?),
        "plus" => plus(expr(b'a')?, expr(b'b')?)?,
        "span" => Expr::Span {
            length: length(catch)?,
            sign: int(b'n')?,
        },
        "every" => Expr::Every {
            count: catch.number(b'k').unwrap_or(1.0),
            inner: boxed(b'a')?,
        },
        "freq" => Expr::Every {
            count: catch.number(b'k').unwrap_or(1.0),
            inner: Box::new(Expr::Length(Length(vec![(
                exactly(1.0),
                Unit::from_number(catch.number(b'u')?)?,
            )]))),
        },
        "range" => Expr::Range {
            from: boxed(b'a')?,
            to: boxed(b'b')?,
        },
        "days" => days(catch)?,
        "vague" => Expr::Vague(match int(b'n')? {
            0 => Vague::Present,
            n if n < 0 => Vague::Past,
            _ => Vague::Future,
        }),
        "prev" => Expr::FromPrevious {
            unit: Unit::from_number(catch.number(b'u')?)?,
            n: int(b'n')?,
        },
        "then" => Expr::Then,
        "decade" => decade(catch)?,
        "century" => Expr::Century {
            n: int(b'o')? * int(b'n').unwrap_or(1),
        },
        "holiday" => Expr::Holiday {
            row: catch.number(b'h')? as usize,
            year: year(catch),
            direction: direction(catch),
        },
        "era" => era(catch)?,
        "halves" => halves(catch)?,
        "weekof" => Expr::In {
            inner: Box::new(Expr::Length(Length(vec![(exactly(1.0), Unit::from_number(5.0)?)]))),
            outer: boxed(b'b')?,
        },
        other => return build_more(other, catch),
    })
}

/// The actions that put together what other actions make.
fn build_more(op: &str, catch: &Catch) -> Option<Expr> {
    let expr = |letter: u8| catch.expr(letter).cloned();
    let boxed = |letter: u8| catch.expr(letter).cloned().map(Box::new);
    let number = |letter: u8| catch.number(letter);
    let int = |letter: u8| catch.number(letter).map(|value| value as i32);
    let unit = |letter: u8| Unit::from_number(catch.number(letter)?);
    let weekday = || {
        Some(Expr::Fields(Fields {
            weekday: Some(catch.number(b'w')? as i8),
            ..Fields::default()
        }))
    };
    Some(match op {
        "edgeunit" => Expr::Edge {
            edge: int(b'e')? as i8,
            inner: Box::new(relative(unit(b'u')?, int(b'n')?)),
        },
        "wdnear" => Expr::NthFrom {
            n: int(b'n')?,
            weekday: int(b'w')? as i8,
            base: Box::new(Expr::Then),
        },
        "wdshift" => Expr::Shift {
            length: length(catch)?,
            sign: int(b'n')?,
            base: Some(Box::new(weekday()?)),
        },
        "wdback" => Expr::NthFrom {
            n: int(b'n')? * int(b'k').filter(|k| (1..100).contains(k))?,
            weekday: int(b'w')? as i8,
            base: Box::new(relative(Unit::from_number(4.0)?, 0)),
        },
        "inwd" => Expr::In {
            inner: Box::new(Expr::Fields(own_fields(catch))),
            outer: boxed(b'b')?,
        },
        "inm" => Expr::In {
            inner: Box::new(Expr::Fields(match expr(b'a')? {
                Expr::Fields(month) => Fields {
                    day: int(b'd').map(|day| day as i8),
                    ..month
                },
                _ => return None,
            })),
            outer: boxed(b'b')?,
        },
        "qlast" | "hlast" => Expr::In {
            inner: Box::new(Expr::Fields(Fields {
                quarter: (op == "qlast").then_some(4),
                half: (op == "hlast").then_some(2),
                ..Fields::default()
            })),
            outer: boxed(b'b')?,
        },
        "nthin" => Expr::Nth {
            n: rank(catch)?,
            what: counted(catch)?,
            outer: Some(Box::new(Expr::In {
                inner: boxed(b'a')?,
                outer: boxed(b'b')?,
            })),
        },
        "daysin" => {
            let day = |letter: u8| {
                Some(Box::new(Expr::In {
                    inner: Box::new(Expr::Fields(Fields {
                        day: Some(int(letter)? as i8),
                        ..Fields::default()
                    })),
                    outer: boxed(b'b')?,
                }))
            };
            Expr::Range {
                from: day(b'd')?,
                to: day(b'e')?,
            }
        }
        "wordyear" => {
            let year = int(b'y').filter(|year| (1000..=2100).contains(year))?;
            Expr::Fields(Fields {
                year: Some(year),
                ..Fields::default()
            })
        }
        "zone" => match expr(b'a')? {
            Expr::At { mut clock, day } => {
                clock.zone = Some(int(b'z')? as i16);
                Expr::At { clock, day }
            }
            _ => return None,
        },
        "hourmin" => {
            let mut hours = length(catch)?;
            let minutes = number(b'i').filter(|minutes| *minutes < 60.0)?;
            hours.0.push((exactly(minutes), Unit::from_number(2.0)?));
            Expr::Length(hours)
        }
        "dayofmonth" => Expr::In {
            inner: Box::new(Expr::Fields(own_fields(catch))),
            outer: Box::new(relative(Unit::from_number(6.0)?, 0)),
        },
        "partthen" => Expr::Part {
            part: PartOfDay::from_number(number(b'p')?)?,
            day: Some(Box::new(Expr::Then)),
        },
        "tanwin" => Expr::Part {
            part: PartOfDay::from_number(number(b'p')?)?,
            day: None,
        },
        "nthunit" => Expr::Nth {
            n: rank(catch)?,
            what: counted(catch)?,
            outer: Some(Box::new(relative(Unit::from_number(6.0)?, 0))),
        },
        "weekendnear" => Expr::NearWeekend,
        "partor" => match number(b'p').and_then(PartOfDay::from_number) {
            Some(part) => Expr::Part {
                part,
                day: boxed(b'a'),
            },
            None => expr(b'a')?,
        },
        "yearrange" => {
            let (first, second) = (int(b'y')?, int(b'e')?);
            let last = first.div_euclid(100) * 100 + second;
            let whole = |year| {
                Box::new(Expr::Fields(Fields {
                    year: Some(year),
                    ..Fields::default()
                }))
            };
            (last > first).then(|| Expr::Range {
                from: whole(first),
                to: whole(last),
            })?
        }
        "rangeon" => on(
            Expr::Range {
                from: boxed(b'a')?,
                to: boxed(b'b')?,
            },
            expr(b'c')?,
        )?,
        "everywd" => Expr::Every {
            count: 1.0,
            inner: Box::new(match number(b'p').and_then(PartOfDay::from_number) {
                Some(part) => Expr::Part {
                    part,
                    day: Some(Box::new(weekday()?)),
                },
                None => weekday()?,
            }),
        },
        "everypart" => Expr::Every {
            count: 1.0,
            inner: Box::new(Expr::Part {
                part: PartOfDay::from_number(number(b'p')?)?,
                day: None,
            }),
        },
        "theunit" => Expr::TheUnit { unit: unit(b'u')? },
        "deadline" => Expr::Deadline(boxed(b'a')?),
        "within" => Expr::Within(length(catch)?),
        "inlen" => Expr::InLength(length(catch)?),
        _ => return None,
    })
}

fn relative(unit: Unit, n: i32) -> Expr {
    if unit.of == Granularity::Weekend {
        Expr::Weekend { n }
    } else {
        Expr::Relative { unit, n }
    }
}

const fn exactly(value: f64) -> Count {
    Count {
        value,
        vague: false,
    }
}

fn rank(catch: &Catch) -> Option<i32> {
    let rank = catch.number(b'o')? as i32;
    // `l` marks a rank from the end ("second last").
    Some(if catch.number(b'l').is_some() { -rank } else { rank })
}

fn counted(catch: &Catch) -> Option<Counted> {
    if let Some(weekday) = catch.number(b'w') {
        return Some(Counted::Weekday(weekday as i8));
    }
    Some(Counted::Unit(Unit::from_number(catch.number(b'u')?)?))
}

fn direction(catch: &Catch) -> Option<Direction> {
    Some(match catch.number(b't')? as i32 {
        -2 => Direction::Past,
        -1 => Direction::Last,
        0 => Direction::This,
        _ => Direction::Next,
    })
}

/// A year, of two digits in the hundred years around the turn of the century that news writes so.
fn year(catch: &Catch) -> Option<i32> {
    match catch.get(b'y')? {
        Caught::Digits(value, 2) => Some(if *value <= 30.0 { 2000 } else { 1900 } + *value as i32),
        Caught::Digits(value, _) | Caught::Number(value) => Some(*value as i32),
        Caught::Expr(_) => None,
    }
}

fn fields(catch: &Catch) -> Option<Fields> {
    let small = |letter: u8| catch.number(letter).map(|value| value as i8);
    // `b` may hold fields that the pattern completes ("شباط" in "15 شباط 2013").
    let base = match catch.expr(b'b') {
        Some(Expr::Fields(fields)) => fields.clone(),
        _ => Fields::default(),
    };
    let fields = Fields {
        year: year(catch).or(base.year),
        month: small(b'm').or(base.month),
        day: small(b'd').or(base.day),
        weekday: small(b'w').or(base.weekday),
        quarter: small(b'q').or(base.quarter),
        half: small(b'h').or(base.half),
        season: small(b's').or(base.season),
        hijri: catch.number(b'j').is_some() || base.hijri,
        direction: direction(catch).or(base.direction),
    };
    // "الثلاثاء الثالث من أيلول 2014" is no third of September when that is a Wednesday.
    if let (Some(year), Some(month), Some(day), Some(weekday), false) =
        (fields.year, fields.month, fields.day, fields.weekday, fields.hijri)
    {
        let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
        let strict = matches!(catch.expr(b'b'), Some(Expr::Fields(_)));
        if strict && date.weekday().to_monday_one_offset() != weekday {
            return None;
        }
    }
    let within = |value: Option<i8>, most: i8| value.is_none_or(|value| (1..=most).contains(&value));
    (within(fields.month, 12)
        && within(fields.day, 31)
        && within(fields.quarter, 4)
        && within(fields.half, 2))
    .then_some(fields)
}

/// The fields that the pattern itself catches, without those of `b`.
fn own_fields(catch: &Catch) -> Fields {
    let small = |letter: u8| catch.number(letter).map(|value| value as i8);
    Fields {
        day: small(b'd'),
        weekday: small(b'w'),
        ..Fields::default()
    }
}

fn length(catch: &Catch) -> Option<Length> {
    if let Some(Expr::Length(length)) = catch.expr(b'd') {
        return Some(length.clone());
    }
    let unit = Unit::from_number(catch.number(b'u')?)?;
    // `v` is a count that is not exact, `x` a fraction on top of the count.
    let count = match (catch.number(b'k'), catch.number(b'v')) {
        (Some(value), None) => exactly(value + catch.number(b'x').unwrap_or(0.0)),
        (_, Some(value)) => Count { value, vague: true },
        (None, None) => exactly(1.0 + catch.number(b'x').unwrap_or(0.0)),
    };
    (count.value.is_finite() && count.value.abs() < 1e7).then(|| Length(vec![(count, unit)]))
}

fn plus(a: Expr, b: Expr) -> Option<Expr> {
    let (Expr::Length(mut a), Expr::Length(b)) = (a, b) else {
        return None;
    };
    let smaller = a.0.last()?.1.of > b.0.first()?.1.of;
    a.0.extend(b.0);
    smaller.then_some(Expr::Length(a))
}

fn clock(catch: &Catch) -> Option<Clock> {
    let hour_text = catch.get(b'h');
    let mut hour = catch.number(b'h')? as i32;
    let mut minute = catch.number(b'i').map(|value| value as i32);
    if let Some(shift) = catch.number(b'f') {
        // A quarter past, ten to: `f` counts minutes, `g` tells on which side of the hour.
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
    let mut settled = hour > 12 || hour == 0 || catch.number(b'c').is_some();
    if let Some(Caught::Digits(value, 2)) = hour_text {
        settled |= *value < 10.0;
    }
    if let Some(half) = catch.number(b'a') {
        if hour > 12 && half == 0.0 {
            return None;
        }
        hour = half_of_day(hour, half >= 12.0);
        settled = true;
    } else if let Some(part) = catch.number(b'p').and_then(PartOfDay::from_number) {
        if hour <= 12 && !settled {
            hour = i32::from(part.hour(hour as i8));
        }
        settled = true;
    }
    Some(Clock {
        hour: hour as i8,
        minute: minute.map(|minute| minute as i8),
        second: catch.number(b's').map(|second| second as i8),
        settled,
        zone: catch.number(b'z').map(|zone| zone as i16),
    })
}

fn half_of_day(hour: i32, afternoon: bool) -> i32 {
    match (hour, afternoon) {
        (12, false) => 0,
        (1..=11, true) => hour + 12,
        _ => hour,
    }
}

fn hhmm(catch: &Catch) -> Option<Clock> {
    let value = catch.number(b'h')? as i32;
    let mut hour = value / 100;
    let mut settled = hour > 12 || hour == 0;
    if let Some(half) = catch.number(b'a') {
        hour = half_of_day(hour, half >= 12.0);
        settled = true;
    } else if let Some(part) = catch.number(b'p').and_then(PartOfDay::from_number) {
        hour = i32::from(part.hour(hour as i8));
        settled = true;
    }
    Some(Clock {
        hour: hour as i8,
        minute: Some((value % 100) as i8),
        second: None,
        settled,
        zone: catch.number(b'z').map(|zone| zone as i16),
    })
}

/// Puts a time of day on a day; a part of the day tells which half of it the clock means.
fn on(clock: Expr, day: Expr) -> Option<Expr> {
    match (clock, day) {
        (Expr::At { mut clock, day: None }, Expr::Part { part, day }) => {
            if !clock.settled && clock.hour <= 12 {
                clock.hour = part.hour(clock.hour);
                clock.settled = true;
            }
            Some(Expr::At { clock, day })
        }
        (Expr::At { clock, day: None }, day) => Some(Expr::At {
            clock,
            day: Some(Box::new(day)),
        }),
        (Expr::Part { part, day: None }, day) => Some(Expr::Part {
            part,
            day: Some(Box::new(day)),
        }),
        (Expr::Range { from, to }, day) => Some(Expr::Range {
            from: Box::new(on(*from, day.clone())?),
            to: Box::new(on(*to, day)?),
        }),
        _ => None,
    }
}

/// "13 to 15 July": two days of one month; "July and August 1998".
fn days(catch: &Catch) -> Option<Expr> {
    let fields = fields(catch)?;
    let second = catch.number(b'e').map(|day| day as i8);
    let last_month = catch.number(b'n').map(|month| month as i8);
    let mut to = fields.clone();
    match (second, last_month) {
        (Some(day), None) if (1..=31).contains(&day) => to.day = Some(day),
        (None, Some(month)) => to.month = Some(month),
        _ => return None,
    }
    // The weekday belongs to the first day only.
    to.weekday = None;
    Some(Expr::Range {
        from: Box::new(Expr::Fields(fields)),
        to: Box::new(Expr::Fields(to)),
    })
}

fn decade(catch: &Catch) -> Option<Expr> {
    let first = match catch.get(b'y')? {
        Caught::Digits(value, 2) => {
            let tens = *value as i32;
            (tens % 10 == 0).then_some(if tens <= 20 { 2000 + tens } else { 1900 + tens })?
        }
        Caught::Digits(value, _) | Caught::Number(value) => {
            let year = *value as i32;
            if year < 100 { 1900 + year } else { year }
        }
        Caught::Expr(_) => return None,
    };
    (first % 10 == 0).then_some(Expr::Decade { first })
}

fn era(catch: &Catch) -> Option<Expr> {
    let year = catch.number(b'y')? as i32;
    if let Some(century) = catch.number(b'o') {
        return Some(Expr::Century {
            n: -(century as i32),
        });
    }
    match catch.number(b'n')? as i32 {
        2 => (1..=1600).contains(&year).then_some(Expr::Era { year, hijri: true }),
        1 => Some(Expr::Fields(Fields {
            year: Some(year),
            ..Fields::default()
        })),
        _ => Some(Expr::Era {
            year: -year,
            hijri: false,
        }),
    }
}

/// "first two quarters", "first nine months of": the first or last k units of a time.
fn halves(catch: &Catch) -> Option<Expr> {
    let unit = Unit::from_number(catch.number(b'u')?)?;
    let count = catch.number(b'k')?;
    let length = Expr::Length(Length(vec![(exactly(count), unit)]));
    match (catch.expr(b'b'), unit.of, count as i32) {
        (Some(outer), Granularity::Quarter, 2) => Some(Expr::In {
            inner: Box::new(Expr::Fields(Fields {
                half: Some(if catch.number(b'o') == Some(-1.0) { 2 } else { 1 }),
                ..Fields::default()
            })),
            outer: Box::new(outer.clone()),
        }),
        _ => Some(length),
    }
}
