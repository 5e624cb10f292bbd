//! Records to fill a store with: made here, with every field in use.

#![allow(dead_code, reason = "not every test uses all of it")]

#[path = "../../../khabar-record/testing/make.rs"]
mod make;

use khabar_record::{
    Amount, Block, BlockKind, Bound, Cue, DateSource, Document, Entity, EntityId, EntityKind,
    Event, Furniture, FurnitureKind, Manner, Medium, Mention, MentionForm, Origin, OriginKind,
    Party, Record, Stance, Statement, StatementId, StatementKind, Status, TextRange, Time,
    TimeAnchor, TimeKind,
};
use khabar_store::{DocumentKey, NewDocument};

pub(crate) use make::{at, entity, event, party};

pub(crate) fn statement(
    id: u32,
    source: Vec<Party>,
    content: TextRange,
    stance: Stance,
) -> Statement {
    make::statement(id, source, vec![content], stance)
}

pub(crate) fn document(text: &str, language: &str, published: &str, outlet: &str) -> Document {
    Document {
        id: format!("{outlet}-{published}"),
        source: format!("archive/{outlet}-{published}.txt"),
        outlet: Some(outlet.to_owned()),
        published: Some(published.parse().unwrap()),
        language: Some(language.to_owned()),
        text: text.to_owned(),
        ..Document::default()
    }
}

pub(crate) const ARABIC: &str = "قالت وزيرة المياه ليلى حداد يوم الأحد في بيان إن السد لم ينهر، ونفت تقارير وكالة النهر.\n\n\
     وأضافت أن 12 قرية أخليت قرب مدينة الصفصاف.";

/// A record that uses every field of the model.
#[expect(clippy::too_many_lines, reason = "one record with every field, nothing to split")]
pub(crate) fn full() -> Record {
    let text = ARABIC;
    let mut document = document(text, "ar", "2021-06-14", "Jarida");
    document.id = blake3_of(text);
    document.url = Some("https://jarida.example/2021/dam".to_owned());
    document.title = Some("الوزيرة: السد لم ينهر".to_owned());
    document.byline = vec!["سامي ناصر".to_owned(), "Mona Hill".to_owned()];
    document.published_from = Some(DateSource::JsonLd);
    document.furniture = vec![
        Furniture {
            kind: FurnitureKind::RelatedLink,
            text: "اقرأ أيضا: الفيضان".to_owned(),
            at: Some(TextRange::empty(at(text, "وأضافت").start())),
        },
        Furniture { kind: FurnitureKind::ShareBar, text: "Share".to_owned(), at: None },
    ];
    document.origin = Some(Origin {
        kind: OriginKind::Translated,
        outlet: Some("River Agency".to_owned()),
        evidence: vec![at(text, "وكالة النهر")],
        evidence_furniture: vec![1],
    });
    let mut record = Record::new(document);
    let second = text.find("وأضافت").unwrap();
    record.sentences =
        vec![TextRange::new(0_usize, second - 2), TextRange::new(second, text.len())];
    record.entities = vec![
        Entity {
            country: Some("LUX".to_owned()),
            sectors: vec!["GOV".to_owned(), "LEG".to_owned()],
            role: Some("minister of water".to_owned()),
            wikidata: Some("Q1".to_owned()),
            ..entity(1, EntityKind::Person, "Layla Haddad", "ليلى حداد")
        },
        Entity {
            geonames: Some(42),
            lat: Some(33.5),
            lon: Some(-36.25),
            ..entity(2, EntityKind::Place, "Safsaf", "الصفصاف")
        },
        entity(7, EntityKind::Outlet, "", "وكالة النهر"),
    ];
    record.entities[2].names.insert("fr".to_owned(), "Agence du fleuve".to_owned());
    let mention =
        |entity, words, form| Mention { entity: EntityId(entity), span: at(text, words), form };
    record.mentions = vec![
        mention(1, "وزيرة المياه ليلى حداد", MentionForm::Nominal),
        mention(1, "ليلى حداد", MentionForm::Name),
        mention(7, "وكالة النهر", MentionForm::Name),
        mention(1, "وأضافت", MentionForm::Implicit),
        mention(2, "الصفصاف", MentionForm::Name),
    ];
    record.times = vec![
        Time {
            span: at(text, "يوم الأحد"),
            kind: TimeKind::Date,
            value: "2021-06-13".to_owned(),
            start: Some("2021-06-13".to_owned()),
            end: Some("2021-06-14".to_owned()),
            anchor: Some(TimeAnchor::Published),
        },
        Time {
            span: at(text, "الأحد"),
            kind: TimeKind::Set,
            value: "XXXX-WXX-7".to_owned(),
            start: None,
            end: None,
            anchor: None,
        },
    ];
    record.amounts = vec![Amount {
        span: at(text, "12 قرية"),
        kind: "count".to_owned(),
        value: 12.0,
        high: Some(12.5),
        unit: Some("village".to_owned()),
        bound: Bound::About,
        of: Some("evacuated".to_owned()),
    }];
    let minister = Party {
        country: Some("LUX".to_owned()),
        sector: Some("GOV".to_owned()),
        ..party(1, Some(at(text, "وزيرة المياه ليلى حداد")))
    };
    record.statements = vec![
        Statement {
            cue: Some(Cue {
                span: at(text, "قالت"),
                lemma: "قال".to_owned(),
                act: "say".to_owned(),
            }),
            content: vec![at(text, "إن السد"), at(text, "لم ينهر")],
            manner: Manner::Mixed,
            addressee: vec![
                party(7, None),
                Party {
                    entity: None,
                    span: Some(at(text, "تقارير")),
                    country: None,
                    sector: Some("MED".to_owned()),
                },
            ],
            medium: Some(Medium { span: at(text, "بيان"), kind: "written".to_owned() }),
            within: Some(StatementId(4)),
            chain: vec![EntityId(7), EntityId(1)],
            said_at: Some(0),
            ..statement(3, vec![minister.clone()], at(text, "السد"), Stance::Asserts)
        },
        Statement {
            kind: StatementKind::Attitude,
            answers: Some(StatementId(3)),
            ..statement(4, vec![], at(text, "تقارير وكالة النهر"), Stance::Denies)
        },
    ];
    record.events = vec![Event {
        mode: Some("evacuate".to_owned()),
        contexts: vec!["disaster".to_owned(), "environment".to_owned()],
        cameo: Some("0233".to_owned()),
        actors: vec![minister],
        recipients: vec![party(2, None)],
        status: Status::Historical,
        when: Some(0),
        place: Some(EntityId(2)),
        according_to: Some(StatementId(3)),
        amounts: vec![0],
        rule: "test.evacuate".to_owned(),
        ..event(1, "MOBILIZE", at(text, "أخليت"), at(text, "12 قرية أخليت قرب مدينة الصفصاف"))
    }];
    record.errors = vec!["a part was left out".to_owned()];
    record
}

fn blake3_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// A record about a flood, number `n` of its kind: documents share some entities and words and not others.
pub(crate) fn flood(n: usize) -> Record {
    let towns = ["Alder", "Birch", "Cedar", "Dogwood"];
    let town = towns[n % towns.len()];
    let text = format!(
        "Mayor Hanna Weiss said on day {n} that {town} was flooded.\n\nPolice closed {n} roads near {town}."
    );
    let mut record = Record::new(document(
        &text,
        "en",
        ["2021-06-14", "2021-06-15", "2021-06-16"][n % 3],
        ["Herald", "Courier"][n % 2],
    ));
    record.document.id = format!("flood-{n}");
    record.document.source = format!("floods/{n}.txt");
    record.document.title = Some(format!("Flood in {town}"));
    record.entities = vec![
        entity(1, EntityKind::Person, "Hanna Weiss", "هانا فايس"),
        entity(2, EntityKind::Place, town, ""),
    ];
    record.mentions = vec![
        Mention { entity: EntityId(1), span: at(&text, "Hanna Weiss"), form: MentionForm::Name },
        Mention { entity: EntityId(2), span: at(&text, town), form: MentionForm::Name },
    ];
    let content = at(&text, &format!("that {town} was flooded"));
    record.statements = vec![statement(
        1,
        vec![party(1, Some(at(&text, "Hanna Weiss")))],
        content,
        Stance::Asserts,
    )];
    record
}

/// A document for the store whose key is made of its source.
pub(crate) fn new(record: Record, reader: u32) -> NewDocument {
    let blocks =
        vec![Block { range: TextRange::of(&record.document.text), kind: BlockKind::Paragraph }];
    NewDocument { key: key(&record), reader, record, blocks }
}

pub(crate) fn key(record: &Record) -> DocumentKey {
    DocumentKey::of([record.document.id.as_bytes()])
}

fn haddad(id: u32) -> Entity {
    Entity {
        country: Some("LUX".to_owned()),
        role: Some("minister of water".to_owned()),
        wikidata: Some("Q1".to_owned()),
        ..entity(id, EntityKind::Person, "Layla Haddad", "ليلى حداد")
    }
}

/// A small archive on one dam: a claim, its denial in another outlet, its contrary, and the Arabic record with every field.
pub(crate) fn dam() -> Vec<Record> {
    let said = "Opposition leader Omar Said said that the Safsaf dam had collapsed. Engineers left the Safsaf dam on Friday.";
    let mut claim = Record::new(document(said, "en", "2021-06-11", "Herald"));
    claim.document.title = Some("Dam gone, says opposition".to_owned());
    claim.entities = vec![
        entity(1, EntityKind::Person, "Omar Said", "عمر سعيد"),
        entity(2, EntityKind::Group, "engineers", ""),
    ];
    claim.mentions = vec![
        Mention { entity: EntityId(1), span: at(said, "Omar Said"), form: MentionForm::Name },
        Mention { entity: EntityId(2), span: at(said, "Engineers"), form: MentionForm::Nominal },
    ];
    let speaker = vec![party(1, Some(at(said, "Opposition leader Omar Said")))];
    claim.statements =
        vec![statement(1, speaker, at(said, "that the Safsaf dam had collapsed"), Stance::Asserts)];
    claim.events = vec![Event {
        actors: vec![party(2, Some(at(said, "Engineers")))],
        rule: "test.leave".to_owned(),
        ..event(1, "RETREAT", at(said, "left"), at(said, "Engineers left the Safsaf dam on Friday"))
    }];

    let denied = "Omar Said told a rally that the Safsaf dam had collapsed. Minister Layla Haddad denied the claim and accused Omar Said of lying.";
    let mut denial = Record::new(document(denied, "en", "2021-06-12", "Courier"));
    denial.document.title = Some("Minister: dam stands".to_owned());
    denial.entities = vec![entity(1, EntityKind::Person, "Omar Said", "عمر سعيد"), haddad(2)];
    let last = denied.rfind("Omar Said").unwrap();
    let again = TextRange::new(last, last + "Omar Said".len());
    denial.mentions = vec![
        Mention { entity: EntityId(1), span: at(denied, "Omar Said"), form: MentionForm::Name },
        Mention { entity: EntityId(2), span: at(denied, "Layla Haddad"), form: MentionForm::Name },
        Mention { entity: EntityId(1), span: again, form: MentionForm::Name },
    ];
    let minister = || vec![party(2, Some(at(denied, "Minister Layla Haddad")))];
    denial.statements = vec![
        statement(
            1,
            vec![party(1, Some(at(denied, "Omar Said")))],
            at(denied, "that the Safsaf dam had collapsed"),
            Stance::Asserts,
        ),
        Statement {
            answers: Some(StatementId(1)),
            ..statement(2, minister(), at(denied, "the claim"), Stance::Denies)
        },
        statement(3, minister(), at(denied, "Omar Said of lying"), Stance::Accuses),
    ];

    let contrary = "Layla Haddad said the Safsaf dam had not collapsed.";
    let mut rival = Record::new(document(contrary, "en", "2021-06-13", "Gazette"));
    rival.entities = vec![haddad(1)];
    rival.mentions = vec![Mention {
        entity: EntityId(1),
        span: at(contrary, "Layla Haddad"),
        form: MentionForm::Name,
    }];
    let speaker = vec![party(1, Some(at(contrary, "Layla Haddad")))];
    rival.statements = vec![statement(
        1,
        speaker,
        at(contrary, "the Safsaf dam had not collapsed"),
        Stance::Asserts,
    )];

    let mut records = vec![claim, denial, rival];
    for record in &mut records {
        record.sentences = sentences(&record.document.text);
    }
    records.push(full());
    records
}

/// The sentences of a text whose sentences end with ". ".
fn sentences(text: &str) -> Vec<TextRange> {
    let mut start = 0;
    let mut found = Vec::new();
    for part in text.split_inclusive(". ") {
        found.push(TextRange::new(start, start + part.len()).trim(text));
        start += part.len();
    }
    found
}

/// Three reports on shots at marchers: a union says so with a number, the day after an Arabic paper too, and a ministry denies
/// it with a smaller number.
pub(crate) fn march() -> Vec<Record> {
    let said = "The Teachers' Union said that police fired on marchers in Alder on Thursday. It said that 8 marchers were killed.";
    let denied = "The interior ministry denied that police fired on marchers in Alder on Thursday. It said that 3 marchers were killed in a crush.";
    let arabic = "قالت نقابة المعلمين إن الشرطة أطلقت النار على المتظاهرين في ألدر يوم الخميس.";
    let mut records = Vec::new();
    for (text, language, outlet, words) in [
        (
            said,
            "en",
            "Herald",
            ["The Teachers' Union", "police", "marchers", "Alder", "on Thursday", "fired"],
        ),
        (
            denied,
            "en",
            "Courier",
            ["The interior ministry", "police", "marchers", "Alder", "on Thursday", "fired"],
        ),
        (
            arabic,
            "ar",
            "Jarida",
            ["نقابة المعلمين", "الشرطة", "المتظاهرين", "ألدر", "يوم الخميس", "أطلقت"],
        ),
    ] {
        let [source, police, marchers, town, day, fired] = words.map(|words| at(text, words));
        let published = if outlet == "Herald" { "2021-07-01" } else { "2021-07-02" };
        let mut record = Record::new(document(text, language, published, outlet));
        record.document.title = Some(format!("{outlet}: shots in Alder"));
        record.sentences = sentences(text);
        let speaker = if outlet == "Courier" {
            entity(1, EntityKind::Organization, "Interior Ministry", "وزارة الداخلية")
        } else {
            entity(1, EntityKind::Organization, "Teachers' Union", "نقابة المعلمين")
        };
        record.entities = vec![
            Entity { country: Some("LUX".to_owned()), ..speaker },
            Entity {
                country: Some("LUX".to_owned()),
                sectors: vec!["COP".to_owned()],
                ..entity(2, EntityKind::Group, "police", "الشرطة")
            },
            entity(3, EntityKind::Group, "marchers", "متظاهرون"),
            Entity {
                country: Some("LUX".to_owned()),
                geonames: Some(77),
                ..entity(4, EntityKind::Place, "Alder", "ألدر")
            },
        ];
        let mention = |entity, span, form| Mention { entity: EntityId(entity), span, form };
        record.mentions = vec![
            mention(1, source, MentionForm::Name),
            mention(2, police, MentionForm::Nominal),
            mention(3, marchers, MentionForm::Nominal),
            mention(4, town, MentionForm::Name),
        ];
        record.times = vec![Time {
            span: day,
            kind: TimeKind::Date,
            value: "2021-07-01".to_owned(),
            start: Some("2021-07-01".to_owned()),
            end: Some("2021-07-02".to_owned()),
            anchor: Some(TimeAnchor::Published),
        }];
        let clause = TextRange::new(police.start(), day.end());
        let denies = outlet == "Courier";
        let stance = if denies { Stance::Denies } else { Stance::Asserts };
        record.statements = vec![statement(1, vec![party(1, Some(source))], clause, stance)];
        record.events = vec![Event {
            mode: Some("firearms".to_owned()),
            actors: vec![party(2, Some(police))],
            recipients: vec![party(3, Some(marchers))],
            status: if denies { Status::Negated } else { Status::Actual },
            when: Some(0),
            place: Some(EntityId(4)),
            according_to: Some(StatementId(1)),
            rule: "test.fire".to_owned(),
            ..event(1, "ASSAULT", fired, clause)
        }];
        if let Some(start) = text.find("that 8").or_else(|| text.find("that 3")) {
            let content = TextRange::new(start, text.len() - 1);
            record.statements.push(statement(2, vec![party(1, None)], content, Stance::Asserts));
            let number = TextRange::new(start + 5, start + 15);
            record.amounts = vec![Amount {
                span: number,
                kind: "count".to_owned(),
                value: text[start + 5..=start + 5].parse().unwrap(),
                high: None,
                unit: Some("person".to_owned()),
                bound: Bound::Exactly,
                of: Some("killed".to_owned()),
            }];
        }
        records.push(record);
    }
    records
}
