//! From the places of a frame to the words that name actors and recipients.

use khabar_lang::{Deprel, Upos, Word};

use crate::clauses;

use super::choose::{acts, genitive_is_object};
use super::classes::Classes;
use super::frame::Around;
use super::lexicon::{Form, Match};
use super::scene::Scene;
use super::sense::Slot;

/// How far below a noun that cannot act itself its owner is sought ("the decision of the court of …").
const DEPTH: usize = 3;

/// Who takes part in an event, by the head words of their phrases.
#[derive(Clone, Debug, Default)]
pub(super) struct Sides<'a> {
    pub(super) actors: Vec<Word<'a>>,
    pub(super) recipients: Vec<Word<'a>>,
    /// The Arabic verb whose ending alone shows the actor.
    pub(super) implied: Option<Word<'a>>,
    /// Whether whoever makes the statement that tells of the act acts too.
    pub(super) speaker: bool,
    /// Whether grammar itself shows the actors, and the recipients, so that no model need be asked.
    pub(super) shown: [bool; 2],
}

pub(super) fn read<'a>(
    around: &Around<'_, 'a>,
    classes: &Classes,
    found: &Match<'_, 'a>,
) -> Sides<'a> {
    let reader = Reader::new(around, classes, found);
    let mut sides = Sides { actors: reader.actors(), ..Sides::default() };
    sides.recipients = reader.recipients(&sides.actors);
    sides.shown[1] = !sides.recipients.is_empty() && reader.undergoes(&sides.recipients);
    // Against whom something is done is said in so many words.
    let against = |word: &Word<'a>| matches!(clauses::marker(*word), Some("ضد" | "against"));
    sides.shown[1] |= !sides.recipients.is_empty() && sides.recipients.iter().all(against);
    if found.form == Form::Masdar {
        reader.settle_genitive(&mut sides);
    }
    if around.scene.is_arabic() && around.is_nominal() {
        if sides.actors.is_empty() && !found.sense.frame.actor.is_empty() {
            sides.actors = reader.supported();
        }
        // Whom من قبل names acts, wherever the tree hangs the phrase.
        let named = |word: &Word<'a>| clauses::marker(*word) == Some("قبل");
        sides.shown[0] |= !sides.actors.is_empty() && sides.actors.iter().all(named);
    }
    if found.form == Form::Noun && around.scene.is_arabic() {
        reader.settle_struck(&mut sides);
    }
    if sides.actors.is_empty() && found.sense.frame.actor.contains(&Slot::Subject) {
        let none = around.fill(&Slot::Subject).is_empty();
        sides.implied = around.drops_subject().filter(|_| none);
    }
    sides
}

/// Whether a word stands for nobody that the text names ("what", "nobody").
pub(super) fn is_nobody(word: Word<'_>) -> bool {
    matches!(
        word.key(),
        "what" | "nobody" | "none" | "nothing" | "something" | "anything" | "everything" | "there"
    )
}

/// Finds the parties of one trigger.
pub(super) struct Reader<'r, 's, 'a> {
    pub(super) around: &'r Around<'s, 'a>,
    classes: &'r Classes,
    found: &'r Match<'r, 'a>,
}

impl<'r, 's, 'a> Reader<'r, 's, 'a> {
    pub(super) fn new(
        around: &'r Around<'s, 'a>,
        classes: &'r Classes,
        found: &'r Match<'r, 'a>,
    ) -> Self {
        Self { around, classes, found }
    }

    fn scene(&self) -> &Scene<'a> {
        self.around.scene
    }

    fn actors(&self) -> Vec<Word<'a>> {
        let slots = self.actor_slots();
        let mutual = slots.iter().any(Slot::is_mutual);
        let mut actors: Vec<Word<'a>> = Vec::new();
        for slot in slots {
            if !actors.is_empty() && !mutual {
                break;
            }
            if self.befalls(slot) {
                continue;
            }
            for head in self.around.fill(slot) {
                // Who an attack comes from acts; where somebody was taken from does not.
                let origin = self.scene().is_arabic() && *slot == Slot::Marked("من".to_owned());
                if origin && !self.attacks(head) {
                    continue;
                }
                for party in self.bearers(head, false, if origin { DEPTH } else { 0 }) {
                    // The words of a phrase take part in nothing: أطلقت خمسة صواريخ.
                    if !actors.contains(&party) && !self.found.words.contains(&party) {
                        actors.push(party);
                    }
                }
            }
        }
        if !actors.is_empty() {
            return actors;
        }
        let acted = !self.found.sense.frame.actor.is_empty();
        if self.scene().is_arabic() {
            if acted && self.around.is_nominal() {
                actors = self.supported();
            }
        } else if self.found.form == Form::Noun {
            // The subject of a support verb does what its noun says, whatever the frame names.
            let subject = self.around.fill(&Slot::Subject).into_iter();
            actors = subject.flat_map(|head| self.bearers(head, false, 0)).collect();
        }
        actors
    }

    /// Who an Arabic noun's support verb or agent phrase says does the act: قام الجنود بالخطف، الضرب من قبل الحراس.
    fn supported(&self) -> Vec<Word<'a>> {
        let bearers = |head: Word<'a>| self.bearers(head, false, 0);
        // The subject of تم is the act itself, and nobody bears that.
        let doer = self.around.fill(&Slot::Subject).into_iter().next().map(bearers);
        let words = [Some(self.around.trigger), self.around.verb, self.around.trigger.head()];
        let agent = || {
            let mut words = words.into_iter().flatten();
            words.find_map(|word| super::grammar::agent(self.scene(), word)).map(bearers)
        };
        doer.filter(|doers| !doers.is_empty()).or_else(agent).unwrap_or_default()
    }

    /// Whether somebody stands here whom an attack may come from.
    fn attacks(&self, head: Word<'a>) -> bool {
        let keys = self.scene().keys(head);
        self.scene().kind(head) == Some(khabar_record::EntityKind::State)
            || ["military", "police", "armed", "attacker", "group"]
                .iter()
                .any(|name| self.classes.lists(name, &keys))
    }

    /// Whether what stands behind *of* is whom an English noun's act befalls: of an invasion or a boycott.
    fn befalls(&self, slot: &Slot) -> bool {
        let of = *slot == Slot::Marked("of".to_owned());
        of && self.found.form == Form::Noun
            && !self.scene().is_arabic()
            && self.found.sense.frame.recipient.contains(slot)
    }

    /// The places of the actor; those of a verb serve its verbal noun too.
    fn actor_slots(&self) -> &[Slot] {
        match self.found.form {
            Form::Masdar if !self.found.sense.frame.actor.contains(&Slot::Possessor) => {
                const MASDAR: &[Slot] = &[Slot::Subject, Slot::Possessor];
                let mutual = self.found.sense.frame.actor.iter().any(Slot::is_mutual);
                if mutual { &self.found.sense.frame.actor } else { MASDAR }
            }
            _ => &self.found.sense.frame.actor,
        }
    }

    fn recipients(&self, actors: &[Word<'a>]) -> Vec<Word<'a>> {
        for slot in &self.found.sense.frame.recipient {
            let parties: Vec<Word<'a>> = self
                .around
                .fill(slot)
                .into_iter()
                .flat_map(|head| self.bearers(head, true, 0))
                .filter(|party| !actors.contains(party))
                .collect();
            if !parties.is_empty() {
                return parties;
            }
        }
        let sufferer = self.around.sufferer().map(|head| self.bearers(head, true, 0));
        sufferer.unwrap_or_default().into_iter().filter(|party| !actors.contains(party)).collect()
    }

    /// Whether a support verb says that these suffer the act, or an Arabic verb of hurting that nobody but they stand beside.
    fn undergoes(&self, recipients: &[Word<'a>]) -> bool {
        let around = self.around;
        if let Some(sufferer) = around.sufferer() {
            return recipients.contains(&sufferer);
        }
        let scene = self.scene();
        scene.is_arabic()
            && self.found.form == Form::Verb
            && self.classes.lists("hurting", &scene.keys(around.trigger))
            && around.is_passive()
    }

    /// قصف السوق، تفجير السفارة: a building or a place in the genitive of an attack is struck and strikes nobody.
    fn settle_struck(&self, sides: &mut Sides<'a>) {
        if self.found.sense.kind.as_deref() != Some("ASSAULT") || !sides.recipients.is_empty() {
            return;
        }
        let Some(genitive) = self.around.fill(&Slot::Possessor).into_iter().next() else { return };
        let scene = self.scene();
        let keys = scene.keys(genitive);
        let place = scene.kind(genitive) == Some(khabar_record::EntityKind::Place)
            || ["place", "building"].iter().any(|name| self.classes.lists(name, &keys));
        let direct = super::grammar::genitives(self.around.trigger).any(|own| own == genitive);
        if place && direct && !self.attacks(genitive) {
            sides.recipients = self.bearers(genitive, true, 0);
            sides.actors.retain(|actor| !sides.recipients.contains(actor) && *actor != genitive);
        }
    }

    /// Whose the genitive of a verbal noun is.
    fn settle_genitive(&self, sides: &mut Sides<'a>) {
        let Some(genitive) = self.around.fill(&Slot::Possessor).into_iter().next() else {
            return;
        };
        let is_object = genitive_is_object(self.scene(), self.classes, self.found.sense, genitive);
        let explicit = self.around.fill(&Slot::Object).into_iter().next();
        let direct = super::grammar::genitives(self.around.trigger).any(|own| own == genitive);
        if is_object && direct && explicit.is_none_or(|object| object == genitive) {
            let parties = self.bearers(genitive, true, 0);
            sides.actors.retain(|actor| !parties.contains(actor));
            if sides.recipients.is_empty() {
                sides.recipients = parties;
            }
            if sides.actors.is_empty()
                && let Some(agent) = super::grammar::agent(self.scene(), self.around.trigger)
            {
                sides.actors = self.bearers(agent, false, 0);
            }
            return;
        }
        if sides.actors.is_empty() {
            sides.actors = self.bearers(genitive, false, 0);
        }
        // قصف الطائرات للقرية: behind the genitive that does it stands whom it strikes.
        if sides.recipients.is_empty() && self.found.sense.frame.recipient.contains(&Slot::Object) {
            let struck = self.around.fill(&Slot::Marked("ل".to_owned())).into_iter().next();
            let parties = struck.map(|head| self.bearers(head, true, 0)).unwrap_or_default();
            sides.recipients =
                parties.into_iter().filter(|party| !sides.actors.contains(party)).collect();
        }
    }

    /// The phrase itself when it names somebody, else whose it is: the court of "the court's decision".
    pub(super) fn bearers(&self, head: Word<'a>, suffers: bool, depth: usize) -> Vec<Word<'a>> {
        let scene = self.scene();
        let keys = scene.keys(head);
        let tool = self.classes.lists("weapon", &keys) || self.classes.lists("vehicle", &keys);
        let thing = tool
            || suffers
                && (self.classes.lists("place", &keys) || self.classes.lists("building", &keys));
        // "Thousands of students": the number heads the phrase, and who is counted acts.
        if head.upos() == Upos::Num {
            let counted = head.children().find(|child| {
                child.deprel().universal() == Deprel::Nmod && child.upos().is_nominal()
            });
            let counts = counted.is_some_and(|counted| acts(scene, self.classes, counted));
            if let Some(noun) = super::arabic::counted(scene, head).filter(|_| scene.is_arabic()) {
                return self.bearers(noun, suffers, depth);
            }
            return if counts { vec![head] } else { Vec::new() };
        }
        if self.is_time(head) {
            return Vec::new();
        }
        if is_nobody(head) {
            return Vec::new();
        }
        if let Some(noun) = super::arabic::counted_by_bound(scene, head) {
            return self.bearers(noun, suffers, depth);
        }
        if acts(scene, self.classes, head) || thing || suffers && self.is_victim(head) {
            return vec![head];
        }
        if depth == DEPTH {
            return Vec::new();
        }
        let below = |child: &Word<'a>| {
            child.deprel().universal() == Deprel::Nmod
                && matches!(
                    crate::clauses::marker(*child),
                    None | Some(
                        "of" | "by"
                            | "'s"
                            | "'"
                            | "from"
                            | "between"
                            | "in"
                            | "ل"
                            | "من"
                            | "في"
                            | "بين"
                    )
                )
        };
        for child in head.children().filter(below) {
            let found = self.bearers(child, suffers, depth + 1);
            if !found.is_empty() {
                return found;
            }
        }
        self.around.modifiers(head)
    }

    /// Whether a noun of which the lists know nothing names whom or what an act of force or help reaches: what is arrested,
    /// shelled or fed is somebody or something, unless it is a thought, a paper, a sum or a stretch of time.
    fn is_victim(&self, head: Word<'a>) -> bool {
        let scene = self.scene();
        let force = matches!(
            self.found.sense.kind.as_deref(),
            Some("ASSAULT" | "COERCE" | "AID" | "SANCTION" | "RETREAT" | "ACCUSE")
        );
        let object =
            matches!(head.deprel().universal(), Deprel::Obj | Deprel::Nsubj | Deprel::Iobj)
                && head.deprel() != Deprel::Csubj;
        let keys = scene.keys(head);
        let other = ["idea", "law", "document", "money", "time", "measure", "disease", "thing"];
        let known = other.iter().any(|name| self.classes.lists(name, &keys));
        !scene.is_arabic()
            && force
            && object
            && head.upos() == Upos::Noun
            && !known
            && !self.counts(head)
    }

    /// Whether a phrase with nobody in it leads on to whom it belongs ("the houses of the villagers").
    fn counts(&self, head: Word<'a>) -> bool {
        head.children().any(|child| {
            child.deprel().universal() == Deprel::Nmod
                && matches!(crate::clauses::marker(child), Some("of" | "'s" | "'") | None)
                && !self.is_time(child)
        })
    }

    /// Whoever a phrase names by itself, with whose it is when it is somebody's.
    pub(super) fn named(&self, head: Word<'a>) -> Vec<Word<'a>> {
        let scene = self.scene();
        let stands = scene.known(head).is_some() || self.classes.names_agent(&scene.keys(head));
        if stands && !self.is_time(head) { vec![head] } else { self.around.modifiers(head) }
    }

    fn is_time(&self, head: Word<'a>) -> bool {
        self.classes.lists("time", &self.scene().keys(head))
            || head.upos() == Upos::Num
            || !self.scene().is_arabic() && self.scene().tells_time(head)
    }
}
