//! One entry of the atlas: a state, a person, an organisation, an outlet, a seat, a role or a place.

use jiff::civil::Date;

use crate::atlas::Atlas;
use crate::layout::{NO_STATE, PlaceRow};
use crate::offices;

/// An entry of the atlas. It is a number, cheap to copy and to compare; what is known of it is read when asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry(u32);

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A state or a dependent territory, present or past.
    State,
    /// A person.
    Person,
    /// An organisation, a company, an armed group, a party.
    Organization,
    /// A news outlet or agency.
    Outlet,
    /// A building, street or city that news names for the body that sits there.
    Seat,
    /// A noun for a person or a body ("protester", قوات الأمن).
    Role,
    /// A city, a division, a river and the like.
    Place,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A city of any size that `GeoNames` lists.
    City,
    /// A first-level division: a province, a governorate, a state of a federation.
    Province,
    /// A second-level division: a county, a district.
    District,
    /// A town.
    Town,
    /// A village.
    Village,
    /// A region that is no division, or one that crosses borders.
    Region,
    /// A river or a canal.
    River,
    /// A strait.
    Strait,
    /// A sea, a gulf or a lake.
    Sea,
    /// An island or a group of them.
    Island,
    /// A mountain or a range.
    Mountain,
    /// A camp of refugees or prisoners.
    Camp,
    /// An airport or an airfield.
    Airport,
    /// A military base.
    Base,
    /// A border crossing.
    Crossing,
    /// A dam, a power station, a holy place and the like.
    Site,
    /// A part of a city.
    Neighbourhood,
}

/// An office of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// The office in English: `president`, `foreign minister`.
    pub office: &'static str,
    /// The state (alpha-3) or the organisation (identifier) whose office it is; empty when neither fits.
    pub of: &'static str,
    /// The month, or the year, from which it is held; empty when not known.
    pub from: &'static str,
    /// The month, or the year, up to which it is held; empty when it still is or when the end is not known.
    pub to: &'static str,
}

// The fields of an entry that is no place. The first ones are common to all.
const ID: usize = 0;
const ENGLISH: usize = 1;
const ARABIC: usize = 2;
const COUNTRY: usize = 3;
const WIKIDATA: usize = 4;
/// Alpha-2 of a state, offices of a person, kind of an organisation, an outlet or a role, body of a seat.
const FIFTH: usize = 5;
/// CAMEO of a state, sectors of all others.
const SIXTH: usize = 6;
/// COW of a state, first month of an organisation, body of a seat, office of a role.
const SEVENTH: usize = 7;
const EIGHTH: usize = 8;
const NINTH: usize = 9;
const TENTH: usize = 10;
const STATE_FROM: usize = 11;
const STATE_TO: usize = 12;
const SUCCESSOR: usize = 13;
const CAPITAL_ENGLISH: usize = 14;
const CAPITAL_ARABIC: usize = 15;

impl Entry {
    pub(crate) fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns what the entry is.
    pub fn kind(self) -> EntryKind {
        let sections = &Atlas::get().sections;
        if self.0 >= sections.entry_count() {
            return EntryKind::Place;
        }
        match sections.entry(self.0).0 {
            0 => EntryKind::State,
            1 => EntryKind::Person,
            2 => EntryKind::Organization,
            3 => EntryKind::Outlet,
            4 => EntryKind::Seat,
            _ => EntryKind::Role,
        }
    }

    /// Returns the entry's identifier: of a state its alpha-3 code, of others what their list has, of a place that only
    /// `GeoNames` lists nothing.
    pub fn id(self) -> Option<&'static str> {
        match self.place() {
            Some((_, fields)) => field(fields, 2),
            None => self.field(ID),
        }
    }

    /// Returns the usual name in `en` or `ar`.
    pub fn name(self, language: &str) -> Option<&'static str> {
        let arabic = match language {
            "en" => false,
            "ar" => true,
            _ => return None,
        };
        match self.place() {
            Some((_, fields)) => field(fields, usize::from(arabic)),
            None => self.field(if arabic { ARABIC } else { ENGLISH }),
        }
    }

    /// Returns the state it belongs to, as alpha-3 code; `INT` for what is of many states.
    pub fn country(self) -> Option<&'static str> {
        match self.place() {
            Some((row, _)) if row.country == NO_STATE => None,
            Some((row, _)) => Self(u32::from(row.country)).id(),
            None => self.field(COUNTRY),
        }
    }

    /// Returns the Wikidata identifier.
    pub fn wikidata(self) -> Option<&'static str> {
        self.place().map_or_else(|| self.field(WIKIDATA), |_| None)
    }

    /// Returns the sectors that an organisation, an outlet, a seat or a role stands for, the most fitting first. Those of
    /// a person follow from the offices: [`Entry::sectors_at`].
    pub fn sectors(self) -> impl Iterator<Item = &'static str> {
        let listed = match self.kind() {
            EntryKind::Organization | EntryKind::Outlet | EntryKind::Seat | EntryKind::Role => {
                self.field(SIXTH)
            }
            _ => None,
        };
        khabar_table::list(listed.unwrap_or_default())
    }

    /// Returns what an organisation (`igo`, `armed`, …), an outlet (`agency`, …), a role (`person`, `group`, …) or a seat
    /// (`presidency`, …) is.
    pub fn subkind(self) -> Option<&'static str> {
        match self.kind() {
            EntryKind::State | EntryKind::Person | EntryKind::Place => None,
            _ => self.field(FIFTH),
        }
    }

    /// Returns the office that a role noun names, in English.
    pub fn office(self) -> Option<&'static str> {
        (self.kind() == EntryKind::Role).then(|| self.field(SEVENTH)).flatten()
    }

    /// Returns the state or the organisation that is meant by a seat.
    pub fn seat_of(self) -> Option<Entry> {
        let of = (self.kind() == EntryKind::Seat).then(|| self.field(SEVENTH)).flatten()?;
        Atlas::get().entry(of)
    }

    /// Returns the body that an organisation or an outlet is a part of.
    pub fn parent(self) -> Option<Entry> {
        let part = matches!(self.kind(), EntryKind::Organization | EntryKind::Outlet);
        Atlas::get().entry(part.then(|| self.field(NINTH)).flatten()?)
    }

    /// Returns the offices of a person.
    pub fn offices(self) -> impl Iterator<Item = Office> {
        let cell = (self.kind() == EntryKind::Person).then(|| self.field(FIFTH)).flatten();
        cell.unwrap_or_default().split(';').filter_map(|office| {
            let mut parts = office.split(':');
            Some(Office {
                office: parts.next().filter(|office| !office.is_empty())?,
                of: parts.next()?,
                from: parts.next()?,
                to: parts.next()?,
            })
        })
    }

    /// Returns the offices that a person holds on a day.
    pub fn offices_at(self, day: Date) -> impl Iterator<Item = Office> {
        let month = month_of(day);
        self.offices().filter(move |office| office.start() <= month && month <= office.end())
    }

    /// Returns the sectors that a person acts for on a day, by the offices held then, those of the latest one first. Who
    /// holds none but has held one belongs to the former elite (`ELI`).
    pub fn sectors_at(self, day: Date) -> Vec<&'static str> {
        let month = month_of(day);
        let mut current: Vec<Office> = self.offices_at(day).collect();
        current.sort_by_key(|office| std::cmp::Reverse(office.start()));
        let mut sectors: Vec<&'static str> = Vec::new();
        for held in current {
            let body: Vec<&str> =
                Atlas::get().entry(held.of).into_iter().flat_map(Entry::sectors).collect();
            for sector in
                offices::office(held.office).map_or(body.clone(), |kind| kind.sectors(&body))
            {
                if !sectors.contains(&sector) {
                    sectors.push(sector);
                }
            }
        }
        let past = |held: Office| {
            held.end() < month && offices::office(held.office).is_none_or(|kind| kind.held)
        };
        if sectors.is_empty() && self.offices().any(past) {
            sectors.push("ELI");
        }
        sectors
    }

    /// Returns the ISO 3166-1 alpha-2 code of a state.
    pub fn iso2(self) -> Option<&'static str> {
        self.of_state(FIFTH)
    }

    /// Returns the CAMEO code of a state.
    pub fn cameo(self) -> Option<&'static str> {
        self.of_state(SIXTH)
    }

    /// Returns the number of a state in the lists of the Correlates of War project.
    pub fn cow(self) -> Option<u16> {
        self.of_state(SEVENTH)?.parse().ok()
    }

    /// Returns the FIPS 10-4 code of a state.
    pub fn fips(self) -> Option<&'static str> {
        self.of_state(EIGHTH)
    }

    /// Returns the state that took a past state's place.
    pub fn successor(self) -> Option<Entry> {
        Atlas::get().entry(self.of_state(SUCCESSOR)?)
    }

    /// Returns the capital of a state as a place, the one that bears the usual name of the capital in it.
    pub fn capital(self) -> Option<Entry> {
        let names = [self.of_state(CAPITAL_ENGLISH), self.of_state(CAPITAL_ARABIC)];
        let country = self.country()?;
        names.into_iter().flatten().find_map(|name| {
            let places = Atlas::get().named(name).map(|hit| hit.entry);
            places
                .filter(|entry| {
                    entry.place_kind() == Some(PlaceKind::City) && entry.country() == Some(country)
                })
                .max_by_key(|place| place.population())
        })
    }

    /// Whether a state or an organisation existed on a day, as far as its list tells.
    pub fn existed_at(self, day: Date) -> bool {
        let (from, to) = match self.kind() {
            EntryKind::State => (self.field(STATE_FROM), self.field(STATE_TO)),
            EntryKind::Organization => (self.field(SEVENTH), self.field(EIGHTH)),
            _ => return true,
        };
        let month = month_of(day);
        first_month(from.unwrap_or_default()) <= month
            && month <= last_month(to.unwrap_or_default())
    }

    /// Returns degrees north and east: of a state its middle, of a place and a seat itself.
    pub fn coordinates(self) -> Option<(f64, f64)> {
        let (lat, lon) = match self.kind() {
            // The table holds whole thousandths; what single precision adds behind them goes.
            EntryKind::Place => {
                let exact = |degrees: f64| (degrees * 1e4).round() / 1e4;
                return self.place().map(|(row, _)| (exact(row.lat), exact(row.lon)));
            }
            EntryKind::State => (self.field(NINTH)?, self.field(TENTH)?),
            EntryKind::Seat => (self.field(EIGHTH)?, self.field(NINTH)?),
            _ => return None,
        };
        Some((lat.parse().ok()?, lon.parse().ok()?))
    }

    /// Returns the `GeoNames` identifier of a place.
    pub fn geonames(self) -> Option<u32> {
        self.place().map(|(row, _)| row.geonames).filter(|&number| number > 0)
    }

    /// Returns the number of inhabitants of a place; 0 when it is not known.
    pub fn population(self) -> u32 {
        self.place().map_or(0, |(row, _)| row.population)
    }

    /// Returns what a place is.
    pub fn place_kind(self) -> Option<PlaceKind> {
        use PlaceKind as P;
        const KINDS: [PlaceKind; 17] = [
            P::City,
            P::Province,
            P::District,
            P::Town,
            P::Village,
            P::Region,
            P::River,
            P::Strait,
            P::Sea,
            P::Island,
            P::Mountain,
            P::Camp,
            P::Airport,
            P::Base,
            P::Crossing,
            P::Site,
            P::Neighbourhood,
        ];
        KINDS.get(usize::from(self.place()?.0.kind)).copied()
    }

    /// Returns a number that places of one first-level division of one state share; 0 when it is not known.
    pub fn division(self) -> u16 {
        self.place().map_or(0, |(row, _)| row.division)
    }

    pub(crate) fn place(self) -> Option<(PlaceRow, &'static str)> {
        let sections = &Atlas::get().sections;
        sections.place(self.0.checked_sub(sections.entry_count())?)
    }

    fn of_state(self, number: usize) -> Option<&'static str> {
        (self.kind() == EntryKind::State).then(|| self.field(number)).flatten()
    }

    fn field(self, number: usize) -> Option<&'static str> {
        field(Atlas::get().sections.entry(self.0).1, number)
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.name("en").or_else(|| self.name("ar")).unwrap_or_default();
        write!(f, "{:?}({name})", self.kind())
    }
}

impl Office {
    /// The month from which the office is held, counted from the year 0.
    pub(crate) fn start(&self) -> u32 {
        first_month(self.from)
    }

    /// The month up to which it is held.
    pub(crate) fn end(&self) -> u32 {
        last_month(self.to)
    }
}

fn field(fields: &'static str, number: usize) -> Option<&'static str> {
    fields.split('\t').nth(number).filter(|field| !field.is_empty())
}

fn month_of(day: Date) -> u32 {
    u32::try_from(i32::from(day.year()) * 12 + i32::from(day.month()) - 1).unwrap_or(0)
}

/// The month that `YYYY-MM` or the first one that `YYYY` names; the beginning of time for an empty text.
fn first_month(text: &str) -> u32 {
    month(text, 1).unwrap_or(0)
}

fn last_month(text: &str) -> u32 {
    month(text, 12).unwrap_or(u32::MAX)
}

fn month(text: &str, missing: u32) -> Option<u32> {
    let year: u32 = text.get(..4)?.parse().ok()?;
    let month = text.get(5..7).map_or(Some(missing), |month| month.parse().ok())?;
    Some(year * 12 + month - 1)
}
