//! Morphological features, packed into one word of memory.
//!
//! Readers look at features by the million and compare them for agreement, so a bundle of features is an integer, and
//! each feature is a small field in it. Zero means that the feature is absent.

use super::UnknownLabel;
use std::{fmt, str::FromStr};

/// A bundle of morphological features, `Gender=Fem|Number=Sing` and the like.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feats(u64);

/// One feature: its name and where it lies in the bundle.
struct Field {
    name: &'static str,
    shift: u32,
    width: u32,
    values: &'static [&'static str],
}

impl Field {
    const fn mask(&self) -> u64 {
        ((1 << self.width) - 1) << self.shift
    }
}

macro_rules! features {
    ($($shift:literal +$width:literal $name:ident $getter:ident $doc:literal { $($value:ident)* })*) => {
        $(
            #[doc = $doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            #[repr(u8)]
            #[expect(missing_docs, reason = "the variants are the values of Universal Dependencies")]
            pub enum $name { $($value,)* }

            impl $name {
                const ALL: &'static [Self] = &[$(Self::$value,)*];
            }
        )*

        impl Feats {
            $(
                #[doc = concat!("The value of `", stringify!($name), "`.")]
                pub fn $getter(self) -> Option<$name> {
                    let value = (self.0 >> $shift) & ((1 << $width) - 1);
                    $name::ALL.get((value as usize).wrapping_sub(1)).copied()
                }
            )*
        }

        $(
            impl From<$name> for Feats {
                fn from(value: $name) -> Self {
                    Self((value as u64 + 1) << $shift)
                }
            }
        )*
    };
}

features! {
    0 +2 Aspect aspect "Grammatical aspect." { Imp Perf Prog }
    2 +3 Case case "Grammatical case." { Acc Gen Nom }
    5 +3 Definite definite "Definiteness; `Cons` is the construct state." { Cons Def Ind }
    8 +2 Degree degree "Degree of comparison." { Cmp Pos Sup }
    10 +4 ExtPos ext_pos "The part of speech that a fixed expression has as a whole." { ADP ADV CCONJ PRON PROPN SCONJ ADJ }
    14 +2 Gender gender "Grammatical gender." { Fem Masc Neut }
    16 +3 Mood mood "Mood of a finite verb." { Cnd Imp Ind Jus Sub }
    19 +3 NumForm num_form "How a number is written." { Combi Digit Roman Word }
    22 +3 NumType num_type "The kind of a number word." { Card Frac Mult Ord }
    25 +3 Number number "Grammatical number." { Dual Plur Ptan Sing }
    28 +2 Person person "Grammatical person." { First Second Third }
    30 +2 Polarity polarity "Affirmative or negative." { Neg Pos }
    32 +4 PronType pron_type "The kind of a pronoun or determiner." { Art Dem Emp Ind Int Neg Prs Rcp Rel Tot }
    36 +3 Style style "The register of a word form." { Arch Coll Expr Slng Vrnc }
    39 +3 Tense tense "Tense." { Fut Past Pres }
    42 +3 VerbForm verb_form "The form of a verb." { Conv Fin Ger Inf Part Vnoun }
    45 +2 Voice voice "Voice." { Act Pass }
}

macro_rules! flags {
    ($($shift:literal $name:literal $getter:ident $doc:literal)*) => {
        impl Feats {
            $(
                #[doc = $doc]
                pub const fn $getter(self) -> bool {
                    (self.0 >> $shift) & 1 == 1
                }
            )*
        }
    };
}

flags! {
    47 "Abbr" is_abbreviation "Whether the word is an abbreviation."
    48 "Foreign" is_foreign "Whether the word belongs to another language."
    49 "Poss" is_possessive "Whether the pronoun is possessive."
    50 "Reflex" is_reflexive "Whether the pronoun is reflexive."
    51 "Typo" is_typo "Whether the form is misspelt."
}

/// The fields in the order in which CoNLL-U writes them.
static FIELDS: [Field; 22] = [
    Field { name: "Abbr", shift: 47, width: 1, values: &["Yes"] },
    Field { name: "Aspect", shift: 0, width: 2, values: &["Imp", "Perf", "Prog"] },
    Field { name: "Case", shift: 2, width: 3, values: &["Acc", "Gen", "Nom"] },
    Field { name: "Definite", shift: 5, width: 3, values: &["Cons", "Def", "Ind"] },
    Field { name: "Degree", shift: 8, width: 2, values: &["Cmp", "Pos", "Sup"] },
    Field {
        name: "ExtPos",
        shift: 10,
        width: 4,
        values: &["ADP", "ADV", "CCONJ", "PRON", "PROPN", "SCONJ", "ADJ"],
    },
    Field { name: "Foreign", shift: 48, width: 1, values: &["Yes"] },
    Field { name: "Gender", shift: 14, width: 2, values: &["Fem", "Masc", "Neut"] },
    Field { name: "Mood", shift: 16, width: 3, values: &["Cnd", "Imp", "Ind", "Jus", "Sub"] },
    Field { name: "Number", shift: 25, width: 3, values: &["Dual", "Plur", "Ptan", "Sing"] },
    Field { name: "NumForm", shift: 19, width: 3, values: &["Combi", "Digit", "Roman", "Word"] },
    Field { name: "NumType", shift: 22, width: 3, values: &["Card", "Frac", "Mult", "Ord"] },
    Field { name: "Person", shift: 28, width: 2, values: &["1", "2", "3"] },
    Field { name: "Polarity", shift: 30, width: 2, values: &["Neg", "Pos"] },
    Field { name: "Poss", shift: 49, width: 1, values: &["Yes"] },
    Field {
        name: "PronType",
        shift: 32,
        width: 4,
        values: &["Art", "Dem", "Emp", "Ind", "Int", "Neg", "Prs", "Rcp", "Rel", "Tot"],
    },
    Field { name: "Reflex", shift: 50, width: 1, values: &["Yes"] },
    Field { name: "Style", shift: 36, width: 3, values: &["Arch", "Coll", "Expr", "Slng", "Vrnc"] },
    Field { name: "Tense", shift: 39, width: 3, values: &["Fut", "Past", "Pres"] },
    Field { name: "Typo", shift: 51, width: 1, values: &["Yes"] },
    Field {
        name: "VerbForm",
        shift: 42,
        width: 3,
        values: &["Conv", "Fin", "Ger", "Inf", "Part", "Vnoun"],
    },
    Field { name: "Voice", shift: 45, width: 2, values: &["Act", "Pass"] },
];

impl Feats {
    /// No feature at all.
    pub const NONE: Self = Self(0);

    /// The packed bundle, for model files.
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// Reads what [`Feats::to_bits`] gave; fields that hold no known value are dropped.
    pub fn from_bits(bits: u64) -> Self {
        let known = FIELDS.iter().filter(|field| {
            let value = (bits & field.mask()) >> field.shift;
            value as usize <= field.values.len()
        });
        Self(known.fold(0, |sum, field| sum | (bits & field.mask())))
    }

    /// Whether no feature is set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The bundle with the features of `other` put in; where both have a value, `other`'s stands.
    #[must_use]
    pub fn with(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        let overwritten = FIELDS
            .iter()
            .filter(|field| other.0 & field.mask() != 0)
            .fold(0, |mask, field| mask | field.mask());
        Self((self.0 & !overwritten) | other.0)
    }

    /// Whether every feature that both bundles have is the same in both: `هي` agrees with `مدينة`.
    pub fn agrees_with(self, other: Self) -> bool {
        FIELDS.iter().all(|field| {
            let (a, b) = (self.0 & field.mask(), other.0 & field.mask());
            a == 0 || b == 0 || a == b
        })
    }

    /// The features as pairs of name and value, in the order of CoNLL-U.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FIELDS.iter().filter_map(move |field| {
            let value = (self.0 & field.mask()) >> field.shift;
            let value = field.values.get((value as usize).checked_sub(1)?)?;
            Some((field.name, *value))
        })
    }

    /// Reads a bundle, leaving out the features and values that this inventory lacks.
    pub fn parse_lossy(bundle: &str) -> Self {
        bundle.split('|').filter_map(|pair| Self::one(pair).ok()).fold(Self::NONE, Self::with)
    }

    fn one(pair: &str) -> Result<Self, UnknownLabel> {
        let unknown = || UnknownLabel::new("feature", pair);
        let (name, value) = pair.split_once('=').ok_or_else(unknown)?;
        let field = FIELDS.iter().find(|field| field.name == name).ok_or_else(unknown)?;
        let index = field.values.iter().position(|&v| v == value).ok_or_else(unknown)?;
        Ok(Self((index as u64 + 1) << field.shift))
    }
}

impl FromStr for Feats {
    type Err = UnknownLabel;

    fn from_str(bundle: &str) -> Result<Self, UnknownLabel> {
        if bundle == "_" || bundle.is_empty() {
            return Ok(Self::NONE);
        }
        bundle.split('|').try_fold(Self::NONE, |feats, pair| Ok(feats.with(Self::one(pair)?)))
    }
}

impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("_");
        }
        for (index, (name, value)) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "|" };
            write!(f, "{separator}{name}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Feats({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_round_trips_through_text_and_bits() {
        for field in &FIELDS {
            for value in field.values {
                let text = format!("{}={value}", field.name);
                let feats: Feats = text.parse().unwrap();
                assert_eq!(feats.to_string(), text);
                assert_eq!(Feats::from_bits(feats.to_bits()), feats);
            }
        }
    }

    #[test]
    fn fields_do_not_overlap_and_are_sorted() {
        let mut seen = 0;
        for field in &FIELDS {
            assert_eq!(seen & field.mask(), 0, "{}", field.name);
            assert!(field.values.len() < 1 << field.width, "{}", field.name);
            seen |= field.mask();
        }
        let names: Vec<_> = FIELDS.iter().map(|field| field.name.to_lowercase()).collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn typed_getters_agree_with_the_text() {
        let feats: Feats =
            "Case=Gen|Definite=Def|Gender=Fem|Number=Plur|Person=3|PronType=Rel".parse().unwrap();
        assert_eq!(feats.case(), Some(Case::Gen));
        assert_eq!(feats.definite(), Some(Definite::Def));
        assert_eq!(feats.gender(), Some(Gender::Fem));
        assert_eq!(feats.number(), Some(Number::Plur));
        assert_eq!(feats.person(), Some(Person::Third));
        assert_eq!(feats.pron_type(), Some(PronType::Rel));
        assert_eq!(feats.voice(), None);
        assert_eq!(Feats::from(Gender::Fem).to_string(), "Gender=Fem");
    }

    #[test]
    fn agreement_ignores_what_only_one_side_has() {
        let noun: Feats = "Gender=Fem|Number=Sing".parse().unwrap();
        assert!(noun.agrees_with("Gender=Fem|Person=3".parse().unwrap()));
        assert!(!noun.agrees_with("Gender=Masc".parse().unwrap()));
        assert_eq!(noun.with(Gender::Masc).to_string(), "Gender=Masc|Number=Sing");
    }

    #[test]
    fn unknown_features_are_an_error_unless_read_lossily() {
        assert!("Gender=Com".parse::<Feats>().is_err());
        assert_eq!(Feats::parse_lossy("Gender=Com|Number=Sing").to_string(), "Number=Sing");
        assert_eq!(Feats::parse_lossy("_"), Feats::NONE);
    }
}
