use khabar_record::{Document, EntityKind, Mention, MentionForm, Stance, StatementId, TextSize};

use super::*;
use make::{at, entity, party, statement};

#[path = "../../../khabar-record/testing/make.rs"]
mod make;

fn record() -> Record {
    let text = "وقالت وزارة الصحة إن المستشفى سيفتح غدا.";
    let mut record = Record::new(Document {
        title: Some("المستشفى يفتح".to_owned()),
        outlet: Some("Jarida".to_owned()),
        language: Some("ar".to_owned()),
        text: text.to_owned(),
        ..Document::default()
    });
    record.entities.push(entity(1, EntityKind::Organization, "", ""));
    let ministry = at(text, "وزارة الصحة");
    record.mentions.push(Mention { entity: EntityId(1), span: ministry, form: MentionForm::Name });
    let content = vec![at(text, "إن المستشفى سيفتح غدا")];
    record.statements.push(statement(1, vec![party(1, None)], content, Stance::Asserts));
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
