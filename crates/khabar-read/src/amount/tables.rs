//! The lists behind amounts: units, currencies, nouns that are counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::numerals::{Case, Class, Language, Lexicon, RuleError, Sense, Source, rows};

/// When a form of a unit counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Always.
    Always,
    /// Right behind digits only ("9m").
    Glued,
    /// Only where nothing but the amount stands ("5 in").
    Cell,
    /// Only with "of" behind ("two pounds of meat").
    Of,
}

/// A unit of measure.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) mark: Mark,
    /// How large it is beside the other units of its kind.
    pub(super) size: Option<f64>,
}

/// A name that several currencies share.
#[derive(Clone, Debug)]
pub(super) struct CurrencyKind {
    name: String,
    /// The currency that is meant when no country is told.
    default: Option<String>,
}

/// A currency.
#[derive(Clone, Debug)]
pub(super) struct Currency {
    pub(super) code: String,
    kind: String,
}

/// A noun that is counted.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) unit: String,
    pub(super) fate: Option<usize>,
}

/// What became of the people counted, as [`khabar_record::Amount::of`] names it; the number of a word's fate is its
/// place here, counted from one.
pub(super) const FATES: [&str; 8] =
    ["killed", "wounded", "displaced", "arrested", "missing", "kidnapped", "released", "infected"];

/// In [`Class::Currency`] a value from here on is a currency, one below a kind of name.
pub(super) const OWN_NAME: usize = 1000;

/// The lists of a language.
pub(super) struct Tables {
    pub(super) lexicon: Lexicon,
    pub(super) units: Vec<Unit>,
    pub(super) kinds: Vec<CurrencyKind>,
    pub(super) currencies: Vec<Currency>,
    /// The currencies that an adjective can tell.
    pub(super) adjectives: Vec<Vec<usize>>,
    pub(super) counted: Vec<Counted>,
    pub(super) people: BTreeSet<String>,
    /// Currency signs with the letters before them, the longest first.
    pub(super) signs: Vec<(String, String)>,
}

macro_rules! source {
    ($file:literal) => {
        Source { file: $file, text: include_str!(concat!("../../rules/", $file)) }
    };
}

impl Tables {
    /// The compiled-in lists of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &ENGLISH,
            Language::Arabic => &ARABIC,
        }
    }

    /// Reads the lists of a language.
    fn load(language: Language) -> Result<Self, RuleError> {
        let english = language == Language::English;
        let mut tables = Self {
            lexicon: Lexicon::new(language),
            units: Vec::new(),
            kinds: Vec::new(),
            currencies: Vec::new(),
            adjectives: Vec::new(),
            counted: Vec::new(),
            people: rows(include_str!("../../rules/people.tsv"))
                .map(|row| row.cell(0).to_owned())
                .collect(),
            signs: Vec::new(),
        };
        let words = if english {
            [source!("en/numerals.tsv"), source!("en/amount-words.tsv")]
        } else {
            [source!("ar/numerals.tsv"), source!("ar/amount-words.tsv")]
        };
        for source in words {
            tables.lexicon.load(source)?;
        }
        tables.load_units(if english {
            source!("en/units.tsv")
        } else {
            source!("ar/units.tsv")
        })?;
        tables.load_counted(if english {
            source!("en/counted.tsv")
        } else {
            source!("ar/counted.tsv")
        })?;
        tables.load_kinds(source!("kinds.tsv"), english)?;
        tables.load_currencies(source!("currencies.tsv"), english)?;
        Ok(tables)
    }

    fn add(&mut self, forms: &str, class: Class, value: usize, case: Case) {
        for form in forms.split('|').filter(|form| !form.trim().is_empty()) {
            self.lexicon.add(form, Sense { class, value: value as f64, case });
        }
    }

    fn load_units(&mut self, source: Source) -> Result<(), RuleError> {
        for row in rows(source.text) {
            let fault = |message: String| RuleError { file: source.file, line: row.line, message };
            let mark = match row.cell(3) {
                "" => Mark::Always,
                "glued" => Mark::Glued,
                "cell" => Mark::Cell,
                "of" => Mark::Of,
                other => return Err(fault(format!("unknown mark {other:?}"))),
            };
            let size = match row.cell(5) {
                "" => None,
                text => Some(text.parse().map_err(|_| fault(format!("{text:?} is no number")))?),
            };
            if row.cell(0).is_empty() || row.cell(1).is_empty() {
                return Err(fault("a unit wants a code and a kind".to_owned()));
            }
            let index = self.units.len();
            self.units.push(Unit {
                code: row.cell(0).to_owned(),
                kind: row.cell(1).to_owned(),
                mark,
                size,
            });
            self.add(row.cell(2), Class::Measure, index, Case::Any);
            self.add(row.cell(4), Class::MeasureDual, index, Case::Any);
        }
        Ok(())
    }

    fn load_counted(&mut self, source: Source) -> Result<(), RuleError> {
        for row in rows(source.text) {
            let fate = match row.cell(1) {
                "-" => None,
                number => Some(
                    number
                        .parse::<usize>()
                        .ok()
                        .filter(|fate| (1..=FATES.len()).contains(fate))
                        .ok_or_else(|| RuleError {
                            file: source.file,
                            line: row.line,
                            message: format!("{number:?} is no fate"),
                        })?
                        - 1,
                ),
            };
            let index = self.counted.len();
            self.counted.push(Counted { unit: row.cell(0).to_owned(), fate });
            self.add(row.cell(2), Class::Counted, index, Case::Any);
            self.add(row.cell(3), Class::CountedDual, index, Case::Any);
        }
        Ok(())
    }

    fn load_kinds(&mut self, source: Source, english: bool) -> Result<(), RuleError> {
        for row in rows(source.text) {
            let default = row.cell(if english { 1 } else { 2 });
            if default.is_empty() {
                return Err(RuleError {
                    file: source.file,
                    line: row.line,
                    message: "no code, and no - for none".to_owned(),
                });
            }
            let index = self.kinds.len();
            self.kinds.push(CurrencyKind {
                name: row.cell(0).to_owned(),
                default: (default != "-").then(|| default.to_owned()),
            });
            if english {
                self.add(row.cell(3), Class::Currency, index, Case::Any);
                self.add(row.cell(6), Class::Subunit, index, Case::Any);
            } else {
                self.add(row.cell(4), Class::Currency, index, Case::Any);
                self.add(row.cell(5), Class::MeasureDual, OWN_NAME + index, Case::Any);
                self.add(row.cell(7), Class::Subunit, index, Case::Any);
            }
        }
        Ok(())
    }

    fn load_currencies(&mut self, source: Source, english: bool) -> Result<(), RuleError> {
        let mut adjectives: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows(source.text) {
            let index = self.currencies.len();
            let known = |kind: &CurrencyKind| kind.name == row.cell(1);
            if !self.kinds.iter().any(known) {
                return Err(RuleError {
                    file: source.file,
                    line: row.line,
                    message: format!("unknown kind {:?}", row.cell(1)),
                });
            }
            self.currencies
                .push(Currency { code: row.cell(0).to_owned(), kind: row.cell(1).to_owned() });
            let own = row.cell(if english { 2 } else { 3 });
            for adjective in own.split('|').filter(|form| !form.is_empty()) {
                let place = *adjectives.entry(adjective).or_insert_with(|| {
                    self.adjectives.push(Vec::new());
                    self.adjectives.len() - 1
                });
                self.adjectives[place].push(index);
                self.add(adjective, Class::CurrencyOf, place, Case::Any);
            }
            let names = row.cell(if english { 4 } else { 5 });
            self.add(names, Class::Currency, OWN_NAME + index, Case::Any);
            for sign in row.cell(6).split('|').filter(|sign| !sign.is_empty()) {
                if sign.chars().all(|c| c.is_alphabetic() || c == '.') {
                    let upper = sign.chars().all(|c| !c.is_lowercase()) && sign.is_ascii();
                    let case = if upper { Case::Upper } else { Case::Any };
                    self.add(sign, Class::Currency, OWN_NAME + index, case);
                } else {
                    self.signs.push((sign.to_owned(), row.cell(0).to_owned()));
                }
            }
        }
        self.signs.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
        Ok(())
    }

    /// Returns the currency of a name, with what an adjective tells of it.
    pub(super) fn currency(&self, name: usize, adjective: Option<usize>) -> Option<String> {
        if let Some(own) = name.checked_sub(OWN_NAME) {
            return self.currencies.get(own).map(|currency| currency.code.clone());
        }
        let kind = self.kinds.get(name)?;
        let told = adjective.and_then(|adjective| {
            self.adjectives[adjective]
                .iter()
                .map(|&row| &self.currencies[row])
                .find(|currency| currency.kind == kind.name)
        });
        match told {
            Some(currency) => Some(currency.code.clone()),
            None => kind.default.clone(),
        }
    }

    /// Returns the currency of a shared name whose country is told by most of these adjectives, at least twice and twice
    /// as often as any other.
    pub(super) fn most_told(
        &self,
        name: usize,
        adjectives: impl Iterator<Item = usize>,
    ) -> Option<String> {
        let kind = self.kinds.get(name)?;
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        for adjective in adjectives {
            for &row in &self.adjectives[adjective] {
                let currency = &self.currencies[row];
                if currency.kind == kind.name {
                    *told.entry(&currency.code).or_default() += 1;
                }
            }
        }
        let (code, most) = told.iter().max_by_key(|(_, count)| **count)?;
        let next = told.iter().filter(|(other, _)| *other != code).map(|(_, count)| *count).max();
        (*most >= 2 && *most >= 2 * next.unwrap_or(0)).then(|| (*code).to_owned())
    }

    /// Whether an adjective can tell the country of a kind of currency.
    pub(super) fn fits(&self, name: usize, adjective: usize) -> bool {
        self.kinds.get(name).is_some_and(|kind| {
            self.adjectives[adjective].iter().any(|&row| self.currencies[row].kind == kind.name)
        })
    }
}

/// Loads the lists of every language, to find faults in them.
pub fn check_rules() -> Result<(), RuleError> {
    Tables::load(Language::English)?;
    Tables::load(Language::Arabic)?;
    Ok(())
}

static ENGLISH: LazyLock<Tables> =
    LazyLock::new(|| Tables::load(Language::English).expect("the compiled-in lists load"));
static ARABIC: LazyLock<Tables> =
    LazyLock::new(|| Tables::load(Language::Arabic).expect("the compiled-in lists load"));
