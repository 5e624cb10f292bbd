//! What the atlas adds to somebody who was found in it, and who is found in it only by office and country.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_atlas::{Atlas, Entry, EntryKind};
use khabar_lang::Gender;
use khabar_record::EntityKind;

use super::actors::{Actor, ActorId, Actors};
use super::alike::alike;
use super::world::kind_of;
use super::{Text, flag};
use khabar_record::MentionForm;

/// The offices that a "leader" of a state may hold.
const LEADERS: [&str; 5] = ["president", "prime minister", "supreme leader", "king", "chancellor"];
/// Further offices that are looked through for somebody whose office the text leaves out.
const OFFICES: [&str; 4] = ["foreign minister", "defence minister", "secretary of state", "emir"];

/// Takes in what the atlas knows of an actor.
pub(crate) fn fill(text: Text<'_>, actor: &mut Actor, entry: Entry, published: Option<Date>) {
    actor.kind = kind_of(entry);
    if entry.kind() == EntryKind::Seat && !matches!(entry.subkind(), None | Some("city" | "square"))
    {
        actor.kind = EntityKind::Organization;
    }
    for code in ["en", "ar"] {
        if let Some(name) = entry.name(code) {
            actor.names.insert(code.to_owned(), name.to_owned());
        }
    }
    actor.known = Some(entry);
    if let Some(country) = entry.country().filter(|&code| code != "INT") {
        actor.country = Some(country.to_owned());
    }
    for sector in entry.sectors() {
        if !actor.sectors.iter().any(|known| known == sector) {
            actor.sectors.push(sector.to_owned());
        }
    }
    actor.facts.wikidata = entry.wikidata().map(str::to_owned);
    actor.facts.geonames = entry.geonames();
    actor.facts.place = entry.coordinates();
    actor.gender = match entry.kind() {
        EntryKind::State | EntryKind::Place => Some(Gender::Fem),
        EntryKind::Person => gender_of_given(text, &actor.names).or(actor.gender),
        _ => gender_of_noun(text, actor.names.get("ar").map(String::as_str)),
    };
    let Some(day) = published else { return };
    if let Some(held) = entry.offices_at(day).next() {
        actor.role = Some(held.office.to_owned());
        if let Some(sector) = text.rules.offices.sector(held.office)
            && !actor.sectors.iter().any(|known| known == sector)
        {
            actor.sectors.push(sector.to_owned());
        }
    }
}

fn gender_of_given(text: Text<'_>, names: &BTreeMap<String, String>) -> Option<Gender> {
    let name = names.get(text.analysis.language().code())?;
    let first = crate::keys::key(name.split_whitespace().next()?);
    given_gender(text.rules.words.flags(&first))
}

/// The gender of an Arabic name of a body, by its first word.
pub(crate) fn gender_of_noun(text: Text<'_>, name: Option<&str>) -> Option<Gender> {
    if !text.is_arabic() {
        return None;
    }
    let first = crate::keys::key(name?.split_whitespace().next()?);
    Some(if first.ends_with('ه') { Gender::Fem } else { Gender::Masc })
}

/// The gender of those who bear a given name.
pub(crate) fn given_gender(flags: u32) -> Option<Gender> {
    match (flags & flag::GIVEN_M != 0, flags & flag::GIVEN_F != 0) {
        (true, false) => Some(Gender::Masc),
        (false, true) => Some(Gender::Fem),
        _ => None,
    }
}

/// Finds who is described by an office of a state: one who is named in the text with that office, else who held it on the
/// day, when the text gives no name or one that is like theirs.
pub(crate) fn by_office(text: Text<'_>, actors: &mut Actors, published: Option<Date>) {
    for id in actors.ids() {
        let actor = actors.get(id);
        if actor.kind != EntityKind::Person || actor.known.is_some() || actor.plural {
            continue;
        }
        let Some(country) = actor.country.clone() else { continue };
        let spoken = |form: MentionForm| {
            actors.spots.iter().any(|spot| spot.actor == id && spot.form == form)
        };
        let named = spoken(MentionForm::Name);
        if !named && !spoken(MentionForm::Nominal) {
            continue;
        }
        let role = actor.role.clone();
        if !named && let Some(role) = &role {
            if let Some(other) = same_office(actors, id, role, &country) {
                actors.merge(id, other);
                continue;
            }
            if !LEADERS.contains(&role.as_str()) && !OFFICES.contains(&role.as_str()) {
                continue;
            }
        } else if !named {
            continue;
        }
        let Some(day) = published else { continue };
        let offices: Vec<&str> = match role.as_deref() {
            Some("leader") | None => LEADERS.iter().chain(&OFFICES).copied().collect(),
            Some(role) => vec![role],
        };
        let language = text.analysis.language().code();
        let holder = offices.into_iter().find_map(|office| {
            let holder = Atlas::get().office_holder(office, &country, day)?;
            let name = holder.name(language)?;
            (!named || alike(&actors.get(id).keys, name)).then_some(holder)
        });
        let Some(holder) = holder else { continue };
        if let Some(other) = actors.ids().find(|&at| actors.get(at).known == Some(holder)) {
            actors.merge(id, other);
        } else {
            fill(text, actors.get_mut(id), holder, published);
        }
    }
}

/// Another person of the text who is named and holds the office of that state.
fn same_office(actors: &Actors, id: ActorId, role: &str, country: &str) -> Option<ActorId> {
    let mut others = actors.ids().filter(|&other| {
        let actor = actors.get(other);
        other != id
            && actor.kind == EntityKind::Person
            && !actor.names.is_empty()
            && actor.role.as_deref() == Some(role)
            && actor.country.as_deref() == Some(country)
            && actors.spots.iter().any(|spot| spot.actor == other)
    });
    others.next().filter(|_| others.next().is_none())
}
