//! Holidays with a fixed or reckoned day, as news uses them to tell the time.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{
    easter, hijri_day, hijri_year, orthodox_easter, weekday, weekday_on_or_before,
};
use crate::numerals::{Case, Class, Lexicon, RuleError, Sense, Source, rows};

/// How the first day of a holiday is found.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reckoning {
    /// On a day of the Gregorian calendar.
    Fixed { month: i8, day: i8 },
    /// The nth weekday of a month; counted from the end when negative.
    Nth { n: i8, weekday: i8, month: i8 },
    /// Days from Easter Sunday of the Western churches.
    Easter(i32),
    /// Days from Easter Sunday of the Eastern churches.
    Orthodox(i32),
    /// On a day of the Hijri calendar.
    Hijri { month: i32, day: i32 },
}

/// A holiday: how it is found and how many days it lasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holiday {
    reckoning: Reckoning,
    days: i32,
}

/// Reads the holidays and adds their names to the lexicon.
pub(super) fn load(source: Source, lexicon: &mut Lexicon) -> Result<Vec<Holiday>, RuleError> {
    let mut holidays = Vec::new();
    for row in rows(source.text) {
        let fault = |message: &str| RuleError {
            file: source.file,
            line: row.line,
            message: message.to_owned(),
        };
        let reckoning = parse(row.cell(1))
            .ok_or_else(|| fault("no day (fixed, nth, easter, orthodox, hijri)"))?;
        let days = row.cell(2).parse().map_err(|_| fault("the number of days is no number"))?;
        for name in row.cell(0).split('|') {
            lexicon.add(
                name,
                Sense { class: Class::Holiday, value: holidays.len() as f64, case: Case::Any },
            );
        }
        holidays.push(Holiday { reckoning, days });
    }
    Ok(holidays)
}

/// Reads `fixed 12-25`, `nth 4 thu 11` (as `nth 4 4 11`), `easter -2`, `orthodox 0`, `hijri 10-1`.
fn parse(cell: &str) -> Option<Reckoning> {
    let mut words = cell.split_whitespace();
    let kind = words.next()?;
    let numbers: Vec<i32> = words
        .flat_map(|word| match word.strip_prefix('-') {
            Some(rest) => vec![rest.parse::<i32>().map(|number| -number)],
            None => word.split('-').map(str::parse).collect(),
        })
        .collect::<Result<_, _>>()
        .ok()?;
    let small = |index: usize| numbers.get(index).and_then(|&number| i8::try_from(number).ok());
    Some(match kind {
        "fixed" => Reckoning::Fixed { month: small(0)?, day: small(1)? },
        "nth" => Reckoning::Nth { n: small(0)?, weekday: small(1)?, month: small(2)? },
        "easter" => Reckoning::Easter(*numbers.first()?),
        "orthodox" => Reckoning::Orthodox(*numbers.first()?),
        "hijri" => Reckoning::Hijri { month: *numbers.first()?, day: *numbers.get(1)? },
        _ => return None,
    })
}

impl Holiday {
    /// The days of the holiday that begin in a Gregorian year: the first and the one behind the last.
    pub(super) fn in_year(self, year: i32) -> Vec<(Date, Date)> {
        let single = |day: Option<Date>| day.into_iter().collect::<Vec<_>>();
        let starts = match self.reckoning {
            Reckoning::Fixed { month, day } => {
                single(i16::try_from(year).ok().and_then(|year| Date::new(year, month, day).ok()))
            }
            Reckoning::Nth { n, weekday, month } => single(nth(year, n, weekday, month)),
            Reckoning::Easter(days) => single(moved(easter(year), days)),
            Reckoning::Orthodox(days) => single(moved(orthodox_easter(year), days)),
            Reckoning::Hijri { month, day } => {
                let Some(first) =
                    i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1).ok())
                else {
                    return Vec::new();
                };
                let around = hijri_year(first);
                // A Gregorian year can hold the same Hijri day twice.
                (around..=around + 1)
                    .filter_map(|hijri| hijri_day(hijri, month, day))
                    .filter(|day| i32::from(day.year()) == year)
                    .collect()
            }
        };
        starts
            .into_iter()
            .filter_map(|start| Some((start, start.checked_add(i64::from(self.days).days()).ok()?)))
            .collect()
    }
}

fn moved(day: Option<Date>, days: i32) -> Option<Date> {
    day?.checked_add(i64::from(days).days()).ok()
}

fn nth(year: i32, n: i8, number: i8, month: i8) -> Option<Date> {
    let first = Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
    if n > 0 {
        first.nth_weekday_of_month(n, weekday(number)?).ok()
    } else {
        weekday_on_or_before(first.last_of_month(), number)
    }
}
