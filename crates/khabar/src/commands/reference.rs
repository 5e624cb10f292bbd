//! What the program knows of itself: the schema of its records, its manual and its completions.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use clap_complete::Shell;

/// Prints the JSON Schema of a record.
pub(crate) fn schema(out: &mut impl Write) -> Result<ExitCode> {
    serde_json::to_writer_pretty(&mut *out, &khabar_record::json_schema())?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints a shell's completion script.
pub(crate) fn completions(
    shell: Shell,
    command: &mut clap::Command,
    out: &mut impl Write,
) -> Result<ExitCode> {
    // The generator panics when the pipe breaks, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "khabar", &mut script);
    out.write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the manual: the page of the program and, behind it, those of its commands.
pub(crate) fn man(mut command: clap::Command, out: &mut impl Write) -> Result<ExitCode> {
    command.build();
    let subcommands: Vec<clap::Command> = command
        .get_subcommands()
        .filter(|subcommand| subcommand.get_name() != "help")
        .map(|subcommand| {
            let name = format!("khabar-{}", subcommand.get_name());
            subcommand.clone().name(name.clone()).display_name(name)
        })
        .collect();
    clap_mangen::Man::new(command).render(out)?;
    for subcommand in subcommands {
        clap_mangen::Man::new(subcommand).render(out)?;
    }
    Ok(ExitCode::SUCCESS)
}
