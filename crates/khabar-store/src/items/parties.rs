//! Parties of statements and events, as elements of a section.

use khabar_record::{CodePointRange, EntityId, Party};
use rusqlite::Connection;

use super::{Combinations, Item, Packer, damaged, distance, known, near, optional, small};
use crate::error::StoreErrorKind;
use crate::terms::Terms;

/// Writes parties as a section: each is its entity, where it stands and how long it is, and what it belongs to.
pub(super) fn pack(
    packer: &mut Packer,
    parties: &[Party<CodePointRange>],
    anchor: u32,
    words: &mut Words<'_>,
) -> rusqlite::Result<()> {
    packer.section();
    for party in parties {
        let country = words.number(party.country.as_deref())?;
        let sector = words.number(party.sector.as_deref())?;
        let belongs = match (country, sector) {
            (0, 0) => 0,
            both => words.combination(&[both.0, both.1])?,
        };
        packer.element(&[
            optional(party.entity.map(|id| id.0)),
            optional(party.span.map(|span| distance(span.0, anchor))),
            party.span.map_or(0, |span| u64::from(span.1 - span.0)),
            belongs,
        ]);
    }
    Ok(())
}

/// Reads what [`pack`] wrote.
pub(super) fn unpack(
    item: &mut Item<'_>,
    anchor: u64,
    words: &mut Words<'_>,
) -> Result<Vec<Party<CodePointRange>>, StoreErrorKind> {
    let elements = item.elements::<4>().ok_or_else(|| damaged("parties"))?;
    let mut parties = Vec::with_capacity(elements.len());
    for [entity, start, length, belongs] in elements {
        let span = match known(start) {
            Some(start) => {
                let start = near(anchor, start).ok_or_else(|| damaged("party"))?;
                Some(CodePointRange(start, start.saturating_add(small(length, "party")?)))
            }
            None => None,
        };
        let (mut country, mut sector) = (None, None);
        if belongs != 0 {
            let both = words.terms_of(belongs)?;
            let [of_country, of_sector] = both[..] else { return Err(damaged("party")) };
            (country, sector) = (words.word(of_country)?, words.word(of_sector)?);
        }
        let entity = known(entity).map(|id| small(id, "party")).transpose()?.map(EntityId);
        parties.push(Party { entity, span, country, sector });
    }
    Ok(parties)
}

/// Words and their combinations by their numbers.
pub(crate) struct Words<'w> {
    pub(crate) db: &'w Connection,
    pub(crate) terms: &'w mut Terms,
    pub(crate) combinations: &'w mut Combinations,
}

impl Words<'_> {
    /// The number of a word; 0 for none.
    pub(super) fn number(&mut self, word: Option<&str>) -> rusqlite::Result<i64> {
        word.map_or(Ok(0), |word| self.terms.intern(self.db, word))
    }

    /// The number of the name that a value is written by in JSON.
    pub(super) fn named(&mut self, value: impl serde::Serialize) -> rusqlite::Result<i64> {
        self.terms.intern_name(self.db, value)
    }

    pub(super) fn combination(&mut self, terms: &[i64]) -> rusqlite::Result<u64> {
        self.combinations.intern(self.db, terms).map(i64::cast_unsigned)
    }

    pub(super) fn terms_of(
        &mut self,
        number: u64,
    ) -> Result<std::sync::Arc<[i64]>, StoreErrorKind> {
        self.combinations.terms(self.db, number.cast_signed())
    }

    /// The word of a number.
    pub(super) fn word(&mut self, number: i64) -> Result<Option<String>, StoreErrorKind> {
        match number {
            0 => Ok(None),
            number => Ok(Some(self.terms.text(self.db, number)?.to_string())),
        }
    }

    /// The value whose name is the word of a number.
    pub(super) fn value<T: serde::de::DeserializeOwned>(
        &mut self,
        number: i64,
    ) -> Result<T, StoreErrorKind> {
        self.terms.value(self.db, number)
    }
}
