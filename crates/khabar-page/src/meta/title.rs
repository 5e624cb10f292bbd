//! Choosing the headline.
//!
//! A page writes its headline in half a dozen places and in half a dozen shapes: with the site's name behind it, with a
//! section before it, shortened for a card, lengthened for a search engine. The one that most of them agree on, once the
//! additions are gone, is the headline; where they don't agree, what readers see wins.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::facts::{Facts, likeness};
use super::keys::{self, Field};
use super::table::{Table, TableError, sound, table};
use super::words::{fold, squash};

/// Marks that part a headline from a site's name, with spaces around them.
const BARS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", " ‹ ", " › ", " / ", "| ",
    " |", " ~ ",
];

const TABLES: [Table; 2] = [table!("en/title.tsv"), table!("ar/title.tsv")];

/// Words around headlines.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Labels before a headline that say "live" or "breaking".
    labels: Vec<String>,
    /// Names of sections.
    sections: Vec<String>,
}

impl Lexicon {
    /// Loads the tables.
    pub(crate) fn load() -> Result<Self, TableError> {
        let mut lexicon = Self::default();
        for table in TABLES {
            for row in table.rows::<3>()? {
                let list = match row.cells[1] {
                    "label" => &mut lexicon.labels,
                    "section" => &mut lexicon.sections,
                    other => return Err(row.error(format!("unknown kind {other:?}"))),
                };
                list.push(fold(row.cells[0]));
            }
        }
        Ok(lexicon)
    }

    fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| sound(Lexicon::load()));
        &LEXICON
    }
}

/// One place where a page writes its headline.
#[derive(Debug)]
struct Candidate {
    text: String,
    folded: String,
    weight: f32,
}

/// Chooses the page's headline. `names` are what the outlet may be called.
pub(crate) fn choose(facts: &Facts, names: &[String]) -> Option<String> {
    let raw = gather(facts);
    let whole: Vec<String> = raw.iter().map(|(text, _)| fold(text)).collect();
    let candidates: Vec<Candidate> = raw
        .iter()
        .map(|(text, weight)| {
            let text = strip(text, names, &whole);
            Candidate { folded: fold(&text), text, weight: *weight }
        })
        .filter(|candidate| !candidate.folded.is_empty() && !is_site_name(&candidate.folded, names))
        .collect();
    let mut votes: BTreeMap<&str, (f32, usize)> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let vote = votes.entry(&candidate.folded).or_insert((0.0, index));
        vote.0 += candidate.weight;
    }
    let mut best: Option<(f32, usize)> = None;
    for (folded, (weight, index)) in &votes {
        // Candidates that say nearly the same lend each other some weight, so that a lone odd one out can't win.
        let kin: f32 = candidates
            .iter()
            .filter(|other| other.folded != *folded)
            .map(|other| other.weight * likeness(folded, &other.folded) * 0.25)
            .sum();
        let score = weight + kin;
        let better = best.is_none_or(|(top, at)| {
            score > top + 1e-4 || ((score - top).abs() <= 1e-4 && *index < at)
        });
        if better {
            best = Some((score, *index));
        }
    }
    best.map(|(_, index)| candidates[index].text.clone())
}

/// Lists the places with their weights, those that readers see first.
fn gather(facts: &Facts) -> Vec<(String, f32)> {
    let mut found: Vec<(String, f32)> = Vec::new();
    if facts.headline_at.is_some() {
        found.extend(facts.headlines.first().map(|text| (text.clone(), 3.2)));
    }
    let metas = keys::values(facts, Field::Title);
    found.extend(metas.first().map(|text| ((*text).to_string(), 3.0)));
    let node = facts.nodes.iter().find(|node| node.rank < 4 && node.headline.is_some());
    found.extend(node.and_then(|node| node.headline.clone()).map(|text| (text, 2.6)));
    found.extend(
        facts.props.iter().find(|(key, _)| key == "headline").map(|(_, text)| (text.clone(), 1.5)),
    );
    found.extend(facts.title.clone().map(|text| (text, 1.6)));
    found.extend(metas.iter().skip(1).take(3).map(|text| ((*text).to_string(), 0.7)));
    found.retain(|(text, _)| !text.is_empty() && text.len() < 1_000);
    found
}

/// Whether a text is nothing but the site's name.
fn is_site_name(folded: &str, names: &[String]) -> bool {
    names.iter().any(|name| name == folded)
}

/// Takes the site's name, section names and live labels off a headline. `others` are all candidates, folded: what
/// another candidate leaves out may go, and what all of them have stays.
fn strip(text: &str, names: &[String], others: &[String]) -> String {
    let mut text = squash(text);
    for _ in 0..4 {
        let Some(shorter) =
            strip_tail(&text, names, others).or_else(|| strip_head(&text, names, others))
        else {
            break;
        };
        text = shorter;
    }
    strip_label(&text).unwrap_or(text)
}

fn strip_tail(text: &str, names: &[String], others: &[String]) -> Option<String> {
    let (at, len) =
        BARS.iter().filter_map(|bar| text.rfind(bar).map(|at| (at, bar.len()))).max()?;
    let (head, tail) = (text[..at].trim(), text[at + len..].trim());
    let (folded_head, folded_tail) = (fold(head), fold(tail));
    if folded_head.is_empty() {
        return None;
    }
    let agreed = others.contains(&folded_head) && folded_tail.split(' ').count() <= 8;
    let goes = is_addition(&folded_tail, names) || agreed;
    (goes && folded_head.split(' ').count() >= 2).then(|| head.to_string())
}

fn strip_head(text: &str, names: &[String], others: &[String]) -> Option<String> {
    let (at, len) = BARS.iter().filter_map(|bar| text.find(bar).map(|at| (at, bar.len()))).min()?;
    let (head, tail) = (text[..at].trim(), text[at + len..].trim());
    let (folded_head, folded_tail) = (fold(head), fold(tail));
    let agreed = others.contains(&folded_tail) && folded_head.split(' ').count() <= 4;
    let goes = is_site_name(&folded_head, names) || agreed;
    (goes && folded_tail.split(' ').count() >= 3).then(|| tail.to_string())
}

/// Whether words behind a bar are a site's name, a section or a domain, and not part of the headline.
fn is_addition(folded: &str, names: &[String]) -> bool {
    let lexicon = Lexicon::get();
    if folded.is_empty() || is_site_name(folded, names) {
        return true;
    }
    let is_outlet = || {
        let known = khabar_atlas::outlets::outlets();
        !known.all_by_name(folded).is_empty()
    };
    let ends_in_name = names.iter().any(|name| {
        name.len() >= 3
            && folded.split(' ').count() <= 7
            && (folded.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with(' '))
                || folded.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' ')))
    });
    lexicon.sections.iter().any(|section| section == folded) || ends_in_name || is_outlet()
}

/// Takes a live or breaking label off: what stands before a colon or a bar and is nothing but such a label.
fn strip_label(text: &str) -> Option<String> {
    let at = text
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '|' | '–' | '—' | '-' | '.' | '…' | '!'))?;
    let head = fold(&text[..at.0]);
    let labels = &Lexicon::get().labels;
    if !labels.contains(&head) {
        return None;
    }
    let rest = text[at.0 + at.1.len_utf8()..]
        .trim_start_matches([':', '|', '–', '—', '-', '.', '…', '!', ' '])
        .trim();
    (fold(rest).split(' ').count() >= 3).then(|| rest.to_string())
}

/// Cleans a headline that came with the input.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text = super::words::plain(text);
    (!text.is_empty()).then_some(text)
}
