//! The actions of the rules: from what a pattern caught to what it says.
//!
//! Each action reads what it needs by letter: `y` year, `m` month, `d` day or a length, `w` weekday, `q` quarter, `h` half,
//! hour or holiday, `s` season or seconds, `t` direction (−2 past, −1 last, 0 this, 1 next, 2 after next), `j` the Hijri calendar, `u` unit,
//! `k` count, `v` a count that is not exact, `x` a fraction on top, `n` sign or distance, `o` rank, `l` rank from the end,
//! `e` edge or second day, `p` part of the day, `a`, `b`, `c` expressions.

use super::clock::{clock, hhmm, on};
use super::expr::{Count, Counted, Direction, Expr, Fields, Length, Vague};
use super::matcher::{Catch, Caught};
use super::units::{Granularity, PartOfDay, Unit};

/// An action: what a match says, unless its numbers make no time.
pub(super) type Action = fn(&Catch) -> Option<Expr>;

/// The actions that rules may name.
const ACTIONS: &[(&str, Action)] = &[
    ("pass", |c| c.expr(b'a').cloned()),
    ("fields", |c| fields(c).map(Expr::Fields)),
    ("relative", |c| Some(relative(unit(c)?, int(c, b'n')?))),
    ("nightrel", night_relative),
    ("ago", |c| {
        Some(Expr::Shift { length: length(c)?, sign: int(c, b'n')?, base: boxed(c, b'b') })
    }),
    ("agoprev", |c| Some(Expr::ShiftPrevious { length: length(c)?, sign: int(c, b'n')? })),
    ("in", |c| inside(c.expr(b'a')?.clone(), c)),
    ("inwd", |c| inside(Expr::Fields(own_fields(c)), c)),
    ("inm", in_month),
    ("qlast", |c| inside(quarter_or_half(Some(4), None), c)),
    ("hlast", |c| inside(quarter_or_half(None, Some(2)), c)),
    ("weekof", |c| inside(single(5.0)?, c)),
    ("dayofmonth", |c| {
        Some(Expr::In {
            inner: Box::new(Expr::Fields(own_fields(c))),
            outer: Box::new(running(6.0)?),
        })
    }),
    ("nth", |c| nth(c, boxed(c, b'b'))),
    ("nthunit", |c| nth(c, Some(Box::new(running(6.0)?)))),
    ("nthin", |c| {
        let inner = c.expr(b'a')?.clone();
        nth(c, Some(Box::new(inside(inner, c)?)))
    }),
    ("nthfrom", |c| {
        let sign = int(c, b'n').unwrap_or(1);
        weekday_from(c, rank(c)? * sign, c.expr(b'b')?.clone())
    }),
    ("wdnear", |c| weekday_from(c, int(c, b'n')?, Expr::Then)),
    ("wdback", |c| {
        let count = int(c, b'k').filter(|count| (1..100).contains(count))?;
        weekday_from(c, count * int(c, b'n')?, running(4.0)?)
    }),
    ("wdshift", |c| {
        Some(Expr::Shift {
            length: length(c)?,
            sign: int(c, b'n')?,
            base: Some(Box::new(weekday(c)?)),
        })
    }),
    ("edge", |c| edge(c, c.expr(b'a')?.clone())),
    ("edgeunit", |c| edge(c, relative(unit(c)?, int(c, b'n')?))),
    ("edgethe", |c| edge(c, Expr::TheUnit { unit: unit(c)? })),
    ("part", |c| part(c, boxed(c, b'a'))),
    ("partor", |c| match c.number(b'p') {
        Some(_) => part(c, boxed(c, b'a')),
        None => c.expr(b'a').cloned(),
    }),
    ("partprev", |c| {
        let day = Expr::FromPrevious { unit: Unit::from_number(4.0)?, n: int(c, b'n')? };
        part(c, Some(Box::new(day)))
    }),
    ("partthen", |c| part(c, Some(Box::new(Expr::Then)))),
    ("partnow", |c| part(c, None)),
    ("parttoday", |c| part(c, Some(Box::new(running(4.0)?)))),
    ("at", |c| Some(Expr::At { clock: clock(c)?, day: boxed(c, b'b') })),
    ("hhmm", |c| Some(Expr::At { clock: hhmm(c)?, day: boxed(c, b'b') })),
    ("zone", zone),
    ("on", |c| on(c.expr(b'c')?.clone(), c.expr(b'b')?.clone())),
    ("rangeon", |c| on(range(c)?, c.expr(b'c')?.clone())),
    ("weekend", |c| Some(Expr::Weekend { n: int(c, b'n')? })),
    ("weekendnear", |_| Some(Expr::NearWeekend)),
    ("theunit", |c| Some(Expr::TheUnit { unit: unit(c)? })),
    ("length", |c| length(c).map(Expr::Length)),
    ("plus", plus),
    ("hourmin", hour_and_minutes),
    ("inlen", |c| length(c).map(Expr::InLength)),
    ("within", |c| length(c).map(Expr::Within)),
    ("deadline", |c| boxed(c, b'a').map(Expr::Deadline)),
    ("span", |c| {
        Some(Expr::Span {
            length: length(c)?,
            sign: int(c, b'n')?,
            exact: c.number(b'q').is_some(),
        })
    }),
    ("firsts", firsts),
    ("every", |c| Some(every(c, c.expr(b'a')?.clone()))),
    ("freq", |c| {
        let one = Expr::Length(Length(vec![(exactly(1.0), unit(c)?)]));
        Some(every(c, one))
    }),
    ("everywd", |c| {
        let day = weekday(c)?;
        Some(match c.number(b'p') {
            Some(_) => every(c, part(c, Some(Box::new(day)))?),
            None => every(c, day),
        })
    }),
    ("everypart", |c| Some(every(c, part(c, None)?))),
    ("range", range),
    ("days", days),
    ("daysin", days_in),
    ("yearrange", year_range),
    ("vague", |c| {
        Some(Expr::Vague(match int(c, b'n')? {
            0 => Vague::Present,
            n if n < 0 => Vague::Past,
            _ => Vague::Future,
        }))
    }),
    ("prev", |c| Some(Expr::FromPrevious { unit: unit(c)?, n: int(c, b'n')? })),
    ("then", |_| Some(Expr::Then)),
    ("decade", decade),
    ("century", |c| Some(Expr::Century { n: int(c, b'o')? * int(c, b'n').unwrap_or(1) })),
    ("holiday", |c| {
        Some(Expr::Holiday {
            row: c.number(b'h')? as usize,
            year: year(c),
            direction: direction(c),
        })
    }),
    ("era", era),
    ("wordyear", |c| {
        let year = int(c, b'y').filter(|year| (1000..=2100).contains(year))?;
        Some(whole_year(year))
    }),
];

/// Returns the action with a name.
pub(super) fn action(name: &str) -> Option<Action> {
    ACTIONS.iter().find(|(known, _)| *known == name).map(|(_, action)| *action)
}

fn int(catch: &Catch, letter: u8) -> Option<i32> {
    catch.number(letter).map(|value| value as i32)
}

fn small(catch: &Catch, letter: u8) -> Option<i8> {
    catch.number(letter).map(|value| value as i8)
}

fn boxed(catch: &Catch, letter: u8) -> Option<Box<Expr>> {
    catch.expr(letter).cloned().map(Box::new)
}

fn unit(catch: &Catch) -> Option<Unit> {
    Unit::from_number(catch.number(b'u')?)
}

const fn exactly(value: f64) -> Count {
    Count { value, vague: false }
}

/// A unit at a distance from now; weekends are no units of the calendar's own.
fn relative(unit: Unit, n: i32) -> Expr {
    if unit.of == Granularity::Weekend { Expr::Weekend { n } } else { Expr::Relative { unit, n } }
}

/// The running unit with a rule file's number.
fn running(unit: f64) -> Option<Expr> {
    Some(relative(Unit::from_number(unit)?, 0))
}

/// One unit with a rule file's number, as a length.
fn single(unit: f64) -> Option<Expr> {
    Some(Expr::Length(Length(vec![(exactly(1.0), Unit::from_number(unit)?)])))
}

/// A part of a day in one word: the number holds the day's distance × 10 and the part.
fn night_relative(catch: &Catch) -> Option<Expr> {
    let number = int(catch, b'r')?;
    Some(Expr::Part {
        part: PartOfDay::from_number(f64::from(number.rem_euclid(10)))?,
        day: Some(Box::new(relative(Unit::from_number(4.0)?, number.div_euclid(10)))),
    })
}

fn inside(inner: Expr, catch: &Catch) -> Option<Expr> {
    Some(Expr::In { inner: Box::new(inner), outer: boxed(catch, b'b')? })
}

fn in_month(catch: &Catch) -> Option<Expr> {
    let Some(Expr::Fields(month)) = catch.expr(b'a') else {
        return None;
    };
    let day = Fields { day: small(catch, b'd'), ..month.clone() };
    inside(Expr::Fields(day), catch)
}

fn quarter_or_half(quarter: Option<i8>, half: Option<i8>) -> Expr {
    Expr::Fields(Fields { quarter, half, ..Fields::default() })
}

fn rank(catch: &Catch) -> Option<i32> {
    let rank = int(catch, b'o')?;
    Some(if catch.number(b'l').is_some() { -rank } else { rank })
}

fn nth(catch: &Catch, outer: Option<Box<Expr>>) -> Option<Expr> {
    let what = match small(catch, b'w') {
        Some(weekday) => Counted::Weekday(weekday),
        None => Counted::Unit(unit(catch)?),
    };
    Some(Expr::Nth { n: rank(catch)?, what, outer })
}

fn weekday(catch: &Catch) -> Option<Expr> {
    Some(Expr::Fields(Fields { weekday: Some(small(catch, b'w')?), ..Fields::default() }))
}

fn weekday_from(catch: &Catch, n: i32, base: Expr) -> Option<Expr> {
    Some(Expr::NthFrom { n, weekday: small(catch, b'w')?, base: Box::new(base) })
}

fn edge(catch: &Catch, inner: Expr) -> Option<Expr> {
    Some(Expr::Edge { edge: small(catch, b'e')?, inner: Box::new(inner) })
}

fn part(catch: &Catch, day: Option<Box<Expr>>) -> Option<Expr> {
    Some(Expr::Part { part: PartOfDay::from_number(catch.number(b'p')?)?, day })
}

fn every(catch: &Catch, inner: Expr) -> Expr {
    Expr::Every { count: catch.number(b'k').unwrap_or(1.0), inner: Box::new(inner) }
}

fn range(catch: &Catch) -> Option<Expr> {
    Some(Expr::Range { from: boxed(catch, b'a')?, to: boxed(catch, b'b')? })
}

fn zone(catch: &Catch) -> Option<Expr> {
    match catch.expr(b'a')?.clone() {
        Expr::At { mut clock, day } => {
            clock.zone = Some(int(catch, b'z')? as i16);
            Some(Expr::At { clock, day })
        }
        _ => None,
    }
}

fn direction(catch: &Catch) -> Option<Direction> {
    Some(match int(catch, b't')? {
        -2 => Direction::Past,
        -1 => Direction::Last,
        0 => Direction::This,
        1 => Direction::Next,
        _ => Direction::AfterNext,
    })
}

/// A year; one of two digits lies in the hundred years around the turn of the century that news writes so.
fn year(catch: &Catch) -> Option<i32> {
    match catch.get(b'y')? {
        Caught::Digits(value, 2) => Some(if *value <= 30.0 { 2000 } else { 1900 } + *value as i32),
        Caught::Digits(value, _) | Caught::Number(value) => Some(*value as i32),
        Caught::Expr(_) => None,
    }
}

fn whole_year(year: i32) -> Expr {
    Expr::Fields(Fields { year: Some(year), ..Fields::default() })
}

fn fields(catch: &Catch) -> Option<Fields> {
    // `b` may hold fields that the pattern completes ("شباط" in "15 شباط 2013").
    let base = match catch.expr(b'b') {
        Some(Expr::Fields(fields)) => fields.clone(),
        _ => Fields::default(),
    };
    let fields = Fields {
        year: year(catch).or(base.year),
        month: small(catch, b'm').or(base.month),
        day: small(catch, b'd').or(base.day),
        weekday: small(catch, b'w').or(base.weekday),
        quarter: small(catch, b'q').or(base.quarter),
        half: small(catch, b'h').or(base.half),
        season: small(catch, b's').or(base.season),
        hijri: catch.number(b'j').is_some() || base.hijri,
        direction: direction(catch).or(base.direction),
    };
    let within =
        |value: Option<i8>, most: i8| value.is_none_or(|value| (1..=most).contains(&value));
    let possible = within(fields.month, 12)
        && within(fields.day, 31)
        && within(fields.quarter, 4)
        && within(fields.half, 2);
    let nested = matches!(catch.expr(b'b'), Some(Expr::Fields(_)));
    (possible && !(nested && contradicts(&fields))).then_some(fields)
}

/// Whether the weekday is not that of the date: "الثلاثاء الثالث من أيلول 2014" is no third of September when that is a
/// Wednesday.
fn contradicts(fields: &Fields) -> bool {
    let (Some(year), Some(month), Some(day), Some(weekday), false) =
        (fields.year, fields.month, fields.day, fields.weekday, fields.hijri)
    else {
        return false;
    };
    i16::try_from(year)
        .ok()
        .and_then(|year| jiff::civil::Date::new(year, month, day).ok())
        .is_none_or(|date| date.weekday().to_monday_one_offset() != weekday)
}

/// The fields that the pattern itself catches, without those of `b`.
fn own_fields(catch: &Catch) -> Fields {
    Fields { day: small(catch, b'd'), weekday: small(catch, b'w'), ..Fields::default() }
}

fn length(catch: &Catch) -> Option<Length> {
    if let Some(Expr::Length(length)) = catch.expr(b'd') {
        return Some(length.clone());
    }
    let count = match (catch.number(b'k'), catch.number(b'v')) {
        (_, Some(value)) => Count { value, vague: true },
        (whole, None) => exactly(whole.unwrap_or(1.0) + catch.number(b'x').unwrap_or(0.0)),
    };
    let unit = unit(catch)?;
    (count.value.is_finite() && count.value.abs() < 1e7).then(|| Length(vec![(count, unit)]))
}

fn plus(catch: &Catch) -> Option<Expr> {
    let (Some(Expr::Length(first)), Some(Expr::Length(second))) =
        (catch.expr(b'a'), catch.expr(b'b'))
    else {
        return None;
    };
    let (large, small) = (first.0.last()?.1, second.0.first()?.1);
    // "three days and two nights" is no sum.
    let smaller = large.of > small.of && large.of.sign() != small.of.sign();
    let all = [first.0.as_slice(), second.0.as_slice()].concat();
    smaller.then_some(Expr::Length(Length(all)))
}

/// "1 hour thirty"
fn hour_and_minutes(catch: &Catch) -> Option<Expr> {
    let mut hours = length(catch)?;
    let minutes = catch.number(b'i').filter(|minutes| *minutes < 60.0)?;
    hours.0.push((exactly(minutes), Unit::from_number(2.0)?));
    Some(Expr::Length(hours))
}

/// "13 to 15 July": two days of one month; "July and August 1998": two months of one year.
fn days(catch: &Catch) -> Option<Expr> {
    let fields = fields(catch)?;
    let mut to = fields.clone();
    match (small(catch, b'e'), small(catch, b'n')) {
        (Some(day), None) if (1..=31).contains(&day) => to.day = Some(day),
        (None, Some(month)) => to.month = Some(month),
        _ => return None,
    }
    // The weekday belongs to the first day only.
    to.weekday = None;
    Some(Expr::Range { from: Box::new(Expr::Fields(fields)), to: Box::new(Expr::Fields(to)) })
}

/// "from the 13th to the 15th of this month"
fn days_in(catch: &Catch) -> Option<Expr> {
    let day = |letter: u8| {
        let day = Fields { day: Some(small(catch, letter)?), ..Fields::default() };
        inside(Expr::Fields(day), catch).map(Box::new)
    };
    Some(Expr::Range { from: day(b'd')?, to: day(b'e')? })
}

/// "1998-99"
fn year_range(catch: &Catch) -> Option<Expr> {
    let (first, second) = (int(catch, b'y')?, int(catch, b'e')?);
    let last = first.div_euclid(100) * 100 + second;
    (last > first)
        .then(|| Expr::Range { from: Box::new(whole_year(first)), to: Box::new(whole_year(last)) })
}

fn decade(catch: &Catch) -> Option<Expr> {
    let first = match catch.get(b'y')? {
        Caught::Digits(value, 2) => {
            let tens = *value as i32;
            if tens <= 20 { 2000 + tens } else { 1900 + tens }
        }
        Caught::Digits(value, _) | Caught::Number(value) if *value < 100.0 => 1900 + *value as i32,
        Caught::Digits(value, _) | Caught::Number(value) => *value as i32,
        Caught::Expr(_) => return None,
    };
    (first % 10 == 0).then_some(Expr::Decade { first })
}

fn era(catch: &Catch) -> Option<Expr> {
    let year = int(catch, b'y')?;
    Some(match int(catch, b'n')? {
        2 => {
            return (1..=1600).contains(&year).then_some(Expr::Era { year, hijri: true });
        }
        1 => whole_year(year),
        _ => Expr::Era { year: -year, hijri: false },
    })
}

/// "first nine months of 1998": a length, save for two quarters, which are a half.
fn firsts(catch: &Catch) -> Option<Expr> {
    let unit = unit(catch)?;
    let count = catch.number(b'k')?;
    if unit.of == Granularity::Quarter && count as i32 == 2 {
        return inside(quarter_or_half(None, Some(1)), catch);
    }
    Some(Expr::Length(Length(vec![(exactly(count), unit)])))
}
