//! Seats: buildings, streets and cities that news names for the body that sits there.

use std::collections::BTreeSet;

use khabar_table::{Table, TableError};

use super::{Codes, Name, Named, coordinates, named, sectors, wikidata};

pub(crate) const FILE: &str = "data/seats.tsv";

pub(crate) struct Seat {
    pub(crate) id: String,
    /// The state or the organisation that is meant.
    pub(crate) of: String,
    pub(crate) body: String,
    pub(crate) sectors: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) coordinates: Option<(f64, f64)>,
    pub(crate) wikidata: String,
}

pub(crate) fn load(text: &str, codes: &Codes) -> Result<Vec<Seat>, TableError> {
    let table = Table::parse(FILE, text)?;
    let columns = table.columns([
        "id",
        "of",
        "body",
        "sectors",
        "name_en",
        "variants_en",
        "name_ar",
        "variants_ar",
        "lat",
        "lon",
        "wikidata",
        "note",
    ])?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in table.rows() {
        let [
            id,
            of,
            body,
            of_sectors,
            name_en,
            variants_en,
            name_ar,
            variants_ar,
            lat,
            lon,
            item,
            _,
        ] = columns.cells(row);
        let Named { id, english, arabic } =
            named(row, id, [name_en, variants_en], [name_ar, variants_ar], &mut seen)?;
        codes.body(row, of)?;
        all.push(Seat {
            id,
            of: of.to_owned(),
            body: body.to_owned(),
            sectors: sectors(row, of_sectors)?,
            english,
            arabic,
            coordinates: coordinates(row, lat, lon)?,
            wikidata: wikidata(row, item)?,
        });
    }
    Ok(all)
}
