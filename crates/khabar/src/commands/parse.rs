//! `khabar parse`: inputs to CoNLL-U.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use khabar_lang::conllu;

use crate::args::InputArgs;
use crate::documents;

/// Analyses every input and prints its sentences. The exit status is 1 when some could not be read.
pub(crate) fn run(args: &InputArgs) -> Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = false;
    documents::each(
        args,
        |article, analysis| {
            format!("# newdoc id = {}\n{}", article.document.id, conllu::render(analysis))
        },
        |document| match document {
            Ok(text) => out.write_all(text.as_bytes()),
            Err(failure) => {
                failed = true;
                eprintln!("khabar: {}", failure.error);
                Ok(())
            }
        },
    )?;
    out.flush()?;
    Ok(ExitCode::from(u8::from(failed)))
}
