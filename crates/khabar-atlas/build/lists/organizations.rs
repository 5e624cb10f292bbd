//! Organisations.

use std::collections::BTreeSet;

use khabar_table::{Table, TableError};

use super::{Codes, Name, Named, named, one_of, sectors, validity, wikidata};

pub(crate) const FILE: &str = "data/organizations.tsv";

/// What an organisation may be.
pub(crate) const KINDS: &[&str] = &[
    "igo",
    "ngo",
    "armed",
    "party",
    "company",
    "court",
    "bank",
    "university",
    "media-office",
    "union",
    "religious",
    "security",
    "government",
    "movement",
];

pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) country: String,
    pub(crate) sectors: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) parent: String,
    pub(crate) wikidata: String,
}

pub(crate) fn load(text: &str, codes: &mut Codes) -> Result<Vec<Organization>, TableError> {
    let table = Table::parse(FILE, text)?;
    let columns = table.columns([
        "id",
        "kind",
        "country",
        "sectors",
        "name_en",
        "variants_en",
        "name_ar",
        "variants_ar",
        "from",
        "to",
        "parent",
        "wikidata",
        "note",
    ])?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in table.rows() {
        let [
            id,
            kind,
            country,
            of_sectors,
            name_en,
            variants_en,
            name_ar,
            variants_ar,
            from,
            to,
            parent,
            item,
            _,
        ] = columns.cells(row);
        let Named { id, english, arabic } =
            named(row, id, [name_en, variants_en], [name_ar, variants_ar], &mut seen)?;
        validity(row, from, to)?;
        all.push(Organization {
            id,
            kind: one_of(row, kind, KINDS)?,
            country: codes.country(row, country)?.to_owned(),
            sectors: sectors(row, of_sectors)?,
            english,
            arabic,
            from: from.to_owned(),
            to: to.to_owned(),
            parent: parent.to_owned(),
            wikidata: wikidata(row, item)?,
        });
    }
    for row in table.rows() {
        let [id, .., parent, _, _] = columns.cells(row);
        let fine = parent.is_empty() || seen.contains(parent) || codes.states.contains_key(parent);
        if !fine || parent == id {
            return Err(row.error(format!("{parent:?} is no parent of {id}")));
        }
    }
    codes.bodies.extend(seen);
    Ok(all)
}
