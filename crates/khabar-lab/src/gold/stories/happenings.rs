//! Happenings against the gold's: one occurrence counted once, who says so first, who denies it.
//!
//! The events of the gold and those that were found are paired as `gold score` pairs them; a pair is one item, and so is
//! whatever has no partner. A happening found is right when it and one of the gold have more items in common than not.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use anyhow::{Context, Result};
use khabar_record::{Event, EventId, Party, Record, Statement, StatementId, Status};
use khabar_store::{Store, StoredDocument, Story, denials};

use super::cluster::{Clusters, b_cubed, f1};
use super::key;
use crate::gold::corpus::Article;
use crate::gold::measure::same_events;

/// What nothing on the other side corresponds to.
const NONE: &str = "";

pub(super) fn score(
    articles: &[&Article],
    found: &BTreeMap<String, StoredDocument>,
    store: &Store,
    errors: usize,
    out: &mut impl Write,
) -> Result<()> {
    let (mut all, mut paired, mut alone) =
        (Clusters::default(), Clusters::default(), Clusters::default());
    for article in articles {
        add(article, &found[&article.file.id], &mut all, &mut paired, &mut alone);
    }
    let report = |clusters: &Clusters| {
        let matched = clusters.matched().len() as f64;
        let (gold, ours) = clusters.counts_without(NONE);
        let (p, r, f) = f1(matched / (ours as f64).max(1.0), matched / (gold as f64).max(1.0));
        format!("P {p:.3} R {r:.3} F1 {f:.3} ({gold} in the gold, {ours} found)")
    };
    writeln!(out, "happenings         {}", report(&all))?;
    writeln!(out, "  of events found  {}", report(&paired))?;
    writeln!(out, "  never joined     {}", report(&alone))?;
    let (p, r, f) = b_cubed(&paired);
    writeln!(out, "  of events found  B³ P {p:.3} R {r:.3} F1 {f:.3}")?;
    for line in paired.differences().into_iter().take(errors) {
        writeln!(out, "  {line}")?;
    }
    voices(articles, found, store, &all, errors, out)
}

/// Puts the events of an article among the items: all of them, those on both sides, and those as if none were joined.
fn add(
    article: &Article,
    stored: &StoredDocument,
    all: &mut Clusters,
    paired: &mut Clusters,
    alone: &mut Clusters,
) {
    let id = &article.file.id;
    let gold = &article.gold;
    let partners = same_events(gold, &stored.record);
    let of_gold = |event: &Event| {
        let happening = gold.happenings.get((event.id.0 as usize).wrapping_sub(1))?.as_ref()?;
        Some(format!("{}/{happening}", article.story))
    };
    let of_found = |event: &Event| {
        let known = stored.happenings.get(&event.id).cloned();
        let counts = matches!(event.status, Status::Actual | Status::Historical);
        known.or_else(|| counts.then(|| format!("{}/{}", stored.key, event.id)))
    };
    let mut with_partner = BTreeSet::new();
    for &(g, f) in &partners {
        let (ours, theirs) = (&gold.record.events[g], &stored.record.events[f]);
        with_partner.insert(f);
        let item = format!("{id}/{}", ours.id);
        let (a, b) = (of_gold(ours), of_found(theirs));
        if let (Some(a), Some(b)) = (&a, &b) {
            paired.add(item.clone(), a.clone(), b.clone());
        }
        if a.is_some() || b.is_some() {
            let own = b.as_ref().map(|_| format!("{}/{}", stored.key, theirs.id));
            alone.add(item.clone(), a.clone().unwrap_or_default(), own.unwrap_or_default());
            all.add(item, a.unwrap_or_default(), b.unwrap_or_default());
        }
    }
    let with_gold: BTreeSet<usize> = partners.iter().map(|both| both.0).collect();
    for (g, event) in gold.record.events.iter().enumerate() {
        if let Some(a) = of_gold(event).filter(|_| !with_gold.contains(&g)) {
            all.add(format!("{id}/{}", event.id), a.clone(), NONE.into());
            alone.add(format!("{id}/{}", event.id), a, NONE.into());
        }
    }
    for (f, event) in stored.record.events.iter().enumerate() {
        if let Some(b) = of_found(event).filter(|_| !with_partner.contains(&f)) {
            all.add(format!("{id}/+{}", event.id), NONE.into(), b);
            let own = format!("{}/{}", stored.key, event.id);
            alone.add(format!("{id}/+{}", event.id), NONE.into(), own);
        }
    }
}

/// Who says it first and who denies it, of the happenings that were found.
fn voices(
    articles: &[&Article],
    found: &BTreeMap<String, StoredDocument>,
    store: &Store,
    clusters: &Clusters,
    errors: usize,
    out: &mut impl Write,
) -> Result<()> {
    let mut stories: BTreeMap<String, Story> = BTreeMap::new();
    let mut told = BTreeMap::new();
    for article in articles {
        let id = &article.file.id;
        let story = found[id].story.clone().unwrap_or_else(|| found[id].key.to_string());
        if let Entry::Vacant(free) = stories.entry(story) {
            let whole = store.story(key(id))?.context("a story is lost")?;
            told.extend(whole.happenings.iter().map(|it| (it.id.clone(), it.clone())));
            free.insert(whole);
        }
    }
    let by_key: BTreeMap<String, &Article> =
        articles.iter().map(|it| (key(&it.file.id).to_string(), *it)).collect();
    let golds = golds(articles);
    let (mut first, mut of) = (0, 0);
    let (mut right, mut ours, mut theirs) = (0, 0, 0);
    let mut lines = Vec::new();
    for (gold_id, found_id) in clusters.matched() {
        let (Some(gold), Some(happening)) = (golds.get(&gold_id), told.get(&found_id)) else {
            continue;
        };
        of += 1;
        let says = happening.first.document.as_str();
        let article = by_key.get(says).context("a document is lost")?;
        let stored = &found[&article.file.id];
        let row = happening
            .reports
            .iter()
            .find(|row| row.head.document == says && row.status != Some(Status::Negated));
        let row = row.unwrap_or(&happening.reports[0]);
        let event = event_of(&stored.record, &row.id);
        let source = event.map(|event| sources(&stored.record, event.according_to));
        if gold.first.iter().any(|(id, parties)| {
            *id == article.file.id
                && same_sources(
                    &article.gold.record,
                    parties,
                    &stored.record,
                    source.as_deref().unwrap_or_default(),
                )
        }) {
            first += 1;
        } else {
            lines.push(format!(
                "first of {gold_id}: {:?}; gold {:?}",
                happening.first,
                gold.first.iter().map(|it| &it.0).collect::<Vec<_>>()
            ));
        }
        let mut free = gold.denied.clone();
        ours += gold.denied.len();
        let mut seen = BTreeSet::new();
        for row in &happening.denied {
            let article = by_key.get(row.head.document.as_str()).context("a document is lost")?;
            let stored = &found[&article.file.id];
            let id: Option<StatementId> = row.id.rsplit('/').next().and_then(|id| id.parse().ok());
            let Some(statement) = stored.record.statements.iter().find(|it| Some(it.id) == id)
            else {
                continue;
            };
            if !seen.insert((row.head.document.clone(), row.who.clone())) {
                continue;
            }
            theirs += 1;
            let at = free.iter().position(|(id, parties)| {
                *id == article.file.id
                    && same_sources(
                        &article.gold.record,
                        parties,
                        &stored.record,
                        &statement.source,
                    )
            });
            if let Some(at) = at {
                free.remove(at);
                right += 1;
            } else {
                lines.push(format!("denied {gold_id}: + {} {:?} {}", row.id, row.who, row.words));
            }
        }
        lines.extend(free.iter().map(|(id, _)| format!("denied {gold_id}: - {id}")));
    }
    let share = f64::from(first) / f64::from(of.max(1));
    writeln!(out, "first to say it    {share:.3} of {of} happenings that were found")?;
    let (p, r, f) =
        f1(f64::from(right) / f64::from(theirs.max(1)), f64::from(right) / (ours as f64).max(1.0));
    writeln!(
        out,
        "who denies it      P {p:.3} R {r:.3} F1 {f:.3} ({ours} in the gold, {theirs} found)"
    )?;
    for line in lines.into_iter().take(errors) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn event_of<'r>(record: &'r Record, id: &str) -> Option<&'r Event> {
    let id: EventId = id.rsplit('/').next()?.parse().ok()?;
    record.events.iter().find(|event| event.id == id)
}

/// What the gold says of a happening: in which articles of the first day it stands and on whose word, and who denies it.
#[derive(Debug, Default)]
struct Voices {
    day: Option<jiff::civil::Date>,
    first: Vec<(String, Vec<Party>)>,
    denied: Vec<(String, Vec<Party>)>,
}

fn golds(articles: &[&Article]) -> BTreeMap<String, Voices> {
    let mut all: BTreeMap<String, Voices> = BTreeMap::new();
    for article in articles {
        let record = &article.gold.record;
        let mut here: BTreeMap<String, BTreeSet<EventId>> = BTreeMap::new();
        for event in &record.events {
            let happening = article.gold.happenings.get((event.id.0 as usize).wrapping_sub(1));
            let Some(happening) = happening.and_then(Option::as_ref) else { continue };
            let id = format!("{}/{happening}", article.story);
            here.entry(id.clone()).or_default().insert(event.id);
            let voices = all.entry(id).or_default();
            let day = Some(article.file.published);
            if event.status == Status::Negated {
                continue;
            }
            if voices.day.is_none() || day < voices.day {
                voices.day = day;
                voices.first.clear();
            }
            if day == voices.day {
                let source = sources(record, event.according_to);
                voices.first.push((article.file.id.clone(), source));
            }
        }
        for (id, events) in here {
            let voices = all.entry(id).or_default();
            let mut seen = BTreeSet::new();
            let about = denials(record).into_iter().filter(|it| !it.events.is_disjoint(&events));
            for statement in about.filter_map(|it| statement_of(record, it.statement)) {
                let who: Vec<_> = statement.source.iter().map(|it| (it.entity, it.span)).collect();
                let entities: Vec<_> = who.iter().map(|it| it.0).collect();
                if seen.insert(entities) {
                    voices.denied.push((article.file.id.clone(), statement.source.clone()));
                }
            }
        }
    }
    // What nobody says is no happening that anybody could deny.
    for voices in all.values_mut().filter(|voices| voices.first.is_empty()) {
        voices.denied.clear();
    }
    all
}

fn sources(record: &Record, statement: Option<StatementId>) -> Vec<Party> {
    let found = statement.and_then(|id| statement_of(record, id));
    found.map(|it| it.source.clone()).unwrap_or_default()
}

fn statement_of(record: &Record, id: StatementId) -> Option<&Statement> {
    record.statements.iter().find(|it| it.id == id)
}

/// Whether two lists of sources are the author on both sides, or share one.
fn same_sources(gold: &Record, ours: &[Party], read: &Record, theirs: &[Party]) -> bool {
    if ours.is_empty() || theirs.is_empty() {
        return ours.is_empty() && theirs.is_empty();
    }
    ours.iter().any(|a| theirs.iter().any(|b| same_party(gold, a, read, b)))
}

/// Whether two parties are spoken of in the same words somewhere.
fn same_party(gold: &Record, ours: &Party, read: &Record, theirs: &Party) -> bool {
    let spans = |record: &Record, party: &Party| {
        let of = record.mentions.iter().filter(|it| Some(it.entity) == party.entity);
        of.map(|it| it.span).chain(party.span).collect::<Vec<_>>()
    };
    let (a, b) = (spans(gold, ours), spans(read, theirs));
    a.iter().any(|x| b.iter().any(|y| x.start() < y.end() && y.start() < x.end()))
}
