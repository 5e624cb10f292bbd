//! Whom the first person means: whoever says the words that it stands in, or the body that he speaks for.

use khabar_lang::{Language, Number, Person, Upos, Word};
use khabar_record::{
    EntityId, EntityKind, Manner, Mention, MentionForm, Party, Record, Statement, TextRange,
};

use super::cast::Cast;

/// How many of them speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaker {
    /// I.
    One,
    /// We.
    Several,
    /// You: the one spoken to.
    Addressed,
}

/// Adds the mentions in the first person, now that the statements are known, to whoever makes the innermost statement
/// around them.
pub(crate) fn name_first_persons(
    analysis: &khabar_lang::Analysis,
    record: &mut Record,
    cast: &mut Cast,
) {
    for word in analysis.words() {
        let Some((speaker, span, form)) = first_person(word) else { continue };
        let Some(statement) = statement_around(record, word.range()) else { continue };
        let parties = match speaker {
            Speaker::Addressed => &statement.addressee,
            Speaker::One | Speaker::Several => &statement.source,
        };
        let [Party { entity: Some(person), .. }] = parties.as_slice() else { continue };
        let person = *person;
        let entity = match speaker {
            Speaker::One => Some(person).filter(|&id| is_single(record, id)),
            Speaker::Addressed => Some(person)
                .filter(|&id| is_single(record, id) && statement.manner == Manner::Direct),
            Speaker::Several => spoken_for(record, cast, person),
        };
        let Some(entity) = entity else { continue };
        if record.mentions.iter().any(|mention| mention.span == span) {
            continue;
        }
        cast.means(word, entity, span, form);
        record.mentions.push(Mention { entity, span, form });
    }
}

/// Adds the mentions that lie in Arabic verbs of saying without a subject, whose speakers the statements tell.
pub(crate) fn name_reporters(
    analysis: &khabar_lang::Analysis,
    record: &mut Record,
    cast: &mut Cast,
) {
    if analysis.language() != Language::Arabic {
        return;
    }
    let implied = |statement: &Statement| match (&statement.cue, statement.source.as_slice()) {
        (Some(cue), [Party { entity: Some(entity), span: None, .. }]) => Some((cue.span, *entity)),
        _ => None,
    };
    let implied: Vec<_> = record.statements.iter().filter_map(implied).collect();
    for (cue, entity) in implied {
        let Some(verb) = analysis.words_in(cue).map(|at| analysis.word(at)).next() else {
            continue;
        };
        let token = verb.token().range();
        let told = record.mentions.iter().any(|mention| {
            mention.form == MentionForm::Implicit && token.contains_range(mention.span)
        });
        if verb.upos() != Upos::Verb || told {
            continue;
        }
        let span = without_object(verb);
        cast.means(verb, entity, span, MentionForm::Implicit);
        record.mentions.push(Mention { entity, span, form: MentionForm::Implicit });
    }
}

/// An Arabic verb as written, without the pronoun that is its object.
fn without_object(verb: Word<'_>) -> TextRange {
    let token = verb.token().range();
    let object =
        verb.next().filter(|next| next.upos() == Upos::Pron && token.contains_range(next.range()));
    match object {
        Some(object) => TextRange::new(token.start(), object.range().start()),
        None => token,
    }
}

/// What a word shows of a speaker, with the words of the mention.
fn first_person(word: Word<'_>) -> Option<(Speaker, TextRange, MentionForm)> {
    use Speaker::{Addressed, One, Several};
    let pronoun = |speaker| Some((speaker, word.range(), MentionForm::Pronoun));
    match word.analysis().language() {
        Language::English => match word.key() {
            "i" | "me" | "my" | "mine" if word.upos() != Upos::Num => pronoun(One),
            "we" | "us" | "our" | "ours" if word.text() != "US" => pronoun(Several),
            "you" | "your" => pronoun(Addressed),
            _ => None,
        },
        Language::Arabic if word.upos() == Upos::Pron => match word.key() {
            "انا" | "ي" | "ني" => pronoun(One),
            "نحن" | "نا" => pronoun(Several),
            "ك" | "انت" => pronoun(Addressed),
            _ => None,
        },
        Language::Arabic if word.upos() == Upos::Verb => {
            let feats = word.feats();
            let person = feats.person()?;
            if person == Person::Third || word.children().any(|child| child.deprel().is_subject()) {
                return None;
            }
            let several = feats.number() == Some(Number::Plur) || word.key().starts_with('ن');
            let span = without_object(word);
            let speaker = match person {
                Person::Second => Addressed,
                _ if several => Several,
                _ => One,
            };
            Some((speaker, span, MentionForm::Implicit))
        }
        Language::Arabic => None,
    }
}

/// The innermost statement around some words.
fn statement_around(record: &Record, words: TextRange) -> Option<&Statement> {
    let around = record
        .statements
        .iter()
        .filter(|statement| statement.content.iter().any(|part| part.contains_range(words)));
    around.min_by_key(|statement| -> u32 {
        statement.content.iter().map(|part| part.len().to_u32()).sum()
    })
}

fn is_single(record: &Record, id: EntityId) -> bool {
    matches!(record.entities[id.0 as usize - 1].kind, EntityKind::Person | EntityKind::Role)
}

/// The body that somebody speaks for who says "we": itself, for an official his state, for others the body that his own
/// description names.
fn spoken_for(record: &Record, cast: &Cast, id: EntityId) -> Option<EntityId> {
    let speaker = &record.entities[id.0 as usize - 1];
    let official = |sectors: &[String]| {
        sectors.first().is_some_and(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "COP"))
    };
    let state_of = |country: Option<&str>| {
        let country = country?;
        let state = record.entities.iter().find(|entity| {
            entity.kind == EntityKind::State && entity.country.as_deref() == Some(country)
        });
        state.map(|state| state.id)
    };
    if !is_single(record, id) {
        let state = || state_of(speaker.country.as_deref()).filter(|_| official(&speaker.sectors));
        return state().or(Some(id));
    }
    let body = body_in_description(record, id);
    let of_state = match body {
        Some(body) => official(&record.entities[body.0 as usize - 1].sectors),
        None => official(&speaker.sectors),
    };
    if of_state && let Some(state) = state_of(speaker.country.as_deref()) {
        return Some(state);
    }
    // A villager speaks for the villagers.
    body.or_else(|| {
        let groups = record.entities.iter().filter(|entity| entity.kind == EntityKind::Group);
        groups.map(|group| group.id).find(|&group| cast.share_noun(group, id))
    })
}

/// The body named in a description of somebody ("the head of the fishermen's union").
fn body_in_description(record: &Record, id: EntityId) -> Option<EntityId> {
    let descriptions = record
        .mentions
        .iter()
        .filter(|mention| mention.entity == id && mention.form == MentionForm::Nominal);
    descriptions.into_iter().find_map(|description| {
        let inside = record.mentions.iter().filter(|mention| {
            mention.entity != id
                && description.span.contains_range(mention.span)
                && matches!(mention.form, MentionForm::Name | MentionForm::Nominal)
        });
        let mut bodies = inside.map(|mention| mention.entity).filter(|other| {
            matches!(
                record.entities[other.0 as usize - 1].kind,
                EntityKind::Organization
                    | EntityKind::Group
                    | EntityKind::State
                    | EntityKind::Outlet
            )
        });
        bodies.next()
    })
}
