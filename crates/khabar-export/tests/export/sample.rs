//! Records with every field in use, one in each language.

use khabar_export::Item;
use khabar_record::{
    Amount, Bound, Cue, Document, Entity, EntityId, EntityKind, Event, Manner, Medium, Mention,
    MentionForm, Origin, OriginKind, Record, Stance, Statement, StatementId, Status, TextRange,
    Time, TimeAnchor, TimeKind,
};

use super::make::{at, entity, event, party, statement};

fn date(span: TextRange, value: &str) -> Time {
    Time {
        span,
        kind: TimeKind::Date,
        value: value.to_owned(),
        start: Some(value.to_owned()),
        end: None,
        anchor: Some(TimeAnchor::Published),
    }
}

pub(crate) const ARABIC: &str = "قالت وزيرة المياه ليلى حداد يوم الأحد في بيان إن السد 😀 لم ينهر، ونفت تقارير وكالة النهر.\n\n\
     وأضافت: «قُتل 12 قرويا قرب مدينة الصفصاف».";

/// An Arabic document: a denial, a quotation, an event in a place with people counted.
#[expect(clippy::too_many_lines, reason = "one record with every field, nothing to split")]
pub(crate) fn arabic() -> Item {
    let text = ARABIC;
    let mut record = Record::new(Document {
        id: "ar-dam".to_owned(),
        source: "archive/dam.html".to_owned(),
        url: Some("https://www.jarida.example/2021/dam?a=1&b=2".to_owned()),
        title: Some("الوزيرة: السد\tلم ينهر & لن ينهار".to_owned()),
        byline: vec!["سامي ناصر".to_owned(), "Mona; Hill".to_owned()],
        outlet: Some("Jarida".to_owned()),
        published: Some("2021-06-14".parse().unwrap()),
        language: Some("ar".to_owned()),
        text: text.to_owned(),
        origin: Some(Origin {
            kind: OriginKind::Wire,
            outlet: Some("River Agency".to_owned()),
            evidence: vec![at(text, "وكالة النهر")],
            evidence_furniture: vec![],
        }),
        ..Document::default()
    });
    let second = text.find("وأضافت").unwrap();
    record.sentences =
        vec![TextRange::new(0_usize, second - 2), TextRange::new(second, text.len())];
    record.entities = vec![
        Entity {
            country: Some("LBN".to_owned()),
            sectors: vec!["GOV".to_owned(), "REL".to_owned(), "JRN".to_owned()],
            role: Some("minister of water".to_owned()),
            wikidata: Some("Q1".to_owned()),
            ..entity(1, EntityKind::Person, "Layla Haddad", "ليلى حداد")
        },
        Entity {
            country: Some("LBN".to_owned()),
            geonames: Some(42),
            lat: Some(33.5),
            lon: Some(36.25),
            ..entity(2, EntityKind::Place, "Safsaf, East; #1", "الصفصاف")
        },
        entity(7, EntityKind::Outlet, "", "وكالة النهر"),
        entity(8, EntityKind::Group, "villagers", "قرويون"),
    ];
    let mention =
        |entity, words, form| Mention { entity: EntityId(entity), span: at(text, words), form };
    record.mentions = vec![
        mention(1, "وزيرة المياه ليلى حداد", MentionForm::Nominal),
        mention(1, "ليلى حداد", MentionForm::Name),
        mention(7, "وكالة النهر", MentionForm::Name),
        mention(1, "وأضافت", MentionForm::Implicit),
        mention(2, "الصفصاف", MentionForm::Name),
    ];
    record.times = vec![date(at(text, "يوم الأحد"), "2021-06-13")];
    record.amounts = vec![Amount {
        span: at(text, "12 قرويا"),
        kind: "count".to_owned(),
        value: 12.0,
        high: None,
        unit: Some("villager".to_owned()),
        bound: Bound::Exactly,
        of: Some("killed".to_owned()),
    }];
    let minister = party(1, Some(at(text, "وزيرة المياه ليلى حداد")));
    record.statements = vec![
        Statement {
            cue: Some(Cue {
                span: at(text, "قالت"),
                lemma: "قال".to_owned(),
                act: "say".to_owned(),
            }),
            addressee: vec![party(7, None)],
            medium: Some(Medium { span: at(text, "بيان"), kind: "written".to_owned() }),
            answers: Some(StatementId(2)),
            said_at: Some(0),
            ..statement(
                1,
                vec![minister],
                vec![at(text, "إن السد"), at(text, "لم ينهر")],
                Stance::Denies,
            )
        },
        statement(
            2,
            vec![party(7, Some(at(text, "وكالة النهر")))],
            vec![at(text, "تقارير")],
            Stance::Asserts,
        ),
        Statement {
            manner: Manner::Direct,
            ..statement(
                3,
                vec![party(1, None)],
                vec![at(text, "قُتل 12 قرويا قرب مدينة الصفصاف")],
                Stance::Asserts,
            )
        },
    ];
    record.events = vec![
        Event {
            mode: Some("firearms".to_owned()),
            contexts: vec!["human_security".to_owned(), "crime".to_owned()],
            cameo: Some("1823".to_owned()),
            recipients: vec![party(8, Some(at(text, "قرويا")))],
            when: Some(0),
            place: Some(EntityId(2)),
            according_to: Some(StatementId(3)),
            amounts: vec![0],
            ..event(1, "ASSAULT", at(text, "قُتل"), at(text, "قُتل 12 قرويا قرب مدينة الصفصاف"))
        },
        Event {
            cameo: Some("090".to_owned()),
            status: Status::Negated,
            ..event(2, "ACCUSE", at(text, "ينهر"), at(text, "لم ينهر"))
        },
    ];
    Item::from(record)
}

pub(crate) const ENGLISH: &str = "Envoys of Norland\tand \"Ostia, the elder\" met in Alder on Monday.\n\nThey did not sign. \
     A union said, \"we wait\", and France promised aid.";

/// An English document: a meeting of two, a refusal, a promise; nothing is known of the page.
pub(crate) fn english() -> Item {
    let text = ENGLISH;
    let mut record = Record::new(Document {
        id: "en, \"talks\"".to_owned(),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        ..Document::default()
    });
    record.sentences =
        vec![at(text, "Envoys of Norland\tand \"Ostia, the elder\" met in Alder on Monday.")];
    record.entities = vec![
        entity(1, EntityKind::Organization, "Norland", ""),
        entity(2, EntityKind::Organization, "Ostia, the elder", ""),
        Entity {
            country: Some("FRA".to_owned()),
            ..entity(3, EntityKind::State, "France", "فرنسا")
        },
        Entity { sectors: vec!["LAB".to_owned()], ..entity(4, EntityKind::Organization, "", "") },
    ];
    let mention =
        |entity, words, form| Mention { entity: EntityId(entity), span: at(text, words), form };
    record.mentions = vec![
        mention(1, "Norland", MentionForm::Name),
        mention(2, "Ostia, the elder", MentionForm::Name),
        mention(4, "A union", MentionForm::Nominal),
        mention(3, "France", MentionForm::Name),
    ];
    record.statements = vec![Statement {
        manner: Manner::Direct,
        ..statement(
            1,
            vec![party(4, Some(at(text, "A union")))],
            vec![at(text, "we wait")],
            Stance::Asserts,
        )
    }];
    record.events = vec![
        Event {
            cameo: Some("046".to_owned()),
            actors: vec![
                party(1, Some(at(text, "Envoys of Norland"))),
                party(2, Some(at(text, "Ostia, the elder"))),
            ],
            ..event(
                1,
                "CONSULT",
                at(text, "met"),
                at(text, "Envoys of Norland\tand \"Ostia, the elder\" met in Alder on Monday"),
            )
        },
        Event {
            status: Status::Future,
            cameo: Some("033".to_owned()),
            actors: vec![party(3, Some(at(text, "France")))],
            ..event(2, "AGREE", at(text, "promised"), at(text, "France promised aid"))
        },
        Event {
            actors: vec![party(3, Some(at(text, "France")))],
            recipients: vec![party(4, None), party(1, None)],
            ..event(3, "SUPPORT", at(text, "promised"), at(text, "France promised aid"))
        },
    ];
    Item::from(record)
}
