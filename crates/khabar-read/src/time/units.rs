//! Units of time, parts of the day and seasons, as rule files number them.

/// A unit of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A part of a day (morning, night).
    PartOfDay,
    /// A day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// A week from Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A season.
    Season,
    /// A quarter of a year.
    Quarter,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

use Granularity as G;

/// A unit with how many of it the word stands for (a fortnight is two weeks).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit {
    pub(super) of: Granularity,
    pub(super) count: f64,
}

impl Unit {
    /// Returns the unit that a rule file's number stands for.
    pub(super) fn from_number(number: f64) -> Option<Self> {
        let (of, count) = match number as i32 {
            1 => (G::Second, 1.0),
            2 => (G::Minute, 1.0),
            3 => (G::Hour, 1.0),
            4 => (G::Day, 1.0),
            5 => (G::Week, 1.0),
            6 => (G::Month, 1.0),
            7 => (G::Quarter, 1.0),
            8 => (G::Year, 1.0),
            9 => (G::Decade, 1.0),
            10 => (G::Century, 1.0),
            11 => (G::Millennium, 1.0),
            12 => (G::Week, 2.0),
            13 => (G::Weekend, 1.0),
            14 => (G::Half, 1.0),
            15 => (G::Season, 1.0),
            16 => (G::PartOfDay, 1.0),
            _ => return None,
        };
        Some(Self { of, count })
    }
}

impl Granularity {
    /// The unit's sign in a TIMEX3 duration, and whether it stands behind the `T`.
    pub(super) const fn sign(self) -> (&'static str, bool) {
        match self {
            G::Second => ("S", true),
            G::Minute => ("M", true),
            G::Hour => ("H", true),
            // Nights are counted as days.
            G::PartOfDay | G::Day => ("D", false),
            G::Weekend => ("WE", false),
            G::Week => ("W", false),
            G::Month => ("M", false),
            G::Season => ("S", false),
            G::Quarter => ("Q", false),
            G::Half => ("H", false),
            G::Year => ("Y", false),
            G::Decade => ("E", false),
            G::Century => ("C", false),
            G::Millennium => ("L", false),
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartOfDay {
    /// Its sign in a TIMEX3 value.
    pub(super) sign: &'static str,
    /// Its first hour.
    pub(super) from: i8,
    /// The hour behind its last one; more than 24 runs into the next day.
    pub(super) to: i8,
}

impl PartOfDay {
    /// Returns the part that a rule file's number stands for.
    pub(super) fn from_number(number: f64) -> Option<Self> {
        let (sign, from, to) = match number as i32 {
            1 => ("MO", 0, 12),
            2 => ("MI", 12, 14),
            3 => ("AF", 12, 19),
            4 => ("EV", 18, 24),
            5 => ("NI", 18, 24),
            6 => ("MO", 3, 7),
            7 => ("DT", 6, 18),
            8 => ("MO", 7, 12),
            9 => ("AF", 15, 19),
            _ => return None,
        };
        Some(Self { sign, from, to })
    }

    /// The hour of twenty-four that an hour of twelve is in this part of the day.
    pub(super) fn hour(self, hour: i8) -> i8 {
        let afternoon = match self.sign {
            "MO" => false,
            "MI" => hour < 6,
            "AF" | "EV" => true,
            // "3 at night" is early morning, "11 at night" is not.
            _ => hour >= 5,
        };
        match (hour, afternoon) {
            (12, _) if self.sign == "MO" => 0,
            (12, _) if matches!(self.sign, "EV" | "NI") => 24,
            (1..=11, true) => hour + 12,
            _ => hour,
        }
    }
}
