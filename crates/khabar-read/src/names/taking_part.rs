//! Who without a name takes part in what is told: those who do or suffer something enter the record, bystanders do not.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::MentionForm;

use super::Text;
use super::actors::{ActorId, Actors};
use super::reasons::{Choice, Decision, What, Who};
use crate::clauses;

/// The question whether an actor takes part; none for those who are only pronouns.
pub(super) fn decision(text: Text<'_>, actors: &Actors, id: ActorId) -> Option<Decision> {
    let spots: Vec<_> = actors.spots.iter().filter(|spot| spot.actor == id).collect();
    let first = spots.iter().find(|spot| spot.form == MentionForm::Nominal)?;
    let actor = actors.get(id);
    let mut choice = Choice::new(Who::Actor(id.0));
    choice.is("always", "yes");
    choice.is("kind", super::kind_name(actor.kind));
    let nominals = spots.iter().filter(|spot| spot.form == MentionForm::Nominal).count();
    let others = spots.len() - nominals;
    choice.is("descriptions", ["none", "one", "two", "more"][nominals.min(3)]);
    choice.is("pronouns", ["none", "one", "two", "more"][others.min(3)]);
    choice.when(actor.role.is_some(), "has", "office");
    match actor.sectors.first() {
        Some(_) => choice.is("has", "sector"),
        None => choice.is("has", "no sector"),
    }
    choice.when(actor.country.is_some(), "has", "state");
    let mut seen: Vec<&'static str> = Vec::new();
    for spot in &spots {
        let does = deed(text.word(spot.head));
        if !seen.contains(&does) {
            seen.push(does);
            choice.is("does", does);
        }
    }
    let acts = seen.iter().any(|does| matches!(*does, "act" | "say"));
    choice.when(acts, "acts", super::kind_name(actor.kind));
    choice.when(!acts, "never acts", super::kind_name(actor.kind));
    let head = text.word(first.head);
    let opening = text.word(first.words.start).key();
    let definite = if text.is_arabic() { head.key().starts_with("ال") } else { opening == "the" };
    choice.when(definite, "article", "the");
    choice.when(matches!(opening, "a" | "an"), "article", "a");
    choice.when(
        matches!(opening, "no" | "any" | "every" | "each" | "لا" | "اي" | "كل"),
        "article",
        "any",
    );
    choice.when(
        matches!(opening, "his" | "her" | "my" | "your" | "our" | "their"),
        "article",
        "his",
    );
    choice.when(
        first.words.clone().any(|at| text.word(at).upos() == Upos::Num),
        "article",
        "number",
    );
    choice.when(first.words.len() == 1, "words", "one");
    choice.when(first.words.len() > 3, "words", "many");
    choice.when(head.sentence().index() == 0, "at", "start");
    choice.when(head.sentence().paragraph() == 0, "at", "first paragraph");
    choice.when(text.analysis.quote_at(head.range().start()).is_some(), "at", "quotation");
    Some(Decision {
        what: What::Part,
        span: first.range,
        choices: vec![choice, Choice::new(Who::Nobody)],
    })
}

/// What somebody does in the clause where a word stands for him.
fn deed(word: Word<'_>) -> &'static str {
    let verb = match word.deprel().universal() {
        Deprel::Conj => word.head().and_then(Word::head),
        _ => word.head(),
    };
    let relation = match word.deprel().universal() {
        Deprel::Conj => word.head().map_or(word.deprel(), Word::deprel),
        _ => word.deprel(),
    };
    match relation.universal() {
        _ if word.upos() == Upos::Verb => "act",
        Deprel::Nsubj => match verb {
            Some(verb) if clauses::is_passive(verb) || relation == Deprel::NsubjPass => "suffer",
            Some(verb) if verb.child(Deprel::Ccomp).is_some() => "say",
            Some(verb) if verb.upos() == Upos::Verb => "act",
            _ => "be",
        },
        Deprel::Obj | Deprel::Iobj => "object",
        Deprel::Obl if relation == Deprel::OblAgent => "act",
        Deprel::Obl => match clauses::marker(word) {
            Some("by" | "قبل") => "act",
            Some("to" | "with" | "against" | "ل" | "مع" | "ضد" | "علي" | "الي") => {
                "toward"
            }
            _ => "around",
        },
        Deprel::Nmod => "of another",
        Deprel::Root => "root",
        _ => "other",
    }
}
