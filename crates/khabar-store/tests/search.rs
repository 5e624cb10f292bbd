//! Searching: Arabic forms, names in both scripts, order, filters, places.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod common;

use common::{at, document, entity, flood, full, new, party, statement};
use khabar_record::{EntityId, EntityKind, Mention, MentionForm, Record, Stance, TextRange};
use khabar_store::{Filter, Hit, PassageKind, Store};
use tempfile::TempDir;

fn store(records: impl IntoIterator<Item = Record>) -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    store.add(records.into_iter().map(|record| new(record, 1))).unwrap();
    (folder, store)
}

fn plain(id: &str, text: &str, language: &str, published: &str) -> Record {
    let mut record = Record::new(document(text, language, published, "Herald"));
    id.clone_into(&mut record.document.id);
    record.sentences = vec![TextRange::of(text)];
    record
}

fn find(store: &Store, words: &str) -> Vec<Hit> {
    store.search(&Filter { words: words.to_owned(), ..Filter::default() }, 100).unwrap()
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.document.record.document.id.as_str()).collect()
}

/// Each text must be found by its query and not by the words beside it; every query is put to a store with all texts.
#[test]
fn arabic_queries_find_every_form() {
    let cases: Vec<Vec<&str>> = include_str!("cases/arabic_search.tsv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("text\t"))
        .map(|line| line.split('\t').collect())
        .collect();
    let (_folder, store) = store(cases.iter().enumerate().map(|(n, cells)| {
        let mut record = plain(&n.to_string(), cells[0], "ar", "2024-01-01");
        if let Some((ar, en)) = cells.get(4).and_then(|names| names.split_once(" = ")) {
            record.entities = vec![entity(1, EntityKind::Person, en, ar)];
            let span = at(cells[0], ar);
            record.mentions = vec![Mention { entity: EntityId(1), span, form: MentionForm::Name }];
        }
        record
    }));
    let mut missed = Vec::new();
    for (n, cells) in cases.iter().enumerate() {
        let (text, query, absent) = (cells[0], cells[1], cells[2]);
        let id = n.to_string();
        let hits = find(&store, query);
        match hits.iter().find(|hit| hit.document.record.document.id == id) {
            Some(hit) => {
                assert!(!hit.passages[0].marks.is_empty(), "{query} is not marked in {text}");
            }
            None => missed.push(format!("{query} misses {text}")),
        }
        if !absent.is_empty() && ids(&find(&store, absent)).contains(&id.as_str()) {
            missed.push(format!("{absent} finds {text}"));
        }
    }
    assert!(missed.is_empty(), "{} of {}: {missed:#?}", missed.len(), cases.len());
    assert_eq!(cases.len(), 64);
}

#[test]
fn english_queries_find_forms_and_mark_them() {
    let (_folder, store) = store([
        plain("1", "Troops were attacking the town. Nothing else happened.", "en", "2024-01-01"),
        plain("2", "The U.S. envoy said little. It helps us.", "en", "2024-01-02"),
        plain("3", "Children fled the clashes near Erdoğan’s palace.", "en", "2024-01-03"),
        plain("4", "It helps us all.", "en", "2024-01-04"),
    ]);
    for (query, expected, marked) in [
        ("attacks", "1", "attacking"),
        ("US says", "2", "U.S"),
        ("child clash", "3", "Children"),
        ("erdogan", "3", "Erdoğan’s"),
    ] {
        let hits = find(&store, query);
        assert_eq!(ids(&hits), [expected], "{query}");
        let passage = &hits[0].passages[0];
        assert_eq!(&hits[0].document.record.document.text[passage.marks[0]], marked, "{query}");
    }
    assert!(find(&store, "the of").is_empty());
    assert!(find(&store, "town palace").is_empty(), "all words must occur");
    assert!(find(&store, "\"troops town\"").is_empty());
    assert_eq!(ids(&find(&store, "\"attacking the town\"")), ["1"]);
}

#[test]
fn a_name_finds_both_scripts() {
    let mut arabic = plain("ar", "التقت فايس وفدا. غادر الوفد.", "ar", "2024-01-01");
    arabic.entities = vec![entity(1, EntityKind::Person, "Hanna Weiss", "هانا فايس")];
    let span = at(&arabic.document.text, "فايس");
    arabic.mentions = vec![Mention { entity: EntityId(1), span, form: MentionForm::Name }];
    let (_folder, store) = store([arabic, flood(1)]);
    for name in ["Hanna Weiss", "weiss", "هانا فايس", "وفايس"] {
        let hits = find(&store, name);
        let mut found = ids(&hits);
        found.sort_unstable();
        assert_eq!(found, ["ar", "flood-1"], "{name}");
    }
    let hits = find(&store, "Weiss");
    let hit = hits.iter().find(|hit| hit.document.record.document.id == "ar").unwrap();
    assert_eq!(hit.passages[0].marks, [span], "the mention is marked");
}

#[test]
fn the_best_come_first_and_among_equals_the_newest() {
    let (_folder, store) = store([
        plain("old", "The dam broke near the mill.", "en", "2019-05-01"),
        plain("new", "The dam broke near the mill.", "en", "2023-05-01"),
        plain(
            "often",
            "The dam, the old dam, is the dam of dams: a dam, a dam, a dam.",
            "en",
            "2018-05-01",
        ),
        plain("none", "The bridge broke.", "en", "2024-05-01"),
    ]);
    assert_eq!(ids(&find(&store, "dam")), ["often", "new", "old"]);
    let limited = Filter { words: "dam".into(), ..Filter::default() };
    assert_eq!(ids(&store.search(&limited, 2).unwrap()), ["often", "new"]);
}

#[test]
fn many_equals_come_in_the_same_order_as_few() {
    let day = |n: usize| format!("20{:02}-{:02}-{:02}", n % 7 + 10, n % 12 + 1, n % 28 + 1);
    let (_folder, store) =
        store((0..700).map(|n| plain(&n.to_string(), "The dam broke.", "en", &day(n))));
    let all = store.search(&Filter { words: "dam".into(), ..Filter::default() }, 700).unwrap();
    assert_eq!(all.len(), 700);
    let order =
        |hit: &Hit| (std::cmp::Reverse(hit.document.record.document.published), hit.document.key);
    assert!(all.is_sorted_by_key(order));
    let first = store.search(&Filter { words: "dam".into(), ..Filter::default() }, 10).unwrap();
    assert_eq!(ids(&first), ids(&all[..10]));
}

#[test]
fn speakers_and_actors_narrow_a_search_to_what_they_say_and_do() {
    let text =
        "Hanna Weiss said the dam is safe. Omar Said said the bridge is safe and Hanna Weiss lied.";
    let mut two = plain("two", text, "en", "2024-01-01");
    two.entities = vec![
        entity(1, EntityKind::Person, "Hanna Weiss", "هانا فايس"),
        entity(2, EntityKind::Person, "Omar Said", "عمر سعيد"),
    ];
    let last = text.rfind("Hanna Weiss").unwrap();
    let again = TextRange::new(last, last + "Hanna Weiss".len());
    two.mentions = vec![
        Mention { entity: EntityId(1), span: at(text, "Hanna Weiss"), form: MentionForm::Name },
        Mention { entity: EntityId(2), span: at(text, "Omar Said"), form: MentionForm::Name },
        Mention { entity: EntityId(1), span: again, form: MentionForm::Name },
    ];
    two.statements = vec![
        statement(
            1,
            vec![party(1, Some(at(text, "Hanna Weiss")))],
            at(text, "the dam is safe"),
            Stance::Asserts,
        ),
        statement(
            2,
            vec![party(2, Some(at(text, "Omar Said")))],
            at(text, "the bridge is safe and Hanna Weiss lied"),
            Stance::Accuses,
        ),
    ];
    let (_folder, store) = store([two, full(), flood(1)]);
    let ask = |filter: Filter| -> Vec<String> {
        store
            .search(&filter, 10)
            .unwrap()
            .iter()
            .flat_map(|hit| {
                hit.passages.iter().map(|passage| {
                    let kind = match passage.kind {
                        PassageKind::Text => "text".to_owned(),
                        PassageKind::Statement(id) => id.to_string(),
                        PassageKind::Event(id) => id.to_string(),
                    };
                    format!(
                        "{}/{kind}",
                        hit.document.record.document.title.as_deref().unwrap_or("two")
                    )
                })
            })
            .collect()
    };
    let words = |words: &str| Filter { words: words.into(), ..Filter::default() };
    let speaker = |name: &str, of: &str| Filter { speaker: Some(name.into()), ..words(of) };
    assert_eq!(ask(speaker("Weiss", "safe")), ["two/s1"]);
    assert_eq!(ask(speaker("سعيد", "safe")), ["two/s2"]);
    assert!(ask(speaker("Weiss", "bridge")).is_empty());
    assert_eq!(ask(speaker("Weiss", "")), ["two/s1", "Flood in Birch/s1"]);
    assert_eq!(ask(Filter { about: Some("Hanna Weiss".into()), ..words("") }), ["two/s2"]);
    assert!(ask(speaker("Hanna Said", "")).is_empty());
    let dam = "الوزيرة: السد لم ينهر";
    assert_eq!(ask(Filter { actor: Some("Haddad".into()), ..words("") }), [format!("{dam}/v1")]);
    assert_eq!(
        ask(Filter { event: Some("mobilize/evacuate".into()), ..words("قرى") }),
        [format!("{dam}/v1")]
    );
    assert!(ask(Filter { event: Some("MOBILIZE/troops".into()), ..words("") }).is_empty());
    assert_eq!(
        ask(Filter { country: Some("LUX".into()), ..words("") }),
        [format!("{dam}/s3"), format!("{dam}/v1")]
    );
    assert_eq!(
        ask(Filter {
            speaker: Some("ليلى حداد".into()),
            event: Some("MOBILIZE".into()),
            ..words("")
        }),
        [format!("{dam}/v1")]
    );
    assert!(ask(Filter { language: Some("ar".into()), ..words("safe") }).is_empty());
    let exported = store.records(&speaker("Weiss", "safe")).unwrap().count();
    assert_eq!(exported, 1);
}

/// Whatever is asked, the answer is an answer.
#[test]
fn odd_queries_do_no_harm() {
    let (_folder, store) = store([flood(1), full()]);
    for words in [
        "\"",
        "*",
        "a OR b",
        "e:1",
        "flood+",
        "'; DROP TABLE _texts",
        "ال",
        "و",
        "\u{0}",
        "NEAR(",
        "😀",
        "الـ",
        "ـ",
    ] {
        find(&store, words);
    }
    assert!(find(&store, "e:1 flooded").is_empty());
}
