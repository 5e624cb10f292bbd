//! Which claim a denial, a confirmation or a doubt answers, where the text shows it.
//!
//! It shows it in these ways: the answer holds the claim ("rejected his claim that …"), points back at it ("denied those claims",
//! نفت هذه المزاعم), repeats its words, or comes from the one whom the claim speaks of. What a source adds right behind its
//! denial answers the same claim, and so does a plain "there was no coup" of the one who is accused. What is said to a
//! question answers the question.

use std::collections::BTreeSet;

use khabar_lang::{Analysis, Deprel, Upos, Word};
use khabar_record::{
    EntityId, Manner, Record, Stance, Statement, StatementId, StatementKind, TextRange, TextSize,
};

use super::scene::Scene;
use super::words::Class;

/// How many statements back an answer looks.
const BACK: usize = 12;
/// How many statements behind an answer its claim may stand ("… denied it. Prosecutors had charged …").
const BEHIND: usize = 3;
/// How many statements may stand between a denial and what its source adds to it.
const ADDED: usize = 3;
/// How many words at the start of a content show that it denies.
const OPENING: usize = 12;

/// What is found of an answer.
struct Link {
    claim: StatementId,
    /// Whether the answer denies though its cue does not say so.
    denies: bool,
}

/// Sets `answers` on the statements that answer another, and the stance of those that deny without a word of denial.
pub(super) fn link(scene: &Scene<'_>, record: &mut Record) {
    for at in 0..record.statements.len() {
        let statement = &record.statements[at];
        // In an interview the turn behind a question answers it.
        let link = if statement.rule == "turn" && statement.stance != Stance::Asks {
            let before = record.statements[..at].iter().rev().find(|other| other.rule == "turn");
            before
                .filter(|turn| turn.stance == Stance::Asks)
                .map(|turn| Link { claim: turn.id, denies: false })
        } else {
            let search = Search::new(scene, record, at);
            search
                .claim()
                .or_else(|| search.question())
                .or_else(|| search.goes_on())
                .or_else(|| search.contradicted())
        };
        if let Some(link) = link {
            let statement = &mut record.statements[at];
            statement.answers = Some(link.claim);
            if link.denies {
                statement.stance = Stance::Denies;
            }
        }
    }
}

/// An answer that looks for its claim.
struct Search<'s, 'a> {
    scene: &'s Scene<'a>,
    record: &'s Record,
    at: usize,
    answer: &'s Statement,
    sources: BTreeSet<EntityId>,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(scene: &'s Scene<'a>, record: &'s Record, at: usize) -> Self {
        let answer = &record.statements[at];
        Self { scene, record, at, answer, sources: entities(answer) }
    }

    /// The claim of an answer whose cue denies, confirms or doubts.
    fn claim(&self) -> Option<Link> {
        let answer = self.answer;
        if !matches!(answer.stance, Stance::Denies | Stance::Confirms | Stance::Doubts) {
            return None;
        }
        let before = self.record.statements[..self.at].iter().rev().take(BACK).enumerate();
        let behind = self.record.statements[self.at + 1..].iter().take(BEHIND);
        let candidates = before
            .map(|(back, claim)| (claim, 3u32.saturating_sub(back as u32)))
            .chain(behind.map(|claim| (claim, 0)))
            .filter(|(claim, _)| self.can_be_answered(claim));
        let mut best: Option<(u32, StatementId)> = None;
        for (claim, nearness) in candidates {
            let evidence = self.evidence(claim);
            let score = evidence + nearness;
            // To deny is to deny something said; other acts answer only what the words tie them to.
            let enough =
                if self.plainly_denies() { score >= 3 } else { evidence >= 3 && score >= 5 };
            // The nearest of equals: candidates come from the nearest outwards.
            if enough && best.is_none_or(|(high, _)| score > high) {
                best = Some((score, claim.id));
            }
        }
        best.map(|(_, claim)| Link { claim, denies: false })
    }

    /// Whether the answer is a denial of something said, rather than a refusal to do something.
    fn plainly_denies(&self) -> bool {
        let words = self.words();
        let to_do = words.clone().next().is_some_and(|at| self.scene.word(at).xpos() == "TO");
        self.answer.kind == StatementKind::Claim
            && self.answer.stance == Stance::Denies
            && !to_do
            && self.answer.cue.as_ref().is_some_and(|cue| {
                matches!(cue.act.as_str(), "deny" | "reject" | "dismiss" | "dispute" | "refute")
            })
    }

    fn can_be_answered(&self, claim: &Statement) -> bool {
        let other = entities(claim);
        let said = matches!(
            claim.stance,
            Stance::Asserts | Stance::Accuses | Stance::Warns | Stance::Demands | Stance::Doubts
        );
        said && !claim.content.is_empty()
            && (other.is_disjoint(&self.sources))
            && self.answer.within != Some(claim.id)
    }

    /// How much ties an answer to a claim.
    fn evidence(&self, claim: &Statement) -> u32 {
        let mut score = 0;
        if claim.within == Some(self.answer.id) {
            score += 6;
        }
        let accuses = claim.stance == Stance::Accuses;
        if points_back(self.scene, self.answer) {
            score += 2 + u32::from(accuses);
        }
        score += self.target(claim) + u32::from(accuses);
        let words = content_words(self.scene.analysis, self.answer);
        let shared = words.intersection(&content_words(self.scene.analysis, claim)).count() as u32;
        score + shared.min(3)
    }

    /// Whether a claim speaks of the source of the answer: 3 when it names it, 2 when it names its state.
    fn target(&self, claim: &Statement) -> u32 {
        let accused = mentioned_in(self.record, claim);
        if !accused.is_disjoint(&self.sources) {
            return 3;
        }
        let sides = self.sides(&accused);
        let own = self.sides(&self.sources);
        let others = self.sides(&entities(claim));
        if !sides.is_disjoint(&own) && others.is_disjoint(&own) { 2 } else { 0 }
    }

    fn sides(&self, ids: &BTreeSet<EntityId>) -> BTreeSet<&'s str> {
        ids.iter()
            .filter_map(|id| self.record.entities.get((id.0 as usize).checked_sub(1)?))
            .filter_map(|entity| entity.country.as_deref())
            .collect()
    }

    fn words(&self) -> impl Iterator<Item = usize> + Clone {
        let analysis = self.scene.analysis;
        self.answer.content.iter().flat_map(move |&part| analysis.words_in(part))
    }

    /// "Asked whether …, she said": the question in the same sentence.
    fn question(&self) -> Option<Link> {
        if self.answer.stance == Stance::Asks || self.answer.within.is_some() {
            return None;
        }
        let sentence = self.sentence(self.answer)?;
        let asked = self.record.statements[..self.at].iter().rev().take(2).find(|other| {
            other.stance == Stance::Asks
                && other.source.is_empty()
                && other.kind == StatementKind::Claim
                && self.sentence(other) == Some(sentence)
        })?;
        Some(Link { claim: asked.id, denies: false })
    }

    fn sentence(&self, statement: &Statement) -> Option<usize> {
        let place = anchor(statement)?;
        self.scene.analysis.sentence_at(place).map(khabar_lang::Sentence::index)
    }

    fn paragraph(&self, statement: &Statement) -> Option<usize> {
        let place = anchor(statement)?;
        self.scene.analysis.sentence_at(place).map(khabar_lang::Sentence::paragraph)
    }

    /// What a source adds to its denial in the same paragraph.
    fn goes_on(&self) -> Option<Link> {
        let answer = self.answer;
        let plain = matches!(answer.stance, Stance::Asserts | Stance::Demands)
            && answer.kind == StatementKind::Claim
            && self.says_plainly()
            && !answer.source.is_empty();
        if !plain {
            return None;
        }
        let before = self.record.statements[..self.at]
            .iter()
            .rev()
            .take(ADDED)
            .find(|other| other.within == answer.within)?;
        let claim = before.answers.filter(|_| before.stance == Stance::Denies)?;
        let own = entities(before);
        let denies = self.opens_with_denial();
        let same = !own.is_disjoint(&self.sources)
            || denies && !self.sides(&own).is_disjoint(&self.sides(&self.sources));
        let near = self.paragraph(before) == self.paragraph(answer);
        let carried = self.sentence(before) == self.sentence(answer)
            || answer.manner == Manner::Direct
            || denies;
        (same && near && carried).then_some(Link { claim, denies: true })
    }

    /// "There was no coup" of one who is accused of a coup.
    fn contradicted(&self) -> Option<Link> {
        let answer = self.answer;
        if answer.stance != Stance::Asserts
            || answer.kind != StatementKind::Claim
            || self.sources.is_empty()
            || !self.says_plainly()
            || !self.opens_with_denial()
        {
            return None;
        }
        let claim = self.record.statements[..self.at].iter().rev().take(BACK).find(|claim| {
            self.can_be_answered(claim)
                && claim.kind == StatementKind::Claim
                && !entities(claim).is_empty()
                && self.target(claim) >= 2
                && (claim.stance == Stance::Accuses || self.evidence(claim) >= 4)
        })?;
        Some(Link { claim: claim.id, denies: true })
    }

    fn says_plainly(&self) -> bool {
        self.answer.cue.as_ref().is_none_or(|cue| {
            matches!(
                cue.act.as_str(),
                "say"
                    | "tell"
                    | "add"
                    | "insist"
                    | "repeat"
                    | "write"
                    | "state"
                    | "reply"
                    | "mention"
                    | "explain"
                    | "clarify"
                    | "affirm"
                    | "stress"
                    | "assert"
            )
        })
    }

    fn opens_with_denial(&self) -> bool {
        let analysis = self.scene.analysis;
        self.words().take(OPENING).map(|at| analysis.word(at)).any(|word| {
            self.scene.words.is(Class::Denial, word.key())
                && (word.key() != "ما" || word.deprel().universal() == Deprel::Advmod)
        })
    }
}

fn anchor(statement: &Statement) -> Option<TextSize> {
    let cue = statement.cue.as_ref().map(|cue| cue.span);
    cue.or(statement.content.first().copied()).map(TextRange::start)
}

fn entities(statement: &Statement) -> BTreeSet<EntityId> {
    statement.source.iter().filter_map(|party| party.entity).collect()
}

/// The entities that a content speaks of.
fn mentioned_in(record: &Record, statement: &Statement) -> BTreeSet<EntityId> {
    let inside = |span: TextRange| statement.content.iter().any(|part| part.contains_range(span));
    record
        .mentions
        .iter()
        .filter(|mention| inside(mention.span))
        .map(|mention| mention.entity)
        .collect()
}

/// The words of a content that carry meaning, by lemma.
fn content_words<'a>(analysis: &'a Analysis, statement: &Statement) -> BTreeSet<&'a str> {
    statement
        .content
        .iter()
        .flat_map(|&part| analysis.words_in(part))
        .map(|at| analysis.word(at))
        .filter(|word| {
            matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
        })
        .map(Word::lemma)
        .collect()
}

/// Whether a content names a claim instead of making one: "the claims", "those reports", "it", هذه المزاعم، ذلك.
fn points_back(scene: &Scene<'_>, statement: &Statement) -> bool {
    let analysis = scene.analysis;
    let words: Vec<_> = statement
        .content
        .iter()
        .flat_map(|&part| analysis.words_in(part))
        .map(|at| analysis.word(at))
        .filter(|word| word.upos() != Upos::Punct)
        .collect();
    // A complementiser only opens a clause ("denied that …").
    let names_claim = |word: &Word<'_>| {
        word.upos() != Upos::Sconj && scene.words.is(Class::NamedClaim, word.key())
    };
    words.len() <= 9 && words.iter().take(6).any(names_claim)
}
