//! Turning a record's spans from bytes into code points and back.

use std::fmt;

use crate::{
    CodePointRange, Cue, Document, Event, Furniture, Medium, Mention, Origin, Party, Record,
    Statement, TextRange, Time,
};

/// A span that does not lie in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanError(pub CodePointRange);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the span [{}, {}] does not lie in the document's text", self.0.0, self.0.1)
    }
}

impl std::error::Error for SpanError {}

impl Record<TextRange> {
    /// Counts every span in code points of `document.text`, ready to be written.
    ///
    /// # Panics
    /// If a span lies outside the text or cuts a character, which would be a fault of the reader that made it.
    pub fn into_code_points(self) -> Record<CodePointRange> {
        let index = CodePointIndex::new(&self.document.text);
        let text = self.document.text.clone();
        self.map_spans(&mut |range| index.span(&text, range))
    }
}

impl Record<CodePointRange> {
    /// Counts every span in bytes of `document.text`, ready to be sliced.
    pub fn into_bytes(self) -> Result<Record<TextRange>, SpanError> {
        let mut offsets: Vec<u32> =
            self.document.text.char_indices().map(|(offset, _)| offset as u32).collect();
        offsets.push(self.document.text.len() as u32);
        let mut fault = None;
        let record = self.map_spans(&mut |span| match (
            offsets.get(span.0 as usize),
            offsets.get(span.1 as usize),
        ) {
            (Some(&start), Some(&end)) if start <= end => TextRange::new(start, end),
            _ => {
                fault.get_or_insert(SpanError(span));
                TextRange::default()
            }
        });
        fault.map_or(Ok(record), Err)
    }
}

/// The number of code points before every 64th byte, so that a look-up scans at most 64 bytes.
#[derive(Clone, Debug)]
pub struct CodePointIndex {
    before: Vec<u32>,
}

const STRIDE: usize = 64;

fn starts_char(byte: u8) -> bool {
    // Every byte but a continuation byte (10xxxxxx) starts a character.
    byte & 0b1100_0000 != 0b1000_0000
}

impl CodePointIndex {
    /// Counts the code points of `text`.
    pub fn new(text: &str) -> Self {
        let mut before = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += chunk.iter().filter(|&&byte| starts_char(byte)).count() as u32;
            before.push(count);
        }
        Self { before }
    }

    /// Counts a span of `text` in code points.
    ///
    /// # Panics
    /// If the span lies outside the text or cuts a character.
    pub fn span(&self, text: &str, range: TextRange) -> CodePointRange {
        let [start, end] = [range.start(), range.end()];
        CodePointRange(
            self.code_points(text, start.to_usize()),
            self.code_points(text, end.to_usize()),
        )
    }

    fn code_points(&self, text: &str, offset: usize) -> u32 {
        assert!(text.is_char_boundary(offset), "the offset {offset} cuts a character or the text");
        let block = offset / STRIDE;
        let rest = &text.as_bytes()[block * STRIDE..offset];
        self.before[block] + rest.iter().filter(|&&byte| starts_char(byte)).count() as u32
    }
}

impl<S> Record<S> {
    /// Puts every span of the record through `f`.
    pub fn map_spans<T>(self, f: &mut impl FnMut(S) -> T) -> Record<T> {
        Record {
            schema: self.schema,
            document: map_document(self.document, f),
            sentences: self.sentences.into_iter().map(&mut *f).collect(),
            entities: self.entities,
            mentions: each(self.mentions, |mention| Mention {
                entity: mention.entity,
                span: f(mention.span),
                form: mention.form,
            }),
            times: each(self.times, |time| Time {
                span: f(time.span),
                kind: time.kind,
                value: time.value,
                start: time.start,
                end: time.end,
                anchor: time.anchor,
            }),
            amounts: each(self.amounts, |amount| crate::Amount {
                span: f(amount.span),
                kind: amount.kind,
                value: amount.value,
                high: amount.high,
                unit: amount.unit,
                bound: amount.bound,
                of: amount.of,
            }),
            statements: each(self.statements, |statement| map_statement(statement, f)),
            events: each(self.events, |event| map_event(event, f)),
            errors: self.errors,
        }
    }
}

fn each<A, B>(items: Vec<A>, f: impl FnMut(A) -> B) -> Vec<B> {
    items.into_iter().map(f).collect()
}

fn map_document<S, T>(document: Document<S>, f: &mut impl FnMut(S) -> T) -> Document<T> {
    Document {
        id: document.id,
        source: document.source,
        url: document.url,
        title: document.title,
        byline: document.byline,
        outlet: document.outlet,
        published: document.published,
        published_time: document.published_time,
        published_from: document.published_from,
        language: document.language,
        text: document.text,
        furniture: each(document.furniture, |piece| Furniture {
            kind: piece.kind,
            text: piece.text,
            at: piece.at.map(&mut *f),
        }),
        origin: document.origin.map(|origin| Origin {
            kind: origin.kind,
            outlet: origin.outlet,
            evidence: each(origin.evidence, f),
            evidence_furniture: origin.evidence_furniture,
        }),
    }
}

fn map_parties<S, T>(parties: Vec<Party<S>>, f: &mut impl FnMut(S) -> T) -> Vec<Party<T>> {
    each(parties, |party| Party {
        entity: party.entity,
        span: party.span.map(&mut *f),
        country: party.country,
        sector: party.sector,
    })
}

fn map_statement<S, T>(statement: Statement<S>, f: &mut impl FnMut(S) -> T) -> Statement<T> {
    Statement {
        id: statement.id,
        source: map_parties(statement.source, f),
        cue: statement.cue.map(|cue| Cue { span: f(cue.span), lemma: cue.lemma, act: cue.act }),
        content: each(statement.content, &mut *f),
        manner: statement.manner,
        kind: statement.kind,
        stance: statement.stance,
        addressee: map_parties(statement.addressee, f),
        medium: statement.medium.map(|medium| Medium { span: f(medium.span), kind: medium.kind }),
        within: statement.within,
        chain: statement.chain,
        answers: statement.answers,
        said_at: statement.said_at,
        rule: statement.rule,
    }
}

fn map_event<S, T>(event: Event<S>, f: &mut impl FnMut(S) -> T) -> Event<T> {
    Event {
        id: event.id,
        kind: event.kind,
        mode: event.mode,
        contexts: event.contexts,
        cameo: event.cameo,
        trigger: f(event.trigger),
        span: f(event.span),
        actors: map_parties(event.actors, f),
        recipients: map_parties(event.recipients, f),
        status: event.status,
        when: event.when,
        place: event.place,
        according_to: event.according_to,
        amounts: event.amounts,
        rule: event.rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntityId, MentionForm};

    fn record(text: &str, ranges: &[TextRange]) -> Record {
        let mut record = Record::new(Document { text: text.to_owned(), ..Document::default() });
        record.mentions = ranges
            .iter()
            .map(|&span| Mention { entity: EntityId(1), span, form: MentionForm::Name })
            .collect();
        record
    }

    #[test]
    fn spans_count_code_points_in_json() {
        let text = "قال «زيد» 😀 yes".repeat(20);
        let ranges: Vec<TextRange> = text
            .char_indices()
            .filter(|&(_, c)| c == 'z' || c == '😀' || c == 'y')
            .map(|(offset, c)| TextRange::new(offset, offset + c.len_utf8()))
            .collect();
        let counted = record(&text, &ranges).into_code_points();
        let chars: Vec<char> = text.chars().collect();
        for (mention, range) in counted.mentions.iter().zip(&ranges) {
            let quoted: String =
                chars[mention.span.0 as usize..mention.span.1 as usize].iter().collect();
            assert_eq!(quoted, text[*range]);
        }
        assert_eq!(counted.into_bytes(), Ok(record(&text, &ranges)));
    }

    #[test]
    fn spans_outside_the_text_are_refused() {
        let mut counted = record("abc", &[TextRange::new(0u32, 3u32)]).into_code_points();
        counted.mentions[0].span = CodePointRange(2, 4);
        assert_eq!(counted.clone().into_bytes(), Err(SpanError(CodePointRange(2, 4))));
        counted.mentions[0].span = CodePointRange(2, 1);
        assert!(counted.into_bytes().is_err());
    }

    #[test]
    fn a_record_survives_json() {
        let counted = record("خبر", &[TextRange::new(0u32, 6u32)]).into_code_points();
        let line = serde_json::to_string(&counted).unwrap();
        assert!(line.contains(r#""span":[0,3]"#), "{line}");
        assert_eq!(serde_json::from_str::<Record<CodePointRange>>(&line).unwrap(), counted);
    }
}
