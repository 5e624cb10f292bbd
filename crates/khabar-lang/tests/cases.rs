//! A fixture file is a test: every case holds a text and what must come out of it.

use khabar_lang::{Analysis, Analyzer, Language, Word};
use khabar_record::TextRange;
use serde::Deserialize;
use std::path::Path;
use std::sync::LazyLock;

/// What a text must give, if the case says so, and how it is found.
type Check<'c> = (&'c Option<Vec<String>>, fn(&Analysis) -> Vec<String>);

/// The stretch of text that belongs to a word.
type Stretch = fn(Word<'_>) -> TextRange;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the data loads"));

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    rule: String,
    text: String,
    sentences: Option<Vec<String>>,
    words: Option<Vec<String>>,
    quotes: Option<Vec<String>>,
    /// Words with the noun phrases that they head.
    #[serde(default)]
    phrases: Vec<[String; 2]>,
    /// Words with the clauses that they head.
    #[serde(default)]
    clauses: Vec<[String; 2]>,
    /// Words with their lemmas.
    #[serde(default)]
    lemmas: Vec<[String; 2]>,
}

/// Runs the cases of a file; what differs is told all at once.
fn run(file: &str, language: impl Fn(&Case) -> Language) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let content = std::fs::read_to_string(&path).expect("the file is there");
    let file: File = toml::from_str(&content).expect("the file holds cases");
    let mut differences = Vec::new();
    for case in &file.case {
        let analysis = ANALYZER.analyze(&case.text, language(case), &[]);
        khabar_lang::fuzz::check(&analysis);
        let checks: [Check<'_>; 3] =
            [(&case.sentences, sentences), (&case.words, words), (&case.quotes, quotes)];
        for (wanted, found) in checks {
            let found = found(&analysis);
            if wanted.as_ref().is_some_and(|wanted| *wanted != found) {
                differences.push(format!("{}\n  wanted {wanted:?}\n  found  {found:?}", case.rule));
            }
        }
        for [form, wanted] in &case.lemmas {
            let found = word(&analysis, form).map(Word::lemma);
            if found != Some(wanted) {
                let rule = &case.rule;
                differences
                    .push(format!("{rule}: {form}\n  wanted {wanted:?}\n  found  {found:?}"));
            }
        }
        let stretches: [(&[[String; 2]], Stretch); 2] = [
            (&case.phrases, |word| word.noun_phrase()),
            (&case.clauses, |word| word.clause_range()),
        ];
        for (pairs, stretch) in stretches {
            for [head, wanted] in pairs {
                let found = word(&analysis, head).map(|word| &analysis.text()[stretch(word)]);
                if found != Some(wanted) {
                    let rule = &case.rule;
                    differences
                        .push(format!("{rule}: {head}\n  wanted {wanted:?}\n  found  {found:?}"));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", path.display(), differences.join("\n"));
}

/// The first word with this text.
fn word<'a>(analysis: &'a Analysis, text: &str) -> Option<Word<'a>> {
    analysis.sentences().flat_map(khabar_lang::Sentence::words).find(|word| word.text() == text)
}

fn sentences(analysis: &Analysis) -> Vec<String> {
    analysis.sentences().map(|sentence| sentence.text().to_owned()).collect()
}

fn words(analysis: &Analysis) -> Vec<String> {
    let joined = analysis.sentences().map(|sentence| {
        let words: Vec<&str> = sentence.words().map(Word::text).collect();
        words.join(" ")
    });
    joined.collect()
}

fn quotes(analysis: &Analysis) -> Vec<String> {
    let quotes = analysis.quotes().iter().map(|quote| {
        let depth = ">".repeat(quote.depth.into());
        let open = if quote.closed { "" } else { "!" };
        let continues = if quote.continues { "+" } else { "" };
        format!("{depth}{open}{continues}{}", &analysis.text()[quote.content])
    });
    quotes.collect()
}

#[test]
fn english_sentences() {
    run("en/sentences.toml", |_| Language::English);
}

#[test]
fn english_words() {
    run("en/words.toml", |_| Language::English);
}

#[test]
fn english_lemmas() {
    run("en/lemmas.toml", |_| Language::English);
}

#[test]
fn arabic_sentences() {
    run("ar/sentences.toml", |_| Language::Arabic);
}

#[test]
fn arabic_words() {
    run("ar/words.toml", |_| Language::Arabic);
}

#[test]
fn quotations() {
    let is_arabic = |case: &Case| case.text.chars().any(|c| ('ء'..='ي').contains(&c));
    run("quotes.toml", |case| if is_arabic(case) { Language::Arabic } else { Language::English });
}

#[test]
fn english_phrases_and_clauses() {
    run("en/phrases.toml", |_| Language::English);
}

#[test]
fn arabic_phrases_and_clauses() {
    run("ar/phrases.toml", |_| Language::Arabic);
}
