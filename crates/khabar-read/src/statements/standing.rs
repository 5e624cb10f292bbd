//! Whether a row of the list is a cue where it stands: a word that can report often does something else.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::Stance;

use super::lexicon::{Found, Part};
use super::scene::Scene;
use super::words::Class;
use super::{content_ar, frame, resume, source};
use crate::clauses;

/// How far behind a verb that describes it a noun may stand.
const DESCRIBED: usize = 8;

/// Whether a row of the list is a cue where it stands.
pub(super) fn is_cue_here(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    match found.part {
        Part::Preposition => {
            use frame::PartySlot;
            let source = &found.cue.frame.source;
            // "نفت الشركة في بيان لها": the verb says whose it is.
            let own = scene.is_arabic()
                && found.last.key() == "ل"
                && found.last.next().is_some_and(|next| next.upos() == Upos::Pron);
            !own && (source.contains(&PartySlot::Object) || source.contains(&PartySlot::Possessor))
                && !source::object_of(scene, found).is_some_and(|object| {
                    scene.words.is(Class::Norm, object.lemma())
                        || scene.words.is(Class::Norm, object.key())
                })
        }
        // Participles of Arabic carry on a speech; elsewhere they are plain adjectives.
        Part::Participle => resume::is_circumstance(found.word),
        Part::Verb if !scene.is_arabic() => {
            !matches!(
                found.word.deprel().universal(),
                khabar_lang::Deprel::Amod | khabar_lang::Deprel::Compound
            ) && !is_order(found.word)
                && !is_agreement(found)
        }
        Part::Noun if !scene.is_arabic() => !is_medium_of_report(scene, found.word),

        Part::Verb if is_forbidden(scene, found.word) => false,
        Part::Verb if is_aside_of_writer(found) || is_numeral(scene, found) => false,
        // قال with a subject behind it is no passive.
        // أريد is spelt like a passive, but "I want" has its speaker.
        Part::Verb
            if found.is_passive()
                && matches!(
                    found.word.feats().person(),
                    Some(khabar_lang::Person::First | khabar_lang::Person::Second)
                ) =>
        {
            false
        }
        // سئل and قيل are spelt like no active.
        Part::Verb if found.cue.passive && is_plainly_passive(scene, found) => true,
        Part::Verb if found.is_passive() => {
            clauses::is_passive(found.word)
                || found.word.children().all(|child| {
                    !child.deprel().is_subject() || child.index() > found.last.index() + 6
                })
        }
        Part::Verb if scene.is_arabic() => {
            found.word.upos() != Upos::Part || found.last != found.word
        }
        // وكالة الأنباء is an agency and reports nothing by itself.
        Part::Noun if is_described(scene, found) => false,
        Part::Noun => !found.word.previous().is_some_and(|before| {
            scene.words.is(Class::Outlet, before.key()) && found.word.key().starts_with("ال")
        }),
        Part::Adjective => !is_agreement(found) && !is_active_perfect(found.word),
        Part::Verb => true,
    }
}

/// Whether a passive is spelt otherwise than its active, so that it needs no vowels to be known.
fn is_plainly_passive(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let spelt = |lemma: &str| crate::keys::key(lemma) == found.word.key();
    spelt(&found.cue.lemma)
        && !scene
            .cues_at(found.word.index())
            .iter()
            .any(|other| other.part == Part::Verb && !other.cue.passive && spelt(&other.cue.lemma))
}

/// Whether an English verb orders somebody to speak ("ask them why") and reports nothing.
pub(super) fn is_order(word: Word<'_>) -> bool {
    use khabar_lang::Deprel;
    word.xpos() == "VB"
        && word.children().all(|child| {
            let relation = child.deprel().universal();
            !child.deprel().is_subject() && !matches!(relation, Deprel::Aux | Deprel::Mark)
        })
        && matches!(
            word.deprel().universal(),
            Deprel::Root | Deprel::Parataxis | Deprel::Ccomp | Deprel::Conj
        )
        && word.previous().is_none_or(|before| {
            before.upos() == Upos::Punct || before.sentence().index() != word.sentence().index()
        })
}

/// Whether parties agree with each other to do a thing: a deal, and nothing that one of them says.
pub(super) fn is_agreement(found: &Found<'_>) -> bool {
    use khabar_lang::Deprel;
    let deal = || {
        found.word.children().any(|child| {
            child.deprel().universal() == Deprel::Xcomp
                && child.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to")
        })
    };
    let several = |subject: Word<'_>| {
        subject.children_by(Deprel::Conj).next().is_some()
            || matches!(subject.key(), "they" | "sides" | "parties" | "both")
    };
    found.cue.act == "agree" && clauses::subject(found.word).is_some_and(several) && deal()
}

/// Whether somebody refuses to do a thing ("refused to publish the list"), which is an act and no report; who refuses to say
/// something declines.
pub(super) fn is_plain_refusal(
    scene: &Scene<'_>,
    found: &Found<'_>,
    content: &[khabar_record::TextRange],
) -> bool {
    let [part] = content else { return false };
    let mut words = scene.analysis.words_in(*part);
    let to = words.next().is_some_and(|at| scene.word(at).key() == "to");
    let spoken = words.next().is_some_and(|at| {
        scene.cues_at(at).iter().any(|cue| cue.part == Part::Verb && speaks(&cue.cue.act))
    });
    !scene.is_arabic() && found.cue.act == "refuse" && to && !spoken
}

/// Whether who refuses an act of this kind refuses to speak.
fn speaks(act: &str) -> bool {
    matches!(
        act,
        "say"
            | "tell"
            | "comment"
            | "discuss"
            | "answer"
            | "reply"
            | "confirm"
            | "deny"
            | "explain"
            | "reveal"
            | "name"
            | "describe"
            | "mention"
            | "specify"
            | "rule-out"
            | "decline"
    )
}

/// Whether an English participle makes an active verb ("had agreed to"), so that it does not describe its subject.
fn is_active_perfect(word: Word<'_>) -> bool {
    let helped = |by: &str| {
        word.children().any(|child| {
            matches!(child.deprel().universal(), Deprel::Aux | Deprel::Cop) && child.lemma() == by
        })
    };
    word.xpos() == "VBD" || word.xpos() == "VBN" && helped("have") && !helped("be")
}

/// Whether a noun only tells by what means a verb reports: "said in a statement that".
pub(super) fn is_medium_of_report(scene: &Scene<'_>, noun: Word<'_>) -> bool {
    use khabar_lang::Deprel;
    let led = noun
        .child(Deprel::Case)
        .is_some_and(|case| matches!(case.key(), "in" | "on" | "at" | "during" | "through"));
    led && scene.words.medium(noun.key()).is_some()
        && noun
            .head()
            .is_some_and(|verb| verb.index() < noun.index() && scene.reports_at(verb.index()))
}

/// Whether an Arabic noun is what a verb before it describes so (وصف هذه الأنباء بأنها …): the clause is the verb's.
fn is_described(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let start = found.word.sentence().word_range().start;
    let from = found.word.index().saturating_sub(DESCRIBED).max(start);
    let by = found.last.next().is_some_and(|next| matches!(next.key(), "ب" | "بان"));
    scene.is_arabic()
        && by
        && (from..found.word.index()).any(|at| {
            scene.cues_at(at).iter().any(|other| {
                other.part == Part::Verb
                    && matches!(other.cue.act.as_str(), "describe" | "accuse" | "call" | "consider")
            })
        })
}

/// Whether an Arabic verb opens a quotation with what is forbidden (لا تقل إن …).
pub(super) fn is_forbidden(scene: &Scene<'_>, word: Word<'_>) -> bool {
    let no = word.previous().filter(|before| before.key() == "لا" && word.key().starts_with('ت'));
    no.is_some_and(|no| scene.speeches.iter().any(|speech| speech.words.start == no.index()))
}

/// Whether a word counts the noun behind it (تسع جثث) and is no verb; in the jussive (لم تسع) it is one.
pub(super) fn is_numeral(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let counts = scene.words.is(Class::Numeral, found.word.key())
        && !found.word.previous().is_some_and(|before| matches!(before.key(), "لم" | "لا"));
    counts
        && found.word.next().is_some_and(|next| {
            matches!(next.upos(), Upos::Noun | Upos::Adj) && !next.key().starts_with("ال")
        })
}

/// Whether a source means nobody: لا أحد، the generic "you" and "one".
pub(super) fn is_nobody(head: Word<'_>) -> bool {
    match head.key() {
        "احد" | "احدا" => true,
        // Of anybody whom it fits.
        // One of them is somebody.
        "you" | "one" => {
            matches!(head.upos(), Upos::Pron | Upos::Num | Upos::Noun)
                && head.children_by(Deprel::Nmod).next().is_none()
        }
        _ => false,
    }
}

/// Whether a verb opens a remark of the writer, as يُذكر أن does: impersonal, in the imperfect, and right before its clause.
pub(super) fn is_aside_of_writer(found: &Found<'_>) -> bool {
    let key = found.word.key();
    found.word.analysis().language() == khabar_lang::Language::Arabic
        && matches!(found.cue.act.as_str(), "mention" | "remind")
        && key.starts_with('ي')
        && found.last.next().is_some_and(content_ar::is_particle)
}

/// Whether a stance turns to a claim made before, which a pronoun may stand for ("denied it").
pub(super) fn turns_claims(stance: Stance) -> bool {
    matches!(stance, Stance::Denies | Stance::Confirms | Stance::Doubts)
}

/// Whether somebody affirms what was claimed before (أكد الجيش ذلك): a bare pronoun or demonstrative.
pub(super) fn affirms_claim(
    scene: &Scene<'_>,
    found: &Found<'_>,
    content: &[khabar_record::TextRange],
) -> bool {
    let [part] = content else { return false };
    let mut words = scene.analysis.words_in(*part);
    scene.is_arabic()
        && found.cue.act == "affirm"
        && words.len() == 1
        && words
            .any(|at| matches!(scene.word(at).key(), "ذلك" | "هذا" | "الامر" | "الخبر" | "النبا"))
}

/// The first of those whom كل من names.
pub(super) fn each_of<'a>(scene: &Scene<'a>, head: Word<'a>) -> Option<Word<'a>> {
    let of = head.next().filter(|next| head.key() == "كل" && next.key() == "من")?;
    of.next().filter(|noun| scene.is_arabic() && matches!(noun.upos(), Upos::Noun | Upos::Propn))
}

/// Whether a verb is in the first person.
pub(super) fn is_first(verb: Word<'_>) -> bool {
    verb.feats().person() == Some(khabar_lang::Person::First)
}

/// Whether a cue only says that somebody is not to be named ("asked not to be identified", طلب عدم ذكر اسمه).
pub(super) fn is_anonymity(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let from = found.last.index() + 1;
    let to = (from + 5).min(found.word.sentence().word_range().end);
    let mut words = scene.words_between(from, to);
    if scene.is_arabic() {
        return words.take(4).any(|word| {
            scene.words.is(Class::Anonymity, word.key())
                && word.next().is_some_and(|next| next.upos() == Upos::Pron)
        });
    }
    if matches!(
        found.word.lemma(),
        "speak" | "talk" | "authorize" | "authorise" | "permit" | "allow"
    ) {
        let speaks = |word: Word<'_>| {
            matches!(word.key(), "condition" | "anonymity" | "background" | "publicly" | "record")
        };
        return words.any(speaks);
    }
    words.any(|word| {
        scene.words.is(Class::Anonymity, word.lemma())
            && (word.upos() != Upos::Verb || clauses::is_passive(word))
    }) && found.cue.frame.content.iter().all(|slot| *slot != frame::ContentSlot::Quote)
        || matches!(found.cue.act.as_str(), "ask" | "request" | "refuse" | "decline" | "speak")
            && scene.words_between(from, to).any(|word| {
                (scene.words.is(Class::Anonymity, word.lemma()) || word.lemma() == "quote")
                    && (word.upos() != Upos::Verb || clauses::is_passive(word))
            })
}
