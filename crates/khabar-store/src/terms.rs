//! Words that occur over and over, kept once and numbered.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::error::StoreErrorKind;
use crate::quick::QuickMap;

/// The numbers of words, as far as they were asked for. Rows of `_terms` are never changed or taken out, so that what is
/// known stays true, but for a transaction that is rolled back.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    numbers: QuickMap<Arc<str>, i64>,
    texts: QuickMap<i64, Arc<str>>,
}

/// Words are forgotten beyond this number, to bound the memory; the common ones come back at once.
const KEPT: usize = 1 << 17;

impl Terms {
    fn keep(&mut self, number: i64, text: &str) {
        if self.numbers.len() >= KEPT {
            self.clear();
        }
        let text: Arc<str> = text.into();
        self.numbers.insert(text.clone(), number);
        self.texts.insert(number, text);
    }

    /// Forgets all; to be called when a transaction is rolled back.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.texts.clear();
    }

    /// The number of a word, which gets one if it has none.
    pub(crate) fn intern(&mut self, connection: &Connection, text: &str) -> rusqlite::Result<i64> {
        if let Some(number) = self.find(connection, text)? {
            return Ok(number);
        }
        connection.prepare_cached("INSERT INTO _terms (text) VALUES (?1)")?.execute([text])?;
        let number = connection.last_insert_rowid();
        self.keep(number, text);
        Ok(number)
    }

    /// The number of the name that a value is written by in JSON.
    pub(crate) fn intern_name(
        &mut self,
        connection: &Connection,
        value: impl Serialize,
    ) -> rusqlite::Result<i64> {
        self.intern(connection, &name(value))
    }

    /// The number of a word, if it has one.
    pub(crate) fn find(
        &mut self,
        connection: &Connection,
        text: &str,
    ) -> rusqlite::Result<Option<i64>> {
        if let Some(&number) = self.numbers.get(text) {
            return Ok(Some(number));
        }
        let number = connection
            .prepare_cached("SELECT term FROM _terms WHERE text = ?1")?
            .query_row([text], |row| row.get(0))
            .optional()?;
        if let Some(number) = number {
            self.keep(number, text);
        }
        Ok(number)
    }

    /// The word of a number.
    pub(crate) fn text(
        &mut self,
        connection: &Connection,
        number: i64,
    ) -> Result<Arc<str>, StoreErrorKind> {
        if let Some(text) = self.texts.get(&number) {
            return Ok(text.clone());
        }
        let text: String = connection
            .prepare_cached("SELECT text FROM _terms WHERE term = ?1")?
            .query_row([number], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreErrorKind::Damaged(format!("there is no word {number}")))?;
        self.keep(number, &text);
        Ok(text.as_str().into())
    }

    /// The value whose name is the word of a number.
    pub(crate) fn value<T: DeserializeOwned>(
        &mut self,
        connection: &Connection,
        number: i64,
    ) -> Result<T, StoreErrorKind> {
        let text = self.text(connection, number)?;
        value(&text)
            .ok_or_else(|| StoreErrorKind::Damaged(format!("{text:?} is no value of its column")))
    }
}

/// The name by which a value of an enumeration is written in JSON.
pub(crate) fn name(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        // Only enumerations without fields are given here.
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// The value of an enumeration that has a name in JSON.
pub(crate) fn value<T: DeserializeOwned>(name: &str) -> Option<T> {
    let deserializer: StrDeserializer<'_, ValueError> = name.into_deserializer();
    T::deserialize(deserializer).ok()
}
