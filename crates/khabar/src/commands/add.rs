//! `khabar add`: inputs into the store.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use khabar_read::Reader;
use khabar_store::{Change, NewDocument, Store};

use crate::args::AddArgs;
use crate::documents::{self, Outcome};

/// The version of what reads: the page step, the language layer and the readers together. Whoever changes what they make of
/// a document raises it, and `khabar reread` brings old stores up to date.
pub(crate) const READER: u32 = 1;

/// Reads every input that the store does not have yet and keeps its record. The exit status is 1 when some could not be
/// read.
pub(crate) fn run(args: &AddArgs) -> Result<ExitCode> {
    let reader = Reader::new();
    let db = &args.store.db;
    let mut intake = Intake::new(Store::create(db)?);
    let known = || {
        let store = Store::open(db)?;
        // A fault of the store will show when the document is kept.
        Ok(move |key| store.reader_of(key).ok().flatten().is_some_and(|version| version >= READER))
    };
    documents::each_unknown(
        &args.input,
        known,
        |article, analysis| {
            let blocks = article.blocks.clone();
            (reader.read(article, analysis), blocks)
        },
        |outcome| {
            intake.progress.inc(1);
            match outcome {
                Outcome::Read(key, (record, blocks)) => {
                    intake.take(NewDocument { key, reader: READER, record, blocks })
                }
                Outcome::Known(key, source) => {
                    intake.unchanged += 1;
                    Ok(intake.store.found(key, &source)?)
                }
                Outcome::Failed(failure) => {
                    intake.failed += 1;
                    intake.progress.suspend(|| eprintln!("khabar: {}", failure.error));
                    Ok(())
                }
            }
        },
    )?;
    intake.finish()
}

/// Brings stories and happenings up to date, and tells how far it is.
pub(super) fn settle(store: &mut Store, progress: &ProgressBar) -> Result<()> {
    progress.set_style(
        ProgressStyle::with_template("{spinner} grouping stories, {msg} documents left")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    store.settle(|left| {
        progress.set_message(left.to_string());
        progress.tick();
    })?;
    Ok(())
}

/// How many documents are kept in one transaction, and how many bytes of text at most.
const BATCH: usize = 128;
const BATCH_BYTES: usize = 8 << 20;

/// After this time a batch is kept however small it is: whoever reads the store meanwhile wants to see them.
const BATCH_TIME: Duration = Duration::from_secs(2);

/// Gathers documents, so that the store is locked for short moments only, and never while something is being read.
pub(super) struct Intake {
    pub(super) store: Store,
    pub(super) progress: ProgressBar,
    batch: Vec<NewDocument>,
    bytes: usize,
    since: Instant,
    added: u64,
    replaced: u64,
    unchanged: u64,
    failed: u64,
}

impl Intake {
    pub(super) fn new(store: Store) -> Self {
        let progress = ProgressBar::new_spinner();
        progress.set_style(
            ProgressStyle::with_template("{spinner} {pos} documents, {per_sec}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        Self {
            store,
            progress,
            batch: Vec::new(),
            bytes: 0,
            since: Instant::now(),
            added: 0,
            replaced: 0,
            unchanged: 0,
            failed: 0,
        }
    }

    fn take(&mut self, document: NewDocument) -> Result<()> {
        if self.batch.is_empty() {
            self.since = Instant::now();
        }
        self.bytes += document.record.document.text.len();
        self.batch.push(document);
        if self.batch.len() >= BATCH
            || self.bytes >= BATCH_BYTES
            || self.since.elapsed() >= BATCH_TIME
        {
            self.keep()?;
        }
        Ok(())
    }

    fn keep(&mut self) -> Result<()> {
        self.bytes = 0;
        for change in self.store.add(self.batch.drain(..))? {
            match change {
                Change::Added => self.added += 1,
                Change::Replaced => self.replaced += 1,
                Change::Unchanged => self.unchanged += 1,
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ExitCode> {
        self.keep()?;
        settle(&mut self.store, &self.progress)?;
        self.progress.finish_and_clear();
        let mut facts = vec![format!("{} added", self.added)];
        for (count, what) in [
            (self.replaced, "read anew"),
            (self.unchanged, "there already"),
            (self.failed, "could not be read"),
        ] {
            if count > 0 {
                facts.push(format!("{count} {what}"));
            }
        }
        let count = self.store.count()?;
        eprintln!("khabar: {}; the store has {count} documents", facts.join(", "));
        Ok(ExitCode::from(u8::from(self.failed > 0)))
    }
}
