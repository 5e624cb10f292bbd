//! Prints how many words a second one core reads for events alone: `cargo bench -p khabar-read --bench events`.
//!
//! The texts are the corpus' articles with their statements read, so that nothing but the events is timed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Document};

/// How often each article is read; the fastest time counts.
const ROUNDS: usize = 7;

fn texts(language: Language) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let folders = |path: &Path| -> Vec<PathBuf> {
        let mut found: Vec<_> = fs::read_dir(path)
            .expect("a folder of the corpus")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        found.sort();
        found
    };
    let files = folders(&root).into_iter().filter(|path| path.is_dir());
    let files = files.flat_map(|story| folders(&story));
    files
        .filter(|file| file.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|file| {
            let table: toml::Table =
                toml::from_str(&fs::read_to_string(file).expect("an article")).expect("a table");
            let own = table.get("language")?.as_str()? == language.code();
            own.then(|| table["text"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

#[expect(clippy::print_stdout, reason = "a bench prints its numbers")]
fn main() {
    let analyzer = Analyzer::new().expect("the language models");
    let reader = Reader::new();
    for language in [Language::English, Language::Arabic] {
        let (mut words, mut rows, mut spent) = (0, 0, Duration::ZERO);
        for text in texts(language) {
            words += text.split_whitespace().count();
            let analysis = analyzer.analyze(&text, language, &[]);
            let mut fastest = Duration::MAX;
            let mut found = 0;
            for _ in 0..ROUNDS {
                let document = Document {
                    text: text.clone(),
                    language: Some(language.code().to_owned()),
                    ..Document::default()
                };
                let draft = reader.draft(Article { document, blocks: Vec::new() }, &analysis);
                let draft = reader.stated(draft, &analysis);
                let start = Instant::now();
                let record = reader.with_events(draft, &analysis);
                fastest = fastest.min(start.elapsed());
                found = record.events.len();
            }
            spent += fastest;
            rows += found;
        }
        let speed = words as f64 / spent.as_secs_f64();
        println!("{}: {words} words, {rows} events, {speed:.0} words/s", language.code());
    }
}
