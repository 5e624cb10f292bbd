//! Words that occur together over and over, kept once and numbered: the rule that found a statement with its verb and stance,
//! the type of an event with its mode and code, the country of a party with its sector.

use std::fmt::Write as _;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreErrorKind;
use crate::quick::QuickMap;

/// The numbers of combinations, as far as they were asked for. As with words, rows are never changed or taken out.
#[derive(Debug, Default)]
pub(crate) struct Combinations {
    numbers: QuickMap<Arc<[i64]>, i64>,
    terms: QuickMap<i64, Arc<[i64]>>,
}

/// Combinations are forgotten beyond this number, to bound the memory.
const KEPT: usize = 1 << 16;

impl Combinations {
    /// Forgets all; to be called when a transaction is rolled back.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.terms.clear();
    }

    fn keep(&mut self, number: i64, terms: &[i64]) -> Arc<[i64]> {
        if self.numbers.len() >= KEPT {
            self.clear();
        }
        let terms: Arc<[i64]> = terms.into();
        self.numbers.insert(Arc::clone(&terms), number);
        self.terms.insert(number, Arc::clone(&terms));
        terms
    }

    /// The number of a combination, which gets one if it has none; 0 stands for a word that is missing.
    pub(super) fn intern(&mut self, db: &Connection, terms: &[i64]) -> rusqlite::Result<i64> {
        if let Some(&number) = self.numbers.get(terms) {
            return Ok(number);
        }
        let mut text = String::new();
        for term in terms {
            let comma = if text.is_empty() { "" } else { "," };
            let _ = write!(text, "{comma}{term}");
        }
        let known = db
            .prepare_cached("SELECT combination FROM _combinations WHERE terms = ?1")?
            .query_row([&text], |row| row.get(0))
            .optional()?;
        let number = if let Some(number) = known {
            number
        } else {
            db.prepare_cached("INSERT INTO _combinations (terms) VALUES (?1)")?.execute([&text])?;
            db.last_insert_rowid()
        };
        self.keep(number, terms);
        Ok(number)
    }

    /// The numbers of the words of a combination.
    pub(super) fn terms(
        &mut self,
        db: &Connection,
        number: i64,
    ) -> Result<Arc<[i64]>, StoreErrorKind> {
        if let Some(terms) = self.terms.get(&number) {
            return Ok(Arc::clone(terms));
        }
        let fault = || StoreErrorKind::Damaged(format!("there is no combination {number}"));
        let text: String = db
            .prepare_cached("SELECT terms FROM _combinations WHERE combination = ?1")?
            .query_row([number], |row| row.get(0))
            .optional()?
            .ok_or_else(fault)?;
        let terms = crate::pack::integers(&text).ok_or_else(fault)?;
        Ok(self.keep(number, &terms))
    }
}
