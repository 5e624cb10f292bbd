//! Article and analysis to record: who and where is spoken of, who says what, who does what to whom.
//!
//! A [`Reader`] holds the rules of both languages and is shared between threads. Reading is a pure function: the same
//! article gives the same record. Each kind of row has a module of its own, and the later ones see what the earlier ones
//! found: times and amounts, names, statements, events.
//!
//! The readers go by lists and trees: a sentence at a time, never across sentences but to carry on a speaker. A missing row
//! is better than a false one.

pub mod amount;
mod clauses;
#[doc(hidden)]
pub mod events;
mod governed;
mod inflect;
mod keys;
mod mend;
#[doc(hidden)]
pub mod names;
pub mod numerals;
mod phrases;
mod rules;
mod statements;
mod tense;
pub mod time;

use std::sync::OnceLock;

use khabar_lang::{Analysis, Language};
use khabar_record::{Article, Record, TextRange};
use khabar_table::TableError;

use rules::Rules;
#[doc(hidden)]
pub use statements::Aid;

/// An article read up to its statements.
#[doc(hidden)]
#[derive(Debug)]
pub struct Draft {
    record: Record,
    cast: names::Cast,
}

/// Reads analysed articles into records. The rules of a language are loaded when its first article comes.
#[derive(Debug)]
pub struct Reader {
    english: OnceLock<Rules>,
    arabic: OnceLock<Rules>,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// Makes a reader that goes by the built-in rules.
    pub fn new() -> Self {
        Self { english: OnceLock::new(), arabic: OnceLock::new() }
    }

    fn rules(&self, language: Language) -> &Rules {
        let rules = match language {
            Language::English => &self.english,
            Language::Arabic => &self.arabic,
        };
        rules.get_or_init(|| rules::built_in(language))
    }

    /// The rules of a language, to put others in.
    fn rules_mut(&mut self, language: Language) -> Option<&mut Rules> {
        self.rules(language);
        match language {
            Language::English => self.english.get_mut(),
            Language::Arabic => self.arabic.get_mut(),
        }
    }

    /// The same reader with another model of names, for measuring; none when the bytes are no model.
    #[doc(hidden)]
    #[must_use]
    pub fn with_name_tagger(mut self, language: Language, model: &[u8]) -> Option<Self> {
        self.rules_mut(language)?.tagger = names::tagger::Tagger::read(model)?;
        Some(self)
    }

    /// What the lists know of each word, for training.
    #[doc(hidden)]
    pub fn name_flags(&self, analysis: &Analysis) -> Vec<u32> {
        names::known_flags(self.rules(analysis.language()), analysis)
    }

    /// The first word of a name of a class among these words, for training.
    #[doc(hidden)]
    pub fn name_start(
        &self,
        analysis: &Analysis,
        flags: &[u32],
        words: std::ops::Range<usize>,
        class: names::tagger::labels::Class,
    ) -> usize {
        names::name_start(self.rules(analysis.language()), analysis, flags, words, class)
    }

    /// Whether these flags are a demonym's.
    #[doc(hidden)]
    pub fn is_demonym(&self, flags: u32) -> bool {
        flags & names::flag::DEMONYM != 0
    }

    /// Reads an article. `analysis` is that of the article's text.
    pub fn read(&self, article: Article, analysis: &Analysis) -> Record {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        let (mut record, mut cast) = self.read_statements(article, analysis);
        events::read(&rules.events, analysis, &mut record, &mut cast);
        record.mentions.sort_by_key(|mention| (mention.span, mention.entity));
        record
    }

    /// The words that may name events with the readings that they may have, for training.
    #[doc(hidden)]
    pub fn event_examples(&self, article: Article, analysis: &Analysis) -> Vec<events::Example> {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        let (record, cast) = self.read_statements(article, analysis);
        events::examples(&rules.events, analysis, &record, &cast)
    }

    /// The questions who takes part in the events that the lists find, for training; of `known` triggers the types are given.
    #[doc(hidden)]
    pub fn party_questions(
        &self,
        article: Article,
        analysis: &Analysis,
        known: &[(TextRange, String)],
    ) -> Vec<events::rank::Question> {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        let (record, cast) = self.read_statements(article, analysis);
        events::questions(&rules.events, analysis, &record, &cast, known)
    }

    /// The questions whom pronouns and descriptions mean, for learning what the reasons weigh.
    #[doc(hidden)]
    pub fn lesson(&self, article: Article, analysis: &Analysis) -> names::Lesson {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        let mut record = Record::new(article.document);
        self.read_values(analysis, &mut record);
        names::lesson(rules, analysis, &record)
    }

    /// Sets what reasons weigh in one kind of decision, for measuring weights that are being learnt.
    #[doc(hidden)]
    pub fn set_weights(
        &mut self,
        language: Language,
        what: names::reasons::What,
        weights: names::reasons::Weights,
    ) {
        if let Some(rules) = self.rules_mut(language) {
            rules.weighing.set(what, weights);
        }
    }

    /// Takes a list of what reasons weigh in place of the built-in one, for measuring it.
    #[doc(hidden)]
    pub fn set_weighing(&mut self, language: Language, list: &str) -> Result<(), TableError> {
        let weighing = names::Weighing::parse("follow.tsv", list)?;
        if let Some(rules) = self.rules_mut(language) {
            rules.weighing = weighing;
        }
        Ok(())
    }

    /// Takes what reasons weigh by which the parties of events are chosen in place of the built-in table, for measuring it; none
    /// when the bytes are no such table.
    #[doc(hidden)]
    #[must_use]
    pub fn with_parties(mut self, language: Language, bytes: Vec<u8>) -> Option<Self> {
        self.rules_mut(language)?.events.set_parties(bytes.leak()).then_some(self)
    }

    /// Reads who is spoken of, bystanders included, for scoring who is who.
    #[doc(hidden)]
    pub fn read_everybody(&self, article: Article, analysis: &Analysis) -> Vec<(usize, TextRange)> {
        let lesson = self.lesson(article, analysis);
        lesson.mentions.into_iter().map(|(actor, span, _)| (actor, span)).collect()
    }

    /// All that is read before the events; the trees are mended already.
    fn read_statements(&self, article: Article, analysis: &Analysis) -> (Record, names::Cast) {
        let Draft { mut record, mut cast } = self.draft_mended(article, analysis);
        let rules = self.rules(analysis.language());
        rules.statements.read(analysis, &mut record, &mut cast, None);
        names::name_reporters(analysis, &mut record, &mut cast);
        names::name_first_persons(analysis, &mut record, &mut cast);
        (record, cast)
    }

    /// Adds its statements to a draft, without one of the reader's aids, to measure what it gives and what time the statements
    /// take by themselves.
    #[doc(hidden)]
    pub fn with_statements(
        &self,
        draft: Draft,
        analysis: &Analysis,
        without: Option<Aid>,
    ) -> Record {
        let Draft { mut record, mut cast } = draft;
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        rules.statements.read(analysis, &mut record, &mut cast, without);
        record
    }

    /// What the trained model of statements knows of each statement of a record read without it, for training.
    #[doc(hidden)]
    pub fn statement_features(&self, record: &Record, analysis: &Analysis) -> Vec<Vec<String>> {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        rules.statements.examples(analysis, record)
    }

    /// The questions which claim each statement of a record answers, for learning what the reasons weigh. The record was read
    /// without [`Aid::Answers`]; `given` are the right answers, and the record takes them.
    #[doc(hidden)]
    pub fn answer_questions(
        &self,
        record: &mut Record,
        analysis: &Analysis,
        given: &std::collections::BTreeMap<khabar_record::StatementId, khabar_record::StatementId>,
    ) -> Vec<(khabar_record::StatementId, names::reasons::Decision)> {
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        rules.statements.answer_questions(analysis, record, given)
    }

    /// Adds statements to a draft and keeps it one, so that the events can be timed by themselves.
    #[doc(hidden)]
    pub fn stated(&self, draft: Draft, analysis: &Analysis) -> Draft {
        let Draft { mut record, mut cast } = draft;
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        rules.statements.read(analysis, &mut record, &mut cast, None);
        Draft { record, cast }
    }

    /// Adds its events to a draft with statements.
    #[doc(hidden)]
    pub fn with_events(&self, draft: Draft, analysis: &Analysis) -> Record {
        let Draft { mut record, mut cast } = draft;
        let rules = self.rules(analysis.language());
        let analysis = &*mend::trees(analysis, rules);
        events::read(&rules.events, analysis, &mut record, &mut cast);
        record
    }

    /// Reads an article up to its statements.
    #[doc(hidden)]
    pub fn draft(&self, article: Article, analysis: &Analysis) -> Draft {
        let rules = self.rules(analysis.language());
        self.draft_mended(article, &mend::trees(analysis, rules))
    }

    fn draft_mended(&self, article: Article, analysis: &Analysis) -> Draft {
        let rules = self.rules(analysis.language());
        let mut record = Record::new(article.document);
        record.sentences = analysis.sentences().map(khabar_lang::Sentence::range).collect();
        self.read_values(analysis, &mut record);
        let cast = names::read(rules, analysis, &mut record);
        Draft { record, cast }
    }

    /// The times and amounts of a text.
    #[allow(clippy::unused_self, reason = "a step of the reader like the others")]
    fn read_values(&self, analysis: &Analysis, record: &mut Record) {
        let text = record.document.text.as_str();
        let document = &record.document;
        let published = document.published.map(|date| time::Published {
            date,
            time: document.published_time.map(|moment| moment.time),
            offset: document.published_time.and_then(|moment| moment.offset),
        });
        let tense = tense::of_clauses(analysis);
        record.times = time::mentions(text, analysis.language(), published, &tense)
            .into_iter()
            .map(|mention| mention.time)
            .collect();
        record.amounts = amount::amounts(text, analysis.language(), &record.times);
    }
}
