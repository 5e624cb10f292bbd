//! Training and scoring of the khabar readers.

mod commands;
mod gold;
mod train;
mod treebank;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Trains and scores the readers of khabar.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train the models of a language from treebanks.
    Train(commands::train::Arguments),
    /// Measure quality and speed.
    #[command(subcommand)]
    Eval(commands::eval::What),
    /// Train on all folds of a treebank but one and score that one, for each fold in turn.
    Crossval(commands::crossval::Arguments),
    /// Check, show, compare and score the gold corpus.
    Gold(gold::GoldArgs),
    /// Print the CoNLL-U that is read from a treebank's raw text.
    Parse(commands::parse::Arguments),
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().command {
        Command::Train(arguments) => commands::train::run(&arguments)?,
        Command::Eval(what) => commands::eval::run(&what)?,
        Command::Parse(arguments) => commands::parse::run(&arguments)?,
        Command::Crossval(arguments) => commands::crossval::run(&arguments)?,
        Command::Gold(arguments) => return gold::run(arguments),
    }
    Ok(ExitCode::SUCCESS)
}
