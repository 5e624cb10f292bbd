//! What the model looks at around a trigger. Names are masked by their kinds, so that it learns of acts and not of actors.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{EntityKind, Record};

use super::choose;
use super::classes::{Classes, Fit};
use super::frame::Around;
use super::hashed::Hash;
use super::lexicon::Form;
use super::scene::Scene;
use super::sense::Slot;

/// How many words to each side are looked at.
const WINDOW: usize = 5;

/// The classes that a slot's filler is described by.
const DESCRIBING: [&str; 16] = [
    "state", "official", "military", "police", "org", "group", "people", "person", "weapon",
    "place", "building", "money", "law", "team", "market", "weather",
];

/// The features of a trigger's surroundings, each a hash.
pub(super) fn of(
    around: &Around<'_, '_>,
    classes: &Classes,
    record: &Record,
    form: Form,
) -> Vec<u32> {
    let scene = around.scene;
    let trigger = around.trigger;
    let mut features = Collector { scene, classes, hashes: Vec::with_capacity(64) };
    features.add("bias", &[]);
    let form = form.as_str();
    let lemma = scene.lemma(trigger);
    features.add("lemma", &[lemma]);
    features.add("lemma+form", &[lemma, form]);
    features.add("form", &[form, trigger.deprel().as_str()]);
    features.tree(trigger);
    for (name, slot) in
        [("subject", Slot::Subject), ("object", Slot::Object), ("owner", Slot::Possessor)]
    {
        match around.fill(&slot).first() {
            Some(filler) => features.filler(name, lemma, *filler),
            None => features.add(name, &["none", form]),
        }
    }
    if let Some(content) = around.content() {
        features.add("content", &[scene.lemma(content)]);
        features.add("content+lemma", &[scene.lemma(content), lemma]);
    }
    features.window(trigger);
    features.place(trigger, record);
    features.hashes
}

struct Collector<'r, 'a> {
    scene: &'r Scene<'a>,
    classes: &'r Classes,
    hashes: Vec<u32>,
}

impl Collector<'_, '_> {
    fn add(&mut self, name: &str, pieces: &[&str]) {
        let hash = pieces.iter().fold(Hash::new(name), |hash, piece| hash.with(piece));
        self.hashes.push(hash.finish());
    }

    /// A word as the model sees it: its dictionary form, or the kind of the entity that it names.
    fn masked(&self, word: Word<'_>) -> String {
        match self.scene.kind(word) {
            Some(kind) => kind_name(kind).to_owned(),
            None if word.upos() == Upos::Propn => "PROPN".to_owned(),
            None if word.upos() == Upos::Num => "NUM".to_owned(),
            None => self.scene.lemma(word).to_owned(),
        }
    }

    fn tree(&mut self, trigger: Word<'_>) {
        if let Some(head) = trigger.head() {
            let masked = self.masked(head);
            self.add("head", &[trigger.deprel().as_str(), &masked]);
            self.add("head-pos", &[trigger.deprel().as_str(), head.upos().as_str()]);
        } else {
            self.add("head", &["root"]);
        }
        for child in trigger.children() {
            let relation = child.deprel().universal();
            if matches!(relation, Deprel::Punct) {
                continue;
            }
            let masked = self.masked(child);
            self.add("child", &[relation.as_str(), &masked]);
            if let Some(marker) = crate::clauses::marker(child) {
                self.add("phrase", &[marker, &masked]);
                self.add("preposition", &[marker]);
            }
        }
        let determined =
            trigger.children().any(|child| child.key() == "the") || trigger.key().starts_with("ال");
        self.add("definite", &[if determined { "yes" } else { "no" }, trigger.upos().as_str()]);
    }

    fn filler(&mut self, name: &str, lemma: &str, filler: Word<'_>) {
        let masked = self.masked(filler);
        self.add(name, &[&masked]);
        self.add(name, &[&masked, lemma]);
        for class in DESCRIBING {
            let fits = self
                .classes
                .by_name(class)
                .is_some_and(|id| choose::fit(self.scene, self.classes, id, filler) == Fit::Yes);
            if fits {
                self.add(name, &["class", class]);
                self.add(name, &["class", class, lemma]);
            }
        }
    }

    fn window(&mut self, trigger: Word<'_>) {
        let range = trigger.sentence().word_range();
        let start = range.start.max(trigger.index().saturating_sub(WINDOW));
        let end = range.end.min(trigger.index() + WINDOW + 1);
        for at in start..end {
            let word = self.scene.word(at);
            if at == trigger.index() || word.upos() == Upos::Punct {
                continue;
            }
            let masked = self.masked(word);
            let side = if at < trigger.index() { "left" } else { "right" };
            self.add("near", &[&masked]);
            if at.abs_diff(trigger.index()) <= 2 {
                self.add(side, &[&masked]);
            }
        }
        for word in trigger.sentence().words() {
            if matches!(word.upos(), Upos::Noun | Upos::Verb | Upos::Adj) && word != trigger {
                let lemma = self.scene.lemma(word).to_owned();
                self.add("sentence", &[&lemma]);
            }
        }
    }

    /// Whether the trigger stands in a statement, a quotation, at the top of its sentence.
    fn place(&mut self, trigger: Word<'_>, record: &Record) {
        let inside = record.statements.iter().find(|statement| {
            statement.content.iter().any(|part| part.contains_range(trigger.range()))
        });
        match inside {
            Some(statement) => {
                let stance = format!("{:?}", statement.stance);
                self.add("stated", &[&stance]);
            }
            None => self.add("stated", &["no"]),
        }
        let depth = trigger.ancestors().take(6).count().to_string();
        self.add("depth", &[&depth]);
        let clause = trigger.clause_head();
        self.add("clause", &[clause.deprel().as_str()]);
    }
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PERSON",
        EntityKind::State => "STATE",
        EntityKind::Place => "PLACE",
        EntityKind::Organization => "ORG",
        EntityKind::Group => "GROUP",
        EntityKind::Outlet => "OUTLET",
        EntityKind::Role => "ROLE",
    }
}
