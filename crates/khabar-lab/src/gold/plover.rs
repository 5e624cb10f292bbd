//! The codes that an annotation may use.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use khabar_table::{Table, TableError};

/// The codes of PLOVER 2021.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    types: BTreeSet<String>,
    modes: BTreeSet<(String, String)>,
    contexts: BTreeSet<String>,
    sectors: BTreeSet<String>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    Codes::parse(include_str!("../../data/plover.tsv"))
        .expect("a test loads the built-in list of codes")
});

impl Codes {
    /// Returns the built-in list.
    pub(crate) fn get() -> &'static Self {
        &CODES
    }

    fn parse(text: &str) -> Result<Self, TableError> {
        let table = Table::parse("data/plover.tsv", text)?;
        let columns = table.columns(["what", "type", "code", "note"])?;
        let mut codes = Self::default();
        for row in table.rows() {
            let [what, kind, code, _] = columns.cells(row);
            let new = match what {
                "type" => codes.types.insert(code.to_owned()),
                "mode" if codes.types.contains(kind) => {
                    codes.modes.insert((kind.to_owned(), code.to_owned()))
                }
                "mode" => return Err(row.error(format!("unknown type {kind:?}"))),
                "context" => codes.contexts.insert(code.to_owned()),
                "sector" => codes.sectors.insert(code.to_owned()),
                _ => return Err(row.error(format!("unknown sort of code {what:?}"))),
            };
            if !new || code.is_empty() {
                return Err(row.error(format!("{code:?} is empty or stands twice")));
            }
        }
        Ok(codes)
    }

    /// Whether `code` is an event type.
    pub(crate) fn is_type(&self, code: &str) -> bool {
        self.types.contains(code)
    }

    /// Whether `mode` is a mode of the event type `kind`.
    pub(crate) fn is_mode(&self, kind: &str, mode: &str) -> bool {
        self.modes.contains(&(kind.to_owned(), mode.to_owned()))
    }

    /// Whether `code` is a context.
    pub(crate) fn is_context(&self, code: &str) -> bool {
        self.contexts.contains(code)
    }

    /// Whether `code` is a sector of actors.
    pub(crate) fn is_sector(&self, code: &str) -> bool {
        self.sectors.contains(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_plover_2021_are_all_there() {
        let codes = Codes::get();
        assert_eq!((codes.types.len(), codes.modes.len(), codes.contexts.len()), (16, 67, 37));
        assert!(codes.is_mode("CONSULT", "visit") && !codes.is_mode("ASSAULT", "visit"));
    }

    #[test]
    fn faults_in_the_list_name_their_line() {
        let error = Codes::parse("what\ttype\tcode\tnote\nmode\tCONSULT\tvisit\t\n").unwrap_err();
        assert_eq!(error.to_string(), "data/plover.tsv:2: unknown type \"CONSULT\"");
    }
}
