//! The turns of interviews and broadcasts: paragraphs that open with who speaks, or with a mark that says that the other speaks
//! now.
//!
//! A label is a name before a colon ("PENCE:", "المذيعة:"); a common noun is one only when it comes again. Bullets and dashes
//! are turns when questions are among them; then the questions are the outlet's and the answers the interviewee's.

use std::collections::BTreeMap;

use khabar_lang::{Upos, Word};
use khabar_record::{EntityId, EntityKind, Manner, MentionForm, Party, Stance, TextRange};

use super::{Reader, without_cue};

/// How many words a speaker's label may have.
const LABEL: usize = 6;

/// How many turns with marks show that they alternate.
const ALTERNATING: usize = 4;

/// A paragraph that may be a turn.
struct Turn<'a> {
    label: Vec<Word<'a>>,
    /// The mark before it, when it has no label.
    mark: Option<char>,
    content: TextRange,
}

impl<'a> Reader<'a, '_> {
    /// Reads the turns; their contents are known before the cues inside them are read.
    pub(super) fn turns(&mut self) {
        let turns = self.collect_turns();
        let mut again: BTreeMap<String, usize> = BTreeMap::new();
        for turn in &turns {
            *again.entry(name_of(&turn.label)).or_default() += 1;
        }
        // Where one speaker comes again, the others are speakers too.
        let dialogue = again.iter().any(|(label, times)| !label.is_empty() && *times >= 2);
        let text = self.scene.analysis.text();
        let asks = |turn: &&Turn<'_>| text[turn.content].trim_end().ends_with(['?', '؟']);
        let marked: Vec<&Turn<'_>> = turns.iter().filter(|turn| turn.mark.is_some()).collect();
        let asked = marked.iter().filter(|turn| asks(turn)).count();
        // Where every question is an odd turn, the turns alternate, also those that only put something to the other.
        let alternate = marked.len() >= ALTERNATING
            && marked.first().is_some_and(asks)
            && marked.iter().skip(1).step_by(2).all(|turn| !asks(turn));
        let interview = marked.len() >= 3 && (asked * 3 >= marked.len() || alternate);
        let mut number = 0;
        for turn in turns {
            let question = text[turn.content].trim_end().ends_with(['?', '؟']);
            let source = if turn.mark.is_some() {
                if !interview {
                    continue;
                }
                number += 1;
                self.interviewed(if alternate { number % 2 == 1 } else { question })
            } else if is_label(&turn.label, dialogue) && !self.is_dateline(&turn.label, &again) {
                let head = turn.label.iter().find(|word| word.upos() == Upos::Propn);
                let mut party = self.cast.party(self.record, *head.unwrap_or(&turn.label[0]));
                let last = turn.label[turn.label.len() - 1].range();
                party.span = Some(turn.label[0].range().cover(last));
                vec![party]
            } else {
                continue;
            };
            let mut statement = without_cue(vec![turn.content], source, Manner::Direct, "turn");
            if question {
                statement.stance = Stance::Asks;
                if turn.mark.is_some() {
                    statement.addressee = self.interviewed(false);
                }
            }
            self.push(statement, None);
        }
    }

    /// Whether a label that stands only once is the place that a report was sent from, with or without its agency: "BEIRUT:",
    /// "مسقط - العُمانية:".
    fn is_dateline(&self, label: &[Word<'_>], again: &BTreeMap<String, usize>) -> bool {
        let once = again.get(&name_of(label)).is_none_or(|times| *times < 2);
        let dash = |word: &Word<'_>| matches!(word.text(), "-" | "–" | "—");
        let first_sentence = label.first().is_some_and(|word| word.sentence().index() == 0);
        let place = label.first().is_some_and(|word| {
            self.record.mentions.iter().any(|mention| {
                mention.span.overlaps(word.range())
                    && matches!(
                        self.record.entities[mention.entity.0 as usize - 1].kind,
                        EntityKind::Place | EntityKind::State
                    )
            })
        });
        let behind = label.last().and_then(|word| word.next()).and_then(Word::next);
        let sent = if self.scene.is_arabic() {
            // «المدينة نيوز :-» is how outlets sign.
            label.iter().any(dash) || behind.as_ref().is_some_and(dash) || self.is_outlet(label)
        } else {
            place && is_shouted(label)
        };
        once && first_sentence && sent
    }

    /// Whether a label names an outlet.
    fn is_outlet(&self, label: &[Word<'_>]) -> bool {
        label.iter().any(|word| {
            self.record.mentions.iter().any(|mention| {
                mention.span.overlaps(word.range())
                    && self.record.entities[mention.entity.0 as usize - 1].kind
                        == EntityKind::Outlet
            })
        })
    }

    fn collect_turns(&self) -> Vec<Turn<'a>> {
        let mut turns = Vec::new();
        let mut paragraph = None;
        let analysis = self.scene.analysis;
        for index in 0..analysis.sentence_count() {
            let sentence = analysis.sentence(index);
            if paragraph == Some(sentence.paragraph()) {
                continue;
            }
            paragraph = Some(sentence.paragraph());
            let mut end = sentence.range().end();
            for later in index + 1..analysis.sentence_count() {
                let later = analysis.sentence(later);
                if later.paragraph() != sentence.paragraph() {
                    break;
                }
                end = later.range().end();
            }
            turns.extend(self.turn(&sentence.words().collect::<Vec<_>>(), end));
        }
        turns
    }

    fn turn(&self, words: &[Word<'a>], end: khabar_record::TextSize) -> Option<Turn<'a>> {
        let first = words.first()?;
        let mark = first.text().chars().next().filter(|mark| "•●▪■*–—-ـ".contains(*mark));
        let (label, from) = if mark.is_some() && first.text().chars().count() == 1 {
            (Vec::new(), words.get(1)?)
        } else {
            let colon = words.iter().take(LABEL + 1).position(|word| word.text() == ":")?;
            (words[..colon].to_vec(), words.get(colon + 1)?)
        };
        let mark = mark.filter(|_| label.is_empty());
        if mark.is_none() && label.is_empty() {
            return None;
        }
        let content = self.scene.trimmed(TextRange::new(from.range().start(), end));
        let long = self.scene.analysis.words_in(content).len() >= 3;
        (long || mark.is_some()).then_some(Turn { label, mark, content })
    }

    /// Who asks and who answers in an interview without labels: the outlet, and the first person named in the text.
    fn interviewed(&self, question: bool) -> Vec<Party> {
        let kind = |id: EntityId| self.record.entities[id.0 as usize - 1].kind;
        let wanted = if question { EntityKind::Outlet } else { EntityKind::Person };
        let named =
            self.record.mentions.iter().find(|mention| {
                mention.form == MentionForm::Name && kind(mention.entity) == wanted
            });
        named
            .map(|mention| Party {
                entity: Some(mention.entity),
                span: None,
                country: None,
                sector: None,
            })
            .into_iter()
            .collect()
    }
}

fn name_of(label: &[Word<'_>]) -> String {
    label.iter().map(|word| word.text()).collect::<Vec<_>>().join(" ")
}

/// Whether the words before a colon name a speaker.
fn is_label(label: &[Word<'_>], dialogue: bool) -> bool {
    let name = |word: &Word<'_>| {
        matches!(
            word.upos(),
            Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Adp | Upos::Punct | Upos::Det
        )
    };
    let shouted = is_shouted(label);
    let person = label.iter().any(|word| word.upos() == Upos::Propn) && label.len() <= 4;
    shouted || label.iter().all(name) && (dialogue || person)
}

/// Whether a label is written in capitals only.
fn is_shouted(label: &[Word<'_>]) -> bool {
    label.iter().all(|word| {
        let text = word.text();
        text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
    })
}
