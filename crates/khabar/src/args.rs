//! The command line's shape. Help texts live here and nowhere else; the man page and the shell completions are made of them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Reads news in Arabic and English and keeps the record of it: who did what to whom, when, where, and according to whom.
#[derive(Debug, Parser)]
#[command(name = "khabar", version, arg_required_else_help = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  khabar read article.html                     read one page, for a person's eyes
  khabar read --format ndjson pages/ > out     one record a line for each page below a folder
  curl -s https://… | khabar read -            read a page from standard input
  khabar read --as-is --lang ar - < docs.ndjson
                                               clean texts, one JSON document a line; offsets refer to them

Exit status: 0 all went well, 1 some inputs could not be read, 2 wrong usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads pages and texts into records.
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Prints sentences, words, tags and trees as CoNLL-U.
    #[command(after_help = PARSE_EXAMPLES)]
    Parse(InputArgs),
    /// Prints the JSON Schema of a record.
    Schema,
    /// Prints a completion script for a shell.
    Completions {
        /// The shell to complete for.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page (roff).
    Man,
}

const READ_EXAMPLES: &str = "\
Examples:
  khabar read examples/
  khabar read --published 2023-02-27 article.txt
  khabar read --format ndjson 'crawl/*.html.gz' dump.ndjson";

const PARSE_EXAMPLES: &str = "\
Examples:
  khabar parse article.html
  echo 'The minister did not resign.' | khabar parse --as-is --lang en -";

/// What there is to read and how to take it.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Files, folders (read recursively), globs, or - for standard input: HTML, plain text, NDJSON documents, or any of
    /// these compressed with gzip.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The day of publication, for documents that do not say it (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,

    /// The language, for documents that do not say it.
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,

    /// Takes the text as clean already: it is left untouched and offsets refer to it.
    #[arg(long)]
    pub(crate) as_is: bool,

    /// How many documents to read at once; the output is the same for any number. Without it, one for each processor.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
}

/// What `khabar read` takes.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    /// How to print: a page for people or one JSON record a line. Without it, text on a terminal and NDJSON elsewhere.
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// How records are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A page for people.
    Text,
    /// One JSON record a line (khabar-record/1).
    Ndjson,
}

/// The languages that khabar reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Arabic.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// Returns the ISO 639-1 code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }
}
