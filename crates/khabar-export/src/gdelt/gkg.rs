//! The rows of the Global Knowledge Graph, one a document.
//!
//! Its cells nest: items are set apart by `;` (quotations by `#`), their parts by `#`, `,` or `|`. None of these is escaped
//! anywhere in the format, so they become spaces inside a part.

use std::fmt::Write as _;

use khabar_record::{Amount, EntityKind, Manner, MentionForm, TextRange, Time, TimeKind};

use super::geo::Geo;
use super::{Cells, compact, moment};
use crate::view::View;

pub(crate) fn row(view: &View<'_>, number: u64) -> Cells {
    let document = &view.record().document;
    let published = document.published.map(moment);
    let mut cells = Cells::default();
    let stamp = published.as_deref().unwrap_or("00000000000000");
    cells.value(format_args!("{stamp}-{number}")).maybe(published.as_ref());
    cells.value(if view.url().is_some() { 1 } else { 2 });
    cells.text(view.site().unwrap_or_default()).text(view.address());
    let counts: Vec<(String, u32)> = counts(view);
    cells.text(&join(counts.iter().map(|(count, _)| count.clone())));
    cells.text(&join(counts.iter().map(|(count, offset)| format!("{count}#{offset}"))));
    // Themes are GDELT's own; contexts of ours stand in the extras.
    cells.blank(2);
    places(view, &mut cells);
    names(view, &mut cells, &[EntityKind::Person]);
    names(view, &mut cells, &[EntityKind::Organization, EntityKind::Outlet]);
    cells.blank(1);
    cells.text(&join(view.record().times.iter().filter_map(|time| date(view, time))));
    cells.blank(5);
    cells.text(&quotations(view));
    let all = [
        EntityKind::Person,
        EntityKind::State,
        EntityKind::Place,
        EntityKind::Organization,
        EntityKind::Outlet,
    ];
    cells.text(&join(mentioned(view, &all)));
    cells.text(&join(view.record().amounts.iter().map(|amount| {
        let of = plain(amount.unit.as_deref().unwrap_or(&amount.kind));
        format!("{},{of},{}", amount.value, offset(view, amount.span))
    })));
    cells.blank(1).text(&extras(view));
    cells
}

fn join(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(";")
}

/// A part without the marks that set parts apart.
fn plain(part: &str) -> String {
    let spaced = part.replace([';', '#', ',', '|', '<', '>'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn offset(view: &View<'_>, range: TextRange) -> u32 {
    view.span(range).0
}

/// Counts of people to whom something was done: `type#number#object#place`, with the place of an event that counts them.
fn counts(view: &View<'_>) -> Vec<(String, u32)> {
    let record = view.record();
    let count = |(n, amount): (usize, &Amount)| {
        let kind = match amount.of.as_deref()? {
            "killed" => "KILL",
            "wounded" => "WOUND",
            "arrested" => "ARREST",
            "kidnapped" => "KIDNAP",
            _ => "AFFECT",
        };
        let event = record.events.iter().find(|event| event.amounts.contains(&(n as u32)));
        let place = event.and_then(|event| view.entity(event.place?));
        let place = place.and_then(|entity| Geo::of(view, entity)).unwrap_or_default();
        let object = plain(amount.unit.as_deref().unwrap_or_default());
        let count = format!("{kind}#{}#{object}#{}", amount.value, located(&place, false));
        Some((count, offset(view, amount.span)))
    };
    record.amounts.iter().enumerate().filter_map(count).collect()
}

/// `type#name#FIPS#ADM1#lat#long#feature`, with ADM2 behind ADM1 in the enhanced column.
fn located(place: &Geo, enhanced: bool) -> String {
    let (lat, lon) =
        place.point.map_or_else(Default::default, |(lat, lon)| (lat.to_string(), lon.to_string()));
    let divisions = if enhanced { "#" } else { "" };
    let fips = place.fips.unwrap_or_default();
    format!("{}#{}#{fips}##{divisions}{lat}#{lon}#", place.kind, plain(&place.name))
}

fn places(view: &View<'_>, cells: &mut Cells) {
    let places: Vec<_> = view
        .record()
        .entities
        .iter()
        .filter_map(|entity| Some((entity.id, Geo::of(view, entity)?)))
        .collect();
    cells.text(&join(places.iter().map(|(_, place)| located(place, false))));
    cells.text(&join(view.record().mentions.iter().filter_map(|mention| {
        let (_, place) = places.iter().find(|(id, _)| *id == mention.entity)?;
        matches!(mention.form, MentionForm::Name | MentionForm::Nominal)
            .then(|| format!("{}#{}", located(place, true), offset(view, mention.span)))
    })));
}

/// `name,offset` of every mention by name of entities of some kinds.
fn mentioned(view: &View<'_>, kinds: &[EntityKind]) -> impl Iterator<Item = String> {
    view.record().mentions.iter().filter(|mention| mention.form == MentionForm::Name).filter_map(
        |mention| {
            let entity = view.entity(mention.entity).filter(|e| kinds.contains(&e.kind))?;
            Some(format!("{},{}", plain(view.name(entity)?), offset(view, mention.span)))
        },
    )
}

fn names(view: &View<'_>, cells: &mut Cells, kinds: &[EntityKind]) {
    cells.text(&join(view.names_of(kinds).into_iter().map(plain)));
    cells.text(&join(mentioned(view, kinds)));
}

/// `resolution,month,day,year,offset`: 1 a year, 2 a month, 3 a day of a year, 4 a day of any year.
fn date(view: &View<'_>, time: &Time) -> Option<String> {
    if time.kind != TimeKind::Date {
        return None;
    }
    let mut parts = time.value.splitn(3, '-');
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (
        parts.next().and_then(|y| y.parse::<u32>().ok()),
        number(parts.next()),
        number(parts.next()),
    );
    // Two digits of a century or a time of day behind the day make no date.
    let year = year.filter(|_| time.value.split('-').next().is_some_and(|year| year.len() == 4));
    let (resolution, month, day, year) = match (year, month, day) {
        (Some(year), None, _) if time.value.len() == 4 => (1, 0, 0, year),
        (Some(year), Some(month), None) if time.value.len() == 7 => (2, month, 0, year),
        (Some(year), Some(month), Some(day)) => (3, month, day, year),
        (None, Some(month), Some(day)) => (4, month, day, 0),
        _ => return None,
    };
    Some(format!("{resolution},{month},{day},{year},{}", offset(view, time.span)))
}

/// `offset|length|verb|words` of what stands between quotation marks.
fn quotations(view: &View<'_>) -> String {
    let direct = view.record().statements.iter().filter(|said| said.manner == Manner::Direct);
    let pieces = direct.flat_map(|said| said.content.iter().map(move |&range| (said, range)));
    pieces
        .map(|(said, range)| {
            let span = view.span(range);
            let verb = said.cue.as_ref().map_or("", |cue| view.words(cue.span));
            let words = plain(view.words(range));
            format!("{}|{}|{}|{words}", span.0, span.1 - span.0, plain(verb))
        })
        .collect::<Vec<_>>()
        .join("#")
}

/// What has no column: the title, the authors and the day of publication as GDELT tags them, and ours.
fn extras(view: &View<'_>) -> String {
    let document = &view.record().document;
    let mut xml = String::new();
    let mut tag = |name: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a string can't fail.
            let _ = write!(xml, "<{name}>{}</{name}>", escape(value));
        }
    };
    tag("PAGE_TITLE", document.title.as_deref().unwrap_or_default());
    tag("PAGE_AUTHORS", &document.byline.join(";"));
    tag("KHABAR_DOCUMENT", &view.item.key);
    tag("KHABAR_LANGUAGE", document.language.as_deref().unwrap_or_default());
    tag("KHABAR_PUBLISHED", &document.published.map(compact).unwrap_or_default());
    let mut contexts: Vec<&str> = view
        .record()
        .events
        .iter()
        .flat_map(|event| event.contexts.iter().map(String::as_str))
        .collect();
    contexts.sort_unstable();
    contexts.dedup();
    tag("KHABAR_CONTEXTS", &contexts.join(";"));
    xml
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
