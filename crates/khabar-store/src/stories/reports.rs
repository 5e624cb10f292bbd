//! Events as reports of something that happened: what of an event can be held against another's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use khabar_record::{Entity, EntityId, EntityKind, Event, Party, Record, Status, TextRange, Time};

use super::denials::is_denied;
use super::marks::{Mark, identities};
use crate::day;
use crate::search::Stemmer;

/// An event that may report a happening.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) doc: i64,
    /// Its place among the document's events.
    pub(crate) n: i64,
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    pub(crate) cameo: Option<String>,
    pub(crate) status: Status,
    pub(crate) side: Side,
    pub(crate) arabic: bool,
    pub(crate) published: Option<i64>,
    /// The first day and the day behind the last, where the text tells.
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) actors: Vec<Who>,
    pub(crate) recipients: Vec<Who>,
    pub(crate) place: Option<Who>,
    /// What is counted, with the number.
    pub(crate) amounts: BTreeMap<String, f64>,
    pub(crate) contexts: BTreeSet<String>,
    /// The stem of the word that names it.
    pub(crate) trigger: Stems,
    /// The stems of its clause.
    pub(crate) words: Stems,
    /// All whom its sentence names.
    pub(crate) named: BTreeSet<Mark>,
    /// The number of its sentence.
    pub(crate) sentence: usize,
    /// Whether a source says so, and not the author.
    pub(crate) carried: bool,
}

/// What a report says of whether it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// It did.
    Told,
    /// Somebody denies it.
    Disputed,
    /// It did not, the text itself says, unprompted: what did not happen is often another thing than what did.
    Contrary,
}

/// The stems of some words, as hashes in order: they are compared over and over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stems(Vec<u64>);

impl Stems {
    pub(crate) fn of(text: &str, stemmer: &mut Stemmer) -> Self {
        Self(stemmer.stems(text))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many stems both have.
    pub(crate) fn common(&self, other: &Self) -> usize {
        let (mut a, mut b, mut common) = (0, 0, 0);
        while a < self.0.len() && b < other.0.len() {
            let (one, two) = (self.0[a], other.0[b]);
            common += usize::from(one == two);
            a += usize::from(one <= two);
            b += usize::from(two <= one);
        }
        common
    }
}

impl FromIterator<u64> for Stems {
    fn from_iter<I: IntoIterator<Item = u64>>(hashes: I) -> Self {
        let mut hashes: Vec<u64> = hashes.into_iter().collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }
}

/// Someone or some place in a report.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// What is the same in every document.
    pub(crate) marks: Vec<Mark>,
    /// What is the same in its document.
    pub(crate) entity: Option<EntityId>,
    pub(crate) country: Option<String>,
    pub(crate) is_state: bool,
}

/// How one party of a report goes with one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// They are somebody else.
    Other,
    /// Nothing is known of one.
    Unknown,
    /// They are of one country.
    Akin,
    /// They are the same.
    Same,
}

/// The entities of a record, each with the marks by which it is known elsewhere.
type Known<'r> = BTreeMap<EntityId, (&'r Entity, Vec<Mark>)>;

impl Who {
    fn of(party: &Party, entities: &Known<'_>) -> Self {
        let known = party.entity.and_then(|id| entities.get(&id));
        Self {
            marks: known.map(|(_, marks)| marks.clone()).unwrap_or_default(),
            entity: party.entity,
            country: party.country.clone().or_else(|| known?.0.country.clone()),
            is_state: known.is_some_and(|(entity, _)| entity.kind == EntityKind::State),
        }
    }

    fn matches(&self, other: &Self, same_document: bool) -> Match {
        if same_document && self.entity.is_some() && self.entity == other.entity
            || self.marks.iter().any(|mark| other.marks.contains(mark))
        {
            return Match::Same;
        }
        match (&self.country, &other.country) {
            (Some(one), Some(two)) if one == two => {
                let known = !self.marks.is_empty() && !other.marks.is_empty();
                // A state may stand for its government; two named people of one country are two.
                if known && !self.is_state && !other.is_state { Match::Other } else { Match::Akin }
            }
            (Some(_), Some(_)) => Match::Other,
            _ if !self.marks.is_empty() && !other.marks.is_empty() => Match::Other,
            _ if same_document && self.entity.is_some() && other.entity.is_some() => Match::Other,
            _ => Match::Unknown,
        }
    }
}

/// How the parties of one report go with those of another: the best of all pairs, if there is one.
pub(crate) fn matches(one: &[Who], other: &[Who], same_document: bool) -> Option<Match> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.matches(b, same_document)).max()
}

/// The events of a record that may report something that happened, or that it did not.
pub(crate) fn reports(doc: i64, record: &Record, stemmer: &mut Stemmer) -> Vec<Report> {
    let entities: Known<'_> =
        record.entities.iter().map(|entity| (entity.id, (entity, identities(entity)))).collect();
    (0_i64..)
        .zip(&record.events)
        .filter_map(|(n, event)| {
            let told = matches!(event.status, Status::Actual | Status::Historical);
            let side = if told {
                Side::Told
            } else if is_denied(record, event) {
                Side::Disputed
            } else if event.status == Status::Negated {
                Side::Contrary
            } else {
                return None;
            };
            Some(Report { side, ..report(doc, n, event, record, &entities, stemmer) })
        })
        .collect()
}

fn report(
    doc: i64,
    n: i64,
    event: &Event,
    record: &Record,
    entities: &Known<'_>,
    stemmer: &mut Stemmer,
) -> Report {
    let text = &record.document.text;
    let sentence = record.sentences.partition_point(|range| range.end() <= event.trigger.start());
    let around = record.sentences.get(sentence).copied().unwrap_or(event.span).cover(event.span);
    let who = |parties: &[Party]| parties.iter().map(|party| Who::of(party, entities)).collect();
    let place = Party { entity: event.place, span: None, country: None, sector: None };
    let time = event.when.and_then(|index| record.times.get(index as usize));
    let days = time.and_then(days_of);
    let amounts = event.amounts.iter().filter_map(|&index| record.amounts.get(index as usize));
    Report {
        doc,
        n,
        kind: event.kind.clone(),
        mode: event.mode.clone(),
        cameo: event.cameo.clone(),
        status: event.status,
        side: Side::Told,
        arabic: record.document.language.as_deref() == Some("ar"),
        published: record.document.published.map(day::number),
        days,
        actors: who(&event.actors),
        recipients: who(&event.recipients),
        place: event.place.map(|_| Who::of(&place, entities)),
        amounts: amounts
            .map(|it| (it.of.clone().unwrap_or_else(|| it.kind.clone()), it.value))
            .collect(),
        contexts: event.contexts.iter().cloned().collect(),
        trigger: Stems::of(&text[whole_words(text, event.trigger)], stemmer),
        words: Stems::of(&text[event.span], stemmer),
        named: named(record, around, entities),
        sentence,
        carried: event.according_to.is_some(),
    }
}

/// A span with the rest of the words that it cuts: a trigger leaves out what is written together with it.
fn whole_words(text: &str, span: TextRange) -> TextRange {
    let outside = |c: char| !c.is_alphanumeric() && !matches!(c, '\u{640}'..='\u{65f}');
    let (before, behind) = (&text[..span.start().to_usize()], &text[span.end().to_usize()..]);
    let start = before
        .rfind(outside)
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let end = span.end().to_usize() + behind.find(outside).unwrap_or(behind.len());
    TextRange::new(start, end)
}

/// The first day of a time and the day behind its last.
pub(super) fn days_of(time: &Time) -> Option<(i64, i64)> {
    let bound = |text: &String| day::of_start(text).map(day::number);
    if let Some(first) = time.start.as_ref().and_then(bound) {
        // An hour begins and ends on one day.
        return Some((
            first,
            time.end.as_ref().and_then(bound).unwrap_or(first + 1).max(first + 1),
        ));
    }
    // A record of another's making may give the value alone.
    let value = time.value.as_str();
    let (first, months) = match value.len() {
        4 => (format!("{value}-01-01"), 12),
        7 => (format!("{value}-01"), 1),
        _ => (value.to_owned(), 0),
    };
    let first = day::of_start(&first)?;
    let after = if months == 0 { first.tomorrow() } else { first.checked_add(months.months()) };
    Some((day::number(first), day::number(after.ok()?)))
}

fn named(record: &Record, range: TextRange, entities: &Known<'_>) -> BTreeSet<Mark> {
    let inside = record.mentions.iter().filter(|mention| range.contains_range(mention.span));
    let known = inside.filter_map(|mention| entities.get(&mention.entity));
    known.flat_map(|(_, marks)| marks).copied().collect()
}
