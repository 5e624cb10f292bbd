//! Those of whom a text speaks, while it is read: each with the places where it is spoken of.
//!
//! Whoever is named goes into the record at once. Others ("a spokesman", المتظاهرون) are kept aside and enter when a
//! statement or an event needs them, with all that was found to mean them; bystanders never do.

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_atlas::Entry;
use khabar_lang::{Analysis, Gender, Language, Word};
use khabar_record::{Entity, EntityId, EntityKind, Mention, MentionForm, Record, TextRange};

/// The index of an actor in [`Actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ActorId(pub(crate) usize);

/// One of whom the text speaks.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) kind: EntityKind,
    /// Its place in the record, once it has one.
    pub(crate) entity: Option<EntityId>,
    /// Whom the atlas knows in it.
    pub(crate) known: Option<Entry>,
    pub(crate) names: BTreeMap<String, String>,
    /// The keys of the words of its longest name.
    pub(crate) keys: Vec<String>,
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) role: Option<String>,
    pub(crate) gender: Option<Gender>,
    pub(crate) plural: bool,
    pub(crate) facts: Facts,
    /// The keys of the head nouns that have described it.
    pub(crate) nouns: Vec<String>,
    /// The one that it was found to be the same as.
    pub(crate) same_as: Option<ActorId>,
}

/// What the atlas adds to an entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) wikidata: Option<String>,
    pub(crate) geonames: Option<u32>,
    pub(crate) place: Option<(f64, f64)>,
}

/// A place where an actor is spoken of.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) actor: ActorId,
    pub(crate) range: TextRange,
    pub(crate) form: MentionForm,
    /// The word that stands for it in the tree.
    pub(crate) head: usize,
    /// All its words.
    pub(crate) words: Range<usize>,
}

/// All actors of a text with their spots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Actors {
    pub(crate) all: Vec<Actor>,
    pub(crate) spots: Vec<Spot>,
    /// The spots by head word.
    by_head: BTreeMap<usize, Vec<usize>>,
}

impl Actor {
    pub(crate) fn new(kind: EntityKind) -> Self {
        Self {
            kind,
            entity: None,
            known: None,
            names: BTreeMap::new(),
            keys: Vec::new(),
            country: None,
            sectors: Vec::new(),
            role: None,
            gender: None,
            plural: kind == EntityKind::Group,
            facts: Facts::default(),
            nouns: Vec::new(),
            same_as: None,
        }
    }

    pub(crate) fn is_person(&self) -> bool {
        matches!(self.kind, EntityKind::Person | EntityKind::Role)
    }

    /// Takes in that a body which the atlas does not know is called a newspaper, a channel or the like.
    pub(crate) fn learn_outlet(&mut self) {
        if self.kind == EntityKind::Organization && self.known.is_none() {
            self.kind = EntityKind::Outlet;
            self.sectors = vec!["MED".to_owned()];
        }
    }

    /// Takes in a country that the text gives, unless one is known.
    pub(crate) fn learn_country(&mut self, country: Option<&str>) {
        if self.country.is_none() {
            self.country = country.map(str::to_owned);
        }
    }
}

impl Actors {
    pub(crate) fn get(&self, id: ActorId) -> &Actor {
        &self.all[id.0]
    }

    pub(crate) fn get_mut(&mut self, id: ActorId) -> &mut Actor {
        &mut self.all[id.0]
    }

    pub(crate) fn add(&mut self, actor: Actor) -> ActorId {
        self.all.push(actor);
        ActorId(self.all.len() - 1)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = ActorId> + use<> {
        (0..self.all.len()).map(ActorId)
    }

    /// Adds a spot unless the actor has one with the same words.
    pub(crate) fn spot(&mut self, spot: Spot) {
        let same = self.by_head.get(&spot.head).is_some_and(|spots| {
            spots
                .iter()
                .any(|&at| self.spots[at].range == spot.range && self.spots[at].actor == spot.actor)
        });
        if !same {
            self.by_head.entry(spot.head).or_default().push(self.spots.len());
            self.spots.push(spot);
        }
    }

    /// Makes two actors one: all places where the first is spoken of speak of the second.
    pub(crate) fn merge(&mut self, from: ActorId, into: ActorId) {
        for spot in &mut self.spots {
            if spot.actor == from {
                spot.actor = into;
            }
        }
        self.all[from.0].same_as = Some(into);
        let lost = self.all[from.0].clone();
        let kept = &mut self.all[into.0];
        if lost.kind == EntityKind::Outlet {
            kept.learn_outlet();
        }
        kept.learn_country(lost.country.as_deref());
        kept.role = kept.role.take().or(lost.role);
        kept.gender = kept.gender.or(lost.gender);
        kept.nouns.extend(lost.nouns);
        if kept.sectors.is_empty() {
            kept.sectors = lost.sectors;
        }
    }

    /// The one that an actor was found to be the same as at last.
    pub(crate) fn settled(&self, id: ActorId) -> ActorId {
        let mut at = id;
        for _ in 0..self.all.len() {
            match self.all[at.0].same_as {
                Some(into) if into != at => at = into,
                _ => break,
            }
        }
        at
    }

    /// The spots whose head is this word.
    pub(crate) fn at(&self, head: usize) -> impl Iterator<Item = &Spot> {
        self.by_head.get(&head).into_iter().flatten().map(|&at| &self.spots[at])
    }

    /// The spot of the widest words whose head is this word.
    pub(crate) fn widest_at(&self, head: usize) -> Option<&Spot> {
        self.at(head).max_by_key(|spot| spot.words.len())
    }

    /// The actor whose entity this is.
    pub(crate) fn of_entity(&self, entity: EntityId) -> Option<ActorId> {
        self.all.iter().position(|actor| actor.entity == Some(entity)).map(ActorId)
    }

    /// Puts an actor with all its spots into the record, unless it is there.
    pub(crate) fn enter(&mut self, record: &mut Record, id: ActorId) -> EntityId {
        if let Some(entity) = self.all[id.0].entity {
            return entity;
        }
        let actor = &mut self.all[id.0];
        let entity = EntityId(record.entities.len() as u32 + 1);
        actor.entity = Some(entity);
        record.entities.push(Entity {
            id: entity,
            kind: actor.kind,
            names: actor.names.clone(),
            country: actor.country.clone(),
            sectors: actor.sectors.clone(),
            role: actor.role.clone(),
            wikidata: actor.facts.wikidata.clone(),
            geonames: actor.facts.geonames,
            lat: actor.facts.place.map(|place| place.0),
            lon: actor.facts.place.map(|place| place.1),
        });
        let named = !self.all[id.0].names.is_empty();
        let mut seen = Vec::new();
        for spot in self.spots.iter().filter(|spot| spot.actor == id) {
            // A name and the noun that it hangs on may have the same spot.
            if !seen.contains(&spot.range) {
                seen.push(spot.range);
                // What the tagger took for a name and nobody can be called by is a description.
                let form = match spot.form {
                    MentionForm::Name if !named => MentionForm::Nominal,
                    form => form,
                };
                record.mentions.push(Mention { entity, span: spot.range, form });
            }
        }
        entity
    }
}

/// The word among these that the others depend on: the one whose head lies outside.
pub(crate) fn head_of<'a>(analysis: &'a Analysis, words: &Range<usize>) -> Word<'a> {
    let inside = words.clone().map(|at| analysis.word(at));
    let mut tops =
        inside.filter(|word| word.head().is_none_or(|head| !words.contains(&head.index())));
    let first = tops.next();
    // A name that the parser has torn apart is headed by its first word in Arabic and by its last in English.
    match analysis.language() {
        Language::Arabic => first,
        Language::English => tops.next_back().or(first),
    }
    .unwrap_or_else(|| analysis.word(words.start))
}
