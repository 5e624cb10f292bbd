//! Bringing stories, near-copies and happenings up to date with the documents.
//!
//! Adding a document notes its day; settling goes on from the earliest day that was noted. What the day before had decided is
//! kept, the days behind are decided anew until nothing has changed for so long that the past is forgotten. So adding the
//! news of today costs little, adding old news costs what lies behind it, and the outcome is that of one pass over everything.
//! The work is done in portions, each a transaction: a kill loses one portion, and other writers get in between.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::fresh::Fresh;
use super::group::{Item, WINDOW, Window};
use super::marks::Marks;
use super::{happenings, near_copies};
use crate::error::StoreErrorKind;
use crate::read::Loader;
use crate::search::{self, Stemmer};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// Stands for the day of documents that have none; they are on their own.
const NO_DAY: i64 = -1_000_000;

/// After so many documents a portion is full.
const PORTION: u32 = 1_000;

/// Notes a new or changed document whose record is at hand.
pub(crate) fn note(
    db: &Connection,
    fresh: &mut Fresh,
    doc: i64,
    day: Option<i64>,
    language: Option<i64>,
    marks: &Marks,
    words: &[u64],
) -> Result<()> {
    let day = day.unwrap_or(NO_DAY);
    db.prepare_cached("INSERT INTO _marks (doc, day, language, marks) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![doc, day, language, marks.pack()])?;
    near_copies::index(db, fresh, doc, words)?;
    note_day(db, doc, day)
}

fn note_day(db: &Connection, doc: i64, day: i64) -> Result<()> {
    // One statement that inserts or changes would need a savepoint, at which the full-text index writes all that it holds.
    let known: Option<Option<i64>> = db
        .prepare_cached("SELECT day FROM _unsettled WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    match known {
        // A document that moves to another day changes both.
        Some(known) if known.is_some_and(|known| known <= day) => return Ok(()),
        Some(_) => db.prepare_cached("UPDATE _unsettled SET day = ?2 WHERE doc = ?1")?,
        None => db.prepare_cached("INSERT INTO _unsettled (doc, day) VALUES (?1, ?2)")?,
    }
    .execute([doc, day])?;
    Ok(())
}

/// Takes back what was noted of a document before its rows are made anew.
pub(crate) fn forget(db: &Connection, stemmer: &mut Stemmer, doc: i64) -> Result<()> {
    let text: Option<String> = db
        .prepare_cached("SELECT text FROM _texts WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    let mut changed =
        near_copies::remove(db, doc, &stemmer.words(text.as_deref().unwrap_or_default()))?;
    changed.push(doc);
    for doc in changed {
        let day: Option<i64> = db
            .prepare_cached("SELECT day FROM _marks WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))
            .optional()?;
        if let Some(day) = day {
            note_day(db, doc, day)?;
        }
    }
    db.prepare_cached("DELETE FROM _marks WHERE doc = ?1")?.execute([doc])?;
    Ok(())
}

/// How many documents wait to be settled, and stories whose happenings are to be found anew.
pub(crate) fn waiting(db: &Connection) -> Result<u64> {
    let count: i64 = db
        .prepare_cached(
            "SELECT (SELECT count(*) FROM _unsettled WHERE doc > 0) + (SELECT count(*) FROM _stale_stories)",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Settles a portion inside the caller's transaction; tells whether there is more.
pub(crate) fn settle(db: &Connection, stemmer: &mut Stemmer, fresh: &mut Fresh) -> Result<bool> {
    if mark_old_documents(db, stemmer, fresh)? {
        return Ok(true);
    }
    let bounds: (Option<i64>, Option<i64>) = db
        .prepare_cached("SELECT min(day), max(day) FROM _unsettled")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = bounds else { return renew_stale(db, stemmer, fresh) };
    let mut touched = BTreeSet::new();
    let done =
        if first == NO_DAY { Some(NO_DAY) } else { group_from(db, first, last, &mut touched)? };
    // Without a day left to look at everything is done.
    let through = done.unwrap_or(i64::MAX);
    let docs: Vec<i64> = db
        .prepare_cached("SELECT doc FROM _unsettled WHERE day <= ?1 AND doc > 0 ORDER BY doc")?
        .query_map([through], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut texts = near_copies::Texts::new(stemmer, fresh);
    for &doc in &docs {
        near_copies::link(db, &mut texts, doc)?;
        touched.insert(story_of(db, doc)?);
    }
    db.prepare_cached("DELETE FROM _unsettled WHERE day <= ?1")?.execute([through])?;
    if let Some(day) = done.filter(|day| *day != NO_DAY) {
        db.prepare_cached("INSERT OR REPLACE INTO _unsettled (doc, day) VALUES (0, ?1)")?
            .execute([day + 1])?;
    }
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO _stale_stories (story) VALUES (?1)")?;
    for story in touched {
        insert.execute([story])?;
    }
    Ok(true)
}

/// Finds the happenings of a portion of the stories that have changed anew; tells whether there are more. That comes last, since
/// a story that grows from one portion of days to the next is gone through as a whole each time.
fn renew_stale(db: &Connection, stemmer: &mut Stemmer, fresh: &mut Fresh) -> Result<bool> {
    let stories: Vec<i64> = db
        .prepare_cached("SELECT story FROM _stale_stories ORDER BY story LIMIT ?1")?
        .query_map([PORTION], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut loader = Loader::new(db);
    let (mut count, mut through) = (0, None);
    for story in stories {
        through = Some(story);
        // A document that was alone and has joined another is the first of nothing any more.
        if story_of(db, story)? != story {
            continue;
        }
        let documents = documents_of(db, story)?;
        happenings::renew(db, &mut loader, stemmer, &documents)?;
        count += documents.len();
        if count >= PORTION as usize {
            break;
        }
    }
    let Some(through) = through else {
        fresh.clear();
        return Ok(false);
    };
    db.prepare_cached("DELETE FROM _stale_stories WHERE story <= ?1")?.execute([through])?;
    Ok(true)
}

/// The first document of a document's story.
pub(crate) fn story_of(db: &Connection, doc: i64) -> Result<i64> {
    let story = db
        .prepare_cached("SELECT story FROM _story_documents WHERE doc = ?1")?
        .query_row([doc], |row| row.get(0))
        .optional()?;
    Ok(story.unwrap_or(doc))
}

/// The documents of a story in the order of their days and keys.
pub(crate) fn documents_of(db: &Connection, story: i64) -> Result<Vec<i64>> {
    let alone =
        !db.prepare_cached("SELECT 1 FROM _story_documents WHERE story = ?1")?.exists([story])?;
    if alone {
        return Ok(vec![story]);
    }
    let docs = db
        .prepare_cached(
            "SELECT m.doc FROM _marks AS m JOIN _documents AS d USING (doc)
             WHERE m.doc = ?1 OR m.doc IN (SELECT doc FROM _story_documents WHERE story = ?1)
             ORDER BY m.day, d.key",
        )?
        .query_map([story], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(docs)
}

/// Groups the documents from a day on, at least through `last`; returns the last day of a portion when there is more to do.
fn group_from(
    db: &Connection,
    first: i64,
    mut last: i64,
    touched: &mut BTreeSet<i64>,
) -> Result<Option<i64>> {
    let mut window = Window::default();
    for item in items(db, first - WINDOW, first - 1)? {
        window.remember(item);
    }
    let (mut day, mut count) = (first, 0);
    loop {
        let next: Option<i64> = db
            .prepare_cached("SELECT min(day) FROM _marks WHERE day >= ?1")?
            .query_row([day], |row| row.get(0))?;
        let Some(next) = next.filter(|next| *next <= last.saturating_add(WINDOW)) else {
            return Ok(None);
        };
        let today = items(db, next, next)?;
        count += today.len();
        for (doc, story) in window.step(next, today) {
            let before = story_of(db, doc)?;
            if before != story {
                last = last.max(next);
                touched.extend([before, story]);
                write_story(db, doc, story)?;
            }
        }
        if count >= PORTION as usize {
            return Ok(Some(next));
        }
        day = next + 1;
    }
}

/// Only documents behind the first of a story have a row: most documents are a story of their own.
fn write_story(db: &Connection, doc: i64, story: i64) -> Result<()> {
    if doc == story {
        db.prepare_cached("DELETE FROM _story_documents WHERE doc = ?1")?.execute([doc])?;
    } else {
        db.prepare_cached("INSERT OR REPLACE INTO _story_documents (doc, story) VALUES (?1, ?2)")?
            .execute([doc, story])?;
    }
    Ok(())
}

/// The documents of some days in the order of their days and keys, with the stories that they have now.
fn items(db: &Connection, first: i64, last: i64) -> Result<Vec<Item>> {
    let mut query = db.prepare_cached(
        "SELECT m.doc, m.day, coalesce(m.language, 0), m.marks, coalesce(s.story, m.doc)
         FROM _marks AS m JOIN _documents AS d USING (doc) LEFT JOIN _story_documents AS s USING (doc)
         WHERE m.day BETWEEN ?1 AND ?2 ORDER BY m.day, d.key",
    )?;
    let rows = query.query_map([first, last], |row| {
        Ok(Item {
            doc: row.get(0)?,
            day: row.get(1)?,
            language: row.get(2)?,
            marks: Marks::unpack(row.get_ref(3)?.as_blob()?),
            story: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Makes the marks of documents that an older khabar put into the store; tells whether there were any.
fn mark_old_documents(db: &Connection, stemmer: &mut Stemmer, fresh: &mut Fresh) -> Result<bool> {
    let docs: Vec<i64> = db
        .prepare_cached("SELECT doc FROM _unsettled WHERE day IS NULL ORDER BY doc LIMIT ?1")?
        .query_map([PORTION], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut loader = Loader::new(db);
    for &doc in &docs {
        let record = loader.record(doc)?;
        let words = search::document_words(&record, stemmer);
        let marks = Marks::of(&record, &words.most);
        let language: Option<i64> = db
            .prepare_cached("SELECT language FROM _documents WHERE doc = ?1")?
            .query_row([doc], |row| row.get(0))?;
        db.prepare_cached("DELETE FROM _unsettled WHERE doc = ?1")?.execute([doc])?;
        note(db, fresh, doc, super::day_of(&record), language, &marks, &words.text)?;
    }
    Ok(!docs.is_empty())
}
