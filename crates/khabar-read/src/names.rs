//! States, and persons whose title stands before their name.
//!
//! A state is found by its name, its demonym or its capital. A person is found by a title ("Foreign Minister Qin Gang",
//! وزير الخارجية تشين قانغ) and afterwards by the full name or its last part.

use std::collections::{BTreeMap, BTreeSet};

use khabar_atlas::NameKind;
use khabar_lang::{Analysis, Language, Upos, Word};
use khabar_record::{Entity, EntityId, EntityKind, Mention, MentionForm, Record, TextRange};

use crate::rules::Rules;

/// The longest name that a title is taken to introduce, in words.
const LONGEST_NAME: usize = 4;

pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) {
    let mut finder = Finder { rules, analysis, record, states: BTreeMap::new(), people: vec![] };
    finder.states_and_titled_persons();
    finder.short_names();
    let record = finder.record;
    record.mentions.sort_by_key(|mention| (mention.span, mention.entity));
    record.mentions.dedup_by_key(|mention| (mention.span, mention.entity));
}

/// Adds an entity and returns its identifier.
pub(crate) fn add_entity(record: &mut Record, kind: EntityKind) -> EntityId {
    let id = EntityId(record.entities.len() as u32 + 1);
    record.entities.push(Entity {
        id,
        kind,
        names: BTreeMap::new(),
        country: None,
        sectors: Vec::new(),
        role: None,
        wikidata: None,
        geonames: None,
        lat: None,
        lon: None,
    });
    id
}

struct Finder<'a> {
    rules: &'a Rules,
    analysis: &'a Analysis,
    record: &'a mut Record,
    /// The entity of each state (by code) and of each capital (by code and name).
    states: BTreeMap<(&'static str, Option<String>), EntityId>,
    /// The persons found by title, with the keys of their names.
    people: Vec<(EntityId, Vec<String>)>,
}

impl Finder<'_> {
    fn states_and_titled_persons(&mut self) {
        let mut index = 0;
        while index < self.analysis.word_count() {
            index = self.state(index).or_else(|| self.titled(index)).unwrap_or(index + 1);
        }
    }

    fn mention(&mut self, entity: EntityId, span: TextRange) {
        self.record.mentions.push(Mention { entity, span, form: MentionForm::Name });
    }

    /// Finds a state at a word and returns the index behind it.
    fn state(&mut self, index: usize) -> Option<usize> {
        let found = self.rules.states.at(self.analysis, index)?;
        let words = &self.analysis.text()[found.range];
        if self.analysis.language() == Language::English && !starts_upper(words) {
            return None;
        }
        let &(iso3, kind) = found.value;
        let capital = (kind == NameKind::Capital).then(|| words.to_owned());
        let entity = *self.states.entry((iso3, capital.clone())).or_insert_with(|| {
            let kind = if capital.is_some() { EntityKind::Place } else { EntityKind::State };
            let id = add_entity(self.record, kind);
            let entity = self.record.entities.last_mut().expect("it was just added");
            entity.country = Some(iso3.to_owned());
            let language = self.analysis.language().code();
            if let Some(name) = capital {
                entity.names.insert(language.to_owned(), name);
            } else {
                let state = khabar_atlas::state(iso3).expect("the list holds its own codes");
                for code in ["en", "ar"] {
                    entity.names.insert(code.to_owned(), state.name(code).to_owned());
                }
            }
            id
        });
        self.mention(entity, found.range);
        Some(found.end)
    }

    /// Finds a person behind a title and returns the index behind the title.
    fn titled(&mut self, index: usize) -> Option<usize> {
        let found = self.rules.titles.at(self.analysis, index)?;
        let mut start = found.end;
        // "الرئيس الروسي فلاديمير بوتين": the demonym stands between title and name.
        let mut country = None;
        if let Some(demonym) = self.demonym(start) {
            country = Some(demonym.0);
            start = demonym.1;
        } else if let Some(before) = index.checked_sub(1).and_then(|at| self.demonym(at)) {
            country = (before.1 == index).then_some(before.0);
        }
        let end = self.name_end(start)?;
        let range = self.analysis.word(start).range().cover(self.analysis.word(end - 1).range());
        let keys: Vec<String> =
            (start..end).map(|at| self.analysis.word(at).key().to_owned()).collect();
        let title = found.value;
        let known = self.people.iter().find(|(_, name)| name.ends_with(&keys));
        let entity = if let Some(&(entity, _)) = known {
            entity
        } else {
            let id = add_entity(self.record, EntityKind::Person);
            let entity = self.record.entities.last_mut().expect("it was just added");
            let name = self.analysis.text()[range].to_owned();
            entity.names.insert(self.analysis.language().code().to_owned(), name);
            entity.role.clone_from(&title.role);
            entity.sectors.extend(title.sector.clone());
            entity.country = country.map(str::to_owned);
            self.people.push((id, keys));
            id
        };
        self.mention(entity, range);
        // The demonym inside the title is read on its own.
        Some(found.end)
    }

    fn demonym(&self, index: usize) -> Option<(&'static str, usize)> {
        if index >= self.analysis.word_count() {
            return None;
        }
        let found = self.rules.states.at(self.analysis, index)?;
        let &(iso3, kind) = found.value;
        (kind == NameKind::Demonym).then_some((iso3, found.end))
    }

    /// Returns the index behind the name that starts at a word, when one does.
    fn name_end(&self, start: usize) -> Option<usize> {
        if start >= self.analysis.word_count() {
            return None;
        }
        let limit = self.analysis.word(start).sentence().word_range().end.min(start + LONGEST_NAME);
        let mut end = start;
        while end < limit && self.in_name(self.analysis.word(end), end - start) {
            end += 1;
        }
        // A name does not end in a particle ("Ludwig van").
        while end > start && is_particle(self.analysis.word(end - 1).key()) {
            end -= 1;
        }
        (end > start).then_some(end)
    }

    /// Whether a word can carry on a name that has `length` words already.
    fn in_name(&self, word: Word<'_>, length: usize) -> bool {
        let text = word.text();
        match self.analysis.language() {
            Language::English => starts_upper(text) || (length > 0 && is_particle(word.key())),
            Language::Arabic => {
                let index = word.index();
                let listed = self.rules.cues.at(self.analysis, index).is_some()
                    || self.rules.states.at(self.analysis, index).is_some()
                    || self.rules.not_names.at(self.analysis, index).is_some();
                // A word that is not tagged carries on a given name by one word, and by two behind a particle.
                let after_particle = length > 0 && is_particle(self.analysis.word(index - 1).key());
                let fits = match word.upos() {
                    Upos::Propn => true,
                    Upos::X => length < 2 || is_particle(word.key()) || after_particle,
                    Upos::Noun | Upos::Adj => length == 1 || after_particle,
                    _ => false,
                };
                let article = length == 0 && word.key().starts_with("ال");
                let letters = text.chars().any(char::is_alphabetic);
                fits && letters && !listed && !article && word.key().chars().count() > 1
            }
        }
    }

    /// Finds later mentions of the persons by full or last name.
    fn short_names(&mut self) {
        let taken: BTreeSet<usize> =
            self.record.mentions.iter().map(|mention| mention.span.start().to_usize()).collect();
        for (entity, name) in std::mem::take(&mut self.people) {
            let Some(last) = name.last().filter(|last| last.chars().count() > 2) else {
                continue;
            };
            for index in 0..self.analysis.word_count() {
                let word = self.analysis.word(index);
                let Some((_, front)) =
                    crate::keys::readings(word).find(|(key, _)| key.as_ref() == last)
                else {
                    continue;
                };
                let upper =
                    self.analysis.language() == Language::Arabic || starts_upper(word.text());
                let start = self.full_name_start(&name, index);
                let begin = match start {
                    Some(first) if first < index => self.analysis.word(first).range().start(),
                    _ => word.range().start() + front,
                };
                if upper && !taken.contains(&begin.to_usize()) {
                    self.mention(entity, TextRange::new(begin, word.range().end()));
                }
            }
        }
    }

    /// Returns the first word of the full name that ends at `index`, when the whole name stands there.
    fn full_name_start(&self, name: &[String], index: usize) -> Option<usize> {
        let first = (index + 1).checked_sub(name.len())?;
        let same = |(at, key): (usize, &String)| self.analysis.word(at).key() == key;
        (first..).zip(name).all(same).then_some(first)
    }
}

fn starts_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn is_particle(key: &str) -> bool {
    matches!(key, "al" | "el" | "bin" | "ibn" | "de" | "da" | "dos" | "van" | "von" | "der" | "la")
}
