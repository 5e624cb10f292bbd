//! The command line of khabar: it parses the arguments, calls the libraries and maps their errors to exit statuses.
//!
//! 0: all went well; 1: some inputs could not be read; 2: wrong usage or a failure of the program itself.

mod args;
mod commands;
mod documents;
mod pool;
mod view;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli.command) {
        Ok(outcome) => outcome,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("khabar: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(args) => commands::read::run(args),
        Command::Parse(args) => commands::parse::run(args),
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
