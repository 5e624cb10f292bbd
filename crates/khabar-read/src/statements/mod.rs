//! Who says what, through whom.
//!
//! The way of a document through this module:
//! * [`speech`] collects the quotations that can be somebody's words, and [`lexicon`] finds the cues that can be read at each word
//!   ([`scene`] holds both);
//! * for each cue, [`quoted`] finds the quotation beside it and [`content_en`] or [`content_ar`] the clause or phrase that
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
mod words;

use std::collections::BTreeMap;

use khabar_lang::{Analysis, Language, Upos, Word};
use khabar_record::{
    Cue, EntityId, EntityKind, Manner, Medium, Party, Record, Stance, Statement, StatementId,
    StatementKind, TextRange,
};
use khabar_table::TableError;

use crate::clauses;
use crate::names::Cast;
use crate::names::reasons::{Decision, Weights};
use lexicon::{Found, Lexicon, Part};
use scene::Scene;
use source::Source;
use standing::{is_anonymity, is_cue_here, is_first, is_nobody, turns_claims};

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

    /// Whether a content is a pronoun and nothing else.
    fn is_bare_pronoun(&self, content: &[TextRange]) -> bool {
        let [part] = content else { return false };
        let words = self.scene.analysis.words_in(*part);
        // بها: the preposition in front says no more.
        let mut said = words.map(|at| self.scene.word(at)).filter(|word| {
            !(self.scene.is_arabic() && matches!(word.upos(), Upos::Adp | Upos::Punct))
        });
        said.next().is_some_and(|word| word.upos() == Upos::Pron) && said.next().is_none()
    }

    /// What is said, and the quotations that belong to it.
    fn content(&self, found: &Found<'a>) -> (Vec<TextRange>, Vec<usize>) {
        if let Some(content) = self.passed_on(found).or_else(|| self.antecedent(found)) {
            return (content, Vec::new());
        }
        // "Asked whether …, she said": what is asked ends before the main clause.
        if source::is_asked(&self.scene, found.word) {
            let content = content_en::read(&self.scene, found);
            return (order::before_main_clause(&self.scene, found, content), Vec::new());
        }
        let quotes = if self.scene.is_arabic() {
            found.cue.frame.takes(&frame::ContentSlot::Quote)
        } else {
            found.cue.frame.quotes()
        };
        if quotes && found.part != Part::Preposition {
            let beside = quoted::beside(&self.scene, found);
            let quotes: Vec<usize> = beside.all().collect();
            if !quotes.is_empty() {
                let (mut content, quotes) = self.quoted_content(beside, quotes);
                // A relay passes on the report of the quotation, from عن on.
                let about = source::relayed_from(&self.scene, found);
                if let (Some(about), Some(first)) = (about, content.first_mut())
                    && about.range().end() <= first.start()
                {
                    *first = TextRange::new(about.range().start(), first.end());
                    let mut whole = self
                        .scene
                        .speeches
                        .iter()
                        .filter(|speech| speech.closed && speech.content.end() == first.end());
                    if let Some(speech) = whole.next_back() {
                        *first = self.scene.trimmed(first.cover(speech.range));
                    }
                    return (content, Vec::new());
                }
                return (content, quotes);
            }
        }
        let content = if self.scene.is_arabic() {
            content_ar::read(&self.scene, found)
        } else {
            content_en::read(&self.scene, found)
        };
        let inside = |speech: &speech::Speech| {
            speech.long
                && !speech.words.contains(&found.word.index())
                && content.iter().any(|part| part.contains_range(speech.content))
        };
        let quotes: Vec<usize> = (0..self.scene.speeches.len())
            .filter(|&quote| inside(&self.scene.speeches[quote]))
            .collect();
        (content, quotes)
    }

    /// What the pronoun of a relative clause stands for: "…، وهو ما تنفيه طهران", "التهمة التي ينفيها".
    fn antecedent(&self, found: &Found<'a>) -> Option<Vec<TextRange>> {
        let clitic =
            found.last.next().filter(|next| next.upos() == Upos::Pron && next.is_attached())?;
        let told = self.scene.is_arabic()
            && found.part == Part::Verb
            && turns_claims(found.cue.stance)
            && clitic.index() == found.word.index() + 1;
        if told && let Some(topic) = source::fronted(&self.scene, found) {
            return Some(vec![topic.noun_phrase()]);
        }
        let before = found.word.previous().filter(|_| told)?;
        let sentence = found.word.sentence();
        if before.key() == "ما" {
            let resumes =
                before.previous().filter(|word| matches!(word.key(), "هو" | "هي"))?.range().start();
            let near = |statement: &&Statement| {
                statement.content.last().is_some_and(|part| {
                    part.end() <= resumes && part.start() >= sentence.range().start()
                })
            };
            if let Some(claim) = self.record.statements.iter().rev().find(near) {
                return Some(claim.content.clone());
            }
            let whole = TextRange::new(sentence.range().start(), resumes);
            let last = self.scene.analysis.words_in(whole).rev().find(|&at| {
                let word = self.scene.word(at);
                word.upos() != Upos::Punct && word.key() != "و"
            })?;
            let start = sentence.word_range().start;
            return Some(vec![self.scene.trimmed(self.scene.stretch(start, last))]);
        }
        let noun = before.previous().filter(|_| content_ar::is_relative(before))?;
        let top = std::iter::once(noun)
            .chain(noun.ancestors())
            .take_while(|word| word.upos().is_nominal())
            .last()?;
        let phrase = top.noun_phrase();
        let end = before.range().start();
        (phrase.start() < end)
            .then(|| vec![self.scene.trimmed(TextRange::new(phrase.start(), end))])
    }

    /// "quoted the minister as saying …": the carrier passes on what the speaker says.
    fn passed_on(&self, found: &Found<'a>) -> Option<Vec<TextRange>> {
        let relays = matches!(found.cue.act.as_str(), "quote" | "cite");
        if self.scene.is_arabic() || !relays {
            return None;
        }
        let from = found.last.index() + 1;
        let limit = (from + PASSED_ON).min(self.scene.reach(found.word).end);
        let inner = (from + 1..limit).find(|&at| {
            self.scene.word(at - 1).key() == "as"
                && self.scene.word(at).xpos() == "VBG"
                && self.scene.reports_at(at)
        })?;
        let cue = self.scene.cues_at(inner).iter().find(|cue| cue.part == Part::Verb)?.clone();
        let (content, _) = self.content(&cue);
        (!content.is_empty()).then_some(content)
    }

    /// The quotations beside a cue with what completes their sentences.
    fn quoted_content(
        &self,
        beside: quoted::Beside,
        mut quotes: Vec<usize>,
    ) -> (Vec<TextRange>, Vec<usize>) {
        let mut content = Vec::new();
        for &quote in &quotes {
            let speech = self.scene.speeches[quote].content;
            let opens = beside.opens.filter(|_| beside.before == Some(quote));
            content.push(match opens {
                Some(start) => {
                    let end = self.scene.speeches[quote].range.end();
                    self.scene.trimmed(TextRange::new(start, end))
                }
                None => speech,
            });
        }
        if let Some(rest) = beside.rest {
            content.push(self.scene.trimmed(rest));
        }
        let inside = |speech: &speech::Speech| {
            speech.long && content.iter().any(|part| part.contains_range(speech.content))
        };
        let more = (0..self.scene.speeches.len())
            .filter(|&quote| inside(&self.scene.speeches[quote]) && !quotes.contains(&quote));
        quotes.extend(more.collect::<Vec<_>>());
        quotes.sort_unstable();
        content.sort_unstable();
        (content, quotes)
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

    fn addressee(&mut self, found: &Found<'a>, content: &[TextRange]) -> Vec<Party> {
        if let Some(head) = circumstance::addressee(&self.scene, found, content) {
            return self.cast.parties(self.record, head);
        }
        let somebody = |head: &Word<'_>| {
            self.cast.actor_at(head.index()).is_some_and(|actor| actor.kind != EntityKind::Place)
        };
        let in_order = circumstance::addressee_in_order(&self.scene, found, content);
        let head = in_order.into_iter().find(somebody);
        head.map(|head| self.cast.parties(self.record, head)).unwrap_or_default()
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

    /// The parties that a source stands for.
    fn parties(&mut self, source: Source<'a>, found: &Found<'a>) -> Vec<Party> {
        if self.scene.without == Some(Aid::Coreference) {
            return named_only(source, self.cast, self.record);
        }
        match source {
            Source::Phrase(head) if is_nobody(head) => Vec::new(),
            // كل من فرنسا وألمانيا: those behind من.
            Source::Phrase(head) if let Some(each) = standing::each_of(&self.scene, head) => {
                self.cast.parties(self.record, each)
            }
            Source::Phrase(head) if Self::is_first_person(head) => self.speaker_around(head),
            Source::Phrase(head) => self.cast.parties(self.record, head),
            Source::Relative(noun, pronoun) => {
                let mut party = self.cast.party(self.record, noun);
                party.span = party.span.map(|span| span.cover(pronoun.range()));
                vec![party]
            }
            Source::Before if self.scene.is_arabic() => self.carried_on(found),
            Source::Before => self.before(found),
            Source::Implied(verb) if is_first(verb) => self.speaker_around(verb),
            Source::Implied(verb) => match self.before(found) {
                parties if parties.is_empty() => {
                    self.cast.implied(self.record, verb).into_iter().collect()
                }
                parties => parties,
            },
            Source::Nobody => Vec::new(),
        }
    }

    /// Gives the statements in the first person to whoever says the words that they stand in, now that all are read.
    fn name_first_persons(&mut self) {
        for (at, word) in std::mem::take(&mut self.first_person) {
            let holds = |(other, statement): &(usize, &Statement)| {
                *other != at
                    && statement.source.iter().any(|party| party.entity.is_some())
                    && statement.content.iter().any(|part| part.contains_range(word.range()))
            };
            let size = |statement: &Statement| -> u32 {
                statement.content.iter().map(|part| part.len().to_u32()).sum()
            };
            let around = self.record.statements.iter().enumerate().filter(holds);
            let Some((_, speaker)) = around.min_by_key(|(_, statement)| size(statement)) else {
                continue;
            };
            let span = (word.upos() == Upos::Pron).then(|| word.range());
            let own = |party: &Party| Party { span, ..party.clone() };
            let source = speaker.source.iter().map(own).collect();
            self.record.statements[at].source = source;
        }
    }

    fn is_first_person(head: Word<'_>) -> bool {
        head.upos() == Upos::Pron && matches!(head.key(), "i" | "we" | "انا" | "نحن" | "ني" | "نا")
    }

    /// Whoever says the quotation that a first-person pronoun stands in; the pronoun is the span.
    fn speaker_around(&self, head: Word<'_>) -> Vec<Party> {
        let holds = |statement: &&Statement| {
            statement.content.iter().any(|part| part.contains_range(head.range()))
        };
        let speaker = self.record.statements.iter().rev().find(holds);
        let pronoun = head.upos() == Upos::Pron;
        let span = pronoun.then(|| head.range());
        let own = |party: &Party| Party { span, ..party.clone() };
        match speaker {
            Some(statement) => statement.source.iter().map(own).collect(),
            None if !pronoun => Vec::new(),
            None => vec![Party {
                entity: None::<EntityId>,
                span: Some(head.range()),
                country: None,
                sector: None,
            }],
        }
    }
}

/// The parties of a source that is named where it speaks; of a pronoun the bare words.
fn named_only(source: Source<'_>, cast: &mut Cast, record: &mut Record) -> Vec<Party> {
    match source {
        Source::Phrase(head) if head.upos() == Upos::Pron => {
            vec![Party { entity: None, span: Some(head.range()), country: None, sector: None }]
        }
        Source::Phrase(head) => cast.parties(record, head),
        Source::Relative(noun, _) => vec![cast.party(record, noun)],
        Source::Before | Source::Implied(_) | Source::Nobody => Vec::new(),
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
