//! The lists that people edit, read and checked.
//!
//! Every fault is an error that names the file and the line: a code that no state has, a cell of the wrong form, an
//! identifier that stands twice, a name that one language lacks. What concerns several rows, such as two presidents at
//! once, is in `checks`.

pub(crate) mod checks;
pub(crate) mod organizations;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod roles;
pub(crate) mod seats;
pub(crate) mod states;

use std::collections::{BTreeMap, BTreeSet};

use khabar_table::{Row, TableError};

/// A name with its mark of doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) ambiguous: bool,
}

/// What rows may refer to.
#[derive(Default)]
pub(crate) struct Codes {
    /// The states by alpha-3, with their order.
    pub(crate) states: BTreeMap<String, u16>,
    /// The states by alpha-2.
    pub(crate) by_iso2: BTreeMap<String, String>,
    /// Organisations, and the outlets and places that people hold offices of: a broadcaster, an unrecognised republic.
    pub(crate) bodies: BTreeSet<String>,
}

/// The code of what belongs to no one state.
pub(crate) const INTERNATIONAL: &str = "INT";

/// PLOVER's sectors and those that khabar adds.
pub(crate) const SECTORS: &[&str] = &[
    "GOV", "MIL", "REB", "SPY", "COP", "JUD", "LEG", "OPP", "PTY", "IGO", "NGO", "MED", "BUS",
    "EDU", "HLH", "LAB", "AGR", "REF", "REL", "CVL", "CRM", "ELI", "UAF",
];

impl Codes {
    /// Checks the code of a state, of several set apart by `|`, or `INT`; an empty cell is fine.
    pub(crate) fn country<'c>(&self, row: &Row<'_>, code: &'c str) -> Result<&'c str, TableError> {
        if code.is_empty() || code == INTERNATIONAL || self.states.contains_key(code) {
            return Ok(code);
        }
        Err(row.error(format!("{code:?} is the code of no state")))
    }

    /// Checks that an office's body is known.
    pub(crate) fn body(&self, row: &Row<'_>, id: &str) -> Result<(), TableError> {
        if id == INTERNATIONAL || self.states.contains_key(id) || self.bodies.contains(id) {
            return Ok(());
        }
        Err(row
            .error(format!("{id:?} is neither a state nor an organisation, an outlet or a place")))
    }
}

/// Reads a cell of names.
pub(crate) fn names(cells: [&str; 2]) -> Vec<Name> {
    let all = cells.into_iter().flat_map(khabar_table::names);
    all.map(|(text, ambiguous)| Name { text: text.to_owned(), ambiguous }).collect()
}

/// Checks an identifier: its form, and that it stands once.
pub(crate) fn identifier(
    row: &Row<'_>,
    id: &str,
    seen: &mut BTreeSet<String>,
) -> Result<String, TableError> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
    if id.is_empty() || !id.chars().all(fine) {
        return Err(row.error(format!("{id:?} is no identifier")));
    }
    if !seen.insert(id.to_owned()) {
        return Err(row.error(format!("{id} stands twice")));
    }
    Ok(id.to_owned())
}

/// What a row begins with in most lists: its identifier and its names.
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
}

/// Reads and checks an identifier and the names of both languages, each the usual one and its variants.
pub(crate) fn named(
    row: &Row<'_>,
    id: &str,
    english: [&str; 2],
    arabic: [&str; 2],
    seen: &mut BTreeSet<String>,
) -> Result<Named, TableError> {
    let id = identifier(row, id, seen)?;
    let (english, arabic) = (names(english), names(arabic));
    both_languages(row, &id, &english, &arabic)?;
    Ok(Named { id, english, arabic })
}

/// Checks the names of a row: at least one in either language, each in its script.
pub(crate) fn both_languages(
    row: &Row<'_>,
    id: &str,
    english: &[Name],
    arabic: &[Name],
) -> Result<(), TableError> {
    if english.is_empty() {
        return Err(row.error(format!("{id} lacks an English name")));
    }
    if arabic.is_empty() {
        return Err(row.error(format!("{id} lacks an Arabic name")));
    }
    if let Some(name) = english.iter().find(|name| name.text.chars().any(is_arabic)) {
        return Err(row.error(format!("{:?} stands among the English names", name.text)));
    }
    if let Some(name) = arabic.iter().find(|name| !name.text.chars().any(is_arabic)) {
        return Err(row.error(format!("{:?} stands among the Arabic names", name.text)));
    }
    Ok(())
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{064a}' | '\u{0671}'..='\u{06d3}')
}

/// Checks that a code is one of a list.
pub(crate) fn one_of(row: &Row<'_>, code: &str, codes: &[&str]) -> Result<String, TableError> {
    if codes.contains(&code) {
        return Ok(code.to_owned());
    }
    Err(row.error(format!("{code:?} is not among {}", codes.join(" "))))
}

/// Checks a cell of sectors.
pub(crate) fn sectors(row: &Row<'_>, cell: &str) -> Result<String, TableError> {
    for sector in khabar_table::list(cell) {
        one_of(row, sector, SECTORS)?;
    }
    Ok(cell.to_owned())
}

/// Checks a Wikidata identifier.
pub(crate) fn wikidata(row: &Row<'_>, cell: &str) -> Result<String, TableError> {
    let number = cell.strip_prefix('Q').unwrap_or("x");
    if cell.is_empty() || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(cell.to_owned());
    }
    Err(row.error(format!("{cell:?} is no Wikidata identifier")))
}

/// Reads a pair of coordinates; both cells empty are `None`.
pub(crate) fn coordinates(
    row: &Row<'_>,
    lat: &str,
    lon: &str,
) -> Result<Option<(f64, f64)>, TableError> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let within =
        |cell: &str, most: f64| cell.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    match (within(lat, 90.0), within(lon, 180.0)) {
        (Some(lat), Some(lon)) => Ok(Some((lat, lon))),
        _ => Err(row.error(format!("{lat:?}, {lon:?} lies nowhere on the globe"))),
    }
}

/// Reads a month (`YYYY-MM`) or a year, as months since the year 0; `last` takes the year's last month.
pub(crate) fn month(row: &Row<'_>, cell: &str, last: bool) -> Result<Option<u32>, TableError> {
    if cell.is_empty() {
        return Ok(None);
    }
    let (year, month) = cell.split_once('-').map_or((cell, None), |(y, m)| (y, Some(m)));
    let year = (year.len() == 4).then(|| year.parse::<u32>().ok()).flatten();
    let month = month.map_or(Some(if last { 12 } else { 1 }), |month| {
        month.get(..2)?.parse::<u32>().ok().filter(|month| (1..=12).contains(month))
    });
    match (year, month) {
        (Some(year), Some(month)) if (1500..2100).contains(&year) => {
            Ok(Some(year * 12 + month - 1))
        }
        _ => Err(row.error(format!("{cell:?} is no month"))),
    }
}

/// Checks the months between which something holds.
pub(crate) fn validity(row: &Row<'_>, from: &str, to: &str) -> Result<(), TableError> {
    match (month(row, from, false)?, month(row, to, true)?) {
        (Some(start), Some(end)) if start > end => {
            Err(row.error(format!("{from} lies behind {to}")))
        }
        _ => Ok(()),
    }
}
