//! Writing times as TIMEX3 values and as ISO 8601.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
use khabar_record::TimeKind;

use super::calendar::Period;
use super::expr::{Clock, Counted, Direction, Expr, Fields, Length, Vague};
use super::units::Granularity;

/// Writes a day.
pub(super) fn day(day: Date) -> String {
    format!("{}-{:02}-{:02}", year(i32::from(day.year())), day.month(), day.day())
}

fn year(year: i32) -> String {
    if year < 0 { format!("BC{:04}", -year) } else { format!("{year:04}") }
}

/// Writes a unit of the calendar.
pub(super) fn of(period: Period) -> String {
    let start = period.start;
    let own = i32::from(start.year());
    let name = year(own);
    match period.of {
        Granularity::Second => format!(
            "{}T{:02}:{:02}:{:02}",
            day(start.date()),
            start.hour(),
            start.minute(),
            start.second()
        ),
        Granularity::Minute | Granularity::Hour => moment(start),
        Granularity::PartOfDay | Granularity::Day => day(start.date()),
        Granularity::Week | Granularity::Weekend => {
            let week = start.date().iso_week_date();
            let end = if period.of == Granularity::Weekend { "-WE" } else { "" };
            format!("{}-W{:02}{end}", year(i32::from(week.year())), week.week())
        }
        Granularity::Month => format!("{name}-{:02}", start.month()),
        Granularity::Season => {
            let season = match start.month() {
                3 => "SP",
                6 => "SU",
                9 => "FA",
                _ => "WI",
            };
            format!("{name}-{season}")
        }
        Granularity::Quarter => format!("{name}-Q{}", (start.month() - 1) / 3 + 1),
        Granularity::Half => format!("{name}-H{}", (start.month() - 1) / 6 + 1),
        Granularity::Year => name,
        Granularity::Decade => format!("{:03}", own.div_euclid(10)),
        Granularity::Century => format!("{:02}", own.div_euclid(100)),
        Granularity::Millennium => format!("{}", own.div_euclid(1000)),
    }
}

/// Writes a moment to the minute, or to the second when there are any.
pub(super) fn moment(at: DateTime) -> String {
    let mut out = format!("{}T{:02}:{:02}", day(at.date()), at.hour(), at.minute());
    if at.second() != 0 {
        let _ = write!(out, ":{:02}", at.second());
    }
    out
}

/// Writes a time of day.
pub(super) fn clock(date: Date, hour: i8, clock: &Clock) -> String {
    let mut out = format!("{}T{hour:02}:{:02}", day(date), clock.minute.unwrap_or(0));
    if let Some(second) = clock.second {
        let _ = write!(out, ":{second:02}");
    }
    out
}

/// Writes a moment as `start` and `end` have it.
pub(super) fn iso(at: DateTime, zone: Option<i16>) -> String {
    let mut out = format!(
        "{}-{:02}-{:02}T{:02}:{:02}:{:02}",
        if at.year() < 0 {
            format!("-{:06}", -i32::from(at.year()))
        } else {
            format!("{:04}", at.year())
        },
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    );
    if let Some(zone) = zone {
        let sign = if zone < 0 { '-' } else { '+' };
        let _ = write!(out, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60);
    }
    out
}

/// Writes a length of time (P2Y6M, PT90M, PXD).
pub(super) fn length(length: &Length) -> String {
    let mut days = String::new();
    let mut clock = String::new();
    for (count, unit) in &length.0 {
        let (mut of, mut number) = (unit.of, count.value * unit.count);
        let mut vague = count.vague;
        let mut rest = None;
        if !vague {
            // Decades and longer are counted in years, as is common; parts of a unit in the next smaller one.
            let years = match of {
                Granularity::Decade => 10.0,
                Granularity::Century => 100.0,
                Granularity::Millennium => 1000.0,
                _ => 0.0,
            };
            if years > 0.0 {
                number *= years;
                of = Granularity::Year;
            }
            let smaller = match of {
                Granularity::Year => Some((Granularity::Month, 12.0)),
                Granularity::Day => Some((Granularity::Hour, 24.0)),
                Granularity::Hour => Some((Granularity::Minute, 60.0)),
                Granularity::Minute => Some((Granularity::Second, 60.0)),
                _ => None,
            };
            if let Some((smaller, times)) = smaller {
                let part = ((number - number.trunc()) * times * 1e6).round() / 1e6;
                if part > 0.0 && part.fract() == 0.0 {
                    number = number.trunc();
                    rest = Some((smaller, part));
                }
            }
        } else if number == 0.0 {
            vague = true;
        }
        let mut push = |of: Granularity, number: String| {
            let (sign, timed) = of.sign();
            let out = if timed { &mut clock } else { &mut days };
            let _ = write!(out, "{number}{sign}");
        };
        if vague {
            push(of, "X".to_owned());
        } else {
            if number != 0.0 || rest.is_none() {
                push(of, plain(number));
            }
            if let Some((of, number)) = rest {
                push(of, plain(number));
            }
        }
    }
    if clock.is_empty() { format!("P{days}") } else { format!("P{days}T{clock}") }
}

/// Writes a number without a useless decimal part.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 {
        format!("{number:.0}")
    } else {
        let text = format!("{number:.3}");
        text.trim_end_matches('0').to_owned()
    }
}

/// Writes what is known of a time that nothing fixes, and its type.
pub(super) fn unfixed(expr: &Expr) -> (TimeKind, String) {
    let date = |value: &str| (TimeKind::Date, value.to_owned());
    match expr {
        Expr::Fields(fields) => (TimeKind::Date, fields_value(fields)),
        Expr::Relative { unit, .. } | Expr::FromPrevious { unit, .. } | Expr::TheUnit { unit } => {
            date(blank(unit.of))
        }
        Expr::Weekend { .. } | Expr::NearWeekend => date("XXXX-WXX-WE"),
        Expr::Shift { length: shifted, sign, .. }
        | Expr::ShiftPrevious { length: shifted, sign } => {
            let vague = shifted.0.iter().any(|(count, _)| count.vague);
            match shifted.0.last() {
                Some((_, unit)) if !vague => date(blank(unit.of)),
                _ if *sign < 0 => date("PAST_REF"),
                _ => date("FUTURE_REF"),
            }
        }
        Expr::In { inner, .. } | Expr::Deadline(inner) | Expr::Edge { inner, .. } => unfixed(inner),
        Expr::Nth { what, .. } => match what {
            Counted::Unit(unit) => date(blank(unit.of)),
            Counted::Weekday(number) => (TimeKind::Date, format!("XXXX-WXX-{number}")),
        },
        Expr::NthFrom { weekday, .. } => (TimeKind::Date, format!("XXXX-WXX-{weekday}")),
        Expr::Part { part, day } => {
            let day = day.as_deref().map_or("XXXX-XX-XX".to_owned(), |day| unfixed(day).1);
            (TimeKind::Time, format!("{day}T{}", part.sign))
        }
        Expr::At { clock, day } => {
            let day = day.as_deref().map_or("XXXX-XX-XX".to_owned(), |day| unfixed(day).1);
            let minute = clock.minute.unwrap_or(0);
            (TimeKind::Time, format!("{day}T{:02}:{minute:02}", clock.hour))
        }
        Expr::Length(own)
        | Expr::InLength(own)
        | Expr::Within(own)
        | Expr::Span { length: own, .. } => (TimeKind::Duration, length(own)),
        Expr::Every { count, inner } => (TimeKind::Set, every(*count, inner)),
        Expr::Range { from, to } => {
            let (kind, from) = unfixed(from);
            (kind, format!("{from}/{}", unfixed(to).1))
        }
        Expr::Vague(Vague::Past) | Expr::Then => date("PAST_REF"),
        Expr::Vague(Vague::Present) => date("PRESENT_REF"),
        Expr::Vague(Vague::Future) => date("FUTURE_REF"),
        Expr::Decade { first } => (TimeKind::Date, format!("{:03}", first / 10)),
        Expr::Century { n } if *n < 0 => (TimeKind::Date, format!("BC{:02}", -n - 1)),
        Expr::Century { n } => (TimeKind::Date, format!("{:02}", n - 1)),
        Expr::Holiday { year: Some(own), .. } => (TimeKind::Date, year(*own)),
        Expr::Holiday { .. } => date("XXXX-XX-XX"),
        Expr::Era { year: own, hijri } => {
            let mark = if *hijri { "H" } else { "" };
            (TimeKind::Date, format!("{}{mark}", year(*own)))
        }
    }
}

fn blank(of: Granularity) -> &'static str {
    match of {
        Granularity::Second | Granularity::Minute | Granularity::Hour => "XXXX-XX-XXTXX:XX",
        Granularity::PartOfDay => "XXXX-XX-XXTNI",
        Granularity::Day => "XXXX-XX-XX",
        Granularity::Week => "XXXX-WXX",
        Granularity::Weekend => "XXXX-WXX-WE",
        Granularity::Month | Granularity::Season => "XXXX-XX",
        Granularity::Quarter => "XXXX-QX",
        Granularity::Half => "XXXX-HX",
        Granularity::Year => "XXXX",
        Granularity::Decade => "XXX",
        Granularity::Century => "XX",
        Granularity::Millennium => "X",
    }
}

fn fields_value(fields: &Fields) -> String {
    let year = fields.year.map_or("XXXX".to_owned(), year);
    if fields.hijri {
        return match (fields.year, fields.month, fields.day) {
            (Some(_), Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}H"),
            _ => "XXXX-XX-XX".to_owned(),
        };
    }
    if let Some(season) = fields.season {
        return format!("{year}-{}", ["SP", "SU", "FA", "WI"][(season - 1).clamp(0, 3) as usize]);
    }
    if let Some(quarter) = fields.quarter {
        return format!("{year}-Q{quarter}");
    }
    if let Some(half) = fields.half {
        return format!("{year}-H{half}");
    }
    match (fields.month, fields.day, fields.weekday) {
        (Some(month), Some(day), _) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None, _) => format!("{year}-{month:02}"),
        (None, Some(day), _) => format!("{year}-XX-{day:02}"),
        (None, None, Some(weekday)) => format!("{year}-WXX-{weekday}"),
        (None, None, None) => year,
    }
}

/// Writes how often a time recurs.
fn every(count: f64, inner: &Expr) -> String {
    match inner {
        Expr::Length(own) => {
            let mut own = own.clone();
            for (number, _) in &mut own.0 {
                number.value *= count;
            }
            length(&own)
        }
        Expr::Part { part, day } => match day.as_deref() {
            Some(Expr::Fields(fields)) => format!("{}T{}", fields_value(fields), part.sign),
            _ => format!("XXXX-XX-XXT{}", part.sign),
        },
        Expr::Fields(fields) => {
            fields_value(&Fields { direction: None::<Direction>, ..fields.clone() })
        }
        Expr::Weekend { .. } => "XXXX-WXX-WE".to_owned(),
        Expr::At { .. } | Expr::Holiday { .. } => unfixed(inner).1,
        other => unfixed(other).1,
    }
}
