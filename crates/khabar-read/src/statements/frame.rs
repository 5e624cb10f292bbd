//! What a cue expects around it: where its content, source, addressee and medium stand.
//!
//! A frame is written in the list of cues as `content=that|quote|about;addressee=to`. The slots have the names that grammars
//! give them, so that one notation serves both languages: Arabic أنّ and إنّ are `that` clauses, a masdar is a noun phrase.

/// One way in which the content of a cue can stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ContentSlot {
    /// A finite clause, with or without a complementiser.
    Clause,
    /// A quotation.
    Quote,
    /// An embedded question.
    Question,
    /// An infinitive, or أن with the subjunctive.
    Infinitive,
    /// A gerund.
    Gerund,
    /// A noun phrase or masdar.
    Noun,
    /// An object with its predicate ("call it a lie", "urge them to leave").
    Small,
    /// The noun at the end of the cue, which names a claim made elsewhere ("pushed back on the allegations").
    Itself,
    /// A phrase behind this preposition.
    Preposition(String),
}

/// Where one of the people of a statement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PartySlot {
    /// The subject; the doer of a passive.
    Subject,
    /// The object.
    Object,
    /// The possessor of a noun (iḍāfa in Arabic).
    Possessor,
    /// Behind this preposition.
    Preposition(String),
    /// Nobody: the cue is impersonal.
    Nobody,
}

/// Without what a word does not report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Need {
    /// It reports with everything that its slots take.
    #[default]
    Nothing,
    /// A clause, quotation, question or infinitive: with a plain object it means something else.
    Clause,
    /// The same, or a phrase behind its preposition (شدد على ضرورة …).
    Phrase,
    /// A clause with its complementiser, because a plain object mostly follows ("maintained that …", but "maintained ties and
    /// said …").
    That,
    /// A clause, or an object and its predicate behind "as" ("sees the move as a threat").
    As,
}

/// What a cue expects around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) content: Vec<ContentSlot>,
    pub(super) source: Vec<PartySlot>,
    pub(super) addressee: Vec<PartySlot>,
    pub(super) medium: Vec<PartySlot>,
    /// Without what the word does not report, because it means something else.
    pub(super) need: Need,
}

impl Frame {
    /// Reads a frame as it stands in a list; on failure says what is wrong.
    pub(super) fn parse(cell: &str) -> Result<Self, String> {
        let mut frame = Self::default();
        for slot in cell.split(';').map(str::trim).filter(|slot| !slot.is_empty()) {
            let Some((name, values)) = slot.split_once('=') else {
                return Err(format!("slot {slot:?} has no value"));
            };
            let values = values.split('|').map(str::trim).filter(|value| !value.is_empty());
            match name.trim() {
                "content" => frame.content.extend(values.map(content_slot)),
                "source" => frame.source.extend(values.map(party_slot)),
                "addressee" => frame.addressee.extend(values.map(party_slot)),
                "medium" => frame.medium.extend(values.map(party_slot)),
                "need" => {
                    for value in values {
                        frame.need = match value {
                            "clause" => Need::Clause,
                            "phrase" => Need::Phrase,
                            "that" => Need::That,
                            "as" => Need::As,
                            other => return Err(format!("unknown need {other:?}")),
                        };
                    }
                }
                other => return Err(format!("unknown slot {other:?}")),
            }
        }
        Ok(frame)
    }

    /// Whether a plain object is no content of the word.
    pub(super) fn is_strict(&self) -> bool {
        self.need != Need::Nothing
    }

    /// Whether the content can stand in this way.
    pub(super) fn takes(&self, slot: &ContentSlot) -> bool {
        self.content.contains(slot)
    }

    /// Whether the cue reports words, so that a quotation beside it is its content.
    pub(super) fn quotes(&self) -> bool {
        self.takes(&ContentSlot::Quote)
            || self.takes(&ContentSlot::Clause) && self.need != Need::That
    }

    /// The prepositions behind which the content can stand, by their keys.
    pub(super) fn content_prepositions(&self) -> impl Iterator<Item = &str> {
        self.content.iter().filter_map(|slot| match slot {
            ContentSlot::Preposition(key) => Some(key.as_str()),
            _ => None,
        })
    }
}

fn content_slot(value: &str) -> ContentSlot {
    match value {
        "that" | "anna" | "inna" => ContentSlot::Clause,
        "quote" => ContentSlot::Quote,
        "wh" => ContentSlot::Question,
        "inf" | "an" => ContentSlot::Infinitive,
        "ger" => ContentSlot::Gerund,
        "np" | "masdar" => ContentSlot::Noun,
        "small" => ContentSlot::Small,
        "self" => ContentSlot::Itself,
        preposition => ContentSlot::Preposition(crate::keys::key(preposition)),
    }
}

fn party_slot(value: &str) -> PartySlot {
    match value {
        "subj" => PartySlot::Subject,
        "obj" => PartySlot::Object,
        "poss" | "gen" => PartySlot::Possessor,
        "none" => PartySlot::Nobody,
        preposition => PartySlot::Preposition(crate::keys::key(preposition)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_names_its_slots() {
        let frame = Frame::parse("content=that|quote|about;addressee=to").unwrap();
        assert!(frame.quotes() && frame.takes(&ContentSlot::Clause));
        assert_eq!(frame.content_prepositions().collect::<Vec<_>>(), ["about"]);
        assert_eq!(frame.addressee, [PartySlot::Preposition("to".to_owned())]);
        assert_eq!(Frame::parse("").unwrap(), Frame::default());
        let frame = Frame::parse("content=that;need=that").unwrap();
        assert!(frame.is_strict() && frame.need == Need::That);
        assert!(Frame::parse("content=that;need=which").is_err());
    }

    #[test]
    fn arabic_frames_are_the_same_slots() {
        let frame = Frame::parse("content=anna|masdar|على;source=gen").unwrap();
        assert!(frame.takes(&ContentSlot::Clause) && frame.takes(&ContentSlot::Noun));
        assert_eq!(frame.source, [PartySlot::Possessor]);
        assert_eq!(frame.content_prepositions().collect::<Vec<_>>(), [crate::keys::key("على")]);
    }

    #[test]
    fn a_slot_that_is_not_known_is_a_fault() {
        assert!(Frame::parse("contents=that").is_err());
        assert!(Frame::parse("that").is_err());
    }
}
