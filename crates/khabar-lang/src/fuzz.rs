//! Entry points for fuzzing: whatever the bytes, the layer neither panics nor loses a character.

use crate::analysis::Analysis;
use crate::analyzer::Analyzer;
use crate::conllu;
use crate::language::Language;
use khabar_record::{Block, BlockKind, TextRange};

/// Analyses any bytes as text, with and without blocks, and checks what must hold of every analysis.
///
/// # Panics
/// When something does not hold.
pub fn analyze_bytes(analyzer: &Analyzer, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let middle = text.len() / 2;
    let blocks =
        [Block { range: TextRange::new(middle.min(3), middle), kind: BlockKind::Paragraph }];
    for language in Language::ALL {
        for blocks in [&[][..], &blocks] {
            let analysis = analyzer.analyze(&text, language, blocks);
            check(&analysis);
            let _ = conllu::render(&analysis);
        }
    }
}

/// Checks that the layers tile each other and the trees are trees.
///
/// # Panics
/// When they do not.
pub fn check(analysis: &Analysis) {
    let text = analysis.text();
    let mut at = 0;
    for token in analysis.tokens() {
        let range = token.range().to_usize();
        assert!(text[at..range.start].chars().all(char::is_whitespace), "a gap before {token:?}");
        assert!(!text[range.clone()].contains(char::is_whitespace), "white space in {token:?}");
        let mut inner = range.start;
        for word in token.words() {
            assert_eq!(word.range().start().to_usize(), inner, "a gap in {token:?}");
            assert!(!word.text().is_empty() && !word.form().is_empty());
            inner = word.range().end().to_usize();
        }
        assert_eq!(inner, range.end, "words do not fill {token:?}");
        at = range.end;
    }
    assert!(text[at..].chars().all(char::is_whitespace), "text after the last token");
    let covered: usize = analysis.sentences().map(|sentence| sentence.words().len()).sum();
    assert_eq!(covered, analysis.word_count());
    for sentence in analysis.sentences() {
        let roots = sentence.words().filter(|word| word.head().is_none()).count();
        assert_eq!(roots, 1, "{sentence:?}");
        for word in sentence.words() {
            assert_eq!(word.ancestors().last().or(Some(word)), sentence.root());
            assert!(word.subtree_range().contains_range(word.range()));
            assert!(
                word.noun_phrase().contains_range(word.range())
                    || word.upos() == crate::Upos::Punct
            );
            assert!(word.children().all(|child| child.head() == Some(word)));
        }
    }
    for quote in analysis.quotes() {
        assert!(text.get(quote.range.to_usize()).is_some());
        assert!(text.get(quote.content.to_usize()).is_some());
        assert!(quote.range.contains_range(quote.content), "{quote:?}");
    }
}
