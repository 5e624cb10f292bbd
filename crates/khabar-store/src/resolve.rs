//! From what a person types for a document to its key.

use rusqlite::Connection;

use crate::DocumentKey;
use crate::error::StoreErrorKind;

/// The documents whose key begins with `name`, else those whose identifier, path or address it is.
pub(crate) fn resolve(db: &Connection, name: &str) -> Result<Vec<DocumentKey>, StoreErrorKind> {
    let keyed = by_key(db, name)?;
    if !keyed.is_empty() {
        return Ok(keyed);
    }
    let hash = blake3::Hash::from_hex(name).ok().map(|hash| hash.as_bytes().to_vec());
    let mut query = db.prepare_cached(
        "SELECT key FROM _documents AS d WHERE id = ?1 OR id = ?2 OR source = ?1 OR url = ?1
         OR EXISTS (SELECT 1 FROM _sources AS s WHERE s.doc = d.doc AND s.source = ?1) ORDER BY key",
    )?;
    let rows = query.query_map((name, hash), |row| row.get::<_, Vec<u8>>(0))?;
    keys(rows)
}

/// The shortest start of a key that is taken for one.
const SHORTEST: usize = 4;

fn by_key(db: &Connection, start: &str) -> Result<Vec<DocumentKey>, StoreErrorKind> {
    let digits =
        (SHORTEST..=32).contains(&start.len()) && start.bytes().all(|b| b.is_ascii_hexdigit());
    let (Ok(first), Ok(last)) = (
        format!("{start:0<32}").parse::<DocumentKey>(),
        format!("{start:f<32}").parse::<DocumentKey>(),
    ) else {
        return Ok(Vec::new());
    };
    if !digits {
        return Ok(Vec::new());
    }
    let mut query =
        db.prepare_cached("SELECT key FROM _documents WHERE key BETWEEN ?1 AND ?2 ORDER BY key")?;
    let rows = query.query_map([&first.0[..], &last.0[..]], |row| row.get::<_, Vec<u8>>(0))?;
    keys(rows)
}

fn keys(
    rows: impl Iterator<Item = rusqlite::Result<Vec<u8>>>,
) -> Result<Vec<DocumentKey>, StoreErrorKind> {
    rows.map(|bytes| {
        DocumentKey::from_slice(&bytes?).ok_or_else(|| StoreErrorKind::Damaged("a key".into()))
    })
    .collect()
}
