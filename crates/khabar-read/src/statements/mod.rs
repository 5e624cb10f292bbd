//! Who says what, through whom.
//!
//! The way of a document through this module:
//! * [`speech`] collects the quotations that can be somebody's words, and [`lexicon`] finds the cues that can be read at each word
//!   ([`scene`] holds both);
//! * for each cue, [`content`] takes the quotation beside it ([`quoted`]) or what [`content_en`] or [`content_ar`] finds: the clause or phrase that
//!   it rules over, mended by the order of words ([`order`]); a cue without any content is no cue here;
//! * [`source`] finds the words that name the source, and the cast of the document whom they stand for;
//! * quotations that no cue reports carry on the speaker before them ([`carry`]) or are signed ([`signed`]); paragraphs that open with a speaker's label are
//!   turns of an interview ([`turns`]);
//! * [`chain`] hangs statements into those that carry them, and [`answers`] finds the claims that denials and confirmations
//!   answer.

mod answers;
mod apposed;
mod bounds_en;
mod carry;
mod chain;
mod circumstance;
mod closing_ar;
mod content;
mod content_ar;
mod content_en;
mod frame;
mod gate;
mod lexicon;
mod mended_en;
mod object_ar;
mod object_en;
mod order;
mod quoted;
mod resume;
mod scene;
mod signed;
mod source;
mod speech;
mod stance;
mod standing;
mod turns;
mod voices;
mod words;

use std::collections::BTreeMap;

use khabar_lang::{Analysis, Language, Upos, Word};
use khabar_record::{
    Cue, Manner, Medium, Party, Record, Stance, Statement, StatementId, StatementKind, TextRange,
};
use khabar_table::TableError;

use crate::clauses;
use crate::names::Cast;
use crate::names::reasons::{Decision, Weights};
use lexicon::{Found, Lexicon, Part};
use scene::Scene;
use source::Source;
use standing::{is_anonymity, is_cue_here, is_first, turns_claims};

/// How far behind "quoted" the "as saying" may stand.
const PASSED_ON: usize = 30;

/// What helps the reader of statements and can be left out, to measure what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aid {
    /// The trees of sentences.
    Tree,
    /// The order of words around English reports.
    Order,
    /// Whom pronouns, bare verbs and quotations carried on stand for.
    Coreference,
    /// The trained model that refuses rows.
    Trained,
    /// Which claims answers answer.
    Answers,
}

/// The lists by which statements are read in one language.
#[derive(Debug)]
pub(crate) struct Statements {
    lexicon: Lexicon,
    gate: gate::Gate,
    /// What the reasons weigh for which a statement answers another.
    answering: Weights,
}

impl Statements {
    /// Loads the lists; a fault in them is an error that names its file and line.
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        Ok(Self {
            lexicon: Lexicon::load(language)?,
            gate: gate::Gate::load(language)?,
            answering: answers::load()?,
        })
    }

    /// Reads the statements of a document whose entities and times are known.
    pub(crate) fn read(
        &self,
        analysis: &Analysis,
        record: &mut Record,
        cast: &mut Cast,
        without: Option<Aid>,
    ) {
        let flat = (without == Some(Aid::Tree)).then(|| analysis.without_tree());
        let analysis = flat.as_ref().unwrap_or(analysis);
        let times = record.times.iter().map(|time| time.span).collect();
        let mut scene = Scene::new(&self.lexicon, analysis, times);
        scene.without = without;
        scene.note_names(record);
        let mut reader = Reader {
            scene,
            record,
            cast,
            spoken: Vec::new(),
            carried: Vec::new(),
            first_person: Vec::new(),
        };
        reader.turns();
        reader.signed();
        reader.cues();
        reader.carry_on();
        reader.name_first_persons();
        chain::nest(&mut reader.record.statements);
        if without != Some(Aid::Trained) {
            reader.refuse(&self.gate);
        }
        chain::add_interviewers(reader.record);
        for statement in &mut reader.record.statements {
            for part in &mut statement.content {
                *part = reader.scene.with_closing_mark(*part);
            }
        }
        if without != Some(Aid::Answers) {
            answers::link(&reader.scene, &self.answering, reader.record);
        }
    }
}

impl Statements {
    /// What the trained model knows of each statement of a record that was read without it, for training.
    pub(crate) fn examples(&self, analysis: &Analysis, record: &Record) -> Vec<Vec<String>> {
        let times = record.times.iter().map(|time| time.span).collect();
        let scene = Scene::new(&self.lexicon, analysis, times);
        (0..record.statements.len()).map(|at| gate::features(&scene, record, at)).collect()
    }

    /// The questions which claim each statement of a record answers that was read without answers, for training.
    pub(crate) fn answer_questions(
        &self,
        analysis: &Analysis,
        record: &mut Record,
        given: &BTreeMap<StatementId, StatementId>,
    ) -> Vec<(StatementId, Decision)> {
        let times = record.times.iter().map(|time| time.span).collect();
        let scene = Scene::new(&self.lexicon, analysis, times);
        answers::questions(&scene, record, given)
    }
}

/// The reading of one document.
struct Reader<'a, 'r> {
    scene: Scene<'a>,
    record: &'r mut Record,
    cast: &'r mut Cast,
    /// The sources of the statements so far that stand outside of quotations and of what others say.
    spoken: Vec<resume::Spoken>,
    /// Of each statement the quotation that it has as content last, by index.
    carried: Vec<Option<usize>>,
    /// The statements in the first person whose speaker was not known when they were read, by index, with the word that shows
    /// the person.
    first_person: Vec<(usize, Word<'a>)>,
}

impl<'a> Reader<'a, '_> {
    /// Takes out the rows that the trained model refuses.
    fn refuse(&mut self, gate: &gate::Gate) {
        let refused: Vec<bool> = (0..self.record.statements.len())
            .map(|at| gate.refuses(&gate::features(&self.scene, self.record, at)))
            .collect();
        if refused.contains(&true) {
            let mut refused = refused.into_iter();
            self.record.statements.retain(|_| refused.next() != Some(true));
            chain::nest(&mut self.record.statements);
        }
    }

    fn cues(&mut self) {
        let mut index = 0;
        while index < self.scene.analysis.word_count() {
            index = self.cue_at(index).unwrap_or(index + 1);
        }
    }

    /// Reads the statement whose cue starts at a word, and returns the index behind the cue.
    fn cue_at(&mut self, index: usize) -> Option<usize> {
        let candidates: Vec<Found<'a>> = self.scene.cues_at(index).to_vec();
        for found in &candidates {
            if !is_cue_here(&self.scene, found) || is_anonymity(&self.scene, found) {
                continue;
            }
            let (content, quotes) = self.content(found);
            if content.iter().all(|part| self.scene.is_time_only(*part)) && !content.is_empty() {
                continue;
            }
            // نُقل عن X قوله: the noun reports, and the passive only says that somebody passed it on.
            if found.is_passive() && self.is_resumed_by_noun(found) {
                continue;
            }
            if self.is_bare_pronoun(&content)
                && !turns_claims(found.cue.stance)
                && !standing::affirms_claim(&self.scene, found, &content)
            {
                continue;
            }
            if standing::is_plain_refusal(&self.scene, found, &content) {
                continue;
            }
            let wordless = content.is_empty();
            if wordless && found.cue.act != "decline" {
                continue;
            }
            if self.is_told_already(found, &content) || self.is_of_whoever(found, &content) {
                continue;
            }
            for &quote in &quotes {
                self.scene.speeches[quote].claimed = true;
            }
            self.relayed(found, &content);
            self.add(found, content, quotes.last().copied());
            // Another cue may stand inside a phrase ("made the claim that"), but not in the same words again.
            let phrase = found.last != found.word && found.last.upos() == Upos::Verb;
            let whole =
                found.part == Part::Preposition || found.word.upos() == Upos::Part || phrase;
            let next = if whole { found.last } else { found.word };
            return Some(next.index() + 1);
        }
        None
    }

    /// Whether a noun of saying with a pronoun (قوله) stands between a cue and its content.
    fn is_resumed_by_noun(&self, found: &Found<'a>) -> bool {
        let from = found.last.index() + 1;
        let to = (from + 14).min(self.scene.reach(found.word).end);
        (from..to).take_while(|&at| !content_ar::is_particle(self.scene.word(at))).any(|at| {
            let pronoun = |next: Word<'_>| next.upos() == Upos::Pron && next.is_attached();
            self.scene.word(at).next().is_some_and(pronoun)
                && self
                    .scene
                    .cues_at(at)
                    .iter()
                    .any(|cue| cue.part == Part::Noun && cue.cue.frame.quotes())
        })
    }

    /// Whether the same words are the content of a verb before in the same sentence, so that this participle or noun only
    /// belongs to that verb: صرح قائلا، أعرب عن أمله، أظهرت دراسة.
    fn is_told_already(&self, found: &Found<'a>, content: &[TextRange]) -> bool {
        let sentence = found.word.sentence().range();
        // "وتابعت تقول": the second verb only carries on the first.
        let carries = found.part == Part::Verb
            && found.word.previous().is_some_and(|before| self.scene.reports_at(before.index()));
        let belongs = carries || matches!(found.part, Part::Participle | Part::Noun);
        (belongs && self.scene.is_arabic() || self.is_object_of_report(found))
            && self.record.statements.iter().rev().take(3).any(|other| {
                // The noun of a phrase (أعربت عن قلقها) is a part of its cue.
                let inside = other
                    .cue
                    .as_ref()
                    .is_some_and(|cue| cue.span.contains_range(found.word.range()));
                (other.content == content || inside && self.scene.is_arabic())
                    && !chain::is_relay(other)
                    && other.cue.as_ref().is_some_and(|cue| {
                        sentence.contains_range(cue.span)
                            && cue.span.start() < found.word.range().start()
                    })
            })
    }

    /// Whether an English noun is what a verb before it expresses ("expressed solidarity with …"), so that the verb reports it.
    fn is_object_of_report(&self, found: &Found<'a>) -> bool {
        !self.scene.is_arabic()
            && found.part == Part::Noun
            && found.word.deprel().universal() == khabar_lang::Deprel::Obj
    }

    /// Whether an attitude is that of anybody whom it fits: من يريد اللقب، ما نخشاه.
    fn is_of_whoever(&self, found: &Found<'a>, content: &[TextRange]) -> bool {
        let whoever = |word: Word<'_>| matches!(word.key(), "من" | "ما" | "كل");
        self.scene.is_arabic()
            && found.cue.kind == StatementKind::Attitude
            && (matches!(source::read(&self.scene, found, content), Source::Phrase(head) if whoever(head))
                || found.word.previous().is_some_and(|before| {
                    before.key() == "من" && before.deprel() != khabar_lang::Deprel::Case
                }))
    }

    fn add(&mut self, found: &Found<'a>, content: Vec<TextRange>, quote: Option<usize>) {
        let from = source::read(&self.scene, found, &content);
        let source = self.parties(from, found);
        let source = self.with_name(source, &content);
        let shown = match from {
            Source::Phrase(head) if Self::is_first_person(head) => Some(head),
            Source::Implied(verb) if is_first(verb) => Some(verb),
            _ => None,
        };
        if let Some(word) = shown
            && source.iter().all(|party| party.entity.is_none())
        {
            self.first_person.push((self.record.statements.len(), word));
        }
        self.has_spoken(found, &source);
        let addressee = self.addressee(found, &content);
        let span = found.span();
        let statement = Statement {
            id: StatementId(0),
            source,
            cue: Some(Cue { span, lemma: found.cue.lemma.clone(), act: found.cue.act.clone() }),
            manner: manner(&self.scene, Some(found.word), &content),
            kind: found.cue.kind,
            stance: stance::of(&self.scene, found, &content),
            addressee,
            medium: circumstance::medium(&self.scene, found, &content),
            within: None,
            chain: Vec::new(),
            answers: None,
            said_at: circumstance::said_at(found, &content, &self.record.times),
            rule: found.cue.rule.clone(),
            content,
        };
        self.push(statement, quote);
    }

    /// Adds the statement that a relay carries when no word of its own reports it: تنقل عن دبلوماسي أن ….
    fn relayed(&mut self, found: &Found<'a>, content: &[TextRange]) {
        let Some(about) = source::relayed_from(&self.scene, found) else { return };
        let Some(speaker) = source::speaker_behind(&self.scene, about) else { return };
        let Some(whole) = content.first().filter(|part| part.start() == about.range().start())
        else {
            return;
        };
        let words = self.scene.analysis.words_in(*whole);
        let opens = words.clone().find(|&at| {
            content_ar::is_particle(self.scene.word(at)) || self.scene.word(at).text() == ":"
        });
        let Some(opens) = opens else { return };
        let named = (words.start..opens).any(|at| {
            at != speaker.index()
                && self
                    .scene
                    .cues_at(at)
                    .iter()
                    .any(|cue| cue.part == Part::Noun && cue.cue.frame.quotes())
        });
        if named {
            return;
        }
        let first = if self.scene.word(opens).text() == ":" { opens + 1 } else { opens };
        let start = self.scene.word(first.min(words.end - 1)).range().start();
        let inner = self.scene.trimmed(TextRange::new(start, whole.end()));
        let source = self.cast.parties(self.record, speaker);
        let manner = manner(&self.scene, None, &[inner]);
        self.push(without_cue(vec![inner], source, manner, "ar.relayed"), None);
    }

    fn push(&mut self, statement: Statement, quote: Option<usize>) {
        // A content of marks alone is what a tree gone wrong leaves over.
        let text = self.scene.analysis.text();
        let says = |part: &TextRange| text[*part].chars().any(char::is_alphanumeric);
        if !statement.content.is_empty() && !statement.content.iter().any(says) {
            return;
        }
        self.record.statements.push(statement);
        self.carried.push(quote);
    }
}

/// In whose words a content stands. Marks around the cue itself do not count: whoever speaks in them reports in turn.
fn manner(scene: &Scene<'_>, cue: Option<Word<'_>>, content: &[TextRange]) -> Manner {
    let text = scene.analysis.text();
    let letters = |range: TextRange| text[range].chars().filter(|c| c.is_alphanumeric()).count();
    let all: usize = content.iter().map(|&part| letters(part)).sum();
    let quoted: usize = scene
        .speeches
        .iter()
        .filter(|speech| cue.is_none_or(|cue| !speech.words.contains(&cue.index())))
        .flat_map(|speech| content.iter().filter_map(|part| part.intersect(speech.content)))
        .map(letters)
        .sum();
    // In English a word or two of the reporter between two pieces does not make the words his; an Arabic clause that its
    // particle opens (أن «…») is reported.
    let slack = usize::from(!scene.is_arabic());
    match quoted {
        0 => Manner::Indirect,
        quoted if quoted * 20 >= all * (20 - slack) => Manner::Direct,
        _ => Manner::Mixed,
    }
}

/// A statement that no cue reports: a quotation carried on, or a turn of an interview.
fn without_cue(
    content: Vec<TextRange>,
    source: Vec<Party>,
    manner: Manner,
    rule: &str,
) -> Statement {
    Statement {
        id: StatementId(0),
        source,
        cue: None,
        content,
        manner,
        kind: StatementKind::Claim,
        stance: Stance::Asserts,
        addressee: Vec::new(),
        medium: None::<Medium>,
        within: None,
        chain: Vec::new(),
        answers: None,
        said_at: None,
        rule: rule.to_owned(),
    }
}

/// Whether the predicate of a cue is denied.
fn is_negated(found: &Found<'_>) -> bool {
    clauses::is_negated(found.word)
}
