//! Prints the speed of the page step and of the extractor alone over the pages of a directory, in one run.
//!
//! `cargo run --release -p khabar-page --example page_speed -- DIR [ROUNDS]`

#![allow(clippy::print_stdout, reason = "a program that prints")]

use std::time::{Duration, Instant};

use khabar_page::{Inputs, PageOptions, RawContent, read_html};

fn main() {
    let directory = std::env::args().nth(1).expect("a directory of pages");
    let rounds = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(3);
    let options = PageOptions::default();
    let pages: Vec<(String, Vec<u8>)> = Inputs::new([directory], &options.limits)
        .flatten()
        .filter_map(|input| match input.content {
            RawContent::Html(bytes) => Some((input.source, bytes)),
            _ => None,
        })
        .collect();
    let megabytes = pages.iter().map(|p| p.1.len()).sum::<usize>() as f64 / 1e6;
    println!("{} pages, {megabytes:.1} MB, best of {rounds} rounds, one thread", pages.len());
    let worker = std::thread::Builder::new().stack_size(khabar_page::WORKER_STACK);
    let run = worker.spawn(move || measure(&pages, megabytes, rounds, &options)).expect("a thread");
    run.join().expect("no panic");
}

fn measure(pages: &[(String, Vec<u8>)], megabytes: f64, rounds: usize, options: &PageOptions) {
    let texts: Vec<String> =
        pages.iter().map(|p| String::from_utf8_lossy(&p.1).into_owned()).collect();
    let full = trafilatura::Options::default().with_fallback(true);
    let quick = trafilatura::Options::default();
    let mut best = [Duration::MAX; 3];
    for _ in 0..rounds {
        best[0] = best[0].min(time(|| {
            for (name, bytes) in pages {
                drop(read_html(bytes, name, options));
            }
        }));
        for (place, options) in [&full, &quick].into_iter().enumerate() {
            let alone = time(|| {
                for text in &texts {
                    drop(trafilatura::extract(text, options));
                }
            });
            best[place + 1] = best[place + 1].min(alone);
        }
    }
    for (name, time) in
        ["khabar page step", "trafilatura crate, with fallback", "trafilatura crate, without"]
            .iter()
            .zip(best)
    {
        let seconds = time.as_secs_f64();
        println!(
            "{name:34} {:7.1} pages/s {:6.1} MB/s",
            pages.len() as f64 / seconds,
            megabytes / seconds
        );
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
