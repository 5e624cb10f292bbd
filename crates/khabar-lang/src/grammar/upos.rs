//! Universal parts of speech.

use super::UnknownLabel;
use std::{fmt, str::FromStr};

macro_rules! parts_of_speech {
    ($($variant:ident $label:literal $doc:literal,)*) => {
        /// A universal part of speech.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Upos { $(#[doc = $doc] $variant,)* }

        impl Upos {
            /// Every part of speech, in the order of their labels.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label that CoNLL-U uses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }

        impl FromStr for Upos {
            type Err = UnknownLabel;

            fn from_str(label: &str) -> Result<Self, UnknownLabel> {
                match label {
                    $($label => Ok(Self::$variant),)*
                    _ => Err(UnknownLabel::new("part of speech", label)),
                }
            }
        }
    };
}

parts_of_speech! {
    Adj "ADJ" "An adjective.",
    Adp "ADP" "A preposition or postposition.",
    Adv "ADV" "An adverb.",
    Aux "AUX" "An auxiliary or copula.",
    Cconj "CCONJ" "A coordinating conjunction.",
    Det "DET" "A determiner.",
    Intj "INTJ" "An interjection.",
    Noun "NOUN" "A common noun.",
    Num "NUM" "A numeral.",
    Part "PART" "A particle.",
    Pron "PRON" "A pronoun.",
    Propn "PROPN" "A proper noun.",
    Punct "PUNCT" "Punctuation.",
    Sconj "SCONJ" "A subordinating conjunction.",
    Sym "SYM" "A symbol.",
    Verb "VERB" "A verb that is not an auxiliary.",
    X "X" "Anything else.",
}

impl Upos {
    /// Whether the word heads noun phrases: a noun, a name, a pronoun or a numeral.
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron | Self::Num)
    }

    /// Whether the word carries content of its own, as opposed to function words and punctuation.
    pub const fn is_content(self) -> bool {
        matches!(
            self,
            Self::Adj | Self::Adv | Self::Intj | Self::Noun | Self::Num | Self::Propn | Self::Verb
        )
    }
}

impl fmt::Display for Upos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for &upos in Upos::ALL {
            assert_eq!(upos.as_str().parse::<Upos>(), Ok(upos));
        }
        assert!("NOUNS".parse::<Upos>().is_err());
    }
}
