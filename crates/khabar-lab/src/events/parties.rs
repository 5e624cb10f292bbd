//! What the ranking of parties learns from: the events that the reader finds in annotated texts, with the right parties.

use std::path::Path;

use anyhow::Result;
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_read::events::rank::{Place, Question};
use khabar_record::{Article, Document, Event, Party, Record, TextRange, TextSize};

use super::data::{distance, tools};
use super::table::{Table, unmark};
use crate::gold;

/// How far a trigger may stand from a gold one of its type, in bytes, to be taken for another word of the same act.
const NEAR: u32 = 30;

/// How much of two phrases must be common to both to take them for the same.
const COMMON: f32 = 0.4;

/// How many letters are shown on each side of a trigger.
const SHOWN: usize = 140;

/// An event with its right parties.
#[derive(Clone, Debug)]
pub(crate) struct Lesson {
    pub(crate) question: Question,
    /// For each role the parties that there are, each by the candidates that stand for it.
    pub(crate) parties: [Vec<Vec<usize>>; 2],
    /// The text that it is from, so that no text is both learnt from and scored.
    pub(crate) text: String,
    pub(crate) is_article: bool,
    /// The words of the parties, to be shown.
    pub(crate) shown: String,
}

/// A gold event: its trigger, its type, and where its parties stand.
struct Marked {
    trigger: TextRange,
    kind: String,
    parties: [Vec<Spots>; 2],
}

/// The places that speak of one party.
struct Spots(Vec<TextRange>);

/// The events of the gold corpus' open half.
pub(crate) fn articles(root: &Path, language: Language) -> Result<Vec<Lesson>> {
    let (analyzer, reader) = tools()?;
    let mut lessons = Vec::new();
    for (story, record) in gold::lessons(root)? {
        if record.document.language.as_deref() != Some(language.code()) {
            continue;
        }
        let marked: Vec<Marked> =
            record.events.iter().map(|event| of_event(&record, event)).collect();
        let text = record.document.text.clone();
        let questions = read(&analyzer, &reader, record.document, language, &marked);
        lessons.extend(pair(questions, &marked, &story, &text, true));
    }
    Ok(lessons)
}

/// The events of a table of sentences with marked triggers.
pub(crate) fn sentences(path: &Path, language: Language) -> Result<Vec<Lesson>> {
    let (analyzer, reader) = tools()?;
    let table = Table::read(path)?;
    let mut found: Vec<(String, Vec<Marked>)> = Vec::new();
    for (_, cells) in table.rows(["text", "type", "actors", "recipients"])? {
        let [text, kind, actors, recipients] = cells.map(Option::unwrap_or_default);
        let (text, triggers) = unmark(text);
        let Some(&trigger) = triggers.first() else { continue };
        if kind == "-" {
            continue;
        }
        let parties = [actors, recipients].map(|cell| of_cell(&text, trigger, cell));
        let marked = Marked { trigger, kind: kind.to_owned(), parties };
        match found.last_mut().filter(|(last, _)| *last == text) {
            Some((_, rows)) => rows.push(marked),
            None => found.push((text, vec![marked])),
        }
    }
    let mut lessons = Vec::new();
    for (number, (text, marked)) in found.into_iter().enumerate() {
        let document = Document {
            text: text.clone(),
            language: Some(language.code().to_owned()),
            ..Document::default()
        };
        let questions = read(&analyzer, &reader, document, language, &marked);
        lessons.extend(pair(questions, &marked, &format!("sentence {number}"), &text, false));
    }
    Ok(lessons)
}

fn read(
    analyzer: &Analyzer,
    reader: &Reader,
    document: Document,
    language: Language,
    marked: &[Marked],
) -> Vec<Question> {
    let analysis = analyzer.analyze(&document.text, language, &[]);
    let known: Vec<_> = marked.iter().map(|one| (one.trigger, one.kind.clone())).collect();
    reader.party_questions(Article { document, blocks: Vec::new() }, &analysis, &known)
}

/// Where the parties of a gold event stand: wherever their entities are spoken of.
fn of_event(record: &Record, event: &Event) -> Marked {
    let spots = |party: &Party| match (party.entity, party.span) {
        (Some(entity), _) => {
            let own = record.mentions.iter().filter(|mention| mention.entity == entity);
            Spots(own.map(|mention| mention.span).collect())
        }
        (None, span) => Spots(span.into_iter().collect()),
    };
    let parties =
        [&event.actors, &event.recipients].map(|parties| parties.iter().map(spots).collect());
    Marked { trigger: event.trigger, kind: event.kind.clone(), parties }
}

/// Where the parties of a cell stand: the nearest place to the trigger with these words.
fn of_cell(text: &str, trigger: TextRange, cell: &str) -> Vec<Spots> {
    let names = cell.split('|').map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let places = text.match_indices(name).map(|(start, _)| {
                TextRange::new(TextSize::from(start), TextSize::from(start + name.len()))
            });
            Spots(places.min_by_key(|place| distance(*place, trigger)).into_iter().collect())
        })
        .collect()
}

fn pair(
    questions: Vec<Question>,
    marked: &[Marked],
    text: &str,
    words: &str,
    is_article: bool,
) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for question in questions {
        let near = |one: &&Marked| {
            one.kind == question.kind && distance(one.trigger, question.trigger) < NEAR
        };
        let over = |one: &&Marked| one.trigger.overlaps(question.trigger);
        let Some(own) = marked.iter().find(over).or_else(|| marked.iter().find(near)) else {
            continue;
        };
        let parties = [0, 1].map(|role: usize| {
            let parties = own.parties[role].iter();
            parties
                .map(|spots| standing_for(&question, spots, role, is_article))
                .collect::<Vec<_>>()
        });
        let shown = own.parties.iter().map(|parties| {
            let one = |spots: &Spots| spots.0.first().map_or("?", |span| &words[*span]).to_owned();
            parties.iter().map(one).collect::<Vec<_>>().join(" | ")
        });
        let shown = shown.collect::<Vec<_>>().join(" > ");
        let shown = format!("{shown} ‖ {}", around(words, question.trigger));
        let text = text.to_owned();
        lessons.push(Lesson { question, parties, text, is_article, shown });
    }
    lessons
}

/// The words around a trigger, which is marked, on one line.
fn around(words: &str, trigger: TextRange) -> String {
    let (start, end) = (trigger.start().to_usize(), trigger.end().to_usize());
    let before: Vec<char> = words[..start].chars().rev().take(SHOWN).collect();
    let before: String = before.into_iter().rev().collect();
    let behind: String = words[end..].chars().take(SHOWN).collect();
    format!("{before}⟦{}⟧{behind}", &words[trigger]).replace('\n', " ¶ ")
}

/// The candidates that stand for a party.
fn standing_for(question: &Question, spots: &Spots, role: usize, is_article: bool) -> Vec<usize> {
    let heads = |span: TextRange| {
        let options = question.options.iter().enumerate();
        let found = options.filter(move |(_, option)| match &option.place {
            Place::Word { head, above } => {
                let inside = |word: &TextRange| span.overlaps(*word);
                inside(head) && !above.as_ref().is_some_and(inside)
            }
            Place::Ending(verb) => is_article && *verb == span,
            Place::Speaker(source) => source.iter().any(|words| common(*words, span) > COMMON),
            Place::Nobody => false,
        });
        found.map(|(at, _)| at)
    };
    let mut found: Vec<usize> = spots.0.iter().flat_map(|span| heads(*span)).collect();
    let inside = |place: &Place| {
        let holds = |head: &TextRange| spots.0.iter().any(|span| span.contains_range(*head));
        matches!(place, Place::Word { head, .. } if holds(head))
    };
    if !is_article {
        // Of "a group of soldiers" the rules choose the soldiers.
        let ruled = question.ruled[role].iter().copied();
        found.extend(ruled.filter(|&at| inside(&question.options[at].place)));
    }
    if found.is_empty() && !is_article {
        // A phrase that the parser has torn apart: whoever stands in it.
        let options = question.options.iter().enumerate();
        found.extend(options.filter(|(_, option)| inside(&option.place)).map(|(at, _)| at).take(1));
    }
    let alike: Vec<usize> =
        found.iter().flat_map(|&at| question.options[at].alike.iter().copied()).collect();
    found.extend(alike);
    found.sort_unstable();
    found.dedup();
    found
}

/// How much of two spans is common to both, of what either covers.
fn common(one: TextRange, other: TextRange) -> f32 {
    let both =
        one.end().min(other.end()).to_u32().saturating_sub(one.start().max(other.start()).to_u32());
    let all = one.end().max(other.end()).to_u32() - one.start().min(other.start()).to_u32();
    both as f32 / all.max(1) as f32
}
