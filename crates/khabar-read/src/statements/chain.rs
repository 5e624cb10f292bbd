//! Statements inside statements: which one carries which, and the way from the outermost carrier to the speaker.

use khabar_record::{EntityId, EntityKind, Record, Statement, StatementId, TextRange};

/// How far behind the word for an interview its holder may be named, in bytes.
const INTERVIEWER: u32 = 60;

/// Sorts the statements by their place in the text, numbers them, and hangs each into its carrier.
pub(super) fn nest(statements: &mut [Statement]) {
    statements.sort_by_key(place);
    for (statement, number) in statements.iter_mut().zip(1..) {
        statement.id = StatementId(number);
    }
    let carriers: Vec<Option<usize>> =
        (0..statements.len()).map(|inner| carrier(statements, inner)).collect();
    for inner in 0..statements.len() {
        statements[inner].within = carriers[inner].map(|outer| statements[outer].id);
        let mut chain = speakers(&statements[inner]);
        let mut next = carriers[inner];
        let mut steps = 0;
        // A carrier is longer than what it carries or comes before it, so that this ends; the bound is for safety.
        while let Some(outer) = next
            && steps < statements.len()
        {
            chain.splice(0..0, speakers(&statements[outer]));
            next = carriers[outer];
            steps += 1;
        }
        chain.dedup();
        // Those who speak together are no chain.
        let together = carriers[inner].is_none() && chain.len() > 1;
        statements[inner].chain = if together { Vec::new() } else { chain };
    }
}

/// "In an interview with Xinhua, Lukashenko was quoted as saying": whoever holds the interview carries what is passed on without
/// another carrier.
pub(super) fn add_interviewers(record: &mut Record) {
    let Record { statements, mentions, entities, .. } = record;
    let outlet = |id: EntityId| entities[id.0 as usize - 1].kind == EntityKind::Outlet;
    for statement in statements.iter_mut() {
        let Some(medium) = statement.medium.as_ref().filter(|medium| medium.kind == "interview")
        else {
            continue;
        };
        let passed_on = statement.cue.as_ref().is_some_and(|cue| {
            matches!(cue.act.as_str(), "quote" | "relay")
                || cue.lemma == "قول"
                || cue.act == "say" && cue.lemma != "say"
        });
        if !passed_on || statement.within.is_some() {
            continue;
        }
        let near = |span: TextRange| {
            span.start() >= medium.span.start()
                && span.start().to_u32() <= medium.span.end().to_u32() + INTERVIEWER
                && !covers(statement, span)
        };
        let holder = mentions.iter().find(|mention| near(mention.span) && outlet(mention.entity));
        if let Some(holder) = holder.map(|mention| mention.entity)
            && !statement.chain.contains(&holder)
        {
            statement.chain.insert(0, holder);
        }
    }
}

fn place(statement: &Statement) -> (u32, u32) {
    let cue = statement.cue.as_ref().map(|cue| cue.span.start().to_u32());
    let content = statement.content.first().map(|part| part.start().to_u32());
    (content.into_iter().chain(cue).min().unwrap_or(0), cue.or(content).unwrap_or(0))
}

fn speakers(statement: &Statement) -> Vec<EntityId> {
    statement.source.iter().filter_map(|party| party.entity).collect()
}

fn length(statement: &Statement) -> u32 {
    statement.content.iter().map(|part| part.len().to_u32()).sum()
}

fn covers(statement: &Statement, span: TextRange) -> bool {
    statement.content.iter().any(|part| part.contains_range(span))
}

/// The smallest statement whose content holds another's cue, or its content when it has no cue; of two with the same
/// content the relay carries.
fn carrier(statements: &[Statement], inner: usize) -> Option<usize> {
    let own = &statements[inner];
    let anchor = own.cue.as_ref().map(|cue| cue.span).or(own.content.first().copied())?;
    let holds = |outer: usize| {
        let other = &statements[outer];
        if outer == inner {
            return false;
        }
        if covers(other, anchor) {
            return length(other) > length(own) || !covers(own, other_anchor(other, anchor));
        }
        let carries = is_relay(other) && !is_relay(own) || is_cited(own) && !is_cited(other);
        carries && !own.content.is_empty() && other.content == own.content
    };
    (0..statements.len())
        .filter(|&outer| holds(outer))
        .min_by_key(|&outer| length(&statements[outer]))
}

/// Whether one of these cues passes on another's words.
pub(super) fn passes_on(cues: &[super::lexicon::Found<'_>]) -> bool {
    cues.iter().any(|found| matches!(found.cue.act.as_str(), "relay" | "quote"))
}

fn other_anchor(other: &Statement, default: TextRange) -> TextRange {
    other.cue.as_ref().map_or(default, |cue| cue.span)
}

/// Whether a statement only names whom another quotes: ذكرت الوكالة نقلا عن مسؤولين أن ….
fn is_cited(statement: &Statement) -> bool {
    statement.cue.as_ref().is_some_and(|cue| cue.act == "quote" && cue.lemma.starts_with("نقلا"))
}

/// Whether a statement only passes on another's words.
pub(super) fn is_relay(statement: &Statement) -> bool {
    statement.cue.as_ref().is_some_and(|cue| matches!(cue.act.as_str(), "relay" | "quote" | "cite"))
}
