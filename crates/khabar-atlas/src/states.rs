//! States and dependent territories: their names, their people and their capitals, in Arabic and English.

use std::sync::LazyLock;

use khabar_table::{Table, TableError, names};

use crate::state_rows;

/// A state or dependent territory, present or past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3 (of a past state its withdrawn code; `XKX` for Kosovo).
    pub iso3: String,
    /// ISO 3166-1 alpha-2, absent for past states.
    pub iso2: Option<String>,
    /// Names in English and Arabic, the usual one of each language first.
    pub names: Vec<Name>,
}

/// One way to name a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The words.
    pub text: String,
    /// The language, as an ISO 639-1 code.
    pub language: &'static str,
    /// What the words name.
    pub kind: NameKind,
    /// Whether the words mean something else as often ("Jordan", "Georgia"); such a name counts only with support.
    pub ambiguous: bool,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// The state itself.
    State,
    /// Its people or what belongs to it ("Chinese", صينية).
    Demonym,
    /// Its capital, which news uses for its government.
    Capital,
}

impl State {
    /// Returns the usual name in `language`, else in English.
    pub fn name(&self, language: &str) -> &str {
        let named = |code| {
            self.names.iter().find(|name| name.language == code && name.kind == NameKind::State)
        };
        named(language).or_else(|| named("en")).map_or(&self.iso3, |name| &name.text)
    }
}

static STATES: LazyLock<Vec<State>> = LazyLock::new(|| {
    parse(include_str!("../data/states.tsv")).expect("a test loads the built-in list of states")
});

/// Returns all states, in the order of the list.
pub fn states() -> &'static [State] {
    &STATES
}

/// Returns the state with the ISO 3166-1 alpha-3 code `iso3`.
pub fn state(iso3: &str) -> Option<&'static State> {
    STATES.iter().find(|state| state.iso3 == iso3)
}

fn parse(text: &str) -> Result<Vec<State>, TableError> {
    let table = Table::parse(state_rows::FILE, text)?;
    let mut states = Vec::new();
    for (row, cells) in state_rows::read(&table)? {
        let ([en, en_variants], [ar, ar_variants]) = (cells.english, cells.arabic);
        if en.is_empty() || ar.is_empty() {
            let fault = format!("{} lacks a name in English or Arabic", cells.iso3);
            return Err(row.error(fault));
        }
        let mut all = Vec::new();
        for (cell, language, kind) in [
            (en, "en", NameKind::State),
            (en_variants, "en", NameKind::State),
            (ar, "ar", NameKind::State),
            (ar_variants, "ar", NameKind::State),
            (cells.english_demonym, "en", NameKind::Demonym),
            (cells.arabic_people, "ar", NameKind::Demonym),
            (cells.english_capital, "en", NameKind::Capital),
            (cells.arabic_capital, "ar", NameKind::Capital),
        ] {
            all.extend(names(cell).map(|(text, ambiguous)| Name {
                text: text.to_owned(),
                language,
                kind,
                ambiguous,
            }));
        }
        for (text, ambiguous) in names(cells.arabic_demonym) {
            all.extend(arabic_demonyms(text).into_iter().map(|text| Name {
                text,
                language: "ar",
                kind: NameKind::Demonym,
                ambiguous,
            }));
        }
        let iso2 = (!cells.iso2.is_empty()).then(|| cells.iso2.to_owned());
        states.push(State { iso3: cells.iso3.to_owned(), iso2, names: all });
    }
    Ok(states)
}

/// Forms the genders and numbers of an Arabic relative adjective (nisba) from its masculine singular.
///
/// In "كوري جنوبي" both words take the ending; "جنوب أفريقي" keeps its first word, as a construct does.
fn arabic_demonyms(singular: &str) -> Vec<String> {
    const ENDINGS: [&str; 8] = ["", "ة", "ون", "ين", "ان", "تان", "تين", "ات"];
    ENDINGS
        .iter()
        .map(|ending| {
            let words: Vec<String> =
                singular
                    .split(' ')
                    .map(|word| {
                        if word.ends_with('ي') {
                            format!("{word}{ending}")
                        } else {
                            word.to_owned()
                        }
                    })
                    .collect();
            words.join(" ")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_loads_and_knows_its_states() {
        assert!(states().len() >= 210);
        let belarus = state("BLR").unwrap();
        assert_eq!((belarus.name("en"), belarus.name("ar")), ("Belarus", "بيلاروسيا"));
        assert!(state("KOR").unwrap().names.iter().any(|name| name.text == "كورية جنوبية"));
        assert!(state("ZAF").unwrap().names.iter().any(|name| name.text == "جنوب أفريقيون"));
        assert!(state("JOR").unwrap().names[0].ambiguous);
    }

    #[test]
    fn a_name_means_one_state() {
        let mut seen = std::collections::BTreeMap::new();
        for state in states() {
            for name in state.names.iter().filter(|name| !name.ambiguous) {
                // A few names are shared for good: both Congos have "Congolese" people, and نيجيري is Niger's and Nigeria's.
                let shared = ["Congolese", "مالي", "نيجري"];
                if let Some(other) = seen.insert((name.language, name.text.clone()), &state.iso3)
                    && other != &state.iso3
                    && !shared.contains(&name.text.as_str())
                {
                    panic!("{} names {other} and {}", name.text, state.iso3);
                }
            }
        }
    }

    #[test]
    fn faults_name_file_and_line() {
        let head = include_str!("../data/states.tsv").lines().find(|line| line.starts_with("iso3"));
        let row = |iso3: &str, ar: &str| format!("{iso3}\t\tX\t\t\t{ar}\t\t\t\t\t\t\n");
        for (rows, fault) in [
            (row("XX", "س"), "no alpha-3 code"),
            (row("XXA", ""), "lacks a name"),
            (row("XXA", "س") + &row("XXA", "ص"), "stands twice"),
        ] {
            let error = parse(&format!("{}\n{rows}", head.unwrap())).unwrap_err().to_string();
            assert!(error.contains(fault) && error.starts_with("data/states.tsv:"), "{error}");
        }
    }
}
