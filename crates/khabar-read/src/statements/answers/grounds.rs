//! What speaks for and against that one statement answers another.

use khabar_record::{EntityKind, Manner, Record, Stance, Statement, StatementKind};

use super::told::{Pointing, Told};
use crate::names::reasons::{Choice, Who};
use crate::statements::chain;

/// The name of the reason how far before an answer stands what it points at.
const POINTED_DISTANCE: &str = "distance of what is pointed at";

/// How many statements back an answer looks.
const BACK: usize = 20;
/// How many statements behind an answer its claim may stand ("… denied it. Prosecutors had charged …").
const BEHIND: usize = 5;
/// How many statements may stand between a denial and what its source adds to it.
const ADDED: usize = 3;
/// How many statements back a question may stand.
const ASKED: usize = 2;
/// How much the words that two contents share count when they share a rare one.
const ONE_WORD: f32 = 0.9;

/// In what way a statement may answer another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// "denied it", "denied the claims".
    Points,
    /// "denied that …".
    Says,
    /// "There was no …", from one whose cue does not deny.
    Plain,
}

/// The claims that a statement may answer, the choice that it answers none first; nothing when it does not look like an answer.
pub(super) fn choices(record: &Record, told: &[Told], at: usize) -> Option<Vec<Choice>> {
    let statement = &record.statements[at];
    if statement.stance == Stance::Asks {
        return None;
    }
    let way = way(statement, &told[at]);
    let others = others(record, told, at, way);
    if others.is_empty() {
        return None;
    }
    let denied = denied_before(record, told, at);
    let accused =
        others.iter().any(|&other| other < at && target(told, at, other) != "nobody of its side");
    let asked = others.iter().any(|&other| is_question(record, told, at, other));
    let same =
        || others.iter().any(|&other| other < at && told[at].shared(&told[other]).0 >= ONE_WORD);
    let looks_like_one =
        told[at].denies || denied.is_some() || accused || asked || replies(statement) || same();
    if way == Way::Plain && (statement.kind == StatementKind::Attitude || !looks_like_one) {
        return None;
    }
    let mut choices = vec![none(record, told, at, way)];
    let ranks = Ranks::of(record, told, at, &others);
    choices.extend(others.iter().map(|&other| {
        let mut choice = Choice::new(Who::Actor(other));
        of_pair(record, told, (at, other), way, &mut choice);
        ranks.add(other, way, &mut choice);
        if let Some((claim, added)) = denied {
            choice.when(claim == other, "denied by the same source", added);
            choice.when(claim != other, "denied by the same source", "another claim");
        }
        choice
    }));
    Some(choices)
}

/// The statements that one may answer: those before it and in its own sentence. Only what opens a report with a denial, with
/// nothing before it that can be denied, may have its claim told behind it.
fn others(record: &Record, told: &[Told], at: usize, way: Way) -> Vec<usize> {
    let near = at.saturating_sub(BACK)..(at + BEHIND + 1).min(told.len());
    let can = near.filter(|&other| can_be_answered(record, told, at, other));
    let mut others: Vec<usize> = can.collect();
    let here = others.iter().any(|&other| other < at || told[other].sentence == told[at].sentence);
    if way == Way::Plain || here {
        others.retain(|&other| other < at || told[other].sentence == told[at].sentence);
    }
    others
}

/// Whether a choice is a claim among the last three before an answer that points at one.
pub(super) fn is_pointed_at_nearby(choice: &Choice) -> bool {
    choice.reasons.iter().any(|reason| {
        reason.about == POINTED_DISTANCE
            && matches!(reason.seen, "one before" | "two before" | "three before")
    })
}

/// Whether a statement that answers a claim denies it though its cue does not say so.
pub(super) fn denies_by_answering(record: &Record, told: &[Told], at: usize, claim: usize) -> bool {
    let (statement, other) = (&record.statements[at], &record.statements[claim]);
    let carries_on = denied_before(record, told, at).is_some_and(|(denied, _)| denied == claim);
    matches!(statement.stance, Stance::Asserts | Stance::Demands)
        && statement.kind == StatementKind::Claim
        && other.stance != Stance::Asks
        && matches!(act(statement), "says" | "insists" | "replies" | "explains" | "no cue")
        && told[at].denies
        && (carries_on || other.stance == Stance::Accuses)
}

/// Whether a statement is one that can be answered by another.
fn can_be_answered(record: &Record, told: &[Told], at: usize, other: usize) -> bool {
    let (answer, claim) = (&record.statements[at], &record.statements[other]);
    if at == other || chain::is_relay(claim) || answer.within == Some(claim.id) {
        return false;
    }
    if claim.stance == Stance::Asks {
        return is_question(record, told, at, other);
    }
    if !told[other].sources.is_disjoint(&told[at].sources) {
        return false;
    }
    let said = match claim.stance {
        // An offer or a request that is turned down was made as one.
        Stance::Demands | Stance::Promises => {
            claim.kind == StatementKind::Claim
                && (turns(answer) || told[at].denies || answer.stance == Stance::Promises)
        }
        _ if told[at].pointing == Pointing::Demand => false,
        Stance::Asserts | Stance::Accuses | Stance::Warns => true,
        // What somebody wants is no claim, but who suspects something makes one.
        Stance::Doubts => claim.kind == StatementKind::Attitude,
        _ => false,
    };
    let thought = claim.kind == StatementKind::Attitude
        && !matches!(claim.stance, Stance::Doubts | Stance::Accuses | Stance::Warns);
    said && !thought && (!claim.content.is_empty() || claim.stance == Stance::Accuses)
}

/// "Asked whether …, she said", "سألناه إن كان …، فقال": a question right before.
fn is_question(record: &Record, told: &[Told], at: usize, other: usize) -> bool {
    let (answer, asked) = (&record.statements[at], &record.statements[other]);
    let before = at.checked_sub(other).is_some_and(|back| back <= ASKED)
        || other > at && told[other].sentence == told[at].sentence;
    before
        && asked.stance == Stance::Asks
        && asked.kind == StatementKind::Claim
        && answer.kind == StatementKind::Claim
        && asked.within == answer.within
        && told[other].paragraph == told[at].paragraph
        && (told[other].sentence == told[at].sentence
            || told[other].sources.is_disjoint(&told[at].sources))
}

/// The claim that the same source denied right before, with how near it did so.
fn denied_before(record: &Record, told: &[Told], at: usize) -> Option<(usize, &'static str)> {
    let answer = &record.statements[at];
    let (own, before) = (&told[at].sources, at.saturating_sub(ADDED)..at);
    let last = before.rev().find(|&other| {
        let denial = &record.statements[other];
        let same = !told[other].sources.is_disjoint(own)
            || !told[other].own_states.is_disjoint(&told[at].own_states);
        denial.answers.is_some() && denial.stance == Stance::Denies && same
    })?;
    let claim = record.statements[last].answers?;
    let claim = record.statements.iter().position(|other| other.id == claim)?;
    let same = !told[last].sources.is_disjoint(own);
    let added = match (told[last].paragraph == told[at].paragraph, told[at].denies) {
        _ if record.statements[last].within != answer.within => "inside another statement",
        _ if !same => "for the same state",
        (true, _) if told[last].sentence == told[at].sentence => "in the same sentence",
        (true, true) => "in the same paragraph and denies",
        (true, false) if answer.manner == Manner::Direct => "in the same paragraph in his words",
        (true, false) => "in the same paragraph",
        (false, true) => "before and denies",
        (false, false) => "before",
    };
    Some((claim, added))
}

/// What speaks for and against that a statement answers nothing in the text.
fn none(record: &Record, told: &[Told], at: usize, way: Way) -> Choice {
    let statement = &record.statements[at];
    let mut choice = Choice::new(Who::Nobody);
    choice.is("none, stance", stance(statement.stance));
    choice.is("none, act", act(statement));
    choice.is(
        "none, way",
        match (way, told[at].pointing) {
            (Way::Points, Pointing::Charge) => "points at a charge",
            (Way::Points, Pointing::Demand) => "points at a demand",
            (Way::Points, _) => "points at a claim",
            (Way::Says, _) => "says it",
            (Way::Plain, _) if told[at].denies => "denies in plain words",
            (Way::Plain, _) => "plain",
        },
    );
    choice.when(statement.kind == StatementKind::Attitude, "none, kind", "attitude");
    choice.when(statement.within.is_some(), "none, place", "inside another statement");
    choice.when(at == 0, "none, place", "first");
    choice.when(statement.source.is_empty(), "none, source", "unknown");
    choice.when(statement.manner == Manner::Direct, "none, manner", "direct");
    choice
}

/// What ties a statement to the one that it may answer.
fn of_pair(
    record: &Record,
    told: &[Told],
    (at, other): (usize, usize),
    way: Way,
    choice: &mut Choice,
) {
    let (answer, claim) = (&record.statements[at], &record.statements[other]);
    let (one, two) = (&told[at], &told[other]);
    choice.is("stances", stances(answer, claim));
    choice.is(
        by_way(way, [POINTED_DISTANCE, "distance", "distance of a plain answer"]),
        distance(at, other),
    );
    choice.is("paragraph", paragraph(one, two));
    let accuses = claim.stance == Stance::Accuses;
    match one.pointing {
        Pointing::Charge => choice.is("charge", if accuses { "an accusation" } else { "none" }),
        Pointing::Claim => {
            choice.is("pointed at", if accuses { "an accusation" } else { "a claim" });
        }
        _ => {}
    }
    of_claim(answer, claim, choice);
    let target = target(told, at, other);
    choice.is(
        by_way(way, ["target of what is pointed at", "target", "target of a plain answer"]),
        target,
    );
    choice.when(accuses, "target of an accusation", target);
    choice.when(!one.speaks_of.is_disjoint(&two.sides), "answer speaks of", "who claims");
    choice.when(one.names_source_of(two), "answer speaks of", "a word for who claims");
    choice.when(
        two.names_source_of(one),
        by_way(
            way,
            ["word for who points", "word for who answers", "word for who answers plainly"],
        ),
        "in the claim",
    );
    choice.when(!one.addressees.is_disjoint(&two.sides), "answer speaks to", "who claims");
    choice.when(!two.addressees.is_disjoint(&one.sides), "claim speaks to", "who answers");
    of_words(one, two, way, choice);
    of_question(record, (answer, claim), one.sentence == two.sentence, choice);
}

/// What kind of statement the claim is.
fn of_claim(answer: &Statement, claim: &Statement, choice: &mut Choice) {
    choice.when(claim.kind == StatementKind::Attitude, "claim", "attitude");
    choice.when(claim.source.is_empty(), "claim", "of an unknown source");
    choice.when(claim.cue.is_none(), "claim", "without cue");
    choice.when(claim.within == Some(answer.id), "claim", "held by the answer");
    choice.when(
        claim.within.is_some() && claim.within == answer.within,
        "claim",
        "in the same report",
    );
    choice.when(
        claim.within.is_some() && claim.within != answer.within && claim.within != Some(answer.id),
        "claim",
        "in another report",
    );
    choice.when(
        !claim.content.is_empty() && claim.content == answer.content,
        "content",
        "the same",
    );
}

/// What both contents speak of.
fn of_words(one: &Told, two: &Told, way: Way, choice: &mut Choice) {
    let common = one.speaks_of.intersection(&two.speaks_of).count();
    choice.is(
        "entities of both contents",
        match common {
            0 => "none",
            1 => "one",
            _ => "several",
        },
    );
    let (sum, share) = one.shared(two);
    choice.is(
        by_way(way, ["words of what is pointed at", "words", "words of a plain answer"]),
        match sum {
            s if s < 0.25 => "none",
            s if s < 0.9 => "common",
            s if s < 1.7 => "one",
            s if s < 2.7 => "two",
            _ => "more",
        },
    );
    choice.when(
        way != Way::Points,
        "share of words",
        match share {
            s if s < 0.1 => "none",
            s if s < 0.25 => "some",
            s if s < 0.5 => "a third",
            _ => "half",
        },
    );
    let differ =
        !one.numbers.is_empty() && !two.numbers.is_empty() && one.numbers.is_disjoint(&two.numbers);
    choice.when(differ && sum >= 0.9, "numbers", "differ");
    choice.when(
        way == Way::Plain && one.denies && !two.denies && sum >= 0.9,
        "negation",
        "differs",
    );
}

/// Who asks what may be replied to.
fn of_question(
    record: &Record,
    (answer, claim): (&Statement, &Statement),
    same_sentence: bool,
    choice: &mut Choice,
) {
    if claim.stance == Stance::Asks {
        let entity = |statement: &Statement| {
            let ours =
                |id: khabar_record::EntityId| record.entities.get((id.0 as usize).checked_sub(1)?);
            statement.source.iter().any(|party| {
                party.entity.and_then(ours).is_some_and(|entity| entity.kind == EntityKind::Outlet)
            })
        };
        choice.is(
            "question",
            if claim.source.is_empty() {
                "of nobody"
            } else if entity(claim) {
                "of an outlet"
            } else {
                "of somebody"
            },
        );
        choice.when(replies(answer), "question", "replied to");
        choice.is(
            "question",
            if same_sentence { "in the same sentence" } else { "in another sentence" },
        );
    }
}

/// Which of the claims that may be answered stand out among all.
struct Ranks {
    nearest: Option<usize>,
    nearest_accusation: Option<usize>,
    nearest_of_its_side: Option<usize>,
    most_shared: Option<usize>,
    only: bool,
}

impl Ranks {
    fn of(record: &Record, told: &[Told], at: usize, others: &[usize]) -> Self {
        let before = || others.iter().copied().filter(|&other| other < at);
        let accuses = |other: &usize| record.statements[*other].stance == Stance::Accuses;
        let ours = |other: &usize| target(told, at, *other) != "nobody of its side";
        let mut most = (0.8, None);
        for other in before().collect::<Vec<_>>().into_iter().rev() {
            let (shared, _) = told[at].shared(&told[other]);
            if shared > most.0 {
                most = (shared, Some(other));
            }
        }
        Self {
            nearest: before().max(),
            nearest_accusation: before().filter(accuses).max(),
            nearest_of_its_side: before().filter(ours).max(),
            most_shared: most.1,
            only: others.len() == 1,
        }
    }

    fn add(&self, other: usize, way: Way, choice: &mut Choice) {
        let about =
            by_way(way, ["first of what is pointed at", "first", "first of a plain answer"]);
        let is = |one: Option<usize>| one == Some(other);
        choice.when(is(self.nearest), about, "nearest");
        choice.when(is(self.nearest_accusation), about, "nearest accusation");
        choice.when(is(self.nearest_of_its_side), about, "nearest that names its side");
        choice.when(is(self.most_shared), about, "shares the most words");
        choice.when(self.only, about, "only one");
    }
}

fn by_way(way: Way, [points, says, plain]: [&'static str; 3]) -> &'static str {
    match way {
        Way::Points => points,
        Way::Says => says,
        Way::Plain => plain,
    }
}

fn way(statement: &Statement, told: &Told) -> Way {
    match (turns(statement), told.pointing) {
        (true, Pointing::Nothing) => Way::Says,
        (true, _) => Way::Points,
        (false, _) => Way::Plain,
    }
}

/// Whether a statement denies, confirms or doubts by its own words.
fn turns(statement: &Statement) -> bool {
    matches!(statement.stance, Stance::Denies | Stance::Confirms | Stance::Doubts)
}

/// Whether a claim speaks of who answers it.
fn target(told: &[Told], at: usize, other: usize) -> &'static str {
    let (one, two) = (&told[at], &told[other]);
    if !two.speaks_of.is_disjoint(&one.sources) {
        "its source"
    } else if !two.speaks_of.is_disjoint(&one.sides) {
        "its source's body"
    } else if !two.states_spoken_of.is_disjoint(&one.own_states)
        && two.own_states.is_disjoint(&one.own_states)
    {
        "its source's state"
    } else {
        "nobody of its side"
    }
}

fn distance(at: usize, other: usize) -> &'static str {
    if other > at {
        return if other - at == 1 { "next" } else { "behind" };
    }
    match at - other {
        0 | 1 => "one before",
        2 => "two before",
        3 => "three before",
        4..=6 => "four to six before",
        7..=11 => "seven to eleven before",
        _ => "further before",
    }
}

fn paragraph(one: &Told, two: &Told) -> &'static str {
    if one.sentence == two.sentence {
        return "same sentence";
    }
    match one.paragraph.checked_sub(two.paragraph) {
        None => "behind",
        Some(0) => "same",
        Some(1) => "before",
        Some(2 | 3) => "two or three before",
        Some(_) => "further before",
    }
}

fn replies(statement: &Statement) -> bool {
    act(statement) == "replies"
}

/// What kind of act the cue of an answer names.
fn act(statement: &Statement) -> &'static str {
    let Some(cue) = &statement.cue else { return "no cue" };
    match cue.act.as_str() {
        "deny" | "dispute" | "refute" | "contradict" | "retract" => "denies",
        "reject" | "dismiss" | "mock" | "oppose" => "turns down",
        "refuse" | "decline" => "refuses",
        "confirm" | "admit" | "acknowledge" | "concede" => "confirms",
        "doubt" | "question" | "challenge" => "doubts",
        "reply" | "answer" | "respond" | "retort" | "counter" => "replies",
        "insist" | "stress" | "affirm" | "assert" | "repeat" | "maintain" | "defend" => "insists",
        "explain" | "clarify" | "point-out" | "point out" => "explains",
        "say" | "tell" | "add" | "write" | "state" | "mention" | "post" | "tweet" | "announce" => {
            "says"
        }
        "accuse" | "blame" | "criticize" | "condemn" => "accuses",
        _ => "other",
    }
}

fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Denies => "denies",
        Stance::Confirms => "confirms",
        Stance::Doubts => "doubts",
        Stance::Asks => "asks",
        Stance::Demands => "demands",
        Stance::Promises => "promises",
        Stance::Warns => "warns",
        Stance::Accuses => "accuses",
    }
}

/// What kind of answer to what kind of claim it would be.
fn stances(answer: &Statement, claim: &Statement) -> &'static str {
    match (answer.stance, claim.stance) {
        (_, Stance::Asks) => "reply to a question",
        (Stance::Denies, Stance::Accuses) => "denial of an accusation",
        (Stance::Denies, Stance::Demands) => "refusal of a demand",
        (Stance::Denies, Stance::Promises) => "refusal of an offer",
        (Stance::Denies, Stance::Doubts) => "denial of a suspicion",
        (Stance::Denies, Stance::Warns) => "denial of a warning",
        (Stance::Denies, _) => "denial of a claim",
        (Stance::Confirms | Stance::Doubts, Stance::Demands | Stance::Promises) => {
            "word on a demand or an offer"
        }
        (Stance::Doubts, _) => "doubt of a claim",
        (Stance::Confirms, Stance::Accuses) => "confirmation of an accusation",
        (Stance::Confirms, _) => "confirmation of a claim",
        (Stance::Accuses, Stance::Accuses) => "accusation for an accusation",
        (Stance::Asserts, Stance::Accuses) => "assertion after an accusation",
        (Stance::Asserts, Stance::Asserts) => "assertion after an assertion",
        (_, Stance::Accuses) => "other after an accusation",
        (_, Stance::Demands) => "other after a demand",
        _ => "other",
    }
}
