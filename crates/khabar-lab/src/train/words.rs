//! What word lists other than treebanks tell of words: how frequent they are, and of which kinds they can be.
//!
//! Most of what a tagger gets wrong are words that its treebank does not have. A dictionary has them, and a list of names has
//! names; the network learns from the treebank what either is worth.

use super::lemma::Exception;
use super::wordfreq;
use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use khabar_lang::Language;
use khabar_lang::model::lexicon::{
    ADJECTIVE, ADVERB, Entry, FIRST_LIST, GERUND, Lexicon, NAME, NOUN, PART_OF_NAME, PAST, PLURAL,
    THIRD_PERSON, VERB,
};
use khabar_lang::normalize::{Fold, fold_into};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How rare, in centibels, the words are that the lexicon still takes in.
const RAREST: usize = 720;

/// The lists that a lexicon is made of.
#[derive(clap::Args, Clone)]
pub(crate) struct Lists {
    /// A frequency list of wordfreq.
    #[arg(long)]
    wordfreq: Option<PathBuf>,
    /// A folder with the database files of `WordNet`.
    #[arg(long)]
    wordnet: Option<PathBuf>,
    /// A list of names, `FILE` or `FILE:COLUMN` for a column of tab-separated ones, counted from 1; several names in a row
    /// are separated by `|`. Files whose names end in `.gz` are inflated. What stands in one argument, separated by commas,
    /// is one list.
    #[arg(long)]
    names: Vec<String>,
}

impl Lists {
    /// The irregular forms of the dictionary, each with each tag that it can have.
    pub(crate) fn exceptions(&self) -> Result<Vec<Exception>> {
        let mut exceptions = Vec::new();
        let Some(folder) = &self.wordnet else { return Ok(exceptions) };
        for part in ["noun", "verb", "adj", "adv"] {
            for line in read(folder, &format!("{part}.exc"))?.lines() {
                let mut columns = line.split(' ');
                let (Some(form), Some(lemma)) = (columns.next(), columns.next()) else { continue };
                let tags: &[&str] = match part {
                    _ if form.contains('_') || form == lemma => &[],
                    "noun" => &["NOUN NNS"],
                    "verb" if form.ends_with("ing") => &["VERB VBG"],
                    "verb" if form.ends_with('s') => &["VERB VBZ"],
                    "verb" => &["VERB VBD", "VERB VBN"],
                    "adj" if form.ends_with("est") => &["ADJ JJS"],
                    "adj" => &["ADJ JJR"],
                    _ if form.ends_with("est") => &["ADV RBS"],
                    _ => &["ADV RBR"],
                };
                exceptions.extend(tags.iter().map(|tag| Exception {
                    form: form.to_owned(),
                    tag,
                    lemma: lemma.to_owned(),
                }));
            }
        }
        Ok(exceptions)
    }

    /// The lexicon of a language.
    pub(crate) fn lexicon(&self, language: Language) -> Result<Lexicon> {
        let mut entries = Entries::default();
        let path =
            self.wordfreq.as_ref().context("a frequency list is to be given with --wordfreq")?;
        for (word, band) in wordfreq::read(path, RAREST)? {
            entries.0.entry(word).or_default().band = band;
        }
        if let Some(folder) = &self.wordnet {
            entries.add_wordnet(folder)?;
        }
        if self.names.len() > 3 {
            bail!("there is room for three lists of names");
        }
        for (list, bit) in self.names.iter().zip((FIRST_LIST..).step_by(2)) {
            entries.add_names(list, language, 1 << bit)?;
        }
        eprintln!("lexicon: {} words", entries.0.len());
        Ok(Lexicon::build(entries.0.iter().map(|(word, entry)| (word.as_str(), *entry))))
    }
}

/// What is known of words, by their spelling in the lexicon.
#[derive(Default)]
struct Entries(BTreeMap<String, Entry>);

impl Entries {
    fn add(&mut self, word: &str, class: u16) {
        self.0.entry(word.to_owned()).or_default().classes |= class;
    }

    /// Adds an inflected form, if it is in use.
    fn add_form(&mut self, word: &str, class: u16) {
        if let Some(entry) = self.0.get_mut(word) {
            entry.classes |= class;
        }
    }

    fn add_wordnet(&mut self, folder: &Path) -> Result<()> {
        for (part, class) in [("noun", NOUN), ("verb", VERB), ("adj", ADJECTIVE), ("adv", ADVERB)] {
            for line in read(folder, &format!("data.{part}"))?.lines() {
                if !line.starts_with(' ') {
                    self.add_synset(line, class)
                        .with_context(|| format!("`{line}` is no line of data.{part}"))?;
                }
            }
            for line in read(folder, &format!("{part}.exc"))?.lines() {
                let form = line.split(' ').next().unwrap_or_default();
                match class {
                    NOUN => self.add_form(form, PLURAL),
                    VERB if form.ends_with("ing") => self.add_form(form, GERUND),
                    VERB if form.ends_with('s') => self.add_form(form, THIRD_PERSON),
                    VERB => self.add_form(form, PAST),
                    _ => self.add_form(form, class),
                }
            }
        }
        Ok(())
    }

    /// Adds the words of a line of the database: their number, in hexadecimal, stands in the fourth field, and each is
    /// followed by another.
    fn add_synset(&mut self, line: &str, class: u16) -> Option<()> {
        let mut fields = line.split(' ').skip(3);
        let count = usize::from_str_radix(fields.next()?, 16).ok()?;
        for word in fields.step_by(2).take(count) {
            let word = word.split('(').next()?;
            let is_single = !word.contains('_');
            for part in word.split('_') {
                let lower = part.to_lowercase();
                if part.starts_with(char::is_uppercase) && class == NOUN {
                    self.add(&lower, if is_single { NAME } else { PART_OF_NAME });
                } else if is_single {
                    self.add(&lower, class);
                    self.add_inflected(&lower, class);
                }
            }
        }
        Some(())
    }

    fn add_inflected(&mut self, word: &str, class: u16) {
        match class {
            NOUN => self.add_form(&with_s(word), PLURAL),
            VERB => {
                self.add_form(&with_s(word), THIRD_PERSON);
                let stem = word.strip_suffix('e').unwrap_or(word);
                match stem.strip_suffix('y') {
                    Some(stem) if ends_in_consonant(stem) => {
                        self.add_form(&format!("{stem}ied"), PAST);
                    }
                    _ => self.add_form(&format!("{stem}ed"), PAST),
                }
                self.add_form(&format!("{stem}ing"), GERUND);
                self.add_form(&format!("{word}ing"), GERUND);
            }
            _ => {}
        }
    }

    fn add_names(&mut self, list: &str, language: Language, class: u16) -> Result<()> {
        for file in list.split(',') {
            self.add_name_file(file, language, class)?;
        }
        Ok(())
    }

    fn add_name_file(&mut self, list: &str, language: Language, class: u16) -> Result<()> {
        let (path, column) = match list.rsplit_once(':') {
            Some((path, column)) => (path, column.parse::<usize>()?.max(1)),
            None => (list, 1),
        };
        let bytes = std::fs::read(path).with_context(|| format!("reading {path}"))?;
        let mut content = String::new();
        if Path::new(path).extension().is_some_and(|extension| extension == "gz") {
            GzDecoder::new(bytes.as_slice()).read_to_string(&mut content)
        } else {
            bytes.as_slice().read_to_string(&mut content)
        }
        .with_context(|| format!("reading {path}"))?;
        let is_cased = language == Language::English;
        for line in content.lines().filter(|line| !line.starts_with('#')) {
            for name in line.split('\t').nth(column - 1).unwrap_or_default().split('|') {
                let words: Vec<&str> = name.split([' ', '-']).collect();
                let class = if words.len() == 1 { class } else { class << 1 };
                for word in words {
                    let is_name = word.chars().nth(1).is_some()
                        && word.chars().all(char::is_alphabetic)
                        && (!is_cased || word.starts_with(char::is_uppercase));
                    if is_name {
                        self.add(&lexical(word, language), class);
                    }
                }
            }
        }
        Ok(())
    }
}

fn read(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
}

/// The spelling of a word in the lexicon.
fn lexical(word: &str, language: Language) -> String {
    match language {
        Language::English => word.to_lowercase(),
        Language::Arabic => {
            let mut out = String::new();
            fold_into(word, Fold::FORM, &mut out);
            out
        }
    }
}

/// The plural of a regular noun, the third person of a regular verb.
fn with_s(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if ends_in_consonant(stem) => format!("{stem}ies"),
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}

fn ends_in_consonant(stem: &str) -> bool {
    !stem.is_empty() && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(entries: &Entries, word: &str) -> u16 {
        entries.0.get(word).map_or(0, |entry| entry.classes)
    }

    #[test]
    fn words_of_the_database_and_their_forms_get_classes() {
        let mut entries = Entries::default();
        for word in ["carries", "carried", "carrying", "boxes", "box"] {
            entries.0.insert(word.to_owned(), Entry { band: 5, classes: 0 });
        }
        entries.add_synset("00000001 35 v 02 carry 0 transport 1 000 | note", VERB).unwrap();
        entries.add_synset("00000002 06 n 01 box 0 000 | note", NOUN).unwrap();
        entries.add_synset("00000003 15 n 02 Nile 0 Lake_Chad 0 000 | note", NOUN).unwrap();
        assert_eq!(classes(&entries, "carry"), VERB);
        assert_eq!(classes(&entries, "carries"), THIRD_PERSON);
        assert_eq!(classes(&entries, "carried"), PAST);
        assert_eq!(classes(&entries, "carrying"), GERUND);
        assert_eq!(classes(&entries, "boxes"), PLURAL);
        assert_eq!(classes(&entries, "nile"), NAME);
        assert_eq!(classes(&entries, "chad"), PART_OF_NAME);
        assert_eq!(classes(&entries, "transports"), 0);
        assert!(entries.add_synset("00000003 15 n", NOUN).is_none());
    }
}
