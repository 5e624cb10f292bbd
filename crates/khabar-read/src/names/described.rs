//! Whom a description can mean that was spoken of before, and what speaks for each.
//!
//! The noun itself counts most: who was described by it, who holds the office that it names, whose name holds it. Then what
//! stands around it: the state, the adjectives that he was described by or not, the article. Else somebody of the same kind
//! who was spoken of just now ("the group", "the ministry").

use std::ops::Range;

use khabar_atlas::Entry;
use khabar_lang::{Deprel, Language, Upos, Word};
use khabar_record::{EntityKind, MentionForm};

use super::Text;
use super::actors::{Actor, ActorId, Actors};
use super::antecedents::{far, role};
use super::memory::Memory;
use super::nouns::{Noun, bare};
use super::reasons::{Choice, Who};

/// What is looked at around one description.
pub(super) struct Descriptions<'t, 'a> {
    pub(super) text: Text<'a>,
    pub(super) actors: &'t Actors,
    pub(super) memory: &'t Memory,
    pub(super) word: Word<'a>,
    pub(super) noun: Noun,
    pub(super) key: &'t str,
    pub(super) words: Range<usize>,
    pub(super) country: Option<&'static str>,
    /// The state of whoever does something in the clause.
    pub(super) home: Option<String>,
}

impl Descriptions<'_, '_> {
    /// All who can be meant.
    pub(super) fn choices(&self) -> Vec<Choice> {
        let definite = self.definite();
        let wanted = self.modifiers();
        let candidates: Vec<ActorId> = self
            .actors
            .ids()
            .filter(|&id| self.memory.last(id).is_some() && self.kinds_fit(self.actors.get(id)))
            .filter(|&id| !self.is_inside(id))
            .collect();
        let nearest_of_kind = candidates
            .iter()
            .filter(|&&id| self.actors.get(id).kind == self.noun.kind)
            .filter_map(|&id| self.memory.last(id))
            .max();
        let mut somebody_described = false;
        let mut choices = Vec::new();
        for id in candidates {
            let mut choice = Choice::new(Who::Actor(id.0));
            let described = self.reasons(id, definite, &wanted, nearest_of_kind, &mut choice);
            somebody_described |= described;
            choices.push(choice);
        }
        let mut new = Choice::new(Who::Nobody);
        new.is("new", definite);
        new.when(wanted.is_empty(), "new", "bare");
        new.when(self.noun.plural, "new", "several");
        new.is("new of", super::kind_name(self.noun.kind));
        new.when(somebody_described, "new", "beside one described so");
        new.when(self.word.sentence().index() == 0, "new", "at the start");
        new.is("new as", role(self.word));
        choices.push(new);
        choices
    }

    /// Whether somebody stands inside the description, who is another then.
    fn is_inside(&self, id: ActorId) -> bool {
        self.words
            .clone()
            .any(|at| at != self.word.index() && self.actors.at(at).any(|spot| spot.actor == id))
    }

    fn kinds_fit(&self, actor: &Actor) -> bool {
        use EntityKind::{Group, Organization, Outlet, Person, Place, Role, State};
        match self.noun.kind {
            Person | Role => actor.is_person() && !actor.plural,
            Group => matches!(actor.kind, Group | Organization) || actor.plural,
            Organization | Outlet => matches!(actor.kind, Organization | Outlet | State | Group),
            State => actor.kind == State,
            Place => matches!(actor.kind, Place | State),
        }
    }

    /// Adds what speaks for an actor; whether he was described by the same noun before.
    fn reasons(
        &self,
        id: ActorId,
        definite: &'static str,
        wanted: &[String],
        nearest_of_kind: Option<usize>,
        choice: &mut Choice,
    ) -> bool {
        let actor = self.actors.get(id);
        let described = actor.nouns.iter().any(|other| other == self.key);
        let in_name = actor.keys.iter().any(|other| bare(other) == bare(self.key));
        let in_role = actor.is_person() && self.is_role(actor);
        let bare_phrase = wanted.is_empty();
        let alone = if bare_phrase { "bare" } else { "with more" };
        choice.when(described, "same noun", alone);
        choice.when(in_name, "noun in name", alone);
        choice.when(in_role, "office", alone);
        let linked = described || in_name || in_role;
        choice.when(!linked, "another noun", super::kind_name(self.noun.kind));
        choice.when(linked, "linked", definite);
        choice.when(!linked, "not linked", definite);
        if actor.kind == self.noun.kind {
            choice.is("kind", super::kind_name(actor.kind));
        } else {
            choice.is("other kind", super::kind_name(actor.kind));
        }
        choice.when(actor.plural != self.noun.plural, "number", "another");
        match (self.country, actor.country.as_deref()) {
            (Some(own), Some(other)) => {
                choice.is("state", if own == other { "same" } else { "another" });
            }
            (Some(_), None) => choice.is("state", "unknown"),
            (None, _) => {}
        }
        if self.noun.kind == EntityKind::State && self.home.is_some() {
            choice
                .is("home of subject", if self.home == actor.country { "same" } else { "another" });
        }
        if let (Some(own), Some(other)) = (self.noun.sector, actor.sectors.first()) {
            choice.is("sector", if own == other { "same" } else { "another" });
        }
        // "The authorities" are the government that was named, "the force" the army.
        let same_sector = self.noun.sector.is_some()
            && actor.sectors.first().map(String::as_str) == self.noun.sector;
        choice.when(
            same_sector && !linked && bare_phrase && !actor.is_person(),
            "body of the same sector",
            super::kind_name(actor.kind),
        );
        if !bare_phrase {
            let had = self.best_cover(id, wanted);
            let share = had as f32 / wanted.len() as f32;
            let seen = if had == wanted.len() {
                "all"
            } else if had == 0 {
                "none"
            } else if share >= 0.5 {
                "half"
            } else {
                "few"
            };
            choice.is(if linked { "words had before" } else { "words had, other noun" }, seen);
        }
        let named = !actor.names.is_empty();
        choice.when(named && linked, "known by", "name");
        choice.when(named && !linked, "known by", "name alone");
        let gender = self.text.is_arabic()
            && !self.noun.plural
            && actor.gender.is_some_and(|gender| {
                let feminine = bare(self.word.key()).ends_with('ه');
                (gender == khabar_lang::Gender::Fem) != feminine
            });
        choice.when(gender, "gender", "another");
        let Some(last) = self.memory.last(id) else { return linked };
        let distance = self.word.sentence().index() - self.text.word(last).sentence().index();
        choice.is(if linked { "distance, linked" } else { "distance" }, far(distance));
        choice.when(distance == 0 && last + 6 > self.word.index(), "distance", "beside");
        let nearest = Some(last) == nearest_of_kind && actor.kind == self.noun.kind;
        choice.when(nearest, if linked { "nearest, linked" } else { "nearest" }, alone);
        choice.is("last", role(self.text.word(last)));
        choice.when(self.memory.count(id) > 2, "mentions", "many");
        let appos = self.word.deprel() == Deprel::Appos
            && self.word.head().is_some_and(|head| head.index() == last);
        choice.when(appos, "apposition", "yes");
        linked
    }

    /// Whether the noun is the office that somebody holds.
    fn is_role(&self, actor: &Actor) -> bool {
        let Some(role) = actor.role.as_deref() else { return false };
        role.rsplit(' ').next() == Some(self.key)
            || self.noun.office.is_some_and(|office| {
                role == office || role.ends_with(office) && role.len() > office.len()
            })
    }

    /// What the article says.
    fn definite(&self) -> &'static str {
        let first = self.text.word(self.words.start);
        match self.text.analysis.language() {
            Language::English => match first.key() {
                "the" => "the",
                "this" | "that" | "these" | "those" => "this",
                "a" | "an" | "another" => "a",
                "its" | "his" | "her" | "their" | "our" | "my" => "its",
                _ if self.word.children_by(Deprel::NmodPoss).next().is_some() => "of one",
                _ => "no article",
            },
            Language::Arabic => {
                let before = self.words.start.checked_sub(1).map(|at| self.text.word(at).key());
                let this = |key: &str| {
                    matches!(key, "هذا" | "هذه" | "هؤلاء" | "تلك" | "ذلك" | "هذان" | "هذين")
                };
                if this(first.key()) || before.is_some_and(this) {
                    return "this";
                }
                if self.word.key().starts_with("ال") {
                    return "the";
                }
                let next = self.word.index() + 1;
                if next < self.words.end && self.text.word(next).upos() == Upos::Pron {
                    return "its";
                }
                let other = self.words.clone().any(|at| self.text.word(at).key().starts_with("ال"));
                if other { "of one" } else { "no article" }
            }
        }
    }

    /// The content words of the description besides its noun and the state that it names.
    fn modifiers(&self) -> Vec<String> {
        let own = self.words.clone().filter(|&at| at != self.word.index());
        own.filter(|&at| self.text.world.state_at(at).is_none())
            .map(|at| self.text.word(at))
            .filter(|word| word.upos().is_content())
            .map(|word| bare(word.key()).to_owned())
            .collect()
    }

    /// How many of these words stand in the description or name of somebody that holds most of them.
    fn best_cover(&self, id: ActorId, wanted: &[String]) -> usize {
        let spots = self.actors.spots.iter().filter(|spot| {
            spot.actor == id
                && spot.head < self.word.index()
                && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
        });
        let covered = spots.map(|spot| {
            let has = |wanted: &&String| {
                spot.words.clone().any(|at| bare(self.text.word(at).key()) == wanted.as_str())
            };
            wanted.iter().filter(has).count()
        });
        covered.max().unwrap_or_default()
    }
}

/// The state that words name.
pub(super) fn country_in(text: Text<'_>, words: &Range<usize>) -> Option<&'static str> {
    words.clone().find_map(|at| text.world.state_at(at).and_then(Entry::country))
}
