//! Whom an act of speech is meant for when no place of its frame names anybody.
//!
//! The act that it asks for, turns down or threatens with tells: who is to do what is demanded is asked, whose request is
//! rejected is turned down, whom the threatened act would strike is threatened. Marchers who demand something march against
//! those of whom they demand it.

use khabar_lang::{Deprel, Word};
use khabar_record::Record;

use super::EventRules;
use super::draft::Draft;
use super::frame::Around;
use super::parties::Reader;
use super::scene::Scene;
use super::sense::Slot;

/// How far down from what is said the parties are sought: the act, its object, whose that is.
const DEPTH: usize = 2;

/// The prepositions behind which stands whom an act reaches, in the order in which they are asked.
const REACHING: [&str; 18] = [
    "against", "to", "with", "on", "for", "from", "into", "in", "ضد", "علي", "ل", "الي", "مع",
    "من", "تجاه", "ازاء", "عن", "في",
];

/// Gives requests those of whom they ask, so that these can be given what they are asked to do.
pub(super) fn requests<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &mut [Draft<'_, 'a>],
) {
    for at in 0..drafts.len() {
        if drafts[at].kind == "REQUEST" {
            find(rules, scene, record, drafts, at);
        }
    }
}

/// Gives the speech acts of a sentence the recipients that what they say shows.
pub(super) fn read<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &mut [Draft<'_, 'a>],
) {
    // Those who march learn from what they demand against whom they march, so that their turn comes last.
    let mut turns: Vec<usize> = (0..drafts.len()).collect();
    turns.sort_by_key(|&at| drafts[at].kind == "PROTEST");
    for at in turns {
        find(rules, scene, record, drafts, at);
    }
}

fn find<'a>(
    rules: &EventRules,
    scene: &Scene<'a>,
    record: &Record,
    drafts: &mut [Draft<'_, 'a>],
    at: usize,
) {
    if !drafts[at].sides.recipients.is_empty() {
        return;
    }
    let draft = &drafts[at];
    let around = Around::new(scene, &rules.lexicon.classes, &rules.support, &draft.found);
    let reader = Reader::new(&around, &rules.lexicon.classes, &draft.found);
    let found = match draft.kind {
        "REQUEST" => asked(&reader),
        "REJECT" => turned_down(&reader).or_else(|| refused(&reader, drafts, at)),
        "ACCUSE" => accused(&reader).or_else(|| said_of(&reader, record, draft)),
        "THREATEN" | "AGREE" | "CONCEDE" => reached(&reader, drafts, at),
        "PROTEST" => demanded_of(drafts, at),
        _ => None,
    };
    let own = |party: &Word<'a>| !drafts[at].sides.actors.contains(party);
    let found: Vec<Word<'a>> = found.unwrap_or_default().into_iter().filter(own).collect();
    drafts[at].sides.recipients = found;
}

/// Who is to do what is demanded: the subject of the clause, or whose the demanded act is.
fn asked<'a>(reader: &Reader<'_, '_, 'a>) -> Option<Vec<Word<'a>>> {
    if let Some(clause) = reader.around.content()
        && let Some(subject) = own_subject(clause)
    {
        return some(reader.bearers(subject, false, 0));
    }
    let noun = reader.around.object()?;
    // "Asked France for talks": what is asked for stands behind the preposition, and who is asked before it.
    let scene = reader.around.scene;
    let addressed = reader
        .around
        .verb
        .filter(|_| !scene.is_arabic() && !reader.around.is_passive())
        .and_then(|verb| super::grammar::object(scene, verb))
        .filter(|object| *object != noun && object.index() < noun.index())
        .and_then(|object| some(reader.bearers(object, false, 0)));
    if addressed.is_some() {
        return addressed;
    }
    let from = noun.children().find(|child| {
        child.deprel().universal() == Deprel::Nmod
            && matches!(crate::clauses::marker(*child), Some("from" | "by"))
    });
    let by = || {
        let agent = reader.around.fill(&Slot::Marked("by".to_owned())).into_iter().next();
        agent.filter(|_| !reader.around.is_passive() && !reader.around.scene.is_arabic())
    };
    let source = from
        .or_else(by)
        .map(|from| reader.bearers(from, false, 0))
        .filter(|found| !found.is_empty());
    source.or_else(|| some(reader.bearers(noun, true, 0)))
}

/// Whose request, offer or claim is turned down.
fn turned_down<'a>(reader: &Reader<'_, '_, 'a>) -> Option<Vec<Word<'a>>> {
    let noun = reader.around.object()?;
    let owner = super::grammar::genitives(noun).next();
    owner
        .and_then(|owner| some(reader.bearers(owner, false, 0)))
        .or_else(|| some(reader.bearers(noun, false, 0)))
}

/// Whom the refused act would have reached. Of what is denied nobody suffers the denial.
fn refused<'a>(
    reader: &Reader<'_, '_, 'a>,
    drafts: &[Draft<'_, 'a>],
    at: usize,
) -> Option<Vec<Word<'a>>> {
    let scene = reader.around.scene;
    if scene.is_arabic() {
        return inside(drafts, at);
    }
    let clause = reader.around.content()?;
    let infinitive = clause.child(Deprel::Mark).is_some_and(|mark| mark.key() == "to");
    if infinitive { reached(reader, drafts, at) } else { None }
}

/// Of whom a clause says what they are accused of.
fn accused<'a>(reader: &Reader<'_, '_, 'a>) -> Option<Vec<Word<'a>>> {
    let clause = reader.around.content()?;
    some(reader.bearers(own_subject(clause)?, false, 0))
}

/// Of whom the statement that a verb makes says something first: "the group protested that the army …".
fn said_of<'a>(
    reader: &Reader<'_, '_, 'a>,
    record: &Record,
    draft: &Draft<'_, 'a>,
) -> Option<Vec<Word<'a>>> {
    let trigger = draft.trigger().range();
    let told = record
        .statements
        .iter()
        .find(|statement| statement.cue.as_ref().is_some_and(|cue| cue.span.overlaps(trigger)))?;
    let content = *told.content.first()?;
    let analysis = reader.around.scene.analysis;
    let inside = |word: Word<'a>| content.contains_range(word.range());
    let top = analysis
        .words_in(content)
        .map(|at| reader.around.scene.word(at))
        .find(|word| word.heads_clause() && word.head().is_none_or(|head| !inside(head)))?;
    some(reader.bearers(own_subject(top)?, false, 0))
}

/// Whom the act inside would reach: the recipients of its own row, else the parties of its clause.
fn reached<'a>(
    reader: &Reader<'_, '_, 'a>,
    drafts: &[Draft<'_, 'a>],
    at: usize,
) -> Option<Vec<Word<'a>>> {
    inside(drafts, at).or_else(|| {
        let content = reader.around.content().or_else(|| reader.around.object())?;
        below(reader, content, DEPTH)
    })
}

/// The recipients of the act inside, when it has a row of its own.
fn inside<'a>(drafts: &[Draft<'_, 'a>], at: usize) -> Option<Vec<Word<'a>>> {
    drafts
        .iter()
        .find(|inner| inner.ruler == Some(at) && !inner.sides.recipients.is_empty())
        .map(|inner| inner.sides.recipients.clone())
}

/// Of whom those who march or strike demand something.
fn demanded_of<'a>(drafts: &[Draft<'_, 'a>], at: usize) -> Option<Vec<Word<'a>>> {
    let node = drafts[at].verb.unwrap_or(drafts[at].node());
    drafts
        .iter()
        .filter(|other| matches!(other.kind, "REQUEST" | "ACCUSE"))
        .filter(|other| !other.sides.recipients.is_empty())
        .find(|other| {
            let top = other.verb.unwrap_or(other.node());
            let clause = matches!(
                top.deprel().universal(),
                Deprel::Advcl | Deprel::Xcomp | Deprel::Acl | Deprel::Conj
            );
            clause && top.ancestors().take(DEPTH).any(|above| above == node)
        })
        .map(|other| other.sides.recipients.clone())
}

/// The first party below a word: objects first, then phrases by their prepositions.
fn below<'a>(reader: &Reader<'_, '_, 'a>, word: Word<'a>, depth: usize) -> Option<Vec<Word<'a>>> {
    let objects = word
        .children()
        .filter(|child| matches!(child.deprel().universal(), Deprel::Obj | Deprel::Iobj));
    for object in objects.clone() {
        if let Some(found) = some(reader.named(object)) {
            return Some(found);
        }
    }
    for preposition in REACHING {
        let phrase = word.children().find(|child| {
            matches!(child.deprel().universal(), Deprel::Obl | Deprel::Nmod)
                && crate::clauses::marker(*child) == Some(preposition)
        });
        if let Some(found) = phrase.and_then(|phrase| some(reader.named(phrase))) {
            return Some(found);
        }
    }
    if depth == 0 {
        return None;
    }
    let further = objects.chain(word.children().filter(|child| {
        matches!(child.deprel().universal(), Deprel::Xcomp) || child.deprel() == Deprel::Ccomp
    }));
    further.into_iter().find_map(|child| below(reader, child, depth - 1))
}

fn own_subject(clause: Word<'_>) -> Option<Word<'_>> {
    clause.children().find(|child| {
        child.deprel().universal() == Deprel::Nsubj
            && !matches!(child.key(), "who" | "which" | "that" | "there")
    })
}

fn some(found: Vec<Word<'_>>) -> Option<Vec<Word<'_>>> {
    (!found.is_empty()).then_some(found)
}
