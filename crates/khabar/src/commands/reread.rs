//! `khabar reread`: the documents of a store through the readers again, from the texts that the store keeps.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Block};
use khabar_store::{DocumentKey, NewDocument, Store, StoredDocument};

use crate::args::RereadArgs;
use crate::commands::add::{READER, settle};
use crate::documents::processors;
use crate::pool;

/// How many documents are taken out, read and put back at a time; each time is one transaction.
const BATCH: u32 = 128;

/// Reads again what an older reader read, or everything.
pub(crate) fn run(args: &RereadArgs) -> Result<ExitCode> {
    // A store that is not there has nothing to read again and must not be made.
    drop(Store::open(&args.store.db)?);
    let mut store = Store::create(&args.store.db)?;
    let analyzer = Analyzer::new().context("the language models")?;
    let reader = Reader::new();
    let jobs = args.jobs.map_or_else(processors, usize::from);
    let older_than = if args.all { u32::MAX } else { READER };
    let mut after: Option<DocumentKey> = None;
    let mut count = 0;
    loop {
        let documents = store.outdated(older_than, after, BATCH)?;
        let Some(last) = documents.last() else { break };
        after = Some(last.0.key);
        let mut batch = Vec::with_capacity(documents.len());
        let worker = || |(stored, blocks)| reread(&analyzer, &reader, stored, blocks);
        pool::ordered(jobs, documents.into_iter(), worker, |new| {
            batch.extend(new);
            anyhow::Ok(())
        })??;
        count += batch.len();
        store.replace(batch)?;
    }
    let progress = ProgressBar::new_spinner();
    settle(&mut store, &progress)?;
    progress.finish_and_clear();
    eprintln!("khabar: {count} documents read anew");
    Ok(ExitCode::SUCCESS)
}

fn reread(
    analyzer: &Analyzer,
    reader: &Reader,
    stored: StoredDocument,
    blocks: Vec<Block>,
) -> Option<NewDocument> {
    let document = stored.record.document;
    let language = Language::from_code(document.language.as_deref()?)?;
    // A fault of a reader in one document must not cost the others, and what the store has of it stays.
    let record = catch_unwind(AssertUnwindSafe(|| {
        let analysis = analyzer.analyze(&document.text, language, &blocks);
        reader.read(Article { document, blocks: blocks.clone() }, &analysis)
    }));
    Some(NewDocument { key: stored.key, reader: READER, record: record.ok()?, blocks })
}
