//! Quotations that are signed: “…” ― Carla Sanchez. The name stands behind a dash, in the paragraph of the quotation or as the
//! next one, and closes it.

use khabar_lang::{Upos, Word};
use khabar_record::Manner;

use super::{Reader, without_cue};

/// How many words a signature may have, what it tells of the speaker included.
const SIGNATURE: usize = 14;

impl<'a> Reader<'a, '_> {
    /// Gives quotations to whoever signs them.
    pub(super) fn signed(&mut self) {
        for index in 0..self.scene.speeches.len() {
            let speech = &self.scene.speeches[index];
            if !speech.long || !speech.closed || speech.claimed {
                continue;
            }
            let Some(name) = self.signature(speech.words.end) else { continue };
            let content = vec![speech.content];
            let source = self.cast.parties(self.record, name);
            self.scene.speeches[index].claimed = true;
            let statement = without_cue(content, source, Manner::Direct, "quote.signed");
            self.push(statement, Some(index));
        }
    }

    /// The name behind a dash that stands behind a word, when nothing but what describes it follows in its paragraph.
    fn signature(&self, behind: usize) -> Option<Word<'a>> {
        let analysis = self.scene.analysis;
        let count = analysis.word_count();
        let is_dash = |word: Word<'_>| matches!(word.text(), "―" | "—" | "–" | "-" | "--" | "ـ");
        // Marks may stand between, the closing one first of all.
        let dash = (behind..(behind + 4).min(count))
            .take_while(|&at| analysis.word(at).upos() == Upos::Punct || is_dash(analysis.word(at)))
            .find(|&at| is_dash(analysis.word(at)))?;
        let paragraph = analysis.word(dash).sentence().paragraph();
        let own = analysis.word(behind.checked_sub(1)?).sentence().paragraph();
        if paragraph != own && paragraph != own + 1 {
            return None;
        }
        let end = (dash + 1..count)
            .find(|&at| analysis.word(at).sentence().paragraph() != paragraph)
            .unwrap_or(count);
        let signed = dash + 1..end;
        let verb = |at: usize| super::scene::is_finite(analysis.word(at));
        if signed.is_empty() || signed.len() > SIGNATURE || signed.clone().any(verb) {
            return None;
        }
        let first = analysis.word(dash + 1);
        let named = self.record.mentions.iter().find(|mention| {
            mention.form == khabar_record::MentionForm::Name
                && mention.span.start() == first.range().start()
        });
        (named.is_some() || first.upos() == Upos::Propn).then(|| {
            first
                .ancestors()
                .take_while(|word| signed.contains(&word.index()) && word.upos() == Upos::Propn)
                .last()
                .unwrap_or(first)
        })
    }
}
