//! Measures how fast the atlas starts and answers.
//!
//!     cargo run --release -p khabar-atlas --example speed -- TEXT...
//!
//! The texts are plain; every word of them is asked for once a round, as a reader does.

#![expect(clippy::print_stdout, reason = "this is what the command is for")]

use std::time::Instant;

use khabar_atlas::Atlas;
use khabar_fold::{Fold, fold};

fn main() {
    let start = Instant::now();
    let atlas = Atlas::get();
    let first = atlas.longest_at(&["moscow"]).is_some();
    let started = start.elapsed();
    println!(
        "{} bytes; first answer ({first}) after {:.3} ms",
        atlas.bytes(),
        started.as_secs_f64() * 1e3
    );
    for file in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&file).expect("the file is readable");
        let folded = fold(&text, Fold::KEY);
        let words: Vec<&str> = folded
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .collect();
        let rounds = 1 + 2_000_000 / words.len().max(1);
        let (mut found, mut bearers) = (0_usize, 0_usize);
        let start = Instant::now();
        for _ in 0..rounds {
            for at in 0..words.len() {
                if let Some(name) = atlas.longest_at(&words[at..words.len().min(at + 14)]) {
                    found += 1;
                    bearers += name.hits().count();
                }
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        let asked = rounds * words.len();
        println!(
            "{file}: {} words, {:.2} million look-ups a second, {:.1} % found, {:.2} bearers each",
            words.len(),
            asked as f64 / seconds / 1e6,
            100.0 * found as f64 / asked.max(1) as f64,
            bearers as f64 / found.max(1) as f64,
        );
    }
}
