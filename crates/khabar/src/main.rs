//! The command line of khabar: it parses the arguments, calls the libraries and maps their errors to exit statuses.
//!
//! 0: all went well; 1: some inputs could not be read, or nothing was found; 2: wrong usage or a failure of the program
//! itself; 3: the store is damaged.

#![allow(clippy::struct_field_names, clippy::needless_for_each, reason = "rows read best so")]

mod args;
mod commands;
mod documents;
mod pool;
mod rows;
mod view;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use khabar_store::StoreError;

use args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli.command) {
        Ok(outcome) => outcome,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("khabar: {error:#}");
            ExitCode::from(if is_damage(&error) { 3 } else { 2 })
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(args) => commands::read::run(args),
        Command::Parse(args) => commands::parse::run(args),
        Command::Add(args) => commands::add::run(args),
        Command::Search(args) => commands::search::run(args),
        Command::Show(args) => commands::show::run(args),
        Command::Who(args) => commands::who::run(args),
        Command::Claims(args) => commands::claims::run(args),
        Command::Stories(args) => commands::stories::run(args),
        Command::Story(args) => commands::stories::one(args),
        Command::Timeline(args) => commands::timeline::run(args),
        Command::Reread(args) => commands::reread::run(args),
        Command::Export(args) => commands::export::run(args),
        Command::Check(args) => commands::check::run(args),
        Command::Schema => commands::reference::schema(&mut io::stdout().lock()),
        Command::Completions { shell } => {
            commands::reference::completions(*shell, &mut Cli::command(), &mut io::stdout().lock())
        }
        Command::Man => commands::reference::man(Cli::command(), &mut io::stdout().lock()),
    }
}

/// A reader that has seen enough (`khabar read … | head`) is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// Whether the store can't be used, now or when tried again.
fn is_damage(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref().is_some_and(StoreError::is_damage))
}
