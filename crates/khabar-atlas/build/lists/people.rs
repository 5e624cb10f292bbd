//! People and the offices they hold.

use std::collections::BTreeSet;

use khabar_table::{Row, Table, TableError};

use super::{Codes, Name, Named, month, named, wikidata};

pub(crate) const FILE: &str = "data/people.tsv";

pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) country: String,
    pub(crate) offices: Vec<Office>,
    pub(crate) wikidata: String,
}

/// An office of a person, with the months from which and up to which it was held.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) title: String,
    pub(crate) of: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) start: Option<u32>,
    pub(crate) end: Option<u32>,
}

pub(crate) fn load(text: &str, codes: &Codes) -> Result<Vec<Person>, TableError> {
    let table = Table::parse(FILE, text)?;
    let columns = table.columns([
        "id",
        "name_en",
        "variants_en",
        "name_ar",
        "variants_ar",
        "country",
        "offices",
        "wikidata",
        "note",
    ])?;
    let mut seen = BTreeSet::new();
    let mut people = Vec::new();
    for row in table.rows() {
        let [id, name_en, variants_en, name_ar, variants_ar, country, offices, item, _] =
            columns.cells(row);
        let Named { id, english, arabic } =
            named(row, id, [name_en, variants_en], [name_ar, variants_ar], &mut seen)?;
        people.push(Person {
            english,
            arabic,
            country: codes.country(row, country)?.to_owned(),
            offices: held(row, offices, codes)?,
            wikidata: wikidata(row, item)?,
            id,
        });
    }
    Ok(people)
}

/// Reads `office:of:from:to` set apart by `;`.
fn held(row: &Row<'_>, cell: &str, codes: &Codes) -> Result<Vec<Office>, TableError> {
    let mut all = Vec::new();
    for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let fields: Vec<&str> = part.split(':').map(str::trim).collect();
        let &[office, of, from, to] = fields.as_slice() else {
            return Err(row.error(format!("{part:?} is not office:of:from:to")));
        };
        if office.is_empty() || office.chars().any(char::is_uppercase) {
            return Err(row.error(format!("{office:?} is no office in small letters")));
        }
        if !of.is_empty() {
            codes.body(row, of)?;
        }
        super::validity(row, from, to)?;
        all.push(Office {
            title: office.to_owned(),
            of: of.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            start: month(row, from, false)?,
            end: month(row, to, true)?,
        });
    }
    Ok(all)
}
