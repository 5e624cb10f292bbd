//! The senses of event words: what one row of the lists says, and how its cells are read.

use khabar_table::list;

use super::classes::{ClassId, Classes};
use crate::keys;

/// One sense of a word or phrase: an event of a type, or a use that is known to be no event.
#[derive(Debug)]
pub(crate) struct Sense {
    pub(super) rule: String,
    pub(super) pos: Pos,
    /// The PLOVER type; none when this use of the words is no event (sport, markets, figures of speech).
    pub(super) kind: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) contexts: Vec<String>,
    pub(super) frame: Frame,
    pub(super) conditions: Vec<Condition>,
    pub(super) cameo: Option<String>,
}

/// What a trigger is: a verb, a noun, an adjective, or a verb that says little with a noun that says what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pos {
    Verb,
    Noun,
    Adjective,
    Light,
}

/// A place around a trigger where a party or a content can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Subject,
    Object,
    Indirect,
    /// The possessor of a noun: its genitive, or the adjective of a state ("Turkish airstrikes").
    Possessor,
    /// The clause or noun phrase that says what is asked, promised, threatened.
    Content,
    /// Whoever makes the statement that carries the event.
    Speaker,
    /// A phrase behind this preposition, by its key.
    Marked(String),
}

/// Where the parties of a sense stand, the usual place first.
#[derive(Debug, Default)]
pub(super) struct Frame {
    pub(super) actor: Vec<Slot>,
    pub(super) recipient: Vec<Slot>,
    pub(super) content: Vec<Slot>,
}

/// Something that must be so around the trigger for a sense to hold: one of the tests.
#[derive(Debug)]
pub(super) struct Condition {
    /// The place; none for the words of the whole sentence.
    pub(super) slot: Option<Slot>,
    pub(super) tests: Vec<Test>,
}

/// What may be asked of a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Test {
    Filled,
    Empty,
    Is(ClassId),
    IsNot(ClassId),
    /// One of the words here has these keys, in a row.
    Says(Vec<String>),
    /// The content is a clause of this form.
    Form(ContentForm),
}

/// The forms of a content clause that English tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentForm {
    That,
    Infinitive,
    Question,
    Gerund,
}

impl Pos {
    pub(super) fn parse(cell: &str) -> Result<Self, String> {
        Ok(match cell {
            "verb" => Self::Verb,
            "noun" => Self::Noun,
            "adj" => Self::Adjective,
            "light" => Self::Light,
            _ => return Err(format!("unknown part of speech {cell:?}")),
        })
    }
}

impl Slot {
    fn parse(name: &str) -> Result<Self, String> {
        Ok(match name {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Indirect,
            "poss" | "gen" => Self::Possessor,
            "content" | "that" | "أن" => Self::Content,
            "speaker" => Self::Speaker,
            _ if name.is_empty() || name.contains([' ', '=', ':', '"']) => {
                return Err(format!("unknown slot {name:?}"));
            }
            preposition => Self::Marked(keys::key(preposition)),
        })
    }

    /// Whether those who stand here do the act together with the others.
    pub(super) fn is_mutual(&self) -> bool {
        let mutual = ["with", "between", "among", "amongst", "مع", "بين"];
        matches!(self, Self::Marked(key) if mutual.contains(&key.as_str()))
    }
}

impl Frame {
    /// Reads a cell such as `a=subj|with;r=to`; an empty one has the places that are usual for the part of speech.
    pub(super) fn parse(cell: &str, pos: Pos) -> Result<Self, String> {
        let mut frame = Self::default();
        for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, slots) =
                part.split_once('=').ok_or_else(|| format!("slot {part:?} has no value"))?;
            let slots = list(slots).map(Slot::parse).collect::<Result<Vec<_>, _>>()?;
            match name {
                "a" => frame.actor = slots,
                "r" => frame.recipient = slots,
                "content" => frame.content = slots,
                _ => return Err(format!("unknown part of a frame {name:?}")),
            }
        }
        if cell.is_empty() {
            let slots = |names: &[&str]| {
                names.iter().map(|name| Slot::parse(name)).collect::<Result<Vec<_>, _>>()
            };
            let (actor, recipient): (&[&str], &[&str]) = match pos {
                Pos::Noun => (&["by", "poss", "of"], &["on", "against", "with", "to"]),
                _ => (&["subj"], &["obj"]),
            };
            frame.actor = slots(actor)?;
            frame.recipient = slots(recipient)?;
        }
        Ok(frame)
    }
}

impl Condition {
    /// Reads a cell such as `obj:"minister"|official;subj:!team;ctx:cup|match`.
    pub(super) fn parse_all(cell: &str, classes: &Classes) -> Result<Vec<Self>, String> {
        split_outside_quotes(cell, ';')
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| Self::parse(part, classes))
            .collect()
    }

    fn parse(part: &str, classes: &Classes) -> Result<Self, String> {
        let (name, values) =
            part.split_once(':').ok_or_else(|| format!("condition {part:?} has no value"))?;
        let slot = if name == "ctx" { None } else { Some(Slot::parse(name)?) };
        let mut tests = Vec::new();
        for value in split_outside_quotes(values, '|') {
            if let Some(words) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                tests.extend(list(words).map(says));
            } else {
                tests.push(Self::test(value, slot.as_ref(), classes)?);
            }
        }
        if tests.is_empty() {
            return Err(format!("condition {part:?} asks for nothing"));
        }
        Ok(Self { slot, tests })
    }

    fn test(value: &str, slot: Option<&Slot>, classes: &Classes) -> Result<Test, String> {
        Ok(match (value, slot) {
            ("+", Some(_)) => Test::Filled,
            ("-", Some(_)) => Test::Empty,
            ("that", Some(Slot::Content)) => Test::Form(ContentForm::That),
            ("inf", Some(Slot::Content)) => Test::Form(ContentForm::Infinitive),
            ("wh", Some(Slot::Content)) => Test::Form(ContentForm::Question),
            ("ger", Some(Slot::Content)) => Test::Form(ContentForm::Gerund),
            (word, None) => classes.by_name(word).map_or_else(|| says(word), Test::Is),
            (name, Some(_)) => {
                let (name, negated) = name.strip_prefix('!').map_or((name, false), |n| (n, true));
                let class =
                    classes.by_name(name).ok_or_else(|| format!("unknown class {name:?}"))?;
                if negated { Test::IsNot(class) } else { Test::Is(class) }
            }
        })
    }
}

fn says(words: &str) -> Test {
    Test::Says(words.split_whitespace().map(keys::key).collect())
}

fn split_outside_quotes(cell: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    cell.split(|c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
    .map(str::trim)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_name_their_slots() {
        let frame = Frame::parse("a=subj|with;r=to", Pos::Verb).unwrap();
        assert_eq!(frame.actor, [Slot::Subject, Slot::Marked("with".into())]);
        assert!(frame.actor[1].is_mutual() && !frame.recipient[0].is_mutual());
        assert_eq!(Frame::parse("", Pos::Verb).unwrap().recipient, [Slot::Object]);
        assert!(Frame::parse("x=subj", Pos::Verb).is_err());
        assert!(Frame::parse("subj", Pos::Verb).is_err());
    }

    #[test]
    fn conditions_keep_quoted_words_together() {
        let classes = Classes::built_in();
        let all =
            Condition::parse_all("obj:\"peace talk|truce\"|official;subj:!team", &classes).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].tests[0], Test::Says(vec!["peace".into(), "talk".into()]));
        assert_eq!(all[0].tests.len(), 3);
        assert!(matches!(all[1].tests[0], Test::IsNot(_)));
        assert!(Condition::parse_all("obj:nonsense", &classes).is_err());
        assert!(Condition::parse_all("obj", &classes).is_err());
    }
}
