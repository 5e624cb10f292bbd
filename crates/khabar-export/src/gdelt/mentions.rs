//! The rows of Mentions.

use khabar_record::{Event, MentionForm, Party};
use serde_json::json;

use super::{Cells, moment};
use crate::dyad::Dyad;
use crate::view::{View, label};

pub(crate) fn row(view: &View<'_>, event: &Event, dyad: Dyad<'_>, id: i64) -> Cells {
    let published = view.record().document.published.map(moment);
    let offset = |party: Option<&Party>| {
        party.and_then(|party| party.span).map_or(-1, |span| i64::from(view.span(span).0))
    };
    let mut cells = Cells::default();
    cells.value(id).maybe(published.as_ref()).maybe(published.as_ref());
    cells.value(if view.url().is_some() { 1 } else { 2 });
    cells.text(view.site().unwrap_or_default()).text(view.address());
    cells.maybe(view.sentence(event.trigger));
    cells.value(offset(dyad.actor)).value(offset(dyad.recipient));
    cells.value(view.span(event.trigger).0);
    let named = [dyad.actor, dyad.recipient].into_iter().flatten().all(|p| is_named(view, p));
    cells.value(u8::from(named)).blank(1);
    cells.value(view.length()).blank(2);
    cells.text(&extras(view, event));
    cells
}

/// Whether a party is spoken of by name where it stands, rather than through a pronoun or not at all.
fn is_named(view: &View<'_>, party: &Party) -> bool {
    let Some(span) = party.span else { return false };
    party.entity.is_none_or(|id| {
        view.mentions(id).all(|mention| {
            mention.span != span
                || !matches!(mention.form, MentionForm::Pronoun | MentionForm::Implicit)
        })
    })
}

/// The evidence, as one line of JSON.
fn extras(view: &View<'_>, event: &Event) -> String {
    let mut extras = json!({
        "event": view.event_key(event.id),
        "status": label(event.status),
        "trigger": view.span(event.trigger),
        "span": view.span(event.span),
        "words": view.words(event.span),
        "rule": event.rule,
    });
    if let Some(statement) = event.according_to.and_then(|id| view.statement(id)) {
        let sources: Vec<&str> =
            statement.source.iter().filter_map(|party| view.party_name(party)).collect();
        extras["according_to"] = json!({
            "statement": view.statement_key(statement.id),
            "source": sources,
            "stance": label(statement.stance),
        });
    }
    extras.to_string()
}
