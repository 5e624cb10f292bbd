//! Holding what a time expression says against the calendar.

use jiff::civil::DateTime;
use khabar_record::{TimeAnchor, TimeKind};

use super::calendar::{
    Period, hijri_day, hijri_month_start, hijri_year, midnight, shift, weekday_on_or_after,
    weekday_on_or_before,
};
use super::expr::{Counted, Direction, Expr, Fields, Vague};
use super::holidays::Holiday;
use super::pieces::{edge_of, nth_in, rest_of};
use super::tense::Tense;
use super::units::{Granularity, Unit};
use super::value;
use crate::numerals::Language;

/// What a time is reckoned from.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub(super) language: Language,
    /// The moment of publication, or the start of its day.
    pub(super) now: Option<DateTime>,
    /// Whether the time of day of publication is known.
    pub(super) precise: bool,
    /// Minutes east of Greenwich of the time of publication.
    pub(super) offset: Option<i16>,
    pub(super) tense: Option<Tense>,
    /// Whether the tense is surely that of the time's own clause.
    pub(super) sure: bool,
    /// Whether the text is an entry of a diary and no report.
    pub(super) diary: bool,
    /// The last time of the text that was fixed.
    pub(super) previous: Option<Period>,
    /// The last quarter told.
    pub(super) quarter: Option<Period>,
    /// The last day of the same sentence.
    pub(super) same_day: Option<Period>,
    pub(super) holidays: &'c [Holiday],
}

/// A time that the calendar fixes.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) of: Granularity,
    pub(super) start: DateTime,
    pub(super) end: DateTime,
    pub(super) anchor: TimeAnchor,
    /// Minutes east of Greenwich that `start` and `end` are told in.
    pub(super) zone: Option<i16>,
}

impl Known {
    pub(super) fn date(period: Period, anchor: TimeAnchor) -> Self {
        let kind = if period.of < Granularity::Day { TimeKind::Time } else { TimeKind::Date };
        Self {
            kind,
            value: value::of(period),
            of: period.of,
            start: period.start,
            end: period.end,
            anchor,
            zone: None,
        }
    }

    fn period(&self) -> Period {
        Period { of: self.of, start: self.start, end: self.end }
    }
}

impl Context<'_> {
    /// Resolves an expression; `None` when nothing fixes it.
    pub(super) fn resolve(&self, expr: &Expr) -> Option<Known> {
        let published = TimeAnchor::Published;
        Some(match expr {
            Expr::Fields(fields) => self.fields(fields)?,
            Expr::Relative { unit, n } => {
                let n = *n * unit.count as i32;
                Known::date(Period::around(unit.of, self.now?)?.further(n)?, published)
            }
            Expr::Weekend { n } => {
                Known::date(Period::weekend(self.now?.date())?.further(*n)?, published)
            }
            Expr::NearWeekend => self.near_weekend()?,
            Expr::TheUnit { unit } => self.the_unit(*unit)?,
            Expr::InLength(length) => {
                let ahead =
                    self.diary || matches!(self.tense, Some(Tense::Future | Tense::Present));
                ahead.then(|| self.shifted(length, 1, None)).flatten()?
            }
            Expr::Deadline(inner) => {
                let known = self.resolve(inner)?;
                let ahead = self.diary || self.tense == Some(Tense::Future);
                match self.now {
                    Some(now) if ahead && now < known.end => Known {
                        start: if self.precise { now } else { midnight(now.date()) },
                        end: if known.kind == TimeKind::Time { known.start } else { known.end },
                        ..known
                    },
                    _ => known,
                }
            }
            Expr::Within(length) => {
                let ahead = self.diary || self.tense == Some(Tense::Future);
                let span = ahead.then(|| self.span(length, 1, false)).flatten()?;
                let now = self.now?;
                Known { start: if self.precise { now } else { midnight(now.date()) }, ..span }
            }
            Expr::Shift { length, sign, base } => self.shifted(length, *sign, base.as_deref())?,
            Expr::ShiftPrevious { length, sign } => self.shifted_previous(length, *sign)?,
            Expr::In { inner, outer } => self.inside(inner, outer)?,
            Expr::Nth { n, what, outer } => self.nth(*n, *what, outer.as_deref())?,
            Expr::NthFrom { n, weekday, base } => self.nth_from(*n, *weekday, base)?,
            Expr::Edge { edge: 3, inner } => rest_of(self.resolve(inner)?, self.now),
            Expr::Edge { edge, inner } => edge_of(*edge, self.resolve(inner)?),
            Expr::Part { part, day } => self.part(*part, day.as_deref())?,
            Expr::At { clock, day } => self.at(clock, day.as_deref())?,
            Expr::Span { length, sign, exact } => self.span(length, *sign, *exact)?,
            Expr::Range { from, to } => self.range(from, to)?,
            Expr::Vague(Vague::Present) => self.present()?,
            Expr::FromPrevious { unit, n } => self.near_previous(*unit, *n)?,
            Expr::Then => {
                let told = self.previous.filter(|told| told.of <= Granularity::Year)?;
                Known::date(told, TimeAnchor::Previous)
            }
            Expr::Decade { first } => {
                Known::date(Period::years(Granularity::Decade, *first, 10)?, TimeAnchor::Absolute)
            }
            Expr::Century { n } if *n > 0 => Known::date(
                Period::years(Granularity::Century, (*n - 1) * 100, 100)?,
                TimeAnchor::Absolute,
            ),
            Expr::Holiday { row, year, direction } => self.holiday(*row, *year, *direction)?,
            Expr::Era { year, hijri: true } => {
                let start = hijri_month_start(*year, 1)?;
                let end = hijri_month_start(*year + 1, 1)?;
                hijri_span(Granularity::Year, start, end, TimeAnchor::Absolute)?
            }
            Expr::Length(_)
            | Expr::Every { .. }
            | Expr::Vague(_)
            | Expr::Century { .. }
            | Expr::Era { .. } => return None,
        })
    }

    /// "the weekend": the one behind us, unless the clause tells of the future.
    fn near_weekend(&self) -> Option<Known> {
        let now = self.now?;
        let own = Period::weekend(now.date())?;
        let ahead = self.diary || self.tense == Some(Tense::Future) || own.contains(now);
        let period = if ahead { own } else { own.further(-1)? };
        Some(Known::date(period, TimeAnchor::Published))
    }

    /// "the quarter", "the year": the one told before when it is one, else the running one; of quarters, which are told
    /// of when they are over, the last one.
    fn the_unit(&self, unit: Unit) -> Option<Known> {
        if unit.of == Granularity::Quarter
            && let Some(quarter) = self.quarter
        {
            return Some(Known::date(quarter, TimeAnchor::Previous));
        }
        if let Some(previous) = self.previous.filter(|previous| previous.of == unit.of) {
            return Some(Known::date(previous, TimeAnchor::Previous));
        }
        let running = Period::around(unit.of, self.now?)?;
        let n = i32::from(unit.of == Granularity::Quarter && self.tense != Some(Tense::Future));
        Some(Known::date(running.further(-n)?, TimeAnchor::Published))
    }

    fn present(&self) -> Option<Known> {
        let now = self.now?;
        let day = Period::day(now.date())?;
        Some(Known {
            kind: TimeKind::Date,
            value: "PRESENT_REF".to_owned(),
            of: Granularity::Day,
            start: if self.precise { now } else { day.start },
            end: day.end,
            anchor: TimeAnchor::Published,
            zone: None,
        })
    }

    fn fields(&self, fields: &Fields) -> Option<Known> {
        if let Some(year) = fields.year {
            return in_year(fields, year, TimeAnchor::Absolute);
        }
        let now = self.now?;
        let candidates = candidates(fields, now);
        let chosen = self.choose(&candidates, fields, now)?;
        Some(Known { anchor: TimeAnchor::Published, ..chosen })
    }

    /// Chooses among like-named days, months, … by what the words, the tense and the distance say.
    fn choose(&self, candidates: &[Known], fields: &Fields, now: DateTime) -> Option<Known> {
        let today = midnight(now.date());
        let tomorrow = Period::day(now.date())?.end;
        let weekday = fields.weekday.is_some() && fields.month.is_none() && fields.day.is_none();
        let begun = || candidates.iter().rev().find(|known| known.start < tomorrow);
        let over = || candidates.iter().rev().find(|known| known.end <= today);
        let open = || candidates.iter().find(|known| known.end > today);
        let coming = || candidates.iter().find(|known| known.start >= tomorrow);
        let nearest = || {
            candidates.iter().min_by_key(|known| {
                let middle = known.start.duration_until(known.end).as_secs() / 2;
                let distance = (now.duration_until(known.start).as_secs() + middle).abs();
                // Of two that are as far the one behind us is meant.
                (distance, known.start > now)
            })
        };
        let chosen = match (fields.direction, self.tense) {
            (Some(Direction::Last | Direction::Past), _) => over(),
            (Some(Direction::Next), _) if weekday && self.language == Language::English => {
                let week = Period::week(now.date())?.further(1)?;
                candidates.iter().find(|known| week.contains(known.start))
            }
            (Some(Direction::Next), _) => coming(),
            (Some(Direction::AfterNext), _) => {
                candidates.iter().filter(|known| known.start >= tomorrow).nth(1)
            }
            (Some(Direction::This), Some(Tense::Past)) if weekday => begun(),
            (Some(Direction::This), _) if weekday => coming(),
            (Some(Direction::This), _) => candidates
                .iter()
                .find(|known| known.start <= now && now < known.end)
                .or_else(|| candidates.iter().find(|known| known.start.year() == now.year()))
                .or_else(open),
            // A date weeks ahead is nearer than the same date of last year, unless the verb stands beside it.
            // Quarters are told of around their end, whatever the tense ("expects to report third-quarter profit").
            (None, Some(Tense::Future | Tense::Present))
                if fields.quarter.is_some() || fields.half.is_some() =>
            {
                nearest()
            }
            (None, _) if !self.diary && (fields.quarter.is_some() || fields.half.is_some()) => {
                begun()
            }
            (None, Some(Tense::Past)) if !weekday => match (begun(), open()) {
                (Some(past), Some(ahead)) if past.start != ahead.start => {
                    let back = past.end.duration_until(now).as_secs();
                    let on = now.duration_until(ahead.start).as_secs();
                    let much = if self.sure { 15 } else { 3 };
                    Some(if on * much < back { ahead } else { past })
                }
                (past, ahead) => past.or(ahead),
            },
            (None, Some(Tense::Past)) => begun(),
            (None, Some(Tense::Future)) => open(),
            (None, _) if self.diary && weekday => coming(),
            (None, _) if self.diary && fields.month.is_none() => open(),
            (None, _) if self.diary => candidates
                .iter()
                .find(|known| {
                    known.start.year() == now.year() && known.start.month() == now.month()
                })
                .or_else(open),
            (None, Some(Tense::Present)) if weekday => nearest(),
            (None, _) if weekday => begun(),
            (None, _) => nearest(),
        };
        chosen.cloned()
    }

    fn inside(&self, inner: &Expr, outer: &Expr) -> Option<Known> {
        let outer = self.resolve(outer)?;
        let within = Context {
            now: Some(outer.start),
            precise: true,
            tense: Some(Tense::Future),
            diary: false,
            ..*self
        };
        let anchor = outer.anchor;
        let found = match inner {
            Expr::Fields(fields) if fields.year.is_none() => {
                let all = candidates(fields, outer.start);
                all.into_iter()
                    .find(|known| outer.start <= known.start && known.start < outer.end)?
            }
            Expr::Length(_) => Known::date(Period::around(Granularity::Week, outer.start)?, anchor),
            Expr::Nth { n, what, .. } => nth_in(*n, *what, &outer)?,
            Expr::Holiday { row, direction, .. } => {
                self.holiday(*row, Some(i32::from(outer.start.year())), *direction)?
            }
            inner => within.resolve(inner)?,
        };
        Some(Known { anchor, ..found })
    }

    fn nth(&self, n: i32, what: Counted, outer: Option<&Expr>) -> Option<Known> {
        nth_in(n, what, &self.resolve(outer?)?)
    }

    fn nth_from(&self, n: i32, weekday: i8, base: &Expr) -> Option<Known> {
        let base = self.resolve(base)?;
        let day = if n > 0 {
            let first = weekday_on_or_after(base.start.date().tomorrow().ok()?, weekday)?;
            shift(midnight(first), Granularity::Week, f64::from(n - 1))?
        } else {
            let first = weekday_on_or_before(base.start.date().yesterday().ok()?, weekday)?;
            shift(midnight(first), Granularity::Week, f64::from(n + 1))?
        };
        Some(Known::date(Period::day(day.date())?, base.anchor))
    }

    fn range(&self, from: &Expr, to: &Expr) -> Option<Known> {
        let mut first = from.clone();
        borrow_fields(&mut first, to);
        // A row of weekdays that no verb puts into the past is a plan.
        let plan = Context { tense: self.tense.or(Some(Tense::Future)), ..*self };
        let weekdays = matches!(&first, Expr::Fields(fields) if fields.weekday.is_some() && fields.month.is_none());
        let mut from = if weekdays { plan.resolve(&first)? } else { self.resolve(&first)? };
        let after = Context {
            now: Some(from.start),
            tense: Some(Tense::Future),
            same_day: Period::day(from.start.date()),
            previous: Some(from.period()),
            ..*self
        };
        // Only a bare weekday, day or month of the end is reckoned from the start.
        let mut to = match to {
            Expr::Fields(fields) if fields.year.is_none() && fields.direction.is_none() => {
                let mut fields = fields.clone();
                if fields.month.is_none()
                    && fields.weekday.is_none()
                    && let Expr::Fields(first) = &first
                {
                    fields.month = first.month;
                    fields.hijri |= first.hijri;
                }
                let candidates = candidates(&fields, from.start);
                candidates.into_iter().find(|known| known.end > from.start)?
            }
            Expr::Vague(Vague::Present) => self.present()?,
            Expr::At { day: None, .. } | Expr::Part { day: None, .. } => after.resolve(to)?,
            to => self.resolve(to)?,
        };
        if to.end <= from.start {
            // "11:30-1:30": the end is later the same day or on the next.
            if to.of < Granularity::Day && from.of < Granularity::Day {
                let half = if to.start.date() == from.start.date() { 12.0 } else { 24.0 };
                to.end = shift(to.end, Granularity::Hour, half)?;
            } else {
                return None;
            }
        }
        if from.end < from.start || to.end <= from.start {
            return None;
        }
        // The value ends where the time ends, like `end`.
        let behind = match to.of {
            of if of < Granularity::Day => Some(to.value),
            Granularity::Day => Some(value::day(to.end.date())),
            of => Period::around(of, to.end).map(value::of),
        };
        from.value = format!("{}/{}", from.value, behind?);
        from.end = to.end;
        Some(from)
    }

    fn holiday(
        &self,
        row: usize,
        year: Option<i32>,
        direction: Option<Direction>,
    ) -> Option<Known> {
        let holiday = self.holidays.get(row)?;
        let known = |(start, end): (jiff::civil::Date, jiff::civil::Date), anchor| {
            let single = start.tomorrow().ok() == Some(end);
            Some(Known {
                value: if single {
                    value::day(start)
                } else {
                    format!("{}/{}", value::day(start), value::day(end.yesterday().ok()?))
                },
                ..Known::date(Period::new(Granularity::Day, start, end), anchor)
            })
        };
        if let Some(year) = year {
            return known(*holiday.in_year(year).first()?, TimeAnchor::Absolute);
        }
        let now = self.now?;
        let year = i32::from(now.year());
        let candidates: Vec<Known> = (year - 2..=year + 2)
            .flat_map(|year| holiday.in_year(year))
            .filter_map(|days| known(days, TimeAnchor::Published))
            .collect();
        let fields = Fields { direction, ..Fields::default() };
        self.choose(&candidates, &fields, now)
    }
}

/// The days, months, … around now that the fields fit, in order.
fn candidates(fields: &Fields, now: DateTime) -> Vec<Known> {
    let year = i32::from(now.year());
    let anchor = TimeAnchor::Published;
    if fields.hijri {
        let year = hijri_year(now.date());
        return (year - 2..=year + 2).filter_map(|year| in_year(fields, year, anchor)).collect();
    }
    if fields.month.is_some()
        || fields.quarter.is_some()
        || fields.half.is_some()
        || fields.season.is_some()
    {
        // A weekday beside the date tells the year, as far as seven years off.
        let reach = if fields.weekday.is_some() { 7 } else { 2 };
        let all: Vec<Known> = (year - reach..=year + reach)
            .filter_map(|year| in_year(fields, year, anchor))
            .collect();
        if let Some(weekday) = fields.weekday {
            let fitting: Vec<Known> = all
                .iter()
                .filter(|known| known.start.date().weekday().to_monday_one_offset() == weekday)
                .cloned()
                .collect();
            let near = |known: &&Known| (i32::from(known.start.year()) - year).abs() <= 2;
            if fitting.iter().any(|known| near(&known)) {
                return fitting.iter().filter(near).cloned().collect();
            }
            return all.iter().filter(near).cloned().collect();
        }
        return all;
    }
    if let Some(day) = fields.day {
        let months = if fields.weekday.is_some() { 12 } else { 2 };
        return (-months..=months)
            .filter_map(|n| Period::around(Granularity::Month, now)?.further(n))
            .filter_map(|month| {
                let date = month.start.date().with().day(day).build().ok()?;
                let fits = fields
                    .weekday
                    .is_none_or(|weekday| date.weekday().to_monday_one_offset() == weekday);
                fits.then(|| Period::day(date)).flatten()
            })
            .map(|period| Known::date(period, anchor))
            .collect();
    }
    let Some(weekday) = fields.weekday else {
        return Vec::new();
    };
    (-2..=2)
        .filter_map(|n| Period::week(now.date())?.further(n))
        .filter_map(|week| Period::day(weekday_on_or_after(week.start.date(), weekday)?))
        .map(|period| Known::date(period, anchor))
        .collect()
}

/// What the fields name in a year.
fn in_year(fields: &Fields, year: i32, anchor: TimeAnchor) -> Option<Known> {
    if fields.hijri {
        let month = i32::from(fields.month?);
        if let Some(day) = fields.day {
            let day = hijri_day(year, month, i32::from(day))?;
            return Some(Known::date(Period::day(day)?, anchor));
        }
        return hijri_span(
            Granularity::Month,
            hijri_month_start(year, month)?,
            hijri_month_start(year, month + 1)?,
            anchor,
        );
    }
    let period = if let Some(month) = fields.month {
        let whole = Period::month(year, month)?;
        match fields.day {
            Some(day) => Period::day(whole.start.date().with().day(day).build().ok()?)?,
            None => whole,
        }
    } else if let Some(quarter) = fields.quarter {
        Period::quarter(year, quarter)?
    } else if let Some(half) = fields.half {
        Period::half(year, half)?
    } else if let Some(season) = fields.season {
        Period::season(year, season)?
    } else {
        Period::year(year)?
    };
    Some(Known::date(period, anchor))
}

/// A month or year of the Hijri calendar, which no unit of the Gregorian one matches.
fn hijri_span(
    of: Granularity,
    start: jiff::civil::Date,
    end: jiff::civil::Date,
    anchor: TimeAnchor,
) -> Option<Known> {
    Some(Known {
        value: format!("{}/{}", value::day(start), value::day(end.yesterday().ok()?)),
        ..Known::date(Period::new(of, start, end), anchor)
    })
}

/// Gives the first time of a range what only the second one says ("from 13 to 15 July 1998").
fn borrow_fields(first: &mut Expr, to: &Expr) {
    match (first, to) {
        (Expr::Fields(first), Expr::Fields(to)) => {
            if first.year.is_none() && first.direction.is_none() {
                first.year = to.year;
            }
            if first.month.is_none() && first.weekday.is_none() && first.day.is_some() {
                first.month = to.month;
                first.hijri |= to.hijri;
            }
        }
        (Expr::At { clock, day }, Expr::At { clock: other, day: other_day }) => {
            if !clock.settled && other.settled && clock.hour < 12 && other.hour >= 12 {
                let moved = clock.hour + 12;
                if moved <= other.hour {
                    clock.hour = moved;
                }
            }
            clock.settled |= other.settled;
            if clock.zone.is_none() {
                clock.zone = other.zone;
            }
            if day.is_none() {
                day.clone_from(other_day);
            }
        }
        _ => {}
    }
}
