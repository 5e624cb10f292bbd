//! Which `meta` elements say what. Each publishing system has its own keys for the same few facts.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::facts::Facts;
use super::table::{TableError, sound, table};

/// What a `meta` element can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Author,
    Published,
    Modified,
    Outlet,
    Source,
    Url,
    Language,
}

/// Loads the table of keys.
pub(crate) fn load() -> Result<HashMap<&'static str, (Field, u8)>, TableError> {
    let mut keys = HashMap::new();
    for row in table!("any/meta_keys.tsv").rows::<4>()? {
        let field = match row.cells[1] {
            "title" => Field::Title,
            "author" => Field::Author,
            "published" => Field::Published,
            "modified" => Field::Modified,
            "outlet" => Field::Outlet,
            "source" => Field::Source,
            "url" => Field::Url,
            "language" => Field::Language,
            other => return Err(row.error(format!("unknown field {other:?}"))),
        };
        let rank = row.cells[2].parse().map_err(|_| row.error("the rank is no number"))?;
        if keys.insert(row.cells[0], (field, rank)).is_some() {
            return Err(row.error("the key occurs twice"));
        }
    }
    Ok(keys)
}

/// Returns what the page's `meta` elements say about a field, the most trustworthy keys first.
pub(crate) fn values(facts: &Facts, field: Field) -> Vec<&str> {
    static KEYS: LazyLock<HashMap<&'static str, (Field, u8)>> = LazyLock::new(|| sound(load()));
    let mut found: Vec<(u8, &str)> = facts
        .meta
        .iter()
        .filter_map(|(key, content)| {
            let (of, rank) = KEYS.get(key.as_str())?;
            (*of == field).then_some((*rank, content.as_str()))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, content)| content).collect()
}
