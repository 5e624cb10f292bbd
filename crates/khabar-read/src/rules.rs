//! The lists that the readers go by, one set a language, checked as they are loaded.

use khabar_atlas::NameKind;
use khabar_lang::Language;
use khabar_record::{Stance, StatementKind};
use khabar_table::{Table, TableError, list};

use crate::inflect::{arabic_circumstance, arabic_imperfect, arabic_perfect, english_verb};
use crate::keys;
use crate::phrases::Phrases;

/// All lists of one language.
#[derive(Debug)]
pub(crate) struct Rules {
    /// States by name, demonym and capital; the value is the ISO code.
    pub(crate) states: Phrases<(&'static str, NameKind)>,
    /// Words that stand before a person's name.
    pub(crate) titles: Phrases<Title>,
    /// Words that a person's name never holds.
    pub(crate) not_names: Phrases<()>,
    /// Verbs and participles that report speech.
    pub(crate) cues: Phrases<CueForm>,
    /// Words that name events.
    pub(crate) triggers: Phrases<TriggerForm>,
}

/// What a title says of the person whose name follows.
#[derive(Clone, Debug)]
pub(crate) struct Title {
    pub(crate) role: Option<String>,
    pub(crate) sector: Option<String>,
}

/// A form of a verb of saying.
#[derive(Clone, Debug)]
pub(crate) struct CueForm {
    pub(crate) rule: String,
    pub(crate) lemma: String,
    pub(crate) act: String,
    pub(crate) stance: Stance,
    pub(crate) kind: StatementKind,
    /// Whether the form is a participle that carries on the statement of the speaker before ("مضيفا").
    pub(crate) continues: bool,
}

/// A form of a word that names an event.
#[derive(Clone, Debug)]
pub(crate) struct TriggerForm {
    pub(crate) rule: String,
    pub(crate) kind: String,
    pub(crate) mode: Option<String>,
    pub(crate) noun: bool,
    /// The keys of the prepositions that mark the recipient; none for the object.
    pub(crate) recipient: Vec<String>,
}

macro_rules! rule_file {
    ($name:literal) => {
        (concat!("rules/", $name), include_str!(concat!("../rules/", $name)))
    };
}

impl Rules {
    pub(crate) fn load(language: Language) -> Result<Self, TableError> {
        let (titles, not_names, cues, triggers) = match language {
            Language::English => (
                rule_file!("en/titles.tsv"),
                Phrases::default(),
                english_cues(rule_file!("en/cues.tsv"))?,
                english_triggers(rule_file!("en/triggers.tsv"))?,
            ),
            Language::Arabic => (
                rule_file!("ar/titles.tsv"),
                load_words(rule_file!("ar/not_names.tsv"))?,
                arabic_cues(rule_file!("ar/cues.tsv"))?,
                arabic_triggers(rule_file!("ar/triggers.tsv"))?,
            ),
        };
        Ok(Self {
            states: states(language),
            titles: load_titles(titles)?,
            not_names,
            cues: Phrases::new(cues),
            triggers: Phrases::new(triggers),
        })
    }
}

fn states(language: Language) -> Phrases<(&'static str, NameKind)> {
    Phrases::new(khabar_atlas::states().iter().flat_map(|state| {
        state
            .names
            .iter()
            .filter(move |name| name.language == language.code() && !name.ambiguous)
            .flat_map(move |name| {
                let value = (state.iso3.as_str(), name.kind);
                // An Arabic demonym stands with and without the article.
                let article = (language == Language::Arabic && name.kind == NameKind::Demonym)
                    .then(|| with_article(&name.text));
                std::iter::once(name.text.clone()).chain(article).map(move |text| (text, value))
            })
    }))
}

fn with_article(phrase: &str) -> String {
    let words: Vec<String> = phrase.split(' ').map(|word| format!("ال{word}")).collect();
    words.join(" ")
}

type RuleFile = (&'static str, &'static str);

fn load_titles((file, text): RuleFile) -> Result<Phrases<Title>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["id", "title", "role", "sector", "note"])?;
    Ok(Phrases::new(table.rows().iter().map(|row| {
        let [_, title, role, sector, _] = columns.cells(row);
        let filled = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        (title, Title { role: filled(role), sector: filled(sector) })
    })))
}

fn load_words((file, text): RuleFile) -> Result<Phrases<()>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["word", "id", "note"])?;
    Ok(Phrases::new(table.rows().iter().map(|row| (columns.cells(row)[0], ()))))
}

fn english_cues((file, text): RuleFile) -> Result<Vec<(String, CueForm)>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns(["id", "verb", "past", "act", "stance", "kind", "note"])?;
    let mut forms = Vec::new();
    for row in table.rows() {
        let [id, verb, past, act, stance, kind, _] = columns.cells(row);
        let form = CueForm {
            rule: id.to_owned(),
            lemma: verb.to_owned(),
            act: act.to_owned(),
            stance: parse_stance(stance).ok_or_else(|| row.error(unknown("stance", stance)))?,
            kind: parse_kind(kind).ok_or_else(|| row.error(unknown("kind", kind)))?,
            continues: false,
        };
        for (n, text) in english_verb(verb, &list(past).collect::<Vec<_>>()).into_iter().enumerate()
        {
            // The gerund comes third: "adding that" carries a statement on.
            forms.push((text, CueForm { continues: n == 2, ..form.clone() }));
        }
    }
    Ok(forms)
}

fn arabic_cues((file, text): RuleFile) -> Result<Vec<(String, CueForm)>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns([
        "id",
        "perfect",
        "imperfect",
        "act",
        "stance",
        "kind",
        "marks",
        "participle",
        "masdar",
        "note",
    ])?;
    let mut forms = Vec::new();
    for row in table.rows() {
        let [id, perfect, imperfect, act, stance, kind, _, participle, _, _] = columns.cells(row);
        let form = CueForm {
            rule: id.to_owned(),
            lemma: perfect.to_owned(),
            act: act.to_owned(),
            stance: parse_stance(stance).ok_or_else(|| row.error(unknown("stance", stance)))?,
            kind: parse_kind(kind).ok_or_else(|| row.error(unknown("kind", kind)))?,
            continues: false,
        };
        let finite = arabic_perfect(perfect).into_iter().chain(arabic_imperfect(imperfect));
        forms.extend(finite.map(|(text, _)| (text, form.clone())));
        if !participle.is_empty() {
            forms.extend(
                arabic_circumstance(participle)
                    .into_iter()
                    .map(|(text, _)| (text, CueForm { continues: true, ..form.clone() })),
            );
        }
    }
    Ok(forms)
}

fn english_triggers((file, text): RuleFile) -> Result<Vec<(String, TriggerForm)>, TableError> {
    let table = Table::parse(file, text)?;
    let columns =
        table.columns(["id", "word", "past", "pos", "type", "mode", "recipient", "note"])?;
    let mut forms = Vec::new();
    for row in table.rows() {
        let [id, word, past, pos, kind, mode, recipient, _] = columns.cells(row);
        let noun = match pos {
            "verb" => false,
            "noun" => true,
            _ => return Err(row.error(unknown("part of speech", pos))),
        };
        let form = TriggerForm {
            rule: id.to_owned(),
            kind: kind.to_owned(),
            mode: (!mode.is_empty()).then(|| mode.to_owned()),
            noun,
            recipient: list(recipient).map(keys::key).collect(),
        };
        if noun {
            forms.push((word.to_owned(), form.clone()));
            forms.push((format!("{word}s"), form));
        } else {
            let made = english_verb(word, &list(past).collect::<Vec<_>>());
            forms.extend(made.into_iter().map(|text| (text, form.clone())));
        }
    }
    Ok(forms)
}

fn arabic_triggers((file, text): RuleFile) -> Result<Vec<(String, TriggerForm)>, TableError> {
    let table = Table::parse(file, text)?;
    let columns = table.columns([
        "id",
        "perfect",
        "imperfect",
        "masdar",
        "type",
        "mode",
        "recipient",
        "note",
    ])?;
    let mut forms = Vec::new();
    for row in table.rows() {
        let [id, perfect, imperfect, masdar, kind, mode, recipient, _] = columns.cells(row);
        let form = TriggerForm {
            rule: id.to_owned(),
            kind: kind.to_owned(),
            mode: (!mode.is_empty()).then(|| mode.to_owned()),
            noun: false,
            recipient: list(recipient).map(keys::key).collect(),
        };
        let finite = arabic_perfect(perfect).into_iter().chain(arabic_imperfect(imperfect));
        forms.extend(finite.map(|(text, _)| (text, form.clone())));
        if !masdar.is_empty() {
            let noun = TriggerForm { noun: true, ..form };
            forms.push((masdar.to_owned(), noun.clone()));
            forms.push((format!("ال{masdar}"), noun));
        }
    }
    Ok(forms)
}

fn unknown(what: &str, value: &str) -> String {
    format!("unknown {what} {value:?}")
}

fn parse_stance(name: &str) -> Option<Stance> {
    Some(match name {
        "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "confirms" => Stance::Confirms,
        "doubts" => Stance::Doubts,
        "asks" => Stance::Asks,
        "demands" => Stance::Demands,
        "promises" => Stance::Promises,
        "warns" => Stance::Warns,
        "accuses" => Stance::Accuses,
        _ => return None,
    })
}

fn parse_kind(name: &str) -> Option<StatementKind> {
    match name {
        "claim" => Some(StatementKind::Claim),
        "attitude" => Some(StatementKind::Attitude),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_every_language_load() {
        for language in Language::ALL {
            Rules::load(language).unwrap();
        }
    }
}
