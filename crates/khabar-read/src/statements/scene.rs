//! One document as the statement reader sees it: its words, its quotations and its cues.

use khabar_lang::{Analysis, Language, Sentence, Upos, Word};
use khabar_record::{MentionForm, Record, TextRange, TextSize};

use super::Aid;
use super::lexicon::{Found, Lexicon, Part};
use super::speech::{self, Speech};
use super::words::Words;

/// What the parts of the reader share while a document is read.
pub(super) struct Scene<'a> {
    pub(super) analysis: &'a Analysis,
    /// Words around cues.
    pub(super) words: &'a Words,
    pub(super) speeches: Vec<Speech>,
    /// What the reader goes without.
    pub(super) without: Option<Aid>,
    /// Where names end.
    pub(super) name_ends: Vec<TextSize>,
    /// The long quotation around each word.
    around: Vec<Option<u32>>,
    /// The stretches that are times.
    times: Vec<TextRange>,
    /// The cues that can be read at each word, found once.
    cues: Vec<Vec<Found<'a>>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, analysis: &'a Analysis, times: Vec<TextRange>) -> Self {
        let speeches = speech::collect(analysis, &lexicon.words);
        let count = analysis.word_count();
        let around =
            (0..count).map(|at| speech::around(&speeches, at).map(|index| index as u32)).collect();
        let cues = analysis.words().map(|word| lexicon.at(word)).collect();
        let name_ends = Vec::new();
        Self {
            analysis,
            words: &lexicon.words,
            without: None,
            speeches,
            name_ends,
            around,
            times,
            cues,
        }
    }

    /// Takes in where the names of a document end.
    pub(super) fn note_names(&mut self, record: &Record) {
        let names = record.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        self.name_ends = names.map(|mention| mention.span.end()).collect();
        self.name_ends.sort_unstable();
    }

    /// Whether a name ends with a word.
    pub(super) fn ends_name(&self, word: Word<'a>) -> bool {
        self.name_ends.binary_search(&word.range().end()).is_ok()
    }

    /// Whether a word is part of a time expression.
    pub(super) fn is_time(&self, word: Word<'a>) -> bool {
        self.time_around(word).is_some()
    }

    /// The time expression that a word is part of.
    pub(super) fn time_around(&self, word: Word<'a>) -> Option<TextRange> {
        let after = self.times.partition_point(|time| time.start() <= word.range().start());
        let time = *self.times.get(after.checked_sub(1)?)?;
        time.contains_range(word.range()).then_some(time)
    }

    /// Whether a stretch is a time expression and nothing else.
    pub(super) fn is_time_only(&self, stretch: TextRange) -> bool {
        self.times.contains(&stretch)
    }

    pub(super) fn is_arabic(&self) -> bool {
        self.analysis.language() == Language::Arabic
    }

    pub(super) fn word(&self, index: usize) -> Word<'a> {
        self.analysis.word(index)
    }

    /// The cues at a word, the longest first.
    pub(super) fn cues_at(&self, index: usize) -> &[Found<'a>] {
        &self.cues[index]
    }

    /// The long quotation that a word is inside of.
    pub(super) fn around(&self, index: usize) -> Option<usize> {
        self.around[index].map(|index| index as usize)
    }

    /// Whether two words are inside the same quotation, or both outside of any.
    pub(super) fn same_side(&self, one: usize, other: usize) -> bool {
        self.around[one] == self.around[other]
    }

    /// The words of a sentence that stand on the same side of quotation marks as a cue in it.
    pub(super) fn reach(&self, cue: Word<'a>) -> std::ops::Range<usize> {
        let sentence = cue.sentence().word_range();
        match self.around(cue.index()) {
            None => sentence,
            Some(index) => {
                let inside = self.speeches[index].words.clone();
                sentence.start.max(inside.start)..sentence.end.min(inside.end)
            }
        }
    }

    /// Whether a verb that reports speech stands at this word.
    pub(super) fn reports_at(&self, index: usize) -> bool {
        self.cues_at(index).iter().any(|found| found.part == Part::Verb && found.cue.frame.quotes())
    }

    pub(super) fn words_between(&self, from: usize, to: usize) -> impl Iterator<Item = Word<'a>> {
        let analysis = self.analysis;
        (from..to.max(from)).map(move |index| analysis.word(index))
    }

    /// Stretches of text without punctuation at their edges; an edge inside a long quotation moves to the edge of that
    /// quotation, since nobody's words are cut in the middle.
    pub(super) fn whole(&self, cue: Word<'a>, range: TextRange) -> TextRange {
        let mut range = range;
        for speech in &self.speeches {
            if !speech.range.overlaps(range) {
                continue;
            }
            if speech.words.contains(&cue.index()) {
                range = range.intersect(speech.content).unwrap_or(range);
            } else if range.end() > speech.content.start() && range.end() < speech.content.end() {
                range = range.cover(TextRange::new(range.start(), speech.content.end()));
            }
        }
        self.trimmed(range)
    }

    /// A stretch without white space, stops or unpaired marks at its edges.
    pub(super) fn trimmed(&self, range: TextRange) -> TextRange {
        let text = self.analysis.text();
        let mut range = speech::bare(text, range).trim(text);
        // Marks that enclose the whole stretch go; one whose partner is inside stays.
        for speech in &self.speeches {
            if speech.range.start() == range.start() && speech.closed {
                if speech.range.end() >= range.end() {
                    range = speech::bare(text, speech.content);
                }
                break;
            }
        }
        // A mark that closes what stands before the stretch is no part of it.
        let closing = text[range].len() - text[range].trim_start_matches(['»', '”']).len();
        let range = TextRange::new(range.start().to_usize() + closing, range.end().to_usize());
        let words = &text[range];
        let front = words.len()
            - words
                .trim_start_matches(|c: char| c.is_whitespace() || ",.;:،؛-–—".contains(c))
                .len();
        let back =
            words.trim_end_matches(|c: char| c.is_whitespace() || ",.;:،؛-–—".contains(c)).len();
        if front >= back {
            return range;
        }
        let start = range.start().to_usize();
        TextRange::new(start + front, start + back)
    }

    /// A stretch with the mark behind it that closes a quotation inside.
    pub(super) fn with_closing_mark(&self, stretch: TextRange) -> TextRange {
        let inside = self.analysis.quotes().iter().find(|quote| {
            quote.closed
                && quote.range.start() >= stretch.start()
                && quote.content.start() < stretch.end()
                && quote.content.end() >= stretch.end()
                && quote.range.end() > stretch.end()
        });
        match inside {
            // Only white space and stops may stand between.
            Some(quote)
                if self.analysis.text()[TextRange::new(stretch.end(), quote.content.end())]
                    .chars()
                    .all(|c| !c.is_alphanumeric()) =>
            {
                TextRange::new(stretch.start(), quote.range.end())
            }
            _ => stretch,
        }
    }

    /// The stretch from one word to another, both included.
    pub(super) fn stretch(&self, first: usize, last: usize) -> TextRange {
        self.word(first).range().cover(self.word(last).range())
    }
}

/// Whether a word is finite: it can be the verb of a clause.
pub(super) fn is_finite(word: Word<'_>) -> bool {
    matches!(word.upos(), Upos::Verb | Upos::Aux)
        && !matches!(word.xpos(), "VBG" | "VBN" | "VB" | "TO")
}

/// The last word of a sentence that is not punctuation.
pub(super) fn last_word(sentence: Sentence<'_>) -> usize {
    let words = sentence.word_range();
    let analysis = sentence.words().next().map(Word::analysis);
    let bare = |at: &usize| analysis.is_some_and(|all| all.word(*at).upos() != Upos::Punct);
    words.clone().rev().find(bare).unwrap_or(words.start)
}
