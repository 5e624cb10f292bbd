//! An analysis under construction.
//!
//! The steps of the pipeline fill it one after the other: the tokenisers add sentences, tokens and words, the taggers and
//! the parser overwrite the columns they are responsible for, and [`Draft::finish`] checks the trees and makes the
//! answers to the readers' questions cheap.

use super::quotes;
use super::strings::{Strings, Symbol};
use super::{Analysis, Columns, NO_HEAD, SentenceRow, TokenRow};
use crate::grammar::{Deprel, Feats, Upos};
use crate::language::Language;
use crate::model::lexicon::Entry as Lexical;
use khabar_record::TextRange;
use std::ops::Range;

/// An analysis whose words may still be added and annotated.
pub(crate) struct Draft<'t> {
    text: &'t str,
    language: Language,
    strings: Strings,
    sentences: Vec<SentenceRow>,
    tokens: Vec<TokenRow>,
    words: Columns,
    paragraphs: Vec<TextRange>,
}

impl<'t> Draft<'t> {
    pub(crate) fn new(text: &'t str, language: Language) -> Self {
        Self {
            text,
            language,
            strings: Strings::default(),
            sentences: Vec::new(),
            tokens: Vec::new(),
            words: Columns::default(),
            paragraphs: Vec::new(),
        }
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Starts a paragraph. Sentences that follow belong to it.
    pub(crate) fn begin_paragraph(&mut self, range: TextRange) {
        self.paragraphs.push(range);
    }

    /// Starts a sentence. Tokens that follow belong to it.
    pub(crate) fn begin_sentence(&mut self) {
        let (tokens, words) = (self.tokens.len() as u32, self.word_count() as u32);
        self.sentences.push(SentenceRow {
            range: TextRange::empty(0_u32),
            tokens: tokens..tokens,
            words: words..words,
            paragraph: self.paragraphs.len().saturating_sub(1) as u32,
        });
    }

    /// Starts a token. Words that follow belong to it.
    pub(crate) fn begin_token(&mut self, range: TextRange) {
        let words = self.word_count() as u32;
        let rest = &self.text[range.end().to_usize()..];
        let space_after = rest.chars().next().is_none_or(char::is_whitespace);
        self.tokens.push(TokenRow { range, words: words..words, space_after });
        if let Some(sentence) = self.sentences.last_mut() {
            let start = if sentence.tokens.is_empty() { range } else { sentence.range };
            sentence.range = start.cover(range);
            sentence.tokens.end += 1;
        }
    }

    /// Adds a word to the last token: its place, its form and its key.
    pub(crate) fn push_word(&mut self, range: TextRange, form: &str, key: &str) {
        let form = self.strings.intern(form);
        let key = self.strings.intern(key);
        let empty = self.strings.intern("_");
        let words = &mut self.words;
        words.range.push(range);
        words.token.push(self.tokens.len() as u32 - 1);
        words.sentence.push(self.sentences.len() as u32 - 1);
        words.form.push(form);
        words.key.push(key);
        words.lemma.push(form);
        words.xpos.push(empty);
        words.upos.push(Upos::X);
        words.feats.push(Feats::NONE);
        words.head.push(NO_HEAD);
        words.deprel.push(Deprel::Dep);
        words.lexical.push(Lexical::default());
        if let Some(token) = self.tokens.last_mut() {
            token.words.end += 1;
        }
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.words.end += 1;
        }
    }

    pub(crate) fn word_count(&self) -> usize {
        self.words.range.len()
    }

    pub(crate) fn sentence_count(&self) -> usize {
        self.sentences.len()
    }

    pub(crate) fn sentence_words(&self, sentence: usize) -> Range<usize> {
        let Range { start, end } = self.sentences[sentence].words;
        start as usize..end as usize
    }

    pub(crate) fn intern(&mut self, string: &str) -> Symbol {
        self.strings.intern(string)
    }

    pub(crate) fn resolve(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    pub(crate) fn form_symbol(&self, word: usize) -> Symbol {
        self.words.form[word]
    }

    pub(crate) fn form(&self, word: usize) -> &str {
        self.strings.get(self.words.form[word])
    }

    pub(crate) fn key(&self, word: usize) -> &str {
        self.strings.get(self.words.key[word])
    }

    /// Whether the word is written on to the one before it.
    pub(crate) fn is_attached(&self, word: usize) -> bool {
        word > 0 && self.words.range[word - 1].end() == self.words.range[word].start()
    }

    /// The form of the last word, if it ends where the next one starts.
    pub(crate) fn attached_form(&self, start: usize) -> Option<&str> {
        let last = self.word_count().checked_sub(1)?;
        (self.words.range[last].end().to_usize() == start).then(|| self.form(last))
    }

    pub(crate) fn set_tag(&mut self, word: usize, upos: Upos, xpos: Symbol, feats: Feats) {
        self.words.upos[word] = upos;
        self.words.xpos[word] = xpos;
        self.words.feats[word] = feats;
    }

    pub(crate) fn set_lexical(&mut self, word: usize, lexical: Lexical) {
        self.words.lexical[word] = lexical;
    }

    pub(crate) fn set_lemma(&mut self, word: usize, lemma: Symbol) {
        self.words.lemma[word] = lemma;
    }

    /// Attaches a word; `head` is the index of a word of the same sentence, or none for the root.
    pub(crate) fn set_head(&mut self, word: usize, head: Option<usize>, deprel: Deprel) {
        self.words.head[word] = head.map_or(NO_HEAD, |head| head as u32);
        self.words.deprel[word] = deprel;
    }

    /// Makes every sentence a tree, finds the quotations and gives the analysis away.
    pub(crate) fn finish(mut self) -> Analysis {
        self.sentences.retain(|sentence| !sentence.words.is_empty());
        for (row, sentence) in self.sentences.iter().enumerate() {
            let words = sentence.words.start as usize..sentence.words.end as usize;
            self.words.sentence[words].fill(row as u32);
        }
        settle(&self.sentences, &mut self.words);
        let (child_starts, children) = index_children(&self.words.head);
        Analysis {
            quotes: quotes::find(self.text, &self.paragraphs),
            text: self.text.into(),
            language: self.language,
            strings: self.strings,
            sentences: self.sentences,
            tokens: self.tokens,
            words: self.words,
            child_starts,
            children,
        }
    }
}

/// Makes every sentence a tree whose root has the relation of one.
pub(super) fn settle(sentences: &[SentenceRow], columns: &mut Columns) {
    for sentence in sentences {
        let words = sentence.words.start as usize..sentence.words.end as usize;
        ensure_tree(&mut columns.head[words.clone()], words.start as u32);
        for index in words {
            let is_root = columns.head[index] == NO_HEAD;
            let deprel = &mut columns.deprel[index];
            if is_root {
                *deprel = Deprel::Root;
            } else if *deprel == Deprel::Root {
                *deprel = Deprel::Dep;
            }
        }
    }
}

/// Makes the heads of one sentence a tree with one root: the first root stays, further roots and the words of a cycle
/// hang on it.
fn ensure_tree(heads: &mut [u32], offset: u32) {
    let end = offset + heads.len() as u32;
    for head in heads.iter_mut() {
        if *head != NO_HEAD && !(offset..end).contains(head) {
            *head = NO_HEAD;
        }
    }
    let root = heads.iter().position(|&head| head == NO_HEAD).unwrap_or(0);
    for (index, head) in heads.iter_mut().enumerate() {
        if index == root {
            *head = NO_HEAD;
        } else if *head == NO_HEAD {
            *head = offset + root as u32;
        }
    }
    // Each word remembers the walk that reached it first; to meet one's own walk again is to run in a circle.
    let mut walk_of = vec![0_u32; heads.len()];
    for start in 0..heads.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        while walk_of[at] == 0 {
            walk_of[at] = walk;
            if heads[at] == NO_HEAD {
                break;
            }
            let head = (heads[at] - offset) as usize;
            if walk_of[head] == walk {
                heads[at] = offset + root as u32;
                break;
            }
            at = head;
        }
    }
}

pub(super) fn index_children(heads: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; heads.len() + 1];
    for &head in heads.iter().filter(|&&head| head != NO_HEAD) {
        starts[head as usize + 1] += 1;
    }
    for index in 1..starts.len() {
        starts[index] += starts[index - 1];
    }
    let mut next = starts.clone();
    let mut children = vec![0; starts.last().map_or(0, |&count| count as usize)];
    for (child, &head) in heads.iter().enumerate().filter(|&(_, &head)| head != NO_HEAD) {
        children[next[head as usize] as usize] = child as u32;
        next[head as usize] += 1;
    }
    (starts, children)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_heads_become_a_tree(
            heads in proptest::collection::vec(prop_oneof![Just(NO_HEAD), 0_u32..60], 1..40),
            offset in 0_u32..10,
        ) {
            let mut heads = heads;
            ensure_tree(&mut heads, offset);
            prop_assert_eq!(heads.iter().filter(|&&head| head == NO_HEAD).count(), 1);
            for start in 0..heads.len() {
                let mut at = start;
                let mut steps = 0;
                while heads[at] != NO_HEAD {
                    at = (heads[at] - offset) as usize;
                    steps += 1;
                    prop_assert!(steps <= heads.len());
                }
            }
        }
    }

    #[test]
    fn good_trees_are_left_alone() {
        let mut heads = [1, NO_HEAD, 1, 2];
        ensure_tree(&mut heads, 0);
        assert_eq!(heads, [1, NO_HEAD, 1, 2]);
        let (starts, children) = index_children(&heads);
        assert_eq!(starts, [0, 0, 2, 3, 3]);
        assert_eq!(children, [0, 2, 3]);
    }
}
