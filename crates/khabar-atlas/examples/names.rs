//! Lists the names that the atlas finds in texts, the most frequent first: to see what is taken for a name and should not be.
//!
//!     cargo run -p khabar-atlas --example names -- TEXT...

#![expect(clippy::print_stdout, reason = "this is what the command is for")]

use std::cmp::Reverse;
use std::collections::BTreeMap;

use khabar_atlas::Atlas;
use khabar_fold::{Fold, fold};

fn main() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file).expect("the file is readable");
        let words: Vec<&str> = text
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .collect();
        let keys: Vec<String> = words.iter().map(|word| fold(word, Fold::KEY)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut at = 0;
        while at < keys.len() {
            let Some(found) = Atlas::get().longest_at(&keys[at..keys.len().min(at + 14)]) else {
                at += 1;
                continue;
            };
            let spelled = words[at..at + found.words].join(" ");
            for hit in found.hits().filter(|hit| hit.written_as(&spelled)) {
                let mark =
                    |flag: bool, mark: &str| if flag { mark.to_owned() } else { String::new() };
                let marks = mark(hit.ambiguous, "~") + &mark(hit.minor, "-");
                let line = format!("{spelled}\t{marks}\t{:?}\t{:?}", hit.sense, hit.entry);
                *counts.entry(line).or_default() += 1;
            }
            at += found.words;
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    for (line, count) in counts {
        println!("{count}\t{line}");
    }
}
