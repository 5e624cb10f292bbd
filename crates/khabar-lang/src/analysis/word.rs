//! Views of single rows of an [`Analysis`].

use super::{Analysis, NO_HEAD, Symbol};
use crate::grammar::{Deprel, Feats, Upos};
use khabar_record::TextRange;
use std::{fmt, ops::Range};

/// A sentence.
#[derive(Clone, Copy)]
pub struct Sentence<'a> {
    analysis: &'a Analysis,
    index: u32,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(analysis: &'a Analysis, index: u32) -> Self {
        Self { analysis, index }
    }

    /// Its index among the sentences of the text.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// Where it lies in the text, from its first token to its last.
    pub fn range(self) -> TextRange {
        self.analysis.sentences[self.index()].range
    }

    /// Its words as written.
    pub fn text(self) -> &'a str {
        &self.analysis.text[self.range()]
    }

    /// The index of the paragraph that it stands in.
    pub fn paragraph(self) -> usize {
        self.analysis.sentences[self.index()].paragraph as usize
    }

    /// The indices of its words.
    pub fn word_range(self) -> Range<usize> {
        let Range { start, end } = self.analysis.sentences[self.index()].words;
        start as usize..end as usize
    }

    /// Its words.
    pub fn words(self) -> impl ExactSizeIterator<Item = Word<'a>> + DoubleEndedIterator + Clone {
        let rows = self.analysis.sentences[self.index()].words.clone();
        rows.map(move |index| Word::new(self.analysis, index))
    }

    /// Its tokens.
    pub fn tokens(self) -> impl ExactSizeIterator<Item = Token<'a>> + DoubleEndedIterator + Clone {
        let rows = self.analysis.sentences[self.index()].tokens.clone();
        rows.map(move |index| Token::new(self.analysis, index))
    }

    /// The root of its tree. Every sentence has exactly one.
    pub fn root(self) -> Option<Word<'a>> {
        self.words().find(|word| word.head().is_none())
    }
}

/// An orthographic token: what white space and punctuation set apart.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    analysis: &'a Analysis,
    index: u32,
}

impl<'a> Token<'a> {
    pub(super) fn new(analysis: &'a Analysis, index: u32) -> Self {
        Self { analysis, index }
    }

    /// Its index among the tokens of the text.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// Where it lies in the text.
    pub fn range(self) -> TextRange {
        self.analysis.tokens[self.index()].range
    }

    /// The token as written.
    pub fn text(self) -> &'a str {
        &self.analysis.text[self.range()]
    }

    /// Whether white space, the end of a paragraph or the end of the text follows.
    pub fn space_after(self) -> bool {
        self.analysis.tokens[self.index()].space_after
    }

    /// The syntactic words that tile it.
    pub fn words(self) -> impl ExactSizeIterator<Item = Word<'a>> + DoubleEndedIterator + Clone {
        let rows = self.analysis.tokens[self.index()].words.clone();
        rows.map(move |index| Word::new(self.analysis, index))
    }
}

/// A syntactic word: a token, or a part of one such as an Arabic clitic or the `n't` of `don't`.
#[derive(Clone, Copy)]
pub struct Word<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) index: u32,
}

impl<'a> Word<'a> {
    pub(super) fn new(analysis: &'a Analysis, index: u32) -> Self {
        Self { analysis, index }
    }

    /// Its index among the words of the text.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// The analysis that it belongs to.
    pub fn analysis(self) -> &'a Analysis {
        self.analysis
    }

    /// Where it lies in the text.
    pub fn range(self) -> TextRange {
        self.analysis.words.range[self.index()]
    }

    /// The word as written.
    pub fn text(self) -> &'a str {
        &self.analysis.text[self.range()]
    }

    /// The word without marks that only decorate it (vowel signs, tatweel, invisible signs), with digits and quotation
    /// marks in their common form and with an article that its preposition has swallowed put back (`ل|لسلطة` is `السلطة`).
    pub fn form(self) -> &'a str {
        self.analysis.strings.get(self.form_symbol())
    }

    /// [`Word::form`] folded further so that spelling variants meet: lower case, hamza on alef, alef maksura and ta
    /// marbuta. See [`crate::normalize`].
    pub fn key(self) -> &'a str {
        self.analysis.strings.get(self.key_symbol())
    }

    /// The dictionary form, without vowel signs.
    pub fn lemma(self) -> &'a str {
        self.analysis.strings.get(self.lemma_symbol())
    }

    /// The symbol of [`Word::form`].
    pub fn form_symbol(self) -> Symbol {
        self.analysis.words.form[self.index()]
    }

    /// The symbol of [`Word::key`].
    pub fn key_symbol(self) -> Symbol {
        self.analysis.words.key[self.index()]
    }

    /// The symbol of [`Word::lemma`].
    pub fn lemma_symbol(self) -> Symbol {
        self.analysis.words.lemma[self.index()]
    }

    /// The universal part of speech.
    pub fn upos(self) -> Upos {
        self.analysis.words.upos[self.index()]
    }

    /// The treebank's own part of speech.
    pub fn xpos(self) -> &'a str {
        self.analysis.strings.get(self.analysis.words.xpos[self.index()])
    }

    /// Morphological features.
    pub fn feats(self) -> Feats {
        self.analysis.words.feats[self.index()]
    }

    /// How common the word is in the language at large: 1 for the rarest that frequency lists have, 15 for the commonest, 0
    /// for those that they do not have.
    pub fn band(self) -> u8 {
        self.analysis.words.lexical[self.index()].band
    }

    /// What dictionaries and lists of names say that the word can be, a bit for each class; see [`crate::model::lexicon`].
    pub fn classes(self) -> u16 {
        self.analysis.words.lexical[self.index()].classes
    }

    /// The word that this one depends on; none for the root of the sentence.
    pub fn head(self) -> Option<Self> {
        let head = self.analysis.words.head[self.index()];
        (head != NO_HEAD).then(|| Self::new(self.analysis, head))
    }

    /// The relation to the head.
    pub fn deprel(self) -> Deprel {
        self.analysis.words.deprel[self.index()]
    }

    /// The token that it is (a part of).
    pub fn token(self) -> Token<'a> {
        Token::new(self.analysis, self.analysis.words.token[self.index()])
    }

    /// The sentence that it stands in.
    pub fn sentence(self) -> Sentence<'a> {
        Sentence::new(self.analysis, self.analysis.words.sentence[self.index()])
    }

    /// The word before it in the same sentence.
    pub fn previous(self) -> Option<Self> {
        let start = self.sentence().word_range().start;
        (self.index() > start).then(|| Self::new(self.analysis, self.index - 1))
    }

    /// The word after it in the same sentence.
    pub fn next(self) -> Option<Self> {
        let end = self.sentence().word_range().end;
        (self.index() + 1 < end).then(|| Self::new(self.analysis, self.index + 1))
    }

    /// Whether the word is attached to the one before it, without white space.
    pub fn is_attached(self) -> bool {
        self.previous().is_some_and(|before| before.range().end() == self.range().start())
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.analysis, other.analysis)
    }
}

impl Eq for Word<'_> {}

impl fmt::Debug for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}/{}", self.index, self.text(), self.upos(), self.deprel())
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, self.text())
    }
}

impl fmt::Debug for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, self.text())
    }
}
