//! When and where an event is said to happen, and what is counted in it.

use khabar_lang::{Deprel, Word};
use khabar_record::{EntityId, EntityKind, Record, TextRange, TimeKind};

use super::scene::{Scene, touched};
use crate::clauses;

/// The time of the event: of its clause, the nearest to the trigger; else the only one of its sentence. The flag says that
/// it is of the clause.
pub(super) fn when(scene: &Scene<'_>, record: &Record, trigger: Word<'_>) -> Option<(u32, bool)> {
    let clause = trigger.clause_head();
    let sentence = trigger.sentence().range();
    let dated = || {
        (0..).zip(&record.times).filter(|(_, time)| {
            matches!(time.kind, TimeKind::Date | TimeKind::Time)
                && sentence.contains_range(time.span)
        })
    };
    let distance = |span: TextRange| {
        touched(scene.analysis, span)
            .map(|at| at.abs_diff(trigger.index()))
            .min()
            .unwrap_or(usize::MAX)
    };
    let own = dated()
        .filter(|(_, time)| {
            touched(scene.analysis, time.span)
                .any(|at| scene.word(at).clause_head() == scene.word(clause.index()))
        })
        .min_by_key(|(_, time)| distance(time.span));
    if let Some((index, _)) = own {
        return Some((index, true));
    }
    let mut all = dated();
    let only = all.next().filter(|_| all.next().is_none());
    only.filter(|_| clause.deprel() != Deprel::AclRelcl).map(|(index, _)| (index, false))
}

/// The place that a phrase of the event's clause names.
pub(super) fn place(
    scene: &Scene<'_>,
    record: &Record,
    trigger: Word<'_>,
    verb: Option<Word<'_>>,
) -> Option<EntityId> {
    let located = |noun: &Word<'_>| {
        matches!(
            clauses::marker(*noun),
            Some(
                "in" | "at"
                    | "near"
                    | "outside"
                    | "inside"
                    | "around"
                    | "across"
                    | "في"
                    | "ب"
                    | "قرب"
                    | "داخل"
                    | "خارج"
                    | "قباله"
                    | "وسط"
            )
        ) && matches!(scene.kind(*noun), Some(EntityKind::Place | EntityKind::State))
    };
    let below = |word: Word<'_>| {
        let word = scene.word(word.index());
        word.children()
            .chain(
                word.children()
                    .filter(|child| {
                        matches!(
                            child.deprel().universal(),
                            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj
                        )
                    })
                    .flat_map(Word::children),
            )
            .filter(|noun| matches!(noun.deprel().universal(), Deprel::Obl | Deprel::Nmod))
            .find(located)
    };
    let found = below(trigger).or_else(|| verb.and_then(below)).or_else(|| {
        let clause = scene.word(trigger.clause_head().index());
        let places = clause.clause_words().into_iter().filter(located);
        places.min_by_key(|noun| noun.index().abs_diff(trigger.index()))
    })?;
    scene.mention(found).map(|mention| record.mentions[mention].entity)
}

/// The amounts that say how many suffered or how much was given: in the recipients' phrases, or told of people in the
/// event's clause or in the result that follows it.
pub(super) fn amounts(
    scene: &Scene<'_>,
    record: &Record,
    kind: &str,
    trigger: Word<'_>,
    recipients: &[Word<'_>],
) -> Vec<u32> {
    let clause = trigger.clause_head();
    let near = |span: TextRange| {
        touched(scene.analysis, span).any(|at| {
            let own = scene.word(at).clause_head();
            own.index() == clause.index()
                || own.head().is_some_and(|head| head.clause_head().index() == clause.index())
        })
    };
    (0..)
        .zip(&record.amounts)
        .filter(|(_, amount)| trigger.sentence().range().contains_range(amount.span))
        .filter(|(_, amount)| {
            let counted = recipients
                .iter()
                .any(|recipient| recipient.noun_phrase().contains_range(amount.span));
            let told = amount.of.as_deref().is_some_and(|of| match kind {
                "ASSAULT" => matches!(of, "killed" | "wounded" | "missing"),
                "COERCE" => matches!(of, "arrested" | "displaced"),
                "RETREAT" => of == "released",
                _ => false,
            });
            let given = amount.kind == "money"
                && matches!(kind, "AID" | "AGREE" | "COOPERATE" | "SANCTION");
            amount.kind == "count" && counted || (told || given) && near(amount.span)
        })
        .map(|(index, _)| index)
        .collect()
}
