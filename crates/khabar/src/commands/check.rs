//! `khabar check`: is the store whole?

use std::process::ExitCode;

use anyhow::Result;
use khabar_store::Store;

use crate::args::StoreArgs;

/// Reads every page of the store and loads every record.
pub(crate) fn run(args: &StoreArgs) -> Result<ExitCode> {
    let store = Store::open(&args.db)?;
    store.check()?;
    let mut count = 0_u64;
    for document in store.records(&khabar_store::Filter::default())? {
        document?;
        count += 1;
    }
    eprintln!("khabar: {}: {count} documents, no fault", args.db.display());
    Ok(ExitCode::SUCCESS)
}
