//! An analysis as CoNLL-U, so that others can use and check the layer on its own.

use crate::analysis::{Analysis, Sentence, Word};
use std::fmt::{self, Write as _};

/// Renders an analysis in the [CoNLL-U format](https://universaldependencies.org/format.html).
///
/// Every token of two or more words has a range line. The place of each token in the text stands in `MISC` as
/// `TokenRange=start:end`, counted in code points, as `UDPipe` does.
pub fn render(analysis: &Analysis) -> String {
    let mut out = String::with_capacity(analysis.text().len() * 12);
    let mut places = CodePoints { text: analysis.text(), byte: 0, count: 0 };
    let mut paragraph = None;
    for sentence in analysis.sentences() {
        if paragraph != Some(sentence.paragraph()) {
            paragraph = Some(sentence.paragraph());
            out.push_str("# newpar\n");
        }
        // Writing to a string cannot fail.
        let _ = write_sentence(&mut out, sentence, &mut places);
    }
    out
}

fn write_sentence(
    out: &mut String,
    sentence: Sentence<'_>,
    places: &mut CodePoints<'_>,
) -> fmt::Result {
    writeln!(out, "# sent_id = {}", sentence.index() + 1)?;
    let line: Vec<&str> = sentence.text().split_whitespace().collect();
    writeln!(out, "# text = {}", line.join(" "))?;
    let first = sentence.word_range().start;
    for token in sentence.tokens() {
        let misc = Misc {
            space_after: token.space_after(),
            start: places.at(token.range().start().to_usize()),
            end: places.at(token.range().end().to_usize()),
        };
        let words = token.words();
        let is_one = words.len() == 1;
        if !is_one && let (Some(a), Some(b)) = (words.clone().next(), words.clone().next_back()) {
            let (a, b) = (a.index() - first + 1, b.index() - first + 1);
            writeln!(out, "{a}-{b}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", token.text())?;
        }
        for word in words {
            write_word(out, word, first)?;
            if is_one {
                writeln!(out, "{misc}")?;
            } else {
                out.push_str("_\n");
            }
        }
    }
    out.write_char('\n')
}

fn write_word(out: &mut String, word: Word<'_>, first: usize) -> fmt::Result {
    let head = word.head().map_or(0, |head| head.index() - first + 1);
    write!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{}\t{head}\t{}\t_\t",
        word.index() - first + 1,
        word.text(),
        word.lemma(),
        word.upos(),
        word.xpos(),
        word.feats(),
        word.deprel(),
    )
}

struct Misc {
    space_after: bool,
    start: usize,
    end: usize,
}

impl fmt::Display for Misc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.space_after {
            f.write_str("SpaceAfter=No|")?;
        }
        write!(f, "TokenRange={}:{}", self.start, self.end)
    }
}

/// Turns byte offsets that do not go back into counts of code points.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl CodePoints<'_> {
    fn at(&mut self, byte: usize) -> usize {
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}
