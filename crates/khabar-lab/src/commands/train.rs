//! `khabar-lab train`: treebanks to model files.

use crate::train::data::Extractor;
use crate::train::network::Noise;
use crate::train::{Settings, export, train_network, wordfreq};
use crate::treebank::{self, Sentence};
use anyhow::{Context, Result};
use khabar_lang::Language;
use khabar_lang::model::features::Templates;
use khabar_lang::model::file::Writer;
use khabar_lang::model::lexicon::Lexicon;
use std::path::PathBuf;

/// Train the models of a language from treebanks.
#[derive(clap::Args)]
pub struct Arguments {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    pub lang: Language,
    /// A treebank to learn from.
    #[arg(long, required = true)]
    pub treebank: Vec<PathBuf>,
    /// A frequency list of wordfreq.
    #[arg(long)]
    pub wordfreq: PathBuf,
    /// A treebank to look at after each few epochs.
    #[arg(long)]
    pub held_out: Option<PathBuf>,
    /// Where the model is written.
    #[arg(long)]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub network: NetworkArguments,
}

/// What steers the training of a network; what is not given has a value for each language.
#[derive(clap::Args, Clone)]
pub struct NetworkArguments {
    #[arg(long)]
    pub width: Option<usize>,
    #[arg(long)]
    pub layers: Option<usize>,
    #[arg(long)]
    pub arc: Option<usize>,
    #[arg(long)]
    pub label: Option<usize>,
    #[arg(long)]
    pub epochs: Option<usize>,
    #[arg(long)]
    pub batch: Option<usize>,
    #[arg(long)]
    pub rate: Option<f32>,
    #[arg(long)]
    pub layer_dropout: Option<f32>,
    #[arg(long)]
    pub feature_dropout: Option<f32>,
    #[arg(long)]
    pub least: Option<u32>,
    #[arg(long)]
    pub seed: Option<u64>,
}

impl NetworkArguments {
    /// The settings, with the language's own where nothing is given.
    pub fn settings(&self, language: Language) -> Settings {
        let is_small = language == Language::Arabic;
        let pick = |small: f32, large: f32| if is_small { small } else { large };
        Settings {
            width: self.width.unwrap_or(128),
            layers: self.layers.unwrap_or(2),
            arc: self.arc.unwrap_or(96),
            label: self.label.unwrap_or(64),
            epochs: self.epochs.unwrap_or(if is_small { 40 } else { 12 }),
            batch: self.batch.unwrap_or(if is_small { 200 } else { 600 }),
            rate: self.rate.unwrap_or(pick(0.003, 0.003)),
            noise: Noise {
                layer: self.layer_dropout.unwrap_or(pick(0.33, 0.25)),
                feature: self.feature_dropout.unwrap_or(pick(0.15, 0.1)),
            },
            least: self.least.unwrap_or(2),
            seed: self.seed.unwrap_or(1),
        }
    }
}

/// Reads a language code.
pub fn parse_language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| format!("`{code}` is not a language that is read here"))
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let mut sentences = Vec::new();
    for path in &arguments.treebank {
        sentences.extend(treebank::read(path)?);
    }
    let held_out = arguments
        .held_out
        .as_ref()
        .map_or(Ok(Vec::new()), |path| treebank::read(path))?;
    let words = wordfreq::read(&arguments.wordfreq, 720)?;
    let lexicon = Lexicon::build(words.iter().map(|(word, band)| (word.as_str(), *band)));
    eprintln!("{} words in the lexicon", words.len());
    let extractor = Extractor {
        language: arguments.lang,
        templates: Templates::load(arguments.lang)?,
        lexicon: &lexicon,
    };
    let settings = arguments.network.settings(arguments.lang);
    let sentences: Vec<&Sentence> = sentences.iter().collect();
    let held_out: Vec<&Sentence> = held_out.iter().collect();
    let trained = train_network(&extractor, &sentences, &held_out, &settings)?;
    if let Some(out) = &arguments.out {
        let mut writer = Writer::default();
        lexicon.write(&mut writer);
        export::quantize(&trained.network, &trained.inventory).write(&mut writer);
        std::fs::write(out, writer.finish())
            .with_context(|| format!("writing {}", out.display()))?;
    }
    Ok(())
}
