//! Statements as items.
//!
//! | section | elements |
//! |---|---|
//! | 0 | combination of lemma, act, manner, kind, stance, rule; anchor; 1 + length of the cue, or 0 |
//! | 1 | 1 + index of the time at which it was said; 1 + number of the statement around it, and of the one it answers; 1 + its own number where that is not the usual |
//! | 2 | pieces of content: distance from the anchor, length |
//! | 3, 5 | sources, addressees: 1 + entity, 1 + distance from the anchor, length, combination of country and sector |
//! | 4 | entities of the chain |
//! | 6 | medium: distance from the anchor, length, kind (a term) |
//!
//! The anchor is the start of the cue, without one that of the content.

use khabar_record::{CodePointRange, Cue, EntityId, Medium, Statement, StatementId};

use super::parties::{self, Words};
use super::{Item, List, Packer, damaged, distance, known, near, optional, small};
use crate::error::StoreErrorKind;

/// Writes the statements of a document.
pub(crate) fn pack_statements(
    statements: &[Statement<CodePointRange>],
    words: &mut Words<'_>,
) -> rusqlite::Result<Option<String>> {
    let mut packer = Packer::default();
    for (n, statement) in (1_u32..).zip(statements) {
        let cue = statement.cue.as_ref();
        let (lemma, act) = match cue {
            Some(cue) => (words.number(Some(&cue.lemma))?, words.number(Some(&cue.act))?),
            None => (0, 0),
        };
        let terms = [
            lemma,
            act,
            words.named(statement.manner)?,
            words.named(statement.kind)?,
            words.named(statement.stance)?,
            words.number(Some(&statement.rule))?,
        ];
        packer.number(words.combination(&terms)?);
        let first = cue.map(|cue| cue.span).or(statement.content.first().copied());
        let anchor = first.map_or(0, |span| span.0);
        packer.number(u64::from(anchor));
        packer.number(optional(cue.map(|cue| cue.span.1 - cue.span.0)));
        packer.trimmed(&[
            optional(statement.said_at),
            optional(statement.within.map(|id| id.0)),
            optional(statement.answers.map(|id| id.0)),
            if statement.id.0 == n { 0 } else { u64::from(statement.id.0) + 1 },
        ]);
        packer.section();
        for piece in &statement.content {
            packer.element(&[distance(piece.0, anchor), u64::from(piece.1 - piece.0)]);
        }
        parties::pack(&mut packer, &statement.source, anchor, words)?;
        packer.section();
        for id in &statement.chain {
            packer.element(&[u64::from(id.0)]);
        }
        parties::pack(&mut packer, &statement.addressee, anchor, words)?;
        packer.section();
        if let Some(Medium { span, kind }) = &statement.medium {
            let kind = words.number(Some(kind))?.cast_unsigned();
            packer.element(&[distance(span.0, anchor), u64::from(span.1 - span.0), kind]);
        }
        packer.end();
    }
    Ok(packer.finish())
}

/// Reads what [`pack_statements`] wrote.
pub(crate) fn unpack_statements(
    packed: &str,
    words: &mut Words<'_>,
) -> Result<Vec<Statement<CodePointRange>>, StoreErrorKind> {
    let list = List::of(packed).ok_or_else(|| damaged("statements"))?;
    (1_u32..).zip(list.items()).map(|(n, item)| statement(n, item, words)).collect()
}

fn statement(
    n: u32,
    mut item: Item<'_>,
    words: &mut Words<'_>,
) -> Result<Statement<CodePointRange>, StoreErrorKind> {
    let fault = || damaged("statement");
    let small = |number| small(number, "statement");
    let [combination, anchor, cue] = item.numbers().ok_or_else(fault)?;
    let terms = words.terms_of(combination)?;
    let [lemma, act, manner, kind, stance, rule] = terms[..] else { return Err(fault()) };
    let cue = match known(cue) {
        Some(length) => {
            let start = small(anchor)?;
            Some(Cue {
                span: CodePointRange(start, start.saturating_add(small(length)?)),
                lemma: words.word(lemma)?.unwrap_or_default(),
                act: words.word(act)?.unwrap_or_default(),
            })
        }
        None => None,
    };
    let [said_at, within, answers, id] = item.trimmed().ok_or_else(fault)?;
    let other = |number| known(number).map(small).transpose();
    let content = item.elements::<2>().ok_or_else(fault)?;
    let piece = |start: u64, length: u64| {
        let start = near(anchor, start).ok_or_else(fault)?;
        Ok(CodePointRange(start, start.saturating_add(small(length)?)))
    };
    let content = content.into_iter().map(|[start, length]| piece(start, length));
    let content = content.collect::<Result<_, StoreErrorKind>>()?;
    let source = parties::unpack(&mut item, anchor, words)?;
    let chain = item.elements::<1>().ok_or_else(fault)?;
    let chain = chain.into_iter().map(|[id]| Ok(EntityId(small(id)?)));
    let chain = chain.collect::<Result<_, StoreErrorKind>>()?;
    let addressee = parties::unpack(&mut item, anchor, words)?;
    let medium = match item.elements::<3>().ok_or_else(fault)?[..] {
        [] => None,
        [[start, length, kind], ..] => Some(Medium {
            span: piece(start, length)?,
            kind: words.word(kind.cast_signed())?.unwrap_or_default(),
        }),
    };
    Ok(Statement {
        id: StatementId(other(id)?.unwrap_or(n)),
        source,
        cue,
        content,
        manner: words.value(manner)?,
        kind: words.value(kind)?,
        stance: words.value(stance)?,
        addressee,
        medium,
        within: other(within)?.map(StatementId),
        chain,
        answers: other(answers)?.map(StatementId),
        said_at: other(said_at)?,
        rule: words.word(rule)?.unwrap_or_default(),
    })
}
