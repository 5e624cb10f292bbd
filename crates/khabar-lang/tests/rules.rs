//! Every row of the word lists that tokens and sentences are found with does what its kind says.
//!
//! The rows are read from the files themselves, so a new row is tested without a new case.

use khabar_lang::{Analyzer, Language};
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the data loads"));

/// The first two columns of the rows of a word list.
fn rows(content: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    content.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = line.split('\t');
        (columns.next().unwrap_or_default(), columns.next().unwrap_or_default())
    })
}

fn sentences(text: &str, language: Language) -> Vec<String> {
    let analysis = ANALYZER.analyze(text, language, &[]);
    analysis.sentences().map(|sentence| sentence.text().to_owned()).collect()
}

fn words(text: &str) -> String {
    let analysis = ANALYZER.analyze(text, Language::English, &[]);
    let words: Vec<&str> = analysis
        .sentences()
        .flat_map(khabar_lang::Sentence::words)
        .map(khabar_lang::Word::text)
        .collect();
    words.join(" ")
}

/// Tells all rows that do otherwise than they should at once.
fn check(cases: impl Iterator<Item = (String, Vec<String>, Vec<String>)>) {
    let mut count = 0;
    let mut wrong = Vec::new();
    for (text, found, wanted) in cases {
        count += 1;
        if found != wanted {
            wrong.push(format!("{text}\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(count > 0, "the list is empty");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

fn check_sentences(language: Language, cases: impl Iterator<Item = Vec<String>>) {
    check(cases.map(|wanted| {
        let text = wanted.join(" ");
        let found = sentences(&text, language);
        (text, found, wanted)
    }));
}

const ENGLISH: &str = include_str!("../rules/en/abbreviations.tsv");
const ARABIC: &str = include_str!("../rules/ar/abbreviations.tsv");

#[test]
fn english_abbreviations_hold_their_full_stop() {
    check_sentences(
        Language::English,
        rows(ENGLISH).map(|(form, kind)| {
            let rest = match kind {
                "month" | "reference" | "number" => "12 was read.",
                "title" | "suffix" | "org" | "place" => "Haddad stayed away.",
                _ => "was not enough.",
            };
            vec![format!("They spoke of {form} {rest}")]
        }),
    );
}

#[test]
fn english_abbreviations_that_may_end_a_sentence_do_before_a_word_that_opens_one() {
    let may_end =
        rows(ENGLISH).filter(|(_, kind)| !matches!(*kind, "title" | "month" | "reference"));
    check_sentences(
        Language::English,
        may_end
            .filter(|(form, kind)| *kind != "number" && form.ends_with('.'))
            .map(|(form, _)| vec![format!("They spoke of {form}"), "The envoy stayed.".to_owned()]),
    );
}

#[test]
fn arabic_abbreviations_hold_their_full_stop() {
    check_sentences(
        Language::Arabic,
        rows(ARABIC).map(|(form, _)| vec![format!("تحدث عن {form} سالم أمس.")]),
    );
}

#[test]
fn openers_begin_a_sentence_after_an_abbreviation() {
    check_sentences(
        Language::English,
        rows(include_str!("../rules/en/sentence_openers.tsv")).map(|(word, _)| {
            vec!["He flew to the U.S.".to_owned(), format!("{word} envoys stayed.")]
        }),
    );
}

#[test]
fn speech_verbs_carry_a_question_on() {
    check_sentences(
        Language::English,
        rows(include_str!("../rules/en/speech_verbs.tsv"))
            .map(|(verb, _)| vec![format!("“Who pays?” Amin {verb} the board.")]),
    );
}

#[test]
fn contractions_are_cut_where_their_row_says() {
    check(rows(include_str!("../rules/en/contractions.tsv")).map(|(form, parts)| {
        let text = format!("Then {form} go");
        let wanted = format!("Then {} go", parts.replace('|', " "));
        let found = words(&text);
        (text, vec![found], vec![wanted])
    }));
}

#[test]
fn prefixes_stay_with_their_word_and_other_words_do_not() {
    check(rows(include_str!("../rules/en/hyphen_prefixes.tsv")).map(|(prefix, _)| {
        let text = format!("the {prefix}-ruler went");
        let found = words(&text);
        (text.clone(), vec![found], vec![text])
    }));
    assert_eq!(words("the harbour-ruler went"), "the harbour - ruler went");
}

#[test]
fn units_are_set_apart_from_their_number() {
    check(rows(include_str!("../rules/en/number_units.tsv")).map(|(unit, _)| {
        let text = format!("about 5{unit} then");
        let found = words(&text);
        (text, vec![found], vec![format!("about 5 {unit} then")])
    }));
}
