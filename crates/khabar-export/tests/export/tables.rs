//! Parquet and CSV.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use khabar_export::{DenialItem, Export, Format, HappeningItem, Item, StoryItem, StoryMember};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use super::{characters, export, read, sample};

const TABLES: [&str; 16] = [
    "amounts",
    "denials",
    "documents",
    "entities",
    "event_parties",
    "events",
    "happenings",
    "mentions",
    "sentences",
    "statement_chains",
    "statement_contents",
    "statement_parties",
    "statements",
    "stories",
    "story_documents",
    "times",
];

/// The tables of what a store knows of documents together; records alone leave them empty.
const OF_STORIES: [&str; 4] = ["denials", "happenings", "stories", "story_documents"];

fn rows(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn cell<'r>(row: &'r Row, name: &str) -> &'r Field {
    row.get_column_iter().find(|(column, _)| *column == name).map(|(_, field)| field).unwrap()
}

fn text<'r>(row: &'r Row, name: &str) -> Option<&'r str> {
    match cell(row, name) {
        Field::Str(text) => Some(text),
        Field::Null => None,
        other => panic!("{name}: {other:?}"),
    }
}

fn number(row: &Row, name: &str) -> Option<u64> {
    match cell(row, name) {
        Field::Long(number) => Some(u64::try_from(*number).unwrap()),
        Field::Null => None,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_table_quotes_the_text_at_its_offsets() {
    let items = [sample::arabic(), sample::english()];
    let (summary, _folder, path) = export(Format::Parquet, &items);
    assert_eq!((summary.documents, summary.events_left_out), (2, 0));
    let texts: BTreeMap<String, String> = rows(&path.join("documents.parquet"))
        .iter()
        .map(|row| {
            (text(row, "document").unwrap().to_owned(), text(row, "text").unwrap().to_owned())
        })
        .collect();
    assert_eq!(texts["ar-dam"], sample::ARABIC);
    let mut checked = 0;
    let quoting =
        |table: &&&str| !["documents", "entities"].contains(table) && !OF_STORIES.contains(table);
    for table in TABLES.iter().filter(quoting) {
        let rows = rows(&path.join(format!("{table}.parquet")));
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            let source = &texts[text(&row, "document").unwrap()];
            let columns: Vec<&String> = row.get_column_iter().map(|(name, _)| name).collect();
            for (start, end, words) in [
                ("start", "end", "words"),
                ("cue_start", "cue_end", "cue"),
                ("trigger_start", "trigger_end", "trigger"),
            ] {
                if !columns.iter().any(|name| *name == start) {
                    continue;
                }
                let span = number(&row, start).zip(number(&row, end));
                let quoted = span.map(|(start, end)| characters(source, start, end));
                assert_eq!(quoted.as_deref(), text(&row, words), "{table}");
                checked += usize::from(quoted.is_some());
            }
        }
    }
    assert_eq!(checked, 38);
}

#[test]
fn values_keep_their_types() {
    let (_, _folder, path) = export(Format::Parquet, &[sample::english(), sample::arabic()]);
    let documents = rows(&path.join("documents.parquet"));
    let byline = |row: &Row| match cell(row, "byline") {
        Field::Null => None,
        Field::ListInternal(list) => Some(list.elements().to_vec()),
        other => panic!("{other:?}"),
    };
    assert_eq!(byline(&documents[0]), None);
    let names = ["سامي ناصر", "Mona; Hill"].map(|name| Field::Str(name.to_owned()));
    assert_eq!(byline(&documents[1]), Some(names.to_vec()));
    assert_eq!(cell(&documents[0], "published"), &Field::Null);
    // Days since 1970-01-01.
    assert_eq!(cell(&documents[1], "published"), &Field::Date(18_792));
    assert_eq!(text(&documents[1], "origin"), Some("wire"));
    let entities = rows(&path.join("entities.parquet"));
    assert_eq!(cell(&entities[5], "lat"), &Field::Double(33.5));
    assert_eq!(number(&entities[5], "geonames"), Some(42));
    let statements = rows(&path.join("statements.parquet"));
    assert_eq!(text(&statements[1], "answers"), Some("ar-dam/s2"));
    assert_eq!(text(&statements[1], "words"), Some("إن السد … لم ينهر"));
    assert_eq!(text(&statements[1], "stance"), Some("denies"));
    let events = rows(&path.join("events.parquet"));
    let statuses: Vec<_> = events.iter().map(|row| text(row, "status").unwrap()).collect();
    assert_eq!(statuses, ["actual", "future", "actual", "actual", "negated"]);
    assert_eq!(text(&events[3], "according_to"), Some("ar-dam/s3"));
    assert_eq!(text(&events[2], "recipients"), Some("A union, Norland"));
}

#[test]
fn happenings_and_stories_of_the_store_are_kept() {
    let mut item = sample::arabic();
    item.key = "k1".to_owned();
    item.story = Some("story-9".to_owned());
    item.happenings.insert(item.record.events[0].id, "h-3".to_owned());
    let (_, _folder, path) = export(Format::Parquet, &[item]);
    let events = rows(&path.join("events.parquet"));
    assert_eq!(text(&events[0], "event"), Some("k1/v1"));
    assert_eq!(text(&events[0], "happening"), Some("h-3"));
    assert_eq!(text(&events[1], "happening"), None);
    assert_eq!(text(&rows(&path.join("documents.parquet"))[0], "story"), Some("story-9"));
}

#[test]
fn stories_become_rows_and_lone_documents_none() {
    let day = Some("2021-06-14".parse().unwrap());
    let happening = HappeningItem {
        id: "k1/v1".to_owned(),
        kind: "ASSAULT".to_owned(),
        day,
        actors: vec!["police".to_owned()],
        words: "police, it said, fired".to_owned(),
        reports: 3,
        documents: 2,
        outlets: vec!["Herald".to_owned(), "Jarida".to_owned()],
        first_document: "k1".to_owned(),
        denials: vec![DenialItem {
            id: "k2/s1".to_owned(),
            document: "k2".to_owned(),
            day,
            sources: vec!["The ministry".to_owned()],
            words: "that police fired".to_owned(),
        }],
        ..HappeningItem::default()
    };
    let member = |document: &str, copy_of: Option<&str>| StoryMember {
        document: document.to_owned(),
        copy_of: copy_of.map(str::to_owned),
    };
    let story = StoryItem {
        id: "k1".to_owned(),
        first: day,
        last: day,
        documents: vec![member("k1", None), member("k2", None), member("k3", Some("k1"))],
        happenings: vec![happening.clone()],
        ..StoryItem::default()
    };
    let alone = StoryItem { happenings: vec![happening], ..StoryItem::default() };
    let folder = tempfile::tempdir().unwrap();
    for format in Format::ALL {
        let path = folder.path().join(format.name());
        let mut export = Export::create(format, &path).unwrap();
        export.write_story(&story).unwrap();
        export.write_story(&alone).unwrap();
        export.finish().unwrap();
    }
    let (parquet, csv) = (folder.path().join("parquet"), folder.path().join("csv"));
    assert_eq!(read(&csv.join("stories.csv"))[1..], ["k1,,2021-06-14,2021-06-14,3,1,,,"]);
    assert_eq!(read(&csv.join("story_documents.csv"))[1..], ["k1,k1,", "k1,k2,", "k1,k3,k1"]);
    assert_eq!(
        read(&csv.join("happenings.csv"))[1..],
        [
            "k1/v1,k1,ASSAULT,,2021-06-14,police,,,\"police, it said, fired\",3,2,0,Herald|Jarida,,k1,,1",
            "k1/v1,,ASSAULT,,2021-06-14,police,,,\"police, it said, fired\",3,2,0,Herald|Jarida,,k1,,1",
        ]
    );
    assert_eq!(
        read(&csv.join("denials.csv"))[1],
        "k1/v1,k2/s1,k2,2021-06-14,The ministry,that police fired"
    );
    for table in OF_STORIES {
        let count = rows(&parquet.join(format!("{table}.parquet"))).len();
        assert_eq!(count, read(&csv.join(format!("{table}.csv"))).len() - 1, "{table}");
    }
}

/// The page on exports names every table with its columns in their order.
#[test]
fn the_tables_are_documented() {
    let (_, _folder, csv) = export(Format::Csv, &[]);
    let page = include_str!("../../../../docs/exports.md");
    for table in TABLES {
        let header = &read(&csv.join(format!("{table}.csv")))[0];
        let columns: Vec<String> = header.split(',').map(|name| format!("`{name}`")).collect();
        let line = format!("| `{table}` | {} |", columns.join(" "));
        assert!(page.lines().any(|it| it == line), "{line}");
    }
}

#[test]
fn an_empty_export_has_all_tables_and_columns() {
    let (_, _folder, path) = export(Format::Parquet, &[]);
    let (_, _csv_folder, csv) = export(Format::Csv, &[]);
    let mut found: Vec<_> = std::fs::read_dir(&path)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, TABLES);
    for table in TABLES {
        let file = File::open(path.join(format!("{table}.parquet"))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let schema = reader.metadata().file_metadata().schema().clone();
        assert_eq!(reader.get_row_iter(None).unwrap().count(), 0);
        let names: Vec<_> = schema.get_fields().iter().map(|field| field.name()).collect();
        assert_eq!(read(&csv.join(format!("{table}.csv"))), [names.join(",")]);
    }
}

#[test]
fn many_rows_make_row_groups_that_read_as_one() {
    let long = "word ".repeat(20_000);
    let items: Vec<Item> = (0..400)
        .map(|n| {
            let mut item = sample::english();
            item.key = n.to_string();
            item.record.document.text = format!("{}{long}{n}", sample::ENGLISH);
            item
        })
        .collect();
    let (_, _folder, path) = export(Format::Parquet, &items);
    let file = File::open(path.join("documents.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    assert!(reader.num_row_groups() > 1, "40 MB of text make several groups");
    let keys = reader.get_row_iter(None).unwrap();
    let keys: Vec<String> =
        keys.map(|row| text(&row.unwrap(), "document").unwrap().to_owned()).collect();
    assert!(keys.iter().eq(items.iter().map(|item| &item.key)));
}

#[test]
fn csv_quotes_what_would_break_a_row() {
    let (_, _folder, path) = export(Format::Csv, &[sample::english(), sample::arabic()]);
    let documents = std::fs::read_to_string(path.join("documents.csv")).unwrap();
    assert!(documents.contains("\n\"en, \"\"talks\"\"\",\"en, \"\"talks\"\"\",,,,en,"));
    assert!(documents.contains(",2021-06-14,ar,سامي ناصر|Mona; Hill,archive/dam.html,"));
    assert!(documents.contains("Norland\tand \"\"Ostia"));
    assert_eq!(
        read(&path.join("amounts.csv"))[1],
        "ar-dam,0,count,12,,villager,exactly,killed,105,113,12 قرويا"
    );
    assert_eq!(
        read(&path.join("event_parties.csv"))[1..4],
        [
            "\"en, \"\"talks\"\"/v1\",\"en, \"\"talks\"\"\",actor,0,e1,0,17,Envoys of Norland,,",
            "\"en, \"\"talks\"\"/v1\",\"en, \"\"talks\"\"\",actor,1,e2,23,39,\"Ostia, the elder\",,",
            "\"en, \"\"talks\"\"/v2\",\"en, \"\"talks\"\"\",actor,0,e3,114,120,France,,",
        ]
    );
}
