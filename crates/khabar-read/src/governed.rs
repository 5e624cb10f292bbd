//! Prepositions that Arabic verbs govern.
//!
//! Behind a subject or an object a parser cannot see whether a phrase with a preposition says more of that noun or completes
//! the verb: in سمحت بيلاروسيا للقوات الروسية بغزو أوكرانيا the invasion is what was allowed, not what the forces are like. The
//! verb knows: allowing asks for a ب, as promising and demanding do.

use std::collections::{HashMap, HashSet};

use khabar_lang::{Deprel, Rehung, Upos, Word};
use khabar_table::{Table, TableError, list};

use crate::{clauses, keys};

/// The verbs of a language that govern prepositions, and the nouns made of them.
#[derive(Debug, Default)]
pub(crate) struct Governed {
    /// The prepositions of each verb, by the keys of both.
    verbs: HashMap<String, Vec<String>>,
    /// Nouns with a preposition that they govern themselves.
    nouns: HashSet<(String, String)>,
}

impl Governed {
    /// Loads a list of verbs.
    pub(crate) fn load((file, text): (&'static str, &'static str)) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["verb", "prepositions", "nouns"])?;
        let mut governed = Self::default();
        for row in table.rows() {
            let [verb, prepositions, nouns] = columns.cells(row);
            let prepositions: Vec<String> = list(prepositions).map(keys::key).collect();
            if prepositions.is_empty() {
                return Err(row.error("no preposition".to_owned()));
            }
            for noun in list(nouns).map(keys::key) {
                let own =
                    prepositions.iter().map(|preposition| (noun.clone(), preposition.clone()));
                governed.nouns.extend(own);
            }
            governed.verbs.entry(keys::key(verb)).or_default().extend(prepositions);
        }
        Ok(governed)
    }

    /// The change that hangs a phrase on the verb that governs its preposition, where it hangs on a noun before it.
    pub(crate) fn complement(&self, phrase: Word<'_>) -> Option<Rehung> {
        let noun = phrase.head().filter(|noun| {
            phrase.deprel().universal() == Deprel::Nmod && noun.index() < phrase.index()
        })?;
        let preposition = clauses::marker(phrase)?;
        let governs = |word: Word<'_>| {
            let nouns = [keys::key(word.lemma()), word.key().trim_start_matches("ال").to_owned()];
            nouns.into_iter().any(|noun| self.nouns.contains(&(noun, preposition.to_owned())))
        };
        // The argument of the verb that the noun belongs to; a noun on the way may govern the preposition itself.
        let mut argument = noun;
        while !governs(argument)
            && matches!(
                argument.deprel().universal(),
                Deprel::Nmod | Deprel::Appos | Deprel::Flat | Deprel::Conj
            )
            && let Some(head) = argument.head().filter(|head| head.upos().is_nominal())
        {
            argument = head;
        }
        let is_argument = matches!(
            argument.deprel().universal(),
            Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Iobj
        );
        let verb = argument.head().filter(|verb| {
            is_argument
                && !governs(argument)
                && verb.upos() == Upos::Verb
                && verb.index() < argument.index()
        })?;
        let asks = self
            .verbs
            .get(&keys::key(verb.lemma()))
            .is_some_and(|prepositions| prepositions.iter().any(|own| own == preposition));
        let has_one = verb.children().any(|child| clauses::marker(child) == Some(preposition));
        (asks && !has_one).then(|| Rehung {
            word: phrase.index(),
            head: Some(verb.index()),
            deprel: Deprel::Obl,
            xpos: None,
        })
    }
}
