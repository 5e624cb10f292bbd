//! From the lists to the table.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use khabar_fold::{Fold, fold};
use khabar_table::{Table, TableError};

use crate::layout::{BY_CODE, BY_ID, BY_OFFICE, Flags, NO_STATE, PlaceRow, Sense};
use crate::lists::people::Person;
use crate::lists::places::Place;
use crate::lists::roles::Role;
use crate::lists::seats::Seat;
use crate::lists::states::State;
use crate::lists::{Codes, Name, organizations, people, places, roles, seats, states};
use crate::names::{self, Bearer};
use crate::outlets;
use crate::table::Draft;

/// The numbers of the kinds of entry.
const STATE: u8 = 0;
const PERSON: u8 = 1;
const ORGANIZATION: u8 = 2;
const OUTLET: u8 = 3;
const SEAT: u8 = 4;
const ROLE: u8 = 5;

/// Towns with fewer inhabitants count only with support.
const GATE: u32 = 15_000;

/// States whose people's names are Arabic by origin.
const ARAB: &[&str] = &[
    "DZA", "BHR", "COM", "DJI", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MRT", "MAR", "OMN",
    "PSE", "QAT", "SAU", "SDN", "SYR", "TUN", "ARE", "YEM", "ESH", "SOM",
];

/// A city with as many inhabitants is meant by its name even where people are called so.
const VERY_BIG: u32 = 1_000_000;

/// Compiles the table; `read` gives the text of a file in `data/`.
pub(crate) fn compile(read: &dyn Fn(&str) -> String) -> Result<Vec<u8>, Vec<String>> {
    let mut draft = Draft::default();
    fill(&mut draft, read).map_err(|error| vec![error.to_string()])?;
    if draft.errors().is_empty() { Ok(draft.write()) } else { Err(draft.errors().to_vec()) }
}

fn fill(draft: &mut Draft, read: &dyn Fn(&str) -> String) -> Result<(), TableError> {
    let (states, mut codes) = states::load(&read("states.tsv"), &read("state_codes.tsv"))?;
    let organizations = organizations::load(&read("organizations.tsv"), &mut codes)?;
    let outlets = outlets::load(&read("outlets.tsv"));
    codes.bodies.extend(outlets.iter().map(|outlet| outlet.id.clone()));
    let mut roles = roles::load("data/roles.en.tsv", &read("roles.en.tsv"), false)?;
    roles.extend(roles::load("data/roles.ar.tsv", &read("roles.ar.tsv"), true)?);
    let mut own = Vec::new();
    for file in places::FILES {
        own.extend(places::load(file, &read(file), &codes)?);
    }
    codes.bodies.extend(own.iter().map(|place| place.id.clone()));
    let ordinary = Ordinary::load(&read("ordinary.tsv"))?;
    let mut people = people::load(&read("people.tsv"), &codes)?;
    for person in &mut people {
        ordinary.mark(&mut person.english);
        ordinary.mark(&mut person.arabic);
    }
    let seats = seats::load(&read("seats.tsv"), &codes)?;
    let mut geonames = places::load_geonames(&read("geonames.tsv.gz"), &codes)?;
    let of_people = parts_of_names(&people);
    for place in geonames.iter_mut().filter(|place| place.population < VERY_BIG) {
        for name in place.english.iter_mut().chain(&mut place.arabic) {
            name.ambiguous |= of_people.contains(&fold(&name.text, Fold::KEY));
        }
    }

    for state in &states {
        add_state(draft, state);
    }
    for person in &people {
        add_person(draft, person);
    }
    for row in &organizations {
        let fields = [
            &row.id,
            first(&row.english),
            first(&row.arabic),
            &row.country,
            &row.wikidata,
            &row.kind,
            &row.sectors,
            &row.from,
            &row.to,
            &row.parent,
        ];
        add_body(draft, ORGANIZATION, &fields, &row.english, &row.arabic);
    }
    for row in outlets {
        let fields = [
            &row.id,
            first(&row.english),
            first(&row.arabic),
            &row.country,
            &row.wikidata,
            &row.kind,
            "MED",
            "",
            "",
            &row.parent,
        ];
        add_body(draft, OUTLET, &fields, &row.english, &row.arabic);
    }
    for seat in &seats {
        add_seat(draft, seat, &codes);
    }
    for role in &roles {
        add_role(draft, role);
    }
    add_places(draft, own, geonames, &codes);
    Ok(())
}

/// Words that are no names, or not only.
struct Ordinary(BTreeSet<String>);

impl Ordinary {
    fn load(text: &str) -> Result<Self, TableError> {
        let table = Table::parse("data/ordinary.tsv", text)?;
        let columns = table.columns(["word", "language"])?;
        Ok(Self(table.rows().iter().map(|row| fold(columns.cells(row)[0], Fold::KEY)).collect()))
    }

    /// Marks short names that are words; a person's whole name is never one.
    fn mark(&self, names: &mut [Name]) {
        for name in names.iter_mut() {
            name.ambiguous |= self.0.contains(&fold(&name.text, Fold::KEY));
        }
    }
}

/// The given names and surnames of the people in the list: a place that is called so is met less often than they are.
fn parts_of_names(people: &[Person]) -> BTreeSet<String> {
    let whole = people
        .iter()
        .flat_map(|person| person.english.first().into_iter().chain(person.arabic.first()));
    whole
        .flat_map(|name| name.text.split([' ', '-']))
        .map(|part| fold(part, Fold::KEY))
        .filter(|part| part.chars().count() > 2)
        .collect()
}

fn first(names: &[Name]) -> &str {
    names.first().map_or("", |name| &name.text)
}

fn add_names(
    draft: &mut Draft,
    entry: u32,
    sense: Sense,
    bearer: Bearer,
    english: &[Name],
    arabic: &[Name],
    country: &str,
) {
    for name in english {
        let flags = Flags {
            ambiguous: name.ambiguous,
            capitals: is_acronym(&name.text),
            ..Flags::default()
        };
        for words in names::english(&name.text, bearer) {
            draft.name(&words, entry, sense, flags);
        }
    }
    let foreign = !ARAB.contains(&country);
    for name in arabic {
        let flags = arabic_flags(name);
        for words in names::arabic(&name.text, foreign) {
            draft.name(&words, entry, sense, flags);
        }
    }
}

fn arabic_flags(name: &Name) -> Flags {
    let plain_alef = !name.text.contains(['أ', 'إ', 'آ']);
    Flags { ambiguous: name.ambiguous, arabic: true, plain_alef, ..Flags::default() }
}

/// Whether a name is written in capitals, with or without dots. The text must write it so too: *US*, *WHO*, *IS*.
fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1
        && letters < 8
        && !name.contains(' ')
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || ".-&".contains(c))
}

fn add_state(draft: &mut Draft, state: &State) {
    let codes = &state.codes;
    let (lat, lon) = codes.center.unwrap_or_default();
    let (lat, lon) = (lat.to_string(), lon.to_string());
    let fields = [
        &state.iso3,
        first(&state.english),
        first(&state.arabic),
        &state.iso3,
        &codes.wikidata,
        &state.iso2,
        &codes.cameo,
        &codes.cow,
        &codes.fips,
        &lat,
        &lon,
        &codes.from,
        &codes.to,
        &codes.successor,
        first(&state.english_capitals),
        first(&state.arabic_capitals),
    ];
    let entry = draft.entry(STATE, &fields);
    draft.identifier(BY_ID, &[&state.iso3], entry);
    for code in [&state.iso2, &codes.wikidata] {
        if !code.is_empty() {
            draft.identifier(BY_CODE, &[code], entry);
        }
    }
    let country = &state.iso3;
    for (sense, english, arabic) in [
        (Sense::Name, &state.english, &state.arabic),
        (Sense::Demonym, &state.english_demonyms, &state.arabic_demonyms),
        (Sense::Capital, &state.english_capitals, &state.arabic_capitals),
    ] {
        add_names(draft, entry, sense, Bearer::Place, english, arabic, country);
    }
}

fn add_person(draft: &mut Draft, person: &Person) {
    let offices: Vec<String> = person
        .offices
        .iter()
        .map(|held| format!("{}:{}:{}:{}", held.title, held.of, held.from, held.to))
        .collect();
    let offices = offices.join(";");
    let fields = [
        &person.id,
        first(&person.english),
        first(&person.arabic),
        &person.country,
        &person.wikidata,
        offices.as_str(),
    ];
    let entry = draft.entry(PERSON, &fields);
    draft.identifier(BY_ID, &[&person.id], entry);
    for held in &person.offices {
        draft.identifier(BY_OFFICE, &[&held.title, &held.of], entry);
    }
    let (english, arabic) = (&person.english, &person.arabic);
    add_names(draft, entry, Sense::Name, Bearer::Person, english, arabic, &person.country);
}

fn add_seat(draft: &mut Draft, seat: &Seat, codes: &Codes) {
    let country = if codes.states.contains_key(&seat.of) { seat.of.as_str() } else { "" };
    let (lat, lon) = seat
        .coordinates
        .map_or_else(Default::default, |(lat, lon)| (lat.to_string(), lon.to_string()));
    let fields = [
        &seat.id,
        first(&seat.english),
        first(&seat.arabic),
        country,
        &seat.wikidata,
        &seat.body,
        &seat.sectors,
        &seat.of,
        &lat,
        &lon,
    ];
    add_body(draft, SEAT, &fields, &seat.english, &seat.arabic);
}

/// Adds a body with its identifier and its names. The fields of bodies begin with the identifier, two names and the country.
fn add_body(draft: &mut Draft, kind: u8, fields: &[&str; 10], english: &[Name], arabic: &[Name]) {
    let &[id, _, _, country, ..] = fields;
    let entry = draft.entry(kind, fields);
    draft.identifier(BY_ID, &[id], entry);
    add_names(draft, entry, Sense::Name, Bearer::Other, english, arabic, country);
}

fn add_role(draft: &mut Draft, role: &Role) {
    let (english, arabic) =
        if role.arabic { ("", role.noun.as_str()) } else { (role.noun.as_str(), "") };
    let id = format!("{}.{}", if role.arabic { "ar" } else { "en" }, role.id);
    let fields = [id.as_str(), english, arabic, "", "", &role.kind, &role.sectors, &role.office];
    let entry = draft.entry(ROLE, &fields);
    draft.identifier(BY_ID, &[&id], entry);
    for (sense, forms) in [(Sense::Singular, &role.singular), (Sense::Plural, &role.plural)] {
        for (form, ambiguous) in forms {
            let (flags, spellings) = if role.arabic {
                let flags = Flags { ambiguous: *ambiguous, arabic: true, ..Flags::default() };
                (flags, names::arabic(form, false))
            } else {
                let capitals = is_acronym(form);
                let flags = Flags { ambiguous: *ambiguous, capitals, ..Flags::default() };
                (flags, names::english(form, Bearer::Other))
            };
            for words in spellings {
                draft.name(&words, entry, sense, flags);
            }
        }
    }
}

/// Adds our own places and those of `GeoNames`. One that stands in both gets the names of both.
fn add_places(draft: &mut Draft, own: Vec<Place>, mut geonames: Vec<Place>, codes: &Codes) {
    let by_number: HashMap<u32, usize> = geonames
        .iter()
        .enumerate()
        .filter(|(_, place)| place.geonames != 0)
        .map(|(at, place)| (place.geonames, at))
        .collect();
    let mut by_name: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for (at, place) in geonames.iter().enumerate() {
        // Of a division, its name without "Province" serves too.
        let names = if place.kind == 0 { 1 } else { place.english.len() };
        for name in &place.english[..names.min(place.english.len())] {
            let key = (place.country.clone(), name.text.to_lowercase());
            by_name.entry(key).or_default().push(at);
        }
    }
    let mut rest = Vec::new();
    for place in own {
        let same = by_number.get(&place.geonames).copied().or_else(|| {
            place.english.iter().find_map(|name| {
                let key = (place.country.clone(), name.text.to_lowercase());
                by_name.get(&key)?.iter().copied().find(|&at| same_place(&geonames[at], &place))
            })
        });
        match same {
            Some(at) => merge(&mut geonames[at], place),
            None => rest.push(place),
        }
    }
    let mut divisions: BTreeMap<(String, String), u16> = BTreeMap::new();
    let mut counts: BTreeMap<String, u16> = BTreeMap::new();
    for place in rest.into_iter().chain(geonames) {
        let division = if place.division.is_empty() {
            0
        } else {
            *divisions.entry((place.country.clone(), place.division.clone())).or_insert_with(|| {
                let count = counts.entry(place.country.clone()).or_default();
                *count += 1;
                *count
            })
        };
        add_place(draft, &place, division, codes);
    }
}

/// Whether two rows of one name in one state are one place: both settlements or both areas, and near each other.
fn same_place(one: &Place, other: &Place) -> bool {
    let settlement = |place: &Place| matches!(place.kind, 0 | 3 | 4);
    let near = (one.lat - other.lat).abs() < 0.4 && (one.lon - other.lon).abs() < 0.5;
    let areas = one.kind == other.kind && (one.lat - other.lat).abs() < 8.0;
    if settlement(one) { settlement(other) && near } else { areas }
}

/// Puts our own row over that of `GeoNames`: its names are the ones in use, and the others count only with support.
fn merge(into: &mut Place, own: Place) {
    let over = |ours: Vec<Name>, theirs: &mut Vec<Name>| {
        let mut all = ours;
        for mut name in theirs.drain(..) {
            name.ambiguous = true;
            if !all.iter().any(|other| other.text == name.text) {
                all.push(name);
            }
        }
        *theirs = all;
    };
    over(own.english, &mut into.english);
    over(own.arabic, &mut into.arabic);
    if into.kind == 1 {
        (into.lat, into.lon) = (own.lat, own.lon);
    }
    if own.geonames != 0 {
        into.geonames = own.geonames;
    }
    into.id = own.id;
    into.population = into.population.max(own.population);
}

fn add_place(draft: &mut Draft, place: &Place, division: u16, codes: &Codes) {
    let row = PlaceRow {
        geonames: place.geonames,
        lat: place.lat,
        lon: place.lon,
        population: place.population,
        country: codes.states.get(&place.country).copied().unwrap_or(NO_STATE),
        kind: place.kind,
        division,
    };
    let mut names = [first(&place.english), first(&place.arabic), &place.id].join("\t");
    while names.len() > 255 {
        names.pop();
    }
    let entry = draft.place(row, names.trim_end_matches('\t').to_owned());
    if !place.id.is_empty() {
        draft.identifier(BY_ID, &[&place.id], entry);
    }
    // What the project lists itself is there because the news speaks of it.
    let settlement = matches!(place.kind, 0 | 3 | 4);
    let gated = place.id.is_empty() && (settlement && place.population < GATE || place.kind == 2);
    let country = &place.country;
    for (names, arabic) in [(&place.english, false), (&place.arabic, true)] {
        for name in names {
            let flags = if arabic {
                Flags { gated, ..arabic_flags(name) }
            } else {
                Flags { ambiguous: name.ambiguous, gated, ..Flags::default() }
            };
            let spellings = if arabic {
                names::arabic(&name.text, !ARAB.contains(&country.as_str()))
            } else {
                names::english(&name.text, Bearer::Place)
            };
            for words in spellings {
                draft.name(&words, entry, Sense::Name, flags);
            }
        }
    }
}
