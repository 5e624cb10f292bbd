//! What the command prints, one module a command.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod ask;
#[path = "../../../khabar-store/tests/common/mod.rs"]
mod common;
mod export;
mod read;
mod reference;
mod store;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run of the command left behind.
struct Outcome {
    status: Option<i32>,
    out: String,
    err: String,
}

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples"))
}

/// Runs `khabar` below the examples' folder, so that paths in the output are the same everywhere.
fn khabar(arguments: &[&str], input: &[u8]) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(arguments)
        .current_dir(examples())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let feeder = std::thread::spawn(move || {
        // A command that refuses its arguments does not read its input; that is no fault of the test.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    Outcome {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
