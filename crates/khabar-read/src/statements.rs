//! Direct and indirect statements, by verbs of saying and by "according to".
//!
//! English looks for "X said (that) …", "… , X said" and "according to X"; Arabic for the verb, its subject and the mark that
//! opens the content (أن، إن, a colon or a quotation mark), for participles that carry a statement on, and for بحسب and its kin.

use khabar_lang::{Analysis, Language, Sentence, Upos};
use khabar_record::{
    Cue, EntityId, EntityKind, Manner, MentionForm, Party, Record, Statement, StatementId,
    TextRange,
};

use crate::names::add_entity;
use crate::rules::{CueForm, Rules};

/// How many words a subject between verb and content may have.
const LONGEST_SOURCE: usize = 14;

pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) {
    let mut finder = Finder { rules, analysis, record, speaker: None };
    for sentence in analysis.sentences() {
        match analysis.language() {
            Language::English => finder.english(sentence),
            Language::Arabic => finder.arabic(sentence),
        }
    }
    finder.record.statements.sort_by_key(|statement| {
        (statement.cue.as_ref().map(|cue| cue.span), statement.content.first().copied())
    });
    for (statement, number) in finder.record.statements.iter_mut().zip(1..) {
        statement.id = StatementId(number);
    }
}

struct Finder<'a> {
    rules: &'a Rules,
    analysis: &'a Analysis,
    record: &'a mut Record,
    /// Who spoke last in this paragraph, for verbs without a subject of their own.
    speaker: Option<(usize, EntityId)>,
}

/// The places of a statement's parts, as word indices.
struct Parts {
    cue: (usize, usize),
    source: Option<(usize, usize)>,
    content: (usize, usize),
}

impl Finder<'_> {
    fn english(&mut self, sentence: Sentence<'_>) {
        let words = sentence.word_range();
        let mut index = words.start;
        while index < words.end {
            if let Some(end) = self.keys_at(index, &["according", "to"]) {
                let stop = self.next_break(end, words.end);
                let content =
                    if index > words.start + 1 { (words.start, index) } else { (stop, words.end) };
                let parts = Parts { cue: (index, end), source: Some((end, stop)), content };
                self.add_according(&parts, "en.according-to");
                index = end;
                continue;
            }
            let Some(found) = self.rules.cues.at(self.analysis, index) else {
                index += 1;
                continue;
            };
            let (end, cue) = (found.end, found.value.clone());
            let before = self.previous_break(index, words.start);
            let follows = self.opens_content(end, words.end);
            if cue.continues && follows {
                let parts = Parts { cue: (index, end), source: None, content: (end, words.end) };
                self.add(&parts, &cue);
            } else if before < index && follows {
                let parts = Parts {
                    cue: (index, end),
                    source: Some((before, index)),
                    content: (end, words.end),
                };
                self.add(&parts, &cue);
            } else if before > words.start + 2 {
                // "…, X said." and "…," said X.
                let behind = (end, self.next_break(end, words.end));
                let source = if before < index { (before, index) } else { behind };
                let content = (words.start, before);
                self.add(&Parts { cue: (index, end), source: Some(source), content }, &cue);
            }
            index = end;
        }
    }

    fn arabic(&mut self, sentence: Sentence<'_>) {
        let words = sentence.word_range();
        let mut index = words.start;
        while index < words.end {
            if let Some(end) = self.arabic_according(index) {
                let stop = self.next_break(end, words.end);
                let content =
                    if index > words.start + 1 { (words.start, index) } else { (stop, words.end) };
                let parts = Parts { cue: (index, end), source: Some((end, stop)), content };
                self.add_according(&parts, "ar.according-to");
                index = end;
                continue;
            }
            let Some(found) = self.rules.cues.at(self.analysis, index) else {
                index += 1;
                continue;
            };
            let (end, cue) = (found.end, found.value.clone());
            if let Some((mark, content)) = self.content_mark(end, words.end) {
                let source = (mark > end && !cue.continues).then_some((end, mark));
                let stop = self.content_end(content, words.end);
                self.add(&Parts { cue: (index, end), source, content: (content, stop) }, &cue);
            }
            index = end;
        }
    }

    fn key(&self, index: usize) -> &str {
        self.analysis.word(index).key()
    }

    fn keys_at(&self, index: usize, keys: &[&str]) -> Option<usize> {
        let end = index + keys.len();
        let inside = end <= self.analysis.word(index).sentence().word_range().end;
        (inside && keys.iter().zip(index..).all(|(key, at)| self.key(at) == *key)).then_some(end)
    }

    fn is_break(&self, index: usize) -> bool {
        let text = self.analysis.word(index).text();
        text.chars().all(|c| !c.is_alphanumeric()) && !matches!(text, "'" | "’" | "-" | ".")
    }

    fn previous_break(&self, index: usize, start: usize) -> usize {
        (start..index).rev().find(|&at| self.is_break(at)).map_or(start, |at| at + 1)
    }

    fn next_break(&self, index: usize, end: usize) -> usize {
        (index..end).find(|&at| self.is_break(at) || self.key(at) == ".").unwrap_or(end)
    }

    /// Whether what follows an English cue can be its content: a clause, a quotation or a complement, not a full stop.
    fn opens_content(&self, index: usize, end: usize) -> bool {
        index + 1 < end && {
            let text = self.analysis.word(index).text();
            !matches!(text, "." | "," | ";" | "by" | "in" | "on" | "at") && !text.is_empty()
        }
    }

    /// بحسب، وفقا ل، نقلا عن: returns the index behind the phrase.
    fn arabic_according(&self, index: usize) -> Option<usize> {
        let next = |at: usize| {
            (at < self.analysis.word(index).sentence().word_range().end).then(|| self.key(at))
        };
        match self.key(index) {
            "بحسب" | "حسب" | "وفق" | "وبحسب" | "ووفق" => Some(index + 1),
            "ب" if next(index + 1) == Some("حسب") => Some(index + 2),
            "وفقا" | "طبقا" | "ووفقا" => {
                Some(if next(index + 1) == Some("ل") { index + 2 } else { index + 1 })
            }
            "نقلا" if next(index + 1) == Some("عن") => Some(index + 2),
            _ => None,
        }
    }

    /// Finds the mark that opens an Arabic content: its index and the index of the content's first word.
    fn content_mark(&self, index: usize, end: usize) -> Option<(usize, usize)> {
        let limit = end.min(index + LONGEST_SOURCE);
        let mark = (index..limit).find(|&at| {
            let word = self.analysis.word(at);
            matches!(word.key(), "ان" | "انه" | "انها" | "انهم" | "بان" | "بانه" | "بانها" | ":")
                || is_opening_quote(word.text())
        })?;
        let colon =
            matches!(self.key(mark), ":") || is_opening_quote(self.analysis.word(mark).text());
        // The subject ends before the preposition that the mark needs (أشار X إلى أن).
        let prepositions = ["الي", "على", "علي", "من", "عن", "ب"];
        let source = if mark > index && prepositions.contains(&self.key(mark - 1)) {
            mark - 1
        } else {
            mark
        };
        let content = if colon { mark + 1 } else { mark };
        (content < end).then_some((source, content))
    }

    /// An Arabic content ends before the next verb of saying that carries the report on.
    fn content_end(&self, content: usize, end: usize) -> usize {
        (content + 1..end)
            .find(|&at| {
                self.rules.cues.at(self.analysis, at).is_some_and(|found| found.value.continues)
            })
            .unwrap_or(end)
    }

    fn add_according(&mut self, parts: &Parts, rule: &str) {
        let cue = CueForm {
            rule: rule.to_owned(),
            lemma: if rule.starts_with("en") { "according to" } else { "وفق" }.to_owned(),
            act: "report".to_owned(),
            stance: khabar_record::Stance::Asserts,
            kind: khabar_record::StatementKind::Claim,
            continues: false,
        };
        self.add(parts, &cue);
    }

    fn add(&mut self, parts: &Parts, cue: &CueForm) {
        let Some(content) = self.span(parts.content) else {
            return;
        };
        let source = self.source(parts);
        let cue_span = self.analysis.word(parts.cue.0).range();
        let cue_span = cue_span.cover(self.analysis.word(parts.cue.1 - 1).range());
        self.record.statements.push(Statement {
            id: StatementId(0),
            chain: source.iter().filter_map(|party| party.entity).collect(),
            source,
            cue: Some(Cue { span: cue_span, lemma: cue.lemma.clone(), act: cue.act.clone() }),
            content: vec![content],
            manner: self.manner(content),
            kind: cue.kind,
            stance: cue.stance,
            addressee: Vec::new(),
            medium: None,
            within: None,
            answers: None,
            said_at: None,
            rule: cue.rule.clone(),
        });
    }

    /// The words of a stretch without the marks at its edges.
    fn span(&self, (start, end): (usize, usize)) -> Option<TextRange> {
        let first = (start..end).find(|&at| !self.is_break(at) && self.key(at) != ".")?;
        let last = (first..end).rev().find(|&at| !self.is_break(at) && self.key(at) != ".")?;
        Some(self.analysis.word(first).range().cover(self.analysis.word(last).range()))
    }

    fn source(&mut self, parts: &Parts) -> Vec<Party> {
        let paragraph = self.analysis.word(parts.cue.0).sentence().paragraph();
        let party =
            |entity, span| Party { entity: Some(entity), span, country: None, sector: None };
        let Some(span) = parts.source.and_then(|source| self.span(source)) else {
            let spoke = self.speaker.filter(|&(place, _)| place + 1 >= paragraph);
            return spoke.map(|(_, entity)| party(entity, None)).into_iter().collect();
        };
        let words = self.analysis.words_in(span);
        let pronoun = words.len() == 1 && self.analysis.word(words.start).upos() == Upos::Pron
            || matches!(self.analysis.text()[span].to_lowercase().as_str(), "he" | "she" | "they");
        if pronoun && let Some((_, entity)) = self.speaker {
            return vec![party(entity, Some(span))];
        }
        let entity = self.entity_of(span);
        self.speaker = Some((paragraph, entity));
        vec![party(entity, Some(span))]
    }

    /// The person or body that the words of a source stand for.
    fn entity_of(&mut self, span: TextRange) -> EntityId {
        let known = self
            .record
            .mentions
            .iter()
            .filter(|mention| span.contains_range(mention.span))
            .filter(|mention| {
                let kind = self.record.entities[mention.entity.0 as usize - 1].kind;
                kind == EntityKind::Person || mention.span == span
            })
            .map(|mention| mention.entity)
            .next();
        known.unwrap_or_else(|| {
            let words = self.analysis.text()[span].to_owned();
            let language = self.analysis.language().code();
            let same = self.record.entities.iter().find(|entity| {
                entity.names.get(language).is_some_and(|name| name.eq_ignore_ascii_case(&words))
            });
            let id = if let Some(entity) = same {
                entity.id
            } else {
                let country = self.country_in(span);
                let id = add_entity(self.record, EntityKind::Role);
                let entity = self.record.entities.last_mut().expect("it was just added");
                entity.names.insert(language.to_owned(), words);
                entity.country = country;
                id
            };
            let form = MentionForm::Nominal;
            self.record.mentions.push(khabar_record::Mention { entity: id, span, form });
            id
        })
    }

    fn country_in(&self, span: TextRange) -> Option<String> {
        let inside =
            self.record.mentions.iter().find(|mention| span.contains_range(mention.span))?;
        self.record.entities[inside.entity.0 as usize - 1].country.clone()
    }

    fn manner(&self, content: TextRange) -> Manner {
        let quoted: u32 = self
            .analysis
            .quotes()
            .iter()
            .filter(|quote| quote.depth == 0)
            .filter_map(|quote| quote.content.intersect(content))
            .map(|part| part.len().to_u32())
            .sum();
        match quoted {
            0 => Manner::Indirect,
            all if f64::from(all) >= 0.95 * f64::from(content.len().to_u32()) => Manner::Direct,
            _ => Manner::Mixed,
        }
    }
}

fn is_opening_quote(text: &str) -> bool {
    matches!(text, "\"" | "«" | "“" | "”" | "„")
}
