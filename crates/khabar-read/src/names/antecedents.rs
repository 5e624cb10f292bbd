//! Whom a pronoun or a verb's ending can mean, and what speaks for each: the actors spoken of lately, the things, nobody.
//!
//! News is full of clitics that mean things ("the plan and its costs"), so that the nouns nearby compete with the actors; a
//! pronoun that is taken for a thing leads to nobody.

use khabar_lang::{Deprel, Gender, Number, Upos, Word};
use khabar_record::{EntityKind, MentionForm};

use super::Text;
use super::actors::{ActorId, Actors};
use super::agree::Wanted;
use super::memory::Memory;
use super::reasons::{Choice, Who};
use crate::clauses;

/// How many sentences back somebody can stand.
const REACH: usize = 4;
/// How many things are looked at.
const THINGS: usize = 8;

/// What is looked at around one pronoun or verb.
pub(super) struct Antecedents<'t, 'a> {
    pub(super) text: Text<'a>,
    pub(super) actors: &'t Actors,
    pub(super) memory: &'t Memory,
    /// The words that belong to names.
    pub(super) in_name: &'t [bool],
    pub(super) word: Word<'a>,
    pub(super) wanted: Wanted,
    /// Those whom it cannot mean.
    pub(super) barred: Vec<ActorId>,
    /// The one whom its clause shares as a subject with another.
    pub(super) shared: Option<ActorId>,
}

impl Antecedents<'_, '_> {
    /// All who can be meant.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let above = self.subjects_above();
        let mut actors: Vec<ActorId> = self
            .actors
            .ids()
            .filter(|&id| self.is_near(id) || self.shared == Some(id) || self.follows(id))
            .filter(|&id| self.wanted.fits(self.actors.get(id)))
            .filter(|id| !self.barred.contains(id))
            .collect();
        actors.dedup();
        let things = self.things();
        let nearest_actor = actors.iter().filter_map(|&id| self.memory.last(id)).max();
        let nearest_thing = things.iter().map(|thing| thing.index()).max();
        let heaviest = actors
            .iter()
            .copied()
            .max_by(|&a, &b| self.memory.weight(a).total_cmp(&self.memory.weight(b)));
        let mut choices = vec![self.nobody(actors.len(), things.len())];
        for id in actors {
            let mut choice = Choice::new(Who::Actor(id.0));
            let nearest = self.memory.last(id) == nearest_actor && nearest_actor > nearest_thing;
            choice.when(nearest, "nearest", "of all");
            choice.when(self.memory.last(id) == nearest_actor && !nearest, "nearest", "of actors");
            choice.when(heaviest == Some(id), "heaviest", "yes");
            if let Some(depth) = above.iter().position(|&(_, other)| other == id) {
                choice.is("subject above", ["of its clause", "one up", "further"][depth.min(2)]);
            }
            self.actor(id, &mut choice);
            choices.push(choice);
        }
        for thing in things {
            choices.push(self.thing(
                thing,
                nearest_thing > nearest_actor && Some(thing.index()) == nearest_thing,
            ));
        }
        choices
    }

    fn sentence(&self) -> usize {
        self.word.sentence().index()
    }

    fn distance(&self, at: usize) -> usize {
        self.sentence().saturating_sub(self.text.word(at).sentence().index())
    }

    fn is_near(&self, id: ActorId) -> bool {
        self.memory.last(id).is_some_and(|at| self.distance(at) <= REACH)
    }

    /// Whether somebody not spoken of yet is the subject of the main clause, behind a pronoun that stands before it: "in his
    /// speech, the minister …".
    fn follows(&self, id: ActorId) -> bool {
        if self.memory.last(id).is_some() || self.role() == "subject" {
            return false;
        }
        let Some(root) = self.word.sentence().root() else { return false };
        clauses::subject(root).is_some_and(|subject| {
            subject.index() > self.word.index()
                && root.index() > self.word.index()
                && self.actors.at(subject.index()).any(|spot| spot.actor == id)
        })
    }

    /// What the pronoun is in its clause.
    fn role(&self) -> &'static str {
        role(self.word)
    }

    /// The actors that are the subjects of the clauses around the word, the innermost first.
    fn subjects_above(&self) -> Vec<(usize, ActorId)> {
        let mut found: Vec<(usize, ActorId)> = Vec::new();
        for (depth, above) in self.word.ancestors().enumerate() {
            let subject = clauses::subject(above).filter(|subject| *subject != self.word);
            let at = subject.map_or(above.index(), Word::index);
            if at == self.word.index() {
                continue;
            }
            for spot in self.actors.at(at) {
                if subject.is_some() || spot.form == MentionForm::Implicit {
                    found.push((depth, spot.actor));
                }
            }
        }
        found.dedup_by_key(|found| found.1);
        found
    }

    fn nobody(&self, actors: usize, things: usize) -> Choice {
        let mut choice = Choice::new(Who::Nobody);
        choice.is("nobody", self.wanted.as_str());
        choice.is("nobody as", self.role());
        choice.when(actors == 0, "nobody", "no actor");
        choice.when(things == 0, "nobody", "no thing");
        choice.when(super::follow::is_empty_it(self.word), "nobody", "empty it");
        choice.when(self.is_quoted(), "nobody", "quoted");
        let quote = self.word.next().map_or("", Word::key);
        choice.when(
            matches!(quote, "ان" | "انه" | "انها" | "انهم" | ":" | "\"" | "«"),
            "nobody",
            "reports",
        );
        if self.word.upos() == Upos::Verb {
            choice.is("nobody verb", self.word.deprel().universal().as_str());
            let behind = self.word.next();
            choice.when(
                behind.is_some_and(|next| next.upos().is_nominal() && next.upos() != Upos::Pron),
                "nobody verb",
                "before noun",
            );
            choice.when(self.word.child(Deprel::Obj).is_none(), "nobody verb", "no object");
            choice.when(self.shared.is_some(), "nobody verb", "shares a subject");
            let before = self.word.previous();
            choice.when(
                before.is_some_and(|word| word.upos().is_nominal()),
                "nobody verb",
                "behind noun",
            );
        } else if let Some(head) = self.word.head() {
            choice.when(self.word.is_attached() && head.upos() == Upos::Verb, "nobody", "on verb");
            choice.when(self.word.is_attached() && head.upos().is_nominal(), "nobody", "on noun");
        }
        choice
    }

    fn is_quoted(&self) -> bool {
        self.text.analysis.quote_at(self.word.range().start()).is_some()
    }

    fn actor(&self, id: ActorId, choice: &mut Choice) {
        let actor = self.actors.get(id);
        choice.is(self.wanted.as_str(), super::kind_name(actor.kind));
        choice.when(actor.gender.is_some(), "gender", "known");
        choice.when(
            actor.kind == EntityKind::Person && actor.gender.is_none(),
            "gender",
            "of a person unknown",
        );
        choice.when(self.shared == Some(id), "shared subject", "yes");
        let named = !actor.names.is_empty();
        choice.when(named, "known by", "name");
        choice.when(actor.known.is_some(), "known by", "atlas");
        choice.is(
            "mentions",
            match self.memory.count(id) {
                0 | 1 => "one",
                2 | 3 => "few",
                _ => "many",
            },
        );
        let Some(last) = self.memory.last(id) else {
            choice.is("distance", "behind");
            return;
        };
        let distance = self.distance(last);
        choice.is("distance", far(distance));
        choice.is(self.role(), far(distance));
        let there = self.text.word(last);
        choice.is("last", role(there));
        choice.when(self.role() == role(there), "parallel", role(there));
        if let Some(spot) = self.actors.at(last).find(|spot| spot.actor == id) {
            choice.is("last form", super::form_name(spot.form));
        }
        let quoted = self.text.analysis.quote_at(there.range().start()).is_some();
        choice.when(
            quoted != self.is_quoted(),
            "quotation",
            if quoted { "left" } else { "entered" },
        );
        let paragraph = there.sentence().paragraph() == self.word.sentence().paragraph();
        choice.when(!paragraph, "paragraph", "another");
        let gap = self.word.index().saturating_sub(last);
        choice.when(gap <= 3, "gap", "three words");
        choice.when(gap > 3 && gap <= 8, "gap", "eight words");
        choice.reasons.push(super::reasons::Reason {
            about: "weight",
            seen: "log",
            strength: (1.0 + self.memory.weight(id)).ln() / 4.0,
        });
        if distance == 0 {
            let first = self.memory.first_in(self.sentence()) == Some(id);
            choice.when(first, "first of sentence", "yes");
        } else if distance == 1 {
            let first = self.memory.first_in(self.sentence() - 1) == Some(id);
            choice.when(first, "first of sentence before", "yes");
        }
    }

    /// The things that agree, the nearest first.
    fn things(&self) -> Vec<Word<'_>> {
        if matches!(self.wanted, Wanted::He | Wanted::She) {
            return Vec::new();
        }
        let first =
            self.text.analysis.sentence(self.sentence().saturating_sub(1)).word_range().start;
        let own_noun = self.word.head().filter(|_| self.role() == "possessor").map(Word::index);
        (first..self.word.index())
            .rev()
            .filter(|&at| Some(at) != own_noun && !self.in_name[at])
            .map(|at| self.text.word(at))
            .filter(|word| {
                word.upos() == Upos::Noun && self.actors.at(word.index()).next().is_none()
            })
            .filter(|word| thing_fits(*word, self.wanted))
            .take(THINGS)
            .collect()
    }

    fn thing(&self, thing: Word<'_>, nearest: bool) -> Choice {
        let mut choice = Choice::new(Who::Thing);
        let distance = self.distance(thing.index());
        choice.is("thing", self.wanted.as_str());
        choice.is("thing distance", far(distance));
        choice.is("thing last", role(thing));
        choice.when(distance == 0, "thing near", self.role());
        choice.when(nearest, "thing", "nearest");
        let gap = self.word.index() - thing.index();
        choice.when(gap <= 3, "thing gap", "three words");
        choice.when(gap > 3 && gap <= 8, "thing gap", "eight words");
        choice.when(
            thing.child(Deprel::Det).is_some() || thing.key().starts_with("ال"),
            "thing",
            "definite",
        );
        let above = self.word.ancestors().any(|word| {
            clauses::subject(word).is_some_and(|subject| subject.index() == thing.index())
        });
        choice.when(above, "thing", "subject above");
        choice
    }
}

/// What a word is in its clause, by the names that the list has for it.
pub(super) fn role(word: Word<'_>) -> &'static str {
    match word.deprel().universal() {
        _ if word.upos() == Upos::Verb => "verb",
        Deprel::Nsubj => "subject",
        Deprel::Obj | Deprel::Iobj => "object",
        Deprel::Obl => "oblique",
        Deprel::Nmod | Deprel::Det => "possessor",
        Deprel::Conj => "conjunct",
        Deprel::Appos | Deprel::Flat => "apposition",
        Deprel::Root => "root",
        Deprel::Compound | Deprel::Amod => "modifier",
        _ => "other",
    }
}

pub(super) fn far(distance: usize) -> &'static str {
    match distance {
        0 => "same sentence",
        1 => "sentence before",
        2 => "two before",
        _ => "further",
    }
}

/// Whether a noun agrees with what a pronoun shows.
fn thing_fits(noun: Word<'_>, wanted: Wanted) -> bool {
    let key = noun.key();
    let plural =
        noun.feats().number() == Some(Number::Plur) || noun.xpos() == "NNS" || key.ends_with("ات");
    match wanted {
        Wanted::He | Wanted::She => false,
        Wanted::It => !plural,
        Wanted::They => plural,
        Wanted::Feminine => {
            plural || key.ends_with('ه') || noun.feats().gender() == Some(Gender::Fem)
        }
        Wanted::Masculine => {
            !plural && !key.ends_with('ه') && noun.feats().gender() != Some(Gender::Fem)
        }
    }
}
