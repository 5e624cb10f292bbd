//! The word lists behind the stems: what must not be cut, which forms belong together, what is not searched for.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use khabar_lang::normalize::{Fold, fold};
use khabar_table::{Table, TableError, list};

use super::{arabic, english};

/// The lists of one language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Words that the stemmer leaves whole.
    pub(super) whole: HashSet<String>,
    /// Words, without their endings, whose first letter is no clitic.
    pub(super) front: HashSet<String>,
    /// For each form, the other forms of its rows.
    pub(super) forms: HashMap<String, Vec<String>>,
    /// Words that are not searched for.
    pub(super) stop: HashSet<String>,
}

macro_rules! list_file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../rules/", $name)))
    };
}

pub(super) static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| {
    load_arabic().expect("the lists are part of the program and a test loads them")
});

pub(super) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    load_english().expect("the lists are part of the program and a test loads them")
});

pub(super) fn load_arabic() -> Result<Lexicon, TableError> {
    let mut lexicon = Lexicon::default();
    let (name, text) = list_file!("ar/whole.tsv");
    let table = Table::parse(name, text)?;
    let columns = table.columns(["words", "keeps", "note"])?;
    for row in table.rows() {
        let [words, keeps, _] = columns.cells(row);
        let letters = list(words).map(arabic::letters);
        match keeps {
            "all" => lexicon.whole.extend(letters),
            "front" => {
                let stems = letters.map(|word| arabic::without_endings(&word).to_owned());
                lexicon.front.extend(stems);
            }
            other => {
                return Err(row.error(format!("{other:?} is nothing to keep; all and front are")));
            }
        }
    }
    for words in rows(list_file!("ar/stop.tsv"), "words")? {
        lexicon.stop.extend(words.iter().map(|word| arabic::letters(word)));
    }
    for forms in rows(list_file!("ar/forms.tsv"), "forms")? {
        relate(&mut lexicon.forms, forms.iter().map(|word| arabic::letters(word)).collect());
    }
    Ok(lexicon)
}

pub(super) fn load_english() -> Result<Lexicon, TableError> {
    let mut lexicon = Lexicon::default();
    for words in rows(list_file!("en/stop.tsv"), "words")? {
        lexicon.stop.extend(words.iter().map(|word| fold(word, Fold::KEY)));
    }
    for forms in rows(list_file!("en/forms.tsv"), "forms")? {
        relate(&mut lexicon.forms, forms.iter().map(|word| english::stem(word)).collect());
    }
    Ok(lexicon)
}

fn rows(
    (name, text): (&'static str, &'static str),
    column: &str,
) -> Result<Vec<Vec<String>>, TableError> {
    let table = Table::parse(name, text)?;
    let columns = table.columns([column, "note"])?;
    Ok(table
        .rows()
        .iter()
        .map(|row| list(columns.cells(row)[0]).map(str::to_owned).collect())
        .collect())
}

fn relate(related: &mut HashMap<String, Vec<String>>, mut forms: Vec<String>) {
    forms.sort();
    forms.dedup();
    for form in &forms {
        let others = related.entry(form.clone()).or_default();
        others.extend(forms.iter().filter(|other| *other != form).cloned());
    }
}
