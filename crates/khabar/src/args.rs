//! The command line's shape. Help texts live here and nowhere else; the man page and the shell completions are made of them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use khabar_store::Filter;

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

Exit status: 0 all went well, 1 some inputs could not be read or nothing was found, 2 wrong usage, 3 the store is damaged.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reads pages and texts into records.
    #[command(after_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Prints sentences, words, tags and trees as CoNLL-U.
    #[command(after_help = PARSE_EXAMPLES)]
    Parse(InputArgs),
    /// Reads pages and texts and keeps their records in a store.
    #[command(after_help = ADD_EXAMPLES)]
    Add(AddArgs),
    /// Finds documents, statements and events in a store.
    #[command(after_help = SEARCH_EXAMPLES)]
    Search(SearchArgs),
    /// Shows a document of a store, or one of its statements or events.
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Tells what somebody said and did, and what was said of them and done to them.
    #[command(after_help = WHO_EXAMPLES)]
    Who(WhoArgs),
    /// Lists contested claims: who asserts them, who denies them, which numbers contradict each other, since when.
    Claims(SearchArgs),
    /// Lists stories: documents on the same happening, across outlets, days and languages.
    #[command(after_help = STORIES_EXAMPLES)]
    Stories(SearchArgs),
    /// Tells a story: its documents, what happened once however often it is reported, who said so first and who denies it.
    #[command(after_help = STORY_EXAMPLES)]
    Story(StoryArgs),
    /// Lists what happened, day by day.
    Timeline(SearchArgs),
    /// Reads the documents of a store again, where an older khabar read them.
    Reread(RereadArgs),
    /// Writes a store in the formats of other programs.
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Looks through a store for faults.
    Check(StoreArgs),
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

const ADD_EXAMPLES: &str = "\
Examples:
  khabar add pages/                            what is there already is not read again
  khabar add --db war.db 'crawl/*.html.gz' dump.ndjson
  sqlite3 khabar.db 'SELECT source, stance, words FROM statements LIMIT 10'";

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

/// Which store is meant.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// The store: one file.
    #[arg(long, value_name = "FILE", default_value = "khabar.db")]
    pub(crate) db: PathBuf,
}

/// What `khabar add` takes.
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  khabar search dam collapse                   in all forms of the words; names in both scripts
  khabar search '\"water minister\"' --since 2021-06-01 --lang ar
  khabar search --speaker Haddad flood         what Haddad says of floods
  khabar search --event ASSAULT --country SYR --format csv";

const SHOW_EXAMPLES: &str = "\
Examples:
  khabar show 3f2a9c01bd                       the start of a document's key is enough
  khabar show 3f2a9c01bd/s3 --format json";

const WHO_EXAMPLES: &str = "\
Examples:
  khabar who Layla Haddad
  khabar who حداد --since 2021-06-01 --format ndjson";

const STORIES_EXAMPLES: &str = "\
Examples:
  khabar stories                               the stories with most documents
  khabar stories dam --since 2021-06-01        only those with a document that speaks of a dam
  khabar stories --country YEM --event ASSAULT --format json";

const STORY_EXAMPLES: &str = "\
Examples:
  khabar story 3f2a9c01bd                      the story of this document
  khabar story 3f2a9c01bd --format csv         all reports and denials as rows";

/// Which documents, statements and events are meant.
#[derive(Debug, Default, Args)]
pub(crate) struct FilterArgs {
    /// Only what this one says.
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Only what is said of this one.
    #[arg(long, value_name = "NAME")]
    pub(crate) about: Option<String>,

    /// Only events in which this one acts or is acted upon.
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,

    /// Only what this state does, says or suffers, and events in it (ISO 3166-1 alpha-3).
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,

    /// Only events of this PLOVER type, or type and mode (ASSAULT, ASSAULT/aerial).
    #[arg(long, value_name = "TYPE")]
    pub(crate) event: Option<String>,

    /// Only documents published on this day or later (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,

    /// Only documents published on this day or earlier.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,

    /// Only documents in this language.
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Lang>,

    /// Only documents of this outlet; a part of its name is enough.
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
}

impl FilterArgs {
    /// The filter, with words that must occur.
    pub(crate) fn filter(&self, words: &[String]) -> Filter {
        Filter {
            words: words.join(" "),
            speaker: self.speaker.clone(),
            about: self.about.clone(),
            actor: self.actor.clone(),
            country: self.country.clone(),
            event: self.event.clone(),
            since: self.since,
            until: self.until,
            language: self.lang.map(|lang| lang.code().to_owned()),
            outlet: self.outlet.clone(),
        }
    }
}

/// How much is printed, and in what form.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// How many to print at most.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,

    /// How to print: for people, or one of the forms for programs. Without it, text on a terminal and NDJSON elsewhere.
    #[arg(long, value_enum)]
    pub(crate) format: Option<RowFormat>,
}

/// How rows are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Ndjson,
    /// A table with a header line.
    Csv,
    /// One JSON document.
    Json,
}

/// What `khabar search`, `claims`, `stories` and `timeline` take.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Words that all must occur, in any of their forms; those between quotation marks side by side.
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// What `khabar show` takes.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A document's key or the start of it, its identifier, path or address; /s3 or /v1 behind it means one of its statements
    /// or events.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// How to print. Without it, text on a terminal and NDJSON elsewhere.
    #[arg(long, value_enum)]
    pub(crate) format: Option<RowFormat>,
}

/// What `khabar story` takes.
#[derive(Debug, Args)]
pub(crate) struct StoryArgs {
    /// A document of the story: its key or the start of it, its identifier, path or address.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// What `khabar who` takes.
#[derive(Debug, Args)]
pub(crate) struct WhoArgs {
    /// The name, or a part of it, in either script.
    #[arg(required = true, value_name = "NAME")]
    pub(crate) name: Vec<String>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const EXPORT_EXAMPLES: &str = "\
Examples:
  khabar export --to parquet tables/           for DuckDB, Polars, pandas, Spark
  khabar export --to csv tables/ --since 2021-06-01 --lang ar
  khabar export --to ftm - --speaker Haddad | ftm validate
  khabar read --format ndjson pages/ | khabar export --to gdelt gdelt/ --records -";

/// What `khabar export` takes.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The format.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) to: ExportFormat,

    /// The file, or - for standard output; for parquet, csv and gdelt the folder.
    #[arg(value_name = "FILE|FOLDER")]
    pub(crate) out: PathBuf,

    /// Only documents with all of these words, in any of their forms.
    #[arg(value_name = "WORD", conflicts_with = "records")]
    pub(crate) words: Vec<String>,

    /// Takes the records of this file (khabar-record/1 as NDJSON, - for standard input) and no store.
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "db", "speaker", "about", "actor", "country", "event", "since", "until", "lang", "outlet",
    ])]
    pub(crate) records: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Parquet files, one a table.
    Parquet,
    /// The records themselves, one JSON record a line.
    Ndjson,
    /// CSV files, one a table.
    Csv,
    /// Events, Mentions and Global Knowledge Graph in the columns of GDELT 2.
    Gdelt,
    /// Events in the columns of POLECAT.
    Polecat,
    /// FollowTheMoney entities, one JSON entity a line.
    Ftm,
    /// W3C Web Annotations, one page of JSON-LD.
    #[value(name = "webannotation")]
    WebAnnotation,
}

impl ExportFormat {
    /// The format of the library.
    pub(crate) fn format(self) -> khabar_export::Format {
        match self {
            Self::Parquet => khabar_export::Format::Parquet,
            Self::Ndjson => khabar_export::Format::Ndjson,
            Self::Csv => khabar_export::Format::Csv,
            Self::Gdelt => khabar_export::Format::Gdelt,
            Self::Polecat => khabar_export::Format::Polecat,
            Self::Ftm => khabar_export::Format::FollowTheMoney,
            Self::WebAnnotation => khabar_export::Format::WebAnnotation,
        }
    }
}

/// What `khabar reread` takes.
#[derive(Debug, Args)]
pub(crate) struct RereadArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Reads all documents again, also those that this khabar read.
    #[arg(long)]
    pub(crate) all: bool,

    /// How many documents to read at once. Without it, one for each processor.
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
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
