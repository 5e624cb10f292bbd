//! From drafts to rows: entities for the words, the ontology's last rules, time, place, amounts and codes.

use khabar_lang::{Upos, Word};
use khabar_record::{EntityKind, Event, EventId, MentionForm, Party, Record, Status, TextRange};

use super::draft::Draft;
use super::scene::Scene;
use super::sense::Slot;
use super::{cameo, circumstance, plover, status};
use crate::names::Cast;

pub(super) fn read(
    scene: &Scene<'_>,
    drafts: Vec<Draft<'_, '_>>,
    record: &mut Record,
    cast: &mut Cast,
) {
    let mut events = Vec::new();
    for draft in drafts {
        events.push(row(scene, &draft, record, cast));
    }
    events.sort_by_key(|event| event.trigger);
    for (event, number) in events.iter_mut().zip(1..) {
        event.id = EventId(number);
    }
    record.events = events;
}

fn row(scene: &Scene<'_>, draft: &Draft<'_, '_>, record: &mut Record, cast: &mut Cast) -> Event {
    let trigger = draft.trigger();
    let when = circumstance::when(scene, record, trigger);
    let own_time = when.filter(|(_, own)| *own).map(|(index, _)| index);
    let when = when.map(|(index, _)| index);
    let status = status::by_time(record, draft.status, own_time, draft.is_noun());
    let place = circumstance::place(scene, record, trigger, draft.verb);
    let amounts =
        circumstance::amounts(scene, record, draft.kind, trigger, &draft.sides.recipients);
    let mut people = People { scene, record, cast, carrier: draft.carrier };
    let mut actors = people.all(&draft.sides.actors);
    if let Some(verb) = draft.sides.implied {
        actors.extend(people.implied(verb));
    }
    if draft.sides.speaker {
        let known = |party: &Party| actors.iter().any(|actor| actor.entity == party.entity);
        let speakers: Vec<Party> =
            people.speakers(None).into_iter().filter(|party| !known(party)).collect();
        actors.extend(speakers);
    }
    let mut recipients = people.all(&draft.sides.recipients);
    recipients.retain(|party| {
        party.entity.is_none() || !actors.iter().any(|actor| actor.entity == party.entity)
    });
    if matches!(draft.kind, "PROTEST" | "MOBILIZE") {
        let abroad = |party: &Party| {
            party.country.is_some() && actors.iter().all(|actor| actor.country != party.country)
        };
        let place = |party: &Party| {
            let kind = party.entity.map(|id| people.record.entities[id.0 as usize - 1].kind);
            kind == Some(EntityKind::Place) || kind.is_none() && party.country.is_none()
        };
        recipients.retain(|party| !place(party) || !actors.is_empty() && abroad(party));
    }
    let sense = draft.found.sense;
    if sense.frame.actor.contains(&Slot::Speaker) {
        actors = people.speakers(None);
    }
    let announced = people.is_speaker(&actors) || people.is_said_of_oneself(draft);
    let (kind, mode, status) = final_kind(scene, draft, status, announced);
    let span = trigger.clause_head().clause_range().cover(trigger.range());
    Event {
        id: EventId(0),
        kind: kind.to_owned(),
        mode: mode.map(str::to_owned),
        contexts: sense.contexts.clone(),
        cameo: cameo::code(kind, mode, sense.cameo.as_deref().filter(|_| kind == draft.kind)),
        trigger: trigger.range(),
        span,
        actors,
        recipients,
        status,
        when,
        place,
        according_to: draft.carrier.map(|at| record.statements[at].id),
        amounts,
        rule: sense.rule.clone(),
    }
}

/// The type of an act that is still to come: PLOVER codes cooperation as an agreement to it, harm that the actors themselves
/// announce as a threat of it, and what they will not do as a refusal.
fn final_kind<'d>(
    scene: &Scene<'_>,
    draft: &Draft<'d, '_>,
    status: Status,
    announced: bool,
) -> (&'d str, Option<&'d str>, Status) {
    if status == Status::Negated && plover::is_yielding(draft.kind) && will_not(scene, draft) {
        return ("REJECT", Some("yield"), Status::Actual);
    }
    // قد يزور: cooperation that may come is as little a meeting as one that will.
    let possible = status == Status::Hypothetical && scene.is_arabic() && draft.ruler.is_none();
    if possible && plover::is_cooperation(draft.kind) && !draft.is_noun() {
        return ("AGREE", None, status);
    }
    if status != Status::Future {
        return (draft.kind, draft.mode, status);
    }
    if plover::is_cooperation(draft.kind) {
        return ("AGREE", None, status);
    }
    let own = announced && draft.ruler.is_none() && !draft.is_noun();
    match draft.kind {
        "SANCTION" | "COERCE" | "ASSAULT" | "PROTEST" if own => {
            ("THREATEN", plover::threat(draft.kind, draft.mode), status)
        }
        "RETREAT" if own => ("CONCEDE", None, status),
        _ => (draft.kind, draft.mode, status),
    }
}

/// Whether a verb is said not to come to pass by the will of its subject: will not, لن.
fn will_not(scene: &Scene<'_>, draft: &Draft<'_, '_>) -> bool {
    let Some(verb) = draft.verb.filter(|_| !draft.sides.actors.is_empty()) else { return false };
    if scene.is_arabic() {
        let before = verb.previous();
        return before.is_some_and(|word| word.key() == "لن")
            || verb.children().any(|child| child.key() == "لن");
    }
    let says = |keys: &[&str]| verb.children().any(|child| keys.contains(&child.key()));
    says(&["will", "wo", "would", "'ll"]) && says(&["not", "n't", "never"])
}

/// Makes parties of words.
struct People<'p, 'a> {
    scene: &'p Scene<'a>,
    record: &'p mut Record,
    cast: &'p mut Cast,
    carrier: Option<usize>,
}

impl<'a> People<'_, 'a> {
    fn all(&mut self, heads: &[Word<'a>]) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for head in heads {
            for party in self.of(*head) {
                let same = |other: &Party| {
                    other.span == party.span && (other.entity.is_none() || party.entity.is_none())
                        || party.entity.is_some() && other.entity == party.entity
                };
                if !parties.iter().any(same) {
                    parties.push(party);
                }
            }
        }
        parties
    }

    fn of(&mut self, head: Word<'a>) -> Vec<Party> {
        if is_first_person(head) {
            return self.speakers(Some(head));
        }
        // The adjective of a state stands for the state and not for the noun that it describes.
        let describes = head.upos() == Upos::Adj || head.deprel() == khabar_lang::Deprel::Compound;
        let named = self.scene.mention(head).map(|at| &self.record.mentions[at]);
        if let Some(mention) = named.filter(|_| describes) {
            let entity = &self.record.entities[mention.entity.0 as usize - 1];
            return vec![Party {
                entity: Some(mention.entity),
                span: Some(mention.span),
                country: entity.country.clone(),
                sector: entity.sectors.first().cloned(),
            }];
        }
        if describes && let Some(party) = self.cast.people(self.record, head) {
            return vec![party];
        }
        let mut parties = self.cast.parties(self.record, head);
        for party in parties.iter_mut().filter(|party| party.country.is_none()) {
            let named = party.span.and_then(|span| self.country_in(span));
            party.country = named.or_else(|| self.country_of_seat(head));
        }
        parties
    }

    /// The state whose government or army an Arabic phrase means that says no more than that, in a sentence that speaks of the
    /// country (البلاد): the only state that it names.
    fn country_of_seat(&self, head: Word<'_>) -> Option<String> {
        let bare = matches!(
            head.key(),
            "الحكومه"
                | "السلطات"
                | "الجيش"
                | "الشرطه"
                | "البرلمان"
                | "الرئاسه"
                | "الامن"
        );
        let sentence = head.sentence();
        let home = || sentence.words().any(|word| word.key() == "البلاد");
        if !bare || super::grammar::genitives(head).next().is_some() || !home() {
            return None;
        }
        let mut states = self
            .record
            .mentions
            .iter()
            .filter(|mention| sentence.range().contains_range(mention.span))
            .map(|mention| &self.record.entities[mention.entity.0 as usize - 1])
            .filter(|entity| entity.kind == khabar_record::EntityKind::State);
        let state = states.next()?;
        let same = states.all(|other| other.country == state.country);
        state.country.clone().filter(|_| same)
    }

    /// The state that a phrase names: by a demonym in it, else by the name of a state or of somebody of that state.
    fn country_in(&self, span: TextRange) -> Option<String> {
        let words = self.scene.analysis.words_in(span);
        let people = words.clone().find_map(|at| self.cast.country_of_people(at));
        if let Some(code) = people {
            return Some(code.to_owned());
        }
        words
            .filter_map(|at| self.scene.mention(self.scene.word(at)))
            .filter_map(|at| self.record.mentions.get(at))
            .find_map(|mention| self.record.entities[mention.entity.0 as usize - 1].country.clone())
    }

    /// Whoever an Arabic verb's ending stands for.
    fn implied(&mut self, verb: Word<'_>) -> Vec<Party> {
        if verb.feats().person() == Some(khabar_lang::Person::First) {
            return self.speakers(None);
        }
        let party = self.cast.implied(self.record, verb);
        if let Some(entity) = party.as_ref().and_then(|party| party.entity) {
            let (span, form) = (verb.token().range(), MentionForm::Implicit);
            let known =
                |mention: &khabar_record::Mention| mention.span == span && mention.entity == entity;
            if !self.record.mentions.iter().any(known) {
                self.record.mentions.push(khabar_record::Mention { entity, span, form });
            }
        }
        party.into_iter().collect()
    }

    /// Whether the actors are those who make the statement that tells of the act.
    fn is_speaker(&self, actors: &[Party]) -> bool {
        let Some(carrier) = self.carrier else { return false };
        let source = &self.record.statements[carrier].source;
        actors.iter().any(|actor| {
            let state = |party: &Party| party.country.clone();
            source.iter().any(|party| {
                actor.entity.is_some() && party.entity == actor.entity
                    || actor.country.is_some() && state(party) == actor.country
            })
        })
    }

    /// Whether a pronoun that the same sentence leaves to the speaker does the act: "the party said it would boycott the vote".
    fn is_said_of_oneself(&self, draft: &Draft<'_, '_>) -> bool {
        let Some(carrier) = self.carrier else { return false };
        let [actor] = draft.sides.actors[..] else { return false };
        let cue = self.record.statements[carrier].cue.as_ref().map(|cue| cue.span);
        let near = cue.is_some_and(|cue| actor.sentence().range().contains_range(cue));
        near && actor.upos() == Upos::Pron
            && actor.feats().person() != Some(khabar_lang::Person::Second)
            && self.cast.actor_at(actor.index()).is_none()
    }

    /// "We" are those who speak.
    fn speakers(&self, pronoun: Option<Word<'_>>) -> Vec<Party> {
        let Some(carrier) = self.carrier else { return Vec::new() };
        self.record.statements[carrier]
            .source
            .iter()
            .map(|party| Party { span: pronoun.map(Word::range), ..party.clone() })
            .collect()
    }
}

fn is_first_person(word: Word<'_>) -> bool {
    word.upos() == Upos::Pron
        && (word.feats().person() == Some(khabar_lang::Person::First)
            || matches!(word.key(), "we" | "i" | "us" | "our" | "me" | "my" | "نحن" | "انا" | "نا"))
}
