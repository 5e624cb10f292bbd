//! Prints how many words a second one core reads in each module by itself: `cargo bench -p khabar-read --bench modules`.
//!
//! The texts are the corpus' articles, analysed before; each module goes on from what the ones before it found. Times and
//! amounts, which `times_amounts` measures, are in the row of the names.

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
        let mut words = 0;
        let mut spent = [Duration::ZERO; 3];
        for text in texts(language) {
            words += text.split_whitespace().count();
            let analysis = analyzer.analyze(&text, language, &[]);
            let mut fastest = [Duration::MAX; 3];
            for _ in 0..ROUNDS {
                let document = Document {
                    text: text.clone(),
                    language: Some(language.code().to_owned()),
                    ..Document::default()
                };
                let article = Article { document, blocks: Vec::new() };
                let start = Instant::now();
                let draft = reader.draft(article, &analysis);
                let named = Instant::now();
                let draft = reader.stated(draft, &analysis);
                let stated = Instant::now();
                let record = reader.with_events(draft, &analysis);
                let done = Instant::now();
                drop(record);
                let times = [named - start, stated - named, done - stated];
                for (fastest, time) in fastest.iter_mut().zip(times) {
                    *fastest = time.min(*fastest);
                }
            }
            for (spent, fastest) in spent.iter_mut().zip(fastest) {
                *spent += fastest;
            }
        }
        let code = language.code();
        for (module, spent) in ["names, times, amounts", "statements", "events"].iter().zip(spent) {
            let speed = words as f64 / spent.as_secs_f64();
            println!("{code} {module}: {words} words, {speed:.0} words/s");
        }
    }
}
