//! What the store knows of somebody: what they said and did, what was said of them and done to them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_record::{Entity, EntityId, Party};
use serde::Serialize;

use crate::error::StoreErrorKind;
use crate::filter::Filter;
use crate::read::Loader;
use crate::rows::{Row, Rows};
use crate::search::{self, Named};

/// How a row concerns somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They said it.
    Said,
    /// They did it.
    Did,
    /// It was said of them.
    SaidOf,
    /// It was done to them.
    DoneTo,
}

/// What the store knows of somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Who {
    /// Who bears the name, each with the number of documents that speak of them; the most spoken of first.
    pub bearers: Vec<Bearer>,
    /// The documents that speak of them, by month (its first day).
    pub months: BTreeMap<Date, u64>,
    /// How many rows there are of each kind.
    pub counts: BTreeMap<Relation, u64>,
    /// The rows of each kind, the earliest day first; when there are more than asked for, the latest.
    pub rows: BTreeMap<Relation, Vec<Row>>,
}

/// One who bears a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bearer {
    /// The name in English.
    pub en: Option<String>,
    /// The name in Arabic.
    pub ar: Option<String>,
    /// What they are.
    pub kind: String,
    /// Their state.
    pub country: Option<String>,
    /// Their office or role, as documents give it, the most frequent first.
    pub roles: Vec<String>,
    /// Their Wikidata identifier.
    pub wikidata: Option<String>,
    /// How many documents speak of them.
    pub documents: u64,
}

/// Rows that are kept beyond those asked for before the oldest are let go.
const SLACK: usize = 1024;

pub(crate) fn who(
    db: &rusqlite::Connection,
    name: &str,
    filter: &Filter,
    limit: usize,
) -> Result<Who, StoreErrorKind> {
    let named = Named::new(name);
    let mut who = Who::default();
    let mut bearers: BTreeMap<Identity, Tally> = BTreeMap::new();
    let mut loader = Loader::new(db);
    for doc in search::speaking_of(db, name, filter)? {
        let stored = loader.document(doc)?;
        let ids: Vec<EntityId> = stored
            .record
            .entities
            .iter()
            .filter(|entity| named.is(entity))
            .map(|entity| {
                bearers.entry(Identity::of(entity)).or_default().count(entity);
                entity.id
            })
            .collect();
        if ids.is_empty() {
            continue;
        }
        if let Some(day) = stored.record.document.published {
            *who.months.entry(day.first_of_month()).or_default() += 1;
        }
        let rows = Rows::new(&stored);
        collect(&rows, &ids, &mut |relation, row| who.take(relation, row, limit));
    }
    for rows in who.rows.values_mut() {
        keep_latest(rows, limit);
    }
    who.bearers = bearers.into_iter().map(|(identity, tally)| tally.bearer(identity)).collect();
    who.bearers.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.cmp(b)));
    Ok(who)
}

impl Who {
    fn take(&mut self, relation: Relation, row: Row, limit: usize) {
        *self.counts.entry(relation).or_default() += 1;
        let rows = self.rows.entry(relation).or_default();
        rows.push(row);
        if rows.len() > limit + SLACK {
            keep_latest(rows, limit);
        }
    }
}

fn keep_latest(rows: &mut Vec<Row>, limit: usize) {
    rows.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    let surplus = rows.len().saturating_sub(limit);
    rows.drain(..surplus);
}

/// Hands on every row of a document that concerns one of `ids`.
fn collect(rows: &Rows<'_>, ids: &[EntityId], take: &mut impl FnMut(Relation, Row)) {
    let record = &rows.stored.record;
    let among = |parties: &[Party]| {
        parties.iter().any(|party| party.entity.is_some_and(|id| ids.contains(&id)))
    };
    for statement in &record.statements {
        if among(&statement.source) {
            take(Relation::Said, rows.statement(statement));
        } else if record.mentions.iter().any(|mention| {
            ids.contains(&mention.entity)
                && statement.content.iter().any(|span| span.contains_range(mention.span))
        }) {
            take(Relation::SaidOf, rows.statement(statement));
        }
    }
    for event in &record.events {
        if among(&event.actors) {
            take(Relation::Did, rows.event(event));
        } else if among(&event.recipients) {
            take(Relation::DoneTo, rows.event(event));
        }
    }
}

/// What makes two entities of different documents one: their identifier, else their names and kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Wikidata(String),
    Geonames(u32),
    Names(BTreeMap<String, String>, String),
}

impl Identity {
    fn of(entity: &Entity) -> Self {
        match (&entity.wikidata, entity.geonames) {
            (Some(id), _) => Self::Wikidata(id.clone()),
            (None, Some(id)) => Self::Geonames(id),
            (None, None) => Self::Names(entity.names.clone(), crate::terms::name(entity.kind)),
        }
    }
}

/// What documents say of a bearer of a name.
#[derive(Debug, Default)]
struct Tally {
    documents: u64,
    /// How often each was said.
    facts: BTreeMap<(&'static str, String), u64>,
}

impl Tally {
    fn count(&mut self, entity: &Entity) {
        self.documents += 1;
        let facts = [
            ("en", entity.names.get("en").cloned()),
            ("ar", entity.names.get("ar").cloned()),
            ("country", entity.country.clone()),
            ("role", entity.role.clone()),
            ("kind", Some(crate::terms::name(entity.kind))),
        ];
        for (what, fact) in facts {
            if let Some(fact) = fact {
                *self.facts.entry((what, fact)).or_default() += 1;
            }
        }
    }

    fn most(&self, what: &str) -> Vec<String> {
        let mut facts: Vec<(u64, &String)> = self
            .facts
            .iter()
            .filter(|((kind, _), _)| *kind == what)
            .map(|((_, fact), count)| (*count, fact))
            .collect();
        facts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        facts.into_iter().map(|(_, fact)| fact.clone()).collect()
    }

    fn bearer(&self, identity: Identity) -> Bearer {
        let first = |what| self.most(what).into_iter().next();
        Bearer {
            en: first("en"),
            ar: first("ar"),
            kind: first("kind").unwrap_or_default(),
            country: first("country"),
            roles: self.most("role").into_iter().take(3).collect(),
            wikidata: match identity {
                Identity::Wikidata(id) => Some(id),
                Identity::Geonames(_) | Identity::Names(..) => None,
            },
            documents: self.documents,
        }
    }
}
