//! `khabar-lab parse`: CoNLL-U of a treebank's raw text or of its words, to look at what is read differently.

use super::eval::analyzer;
use super::train::parse_language;
use crate::treebank::{
    self, Sentence,
    evaluate::{given_tokens, raw_text},
};
use anyhow::Result;
use khabar_lang::{Language, conllu};
use std::path::PathBuf;

/// Print the CoNLL-U that is read from a treebank's raw text.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The language.
    #[arg(long, value_parser = parse_language)]
    lang: Language,
    /// A model file to use instead of the one compiled in.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Take the tokens and words from the treebank.
    #[arg(long)]
    given: bool,
    /// The treebank.
    file: PathBuf,
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let sentences = treebank::read(&arguments.file)?;
    let sentences: Vec<&Sentence> = sentences.iter().collect();
    let analyzer = analyzer(arguments.lang, arguments.model.as_deref())?;
    let analysis = if arguments.given {
        let given: Vec<_> = sentences.iter().map(|sentence| given_tokens(sentence)).collect();
        analyzer.analyze_tokens(&given, arguments.lang)
    } else {
        analyzer.analyze(&raw_text(&sentences), arguments.lang, &[])
    };
    print!("{}", conllu::render(&analysis));
    Ok(())
}
