//! Questions about trees: children, phrases, clauses and the way between two words.
//!
//! Every walk here is iterative, so that no input can overflow the stack, and ends because the trees are trees: what the
//! parser leaves behind is checked once, when an analysis is finished.

use super::Word;
use crate::grammar::{Deprel, Upos};
use khabar_record::TextRange;

impl<'a> Word<'a> {
    /// Its dependents, in the order of the text.
    pub fn children(
        self,
    ) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone + 'a {
        self.analysis
            .child_rows(self.index)
            .iter()
            .map(move |&child| Self::new(self.analysis, child))
    }

    /// The first dependent with this relation; a universal relation also finds its subtypes.
    pub fn child(self, relation: Deprel) -> Option<Self> {
        self.children_by(relation).next()
    }

    /// The dependents with this relation; a universal relation also finds its subtypes.
    pub fn children_by(
        self,
        relation: Deprel,
    ) -> impl DoubleEndedIterator<Item = Self> + Clone + 'a {
        self.children().filter(move |child| {
            child.deprel() == relation || child.deprel().universal() == relation
        })
    }

    /// The heads from this word's own up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Self> + Clone + 'a {
        std::iter::successors(self.head(), |word| word.head())
    }

    /// Whether the word is `other` or depends on it, directly or not.
    pub fn is_within(self, other: Self) -> bool {
        self == other || self.ancestors().any(|ancestor| ancestor == other)
    }

    /// The word and all that depends on it, in the order of the text.
    pub fn subtree(self) -> Vec<Self> {
        self.subtree_where(|_| true)
    }

    /// The word and its dependents, leaving out every subtree whose top the filter refuses; in the order of the text.
    pub fn subtree_where(self, mut keep: impl FnMut(Self) -> bool) -> Vec<Self> {
        let mut found = vec![self];
        let mut next = 0;
        while let Some(&word) = found.get(next) {
            found.extend(word.children().filter(|&child| keep(child)));
            next += 1;
        }
        found.sort_unstable_by_key(|word| word.index);
        found
    }

    /// The stretch of text from the first word of the subtree to its last.
    pub fn subtree_range(self) -> TextRange {
        cover(&self.subtree())
    }

    /// The noun phrase that this word heads: its modifiers, without the relative clauses, appositions, coordinated
    /// phrases and parentheses that follow it, and without the case marker before it.
    ///
    /// This is what a reader wants as *the name of* somebody: “the Belarusian president” in “to the Belarusian president,
    /// who arrived on Sunday”. [`Word::subtree_range`] gives the whole.
    pub fn noun_phrase(self) -> TextRange {
        let inside = self.subtree_where(|child| !is_outside_noun_phrase(child, self));
        cover(trim_punctuation(contiguous_around(&inside, self)))
    }

    /// The word that heads the smallest clause around this word: itself when it heads one.
    #[must_use]
    pub fn clause_head(self) -> Self {
        let mut word = self;
        while !word.heads_clause() {
            let Some(head) = word.head() else { break };
            word = head;
        }
        word
    }

    /// Whether the word heads a clause: it has a subject, an auxiliary or a copula, or is a predicate of a clausal relation.
    pub fn heads_clause(self) -> bool {
        self.deprel().is_clausal()
            || (self.deprel().universal() == Deprel::Xcomp && self.upos() == Upos::Verb)
            || self.is_coordinated_clause()
    }

    fn is_coordinated_clause(self) -> bool {
        self.deprel() == Deprel::Conj
            && (self.upos() == Upos::Verb
                || self.children().any(|child| {
                    child.deprel().is_subject() || child.deprel().universal() == Deprel::Cop
                }))
    }

    /// The words of the clause that this word heads, without the clauses inside it; in the order of the text.
    pub fn clause_words(self) -> Vec<Self> {
        self.subtree_where(|child| !child.heads_clause())
    }

    /// The stretch of the clause that this word heads with the clauses inside it, without a mark or coordinator before it
    /// and without punctuation at its edges: what *said* rules over in “said that …, and left” is the `ccomp` alone.
    pub fn clause_range(self) -> TextRange {
        let words = self.subtree_where(|child| {
            child.head() != Some(self)
                || !matches!(child.deprel().universal(), Deprel::Cc | Deprel::Mark)
                || child.index > self.index
        });
        cover(trim_punctuation(&words))
    }

    /// The way through the tree from this word to another of the same sentence, both included; none across sentences.
    pub fn path_to(self, other: Self) -> Option<Vec<Self>> {
        if self.sentence().index() != other.sentence().index() {
            return None;
        }
        let mut down: Vec<_> = std::iter::once(other).chain(other.ancestors()).collect();
        let mut path = Vec::new();
        for word in std::iter::once(self).chain(self.ancestors()) {
            path.push(word);
            if let Some(meeting) = down.iter().position(|&ancestor| ancestor == word) {
                down.truncate(meeting);
                path.extend(down.into_iter().rev());
                return Some(path);
            }
        }
        None
    }
}

fn is_outside_noun_phrase(child: Word<'_>, head: Word<'_>) -> bool {
    let relation = child.deprel();
    match relation.universal() {
        Deprel::Acl => relation == Deprel::AclRelcl || child.index > head.index,
        Deprel::Case | Deprel::Mark | Deprel::Cc | Deprel::Cop | Deprel::Aux => {
            child.head() == Some(head)
        }
        // "President Lukashenko" is one name, "Lukashenko, the president" is two.
        Deprel::Appos => has_punctuation_between(head, child),
        Deprel::Advcl
        | Deprel::Ccomp
        | Deprel::Csubj
        | Deprel::Conj
        | Deprel::Discourse
        | Deprel::Dislocated
        | Deprel::Expl
        | Deprel::Iobj
        | Deprel::List
        | Deprel::Nsubj
        | Deprel::Obj
        | Deprel::Obl
        | Deprel::Orphan
        | Deprel::Parataxis
        | Deprel::Reparandum
        | Deprel::Vocative
        | Deprel::Xcomp => child.head() == Some(head),
        _ => false,
    }
}

fn has_punctuation_between(head: Word<'_>, child: Word<'_>) -> bool {
    let (low, high) = (head.index.min(child.index), head.index.max(child.index));
    (low + 1..high).any(|index| Word::new(head.analysis, index).upos() == Upos::Punct)
}

/// The longest run of neighbouring words that contains `center`.
fn contiguous_around<'w, 'a>(words: &'w [Word<'a>], center: Word<'a>) -> &'w [Word<'a>] {
    let Some(at) = words.iter().position(|&word| word == center) else {
        return words;
    };
    let mut start = at;
    while start > 0 && words[start - 1].index + 1 == words[start].index {
        start -= 1;
    }
    let mut end = at + 1;
    while end < words.len() && words[end - 1].index + 1 == words[end].index {
        end += 1;
    }
    &words[start..end]
}

fn trim_punctuation<'w, 'a>(words: &'w [Word<'a>]) -> &'w [Word<'a>] {
    let is_word = |word: &Word<'_>| word.upos() != Upos::Punct;
    match (words.iter().position(is_word), words.iter().rposition(is_word)) {
        (Some(first), Some(last)) => &words[first..=last],
        _ => words,
    }
}

fn cover(words: &[Word<'_>]) -> TextRange {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.range().cover(last.range()),
        _ => TextRange::empty(0_u32),
    }
}
