//! Who a pronoun or a verb's ending can mean by gender and number.

use khabar_lang::{Deprel, Gender, Language, Person, Upos, Voice, Word};
use khabar_record::EntityKind;

use super::actors::Actor;

/// What a pronoun or an ending shows of the one it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One man.
    He,
    /// One woman.
    She,
    /// A thing or a body (English).
    It,
    /// Several.
    They,
    /// One masculine person, body or place (Arabic).
    Masculine,
    /// One feminine person, body or place, or several things (Arabic).
    Feminine,
}

impl Wanted {
    /// Whether it can mean an actor.
    pub(crate) fn fits(self, actor: &Actor) -> bool {
        let body = matches!(
            actor.kind,
            EntityKind::Organization | EntityKind::Outlet | EntityKind::State | EntityKind::Place
        );
        let gender = |wanted| actor.gender.is_none_or(|gender| gender == wanted);
        match self {
            Self::He => actor.is_person() && !actor.plural && gender(Gender::Masc),
            Self::She => actor.is_person() && !actor.plural && gender(Gender::Fem),
            Self::It => body && !actor.plural,
            Self::They => {
                actor.plural || matches!(actor.kind, EntityKind::Group | EntityKind::Organization)
            }
            Self::Masculine => !actor.plural && gender(Gender::Masc),
            Self::Feminine if actor.plural => actor.gender == Some(Gender::Fem),
            Self::Feminine => gender(Gender::Fem),
        }
    }

    /// Its name in the list of weights.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::He => "he",
            Self::She => "she",
            Self::It => "it",
            Self::They => "they",
            Self::Masculine => "masculine",
            Self::Feminine => "feminine",
        }
    }

    /// The gender that one who is meant by it must have.
    pub(crate) fn gender(self) -> Option<Gender> {
        match self {
            Self::He | Self::Masculine => Some(Gender::Masc),
            Self::She | Self::Feminine => Some(Gender::Fem),
            Self::It | Self::They => None,
        }
    }
}

/// What a pronoun shows; none for pronouns that mean nobody in particular.
pub(crate) fn pronoun(word: Word<'_>) -> Option<Wanted> {
    Some(match word.analysis().language() {
        Language::English => match word.key() {
            "he" | "him" | "his" => Wanted::He,
            "she" | "her" | "hers" => Wanted::She,
            "it" | "its" if word.deprel().universal() != Deprel::Expl => Wanted::It,
            "they" | "them" | "their" | "theirs" => Wanted::They,
            _ => return None,
        },
        Language::Arabic => {
            if word.upos() != Upos::Pron {
                return None;
            }
            match word.key() {
                "ه" | "هو" => Wanted::Masculine,
                "ها" | "هي" => Wanted::Feminine,
                "هم" | "هما" | "هن" => Wanted::They,
                _ => return None,
            }
        }
    })
}

/// What the ending of an Arabic verb without a subject shows; none for verbs that have a subject, are passive, impersonal
/// or in the first or second person.
pub(crate) fn ending(verb: Word<'_>) -> Option<Wanted> {
    if verb.analysis().language() != Language::Arabic
        || verb.upos() != Upos::Verb
        || verb.children().any(|child| child.deprel().is_subject())
        || verb.feats().voice() == Some(Voice::Pass)
    {
        return None;
    }
    if matches!(verb.feats().person(), Some(Person::First | Person::Second)) {
        return None;
    }
    let key = verb.key();
    let key = key.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().count() > 3).unwrap_or(key);
    if IMPERSONAL.contains(&key) {
        return None;
    }
    let future = key.strip_prefix('س').filter(|rest| rest.starts_with(['ي', 'ت']));
    let key = future.unwrap_or(key);
    let count = key.chars().count();
    if key.ends_with("وا") || key.ends_with("ون") && key.starts_with(['ي', 'ت']) {
        return Some(Wanted::They);
    }
    if let Some(gender) = verb.feats().gender() {
        return Some(match gender {
            Gender::Fem => Wanted::Feminine,
            _ => Wanted::Masculine,
        });
    }
    Some(if key.ends_with('ت') && count > 3 || key.starts_with('ت') && future.is_some() {
        Wanted::Feminine
    } else {
        Wanted::Masculine
    })
}

/// Verbs that mostly have no doer.
const IMPERSONAL: [&str; 24] = [
    "يمكن",
    "يجب",
    "ينبغي",
    "يبدو",
    "يجوز",
    "يوجد",
    "توجد",
    "كان",
    "كانت",
    "يكون",
    "تكون",
    "ليس",
    "ليست",
    "لابد",
    "تم",
    "يتم",
    "جري",
    "يجري",
    "حدث",
    "يذكر",
    "يشار",
    "يعني",
    "تبين",
    "يتعين",
];
