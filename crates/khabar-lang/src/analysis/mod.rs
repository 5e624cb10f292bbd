//! What the language layer knows about a text.
//!
//! The readers ask millions of small questions of it (who is the subject of this verb, what does this phrase span), so an
//! [`Analysis`] is a struct of arrays: one array for each property of a word, strings interned, children in one
//! array for all words. [`Word`] is a view of one row and is copied freely.
//!
//! Three layers lie over the text, each with its place in it:
//! * [`Sentence`]s;
//! * [`Token`]s, which are what white space and punctuation set apart (`don't`, `وبالمدينة`);
//! * [`Word`]s, the syntactic words of Universal Dependencies, which tile the tokens (`do` `n't`, `و` `ب` `المدينة`).

mod draft;
mod quotes;
mod strings;
mod tree;
mod word;

pub(crate) use draft::Draft;
pub use quotes::Quote;
pub use strings::Symbol;
pub use word::{Sentence, Token, Word};

use crate::grammar::{Deprel, Feats, Upos};
use crate::language::Language;
use crate::model::lexicon::Entry as Lexical;
use khabar_record::{TextRange, TextSize};
use std::ops::Range;
use strings::Strings;

/// The head of the root of a sentence.
pub(crate) const NO_HEAD: u32 = u32::MAX;

/// A text with its sentences, tokens, words and trees.
#[derive(Clone)]
pub struct Analysis {
    pub(crate) text: Box<str>,
    pub(crate) language: Language,
    strings: Strings,
    sentences: Vec<SentenceRow>,
    tokens: Vec<TokenRow>,
    words: Columns,
    /// The children of word `i` are `children[child_starts[i]..child_starts[i + 1]]`, in the order of the text.
    child_starts: Vec<u32>,
    children: Vec<u32>,
    quotes: Vec<Quote>,
}

/// A word that is to hang elsewhere.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Rehung {
    /// The index of the word.
    pub word: usize,
    /// Its new head; none for the root.
    pub head: Option<usize>,
    /// Its new relation.
    pub deprel: Deprel,
    /// Its new tag in the language's own tag set, if that changes too.
    pub xpos: Option<&'static str>,
}

#[derive(Clone, Debug)]
struct SentenceRow {
    range: TextRange,
    tokens: Range<u32>,
    words: Range<u32>,
    paragraph: u32,
}

#[derive(Clone, Debug)]
struct TokenRow {
    range: TextRange,
    words: Range<u32>,
    space_after: bool,
}

/// One array for each property of a word.
#[derive(Clone, Default)]
struct Columns {
    range: Vec<TextRange>,
    token: Vec<u32>,
    sentence: Vec<u32>,
    form: Vec<Symbol>,
    key: Vec<Symbol>,
    lemma: Vec<Symbol>,
    xpos: Vec<Symbol>,
    upos: Vec<Upos>,
    feats: Vec<Feats>,
    head: Vec<u32>,
    deprel: Vec<Deprel>,
    lexical: Vec<Lexical>,
}

impl Analysis {
    /// The text that was analysed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language that it was read as.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The same analysis with no word hanging on another, to measure what trees give.
    #[doc(hidden)]
    #[must_use]
    pub fn without_tree(&self) -> Self {
        let mut flat = self.clone();
        flat.words.head.fill(NO_HEAD);
        flat.words.deprel.fill(Deprel::Dep);
        flat.child_starts.fill(0);
        flat.children.clear();
        flat
    }

    /// The same analysis with some words hung elsewhere, for readers who know of the world what a parser cannot.
    ///
    /// What is asked for is done as far as the sentences stay trees with one root each.
    #[doc(hidden)]
    #[must_use]
    pub fn rehung(&self, changes: &[Rehung]) -> Self {
        let mut mended = self.clone();
        for change in changes {
            mended.words.head[change.word] = change.head.map_or(NO_HEAD, |head| head as u32);
            mended.words.deprel[change.word] = change.deprel;
            if let Some(tag) = change.xpos {
                mended.words.xpos[change.word] = mended.strings.intern(tag);
            }
        }
        draft::settle(&mended.sentences, &mut mended.words);
        (mended.child_starts, mended.children) = draft::index_children(&mended.words.head);
        mended
    }

    /// The number of syntactic words.
    pub fn word_count(&self) -> usize {
        self.words.range.len()
    }

    /// The word with this index.
    ///
    /// # Panics
    /// When there are not that many words.
    pub fn word(&self, index: usize) -> Word<'_> {
        assert!(index < self.word_count(), "word {index} of {}", self.word_count());
        Word::new(self, index as u32)
    }

    /// All words, in the order of the text.
    pub fn words(&self) -> impl ExactSizeIterator<Item = Word<'_>> + DoubleEndedIterator + Clone {
        (0..self.word_count() as u32).map(|index| Word::new(self, index))
    }

    /// The number of orthographic tokens.
    pub fn token_count(&self) -> usize {
        self.tokens.len()
    }

    /// The token with this index.
    ///
    /// # Panics
    /// When there are not that many tokens.
    pub fn token(&self, index: usize) -> Token<'_> {
        assert!(index < self.tokens.len(), "token {index} of {}", self.tokens.len());
        Token::new(self, index as u32)
    }

    /// All tokens, in the order of the text.
    pub fn tokens(&self) -> impl ExactSizeIterator<Item = Token<'_>> + DoubleEndedIterator + Clone {
        (0..self.tokens.len() as u32).map(|index| Token::new(self, index))
    }

    /// The number of sentences.
    pub fn sentence_count(&self) -> usize {
        self.sentences.len()
    }

    /// The sentence with this index.
    ///
    /// # Panics
    /// When there are not that many sentences.
    pub fn sentence(&self, index: usize) -> Sentence<'_> {
        assert!(index < self.sentences.len(), "sentence {index} of {}", self.sentences.len());
        Sentence::new(self, index as u32)
    }

    /// All sentences, in the order of the text.
    pub fn sentences(
        &self,
    ) -> impl ExactSizeIterator<Item = Sentence<'_>> + DoubleEndedIterator + Clone {
        (0..self.sentences.len() as u32).map(|index| Sentence::new(self, index))
    }

    /// The word that covers this place in the text; none in white space between tokens.
    pub fn word_at(&self, offset: impl Into<TextSize>) -> Option<Word<'_>> {
        let offset = offset.into();
        let after = self.words.range.partition_point(|range| range.start() <= offset);
        let index = after.checked_sub(1)?;
        self.words.range[index].contains(offset).then(|| Word::new(self, index as u32))
    }

    /// The sentence that covers this place in the text; none between sentences.
    pub fn sentence_at(&self, offset: impl Into<TextSize>) -> Option<Sentence<'_>> {
        let offset = offset.into();
        let after = self.sentences.partition_point(|row| row.range.start() <= offset);
        let index = after.checked_sub(1)?;
        self.sentences[index].range.contains(offset).then(|| Sentence::new(self, index as u32))
    }

    /// The words that lie wholly inside a span of the text.
    pub fn words_in(&self, span: TextRange) -> Range<usize> {
        let start = self.words.range.partition_point(|range| range.start() < span.start());
        let end = self.words.range.partition_point(|range| range.end() <= span.end());
        start..end.max(start)
    }

    /// The quoted stretches of the text, in the order in which they open.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// The innermost quotation whose content covers this place.
    pub fn quote_at(&self, offset: impl Into<TextSize>) -> Option<&Quote> {
        let offset = offset.into();
        let opened = self.quotes.partition_point(|quote| quote.range.start() <= offset);
        self.quotes[..opened]
            .iter()
            .filter(|quote| quote.content.contains(offset))
            .max_by_key(|quote| quote.depth)
    }

    /// The symbol of a lemma, form or key, if any word of this text has it.
    pub fn symbol(&self, string: &str) -> Option<Symbol> {
        self.strings.lookup(string)
    }

    /// The string of a symbol.
    pub fn resolve(&self, symbol: Symbol) -> &str {
        self.strings.get(symbol)
    }

    fn child_rows(&self, index: u32) -> &[u32] {
        let index = index as usize;
        &self.children[self.child_starts[index] as usize..self.child_starts[index + 1] as usize]
    }
}

impl std::fmt::Debug for Analysis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analysis")
            .field("language", &self.language)
            .field("sentences", &self.sentences.len())
            .field("tokens", &self.tokens.len())
            .field("words", &self.word_count())
            .finish_non_exhaustive()
    }
}
