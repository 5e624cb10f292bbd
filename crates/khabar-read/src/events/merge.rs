//! One event a happening: what names one act twice in a sentence becomes one row.
//!
//! A verb and its noun ("attacked … the attack"), an act and its result ("shelled the market, killing nine"), two verbs for
//! one act ("condemned and denounced") are one; so is a promise and the help that it promises.

use khabar_lang::{Deprel, Word};
use khabar_record::Status;

use super::draft::Draft;
use super::scene::Scene;
use super::sense::Slot;
use super::{EventRules, plover};

/// Merges the events of one sentence.
pub(super) fn read<'r, 'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    mut drafts: Vec<Draft<'r, 'a>>,
) -> Vec<Draft<'r, 'a>> {
    let mut gone = vec![false; drafts.len()];
    promised(&mut drafts, &mut gone);
    for later in 0..drafts.len() {
        for earlier in 0..later {
            if gone[earlier] || gone[later] {
                continue;
            }
            if is_same(rules, scene, &drafts[earlier], &drafts[later]) {
                let (kept, lost) = order(&drafts, earlier, later);
                let other = drafts[lost].clone();
                fill(&mut drafts[kept], &other);
                gone[lost] = true;
            }
        }
    }
    let mut number = 0;
    drafts.retain(|_| {
        number += 1;
        !gone[number - 1]
    });
    for draft in &mut drafts {
        add_victims(rules, scene, draft);
    }
    let spoken = |draft: &Draft<'_, '_>| draft.found.sense.frame.actor.contains(&Slot::Speaker);
    if scene.is_arabic() {
        drafts.retain(|draft| !bare_noun(draft) || spoken(draft));
    }
    drafts
}

/// Adds to whom an attack struck those who were killed or hurt in it, where their verb is no row of its own: أصيب السفير في هجوم.
fn add_victims<'a>(rules: &EventRules, scene: &Scene<'a>, draft: &mut Draft<'_, 'a>) {
    if draft.kind != "ASSAULT" || !draft.is_noun() || draft.verb.is_some() {
        return;
    }
    let noun = draft.node();
    let hangs = noun.deprel().universal() == Deprel::Obl
        && matches!(
            crate::clauses::marker(noun),
            Some("in" | "by" | "during" | "في" | "ب" | "جراء" | "اثر" | "خلال" | "نتيجه")
        );
    let Some(verb) = noun.head().filter(|_| hangs) else { return };
    let verb = scene.word(verb.index());
    let passive = crate::clauses::is_passive(verb) || scene.is_arabic();
    if !passive || !rules.lexicon.classes.lists("casualty", &scene.keys(verb)) {
        return;
    }
    let Some(victim) = crate::clauses::subject(verb).map(|word| scene.word(word.index())) else {
        return;
    };
    let sides = &mut draft.sides;
    if !sides.recipients.contains(&victim) && !sides.actors.contains(&victim) {
        sides.recipients.insert(0, victim);
        sides.shown[1] = true;
    }
}

/// An Arabic noun of which nothing is told says too little for a row, unless it is the word of the sentence that happens.
fn bare_noun(draft: &Draft<'_, '_>) -> bool {
    draft.parties() == 0 && draft.is_noun() && draft.verb.is_none() && {
        let relation = draft.node().deprel().universal();
        !matches!(relation, Deprel::Nsubj | Deprel::Root | Deprel::Obl | Deprel::Obj)
    }
}

/// A promise of cooperation is one AGREE: the meeting or help that it promises is no row of its own. What is refused is
/// none either.
fn promised(drafts: &mut [Draft<'_, '_>], gone: &mut [bool]) {
    for at in 0..drafts.len() {
        let Some(ruler) = drafts[at].ruler else { continue };
        let absorbed = match drafts[ruler].kind {
            "AGREE" => plover::is_cooperation(drafts[at].kind) || drafts[at].kind == "AGREE",
            "REJECT" => {
                plover::is_cooperation(drafts[at].kind)
                    || matches!(drafts[at].kind, "AGREE" | "REQUEST")
            }
            "REQUEST" => drafts[at].kind == "REQUEST",
            _ => false,
        };
        if absorbed && !gone[ruler] {
            let inner = drafts[at].clone();
            let helped = inner.sides.recipients.clone();
            if drafts[ruler].sides.recipients.is_empty() {
                let actors = drafts[ruler].sides.actors.clone();
                drafts[ruler].sides.recipients = inner
                    .sides
                    .recipients
                    .into_iter()
                    .filter(|recipient| !actors.contains(recipient))
                    .collect();
            }
            // Who is promised help is whom the help would reach.
            let promises = inner.kind == "AID" && drafts[ruler].kind == "AGREE";
            let sides = &mut drafts[ruler].sides;
            sides.shown[1] |= promises && !helped.is_empty() && sides.recipients == helped;
            gone[at] = true;
        }
    }
}

fn is_same(
    rules: &EventRules,
    scene: &Scene<'_>,
    first: &Draft<'_, '_>,
    second: &Draft<'_, '_>,
) -> bool {
    if first.kind != second.kind || opposite(first.status, second.status) {
        return false;
    }
    let (a, b) = (first.trigger(), second.trigger());
    if scene.lemma(a) == scene.lemma(b) && (first.is_noun() || second.is_noun()) {
        return true;
    }
    let modes = first.mode.is_none() || second.mode.is_none() || first.mode == second.mode;
    let harm = first.kind == "ASSAULT";
    // "Opened fire to disperse the crowd, killing one": who was hurt belongs to the attack, wherever the clause hangs.
    if harm && (is_result(rules, scene, first) != is_result(rules, scene, second)) {
        return true;
    }
    let same_clause = a.clause_head() == b.clause_head();
    let nominal = first.is_noun() || second.is_noun();
    if same_clause && (nominal || modes) && (modes || harm) {
        return true;
    }
    // An act and the clause of its result, or two verbs with one subject.
    let below = |upper: &Draft<'_, '_>, lower: &Draft<'_, '_>| {
        let top = lower.verb.unwrap_or(lower.node());
        let Some(head) = lower_head(top) else { return false };
        upper.nodes().contains(&Some(head))
            && match top.deprel().universal() {
                Deprel::Conj => modes && lower.sides.actors == upper.sides.actors,
                Deprel::Advcl | Deprel::Xcomp | Deprel::Acl | Deprel::Ccomp => {
                    harm || modes && lower.is_noun()
                }
                Deprel::Obj | Deprel::Obl | Deprel::Nsubj | Deprel::Nmod => modes || harm,
                _ => false,
            }
    };
    below(first, second) || below(second, first)
}

/// Whether a draft tells who was killed or hurt and not by what, in a clause or noun that hangs on another.
fn is_result(rules: &EventRules, scene: &Scene<'_>, draft: &Draft<'_, '_>) -> bool {
    let trigger = draft.trigger();
    let hangs = draft.is_noun()
        || trigger.xpos() == "VBG"
        || matches!(
            trigger.deprel().universal(),
            Deprel::Advcl | Deprel::Acl | Deprel::Xcomp | Deprel::Obl | Deprel::Nmod
        );
    hangs && rules.lexicon.classes.lists("casualty", &scene.keys(trigger))
}

fn lower_head(word: Word<'_>) -> Option<Word<'_>> {
    word.head()
}

fn opposite(first: Status, second: Status) -> bool {
    first != second && (first == Status::Negated || second == Status::Negated)
}

/// Which of two stays: the one that names more parties, then the verb, then the first.
fn order(drafts: &[Draft<'_, '_>], earlier: usize, later: usize) -> (usize, usize) {
    let weight = |draft: &Draft<'_, '_>| {
        let both = !draft.sides.actors.is_empty() && !draft.sides.recipients.is_empty();
        (both, draft.mode.is_some(), draft.parties(), !draft.is_noun())
    };
    if weight(&drafts[later]) > weight(&drafts[earlier]) {
        (later, earlier)
    } else {
        (earlier, later)
    }
}

/// Gives the row that stays what only the other tells.
fn fill<'r, 'a>(kept: &mut Draft<'r, 'a>, other: &Draft<'r, 'a>) {
    if kept.mode.is_none() {
        kept.mode = other.mode;
    }
    if kept.sides.actors.is_empty() && kept.sides.implied.is_none() {
        let own = kept.sides.recipients.clone();
        kept.sides.actors =
            other.sides.actors.iter().filter(|actor| !own.contains(actor)).copied().collect();
        kept.sides.implied = other.sides.implied;
    }
    if kept.sides.recipients.is_empty() {
        let own = kept.sides.actors.clone();
        kept.sides.recipients =
            other.sides.recipients.iter().filter(|party| !own.contains(party)).copied().collect();
    }
}
