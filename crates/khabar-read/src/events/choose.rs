//! Telling senses apart: which row of the lists a trigger is, by who and what stands around it.

use khabar_lang::{Deprel, Word};

use super::classes::{ClassId, Classes, Fit};
use super::frame::Around;
use super::grammar;
use super::lexicon::Match;
use super::scene::Scene;
use super::sense::{Condition, ContentForm, Sense, Slot, Test};

/// How deep below a content's head its words still tell what it is about.
const CONTENT_DEPTH: usize = 2;

/// How many words that only count may stand above what they count.
const COUNTED_DEPTH: usize = 3;

/// Whether all conditions of a sense hold.
pub(super) fn holds(around: &Around<'_, '_>, classes: &Classes, found: &Match<'_, '_>) -> bool {
    let sense = found.sense;
    sense.conditions.iter().all(|condition| {
        let meets = |test: &Test| meets(around, classes, sense, condition, test);
        // Refusals must all hold, of the rest one is enough.
        let (refusals, wanted): (Vec<_>, Vec<_>) =
            condition.tests.iter().partition(|test| matches!(test, Test::IsNot(_)));
        refusals.into_iter().all(meets) && (wanted.is_empty() || wanted.into_iter().any(meets))
    })
}

fn meets(
    around: &Around<'_, '_>,
    classes: &Classes,
    sense: &Sense,
    condition: &Condition,
    test: &Test,
) -> bool {
    let scene = around.scene;
    let Some(slot) = &condition.slot else {
        let mut words = around.trigger.sentence().words().filter(|word| *word != around.trigger);
        return match test {
            Test::Says(keys) => words.any(|word| scene.says_all(word, keys)),
            Test::Is(class) => words.any(|word| fit(scene, classes, *class, word) == Fit::Yes),
            _ => false,
        };
    };
    let heads = match slot {
        Slot::Content => content_heads(around, sense),
        // فتح الطريق: what a verbal noun does it to is its genitive.
        Slot::Object if around.is_nominal() && scene.is_arabic() => {
            let own = around.fill(slot);
            if own.is_empty() { around.fill(&Slot::Possessor) } else { own }
        }
        _ => around.fill(slot),
    };
    let heads = with_counted(scene, classes, heads);
    match test {
        Test::Filled => !heads.is_empty(),
        Test::Empty => heads.is_empty(),
        Test::IsNot(class) => {
            heads.iter().all(|head| fit(scene, classes, *class, *head) != Fit::Yes)
        }
        Test::Is(class) => {
            let event = sense.kind.is_some();
            // A condition that names several kinds of actors asks for an actor and not for just these.
            let any_actor = event && agents(classes, condition) > 1;
            if any_actor && heads.iter().any(|head| is_actor(scene, classes, *head)) {
                return true;
            }
            // Nobody is named, or nothing is known of who is: that speaks for no non-event.
            let open = event && classes.is_agent(*class);
            open && heads.is_empty() && *slot == Slot::Subject
                || heads.iter().any(|head| match fit(scene, classes, *class, *head) {
                    Fit::Yes => true,
                    Fit::Unknown => open,
                    Fit::No => names_with_others(scene, classes, *class, *head, slot),
                })
        }
        Test::Says(keys) => heads.iter().any(|head| match slot {
            Slot::Content => content_words(*head).any(|word| scene.says_all(word, keys)),
            _ => phrase_words(scene, classes, *head).any(|word| scene.says_all(word, keys)),
        }),
        Test::Form(form) => heads.iter().any(|head| has_form(*head, *form)),
    }
}

/// Adds to the heads of counted phrases what they count: of ثلاثين شخصا, أكثر من مئة عامل, "eighteen of its trainers" the noun
/// tells who or what stands there.
fn with_counted<'a>(
    scene: &Scene<'a>,
    classes: &Classes,
    mut heads: Vec<Word<'a>>,
) -> Vec<Word<'a>> {
    for at in 0..heads.len() {
        let mut head = heads[at];
        for _ in 0..COUNTED_DEPTH {
            let counts = head.upos() == khabar_lang::Upos::Num
                || classes.lists("measure", &scene.keys(head));
            if !counts {
                break;
            }
            let below = head.children().find(|child| {
                matches!(child.deprel().universal(), Deprel::Nmod | Deprel::Nummod)
                    && child.upos() != khabar_lang::Upos::Punct
                    && (scene.is_arabic() || crate::clauses::marker(*child) == Some("of"))
            });
            let arabic = super::arabic::counted(scene, head).filter(|_| scene.is_arabic());
            let Some(next) = arabic.or(below) else { break };
            head = scene.word(next.index());
        }
        if head != heads[at] {
            heads.push(head);
        }
    }
    heads
}

fn agents(classes: &Classes, condition: &Condition) -> usize {
    let named = condition.tests.iter();
    named.filter(|test| matches!(test, Test::Is(class) if classes.is_agent(*class))).count()
}

/// Whether somebody stands here who can do what states, bodies and people do, and no team or company of the markets.
fn is_actor(scene: &Scene<'_>, classes: &Classes, word: Word<'_>) -> bool {
    let keys = scene.keys(scene.word(word.index()));
    acts(scene, classes, word)
        && !["team", "sport", "market"].iter().any(|name| classes.lists(name, &keys))
}

/// Whether a class of things or words, other than those of actors, has one of the words that say the same place in English: of
/// a content those near its top ("called it an act of barbarism"), else what is coordinated with the head.
fn names_with_others(
    scene: &Scene<'_>,
    classes: &Classes,
    class: ClassId,
    head: Word<'_>,
    slot: &Slot,
) -> bool {
    if scene.is_arabic() || classes.is_agent(class) {
        return false;
    }
    let has = |word: Word<'_>| fit(scene, classes, class, word) == Fit::Yes;
    if *slot == Slot::Content || *slot == Slot::Marked("as".to_owned()) {
        return content_words(head).any(has);
    }
    head.children().filter(|child| child.deprel().universal() == Deprel::Conj).any(has)
}

fn content_heads<'a>(around: &Around<'_, 'a>, sense: &Sense) -> Vec<Word<'a>> {
    let mut heads: Vec<Word<'a>> = around.content().into_iter().collect();
    for slot in &sense.frame.content {
        if *slot != Slot::Content {
            heads.extend(around.fill(slot));
        }
    }
    heads
}

/// How well a word belongs to a class; a name or pronoun of which nothing is known may belong to any that can act.
pub(super) fn fit(scene: &Scene<'_>, classes: &Classes, class: ClassId, word: Word<'_>) -> Fit {
    let word = scene.word(word.index());
    match classes.fit(class, &scene.keys(word), scene.known(word)) {
        Fit::No if scene.is_open(word) && classes.is_agent(class) => Fit::Unknown,
        fit => fit,
    }
}

/// A head with the nouns that make up its name and those coordinated with it; of what is measured too ("part of the aid").
fn phrase_words<'a>(
    scene: &Scene<'a>,
    classes: &Classes,
    head: Word<'a>,
) -> impl Iterator<Item = Word<'a>> {
    let measures =
        classes.lists("measure", &scene.keys(head)) || classes.lists("money", &scene.keys(head));
    std::iter::once(head).chain(head.children().filter(move |child| {
        matches!(
            child.deprel().universal(),
            Deprel::Compound | Deprel::Amod | Deprel::Conj | Deprel::Flat | Deprel::Nummod
        ) || measures && child.deprel().universal() == Deprel::Nmod
    }))
}

/// The words near the top of a content, which tell what kind of act it is.
fn content_words(head: Word<'_>) -> impl Iterator<Item = Word<'_>> {
    let mut words = vec![head];
    let mut layer = vec![head];
    for _ in 0..CONTENT_DEPTH {
        layer = layer
            .into_iter()
            .flat_map(Word::children)
            .filter(|child| {
                !matches!(child.deprel().universal(), Deprel::Nsubj | Deprel::Punct | Deprel::Advcl)
                    && child.deprel() != Deprel::AclRelcl
            })
            .collect();
        words.extend(&layer);
    }
    words.into_iter()
}

fn has_form(head: Word<'_>, form: ContentForm) -> bool {
    let mark = head.child(Deprel::Mark).map(Word::key);
    match form {
        ContentForm::Infinitive => mark == Some("to") || mark == Some("ان"),
        ContentForm::Gerund => head.xpos() == "VBG",
        ContentForm::Question => matches!(
            mark.or_else(|| head.clause_words().first().map(|word| word.key())),
            Some("whether" | "how" | "what" | "why" | "when" | "where" | "who" | "if")
        ),
        ContentForm::That => {
            mark == Some("that") || head.deprel().universal() == Deprel::Ccomp && mark.is_none()
        }
    }
}

/// Whether an object is more likely the genitive of this Arabic verbal noun than its subject.
///
/// قصف القرية is the shelling of the village, قصف الجيش the army's: what cannot act, and whoever suffers an act of
/// force, is its object unless another noun is.
pub(super) fn genitive_is_object(
    scene: &Scene<'_>,
    classes: &Classes,
    sense: &Sense,
    noun: Word<'_>,
) -> bool {
    let noun = scene.word(noun.index());
    let transitive = sense.frame.recipient.contains(&Slot::Object);
    if !transitive {
        return sense.frame.recipient.contains(&Slot::Possessor);
    }
    // "The invasion of Ukraine": of some acts the genitive is the object even when it is a state.
    if sense.frame.recipient.contains(&Slot::Possessor) {
        return true;
    }
    let is = |name: &str| {
        classes.by_name(name).is_some_and(|id| fit(scene, classes, id, noun) == Fit::Yes)
    };
    let force = matches!(
        sense.kind.as_deref(),
        Some("ASSAULT" | "COERCE" | "RETREAT" | "SANCTION" | "AID")
    );
    if is("military") || is("police") {
        return false;
    }
    if !is("state") && is("place") || !acts(scene, classes, noun) {
        return true;
    }
    force && !is("state")
}

/// Whether a word names somebody who can act or suffer.
pub(super) fn acts(scene: &Scene<'_>, classes: &Classes, word: Word<'_>) -> bool {
    use khabar_lang::Upos;
    let word = scene.word(word.index());
    scene.known(word).is_some()
        || matches!(word.upos(), Upos::Pron | Upos::Propn)
        || classes.names_agent(&scene.keys(word))
        || ["armed", "protester", "captive"]
            .iter()
            .any(|name| classes.lists(name, &scene.keys(word)))
        || if scene.is_arabic() { grammar::is_human_plural(word) } else { looks_like_person(word) }
}

/// English nouns of agent.
fn looks_like_person(word: Word<'_>) -> bool {
    let key = word.key().trim_end_matches('s');
    word.upos() == khabar_lang::Upos::Noun
        && key.len() > 5
        && ["ist", "ian", "eer", "woman", "man", "men", "women", "people", "crat", "ee"]
            .iter()
            .any(|ending| key.ends_with(ending))
}
