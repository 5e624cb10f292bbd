//! Following those who are named: descriptions, pronouns and bare verbs, each given to the one it most likely means.
//!
//! The text is gone through once. Whoever is mentioned gains weight, more as a subject than elsewhere, and loses half of
//! it with every sentence (`memory`). That weight is one reason among others: `antecedents` gathers those for
//! pronouns and bare verbs, `described` those for descriptions, and the list of weights decides. What fits nobody well
//! enough is left open.

mod nouns;

use std::ops::Range;

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{EntityKind, MentionForm, TextRange};

use super::Text;
use super::actors::{ActorId, Actors, Spot};
use super::agree::{self, Wanted};
use super::antecedents::Antecedents;
use super::find::Name;
use super::memory::Memory;
use super::reasons::{Choice, Decision, What};
use crate::clauses;

/// Goes through the text and adds the spots where actors are described or referred to; returns what was decided.
pub(crate) fn follow(text: Text<'_>, names: &[Name], actors: &mut Actors) -> Vec<Decision> {
    let mut in_name = vec![false; text.flags.len()];
    let mut titles = vec![None; text.flags.len()];
    for (at, name) in names.iter().enumerate() {
        // A demonym that only describes is no name here ("two Azerbaijanis").
        let means = actors.spots.iter().any(|spot| spot.range == name.range);
        for word in name.words.clone() {
            in_name[word] |= means;
        }
        for title in &mut titles[name.description..name.words.start] {
            *title = Some(at);
        }
    }
    let memory = Memory::new(actors.all.len());
    let mut follower =
        Follower { text, names, in_name, titles, memory, actors, decisions: Vec::new() };
    follower.run();
    follower.decisions
}

/// What follows those who are named through a text.
struct Follower<'a> {
    text: Text<'a>,
    names: &'a [Name],
    in_name: Vec<bool>,
    /// The name that each word is a part of the title of.
    titles: Vec<Option<usize>>,
    memory: Memory,
    actors: &'a mut Actors,
    decisions: Vec<Decision>,
}

impl<'a> Follower<'a> {
    fn run(&mut self) {
        for sentence in self.text.analysis.sentences() {
            self.memory.fade();
            for word in sentence.words() {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: Word<'a>) {
        let named: Vec<ActorId> = self.actors.at(word.index()).map(|spot| spot.actor).collect();
        if !named.is_empty() {
            for id in named {
                self.memory.see(id, word);
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

    fn add(
        &mut self,
        id: ActorId,
        word: Word<'_>,
        words: Range<usize>,
        range: TextRange,
        form: MentionForm,
    ) {
        self.actors.spot(Spot { actor: id, range, form, head: word.index(), words });
        self.memory.see(id, word);
    }

    /// Weighs the choices and keeps the question for those who learn the weights.
    fn decide(&mut self, what: What, span: TextRange, choices: Vec<Choice>) -> Option<ActorId> {
        let chosen = self.text.rules.weighing.of(what).choose(&choices).map(ActorId);
        self.decisions.push(Decision { what, span, choices });
        chosen
    }

    /// Whom a pronoun or an ending means.
    fn antecedent(
        &mut self,
        what: What,
        word: Word<'a>,
        wanted: Wanted,
        span: TextRange,
        shared: Option<ActorId>,
    ) -> Option<ActorId> {
        let choices = Antecedents {
            text: self.text,
            actors: self.actors,
            memory: &self.memory,
            in_name: &self.in_name,
            word,
            wanted,
            barred: self.barred(word),
            shared,
        }
        .choices();
        self.decide(what, span, choices)
    }

    fn pronoun(&mut self, word: Word<'a>, wanted: Wanted) {
        let range = word.range();
        let Some(id) = self.antecedent(What::Pronoun, word, wanted, range, None) else { return };
        if self.actors.get(id).gender.is_none() && self.actors.get(id).is_person() {
            self.actors.get_mut(id).gender = wanted.gender();
        }
        let at = word.index();
        self.add(id, word, at..at + 1, range, MentionForm::Pronoun);
    }

    fn bare_verb(&mut self, verb: Word<'a>, wanted: Wanted) {
        if matches!(verb.deprel().universal(), Deprel::Aux | Deprel::Cop)
            || verb.children_by(Deprel::AuxPass).next().is_some()
        {
            return;
        }
        let shared = clauses::subject(verb)
            .and_then(|subject| self.actors.widest_at(subject.index()).map(|spot| spot.actor));
        let shared = shared.filter(|&id| wanted.fits(self.actors.get(id)));
        let token = verb.token().range();
        let range = match verb
            .children_by(Deprel::Obj)
            .find(|object| object.upos() == Upos::Pron && token.contains_range(object.range()))
        {
            Some(object) => TextRange::new(token.start(), object.range().start()),
            None => token,
        };
        let Some(id) = self.antecedent(What::Ending, verb, wanted, range, shared) else { return };
        if self.actors.get(id).kind == EntityKind::Place {
            return;
        }
        let at = verb.index();
        self.add(id, verb, at..at + 1, range, MentionForm::Implicit);
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
}

/// Whether an English *it* means nothing: "it is clear that …", "it was raining".
pub(super) fn is_empty_it(word: Word<'_>) -> bool {
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
