//! Who is meant by a name.

use std::collections::BTreeSet;

use khabar_record::Entity;
use rusqlite::Connection;

use crate::error::StoreErrorKind;

use super::candidates::{intersect, postings_of};
use super::index::stem;
use super::token::tokens;

/// A name that was asked for. It means every entity that bears all its words, in whichever language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    stems: BTreeSet<String>,
}

impl Named {
    pub(crate) fn new(name: &str) -> Self {
        Self { stems: tokens(name).map(|token| stem(token.text)).collect() }
    }

    /// Whether an entity bears the name.
    pub(crate) fn is(&self, entity: &Entity) -> bool {
        // One name must hold all words: "Hassan" of one language and "Ali" of another are not "Hassan Ali".
        !self.stems.is_empty()
            && entity.names.values().any(|name| {
                let own: BTreeSet<String> = tokens(name).map(|token| stem(token.text)).collect();
                self.stems.is_subset(&own)
            })
    }
}

/// The rows of `_entities` whose names hold all words of `name`, and perhaps others: whoever asks looks at the entities.
pub(crate) fn find_name(db: &Connection, name: &str) -> Result<Vec<i64>, StoreErrorKind> {
    let named = Named::new(name);
    let mut found: Option<Vec<i64>> = None;
    for stem in &named.stems {
        let rows = postings_of(db, "_names_terms", stem)?;
        found = Some(match found {
            Some(before) => intersect(&before, &rows),
            None => rows,
        });
    }
    Ok(found.unwrap_or_default())
}
