//! A constraint of Arabic grammar that the parser, which scores one arc at a time, does not see: a noun that has the article
//! takes no genitive. A second noun with the article behind it is therefore no part of its phrase; behind the subject of a
//! verb without an object it is that object (أغلق الجيش والشرطة الطريق القديم).

use crate::grammar::{Deprel, Upos};

/// A sentence as the parser read it. Heads are counted from 1, and 0 is the root.
pub(crate) struct Parsed<'a> {
    pub(crate) tags: &'a [Upos],
    /// Which words have the article.
    pub(crate) definite: &'a [bool],
    pub(crate) heads: &'a mut [u32],
    pub(crate) relations: &'a mut [Deprel],
}

impl Parsed<'_> {
    /// Hangs objects that were read into the phrase of the subject back on their verb.
    pub(crate) fn restore_objects(&mut self) {
        for word in 1..self.tags.len() {
            if let Some((verb, subject)) = self.verb_of_object(word) {
                self.heads[word] = verb as u32 + 1;
                self.relations[word] = Deprel::Obj;
                // With an object the verb is active.
                self.relations[subject] = Deprel::Nsubj;
            }
        }
    }

    /// The verb whose object a word must be, and its subject.
    fn verb_of_object(&self, word: usize) -> Option<(usize, usize)> {
        let before = word - 1;
        let noun = self.tags[word] == Upos::Noun && self.definite[word];
        let behind_definite = self.definite[before]
            && matches!(self.tags[before], Upos::Noun | Upos::Propn | Upos::Adj);
        let read_inside =
            matches!(self.relations[word].universal(), Deprel::Nmod | Deprel::Amod | Deprel::Flat);
        if !noun || !behind_definite || !read_inside || self.has(word, Deprel::Case) {
            return None;
        }
        let head = self.head(word).filter(|&head| head < word && self.definite[head])?;
        let subject = self.top(head);
        let verb = self.head(subject).filter(|&verb| verb < subject)?;
        let acts = self.relations[subject].universal() == Deprel::Nsubj
            && self.tags[verb] == Upos::Verb
            && !self.has(verb, Deprel::Obj)
            && !self.has(verb, Deprel::Ccomp);
        acts.then_some((verb, subject))
    }

    /// The noun at the top of the phrase that a word stands in.
    fn top(&self, mut word: usize) -> usize {
        while let Some(head) = self.head(word).filter(|&head| head < word) {
            let inside = matches!(
                self.relations[word].universal(),
                Deprel::Conj | Deprel::Nmod | Deprel::Amod | Deprel::Appos
            );
            if !inside || self.tags[head] == Upos::Verb {
                break;
            }
            word = head;
        }
        word
    }

    fn head(&self, word: usize) -> Option<usize> {
        (self.heads[word] as usize).checked_sub(1)
    }

    fn has(&self, head: usize, relation: Deprel) -> bool {
        (0..self.heads.len()).any(|word| {
            self.head(word) == Some(head) && self.relations[word].universal() == relation
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a sentence of words with their tag, head and relation; `ال` makes a word definite.
    fn restored(words: &[(&str, Upos, u32, Deprel)]) -> Vec<(u32, Deprel)> {
        let tags: Vec<Upos> = words.iter().map(|word| word.1).collect();
        let definite: Vec<bool> = words.iter().map(|word| word.0.starts_with("ال")).collect();
        let mut heads: Vec<u32> = words.iter().map(|word| word.2).collect();
        let mut relations: Vec<Deprel> = words.iter().map(|word| word.3).collect();
        Parsed { tags: &tags, definite: &definite, heads: &mut heads, relations: &mut relations }
            .restore_objects();
        heads.into_iter().zip(relations).collect()
    }

    #[test]
    fn a_noun_with_the_article_behind_a_subject_with_the_article_is_the_object() {
        use Deprel::{Amod, Cc, Conj, Nmod, Nsubj, NsubjPass, Root};
        let sentence = [
            ("أغلق", Upos::Verb, 0, Root),
            ("الجيش", Upos::Noun, 1, NsubjPass),
            ("و", Upos::Cconj, 4, Cc),
            ("الشرطة", Upos::Noun, 2, Conj),
            ("الطريق", Upos::Noun, 4, Nmod),
            ("القديم", Upos::Adj, 5, Amod),
        ];
        assert_eq!(restored(&sentence)[1], (1, Nsubj));
        assert_eq!(restored(&sentence)[4], (1, Deprel::Obj));
        assert_eq!(restored(&sentence)[5], (5, Amod));
    }

    #[test]
    fn a_genitive_and_a_second_object_stay() {
        use Deprel::{Nmod, Nsubj, Obj, Root};
        let genitive = [
            ("أغلق", Upos::Verb, 0, Root),
            ("جيش", Upos::Noun, 1, Nsubj),
            ("البلاد", Upos::Noun, 2, Nmod),
        ];
        assert_eq!(restored(&genitive)[2], (2, Nmod));
        let full = [
            ("فتح", Upos::Verb, 0, Root),
            ("الجيش", Upos::Noun, 1, Nsubj),
            ("الفجر", Upos::Noun, 2, Nmod),
            ("جسرا", Upos::Noun, 1, Obj),
        ];
        assert_eq!(restored(&full)[2], (2, Nmod));
    }
}
