//! Descriptions that hold the name of the one described: وزير المياه سوك فيرياك, وكالة "تاس".
//!
//! Trees hang a name on the noun before it, so that the phrase of the noun swallows the name. Whoever is described so is the
//! one who is named, with all that was taken for him since.

use khabar_lang::Upos;
use khabar_record::{EntityKind, MentionForm};

use super::Text;
use super::actors::{Actors, Spot};
use super::find::cover;

/// Makes one of a described actor and the one whose name closes the description.
pub(super) fn join(text: Text<'_>, actors: &mut Actors) {
    if !text.is_arabic() {
        return;
    }
    let pairs: Vec<(usize, usize)> = (0..actors.spots.len())
        .filter_map(|at| Some((at, named_in(text, actors, &actors.spots[at])?)))
        .collect();
    for (described, name) in pairs {
        let from = actors.spots[described].actor;
        let to = actors.spots[name].actor;
        if from == to {
            continue;
        }
        let start = actors.spots[described].words.start;
        let mut end = actors.spots[name].words.start;
        while end > start && text.word(end - 1).upos() == Upos::Punct {
            end -= 1;
        }
        let words = start..end;
        // An outlet is mentioned by its name alone, a person by the description too.
        if actors.get(from).kind == EntityKind::Person {
            let spot = &mut actors.spots[described];
            spot.range = cover(text.analysis, &words);
            spot.words = words;
            spot.form = MentionForm::Nominal;
        } else {
            let Spot { range, words, .. } = actors.spots[name].clone();
            let spot = &mut actors.spots[described];
            (spot.range, spot.words, spot.form) = (range, words, MentionForm::Name);
        }
        actors.merge(from, to);
    }
}

/// The spot of the name that closes a description.
fn named_in(text: Text<'_>, actors: &Actors, described: &Spot) -> Option<usize> {
    let actor = actors.get(described.actor);
    let person = actor.kind == EntityKind::Person;
    if actor.known.is_some() || actor.plural || !actor.names.is_empty() {
        return None;
    }
    actors.spots.iter().position(|spot| {
        let named = actors.get(spot.actor);
        let kinds = if person {
            named.kind == EntityKind::Person
        } else {
            matches!(actor.kind, EntityKind::Organization | EntityKind::Outlet)
                && matches!(named.kind, EntityKind::Organization | EntityKind::Outlet)
        };
        let inside = spot.form == MentionForm::Name
            && spot.actor != described.actor
            && spot.words.start > described.head
            && spot.words.end <= described.words.end;
        inside
            && kinds
            && if person {
                closes(text, described, spot)
            } else {
                spot.words.start <= described.head + 2 && follows(text, described, spot)
            }
    })
}

/// Whether a person's name stands at the end of the phrase, and no preposition or conjunction before it makes it another's.
fn closes(text: Text<'_>, described: &Spot, name: &Spot) -> bool {
    let behind = name.words.end..described.words.end;
    let before = text.word(name.words.start - 1);
    behind.clone().all(|at| text.word(at).upos() == Upos::Punct)
        && !matches!(before.upos(), Upos::Adp | Upos::Cconj | Upos::Sconj)
        && before.key() != "بن"
        // "والدة عثمان" is another than Osman.
        && (name.words.start > described.head + 1
            || text.word(described.head).key().starts_with("ال"))
}

/// Whether nothing but a quotation mark stands between the noun and the name.
fn follows(text: Text<'_>, described: &Spot, name: &Spot) -> bool {
    (described.head + 1..name.words.start).all(|at| text.word(at).upos() == Upos::Punct)
}
