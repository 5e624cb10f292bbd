//! Nouns for persons and bodies ("protester", قوات الأمن) with the sectors they stand for.

use std::collections::BTreeSet;

use khabar_table::{Table, TableError};

use super::{identifier, one_of, sectors};
use crate::names::with_article;

/// What a noun may stand for.
pub(crate) const KINDS: &[&str] = &["person", "group", "organization", "role"];

pub(crate) struct Role {
    pub(crate) id: String,
    pub(crate) noun: String,
    pub(crate) arabic: bool,
    pub(crate) sectors: String,
    pub(crate) kind: String,
    pub(crate) office: String,
    /// The forms for one and for several, the noun itself among them; those in doubt are marked.
    pub(crate) singular: Vec<(String, bool)>,
    pub(crate) plural: Vec<(String, bool)>,
}

pub(crate) fn load(file: &'static str, text: &str, arabic: bool) -> Result<Vec<Role>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["id", "noun", "plural", "sectors", "kind", "office", "note"])?;
    let mut seen = BTreeSet::new();
    let mut roles = Vec::new();
    for row in table.rows() {
        let [id, noun, plural, of_sectors, kind, office, _] = columns.cells(row);
        let id = identifier(row, id, &mut seen)?;
        let kind = one_of(row, kind, KINDS)?;
        if khabar_table::list(noun).next().is_none() {
            return Err(row.error(format!("{id} lacks a noun")));
        }
        let (mut one, mut several) = (Vec::new(), Vec::new());
        for (noun, ambiguous) in khabar_table::names(noun) {
            let forms = if arabic { arabic_singular(noun, &kind) } else { vec![noun.to_owned()] };
            one.extend(forms.into_iter().map(|form| (form, ambiguous)));
            let dual = if arabic { arabic_dual(noun, &kind) } else { Vec::new() };
            several.extend(dual.into_iter().map(|form| (form, ambiguous)));
            if plural.is_empty() && !arabic {
                several.push((english_plural(noun), ambiguous));
            }
        }
        for (plural, ambiguous) in khabar_table::names(plural) {
            let forms = if arabic { arabic_plural(plural) } else { vec![plural.to_owned()] };
            several.extend(forms.into_iter().map(|form| (form, ambiguous)));
        }
        roles.push(Role {
            id,
            noun: khabar_table::names(noun).next().map_or("", |(noun, _)| noun).to_owned(),
            arabic,
            sectors: sectors(row, of_sectors)?,
            kind,
            office: office.to_owned(),
            singular: one,
            plural: several,
        });
    }
    Ok(roles)
}

/// Forms the regular plural; of a phrase the head takes the ending, which stands before "of", "in", "for" or at the end.
fn english_plural(noun: &str) -> String {
    let words: Vec<&str> = noun.split(' ').collect();
    let head = words
        .iter()
        .position(|word| matches!(*word, "of" | "in" | "for" | "to" | "at" | "on" | "general"))
        .filter(|&at| at > 0)
        .unwrap_or(words.len())
        - 1;
    let mut out: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    out[head] = plural_word(words[head]);
    out.join(" ")
}

fn plural_word(word: &str) -> String {
    let stem_y = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    if let Some(stem) =
        word.strip_suffix("man").filter(|stem| !stem.ends_with("hu") && *stem != "ger")
    {
        format!("{stem}men")
    } else if let Some(stem) = stem_y {
        format!("{stem}ies")
    } else if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// The singular with and without the article and, of nouns for persons, the feminine.
fn arabic_singular(noun: &str, kind: &str) -> Vec<String> {
    let mut forms = vec![noun.to_owned()];
    if kind != "group" && kind != "organization" {
        forms.extend(feminine(noun));
    }
    with_articles(forms)
}

/// The feminine of a noun for a person; each word of a noun with its adjective takes it, a construct's head alone does.
fn feminine(noun: &str) -> Option<String> {
    let mut words = noun.split(' ');
    let head = words.next()?;
    let takes = |word: &str| !word.ends_with(['ة', 'ى', 'ا', 'ء']) && word.chars().count() > 2;
    if !takes(head) || head == noun && names_act(head) {
        return None;
    }
    let rest = words.map(|word| {
        // Only a nisba is surely an adjective here; a noun behind the head makes a construct and stays.
        if word.ends_with('ي') && !word.starts_with("ال") {
            format!(" {word}ة")
        } else {
            format!(" {word}")
        }
    });
    Some(format!("{head}ة{}", rest.collect::<String>()))
}

/// Whether the feminine of a word is rather an act than a woman: مساعدة is help, مراقبة observation, محافظة a governorate. Such a
/// woman has a form of her own in the list.
fn names_act(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    matches!(letters[..], ['م', _, 'ا', _, last] if last != 'ي')
}

/// The dual of a noun of one word, in both cases.
fn arabic_dual(noun: &str, kind: &str) -> Vec<String> {
    if noun.contains(' ') || kind == "group" || noun.ends_with(['ى', 'ا', 'ء', 'ن']) {
        return Vec::new();
    }
    let stem = noun.strip_suffix('ة').map_or_else(|| noun.to_owned(), |stem| format!("{stem}ت"));
    with_articles(["ان", "ين"].map(|ending| format!("{stem}{ending}")).to_vec())
}

/// A plural with and without the article; a sound one also in the other case, and as a construct's head.
fn arabic_plural(plural: &str) -> Vec<String> {
    let mut forms = vec![plural.to_owned()];
    if !plural.contains(' ') {
        if let Some(stem) = plural.strip_suffix("ون").filter(|stem| stem.chars().count() > 2) {
            forms.extend([format!("{stem}ين"), format!("{stem}و"), format!("{stem}ي")]);
        } else if let Some(stem) = plural.strip_suffix("ين").filter(|stem| stem.chars().count() > 3)
        {
            forms.extend([format!("{stem}ون"), format!("{stem}و"), format!("{stem}ي")]);
        }
    }
    with_articles(forms)
}

fn with_articles(forms: Vec<String>) -> Vec<String> {
    let articled: Vec<String> = forms.iter().filter_map(|form| with_article(form)).collect();
    forms.into_iter().chain(articled).collect()
}
