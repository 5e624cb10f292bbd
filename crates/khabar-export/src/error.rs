//! What can go wrong.

use std::io;
use std::path::PathBuf;

use khabar_table::TableError;
use parquet::errors::ParquetError;
use thiserror::Error;

/// The result of writing.
pub type Result<T, E = ExportError> = std::result::Result<T, E>;

/// A failure to write an export or to read what is to be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A file or folder can't be written.
    #[error("{}: {error}", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// A Parquet file can't be written.
    #[error("{}: {error}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        error: ParquetError,
    },
    /// A line of the input is no record.
    #[error("{name}:{line}: {fault}")]
    Input {
        /// The name of the input.
        name: String,
        /// The number of the line.
        line: u64,
        /// What is wrong with it.
        fault: String,
    },
    /// One of the built-in lists has a fault.
    #[error("a built-in list: {0}")]
    List(#[from] TableError),
}
