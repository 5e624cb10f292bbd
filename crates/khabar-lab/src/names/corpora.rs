//! Corpora of names, each a list of texts with the spans of what they name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use khabar_lang::Language;
use khabar_read::names::tagger::labels::Class;
use khabar_record::{EntityKind, MentionForm, TextRange};

use super::sentences;
use crate::{gold, marked};

/// The sentences of a file that count as one text, where the file does not tell.
const TOGETHER: usize = 40;

/// A text with its names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    /// What it belongs to: a story, a file or a part of one, which is learnt from or scored as a whole.
    pub(crate) group: String,
    pub(crate) text: String,
    pub(crate) names: Vec<(TextRange, Class)>,
    /// All names with their kinds, also those inside others, where the corpus tells them.
    /// Descriptions that the corpus tells; who takes one for a name is not wrong.
    pub(crate) described: Vec<TextRange>,
    pub(crate) kinds: Option<Vec<(TextRange, EntityKind)>>,
}

/// Reads all files below a path: CoNLL-like columns, CoNLL-U with entities in the manner of GUM, or the articles of a
/// gold corpus that are not put aside.
pub(crate) fn read(path: &Path, language: Language) -> Result<Vec<Document>> {
    if path.join("articles").is_dir() {
        return gold_articles(path, language);
    }
    let mut documents = Vec::new();
    for file in files(path)? {
        let text = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
        let read = if marked::is_table(&text) {
            of_sentences(&text).with_context(|| format!("{}", file.display()))?
        } else if text.contains("\tEntity=") || text.contains("|Entity=") {
            gum(&text)
        } else {
            columns(&text)
        };
        documents.extend(read.into_iter().enumerate().map(|(at, mut document)| {
            if document.group.is_empty() {
                document.group = format!("{} {}", file.display(), at / TOGETHER);
            }
            document
        }));
    }
    if documents.is_empty() {
        bail!("{}: no names", path.display());
    }
    Ok(documents)
}

fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).with_context(|| format!("{}", path.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let note = path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with("LICENSE") || name.starts_with("README") || name.starts_with("NOTICE")
        });
        if !note {
            found.extend(files(&path)?);
        }
    }
    found.sort();
    Ok(found)
}

/// Sentences with names in brackets. They tell of different things, so each is a text of its own.
fn of_sentences(content: &str) -> Result<Vec<Document>> {
    let sentences = sentences::read(content)?;
    let document = |sentence: sentences::Sentence| Document {
        names: sentence
            .names()
            .filter_map(|name| Some((name.span, class_of(name.kind)?)))
            .collect(),
        kinds: Some(
            sentence
                .mentions
                .iter()
                .filter(|mention| mention.named)
                .map(|mention| (mention.span, mention.kind))
                .collect(),
        ),
        described: sentence.mentions.iter().filter(|m| !m.named).map(|m| m.span).collect(),
        group: sentence.id,
        text: sentence.text,
    };
    Ok(sentences.into_iter().map(document).collect())
}

fn gold_articles(path: &Path, language: Language) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for (story, record) in gold::lessons(path)? {
        if record.document.language.as_deref() != Some(language.code()) {
            continue;
        }
        let kinds: BTreeMap<_, _> = record.entities.iter().map(|e| (e.id, e.kind)).collect();
        let mut document =
            Document { group: story, text: record.document.text.clone(), ..Document::default() };
        let names = || record.mentions.iter().filter(|m| m.form == MentionForm::Name);
        document.kinds =
            Some(names().filter_map(|m| Some((m.span, *kinds.get(&m.entity)?))).collect());
        let nominals = record.mentions.iter().filter(|m| m.form == MentionForm::Nominal);
        document.described = nominals.map(|m| m.span).collect();
        for mention in names() {
            let Some(class) = kinds.get(&mention.entity).and_then(|&kind| class_of(kind)) else {
                continue;
            };
            document.names.push((mention.span, class));
        }
        documents.push(document);
    }
    Ok(documents)
}

/// The class of an entity's kind; none for those that the model does not tell.
pub(crate) fn class_of(kind: EntityKind) -> Option<Class> {
    match kind {
        EntityKind::Person => Some(Class::Person),
        EntityKind::State | EntityKind::Place => Some(Class::Location),
        EntityKind::Organization | EntityKind::Outlet | EntityKind::Group => {
            Some(Class::Organization)
        }
        EntityKind::Role => None,
    }
}

/// Reads lines of a token and its tag; every sentence is a text, its tokens set apart by spaces.
fn columns(text: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut document = Document::default();
    for line in text.lines().chain([""]) {
        if line.starts_with("# ") {
            continue;
        }
        if line.trim().is_empty() {
            if !document.text.is_empty() {
                documents.push(std::mem::take(&mut document));
            }
            continue;
        }
        let cells: Vec<&str> = if line.contains('\t') {
            line.split('\t').collect()
        } else {
            line.split(' ').collect()
        };
        let is_tag =
            |cell: &&&str| cell.starts_with("B-") || cell.starts_with("I-") || **cell == "O";
        let numbered = cells.len() > 2 && cells[0].bytes().all(|b| b.is_ascii_digit());
        let (token, tag) = if numbered {
            (cells[1], cells[2])
        } else {
            (cells[0], cells[1..].iter().find(is_tag).copied().unwrap_or("O"))
        };
        push_token(&mut document, token, tag);
    }
    documents
}

fn push_token(document: &mut Document, token: &str, tag: &str) {
    if !document.text.is_empty() {
        document.text.push(' ');
    }
    let start = document.text.len();
    document.text.push_str(token);
    let range = TextRange::new(start, document.text.len());
    let Some(class) = tag.get(2..).and_then(class_of_tag) else { return };
    match document.names.last_mut() {
        Some((name, other))
            if tag.starts_with("I-") && *other == class && name.end().to_usize() + 1 == start =>
        {
            *name = name.cover(range);
        }
        _ => document.names.push((range, class)),
    }
}

fn class_of_tag(tag: &str) -> Option<Class> {
    Some(match tag.to_uppercase().as_str() {
        "PER" | "PERS" | "PERSON" => Class::Person,
        "ORG" | "ORGANISATION" | "ORGANIZATION" => Class::Organization,
        "LOC" | "LOCATION" | "GPE" | "FAC" => Class::Location,
        _ => return None,
    })
}

/// A word of GUM with what is needed to find the names.
struct GumWord {
    range: TextRange,
    proper: bool,
    link: bool,
    title: bool,
}

/// Reads names off GUM's entities: the run of proper nouns at the head of a person, place or organization.
fn gum(text: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    for block in text.split("\n\n") {
        let mut document = Document::default();
        let mut words = Vec::new();
        let mut open: Vec<(String, usize, String, Vec<usize>)> = Vec::new();
        let mut entities = Vec::new();
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() < 10 || !cells[0].bytes().all(|b| b.is_ascii_digit()) {
                continue;
            }
            let start = document.text.len();
            document.text.push_str(cells[1]);
            words.push(GumWord {
                range: TextRange::new(start, document.text.len()),
                proper: cells[3] == "PROPN",
                link: matches!(
                    cells[1],
                    "of" | "the" | "and" | "for" | "&" | "-" | "'s" | "de" | "."
                ),
                title: TITLES.contains(&cells[1].trim_end_matches('.')),
            });
            if !cells[9].contains("SpaceAfter=No") {
                document.text.push(' ');
            }
            let entity = cells[9].split('|').find_map(|item| item.strip_prefix("Entity="));
            for (opens, parts) in entity.map(brackets).unwrap_or_default() {
                if opens {
                    let head: Vec<usize> = parts.get(5).map_or(Vec::new(), |cell| {
                        cell.split(',').filter_map(|n| n.parse().ok()).collect()
                    });
                    let etype = parts.get(1).cloned().unwrap_or_default();
                    open.push((parts[0].clone(), words.len() - 1, etype, head));
                } else if let Some(at) = open.iter().rposition(|(id, ..)| *id == parts[0]) {
                    let (_, first, etype, head) = open.remove(at);
                    entities.push((first, words.len() - 1, etype, head));
                }
            }
        }
        for (first, last, etype, head) in entities {
            let class = match etype.as_str() {
                "person" => Class::Person,
                "place" => Class::Location,
                "organization" => Class::Organization,
                _ => continue,
            };
            let head = head.first().map_or(last, |n| first + n - 1).min(last);
            if let Some(range) = proper_run(&words, first, last, head) {
                document.names.push((range, class));
            }
        }
        document.names.sort_unstable();
        // Of names inside one another the longest counts.
        let all = document.names.clone();
        document.names.retain(|(name, _)| {
            !all.iter().any(|(other, _)| other != name && other.contains_range(*name))
        });
        document.names.dedup_by_key(|(name, _)| *name);
        if !document.text.is_empty() {
            documents.push(document);
        }
    }
    documents
}

const TITLES: [&str; 14] = [
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "President",
    "Senator",
    "Sir",
    "Professor",
    "Prof",
    "Justice",
    "Governor",
    "King",
    "Queen",
    "General",
];

/// The proper nouns around the head of an entity, with the small words between them and without titles.
fn proper_run(words: &[GumWord], first: usize, last: usize, head: usize) -> Option<TextRange> {
    if !words.get(head)?.proper {
        return None;
    }
    let belongs = |at: usize, step: isize| {
        let beyond = at.checked_add_signed(step).filter(|at| (first..=last).contains(at));
        words[at].proper || words[at].link && beyond.is_some_and(|at| words[at].proper)
    };
    let mut start = head;
    while start > first && belongs(start - 1, -1) {
        start -= 1;
    }
    let mut end = head;
    while end < last && belongs(end + 1, 1) {
        end += 1;
    }
    while start < end && (words[start].title || words[start].link) {
        start += 1;
    }
    while end > start && words[end].link {
        end -= 1;
    }
    Some(words[start].range.cover(words[end].range))
}

/// The opening and closing brackets of GUM's entities at one word: whether one opens, and the parts set apart by hyphens.
pub(crate) fn brackets(cell: &str) -> Vec<(bool, Vec<String>)> {
    let mut found = Vec::new();
    let mut rest = cell;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('(') {
            let end = after.find(['(', ')']).unwrap_or(after.len());
            let parts: Vec<String> = after[..end].split('-').map(str::to_owned).collect();
            rest = &after[end..];
            let closes = rest.starts_with(')');
            found.push((true, parts.clone()));
            if closes {
                found.push((false, parts));
                rest = &rest[1..];
            }
        } else {
            let end = rest.find(')').unwrap_or(rest.len());
            found.push((false, vec![rest[..end].to_owned()]));
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_spans() {
        let documents = columns("Ada B-PER\nOwe I-PER\nleft O\nRena B-LOC\n\n0\tYes\tO\n");
        let spans: Vec<&str> =
            documents[0].names.iter().map(|&(range, _)| &documents[0].text[range]).collect();
        assert_eq!(spans, ["Ada Owe", "Rena"]);
        assert_eq!(documents[1].text, "Yes");
    }

    #[test]
    fn brackets_open_and_close() {
        let found = brackets("(7-abstract-new(3-person-new)");
        let opened: Vec<(bool, &str)> =
            found.iter().map(|(opens, parts)| (*opens, parts[0].as_str())).collect();
        assert_eq!(opened, [(true, "7"), (true, "3"), (false, "3")]);
        assert_eq!(brackets("27)6)").len(), 2);
    }

    #[test]
    fn gum_names_are_proper_nouns_without_titles() {
        let row = |n: usize, form: &str, upos: &str, misc: &str| {
            format!("{n}\t{form}\t{form}\t{upos}\tX\t_\t0\troot\t_\t{misc}\n")
        };
        let text = row(1, "President", "PROPN", "Entity=(1-person-new-cf1-cf2-1-sgl")
            + &row(2, "Ada", "PROPN", "_")
            + &row(3, "Owe", "PROPN", "Entity=1)");
        let documents = gum(&text);
        assert_eq!(documents[0].names.len(), 1);
        assert_eq!(&documents[0].text[documents[0].names[0].0], "Ada Owe");
    }
}
