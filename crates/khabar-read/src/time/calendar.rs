//! The calendars: spans of the Gregorian one, the Umm al-Qura one, and Easter.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::{Span, ToSpan};

use super::units::Granularity;
use crate::numerals::rows;

/// A stretch of time that is one unit of the calendar, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) of: Granularity,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
}

impl Period {
    pub(super) fn new(of: Granularity, start: Date, end: Date) -> Self {
        Self { of, start: midnight(start), end: midnight(end) }
    }

    pub(super) fn day(day: Date) -> Option<Self> {
        Some(Self::new(Granularity::Day, day, day.tomorrow().ok()?))
    }

    pub(super) fn year(year: i32) -> Option<Self> {
        let year = i16::try_from(year).ok()?;
        Some(Self::new(
            Granularity::Year,
            Date::new(year, 1, 1).ok()?,
            Date::new(year.checked_add(1)?, 1, 1).ok()?,
        ))
    }

    pub(super) fn years(of: Granularity, first: i32, count: i32) -> Option<Self> {
        Some(Self {
            of,
            start: Self::year(first)?.start,
            end: Self::year(first.checked_add(count)?)?.start,
        })
    }

    /// Months `first` to `first + count` of a year; `first` counts from zero and may lie outside the year.
    pub(super) fn months(of: Granularity, year: i32, first: i32, count: i32) -> Option<Self> {
        let at = |month: i32| -> Option<Date> {
            let all = year.checked_mul(12)?.checked_add(month)?;
            Date::new(i16::try_from(all.div_euclid(12)).ok()?, all.rem_euclid(12) as i8 + 1, 1).ok()
        };
        Some(Self::new(of, at(first)?, at(first + count)?))
    }

    pub(super) fn month(year: i32, month: i8) -> Option<Self> {
        Self::months(Granularity::Month, year, i32::from(month) - 1, 1)
    }

    pub(super) fn quarter(year: i32, quarter: i8) -> Option<Self> {
        Self::months(Granularity::Quarter, year, (i32::from(quarter) - 1) * 3, 3)
    }

    pub(super) fn half(year: i32, half: i8) -> Option<Self> {
        Self::months(Granularity::Half, year, (i32::from(half) - 1) * 6, 6)
    }

    /// The season that begins in a year; winter runs into the next. The northern seasons are meant.
    pub(super) fn season(year: i32, season: i8) -> Option<Self> {
        let starts = [(3, 20), (6, 21), (9, 23), (12, 21)];
        let at = |year: i32, season: usize| {
            let (month, day) = starts[season];
            Date::new(i16::try_from(year).ok()?, month, day).ok()
        };
        let index = usize::try_from(season - 1).ok().filter(|&index| index < 4)?;
        Some(Self::new(
            Granularity::Season,
            at(year, index)?,
            at(year + i32::from(index == 3), (index + 1) % 4)?,
        ))
    }

    pub(super) fn week(day: Date) -> Option<Self> {
        let start = monday(day)?;
        Some(Self::new(Granularity::Week, start, start.checked_add(7.days()).ok()?))
    }

    /// The weekend of the week that holds `day`.
    pub(super) fn weekend(day: Date) -> Option<Self> {
        let start = monday(day)?.checked_add(5.days()).ok()?;
        Some(Self::new(Granularity::Weekend, start, start.checked_add(2.days()).ok()?))
    }

    /// The unit of the calendar that holds a moment.
    pub(super) fn around(of: Granularity, at: DateTime) -> Option<Self> {
        let year = i32::from(at.year());
        let month = i32::from(at.month()) - 1;
        match of {
            Granularity::Second => {
                Self::clock(of, at.with().subsec_nanosecond(0).build().ok()?, 1.second())
            }
            Granularity::Minute => {
                Self::clock(of, at.with().second(0).subsec_nanosecond(0).build().ok()?, 1.minute())
            }
            Granularity::Hour => Self::clock(
                of,
                at.with().minute(0).second(0).subsec_nanosecond(0).build().ok()?,
                1.hour(),
            ),
            Granularity::Day | Granularity::PartOfDay => Self::day(at.date()),
            Granularity::Weekend => Self::weekend(at.date()),
            Granularity::Week => Self::week(at.date()),
            Granularity::Month => Self::month(year, at.month()),
            Granularity::Season => (-1..=0)
                .flat_map(|back| (1..=4).map(move |season| (year + back, season)))
                .filter_map(|(year, season)| Self::season(year, season))
                .find(|season| season.start <= at && at < season.end),
            Granularity::Quarter => Self::months(of, year, month / 3 * 3, 3),
            Granularity::Half => Self::months(of, year, month / 6 * 6, 6),
            Granularity::Year => Self::year(year),
            Granularity::Decade => Self::years(of, year.div_euclid(10) * 10, 10),
            Granularity::Century => Self::years(of, year.div_euclid(100) * 100, 100),
            Granularity::Millennium => Self::years(of, year.div_euclid(1000) * 1000, 1000),
        }
    }

    fn clock(of: Granularity, start: DateTime, length: Span) -> Option<Self> {
        Some(Self { of, start, end: start.checked_add(length).ok()? })
    }

    /// The unit `n` units further on.
    pub(super) fn further(self, n: i32) -> Option<Self> {
        let start = shift(self.start, self.of, f64::from(n))?;
        // A season or a weekend does not start where the one before it ends.
        match self.of {
            Granularity::Season => {
                let season = (0..4).find(|&season| {
                    Self::season(i32::from(self.start.year()), season + 1)
                        .is_some_and(|period| period.start == self.start)
                })?;
                let all = i32::from(self.start.year()) * 4 + i32::from(season) + n;
                Self::season(all.div_euclid(4), all.rem_euclid(4) as i8 + 1)
            }
            of => Self::around(of, start),
        }
    }

    pub(super) fn contains(&self, at: DateTime) -> bool {
        self.start <= at && at < self.end
    }
}

/// The start of a day.
pub(super) fn midnight(day: Date) -> DateTime {
    day.to_datetime(Time::midnight())
}

fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

/// Moves a moment by units; a part of a unit is counted in the next smaller one.
pub(super) fn shift(at: DateTime, of: Granularity, n: f64) -> Option<DateTime> {
    if !n.is_finite() || n.abs() > 1e7 {
        return None;
    }
    let whole = n.trunc() as i64;
    let rest = n - n.trunc();
    let span = Span::new();
    let span = match of {
        Granularity::Second => span.try_seconds(whole),
        Granularity::Minute => span.try_seconds((n * 60.0).round() as i64),
        Granularity::Hour | Granularity::PartOfDay => span.try_seconds((n * 3600.0).round() as i64),
        Granularity::Day => span.try_hours((n * 24.0).round() as i64),
        Granularity::Week | Granularity::Weekend => span.try_days((n * 7.0).round() as i64),
        Granularity::Month => {
            span.try_months(whole).and_then(|span| span.try_days((rest * 30.0).round() as i64))
        }
        Granularity::Season | Granularity::Quarter => span.try_months((n * 3.0).round() as i64),
        Granularity::Half => span.try_months((n * 6.0).round() as i64),
        Granularity::Year => span.try_months((n * 12.0).round() as i64),
        Granularity::Decade => span.try_years((n * 10.0).round() as i64),
        Granularity::Century => span.try_years((n * 100.0).round() as i64),
        Granularity::Millennium => span.try_years((n * 1000.0).round() as i64),
    };
    at.checked_add(span.ok()?).ok()
}

/// The weekday with a rule file's number.
pub(super) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

/// The weekday on or behind `day`, for `back` weeks before (1) or on and ahead (0).
pub(super) fn weekday_on_or_after(day: Date, number: i8) -> Option<Date> {
    let ahead = weekday(number)?.since(day.weekday());
    day.checked_add(i64::from(ahead).days()).ok()
}

/// The last such weekday that is not later than `day`.
pub(super) fn weekday_on_or_before(day: Date, number: i8) -> Option<Date> {
    let back = day.weekday().since(weekday(number)?);
    day.checked_sub(i64::from(back).days()).ok()
}

/// One year of the Umm al-Qura calendar.
struct HijriYear {
    first: Date,
    long: u16,
}

/// The table of the Umm al-Qura calendar, from its first year on.
static UMM_AL_QURA: LazyLock<(i32, Vec<HijriYear>)> = LazyLock::new(|| {
    let mut first = 0;
    let mut years = Vec::new();
    for row in rows(include_str!("../../rules/hijri.tsv")) {
        let parsed = (
            row.cell(0).parse::<i32>(),
            row.cell(1).parse::<Date>(),
            u16::from_str_radix(row.cell(2), 2),
        );
        if let (Ok(year), Ok(day), Ok(long)) = parsed {
            if years.is_empty() {
                first = year;
            }
            years.push(HijriYear { first: day, long });
        }
    }
    (first, years)
});

/// The Gregorian day on which a month of a Hijri year begins; months count from one.
pub(super) fn hijri_month_start(year: i32, month: i32) -> Option<Date> {
    let all = year.checked_mul(12)?.checked_add(month - 1)?;
    let (year, month) = (all.div_euclid(12), all.rem_euclid(12));
    let (first, years) = &*UMM_AL_QURA;
    let known = usize::try_from(year - first).ok().and_then(|index| years.get(index));
    if let Some(known) = known {
        // The first month's length is the highest of twelve bits.
        let days: i64 =
            (0..month).map(|month| 29 + i64::from((known.long >> (11 - month)) & 1)).sum();
        return known.first.checked_add(days.days()).ok();
    }
    // The tabular calendar: eleven leap years in thirty.
    let (year, month) = (i64::from(year), i64::from(month));
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + month * 29 + (month + 1) / 2;
    date(622, 7, 19).checked_add((days).days()).ok()
}

/// The Gregorian day of a Hijri date.
pub(super) fn hijri_day(year: i32, month: i32, day: i32) -> Option<Date> {
    let start = hijri_month_start(year, month)?;
    let end = hijri_month_start(year, month + 1)?;
    let day = start.checked_add(i64::from(day - 1).days()).ok()?;
    (day < end.checked_add(1.day()).ok()?).then_some(day)
}

/// The Hijri year that holds most of the days up to a Gregorian day.
pub(super) fn hijri_year(day: Date) -> i32 {
    let guess = (f64::from(day.year()) - 622.0) * 33.0 / 32.0;
    let guess = guess as i32;
    (guess - 2..=guess + 3)
        .rev()
        .find(|&year| hijri_month_start(year, 1).is_some_and(|start| start <= day))
        .unwrap_or(guess)
}

/// Easter Sunday of the Western churches (Gauss's rule with its Gregorian corrections).
pub(super) fn easter(year: i32) -> Option<Date> {
    let (golden, century) = (year % 19, year / 100);
    // How far the calendar year and the moon have drifted since the Julian reckoning.
    let solar = century - century / 4;
    let lunar = (8 * century + 13) / 25;
    let epact = (19 * golden + solar - lunar + 15) % 30;
    let full_moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + full_moon + 2 - solar) % 7;
    from_march(year, 28 + full_moon - weekday)
}

/// Easter Sunday of the Eastern churches, in the Gregorian calendar of 1900 to 2099.
pub(super) fn orthodox_easter(year: i32) -> Option<Date> {
    let full_moon = (19 * (year % 19) + 15) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) - full_moon + 34) % 7;
    // The Julian calendar lies thirteen days behind.
    from_march(year, full_moon + sunday + 22 + 13)
}

/// The day that is the nth of March, where 32 is the first of April.
fn from_march(year: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, 3, 1).ok()?.checked_add(i64::from(day - 1).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hijri_dates_follow_the_umm_al_qura_table() {
        assert_eq!(hijri_day(1440, 9, 1), Some(date(2019, 5, 6)));
        assert_eq!(hijri_day(1445, 1, 1), Some(date(2023, 7, 19)));
        assert_eq!(hijri_year(date(2023, 7, 18)), 1444);
        assert_eq!(hijri_year(date(2023, 7, 19)), 1445);
    }

    #[test]
    fn the_tabular_calendar_is_near_where_the_table_ends() {
        let last = hijri_month_start(1500, 12).unwrap();
        let next = hijri_month_start(1501, 1).unwrap();
        assert!((28..=31).contains(&(next - last).get_days()), "{last} {next}");
        assert_eq!(hijri_day(1, 1, 1), Some(date(622, 7, 19)));
    }

    #[test]
    fn easter_is_where_it_was() {
        assert_eq!(easter(2013), Some(date(2013, 3, 31)));
        assert_eq!(easter(2000), Some(date(2000, 4, 23)));
        assert_eq!(easter(2024), Some(date(2024, 3, 31)));
        assert_eq!(orthodox_easter(2023), Some(date(2023, 4, 16)));
        assert_eq!(orthodox_easter(2021), Some(date(2021, 5, 2)));
    }

    #[test]
    fn seasons_follow_each_other() {
        let winter = Period::around(Granularity::Season, midnight(date(2013, 2, 12))).unwrap();
        assert_eq!(winter.start, midnight(date(2012, 12, 21)));
        assert_eq!(winter.further(1).unwrap().start, midnight(date(2013, 3, 20)));
    }
}
