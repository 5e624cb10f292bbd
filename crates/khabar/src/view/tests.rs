use khabar_record::{Document, Mention, MentionForm, StatementId, TextSize};

use super::*;

/// Finds `words` in the record's text.
fn at(record: &Record, words: &str) -> TextRange {
    let start = record.document.text.find(words).expect("the words stand in the text");
    TextRange::new(start, start + words.len())
}

fn record() -> Record {
    let text = "وقالت وزارة الصحة إن المستشفى سيفتح غدا.";
    let mut record = Record::new(Document {
        title: Some("المستشفى يفتح".to_owned()),
        outlet: Some("Jarida".to_owned()),
        language: Some("ar".to_owned()),
        text: text.to_owned(),
        ..Document::default()
    });
    record.entities.push(Entity {
        id: EntityId(1),
        kind: khabar_record::EntityKind::Organization,
        names: BTreeMap::new(),
        country: None,
        sectors: vec![],
        role: None,
        wikidata: None,
        geonames: None,
        lat: None,
        lon: None,
    });
    let ministry = at(&record, "وزارة الصحة");
    record.mentions.push(Mention { entity: EntityId(1), span: ministry, form: MentionForm::Name });
    record.statements.push(Statement {
        id: StatementId(1),
        source: vec![Party { entity: Some(EntityId(1)), span: None, country: None, sector: None }],
        cue: None,
        content: vec![at(&record, "إن المستشفى سيفتح غدا")],
        manner: Manner::Indirect,
        kind: StatementKind::Claim,
        stance: Stance::Asserts,
        addressee: vec![],
        medium: None,
        within: None,
        chain: vec![EntityId(1)],
        answers: None,
        said_at: None,
        rule: "test".to_owned(),
    });
    record
}

#[test]
fn a_statement_shows_its_source_by_the_words_when_it_has_no_name() {
    let page = render(&record(), Layout { width: 60, colour: false });
    assert!(page.contains("\u{2068}وزارة الصحة\u{2069} — says"), "{page}");
    assert!(page.contains("\u{2068}إن المستشفى سيفتح غدا\u{2069}"), "{page}");
}

#[test]
fn a_statement_that_carries_itself_does_not_hang_the_page() {
    let mut record = record();
    record.statements[0].within = Some(StatementId(1));
    assert!(render(&record, Layout { width: 20, colour: true }).len() > TextSize::ZERO.to_usize());
}
