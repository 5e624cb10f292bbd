//! States: their names, and their codes and coordinates, which stand in a file of their own.

use std::collections::BTreeMap;

use khabar_table::{Table, TableError};

use super::{Codes, Name, coordinates, names, validity, wikidata};
use crate::names::with_article;
use crate::state_rows::{self, FILE};

pub(crate) const CODES: &str = "data/state_codes.tsv";

pub(crate) struct State {
    pub(crate) iso3: String,
    pub(crate) iso2: String,
    pub(crate) english: Vec<Name>,
    pub(crate) arabic: Vec<Name>,
    pub(crate) english_demonyms: Vec<Name>,
    pub(crate) arabic_demonyms: Vec<Name>,
    pub(crate) english_capitals: Vec<Name>,
    pub(crate) arabic_capitals: Vec<Name>,
    pub(crate) codes: StateCodes,
}

#[derive(Clone, Default)]
pub(crate) struct StateCodes {
    pub(crate) cameo: String,
    pub(crate) cow: String,
    pub(crate) fips: String,
    pub(crate) wikidata: String,
    pub(crate) center: Option<(f64, f64)>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) successor: String,
}

pub(crate) fn load(text: &str, code_text: &str) -> Result<(Vec<State>, Codes), TableError> {
    let mut by_code = load_codes(code_text)?;
    let table = Table::parse(FILE, text)?;
    let mut codes = Codes::default();
    let mut states = Vec::new();
    for (row, cells) in state_rows::read(&table)? {
        let iso3 = cells.iso3;
        codes.states.insert(iso3.to_owned(), states.len() as u16);
        if !cells.iso2.is_empty() {
            codes.by_iso2.insert(cells.iso2.to_owned(), iso3.to_owned());
        }
        let (english, arabic) = (names(cells.english), names(cells.arabic));
        super::both_languages(row, iso3, &english, &arabic)?;
        let Some(own) = by_code.remove(iso3) else {
            return Err(row.error(format!("{iso3} has no row in {CODES}")));
        };
        states.push(State {
            iso3: iso3.to_owned(),
            iso2: cells.iso2.to_owned(),
            english,
            arabic,
            english_demonyms: names([cells.english_demonym, ""]),
            arabic_demonyms: demonyms(cells.arabic_demonym, cells.arabic_people),
            english_capitals: names([cells.english_capital, ""]),
            arabic_capitals: names([cells.arabic_capital, ""]),
            codes: own,
        });
    }
    if let Some(unknown) = by_code.keys().next() {
        let row = table.rows().first();
        let fault = format!("{unknown} has codes in {CODES} and no row here");
        return Err(row.map_or_else(|| unreachable_row(&fault), |row| row.error(fault.clone())));
    }
    Ok((states, codes))
}

/// An error for a table without rows.
fn unreachable_row(fault: &str) -> TableError {
    Table::parse(FILE, "").err().unwrap_or_else(|| panic!("{fault}"))
}

fn load_codes(text: &str) -> Result<BTreeMap<String, StateCodes>, TableError> {
    let table = Table::parse(CODES, text)?;
    let columns = table.columns([
        "iso3",
        "cameo",
        "cow",
        "fips",
        "wikidata",
        "lat",
        "lon",
        "from",
        "to",
        "successor",
        "note",
    ])?;
    let mut all = BTreeMap::new();
    for row in table.rows() {
        let [iso3, cameo, cow, fips, item, lat, lon, from, to, successor, _] = columns.cells(row);
        if !cow.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(row.error(format!("{cow:?} is no COW number")));
        }
        validity(row, from, to)?;
        let codes = StateCodes {
            cameo: cameo.to_owned(),
            cow: cow.to_owned(),
            fips: fips.to_owned(),
            wikidata: wikidata(row, item)?,
            center: coordinates(row, lat, lon)?,
            from: from.to_owned(),
            to: to.to_owned(),
            successor: successor.to_owned(),
        };
        if codes.center.is_none() {
            return Err(row.error(format!("{iso3} lacks coordinates")));
        }
        if all.insert(iso3.to_owned(), codes).is_some() {
            return Err(row.error(format!("{iso3} stands twice")));
        }
    }
    Ok(all)
}

/// Forms the genders and numbers of the Arabic relative adjectives, each with and without the article.
fn demonyms(singulars: &str, people: &str) -> Vec<Name> {
    const ENDINGS: [&str; 11] = ["", "ة", "ون", "ين", "ان", "تان", "تين", "ات", "و", "تا", "تي"];
    let mut all = Vec::new();
    for (singular, ambiguous) in khabar_table::names(singulars) {
        for ending in ENDINGS {
            let words: Vec<String> = singular
                .split(' ')
                .map(|word| {
                    let takes = word.ends_with('ي');
                    if takes { format!("{word}{ending}") } else { word.to_owned() }
                })
                .collect();
            all.push(Name { text: words.join(" "), ambiguous });
        }
    }
    all.extend(names([people, ""]));
    let articled: Vec<Name> = all
        .iter()
        .filter_map(|name| {
            // In جنوب أفريقي the adjective alone takes the article: الجنوب أفريقي is the other habit.
            with_article(&name.text).map(|text| Name { text, ambiguous: name.ambiguous })
        })
        .collect();
    all.extend(articled);
    all
}
