//! CAMEO codes, for those who still work with the older ontology: a sense may have its own, else its type and mode have one.

use std::sync::LazyLock;

use khabar_table::{Table, TableError};

const FILE: (&str, &str) = ("rules/cameo.tsv", include_str!("../../rules/cameo.tsv"));

static CODES: LazyLock<Vec<(String, String, String)>> =
    LazyLock::new(|| load(FILE).unwrap_or_default());

/// The code of an event: the sense's own, else that of its type and mode.
pub(super) fn code(kind: &str, mode: Option<&str>, own: Option<&str>) -> Option<String> {
    let by = |mode: &str| {
        let found = CODES.iter().find(|(k, m, _)| k == kind && m == mode);
        found.map(|(_, _, code)| code.clone())
    };
    own.map(str::to_owned).or_else(|| by(mode.unwrap_or(""))).or_else(|| by(""))
}

fn load((file, text): (&'static str, &str)) -> Result<Vec<(String, String, String)>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["type", "mode", "cameo", "note"])?;
    let mut codes = Vec::new();
    for row in table.rows() {
        let [kind, mode, code, _] = columns.cells(row);
        super::plover::check(Some(kind), mode, std::iter::empty())
            .map_err(|fault| row.error(fault))?;
        if code.len() < 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(row.error(format!("{code:?} is no CAMEO code")));
        }
        codes.push((kind.to_owned(), mode.to_owned(), code.to_owned()));
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_a_code() {
        assert!(load(FILE).is_ok());
        assert_eq!(code("CONSULT", Some("visit"), None).as_deref(), Some("042"));
        assert_eq!(code("ASSAULT", Some("aerial"), Some("1951")).as_deref(), Some("1951"));
        assert_eq!(code("AGREE", None, None).as_deref(), Some("030"));
    }
}
