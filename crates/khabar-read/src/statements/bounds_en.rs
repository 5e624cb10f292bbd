//! Where the content of an English cue begins and ends among the clauses that are joined to it: behind the semicolon in front
//! of it, before the next act of the same speaker, before another source. And what a relative clause of denial denies.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::lexicon::{Found, Part};
use super::scene::{self, Scene};
use super::standing::turns_claims;
use super::words::Class;
use crate::clauses;

/// The stretches without what is joined to them and belongs to another clause.
pub(super) fn bounded(
    scene: &Scene<'_>,
    found: &Found<'_>,
    stretches: Vec<TextRange>,
) -> Vec<TextRange> {
    let cue = found.word.range();
    let interrupted = stretches.iter().any(|part| part.start() >= cue.end())
        && stretches.iter().any(|part| part.end() <= cue.start());
    let bounds = Bounds { scene, found };
    stretches
        .into_iter()
        .map(|part| {
            if part.end() <= cue.start() {
                bounds.behind_stop(part, interrupted)
            } else if part.start() >= cue.end() {
                let part = bounds.before_charge(bounds.before_other_source(part));
                bounds.phrase_alone(bounds.before_next_act(part))
            } else {
                part
            }
        })
        .collect()
}

/// What a verb of denial, doubt or confirmation in a relative clause is about: the noun that the clause describes, in
/// "a charge that the rebels rejected".
pub(super) fn antecedent(scene: &Scene<'_>, found: &Found<'_>) -> Option<TextRange> {
    let verb = found.word;
    // Who agreed to something confirms no claim.
    let describes = verb.deprel().universal() == Deprel::Acl
        && turns_claims(found.cue.stance)
        && found.cue.act != "agree";
    let noun = verb.head().filter(|noun| describes && noun.index() < verb.index())?;
    let subject = clauses::subject(verb)
        .filter(|subject| noun.index() < subject.index() && subject.index() < verb.index())?;
    let object = verb.children().find(|child| {
        matches!(child.deprel().universal(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
    });
    // "a report that it had agreed": the clause is what the noun says.
    if verb.child(Deprel::Mark).is_some_and(|mark| mark.key() == "that") {
        return None;
    }
    let relative = |word: Word<'_>| matches!(word.key(), "that" | "which");
    if object.is_some_and(|object| !(relative(object) && object.index() < verb.index())) {
        return None;
    }
    let first = scene.word(scene.analysis.words_in(subject.noun_phrase()).start);
    let opens = (noun.index() + 1..first.index())
        .map(|at| scene.word(at))
        .find(|word| relative(*word))
        .unwrap_or(first);
    let start = noun
        .children()
        .filter(|child| {
            matches!(
                child.deprel().universal(),
                Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Compound | Deprel::Nmod
            )
        })
        .map(Word::index)
        .chain([noun.index()])
        .min()?;
    let end = opens.range().start();
    let whole = TextRange::new(scene.word(start).range().start(), end);
    Some(scene.trimmed(whole))
}

/// Whether a relative clause leaves the place of its object open, so that it describes a noun and does not say what the noun
/// claims: "a charge that Moscow rejected", but "a charge that Moscow armed them".
pub(super) fn leaves_object_open(clause: Word<'_>) -> bool {
    let objects = || {
        clause.children().filter(|child| {
            matches!(child.deprel().universal(), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
        })
    };
    let relative =
        |word: Word<'_>| matches!(word.key(), "that" | "which") && word.index() < clause.index();
    objects().any(relative) && objects().all(relative) && clauses::subject(clause).is_some()
}

struct Bounds<'s, 'a> {
    scene: &'s Scene<'a>,
    found: &'s Found<'a>,
}

impl<'a> Bounds<'_, 'a> {
    fn words(&self, part: TextRange) -> std::ops::Range<usize> {
        self.scene.analysis.words_in(part)
    }

    /// What stands before its cue begins behind a colon or semicolon, when the cue interrupts it or what stands before the
    /// mark is somebody's report already: "The union called off the strike; the firm, he said, had paid".
    fn behind_stop(&self, part: TextRange, interrupted: bool) -> TextRange {
        let words = self.words(part);
        let stop = words.clone().rev().find(|&at| {
            matches!(self.scene.word(at).text(), ";" | ":") && self.scene.around(at).is_none()
        });
        let Some(stop) = stop.filter(|stop| stop + 1 < words.end) else { return part };
        let reported = || (words.start..stop).any(|at| self.scene.reports_at(at));
        if interrupted || reported() {
            return TextRange::new(self.scene.word(stop + 1).range().start(), part.end());
        }
        part
    }

    /// "plans to follow, | according to a letter": the last phrase names the source of it all.
    fn before_other_source(&self, part: TextRange) -> TextRange {
        let words = self.words(part);
        let other = words.clone().skip(1).find(|&at| {
            self.scene.word(at - 1).text() == ","
                && self.scene.around(at).is_none()
                && self.scene.cues_at(at).iter().any(|cue| cue.part == Part::Preposition)
                && matches!(self.scene.word(at).key(), "according" | "per")
        });
        match other {
            // In the middle of a clause the source is that of the clause around it.
            Some(at)
                if !(at + 1..words.end)
                    .any(|at| self.scene.word(at).text() == "," && at + 3 < words.end) =>
            {
                self.up_to(part, at - 1)
            }
            _ => part,
        }
    }

    /// "accused them of killing civilians, | a charge that they rejected".
    fn before_charge(&self, part: TextRange) -> TextRange {
        let words = self.words(part);
        let charge = words.clone().skip(1).find(|&at| {
            let noun = self.scene.word(at);
            let article = noun.children().find(|child| {
                child.deprel().universal() == Deprel::Det && matches!(child.key(), "a" | "an")
            });
            let behind_comma = article.is_some_and(|article| {
                article.index() > words.start && self.scene.word(article.index() - 1).text() == ","
            });
            behind_comma
                && noun.upos() == Upos::Noun
                && [Class::NamedClaim, Class::NamedCharge, Class::NamedDemand]
                    .iter()
                    .any(|class| self.scene.words.is(*class, noun.key()))
                && noun.children().any(|child| child.deprel().universal() == Deprel::Acl)
        });
        let Some(noun) = charge else { return part };
        let comma = (words.start..noun).rev().find(|&at| self.scene.word(at).text() == ",");
        comma.map_or(part, |comma| self.up_to(part, comma))
    }

    /// A phrase, without the clause that a comma joins to it: "called for an inquest, | which the premier refuses", "condemned the
    /// raid, | and Kuwait recalled its envoy", "denied that, | insisting …".
    fn phrase_alone(&self, part: TextRange) -> TextRange {
        let words = self.words(part);
        let comma = words.clone().skip(1).find(|&at| {
            matches!(self.scene.word(at).text(), "," | ";") && self.scene.around(at).is_none()
        });
        let Some(comma) = comma.filter(|comma| comma + 2 < words.end) else { return part };
        let verbless = |from: usize, to: usize| {
            !self
                .scene
                .words_between(from, to)
                .any(|word| matches!(word.upos(), Upos::Verb | Upos::Aux))
        };
        if self.found.part != Part::Verb || !verbless(words.start, comma) {
            return part;
        }
        let next = self.scene.word(comma + 1);
        let reports = |mut at: std::ops::Range<usize>| {
            at.any(|at| self.scene.reports_at(at) || self.turns(at))
        };
        let cut = match next.key() {
            "which" | "who" => reports(comma + 2..words.end),
            "and" | "but" | "while" => {
                self.scene.words_between(comma + 2, words.end).any(scene::is_finite)
            }
            _ => next.xpos() == "VBG" && self.scene.reports_at(next.index()),
        };
        if cut { self.up_to(part, comma) } else { part }
    }

    /// Whether a cue at a word denies, doubts or confirms.
    fn turns(&self, at: usize) -> bool {
        let mut cues = self.scene.cues_at(at).iter();
        cues.any(|found| found.part == Part::Verb && turns_claims(found.cue.stance))
    }

    /// "confirmed the report | but disputed the toll": the next act of the same speaker, told in the same tense and without a
    /// subject of its own.
    fn before_next_act(&self, part: TextRange) -> TextRange {
        let cue = self.found.word;
        if self.found.part != Part::Verb || !scene::is_finite(cue) {
            return part;
        }
        let words = self.words(part);
        let joint = words.clone().skip(1).find(|&at| self.is_next_act(words.start, at));
        joint.map_or(part, |at| self.up_to(part, at))
    }

    fn is_next_act(&self, start: usize, at: usize) -> bool {
        let cue = self.found.word;
        let joint = self.scene.word(at);
        if joint.upos() != Upos::Cconj || !self.scene.same_side(at, cue.index()) {
            return false;
        }
        let next = (at + 1..at + 4)
            .take_while(|&at| at < self.scene.analysis.word_count())
            .map(|at| self.scene.word(at))
            .find(|word| word.upos() != Upos::Adv);
        let Some(verb) = next.filter(|verb| self.is_in_tense_of_cue(*verb)) else { return false };
        if verb.sentence().index() != cue.sentence().index() {
            return false;
        }
        // The verb that the next one would be joined to, were it part of the content.
        let inner =
            self.scene.words_between(start, at).filter(|word| word.upos() == Upos::Verb).last();
        let reports =
            || self.scene.cues_at(verb.index()).iter().any(|found| found.part == Part::Verb);
        match inner.map(Word::xpos) {
            // "urged them to stop and offered …": a past is not joined to an infinitive.
            None | Some("VB" | "VBG") => true,
            // "insisted that it had not fired and promised …": what is reported stands in another tense.
            Some("VBN") => reports(),
            Some(tense) => tense != cue.xpos() && reports(),
        }
    }

    /// Whether a verb can be told in the same tense as the cue; a past that the tagger took for a participle without a helper is
    /// one too.
    fn is_in_tense_of_cue(&self, verb: Word<'a>) -> bool {
        let cue = self.found.word.xpos();
        let alone = || {
            verb.children().all(|child| !matches!(child.deprel().universal(), Deprel::Aux))
                && verb.deprel().universal() != Deprel::Amod
        };
        verb.upos() == Upos::Verb
            && (verb.xpos() == cue || cue == "VBD" && verb.xpos() == "VBN" && alone())
    }

    /// A part up to the word before this one.
    fn up_to(&self, part: TextRange, at: usize) -> TextRange {
        let words = self.words(part);
        if at <= words.start {
            return part;
        }
        TextRange::new(part.start(), self.scene.word(at - 1).range().end())
    }
}
