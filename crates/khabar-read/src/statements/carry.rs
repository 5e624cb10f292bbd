//! Quotations that no cue of their own reports.
//!
//! "…," she said. "…": the second piece belongs to the first. A paragraph that is a quotation and nothing else goes on with
//! the speaker of the paragraph before.

use khabar_lang::Upos;
use khabar_record::{Manner, Party};

use super::{Reader, manner, without_cue};

impl Reader<'_, '_> {
    pub(super) fn carry_on(&mut self) {
        for index in 0..self.scene.speeches.len() {
            let speech = &self.scene.speeches[index];
            if !speech.long || speech.claimed {
                continue;
            }
            self.carry(index);
        }
    }

    /// Gives a quotation without a cue to the statement that it goes on with.
    fn carry(&mut self, index: usize) {
        let speech = self.scene.speeches[index].clone();
        let first = self.scene.word(speech.words.start);
        let paragraph = first.sentence().paragraph();
        // The statement whose quotation stands right before this one.
        let previous = self
            .carried
            .iter()
            .enumerate()
            .filter_map(|(at, quote)| quote.filter(|&quote| quote < index).map(|quote| (quote, at)))
            .max();
        let Some((quote, at)) = previous else { return };
        let before = &self.scene.speeches[quote];
        let place = self.scene.word(before.words.start).sentence().paragraph();
        if self.is_framed(index) {
            return;
        }
        if place == paragraph && self.only_frame_between(quote, index) {
            self.extend(at, index);
        } else if place + 1 == paragraph || place == paragraph {
            let alone = self.is_alone(index);
            if speech.continues && alone {
                self.extend(at, index);
            } else if alone && quote + 1 == index {
                let silent = |party: &Party| Party { span: None, ..party.clone() };
                let source = self.record.statements[at].source.iter().map(silent).collect();
                let content = vec![speech.content];
                let statement = without_cue(content, source, Manner::Direct, "quote.goes-on");
                self.scene.speeches[index].claimed = true;
                self.push(statement, Some(index));
            }
        }
    }

    fn extend(&mut self, statement: usize, quote: usize) {
        let content = self.scene.speeches[quote].content;
        self.scene.speeches[quote].claimed = true;
        self.carried[statement] = Some(quote);
        let row = &mut self.record.statements[statement];
        row.content.push(content);
        row.content.sort_unstable();
        row.manner = manner(&self.scene, None, &row.content);
    }

    /// Whether a quotation is part of a sentence of the reporter: words stand before it in its sentence, or behind it.
    fn is_framed(&self, index: usize) -> bool {
        let speech = &self.scene.speeches[index];
        let first = self.scene.word(speech.words.start);
        let last = self.scene.word(speech.words.end - 1);
        let before = first.sentence().word_range().start..speech.words.start;
        let behind = speech.words.end..last.sentence().word_range().end;
        let outside = |at: &usize| {
            let word = self.scene.word(*at);
            word.upos() != Upos::Punct && self.scene.around(*at).is_none()
        };
        before.clone().filter(outside).count() > 2 || behind.clone().filter(outside).count() > 0
    }

    /// Whether nothing but the report of the first quotation stands between two of them.
    fn only_frame_between(&self, first: usize, second: usize) -> bool {
        let from = self.scene.speeches[first].words.end;
        let to = self.scene.speeches[second].words.start;
        let mut sentences: Vec<usize> = self
            .scene
            .words_between(from, to)
            .filter(|word| word.upos() != Upos::Punct)
            .map(|word| word.sentence().index())
            .collect();
        sentences.dedup();
        sentences.len() <= 1
    }

    /// Whether the quotation makes up its paragraph, or its sentence at the start of one.
    fn is_alone(&self, index: usize) -> bool {
        let speech = &self.scene.speeches[index];
        let first = self.scene.word(speech.words.start);
        let paragraph = first.sentence().paragraph();
        let opens = (0..speech.words.start)
            .rev()
            .map(|at| self.scene.word(at))
            .find(|word| word.upos() != Upos::Punct)
            .is_none_or(|word| word.sentence().paragraph() != paragraph);
        opens && !self.is_framed(index)
    }
}
