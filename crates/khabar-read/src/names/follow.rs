//! Following those who are named: descriptions, pronouns and bare verbs, each given to the one it most likely means.
//!
//! The text is gone through once. Whoever is mentioned gains weight, more as a subject than elsewhere, and loses half of
//! it with every sentence (after Lappin and Leass). A pronoun means the heaviest one that agrees with it in gender and
//! number and does not stand in the same clause as another of its parties; a description means one who was described by
//! the same noun, holds the office, or bears the noun in its name. What fits nobody is left open.

use std::ops::Range;

use khabar_atlas::Entry;
use khabar_lang::{Deprel, Gender, Language, Upos, Word};
use khabar_record::{EntityKind, MentionForm, TextRange};

use super::Text;
use super::actors::{Actor, ActorId, Actors, Spot};
use super::agree::{self, Wanted};
use super::find::{Name, cover};
use super::nouns::{Noun, bare};
use crate::clauses;

/// The weight under which nobody is meant any more.
const FADED: f32 = 12.0;

/// Goes through the text and adds the spots where actors are described or referred to.
pub(crate) fn follow(text: Text<'_>, names: &[Name], actors: &mut Actors) {
    let mut in_name = vec![false; text.flags.len()];
    let mut titles = vec![None; text.flags.len()];
    for (at, name) in names.iter().enumerate() {
        for word in name.words.clone() {
            in_name[word] = true;
        }
        for title in &mut titles[name.description..name.words.start] {
            *title = Some(at);
        }
    }
    let mut follower = Follower {
        text,
        names,
        in_name,
        titles,
        weights: vec![0.0; actors.all.len()],
        seen_at: vec![usize::MAX; actors.all.len()],
        actors,
    };
    follower.run();
}

struct Follower<'a> {
    text: Text<'a>,
    names: &'a [Name],
    in_name: Vec<bool>,
    /// The name that each word is a part of the title of.
    titles: Vec<Option<usize>>,
    weights: Vec<f32>,
    /// The word at which each actor was mentioned last.
    seen_at: Vec<usize>,
    actors: &'a mut Actors,
}

impl<'a> Follower<'a> {
    fn run(&mut self) {
        for sentence in self.text.analysis.sentences() {
            for weight in &mut self.weights {
                *weight *= 0.5;
            }
            for word in sentence.words() {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: Word<'a>) {
        let named: Vec<ActorId> = self.actors.at(word.index()).map(|spot| spot.actor).collect();
        if !named.is_empty() {
            for id in named {
                self.seen(id, word);
            }
        } else if let Some(wanted) = agree::pronoun(word) {
            self.pronoun(word, wanted);
        } else if let Some(wanted) = agree::ending(word) {
            self.bare_verb(word, wanted);
        } else if !self.in_name[word.index()]
            && let Some(noun) = self.text.noun(word)
        {
            self.noun(word, noun);
        }
    }

    /// Gives an actor the weight of a mention.
    fn seen(&mut self, id: ActorId, word: Word<'_>) {
        let weight = match word.deprel().universal() {
            Deprel::Nsubj => 80.0,
            Deprel::Obj | Deprel::Iobj => 50.0,
            Deprel::Root => 60.0,
            Deprel::Conj | Deprel::Appos | Deprel::Flat => 45.0,
            Deprel::Obl => 40.0,
            _ => 30.0,
        };
        self.weights.resize(self.actors.all.len(), 0.0);
        self.seen_at.resize(self.actors.all.len(), usize::MAX);
        self.weights[id.0] += weight;
        self.seen_at[id.0] = word.index();
    }

    fn add(
        &mut self,
        id: ActorId,
        word: Word<'_>,
        words: Range<usize>,
        range: TextRange,
        form: MentionForm,
    ) {
        self.actors.spot(Spot { actor: id, range, form, head: word.index(), words });
        self.seen(id, word);
    }

    fn pronoun(&mut self, word: Word<'a>, wanted: Wanted) {
        if wanted == Wanted::It && is_empty_it(word) {
            return;
        }
        let Some(id) = self.heaviest(word, wanted) else { return };
        if self.actors.get(id).gender.is_none() && self.actors.get(id).is_person() {
            self.actors.get_mut(id).gender = wanted.gender();
        }
        let at = word.index();
        self.add(id, word, at..at + 1, word.range(), MentionForm::Pronoun);
    }

    fn bare_verb(&mut self, verb: Word<'a>, wanted: Wanted) {
        // In "الرجل الذي قال" the relative pronoun is the subject, and in "حكومة تقول" the noun before.
        if matches!(verb.deprel().universal(), Deprel::Acl | Deprel::Aux | Deprel::Cop)
            || verb.children_by(Deprel::AuxPass).next().is_some()
        {
            return;
        }
        let shared = clauses::subject(verb)
            .and_then(|subject| self.actors.widest_at(subject.index()).map(|spot| spot.actor));
        let shared = shared.filter(|&id| wanted.fits(self.actors.get(id)));
        let Some(id) = shared.or_else(|| self.heaviest(verb, wanted)) else { return };
        if self.actors.get(id).kind == EntityKind::Place {
            return;
        }
        let token = verb.token().range();
        let range = match verb
            .children_by(Deprel::Obj)
            .find(|object| object.upos() == Upos::Pron && token.contains_range(object.range()))
        {
            Some(object) => TextRange::new(token.start(), object.range().start()),
            None => token,
        };
        let at = verb.index();
        self.add(id, verb, at..at + 1, range, MentionForm::Implicit);
    }

    /// The heaviest actor that a pronoun or ending can mean.
    fn heaviest(&self, word: Word<'_>, wanted: Wanted) -> Option<ActorId> {
        let barred = self.barred(word);
        let best = self
            .actors
            .ids()
            .filter(|id| id.0 < self.weights.len() && self.weights[id.0] >= FADED)
            .filter(|id| !barred.contains(id))
            .filter(|&id| wanted.fits(self.actors.get(id)))
            .map(|id| {
                let actor = self.actors.get(id);
                // He and she mean persons; a place is hardly ever meant at all.
                let factor = match (wanted, actor.kind) {
                    (_, EntityKind::Place) => 0.25,
                    (Wanted::Masculine, EntityKind::Person) => 1.4,
                    (Wanted::Feminine, EntityKind::Person) if actor.gender.is_none() => 0.3,
                    (Wanted::She, EntityKind::Person) if actor.gender.is_none() => 0.6,
                    _ => 1.0,
                };
                (id, self.weights[id.0] * factor)
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(self.recency(a.0).cmp(&self.recency(b.0))))?;
        (best.1 >= FADED).then_some(best.0)
    }

    fn recency(&self, id: ActorId) -> usize {
        self.seen_at.get(id.0).copied().filter(|&at| at != usize::MAX).unwrap_or(0)
    }

    /// Those whom a pronoun cannot mean: the other parties of its own clause, and the phrase that it belongs to.
    fn barred(&self, word: Word<'_>) -> Vec<ActorId> {
        let mut barred = Vec::new();
        let mut bar = |head: Word<'_>| barred.extend(self.actors.at(head.index()).map(|s| s.actor));
        match word.deprel().universal() {
            Deprel::Obj | Deprel::Iobj | Deprel::Obl => {
                if let Some(verb) = word.head()
                    && let Some(subject) = clauses::subject(verb)
                {
                    bar(subject);
                }
                if let Some(verb) = word.head() {
                    bar(verb);
                }
            }
            Deprel::Nmod | Deprel::Det => {
                if let Some(noun) = word.head() {
                    bar(noun);
                }
            }
            _ => {}
        }
        barred
    }

    fn noun(&mut self, word: Word<'a>, noun: Noun) {
        if matches!(word.upos(), Upos::Verb | Upos::Adv | Upos::Adp | Upos::Aux | Upos::Det)
            || matches!(word.deprel(), Deprel::Compound | Deprel::Fixed)
            || word.child(Deprel::Cop).is_some()
        {
            return;
        }
        if let Some(at) = self.titles[word.index()] {
            self.described(word, at);
            return;
        }
        let range = clauses::noun_phrase(word);
        let words = self.text.analysis.words_in(range);
        if words.is_empty() || words.clone().any(|at| self.in_name[at] && at == word.index()) {
            return;
        }
        let key = self.noun_key(word);
        if let Some(id) = self.beside_name(word, &words, noun) {
            self.actors.get_mut(id).nouns.push(key);
            self.add(id, word, words, range, MentionForm::Nominal);
            return;
        }
        let meant = self.means(word, noun, &key, &words);
        let id = meant.unwrap_or_else(|| self.somebody(word, noun, &words));
        self.actors.get_mut(id).nouns.push(key);
        let form = self.form(word, noun, &words);
        self.add(id, word, words, range, form);
    }

    /// A body with a complement is named by its description ("وزارة المالية"); others are described.
    fn form(&self, word: Word<'_>, noun: Noun, words: &Range<usize>) -> MentionForm {
        let named = noun.kind == EntityKind::Organization
            && self.text.is_arabic()
            && words.start == word.index()
            && words.len() > 1;
        if named { MentionForm::Name } else { MentionForm::Nominal }
    }

    fn noun_key(&self, word: Word<'_>) -> String {
        match self.text.analysis.language() {
            Language::English => word.lemma().to_lowercase(),
            Language::Arabic => bare(word.key()).to_owned(),
        }
    }

    /// A title that is a noun phrase of its own before a name.
    fn described(&mut self, word: Word<'a>, at: usize) {
        let name = &self.names[at];
        let words = name.description..name.words.start;
        if self.titles[word.index().saturating_sub(1)] == Some(at) && word.index() > words.start {
            return;
        }
        let full = match self.text.analysis.language() {
            Language::Arabic => words.len() > 1,
            Language::English => words.len() > 2,
        };
        let Some(id) = self
            .actors
            .widest_at(super::actors::head_of(self.text.analysis, &name.words).index())
            .map(|spot| spot.actor)
        else {
            return;
        };
        let key = self.noun_key(word);
        self.actors.get_mut(id).nouns.push(key);
        if full {
            let range = cover(self.text.analysis, &words);
            self.add(id, word, words, range, MentionForm::Nominal);
        }
    }

    /// The person whose name stands right behind or before a description.
    fn beside_name(&self, word: Word<'_>, words: &Range<usize>, noun: Noun) -> Option<ActorId> {
        if noun.plural || noun.kind != EntityKind::Person {
            return None;
        }
        let is_comma = |at: usize| {
            at < self.text.analysis.word_count()
                && matches!(self.text.word(at).key(), "," | "-" | "–" | "—")
        };
        let sentence = word.sentence().word_range();
        let before = words.start.checked_sub(2).filter(|_| is_comma(words.start - 1));
        let behind = if is_comma(words.end) { words.end + 1 } else { words.end };
        let person_at = |at: usize, ends: bool| {
            let name = self.names.iter().find(|name| {
                name.kind == EntityKind::Person
                    && sentence.contains(&at)
                    && (if ends { name.words.end == at + 1 } else { name.words.start == at })
            })?;
            let head = super::actors::head_of(self.text.analysis, &name.words);
            self.actors.at(head.index()).map(|spot| spot.actor).next()
        };
        let definite = self.is_definite(word, words);
        before.and_then(|at| person_at(at, true)).or_else(|| {
            let direct = behind == words.end || definite;
            person_at(behind, false).filter(|_| direct)
        })
    }

    fn is_definite(&self, word: Word<'_>, words: &Range<usize>) -> bool {
        match self.text.analysis.language() {
            Language::English => {
                let first = self.text.word(words.start);
                matches!(first.key(), "the" | "this" | "that" | "these" | "those")
                    || word.children_by(Deprel::NmodPoss).next().is_some()
                    || word.child(Deprel::Det).is_some_and(|det| det.key() == "the")
            }
            Language::Arabic => words.clone().any(|at| {
                let word = self.text.word(at);
                word.key().starts_with("ال") || word.upos() == Upos::Pron || self.in_name[at]
            }),
        }
    }

    /// Whom a description means that was spoken of before.
    fn means(
        &self,
        word: Word<'_>,
        noun: Noun,
        key: &str,
        words: &Range<usize>,
    ) -> Option<ActorId> {
        if !self.is_definite(word, words) {
            return None;
        }
        let country = self.country_in(words);
        let mut fitting: Vec<(ActorId, usize)> = Vec::new();
        for id in self.actors.ids() {
            let actor = self.actors.get(id);
            if self.seen_at.get(id.0).is_none_or(|&at| at == usize::MAX) {
                continue;
            }
            let described = actor.nouns.iter().any(|other| other == key);
            let kinds = actor.kind == noun.kind
                || matches!(
                    (actor.kind, noun.kind),
                    (EntityKind::Organization, EntityKind::Outlet)
                        | (EntityKind::Outlet, EntityKind::Organization)
                );
            let in_name = kinds
                && noun.kind != EntityKind::Person
                && actor.keys.iter().any(|other| bare(other) == bare(key));
            let in_role = actor.is_person()
                && noun.kind == EntityKind::Person
                && actor.role.as_deref().is_some_and(|role| role.rsplit(' ').next() == Some(key));
            let country_fits =
                country.is_none_or(|c| actor.country.as_deref().is_none_or(|a| a == c));
            let alone = words.len() <= 2;
            let state = noun.kind == EntityKind::State && actor.kind == EntityKind::State && alone;
            if (described && kinds || in_name || in_role || state)
                && country_fits
                && (alone || self.same_description(id, words))
            {
                fitting.push((id, self.recency(id)));
            }
        }
        if noun.kind == EntityKind::State {
            return fitting
                .into_iter()
                .max_by(|a, b| self.weights[a.0.0].total_cmp(&self.weights[b.0.0]))
                .map(|(id, _)| id);
        }
        fitting.into_iter().max_by_key(|&(_, seen)| seen).map(|(id, _)| id)
    }

    /// Whether an actor was described or named by all content words of a phrase before.
    fn same_description(&self, id: ActorId, words: &Range<usize>) -> bool {
        let content = |range: &Range<usize>| -> Vec<String> {
            range
                .clone()
                .map(|at| self.text.word(at))
                .filter(|word| word.upos().is_content())
                .map(|word| bare(word.key()).to_owned())
                .collect()
        };
        let wanted = content(words);
        let spots = self.actors.spots.iter().filter(|spot| {
            spot.actor == id && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
        });
        spots.into_iter().any(|spot| {
            let had = content(&spot.words);
            wanted.iter().all(|word| had.contains(word))
        })
    }

    fn country_in(&self, words: &Range<usize>) -> Option<&'static str> {
        words.clone().find_map(|at| self.text.world.state_at(at).and_then(Entry::country))
    }

    /// Makes an actor of a description that means nobody before it.
    fn somebody(&mut self, word: Word<'_>, noun: Noun, words: &Range<usize>) -> ActorId {
        let mut actor = Actor::new(noun.kind);
        actor.plural = noun.plural;
        actor.sectors.extend(noun.sector.map(str::to_owned));
        actor.country = self.country_in(words).map(str::to_owned);
        actor.role = noun.office.filter(|_| !noun.plural).map(str::to_owned);
        if self.text.is_arabic() && !noun.plural {
            let key = word.key();
            let feminine = key.ends_with('ه') || word.feats().gender() == Some(Gender::Fem);
            actor.gender = Some(if feminine { Gender::Fem } else { Gender::Masc });
        }
        self.actors.add(actor)
    }
}

/// Whether an English *it* means nothing: "it is clear that …", "it was raining".
fn is_empty_it(word: Word<'_>) -> bool {
    if word.key() != "it" {
        return false;
    }
    let Some(head) = word.head() else { return true };
    let clause = head.children().any(|child| {
        matches!(child.deprel().universal(), Deprel::Ccomp | Deprel::Csubj)
            || child.deprel().universal() == Deprel::Advcl
                && child.upos() == Upos::Verb
                && head.upos() == Upos::Adj
    });
    head.upos() == Upos::Adj && clause || word.deprel().universal() == Deprel::Expl
}
