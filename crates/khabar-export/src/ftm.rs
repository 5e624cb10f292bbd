//! Entities of FollowTheMoney, one line of JSON each.
//!
//! The model knows documents, people, bodies and events, but no statements: a statement becomes a `Note` about its speakers
//! with the document as proof. It knows no offsets either: they stand in the `recordId` of the `Documentation` that ties an
//! event or a note to its article, as a text fragment (RFC 5147, `char=START,END`).
//!
//! Who has an identifier in Wikidata, and every state, is one entity in all documents; whoever is known by words alone is
//! one in each document, since a name is no proof of identity. Where documents tell different things of one entity (an
//! office, another name) it stands in the file in several fragments, which the model's tools merge by identifier.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use khabar_atlas::Entry;
use khabar_record::{CodePointRange, Entity, EntityId, EntityKind, Event, Party, Statement};
use serde::Serialize;

use crate::Result;
use crate::gdelt::codes::{Sector, sectors};
use crate::output::Output;
use crate::states;
use crate::view::{View, happened, label};

/// The file.
#[derive(Debug)]
pub(crate) struct FollowTheMoney {
    out: Output,
    sectors: BTreeMap<&'static str, Sector>,
    /// Hashes of the entities of many documents that were written, so that they stand in the file once.
    shared: HashSet<[u8; 16]>,
}

/// An entity as the model has it.
#[derive(Debug, Serialize)]
struct Proxy {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Proxy {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: BTreeMap::new() }
    }

    /// Adds values that are not empty, each once.
    fn add<S: Into<String>>(&mut self, name: &'static str, values: impl IntoIterator<Item = S>) {
        for value in values {
            let value = value.into();
            let values = self.properties.entry(name).or_default();
            if !value.trim().is_empty() && !values.contains(&value) {
                values.push(value);
            }
        }
        self.properties.retain(|_, values| !values.is_empty());
    }
}

/// An identifier that the model takes: letters, digits and hyphens, whatever the document is known by.
fn id(view: &View<'_>, part: &str) -> String {
    let key = &view.item.key;
    let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric()) && key.len() <= 64;
    let key =
        if plain { key.clone() } else { blake3::hash(key.as_bytes()).to_hex()[..32].to_owned() };
    if part.is_empty() { format!("khabar-{key}") } else { format!("khabar-{key}-{part}") }
}

impl FollowTheMoney {
    pub(crate) fn create(out: Output) -> Result<Self> {
        Ok(Self { out, sectors: sectors()?, shared: HashSet::new() })
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.out.finish()
    }

    /// Writes a document and returns how many of its events were left out.
    pub(crate) fn write(&mut self, view: &View<'_>) -> Result<u64> {
        self.out.put_json(&article(view))?;
        let mut ids = BTreeMap::new();
        for entity in &view.record().entities {
            let Some(proxy) = self.entity(view, entity) else { continue };
            ids.insert(entity.id, (proxy.id.clone(), proxy.schema));
            // Nobody else has what is of one document.
            if proxy.id == id(view, &entity.id.to_string()) {
                self.out.put_json(&proxy)?;
            } else {
                self.put_once(&proxy)?;
            }
        }
        self.mentions(view, &ids)?;
        let mut left_out = 0;
        for event in &view.record().events {
            if happened(event) {
                self.event(view, event, &ids)?;
            } else {
                left_out += 1;
            }
        }
        for statement in &view.record().statements {
            self.statement(view, statement, &ids)?;
        }
        Ok(left_out)
    }

    fn put_once(&mut self, proxy: &Proxy) -> Result<()> {
        let line = serde_json::to_vec(proxy).map_err(|error| self.out.fault(error.into()))?;
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::hash(&line).as_bytes()[..16]);
        if self.shared.insert(hash) {
            self.out.put(&line)?;
            self.out.put(b"\n")?;
        }
        Ok(())
    }

    fn schema(&self, entity: &Entity) -> &'static str {
        match entity.kind {
            EntityKind::Person => "Person",
            EntityKind::State => "PublicBody",
            EntityKind::Place => "Address",
            EntityKind::Organization | EntityKind::Outlet => entity
                .sectors
                .iter()
                .find_map(|sector| self.sectors.get(sector.as_str()))
                .map_or("Organization", |sector| sector.ftm),
            EntityKind::Group | EntityKind::Role => "LegalEntity",
        }
    }

    fn entity(&self, view: &View<'_>, entity: &Entity) -> Option<Proxy> {
        // A state that another text names otherwise is the same state: its names are the atlas's.
        let state = (entity.kind == EntityKind::State)
            .then(|| states::state(entity.country.as_deref()?))
            .flatten();
        let name = view.name(entity)?;
        let own = match (state.and_then(Entry::id), &entity.wikidata) {
            (Some(code), _) => format!("khabar-state-{}", code.to_ascii_lowercase()),
            (None, Some(item)) => format!("khabar-{item}"),
            (None, None) => id(view, &entity.id.to_string()),
        };
        let schema = self.schema(entity);
        let mut proxy = Proxy::new(own, schema);
        if let Some(state) = state {
            proxy.add("name", state.name("en").or(Some(name)));
            proxy.add("alias", state.name("ar"));
            proxy.add("wikidataId", state.wikidata());
        } else {
            proxy.add(if schema == "Address" { "full" } else { "name" }, [name]);
            proxy.add("alias", entity.names.values().filter(|other| *other != name));
            proxy.add("wikidataId", entity.wikidata.as_deref());
        }
        proxy.add("country", entity.country.as_deref().and_then(states::alpha2));
        match schema {
            "Person" => proxy.add("position", entity.role.as_deref()),
            "Address" => {
                proxy.add("latitude", entity.lat.map(|lat| lat.to_string()));
                proxy.add("longitude", entity.lon.map(|lon| lon.to_string()));
            }
            _ if state.is_none() => proxy.add("sector", entity.sectors.iter()),
            _ => {}
        }
        Some(proxy)
    }

    /// Every name under which somebody is spoken of, once; a place is tied to the article otherwise, as the model has it.
    fn mentions(&mut self, view: &View<'_>, ids: &Ids) -> Result<()> {
        let mut seen = HashSet::new();
        for (n, mention) in view.record().mentions.iter().enumerate() {
            let words = view.words(mention.span);
            let Some((entity, schema)) = ids.get(&mention.entity) else { continue };
            if !matches!(
                mention.form,
                khabar_record::MentionForm::Name | khabar_record::MentionForm::Nominal
            ) || words.trim().is_empty()
                || !seen.insert((mention.entity, words))
            {
                continue;
            }
            if *schema == "Address" {
                let span = view.span(mention.span);
                self.document(view, &format!("m{n}"), entity, "place", words, span)?;
                continue;
            }
            let mut proxy = Proxy::new(id(view, &format!("m{n}")), "Mention");
            proxy.add("document", [id(view, "")]);
            proxy.add("resolved", [entity]);
            proxy.add("name", [words]);
            proxy.add("detectedSchema", [*schema]);
            let country = view.entity(mention.entity).and_then(|e| e.country.as_deref());
            proxy.add("contextCountry", country.and_then(states::alpha2));
            self.out.put_json(&proxy)?;
        }
        Ok(())
    }

    fn event(&mut self, view: &View<'_>, event: &Event, ids: &Ids) -> Result<()> {
        let own = id(view, &event.id.to_string());
        let mut proxy = Proxy::new(own.clone(), "Event");
        let kind = match &event.mode {
            Some(mode) => format!("{} ({mode})", event.kind),
            None => event.kind.clone(),
        };
        let words = view.words(event.span);
        proxy.add("name", [format!("{kind}: {}", view.words(event.trigger))]);
        proxy.add("summary", [words]);
        let said = event.according_to.and_then(|id| view.statement(id));
        proxy.add("description", said.map(|said| format!("According to {}", speakers(view, said))));
        let mut keywords = vec![event.kind.clone(), format!("status:{}", label(event.status))];
        keywords.extend(event.mode.as_ref().map(|mode| format!("mode:{mode}")));
        keywords.extend(event.cameo.as_ref().map(|code| format!("cameo:{code}")));
        proxy.add("keywords", keywords);
        proxy.add("date", view.day(event.when).and_then(date));
        if let Some(place) = event.place.and_then(|place| view.entity(place)) {
            proxy.add("location", view.name(place));
            proxy.add("country", place.country.as_deref().and_then(states::alpha2));
            let address = ids.get(&place.id).filter(|(_, schema)| *schema == "Address");
            proxy.add("addressEntity", address.map(|(id, _)| id));
        }
        proxy.add("involved", parties(ids, &event.actors));
        proxy.add("involved", parties(ids, &event.recipients));
        proxy.add("proof", [id(view, "")]);
        proxy.add("recordId", [view.event_key(event.id)]);
        self.out.put_json(&proxy)?;
        let part = format!("{}d", event.id);
        self.document(view, &part, &own, "reports", words, view.span(event.span))
    }

    fn statement(&mut self, view: &View<'_>, statement: &Statement, ids: &Ids) -> Result<()> {
        let (Some(first), Some(last)) = (statement.content.first(), statement.content.last())
        else {
            return Ok(());
        };
        let own = id(view, &statement.id.to_string());
        let mut proxy = Proxy::new(own.clone(), "Note");
        let stance = label(statement.stance);
        let content = view.content(statement);
        proxy.add("name", [format!("{} {stance}", speakers(view, statement))]);
        proxy.add("description", [content.as_str()]);
        let cue = statement.cue.as_ref().map_or("", |cue| view.words(cue.span));
        proxy.add("summary", [format!("{} {cue}", label(statement.manner)).trim().to_owned()]);
        proxy.add(
            "keywords",
            [
                format!("stance:{stance}"),
                format!("kind:{}", label(statement.kind)),
                format!("manner:{}", label(statement.manner)),
            ],
        );
        proxy.add("entity", parties(ids, &statement.source));
        proxy.add("proof", [id(view, "")]);
        self.out.put_json(&proxy)?;
        let span = CodePointRange(view.span(*first).0, view.span(*last).1);
        let part = format!("{}d", statement.id);
        self.document(view, &part, &own, "reports", &content, span)
    }

    /// Ties an entity to the article, with the words it rests on.
    fn document(
        &mut self,
        view: &View<'_>,
        part: &str,
        entity: &str,
        role: &str,
        words: &str,
        span: CodePointRange,
    ) -> Result<()> {
        let mut proxy = Proxy::new(id(view, part), "Documentation");
        proxy.add("document", [id(view, "")]);
        proxy.add("entity", [entity]);
        proxy.add("role", [role]);
        proxy.add("summary", [words]);
        proxy.add("recordId", [format!("char={},{}", span.0, span.1)]);
        proxy.add("date", view.record().document.published.and_then(date));
        self.out.put_json(&proxy)
    }
}

/// What the entities of a record became.
type Ids = BTreeMap<EntityId, (String, &'static str)>;

/// The parties that are people or bodies; the model has no place for others.
fn parties<'p>(ids: &'p Ids, parties: &'p [Party]) -> impl Iterator<Item = &'p str> {
    parties
        .iter()
        .filter_map(|party| ids.get(&party.entity?))
        .filter(|(_, schema)| *schema != "Address")
        .map(|(id, _)| id.as_str())
}

fn speakers(view: &View<'_>, statement: &Statement) -> String {
    let names: Vec<&str> =
        statement.source.iter().filter_map(|party| view.party_name(party)).collect();
    if names.is_empty() { "an unnamed source".to_owned() } else { names.join(", ") }
}

fn article(view: &View<'_>) -> Proxy {
    let document = &view.record().document;
    let mut proxy = Proxy::new(id(view, ""), "Article");
    let first = || view.record().sentences.first().map(|&range| view.words(range));
    proxy.add("title", document.title.as_deref().or_else(first));
    proxy.add("author", document.byline.iter());
    proxy.add("publisher", document.outlet.as_deref());
    proxy.add("publishedAt", document.published.and_then(date));
    let language = document.language.as_deref().and_then(|code| match code {
        "ar" => Some("ara"),
        "en" => Some("eng"),
        _ => None,
    });
    proxy.add("language", language);
    proxy.add("sourceUrl", view.url());
    proxy.add("bodyText", [document.text.as_str()]);
    proxy
}

/// A day as FollowTheMoney takes it: its years have four digits, of which the first is a one or a two.
fn date(day: Date) -> Option<String> {
    (1000..3000).contains(&day.year()).then(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_first_millennium_are_left_out() {
        assert_eq!(date(Date::constant(2019, 1, 5)).as_deref(), Some("2019-01-05"));
        assert_eq!(date(Date::constant(684, 8, 21)), None);
    }
}
