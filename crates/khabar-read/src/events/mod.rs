//! Events: who did what to whom, by lists of senses and the trees of the sentences.
//!
//! The way of a sentence through this module: words that may name an event are looked up (`lexicon`); the places around
//! each are filled from the tree (`frame`, `grammar`); the first sense whose conditions hold is taken (`choose`) and
//! says which places are actors and recipients (`parties`); what names one happening twice becomes one row (`merge`);
//! nouns that only recall an act are left (`recall`); a trained model corrects who takes part (`rank`); at last the tree tells whether it happened (`status`), when, where and how many it struck (`circumstance`).
//!
//! Nothing is joined across sentences but a pronoun or a verb's ending to whom it stands for, and that is the business of
//! the cast.

mod arabic;
mod build;
mod cameo;
mod candidate;
mod choose;
mod circumstance;
mod classes;
mod draft;
mod features;
mod frame;
mod grammar;
mod hashed;
mod lexicon;
mod merge;
mod model;
mod parties;
mod plover;
pub mod rank;
mod recall;
mod scene;
mod sense;
mod status;
mod support;
mod toward;

use khabar_lang::{Analysis, Language};
use khabar_record::{Record, TextRange};
use khabar_table::TableError;

use crate::names::Cast;
pub use candidate::Example;
pub use hashed::TABLE;
use lexicon::Lexicon;
use model::Model;
pub use model::{Choice, slots, write};
use scene::Scene;
use status::Signs;
use support::Support;

/// What the reader of events knows of one language.
#[derive(Debug)]
pub(crate) struct EventRules {
    lexicon: Lexicon,
    support: Support,
    signs: Signs,
    model: Option<Model>,
    /// What the reasons weigh by which parties are chosen.
    weights: Option<rank::Weights>,
}

macro_rules! rule_file {
    ($name:literal) => {
        (concat!("rules/", $name), include_str!(concat!("../../rules/", $name)))
    };
}

impl EventRules {
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (senses, classes, participles, support, signs, model, weights) = match language {
            Language::English => (
                rule_file!("en/senses.tsv"),
                rule_file!("en/classes.tsv"),
                None,
                rule_file!("en/support.tsv"),
                rule_file!("en/status.tsv"),
                include_bytes!("../../models/events.en.bin").as_slice(),
                include_bytes!("../../models/parties.en.bin").as_slice(),
            ),
            Language::Arabic => (
                rule_file!("ar/senses.tsv"),
                rule_file!("ar/classes.tsv"),
                Some(rule_file!("ar/participles.tsv")),
                rule_file!("ar/support.tsv"),
                rule_file!("ar/status.tsv"),
                include_bytes!("../../models/events.ar.bin").as_slice(),
                include_bytes!("../../models/parties.ar.bin").as_slice(),
            ),
        };
        Ok(Self {
            lexicon: Lexicon::load(language, senses, classes, participles)?,
            support: Support::load(support)?,
            signs: Signs::load(signs)?,
            model: Model::read(model),
            weights: rank::Weights::read(weights),
        })
    }
}

impl EventRules {
    /// Takes other weights of the reasons by which parties are chosen; false when the bytes are none.
    pub(crate) fn set_parties(&mut self, bytes: &'static [u8]) -> bool {
        self.weights = rank::Weights::read(bytes);
        self.weights.is_some()
    }
}

/// Reads the events of a document whose statements are read.
pub(crate) fn read(rules: &EventRules, analysis: &Analysis, record: &mut Record, cast: &mut Cast) {
    let scene = Scene::new(analysis, record, cast);
    let mut drafts = Vec::new();
    for sentence in analysis.sentences() {
        let found = draft::read(rules, &scene, record, sentence, &[]);
        let mut found = merge::read(rules, &scene, found);
        recall::read(rules, &scene, record, &mut found);
        rank::read(rules, &scene, record, &mut found);
        drafts.extend(found);
    }
    build::read(&scene, drafts, record, cast);
}

/// The candidates of a document as training sees them.
pub(crate) fn examples(
    rules: &EventRules,
    analysis: &Analysis,
    record: &Record,
    cast: &Cast,
) -> Vec<Example> {
    let scene = Scene::new(analysis, record, cast);
    let found = analysis.words().filter_map(|word| candidate::at(rules, &scene, record, word));
    found.map(candidate::Candidate::example).collect()
}

/// The questions who takes part in the events of a document, as training sees them. Of triggers that are `known` the types are
/// given, so that the reader's own choice of events does not stand in the way.
pub(crate) fn questions(
    rules: &EventRules,
    analysis: &Analysis,
    record: &Record,
    cast: &Cast,
    known: &[(TextRange, String)],
) -> Vec<rank::Question> {
    let scene = Scene::new(analysis, record, cast);
    let mut questions = Vec::new();
    for sentence in analysis.sentences() {
        let found = draft::read(rules, &scene, record, sentence, known);
        let found = merge::read(rules, &scene, found);
        questions.extend(rank::questions(rules, &scene, record, cast, &found));
    }
    questions
}
