//! Opening, making and checking the file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use khabar_record::Block;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior};

use crate::claims::{self, Claim};
use crate::error::{Result, StoreError, StoreErrorKind};
use crate::read::Loader;
use crate::records::{self, Records};
use crate::search::{self, Hit};
use crate::timeline::{self, Timeline};
use crate::who::{self, Who};
use crate::write::{self, Change, NewDocument, Writer};
use crate::{DocumentKey, Filter, StoredDocument, Story, resolve, stories, views};

/// The version of the tables. A change of `tables.sql` raises it and comes with a step in [`Store::migrate`].
const SCHEMA: i64 = 5;

/// Marks the file as ours in its header: "khbr".
const APPLICATION: i64 = 0x6b68_6272;

const TABLES: &str = include_str!("sql/tables.sql");
/// The tables of documents and of what several of them share, as they are since version 5.
const RECORDS: &str = include_str!("sql/records.sql");
/// The tables of stories whose happenings are to be found anew, which came with version 5.
const STALE: &str = include_str!("sql/stale.sql");
/// From the tables of version 4 to these; rows become items (`rows_4`).
const TO_5: &str = include_str!("sql/to_5.sql");
/// The tables of what a record has many of, as they were in version 4.
const ROWS_4: &str = include_str!("sql/rows_4.sql");
/// From the tables of version 3, which had a document's number and another as their key, to those of version 4.
const TO_4: &str = include_str!("sql/to_4.sql");
/// The tables of stories, which came with version 2.
const STORIES: &str = include_str!("sql/stories.sql");
/// The tables of what is contested, which came with version 3.
const CONTESTS: &str = include_str!("sql/contests.sql");
/// What version 1 had in place of the tables of stories, always empty.
const TO_2: &str = "
DROP TABLE stories; DROP TABLE story_documents; DROP TABLE copies; DROP TABLE happenings; DROP TABLE happening_reports;
";

/// Bytes of a page of the file.
const PAGE: i64 = 64 << 10;

/// How long to wait for another process that is writing. A batch takes a fraction of a second, a portion of stories a few; a
/// machine may be slow, and giving up loses what was read.
const PATIENCE: Duration = Duration::from_secs(300);

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(crate) path: PathBuf,
    pub(crate) db: Connection,
    writer: Writer,
}

impl Store {
    /// Opens a store for reading. Whoever writes to it meanwhile is not held up, nor holds up.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect(path.as_ref(), false)
    }

    /// Opens a store for writing and makes it if there is none.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect(path.as_ref(), true)
    }

    fn connect(path: &Path, write: bool) -> Result<Self> {
        let fault = |kind: StoreErrorKind| StoreError::new(path, kind);
        if !write && !path.exists() {
            return Err(fault(StoreErrorKind::Missing));
        }
        sniff(path).map_err(fault)?;
        let flags = if write {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        } else {
            // A reader of a database in WAL mode must be able to open its shared memory file.
            OpenFlags::SQLITE_OPEN_READ_WRITE
        };
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)
            .or_else(|error| {
                if write {
                    return Err(error);
                }
                // A file on a read-only medium can still be read.
                Connection::open_with_flags(
                    path,
                    OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
                )
            })
            .map_err(|error| fault(error.into()))?;
        let mut store = Self { path: path.to_owned(), db, writer: Writer::default() };
        store.prepare(write).map_err(fault)?;
        Ok(store)
    }

    fn prepare(&mut self, write: bool) -> Result<(), StoreErrorKind> {
        let db = &self.db;
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(64);
        db.pragma_update(None, "cache_size", -65_536)?;
        db.pragma_update(None, "temp_store", "memory")?;
        // Without it SQLite plans a query anew for each value that it is asked with.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if write {
            // Texts fill large pages better. It takes effect in a new file only.
            db.pragma_update(None, "page_size", PAGE)?;
            write_ahead(db)?;
            // With a write-ahead log this loses no consistency: a power cut may take back the last batches, whole.
            db.pragma_update(None, "synchronous", "normal")?;
            // Keeps the log from growing with the archive, whatever a reader holds on to.
            db.pragma_update(None, "journal_size_limit", 64 << 20)?;
            self.migrate()
        } else {
            db.pragma_update(None, "query_only", true)?;
            match self.version()? {
                Some(SCHEMA) => Ok(()),
                Some(1..SCHEMA) => Err(StoreErrorKind::Older),
                Some(0) | None => {
                    Err(StoreErrorKind::Foreign("it has no tables of khabar's".into()))
                }
                Some(found) => Err(StoreErrorKind::Newer { found, known: SCHEMA }),
            }
        }
    }

    /// The schema version of a file that is ours; `None` for an empty one.
    fn version(&self) -> Result<Option<i64>, StoreErrorKind> {
        let pragma =
            |name: &str| self.db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let version = pragma("user_version")?;
        let empty = self
            .db
            .query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(()))
            .optional()?
            .is_none();
        if empty {
            return Ok(None);
        }
        if pragma("application_id")? != APPLICATION {
            return Err(StoreErrorKind::Foreign("it is the database of another program".into()));
        }
        Ok(Some(version))
    }

    /// Brings the file to this version's schema, in one transaction.
    fn migrate(&mut self) -> Result<(), StoreErrorKind> {
        if self.version()? == Some(SCHEMA) {
            return Ok(());
        }
        // Another process may be making the same file: only under the lock is it certain what there is.
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.migrate_locked();
        self.db.execute_batch(if done.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        done
    }

    fn migrate_locked(&self) -> Result<(), StoreErrorKind> {
        let before = match self.version()? {
            Some(SCHEMA) => return Ok(()),
            Some(found) if found > SCHEMA => {
                return Err(StoreErrorKind::Newer { found, known: SCHEMA });
            }
            Some(0) => return Err(StoreErrorKind::Foreign("its schema has no version".into())),
            before => before,
        };
        let run = |sql: &str| self.db.execute_batch(sql);
        if let Some(before) = before {
            self.drop_views()?;
            if before < 2 {
                run(TO_2)?;
                run(STORIES)?;
                run("INSERT INTO _unsettled (doc, day) SELECT doc, NULL FROM _documents")?;
            }
            if before < 3 {
                run(CONTESTS)?;
                // What is contested is found when stories are settled.
                run("INSERT OR IGNORE INTO _unsettled (doc, day) SELECT doc, day FROM _marks")?;
            }
            if before < 4 {
                let (aside, over) = TO_4.split_once("-- ROWS").unwrap_or((TO_4, ""));
                for sql in [aside, ROWS_4, over] {
                    run(sql)?;
                }
            }
            let (aside, over) = TO_5.split_once("-- RECORDS").unwrap_or((TO_5, ""));
            let (over, away) = over.split_once("-- ROWS").unwrap_or((over, ""));
            for sql in [aside, RECORDS, STALE, over] {
                run(sql)?;
            }
            rows_4::fill(&self.db)?;
            run(away)?;
        } else {
            for sql in [TABLES, RECORDS, STORIES, CONTESTS, STALE] {
                run(sql)?;
            }
        }
        run(&views::sql())?;
        self.db.pragma_update(None, "application_id", APPLICATION)?;
        self.db.pragma_update(None, "user_version", SCHEMA)?;
        Ok(())
    }

    /// Takes out the views of another version.
    fn drop_views(&self) -> Result<(), StoreErrorKind> {
        let old: Vec<String> = self
            .db
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for name in old {
            self.db.execute_batch(&format!("DROP VIEW \"{}\"", name.replace('"', "\"\"")))?;
        }
        Ok(())
    }

    pub(crate) fn fault(&self, kind: impl Into<StoreErrorKind>) -> StoreError {
        StoreError::new(&self.path, kind)
    }

    /// The version of the reader that a document's rows were made by, if the store has the document.
    pub fn reader_of(&self, key: DocumentKey) -> Result<Option<u32>> {
        let find = || {
            self.db
                .prepare_cached("SELECT reader FROM _documents WHERE key = ?1")?
                .query_row([&key.0[..]], |row| row.get(0))
                .optional()
        };
        find().map_err(|error| self.fault(error))
    }

    /// Adds documents in one transaction and tells what became of each.
    pub fn add(&mut self, documents: impl IntoIterator<Item = NewDocument>) -> Result<Vec<Change>> {
        self.write(|db, writer| {
            documents.into_iter().map(|document| writer.add(db, document)).collect()
        })
    }

    /// Makes the rows of documents anew, whichever reader made them, in one transaction. What the store does not have is left
    /// out.
    pub fn replace(&mut self, documents: impl IntoIterator<Item = NewDocument>) -> Result<()> {
        self.write(|db, writer| {
            documents.into_iter().try_for_each(|document| writer.renew(db, document))
        })
    }

    /// Brings stories, near-copies and happenings up to date with the documents, portion by portion; `progress` is told how many
    /// documents still wait. Whatever was added in whichever order, the outcome is the same.
    pub fn settle(&mut self, mut progress: impl FnMut(u64)) -> Result<()> {
        while self.waiting()? > 0 || self.is_unsettled()? {
            let more = self
                .write(|db, writer| stories::settle(db, &mut writer.stemmer, &mut writer.fresh))?;
            progress(self.waiting()?);
            if !more {
                break;
            }
        }
        Ok(())
    }

    /// How many documents were added since stories were last brought up to date.
    pub fn waiting(&self) -> Result<u64> {
        stories::waiting(&self.db).map_err(|kind| self.fault(kind))
    }

    fn is_unsettled(&self) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM _unsettled UNION ALL SELECT 1 FROM _stale_stories LIMIT 1",
            )
            .and_then(|mut query| query.exists([]))
            .map_err(|error| self.fault(error))
    }

    /// Notes that a document that the store has was found at `source` too.
    pub fn found(&mut self, key: DocumentKey, source: &str) -> Result<()> {
        let find = || {
            let doc: Option<i64> = self
                .db
                .prepare_cached(
                    "SELECT doc FROM _documents AS d WHERE key = ?1 AND source <> ?2
                     AND NOT EXISTS (SELECT 1 FROM _sources AS s WHERE s.doc = d.doc AND s.source = ?2)",
                )?
                .query_row((&key.0[..], source), |row| row.get(0))
                .optional()?;
            Ok(doc)
        };
        // Nothing is locked for what is known, which is the common case by far.
        match find().map_err(|kind: StoreErrorKind| self.fault(kind))? {
            Some(doc) => self.write(|db, _| write::found_at(db, doc, source)),
            None => Ok(()),
        }
    }

    /// Works in one transaction, which waits for other writers and is taken back when the work fails.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Connection, &mut Writer) -> Result<T, StoreErrorKind>,
    ) -> Result<T> {
        let Self { path, db, writer } = self;
        let run = || {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            writer.check(&transaction)?;
            let result = work(&transaction, writer)?;
            transaction.commit()?;
            Ok(result)
        };
        run().map_err(|kind: StoreErrorKind| {
            writer.clear();
            StoreError::new(path, kind)
        })
    }

    /// How many documents there are.
    pub fn count(&self) -> Result<u64> {
        self.db
            .query_row("SELECT count(*) FROM _documents", [], |row| row.get::<_, i64>(0))
            .map(i64::cast_unsigned)
            .map_err(|error| self.fault(error))
    }

    /// The documents that a filter lets through, in the order of their keys, as they stand at this moment.
    pub fn records(&self, filter: &Filter) -> Result<Records<'_>> {
        records::find(self, filter)
    }

    /// The documents that a filter means, the best first and among equals the newest, at most `limit`, each with the places
    /// that answer.
    pub fn search(&self, filter: &Filter, limit: usize) -> Result<Vec<Hit>> {
        search::search(&self.db, filter, limit).map_err(|kind| self.fault(kind))
    }

    /// What is known of those who bear a name, in the documents that a filter leaves; at most `limit` rows of each kind.
    pub fn who(&self, name: &str, filter: &Filter, limit: usize) -> Result<Who> {
        who::who(&self.db, name, filter, limit).map_err(|kind| self.fault(kind))
    }

    /// Claims with a denial, the one denied last first.
    pub fn claims(&self, filter: &Filter, limit: usize) -> Result<Vec<Claim>> {
        claims::claims(&self.db, filter, limit).map_err(|kind| self.fault(kind))
    }

    /// The events that a filter means by the day they happened, reports of one happening together.
    pub fn timeline(&self, filter: &Filter, limit: usize) -> Result<Timeline> {
        timeline::timeline(&self.db, filter, limit).map_err(|kind| self.fault(kind))
    }

    /// The document that another is a near-copy of: of all that say the same, the one published first.
    pub fn original(&self, document: DocumentKey) -> Result<Option<DocumentKey>> {
        let find = || {
            let key: Option<Vec<u8>> = self
                .db
                .prepare_cached(
                    "SELECT o.key FROM _documents AS d JOIN _copies AS c USING (doc)
                     JOIN _documents AS o ON o.doc = c.original WHERE d.key = ?1",
                )?
                .query_row([&document.0[..]], |row| row.get(0))
                .optional()?;
            Ok(key.as_deref().and_then(DocumentKey::from_slice))
        };
        find().map_err(|kind: StoreErrorKind| self.fault(kind))
    }

    /// The stories that have documents which a filter means, those with most documents first; at most `limit`, and without what
    /// happened in them.
    pub fn stories(&self, filter: &Filter, limit: usize) -> Result<Vec<Story>> {
        stories::stories(&self.db, filter, limit).map_err(|kind| self.fault(kind))
    }

    /// The story that a document belongs to, with what happened in it; a document alone makes one of its own.
    pub fn story(&self, document: DocumentKey) -> Result<Option<Story>> {
        stories::story(&self.db, document).map_err(|kind| self.fault(kind))
    }

    /// The documents that a person may mean by `name`: the start of a key, an identifier, a path or an address.
    pub fn resolve(&self, name: &str) -> Result<Vec<DocumentKey>> {
        resolve::resolve(&self.db, name).map_err(|kind| self.fault(kind))
    }

    /// One document by its key.
    pub fn document(&self, key: DocumentKey) -> Result<Option<StoredDocument>> {
        let find = || {
            let doc = self
                .db
                .prepare_cached("SELECT doc FROM _documents WHERE key = ?1")?
                .query_row([&key.0[..]], |row| row.get(0))
                .optional()?;
            doc.map(|doc| Loader::new(&self.db).document(doc)).transpose()
        };
        find().map_err(|kind: StoreErrorKind| self.fault(kind))
    }

    /// Reads every page of the file and looks for faults; the first that is found is the error.
    pub fn check(&self) -> Result<()> {
        let check = || {
            let verdict: String =
                self.db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            if verdict == "ok" { Ok(()) } else { Err(StoreErrorKind::Damaged(verdict)) }
        };
        check().map_err(|kind| self.fault(kind))
    }

    /// Documents whose rows a reader older than `reader` made, with the layout of their texts: at most `limit` of them, in the
    /// order of their keys, behind the key `after`.
    pub fn outdated(
        &self,
        reader: u32,
        after: Option<DocumentKey>,
        limit: u32,
    ) -> Result<Vec<(StoredDocument, Vec<Block>)>> {
        let find = || {
            let after = after.map_or_else(Vec::new, |key| key.0.to_vec());
            let docs: Vec<i64> = self
                .db
                .prepare_cached(
                    "SELECT doc FROM _documents WHERE key > ?1 AND reader < ?2 ORDER BY key LIMIT ?3",
                )?
                .query_map((after, reader, limit), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut loader = Loader::new(&self.db);
            docs.into_iter()
                .map(|doc| {
                    let document = loader.document(doc)?;
                    let blocks = loader.blocks(doc, &document.record.document.text)?;
                    Ok((document, blocks))
                })
                .collect::<Result<Vec<_>, StoreErrorKind>>()
        };
        find().map_err(|kind| self.fault(kind))
    }
}

/// Turns the write-ahead log on. SQLite does not wait for the lock that a new file's first change of mode takes, because two that
/// wait for each other would wait forever; whoever else has the file open does not keep it long.
fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    let asked = Instant::now();
    loop {
        match db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
            Err(error) if is_busy(&error) && asked.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Refuses a file that is no SQLite database before SQLite touches it: opening for writing must not put a log beside
/// someone's text.
fn sniff(path: &Path) -> Result<(), StoreErrorKind> {
    let Ok(file) = File::open(path) else {
        return Ok(());
    };
    let mut start = Vec::new();
    let read = file.take(16).read_to_end(&mut start);
    if read.is_ok() && !start.is_empty() && start != b"SQLite format 3\0" {
        return Err(StoreErrorKind::Foreign("the file is no SQLite database".into()));
    }
    Ok(())
}

mod rows_4;
#[cfg(test)]
mod tests;
