//! Near-copies: documents that say in all but the same words what another says.
//!
//! A text is taken as the set of its runs of three words, folded so that spelling variants meet. Copying, trimming, retitling
//! and the exchange of paragraphs leave most runs of the shorter text standing in the longer one; another report of the same
//! happening shares few. A sixteenth of the runs, chosen by their hash, is kept in an index that finds what is worth
//! comparing; then the texts themselves are compared. Whether two documents are near-copies depends on the two alone, and a
//! group is what such pairs connect, so that the order of adding does not show.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreErrorKind;
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

/// The share of the shorter text's runs that stand in the longer; nothing for texts that are too short.
pub(crate) fn containment(one: &[u64], other: &[u64]) -> f32 {
    let shorter = one.len().min(other.len());
    if shorter < LEAST {
        return if one == other && !one.is_empty() { 1.0 } else { 0.0 };
    }
    let (mut a, mut b, mut common) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                a += 1;
                b += 1;
            }
        }
    }
    common as f32 / shorter as f32
}

/// Whether two texts are near-copies.
pub(crate) fn are_copies(containment: f32) -> bool {
    containment >= CONTAINED
}

/// The kept runs of texts that were put into the index and are not yet held against others.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    runs: HashMap<i64, Box<[i64]>>,
    count: usize,
}

/// At most so many runs are remembered, to bound the memory; those of other texts are found again in the texts.
const FRESH: usize = 1 << 20;

impl Fresh {
    /// Forgets all; to be called when a transaction is rolled back, and when everything is settled.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    fn keep(&mut self, doc: i64, runs: Box<[i64]>) {
        if self.count + runs.len() <= FRESH {
            self.count += runs.len();
            self.runs.insert(doc, runs);
        }
    }
}

/// Puts a text into the index, by the hashes of its words.
pub(crate) fn index(db: &Connection, fresh: &mut Fresh, doc: i64, words: &[u64]) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO _runs (run, doc) VALUES (?1, ?2)")?;
    let runs: Box<[i64]> = kept(&runs(words)).collect();
    for run in &runs {
        insert.execute([*run, doc])?;
    }
    fresh.keep(doc, runs);
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

/// The runs of texts that are compared over and over while a portion is settled.
#[derive(Debug)]
pub(crate) struct Texts<'s> {
    runs: HashMap<i64, Rc<[u64]>>,
    stemmer: &'s mut Stemmer,
    fresh: &'s Fresh,
}

/// Beyond so many texts all are forgotten, to bound the memory.
const REMEMBERED: usize = 4_096;

impl<'s> Texts<'s> {
    pub(crate) fn new(stemmer: &'s mut Stemmer, fresh: &'s Fresh) -> Self {
        Self { runs: HashMap::new(), stemmer, fresh }
    }

    /// The runs of a text that the index keeps.
    fn kept_of(&mut self, db: &Connection, doc: i64) -> Result<Box<[i64]>> {
        match self.fresh.runs.get(&doc) {
            Some(runs) => Ok(runs.clone()),
            None => Ok(kept(&self.runs_of(db, doc)?).collect()),
        }
    }

    fn runs_of(&mut self, db: &Connection, doc: i64) -> Result<Rc<[u64]>> {
        if let Some(known) = self.runs.get(&doc) {
            return Ok(Rc::clone(known));
        }
        let text: Arc<str> = db
            .prepare_cached("SELECT text FROM _texts WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        let runs: Rc<[u64]> = runs(&self.stemmer.words(&text)).into();
        if self.runs.len() >= REMEMBERED {
            self.runs.clear();
        }
        self.runs.insert(doc, Rc::clone(&runs));
        Ok(runs)
    }
}

/// Bytes of a text, which the file knows without reading it.
fn size(db: &Connection, doc: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT octet_length(text) FROM _texts WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))?)
}

/// Finds the near-copies of a document and makes one group of theirs.
pub(crate) fn link(db: &Connection, texts: &mut Texts<'_>, doc: i64) -> Result<()> {
    let own = texts.kept_of(db, doc)?;
    let mut group = group_of(db, doc)?;
    let before = group.len();
    for other in promising(db, doc, &own)? {
        if group.contains(&other) {
            continue;
        }
        let shared = containment(&texts.runs_of(db, doc)?, &texts.runs_of(db, other)?);
        if are_copies(shared) {
            group.extend(group_of(db, other)?);
        }
    }
    if group.len() > before { write_group(db, texts, &group) } else { Ok(()) }
}

/// The documents that share runs with a document, those that share most first.
fn promising(db: &Connection, doc: i64, own: &[i64]) -> Result<Vec<i64>> {
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
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
    shared.retain(|_, count| *count >= least);
    if shared.is_empty() {
        return Ok(Vec::new());
    }
    let length = size(db, doc)?;
    for (bearer, count) in shared {
        // As long as a text is, so many of its runs are kept.
        let theirs = size(db, bearer)? as f32 / (length.max(1)) as f32 * asked as f32;
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

    fn runs(text: &str) -> Vec<u64> {
        super::runs(&Stemmer::default().words(text))
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
