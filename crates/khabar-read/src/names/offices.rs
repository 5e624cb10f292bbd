//! The sectors of offices.

use khabar_table::{Table, TableError};

const FILE: &str = "rules/offices.tsv";

/// Words of offices with the sector of those who hold them.
#[derive(Debug)]
pub(crate) struct Offices(Vec<(&'static str, &'static str)>);

impl Offices {
    /// Loads the list.
    pub(crate) fn load() -> Result<Self, TableError> {
        let table = Table::parse(FILE, include_str!("../../rules/offices.tsv"))?;
        let columns = table.columns(["id", "word", "sector", "note"])?;
        Ok(Self(
            table
                .rows()
                .iter()
                .map(|row| {
                    let [_, word, sector, _] = columns.cells(row);
                    (word, sector)
                })
                .collect(),
        ))
    }

    /// The sector of those who hold an office.
    pub(crate) fn sector(&self, office: &str) -> Option<&'static str> {
        self.0.iter().find(|(word, _)| office.contains(word)).map(|&(_, sector)| sector)
    }
}
