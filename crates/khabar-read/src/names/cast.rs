//! Who takes part: from a noun phrase, a pronoun or a verb's ending to the entity that it stands for.
//!
//! Statements and events both ask who somebody is. They ask here, so that a source and an actor who are the same man are
//! the same entity, and so that an entity without a name enters the record once, when it first says or does something.

use std::collections::BTreeMap;

use khabar_atlas::Entry;
use khabar_lang::{Upos, Word};
use khabar_record::{EntityId, EntityKind, Mention, MentionForm, Party, Record, TextRange, Time};

use super::actors::{Actor, ActorId, Actors, Spot};
use super::agree::Wanted;
use crate::clauses;

/// The entities of a document while it is read, and what leads to them.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    actors: Actors,
    /// The entity spoken of last as a party, with its paragraph: what a bare verb or a participle that nothing else
    /// explains most likely means.
    last: Option<(usize, EntityId)>,
    /// The states whose demonyms stand in the text, by word: an adjective is no mention of its state by itself, but
    /// whoever rejects a Turkish request turns Turkey down.
    peoples: BTreeMap<usize, Entry>,
    /// Whom the words for two stand for ("both sides"), by the head word.
    pairs: BTreeMap<usize, [EntityId; 2]>,
}

impl Cast {
    pub(super) fn new(
        actors: Actors,
        peoples: BTreeMap<usize, Entry>,
        pairs: BTreeMap<usize, [EntityId; 2]>,
    ) -> Self {
        Self { actors, last: None, peoples, pairs }
    }

    /// The state whose demonym stands at a word, ISO 3166-1 alpha-3.
    pub(crate) fn country_of_people(&self, index: usize) -> Option<&str> {
        self.peoples.get(&index).and_then(|state| state.country())
    }

    /// Whether a word is the demonym of a state.
    pub(crate) fn is_people(&self, index: usize) -> bool {
        self.peoples.contains_key(&index)
    }

    /// The state that a demonym stands for, as a party.
    pub(crate) fn people(&mut self, record: &mut Record, word: Word<'_>) -> Option<Party> {
        let state = *self.peoples.get(&word.index())?;
        let code = state.country()?;
        let known = self.actors.ids().find(|&id| {
            let actor = self.actors.get(id);
            actor.kind == EntityKind::State && actor.country.as_deref() == Some(code)
        });
        let actor = known.unwrap_or_else(|| {
            let mut actor = Actor::new(EntityKind::State);
            actor.country = Some(code.to_owned());
            for language in ["en", "ar"] {
                if let Some(name) = state.name(language) {
                    actor.names.insert(language.to_owned(), name.to_owned());
                }
            }
            actor.known = Some(state);
            self.actors.add(actor)
        });
        let entity = self.enter(record, actor);
        Some(self.party_of(Some(entity), Some(word.range())))
    }

    /// The party that a noun phrase or pronoun stands for; `head` is its head word. Its entity is absent when a pronoun
    /// leads nowhere, or when the words describe a thing.
    pub(crate) fn party(&mut self, record: &mut Record, head: Word<'_>) -> Party {
        let span = clauses::noun_phrase(head);
        let actor = self.actor_of(head, span);
        let entity = actor.map(|actor| self.enter(record, actor));
        let span = without_time(record, head, span);
        if let Some(entity) = entity
            && head.upos() != Upos::Pron
        {
            self.last = Some((head.sentence().paragraph(), entity));
        }
        self.party_of(entity, Some(span))
    }

    /// The parties of a noun phrase and of those coordinated with it.
    pub(crate) fn parties(&mut self, record: &mut Record, head: Word<'_>) -> Vec<Party> {
        let mut parties = Vec::new();
        for head in clauses::coordinated(head) {
            if let Some(pair) = self.pairs.get(&head.index()).copied() {
                parties.extend(pair.map(|one| Self::one_of_two(record, one, head)));
                continue;
            }
            let party = self.party(record, head);
            // "Calder & Rowe": both words of one name lead to one company.
            let known = |other: &Party| other.entity == party.entity;
            if party.entity.is_none() || !parties.iter().any(known) {
                parties.push(party);
            }
        }
        parties
    }

    /// One of the two whom a phrase stands for; the phrase is a mention of each.
    fn one_of_two(record: &mut Record, entity: EntityId, head: Word<'_>) -> Party {
        let span = clauses::noun_phrase(head);
        let known = |mention: &Mention| mention.span == span && mention.entity == entity;
        if !record.mentions.iter().any(known) {
            record.mentions.push(Mention { entity, span, form: MentionForm::Nominal });
        }
        let known = &record.entities[entity.0 as usize - 1];
        Party {
            entity: Some(entity),
            span: Some(span),
            country: known.country.clone(),
            sector: known.sectors.first().cloned(),
        }
    }

    /// The party that a verb without a subject shows by its ending alone (Arabic), or that a participle carries on from its
    /// clause, if the text tells who it is.
    pub(crate) fn implied(&mut self, record: &mut Record, verb: Word<'_>) -> Option<Party> {
        let own = self.actors.at(verb.index()).map(|spot| spot.actor).next();
        let above = || {
            verb.ancestors().find_map(|word| {
                let subject = clauses::subject(word).map(Word::index);
                let subject = subject.into_iter().chain([word.index()]);
                subject.into_iter().find_map(|at| self.actors.widest_at(at).map(|spot| spot.actor))
            })
        };
        let entity = match own.or_else(above) {
            Some(actor) => Some(self.enter(record, actor)),
            None => self.near(verb),
        };
        entity.map(|entity| self.party_of(Some(entity), None))
    }

    /// Whether an entity can be meant by an ending or a pronoun.
    pub(crate) fn can_be(&self, entity: EntityId, wanted: Wanted) -> bool {
        self.actors.of_entity(entity).is_none_or(|id| wanted.fits(self.actors.get(id)))
    }

    /// Whom the phrase with this head stands for, whether or not they are in the record yet.
    pub(crate) fn actor_at(&self, head: usize) -> Option<&Actor> {
        self.actors.widest_at(head).map(|spot| self.actors.get(spot.actor))
    }

    /// The number of the actor whom the phrase with this head stands for.
    pub(crate) fn number_at(&self, head: usize) -> Option<usize> {
        self.actors.widest_at(head).map(|spot| spot.actor.0)
    }

    /// All places where an actor is spoken of.
    pub(crate) fn spots_of(&self, number: usize) -> Vec<TextRange> {
        let own = self.actors.spots.iter().filter(|spot| spot.actor.0 == number);
        own.map(|spot| spot.range).collect()
    }

    /// Notes that a pronoun or a verb's ending in the first person means this entity.
    pub(super) fn means(
        &mut self,
        word: Word<'_>,
        entity: EntityId,
        range: TextRange,
        form: MentionForm,
    ) {
        let Some(actor) = self.actors.of_entity(entity) else { return };
        let head = word.index();
        self.actors.spot(Spot { actor, range, form, head, words: head..head + 1 });
    }

    /// Whether two are described by the same noun.
    pub(super) fn share_noun(&self, one: EntityId, other: EntityId) -> bool {
        let nouns = |id| self.actors.of_entity(id).map(|id| &self.actors.get(id).nouns);
        let (Some(one), Some(other)) = (nouns(one), nouns(other)) else { return false };
        one.iter().any(|noun| other.contains(noun))
    }

    fn actor_of(&mut self, head: Word<'_>, span: TextRange) -> Option<ActorId> {
        if let Some(spot) = self.actors.widest_at(head.index()) {
            return Some(spot.actor);
        }
        if head.upos() == Upos::Pron {
            return None;
        }
        // The parser may hang the phrase on its title, or on another word of a name.
        let over = self.actors.spots.iter().filter(|spot| {
            spot.words.contains(&head.index())
                && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
        });
        let inside = over.min_by_key(|spot| spot.words.len()).map(|spot| spot.actor);
        let person = || {
            let mut inside = self.actors.spots.iter().filter(|spot| {
                spot.form == MentionForm::Name
                    && span.contains_range(spot.range)
                    && self.actors.get(spot.actor).kind == EntityKind::Person
                    && spot.range.overlaps(head.range())
            });
            inside.next().map(|spot| spot.actor)
        };
        inside.or_else(person).or_else(|| self.apposed(head))
    }

    /// Whose name stands right behind the noun that says what he is: النائب نواف الموسوي, or what is called by the name in marks
    /// behind it: صحيفة «الميناء».
    fn apposed(&self, head: Word<'_>) -> Option<ActorId> {
        let arabic = head.analysis().language() == khabar_lang::Language::Arabic;
        let next = head.next().filter(|_| arabic && head.upos().is_nominal())?;
        let marked = next.upos() == Upos::Punct && !matches!(next.text(), "،" | "." | "؛" | ":");
        let start = if marked { next.index() + 1 } else { next.index() };
        let spot = self
            .actors
            .spots
            .iter()
            .find(|spot| spot.form == MentionForm::Name && spot.words.start == start)?;
        let person = self.actors.get(spot.actor).kind == EntityKind::Person;
        let fits = if marked { !person } else { person && head.key().starts_with("ال") };
        fits.then_some(spot.actor)
    }

    fn enter(&mut self, record: &mut Record, actor: ActorId) -> EntityId {
        self.actors.enter(record, actor)
    }

    fn near(&self, word: Word<'_>) -> Option<EntityId> {
        let paragraph = word.sentence().paragraph();
        self.last.filter(|&(place, _)| place + 1 >= paragraph).map(|(_, entity)| entity)
    }

    fn party_of(&self, entity: Option<EntityId>, span: Option<TextRange>) -> Party {
        let known = entity.and_then(|id| self.actors.of_entity(id)).map(|id| self.actors.get(id));
        Party {
            entity,
            span,
            country: known.and_then(|actor| actor.country.clone()),
            sector: known.and_then(|actor| actor.sectors.first().cloned()),
        }
    }
}

/// A phrase without the time at its end, which says when somebody acts and not who: "the ministry on Sunday".
fn without_time(record: &Record, head: Word<'_>, phrase: TextRange) -> TextRange {
    let analysis = head.analysis();
    let behind =
        |time: &&Time| time.span.end() == phrase.end() && time.span.start() >= head.range().end();
    let Some(time) = record.times.iter().find(behind) else { return phrase };
    let first = analysis.words_in(time.span).start;
    let last = (head.index()..first)
        .rev()
        .map(|at| analysis.word(at))
        .find(|word| !matches!(word.upos(), Upos::Adp | Upos::Punct));
    last.map_or(phrase, |last| clauses::cut_at(phrase, last.range().end()))
}
