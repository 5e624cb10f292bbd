//! Which claim a denial, a confirmation or a doubt answers, where the text shows it.
//!
//! It shows it in three ways: the content points back ("denied those claims", نفت هذه المزاعم), the content repeats the
//! words of the claim, or the source is the one whom the claim before accuses.

use std::collections::BTreeSet;

use khabar_lang::{Analysis, Upos};
use khabar_record::{EntityId, Record, Stance, Statement, StatementId, TextRange, TextSize};

use super::scene::Scene;
use super::words::Class;

/// How many statements back an answer looks.
const BACK: usize = 12;

/// Sets `answers` on the statements that answer another.
pub(super) fn link(scene: &Scene<'_>, record: &mut Record) {
    let mut links: Vec<(usize, StatementId)> = Vec::new();
    for at in 0..record.statements.len() {
        let statement = &record.statements[at];
        // In an interview the turn behind a question answers it.
        if statement.rule == "turn" && statement.stance != Stance::Asks {
            let before = record.statements[..at].iter().rev().find(|other| other.rule == "turn");
            links.extend(
                before.filter(|turn| turn.stance == Stance::Asks).map(|turn| (at, turn.id)),
            );
        } else if let Some(claim) = claim_for(scene, record, at) {
            links.push((at, claim));
        }
    }
    for (at, claim) in links {
        record.statements[at].answers = Some(claim);
    }
}

fn claim_for(scene: &Scene<'_>, record: &Record, at: usize) -> Option<StatementId> {
    let analysis = scene.analysis;
    let answer = &record.statements[at];
    let sources = entities(answer);
    let words = content_words(analysis, answer);
    let turns = matches!(answer.stance, Stance::Denies | Stance::Confirms | Stance::Doubts);
    if !turns {
        return None;
    }
    let pointing = points_back(scene, answer);
    let mentioned = mentioned_in(record, answer);
    // A claim may stand behind its denial in the same sentence ("denied that …, as the opposition claims").
    let sentence = anchor(answer).and_then(|place| analysis.sentence_at(place));
    let behind = record.statements[at + 1..].iter().take(3).filter(|claim| {
        anchor(claim)
            .and_then(|place| analysis.sentence_at(place))
            .map(khabar_lang::Sentence::index)
            == sentence.map(khabar_lang::Sentence::index)
    });
    let candidates =
        record.statements[..at].iter().rev().take(BACK).chain(behind).filter(|claim| {
            let other = entities(claim);
            matches!(
                claim.stance,
                Stance::Asserts
                    | Stance::Accuses
                    | Stance::Warns
                    | Stance::Demands
                    | Stance::Doubts
            ) && (other.is_empty() || other.is_disjoint(&sources) || sources.is_empty())
                && answer.within != Some(claim.id)
                && !claim.content.is_empty()
        });
    let mut best: Option<(u32, StatementId)> = None;
    for claim in candidates {
        let claimed = content_words(analysis, claim);
        let shared = words.intersection(&claimed).count() as u32;
        let accused = mentioned_in(record, claim);
        let about = !sources.is_disjoint(&accused);
        let same_pair = !mentioned.is_disjoint(&accused);
        let accuses = matches!(claim.stance, Stance::Accuses | Stance::Warns);
        let mut score = 0;
        if pointing {
            score += 3 + u32::from(accuses);
        }
        if words.len() >= 2 && shared * 2 >= words.len() as u32 {
            score += 3;
        } else if shared >= 2 {
            score += 2;
        }
        score += u32::from(about) * 2 + u32::from(same_pair);
        // The nearest of equals: candidates come from the nearest outwards.
        if score >= 3 && best.is_none_or(|(high, _)| score > high) {
            best = Some((score, claim.id));
        }
    }
    best.map(|(_, id)| id)
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
        .map(khabar_lang::Word::lemma)
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
    let names_claim = |key: &str| scene.words.is(Class::NamedClaim, key);
    words.len() <= 9 && words.iter().take(6).any(|word| names_claim(word.key()))
}
