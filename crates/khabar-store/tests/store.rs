//! What goes in comes out: records, views, order, replacement, damage.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on has failed")]

mod common;
#[path = "common/rows_4.rs"]
mod rows_4;

use std::fs;
use std::path::Path;

use common::{dam, flood, full, key, march, new};
use khabar_record::{Amount, Party, Record, StatementId, TextRange};
use khabar_store::{Change, Filter, Store, StoreError};
use rusqlite::{Connection, types::Value};

const VIEWS: [&str; 20] = [
    "documents",
    "sources",
    "sentences",
    "entities",
    "mentions",
    "times",
    "amounts",
    "statements",
    "statement_parties",
    "statement_contents",
    "statement_chains",
    "events",
    "event_parties",
    "stories",
    "story_documents",
    "copies",
    "happenings",
    "happening_reports",
    "denials",
    "rivals",
];

/// Columns that number rows by the order in which they came; the others must not depend on it.
const INTERNAL: [&str; 2] = ["doc", "profile"];

/// All rows of all views, sorted.
fn rows(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let mut out = Vec::new();
    for view in VIEWS {
        let mut statement = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<String> = columns
                .iter()
                .enumerate()
                .filter(|(_, name)| !INTERNAL.contains(&name.as_str()))
                .map(|(n, name)| format!("{name}={:?}", row.get::<_, Value>(n).unwrap()))
                .collect();
            out.push(format!("{view}: {}", cells.join(" ")));
        }
    }
    out.sort();
    out
}

fn all(store: &Store) -> Vec<Record> {
    store.records(&Filter::default()).unwrap().map(|stored| stored.unwrap().record).collect()
}

#[test]
fn a_record_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    let mut empty = Record::new(common::document("", "en", "1969-12-31", "Void"));
    empty.document.published = None;
    let records = [full(), flood(1), flood(2), empty];
    let changes = store.add(records.iter().map(|record| new(record.clone(), 1))).unwrap();
    assert_eq!(changes, [Change::Added; 4]);
    for record in &records {
        let stored = store.document(key(record)).unwrap().unwrap();
        assert_eq!(&stored.record, record);
        assert_eq!((stored.key, stored.reader), (key(record), 1));
    }
    assert_eq!(store.count().unwrap(), 4);
    store.check().unwrap();
}

#[test]
fn adding_twice_changes_nothing_but_the_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store.add([new(full(), 1)]).unwrap();
    let before = rows(&path);
    assert_eq!(store.add([new(full(), 1)]).unwrap(), [Change::Unchanged]);
    assert_eq!(rows(&path), before);
    for source in ["b/2.txt", "a/1.txt", "b/2.txt"] {
        let mut moved = full();
        moved.document.source = source.to_owned();
        assert_eq!(store.add([new(moved, 1)]).unwrap(), [Change::Unchanged]);
    }
    assert_eq!(all(&store)[0].document.source, "a/1.txt");
    let places = rows(&path).iter().filter(|row| row.starts_with("sources:")).count();
    assert_eq!(places, 3);
}

#[test]
fn rows_do_not_depend_on_the_order_of_adding() {
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for (n, order) in [vec![0, 1, 2, 3, 4, 5], vec![5, 3, 1, 0, 2, 4, 0]].iter().enumerate() {
        let path = folder.path().join(format!("{n}.db"));
        let mut store = Store::create(&path).unwrap();
        for batch in order.chunks(n + 1) {
            let record = |&i: &usize| new(if i == 5 { full() } else { flood(i) }, 1);
            store.add(batch.iter().map(record)).unwrap();
        }
        seen.push((rows(&path), all(&store)));
    }
    assert!(seen[0] == seen[1]);
}

/// A store whose schema is that of an older version gets what it lacks when it is next written to.
#[test]
fn an_older_store_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("fresh.db");
    let records = || (0..6).map(flood).chain([full()]).chain(march());
    let fill = |path: &Path| {
        let mut store = Store::create(path).unwrap();
        store.add(records().map(|record| new(record, 1))).unwrap();
        store.settle(|_| ()).unwrap();
    };
    fill(&fresh);
    for version in [1, 2, 3, 4] {
        let old = folder.path().join(format!("{version}.db"));
        fill(&old);
        let db = Connection::open(&old).unwrap();
        let views: Vec<String> = db
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'view'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for view in views {
            db.execute_batch(&format!("DROP VIEW {view}")).unwrap();
        }
        rows_4::take_back(&db, records().map(|record| new(record, 1)));
        if version < 4 {
            db.execute_batch(include_str!("cases/rows_3.sql")).unwrap();
        }
        if version < 3 {
            db.execute_batch("DROP TABLE _denials; DROP TABLE _rivals").unwrap();
        }
        if version == 1 {
            for view in ["stories", "story_documents", "copies", "happenings", "happening_reports"]
            {
                db.execute_batch(&format!("CREATE TABLE {view} (doc INTEGER)")).unwrap();
            }
            for table in [
                "_marks",
                "_runs",
                "_unsettled",
                "_story_documents",
                "_copies",
                "_happening_reports",
            ] {
                db.execute_batch(&format!("DROP TABLE {table}")).unwrap();
            }
        }
        db.pragma_update(None, "user_version", version).unwrap();
        drop(db);
        let error = Store::open(&old).unwrap_err();
        assert!(error.to_string().contains("older") && !error.is_damage(), "{error}");
        let mut store = Store::create(&old).unwrap();
        assert_eq!(store.waiting().unwrap(), if version > 2 { 0 } else { 10 });
        store.settle(|_| ()).unwrap();
        assert_eq!(rows(&old), rows(&fresh), "version {version}");
        assert!(all(&store) == all(&Store::open(&fresh).unwrap()), "version {version}");
        store.check().unwrap();
    }
}

#[test]
fn a_newer_reader_replaces_its_own_rows_only() {
    let folder = tempfile::tempdir().unwrap();
    let (old, fresh) = (folder.path().join("old.db"), folder.path().join("fresh.db"));
    let mut store = Store::create(&old).unwrap();
    store.add([new(flood(1), 1), new(full(), 1), new(flood(2), 1)]).unwrap();
    assert_eq!(store.outdated(2, None, 10).unwrap().len(), 3);
    let mut better = full();
    better.entities.remove(1);
    better.entities[0].role = Some("minister".to_owned());
    better.mentions.retain(|mention| mention.entity.0 != 2);
    better.events.clear();
    better.statements[0].content.pop();
    assert_eq!(store.add([new(better.clone(), 2)]).unwrap(), [Change::Replaced]);
    assert_eq!(store.add([new(full(), 1)]).unwrap(), [Change::Unchanged]);
    assert_eq!(store.outdated(2, None, 10).unwrap().len(), 2);
    let mut direct = Store::create(&fresh).unwrap();
    direct.add([new(better, 2), new(flood(2), 1), new(flood(1), 1)]).unwrap();
    assert_eq!(rows(&old), rows(&fresh));
    let profiles = |path: &Path| -> i64 {
        let db = Connection::open(path).unwrap();
        db.query_row("SELECT count(*) FROM _entities", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(profiles(&old), profiles(&fresh), "entities that nobody speaks of are gone");
    store.check().unwrap();
}

/// What a writer remembers of entities may have been taken out by another.
#[test]
fn what_another_took_out_is_put_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut one = Store::create(&path).unwrap();
    one.add([new(full(), 1)]).unwrap();
    let mut better = full();
    better.entities.truncate(1);
    better.mentions.clear();
    better.events.clear();
    better.statements.clear();
    let mut other = Store::create(&path).unwrap();
    assert_eq!(other.add([new(better, 2)]).unwrap(), [Change::Replaced]);
    let mut again = full();
    again.document.id = "again".to_owned();
    one.add([new(again.clone(), 1)]).unwrap();
    assert!(all(&one).iter().any(|record| record.entities == again.entities));
    one.check().unwrap();
}

/// Items keep what is unusual: numbers out of order, parties of nothing, places before and far behind their anchor.
#[test]
fn odd_items_survive_and_the_views_tell_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut record = full();
    record.document.text.push_str(&" ثم".repeat(25_000));
    let end = TextRange::of(&record.document.text).end();
    let far = TextRange::new(end.to_usize() - 4, end.to_usize());
    let nobody = Party { entity: None, span: None, country: None, sector: None };
    let somebody = Party { span: Some(far), sector: Some("military".to_owned()), ..nobody.clone() };
    let statement = &mut record.statements[0];
    statement.id = StatementId(70);
    statement.source = vec![nobody.clone(), somebody.clone()];
    statement.addressee = vec![nobody.clone()];
    statement.chain = Vec::new();
    statement.content.push(far);
    record.statements[1].within = Some(StatementId(70));
    record.statements[1].cue = None;
    let event = &mut record.events[0];
    (event.trigger, event.span) = (far, TextRange::of(&record.document.text));
    event.actors.push(nobody);
    event.recipients = vec![somebody; 2];
    event.according_to = Some(StatementId(70));
    let amount = record.amounts[0].clone();
    for value in [0.0, -3.5, 0.1, 1e20, 123_456_789.25] {
        record.amounts.push(Amount { value, high: Some(value + 1.0), ..amount.clone() });
    }
    record.events[0].amounts = vec![0, 5, 2];
    let mut store = Store::create(&path).unwrap();
    store.add([new(record.clone(), 1)]).unwrap();
    assert_eq!(all(&store)[0], record);
    let told = record.clone().into_code_points();
    let db = Connection::open(&path).unwrap();
    let found = |sql: &str| -> Vec<String> {
        let mut query = db.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let contents: Vec<String> = told
        .statements
        .iter()
        .flat_map(|it| {
            it.content.iter().map(move |span| format!("s{} {}-{}", it.id.0, span.0, span.1))
        })
        .collect();
    let sql =
        "SELECT substr(statement, 34) || ' ' || start || '-' || \"end\" FROM statement_contents";
    assert_eq!(found(sql), contents);
    assert_eq!(
        found("SELECT substr(within, 34) FROM statements WHERE within IS NOT NULL AND cue IS NULL"),
        ["s70"]
    );
    let event = &told.events[0];
    let places = format!(
        "{}-{} {}-{} s70 0,5,2",
        event.trigger.0, event.trigger.1, event.span.0, event.span.1
    );
    assert_eq!(
        found(
            "SELECT trigger_start || '-' || trigger_end || ' ' || start || '-' || \"end\" || ' ' || substr(according_to, 34)
               || ' ' || amounts FROM events WHERE amounts LIKE '%,%'"
        ),
        [places]
    );
    assert_eq!(
        found(
            "SELECT coalesce(words, '-') || coalesce(sector, '-') FROM event_parties WHERE role = 'recipient' AND event LIKE '%/v1'"
        ),
        ["ثمmilitary", "ثمmilitary"]
    );
    let sum: f64 = told.amounts.iter().map(|it| it.value + it.high.unwrap_or(0.0)).sum();
    let seen: f64 = db
        .query_row("SELECT sum(value + coalesce(high, 0)) FROM amounts", [], |row| row.get(0))
        .unwrap();
    assert!((sum - seen).abs() <= sum.abs() * 1e-12);
}

#[test]
fn the_views_quote_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store.add([new(full(), 1), new(flood(3), 1)]).unwrap();
    let db = Connection::open(&path).unwrap();
    let text = |sql: &str| -> String {
        db.query_row(sql, [], |row| row.get::<_, Option<String>>(0)).unwrap().unwrap_or_default()
    };
    let minister = "وزيرة المياه ليلى حداد";
    assert_eq!(
        text("SELECT words FROM mentions WHERE n = 1 AND form = 'name' AND entity = 'e1'"),
        "ليلى حداد"
    );
    assert_eq!(
        text("SELECT words FROM sentences WHERE n = 1 AND words LIKE '%12%'"),
        "وأضافت أن 12 قرية أخليت قرب مدينة الصفصاف."
    );
    assert_eq!(
        text("SELECT words || value || first FROM times WHERE n = 0"),
        "يوم الأحد2021-06-132021-06-13"
    );
    assert_eq!(text("SELECT words || unit || bound FROM amounts"), "12 قريةvillageabout");
    assert_eq!(
        text(
            "SELECT source || '|' || cue || '|' || words || '|' || medium || '|' || day FROM statements WHERE stance = 'asserts' AND medium IS NOT NULL"
        ),
        format!("{minister}|قالت|إن السد … لم ينهر|written|2021-06-13")
    );
    assert_eq!(
        text("SELECT group_concat(words, '|') FROM statement_contents WHERE statement LIKE '%/s3'"),
        "إن السد|لم ينهر"
    );
    assert_eq!(
        text("SELECT group_concat(entity, '|') FROM statement_chains WHERE statement LIKE '%/s3'"),
        "e7|e1"
    );
    assert_eq!(
        text("SELECT group_concat(sector) FROM statement_parties WHERE role = 'addressee'"),
        "MED"
    );
    assert_eq!(
        text(
            "SELECT type || mode || contexts || cameo || status || actors || \"trigger\" || words || place FROM events"
        ),
        format!(
            "MOBILIZEevacuatedisaster environment0233historical{minister}أخليت12 قرية أخليت قرب مدينة الصفصافe2"
        )
    );
    assert_eq!(
        text("SELECT role || country || words FROM event_parties WHERE sector = 'GOV'"),
        format!("actorLUX{minister}")
    );
    assert_eq!(
        text(
            "SELECT name_en || name_ar || country || sectors || role FROM entities WHERE wikidata = 'Q1'"
        ),
        "Layla Haddadليلى حدادLUXGOV LEGminister of water"
    );
    assert_eq!(
        text(
            "SELECT outlet || published || language || origin || origin_outlet FROM documents WHERE url IS NOT NULL"
        ),
        "Jarida2021-06-14artranslatedRiver Agency"
    );
}

#[test]
fn documents_are_chosen_by_day_language_and_outlet() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path().join("khabar.db")).unwrap();
    store.add((0..6).map(|n| new(flood(n), 1)).chain([new(full(), 1)])).unwrap();
    let count = |filter: Filter| store.records(&filter).unwrap().count();
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(count(Filter::default()), 7);
    assert_eq!(count(Filter { since: day("2021-06-15"), ..Filter::default() }), 4);
    assert_eq!(
        count(Filter { until: day("2021-06-15"), since: day("2021-06-15"), ..Filter::default() }),
        2
    );
    assert_eq!(count(Filter { language: Some("ar".into()), ..Filter::default() }), 1);
    assert_eq!(count(Filter { language: Some("fr".into()), ..Filter::default() }), 0);
    assert_eq!(count(Filter { outlet: Some("hera".into()), ..Filter::default() }), 3);
}

#[test]
fn readers_see_one_moment_and_are_not_held_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut writer = Store::create(&path).unwrap();
    writer.add((0..3).map(|n| new(flood(n), 1))).unwrap();
    let reader = Store::open(&path).unwrap();
    let mut records = reader.records(&Filter::default()).unwrap();
    records.next().unwrap().unwrap();
    writer.add((3..9).map(|n| new(flood(n), 1))).unwrap();
    assert_eq!(records.count(), 2);
    assert_eq!(reader.count().unwrap(), 9);
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let missing = Store::open(path("none.db")).unwrap_err();
    assert!(missing.is_missing() && !missing.is_damage(), "{missing}");
    fs::write(path("text.db"), "dear diary, this is no database").unwrap();
    Connection::open(path("other.db")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    Store::create(path("newer.db")).unwrap();
    Connection::open(path("newer.db")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for (name, why) in [
        ("text.db", "no SQLite database"),
        ("other.db", "another program"),
        ("newer.db", "schema 99"),
    ] {
        let before = fs::read(path(name)).unwrap();
        for error in [Store::open(path(name)).unwrap_err(), Store::create(path(name)).unwrap_err()]
        {
            assert!(error.is_damage() && error.to_string().contains(why), "{error}");
            assert!(error.to_string().contains(name), "{error}");
        }
        if name != "other.db" {
            assert_eq!(fs::read(path(name)).unwrap(), before, "{name} was touched");
        }
    }
}

/// Cut short, overwritten or with other bytes somewhere: never an answer as if nothing were wrong, never a panic.
#[test]
fn damage_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    let mut store = Store::create(&path).unwrap();
    store
        .add((0..60).map(|n| new(flood(n), 1)).chain(dam().into_iter().map(|it| new(it, 1))))
        .unwrap();
    store.settle(|_| ()).unwrap();
    drop(store);
    let whole = fs::read(&path).unwrap();
    let page = 65_536;
    let look = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let look = || -> Result<(), StoreError> {
            let store = Store::open(&path)?;
            store.check()?;
            for document in store.records(&Filter::default())? {
                document?;
            }
            store.claims(&Filter::default(), 10)?;
            store.stories(&Filter::default(), 10).map(drop)
        };
        look()
    };
    look(&whole).unwrap();
    let mut faults: Vec<(String, Vec<u8>)> = vec![
        ("half".into(), whole[..whole.len() / 2].to_vec()),
        ("a page and a bit".into(), whole[..page + 100].to_vec()),
        ("50 bytes".into(), whole[..50].to_vec()),
        ("no header".into(), [&[0; 100][..], &whole[100..]].concat()),
        ("another's header".into(), [&b"%PDF-1.7"[..], &whole[8..]].concat()),
    ];
    // The pages behind the first hold the roots of the tables.
    for n in 1..6 {
        let mut bytes = whole.clone();
        bytes[n * page..n * page + 4096].fill(0xa5);
        faults.push((format!("page {n}"), bytes));
    }
    for (what, bytes) in faults {
        let error = look(&bytes).expect_err(&what);
        assert!(error.is_damage(), "{what}: {error}");
        assert!(error.to_string().contains("khabar.db"), "{what}: {error}");
    }
    // A flipped bit may lie where nothing is kept or in a text, which no check can know. What it does say is an error of ours.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut found = 0;
    for _ in 0..60 {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut bytes = whole.clone();
        let at = (random >> 20) as usize % bytes.len();
        bytes[at] ^= 1 << (random & 7);
        if let Err(error) = look(&bytes) {
            assert!(error.is_damage(), "byte {at}: {error}");
            found += 1;
        }
    }
    assert!(found > 0);
}

/// The page on the store names every view with its columns in their order.
#[test]
fn the_views_are_documented() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khabar.db");
    Store::create(&path).unwrap();
    let db = Connection::open(&path).unwrap();
    let page = include_str!("../../../docs/store.md");
    for view in VIEWS {
        let query = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let columns: Vec<String> = query.column_names().map(|name| format!("`{name}`")).collect();
        let section = page.split(&format!("### `{view}`\n")).nth(1).unwrap_or_default();
        let listed = columns.join(" · ");
        assert!(section.lines().any(|line| line == listed), "{view} wants the line\n{listed}");
    }
}
