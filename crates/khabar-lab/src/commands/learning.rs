//! What the commands that learn from annotated texts have in common: the texts that they take, and where they write.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use khabar_lang::Language;

use super::train::parse_language;
use crate::learn::Settings;

/// What events and their parties are learnt from, and how.
#[derive(clap::Args)]
pub(super) struct Learning {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// The folder of the gold corpus; its open half is learnt from.
    #[arg(long)]
    gold: Option<PathBuf>,
    /// A table of sentences with marked triggers and parties.
    #[arg(long)]
    sentences: Vec<PathBuf>,
    #[arg(long, default_value_t = 12)]
    epochs: usize,
    /// How strongly weights are drawn to zero.
    #[arg(long, default_value_t = 0.001)]
    decay: f32,
    /// The parts that the texts are cut into to score the weights on what they were not learnt from.
    #[arg(long, default_value_t = 5)]
    pub(super) folds: usize,
    /// Where the weights are written.
    #[arg(long)]
    pub(super) out: Option<PathBuf>,
}

impl Learning {
    /// Reads the lessons of the articles and of the tables of sentences, and prints how many there are of `what`.
    pub(super) fn lessons<T>(
        &self,
        what: &str,
        articles: impl Fn(&Path, Language) -> Result<Vec<T>>,
        sentences: impl Fn(&Path, Language) -> Result<Vec<T>>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        if let Some(root) = &self.gold {
            all.extend(articles(root, self.lang)?);
            println!("{} {what} from articles", all.len());
        }
        for path in &self.sentences {
            all.extend(self.of_table(what, path, &sentences)?);
        }
        Ok(all)
    }

    /// Reads the lessons of a table, and prints how many there are of `what`.
    pub(super) fn of_table<T>(
        &self,
        what: &str,
        path: &Path,
        read: impl Fn(&Path, Language) -> Result<Vec<T>>,
    ) -> Result<Vec<T>> {
        let found = read(path, self.lang)?;
        println!("{} {what} from {}", found.len(), path.display());
        Ok(found)
    }

    /// What steers the learning, at a rate that each model has of its own.
    pub(super) fn settings(&self, rate: f32) -> Settings {
        Settings { epochs: self.epochs, rate, decay: self.decay }
    }
}

/// Writes what was learnt.
pub(super) fn write(path: &Path, learnt: impl AsRef<[u8]>) -> Result<()> {
    std::fs::write(path, learnt).with_context(|| format!("writing {}", path.display()))
}
