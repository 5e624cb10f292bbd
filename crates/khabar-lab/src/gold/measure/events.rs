//! Events: what is done, by whom, to whom, and according to whom.

use khabar_record::{Event, EventId, Statement, StatementId, TextRange};

use super::{Candidate, Pair, StatementPartners, attribute, pair_up, unpaired};
use crate::gold::figure::{Key, Sheet};
use crate::gold::words::has_stop;

/// How many words may lie between two triggers of one clause.
const REACH: usize = 6;

/// Whether two triggers share a word, or how many words lie between them in one clause.
fn distance(pair: &Pair<'_>, gold: &Event, found: &Event) -> Option<usize> {
    let (a, b) = (pair.words.touched(gold.trigger), pair.words.touched(found.trigger));
    if a.start < b.end && b.start < a.end {
        return Some(0);
    }
    let between = if a.end <= b.start {
        TextRange::new(gold.trigger.end(), found.trigger.start().max(gold.trigger.end()))
    } else {
        TextRange::new(found.trigger.end(), gold.trigger.start().max(found.trigger.end()))
    };
    let words = pair.words.touched(between).len();
    let closed = has_stop(&pair.text[between]);
    (words <= REACH && !closed).then_some(words + 1)
}

fn pairs(pair: &Pair<'_>, reach: usize, same_type: bool) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, a) in pair.gold().events.iter().enumerate() {
        for (f, b) in pair.found.events.iter().enumerate() {
            if same_type && a.kind != b.kind {
                continue;
            }
            if let Some(far) = distance(pair, a, b).filter(|&far| far <= reach) {
                let parties = pair.shared_parties(&a.actors, &b.actors)
                    + pair.shared_parties(&a.recipients, &b.recipients);
                let quality = (usize::MAX - far, a.kind == b.kind, parties, a.mode == b.mode);
                candidates.push(Candidate { quality, gold: g, found: f });
            }
        }
    }
    pair_up(candidates)
}

/// Events of one type at one place.
pub(super) fn partners(pair: &Pair<'_>) -> Vec<(usize, usize)> {
    pairs(pair, usize::MAX, true)
}

/// Counts events.
pub(super) fn compare(
    pair: &Pair<'_>,
    times: &[(usize, usize)],
    statements: &StatementPartners,
    sheet: &mut Sheet,
) {
    let (gold, found) = (&pair.gold().events, &pair.found.events);
    let matched = pairs(pair, usize::MAX, true);
    sheet.f1(Key::EventType, matched.len(), found.len(), gold.len());
    sheet.f1(Key::EventTrigger, pairs(pair, 0, true).len(), found.len(), gold.len());
    let anywhere = pairs(pair, 0, false);
    sheet.f1(Key::EventFound, anywhere.len(), found.len(), gold.len());
    for &(g, f) in &matched {
        attributes(pair, &gold[g], &found[f], times, statements, sheet);
    }
    let other_type = |n: usize| anywhere.iter().find(|both| both.0 == n).map(|both| &found[both.1]);
    for n in unpaired(gold.len(), matched.iter().map(|both| both.0)) {
        let event = &gold[n];
        let instead =
            other_type(n).map_or_else(String::new, |other| format!(" (but {} there)", code(other)));
        let text = format!("- {} {}{instead}", label(pair, event.id), gold_line(pair, event));
        sheet.differ(Key::EventType, event.trigger.start().to_u32(), text);
    }
    for n in unpaired(found.len(), matched.iter().map(|both| both.1)) {
        let event = &found[n];
        let parties = (pair.found_parties(&event.actors), pair.found_parties(&event.recipients));
        let text = format!(
            "+ {} {} {} > {}, {:?}",
            code(event),
            pair.quote(event.trigger),
            parties.0,
            parties.1,
            event.status
        );
        sheet.differ(Key::EventType, event.trigger.start().to_u32(), text);
    }
}

fn attributes(
    pair: &Pair<'_>,
    gold: &Event,
    found: &Event,
    times: &[(usize, usize)],
    statements: &StatementPartners,
    sheet: &mut Sheet,
) {
    let at = gold.trigger;
    let item = || format!("{} {} {}", label(pair, gold.id), code(gold), pair.quote(at));
    if gold.mode.is_some() {
        let mode = |event: &Event| event.mode.clone().unwrap_or_else(|| "none".into());
        attribute(sheet, Key::Mode, gold.mode == found.mode, at, || {
            (item(), mode(gold), mode(found))
        });
    }
    for (key, ours, theirs) in [
        (Key::Actors, &gold.actors, &found.actors),
        (Key::Recipients, &gold.recipients, &found.recipients),
    ] {
        let shared = pair.shared_parties(ours, theirs);
        sheet.f1(key, shared, theirs.len(), ours.len());
        if shared < ours.len().max(theirs.len()) {
            let (a, b) = (pair.gold_parties(ours), pair.found_parties(theirs));
            sheet.differ(
                key,
                at.start().to_u32(),
                format!("≠ {}: {} {a} → {b}", item(), key.name()),
            );
        }
    }
    attribute(sheet, Key::Status, gold.status == found.status, at, || {
        (item(), format!("{:?}", gold.status), format!("{:?}", found.status))
    });
    let right = same_carrier(pair, gold, found, statements);
    if gold.according_to.is_some() {
        sheet.share(Key::Carried, right);
    }
    attribute(sheet, Key::AccordingTo, right, at, || {
        let name = |source: Option<String>| source.unwrap_or_else(|| "the author".into());
        let ours = carrier(&pair.gold().statements, gold.according_to)
            .map(|s| pair.gold_parties(&s.source));
        let theirs = carrier(&pair.found.statements, found.according_to)
            .map(|s| pair.found_parties(&s.source));
        (item(), name(ours), name(theirs))
    });
    if let Some(when) = gold.when {
        let theirs = found.when.and_then(|when| times.iter().find(|both| both.1 == when as usize));
        let right = theirs.is_some_and(|both| both.0 == when as usize);
        let show = |record: &khabar_record::Record, when: Option<u32>| {
            when.and_then(|n| record.times.get(n as usize))
                .map_or("none".into(), |time| pair.quote(time.span))
        };
        attribute(sheet, Key::When, right, at, || {
            (item(), show(pair.gold(), gold.when), show(pair.found, found.when))
        });
    }
    if let Some(place) = gold.place {
        let right = found.place.is_some_and(|other| pair.same_entity(place, other));
        let theirs = || found.place.map_or("none".into(), |id| pair.found_entity(id));
        attribute(sheet, Key::Where, right, at, || {
            (item(), pair.gold_entity(place).to_owned(), theirs())
        });
    }
}

/// Whether both events are told by the same voice: the author's, the same statement, or another statement of the same source.
fn same_carrier(
    pair: &Pair<'_>,
    gold: &Event,
    found: &Event,
    partners: &StatementPartners,
) -> bool {
    match (gold.according_to, found.according_to) {
        (None, None) => true,
        (Some(ours), Some(theirs)) => {
            let sources = (
                carrier(&pair.gold().statements, Some(ours)),
                carrier(&pair.found.statements, Some(theirs)),
            );
            partners.get(&theirs) == Some(&ours)
                || matches!(sources, (Some(a), Some(b)) if !a.source.is_empty() && pair.same_parties(&a.source, &b.source))
        }
        _ => false,
    }
}

fn carrier(statements: &[Statement], id: Option<StatementId>) -> Option<&Statement> {
    id.and_then(|id| statements.iter().find(|statement| statement.id == id))
}

fn label<'a>(pair: &'a Pair<'_>, id: EventId) -> &'a str {
    pair.gold.event_names.get((id.0 as usize).wrapping_sub(1)).map_or("?", String::as_str)
}

fn code(event: &Event) -> String {
    event.mode.as_ref().map_or_else(|| event.kind.clone(), |mode| format!("{} {mode}", event.kind))
}

fn gold_line(pair: &Pair<'_>, event: &Event) -> String {
    let (actors, recipients) =
        (pair.gold_parties(&event.actors), pair.gold_parties(&event.recipients));
    format!(
        "{} {} {actors} > {recipients}, {:?}",
        code(event),
        pair.quote(event.trigger),
        event.status
    )
}
