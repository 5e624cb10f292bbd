//! What the weights of answers are learnt from: the questions which claim each statement answers, with the right claims, in the
//! open half of the corpus and in passages of our own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use khabar_lang::Language;
use khabar_read::Aid;
use khabar_read::names::reasons::{Decision, Who};
use khabar_record::{Record, Stance, Statement, StatementId, TextRange};

use super::corpus::Article;
use super::measure::statement_partners;
use super::texts::{self, StatementReader};
use crate::marked::{self, Marked};
use crate::names::lessons::Question;

/// What a question counts whose right answer the reader has not found.
const UNANSWERABLE: f32 = 0.3;

/// What a question about the gold's own statements counts, which the reader may not have found.
const GOLD_WEIGHT: f32 = 0.5;

/// What a question is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    /// What the reader found in an article.
    Article,
    /// The gold's own statements of an article.
    Gold,
    /// A passage that was written to be learnt from.
    Passage,
}

/// Questions, and how many answers there are to find in the texts that they are from.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub(crate) questions: Vec<Question>,
    pub(crate) answers: usize,
}

/// The questions of the corpus' open half.
pub(crate) fn articles(root: &Path, language: Language) -> Result<Answered> {
    let texts = StatementReader::new(Aid::Answers)?;
    let mut all = Answered::default();
    for article in &texts::lessons(root, language)? {
        let found = of_article(&texts, article)?;
        all.questions.extend(found.questions);
        all.answers += found.answers;
    }
    Ok(all)
}

/// The questions of an article: those about the gold's statements, then those about the reader's own.
fn of_article(texts: &StatementReader, article: &Article) -> Result<Answered> {
    let (mut record, analysis) = texts.article(article)?;
    let partners = statement_partners(&article.gold, &record);
    let gold = article.gold.record.statements.iter();
    let answers: BTreeMap<StatementId, StatementId> =
        gold.filter_map(|statement| Some((statement.id, statement.answers?))).collect();
    let (right, lost) = right_answers(&answers, &partners);
    let decisions = texts.reader.answer_questions(&mut record, &analysis, &right);
    let statements = &record.statements;
    // What the reader answers without weighing is none of the questions.
    let asked = |id: &StatementId| decisions.iter().any(|(asked, _)| asked == id);
    let sure = |s: &&Statement| s.rule == "turn" && right.contains_key(&s.id) && !asked(&s.id);
    let sure = statements.iter().filter(sure).count();
    let mut told = as_read(&article.gold.record);
    let of_gold = texts.reader.answer_questions(&mut told, &analysis, &answers);
    let mut questions = Vec::with_capacity(of_gold.len() + decisions.len());
    questions.extend(of_gold.into_iter().map(|(id, decision)| {
        let claim = answers.get(&id).copied();
        question(&told.statements, decision, claim, &article.story, (From::Gold, GOLD_WEIGHT))
    }));
    questions.extend(decisions.into_iter().map(|(id, decision)| {
        let claim = right.get(&id).copied();
        // What is answered in another article of the story is no lesson here.
        let far = partners
            .get(&id)
            .is_some_and(|gold| article.gold.answers_elsewhere.iter().any(|(own, _)| own == gold));
        let weight = if far {
            0.0
        } else if lost.contains(&id) {
            UNANSWERABLE
        } else {
            1.0
        };
        question(statements, decision, claim, &article.story, (From::Article, weight))
    }));
    Ok(Answered { questions, answers: answers.len() - sure })
}

/// Which of the reader's statements answer which by the gold, and those whose claim the reader has not found.
fn right_answers(
    answers: &BTreeMap<StatementId, StatementId>,
    partners: &BTreeMap<StatementId, StatementId>,
) -> (BTreeMap<StatementId, StatementId>, Vec<StatementId>) {
    let found: BTreeMap<StatementId, StatementId> =
        partners.iter().map(|(&own, &gold)| (gold, own)).collect();
    let (mut right, mut lost) = (BTreeMap::new(), Vec::new());
    for (&own, gold) in partners {
        match answers.get(gold).map(|claim| found.get(claim)) {
            Some(Some(&claim)) => {
                right.insert(own, claim);
            }
            Some(None) => lost.push(own),
            None => {}
        }
    }
    (right, lost)
}

/// A record of the gold as the reader would have it before it looks for answers: without them, and without the stances that only
/// they show.
fn as_read(gold: &Record) -> Record {
    let mut record = gold.clone();
    for statement in &mut record.statements {
        statement.answers = None;
        let plain = statement.cue.as_ref().is_none_or(|cue| {
            matches!(
                cue.act.as_str(),
                "say" | "tell" | "add" | "write" | "announce" | "affirm" | "reply" | "answer"
            )
        });
        let turns = matches!(statement.stance, Stance::Denies | Stance::Confirms | Stance::Doubts);
        if plain && turns {
            statement.stance = Stance::Asserts;
        }
    }
    record
}

/// The questions of passages with marks: `[1 …]` around the cue of a claim (or, where it has none, words of its content), `[>1 …]` around the cue of
/// what answers it.
pub(crate) fn passages(path: &Path, language: Language, weight: f32) -> Result<Answered> {
    let texts = StatementReader::new(Aid::Answers)?;
    let (mut all, mut unread) = (Answered::default(), 0);
    for passage in marked::read(path)? {
        let (mut record, analysis) =
            texts.marked(&passage, language).with_context(|| path.display().to_string())?;
        let (right, lost) = answers(&passage, &record)
            .with_context(|| format!("{}: {}", path.display(), passage.id))?;
        all.answers += right.len() + lost;
        unread += lost;
        let decisions = texts.reader.answer_questions(&mut record, &analysis, &right);
        let statements = &record.statements;
        all.questions.extend(decisions.into_iter().map(|(id, decision)| {
            let claim = right.get(&id).copied();
            question(statements, decision, claim, &passage.id, (From::Passage, weight))
        }));
    }
    println!("{}: {unread} of {} answers are not read", path.display(), all.answers);
    Ok(all)
}

/// Which statements answer which in a passage, and how many answers were not read as statements, or answer such ones.
fn answers(
    passage: &Marked,
    record: &Record,
) -> Result<(BTreeMap<StatementId, StatementId>, usize)> {
    let at = |label: &str| {
        let (_, span) = passage.marks.iter().find(|(other, _)| other == label)?;
        statement_at(record, *span)
    };
    let (mut right, mut lost) = (BTreeMap::new(), 0);
    for (label, span) in &passage.marks {
        let Some(claim) = label.strip_prefix('>') else { continue };
        let number = claim.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if !passage.marks.iter().any(|(other, _)| other == number) {
            bail!("{label} answers no mark");
        }
        match (statement_at(record, *span), at(number)) {
            (Some(own), Some(claim)) if own != claim => {
                right.insert(own, claim);
            }
            _ => lost += 1,
        }
    }
    Ok((right, lost))
}

/// The statement that a mark shows: by its cue, or by its content when it has no cue.
fn statement_at(record: &Record, mark: TextRange) -> Option<StatementId> {
    let is_cued = |s: &&Statement| s.cue.as_ref().is_some_and(|cue| cue.span.overlaps(mark));
    let is_bare =
        |s: &&Statement| s.cue.is_none() && s.content.iter().any(|part| part.overlaps(mark));
    let statements = || record.statements.iter();
    statements().find(is_cued).or_else(|| statements().find(is_bare)).map(|s| s.id)
}

fn question(
    statements: &[Statement],
    decision: Decision,
    claim: Option<StatementId>,
    story: &str,
    (from, weight): (From, f32),
) -> Question {
    let is_right = |who: Who| match who {
        Who::Actor(other) => claim.is_some() && statements.get(other).map(|s| s.id) == claim,
        Who::Thing | Who::Nobody => false,
    };
    let mut right: Vec<bool> = decision.choices.iter().map(|choice| is_right(choice.who)).collect();
    let meant = right.contains(&true);
    if !meant {
        for (right, choice) in right.iter_mut().zip(&decision.choices) {
            *right = choice.who == Who::Nobody;
        }
    }
    // A claim that the reader cannot choose teaches little.
    let weight = if claim.is_some() && !meant { weight * UNANSWERABLE } else { weight };
    Question {
        decision,
        right,
        meant,
        story: story.to_owned(),
        weight,
        measured: from == From::Article,
        passage: from == From::Passage,
    }
}
