//! `khabar-lab train`: treebanks to model files.

use crate::train::network::{Aim, Noise};
use crate::train::{Settings, model, words::Lists};
use crate::treebank::{self, Sentence};
use anyhow::{Context, Result};
use khabar_lang::Language;
use khabar_lang::model::file::Reader;
use khabar_lang::model::lexicon::Lexicon;
use khabar_lang::model::network::Network;
use std::path::{Path, PathBuf};

/// Train the models of a language from treebanks, or the model of names.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Command {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    treebanks: Arguments,
}

/// What is trained besides the models of the language layer.
#[derive(clap::Subcommand)]
pub(crate) enum What {
    /// Train the model that finds names.
    Names(super::names::Train),
    /// Learn what reasons weigh by which pronouns and descriptions are given to somebody.
    Follow(super::follow::Train),
    /// Train the model that tells senses of event words apart.
    Events(super::events::Train),
    /// Learn what reasons weigh by which the parties of events are chosen.
    Parties(super::parties::Train),
    /// Train the model that refuses rows which are no statements.
    Statements(super::statements::Train),
    /// Learn what reasons weigh by which a statement is taken to answer another.
    Answers(super::answers::Train),
}

/// What the models of a language are trained from. Nothing of it is required here, since nothing of it is given with what
/// else is trained.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    pub(crate) lang: Option<Language>,
    /// A treebank to learn from.
    #[arg(long)]
    pub(crate) treebank: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) lists: Lists,
    /// A treebank to look at after each few epochs.
    #[arg(long)]
    pub(crate) held_out: Option<PathBuf>,
    /// Where the model is written.
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// Take the network of this model file instead of training one, to make the other parts anew.
    #[arg(long)]
    pub(crate) network_from: Option<PathBuf>,
    /// Take the lexicon of this model file instead of making one, so that a network that is taken sees the same features.
    #[arg(long)]
    pub(crate) lexicon_from: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) network: NetworkArguments,
}

/// What steers the training of a network; what is not given has a value for each language.
#[derive(clap::Args, Clone)]
pub(crate) struct NetworkArguments {
    #[arg(long)]
    pub(crate) width: Option<usize>,
    #[arg(long)]
    pub(crate) layers: Option<usize>,
    #[arg(long)]
    pub(crate) arc: Option<usize>,
    #[arg(long)]
    pub(crate) label: Option<usize>,
    #[arg(long)]
    pub(crate) epochs: Option<usize>,
    #[arg(long)]
    pub(crate) batch: Option<usize>,
    #[arg(long)]
    pub(crate) rate: Option<f32>,
    #[arg(long)]
    pub(crate) layer_dropout: Option<f32>,
    #[arg(long)]
    pub(crate) feature_dropout: Option<f32>,
    #[arg(long)]
    pub(crate) tag_weight: Option<f32>,
    #[arg(long)]
    pub(crate) smoothing: Option<f32>,
    #[arg(long)]
    pub(crate) margin: Option<f32>,
    #[arg(long)]
    pub(crate) memory: Option<usize>,
    #[arg(long)]
    pub(crate) least: Option<u32>,
    #[arg(long)]
    pub(crate) seed: Option<u64>,
}

impl NetworkArguments {
    /// The settings, with the language's own where nothing is given.
    pub(crate) fn settings(&self, language: Language) -> Settings {
        let is_small = language == Language::Arabic;
        let pick = |small: f32, large: f32| if is_small { small } else { large };
        Settings {
            width: self.width.unwrap_or(128),
            layers: self.layers.unwrap_or(if is_small { 2 } else { 3 }),
            arc: self.arc.unwrap_or(96),
            label: self.label.unwrap_or(64),
            epochs: self.epochs.unwrap_or(if is_small { 40 } else { 24 }),
            batch: self.batch.unwrap_or(if is_small { 200 } else { 400 }),
            rate: self.rate.unwrap_or(0.003),
            noise: Noise {
                layer: self.layer_dropout.unwrap_or(pick(0.25, 0.12)),
                feature: self.feature_dropout.unwrap_or(pick(0.15, 0.08)),
            },
            aim: Aim {
                tag_weight: self.tag_weight.unwrap_or(pick(2.0, 1.0)),
                smoothing: self.smoothing.unwrap_or(0.0),
                margin: self.margin.unwrap_or(0.0),
            },
            memory: self.memory.unwrap_or(if is_small { 500 } else { 0 }),
            least: self.least.unwrap_or(2),
            seed: self.seed.unwrap_or(1),
        }
    }
}

/// Reads a language code.
pub(crate) fn parse_language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| format!("`{code}` is not a language that is read here"))
}

fn read_network(path: &Path) -> Result<Network> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Network::read(&Reader::new(&path.display().to_string(), &bytes)?)?)
}

fn read_lexicon(path: &Path) -> Result<Lexicon> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Lexicon::read(&Reader::new(&path.display().to_string(), &bytes)?)?)
}

pub(crate) fn run(command: &Command) -> Result<()> {
    match &command.what {
        Some(What::Names(arguments)) => super::names::train(arguments),
        Some(What::Follow(arguments)) => super::follow::train(arguments),
        Some(What::Events(arguments)) => super::events::train(arguments),
        Some(What::Parties(arguments)) => super::parties::train(arguments),
        Some(What::Statements(arguments)) => super::statements::train(arguments),
        Some(What::Answers(arguments)) => super::answers::train(arguments),
        None => treebanks(&command.treebanks),
    }
}

fn treebanks(arguments: &Arguments) -> Result<()> {
    let language = arguments.lang.context("the language is to be told with --lang")?;
    if arguments.treebank.is_empty() {
        anyhow::bail!("a treebank to learn from is to be given with --treebank");
    }
    let mut sentences = Vec::new();
    for path in &arguments.treebank {
        sentences.extend(treebank::read(path)?);
    }
    let held_out =
        arguments.held_out.as_ref().map_or(Ok(Vec::new()), |path| treebank::read(path))?;
    let lexicon = match &arguments.lexicon_from {
        Some(path) => read_lexicon(path)?,
        None => arguments.lists.lexicon(language)?,
    };
    let exceptions = arguments.lists.exceptions()?;
    let network = arguments.network_from.as_deref().map(read_network).transpose()?;
    let settings = arguments.network.settings(language);
    let sentences: Vec<&Sentence> = sentences.iter().collect();
    let held_out: Vec<&Sentence> = held_out.iter().collect();
    let bytes = model::train(
        language,
        &sentences,
        &held_out,
        &lexicon,
        &exceptions,
        &settings,
        network.as_ref(),
    )?;
    if let Some(out) = &arguments.out {
        std::fs::write(out, bytes).with_context(|| format!("writing {}", out.display()))?;
    }
    Ok(())
}
