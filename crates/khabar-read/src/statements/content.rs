//! What a cue reports, whichever language it is in: the quotations beside it, what a pronoun takes up, or the clause or phrase
//! that the grammar of the language gives it.

use khabar_lang::Upos;
use khabar_record::{Statement, TextRange};

use super::lexicon::{Found, Part};
use super::standing::turns_claims;
use super::{PASSED_ON, Reader, content_ar, content_en, frame, order, quoted, source, speech};

impl<'a> Reader<'a, '_> {
    /// Whether a content is a pronoun and nothing else.
    pub(super) fn is_bare_pronoun(&self, content: &[TextRange]) -> bool {
        let [part] = content else { return false };
        let words = self.scene.analysis.words_in(*part);
        // بها: the preposition in front says no more.
        let mut said = words.map(|at| self.scene.word(at)).filter(|word| {
            !(self.scene.is_arabic() && matches!(word.upos(), Upos::Adp | Upos::Punct))
        });
        said.next().is_some_and(|word| word.upos() == Upos::Pron) && said.next().is_none()
    }

    /// What is said, and the quotations that belong to it.
    pub(super) fn content(&self, found: &Found<'a>) -> (Vec<TextRange>, Vec<usize>) {
        if let Some(content) = self.passed_on(found).or_else(|| self.antecedent(found)) {
            return (content, Vec::new());
        }
        // "Asked whether …, she said": what is asked ends before the main clause.
        if source::is_asked(&self.scene, found.word) {
            let content = content_en::read(&self.scene, found);
            return (order::before_main_clause(&self.scene, found, content), Vec::new());
        }
        let quotes = if self.scene.is_arabic() {
            found.cue.frame.takes(&frame::ContentSlot::Quote)
        } else {
            found.cue.frame.quotes()
        };
        if quotes && found.part != Part::Preposition {
            let beside = quoted::beside(&self.scene, found);
            let quotes: Vec<usize> = beside.all().collect();
            if !quotes.is_empty() {
                let (mut content, quotes) = self.quoted_content(beside, quotes);
                // A relay passes on the report of the quotation, from عن on.
                let about = source::relayed_from(&self.scene, found);
                if let (Some(about), Some(first)) = (about, content.first_mut())
                    && about.range().end() <= first.start()
                {
                    *first = TextRange::new(about.range().start(), first.end());
                    let mut whole = self
                        .scene
                        .speeches
                        .iter()
                        .filter(|speech| speech.closed && speech.content.end() == first.end());
                    if let Some(speech) = whole.next_back() {
                        *first = self.scene.trimmed(first.cover(speech.range));
                    }
                    return (content, Vec::new());
                }
                return (content, quotes);
            }
        }
        let content = if self.scene.is_arabic() {
            content_ar::read(&self.scene, found)
        } else {
            content_en::read(&self.scene, found)
        };
        let inside = |speech: &speech::Speech| {
            speech.long
                && !speech.words.contains(&found.word.index())
                && content.iter().any(|part| part.contains_range(speech.content))
        };
        let quotes: Vec<usize> = (0..self.scene.speeches.len())
            .filter(|&quote| inside(&self.scene.speeches[quote]))
            .collect();
        (content, quotes)
    }

    /// What the pronoun of a relative clause stands for: "…، وهو ما تنفيه طهران", "التهمة التي ينفيها".
    fn antecedent(&self, found: &Found<'a>) -> Option<Vec<TextRange>> {
        let clitic =
            found.last.next().filter(|next| next.upos() == Upos::Pron && next.is_attached())?;
        let told = self.scene.is_arabic()
            && found.part == Part::Verb
            && turns_claims(found.cue.stance)
            && clitic.index() == found.word.index() + 1;
        if told && let Some(topic) = source::fronted(&self.scene, found) {
            return Some(vec![topic.noun_phrase()]);
        }
        let before = found.word.previous().filter(|_| told)?;
        let sentence = found.word.sentence();
        if before.key() == "ما" {
            let resumes =
                before.previous().filter(|word| matches!(word.key(), "هو" | "هي"))?.range().start();
            let near = |statement: &&Statement| {
                statement.content.last().is_some_and(|part| {
                    part.end() <= resumes && part.start() >= sentence.range().start()
                })
            };
            if let Some(claim) = self.record.statements.iter().rev().find(near) {
                return Some(claim.content.clone());
            }
            let whole = TextRange::new(sentence.range().start(), resumes);
            let last = self.scene.analysis.words_in(whole).rev().find(|&at| {
                let word = self.scene.word(at);
                word.upos() != Upos::Punct && word.key() != "و"
            })?;
            let start = sentence.word_range().start;
            return Some(vec![self.scene.trimmed(self.scene.stretch(start, last))]);
        }
        let noun = before.previous().filter(|_| content_ar::is_relative(before))?;
        let top = std::iter::once(noun)
            .chain(noun.ancestors())
            .take_while(|word| word.upos().is_nominal())
            .last()?;
        let phrase = top.noun_phrase();
        let end = before.range().start();
        (phrase.start() < end)
            .then(|| vec![self.scene.trimmed(TextRange::new(phrase.start(), end))])
    }

    /// "quoted the minister as saying …": the carrier passes on what the speaker says.
    fn passed_on(&self, found: &Found<'a>) -> Option<Vec<TextRange>> {
        let relays = matches!(found.cue.act.as_str(), "quote" | "cite");
        if self.scene.is_arabic() || !relays {
            return None;
        }
        let from = found.last.index() + 1;
        let limit = (from + PASSED_ON).min(self.scene.reach(found.word).end);
        let inner = (from + 1..limit).find(|&at| {
            self.scene.word(at - 1).key() == "as"
                && self.scene.word(at).xpos() == "VBG"
                && self.scene.reports_at(at)
        })?;
        let cue = self.scene.cues_at(inner).iter().find(|cue| cue.part == Part::Verb)?.clone();
        let (content, _) = self.content(&cue);
        (!content.is_empty()).then_some(content)
    }

    /// The quotations beside a cue with what completes their sentences.
    fn quoted_content(
        &self,
        beside: quoted::Beside,
        mut quotes: Vec<usize>,
    ) -> (Vec<TextRange>, Vec<usize>) {
        let mut content = Vec::new();
        for &quote in &quotes {
            let speech = self.scene.speeches[quote].content;
            let opens = beside.opens.filter(|_| beside.before == Some(quote));
            content.push(match opens {
                Some(start) => {
                    let end = self.scene.speeches[quote].range.end();
                    self.scene.trimmed(TextRange::new(start, end))
                }
                None => speech,
            });
        }
        if let Some(rest) = beside.rest {
            content.push(self.scene.trimmed(rest));
        }
        let inside = |speech: &speech::Speech| {
            speech.long && content.iter().any(|part| part.contains_range(speech.content))
        };
        let more = (0..self.scene.speeches.len())
            .filter(|&quote| inside(&self.scene.speeches[quote]) && !quotes.contains(&quote));
        quotes.extend(more.collect::<Vec<_>>());
        quotes.sort_unstable();
        content.sort_unstable();
        (content, quotes)
    }
}
