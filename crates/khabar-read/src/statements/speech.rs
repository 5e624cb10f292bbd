//! The quotations of a text that can be somebody's words.
//!
//! A pair of marks around a word or two is a name, a title or a distancing; it stays part of the sentence that it stands in.
//! Longer stretches are speech: what is inside belongs to the speaker, and the cue that reports it stands outside.

use std::ops::Range;

use khabar_lang::{Analysis, Upos};
use khabar_record::{TextRange, TextSize};

use super::words::{Class, Words};

/// From this many words on, a quotation is taken for speech even when it is no sentence.
const SPEECH: usize = 5;

/// A quotation that is not inside another.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the marks")]
pub(super) struct Speech {
    /// With its marks.
    pub(super) range: TextRange,
    /// Without marks, and without a stop or comma at the end.
    pub(super) content: TextRange,
    /// Its words.
    pub(super) words: Range<usize>,
    /// Whether it is long enough to be speech by itself.
    pub(super) long: bool,
    /// The last character inside: a comma says that the sentence goes on.
    pub(super) end: Option<char>,
    /// Whether it carries on the quotation of the paragraph before.
    pub(super) continues: bool,
    /// Whether its closing mark was found.
    pub(super) closed: bool,
    /// Whether a statement has it as its content already.
    pub(super) claimed: bool,
}

/// Collects the outermost quotations.
pub(super) fn collect(analysis: &Analysis, listed: &Words) -> Vec<Speech> {
    let text = analysis.text();
    let top = analysis.quotes().iter().filter(|quote| quote.depth == 0);
    top.filter_map(|quote| {
        let words = analysis.words_in(quote.content);
        let counted = words.clone().filter(|&at| analysis.word(at).upos() != Upos::Punct).count();
        let inner = text[quote.content].trim_end();
        let end = inner.chars().next_back();
        let stop = end.is_some_and(|end| ".,?!،؟;؛…—-".contains(end));
        let verb =
            words.clone().any(|at| matches!(analysis.word(at).upos(), Upos::Verb | Upos::Aux));
        // What a text, a film or a march is called («تحت عنوان “…”») is nobody's speech.
        let titled = words
            .start
            .checked_sub(2)
            .and_then(|at| {
                (at..words.start).rev().find(|&at| analysis.word(at).upos() != Upos::Punct)
            })
            .is_some_and(|at| listed.is(Class::TitleLead, analysis.word(at).key()));
        (counted > 0).then(|| Speech {
            range: quote.range,
            content: bare(text, quote.content),
            words,
            long: !titled && (counted >= SPEECH || stop && (counted >= 2 || verb)),
            end,
            continues: quote.continues,
            closed: quote.closed,
            claimed: false,
        })
    })
    .collect()
}

/// A stretch without white space around it and without a full stop, comma or colon at its end.
pub(super) fn bare(text: &str, range: TextRange) -> TextRange {
    let words = &text[range];
    let kept = words.trim_end_matches(|c: char| c.is_whitespace() || ",.;:،؛".contains(c));
    let front = words.len() - words.trim_start().len();
    if kept.len() <= front {
        return range;
    }
    let start = range.start() + TextSize::from(front);
    TextRange::new(start, range.start() + TextSize::of(kept))
}

/// The long quotation that holds a word.
pub(super) fn around(speeches: &[Speech], word: usize) -> Option<usize> {
    let after = speeches.partition_point(|speech| speech.words.start <= word);
    let index = after.checked_sub(1)?;
    (speeches[index].long && speeches[index].words.contains(&word)).then_some(index)
}
