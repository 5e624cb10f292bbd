//! The phrases that an Arabic cue governs: its object, and what stands behind its preposition.
//!
//! Subject and object of an Arabic verb stand behind each other without a mark, so that trees often take one for a part of the
//! other; what a phrase cannot go on with shows where the next begins.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::content_ar::{Reader, TO_PARTICLE, is_particle};
use super::frame::{ContentSlot, PartySlot};
use super::lexicon::Part;
use super::words::Class;
use crate::clauses;

/// How far behind a verb its object may begin.
const OBJECT: usize = 14;
/// How far behind a verb a bare demonstrative may stand.
const DEMONSTRATIVE: usize = 7;

impl<'a> Reader<'_, 'a> {
    /// The phrase behind a preposition that the cue governs.
    pub(super) fn phrase(&self) -> Option<TextRange> {
        let prepositions: Vec<&str> = self.found.cue.frame.content_prepositions().collect();
        if prepositions.is_empty() {
            return None;
        }
        // أقر المجلس عقوبات بسبب …: with an object of its own a strict verb does something else.
        let strict = self.found.cue.frame.is_strict();
        let object = strict.then(|| clauses::object(self.found.word)).flatten();
        let from = self.found.last.index() + 1;
        for index in from..(from + 14).min(self.reach.end.saturating_sub(1)) {
            let word = self.word(index);
            if matches!(word.text(), "." | "؛" | ":" | "؟")
                || index > from && word.upos() == Upos::Verb
            {
                return None;
            }
            let next = self.word(index + 1);
            // A pronoun says nothing by itself (المعترف بها، دعت إليها) but of claims made before.
            let says = !(next.upos() == Upos::Pron && next.is_attached())
                || super::standing::turns_claims(self.found.cue.stance);
            if prepositions.contains(&word.key())
                && object.is_some_and(|object| object.index() < index)
            {
                return None;
            }
            // باسم: in whose name a spokesman speaks.
            if next.key() == "اسم" && word.key() == "ب" {
                continue;
            }
            if prepositions.contains(&word.key()) && says {
                let attached = next.token().index() == word.token().index();
                let start = if attached { index } else { index + 1 };
                let phrase = self.noun_phrase(start, index + 1);
                return Some(self.with_head(phrase, index));
            }
        }
        None
    }

    /// A governed phrase with what it is said of: whom one accuses of it (اتهم الجيش بالقصف), what one describes so or puts down
    /// to it (وصف المذكرة بالاستسلام), and the noun of a phrase that is a part of what is said (أعرب عن قلقه إزاء …، رفض الخوض في …).
    pub(super) fn with_head(&self, phrase: TextRange, preposition: usize) -> TextRange {
        let cue = self.found.word;
        let last = self.found.last;
        // The hope of a phrase is the act itself.
        let act = matches!(
            self.found.cue.act.as_str(),
            "hope" | "wish" | "fear" | "want" | "expect" | "look-forward" | "intend" | "aspire"
        );
        if last != cue && self.found.part == Part::Verb && last.upos() == Upos::Noun && !act {
            return phrase.cover(last.range());
        }
        if !matches!(self.found.cue.act.as_str(), "accuse" | "blame" | "describe" | "attribute") {
            return phrase;
        }
        let object = cue.children().find(|child| {
            child.deprel().universal() == Deprel::Obj
                && (last.index() + 1..preposition).contains(&child.index())
                && child.upos() != Upos::Pron
        });
        let of_tree = object.map(Word::noun_phrase);
        let before = self.word(preposition).range().start();
        let object =
            of_tree.or_else(|| self.object_in_order().filter(|noun| noun.start() < before));
        object.map_or(phrase, |object| phrase.cover(object))
    }

    /// A clause with what it is said of: وصف | التقرير بأنه خيال، اتهم | الجيش بأنه قصف السوق.
    pub(super) fn with_object(&self, content: TextRange) -> TextRange {
        let cue = self.found.word;
        let described = self.found.last == cue
            && matches!(self.found.cue.act.as_str(), "describe" | "accuse")
            && self.word(self.scene.analysis.words_in(content).start).key() == "ب";
        if !described {
            return content;
        }
        let before =
            |noun: &TextRange| noun.start() < content.start() && noun.end() <= content.end();
        let of_tree = cue.children().find(|child| {
            child.deprel().universal() == Deprel::Obj
                && child.index() > cue.index()
                && child.upos() != Upos::Pron
        });
        let object = of_tree
            .map(Word::noun_phrase)
            .filter(before)
            .or_else(|| self.object_in_order().filter(before));
        object.map_or(content, |object| content.cover(object))
    }

    /// A noun phrase or masdar with all that depends on it, up to the end of the clause.
    pub(super) fn noun_phrase(&self, start: usize, noun: usize) -> TextRange {
        let noun = (noun..self.reach.end)
            .map(|at| self.word(at))
            .find(|word| word.upos() != Upos::Punct && word.upos() != Upos::Det);
        let Some(noun) = noun else { return self.scene.stretch(start, start) };
        let top = std::iter::once(noun)
            .chain(noun.ancestors())
            .take_while(|word| word.index() >= start && *word != self.found.word)
            .last()
            .unwrap_or(noun);
        let subtree = top.subtree_where(|word| {
            word != self.found.word
                && !(word.deprel() == Deprel::Conj && self.scene.reports_at(word.index()))
        });
        let mut end = noun.index();
        for word in subtree.iter().filter(|word| word.index() >= start) {
            // The tree may leap over other things; a phrase is in one piece.
            if word.index() > end + 3 {
                break;
            }
            end = end.max(word.index());
        }
        let end = if noun.upos() == Upos::Pron { end } else { self.carried_to(end) };
        let closed = (start + 1..=end).find(|&index| self.closes(index)).map_or(end, |at| at - 1);
        self.scene.stretch(start, closed.max(start))
    }

    /// The object of a verb; parsers take it for a second subject when it stands behind the first.
    pub(super) fn object(&self) -> Option<TextRange> {
        if !self.takes(&ContentSlot::Noun) && !self.takes(&ContentSlot::Small) {
            return None;
        }
        let cue = self.found.word;
        let hears = self.found.cue.frame.addressee.contains(&PartySlot::Object);
        let mut subjects = cue.children().filter(|child| child.deprel().is_subject());
        let first = subjects.next();
        let second = subjects
            .next()
            .filter(|second| first.is_some_and(|first| first.index() < second.index()));
        let demonstrated =
            first.and_then(clauses::demonstrated_behind).or_else(|| self.demonstrated());
        let object = demonstrated
            .or_else(|| {
                cue.children().find(|child| {
                    matches!(
                        child.deprel().universal(),
                        Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp
                    ) && child.index() > self.found.last.index()
                        && !is_by_degree(*child)
                        // مشيرة إلى أن: a circumstance is no object.
                        && !self
                            .scene
                            .cues_at(child.index())
                            .iter()
                            .any(|other| other.part == Part::Participle)
                })
            })
            .or(second)
            .filter(|_| !hears)?;
        if clauses::is_passive(cue) && first.is_none() {
            return None;
        }
        let start = object.subtree().first().map_or(object.index(), |word| word.index());
        let start = if demonstrated == Some(object) { object.index() - 1 } else { start };
        let start = start.max(self.found.last.index() + 1).min(object.index());
        Some(self.noun_phrase(start, object.index()))
    }

    /// What is said of an object by a second one: حمّل الجنود مسؤولية الوباء، اعتبر التقرير خيالا; of whom one appeals to, what is
    /// asked of them: ناشد السكان التزام الهدوء.
    pub(super) fn of_two_objects(&self) -> Option<TextRange> {
        let cue = self.found.word;
        if self.found.part != Part::Verb || self.found.last != cue || clauses::is_passive(cue) {
            return None;
        }
        let objects: Vec<Word<'a>> = cue
            .children()
            .filter(|child| {
                matches!(child.deprel().universal(), Deprel::Obj | Deprel::Iobj | Deprel::Xcomp)
                    && child.index() > cue.index()
                    && !is_by_degree(*child)
            })
            .collect();
        let hears = self.found.cue.frame.addressee.contains(&PartySlot::Object);
        match self.found.cue.act.as_str() {
            "blame" => {
                let burden = (cue.index() + 1..(cue.index() + OBJECT).min(self.reach.end))
                    .map(|at| self.word(at))
                    .take_while(|word| word.upos() != Upos::Verb && !is_particle(*word))
                    .find(|word| {
                        matches!(
                            word.key(),
                            "مسووليه"
                                | "المسووليه"
                                | "مسوليه"
                                | "المسوليه"
                                | "مسءوليه"
                                | "المسءوليه"
                                | "تبعات"
                                | "تبعه"
                                | "ذنب"
                                | "الذنب"
                                | "وزر"
                        ) || word.key().contains("مس") && word.key().ends_with("وليه")
                    })?;
                let said = self.noun_phrase(burden.index(), burden.index());
                let blamed = objects
                    .iter()
                    .find(|object| object.index() < burden.index() && object.upos() != Upos::Pron);
                Some(blamed.map_or(said, |blamed| said.cover(blamed.noun_phrase())))
            }
            "consider" if !self.takes(&ContentSlot::Infinitive) => {
                let [first, .., last] = objects.as_slice() else { return None };
                let said = self.noun_phrase(last.index(), last.index());
                (first.upos() != Upos::Pron).then(|| said.cover(first.noun_phrase()))
            }
            _ if hears && self.takes(&ContentSlot::Noun) => {
                let asked = objects.last().filter(|object| {
                    let before = object.previous();
                    object.upos() == Upos::Noun
                        && object.index() > cue.index() + 2
                        && before.is_some_and(|word| word.upos().is_nominal())
                })?;
                Some(self.noun_phrase(asked.index(), asked.index()))
            }
            _ => None,
        }
    }

    /// The object that the tree takes for a part of the subject or of a phrase before it: a bare noun cannot go on a phrase that a
    /// name, an adjective or a noun with the article has closed (نفى مصدر أمني | واقعة الضرب، نفت الوزارة في بلاغ | وجود تأخر).
    pub(super) fn object_in_order(&self) -> Option<TextRange> {
        let hears = self.found.cue.frame.addressee.contains(&PartySlot::Object);
        if !self.takes(&ContentSlot::Noun) || hears || clauses::is_passive(self.found.word) {
            return None;
        }
        let from = self.found.last.index() + 1;
        let mut closed = false;
        for index in from..(from + OBJECT).min(self.reach.end) {
            let word = self.word(index);
            let stop = matches!(word.text(), "،" | "," | "." | "؛" | ":" | "؟");
            if stop
                || matches!(word.upos(), Upos::Verb | Upos::Sconj | Upos::Cconj)
                || is_particle(word)
            {
                return None;
            }
            let governed =
                word.previous().is_some_and(|before| before.upos() == Upos::Adp && index > from);
            // الخبر، التهمة، العرض: what is denied or turned down goes on no name.
            let points = word.key().starts_with("ال")
                && matches!(word.upos(), Upos::Noun | Upos::Adj | Upos::Propn)
                && [Class::NamedClaim, Class::NamedCharge, Class::NamedDemand]
                    .into_iter()
                    .any(|class| self.scene.words.is(class, word.key()));
            if (word.upos() == Upos::Noun || points)
                && closed
                && !governed
                && !word.is_attached()
                && !word.key().starts_with("لل")
                && !self.scene.ends_name(word)
                && !self.scene.is_time(word)
            {
                return Some(self.noun_phrase(index, index));
            }
            let medium = governed && self.scene.words.medium(word.key()).is_some();
            closed = match word.upos() {
                _ if self.scene.ends_name(word) => true,
                Upos::Adj | Upos::Propn => true,
                Upos::Noun => word.key().starts_with("ال") || medium || self.scene.is_time(word),
                Upos::Pron => word.is_attached(),
                Upos::Punct | Upos::Num => closed,
                _ => false,
            };
        }
        None
    }

    /// ذلك and nothing else, behind a cue that turns to what was claimed before: نفى الوزير ذلك الجمعة، نفت ذلك قائلة.
    pub(super) fn bare_demonstrative(&self) -> Option<TextRange> {
        let turns =
            super::standing::turns_claims(self.found.cue.stance) || self.found.cue.act == "affirm";
        if !turns || self.found.last != self.found.word {
            return None;
        }
        let from = self.found.last.index() + 1;
        let that = (from..(from + DEMONSTRATIVE).min(self.reach.end))
            .map(|at| self.word(at))
            .take_while(|word| {
                word.upos() != Upos::Punct && word.upos() != Upos::Verb && !is_particle(*word)
            })
            .find(|word| word.key() == "ذلك")?;
        let governed = that.previous().is_none_or(|before| {
            before.upos() != Upos::Adp
                || self.found.cue.frame.content_prepositions().any(|key| key == before.key())
        });
        let next = (that.index() + 1 < self.reach.end).then(|| self.word(that.index() + 1));
        let alone = next.is_none_or(|next| {
            matches!(next.upos(), Upos::Punct | Upos::Adp)
                || self.scene.is_time(next)
                || super::resume::is_circumstance(next)
                    && self
                        .scene
                        .cues_at(next.index())
                        .iter()
                        .any(|other| other.part == Part::Participle)
        });
        (governed && alone).then(|| that.range())
    }

    /// The object of a strict verb when it is a claim made before: كذّب القصر الخبر.
    pub(super) fn claim_as_object(&self) -> Option<TextRange> {
        let turns = super::standing::turns_claims(self.found.cue.stance);
        let object = turns.then(|| self.object().or_else(|| self.object_in_order())).flatten()?;
        let mut words = self.scene.analysis.words_in(object).map(|at| self.word(at));
        let noun = words.find(|word| word.upos() != Upos::Det && word.upos() != Upos::Pron)?;
        let named = [Class::NamedClaim, Class::NamedCharge, Class::NamedDemand, Class::Contested];
        let points = named.into_iter().any(|class| self.scene.words.is(class, noun.key()));
        points.then_some(object)
    }

    /// The noun with a demonstrative behind the appositions of the subject: نفى زيد، الناطق باسم الوزارة، تلك الاتهامات.
    pub(super) fn demonstrated(&self) -> Option<Word<'a>> {
        let from = self.found.last.index() + 1;
        let near = (from..(from + TO_PARTICLE).min(self.reach.end.saturating_sub(1)))
            .map(|at| self.word(at))
            .take_while(|word| {
                !matches!(word.text(), "." | "؛" | ":" | "؟")
                    && word.upos() != Upos::Verb
                    && !is_particle(*word)
            });
        near.filter(|word| {
            matches!(word.key(), "هذا" | "هذه" | "تلك" | "ذلك" | "هذين" | "هاتين" | "هؤلاء")
                && word.previous().is_some_and(|before| matches!(before.text(), "،" | ","))
        })
        .filter_map(Word::next)
        .find(|noun| noun.key().starts_with("ال"))
    }
}

/// Whether a noun only says how far something is done: جملةً وتفصيلا، قطعيا، نهائيا.
pub(super) fn is_by_degree(noun: Word<'_>) -> bool {
    matches!(
        noun.key(),
        "جمله"
            | "قطعيا"
            | "نهائيا"
            | "كليا"
            | "تماما"
            | "قاطعا"
            | "رسميا"
            | "علنا"
            | "صراحه"
    )
}
