//! What there is to read: paths, directories, patterns and the standard input, as a stream of inputs in a fixed order.
//!
//! A run over an archive names a directory, not its files, and must give the same records in the same order every time;
//! so directories are walked sorted by name, and a file of a million documents is handed out line by line.

mod document;
mod paths;
mod sniff;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::vec;

use flate2::read::MultiGzDecoder;

pub use document::{GivenDocument, GivenMoment};

use crate::Limits;
use crate::error::{InputError, InputErrorKind};
use sniff::Kind;

/// One document, read but not understood.
#[derive(Clone, Debug)]
pub struct RawInput {
    /// The path it came from, or `-`.
    pub source: String,
    /// The line of the file it stood on, counted from 1, when a file holds many documents.
    pub line: Option<u64>,
    /// The document itself.
    pub content: RawContent,
}

/// A document's content, by what it is.
#[derive(Clone, Debug)]
pub enum RawContent {
    /// A page of HTML, in any encoding.
    Html(Vec<u8>),
    /// Plain text, in any encoding.
    Text(Vec<u8>),
    /// A document of an NDJSON file.
    Document(Box<GivenDocument>),
}

impl RawInput {
    /// Returns the name by which messages call this input.
    pub fn source_name(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.source),
            None => self.source.clone(),
        }
    }
}

/// The inputs under a list of paths, in the order given and sorted within directories.
#[derive(Debug)]
pub struct Inputs {
    paths: vec::IntoIter<Result<PathBuf, InputError>>,
    lines: Option<Lines>,
    max_bytes: usize,
}

impl Inputs {
    /// Finds what the arguments name: files, directories (with all below them), patterns, and `-` for the standard input.
    /// An argument that names nothing becomes an error in its place.
    pub fn new<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>, limits: &Limits) -> Self {
        let mut found = Vec::new();
        for argument in arguments {
            paths::expand(argument.as_ref(), &mut found);
        }
        Self { paths: found.into_iter(), lines: None, max_bytes: limits.max_bytes }
    }

    fn open(&mut self, path: &Path) -> Result<Option<RawInput>, InputError> {
        let source = path.to_string_lossy().into_owned();
        let io = |error: io::Error| InputError::new(&source, error);
        let raw: Box<dyn Read + Send> = if source == "-" {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(io)?)
        };
        let mut raw = BufReader::new(raw);
        let zipped = raw.fill_buf().map_err(io)?.starts_with(&[0x1f, 0x8b]);
        let mut reader: Box<dyn BufRead + Send> = if zipped {
            Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(raw)))
        } else {
            Box::new(raw)
        };
        let kind = sniff::kind(&source, reader.fill_buf().map_err(io)?);
        if kind == Kind::Documents {
            self.lines = Some(Lines { reader, source, number: 0, max_bytes: self.max_bytes });
            return Ok(None);
        }
        let bytes = read_all(reader, self.max_bytes, &source)?;
        // A text of one line that is a JSON object is a document without its line end.
        let content =
            if kind == Kind::Html { RawContent::Html(bytes) } else { RawContent::Text(bytes) };
        Ok(Some(RawInput { source, line: None, content }))
    }
}

impl Iterator for Inputs {
    type Item = Result<RawInput, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(input) = lines.next() {
                    return Some(input);
                }
                self.lines = None;
            }
            match self.paths.next()? {
                Err(error) => return Some(Err(error)),
                Ok(path) => match self.open(&path) {
                    Ok(None) => {}
                    Ok(Some(input)) => return Some(Ok(input)),
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

/// Reads one line of NDJSON, for fuzzing.
pub(crate) fn parse_line(line: &[u8]) -> Option<GivenDocument> {
    document::parse(line).ok()
}

/// Looks at the first bytes of a file, for fuzzing.
pub(crate) fn sniff_kind(name: &str, start: &[u8]) {
    let _ = sniff::kind(name, start);
}

fn read_all(reader: impl Read, max_bytes: usize, source: &str) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    let limit = max_bytes as u64 + 1;
    reader.take(limit).read_to_end(&mut bytes).map_err(|e| InputError::new(source, e))?;
    if bytes.len() > max_bytes {
        return Err(InputError::new(source, InputErrorKind::TooLarge(max_bytes)));
    }
    Ok(bytes)
}

/// The documents of an NDJSON file, one line in memory at a time.
struct Lines {
    reader: Box<dyn BufRead + Send>,
    source: String,
    number: u64,
    max_bytes: usize,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines")
            .field("source", &self.source)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl Lines {
    fn next(&mut self) -> Option<Result<RawInput, InputError>> {
        loop {
            let mut line = Vec::new();
            let limit = self.max_bytes as u64 + 1;
            let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut line);
            self.number += 1;
            let name = format!("{}:{}", self.source, self.number);
            match read {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // What follows a broken stream can't be trusted to be lines.
                    self.reader = Box::new(io::empty());
                    return Some(Err(InputError::new(name, error)));
                }
            }
            if line.len() > self.max_bytes {
                self.reader = Box::new(io::empty());
                return Some(Err(InputError::new(name, InputErrorKind::TooLarge(self.max_bytes))));
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            return Some(
                document::parse(&line)
                    .map_err(|(id, error)| InputError::new(name, error).with_id(id))
                    .map(|document| RawInput {
                        source: self.source.clone(),
                        line: Some(self.number),
                        content: RawContent::Document(Box::new(document)),
                    }),
            );
        }
    }
}
