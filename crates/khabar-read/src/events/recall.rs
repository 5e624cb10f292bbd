//! Nouns that only recall an act: they name what the reader knows of already, or a kind of act, and tell of no happening.
//!
//! "Since the attack", المتهم باغتيال الوزير, ضحايا القصف: the sentence speaks of something else and the noun says what that is
//! about. Such a noun is a row of its own only when it tells of the act: who did it to whom, when, or how many it struck; when
//! its verb says that it happened; or when an act of speech is about it (condemned the attack).

use khabar_lang::{Deprel, Tense, Upos, Word};
use khabar_record::{Record, Status, TextSize};

use super::EventRules;
use super::circumstance;
use super::draft::Draft;
use super::scene::{Scene, touched};

/// How many bytes behind the noun's phrase its time may begin: a space and a mark, or a short preposition.
const GAP: TextSize = TextSize::new(6);

/// Leaves the nouns of force and protest that only recall an act.
pub(super) fn read(
    rules: &EventRules,
    scene: &Scene<'_>,
    record: &Record,
    drafts: &mut Vec<Draft<'_, '_>>,
) {
    if !scene.is_arabic() {
        return;
    }
    drafts.retain(|draft| !recalls(rules, scene, record, draft));
}

fn recalls(rules: &EventRules, scene: &Scene<'_>, record: &Record, draft: &Draft<'_, '_>) -> bool {
    let trigger = draft.node();
    let forceful = matches!(draft.kind, "ASSAULT" | "PROTEST");
    if !forceful || !matches!(draft.status, Status::Actual | Status::Historical) {
        return false;
    }
    // Those counted in the noun's own phrase, or in those of whom it struck.
    let counted = || {
        let struck = draft.sides.recipients.iter().map(|word| word.noun_phrase());
        let mut phrases = struck.chain([trigger.noun_phrase()]);
        phrases.any(|phrase| {
            record
                .amounts
                .iter()
                .any(|amount| amount.kind == "count" && phrase.contains_range(amount.span))
        })
    };
    if !draft.is_noun() {
        return is_habit(scene, record, draft) && !counted();
    }
    let told = draft.ruler.is_some()
        || draft.verb.is_some()
        || matches!(draft.mode, Some("strike" | "hunger" | "boycott"))
        || tops_clause(trigger)
        || completes_verb(trigger)
        || happens(rules, scene, trigger);
    if told || counted() {
        return false;
    }
    if is_topic(rules, scene, trigger) {
        return true;
    }
    let both = !draft.sides.actors.is_empty() && !draft.sides.recipients.is_empty();
    if both || is_dated(scene, record, trigger) {
        return false;
    }
    // Where or on what occasion something happened is told for its own sake: قُتلوا في هجوم، اعتُقل خلال مظاهرة.
    let one = draft.parties() > 0;
    let occasion = matches!(
        crate::clauses::marker(trigger),
        Some("في" | "خلال" | "اثناء" | "اثر" | "عقب" | "جراء" | "نتيجه")
    );
    !(one && occasion)
}

/// Whether a relative clause says with a verb of the present what somebody does at all times: الذين يقتلون المدنيين.
fn is_habit(scene: &Scene<'_>, record: &Record, draft: &Draft<'_, '_>) -> bool {
    let trigger = draft.trigger();
    draft.kind == "ASSAULT"
        && trigger.upos() == Upos::Verb
        && trigger.feats().tense() == Some(Tense::Pres)
        && trigger.deprel() == Deprel::AclRelcl
        && circumstance::when(scene, record, trigger).is_none()
}

/// Whether a noun only says what another is about: تهمة القتل، ضحايا القصف، ذكرى الهجوم.
fn is_topic(rules: &EventRules, scene: &Scene<'_>, trigger: Word<'_>) -> bool {
    let below = matches!(
        trigger.deprel().universal(),
        Deprel::Nmod | Deprel::Obl | Deprel::Obj | Deprel::Appos
    );
    trigger.head().filter(|_| below).is_some_and(|head| {
        rules.lexicon.classes.lists("recalling", &scene.keys(scene.word(head.index())))
    })
}

/// Whether a noun with somebody or something in its genitive says what its verb is about: سمح للقوات بغزو البلاد.
fn completes_verb(trigger: Word<'_>) -> bool {
    trigger.deprel().universal() == Deprel::Obl
        && !trigger.key().starts_with("ال")
        && crate::clauses::marker(trigger) == Some("ب")
        && trigger.head().is_some_and(|head| head.upos() == Upos::Verb)
        && trigger.children().any(|child| child.deprel().universal() == Deprel::Nmod)
}

/// Whether a noun is the top of its sentence or clause, as in headlines.
fn tops_clause(trigger: Word<'_>) -> bool {
    let relation = trigger.deprel().universal();
    matches!(relation, Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
        // Of a sentence without a verb it is the subject or what is said of it.
        || relation == Deprel::Nsubj
            && trigger.head().is_some_and(|head| !matches!(head.upos(), Upos::Verb | Upos::Aux))
}

/// Whether a verb says of the noun that it happened: وقع الهجوم، اندلعت اشتباكات.
fn happens(rules: &EventRules, scene: &Scene<'_>, trigger: Word<'_>) -> bool {
    let says = |verb: Word<'_>| {
        rules.lexicon.classes.lists("happening", &scene.keys(scene.word(verb.index())))
    };
    let subject = matches!(trigger.deprel().universal(), Deprel::Nsubj | Deprel::Obj);
    let above = trigger.head().filter(|head| subject && head.upos() == Upos::Verb);
    above.is_some_and(says)
        || trigger.children().any(|child| child.deprel() == Deprel::AclRelcl && says(child))
}

/// Whether a time stands in the noun's own phrase: هجوم الثلاثاء، تفجير عام 2005.
fn is_dated(scene: &Scene<'_>, record: &Record, trigger: Word<'_>) -> bool {
    let phrase = trigger.noun_phrase();
    record.times.iter().any(|time| {
        let behind = time.span.start() >= phrase.end() && time.span.start() - phrase.end() <= GAP;
        (phrase.contains_range(time.span) || behind)
            && touched(scene.analysis, time.span).all(|at| at != trigger.index())
    })
}
