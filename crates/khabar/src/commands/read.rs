//! `khabar read`: inputs to records.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use khabar_read::Reader;
use khabar_record::Record;

use crate::args::{Format, ReadArgs};
use crate::documents::{self, Failure};
use crate::view::{self, Layout};

/// Reads every input and prints its record. The exit status is 1 when some could not be read.
pub(crate) fn run(args: &ReadArgs) -> Result<ExitCode> {
    let reader = Reader::new();
    let mut output = Output::new(args.format);
    documents::each(
        &args.input,
        |article, analysis| reader.read(article, analysis),
        |document| output.print(document.unwrap_or_else(error_record)),
    )?;
    output.finish()
}

fn error_record(failure: Failure) -> Record {
    let mut record = Record::new(*failure.document);
    record.errors.push(failure.error);
    record
}

/// Where records go, and what is told on standard error meanwhile.
struct Output {
    out: io::BufWriter<io::Stdout>,
    format: Format,
    layout: Layout,
    progress: ProgressBar,
    read: u64,
    failed: u64,
}

impl Output {
    fn new(format: Option<Format>) -> Self {
        let terminal = io::stdout().is_terminal();
        let format = format.unwrap_or(if terminal { Format::Text } else { Format::Ndjson });
        // Records that scroll by on a terminal are progress enough.
        let progress = if terminal { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        progress.set_style(
            ProgressStyle::with_template("{spinner} {pos} documents read, {per_sec}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        Self {
            out: io::BufWriter::with_capacity(1 << 16, io::stdout()),
            format,
            layout: Layout::of_output(),
            progress,
            read: 0,
            failed: 0,
        }
    }

    fn print(&mut self, record: Record) -> io::Result<()> {
        self.progress.inc(1);
        self.read += 1;
        if !record.errors.is_empty() {
            self.failed += 1;
            if self.format == Format::Text {
                self.progress.suspend(|| {
                    for error in &record.errors {
                        eprintln!("khabar: {error}");
                    }
                });
            }
        }
        match self.format {
            Format::Ndjson => {
                serde_json::to_writer(&mut self.out, &record.into_code_points())?;
                self.out.write_all(b"\n")
            }
            Format::Text if record.document.text.is_empty() => Ok(()),
            Format::Text => {
                if self.read > 1 {
                    let rule = "─".repeat(self.layout.width.min(100));
                    writeln!(self.out, "\n{rule}\n")?;
                }
                self.out.write_all(view::render(&record, self.layout).as_bytes())
            }
        }
    }

    fn finish(mut self) -> Result<ExitCode> {
        self.out.flush()?;
        self.progress.finish_and_clear();
        if self.failed == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        if self.format == Format::Ndjson || self.read > 1 {
            eprintln!("khabar: {} of {} inputs could not be read", self.failed, self.read);
        }
        Ok(ExitCode::from(1))
    }
}
