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
mod events;
mod inflect;
mod keys;
mod names;
pub mod numerals;
mod phrases;
mod rules;
mod statements;
mod tense;
pub mod time;

use khabar_lang::{Analysis, Language};
use khabar_record::{Article, Record};
use khabar_table::TableError;

use rules::Rules;

/// Reads analysed articles into records.
#[derive(Debug)]
pub struct Reader {
    english: Rules,
    arabic: Rules,
}

impl Reader {
    /// Loads the rules; a fault in a list is an error that names its file and line.
    pub fn new() -> Result<Self, TableError> {
        Ok(Self {
            english: Rules::load(Language::English)?,
            arabic: Rules::load(Language::Arabic)?,
        })
    }

    /// Reads an article. `analysis` is that of the article's text.
    pub fn read(&self, article: Article, analysis: &Analysis) -> Record {
        let rules = match analysis.language() {
            Language::English => &self.english,
            Language::Arabic => &self.arabic,
        };
        let mut record = Record::new(article.document);
        record.sentences = analysis.sentences().map(khabar_lang::Sentence::range).collect();
        let text = record.document.text.as_str();
        let published = record.document.published;
        record.times =
            time::times(text, analysis.language(), published, &tense::of_clauses(analysis));
        record.amounts = amount::amounts(text, analysis.language(), &record.times);
        names::read(rules, analysis, &mut record);
        statements::read(rules, analysis, &mut record);
        events::read(rules, analysis, &mut record);
        record
    }
}
