//! Scoring who is who against GUM's coreference, by B³ and LEA.
//!
//! GUM annotates every noun phrase; khabar only those that can take part in the news. So the links are scored over the
//! gold mentions of persons, places and organizations, and a mention that the reader does not have counts as alone. The
//! baseline gives mentions with the same head word to one entity, and a pronoun to the mention before it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use khabar_lang::{Analyzer, Language};
use khabar_read::Reader;
use khabar_record::{Article, Document, TextRange};

use super::corpora::brackets;

/// How a gold mention speaks of its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Pronoun,
    Name,
    Noun,
}

/// A gold mention: its words, its cluster, the word that heads it.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) span: TextRange,
    pub(crate) cluster: usize,
    pub(crate) form: Form,
    head: String,
}

/// A document of GUM.
#[derive(Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) mentions: Vec<Mention>,
}

/// Precision and recall, each a sum and what it is divided by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Score {
    precision: (f64, f64),
    recall: (f64, f64),
}

impl Score {
    pub(crate) fn render(self) -> String {
        let share = |(sum, of): (f64, f64)| if of == 0.0 { 0.0 } else { sum / of };
        let (p, r) = (share(self.precision), share(self.recall));
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        format!("P {p:.3} R {r:.3} F1 {f1:.3}")
    }
}

/// The scores of one way of giving mentions to entities.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scores {
    pub(crate) all: Score,
    pub(crate) pronouns: Score,
    pub(crate) nouns: Score,
    pub(crate) lea: Score,
}

/// What was measured.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measured {
    pub(crate) reader: Scores,
    pub(crate) baseline: Scores,
    pub(crate) documents: usize,
    pub(crate) mentions: usize,
    /// How many of the mentions the reader has.
    pub(crate) found: usize,
}

/// Scores a file of GUM.
pub(crate) fn score(path: &Path) -> Result<Measured> {
    let analyzer = Analyzer::new().context("the language models")?;
    let reader = Reader::new();
    let mut measured = Measured::default();
    for text in read(path)? {
        let analysis = analyzer.analyze(&text.text, Language::English, &[]);
        let found = reader.read_everybody(text.article(), &analysis);
        let answer = answer_of(&found, &text);
        measured.documents += 1;
        measured.mentions += answer.len();
        measured.found += answer.iter().filter(|&&of| of < ALONE).count();
        measured.reader.add(&text.mentions, &answer);
        measured.baseline.add(&text.mentions, &baseline(&text));
    }
    Ok(measured)
}

/// Reads the documents of a file of GUM.
pub(crate) fn read(path: &Path) -> Result<Vec<Text>> {
    let content = std::fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    Ok(documents(&content))
}

/// The first number of the entities that have one mention because the reader does not have it.
const ALONE: usize = 1_000_000;

impl Text {
    /// The text as an article to read.
    pub(crate) fn article(&self) -> Article {
        let document = Document {
            text: self.text.clone(),
            language: Some("en".into()),
            ..Document::default()
        };
        Article { document, blocks: Vec::new() }
    }
}

impl Scores {
    fn add(&mut self, gold: &[Mention], found: &[usize]) {
        b_cubed(gold, found, |_| true, &mut self.all);
        b_cubed(gold, found, |mention| mention.form == Form::Pronoun, &mut self.pronouns);
        b_cubed(gold, found, |mention| mention.form == Form::Noun, &mut self.nouns);
        let of_gold: Vec<usize> = gold.iter().map(|mention| mention.cluster).collect();
        lea(&of_gold, found, &mut self.lea.recall);
        lea(found, &of_gold, &mut self.lea.precision);
    }
}

/// The cluster that the reader puts each gold mention in; those that it does not have are alone.
fn answer_of(found: &[(usize, TextRange)], text: &Text) -> Vec<usize> {
    let of = |span: TextRange| -> Option<usize> {
        let exact = found.iter().find(|(_, other)| *other == span);
        exact.map(|&(actor, _)| actor).or_else(|| {
            // A name without its title or its relative clause is the same mention when it shares most of the words.
            let near = found.iter().filter_map(|&(actor, other)| {
                let shared = other.intersect(span)?.len().to_u32();
                let all = other.cover(span).len().to_u32();
                (shared * 2 >= all).then_some((shared * 1000 / all, actor))
            });
            near.max_by_key(|&(share, _)| share).map(|(_, actor)| actor)
        })
    };
    let mentions = text.mentions.iter().enumerate();
    mentions.map(|(at, mention)| of(mention.span).unwrap_or(ALONE + at)).collect()
}

fn baseline(text: &Text) -> Vec<usize> {
    let mut by_head: BTreeMap<&str, usize> = BTreeMap::new();
    let mut clusters: Vec<usize> = Vec::new();
    for (at, mention) in text.mentions.iter().enumerate() {
        let cluster = if mention.form == Form::Pronoun {
            clusters.last().copied().unwrap_or(at)
        } else {
            *by_head.entry(mention.head.as_str()).or_insert(at)
        };
        clusters.push(cluster);
    }
    clusters
}

fn b_cubed(gold: &[Mention], found: &[usize], which: impl Fn(&Mention) -> bool, score: &mut Score) {
    for (at, mention) in gold.iter().enumerate().filter(|(_, mention)| which(mention)) {
        let (mut both, mut with_found, mut with_gold) = (0.0, 0.0, 0.0);
        for other in 0..gold.len() {
            let same = (gold[other].cluster == mention.cluster, found[other] == found[at]);
            both += f64::from(u8::from(same.0 && same.1));
            with_gold += f64::from(u8::from(same.0));
            with_found += f64::from(u8::from(same.1));
        }
        score.precision.0 += both / with_found;
        score.precision.1 += 1.0;
        score.recall.0 += both / with_gold;
        score.recall.1 += 1.0;
    }
}

/// Adds how many of the links of each entity of one side stand on the other too, weighed by the entity's mentions. One
/// who is mentioned once is linked to himself.
fn lea(of: &[usize], other: &[usize], sum: &mut (f64, f64)) {
    let mut entities: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, &entity) in of.iter().enumerate() {
        entities.entry(entity).or_default().push(at);
    }
    let size_there = |at: usize| other.iter().filter(|&&entity| entity == other[at]).count();
    for mentions in entities.values() {
        let size = mentions.len() as f64;
        sum.1 += size;
        if let [alone] = mentions[..] {
            sum.0 += f64::from(u8::from(size_there(alone) == 1));
            continue;
        }
        let mut kept = 0.0;
        for (at, &one) in mentions.iter().enumerate() {
            kept +=
                mentions[at + 1..].iter().filter(|&&two| other[one] == other[two]).count() as f64;
        }
        sum.0 += size * kept / (size * (size - 1.0) / 2.0);
    }
}

fn documents(content: &str) -> Vec<Text> {
    let mut documents: Vec<Text> = Vec::new();
    let mut clusters: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut words: Vec<(String, Form)> = Vec::new();
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
        words.push((cells[1].to_lowercase(), form_of(cells[3])));
        if !cells[9].contains("SpaceAfter=No") {
            text.text.push(' ');
        }
        let entity = cells[9].split('|').find_map(|item| item.strip_prefix("Entity="));
        for (opens, parts) in entity.map(brackets).unwrap_or_default() {
            if opens {
                let next = clusters.len();
                let cluster = *clusters.entry(parts[0].clone()).or_insert(next);
                open.push(Open { start, word: words.len() - 1, cluster, parts });
            } else if let Some(at) = open.iter().rposition(|open| open.parts[0] == parts[0]) {
                let opened = open.remove(at);
                text.mentions.extend(opened.close(end, &words));
            }
        }
    }
    for text in &mut documents {
        text.mentions.sort_by_key(|mention| mention.span);
    }
    documents
}

fn form_of(upos: &str) -> Form {
    match upos {
        "PRON" | "DET" => Form::Pronoun,
        "PROPN" => Form::Name,
        _ => Form::Noun,
    }
}

/// A mention whose end is not read yet.
struct Open {
    start: usize,
    /// The number of its first word.
    word: usize,
    cluster: usize,
    parts: Vec<String>,
}

impl Open {
    fn close(self, end: usize, words: &[(String, Form)]) -> Option<Mention> {
        let kind = self.parts.get(1).map(String::as_str);
        if !matches!(kind, Some("person" | "place" | "organization")) {
            return None;
        }
        // The sixth part counts the words up to the head.
        let count = self.parts.get(5).and_then(|part| part.split(',').next()?.parse().ok());
        let at = self.word + count.unwrap_or(1_usize).max(1) - 1;
        let (head, form) = words.get(at).or(words.last())?.clone();
        Some(Mention { span: TextRange::new(self.start, end), cluster: self.cluster, form, head })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(clusters: &[usize]) -> Vec<Mention> {
        let mention = |&cluster: &usize| Mention {
            span: TextRange::new(0_u32, 1_u32),
            cluster,
            form: Form::Noun,
            head: String::new(),
        };
        clusters.iter().map(mention).collect()
    }

    #[test]
    fn the_same_clusters_score_one_and_others_less() {
        let gold = mentions(&[1, 1, 2]);
        let mut same = Scores::default();
        same.add(&gold, &[7, 7, 9]);
        assert_eq!(same.all.render(), "P 1.000 R 1.000 F1 1.000");
        assert_eq!(same.lea.render(), "P 1.000 R 1.000 F1 1.000");
        let mut torn = Scores::default();
        torn.add(&gold, &[1, 2, 3]);
        assert!(torn.all.render().starts_with("P 1.000 R 0.667"));
        assert!(torn.lea.render().starts_with("P 0.333 R 0.333"));
    }
}
