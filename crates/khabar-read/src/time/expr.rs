//! What a time expression says, before it is held against a calendar.

use super::units::{PartOfDay, Unit};

/// Which of several like-named units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The last one that is over ("last Friday").
    Last,
    /// The one at or behind now ("this past spring").
    Past,
    /// The one in the running larger unit ("this Friday").
    This,
    /// The next one to come.
    Next,
    /// The one behind the next.
    AfterNext,
}

/// The parts of a calendar date that are named.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Fields {
    pub(super) year: Option<i32>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    pub(super) weekday: Option<i8>,
    pub(super) quarter: Option<i8>,
    pub(super) half: Option<i8>,
    pub(super) season: Option<i8>,
    pub(super) hijri: bool,
    pub(super) direction: Option<Direction>,
}

/// A time of day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: Option<i8>,
    pub(super) second: Option<i8>,
    /// Whether the hour is one of twenty-four, or known to be of the morning or the afternoon.
    pub(super) settled: bool,
    /// Minutes east of Greenwich.
    pub(super) zone: Option<i16>,
}

/// A number of units; an unknown number is written X.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Count {
    pub(super) value: f64,
    pub(super) vague: bool,
}

/// A length of time, the largest unit first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Length(pub(super) Vec<(Count, Unit)>);

/// What is counted off in a larger unit ("third Tuesday of").
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Counted {
    Unit(Unit),
    Weekday(i8),
}

/// A vague time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vague {
    Past,
    Present,
    Future,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// Calendar fields ("Friday", "3 May", "1998", "third quarter").
    Fields(Fields),
    /// The unit at a distance from now ("last week", "tomorrow").
    Relative { unit: Unit, n: i32 },
    /// A length before or after a time, or now ("three weeks ago").
    Shift { length: Length, sign: i32, base: Option<Box<Self>> },
    /// The same, from the time told before ("a year earlier").
    ShiftPrevious { length: Length, sign: i32 },
    /// A time in a larger one ("Sunday of last week").
    In { inner: Box<Self>, outer: Box<Self> },
    /// The nth unit of a time; counted from its end when negative.
    Nth { n: i32, what: Counted, outer: Option<Box<Self>> },
    /// The nth weekday behind or before a time ("third Tuesday after Christmas").
    NthFrom { n: i32, weekday: i8, base: Box<Self> },
    /// Early (-1), middle (0, or 2 for the midpoint) or late part (1), or what is left (3).
    Edge { edge: i8, inner: Box<Self> },
    /// Morning, afternoon, evening, night of a day.
    Part { part: PartOfDay, day: Option<Box<Self>> },
    /// A time of day on a day.
    At { clock: Clock, day: Option<Box<Self>> },
    /// The weekend of a time, or at a distance.
    Weekend { n: i32 },
    /// The weekend that the tense allows ("the weekend").
    NearWeekend,
    /// The running unit, or the one told before ("the quarter").
    TheUnit { unit: Unit },
    /// A length behind "in": a distance ahead in the future, a length in the past.
    InLength(Length),
    /// A length behind "within": what is left of it in the future, a length in the past.
    Within(Length),
    /// A time that something is to be over by.
    Deadline(Box<Self>),
    /// A length of time.
    Length(Length),
    /// A length that ends or starts now ("the past three weeks"); `exact` when it is told from day to day ("منذ عام").
    Span { length: Length, sign: i32, exact: bool },
    /// A recurring time; the value is ready, save for what `inner` says.
    Every { count: f64, inner: Box<Self> },
    /// From one time to another.
    Range { from: Box<Self>, to: Box<Self> },
    /// A vague time.
    Vague(Vague),
    /// A unit at a distance from the time told before ("the following day").
    FromPrevious { unit: Unit, n: i32 },
    /// The time told before ("then"); vague past when there is none.
    Then,
    /// A decade by its first year in a century, or whole.
    Decade { first: i32 },
    /// A century, by its number; negative before Christ.
    Century { n: i32 },
    /// A holiday of the list.
    Holiday { row: usize, year: Option<i32>, direction: Option<Direction> },
    /// A year of the Hijra, or one before Christ.
    Era { year: i32, hijri: bool },
}
