//! Near-copies: documents that say in all but the same words what another says.
//!
//! A text is taken as the set of its runs of three words, folded so that spelling variants meet. Copying, trimming, retitling
//! and the exchange of paragraphs leave most runs of the shorter text standing in the longer one; another report of the same
//! happening shares few. A sixteenth of the runs, chosen by their hash, is kept in an index that finds what is worth
//! comparing; then the texts themselves are compared. Whether two documents are near-copies depends on the two alone, and a
//! group is what such pairs connect, so that the order of adding does not show.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::fresh::Fresh;
use crate::error::StoreErrorKind;
use crate::quick::QuickMap;
use crate::search::Stemmer;

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// Words in a run.
const RUN: usize = 3;

/// One of so many runs is kept in the index.
const KEPT: u64 = 16;

/// So large a part of the shorter text's runs must stand in the longer.
const CONTAINED: f32 = 0.5;

/// A text with fewer runs says too little to be a copy of anything.
const LEAST: usize = 16;

/// At most so many documents, those with most runs in common, are compared with a new one.
const COMPARED: usize = 64;

/// The share of the kept runs that must be found again before the texts themselves are compared. Of texts that have half their
/// runs in common it is smaller by chance once in some hundred.
const GUESSED: f32 = 0.25;

/// Of fewer runs nothing can be guessed.
const SAMPLE: f32 = 16.0;

/// A run that more documents hold is a turn of phrase and proves nothing.
const PHRASE: u32 = 1_000;

/// Hashes of the runs of words in a text, in order and each once; `words` are the hashes of its words.
pub(crate) fn runs(words: &[u64]) -> Vec<u64> {
    let mut runs: Vec<u64> = words
        .windows(RUN)
        .map(|run| run.iter().fold(0_u64, |sum, word| mix(sum.rotate_left(23) ^ word)))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// FNV-1a: the same everywhere and in every version, since it is kept in the file.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^ (x >> 33)
}

/// The runs that the index keeps, in the form it keeps them.
fn kept(runs: &[u64]) -> impl Iterator<Item = i64> {
    runs.iter()
        .filter(|run| **run % KEPT == 0)
        .map(|run| i64::from(((run >> 32) as u32).cast_signed()))
}

/// Runs as they are compared: half of each hash is enough for two texts, and twice as many are remembered in the same room.
pub(crate) fn halves(runs: &[u64]) -> Box<[u32]> {
    let mut halves: Vec<u32> = runs.iter().map(|run| (run >> 32) as u32).collect();
    halves.dedup();
    halves.into()
}

/// The share of the shorter text's runs that stand in the longer; nothing for texts that are too short. The runs come in order.
pub(crate) fn containment(one: &[u32], other: &[u32]) -> f32 {
    let shorter = one.len().min(other.len());
    if shorter < LEAST {
        return if one == other && !one.is_empty() { 1.0 } else { 0.0 };
    }
    let (mut a, mut b, mut common) = (0, 0, 0_u32);
    // Without a branch for each case, since which it will be cannot be foretold.
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        common += u32::from(left == right);
        a += usize::from(left <= right);
        b += usize::from(right <= left);
    }
    common as f32 / shorter as f32
}

/// Whether two texts are near-copies.
pub(crate) fn are_copies(containment: f32) -> bool {
    containment >= CONTAINED
}

/// Puts a text into the index, by the hashes of its words.
pub(crate) fn index(db: &Connection, fresh: &mut Fresh, doc: i64, words: &[u64]) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO _runs (run, doc) VALUES (?1, ?2)")?;
    let runs = runs(words);
    let kept: Box<[i64]> = kept(&runs).collect();
    for run in &kept {
        insert.execute([*run, doc])?;
    }
    fresh.keep(doc, kept, halves(&runs));
    Ok(())
}

/// Takes a text out of the index and its document out of its group, whose others are to be settled anew.
pub(crate) fn remove(db: &Connection, doc: i64, words: &[u64]) -> Result<Vec<i64>> {
    let mut delete = db.prepare_cached("DELETE FROM _runs WHERE run = ?1 AND doc = ?2")?;
    for run in kept(&runs(words)) {
        delete.execute([run, doc])?;
    }
    let group = group_of(db, doc)?;
    for member in &group {
        db.prepare_cached("DELETE FROM _copies WHERE doc = ?1")?.execute([member])?;
    }
    Ok(group.into_iter().filter(|member| *member != doc).collect())
}

/// The first of a document's near-copies, itself when there is none before it.
fn original(db: &Connection, doc: i64) -> Result<i64> {
    let found = db
        .prepare_cached("SELECT original FROM _copies WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(doc))
}

/// A document with all its near-copies.
fn group_of(db: &Connection, doc: i64) -> Result<BTreeSet<i64>> {
    let original = original(db, doc)?;
    let mut group: BTreeSet<i64> = db
        .prepare_cached("SELECT doc FROM _copies WHERE original = ?1")?
        .query_map([original], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    group.insert(original);
    Ok(group)
}

/// The runs of texts that are compared over and over while stories are settled.
#[derive(Debug)]
pub(crate) struct Texts<'s> {
    stemmer: &'s mut Stemmer,
    fresh: &'s mut Fresh,
}

impl<'s> Texts<'s> {
    pub(crate) fn new(stemmer: &'s mut Stemmer, fresh: &'s mut Fresh) -> Self {
        Self { stemmer, fresh }
    }

    /// The runs of a text that the index keeps.
    fn kept_of(&mut self, db: &Connection, doc: i64) -> Result<Box<[i64]>> {
        match self.fresh.kept(doc) {
            Some(runs) => Ok(runs.into()),
            None => Ok(kept(&self.read(db, doc)?).collect()),
        }
    }

    fn runs_of(&mut self, db: &Connection, doc: i64) -> Result<Arc<[u32]>> {
        if let Some(known) = self.fresh.runs(doc) {
            return Ok(known);
        }
        let runs = halves(&self.read(db, doc)?);
        Ok(self.fresh.remember(doc, runs))
    }

    fn read(&mut self, db: &Connection, doc: i64) -> Result<Vec<u64>> {
        let text: Arc<str> = db
            .prepare_cached("SELECT text FROM _texts WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        Ok(runs(&self.stemmer.words(&text)))
    }

    /// Bytes of a text, which the file knows without reading it.
    fn size(&mut self, db: &Connection, doc: i64) -> Result<i64> {
        if let Some(size) = self.fresh.size(doc) {
            return Ok(size);
        }
        let size = db
            .prepare_cached("SELECT octet_length(text) FROM _texts WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        self.fresh.note_size(doc, size);
        Ok(size)
    }
}

/// Finds the near-copies of a document and makes one group of theirs.
pub(crate) fn link(db: &Connection, texts: &mut Texts<'_>, doc: i64) -> Result<()> {
    let own = texts.kept_of(db, doc)?;
    let mut group = group_of(db, doc)?;
    let before = group.len();
    let promising = promising(db, texts, doc, &own)?;
    if promising.is_empty() {
        return Ok(());
    }
    let runs = texts.runs_of(db, doc)?;
    for other in promising {
        if group.contains(&other) {
            continue;
        }
        if are_copies(containment(&runs, &texts.runs_of(db, other)?)) {
            group.extend(group_of(db, other)?);
        }
    }
    if group.len() > before { write_group(db, texts, &group) } else { Ok(()) }
}

/// The documents that share runs with a document, those that share most first.
fn promising(db: &Connection, texts: &mut Texts<'_>, doc: i64, own: &[i64]) -> Result<Vec<i64>> {
    let mut shared: QuickMap<i64, usize> = QuickMap::default();
    let mut query = db.prepare_cached("SELECT doc FROM _runs WHERE run = ?1 LIMIT ?2")?;
    let asked = own.len();
    for run in own {
        let bearers: Vec<i64> = query
            .query_map([*run, i64::from(PHRASE)], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if bearers.len() < PHRASE as usize {
            for bearer in bearers.into_iter().filter(|bearer| *bearer != doc) {
                *shared.entry(bearer).or_default() += 1;
            }
        }
    }
    let least = if asked > 8 { 2 } else { 1 };
    let mut found: Vec<(usize, i64)> = Vec::new();
    let mut shared: Vec<(i64, usize)> =
        shared.into_iter().filter(|(_, count)| *count >= least).collect();
    if shared.is_empty() {
        return Ok(Vec::new());
    }
    // Texts that came together lie together in the file.
    shared.sort_unstable();
    let length = texts.size(db, doc)?;
    for (bearer, count) in shared {
        // As long as a text is, so many of its runs are kept.
        let theirs = texts.size(db, bearer)? as f32 / (length.max(1)) as f32 * asked as f32;
        let shorter = theirs.min(asked as f32);
        if shorter < SAMPLE || count as f32 >= GUESSED * shorter {
            found.push((count, bearer));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(COMPARED);
    Ok(found.into_iter().map(|(_, bearer)| bearer).collect())
}

/// Writes a group of near-copies; the original is the one that was published first.
fn write_group(db: &Connection, texts: &mut Texts<'_>, group: &BTreeSet<i64>) -> Result<()> {
    let mut order = Vec::with_capacity(group.len());
    for &doc in group {
        let (day, key): (Option<i64>, Vec<u8>) = db
            .prepare_cached("SELECT published, key FROM _documents WHERE doc = ?1")?
            .query_row([doc], |row| Ok((row.get(0)?, row.get(1)?)))?;
        order.push((day.unwrap_or(i64::MAX), key, doc));
    }
    order.sort();
    let Some(&(_, _, original)) = order.first() else { return Ok(()) };
    let runs = texts.runs_of(db, original)?;
    db.prepare_cached("DELETE FROM _copies WHERE doc = ?1")?.execute([original])?;
    for &(_, _, doc) in &order[1..] {
        let similarity = f64::from(containment(&runs, &texts.runs_of(db, doc)?));
        db.prepare_cached(
            "INSERT OR REPLACE INTO _copies (doc, original, similarity) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![doc, original, (similarity * 1000.0).round() / 1000.0])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The governor opened the new bridge over the river on Monday and said that it would \
        shorten the way to the harbour by an hour. Farmers complained that nobody had asked them before \
        the road was built across their fields, and promised to go to court.";

    fn runs(text: &str) -> Box<[u32]> {
        halves(&super::runs(&Stemmer::default().words(text)))
    }

    #[test]
    fn copies_hold_what_was_copied() {
        let whole = runs(TEXT);
        let trimmed = runs(
            "“The governor opened the NEW bridge over the river on Monday and said that it \
            would shorten the way to the harbour by an hour.”",
        );
        assert!(containment(&whole, &trimmed) > 0.99);
        let other = runs(
            "A new bridge over the river was opened by the governor, who said on Monday that \
            the way to the harbour would be an hour shorter, while farmers went to court over their fields.",
        );
        assert!(containment(&whole, &other) < 0.2);
        assert_eq!(runs("وأكّد الرئيسُ أنَّ البلاد"), runs("واكد الرئيس ان البلاد"));
        assert!(containment(&runs("one two three"), &whole) < 0.1);
    }
}
