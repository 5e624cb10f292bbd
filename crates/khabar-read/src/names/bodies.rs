//! Bodies that every state has, such as ministries and armies: their names in both languages, and which descriptions mean
//! the same one.

use std::collections::BTreeMap;
use std::ops::Range;

use khabar_atlas::Atlas;
use khabar_lang::{Analysis, Language};
use khabar_record::{EntityKind, MentionForm};
use khabar_table::{Table, TableError, list};

use super::Text;
use super::actors::{ActorId, Actors};
use crate::phrases::Phrases;

const FILE: &str = "rules/bodies.tsv";

/// The bodies, found by the words of one language.
#[derive(Debug)]
pub(crate) struct Bodies {
    /// The name in English and in Arabic.
    names: Vec<(&'static str, &'static str)>,
    by_words: Phrases<usize>,
}

impl Bodies {
    /// Loads the list for the texts of a language.
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let table = Table::parse(FILE, include_str!("../../rules/bodies.tsv"))?;
        let columns = table.columns(["id", "en", "ar", "note"])?;
        let mut names = Vec::new();
        let mut phrases = Vec::new();
        for row in table.rows() {
            let [_, english, arabic, _] = columns.cells(row);
            let first = |cell: &'static str| list(cell).next();
            let (Some(en), Some(ar)) = (first(english), first(arabic)) else {
                return Err(row.error("a body needs a name in both languages".to_owned()));
            };
            let forms = if language == Language::English { english } else { arabic };
            phrases.extend(list(forms).map(|form| (form, names.len())));
            names.push((en, ar));
        }
        Ok(Self { names, by_words: Phrases::new(phrases) })
    }

    /// The body that words describe: an Arabic description starts with it, an English one holds it at its end.
    fn of(&self, analysis: &Analysis, words: &Range<usize>) -> Option<usize> {
        let starts = match analysis.language() {
            Language::Arabic => words.start..(words.start + 1).min(words.end),
            Language::English => words.clone(),
        };
        starts.into_iter().find_map(|at| {
            let found = self.by_words.at(analysis, at)?;
            (found.end <= words.end).then_some(*found.value)
        })
    }
}

/// Makes one of those who are the same body of the same state, and gives them their names in both languages.
pub(crate) fn unite(text: Text<'_>, actors: &mut Actors) {
    let bodies = &text.rules.bodies;
    let mut seen: BTreeMap<(usize, String), ActorId> = BTreeMap::new();
    for id in actors.ids() {
        let actor = actors.get(id);
        if actor.known.is_some() || actor.kind != EntityKind::Organization {
            continue;
        }
        let Some(country) = actor.country.clone() else { continue };
        let mut spots = actors.spots.iter().filter(|spot| {
            spot.actor == id && matches!(spot.form, MentionForm::Name | MentionForm::Nominal)
        });
        let Some(body) = spots.find_map(|spot| bodies.of(text.analysis, &spot.words)) else {
            continue;
        };
        if let Some(&first) = seen.get(&(body, country.clone())) {
            actors.merge(id, first);
            continue;
        }
        seen.insert((body, country.clone()), id);
        let Some(state) = Atlas::get().state(&country) else { continue };
        let (en, ar) = bodies.names[body];
        let names = &mut actors.get_mut(id).names;
        if let Some(state) = state.name("en") {
            names.entry("en".into()).or_insert_with(|| format!("{en} of {state}"));
        }
        if let Some(state) = state.name("ar") {
            names.entry("ar".into()).or_insert_with(|| format!("{ar} في {state}"));
        }
    }
}
