//! What is remembered of texts until stories are settled, so that it is not made out of them anew for each comparison.
//!
//! All of it can be made again: what does not find room is, and nothing that is decided depends on it.

use std::sync::Arc;

use crate::quick::QuickMap;

/// What is remembered of texts by the numbers of their documents.
#[derive(Debug, Default)]
pub(crate) struct Fresh {
    /// The kept runs of texts that were put into the index and are not yet held against others.
    kept: QuickMap<i64, Box<[i64]>>,
    count: usize,
    /// All runs of texts, those that were asked for lately and those before.
    young: Generation,
    old: Generation,
    /// Bytes of texts.
    sizes: QuickMap<i64, i64>,
}

/// Texts with all their runs.
#[derive(Debug, Default)]
struct Generation {
    runs: QuickMap<i64, Arc<[u32]>>,
    count: usize,
}

/// At most so many kept runs are remembered, to bound the memory.
const KEPT: usize = 1 << 20;

/// At most so many runs stand in one of two generations: some twenty thousand articles, and 32 MB in both. When a generation
/// is full it becomes the old one; what is asked for again meanwhile stays.
const GENERATION: usize = 4 << 20;

/// At most so many sizes are remembered.
const SIZES: usize = 1 << 18;

impl Fresh {
    /// Forgets all; to be called when a transaction is rolled back, when another connection has changed the file, and when
    /// everything is settled.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Remembers a text that is put into the index.
    pub(crate) fn keep(&mut self, doc: i64, kept: Box<[i64]>, runs: Box<[u32]>) {
        self.sizes.remove(&doc);
        if let Some(before) = self.kept.remove(&doc) {
            self.count -= before.len();
        }
        if self.count + kept.len() <= KEPT {
            self.count += kept.len();
            self.kept.insert(doc, kept);
        }
        self.remember(doc, runs);
    }

    /// The runs of a text that the index keeps.
    pub(crate) fn kept(&self, doc: i64) -> Option<&[i64]> {
        self.kept.get(&doc).map(|runs| &**runs)
    }

    /// All runs of a text.
    pub(crate) fn runs(&mut self, doc: i64) -> Option<Arc<[u32]>> {
        if let Some(runs) = self.young.runs.get(&doc) {
            return Some(Arc::clone(runs));
        }
        let runs = self.old.runs.remove(&doc)?;
        self.put(doc, Arc::clone(&runs));
        Some(runs)
    }

    /// Remembers all runs of a text.
    pub(crate) fn remember(&mut self, doc: i64, runs: Box<[u32]>) -> Arc<[u32]> {
        let runs: Arc<[u32]> = runs.into();
        self.put(doc, Arc::clone(&runs));
        runs
    }

    fn put(&mut self, doc: i64, runs: Arc<[u32]>) {
        if self.young.count + runs.len() > GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.count += runs.len();
        if let Some(before) = self.young.runs.insert(doc, runs) {
            self.young.count -= before.len();
        }
    }

    pub(crate) fn size(&self, doc: i64) -> Option<i64> {
        self.sizes.get(&doc).copied()
    }

    pub(crate) fn note_size(&mut self, doc: i64, size: i64) {
        if self.sizes.len() >= SIZES {
            self.sizes.clear();
        }
        self.sizes.insert(doc, size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut fresh = Fresh::default();
        let text = |doc: i64| vec![doc as u32; GENERATION / 8].into_boxed_slice();
        for doc in 0..40 {
            fresh.remember(doc, text(doc));
            assert_eq!(fresh.runs(0).as_deref(), Some(&*text(0)));
        }
        assert!(fresh.runs(39).is_some() && fresh.runs(3).is_none());
        assert!(fresh.young.runs.len() + fresh.old.runs.len() <= 17);
    }
}
