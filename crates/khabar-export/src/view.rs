//! A record with the questions that all formats ask of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use khabar_record::{
    CodePointIndex, CodePointRange, Entity, EntityId, EntityKind, Event, EventId, Mention,
    MentionForm, Party, Record, Statement, StatementId, Status, TextRange,
};

/// A record to export, with what a store knows of it besides.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What the document is known by: rows of different tables are joined by it.
    pub key: String,
    /// The record.
    pub record: Record,
    /// The story that the document belongs to.
    pub story: Option<String>,
    /// The happenings that its events report: events of different documents that are one occurrence share one.
    pub happenings: BTreeMap<EventId, String>,
}

impl From<Record> for Item {
    /// A record that stands alone is known by the identifier of its document.
    fn from(record: Record) -> Self {
        Self { key: record.document.id.clone(), record, story: None, happenings: BTreeMap::new() }
    }
}

/// An item while it is being written.
#[derive(Debug)]
pub(crate) struct View<'i> {
    pub(crate) item: &'i Item,
    index: CodePointIndex,
}

impl<'i> View<'i> {
    pub(crate) fn new(item: &'i Item) -> Self {
        Self { item, index: CodePointIndex::new(&item.record.document.text) }
    }

    pub(crate) fn record(&self) -> &'i Record {
        &self.item.record
    }

    pub(crate) fn text(&self) -> &'i str {
        &self.item.record.document.text
    }

    /// The words of a span.
    pub(crate) fn words(&self, range: TextRange) -> &'i str {
        &self.text()[range]
    }

    /// The span in code points.
    pub(crate) fn span(&self, range: TextRange) -> CodePointRange {
        self.index.span(self.text(), range)
    }

    /// The length of the text in code points.
    pub(crate) fn length(&self) -> u32 {
        self.span(TextRange::of(self.text())).1
    }

    /// At most `count` characters that stand before and behind a span.
    pub(crate) fn around(&self, range: TextRange, count: usize) -> (&'i str, &'i str) {
        let (before, behind) =
            (&self.text()[..range.start().to_usize()], &self.text()[range.end().to_usize()..]);
        let start = before.char_indices().rev().take(count).last().map_or(before.len(), |(n, _)| n);
        let end = behind.char_indices().nth(count).map_or(behind.len(), |(n, _)| n);
        (&before[start..], &behind[..end])
    }

    pub(crate) fn entity(&self, id: EntityId) -> Option<&'i Entity> {
        self.record().entities.iter().find(|entity| entity.id == id)
    }

    pub(crate) fn statement(&self, id: StatementId) -> Option<&'i Statement> {
        self.record().statements.iter().find(|statement| statement.id == id)
    }

    /// The mentions of an entity.
    pub(crate) fn mentions(&self, id: EntityId) -> impl Iterator<Item = &'i Mention> {
        self.record().mentions.iter().filter(move |mention| mention.entity == id)
    }

    /// The name of an entity, in English where there is one, else in the language of the document, else its words.
    pub(crate) fn name(&self, entity: &'i Entity) -> Option<&'i str> {
        let own = self.record().document.language.as_deref().unwrap_or_default();
        ["en", own]
            .iter()
            .find_map(|code| entity.names.get(*code))
            .or_else(|| entity.names.values().next())
            .map(String::as_str)
            .or_else(|| {
                let spoken = |form| {
                    self.mentions(entity.id)
                        .find(|mention| mention.form == form && !mention.span.is_empty())
                };
                let mention = spoken(MentionForm::Name).or_else(|| spoken(MentionForm::Nominal))?;
                Some(self.words(mention.span))
            })
            .filter(|name| !name.trim().is_empty())
    }

    /// The name of a party, else its words.
    pub(crate) fn party_name(&self, party: &'i Party) -> Option<&'i str> {
        let named =
            party.entity.and_then(|id| self.entity(id)).and_then(|entity| self.name(entity));
        named.or_else(|| party.span.map(|span| self.words(span)))
    }

    /// The state that a party acts for.
    pub(crate) fn party_country(&self, party: &'i Party) -> Option<&'i str> {
        let own = || self.entity(party.entity?)?.country.as_deref();
        party.country.as_deref().or_else(own)
    }

    /// The sectors that a party acts for, the one it acts for here first.
    pub(crate) fn party_sectors(&self, party: &'i Party) -> Vec<&'i str> {
        let mut sectors: Vec<&str> = party.sector.as_deref().into_iter().collect();
        if let Some(entity) = party.entity.and_then(|id| self.entity(id)) {
            for sector in &entity.sectors {
                if !sectors.contains(&sector.as_str()) {
                    sectors.push(sector);
                }
            }
        }
        sectors
    }

    /// The first day of a time that the document fixes.
    pub(crate) fn day(&self, time: Option<u32>) -> Option<Date> {
        let time = self.record().times.get(time? as usize)?;
        time.start.as_ref()?.get(..10)?.parse().ok()
    }

    /// The day of an event, else the day of publication, which event data take in its stead.
    pub(crate) fn day_or_published(&self, event: &Event) -> Option<Date> {
        self.day(event.when).or(self.record().document.published)
    }

    /// The number of the sentence that an offset lies in, counted from 1.
    pub(crate) fn sentence(&self, range: TextRange) -> Option<usize> {
        let sentences = &self.record().sentences;
        sentences.iter().position(|sentence| sentence.contains(range.start())).map(|n| n + 1)
    }

    /// The page's address, else where the document was found, else what it is known by.
    pub(crate) fn address(&self) -> &'i str {
        let document = &self.record().document;
        let found = document.url.as_deref().unwrap_or(&document.source);
        if found.is_empty() { &self.item.key } else { found }
    }

    /// The page's address if it is one on the Web.
    pub(crate) fn url(&self) -> Option<&'i str> {
        Some(self.address()).filter(|address| is_web(address))
    }

    /// The outlet, else the host of the page's address.
    pub(crate) fn outlet(&self) -> Option<&'i str> {
        self.record().document.outlet.as_deref().or_else(|| host(self.url()?))
    }

    /// The host of the page's address, else the outlet.
    pub(crate) fn site(&self) -> Option<&'i str> {
        self.url().and_then(host).or(self.record().document.outlet.as_deref())
    }

    /// What an event is known by among those of all documents.
    pub(crate) fn event_key(&self, id: EventId) -> String {
        format!("{}/{id}", self.item.key)
    }

    /// What a statement is known by among those of all documents.
    pub(crate) fn statement_key(&self, id: StatementId) -> String {
        format!("{}/{id}", self.item.key)
    }

    /// The words of a statement's content.
    pub(crate) fn content(&self, statement: &Statement) -> String {
        let pieces: Vec<&str> = statement.content.iter().map(|&span| self.words(span)).collect();
        pieces.join(" … ")
    }

    /// The names of the entities of some kinds, each once.
    pub(crate) fn names_of(&self, kinds: &[EntityKind]) -> Vec<&'i str> {
        let mut names: Vec<&str> = Vec::new();
        for entity in &self.record().entities {
            if let Some(name) = self.name(entity).filter(|_| kinds.contains(&entity.kind))
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }
}

/// Whether the text says that an event happened.
pub(crate) fn happened(event: &Event) -> bool {
    matches!(event.status, Status::Actual | Status::Historical)
}

/// The name that a value of the model has in a record's JSON.
pub(crate) fn label(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => unreachable!("the enumerations of the model are written as names"),
    }
}

fn is_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
        && !address.contains(char::is_whitespace)
        && host(address).is_some()
}

fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some(host).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_taken_out_of_addresses() {
        for (address, found) in [
            ("https://www.jarida.example/2021/dam", Some("jarida.example")),
            ("http://me@news.example:8080?x=1", Some("news.example")),
            ("https://", None),
            ("archive/1.txt", None),
        ] {
            assert_eq!(host(address), found, "{address}");
        }
        assert!(!is_web("https://a b.example") && !is_web("ftp://a.example"));
    }

    #[test]
    fn the_surroundings_of_a_span_end_with_the_text() {
        let mut record = Record::new(khabar_record::Document::default());
        record.document.text = "قال زيد: نعم".to_owned();
        let item = Item::from(record);
        let view = View::new(&item);
        let name = view.text().find("زيد").unwrap();
        let span = TextRange::new(name, name + "زيد".len());
        assert_eq!(view.around(span, 2), ("ل ", ": "));
        assert_eq!(view.around(span, 99), ("قال ", ": نعم"));
    }
}
