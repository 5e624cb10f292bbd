//! What an English cue rules over: the clause, infinitive, noun phrase or prepositional phrase that is its content.
//!
//! The tree says where the content stands; the cue's frame says which of its dependents can be content at all. Where the
//! tree has no clause below a verb that must have one, the order of words decides.

use khabar_lang::{Deprel, Upos, Word};
use khabar_record::TextRange;

use super::bounds_en;
use super::frame::{ContentSlot, Need};
use super::lexicon::{Found, Part};
use super::order;
use super::scene::{self, Scene};
use crate::clauses;

/// Returns the stretches that are the content of a cue; none when it has no content here.
pub(super) fn read(scene: &Scene<'_>, found: &Found<'_>) -> Vec<TextRange> {
    let reader = Reader { scene, found };
    let stretches = match found.part {
        Part::Verb | Part::Participle => reader.of_verb(),
        Part::Noun => reader.of_noun(),
        Part::Adjective => reader.of_adjective(),
        Part::Preposition => reader.of_preposition(),
    };
    if found.cue.frame.need == Need::That && !is_told_behind(scene, found, &stretches) {
        return Vec::new();
    }
    let stretches = without_dateline(scene, found.word, stretches);
    let stretches = bounds_en::bounded(scene, found, stretches);
    let stretches: Vec<TextRange> = stretches
        .into_iter()
        .map(|stretch| order::before_time_adjunct(scene, found, stretch))
        .collect();
    join(scene, stretches.into_iter().map(|stretch| scene.whole(found.word, stretch)).collect())
}

/// Whether a content is a clause that begins right behind its cue: with "that", or with its subject.
fn is_told_behind(scene: &Scene<'_>, found: &Found<'_>, stretches: &[TextRange]) -> bool {
    let Some(first) = stretches.first().map(|part| scene.analysis.words_in(*part).start) else {
        return false;
    };
    let near = (found.last.index() + 1..=found.last.index() + 3).contains(&first);
    let word = scene.word(first);
    near && match word.key() {
        "that" => !scene::is_finite(scene.word(first + 1)),
        _ => found.cue.frame.takes(&ContentSlot::Quote) && !scene::is_finite(word),
    }
}

/// The stretches without the dateline that stands before the text.
fn without_dateline(scene: &Scene<'_>, cue: Word<'_>, stretches: Vec<TextRange>) -> Vec<TextRange> {
    let Some(first) = order::behind_dateline(scene, cue) else { return stretches };
    let start = scene.word(first).range().start();
    let rest = stretches.into_iter().filter(|stretch| stretch.end() > start);
    rest.map(|stretch| TextRange::new(stretch.start().max(start), stretch.end())).collect()
}

pub(super) struct Reader<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) found: &'s Found<'a>,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn takes(&self, slot: &ContentSlot) -> bool {
        self.found.cue.frame.takes(slot)
    }

    /// The words whose dependents can be content: the verb, and the noun of a phrase ("make the claim that").
    pub(super) fn anchors(&self) -> impl Iterator<Item = Word<'a>> + use<'a> {
        let (word, last) = (self.found.word, self.found.last);
        std::iter::once(word).chain((last != word).then_some(last))
    }

    pub(super) fn of_verb(&self) -> Vec<TextRange> {
        if let Some(noun) = bounds_en::antecedent(self.scene, self.found) {
            return vec![noun];
        }
        // "repeated a charge that the rebels rejected": the clause only describes the noun.
        let start = order::clause_behind(self.scene, self.found).filter(|&start| {
            let head = self.scene.word(start).head();
            !head.is_some_and(|clause| {
                clause.deprel().universal() == Deprel::Acl && bounds_en::leaves_object_open(clause)
            })
        });
        if start.is_none()
            && let Some(frame) = order::parenthesis(self.scene, self.found)
        {
            return frame.content;
        }
        let mut stretches = self.by_tree();
        let cue = self.found.word.range().start();
        if start.is_none()
            && stretches.iter().all(|stretch| stretch.start() > cue)
            && let Some(before) = self.before_inversion()
        {
            return vec![before];
        }
        if start.is_none() {
            stretches = self.with_apposed_subject(stretches);
        }
        if let Some(pronoun) = self.bare_that(&stretches) {
            return vec![pronoun];
        }
        if let Some(start) = start {
            stretches = self.starting_at(start, stretches);
        }
        self.to_end(stretches)
    }

    pub(super) fn by_tree(&self) -> Vec<TextRange> {
        if let Some(stretches) = self.clause() {
            return stretches;
        }
        if clauses::is_passive(self.found.word)
            && let Some(stretches) = self.of_passive()
        {
            return stretches;
        }
        if let Some(stretches) = self.infinitive() {
            return stretches;
        }
        if self.is_report() && self.object_is_clause() {
            let stretches = self.by_order();
            if !stretches.is_empty() {
                return stretches;
            }
        }
        let mut stretches = if self.found.cue.frame.is_strict() {
            self.object_of_strict()
        } else {
            self.object_and_phrases()
        };
        if stretches.is_empty() && self.is_report() {
            stretches = self.by_order();
        }
        if stretches.is_empty() {
            stretches.extend(order::behind_hearer(self.scene, self.found));
        }
        if stretches.is_empty() && self.takes(&ContentSlot::Itself) {
            stretches.push(self.found.last.noun_phrase());
        }
        stretches
    }

    /// Whether the tree took the subject of a clause for the object of the cue: "says | the campaign violated the law".
    pub(super) fn object_is_clause(&self) -> bool {
        let object = clauses::object(self.found.word);
        object.is_some_and(|object| {
            object.children().any(|child| {
                child.deprel().universal() == Deprel::Acl
                    && child.index() > object.index()
                    && (matches!(child.xpos(), "VBD" | "VBZ" | "VBP")
                        || child.xpos() == "VBN" && child.child(Deprel::Obj).is_some())
            })
        })
    }

    /// A verb of saying proper, which always has a content.
    pub(super) fn is_report(&self) -> bool {
        // "a message posted Friday" describes the message.
        let describes =
            self.found.word.xpos() == "VBN" && self.found.word.deprel().universal() == Deprel::Acl;
        self.takes(&ContentSlot::Clause)
            && self.takes(&ContentSlot::Quote)
            && self.found.cue.frame.need != Need::That
            && !describes
    }

    /// "said that …", "asked whether …", and the clause that "he said" interrupts or follows.
    pub(super) fn clause(&self) -> Option<Vec<TextRange>> {
        let cue = self.found.word;
        if self.takes(&ContentSlot::Clause) || self.takes(&ContentSlot::Question) {
            for anchor in self.anchors() {
                let clause = anchor
                    .children()
                    .find(|child| self.is_clause(*child) && !self.is_part_of_cue(*child));
                if let Some(clause) = clause {
                    let stretches = self.below(clause);
                    return Some(self.with_named_claim(stretches));
                }
            }
        }
        if !self.takes(&ContentSlot::Clause) || self.found.part != Part::Verb {
            return None;
        }
        // "The plan, officials said, was dead"; "as the minister noted".
        let aside = cue.deprel().universal() == Deprel::Parataxis
            || cue.deprel().universal() == Deprel::Advcl
                && cue.child(Deprel::Mark).is_some_and(|mark| mark.key() == "as");
        let head = cue.head().filter(|_| aside && clauses::subject(cue).is_some())?;
        self.scene.same_side(head.index(), cue.index()).then(|| {
            let words = head.subtree_where(|word| word != cue);
            clauses::stretches(&words)
        })
    }

    pub(super) fn is_clause(&self, child: Word<'a>) -> bool {
        match child.deprel().universal() {
            Deprel::Ccomp => true,
            // "noted how", "his claim that": clauses that the parser took for another kind show their mark.
            Deprel::Advcl | Deprel::Acl | Deprel::Csubj => {
                child.index() > self.found.word.index()
                    && child.children().any(|mark| {
                        mark.deprel().universal() == Deprel::Mark
                            && matches!(mark.key(), "that" | "whether")
                            // "so that vaccinators could work" is a purpose.
                            && mark.previous().is_none_or(|before| before.key() != "so")
                    })
            }
            Deprel::Parataxis => {
                child.index() > self.found.last.index()
                    && !self.scene.reports_at(child.index())
                    && self.starts_behind_cue(child)
            }
            _ => false,
        }
    }

    /// Whether a clause begins right behind the cue, but for a time or a hearer.
    pub(super) fn starts_behind_cue(&self, clause: Word<'a>) -> bool {
        let first = clause.subtree().first().map_or(clause.index(), |word| word.index());
        first > self.found.last.index() && first <= self.found.last.index() + 6
    }

    pub(super) fn is_part_of_cue(&self, word: Word<'a>) -> bool {
        (self.found.word.index()..=self.found.last.index()).contains(&word.index())
    }

    /// The stretch of a clause, in one piece: what hangs on the cue itself and stands inside is cut out.
    pub(super) fn below(&self, clause: Word<'a>) -> Vec<TextRange> {
        let cue = self.found.word;
        let words = clause.subtree_where(|word| word != cue && !self.is_resumed(word));
        let words: Vec<Word<'a>> =
            words.into_iter().filter(|word| !self.is_part_of_cue(*word)).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
        // Gaps are errors of the tree unless the cue stands in them.
        if first.index() > cue.index() {
            let end = self.carried_on(last.index(), true);
            return vec![self.scene.stretch(first.index(), end)];
        }
        if last.index() < cue.index() {
            return vec![self.scene.stretch(first.index(), last.index())];
        }
        clauses::stretches(&words)
    }

    /// The end of a clause with what the tree hung on the cue though no comma sets it off: "said the boat sank | when it left".
    pub(super) fn carried_on(&self, last: usize, clause: bool) -> usize {
        let cue = self.found.word;
        let reach = self.scene.reach(cue);
        let mut end = last;
        while end + 1 < reach.end {
            let next = self.scene.word(end + 1);
            if let Some(speech) = self.scene.around(next.index()) {
                // A quotation that follows at once completes the clause.
                end = self.scene.speeches[speech].words.end - 1;
                continue;
            }
            if next.upos() == Upos::Punct {
                let opens =
                    self.scene.speeches.iter().any(|speech| {
                        speech.range.start() == next.range().start() && !speech.claimed
                    });
                if opens && end + 2 < reach.end {
                    end += 1;
                    continue;
                }
                match self.goes_on_behind_comma(end, reach.end).filter(|_| clause) {
                    Some(further) => {
                        end = further;
                        continue;
                    }
                    None => break,
                }
            }
            let top = std::iter::once(next)
                .chain(next.ancestors())
                .take_while(|word| *word != cue && !cue.is_within(*word))
                .last()
                .unwrap_or(next);
            let adverbial =
                clause && matches!(top.deprel().universal(), Deprel::Advcl | Deprel::Obl);
            let own = top.head() == Some(cue)
                && top.index() > cue.index()
                && (adverbial
                    || matches!(
                        top.deprel().universal(),
                        Deprel::Xcomp | Deprel::Ccomp | Deprel::Dep | Deprel::Acl
                    ))
                && !self.is_resumed(top)
                && !self.scene.is_time(top)
                && !self.scene.reports_at(top.index());
            if !own {
                break;
            }
            let subtree = top.subtree_where(|word| !self.is_resumed(word));
            end = subtree.last().map_or(end, |word| word.index()).max(end + 1);
        }
        end.min(reach.end - 1)
    }

    /// Where a clause ends that goes on behind a comma: with a participle that reports nothing ("…, allowing people to see"), or
    /// with "but" and the same pronoun for subject.
    pub(super) fn goes_on_behind_comma(&self, end: usize, limit: usize) -> Option<usize> {
        let cue = self.found.word;
        let comma = (end + 1 < limit).then(|| self.scene.word(end + 1))?;
        let first = (end + 2 < limit).then(|| self.scene.word(end + 2))?;
        if comma.text() != "," {
            return None;
        }
        let participle = first.xpos() == "VBG"
            && first.head() == Some(cue)
            && first.deprel().universal() == Deprel::Advcl
            && self.scene.cues_at(first.index()).is_empty();
        let contrast = first.key() == "but"
            && first.head().is_some_and(|verb| {
                let pronoun = |clause: Word<'a>| {
                    clauses::subject(clause).filter(|word| word.upos() == Upos::Pron).map(Word::key)
                };
                let own = cue.child(Deprel::Ccomp).and_then(pronoun);
                verb.head() == Some(cue) && own.is_some() && pronoun(verb) == own
            });
        let top = if participle {
            first
        } else if contrast {
            first.head()?
        } else {
            return None;
        };
        let last = top.subtree_where(|word| !self.is_resumed(word)).last()?.index();
        (last > end && last < limit).then_some(last)
    }

    /// Whether a word starts the next act of the same speaker (", adding that …"), which the tree may hang too low.
    pub(super) fn is_resumed(&self, word: Word<'a>) -> bool {
        matches!(word.deprel().universal(), Deprel::Advcl | Deprel::Parataxis | Deprel::Acl)
            && word.index() > self.found.word.index()
            && word.xpos() == "VBG"
            && self.scene.reports_at(word.index())
            && word.previous().is_some_and(|before| before.text() == ",")
    }

    /// "was quoted as saying …", "is expected to …": the subject and what it is said to do.
    pub(super) fn of_passive(&self) -> Option<Vec<TextRange>> {
        let cue = self.found.word;
        let clausal = [
            ContentSlot::Clause,
            ContentSlot::Question,
            ContentSlot::Infinitive,
            ContentSlot::Gerund,
            ContentSlot::Small,
        ];
        if !clausal.iter().any(|slot| self.takes(slot)) {
            return None;
        }
        let clause = cue.child(Deprel::Xcomp).or_else(|| cue.child(Deprel::Ccomp))?;
        let subject = cue.children().find(|child| child.deprel().is_subject());
        let mut stretches = Vec::new();
        if let Some(subject) = subject.filter(|subject| {
            !self.found.cue.frame.addressee.contains(&super::frame::PartySlot::Object)
                && subject.xpos() != "EX"
                && subject.key() != "it"
        }) {
            stretches.push(subject.subtree_range());
        }
        stretches.extend(self.below(clause));
        Some(stretches)
    }

    /// "his claim that …", "a warning about …".
    pub(super) fn of_noun(&self) -> Vec<TextRange> {
        for anchor in self.anchors() {
            for child in anchor.children().filter(|child| child.index() > anchor.index()) {
                let relation = child.deprel();
                if relation.universal() == Deprel::Acl && bounds_en::leaves_object_open(child) {
                    return Vec::new();
                }
                let clause =
                    matches!(relation.universal(), Deprel::Acl | Deprel::Ccomp | Deprel::Advcl)
                        && relation != Deprel::AclRelcl;
                let mark = child.children().find(|mark| mark.deprel().universal() == Deprel::Mark);
                let fits = match mark.map(Word::key) {
                    Some("that") => self.takes(&ContentSlot::Clause),
                    Some("whether" | "if") => true,
                    Some("to") => self.takes(&ContentSlot::Infinitive),
                    _ => false,
                };
                if clause && fits {
                    return self.below(child);
                }
                // "his claim that the vote was stolen" is often read as a relative clause.
                if relation == Deprel::AclRelcl
                    && self.takes(&ContentSlot::Clause)
                    && child
                        .children()
                        .any(|own| own.key() == "that" && own.deprel().universal() == Deprel::Mark)
                {
                    return self.below(child);
                }
                if matches!(relation.universal(), Deprel::Nmod | Deprel::Acl)
                    && !self.found.cue.frame.is_strict()
                    && self.governed(child)
                {
                    return vec![self.without_preposition(child)];
                }
            }
        }
        // "fears that …", "a decision to …": right behind the noun, though the tree hangs it elsewhere.
        order::behind_noun(self.scene, self.found).into_iter().collect()
    }

    /// "is confident that …", "worried about …".
    pub(super) fn of_adjective(&self) -> Vec<TextRange> {
        for anchor in self.anchors() {
            for child in anchor.children().filter(|child| child.index() > anchor.index()) {
                let relation = child.deprel().universal();
                let clause = matches!(relation, Deprel::Ccomp | Deprel::Advcl | Deprel::Csubj)
                    && self.takes(&ContentSlot::Clause)
                    && child.child(Deprel::Mark).is_none_or(|mark| mark.key() == "that");
                let infinitive = matches!(relation, Deprel::Xcomp | Deprel::Advcl)
                    && self.takes(&ContentSlot::Infinitive)
                    && child.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to");
                if clause || infinitive {
                    return self.below(child);
                }
                if matches!(relation, Deprel::Obl | Deprel::Advcl)
                    && !self.found.cue.frame.is_strict()
                    && self.governed(child)
                {
                    return vec![self.without_preposition(child)];
                }
            }
        }
        Vec::new()
    }

    /// "according to X, S": the clause that the phrase hangs on.
    pub(super) fn of_preposition(&self) -> Vec<TextRange> {
        let Some(object) = super::source::object_of(self.scene, self.found) else {
            return Vec::new();
        };
        let (first, last) = (self.found.word.index(), self.found.last.index());
        let phrase = self.scene.analysis.words_in(super::source::phrase_of(object));
        // A participle or relative clause without a comma belongs to the name of the source ("documents seen by the court").
        let all = self.scene.analysis.words_in(object.subtree_range());
        let plain = !self.scene.words_between(phrase.end, all.end).any(|word| word.text() == ",");
        let end = if plain { all.end } else { phrase.end };
        let skipped = first..end.max(last + 1);
        let reach = self.scene.reach(self.found.word);
        let sentence_last = scene::last_word(self.found.word.sentence()).min(reach.end - 1);
        // "…, who according to the board took the vote": the rest of the relative clause.
        let relative = first > reach.start
            && matches!(self.scene.word(first - 1).key(), "who" | "which")
            && skipped.end <= sentence_last;
        if relative {
            let end = (skipped.end..sentence_last)
                .find(|&at| matches!(self.scene.word(at).text(), "," | ";"))
                .map_or(sentence_last, |comma| comma - 1);
            return vec![self.scene.stretch(skipped.end, end.max(skipped.end))];
        }
        // In front: the rest of the sentence. Behind or in the middle: the clause around it.
        if first <= reach.start + 1 {
            let from = skipped.end;
            return (from <= sentence_last)
                .then(|| self.scene.stretch(from, sentence_last))
                .into_iter()
                .collect();
        }
        let mut clause = object.clause_head();
        while skipped.contains(&clause.index()) {
            match clause.head() {
                Some(head) => clause = head.clause_head(),
                None => break,
            }
        }
        // The phrase closes the whole sentence unless it hangs on a clause that was joined to it with a subject of its own.
        let joined = clause.deprel().universal() == Deprel::Conj
            && clause.children().any(|child| child.deprel().is_subject());
        let words: Vec<Word<'a>> = if joined {
            clause.subtree_where(|word| !skipped.contains(&word.index()))
        } else {
            self.scene.words_between(reach.start, sentence_last + 1).collect()
        };
        let words: Vec<Word<'a>> = words
            .into_iter()
            .filter(|word| !skipped.contains(&word.index()) && reach.contains(&word.index()))
            .collect();
        let before: Vec<Word<'a>> =
            words.iter().copied().filter(|word| word.index() < first).collect();
        let behind: Vec<Word<'a>> =
            words.iter().copied().filter(|word| word.index() >= skipped.end).collect();
        let piece = |words: &[Word<'a>]| {
            let (first, last) = (words.first()?, words.last()?);
            Some(self.scene.stretch(first.index(), last.index()))
        };
        piece(&before).into_iter().chain(piece(&behind)).collect()
    }
}

/// Whether a word can be the verb of a clause, even if the tagger took a past for a participle.
pub(super) fn is_verb_form(word: Word<'_>) -> bool {
    scene::is_finite(word) || word.xpos() == "VBN"
}

pub(super) fn is_bare_number(word: Word<'_>) -> bool {
    word.upos() == Upos::Num
}

/// Puts the stretches in order and joins those that touch.
pub(super) fn join(scene: &Scene<'_>, mut stretches: Vec<TextRange>) -> Vec<TextRange> {
    stretches.retain(|stretch| !stretch.is_empty());
    stretches.sort_unstable();
    let text = scene.analysis.text();
    let mut joined: Vec<TextRange> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.start() <= last.end() => *last = last.cover(stretch),
            Some(last) if text[TextRange::new(last.end(), stretch.start())].trim().is_empty() => {
                *last = last.cover(stretch);
            }
            _ => joined.push(stretch),
        }
    }
    joined
}
