//! The rows of the list of states, from which both the table and the library's own list are made.

use std::collections::BTreeSet;

use khabar_table::{Row, Table, TableError};

/// The file, for errors.
pub(crate) const FILE: &str = "data/states.tsv";

/// The cells of a state.
pub(crate) struct StateRow<'t> {
    /// ISO 3166-1 alpha-3, which no other row has.
    pub(crate) iso3: &'t str,
    /// ISO 3166-1 alpha-2, empty for past states.
    pub(crate) iso2: &'t str,
    /// The usual English name, and the others.
    pub(crate) english: [&'t str; 2],
    pub(crate) english_demonym: &'t str,
    /// The usual Arabic name, and the others.
    pub(crate) arabic: [&'t str; 2],
    /// The relative adjective in the masculine singular.
    pub(crate) arabic_demonym: &'t str,
    /// Names of the people that are no such adjective.
    pub(crate) arabic_people: &'t str,
    pub(crate) english_capital: &'t str,
    pub(crate) arabic_capital: &'t str,
}

/// Reads the rows and checks their codes.
pub(crate) fn read<'a, 't>(
    table: &'a Table<'t>,
) -> Result<Vec<(&'a Row<'t>, StateRow<'t>)>, TableError> {
    let columns = table.columns([
        "iso3",
        "iso2",
        "en",
        "en_variants",
        "en_demonym",
        "ar",
        "ar_variants",
        "ar_demonym",
        "ar_people",
        "capital_en",
        "capital_ar",
        "note",
    ])?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for row in table.rows() {
        let [
            iso3,
            iso2,
            en,
            en_variants,
            english_demonym,
            ar,
            ar_variants,
            arabic_demonym,
            arabic_people,
            english_capital,
            arabic_capital,
            _,
        ] = columns.cells(row);
        if iso3.len() != 3 || !iso3.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(row.error(format!("{iso3:?} is no alpha-3 code")));
        }
        if !seen.insert(iso3) {
            return Err(row.error(format!("{iso3} stands twice")));
        }
        let (english, arabic) = ([en, en_variants], [ar, ar_variants]);
        let cells = StateRow {
            iso3,
            iso2,
            english,
            english_demonym,
            arabic,
            arabic_demonym,
            arabic_people,
            english_capital,
            arabic_capital,
        };
        all.push((row, cells));
    }
    Ok(all)
}
