//! Words around cues that are no cues themselves: nouns of media, words that name claims, words that show what a content does.

use std::collections::{HashMap, HashSet};

use khabar_lang::Language;
use khabar_table::{Table, TableError};

use crate::keys;

/// What a word shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A preposition before the noun of a medium.
    MediumLead,
    /// A verb whose subject holds the claim that is its object.
    Maker,
    /// Points at a claim made elsewhere.
    NamedClaim,
    /// Points at an accusation made elsewhere.
    NamedCharge,
    /// Points at a demand or proposal made elsewhere.
    NamedDemand,
    /// Names what somebody said, found or decided, and is a claim only where a verb turns to it.
    Contested,
    /// Makes a content a demand.
    Duty,
    /// Makes a content in the first person a promise.
    Future,
    /// Makes a content in the first person a denial.
    Never,
    /// Denies in any person.
    Denial,
    /// Speaks of somebody's name.
    Anonymity,
    /// Is a numeral where a noun follows.
    Numeral,
    /// Stands before a title in quotation marks.
    TitleLead,
    /// Is a rule, plan or agreement: what happens according to it is no statement of it.
    Norm,
    /// Is a comment or an answer that somebody declines to give, and no content.
    Comment,
    /// Is an outlet, whose name the noun behind it is a part of.
    Outlet,
}

/// The kinds of media that a record knows.
const MEDIA: [&str; 7] =
    ["interview", "press-conference", "written", "broadcast", "social", "speech", "phone"];

/// The list of one language.
#[derive(Debug)]
pub(super) struct Words {
    classes: HashSet<(String, Class)>,
    media: HashMap<String, &'static str>,
}

impl Words {
    pub(super) fn load(language: Language) -> Result<Self, TableError> {
        let (file, text) = match language {
            Language::English => {
                ("rules/en/statement-words.tsv", include_str!("../../rules/en/statement-words.tsv"))
            }
            Language::Arabic => {
                ("rules/ar/statement-words.tsv", include_str!("../../rules/ar/statement-words.tsv"))
            }
        };
        Self::parse(file, text)
    }

    fn parse(file: &'static str, text: &str) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["class", "word", "note"])?;
        let mut words = Self { classes: HashSet::new(), media: HashMap::new() };
        for row in table.rows() {
            let [class, word, _] = columns.cells(row);
            let key = keys::key(word);
            let fresh = if let Some(kind) = class.strip_prefix("medium:") {
                let Some(kind) = MEDIA.into_iter().find(|known| *known == kind) else {
                    return Err(row.error(format!("unknown kind of medium {kind:?}")));
                };
                words.media.insert(key, kind).is_none()
            } else {
                let class = parse_class(class)
                    .ok_or_else(|| row.error(format!("unknown class {class:?}")))?;
                words.classes.insert((key, class))
            };
            if !fresh {
                return Err(row.error(format!("{word:?} is listed twice")));
            }
        }
        Ok(words)
    }

    /// Whether a key is of a class, with or without the Arabic article.
    pub(super) fn is(&self, class: Class, key: &str) -> bool {
        let listed = |key: &str| self.classes.contains(&(key.to_owned(), class));
        listed(key) || key.strip_prefix("ال").is_some_and(listed)
    }

    /// The medium that a key names.
    pub(super) fn medium(&self, key: &str) -> Option<&'static str> {
        let bare = key.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
        self.media.get(key).or_else(|| self.media.get(bare?)).copied()
    }
}

fn parse_class(name: &str) -> Option<Class> {
    Some(match name {
        "medium-lead" => Class::MediumLead,
        "maker" => Class::Maker,
        "named-claim" => Class::NamedClaim,
        "named-charge" => Class::NamedCharge,
        "named-demand" => Class::NamedDemand,
        "contested" => Class::Contested,
        "duty" => Class::Duty,
        "future" => Class::Future,
        "never" => Class::Never,
        "denial" => Class::Denial,
        "anonymity" => Class::Anonymity,
        "numeral" => Class::Numeral,
        "title-lead" => Class::TitleLead,
        "norm" => Class::Norm,
        "comment" => Class::Comment,
        "outlet" => Class::Outlet,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_found_with_and_without_the_article() {
        let words = Words::load(Language::Arabic).unwrap();
        assert_eq!(words.medium(&keys::key("المؤتمر")), Some("press-conference"));
        assert_eq!(words.medium(&keys::key("بيان")), Some("written"));
        assert_eq!(words.medium(&keys::key("مدينة")), None);
        let words = Words::load(Language::English).unwrap();
        assert_eq!(words.medium("tweet"), Some("social"));
        assert!(words.is(Class::Duty, "must") && !words.is(Class::Duty, "will"));
    }

    #[test]
    fn what_is_not_known_is_a_fault_with_its_line() {
        let fault = |row: &str| Words::parse("list.tsv", &format!("class\tword\tnote\n{row}\n"));
        assert!(fault("duty\tmust\t").is_ok());
        assert!(fault("duties\tmust\t").unwrap_err().to_string().contains("list.tsv"));
        assert!(fault("medium:pigeon\tpigeon\t").is_err());
        assert!(fault("duty\tmust\t\nduty\tmust\t").is_err());
    }
}
