//! Stories as they are shown: their documents, what happened in them, who said so first and who denies it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use khabar_atlas::outlets::outlets;
use khabar_record::{Stance, Status};
use rusqlite::Connection;
use serde::Serialize;

use super::settle::{documents_of, story_of};
use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::{Loader, StoredDocument};
use crate::rows::{DocumentHead, Row, Rows};
use crate::{DocumentKey, day, search};

type Result<T, E = StoreErrorKind> = std::result::Result<T, E>;

/// Documents on the same happening.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// What it is known by: the key of its first document.
    pub id: String,
    /// The headline of its first document that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The first day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    /// The last day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Date>,
    /// The outlets, in the order in which they came to it.
    pub outlets: Vec<String>,
    /// The states that the outlets belong to, as far as they are known.
    pub countries: Vec<String>,
    /// The languages of its documents.
    pub languages: Vec<String>,
    /// Its documents, the earliest first.
    pub documents: Vec<StoryDocument>,
    /// What happened; empty in a list of stories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub happenings: Vec<Happening>,
}

/// A document of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoryDocument {
    /// What is said of it everywhere.
    #[serde(flatten)]
    pub head: DocumentHead,
    /// The document that it is a near-copy of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
}

/// One occurrence, counted once however often it is reported.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// What it is known by: the event that reports it first.
    pub id: String,
    /// The type, with its mode behind a slash.
    pub what: String,
    /// The day that most reports tell; the day of publication of the first where none tells one.
    pub day: Option<Date>,
    /// How many documents say that it happened.
    pub documents: u64,
    /// How many of them are near-copies of others.
    pub copies: u64,
    /// The outlets that say so, in the order in which they did.
    pub outlets: Vec<String>,
    /// The states that these outlets belong to, as far as they are known.
    pub countries: Vec<String>,
    /// Who says so first.
    pub first: Sayer,
    /// Who denies or doubts it, the earliest first: statements, and events that an outlet itself says did not happen.
    pub denied: Vec<Row>,
    /// The reports, the earliest first; behind them those in which it is denied.
    pub reports: Vec<Row>,
}

/// Who says that something happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sayer {
    /// The sources; none when the outlet says it in its own voice.
    pub who: Vec<String>,
    /// The outlet that the first report stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The document.
    pub document: String,
}

/// The stories that have documents which a filter means, those with most documents first and among equals the latest; at
/// most `limit`.
pub(crate) fn stories(db: &Connection, filter: &Filter, limit: usize) -> Result<Vec<Story>> {
    let mut sizes: BTreeMap<i64, i64> = BTreeMap::new();
    if *filter == Filter::default() {
        let mut query =
            db.prepare_cached("SELECT story, count(*) FROM _story_documents GROUP BY story")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            sizes.insert(row.get(0)?, row.get(1)?);
        }
    } else {
        let mut loader = Loader::new(db);
        for doc in search::matching(db, &mut loader, filter)? {
            let story = story_of(db, doc)?;
            let count = db
                .prepare_cached("SELECT count(*) FROM _story_documents WHERE story = ?1")?
                .query_row([story], |row| row.get::<_, i64>(0))?;
            if count > 0 {
                sizes.insert(story, count);
            }
        }
    }
    let mut order = Vec::with_capacity(sizes.len());
    for (story, size) in sizes {
        let (last, key): (Option<i64>, Vec<u8>) = db
            .prepare_cached(
                "SELECT (SELECT max(d.published) FROM _story_documents AS s JOIN _documents AS d USING (doc)
                   WHERE s.story = f.doc), f.key FROM _documents AS f WHERE f.doc = ?1",
            )?
            .query_row([story], |row| Ok((row.get(0)?, row.get(1)?)))?;
        order.push((std::cmp::Reverse(size), std::cmp::Reverse(last), key, story));
    }
    order.sort();
    order.truncate(limit);
    let mut loader = Loader::new(db);
    order.into_iter().map(|(_, _, _, story)| head(db, &mut loader, story)).collect()
}

/// The story of a document with all that happened in it; none when the store does not have the document.
pub(crate) fn story(db: &Connection, key: DocumentKey) -> Result<Option<Story>> {
    let mut query = db.prepare_cached("SELECT doc FROM _documents WHERE key = ?1")?;
    let mut rows = query.query([&key.0[..]])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let first = story_of(db, row.get(0)?)?;
    let mut loader = Loader::new(db);
    let mut story = head(db, &mut loader, first)?;
    let mut found = Found::default();
    for doc in documents_of(db, first)? {
        found.add(&loader.document(doc)?);
    }
    let copies: BTreeSet<&str> = story
        .documents
        .iter()
        .filter(|document| document.copy_of.is_some())
        .map(|document| document.head.document.as_str())
        .collect();
    story.happenings = found.happenings(&copies);
    Ok(Some(story))
}

/// A story without what happened in it.
fn head(db: &Connection, loader: &mut Loader<'_>, story: i64) -> Result<Story> {
    let mut documents = Vec::new();
    for doc in documents_of(db, story)? {
        let mut query = db.prepare_cached(
            "SELECT lower(hex(d.key)), d.title, d.outlet, d.published, d.language, coalesce(d.url, d.source),
               (SELECT lower(hex(o.key)) FROM _copies AS c JOIN _documents AS o ON o.doc = c.original WHERE c.doc = d.doc)
             FROM _documents AS d WHERE d.doc = ?1",
        )?;
        let mut rows = query.query([doc])?;
        let Some(row) = rows.next()? else { continue };
        documents.push(StoryDocument {
            head: DocumentHead {
                document: row.get(0)?,
                title: row.get(1)?,
                outlet: loader.word(row.get(2)?)?,
                published: row.get::<_, Option<i64>>(3)?.and_then(day::date),
                language: loader.word(row.get(4)?)?,
                source: row.get(5)?,
            },
            copy_of: row.get(6)?,
        });
    }
    let heads = || documents.iter().map(|it| &it.head);
    let outlets = distinct(heads().filter_map(|it| it.outlet.as_deref()));
    Ok(Story {
        id: heads().next().map(|it| it.document.clone()).unwrap_or_default(),
        title: heads().find_map(|it| it.title.clone()),
        first: heads().filter_map(|it| it.published).min(),
        last: heads().filter_map(|it| it.published).max(),
        countries: countries_of(&outlets),
        languages: distinct(heads().filter_map(|it| it.language.as_deref())),
        outlets,
        documents,
        happenings: Vec::new(),
    })
}

/// Each once, in the order in which they come.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(*text)).map(str::to_owned).collect()
}

fn countries_of(names: &[String]) -> Vec<String> {
    let countries = names.iter().filter_map(|name| Some(outlets().by_name(name)?.country));
    distinct(countries.filter(|country| !country.is_empty()))
}

impl StoredDocument {
    /// What happened by this document alone. Of one that belongs to a story, that is its own part.
    pub fn happenings_alone(&self) -> Vec<Happening> {
        let mut found = Found::default();
        found.add(self);
        found.happenings(&BTreeSet::new())
    }
}

/// What the documents of a story report, happening by happening.
#[derive(Debug, Default)]
struct Found {
    happenings: BTreeMap<String, Reports>,
    /// The happenings in the order of their first reports.
    order: Vec<String>,
    /// Who denies each; a denial may come before the first report.
    denied: BTreeMap<String, BTreeMap<String, Row>>,
}

#[derive(Debug, Default)]
struct Reports {
    rows: Vec<Row>,
    /// How many reports tell each day.
    days: BTreeMap<Date, usize>,
    first: Option<Sayer>,
}

impl Found {
    /// Takes up a document; the earlier ones come first.
    fn add(&mut self, stored: &StoredDocument) {
        let rows = Rows::new(stored);
        for event in &stored.record.events {
            let known = stored.happenings.get(&event.id);
            if known.is_none() && !happened(event.status) {
                continue;
            }
            let row = rows.event(event);
            let id = known.cloned().unwrap_or_else(|| row.id.clone());
            let carrier = event.according_to.and_then(|id| rows.statement_of(id));
            if carrier.is_none() && event.status == Status::Negated {
                self.deny(&id, row.clone());
            }
            let entry = self.happenings.entry(id.clone()).or_insert_with(|| {
                self.order.push(id);
                Reports::default()
            });
            if let Some(day) = row.day.filter(|_| event.when.is_some()) {
                *entry.days.entry(day).or_default() += 1;
            }
            // A denial is the first word of nobody.
            let denied =
                carrier.is_some_and(|it| matches!(it.stance, Stance::Denies | Stance::Doubts));
            if entry.first.is_none() && happened(event.status) && !denied {
                entry.first = Some(Sayer::of(&row));
            }
            entry.rows.push(row);
        }
        for (&statement, happenings) in &stored.denies {
            let Some(statement) = rows.statement_of(statement) else { continue };
            for happening in happenings {
                self.deny(happening, rows.statement(statement));
            }
        }
    }

    fn deny(&mut self, happening: &str, row: Row) {
        self.denied.entry(happening.to_owned()).or_default().insert(row.id.clone(), row);
    }

    fn happenings(mut self, copies: &BTreeSet<&str>) -> Vec<Happening> {
        let mut all: Vec<Happening> = Vec::new();
        for id in &self.order {
            let Some(reports) = self.happenings.remove(id) else { continue };
            let denied = self.denied.remove(id).unwrap_or_default();
            all.extend(reports.happening(id, denied, copies));
        }
        // What most documents tell comes first; the sort keeps the order of the others.
        all.sort_by_key(|happening| std::cmp::Reverse(happening.documents));
        all
    }
}

/// Whether a report says that it happened.
fn happened(status: Status) -> bool {
    matches!(status, Status::Actual | Status::Historical)
}

impl Sayer {
    fn of(row: &Row) -> Self {
        Self {
            who: row.according_to.clone(),
            outlet: row.head.outlet.clone(),
            published: row.head.published,
            document: row.head.document.clone(),
        }
    }
}

impl Reports {
    fn happening(
        mut self,
        id: &str,
        denied: BTreeMap<String, Row>,
        copies: &BTreeSet<&str>,
    ) -> Option<Happening> {
        self.rows.sort_by_key(|row| !row.status.is_some_and(happened));
        let first = self.rows.first()?;
        let telling = || self.rows.iter().filter(|row| row.status.is_some_and(happened));
        let documents: BTreeSet<&str> = telling().map(|row| row.head.document.as_str()).collect();
        let outlets = distinct(telling().filter_map(|row| row.head.outlet.as_deref()));
        let day = self.days.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        let mut denied: Vec<Row> = denied.into_values().collect();
        denied.sort_by(|a, b| (a.head.published, &a.id).cmp(&(b.head.published, &b.id)));
        Some(Happening {
            id: id.to_owned(),
            what: first.what.clone(),
            day: day.map(|(day, _)| *day).or(first.day),
            documents: documents.len() as u64,
            copies: documents.iter().filter(|key| copies.contains(*key)).count() as u64,
            countries: countries_of(&outlets),
            outlets,
            first: self.first.unwrap_or_else(|| Sayer::of(first)),
            denied,
            reports: self.rows,
        })
    }
}
