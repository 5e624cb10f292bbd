//! Verbs that lend a noun its grammar: who *carries out* an attack is its actor, who *comes under* it its recipient.

use std::collections::HashMap;

use khabar_lang::{Deprel, Upos, Word};
use khabar_table::{Table, TableError};

use super::scene::Scene;
use crate::keys;

/// What the subject of a support verb is to the event that its noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Does,
    Undergoes,
}

/// The support verbs of one language, by the key of their dictionary form.
#[derive(Debug)]
pub(crate) struct Support(HashMap<String, Role>);

impl Support {
    /// Reads a list `verb role note`.
    pub(crate) fn load((file, text): (&'static str, &str)) -> Result<Self, TableError> {
        let table = Table::parse(file, text)?;
        let columns = table.columns(["verb", "role", "note"])?;
        let mut verbs = HashMap::new();
        for row in table.rows() {
            let [verb, role, _] = columns.cells(row);
            let role = match role {
                "does" => Role::Does,
                "undergoes" => Role::Undergoes,
                _ => return Err(row.error(format!("unknown role {role:?}"))),
            };
            verbs.insert(keys::key(verb), role);
        }
        Ok(Self(verbs))
    }

    /// What is done again lends its grammar as what is done ("reimpose", "relaunch").
    fn listed(&self, verb: &str) -> Option<&Role> {
        self.0.get(verb).or_else(|| self.0.get(verb.strip_prefix("re")?.trim_start_matches('-')))
    }

    /// The support verb of a noun: it is the verb's object, the object of its preposition, or the subject of its passive.
    pub(super) fn of<'a>(&self, scene: &Scene<'a>, noun: Word<'a>) -> Option<(Word<'a>, Role)> {
        let verb = noun.head().filter(|head| head.upos() == Upos::Verb)?;
        let fits = matches!(
            noun.deprel().universal(),
            Deprel::Obj | Deprel::Obl | Deprel::Xcomp | Deprel::Nsubj
        );
        // "Took to the streets after the murder": a time or a cause is no part of what the verb says.
        let apart = noun.deprel().universal() == Deprel::Obl
            && !scene.is_arabic()
            && !matches!(
                crate::clauses::marker(noun),
                None | Some("under" | "in" | "to" | "into" | "on" | "upon")
            );
        let role = *self.listed(scene.lemma(verb)).filter(|_| fits && !apart)?;
        let passive = super::grammar::is_passive(scene, verb);
        let is_subject = noun.deprel().universal() == Deprel::Nsubj;
        (is_subject == passive || scene.is_arabic()).then_some((verb, role))
    }
}
