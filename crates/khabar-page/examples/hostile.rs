//! Reads thousands of damaged and hostile pages and prints how long the slowest took.
//!
//! `cargo run --release -p khabar-page --example hostile -- [COUNT]`

#![allow(clippy::print_stdout, reason = "a program that prints")]

#[path = "../tests/shared/mod.rs"]
mod shared;

use std::time::{Duration, Instant};

use khabar_page::{Guarded, PageOptions, RawContent, RawInput};

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(5_000u64);
    let fixtures = shared::fixtures();
    let mut tally = Tally::new();
    for n in 0..count {
        let bytes = shared::hostile(&fixtures, n);
        tally.read(format!("mutation {n}"), bytes.clone(), n % 4 == 3);
    }
    tally.print(&format!("{count} mutated pages and texts"));
    let mut tally = Tally::new();
    for (name, bytes) in shared::giants() {
        tally.read(name.to_owned(), bytes, false);
    }
    tally.print("giants");
}

struct Tally {
    reader: Guarded,
    articles: usize,
    errors: usize,
    over: usize,
    slowest: (Duration, String),
}

impl Tally {
    fn new() -> Self {
        let reader = Guarded::new(PageOptions::default());
        Self { reader, articles: 0, errors: 0, over: 0, slowest: (Duration::ZERO, String::new()) }
    }

    fn read(&mut self, name: String, bytes: Vec<u8>, text: bool) {
        let content = if text { RawContent::Text(bytes) } else { RawContent::Html(bytes) };
        let start = Instant::now();
        let result = self.reader.read(RawInput { source: name.clone(), line: None, content });
        let time = start.elapsed();
        match result {
            Ok(_) => self.articles += 1,
            Err(error) => {
                self.errors += 1;
                assert!(!error.to_string().contains("internal"), "{error}");
            }
        }
        self.over += usize::from(time > Duration::from_secs(2));
        if std::env::var_os("KHABAR_VERBOSE").is_some() && time > Duration::from_millis(200) {
            println!("{time:>10.1?}  {name}");
        }
        if time > self.slowest.0 {
            self.slowest = (time, name);
        }
    }

    fn print(&self, what: &str) {
        println!(
            "{what}: {} articles, {} errors, 0 panics, {} over 2 s, slowest {:.0?} ({})",
            self.articles, self.errors, self.over, self.slowest.0, self.slowest.1
        );
    }
}
