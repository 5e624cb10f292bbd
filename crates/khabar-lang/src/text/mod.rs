//! Raw text to paragraphs, sentences and tokens, by rules that are data in `rules/<language>/`.

mod rules;
mod sentence;
mod token;

pub(crate) use rules::TextRules;
pub(crate) use token::{RawToken, tokenize};

use khabar_record::{Block, TextRange};

/// The tokens of a text with the ends of its paragraphs and sentences.
#[derive(Default)]
pub(crate) struct Skeleton {
    pub(crate) tokens: Vec<RawToken>,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A paragraph: its place in the text and the ends of its sentences, as indices of tokens.
pub(crate) struct Paragraph {
    pub(crate) range: TextRange,
    pub(crate) sentence_ends: Vec<usize>,
}

/// Finds the paragraphs, sentences and tokens of a text. Without blocks, empty lines set paragraphs apart.
pub(crate) fn outline(text: &str, blocks: &[Block], rules: &TextRules) -> Skeleton {
    let mut skeleton = Skeleton::default();
    for range in paragraphs(text, blocks) {
        let first = skeleton.tokens.len();
        tokenize(
            text,
            range.start().to_usize(),
            range.end().to_usize(),
            rules,
            &mut skeleton.tokens,
        );
        if skeleton.tokens.len() == first {
            continue;
        }
        let mut sentence_ends = Vec::new();
        sentence::split(text, &skeleton.tokens[first..], rules, &mut sentence_ends);
        for end in &mut sentence_ends {
            *end += first;
        }
        skeleton.paragraphs.push(Paragraph { range, sentence_ends });
    }
    skeleton
}

/// The paragraphs of a text: its blocks and what stands between them, so that no word is lost; blocks that overlap or do not
/// lie on character boundaries are ignored.
fn paragraphs(text: &str, blocks: &[Block]) -> Vec<TextRange> {
    let mut found = Vec::new();
    let mut at = 0;
    for block in blocks {
        let range = block.range.to_usize();
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        split_at_empty_lines(text, at, range.start, &mut found);
        found.push(block.range);
        at = range.end;
    }
    split_at_empty_lines(text, at, text.len(), &mut found);
    found
}

fn split_at_empty_lines(text: &str, start: usize, end: usize, found: &mut Vec<TextRange>) {
    let mut paragraph: Option<usize> = None;
    let mut last = start;
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        if line.trim().is_empty() {
            if let Some(from) = paragraph.take() {
                found.push(TextRange::new(from, last));
            }
        } else {
            paragraph.get_or_insert(at);
            last = at + line.trim_end().len();
        }
        at += line.len();
    }
    if let Some(from) = paragraph {
        found.push(TextRange::new(from, last));
    }
}
