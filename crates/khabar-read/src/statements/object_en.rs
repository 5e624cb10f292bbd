//! The phrases that an English cue governs: its object, infinitive or prepositional phrase.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::content_en::{Reader, is_bare_number};
use super::frame::{ContentSlot, Need};
use super::words::Class;
use crate::clauses;

impl<'a> Reader<'_, 'a> {
    /// "promised to …", "urged Iran to …", "called it a lie".
    pub(super) fn infinitive(&self) -> Option<Vec<TextRange>> {
        let small = self.takes(&ContentSlot::Small);
        if self.found.last != self.found.word
            && !self.found.cue.frame.is_strict()
            && let Some(governed) = self.governed_by_phrase()
        {
            return Some(vec![governed]);
        }
        let infinitive = self.takes(&ContentSlot::Infinitive) || self.takes(&ContentSlot::Gerund);
        if !small && !infinitive {
            return None;
        }
        for anchor in self.anchors() {
            let object = anchor
                .children()
                .find(|child| matches!(child.deprel().universal(), Deprel::Obj | Deprel::Iobj))
                .filter(|child| !self.is_part_of_cue(*child));
            let clause = anchor.children().find(|child| {
                !self.is_part_of_cue(*child)
                    && (child.deprel().universal() == Deprel::Xcomp
                        || child.deprel().universal() == Deprel::Ccomp && small
                        || matches!(child.deprel().universal(), Deprel::Advcl | Deprel::Acl)
                            && infinitive
                            && child.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to"))
            });
            match (clause, object) {
                // Who is urged to do it hears it.
                (Some(clause), Some(object))
                    if small && object.index() < clause.index() && !self.hears(object) =>
                {
                    let mut stretches = vec![object.subtree_range()];
                    stretches.extend(self.below(clause));
                    return Some(stretches);
                }
                (Some(clause), _) => return Some(self.below(clause)),
                (None, Some(object)) if small && !infinitive && self.has_predicate(object) => {
                    // The predicate may hang on the object: "called Clinton a champion for …".
                    return Some(vec![self.to_clause_end(object)]);
                }
                _ => {}
            }
        }
        None
    }

    /// Whether an object is who is addressed: a noun before the infinitive of a verb that has its hearer for object.
    pub(super) fn hears(&self, object: Word<'a>) -> bool {
        self.found.cue.frame.addressee.contains(&super::frame::PartySlot::Object)
            && self.found.last == self.found.word
            && object.head() == Some(self.found.word)
    }

    /// Whether a predicate of its own follows an object: another phrase begins right behind a noun or pronoun ("her vote a
    /// mistake", "them “monsters”").
    pub(super) fn has_predicate(&self, object: Word<'a>) -> bool {
        let reach = self.scene.reach(self.found.word);
        (object.index()..reach.end.saturating_sub(1))
            .take_while(|&at| !matches!(self.scene.word(at).text(), "," | ";" | ":"))
            .any(|at| {
                let (word, next) = (self.scene.word(at), self.scene.word(at + 1));
                let noun = matches!(word.upos(), Upos::Noun | Upos::Propn)
                    || word.upos() == Upos::Pron && word.xpos() == "PRP";
                let marks = self
                    .scene
                    .speeches
                    .iter()
                    .any(|speech| speech.range.start() == next.range().start());
                let pronoun = word.upos() == Upos::Pron;
                noun && (marks
                    || next.upos() == Upos::Det
                    || next.xpos() == "PRP$"
                    || pronoun && matches!(next.upos(), Upos::Adj | Upos::Noun))
            })
    }

    pub(super) fn to_clause_end(&self, from: Word<'a>) -> TextRange {
        let start = from.subtree().first().map_or(from.index(), |word| word.index());
        let words = self.found.word.clause_words();
        let end = words
            .iter()
            .map(|word| word.index())
            .take_while(|&at| {
                at < start
                    || !(self.scene.word(at).text() == "," || self.scene.word(at).text() == ";")
            })
            .last()
            .unwrap_or(from.index());
        self.scene.stretch(start, end.max(from.index()))
    }

    /// "rejected the plan", "called for a truce", "praised X for its courage".
    pub(super) fn object_and_phrases(&self) -> Vec<TextRange> {
        let mut stretches = Vec::new();
        if let Some(governed) = self.governed_by_phrase() {
            return vec![governed];
        }
        let addressee = &self.found.cue.frame.addressee;
        let hears = addressee.contains(&super::frame::PartySlot::Object);
        // "promised an answer": what is promised, unless it stands beside whom it is promised to.
        let alone = self.found.word.child(Deprel::Iobj).is_none()
            && matches!(self.found.cue.act.as_str(), "promise" | "offer" | "pledge");
        let promised = |object: Word<'a>| {
            let indefinite = object
                .children_by(Deprel::Det)
                .next()
                .is_some_and(|det| matches!(det.key(), "a" | "an" | "no" | "any"));
            alone
                && object.upos() == Upos::Noun
                && (indefinite || object.feats().number() == Some(khabar_lang::Number::Plur))
        };
        for anchor in self.anchors() {
            for child in anchor.children().filter(|child| !self.is_part_of_cue(*child)) {
                let relation = child.deprel().universal();
                let object = relation == Deprel::Obj
                    && self.takes(&ContentSlot::Noun)
                    && (!hears || child.child(Deprel::Case).is_some() || promised(child));
                let phrase =
                    matches!(relation, Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl)
                        && child.index() > anchor.index()
                        && self.governed(child);
                if object && !is_bare_number(child) {
                    stretches.push(self.object_stretch(child));
                } else if phrase {
                    stretches.push(self.without_preposition(child));
                }
            }
        }
        // A passive has its content as its subject ("the plan was rejected by the court").
        if stretches.is_empty()
            && clauses::is_passive(self.found.word)
            && self.takes(&ContentSlot::Noun)
            && clauses::agent(self.found.word).is_some()
        {
            let subject = self.found.word.children().find(|child| child.deprel().is_subject());
            stretches.extend(subject.map(Word::subtree_range));
        }
        stretches
    }

    /// What a verb that needs a clause reports with though none follows: an object with its predicate ("sees the move as a threat"),
    /// or a claim made elsewhere, which it turns to ("contests the figures").
    pub(super) fn object_of_strict(&self) -> Vec<TextRange> {
        let cue = self.found.word;
        if self.found.cue.frame.need == Need::As {
            let as_predicate = |child: Word<'a>| {
                child.index() > self.found.last.index()
                    && clauses::subject(child).is_none()
                    && child.children().any(|mark| {
                        matches!(mark.deprel().universal(), Deprel::Case | Deprel::Mark)
                            && mark.key() == "as"
                    })
            };
            let held = !clauses::is_passive(cue) || clauses::agent(cue).is_some();
            let predicate = held
                && clauses::object(cue)
                    .is_none_or(|object| object.index() > cue.index() && !is_bare_number(object))
                && self.anchors().any(|anchor| anchor.children().any(as_predicate));
            return if predicate { self.object_and_phrases() } else { Vec::new() };
        }
        if !super::standing::turns_claims(self.found.cue.stance) {
            return Vec::new();
        }
        let stretches = self.object_and_phrases();
        let claims = stretches.iter().all(|stretch| self.names_claim(*stretch));
        if claims { stretches } else { Vec::new() }
    }

    /// Whether the noun of a phrase names what was claimed, found or asked elsewhere.
    fn names_claim(&self, phrase: TextRange) -> bool {
        let words = self.scene.analysis.words_in(phrase).map(|at| self.scene.word(at));
        let nouns = words
            .skip_while(|word| !matches!(word.upos(), Upos::Noun | Upos::Propn))
            .take_while(|word| matches!(word.upos(), Upos::Noun | Upos::Propn));
        let named = [Class::NamedClaim, Class::NamedCharge, Class::NamedDemand, Class::Contested];
        nouns.last().is_some_and(|noun| {
            named.iter().any(|class| {
                self.scene.words.is(*class, noun.key()) || self.scene.words.is(*class, noun.lemma())
            })
        })
    }

    /// An object with its modifiers, without the aside that a relative clause behind a comma is.
    pub(super) fn object_stretch(&self, object: Word<'a>) -> TextRange {
        let words = object.subtree_where(|word| {
            let relative = word.deprel() == Deprel::AclRelcl && word.head() == Some(object);
            let aside = relative
                && word.subtree().first().is_some_and(|first| {
                    let before = first.previous();
                    first.text() == "," || before.is_some_and(|before| before.text() == ",")
                });
            !aside && !self.is_resumed(word)
        });
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return object.subtree_range();
        };
        let end = self.carried_on(last.index(), false);
        self.scene.stretch(first.index(), self.with_part_denied(object, end))
    }

    /// Where the object of a denial ends whose preposition the tree hung on the verb: "denies any part | in the attack".
    pub(super) fn with_part_denied(&self, object: Word<'a>, end: usize) -> usize {
        let reach = self.scene.reach(self.found.word);
        let denies = self.found.cue.stance == khabar_record::Stance::Denies
            && object.upos() == Upos::Noun
            && !self.scene.words.is(Class::NamedCharge, object.key())
            && end + 1 < reach.end;
        let of = |mark: &Word<'a>| {
            matches!(mark.key(), "in" | "of" | "to" | "with" | "for" | "against")
                && mark.deprel().universal() == Deprel::Case
        };
        let noun = denies.then(|| self.scene.word(end + 1)).filter(of).and_then(Word::head).filter(
            |noun| {
                noun.index() > end
                    && !self.scene.is_time(*noun)
                    && self.scene.words.medium(noun.key()).is_none()
            },
        );
        let last = noun.and_then(|noun| noun.subtree().last().map(|word| word.index()));
        last.map_or(end, |last| last.clamp(end, reach.end - 1))
    }

    /// What the preposition at the end of a phrase governs: "called for | a truce", "lashed out at | the court".
    pub(super) fn governed_by_phrase(&self) -> Option<TextRange> {
        let last = self.found.last;
        let case = matches!(last.deprel().universal(), Deprel::Case | Deprel::Mark);
        let noun = last.head().filter(|head| case && head.index() > last.index())?;
        let subtree = noun.subtree_where(|word| word != last && !self.is_resumed(word));
        let first = subtree.iter().find(|word| word.index() > last.index())?;
        let mut end = subtree.last()?.index();
        // "called on Iran to stop": the infinitive hangs on the verb.
        if self.takes(&ContentSlot::Small) || self.takes(&ContentSlot::Infinitive) {
            let infinitive = self.found.word.children().find(|child| {
                child.index() > noun.index()
                    && matches!(child.deprel().universal(), Deprel::Xcomp | Deprel::Advcl)
            });
            end = infinitive
                .and_then(|word| word.subtree().last().map(|word| word.index()))
                .map_or(end, |last| last.max(end));
        }
        Some(self.scene.stretch(first.index(), self.carried_on(end, true)))
    }

    /// Whether a phrase stands behind a preposition of the frame.
    pub(super) fn governed(&self, phrase: Word<'a>) -> bool {
        let mark = phrase.children().find(|child| {
            matches!(child.deprel().universal(), Deprel::Case | Deprel::Mark)
                && child.index() < phrase.index()
        });
        mark.is_some_and(|mark| {
            self.found.cue.frame.content_prepositions().any(|key| key == mark.key())
        })
    }

    pub(super) fn without_preposition(&self, phrase: Word<'a>) -> TextRange {
        let words = phrase.subtree_where(|word| {
            word.head() != Some(phrase)
                || word.index() > phrase.index()
                || !matches!(word.deprel().universal(), Deprel::Case)
        });
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => self.scene.stretch(first.index(), last.index()),
            _ => phrase.subtree_range(),
        }
    }
}
