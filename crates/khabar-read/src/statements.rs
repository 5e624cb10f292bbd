//! Direct and indirect statements, by verbs of saying and by "according to".
//!
//! A verb of the list opens a statement. Its subject in the tree is the source; its clause, or the quotation that it stands
//! in or before, is the content. An Arabic verb without a subject carries on the speaker before, as does a participle
//! ("adding that", مضيفا). "According to" and بحسب are prepositions: their noun is the source, the clause they hang on the
//! content.

use khabar_lang::{Analysis, Deprel, Language, Quote, Upos, Word};
use khabar_record::{
    Cue, EntityId, EntityKind, Manner, Mention, MentionForm, Party, Record, Stance, Statement,
    StatementId, StatementKind, TextRange, TextSize,
};

use crate::clauses;
use crate::names::add_entity;
use crate::rules::{CueForm, Rules};

pub(crate) fn read(rules: &Rules, analysis: &Analysis, record: &mut Record) {
    let mut finder = Finder { rules, analysis, record, speaker: None };
    let mut index = 0;
    while index < analysis.word_count() {
        index = finder.according(index).or_else(|| finder.reported(index)).unwrap_or(index + 1);
    }
    let statements = &mut finder.record.statements;
    statements.sort_by_key(|statement| {
        (statement.cue.as_ref().map(|cue| cue.span), statement.content.first().copied())
    });
    for (statement, number) in statements.iter_mut().zip(1..) {
        statement.id = StatementId(number);
    }
    nest(statements);
}

/// A statement whose cue stands in another's content is carried by it; the chain runs from the outermost carrier inwards.
fn nest(statements: &mut [Statement]) {
    let carriers: Vec<Option<usize>> =
        (0..statements.len()).map(|inner| carrier(statements, inner)).collect();
    for inner in 0..statements.len() {
        statements[inner].within = carriers[inner].map(|outer| statements[outer].id);
        let mut chain = speakers(&statements[inner]);
        let mut next = carriers[inner];
        let mut steps = 0;
        while let Some(outer) = next
            && steps < statements.len()
        {
            chain.splice(0..0, speakers(&statements[outer]));
            next = carriers[outer];
            steps += 1;
        }
        chain.dedup();
        statements[inner].chain = chain;
    }
}

fn speakers(statement: &Statement) -> Vec<EntityId> {
    statement.source.iter().filter_map(|party| party.entity).collect()
}

fn length(statement: &Statement) -> u32 {
    statement.content.iter().map(|part| part.len().to_u32()).sum()
}

fn carrier(statements: &[Statement], inner: usize) -> Option<usize> {
    let cue = statements[inner].cue.as_ref()?.span;
    (0..statements.len())
        .filter(|&outer| {
            outer != inner
                && statements[outer].content.iter().any(|part| part.contains_range(cue))
                && length(&statements[outer]) > length(&statements[inner])
        })
        .min_by_key(|&outer| length(&statements[outer]))
}

struct Finder<'a> {
    rules: &'a Rules,
    analysis: &'a Analysis,
    record: &'a mut Record,
    /// The paragraph and the entity of the last speaker, for verbs without a subject of their own.
    speaker: Option<(usize, EntityId)>,
}

impl<'a> Finder<'a> {
    /// Reads a verb of saying and returns the index behind it.
    fn reported(&mut self, index: usize) -> Option<usize> {
        let found = self.rules.cues.at(self.analysis, index)?;
        let (end, form) = (found.end, found.value);
        let word = self.analysis.word(index);
        let verbal = match word.upos() {
            Upos::Verb => true,
            // Arabic participles are tagged as adjectives or nouns.
            Upos::Adj | Upos::Noun | Upos::Adv => form.continues && self.is_arabic(),
            _ => false,
        };
        if !verbal || clauses::is_negated(word) {
            return None;
        }
        let content = self.content(word, end);
        if content.is_empty() {
            return None;
        }
        let subject = clauses::subject(word).filter(|_| !clauses::is_passive(word));
        let agent = clauses::agent(word).filter(|_| clauses::is_passive(word));
        let source = agent.or(subject);
        let source = match source {
            _ if form.continues && self.spoke_in(word.sentence().range()) => {
                self.last_speaker(word)
            }
            Some(head) => self.party(head, word),
            None if self.is_arabic() && !clauses::is_passive(word) => self.last_speaker(word),
            None => Vec::new(),
        };
        let span = word.range().cover(self.analysis.word(end - 1).range());
        self.add(form, span, source, content);
        Some(end)
    }

    /// Whether somebody has spoken in this sentence already, so that a participle carries on that speech.
    fn spoke_in(&self, sentence: TextRange) -> bool {
        let last = self.record.statements.last().and_then(|statement| statement.cue.as_ref());
        last.is_some_and(|cue| sentence.contains_range(cue.span))
    }

    fn is_arabic(&self) -> bool {
        self.analysis.language() == Language::Arabic
    }

    /// What is said: the clause below the verb; the quotation before or behind it; for demands and accusations the object.
    fn content(&self, cue: Word<'a>, end: usize) -> Vec<TextRange> {
        if let Some(quote) = self.quote_before(cue) {
            let quotes = std::iter::once(quote).chain(self.quote_behind(cue, end));
            return quotes.map(|quote| self.quoted(quote)).collect();
        }
        if let Some(clause) = cue.child(Deprel::Ccomp) {
            return below(clause, cue);
        }
        // "…," he said: the quotation heads the sentence and the verb of saying hangs on it.
        if cue.deprel().universal() == Deprel::Parataxis
            && let Some(head) = cue.head()
        {
            return clauses::stretches(&head.subtree_where(|word| word != cue));
        }
        if let Some(quote) = self.quote_behind(cue, end) {
            return vec![self.quoted(quote)];
        }
        if let Some(clause) = cue.child(Deprel::Parataxis).filter(|_| !self.is_arabic()) {
            return below(clause, cue);
        }
        let complement = cue.child(Deprel::Xcomp).or_else(|| {
            cue.children().find(|child| {
                matches!(child.deprel(), Deprel::Obl | Deprel::Advcl)
                    && child
                        .children_by(Deprel::Mark)
                        .any(|mark| matches!(mark.key(), "ان" | "انه" | "انها"))
            })
        });
        complement.map(|clause| below(clause, cue)).unwrap_or_default()
    }

    /// The words of a quotation without the stop or comma at its end.
    fn quoted(&self, quote: &Quote) -> TextRange {
        let words = self.analysis.text()[quote.content]
            .trim_end_matches(|c: char| c.is_whitespace() || ",.;:،؛".contains(c));
        let start = quote.content.start();
        TextRange::new(start, start + TextSize::of(words))
    }

    /// A quotation that closes right before the cue, with no more than its subject between them ("…," the mayor said).
    fn quote_before(&self, cue: Word<'a>) -> Option<&'a Quote> {
        let sentence = cue.sentence().range();
        let quote = self.analysis.quotes().iter().rfind(|quote| {
            quote.depth == 0 && quote.closed && quote.range.end() <= cue.range().start()
        })?;
        let between = TextRange::new(quote.range.end(), cue.range().start());
        let words = self.analysis.words_in(between);
        // A mark before the closing quotation mark shows that the quotation is a clause of its own and not a few words.
        let inner = self.analysis.text()[quote.content].trim_end();
        let clause = inner.ends_with([',', '.', '?', '!', '،', '؟']);
        let subject = words.len() <= 8 && !self.analysis.text()[between].contains(['.', ';', ':']);
        (clause && subject && sentence.overlaps(quote.range)).then_some(quote)
    }

    /// A quotation that opens right behind the cue and its subject, as after a colon.
    fn quote_behind(&self, cue: Word<'a>, end: usize) -> Option<&'a Quote> {
        let sentence = cue.sentence().range();
        let from = self.analysis.word(end - 1).range().end();
        let quote = self.analysis.quotes().iter().find(|quote| {
            quote.depth == 0 && quote.range.start() >= from && quote.range.start() < sentence.end()
        })?;
        let between = &self.analysis.text()[TextRange::new(from, quote.range.start())];
        let colon = between.trim_end().ends_with([':', ',', '،']);
        let long = self.analysis.words_in(quote.content).len() > 3;
        (colon || between.trim().is_empty() || long && between.len() < 120).then_some(quote)
    }

    /// Reads "according to" and its Arabic kin; returns the index behind the preposition.
    fn according(&mut self, index: usize) -> Option<usize> {
        let (end, rule) = self.according_phrase(index)?;
        let sentence = self.analysis.word(index).sentence().word_range();
        let noun = (end..sentence.end)
            .map(|at| self.analysis.word(at))
            .find(|word| word.upos().is_nominal() && word.upos() != Upos::Pron)?;
        // Up to the top of the noun phrase that the preposition marks.
        let noun = noun
            .ancestors()
            .take_while(|word| word.index() >= end && word.upos().is_nominal())
            .last()
            .unwrap_or(noun);
        let span = self.analysis.word(index).range().cover(self.analysis.word(end - 1).range());
        let clause = noun.ancestors().find(|word| word.index() < index || word.index() >= end)?;
        let clause = clause.clause_head();
        let words: Vec<Word<'a>> =
            clause.subtree_where(|word| word != noun && !(index..end).contains(&word.index()));
        let content: Vec<TextRange> = clauses::stretches(&words);
        let source = self.party(noun, self.analysis.word(index));
        if content.is_empty() {
            return None;
        }
        let form = CueForm {
            rule: rule.to_owned(),
            lemma: if self.is_arabic() { "وفق" } else { "according to" }.to_owned(),
            act: "report".to_owned(),
            stance: Stance::Asserts,
            kind: StatementKind::Claim,
            continues: false,
        };
        self.add(&form, span, source, content);
        Some(end)
    }

    fn according_phrase(&self, index: usize) -> Option<(usize, &'static str)> {
        let key =
            |at: usize| (at < self.analysis.word_count()).then(|| self.analysis.word(at).key());
        match (key(index)?, key(index + 1).unwrap_or_default()) {
            ("according", "to") => Some((index + 2, "en.according-to")),
            ("ب", "حسب") | ("وفقا" | "طبقا", "ل") | ("نقلا", "عن") => {
                Some((index + 2, "ar.according-to"))
            }
            ("بحسب" | "حسب" | "وفق", _) => Some((index + 1, "ar.according-to")),
            _ => None,
        }
    }

    fn add(
        &mut self,
        form: &CueForm,
        span: TextRange,
        source: Vec<Party>,
        content: Vec<TextRange>,
    ) {
        self.record.statements.push(Statement {
            id: StatementId(0),
            source,
            cue: Some(Cue { span, lemma: form.lemma.clone(), act: form.act.clone() }),
            manner: self.manner(&content),
            content,
            kind: form.kind,
            stance: form.stance,
            addressee: Vec::new(),
            medium: None,
            within: None,
            chain: Vec::new(),
            answers: None,
            said_at: None,
            rule: form.rule.clone(),
        });
    }

    /// The speaker before, for a verb that shows its subject by its ending alone.
    fn last_speaker(&self, cue: Word<'_>) -> Vec<Party> {
        let paragraph = cue.sentence().paragraph();
        let near = self.speaker.filter(|&(place, _)| place + 1 >= paragraph);
        let party =
            |(_, entity)| Party { entity: Some(entity), span: None, country: None, sector: None };
        near.map(party).into_iter().collect()
    }

    /// Whom the noun phrase under `head` stands for.
    fn party(&mut self, head: Word<'_>, cue: Word<'_>) -> Vec<Party> {
        let span = clauses::noun_phrase(head);
        let party =
            |entity| Party { entity: Some(entity), span: Some(span), country: None, sector: None };
        if head.upos() == Upos::Pron {
            return self.speaker.map(|(_, entity)| party(entity)).into_iter().collect();
        }
        let entity = self.entity_of(head, span);
        self.speaker = Some((cue.sentence().paragraph(), entity));
        vec![party(entity)]
    }

    fn entity_of(&mut self, head: Word<'_>, span: TextRange) -> EntityId {
        let kind = |id: EntityId| self.record.entities[id.0 as usize - 1].kind;
        let known = self.record.mentions.iter().find(|mention| {
            mention.span == span
                || mention.span.overlaps(head.range()) && kind(mention.entity) == EntityKind::Person
        });
        if let Some(mention) = known {
            return mention.entity;
        }
        let name = self.analysis.text()[span].split_whitespace().collect::<Vec<_>>().join(" ");
        let language = self.analysis.language().code();
        let same = |other: &str| other.to_lowercase() == name.to_lowercase();
        let entities = &self.record.entities;
        let id = entities
            .iter()
            .find(|entity| entity.names.get(language).is_some_and(|other| same(other)))
            .map(|entity| entity.id);
        let id = id.unwrap_or_else(|| {
            let country = self.country_in(span);
            let id = add_entity(self.record, EntityKind::Role);
            let entity = self.record.entities.last_mut().expect("it was just added");
            entity.names.insert(language.to_owned(), name);
            entity.country = country;
            id
        });
        self.record.mentions.push(Mention { entity: id, span, form: MentionForm::Nominal });
        id
    }

    fn country_in(&self, span: TextRange) -> Option<String> {
        let inside =
            self.record.mentions.iter().find(|mention| span.contains_range(mention.span))?;
        self.record.entities[inside.entity.0 as usize - 1].country.clone()
    }

    fn manner(&self, content: &[TextRange]) -> Manner {
        let quotes = self.analysis.quotes().iter().filter(|quote| quote.depth == 0);
        let quoted: u32 = quotes
            .flat_map(|quote| content.iter().filter_map(|part| part.intersect(quote.content)))
            .map(|part| part.len().to_u32())
            .sum();
        let all: u32 = content.iter().map(|part| part.len().to_u32()).sum();
        match quoted {
            0 => Manner::Indirect,
            // Marks and spaces inside the content are not quoted, so that a little may be missing.
            quoted if f64::from(quoted) >= 0.95 * f64::from(all) => Manner::Direct,
            _ => Manner::Mixed,
        }
    }
}

/// The words of a clause below a cue. The marks that open it (that, أن) belong to it, the preposition before them not.
fn below(clause: Word<'_>, cue: Word<'_>) -> Vec<TextRange> {
    let mark = clause.child(Deprel::Mark).map_or(0, Word::index);
    let words = clause.subtree_where(|word| {
        let before_mark = word.deprel() == Deprel::Case && word.index() < mark;
        word != cue && word.deprel().universal() != Deprel::Parataxis && !before_mark
    });
    clauses::stretches(&words)
}
