//! Places: our own list, and the cities and divisions of `GeoNames`.

use std::collections::BTreeSet;

use khabar_table::{Table, TableError};

use super::{Codes, Name, Named, coordinates, named, names};

pub(crate) const FILES: [&str; 2] = ["places.tsv", "divisions.tsv"];
pub(crate) const GEONAMES: &str = "data/geonames.tsv";

/// The kinds of place, in the order of their numbers in the table.
pub(crate) const KINDS: &[&str] = &[
    "city",
    "province",
    "district",
    "town",
    "village",
    "region",
    "river",
    "strait",
    "sea",
    "island",
    "mountain",
    "camp",
    "airport",
    "base",
    "crossing",
    "site",
    "neighbourhood",
];

pub(crate) struct Place {
    /// Empty for what comes from `GeoNames`.
    pub(crate) id: String,
    pub(crate) kind: u8,
    pub(crate) country: String,
    /// The code of its first-level division at `GeoNames`.
    pub(crate) division: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) geonames: u32,
    pub(crate) population: u32,
}

pub(crate) fn load(
    file: &'static str,
    text: &str,
    codes: &Codes,
) -> Result<Vec<Place>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns([
        "id",
        "kind",
        "country",
        "name_en",
        "variants_en",
        "name_ar",
        "variants_ar",
        "lat",
        "lon",
        "geonames",
        "population",
        "note",
    ])?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in table.rows() {
        let [
            id,
            kind,
            country,
            name_en,
            variants_en,
            name_ar,
            variants_ar,
            lat,
            lon,
            geonames,
            population,
            _,
        ] = columns.cells(row);
        let Named { id, english, arabic } =
            named(row, id, [name_en, variants_en], [name_ar, variants_ar], &mut seen)?;
        let (lat, lon) = coordinates(row, lat, lon)?
            .ok_or_else(|| row.error(format!("{id} lacks coordinates")))?;
        let number = |cell: &str| match cell {
            "" => Ok(0),
            _ => cell.parse().map_err(|_| row.error(format!("{cell:?} is no number"))),
        };
        // A river of many states belongs to none of them.
        let shared = country.contains('|') || country == super::INTERNATIONAL;
        for code in khabar_table::list(country) {
            codes.country(row, code)?;
        }
        all.push(Place {
            kind: kind_number(kind).ok_or_else(|| row.error(format!("no kind {kind:?}")))?,
            country: if shared { String::new() } else { country.to_owned() },
            division: String::new(),
            english,
            arabic,
            lat,
            lon,
            geonames: number(geonames)?,
            population: number(population)?,
            id,
        });
    }
    Ok(all)
}

fn kind_number(kind: &str) -> Option<u8> {
    KINDS.iter().position(|known| *known == kind).map(|at| at as u8)
}

/// Whether a name is Arabic rather than Uyghur or another language in the same letters, which write alef maksura and a hamza
/// seat inside and before words where Arabic never does.
fn is_arabic(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let inner = word.char_indices().any(|(at, c)| c == 'ى' && at + c.len_utf8() < word.len());
        !inner && !word.starts_with('ئ')
    })
}

/// Reads what `khabar-lab geonames` has written.
pub(crate) fn load_geonames(text: &str, codes: &Codes) -> Result<Vec<Place>, TableError> {
    let table = Table::parse(GEONAMES, text)?;
    let columns = table.columns([
        "country",
        "division",
        "kind",
        "geonames",
        "names",
        "arabic",
        "lat",
        "lon",
        "population",
    ])?;
    let mut all = Vec::new();
    for row in table.rows() {
        let [country, division, kind, geonames, english, arabic, lat, lon, population] =
            columns.cells(row);
        let Some(country) = codes.by_iso2.get(country) else {
            return Err(row.error(format!("{country:?} is the code of no state")));
        };
        let (lat, lon) = coordinates(row, lat, lon)?
            .ok_or_else(|| row.error("a place lacks coordinates".into()))?;
        let number = |cell: &str| cell.parse().unwrap_or(0);
        all.push(Place {
            id: String::new(),
            kind: kind_number(kind).ok_or_else(|| row.error(format!("no kind {kind:?}")))?,
            country: country.clone(),
            division: division.to_owned(),
            english: names([english, ""]),
            arabic: names([arabic, ""]).into_iter().filter(|name| is_arabic(&name.text)).collect(),
            lat,
            lon,
            geonames: number(geonames),
            population: number(population),
        });
    }
    Ok(all)
}
