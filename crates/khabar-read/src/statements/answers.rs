//! Which claim a denial, a confirmation or a doubt answers, where the text shows it.
//!
//! It shows it in these ways: the answer holds the claim ("rejected his claim that …"), points back at it ("denied those claims",
//! نفت هذه المزاعم), repeats its words, or comes from the one whom the claim speaks of. What a source adds right behind its
//! denial answers the same claim, and so does a plain "there was no coup" of the one who is accused. What is said to a
//! question answers the question.

use std::collections::{BTreeMap, BTreeSet};

use khabar_lang::{Deprel, Upos};
use khabar_record::{
    EntityId, EntityKind, Manner, Record, Stance, Statement, StatementId, StatementKind, TextRange,
    TextSize,
};

use super::chain;
use super::scene::Scene;
use super::words::Class;

/// How many statements back an answer looks.
const BACK: usize = 20;
/// How many statements behind an answer its claim may stand ("… denied it. Prosecutors had charged …").
const BEHIND: usize = 5;
/// How much must tie a denial that says itself what it denies to a claim.
const TIED: u32 = 4;
/// How much must tie a claim that stands behind its denial to it.
const WELL_TIED: u32 = 6;
/// How much must tie a claim to what contradicts it without a word of denial.
const CONTRADICTED: u32 = 7;
/// How many statements before an answer that only points at a claim ("denied it") the claim may stand.
const NEAR: usize = 3;
/// How much a claim that the answer holds counts.
const HELD: u32 = 12;
/// In how many statements a word may stand and still show that two of them speak of the same thing.
const COMMON: usize = 4;
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
    let topics = Topics::of(scene, record);
    for at in 0..record.statements.len() {
        let statement = &record.statements[at];
        // In an interview the turn behind a question answers it.
        let link = if statement.rule == "turn" && statement.stance != Stance::Asks {
            let before = record.statements[..at].iter().rev().find(|other| other.rule == "turn");
            before
                .filter(|turn| turn.stance == Stance::Asks)
                .map(|turn| Link { claim: turn.id, denies: false })
        } else {
            let search = Search::new(scene, record, &topics, at);
            search
                .claim()
                .or_else(|| search.question())
                .or_else(|| search.goes_on())
                .or_else(|| search.contradicted())
        };
        // Nothing answers itself.
        let link = link.filter(|link| link.claim != record.statements[at].id);
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
    topics: &'s Topics,
    at: usize,
    answer: &'s Statement,
    sources: BTreeSet<EntityId>,
    /// The sources and those whom their descriptions name: a spokesman denies what is said of his body.
    sides: BTreeSet<EntityId>,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(scene: &'s Scene<'a>, record: &'s Record, topics: &'s Topics, at: usize) -> Self {
        let answer = &record.statements[at];
        let sources = entities(answer);
        let sides = sources.union(&described_by(record, answer)).copied().collect();
        Self { scene, record, topics, at, answer, sources, sides }
    }

    /// The claim of an answer whose cue denies, confirms or doubts.
    fn claim(&self) -> Option<Link> {
        let answer = self.answer;
        if !matches!(answer.stance, Stance::Denies | Stance::Confirms | Stance::Doubts)
            || answer.kind != StatementKind::Claim
        {
            return None;
        }
        let pointing = points_back(self.scene, answer);
        let mut best: Option<(u32, StatementId)> = None;
        let before = (0..self.at).rev().take(BACK);
        let behind = (self.at + 1..self.record.statements.len()).take(BEHIND);
        for other in before.chain(behind) {
            let claim = &self.record.statements[other];
            if !self.can_be_answered(claim, pointing) {
                continue;
            }
            let evidence = self.evidence(other);
            let enough = match pointing {
                // What is pointed at ("those claims") was said before, or stands inside the answer.
                Pointing::Nothing if other > self.at => evidence >= WELL_TIED,
                _ if other > self.at => evidence >= HELD,
                // "denied it": whatever was said right before, or what ties itself to the answer.
                Pointing::Claim | Pointing::Charge | Pointing::Demand => {
                    evidence >= 4 || self.at - other <= NEAR
                }
                Pointing::Nothing => evidence >= TIED,
            };
            // The nearest of equals: candidates come from the nearest outwards.
            let score = 4 * evidence + self.nearness(other);
            if enough && best.is_none_or(|(high, _)| score > high) {
                best = Some((score, claim.id));
            }
        }
        best.map(|(_, claim)| Link { claim, denies: false })
    }

    fn can_be_answered(&self, claim: &Statement, pointing: Pointing) -> bool {
        let said = match claim.stance {
            Stance::Asserts | Stance::Accuses | Stance::Warns => true,
            // What somebody wants is no claim, but who suspects something makes one.
            Stance::Doubts => claim.kind == StatementKind::Attitude,
            Stance::Demands => {
                claim.kind == StatementKind::Claim
                    && (pointing == Pointing::Demand || self.refuses())
            }
            _ => false,
        };
        let thought = claim.kind == StatementKind::Attitude
            && !matches!(claim.stance, Stance::Doubts | Stance::Accuses | Stance::Warns);
        said && !thought
            && (!claim.content.is_empty() || claim.stance == Stance::Accuses)
            && !chain::is_relay(claim)
            && entities(claim).is_disjoint(&self.sources)
            && self.answer.within != Some(claim.id)
    }

    /// Whether the answer turns something down rather than to call it untrue.
    fn refuses(&self) -> bool {
        self.answer.cue.as_ref().is_some_and(|cue| {
            matches!(cue.act.as_str(), "refuse" | "reject" | "dismiss" | "oppose")
        })
    }

    /// How much ties the answer to a claim: in sixths of what a single proof would need.
    fn evidence(&self, other: usize) -> u32 {
        let claim = &self.record.statements[other];
        let mut score = 0;
        if claim.within == Some(self.answer.id) {
            score += HELD;
        }
        if !claim.content.is_empty() && claim.content == self.answer.content {
            score += 8;
        }
        let accuses = claim.stance == Stance::Accuses;
        if self.refuses() && claim.stance == Stance::Demands {
            score += 3;
        }
        let charge = points_back(self.scene, self.answer) == Pointing::Charge;
        score += if accuses && charge { 5 } else { 2 * u32::from(accuses) };
        score += self.target(claim);
        score + 2 * self.topics.shared(self.at, other).min(3)
    }

    /// How near a claim stands before the answer.
    fn nearness(&self, other: usize) -> u32 {
        let claim = &self.record.statements[other];
        if other > self.at {
            return 0;
        }
        let near = (self.at - other).min(10) as u32;
        let same = u32::from(self.paragraph(claim) == self.paragraph(self.answer));
        10 - near + 2 * same
    }

    /// Whether a claim speaks of the source of the answer: 3 when it names it, 2 when it names its state.
    fn target(&self, claim: &Statement) -> u32 {
        let accused = mentioned_in(self.record, claim);
        if !accused.is_disjoint(&self.sides) {
            return 3;
        }
        let sides = self.countries(&accused);
        let own = self.countries(&self.sources);
        let others = self.countries(&entities(claim));
        if !sides.is_disjoint(&own) && others.is_disjoint(&own) { 2 } else { 0 }
    }

    fn countries(&self, ids: &BTreeSet<EntityId>) -> BTreeSet<&'s str> {
        ids.iter()
            .filter_map(|id| self.record.entities.get((id.0 as usize).checked_sub(1)?))
            .filter_map(|entity| entity.country.as_deref())
            .collect()
    }

    fn words(&self) -> impl Iterator<Item = usize> + Clone {
        let analysis = self.scene.analysis;
        self.answer.content.iter().flat_map(move |&part| analysis.words_in(part))
    }

    /// "Asked whether …, she said", "سألناه إن كان …، فقال": the question right before.
    fn question(&self) -> Option<Link> {
        if self.answer.stance == Stance::Asks || self.answer.kind != StatementKind::Claim {
            return None;
        }
        let asked = self.record.statements[..self.at].iter().rev().take(2).find(|other| {
            let unnamed =
                other.source.is_empty() && self.sentence(other) == self.sentence(self.answer);
            let ours = other.source.iter().any(|party| {
                let known = party.entity.and_then(|id| self.record.entities.get(id.0 as usize - 1));
                known.is_some_and(|entity| entity.kind == EntityKind::Outlet)
            });
            let replies = self
                .answer
                .cue
                .as_ref()
                .is_some_and(|cue| matches!(cue.act.as_str(), "reply" | "answer"));
            let near = self.paragraph(other) == self.paragraph(self.answer);
            other.stance == Stance::Asks
                && other.kind == StatementKind::Claim
                && other.within == self.answer.within
                && entities(other).is_disjoint(&self.sources)
                && (unnamed || near && (ours || replies))
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
            || denies && !self.countries(&own).is_disjoint(&self.countries(&self.sources));
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
        let claim = (0..self.at).rev().take(BACK).find(|&other| {
            let claim = &self.record.statements[other];
            self.can_be_answered(claim, Pointing::Nothing)
                && claim.kind == StatementKind::Claim
                && !entities(claim).is_empty()
                && self.target(claim) >= 2
                && self.topics.shared(self.at, other) >= 1
                && self.evidence(other) >= CONTRADICTED
        })?;
        Some(Link { claim: self.record.statements[claim].id, denies: true })
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

/// The entities that the words of the sources name besides: the body in "the coalition's spokesman".
fn described_by(record: &Record, statement: &Statement) -> BTreeSet<EntityId> {
    let spans: Vec<TextRange> = statement.source.iter().filter_map(|party| party.span).collect();
    let inside = |span: TextRange| spans.iter().any(|outer| outer.contains_range(span));
    let mentions = record.mentions.iter().filter(|mention| inside(mention.span));
    mentions.map(|mention| mention.entity).collect()
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

/// What the statements of a document speak of: the stems of the words of each content that carry meaning and are not in every
/// other content too.
struct Topics(Vec<BTreeSet<String>>);

impl Topics {
    fn of(scene: &Scene<'_>, record: &Record) -> Self {
        let mut topics: Vec<BTreeSet<String>> =
            record.statements.iter().map(|statement| stems(scene, statement)).collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for stem in topics.iter().flatten() {
            *seen.entry(stem.clone()).or_default() += 1;
        }
        for topic in &mut topics {
            topic.retain(|stem| seen[stem] <= COMMON);
        }
        Self(topics)
    }

    /// How many stems two statements share.
    fn shared(&self, one: usize, other: usize) -> u32 {
        self.0[one].intersection(&self.0[other]).count() as u32
    }
}

fn stems(scene: &Scene<'_>, statement: &Statement) -> BTreeSet<String> {
    let analysis = scene.analysis;
    let inside = statement.content.iter().flat_map(|&part| analysis.words_in(part));
    inside
        .map(|at| analysis.word(at))
        .filter(|word| {
            matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
                && !scene.words.is(Class::NamedClaim, word.key())
        })
        .filter_map(
            |word| if scene.is_arabic() { skeleton(word.key()) } else { stem(word.lemma()) },
        )
        .collect()
}

/// What an English word shares with the others of its family: its first letters.
fn stem(lemma: &str) -> Option<String> {
    let letters = lemma.chars().count();
    (letters >= 3).then(|| lemma.chars().take(letters.min(5)).collect::<String>().to_lowercase())
}

/// What an Arabic word shares with the others of its root: its letters without article, endings, and the weak letters and
/// prefixes that patterns add.
fn skeleton(key: &str) -> Option<String> {
    let bare = key.strip_prefix("ال").unwrap_or(key);
    let cut = ["ات", "ون", "ين", "ان", "وا", "ه", "ت", "ا"]
        .iter()
        .find_map(|end| bare.strip_suffix(end).filter(|rest| rest.chars().nth(2).is_some()))
        .unwrap_or(bare);
    let strong: Vec<char> = cut.chars().filter(|letter| !"اويء".contains(*letter)).collect();
    let pattern = |letter: char| "متسن".contains(letter);
    let skip = strong.iter().take_while(|letter| pattern(**letter)).count();
    let skip = skip.min(strong.len().saturating_sub(3));
    let root: String = strong[skip..].iter().take(3).collect();
    (root.chars().count() >= 2).then_some(root)
}

/// What a content names instead of making a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pointing {
    Nothing,
    /// "it", "the report", ذلك، الرواية.
    Claim,
    /// "the charge", هذه الاتهامات.
    Charge,
    /// "the request", المطالب.
    Demand,
}

/// Whether a content names a claim instead of making one: "the claims", "those reports", "it", هذه المزاعم، ذلك.
fn points_back(scene: &Scene<'_>, statement: &Statement) -> Pointing {
    let analysis = scene.analysis;
    let words: Vec<_> = statement
        .content
        .iter()
        .flat_map(|&part| analysis.words_in(part))
        .map(|at| analysis.word(at))
        .filter(|word| word.upos() != Upos::Punct)
        .collect();
    if words.len() > 9 {
        return Pointing::Nothing;
    }
    // A complementiser only opens a clause ("denied that …").
    let opening = || words.iter().take(6).filter(|word| word.upos() != Upos::Sconj);
    let names = |class| opening().any(|word| scene.words.is(class, word.key()));
    if names(Class::NamedCharge) {
        Pointing::Charge
    } else if names(Class::NamedDemand) && words.len() <= 3 {
        Pointing::Demand
    } else if names(Class::NamedClaim) {
        Pointing::Claim
    } else {
        Pointing::Nothing
    }
}
