//! Who takes part, weighed: a trained model looks at everybody whom the sentence names and corrects what the rules chose.
//!
//! Rules over trees go wrong where the tree does. Here everybody in the sentence who might act or be acted upon is described by
//! reasons: where the tree and the order of words put him, what kind of being he is, what else he does in the sentence, and what
//! the rules say of him (`gather`, `reasons`). The reasons' weights, learnt from annotated sentences, say who is likeliest, and
//! whether nobody is (`weights`). What the rules chose is one reason among the others, mostly the strongest.
//!
//! Several parties are found one after the other: each turn asks for one more, until nobody is the likeliest.

mod gather;
mod reasons;
mod weights;

use khabar_lang::{Deprel, Language, Upos, Word};
use khabar_record::{Record, TextRange};

use super::EventRules;
use super::draft::Draft;
use super::scene::Scene;
use super::sense::Slot;
use crate::names::Cast;
use gather::{Choice, Who};
pub(super) use weights::Weights;
pub use weights::{slots, write};

/// How many turns are made for one role; those coordinated with a party come with it and take no turn.
const TURNS: usize = 3;

/// By how much whom the rules choose is likelier than his reasons say: who is to overrule them must be so much likelier.
pub const TRUST: f32 = 0.5;

/// What a party is to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who does it.
    Actor,
    /// To whom it is done.
    Recipient,
}

/// One who may be a party, as training sees it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Where he stands.
    pub place: Place,
    /// The word, to be shown.
    pub word: String,
    /// Other places in the text where he is spoken of.
    pub spots: Vec<TextRange>,
    /// Those who come with him when he is chosen, by index: himself and those coordinated with him.
    pub joined: Vec<usize>,
    /// Those who are the same as he or one who comes with him, by index.
    pub alike: Vec<usize>,
    /// What speaks for and against him.
    pub reasons: Vec<u32>,
    /// What speaks for and against him besides, when somebody was chosen before.
    pub later: Vec<u32>,
    /// What he is beside another party.
    pub tags: [u32; 3],
}

/// Where one who may be a party stands.
#[derive(Clone, Debug)]
pub enum Place {
    /// A noun or pronoun, with the word that it hangs on.
    Word { head: TextRange, above: Option<TextRange> },
    /// The ending of an Arabic verb.
    Ending(TextRange),
    /// Whoever makes the statement that carries the event, by the words that name him.
    Speaker(Vec<TextRange>),
    /// Nobody whom the sentence names.
    Nobody,
}

/// The question who takes part in an event, as training sees it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The words that name the event.
    pub trigger: TextRange,
    /// Its type.
    pub kind: String,
    /// All who may be parties.
    pub options: Vec<Candidate>,
    /// Whom the rules choose as actors and recipients, by index.
    pub ruled: [Vec<usize>; 2],
    /// Whether grammar or the sense itself says who the actors and the recipients are.
    pub settled: [bool; 2],
}

/// Corrects the parties of the events of one sentence.
pub(super) fn read<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &mut [Draft<'_, 'a>],
) {
    let Some(weights) = rules.weights.as_ref() else { return };
    if drafts.is_empty() {
        return;
    }
    let asked = gather::read(rules, scene, record, drafts);
    for (draft, choices) in drafts.iter_mut().zip(asked) {
        let kind = draft.kind;
        let ruled = ruled(draft, &choices);
        let score = |role: Role, at: usize, turn: usize, actor: Option<usize>| {
            let choice: &Choice<'_> = &choices[at];
            let later = if turn > 0 { choice.later.as_slice() } else { &[] };
            let sum = weights.score(role, &choice.reasons) + weights.score(role, later);
            let sum = actor.map_or(sum, |actor| {
                sum + weights.score(role, &beside(&choices[actor].tags, &choice.tags, kind))
            });
            if is_ruled(&ruled[role as usize], at, choices.len() - 1, turn) {
                sum + TRUST
            } else {
                sum
            }
        };
        let joined = |at: usize| choices[at].joined.clone();
        let alike = |at: usize| choices[at].alike.clone();
        let nobody = choices.len() - 1;
        let settled = settled(draft);
        let mut taken = vec![false; choices.len()];
        take(&choices, settled, &ruled, &mut taken);
        let actor = if settled[0] {
            ruled[0].first().copied()
        } else {
            let alone = |at: usize, turn: usize| score(Role::Actor, at, turn, None);
            let actors = pick(nobody, &mut taken, alone, joined, alike);
            put_actors(draft, &choices, &actors);
            Some(actors.first().copied().unwrap_or(nobody))
        };
        if !settled[1] {
            let beside = |at: usize, turn: usize| score(Role::Recipient, at, turn, actor);
            let recipients = pick(nobody, &mut taken, beside, joined, alike);
            draft.sides.recipients =
                recipients.iter().filter_map(|&at| choices[at].word()).collect();
        }
    }
}

/// Whom the rules choose as actors and recipients, by index.
fn ruled(draft: &Draft<'_, '_>, choices: &[Choice<'_>]) -> [Vec<usize>; 2] {
    let by = |words: &[Word<'_>]| -> Vec<usize> {
        let place = |word: &Word<'_>| choices.iter().position(|one| one.word() == Some(*word));
        words.iter().filter_map(place).collect()
    };
    let mut actors = by(&draft.sides.actors);
    if draft.sides.implied.is_some() {
        actors.extend(choices.iter().position(|one| matches!(one.who, Who::Implied(_))));
    }
    [actors, by(&draft.sides.recipients)]
}

/// Whether the rules are for a choice in a turn: for those whom they choose, and for nobody when they choose nobody else.
pub fn is_ruled(ruled: &[usize], at: usize, nobody: usize, turn: usize) -> bool {
    ruled.contains(&at) || at == nobody && (turn > 0 || ruled.is_empty())
}

/// Whether the actors and the recipients are beyond doubt: grammar shows them, or the sense says that whoever speaks acts.
fn settled(draft: &Draft<'_, '_>) -> [bool; 2] {
    let [actors, recipients] = draft.sides.shown;
    let speaks = draft.found.sense.frame.actor.contains(&Slot::Speaker);
    [actors || speaks || is_own_subject(draft), recipients]
}

/// Whether the one whom the rules choose is the subject of an English verb that names the act: English shows its subjects by
/// their place, and nobody further off does what they do.
fn is_own_subject(draft: &Draft<'_, '_>) -> bool {
    let verb = draft.node();
    let [actor] = draft.sides.actors.as_slice() else { return false };
    verb.analysis().language() == Language::English
        && verb.upos() == Upos::Verb
        && actor.head() == Some(verb)
        && actor.deprel() == Deprel::Nsubj
        && actor.index() < verb.index()
}

fn put_actors<'a>(draft: &mut Draft<'_, 'a>, choices: &[Choice<'a>], actors: &[usize]) {
    draft.sides.actors = actors.iter().filter_map(|&at| choices[at].word()).collect();
    draft.sides.implied = actors.iter().find_map(|&at| match choices[at].who {
        Who::Implied(verb) => Some(verb),
        _ => None,
    });
    draft.sides.speaker = actors.iter().any(|&at| matches!(choices[at].who, Who::Speaker));
}

/// Who is beyond doubt a party in one role can be none in the other.
fn take(choices: &[Choice<'_>], settled: [bool; 2], ruled: &[Vec<usize>; 2], taken: &mut [bool]) {
    for (_, own) in settled.iter().zip(ruled).filter(|(settled, _)| **settled) {
        for &at in own {
            taken[at] = true;
            for &other in choices[at].joined.iter().chain(&choices[at].alike) {
                taken[other] = true;
            }
        }
    }
}

/// Chooses the parties of one role by the score that each has in each turn; marks whom it takes.
///
/// `nobody` is the index of the choice that ends the search; all other choices are before it.
pub fn pick(
    nobody: usize,
    taken: &mut [bool],
    score: impl Fn(usize, usize) -> f32,
    joined: impl Fn(usize) -> Vec<usize>,
    alike: impl Fn(usize) -> Vec<usize>,
) -> Vec<usize> {
    let mut picked = Vec::new();
    for turn in 0..TURNS {
        let free = (0..=nobody).filter(|&at| !taken[at]);
        let best = free
            .map(|at| (at, score(at, turn)))
            .reduce(|a, b| if b.1 > a.1 { b } else { a })
            .map_or(nobody, |best| best.0);
        if best == nobody {
            break;
        }
        picked.push(best);
        taken[best] = true;
        for other in joined(best).into_iter().chain(alike(best)) {
            taken[other] = true;
        }
    }
    picked
}

/// What speaks for and against a recipient when it is known who acts, by the tags of both and the type of the event.
pub fn beside(actor: &[u32; 3], other: &[u32; 3], kind: &str) -> [u32; 6] {
    reasons::beside(actor, other, kind)
}

/// The questions who takes part in the events of a sentence, as training sees them.
pub(super) fn questions(
    rules: &EventRules,
    scene: &Scene<'_>,
    record: &Record,
    cast: &Cast,
    drafts: &[Draft<'_, '_>],
) -> Vec<Question> {
    let asked = gather::read(rules, scene, record, drafts);
    let one = |(draft, choices): (&Draft<'_, '_>, Vec<Choice<'_>>)| {
        let ruled = ruled(draft, &choices);
        let options = choices.iter().map(|choice| exported(record, cast, draft, choice)).collect();
        Question {
            trigger: draft.trigger().range(),
            kind: draft.kind.to_owned(),
            options,
            ruled,
            settled: settled(draft),
        }
    };
    drafts.iter().zip(asked).map(one).collect()
}

fn exported(record: &Record, cast: &Cast, draft: &Draft<'_, '_>, choice: &Choice<'_>) -> Candidate {
    let place = match choice.who {
        Who::Word(word) => Place::Word { head: word.range(), above: word.head().map(Word::range) },
        Who::Implied(verb) => Place::Ending(verb.token().range()),
        Who::Speaker => {
            let source = draft.carrier.map(|at| record.statements[at].source.as_slice());
            Place::Speaker(source.unwrap_or_default().iter().filter_map(|one| one.span).collect())
        }
        Who::Nobody => Place::Nobody,
    };
    Candidate {
        place,
        word: choice.word().map(|word| word.text().to_owned()).unwrap_or_default(),
        spots: choice.actor.map(|id| cast.spots_of(id)).unwrap_or_default(),
        joined: choice.joined.clone(),
        alike: choice.alike.clone(),
        reasons: choice.reasons.clone(),
        later: choice.later.clone(),
        tags: choice.tags,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_picked_until_nobody_is_likeliest() {
        // Two who are coordinated, one apart, nobody; a second turn makes nobody likelier.
        let scores = [[3.0, 2.5, 1.0, 0.0], [3.0, 2.5, 1.0, 2.0]];
        let score = |at: usize, turn: usize| scores[turn.min(1)][at];
        let joined = |at: usize| if at == 0 { vec![0, 1] } else { vec![at] };
        let mut taken = vec![false; 4];
        let picked = pick(3, &mut taken, score, joined, |_| Vec::new());
        assert_eq!(picked, [0]);
        assert_eq!(taken, [true, true, false, false]);
        let picked = pick(3, &mut taken, score, joined, |_| Vec::new());
        assert_eq!(picked, [2]);
    }
}
