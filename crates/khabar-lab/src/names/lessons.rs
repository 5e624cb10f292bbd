//! What the weights of reasons are learnt from: the questions that the reader asks itself in annotated texts, each with the
//! right answers.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_read::names::Lesson;
use khabar_read::names::reasons::{Decision, What, Who};
use khabar_record::{Article, Document, MentionForm, Record, TextRange};

use super::coreference::{self, Form};
use crate::gold;
use crate::gold::words::{Words, jaccard_runs};

/// What a question counts whose right answer cannot be chosen.
const UNANSWERABLE: f32 = 0.3;
/// What a description counts that no annotator took for a mention.
const BYSTANDER: f32 = 0.6;

/// A question with the right answers.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) decision: Decision,
    /// Which of its choices are right.
    pub(crate) right: Vec<bool>,
    /// Whether somebody among those who were spoken of is meant, whether or not he can be chosen.
    pub(crate) meant: bool,
    /// The story that it is from, so that no story is both learnt from and scored.
    pub(crate) story: String,
    pub(crate) weight: f32,
    /// Whether it counts when weights are measured: not what is of another kind of text or language.
    pub(crate) measured: bool,
    /// Whether it is of a passage that was written to be learnt from.
    pub(crate) passage: bool,
}

/// The question whom a pronoun in the place of a subject means as one about a verb's ending.
fn as_ending(question: &Question) -> Option<Question> {
    let subject = question.decision.choices.iter().flat_map(|choice| &choice.reasons);
    let is_subject = question.decision.what == What::Pronoun
        && subject.into_iter().any(|r| r.about == "nobody as" && r.seen == "subject");
    is_subject.then(|| {
        let mut ending = question.clone();
        ending.decision.what = What::Ending;
        ending.measured = false;
        ending
    })
}

/// A text with mentions that people have given to entities.
pub(crate) struct Annotated {
    document: Document,
    language: Language,
    story: String,
    mentions: Vec<(TextRange, MentionForm, usize)>,
    /// Whether bystanders are left out of it.
    parts_only: bool,
    weight: f32,
}

/// The articles of the gold corpus' open half in one language, of which each question counts so much.
pub(crate) fn articles(root: &Path, language: Language, weight: f32) -> Result<Vec<Annotated>> {
    let own = gold::lessons(root)?
        .into_iter()
        .filter(|(_, record)| record.document.language.as_deref() == Some(language.code()));
    Ok(own.map(|(_, record)| of_record(record, language, weight)).collect())
}

fn of_record(record: Record, language: Language, weight: f32) -> Annotated {
    let mentions = record.mentions.iter();
    let mentions = mentions.map(|m| (m.span, m.form, m.entity.0 as usize)).collect();
    let id = record.document.id.clone();
    let story = id.split('-').next().unwrap_or_default().to_owned();
    Annotated { document: record.document, language, story, mentions, parts_only: true, weight }
}

/// The documents of a file of GUM, of which each question counts so much.
pub(crate) fn gum(path: &Path, weight: f32) -> Result<Vec<Annotated>> {
    let texts = coreference::read(path)?;
    let annotated = texts.into_iter().enumerate().map(|(number, text)| {
        let form = |form| match form {
            Form::Pronoun => MentionForm::Pronoun,
            Form::Name => MentionForm::Name,
            Form::Noun => MentionForm::Nominal,
        };
        let mentions = text.mentions.iter();
        let mentions = mentions.map(|m| (m.span, form(m.form), m.cluster)).collect();
        let document = text.article().document;
        let story = format!("gum{number}");
        let language = Language::English;
        Annotated { document, language, story, mentions, parts_only: false, weight }
    });
    Ok(annotated.collect())
}

/// Asks the reader for its questions in texts. Where Arabic is learnt, English pronouns in the place of a subject stand for
/// the endings of verbs too, which are pronouns left out.
pub(crate) fn questions(
    texts: &[Annotated],
    analyzer: &Analyzer,
    reader: &Reader,
    language: Language,
) -> Vec<Question> {
    let mut all = Vec::new();
    for text in texts {
        let times = &[];
        let analysis = analyzer.analyze(&text.document.text, text.language, times);
        let article = Article { document: text.document.clone(), blocks: Vec::new() };
        let lesson = reader.lesson(article, &analysis);
        let key = Key::new(text, &lesson);
        let Lesson { decisions, .. } = lesson;
        let wanted = decisions.into_iter().filter(|one| text.parts_only || one.what != What::Part);
        let own: Vec<Question> = wanted.map(|decision| key.question(decision)).collect();
        if text.language != language {
            all.extend(own.iter().filter_map(as_ending));
        }
        all.extend(own.into_iter().map(|question| Question {
            measured: text.language == language && text.parts_only,
            ..question
        }));
    }
    all
}

/// The answers to the questions of one text.
struct Key<'a> {
    text: &'a Annotated,
    words: Words,
    /// Where each actor stands who is one of the gold's, and which one he is there.
    known: BTreeMap<usize, Vec<(TextRange, MentionForm, usize)>>,
    /// The actors with any mention that the gold has too.
    taken: BTreeMap<usize, usize>,
}

impl<'a> Key<'a> {
    fn new(text: &'a Annotated, lesson: &Lesson) -> Self {
        let words = Words::new(&text.document.text);
        let mut key = Self { text, words, known: BTreeMap::new(), taken: BTreeMap::new() };
        for &(actor, span, form) in &lesson.mentions {
            let Some(entity) = key.entities(span, form).first().copied() else { continue };
            *key.taken.entry(actor).or_default() += 1;
            if says_it(form) {
                key.known.entry(actor).or_default().push((span, form, entity));
            }
        }
        key
    }

    /// The gold's entities that words stand for.
    fn entities(&self, span: TextRange, form: MentionForm) -> Vec<usize> {
        let run = self.words.phrase(span);
        let close = self.text.mentions.iter().filter_map(|&(other, as_form, entity)| {
            let closeness = jaccard_runs(&run, &self.words.phrase(other));
            let loose =
                says_it(form) && !(form == MentionForm::Name && as_form == MentionForm::Name);
            let least = if loose { 0.5 } else { 1.0 };
            (says_it(form) == says_it(as_form) && closeness >= least).then_some((closeness, entity))
        });
        let mut close: Vec<(f64, usize)> = close.collect();
        close.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = close.first().map_or(1.0, |one| one.0);
        close.into_iter().take_while(|one| one.0 >= best).map(|one| one.1).collect()
    }

    /// Which of the gold's entities an actor is, by what stands before some words and by names.
    fn entity_of(&self, actor: usize, span: TextRange) -> Option<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &(at, form, entity) in self.known.get(&actor)? {
            if at.start() < span.start() || form == MentionForm::Name {
                *counts.entry(entity).or_default() += 1;
            }
        }
        counts.into_iter().max_by_key(|&(_, count)| count).map(|(entity, _)| entity)
    }

    fn question(&self, decision: Decision) -> Question {
        let span = decision.span;
        let nobody = |who: Who| !matches!(who, Who::Actor(_));
        let (right, meant, weight): (Vec<bool>, bool, f32) = if decision.what == What::Part {
            let taken = |who: Who| matches!(who, Who::Actor(id) if self.taken.contains_key(&id));
            let part = decision.choices.iter().any(|choice| taken(choice.who));
            let right = decision.choices.iter().map(|choice| nobody(choice.who) != part).collect();
            (right, part, 1.0)
        } else {
            let form = match decision.what {
                What::Noun => MentionForm::Nominal,
                What::Ending => MentionForm::Implicit,
                _ => MentionForm::Pronoun,
            };
            let entities = self.entities(span, form);
            let is_meant = |who: Who| {
                matches!(who, Who::Actor(id)
                    if self.entity_of(id, span).is_some_and(|entity| entities.contains(&entity)))
            };
            let someone = decision.choices.iter().any(|choice| is_meant(choice.who));
            let right = decision
                .choices
                .iter()
                .map(|choice| if someone { is_meant(choice.who) } else { nobody(choice.who) })
                .collect();
            let weight = match (entities.is_empty(), someone, decision.what) {
                (true, _, What::Noun) => BYSTANDER,
                (false, false, What::Pronoun | What::Ending) => UNANSWERABLE,
                _ => 1.0,
            };
            let meant = if decision.what == What::Noun { someone } else { !entities.is_empty() };
            (right, meant, weight)
        };
        let story = self.text.story.clone();
        Question {
            decision,
            right,
            meant,
            story,
            weight: weight * self.text.weight,
            measured: true,
            passage: false,
        }
    }
}

/// Whether a mention has words of its own.
fn says_it(form: MentionForm) -> bool {
    matches!(form, MentionForm::Name | MentionForm::Nominal)
}
