//! To whom, by what means and when something is said.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::{Medium, TextRange, Time, TimeKind};

use super::frame::PartySlot;
use super::lexicon::{Found, Part};
use super::scene::Scene;
use super::words::Class;
use crate::clauses;

/// How many words behind an Arabic cue its hearer may stand.
const HEARER: usize = 18;

/// Returns the head of the noun phrase that hears it.
pub(super) fn addressee<'a>(
    scene: &Scene<'a>,
    found: &Found<'a>,
    content: &[TextRange],
) -> Option<Word<'a>> {
    if !matches!(found.part, Part::Verb | Part::Participle) {
        return None;
    }
    let cue = found.word;
    let outside = |word: &Word<'a>| {
        !content.iter().any(|part| part.contains_range(word.range()))
            && matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron)
            && scene.same_side(word.index(), cue.index())
    };
    found.cue.frame.addressee.iter().find_map(|slot| match slot {
        PartySlot::Object => cue
            .children()
            .find(|child| matches!(child.deprel().universal(), Deprel::Iobj | Deprel::Obj))
            .filter(outside),
        PartySlot::Preposition(key) => {
            clauses::marked_by(cue, std::slice::from_ref(key)).find(outside)
        }
        PartySlot::Subject => {
            cue.children().find(|child| child.deprel().is_subject()).filter(outside)
        }
        PartySlot::Possessor | PartySlot::Nobody => None,
    })
}

/// The noun behind the ل or إلى that names who hears it, by the order of words: قال لـ«الحياة», قال في تصريح لصحيفة النهار. Whether the
/// noun means somebody is for the caller to ask.
pub(super) fn addressee_in_order<'a>(
    scene: &Scene<'a>,
    found: &Found<'a>,
    content: &[TextRange],
) -> Vec<Word<'a>> {
    if !scene.is_arabic() || !matches!(found.part, Part::Verb | Part::Participle) {
        return Vec::new();
    }
    let reach = scene.reach(found.word);
    let from = found.last.index() + 1;
    let outside = |at: usize| {
        let word = scene.word(at);
        !content.iter().any(|part| part.contains_range(word.range()))
            && !matches!(word.text(), "." | "؛" | ":")
    };
    let hears = found.cue.frame.quotes();
    let window: Vec<usize> =
        (from..(from + HEARER).min(reach.end)).take_while(|&at| outside(at)).collect();
    window
        .iter()
        .filter_map(|&at| {
            let word = scene.word(at);
            let spoken = word.previous().is_some_and(|before| is_talk(before.key()));
            let marks = match word.key() {
                "ل" => hears || spoken,
                "الي" | "مع" => spoken,
                _ => false,
            };
            let noun = window.iter().map(|&at| scene.word(at)).find(|noun| {
                noun.index() > at
                    && matches!(noun.upos(), Upos::Noun | Upos::Propn | Upos::X | Upos::Pron)
            })?;
            (marks && word.upos() == Upos::Adp && noun.index() <= at + 3).then_some(noun)
        })
        .collect()
}

/// Whether a noun is a talk that somebody is given: تصريح، حديث، مقابلة.
fn is_talk(key: &str) -> bool {
    let bare = key.strip_prefix("ال").unwrap_or(key);
    matches!(
        bare,
        "تصريح"
            | "تصريحات"
            | "حديث"
            | "مقابله"
            | "حوار"
            | "اتصال"
            | "كلمه"
            | "رساله"
            | "لقاء"
            | "افاده"
    )
}

/// Returns the phrase that tells by what means it is said.
pub(super) fn medium(
    scene: &Scene<'_>,
    found: &Found<'_>,
    content: &[TextRange],
) -> Option<Medium> {
    let cue = found.word;
    let reach = scene.reach(cue);
    let near =
        cue.index().saturating_sub(14).max(reach.start)..(found.last.index() + 14).min(reach.end);
    let outside = |word: &Word<'_>| {
        !content.iter().any(|part| part.overlaps(word.range()))
            && scene.same_side(word.index(), cue.index())
    };
    scene.words_between(near.start, near.end).filter(outside).find_map(|word| {
        let kind = scene.words.medium(word.key())?;
        let case = word.child(Deprel::Case)?;
        let fits = scene.words.is(Class::MediumLead, case.key());
        let span = word.noun_phrase();
        (fits && word.upos().is_nominal()).then(|| Medium { span, kind: kind.to_owned() })
    })
}

/// Returns the index of the time at which it was said: a time of the cue's clause that is not part of the content.
pub(super) fn said_at(found: &Found<'_>, content: &[TextRange], times: &[Time]) -> Option<u32> {
    let sentence = found.word.sentence().range();
    let cue = found.word.range();
    let candidate = |time: &&Time| {
        sentence.contains_range(time.span)
            && matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && !content.iter().any(|part| part.overlaps(time.span))
    };
    let distance = |time: &Time| {
        let behind = time.span.start().to_u32().saturating_sub(cue.end().to_u32());
        let before = cue.start().to_u32().saturating_sub(time.span.end().to_u32());
        behind.max(before)
    };
    times
        .iter()
        .filter(candidate)
        .min_by_key(|time| distance(time))
        .and_then(|nearest| times.iter().position(|time| time == nearest))
        .map(|index| index as u32)
}
