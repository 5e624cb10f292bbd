//! Files that appear when they are whole.
//!
//! An export of a large store takes minutes. Whoever stops it must not be left with a file that looks complete, so a file is
//! written beside its place and moved there in the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::{ExportError, Result};

/// A file that is being written, or standard output.
#[derive(Debug)]
pub(crate) struct Output {
    path: PathBuf,
    /// Where the bytes go meanwhile; `None` for standard output.
    part: Option<PathBuf>,
    out: Option<Sink>,
}

#[derive(Debug)]
enum Sink {
    File(BufWriter<File>),
    Standard(BufWriter<io::Stdout>),
}

impl Output {
    /// Begins a file, or standard output for `-`.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        if path == Path::new("-") {
            let out = Sink::Standard(BufWriter::with_capacity(1 << 16, io::stdout()));
            return Ok(Self { path: "standard output".into(), part: None, out: Some(out) });
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let fault = |error| ExportError::Output { path: path.to_owned(), error };
        if path.is_dir() {
            return Err(fault(io::Error::other("it is a folder; a file is wanted")));
        }
        let file = File::create(&part).map_err(fault)?;
        let out = Sink::File(BufWriter::with_capacity(1 << 16, file));
        Ok(Self { path: path.to_owned(), part: Some(part), out: Some(out) })
    }

    /// Begins a file in a folder.
    pub(crate) fn create_in(folder: &Path, name: &str) -> Result<Self> {
        Self::create(&folder.join(name))
    }

    /// The place of the file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Names the file in an error.
    pub(crate) fn fault(&self, error: io::Error) -> ExportError {
        ExportError::Output { path: self.path.clone(), error }
    }

    /// Writes a piece and names the file if that fails.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes).map_err(|error| self.fault(error))
    }

    /// Writes a value as one line of JSON.
    pub(crate) fn put_json(&mut self, value: &impl serde::Serialize) -> Result<()> {
        serde_json::to_writer(&mut *self, value).map_err(|error| self.fault(error.into()))?;
        self.put(b"\n")
    }

    /// Closes the file and moves it to its place.
    pub(crate) fn finish(mut self) -> Result<()> {
        let finished = self.flush();
        self.out = None;
        let moved = match self.part.take() {
            Some(part) if finished.is_ok() => fs::rename(part, &self.path),
            _ => Ok(()),
        };
        finished.and(moved).map_err(|error| self.fault(error))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Some(Sink::File(file)) => file.write(bytes),
            Some(Sink::Standard(out)) => out.write(bytes),
            None => Err(io::Error::other("the file is closed")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Some(Sink::File(file)) => file.flush(),
            Some(Sink::Standard(out)) => out.flush(),
            None => Ok(()),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(part) = self.part.take() {
            self.out = None;
            // It is of no use to anyone, and if it can't be removed nothing is lost either.
            let _ = fs::remove_file(part);
        }
    }
}

/// Makes a folder for an export of several files.
pub(crate) fn folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| ExportError::Output { path: path.to_owned(), error })
}
