//! Offices: which sectors they stand for, and what they are called in Arabic.
//!
//! A person acts for the sector of an office as long as it is held; who has held one belongs to the former elite. The
//! list of offices is short and open: one that it lacks is looked up by its last words, then by its first, so that
//! "minister of mines" is a minister and "head of the grid operator" a head of something.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use khabar_table::{Table, TableError, list};

/// What is known of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeKind {
    /// The name in English.
    pub english: &'static str,
    /// The name in Arabic.
    pub arabic: &'static str,
    /// The sectors it stands for.
    sectors: Vec<&'static str>,
    /// Whether the sectors of the body whose office it is come first.
    of_body: bool,
    /// Whether it is held for a time; a singer or a cleric just is one.
    pub held: bool,
}

const FILE: &str = "data/offices.tsv";

static OFFICES: LazyLock<BTreeMap<&'static str, OfficeKind>> = LazyLock::new(|| {
    parse(include_str!("../data/offices.tsv")).expect("a test loads the built-in list of offices")
});

/// Returns what is known of an office by its English name.
pub fn office(name: &str) -> Option<&'static OfficeKind> {
    let offices = &*OFFICES;
    let before_of = name.split(" of ").next().unwrap_or(name);
    if let Some(kind) = offices.get(name).or_else(|| offices.get(before_of)) {
        return Some(kind);
    }
    let mut rest = before_of;
    while let Some((_, last)) = rest.split_once(' ') {
        if let Some(kind) = offices.get(last) {
            return Some(kind);
        }
        rest = last;
    }
    let mut rest = name;
    while let Some((first, _)) = rest.rsplit_once(' ') {
        if let Some(kind) = offices.get(first) {
            return Some(kind);
        }
        rest = first;
    }
    None
}

/// Iterates over all offices of the list, by their English names.
pub fn offices() -> impl Iterator<Item = &'static OfficeKind> {
    OFFICES.values()
}

impl OfficeKind {
    /// Returns the sectors that the office stands for, given those of the body whose office it is; a state gives none.
    pub fn sectors(&self, body: &[&'static str]) -> Vec<&'static str> {
        let mut sectors: Vec<&'static str> = Vec::new();
        if self.of_body {
            sectors.extend(body);
        }
        if sectors.is_empty() {
            sectors.extend(&self.sectors);
        }
        sectors
    }
}

fn parse(text: &'static str) -> Result<BTreeMap<&'static str, OfficeKind>, TableError> {
    let table = Table::parse(FILE, text)?;
    let columns = table.columns(["office", "sectors", "held", "name_ar", "note"])?;
    let mut all = BTreeMap::new();
    for row in table.rows() {
        let [english, sectors, held, arabic, _] = columns.cells(row);
        let held = match held {
            "yes" => true,
            "no" => false,
            _ => return Err(row.error(format!("{held:?} is neither yes nor no"))),
        };
        if arabic.is_empty() {
            return Err(row.error(format!("{english} lacks an Arabic name")));
        }
        let of_body = list(sectors).any(|sector| sector == "*");
        let sectors: Vec<&str> = list(sectors).filter(|sector| *sector != "*").collect();
        if let Some(odd) = sectors.iter().find(|code| !is_sector(code)) {
            return Err(row.error(format!("{odd:?} is no sector")));
        }
        if all.insert(english, OfficeKind { english, arabic, sectors, of_body, held }).is_some() {
            return Err(row.error(format!("{english} stands twice")));
        }
    }
    Ok(all)
}

fn is_sector(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_found_by_name_and_by_their_words() {
        assert_eq!(office("foreign minister").unwrap().sectors(&[]), ["GOV"]);
        assert_eq!(office("minister of mines").unwrap().english, "minister");
        assert_eq!(office("first minister of scotland").unwrap().english, "first minister");
        assert_eq!(office("head of the grid operator").unwrap().english, "head");
        assert_eq!(office("leader").unwrap().sectors(&["REB", "PTY"]), ["REB", "PTY"]);
        assert_eq!(office("leader").unwrap().sectors(&[]), ["PTY"]);
        assert!(office("").is_none() && office("xyzzy").is_none());
        assert!(offices().count() > 100);
    }
}
