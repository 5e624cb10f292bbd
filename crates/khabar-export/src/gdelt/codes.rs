//! CAMEO: the parents of codes, their scores, and the roles of actors.

use std::collections::BTreeMap;

use khabar_table::{Table, TableError};

/// The scores and roles.
#[derive(Debug)]
pub(crate) struct Codes {
    goldstein: BTreeMap<&'static str, f64>,
    roles: BTreeMap<&'static str, &'static str>,
}

const GOLDSTEIN: &str = "data/goldstein.tsv";
const SECTORS: &str = "data/sectors.tsv";

impl Codes {
    pub(crate) fn load() -> Result<Self, TableError> {
        Ok(Self {
            goldstein: goldstein(include_str!("../../data/goldstein.tsv"))?,
            roles: sectors()?.into_iter().map(|(sector, row)| (sector, row.cameo)).collect(),
        })
    }

    /// The score of a code, else of the nearest parent that has one.
    pub(crate) fn goldstein(&self, code: &str) -> Option<f64> {
        (2..=code.len()).rev().find_map(|length| self.goldstein.get(code.get(..length)?).copied())
    }

    /// The role code of a sector.
    pub(crate) fn role(&self, sector: &str) -> Option<&'static str> {
        self.roles.get(sector).copied().filter(|role| !role.is_empty())
    }
}

/// A code of CAMEO with its parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code<'c> {
    pub(crate) whole: &'c str,
    /// The parent of the second level.
    pub(crate) base: &'c str,
    /// One of the twenty categories.
    pub(crate) root: &'c str,
    /// 1 and 2: cooperation in words and in deeds; 3 and 4: conflict in words and in deeds.
    pub(crate) quad: u8,
}

impl<'c> Code<'c> {
    /// Takes a code apart; `None` if it is none of CAMEO.
    pub(crate) fn parse(code: &'c str) -> Option<Self> {
        if !(2..=4).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let quad = match code[..2].parse().ok()? {
            1..=5_u8 => 1,
            6..=8 => 2,
            9..=13 => 3,
            14..=20 => 4,
            _ => return None,
        };
        Some(Self { whole: code, base: &code[..code.len().min(3)], root: &code[..2], quad })
    }
}

fn goldstein(text: &'static str) -> Result<BTreeMap<&'static str, f64>, TableError> {
    let table = Table::parse(GOLDSTEIN, text)?;
    let columns = table.columns(["code", "score", "note"])?;
    let mut scores = BTreeMap::new();
    for row in table.rows() {
        let [code, score, _] = columns.cells(row);
        let score: f64 = score
            .parse()
            .ok()
            .filter(|score| (-10.0..=10.0).contains(score))
            .ok_or_else(|| row.error(format!("{score:?} is no score from -10 to 10")))?;
        if Code::parse(code).is_none() {
            return Err(row.error(format!("{code:?} is no code of CAMEO")));
        }
        if scores.insert(code, score).is_some() {
            return Err(row.error(format!("{code} stands twice")));
        }
    }
    Ok(scores)
}

/// What others call a sector.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sector {
    pub(crate) cameo: &'static str,
    pub(crate) ftm: &'static str,
}

/// The list of sectors.
pub(crate) fn sectors() -> Result<BTreeMap<&'static str, Sector>, TableError> {
    let table = Table::parse(SECTORS, include_str!("../../data/sectors.tsv"))?;
    let columns = table.columns(["sector", "cameo", "ftm", "note"])?;
    let mut sectors = BTreeMap::new();
    for row in table.rows() {
        let [sector, cameo, ftm, _] = columns.cells(row);
        let code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !code(sector) || !(cameo.is_empty() || code(cameo)) {
            return Err(row.error(format!("{sector:?} or {cameo:?} is no code of three letters")));
        }
        if !["Organization", "PublicBody", "Company"].contains(&ftm) {
            return Err(row.error(format!("{ftm:?} is no schema of a body")));
        }
        if sectors.insert(sector, Sector { cameo, ftm }).is_some() {
            return Err(row.error(format!("{sector} stands twice")));
        }
    }
    Ok(sectors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_load_and_have_every_root() {
        let codes = Codes::load().unwrap();
        for root in 1..=20 {
            assert!(codes.goldstein(&format!("{root:02}")).is_some(), "{root}");
        }
        assert_eq!(codes.goldstein("0233"), Some(3.4));
        assert_eq!(codes.goldstein("1834"), codes.goldstein("183"), "a parent stands in");
        assert_eq!(codes.role("GOV"), Some("GOV"));
        assert_eq!((codes.role("REL"), codes.role("???")), (None, None));
    }

    #[test]
    fn codes_are_taken_apart() {
        let code = |whole, base, root, quad| Some(Code { whole, base, root, quad });
        assert_eq!(Code::parse("0233"), code("0233", "023", "02", 1));
        assert_eq!(Code::parse("057"), code("057", "057", "05", 1));
        assert_eq!(Code::parse("20"), code("20", "20", "20", 4));
        assert_eq!(Code::parse("0871").map(|code| code.quad), Some(2));
        assert_eq!(Code::parse("112").map(|code| code.quad), Some(3));
        for none in ["", "1", "21", "00", "012345", "13y", "٠١"] {
            assert_eq!(Code::parse(none), None, "{none}");
        }
    }
}
