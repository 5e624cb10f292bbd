//! `khabar-lab eval store`: how fast the store takes documents and finds them again, and how large it grows.
//!
//! Twenty thousand articles are more than there are to hand, so each text is made many: in a variant a part of the words
//! gives way to others of the same length out of all texts, as often as they occur there. Places of words stay true, and the
//! index sees as many words as it would in an archive. What is measured is the store's own part, without the reading: putting
//! in the rows, and that together with grouping everything into stories and happenings.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::ToSpan;
use khabar_lang::{Analyzer, Language};
use khabar_page::{Guarded, Inputs, PageOptions};
use khabar_read::Reader;
use khabar_record::{Block, Record, TextRange};
use khabar_store::{DocumentKey, Filter, NewDocument, Store};
use rustix::time::{ClockId, clock_gettime};

use crate::gold;
use crate::train::rng::Rng;

/// Measure a store filled with variants of texts.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files and folders with texts, pages or NDJSON documents; the articles of the corpus when there are none.
    paths: Vec<String>,
    /// The folder of the corpus.
    #[arg(long, value_name = "DIR", default_value = "corpus")]
    corpus: PathBuf,
    /// How many documents the store gets.
    #[arg(long, default_value_t = 20_000)]
    documents: usize,
    /// How many searches are made.
    #[arg(long, default_value_t = 1_000)]
    searches: usize,
    /// Keep the store in this file.
    #[arg(long)]
    db: Option<PathBuf>,
    /// Take the texts as they are.
    #[arg(long)]
    as_is: bool,
}

/// How much of a text's words a variant exchanges.
const EXCHANGED: f32 = 0.3;

/// Documents in one transaction, as `khabar add` has them.
const BATCH: usize = 128;

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut originals = read(arguments)?;
    if originals.is_empty() {
        bail!("there is nothing to read");
    }
    for (record, _) in &mut originals {
        // What the page step took out is no part of the text that the file is measured by.
        record.document.furniture.clear();
        if let Some(origin) = &mut record.document.origin {
            origin.evidence_furniture.clear();
        }
    }
    let folder = tempfile::tempdir()?;
    let path = arguments.db.clone().unwrap_or_else(|| folder.path().join("bench.db"));
    let mut rng = Rng::new(7);
    let words = Words::of(originals.iter().map(|(record, _)| record));
    let mut store = Store::create(&path)?;
    let (mut bytes, mut adding) = (0, Duration::ZERO);
    for start in (0..arguments.documents).step_by(BATCH) {
        let batch: Vec<NewDocument> = (start..arguments.documents.min(start + BATCH))
            .map(|n| {
                let (record, blocks) = &originals[n % originals.len()];
                variant(record, blocks, n, &words, &mut rng)
            })
            .collect();
        bytes += batch.iter().map(|new| new.record.document.text.len()).sum::<usize>();
        let started = busy_time();
        store.add(batch)?;
        adding += busy_time().checked_sub(started).unwrap();
    }
    let started = busy_time();
    store.settle(|_| ())?;
    let settling = busy_time().checked_sub(started).unwrap();
    drop(store);
    let size = std::fs::metadata(&path)?.len();
    let rate = |time: Duration| (arguments.documents as f64 / time.as_secs_f64()).round();
    let store = Store::open(&path)?;
    let times = search(&store, arguments.searches, &words, &mut rng)?;
    let report = serde_json::json!({
        "texts": originals.len(),
        "documents": arguments.documents,
        "text_mb": (bytes as f64 / 1e4).round() / 100.0,
        "documents_per_s": rate(adding),
        "with_stories_per_s": rate(adding + settling),
        "settling_per_s": rate(settling),
        "most_memory_mb": most_memory(),
        "file_per_text": (size as f64 / bytes as f64 * 1e3).round() / 1e3,
        "search_ms": times,
    });
    println!("{report}");
    Ok(())
}

fn read(arguments: &Arguments) -> Result<Vec<(Record, Vec<Block>)>> {
    let analyzer = Analyzer::new()?;
    let reader = Reader::new();
    if arguments.paths.is_empty() {
        return gold::read(&arguments.corpus, &analyzer, &reader);
    }
    let options = PageOptions { as_is: arguments.as_is, ..PageOptions::default() };
    let mut pages = Guarded::new(options.clone());
    let mut records = Vec::new();
    for input in Inputs::new(&arguments.paths, &options.limits) {
        let Ok(article) = input.map_err(drop).and_then(|input| pages.read(input).map_err(drop))
        else {
            continue;
        };
        let Some(language) = article.document.language.as_deref().and_then(Language::from_code)
        else {
            continue;
        };
        let analysis = analyzer.analyze(&article.document.text, language, &article.blocks);
        let blocks = article.blocks.clone();
        records.push((reader.read(article, &analysis), blocks));
    }
    Ok(records)
}

/// How long this thread has had a processor, so that what else the machine does is not measured.
fn busy_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// The most memory that this process ever held, in megabytes, where the system tells; the reader's models are in it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? / 1024)
}

/// The words of all texts by script and length, each as often as it occurs.
struct Words {
    by_length: HashMap<(bool, usize, usize), Vec<String>>,
    all: Vec<String>,
}

impl Words {
    fn of<'r>(records: impl Iterator<Item = &'r Record>) -> Self {
        let mut words = Self { by_length: HashMap::new(), all: Vec::new() };
        for record in records {
            for range in word_ranges(&record.document.text) {
                let word = &record.document.text[range];
                words.by_length.entry(shape(word)).or_default().push(word.to_owned());
                words.all.push(word.to_owned());
            }
        }
        words
    }

    fn like(&self, word: &str, rng: &mut Rng) -> Option<&String> {
        pick(self.by_length.get(&shape(word))?, rng)
    }
}

fn pick<'w, T>(items: &'w [T], rng: &mut Rng) -> Option<&'w T> {
    let at = rng.next_u64() % (items.len() as u64).max(1);
    items.get(at as usize)
}

/// Words of one shape can stand for each other: no place behind them moves, in bytes or in characters.
fn shape(word: &str) -> (bool, usize, usize) {
    (word.is_ascii(), word.len(), word.chars().count())
}

fn word_ranges(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    let mut at = 0;
    text.split(|c: char| !c.is_alphabetic()).filter_map(move |word| {
        let start = at;
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (word.chars().count() > 2).then(|| TextRange::new(start, start + word.len()))
    })
}

fn variant(
    record: &Record,
    blocks: &[Block],
    n: usize,
    words: &Words,
    rng: &mut Rng,
) -> NewDocument {
    let mut record = record.clone();
    let document = &mut record.document;
    let mut text = String::with_capacity(document.text.len());
    let mut done = 0;
    for range in word_ranges(&document.text) {
        if rng.unit() < EXCHANGED
            && let Some(other) = words.like(&document.text[range], rng)
        {
            text.push_str(&document.text[done..range.start().to_usize()]);
            text.push_str(other);
            done = range.end().to_usize();
        }
    }
    text.push_str(&document.text[done..]);
    document.text = text;
    // An identifier as documents without one get it: a hash of the text.
    let hash = DocumentKey::of([document.text.as_bytes(), &n.to_le_bytes()]);
    document.id = format!("{hash}{hash}");
    document.source = format!("archive/{:03}/{n:06}.html", n / 1000);
    let before = document.published;
    document.published = "2019-01-01".parse().ok().and_then(|day: jiff::civil::Date| {
        day.checked_add(((rng.next_u64() % 1800) as i32).days()).ok()
    });
    // What a text tells lies about the day on which it comes out.
    if let Some((before, after)) = before.zip(document.published)
        && let Ok(moved) = before.until(after)
    {
        for time in &mut record.times {
            let bounds = [&mut time.start, &mut time.end].into_iter().flatten();
            for day in bounds.chain([&mut time.value]) {
                move_day(day, moved.get_days());
            }
        }
    }
    // An archive goes on meeting names that no list has.
    for entity in
        record.entities.iter_mut().filter(|it| it.wikidata.is_none() && it.geonames.is_none())
    {
        if rng.unit() < 0.5 {
            for name in entity.names.values_mut() {
                if let Some(other) = pick(&words.all, rng) {
                    name.push(' ');
                    name.push_str(other);
                }
            }
        }
    }
    NewDocument { key: hash, reader: 1, record, blocks: blocks.to_vec() }
}

/// Moves the day that a date or a moment begins with, if it names one.
fn move_day(bound: &mut String, days: i32) {
    let day: Option<jiff::civil::Date> = bound.get(..10).and_then(|day| day.parse().ok());
    if let Some(moved) = day.and_then(|day| day.checked_add(days.days()).ok()) {
        bound.replace_range(..10, &moved.to_string());
    }
}

/// Searches as people make them: one to three words out of the texts, some in a time, some by one speaker.
fn search(store: &Store, count: usize, words: &Words, rng: &mut Rng) -> Result<serde_json::Value> {
    let mut times = Vec::with_capacity(count);
    let mut found = 0;
    for n in 0..count {
        let asked: Vec<&str> =
            (0..=n % 3).filter_map(|_| pick(&words.all, rng)).map(String::as_str).collect();
        let mut filter = Filter { words: asked.join(" "), ..Filter::default() };
        if n % 4 == 3 {
            filter.since = Some("2021-01-01".parse()?);
        }
        if n % 5 == 4 {
            filter.language = Some("ar".to_owned());
        }
        let started = busy_time();
        found += usize::from(!store.search(&filter, 10)?.is_empty());
        times.push(busy_time().checked_sub(started).unwrap().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 * share) as usize).min(times.len() - 1));
    Ok(serde_json::json!({
        "p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "max": times.last(), "with_answers": found
    }))
}
