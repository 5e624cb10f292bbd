//! Relations of dependency trees.

use super::UnknownLabel;
use std::{fmt, str::FromStr};

macro_rules! relations {
    ($($variant:ident $label:literal $universal:ident,)*) => {
        /// The relation of a word to its head: the universal relations, with the subtypes that readers ask for.
        ///
        /// See <https://universaldependencies.org/u/dep/>. A subtype outside this list is read as its universal relation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the variants are the labels of Universal Dependencies")]
        pub enum Deprel { $($variant,)* }

        impl Deprel {
            /// Every relation, in the order of their labels.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label that CoNLL-U uses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The relation without its subtype.
            #[must_use]
            pub const fn universal(self) -> Self {
                match self { $(Self::$variant => Self::$universal,)* }
            }

            fn exact(label: &str) -> Option<Self> {
                match label { $($label => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

relations! {
    Acl "acl" Acl,
    AclRelcl "acl:relcl" Acl,
    Advcl "advcl" Advcl,
    AdvclRelcl "advcl:relcl" Advcl,
    Advmod "advmod" Advmod,
    Amod "amod" Amod,
    Appos "appos" Appos,
    Aux "aux" Aux,
    AuxPass "aux:pass" Aux,
    Case "case" Case,
    Cc "cc" Cc,
    CcPreconj "cc:preconj" Cc,
    Ccomp "ccomp" Ccomp,
    Clf "clf" Clf,
    Compound "compound" Compound,
    CompoundPrt "compound:prt" Compound,
    Conj "conj" Conj,
    Cop "cop" Cop,
    Csubj "csubj" Csubj,
    CsubjOuter "csubj:outer" Csubj,
    CsubjPass "csubj:pass" Csubj,
    Dep "dep" Dep,
    Det "det" Det,
    DetPredet "det:predet" Det,
    Discourse "discourse" Discourse,
    Dislocated "dislocated" Dislocated,
    Expl "expl" Expl,
    Fixed "fixed" Fixed,
    Flat "flat" Flat,
    Goeswith "goeswith" Goeswith,
    Iobj "iobj" Iobj,
    List "list" List,
    Mark "mark" Mark,
    Nmod "nmod" Nmod,
    NmodDesc "nmod:desc" Nmod,
    NmodPoss "nmod:poss" Nmod,
    NmodUnmarked "nmod:unmarked" Nmod,
    Nsubj "nsubj" Nsubj,
    NsubjOuter "nsubj:outer" Nsubj,
    NsubjPass "nsubj:pass" Nsubj,
    Nummod "nummod" Nummod,
    Obj "obj" Obj,
    Obl "obl" Obl,
    OblAgent "obl:agent" Obl,
    OblTmod "obl:tmod" Obl,
    OblUnmarked "obl:unmarked" Obl,
    Orphan "orphan" Orphan,
    Parataxis "parataxis" Parataxis,
    Punct "punct" Punct,
    Reparandum "reparandum" Reparandum,
    Root "root" Root,
    Vocative "vocative" Vocative,
    Xcomp "xcomp" Xcomp,
}

impl Deprel {
    /// Whether this is the subject of a clause, be it a noun phrase or a clause, active or passive.
    pub const fn is_subject(self) -> bool {
        matches!(self.universal(), Self::Nsubj | Self::Csubj)
    }

    /// Whether the dependent heads a clause of its own.
    pub const fn is_clausal(self) -> bool {
        matches!(
            self.universal(),
            Self::Acl | Self::Advcl | Self::Ccomp | Self::Csubj | Self::Parataxis | Self::Root
        )
    }
}

impl FromStr for Deprel {
    type Err = UnknownLabel;

    fn from_str(label: &str) -> Result<Self, UnknownLabel> {
        let universal = label.split(':').next().unwrap_or(label);
        Self::exact(label)
            .or_else(|| Self::exact(universal))
            .ok_or_else(|| UnknownLabel::new("relation", label))
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip_and_unknown_subtypes_fall_back() {
        for &relation in Deprel::ALL {
            assert_eq!(relation.as_str().parse::<Deprel>(), Ok(relation));
            let universal = relation.as_str().split(':').next().unwrap();
            assert_eq!(relation.universal().as_str(), universal);
        }
        assert_eq!("nmod:npmod".parse::<Deprel>(), Ok(Deprel::Nmod));
        assert!("dobj".parse::<Deprel>().is_err());
    }
}
