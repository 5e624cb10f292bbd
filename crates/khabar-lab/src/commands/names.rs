//! `khabar-lab train names` and `eval names`: the model that finds names.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_read::names::tagger::Tagger;
use khabar_read::names::tagger::labels::{Class, Label};

use super::learning;
use super::train::parse_language;
use crate::names::corpora::{self, Document};
use crate::names::crf::{self, Settings};
use crate::names::examples::{Example, examples};
use crate::names::reading::Reading;

/// What a model of names is trained from and how.
#[derive(clap::Args)]
pub(crate) struct Common {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// A corpus: a file or folder of names in columns or of GUM's entities, or the folder of a gold corpus.
    #[arg(long, required = true)]
    corpus: Vec<PathBuf>,
    /// How many times all is gone through.
    #[arg(long, default_value_t = 20)]
    epochs: usize,
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.0001)]
    decay: f32,
    /// How often a feature must occur to be kept.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// The binary logarithm of the rows of the table.
    #[arg(long, default_value_t = 17)]
    rows: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// By how much words are made less likely to lie outside of names than what was learnt.
    #[arg(long, default_value_t = 0.8)]
    boost: f32,
    /// The share of a word's features that each step of learning sees.
    #[arg(long, default_value_t = 0.6)]
    keep: f32,
    /// Also learn each sentence with some of its names hidden.
    #[arg(long)]
    hide: bool,
}

/// Train the model that finds names.
#[derive(clap::Args)]
pub(crate) struct Train {
    #[command(flatten)]
    common: Common,
    /// Where the model is written.
    #[arg(long)]
    out: PathBuf,
}

/// Score the model of names on parts of corpora that it has not learnt from.
#[derive(clap::Args)]
pub(crate) struct Eval {
    #[command(flatten)]
    common: Common,
    /// The parts of each corpus; a part is scored by a model that has learnt from all others.
    #[arg(long, default_value_t = 4)]
    folds: usize,
    /// Run only so many of the parts.
    #[arg(long)]
    only: Option<usize>,
    /// Corpora that are only scored.
    #[arg(long)]
    unseen: Vec<PathBuf>,
    /// Also run the whole reader with each model and score the kinds of its names, where a corpus tells them.
    #[arg(long)]
    read: bool,
    /// Print so many differences of the whole reader from each corpus.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

impl Common {
    fn settings(&self) -> Settings {
        Settings {
            epochs: self.epochs,
            rate: self.rate,
            decay: self.decay,
            least: self.least,
            rows: self.rows,
            seed: self.seed,
            boost: self.boost,
            keep: self.keep,
            hide: self.hide,
        }
    }

    fn read(&self, paths: &[PathBuf]) -> Result<Vec<Vec<Example>>> {
        let all = self.read_documents(paths)?;
        Ok(all.into_iter().map(|(_, examples)| examples).collect())
    }

    fn read_documents(&self, paths: &[PathBuf]) -> Result<Vec<(Vec<Document>, Vec<Example>)>> {
        let analyzer = Analyzer::new().context("the language models")?;
        let reader = Reader::new();
        let mut all = Vec::new();
        for path in paths {
            let documents = corpora::read(path, self.lang)?;
            let made = examples(&documents, self.lang, &analyzer, &reader);
            let words: usize = made.iter().map(|example| example.words.len()).sum();
            let names: usize = made.iter().map(|example| entities(&labels(example)).len()).sum();
            eprintln!("{}: {words} words, {names} names", path.display());
            all.push((documents, made));
        }
        Ok(all)
    }
}

pub(crate) fn train(arguments: &Train) -> Result<()> {
    let corpora = arguments.common.read(&arguments.common.corpus)?;
    let examples: Vec<&Example> = corpora.iter().flatten().collect();
    let model = crf::train(&examples, &arguments.common.settings());
    let out = &arguments.out;
    learning::write(out, model)
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn eval(arguments: &Eval) -> Result<()> {
    let common = &arguments.common;
    let (documents, corpora): (Vec<_>, Vec<_>) =
        common.read_documents(&common.corpus)?.into_iter().unzip();
    let unseen = common.read(&arguments.unseen)?;
    let mut readings = vec![Reading::default(); corpora.len()];
    let folds = arguments.folds.max(2);
    let mut scores = vec![Score::default(); corpora.len() + unseen.len()];
    for fold in 0..arguments.only.unwrap_or(folds).min(folds) {
        let held = |example: &Example| part(&example.group, folds) == fold;
        let learnt: Vec<&Example> =
            corpora.iter().flatten().filter(|example| !held(example)).collect();
        let model = crf::train(&learnt, &common.settings());
        let tagger = Tagger::read(&model).context("the model just made")?;
        for (corpus, score) in corpora.iter().zip(&mut scores) {
            for example in corpus.iter().filter(|example| held(example)) {
                score.add(&tagger, example);
            }
        }
        if arguments.read {
            let analyzer = Analyzer::new().context("the language models")?;
            let reader = Reader::new().with_name_tagger(common.lang, &model);
            let reader = reader.context("the model just made")?;
            for (corpus, reading) in documents.iter().zip(&mut readings) {
                let told = |document: &&Document| {
                    document.kinds.is_some() && part(&document.group, folds) == fold
                };
                for document in corpus.iter().filter(told) {
                    reading.add(&reader, &analyzer, common.lang, document);
                }
            }
        }
        for (corpus, score) in unseen.iter().zip(&mut scores[corpora.len()..]) {
            for example in corpus {
                score.add(&tagger, example);
            }
        }
    }
    for (path, score) in common.corpus.iter().chain(&arguments.unseen).zip(&scores) {
        println!("{}: {}", path.display(), score.render());
    }
    for (path, reading) in common.corpus.iter().zip(&readings).filter(|_| arguments.read) {
        println!("{}: the whole reader\n{}", path.display(), reading.render());
        for fault in reading.faults.iter().take(arguments.errors) {
            println!("    {fault}");
        }
    }
    Ok(())
}

/// The part that a story, a file or a lone sentence falls into.
fn part(group: &str, folds: usize) -> usize {
    let sum = group.bytes().fold(5381_usize, |sum, byte| sum.wrapping_mul(33) ^ usize::from(byte));
    (sum.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) % folds
}

#[derive(Clone, Default)]
struct Score {
    /// Right, found and gold names of each class.
    counts: [[usize; 3]; 3],
}

impl Score {
    fn add(&mut self, tagger: &Tagger, example: &Example) {
        let found = tagger.labels(example.words.iter().map(|(features, _)| features.as_slice()));
        let (gold, found) = (entities(&labels(example)), entities(&found));
        for (n, class) in Class::ALL.into_iter().enumerate() {
            let of = |all: &BTreeSet<(usize, usize, Class)>| {
                all.iter().filter(|name| name.2 == class).count()
            };
            self.counts[n][0] += gold.intersection(&found).filter(|name| name.2 == class).count();
            self.counts[n][1] += of(&found);
            self.counts[n][2] += of(&gold);
        }
    }

    fn render(&self) -> String {
        let mut parts = Vec::new();
        let mut all = [0; 3];
        for ([right, found, gold], name) in self.counts.iter().zip(["PER", "ORG", "LOC"]) {
            parts.push(format!("{name} {}", prf(*right, *found, *gold)));
            all = [all[0] + right, all[1] + found, all[2] + gold];
        }
        format!("{}  all {}", parts.join("  "), prf(all[0], all[1], all[2]))
    }
}

fn prf(right: usize, found: usize, gold: usize) -> String {
    let share = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
    let (precision, recall) = (share(found), share(gold));
    let sum = precision + recall;
    let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
    format!("{f1:.3} (P {precision:.3} R {recall:.3} n {gold})")
}

fn labels(example: &Example) -> Vec<usize> {
    example.words.iter().map(|&(_, label)| label).collect()
}

/// The names that labels spell: first word, last word, class.
fn entities(labels: &[usize]) -> BTreeSet<(usize, usize, Class)> {
    let mut found = BTreeSet::new();
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        if let Label::In { class, begins, ends } = Label::of(label) {
            if begins {
                start = at;
            }
            if ends {
                found.insert((start, at, class));
            }
        }
    }
    found
}
