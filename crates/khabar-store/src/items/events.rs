//! Events as items.
//!
//! | section | elements |
//! |---|---|
//! | 0 | combination of type, mode, code of CAMEO, status, rule, contexts; start and length of the trigger; distance of the clause from it, length |
//! | 1 | 1 + index of the time; 1 + entity of the place; 1 + number of the statement that carries it; 1 + its own number where that is not the usual |
//! | 2, 3 | actors, recipients: 1 + entity, 1 + distance from the trigger, length, combination of country and sector |
//! | 4 | indices of amounts |

use khabar_record::{CodePointRange, EntityId, Event, EventId, StatementId};

use super::parties::{self, Words};
use super::{Item, List, Packer, damaged, distance, known, near, optional, small};
use crate::error::StoreErrorKind;

/// Writes the events of a document.
pub(crate) fn pack_events(
    events: &[Event<CodePointRange>],
    words: &mut Words<'_>,
) -> rusqlite::Result<Option<String>> {
    let mut packer = Packer::default();
    for (n, event) in (1_u32..).zip(events) {
        let mut terms = vec![
            words.number(Some(&event.kind))?,
            words.number(event.mode.as_deref())?,
            words.number(event.cameo.as_deref())?,
            words.named(event.status)?,
            words.number(Some(&event.rule))?,
        ];
        for context in &event.contexts {
            terms.push(words.number(Some(context))?);
        }
        let anchor = event.trigger.0;
        packer.number(words.combination(&terms)?);
        packer.number(u64::from(anchor));
        packer.number(u64::from(event.trigger.1 - anchor));
        packer.number(distance(event.span.0, anchor));
        packer.number(u64::from(event.span.1 - event.span.0));
        packer.trimmed(&[
            optional(event.when),
            optional(event.place.map(|id| id.0)),
            optional(event.according_to.map(|id| id.0)),
            if event.id.0 == n { 0 } else { u64::from(event.id.0) + 1 },
        ]);
        parties::pack(&mut packer, &event.actors, anchor, words)?;
        parties::pack(&mut packer, &event.recipients, anchor, words)?;
        packer.section();
        for &index in &event.amounts {
            packer.element(&[u64::from(index)]);
        }
        packer.end();
    }
    Ok(packer.finish())
}

/// Reads what [`pack_events`] wrote.
pub(crate) fn unpack_events(
    packed: &str,
    words: &mut Words<'_>,
) -> Result<Vec<Event<CodePointRange>>, StoreErrorKind> {
    let list = List::of(packed).ok_or_else(|| damaged("events"))?;
    (1_u32..).zip(list.items()).map(|(n, item)| event(n, item, words)).collect()
}

fn event(
    n: u32,
    mut item: Item<'_>,
    words: &mut Words<'_>,
) -> Result<Event<CodePointRange>, StoreErrorKind> {
    let fault = || damaged("event");
    let small = |number| small(number, "event");
    let [combination, anchor, trigger, clause, length] = item.numbers().ok_or_else(fault)?;
    let terms = words.terms_of(combination)?;
    let [kind, mode, cameo, status, rule, ref contexts @ ..] = terms[..] else {
        return Err(fault());
    };
    let start = small(anchor)?;
    let clause = near(anchor, clause).ok_or_else(fault)?;
    let [when, place, according_to, id] = item.trimmed().ok_or_else(fault)?;
    let other = |number| known(number).map(small).transpose();
    let actors = parties::unpack(&mut item, anchor, words)?;
    let recipients = parties::unpack(&mut item, anchor, words)?;
    let amounts = item.elements::<1>().ok_or_else(fault)?;
    let mut all = Vec::with_capacity(contexts.len());
    for &context in contexts {
        all.extend(words.word(context)?);
    }
    Ok(Event {
        id: EventId(other(id)?.unwrap_or(n)),
        kind: words.word(kind)?.unwrap_or_default(),
        mode: words.word(mode)?,
        contexts: all,
        cameo: words.word(cameo)?,
        trigger: CodePointRange(start, start.saturating_add(small(trigger)?)),
        span: CodePointRange(clause, clause.saturating_add(small(length)?)),
        actors,
        recipients,
        status: words.value(status)?,
        when: other(when)?,
        place: other(place)?.map(EntityId),
        according_to: other(according_to)?.map(StatementId),
        amounts: amounts.into_iter().map(|[index]| small(index)).collect::<Result<_, _>>()?,
        rule: words.word(rule)?.unwrap_or_default(),
    })
}

/// The number of the event at a place of a list.
pub(crate) fn event_id(packed: &str, at: usize) -> Option<EventId> {
    let mut item = List::of(packed)?.items().nth(at)?;
    item.text();
    let [.., id] = item.trimmed::<4>()?;
    let usual = u32::try_from(at + 1).ok()?;
    Some(EventId(known(id).map_or(Some(usual), |id| u32::try_from(id).ok())?))
}
