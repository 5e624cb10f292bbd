//! `khabar read`: inputs to records.

use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use khabar_lang::{Analyzer, Language};
use khabar_page::{Guarded, InputError, Inputs, PageOptions, RawContent, RawInput};
use khabar_read::Reader;
use khabar_record::{Article, Document, Record};

use crate::args::{Format, ReadArgs};
use crate::pool;
use crate::view::{self, Layout};

/// Reads every input and prints its record. The exit status is 1 when some could not be read.
pub(crate) fn run(args: &ReadArgs) -> Result<ExitCode> {
    let readers = Readers {
        options: PageOptions {
            as_is: args.as_is,
            published: args.published,
            language: args.lang.map(|lang| lang.code().to_owned()),
            ..PageOptions::default()
        },
        analyzer: Analyzer::new().context("the language models")?,
        reader: Reader::new().context("the built-in rules")?,
    };
    let paths = args.paths.iter().map(|path| path.to_string_lossy());
    let inputs = Inputs::new(paths, &readers.options.limits);
    let jobs = args.jobs.map_or_else(processors, usize::from);
    let mut output = Output::new(args.format);
    let worker = || {
        let mut pages = Guarded::new(readers.options.clone());
        let readers = &readers;
        move |input| readers.read(&mut pages, input)
    };
    pool::ordered(jobs, inputs, worker, |record| output.print(record))??;
    output.finish()
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What a worker needs to make a record of an input.
struct Readers {
    options: PageOptions,
    analyzer: Analyzer,
    reader: Reader,
}

impl Readers {
    fn read(&self, pages: &mut Guarded, input: Result<RawInput, InputError>) -> Record {
        let input = match input {
            Ok(input) => input,
            Err(error) => return failed(error.id(), error.source_name(), error.to_string()),
        };
        let name = input.source_name();
        let id = match &input.content {
            RawContent::Document(document) => document.id.clone(),
            RawContent::Html(_) | RawContent::Text(_) => None,
        };
        match pages.read(input) {
            Ok(article) => {
                let id = article.document.id.clone();
                // A fault of a reader in one document must not cost the others.
                catch_unwind(AssertUnwindSafe(|| self.read_article(article))).unwrap_or_else(|_| {
                    failed(Some(&id), &name, format!("{name}: the reader failed on this document"))
                })
            }
            Err(error) => failed(id.as_deref(), &name, error.to_string()),
        }
    }

    fn read_article(&self, article: Article) -> Record {
        let code = article.document.language.as_deref().unwrap_or_default();
        let Some(language) = Language::from_code(code) else {
            let mut record = Record::new(article.document);
            let name = record.document.language.as_deref().unwrap_or("of unknown name");
            record.errors.push(format!("the language {name} is not read: only ar and en are"));
            return record;
        };
        let analysis = self.analyzer.analyze(&article.document.text, language, &article.blocks);
        self.reader.read(article, &analysis)
    }
}

fn failed(id: Option<&str>, source: &str, error: String) -> Record {
    let mut record = Record::new(Document {
        id: id.unwrap_or(source).to_owned(),
        source: source.to_owned(),
        ..Document::default()
    });
    record.errors.push(error);
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
        let columns = if terminal { view::terminal_width() } else { 100 };
        let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        // Records that scroll by on a terminal are progress enough.
        let progress = if terminal { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        progress.set_style(
            ProgressStyle::with_template("{spinner} {pos} documents read, {per_sec}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        Self {
            out: io::BufWriter::with_capacity(1 << 16, io::stdout()),
            format,
            layout: Layout { width: columns, colour },
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
