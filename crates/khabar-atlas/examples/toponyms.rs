//! Measures how many of the toponyms of a geoparsing corpus the atlas knows and resolves, given their spans.
//!
//!     cargo run --release -p khabar-atlas --example toponyms -- GeoVirus.xml lgl.xml
//!
//! The corpora are those of Gritta et al.: `article` elements with a `text` and `location` or `toponym` elements that
//! hold `start`, `end`, `lat` and `lon`. This is the ceiling for a reader that finds the spans itself.

#![expect(clippy::print_stdout, reason = "this is what the command is for")]

use std::collections::BTreeMap;

use khabar_atlas::places::{Resolved, Toponyms, kilometres};
use khabar_atlas::{Atlas, EntryKind};
use khabar_fold::{Fold, fold};

fn main() {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let verbose =
        files.iter().position(|file| file == "--errors").map(|at| files.remove(at)).is_some();
    for file in files {
        let xml = std::fs::read_to_string(&file).expect("the file is readable");
        let mut score = Score::default();
        for (number, article) in elements(&xml, "article").into_iter().enumerate() {
            measure(number, article, &mut score, verbose);
        }
        println!("{file}: {score}");
    }
}

#[derive(Default)]
struct Score {
    all: usize,
    known: usize,
    possible: usize,
    near: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize| 100.0 * part as f64 / self.all.max(1) as f64;
        write!(
            f,
            "{} toponyms, {:.1} % known, {:.1} % with a right bearer, {:.1} % resolved within 161 km",
            self.all,
            share(self.known),
            share(self.possible),
            share(self.near)
        )
    }
}

struct Gold {
    start: usize,
    end: usize,
    place: (f64, f64),
}

fn measure(number: usize, article: &str, score: &mut Score, verbose: bool) {
    let Some(text) = elements(article, "text").first().map(|text| content(text)) else { return };
    let chars: Vec<char> = text.chars().collect();
    let mut gold: Vec<Gold> = elements(article, "location")
        .into_iter()
        .chain(elements(article, "toponym"))
        .filter_map(|toponym| {
            let number = |name: &str| elements(toponym, name).first()?.trim().parse::<f64>().ok();
            let (mut start, mut end) = (number("start")? as usize, number("end")? as usize);
            // GeoVirus counts from a leading space that its text has not.
            let phrase =
                elements(toponym, "phrase").into_iter().chain(elements(toponym, "name")).next()?;
            let first = unescape(phrase).chars().next()?;
            if chars.get(start) != Some(&first) && start > 0 && chars.get(start - 1) == Some(&first)
            {
                (start, end) = (start - 1, end - 1);
            }
            Some(Gold { start, end, place: (number("lat")?, number("lon")?) })
        })
        .filter(|gold| gold.start < gold.end && gold.end <= chars.len())
        .collect();
    gold.sort_by_key(|gold| gold.start);
    let mut toponyms = Toponyms::new();
    hints(&text, &mut toponyms);
    // A name means one place throughout a document.
    let mut numbers = BTreeMap::new();
    let mut order = Vec::new();
    for (at, one) in gold.iter().enumerate() {
        let name: String = chars[one.start..one.end].iter().collect();
        let own = match numbers.get(&name) {
            Some(&own) => {
                toponyms.again(own);
                own
            }
            None => toponyms.add(Atlas::get().named(&name).filter(|hit| hit.written_as(&name))),
        };
        numbers.insert(name, own);
        if let Some(before) = at.checked_sub(1).map(|before| &gold[before]) {
            let between: String = chars[before.end.min(one.start)..one.start].iter().collect();
            if between.trim() == "," {
                toponyms.within(order[at - 1], own);
            }
        }
        order.push(own);
    }
    let resolved = toponyms.resolve();
    for (one, found) in gold.iter().zip(order.iter().map(|&own| resolved[own])) {
        let name: String = chars[one.start..one.end].iter().collect();
        score.all += 1;
        let near = |place: Option<(f64, f64)>| {
            place.is_some_and(|place| kilometres(place, one.place) <= 161.0)
        };
        let possible = Atlas::get().named(&name).any(|hit| near(hit.entry.coordinates()));
        let right = found.is_some_and(|found| near(found.hit.entry.coordinates()));
        score.known += usize::from(found.is_some());
        score.possible += usize::from(possible);
        score.near += usize::from(right);
        if verbose && !right {
            println!("{}", complaint(number, &name, one, found, possible));
        }
    }
}

fn complaint(
    number: usize,
    name: &str,
    gold: &Gold,
    found: Option<Resolved>,
    possible: bool,
) -> String {
    let found = found.map_or_else(
        || "unknown".to_owned(),
        |found| {
            let entry = found.hit.entry;
            format!("{entry:?} {:?} {:.1}", entry.country(), found.support)
        },
    );
    format!(
        "{number}\t{name}\t{:?}\t{found}\t{}",
        gold.place,
        if possible { "possible" } else { "" }
    )
}

/// The states that the text names.
fn hints(text: &str, toponyms: &mut Toponyms) {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let keys: Vec<String> = words.iter().map(|word| fold(word, Fold::KEY)).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let mut at = 0;
    while at < keys.len() {
        let found = Atlas::get().longest_at(&keys[at..keys.len().min(at + 8)]);
        let state = found.as_ref().and_then(|found| {
            found.hits().find(|hit| {
                hit.entry.kind() == EntryKind::State && hit.written_as(words[at]) && !hit.ambiguous
            })
        });
        if let Some(state) = state {
            toponyms.hint(state.entry, 1);
        }
        at += found.map_or(1, |found| found.words);
    }
}

fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        if !rest.starts_with(['>', ' ', '\n']) {
            continue;
        }
        let Some(inner) = rest.find('>') else { break };
        let Some(end) = rest.find(&close) else { break };
        found.push(&rest[inner + 1..end]);
        rest = &rest[end..];
    }
    found
}

/// The text of an element: literal in a CDATA section, else with its entities resolved.
fn content(text: &str) -> String {
    let literal = text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    literal.map_or_else(|| unescape(text), str::to_owned)
}

fn unescape(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
