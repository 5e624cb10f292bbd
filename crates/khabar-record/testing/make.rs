//! Parts of records with nothing in them but what a test cares for. The tests of several crates take this file in by its path.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::collections::BTreeMap;

use khabar_record::{
    Entity, EntityId, EntityKind, Event, EventId, Manner, Party, Stance, Statement, StatementId,
    StatementKind, Status, TextRange,
};

/// Finds `words` in `text`.
pub(crate) fn at(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} stands in {text:?}"));
    TextRange::new(start, start + words.len())
}

/// An entity of which nothing is known but its names.
pub(crate) fn entity(id: u32, kind: EntityKind, en: &str, ar: &str) -> Entity {
    let names: BTreeMap<String, String> = [("en", en), ("ar", ar)]
        .into_iter()
        .filter(|(_, name)| !name.is_empty())
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .collect();
    Entity {
        id: EntityId(id),
        kind,
        names,
        country: None,
        sectors: vec![],
        role: None,
        wikidata: None,
        geonames: None,
        lat: None,
        lon: None,
    }
}

/// A party that is an entity.
pub(crate) fn party(entity: u32, span: Option<TextRange>) -> Party {
    Party { entity: Some(EntityId(entity)), span, country: None, sector: None }
}

/// A claim with nothing about it.
pub(crate) fn statement(
    id: u32,
    source: Vec<Party>,
    content: Vec<TextRange>,
    stance: Stance,
) -> Statement {
    Statement {
        id: StatementId(id),
        chain: source.iter().filter_map(|party| party.entity).collect(),
        source,
        cue: None,
        content,
        manner: Manner::Indirect,
        kind: StatementKind::Claim,
        stance,
        addressee: vec![],
        medium: None,
        within: None,
        answers: None,
        said_at: None,
        rule: "test.say".to_owned(),
    }
}

/// An event that happened, with nobody in it.
pub(crate) fn event(id: u32, kind: &str, trigger: TextRange, span: TextRange) -> Event {
    Event {
        id: EventId(id),
        kind: kind.to_owned(),
        mode: None,
        contexts: vec![],
        cameo: None,
        trigger,
        span,
        actors: vec![],
        recipients: vec![],
        status: Status::Actual,
        when: None,
        place: None,
        according_to: None,
        amounts: vec![],
        rule: "test.event".to_owned(),
    }
}
