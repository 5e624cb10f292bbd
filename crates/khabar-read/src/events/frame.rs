//! The places around one trigger, filled from its sentence.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::EntityKind;

use super::classes::Classes;
use super::grammar;
use super::lexicon::{Form, Match};
use super::scene::Scene;
use super::sense::Slot;
use super::support::{Role, Support};

/// A trigger with what is around it.
pub(super) struct Around<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    classes: &'s Classes,
    form: Form,
    pub(super) trigger: Word<'a>,
    /// The verb whose arguments are the event's: the trigger itself, the light verb, or the support verb of a noun.
    pub(super) verb: Option<Word<'a>>,
    /// What the subject of the support verb is to the event.
    role: Role,
    /// Whether the sense has no place for an object.
    intransitive: bool,
    /// The preposition at the end of a phrase such as "call for": its noun is the object.
    preposition: Option<Word<'a>>,
}

impl<'s, 'a> Around<'s, 'a> {
    pub(super) fn new(
        scene: &'s Scene<'a>,
        classes: &'s Classes,
        support: &Support,
        found: &Match<'_, 'a>,
    ) -> Self {
        let trigger = found.node();
        let (verb, role) = match found.form {
            // A modal's verb is the one that it helps.
            Form::Verb if trigger.upos() == Upos::Aux => (trigger.head(), Role::Does),
            Form::Verb | Form::Light => (Some(found.head), Role::Does),
            Form::Adjective | Form::Participle => (Some(trigger), Role::Does),
            Form::Noun | Form::Masdar => match support.of(scene, trigger) {
                Some((verb, role)) => (Some(verb), role),
                None => (None, Role::Does),
            },
        };
        let last = found.words.last().copied().filter(|last| *last != trigger);
        let preposition = last.filter(|last| {
            found.form != Form::Noun && matches!(last.upos(), Upos::Adp | Upos::Sconj | Upos::Part)
        });
        let intransitive = found.form == Form::Verb
            && !found.sense.frame.recipient.contains(&Slot::Object)
            && found.sense.frame.actor.contains(&Slot::Subject);
        Self { scene, classes, form: found.form, trigger, verb, role, intransitive, preposition }
    }

    /// Whom a support verb says the event befalls: its subject ("the town came under attack").
    pub(super) fn sufferer(&self) -> Option<Word<'a>> {
        let verb = self.verb.filter(|_| self.is_nominal() && self.role == Role::Undergoes)?;
        grammar::subject(self.scene, verb).filter(|subject| *subject != self.trigger)
    }

    pub(super) fn is_nominal(&self) -> bool {
        matches!(self.form, Form::Noun | Form::Masdar)
    }

    pub(super) fn is_passive(&self) -> bool {
        let Some(verb) = self.verb else { return false };
        grammar::is_passive(self.scene, verb) || self.is_read_as_passive(verb)
    }

    /// Whether an Arabic verb of hurting has nobody to hurt but its subject: قتل ستون شخصا.
    fn is_read_as_passive(&self, verb: Word<'a>) -> bool {
        let scene = self.scene;
        let hurts = scene.is_arabic()
            && self.form == Form::Verb
            && self.classes.lists("hurting", &scene.keys(verb))
            && verb.feats().tense() != Some(khabar_lang::Tense::Pres);
        if !hurts {
            return false;
        }
        let object = grammar::object(scene, verb).filter(|object| object.index() > verb.index());
        let subject = grammar::subject(scene, verb);
        // قتل ستون وجرح مئتان: what goes on behind a passive is one too.
        let above = verb.head().filter(|_| verb.deprel().universal() == Deprel::Conj);
        if let Some(above) = above.map(|head| scene.word(head.index()))
            && grammar::own_subject(self.scene, verb).is_none()
            && self.classes.lists("hurting", &scene.keys(above))
        {
            return grammar::is_passive(scene, above) || self.is_read_as_passive(above);
        }
        let carries = verb.next().is_some_and(|next| {
            next.upos() == Upos::Pron && next.token().range() == verb.token().range()
        });
        object.is_none()
            && !carries
            && subject.is_some_and(|subject| {
                let attacks = self.classes.lists("attacker", &scene.keys(subject));
                !attacks && scene.kind(subject) != Some(EntityKind::State)
            })
    }

    /// The heads of the phrases in a place.
    pub(super) fn fill(&self, slot: &Slot) -> Vec<Word<'a>> {
        match slot {
            Slot::Subject => self.doer().into_iter().collect(),
            Slot::Object => self.object().into_iter().collect(),
            Slot::Indirect => {
                let verb = self.verb.filter(|_| !self.is_nominal());
                verb.and_then(|verb| verb.child(Deprel::Iobj)).into_iter().collect()
            }
            Slot::Possessor => self.possessors(),
            Slot::Content => self.content().into_iter().collect(),
            // The speaker stands outside the clause and is found when the row is made.
            Slot::Speaker => Vec::new(),
            Slot::Marked(key) => self.marked(key),
        }
    }

    /// Who does it: the subject of an active verb, the agent of a passive.
    fn doer(&self) -> Option<Word<'a>> {
        let verb = self.verb?;
        if self.is_nominal() && self.role == Role::Undergoes {
            return None;
        }
        if self.form == Form::Adjective {
            return self.bearer();
        }
        if self.form == Form::Participle {
            // Who carries a clause on is the subject of its verb.
            let above = verb.ancestors().find(|word| word.upos() == Upos::Verb)?;
            return grammar::subject(self.scene, above).filter(|subject| *subject != verb);
        }
        if self.is_passive() {
            return grammar::agent(self.scene, verb);
        }
        // تظاهر نحو خمسة آلاف شخص: what a parser takes for the object of a verb that has none is its subject.
        if self.intransitive
            && self.scene.is_arabic()
            && grammar::own_subject(self.scene, verb).is_none()
        {
            let taken = verb.child(Deprel::Obj).filter(|object| object.upos() != Upos::Pron);
            if taken.is_some() {
                return taken;
            }
        }
        let subject = grammar::subject(self.scene, verb);
        subject.filter(|subject| *subject != self.trigger)
    }

    /// Of whom an adjective is said.
    fn bearer(&self) -> Option<Word<'a>> {
        if self.trigger.deprel().universal() == Deprel::Amod {
            return self.trigger.head();
        }
        grammar::subject(self.scene, self.trigger)
    }

    pub(super) fn object(&self) -> Option<Word<'a>> {
        if let Some(preposition) = self.preposition {
            let noun = preposition.head().filter(|head| Some(*head) != self.verb);
            if let Some(noun) = noun.filter(|noun| noun.index() > preposition.index()) {
                return Some(noun);
            }
        }
        if self.is_nominal() {
            let own =
                self.trigger.children().find(|child| child.deprel().universal() == Deprel::Obj);
            return own.or_else(|| {
                let verb = self.verb.filter(|_| self.role == Role::Undergoes)?;
                grammar::subject(self.scene, verb)
            });
        }
        let verb = self.verb?;
        let object = if self.is_passive() {
            let subject = grammar::subject(self.scene, verb);
            let left = || grammar::object(self.scene, verb).filter(|_| self.scene.is_arabic());
            subject.or_else(left)
        } else {
            grammar::object(self.scene, verb)
        };
        object.filter(|object| *object != self.trigger)
    }

    fn possessors(&self) -> Vec<Word<'a>> {
        let noun = if self.is_nominal() || self.form == Form::Light {
            self.trigger
        } else {
            return Vec::new();
        };
        let own: Vec<Word<'a>> = grammar::genitives(noun).take(1).collect();
        if own.is_empty() { self.modifiers(noun) } else { own }
    }

    /// Who stands before a noun as its modifier: "Turkish airstrikes", "opposition protest", الغارات الإسرائيلية.
    pub(super) fn modifiers(&self, noun: Word<'a>) -> Vec<Word<'a>> {
        let acts = |word: &Word<'a>| match self.scene.kind(*word) {
            Some(EntityKind::Place) => false,
            // An Arabic adjective stands for the people that it names; هجوم انتحاري tells of what kind the attack is.
            Some(_) if self.scene.is_arabic() && word.upos() == Upos::Adj => {
                self.scene.is_people(*word)
            }
            _ if self.describes_kind(*word) => false,
            Some(_) => true,
            None if self.scene.is_people(*word) => true,
            None => {
                word.deprel().universal() == Deprel::Compound
                    && self.classes.names_agent(&self.scene.keys(*word))
            }
        };
        noun.children()
            .filter(|child| {
                matches!(child.deprel().universal(), Deprel::Amod | Deprel::Compound | Deprel::Nmod)
                    && child.child(Deprel::Case).is_none()
            })
            .filter(acts)
            .take(2)
            .collect()
    }

    /// Whether a word before a noun says of what kind it is rather than whose: "a general strike", "military aid", "a major
    /// attack"; by themselves these words name people.
    fn describes_kind(&self, word: Word<'a>) -> bool {
        !self.scene.is_arabic() && self.classes.lists("sort", &[word.key()])
    }

    /// What is asked, promised or threatened: a clause, else the object or the phrase with the usual preposition.
    pub(super) fn content(&self) -> Option<Word<'a>> {
        if let Some(preposition) = self.preposition
            && let Some(head) = preposition.head().filter(|head| Some(*head) != self.verb)
        {
            return Some(head);
        }
        let holders = [Some(self.trigger), self.verb.filter(|_| !self.is_nominal())];
        holders.into_iter().flatten().find_map(grammar::content_clause)
    }

    fn marked(&self, key: &str) -> Vec<Word<'a>> {
        if let Some(preposition) = self.preposition
            && preposition.key() == key
            && let Some(noun) = preposition.head().filter(|head| Some(*head) != self.verb)
        {
            return vec![noun];
        }
        if key == "by" && !self.is_nominal() {
            return self
                .verb
                .and_then(|verb| grammar::agent(self.scene, verb))
                .into_iter()
                .collect();
        }
        if matches!(key, "to" | "for")
            && let Some(receiver) = self.verb.and_then(|verb| verb.child(Deprel::Iobj))
        {
            return vec![receiver];
        }
        let own = grammar::marked(self.scene, self.trigger, key);
        if !own.is_empty() {
            return own;
        }
        let verb = self.verb.or_else(|| self.governor());
        verb.map(|verb| grammar::marked(self.scene, verb, key))
            .unwrap_or_default()
            .into_iter()
            .filter(|noun| *noun != self.trigger)
            .collect()
    }

    /// The verb that a noun is the subject or object of: what belongs to the noun often hangs on it ("talks began with Iran").
    fn governor(&self) -> Option<Word<'a>> {
        let relation = self.trigger.deprel().universal();
        let argument = matches!(relation, Deprel::Nsubj | Deprel::Obj);
        self.trigger.head().filter(|head| argument && head.upos() == Upos::Verb)
    }

    /// Whether an Arabic verb shows its subject by its ending alone.
    pub(super) fn drops_subject(&self) -> Option<Word<'a>> {
        let verb = self.verb.filter(|verb| {
            let verbal = verb.upos() == Upos::Verb || self.form == Form::Participle;
            self.scene.is_arabic() && !self.is_nominal() && verbal
        })?;
        (!self.is_passive()).then_some(verb)
    }
}
