//! Arguments to files.

use std::fs;
use std::path::{Path, PathBuf};

use glob::MatchOptions;

use crate::error::{InputError, InputErrorKind};

/// Appends the files that an argument names, those of directories sorted by path.
pub(super) fn expand(argument: &str, found: &mut Vec<Result<PathBuf, InputError>>) {
    if argument == "-" {
        found.push(Ok(PathBuf::from("-")));
        return;
    }
    let path = Path::new(argument);
    if path.exists() {
        walk(path, found);
        return;
    }
    // Only what does not exist is a pattern: file names may hold brackets.
    let before = found.len();
    let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::default() };
    match glob::glob_with(argument, options) {
        Ok(matches) => {
            for entry in matches {
                match entry {
                    Ok(path) => walk(&path, found),
                    Err(error) => {
                        let name = error.path().to_string_lossy().into_owned();
                        found.push(Err(InputError::new(name, std::io::Error::from(error))));
                    }
                }
            }
            if found.len() == before {
                found.push(Err(InputError::new(argument, InputErrorKind::NoMatch)));
            }
        }
        Err(error) => found.push(Err(InputError::new(argument, error))),
    }
}

/// Appends a file, or all files below a directory. Hidden files are left out unless named, and links to directories are
/// not followed, since they may lead in a circle.
fn walk(path: &Path, found: &mut Vec<Result<PathBuf, InputError>>) {
    let mut todo = vec![path.to_owned()];
    while let Some(path) = todo.pop() {
        if !path.is_dir() {
            found.push(Ok(path));
            continue;
        }
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                found.push(Err(InputError::new(path.to_string_lossy(), error)));
                continue;
            }
        };
        let mut below = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => {
                    let hidden = entry.file_name().to_string_lossy().starts_with('.');
                    let circle =
                        entry.file_type().is_ok_and(|t| t.is_symlink()) && entry.path().is_dir();
                    if !hidden && !circle {
                        below.push(entry.path());
                    }
                }
                Err(error) => found.push(Err(InputError::new(path.to_string_lossy(), error))),
            }
        }
        below.sort();
        todo.extend(below.into_iter().rev());
    }
}
