//! What can go wrong with a store.

use std::path::{Path, PathBuf};

use khabar_record::SpanError;
use rusqlite::ErrorCode;
use thiserror::Error;

/// A fault of a store, with the file it lies in.
#[derive(Debug, Error)]
#[error("{}: {kind}", path.display())]
pub struct StoreError {
    path: PathBuf,
    kind: StoreErrorKind,
}

/// The kinds of fault.
#[derive(Debug, Error)]
pub(crate) enum StoreErrorKind {
    #[error("there is no store here; `khabar add` makes one")]
    Missing,
    #[error("not a store of khabar: {0}")]
    Foreign(String),
    #[error("made by a newer khabar (schema {found}, this one knows {known}); use that one")]
    Newer { found: i64, known: i64 },
    #[error("made by an older khabar; `khabar add` or `khabar reread` brings it up to date")]
    Older,
    #[error("the store is damaged: {0}")]
    Damaged(String),
    #[error("another process is writing to it and did not finish in time")]
    Busy,
    #[error(
        "there is no room left for it; what was being written is taken back, and the rest is whole"
    )]
    Full,
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

/// The result of work on a store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl StoreError {
    pub(crate) fn new(path: &Path, kind: impl Into<StoreErrorKind>) -> Self {
        Self { path: path.to_owned(), kind: kind.into() }
    }

    /// Whether the file is damaged, or is no store that this version can use, so that trying again won't help.
    pub fn is_damage(&self) -> bool {
        matches!(
            self.kind,
            StoreErrorKind::Foreign(_) | StoreErrorKind::Newer { .. } | StoreErrorKind::Damaged(_)
        )
    }

    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, StoreErrorKind::Missing)
    }
}

/// SQLite's code for a file that ends before its last page.
const SHORT_READ: i32 = 522;

impl From<rusqlite::Error> for StoreErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        let extended = error.sqlite_error().map(|error| error.extended_code);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(ErrorCode::NotADatabase) => Self::Foreign("the file is no SQLite database".into()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            _ if extended == Some(SHORT_READ) => Self::Damaged("the file ends too early".into()),
            // Rows that khabar did not write, or lacks.
            None if matches!(
                error,
                Error::InvalidColumnType(..)
                    | Error::FromSqlConversionFailure(..)
                    | Error::IntegralValueOutOfRange(..)
                    | Error::Utf8Error(..)
                    | Error::QueryReturnedNoRows
            ) =>
            {
                Self::Damaged(error.to_string())
            }
            _ => Self::Sqlite(error),
        }
    }
}

impl From<SpanError> for StoreErrorKind {
    fn from(error: SpanError) -> Self {
        Self::Damaged(error.to_string())
    }
}
