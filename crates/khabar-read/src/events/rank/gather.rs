//! Everybody who may take part in an event: nouns and pronouns of its sentence, the ending of its verb, whoever speaks, nobody.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{MentionForm, Record};

use super::super::EventRules;
use super::super::choose::acts;
use super::super::classes::Classes;
use super::super::draft::Draft;
use super::super::frame::Around;
use super::super::hashed::{Mix, atom};
use super::super::parties::is_nobody;
use super::super::scene::Scene;
use super::reasons::{self, Case};
use crate::clauses;

/// How many words away from its event a party is sought.
const REACH: usize = 60;

/// The classes that somebody is described by.
const CLASSES: [&str; 25] = [
    "state",
    "official",
    "military",
    "police",
    "org",
    "group",
    "people",
    "person",
    "weapon",
    "vehicle",
    "place",
    "building",
    "money",
    "law",
    "document",
    "idea",
    "thing",
    "measure",
    "armed",
    "protester",
    "captive",
    "attacker",
    "body",
    "market",
    "team",
];

/// Who may be a party.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who<'a> {
    Word(Word<'a>),
    /// Whom the ending of an Arabic verb means.
    Implied(Word<'a>),
    Speaker,
    Nobody,
}

/// One who may be a party of an event, with what speaks for and against him.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    pub(super) who: Who<'a>,
    /// Which actor of the text he is.
    pub(super) actor: Option<usize>,
    /// Those who come with him: himself and those coordinated with him.
    pub(super) joined: Vec<usize>,
    /// Those who are the same.
    pub(super) alike: Vec<usize>,
    pub(super) reasons: Vec<u32>,
    pub(super) later: Vec<u32>,
    /// What he is beside another: by the rules, by the tree, by himself.
    pub(super) tags: [u32; 3],
}

impl<'a> Choice<'a> {
    /// The word of one who is named by a word.
    pub(super) fn word(&self) -> Option<Word<'a>> {
        match self.who {
            Who::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// A word of the sentence that names or describes somebody or something, whatever the event.
#[derive(Clone, Debug)]
pub(super) struct Standing<'a> {
    pub(super) word: Word<'a>,
    pub(super) actor: Option<usize>,
    /// What he is, in a word: his kind, else the part of speech and whether the lists let him act.
    pub(super) sort: u32,
    /// The classes that the lists put him in.
    pub(super) classes: Vec<u32>,
    pub(super) acts: bool,
    pub(super) marker: u32,
    pub(super) lemma: u32,
    pub(super) deprel: u32,
    /// The words that are coordinated with him, himself among them.
    pub(super) joined: Vec<usize>,
}

/// All who may take part in each of the events of a sentence; nobody is the last choice of each.
pub(super) fn read<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &[Draft<'_, 'a>],
) -> Vec<Vec<Choice<'a>>> {
    let Some(first) = drafts.first() else { return Vec::new() };
    let sentence = first.trigger().sentence();
    let classes = &rules.lexicon.classes;
    let is_ruled = |word: Word<'a>| {
        drafts.iter().any(|draft| {
            draft.sides.actors.contains(&word) || draft.sides.recipients.contains(&word)
        })
    };
    let standing: Vec<Standing<'a>> = sentence
        .word_range()
        .map(|at| scene.word(at))
        .filter(|word| is_ruled(*word) || may_take_part(scene, classes, record, *word))
        .map(|word| stand(scene, classes, record, word))
        .collect();
    let all = 0..drafts.len();
    all.map(|at| of_event(rules, scene, record, drafts, at, &standing)).collect()
}

fn of_event<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &[Draft<'_, 'a>],
    at: usize,
    standing: &[Standing<'a>],
) -> Vec<Choice<'a>> {
    let draft = &drafts[at];
    let around = Around::new(scene, &rules.lexicon.classes, &rules.support, &draft.found);
    let near: Vec<&Standing<'a>> = standing
        .iter()
        .filter(|one| {
            let own = draft.found.words.contains(&one.word) || draft.trigger() == one.word;
            !own && one.word.index().abs_diff(draft.trigger().index()) <= REACH
        })
        .collect();
    let case = Case::new(scene, record, drafts, at, &around);
    let mut choices: Vec<Choice<'a>> = Vec::with_capacity(near.len() + 3);
    for (number, one) in near.iter().enumerate() {
        let same = |other: usize| {
            other != number && near[other].actor.is_some() && near[other].actor == one.actor
        };
        let joined =
            (0..near.len()).filter(|&other| one.joined.contains(&near[other].word.index()));
        let (reasons, later) = reasons::of_word(&case, &near, number);
        choices.push(Choice {
            who: Who::Word(one.word),
            actor: one.actor,
            joined: joined.collect(),
            alike: (0..near.len()).filter(|&other| same(other)).collect(),
            reasons,
            later,
            tags: reasons::tags(&case, one),
        });
    }
    if let Some(verb) = ending(scene, draft, &around) {
        let actor = scene.actor(verb);
        let number = choices.len();
        let alike: Vec<usize> = (0..near.len())
            .filter(|&other| actor.is_some() && near[other].actor == actor)
            .collect();
        for &other in &alike {
            choices[other].alike.push(number);
        }
        let (reasons, later) = reasons::of_ending(&case, verb);
        let who = Who::Implied(verb);
        let tags = [atom("ending"); 3];
        choices.push(Choice { who, actor, joined: vec![number], alike, reasons, later, tags });
    }
    if draft.carrier.is_some() {
        let number = choices.len();
        let (reasons, later) = reasons::of_speaker(&case);
        let (who, joined, tags) = (Who::Speaker, vec![number], [atom("speaker"); 3]);
        choices.push(Choice { who, actor: None, joined, alike: Vec::new(), reasons, later, tags });
    }
    let number = choices.len();
    let (reasons, later) = reasons::of_nobody(&case, &near);
    let (who, joined, tags) = (Who::Nobody, vec![number], [atom("nobody"); 3]);
    choices.push(Choice { who, actor: None, joined, alike: Vec::new(), reasons, later, tags });
    choices
}

/// The verb whose ending may show who acts.
fn ending<'a>(
    scene: &Scene<'a>,
    draft: &Draft<'_, 'a>,
    around: &Around<'_, 'a>,
) -> Option<Word<'a>> {
    let verb = draft.sides.implied.or_else(|| around.drops_subject())?;
    let shown = draft.sides.implied.is_some() || scene.actor(verb).is_some();
    shown.then_some(verb)
}

/// Whether a word may stand for a party at all.
fn may_take_part(scene: &Scene<'_>, classes: &Classes, record: &Record, word: Word<'_>) -> bool {
    let word = scene.word(word.index());
    let relation = word.deprel().universal();
    if is_nobody(word) || super::super::grammar::is_relative(word) || scene.tells_time(word) {
        return false;
    }
    // The words of a name take part with its head.
    let inside_name = word.head().is_some_and(|head| {
        let own = scene.mention(word);
        own.is_some()
            && own == scene.mention(head)
            && own.is_some_and(|at| record.mentions[at].form == MentionForm::Name)
    });
    if inside_name || matches!(relation, Deprel::Flat | Deprel::Fixed) {
        return false;
    }
    let standing = matches!(
        relation,
        Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::Nmod | Deprel::Conj
    );
    match word.upos() {
        Upos::Noun | Upos::Pron | Upos::Propn => {
            let keys = scene.keys(word);
            let bare = relation == Deprel::Compound && scene.mention(word).is_none();
            acts(scene, classes, word) || !bare && !classes.lists("time", &keys)
        }
        Upos::Num => standing,
        Upos::Adj => scene.is_people(word) || scene.mention(word).is_some() || standing,
        _ => false,
    }
}

fn stand<'a>(
    scene: &Scene<'a>,
    classes: &Classes,
    record: &Record,
    word: Word<'a>,
) -> Standing<'a> {
    let acts = acts(scene, classes, word);
    let keys = scene.keys(word);
    let sort = match scene.kind(word) {
        Some(kind) => {
            let named =
                scene.mention(word).is_some_and(|at| record.mentions[at].form == MentionForm::Name);
            Mix::new("kind").and(kind as u32).and(u32::from(named)).done()
        }
        None if word.upos() == Upos::Pron => Mix::new("pron").and(atom(word.key())).done(),
        None => Mix::new("none").and(word.upos() as u32).and(u32::from(acts)).done(),
    };
    let listed = |name: &str| {
        classes.by_name(name).is_some_and(|id| {
            super::super::choose::fit(scene, classes, id, word) == super::super::classes::Fit::Yes
        })
    };
    let mut classed: Vec<u32> =
        CLASSES.iter().filter(|name| listed(name)).map(|name| atom(name)).collect();
    if classes.lists("time", &keys) {
        classed.push(atom("time"));
    }
    let joined = clauses::coordinated(word).into_iter().map(Word::index).collect();
    Standing {
        word,
        actor: scene.actor(word),
        sort,
        classes: classed,
        acts,
        marker: clauses::marker(word).map_or(0, atom),
        lemma: atom(scene.lemma(word)),
        deprel: atom(word.deprel().as_str()),
        joined,
    }
}
