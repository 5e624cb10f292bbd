//! Scoring who is who against GUM's coreference: B³ over the mentions that both sides have, and over all.
//!
//! GUM annotates every noun phrase; khabar only those that can take part in the news. So the links are scored over the
//! gold mentions of persons, places and organizations whose head is a pronoun, a name or a noun, and a mention that the
//! reader does not have counts as alone. The baseline links equal words, and a pronoun to the mention before it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Document, EntityId, Record, TextRange};

use super::corpora::brackets;

/// A gold mention: its words, its cluster, and whether it is a pronoun.
#[derive(Clone, Debug)]
struct Mention {
    span: TextRange,
    cluster: usize,
    pronoun: bool,
}

/// A document of GUM.
#[derive(Default)]
struct Text {
    text: String,
    mentions: Vec<Mention>,
}

/// Precision and recall sums.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    precision: f64,
    recall: f64,
    count: f64,
}

impl Score {
    pub(crate) fn render(self) -> String {
        let count = self.count.max(1.0);
        let (p, r) = (self.precision / count, self.recall / count);
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        format!("P {p:.3} R {r:.3} F1 {f1:.3} (n {})", self.count)
    }
}

/// The scores of the reader and of the baseline, over all mentions and over pronouns.
pub(crate) struct Scores {
    pub(crate) reader: Score,
    pub(crate) baseline: Score,
    pub(crate) reader_pronouns: Score,
    pub(crate) baseline_pronouns: Score,
    pub(crate) found: f64,
}

/// Scores a file of GUM.
pub(crate) fn score(path: &Path) -> Result<Scores> {
    let content = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    let analyzer = Analyzer::new().context("the language models")?;
    let reader = Reader::new();
    let mut scores = Scores {
        reader: Score::default(),
        baseline: Score::default(),
        reader_pronouns: Score::default(),
        baseline_pronouns: Score::default(),
        found: 0.0,
    };
    let mut had = 0.0;
    for text in documents(&content) {
        let analysis = analyzer.analyze(&text.text, Language::English, &[]);
        let document = Document {
            text: text.text.clone(),
            language: Some("en".into()),
            ..Document::default()
        };
        let article = Article { document, blocks: Vec::new() };
        let record = reader.read_all_names(article, &analysis);
        let answer = answer_of(&record, &text);
        had += answer.iter().enumerate().filter(|&(at, &of)| of < at + 1_000_000).count() as f64;
        let simple = baseline(&text);
        b_cubed(&text.mentions, &answer, |_| true, &mut scores.reader);
        b_cubed(&text.mentions, &simple, |_| true, &mut scores.baseline);
        b_cubed(&text.mentions, &answer, |m| m.pronoun, &mut scores.reader_pronouns);
        b_cubed(&text.mentions, &simple, |m| m.pronoun, &mut scores.baseline_pronouns);
    }
    scores.found = had / scores.reader.count.max(1.0);
    Ok(scores)
}

/// The cluster that the reader puts each gold mention in; those that it does not have are alone.
fn answer_of(record: &Record, text: &Text) -> Vec<usize> {
    let mut by_end: BTreeMap<(u32, u32), EntityId> = BTreeMap::new();
    for mention in &record.mentions {
        by_end.insert((mention.span.start().to_u32(), mention.span.end().to_u32()), mention.entity);
    }
    let of = |span: TextRange| -> Option<EntityId> {
        let exact = by_end.get(&(span.start().to_u32(), span.end().to_u32()));
        exact.copied().or_else(|| {
            // A name without its title or its relative clause is the same mention when it shares most of the words.
            record
                .mentions
                .iter()
                .filter(|mention| mention.span.overlaps(span))
                .filter_map(|mention| {
                    let shared = mention.span.intersect(span)?.len().to_u32();
                    let all = mention.span.cover(span).len().to_u32();
                    (shared * 2 >= all).then_some((shared * 1000 / all, mention.entity))
                })
                .max_by_key(|&(share, _)| share)
                .map(|(_, entity)| entity)
        })
    };
    text.mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| of(mention.span).map_or(1_000_000 + at, |id| id.0 as usize))
        .collect()
}

fn baseline(text: &Text) -> Vec<usize> {
    let mut by_words: BTreeMap<String, usize> = BTreeMap::new();
    let mut clusters: Vec<usize> = Vec::new();
    for (at, mention) in text.mentions.iter().enumerate() {
        let words = text.text[mention.span].to_lowercase();
        let cluster = if mention.pronoun {
            clusters.last().copied().unwrap_or(at)
        } else {
            *by_words.entry(words).or_insert(at)
        };
        clusters.push(cluster);
    }
    clusters
}

fn b_cubed(gold: &[Mention], found: &[usize], which: impl Fn(&Mention) -> bool, score: &mut Score) {
    for (at, mention) in gold.iter().enumerate().filter(|(_, mention)| which(mention)) {
        let together = |other: usize| {
            (gold[other].cluster == mention.cluster, found[other] == found[at])
        };
        let all = (0..gold.len()).map(together);
        let count = |fits: fn((bool, bool)) -> bool| all.clone().filter(|&pair| fits(pair)).count() as f64;
        let both = count(|(gold, found)| gold && found);
        score.precision += both / count(|(_, found)| found);
        score.recall += both / count(|(gold, _)| gold);
        score.count += 1.0;
    }
}

fn documents(content: &str) -> Vec<Text> {
    let mut documents: Vec<Text> = Vec::new();
    let mut clusters: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: Vec<(String, usize, bool, usize)> = Vec::new();
    for line in content.lines() {
        if line.starts_with("# newdoc") {
            documents.push(Text::default());
            clusters.clear();
            open.clear();
        }
        let Some(text) = documents.last_mut() else { continue };
        if line.starts_with("# newpar") && !text.text.is_empty() {
            text.text.truncate(text.text.trim_end().len());
            text.text.push_str("\n\n");
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let start = text.text.len();
        text.text.push_str(cells[1]);
        let end = text.text.len();
        if !cells[9].contains("SpaceAfter=No") {
            text.text.push(' ');
        }
        let entity = cells[9].split('|').find_map(|item| item.strip_prefix("Entity="));
        for (opens, parts) in entity.map(brackets).unwrap_or_default() {
            let next = clusters.len();
            if opens {
                let kept = matches!(
                    parts.get(1).map(String::as_str),
                    Some("person" | "place" | "organization")
                );
                let cluster = *clusters.entry(parts[0].clone()).or_insert(next);
                open.push((parts[0].clone(), start, kept, cluster));
            } else if let Some(at) = open.iter().rposition(|(id, ..)| *id == parts[0]) {
                let (_, from, kept, cluster) = open.remove(at);
                if kept {
                    let pronoun = from == start && matches!(cells[3], "PRON" | "DET");
                    let span = TextRange::new(from, end);
                    text.mentions.push(Mention { span, cluster, pronoun });
                }
            }
        }
    }
    for text in &mut documents {
        text.mentions.sort_by_key(|mention| mention.span);
    }
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_is_one_for_the_same_clusters_and_less_for_others() {
        let mention = |cluster| Mention { span: TextRange::new(0_u32, 1_u32), cluster, pronoun: false };
        let gold = [mention(1), mention(1), mention(2)];
        let mut same = Score::default();
        b_cubed(&gold, &[7, 7, 9], |_| true, &mut same);
        assert!(same.render().contains("F1 1.000"));
        let mut torn = Score::default();
        b_cubed(&gold, &[1, 2, 3], |_| true, &mut torn);
        assert!(torn.render().contains("P 1.000 R 0.667"));
    }
}
