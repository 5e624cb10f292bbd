//! The rows of each table.

use std::borrow::Cow;
use std::fmt::Display;

use khabar_record::{Party, TextRange};
use serde::Serialize;

use super::{Cell, Take};
use crate::Result;
use crate::view::{View, label};

pub(super) fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn owned(value: impl Display) -> Cell<'static> {
    Cell::Text(Cow::Owned(value.to_string()))
}

/// The name that a value has in a record.
fn named(value: impl Serialize) -> Cell<'static> {
    Cell::Text(Cow::Owned(label(value)))
}

pub(super) fn some(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::None, text)
}

pub(super) fn integer(value: impl TryInto<i64>) -> Cell<'static> {
    value.try_into().map_or(Cell::None, Cell::Integer)
}

pub(super) fn list(values: &[String]) -> Cell<'_> {
    if values.is_empty() {
        return Cell::None;
    }
    Cell::List(values.iter().map(String::as_str).collect())
}

/// Start, end and words of a span.
fn evidence<'v>(view: &View<'v>, range: TextRange) -> [Cell<'v>; 3] {
    let span = view.span(range);
    [integer(span.0), integer(span.1), text(view.words(range))]
}

pub(super) fn documents(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    let document = &view.record().document;
    let origin = document.origin.as_ref();
    take(&[
        text(&view.item.key),
        text(&document.id),
        some(document.title.as_deref()),
        some(document.outlet.as_deref()),
        document.published.map_or(Cell::None, Cell::Day),
        some(document.language.as_deref()),
        list(&document.byline),
        some(Some(document.source.as_str()).filter(|source| !source.is_empty())),
        some(document.url.as_deref()),
        origin.map_or(Cell::None, |origin| named(origin.kind)),
        some(origin.and_then(|origin| origin.outlet.as_deref())),
        some(view.item.story.as_deref()),
        text(&document.text),
    ])
}

pub(super) fn sentences(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for (n, &range) in view.record().sentences.iter().enumerate() {
        let [start, end, words] = evidence(view, range);
        take(&[text(&view.item.key), integer(n), start, end, words])?;
    }
    Ok(())
}

pub(super) fn entities(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for entity in &view.record().entities {
        let name = |code: &str| some(entity.names.get(code).map(String::as_str));
        take(&[
            text(&view.item.key),
            owned(entity.id),
            named(entity.kind),
            name("en"),
            name("ar"),
            some(entity.country.as_deref()),
            list(&entity.sectors),
            some(entity.role.as_deref()),
            some(entity.wikidata.as_deref()),
            entity.geonames.map_or(Cell::None, integer),
            entity.lat.map_or(Cell::None, Cell::Number),
            entity.lon.map_or(Cell::None, Cell::Number),
        ])?;
    }
    Ok(())
}

pub(super) fn mentions(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for (n, mention) in view.record().mentions.iter().enumerate() {
        let [start, end, words] = evidence(view, mention.span);
        let (entity, form) = (owned(mention.entity), named(mention.form));
        take(&[text(&view.item.key), integer(n), entity, form, start, end, words])?;
    }
    Ok(())
}

pub(super) fn times(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for (n, time) in view.record().times.iter().enumerate() {
        let [start, end, words] = evidence(view, time.span);
        take(&[
            text(&view.item.key),
            integer(n),
            named(time.kind),
            text(&time.value),
            some(time.start.as_deref()),
            some(time.end.as_deref()),
            time.anchor.map_or(Cell::None, named),
            start,
            end,
            words,
        ])?;
    }
    Ok(())
}

pub(super) fn amounts(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for (n, amount) in view.record().amounts.iter().enumerate() {
        let [start, end, words] = evidence(view, amount.span);
        take(&[
            text(&view.item.key),
            integer(n),
            text(&amount.kind),
            Cell::Number(amount.value),
            amount.high.map_or(Cell::None, Cell::Number),
            some(amount.unit.as_deref()),
            named(amount.bound),
            some(amount.of.as_deref()),
            start,
            end,
            words,
        ])?;
    }
    Ok(())
}

/// The words of parties, or their names where they are implied.
fn together<'v>(view: &View<'v>, parties: &'v [Party]) -> Cell<'v> {
    let names: Vec<&str> = parties
        .iter()
        .filter_map(|party| {
            party.span.map(|span| view.words(span)).or_else(|| view.party_name(party))
        })
        .collect();
    if names.is_empty() { Cell::None } else { owned(names.join(", ")) }
}

pub(super) fn statements(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for statement in &view.record().statements {
        let cue = statement.cue.as_ref();
        let cue_span = cue.map(|cue| view.span(cue.span));
        let key = |id| owned(view.statement_key(id));
        take(&[
            key(statement.id),
            text(&view.item.key),
            named(statement.stance),
            named(statement.kind),
            named(statement.manner),
            together(view, &statement.source),
            owned(view.content(statement)),
            some(cue.map(|cue| view.words(cue.span))),
            some(cue.map(|cue| cue.lemma.as_str())),
            some(cue.map(|cue| cue.act.as_str())),
            cue_span.map_or(Cell::None, |span| integer(span.0)),
            cue_span.map_or(Cell::None, |span| integer(span.1)),
            some(statement.medium.as_ref().map(|medium| medium.kind.as_str())),
            statement.within.map_or(Cell::None, key),
            statement.answers.map_or(Cell::None, key),
            statement.said_at.map_or(Cell::None, integer),
            view.day(statement.said_at).map_or(Cell::None, Cell::Day),
            text(&statement.rule),
        ])?;
    }
    Ok(())
}

/// The rows of the parties that play a role in a statement or an event.
fn parties(
    view: &View<'_>,
    of: &str,
    role: &str,
    parties: &[Party],
    take: &mut Take<'_>,
) -> Result<()> {
    for (k, party) in parties.iter().enumerate() {
        let [start, end, words] =
            party.span.map_or([Cell::None, Cell::None, Cell::None], |span| evidence(view, span));
        take(&[
            text(of),
            text(&view.item.key),
            text(role),
            integer(k),
            party.entity.map_or(Cell::None, owned),
            start,
            end,
            words,
            some(party.country.as_deref()),
            some(party.sector.as_deref()),
        ])?;
    }
    Ok(())
}

pub(super) fn statement_parties(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for statement in &view.record().statements {
        let key = view.statement_key(statement.id);
        parties(view, &key, "source", &statement.source, take)?;
        parties(view, &key, "addressee", &statement.addressee, take)?;
    }
    Ok(())
}

pub(super) fn statement_contents(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for statement in &view.record().statements {
        let key = view.statement_key(statement.id);
        for (k, &range) in statement.content.iter().enumerate() {
            let [start, end, words] = evidence(view, range);
            take(&[text(&key), text(&view.item.key), integer(k), start, end, words])?;
        }
    }
    Ok(())
}

pub(super) fn statement_chains(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for statement in &view.record().statements {
        let key = view.statement_key(statement.id);
        for (k, &entity) in statement.chain.iter().enumerate() {
            take(&[text(&key), text(&view.item.key), integer(k), owned(entity)])?;
        }
    }
    Ok(())
}

pub(super) fn events(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for event in &view.record().events {
        let trigger = view.span(event.trigger);
        let [start, end, words] = evidence(view, event.span);
        let amounts: Vec<String> = event.amounts.iter().map(ToString::to_string).collect();
        take(&[
            owned(view.event_key(event.id)),
            text(&view.item.key),
            text(&event.kind),
            some(event.mode.as_deref()),
            list(&event.contexts),
            some(event.cameo.as_deref()),
            named(event.status),
            together(view, &event.actors),
            together(view, &event.recipients),
            text(view.words(event.trigger)),
            integer(trigger.0),
            integer(trigger.1),
            words,
            start,
            end,
            event.when.map_or(Cell::None, integer),
            view.day(event.when).map_or(Cell::None, Cell::Day),
            event.place.map_or(Cell::None, owned),
            event.according_to.map_or(Cell::None, |id| owned(view.statement_key(id))),
            some(view.item.happenings.get(&event.id).map(String::as_str)),
            list(&amounts),
            text(&event.rule),
        ])?;
    }
    Ok(())
}

pub(super) fn event_parties(view: &View<'_>, take: &mut Take<'_>) -> Result<()> {
    for event in &view.record().events {
        let key = view.event_key(event.id);
        parties(view, &key, "actor", &event.actors, take)?;
        parties(view, &key, "recipient", &event.recipients, take)?;
    }
    Ok(())
}
