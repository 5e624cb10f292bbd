//! Training and scoring of the khabar readers.

#![allow(
    clippy::print_stdout,
    clippy::struct_field_names,
    clippy::format_collect,
    clippy::unchecked_time_subtraction,
    clippy::unwrap_used,
    clippy::needless_for_each,
    reason = "the lab prints its findings and is not published"
)]

mod commands;
mod events;
mod folds;
mod gold;
mod learn;
mod marked;
mod names;
mod records;
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
    Train(commands::train::Command),
    /// Measure quality and speed.
    #[command(subcommand)]
    Eval(commands::eval::What),
    /// Train on all folds of a treebank but one and score that one, for each fold in turn.
    Crossval(commands::crossval::Arguments),
    /// Check, show, compare and score the gold corpus.
    Gold(gold::GoldArgs),
    /// Judge events by reading a sample of them.
    #[command(subcommand)]
    Reading(commands::reading::Command),
    /// Make the atlas' table of places from GeoNames data.
    Geonames(commands::geonames::Arguments),
    /// Print the CoNLL-U that is read from a treebank's raw text.
    Parse(commands::parse::Arguments),
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().command {
        Command::Train(arguments) => commands::train::run(&arguments)?,
        Command::Eval(what) => commands::eval::run(&what)?,
        Command::Geonames(arguments) => commands::geonames::run(&arguments)?,
        Command::Parse(arguments) => commands::parse::run(&arguments)?,
        Command::Crossval(arguments) => commands::crossval::run(&arguments)?,
        Command::Reading(command) => commands::reading::run(&command)?,
        Command::Gold(arguments) => return gold::run(arguments),
    }
    Ok(ExitCode::SUCCESS)
}
